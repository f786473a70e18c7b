/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_LINES_H
#define SOCKSTEP_TUTORIAL_LINES_H

#include "base/buf.h"
#include "tutorial/match.h"

/* Text as its lines, which point into it. All zero: none. */
struct lines {
	struct match_line *list;
	size_t count, cap;
};

/*
 * Cuts TEXT, of which the first line is FIRST of its page. What was in OUT is gone. Returns 0, or
 * -1 when out of memory: then, or before, in TEXT.
 */
int lines_cut(struct lines *out, const struct buf *text, unsigned long first);
void lines_free(struct lines *lines);

/* How many lines end in TEXT. */
size_t lines_ended(const struct buf *text);

#endif
