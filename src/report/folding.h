/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_FOLDING_H
#define SOCKSTEP_REPORT_FOLDING_H

#include <stdbool.h>

#include "report/report.h"

/*
 * The steps of commands that are run several times. One that is the same as an earlier one but for
 * its numbers is counted, and the least and the greatest of each number kept; what comes of that is
 * told once.
 */
struct folding;

/* Where the text of a step is to be printed first; empty at each call. */
struct out *folding_paper(struct folding *folding);

/* What is printed to the paper from here on is compared, and not told. */
void folding_mark(struct folding *folding);

/*
 * The step's text is whole. Returns whether there was the same before, so that it is counted; else
 * OUT is told first what was counted. A result of 0 is another than one that is not 0.
 */
bool folding_take(struct folding *folding, struct out *out, bool zero);

/*
 * The `repeat` of the text renderer: steps are folded from the first of what is repeated to the end
 * of the outermost, where what was counted and is not told yet is told.
 */
void folding_repeat(struct report *report, enum repeat_phase phase,
		    const struct repeated *repeated);

#endif
