/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_CALLS_KINDS_OPTION_PARTS_H
#define SOCKSTEP_CALLS_KINDS_OPTION_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "calls/kinds_option.h"

/* How a value that has parts is cut to them. Only files kinds_*.c include it. */

/* A stretch of the word that is read; AT is where it begins in the word. */
struct part {
	const char *text;
	size_t len, at;
};

struct input {
	const struct resolver *resolver;
	struct buf *out;
	struct error *err;
};

struct part part_slice(const struct part *part, size_t from, size_t to);
struct part part_trimmed(struct part part);

/* How much of it a message repeats. */
int part_shown(const struct part *part);

/* Marks the part as the place of an error that was set already. Returns -1. */
int part_fail(const struct input *in, const struct part *part);

/* The same where somebody else may have set a place within the part. */
int part_fail_within(const struct input *in, const struct part *part);

bool part_is(const struct part *part, const char *text);
bool part_begins(const struct part *part, const char *with);
bool part_digit(char c);
bool part_one_of(char c, const char *set);

/* Whether brackets that begin with OPEN are about all of it. */
bool part_enclosed(const struct part *part, char open);

/* Without the brackets or braces about all of it. */
struct part part_inside(const struct part *part);

/* The next part, from *AT on: they stand apart by commas or blanks. False: there is none. */
bool part_next(const struct part *all, size_t *at, struct part *out);

/* The same where they stand apart by blanks alone. */
bool part_next_word(const struct part *all, size_t *at, struct part *out);

/* Takes "name =" (or ".name =") off a part; a part without one has an empty name. */
struct part part_take_name(struct part *part);

/* What stands for a field that is a number. Returns 0, or -1 with an error set. */
int part_number(const struct input *in, const struct option_field *field, const struct part *part,
		long long *number);

/* 01:00:5e:00:00:01, of any length. Returns false where it is not of that form. */
bool part_mac(const struct part *part, struct buf *out);

#endif
