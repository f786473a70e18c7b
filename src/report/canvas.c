/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/canvas.h"

#include <stdlib.h>
#include <string.h>

void canvas_init(struct canvas *canvas, struct out *out, size_t width)
{
	*canvas = (struct canvas){.out = out, .width = width};
	canvas->cells = calloc(width + 1, sizeof(*canvas->cells));
	if (canvas->cells)
		return;
	canvas->width = 0;
	out->buf.failed = true;
}

void canvas_free(struct canvas *canvas)
{
	free(canvas->cells);
}

/* Bytes of the character that begins with FIRST. */
static size_t size_of(unsigned char first)
{
	return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

static void set(struct canvas *canvas, size_t x, enum out_style style, const char *text, size_t len)
{
	struct canvas_cell *cell;

	if (x >= canvas->width)
		return;
	cell = &canvas->cells[x];
	memcpy(cell->text, text, len);
	cell->text[len] = '\0';
	cell->style = style;
	if (canvas->used <= x)
		canvas->used = x + 1;
}

size_t canvas_text(struct canvas *canvas, size_t x, enum out_style style, const char *text)
{
	while (*text) {
		size_t len = strnlen(text, size_of((unsigned char)*text));

		set(canvas, x++, style, text, len);
		text += len;
	}
	return x;
}

size_t canvas_glyph(struct canvas *canvas, size_t x, enum out_style style, enum out_glyph glyph)
{
	return canvas_text(canvas, x, style, out_glyph_text(canvas->out, glyph));
}

void canvas_fill(struct canvas *canvas, size_t from, size_t to, enum out_style style,
		 enum out_glyph glyph)
{
	while (from < to)
		canvas_glyph(canvas, from++, style, glyph);
}

/* Blanks have no style: they go with what stands before them. */
static bool goes_on(const struct canvas_cell *cell, enum out_style style)
{
	return !*cell->text || cell->style == style;
}

void canvas_put(struct canvas *canvas)
{
	struct buf run = {0};
	size_t x = 0;

	while (x < canvas->used) {
		enum out_style style = *canvas->cells[x].text ? canvas->cells[x].style : OUT_PLAIN;

		buf_reset(&run);
		for (; x < canvas->used && goes_on(&canvas->cells[x], style); x++)
			buf_str(&run, *canvas->cells[x].text ? canvas->cells[x].text : " ");
		out_style(canvas->out, style);
		out_text(canvas->out, buf_text(&run));
	}
	out_style(canvas->out, OUT_PLAIN);
	canvas->out->buf.failed |= run.failed;
	buf_free(&run);
	/* Without memory there is nothing to wipe. */
	if (canvas->used)
		memset(canvas->cells, 0, canvas->used * sizeof(*canvas->cells));
	canvas->used = 0;
}
