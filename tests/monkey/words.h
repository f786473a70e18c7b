/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_MONKEY_WORDS_H
#define SOCKSTEP_TESTS_MONKEY_WORDS_H

#include "calls/call.h"
#include "lines.h"

#define FILES 4

/*
 * Adds a random word for an argument of RECORD; BEFORE is what was chosen for the one before it.
 * It may still be refused, as what fits depends on other words, too.
 */
void words_add(struct lines *lines, const struct record *record, int index, const char *before,
	       struct buf *out);

/* One of a list that ends in NULL. */
const char *words_one(struct lines *lines, const char *const list[]);

void words_address(struct lines *lines, struct buf *out);
void words_name(struct lines *lines, struct buf *out);

#endif
