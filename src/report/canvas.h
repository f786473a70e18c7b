/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_CANVAS_H
#define SOCKSTEP_REPORT_CANVAS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/out.h"

/*
 * One line that is drawn in any order, each column in its style, before it is written. What is
 * beyond the width is left out. It is for what sockstep itself writes: each character must take one
 * column.
 */

struct canvas_cell {
	char text[5]; /* one character; "": a blank */
	enum out_style style;
};

struct canvas {
	struct out *out;
	struct canvas_cell *cells;
	size_t width; /* 0: there was no memory for it */
	size_t used;  /* columns, up to the last that something was drawn on */
};

/* OUT is borrowed; without memory its `failed` is set, and nothing is drawn. */
void canvas_init(struct canvas *canvas, struct out *out, size_t width);
void canvas_free(struct canvas *canvas);

/* From column X (from 0) on; returns the column behind it. */
size_t canvas_text(struct canvas *canvas, size_t x, enum out_style style, const char *text);
size_t canvas_glyph(struct canvas *canvas, size_t x, enum out_style style, enum out_glyph glyph);

/* The same glyph, of one column, from FROM to before TO. */
void canvas_fill(struct canvas *canvas, size_t from, size_t to, enum out_style style,
		 enum out_glyph glyph);

/* Writes what was drawn, without ending the line, and is empty again. */
void canvas_put(struct canvas *canvas);

#endif
