/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_STYLED_H
#define SOCKSTEP_TUTORIAL_STYLED_H

#include "base/buf.h"
#include "base/out.h"

/*
 * Text of several styles, and how it is broken to rows. A newline in it ends a row. All zero is
 * empty. Pure.
 */
struct styled {
	struct buf text, styles; /* of each byte of text, an enum out_style */
};

struct styled_row {
	size_t start, end; /* of text; blanks at the break belong to no row */
};

struct styled_rows {
	struct styled_row *list;
	size_t count, cap;
};

void styled_add(struct styled *styled, enum out_style style, const char *text, size_t len);
void styled_str(struct styled *styled, enum out_style style, const char *text);
void styled_free(struct styled *styled);

/*
 * Rows of WIDTH columns at most on OUT; a word that is longer has a row to itself. Returns 0, or -1
 * when out of memory.
 */
int styled_wrap(const struct styled *styled, const struct out *out, size_t width,
		struct styled_rows *rows);
void styled_rows_free(struct styled_rows *rows);

/* Columns of the longest row that no width breaks. */
size_t styled_width(const struct styled *styled, const struct out *out);
size_t styled_row_width(const struct styled *styled, const struct out *out,
			const struct styled_row *row);

/* Writes a row, without ending the line. */
void styled_put(const struct styled *styled, struct out *out, const struct styled_row *row);

#endif
