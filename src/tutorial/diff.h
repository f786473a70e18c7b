/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_DIFF_H
#define SOCKSTEP_TUTORIAL_DIFF_H

#include "base/out.h"
#include "tutorial/match.h"

/*
 * What a page shows against what was printed: the longest way in which lines match, by the page's
 * own rules. Pure.
 */

enum diff_side {
	DIFF_SAME,  /* shown and printed */
	DIFF_SHOWN, /* on the page only */
	DIFF_GOT,   /* printed only */
};

struct diff_line {
	enum diff_side side;
	size_t shown, got; /* indices, as far as the side has them */
};

struct diff {
	struct diff_line *list;
	size_t count, cap;
};

/*
 * Returns 0, or -1 when out of memory. CAPTURES gets what the lines that match capture. `...` lines
 * match what no other does, (async) lines are as any.
 */
int diff_make(struct diff *out, struct captures *captures, const struct match_line *shown,
	      size_t shown_count, const struct match_line *got, size_t got_count);
void diff_free(struct diff *diff);

/* As lines of a TAP comment. */
void diff_print(struct out *out, const struct diff *diff, const struct match_line *shown,
		const struct match_line *got);

#endif
