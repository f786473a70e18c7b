/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_PROSE_PARTS_H
#define SOCKSTEP_TUTORIAL_PROSE_PARTS_H

#include "tutorial/prose.h"
#include "tutorial/styled.h"

/* How prose.c and its tables put text together; nobody else includes it. */

/* Spans of a part, from *INDEX to its end or its next cell, with marks for footnotes. */
void prose_spans(struct prose *prose, const struct part *part, size_t *index, enum out_style base,
		 struct styled *out);

/* The links of a part, below it. FIRST is the number of the first. Returns that of the next. */
int prose_footnotes(struct prose *prose, const struct part *part, int first);

/* Rows of text, of which all begin at INDENT; the first begins where the line is, if further. */
void prose_wrapped(struct prose *prose, const struct styled *styled, size_t indent);

/* The table that begins at INDEX. Returns the index of what follows. */
size_t prose_table(struct prose *prose, const struct page *page, size_t index);

#endif
