/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_LINE_H
#define SOCKSTEP_REPORT_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/out.h"

/*
 * A line of pieces that are not broken: one that does not fit goes to a continuation line. What
 * stands at its beginning is written to `out` directly, then line_start() is called.
 */

#define LINE_SPANS 12

struct span {
	enum out_style style;
	int glyph; /* an out_glyph, or -1: the text up to `end` */
	size_t end;
};

struct line {
	struct out *out;
	struct buf text; /* of the piece that is being put together */
	struct span spans[LINE_SPANS];
	int count;
	size_t first;  /* column of the first piece; 0: a gap as between the others */
	size_t indent; /* column of a continuation */
	size_t narrow; /* the same where that is too far to the right for the piece */
	bool started;  /* a piece was written */
};

void line_init(struct line *line, struct out *out);
void line_free(struct line *line);

void line_start(struct line *line, size_t first, size_t indent, size_t narrow);

/* The piece: text, what was added to `text` directly since, and glyphs, each in its style. */
void line_add(struct line *line, enum out_style style, const char *text);
void line_added(struct line *line, enum out_style style);
void line_number(struct line *line, enum out_style style, unsigned long long value);
void line_glyph(struct line *line, enum out_style style, enum out_glyph glyph);

/* Whether the piece would fit on a line of its own. */
bool line_fits(const struct line *line);

/* Writes the piece, if there is any. */
void line_put(struct line *line);

/* A piece of words, which is broken at its blanks where no line can hold it. */
void line_words(struct line *line, enum out_style style, const char *text);

void line_end(struct line *line);

#endif
