/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_DRAWING_H
#define SOCKSTEP_REPORT_DRAWING_H

#include <stddef.h>
#include <stdint.h>

#include "base/out.h"

/*
 * A drawing of boxes, lines and words, made on a grid of characters before it is printed. Columns
 * and rows count from 0; what lies beyond the grid is left out.
 */

/* How a line is drawn: told apart without any colour, too. */
enum stroke {
	STROKE_LIGHT,  /* ─  - */
	STROKE_HEAVY,  /* ━  = */
	STROKE_DASHED, /* ╍  ~ */
	STROKE_COUNT,
};

struct cell {
	char text[5]; /* one character; empty: a blank */
	uint8_t style;
};

struct drawing {
	size_t columns, rows;
	bool unicode;
	struct cell *cells;
};

struct spot {
	uint8_t x, y;
};

/* Returns 0, or -1 when memory ran out. */
int drawing_init(struct drawing *drawing, size_t columns, size_t rows, bool unicode);
void drawing_free(struct drawing *drawing);

void drawing_box(struct drawing *drawing, struct spot at, size_t width, size_t height,
		 enum stroke stroke, enum out_style style);

/*
 * An arrow through COUNT corners. The first spot is on the border of the box that it leaves, and
 * is not drawn; the last one has its head.
 */
void drawing_arrow(struct drawing *drawing, const struct spot *corners, size_t count,
		   enum stroke stroke, enum out_style style);

/* Characters beyond ASCII are shown as `?`. */
void drawing_text(struct drawing *drawing, size_t x, size_t y, const char *text,
		  enum out_style style);

/* The same; on a line, which it parts, with a blank at either side. */
void drawing_label(struct drawing *drawing, size_t x, size_t y, const char *text,
		   enum out_style style);

/* A piece of line, for a legend. */
const char *drawing_dash(bool unicode, enum stroke stroke);

/* Does not flush. */
void drawing_put(const struct drawing *drawing, struct out *out);

#endif
