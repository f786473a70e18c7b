/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_MATCH_H
#define SOCKSTEP_TUTORIAL_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

/*
 * Whether output is what a page shows. A line of the page matches literally, but for
 *
 *	{name}        what stands there; the same wherever the name stands again
 *	{name:TYPE}   a port, addr, int or time
 *	{_} {_:TYPE}  the same without a name, different each time
 *	...           any text; on a line alone any lines, or none
 *	(async) LINE  a line that may come anywhere in the block
 *	blanks        at least one blank; at the end of a line none is needed
 *
 * Other braces are literal: a name is a small letter, then small letters, digits and underscores.
 * Pure: lines in, verdict out. The work is bounded, whatever the lines are.
 */

enum match_type {
	MATCH_ANY,
	MATCH_PORT, /* 1 to 65535 */
	MATCH_ADDR, /* as it is printed: 127.0.0.1, 127.0.0.1:80, [::1]:80, fd00::1 */
	MATCH_INT,
	MATCH_TIME, /* with its unit: 204ms, 1.5 s */
};

struct match_line {
	const char *text;
	size_t len;
	unsigned long line; /* of the page */
};

/* What stands behind a name. Text is owned. */
struct capture {
	char *name, *value;
	unsigned long line; /* of the page, where it was seen first */
	bool used;          /* seen again, or in a command */
};

struct captures {
	struct capture *list;
	size_t count, cap;
	bool failed; /* memory ran out: what did not match may have */
};

void captures_free(struct captures *captures);

/* NULL: none has that name. */
struct capture *captures_find(const struct captures *captures, const char *name, size_t len);

/* What is wrong about a line of a page (an unknown type, too many names). Returns 0, or -1. */
int match_check(const struct match_line *shown, struct error *err);

/*
 * Compares. Where all matches, captures that are new are added, and true is returned; else nothing
 * is. Running out of memory is no match.
 */
bool match_block(struct captures *captures, const struct match_line *shown, size_t shown_count,
		 const struct match_line *got, size_t got_count);

/* One line, which is no `...` and no (async); the same. */
bool match_line(struct captures *captures, const struct match_line *shown,
		const struct match_line *got);

/*
 * Puts the values of captures into a command. Returns 0, or -1 with ERR set: a name that no output
 * before has.
 */
int match_fill(struct captures *captures, struct buf *out, const char *text, size_t len,
	       struct error *err);

/* The other way: where a captured value stands in LINE as a word, its name. */
void match_name(const struct captures *captures, struct buf *out, const char *line, size_t len);

bool match_is_dots(const struct match_line *shown);
bool match_is_async(const struct match_line *shown);

/* The line without (async). */
struct match_line match_bare(const struct match_line *shown);

#endif
