/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_PROSE_H
#define SOCKSTEP_TUTORIAL_PROSE_H

#include "base/out.h"
#include "tutorial/page.h"

/*
 * A page's text for a terminal: headings, emphasis, lists, tables, code; links as footnotes. What
 * colours would tell is told with marks where there are none. Pure.
 */
struct prose {
	struct out *out;
	bool begun; /* something stands above: a blank line comes between */
	bool item;  /* and that is an item of a list */
	int links;  /* footnotes so far */
	int choice; /* choices of the last question so far */
};

/* Columns that prose takes on OUT: no more than the eye follows. */
size_t prose_width(const struct out *out);

/* Whether a part is text that prose_put() shows. */
bool prose_is(const struct part *part);

/* Shows the part at INDEX; of a table all rows. Returns the index of what follows. */
size_t prose_put(struct prose *prose, const struct page *page, size_t index);

/* How many rows it would take; nothing is shown. */
size_t prose_rows(const struct prose *prose, const struct page *page, size_t index);

#endif
