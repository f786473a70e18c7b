/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/drawing.h"

#include <stdlib.h>
#include <string.h>

enum direction { NORTH, EAST, SOUTH, WEST };

/* Which ways a piece of line goes, by bits of 1 << direction. */
#define GOES(a, b) (1 << (a) | 1 << (b))

static const struct {
	const char *unicode[16], *ascii[16];
} pieces[STROKE_COUNT] = {
	[STROKE_LIGHT] = {{[GOES(EAST, WEST)] = "─",
			   [GOES(NORTH, SOUTH)] = "│",
			   [GOES(EAST, SOUTH)] = "┌",
			   [GOES(WEST, SOUTH)] = "┐",
			   [GOES(NORTH, EAST)] = "└",
			   [GOES(NORTH, WEST)] = "┘"},
			  {[GOES(EAST, WEST)] = "-",
			   [GOES(NORTH, SOUTH)] = "|",
			   [GOES(EAST, SOUTH)] = "+",
			   [GOES(WEST, SOUTH)] = "+",
			   [GOES(NORTH, EAST)] = "+",
			   [GOES(NORTH, WEST)] = "+"}},
	[STROKE_HEAVY] = {{[GOES(EAST, WEST)] = "━",
			   [GOES(NORTH, SOUTH)] = "┃",
			   [GOES(EAST, SOUTH)] = "┏",
			   [GOES(WEST, SOUTH)] = "┓",
			   [GOES(NORTH, EAST)] = "┗",
			   [GOES(NORTH, WEST)] = "┛"},
			  {[GOES(EAST, WEST)] = "=",
			   [GOES(NORTH, SOUTH)] = "#",
			   [GOES(EAST, SOUTH)] = "#",
			   [GOES(WEST, SOUTH)] = "#",
			   [GOES(NORTH, EAST)] = "#",
			   [GOES(NORTH, WEST)] = "#"}},
	[STROKE_DASHED] = {{[GOES(EAST, WEST)] = "╍",
			    [GOES(NORTH, SOUTH)] = "╏",
			    [GOES(EAST, SOUTH)] = "┏",
			    [GOES(WEST, SOUTH)] = "┓",
			    [GOES(NORTH, EAST)] = "┗",
			    [GOES(NORTH, WEST)] = "┛"},
			   {[GOES(EAST, WEST)] = "~",
			    [GOES(NORTH, SOUTH)] = ":",
			    [GOES(EAST, SOUTH)] = ":",
			    [GOES(WEST, SOUTH)] = ":",
			    [GOES(NORTH, EAST)] = ":",
			    [GOES(NORTH, WEST)] = ":"}},
};

static const struct {
	const char *unicode, *ascii;
} heads[] = {[NORTH] = {"▲", "^"}, [EAST] = {"▶", ">"}, [SOUTH] = {"▼", "v"}, [WEST] = {"◀", "<"}};

int drawing_init(struct drawing *drawing, size_t columns, size_t rows, bool unicode)
{
	*drawing = (struct drawing){.columns = columns, .rows = rows, .unicode = unicode};
	drawing->cells = calloc(columns * rows, sizeof(*drawing->cells));
	return drawing->cells ? 0 : -1;
}

void drawing_free(struct drawing *drawing)
{
	free(drawing->cells);
}

static void set(struct drawing *drawing, size_t x, size_t y, const char *text, size_t len,
		enum out_style style)
{
	struct cell *cell;

	if (x >= drawing->columns || y >= drawing->rows || len >= sizeof(cell->text))
		return;
	cell = &drawing->cells[y * drawing->columns + x];
	memcpy(cell->text, text, len);
	cell->text[len] = '\0';
	cell->style = (uint8_t)style;
}

static void set_piece(struct drawing *drawing, size_t x, size_t y, unsigned goes,
		      enum stroke stroke, enum out_style style)
{
	const char *text =
		drawing->unicode ? pieces[stroke].unicode[goes] : pieces[stroke].ascii[goes];

	set(drawing, x, y, text, strlen(text), style);
}

static void set_head(struct drawing *drawing, struct spot at, enum direction to,
		     enum out_style style)
{
	const char *text = drawing->unicode ? heads[to].unicode : heads[to].ascii;

	set(drawing, at.x, at.y, text, strlen(text), style);
}

void drawing_box(struct drawing *drawing, struct spot at, size_t width, size_t height,
		 enum stroke stroke, enum out_style style)
{
	size_t right = at.x + width - 1, bottom = at.y + height - 1;

	for (size_t x = at.x + 1u; x < right; x++) {
		set_piece(drawing, x, at.y, GOES(EAST, WEST), stroke, style);
		set_piece(drawing, x, bottom, GOES(EAST, WEST), stroke, style);
	}
	for (size_t y = at.y + 1u; y < bottom; y++) {
		set_piece(drawing, at.x, y, GOES(NORTH, SOUTH), stroke, style);
		set_piece(drawing, right, y, GOES(NORTH, SOUTH), stroke, style);
	}
	set_piece(drawing, at.x, at.y, GOES(EAST, SOUTH), stroke, style);
	set_piece(drawing, right, at.y, GOES(WEST, SOUTH), stroke, style);
	set_piece(drawing, at.x, bottom, GOES(NORTH, EAST), stroke, style);
	set_piece(drawing, right, bottom, GOES(NORTH, WEST), stroke, style);
}

static enum direction towards(struct spot from, struct spot to)
{
	if (from.x == to.x)
		return to.y < from.y ? NORTH : SOUTH;
	return to.x < from.x ? WEST : EAST;
}

static enum direction back(enum direction direction)
{
	return (enum direction)((direction + 2) % 4);
}

static void move(struct spot *at, enum direction to)
{
	at->x = (uint8_t)(at->x + (to == EAST) - (to == WEST));
	at->y = (uint8_t)(at->y + (to == SOUTH) - (to == NORTH));
}

static bool same_spot(struct spot a, struct spot b)
{
	return a.x == b.x && a.y == b.y;
}

void drawing_arrow(struct drawing *drawing, const struct spot *corners, size_t count,
		   enum stroke stroke, enum out_style style)
{
	struct spot at = corners[0];

	for (size_t i = 1; i < count; i++) {
		enum direction to = towards(corners[i - 1], corners[i]);
		enum direction next = i + 1 < count ? towards(corners[i], corners[i + 1]) : to;

		for (move(&at, to); !same_spot(at, corners[i]); move(&at, to))
			set_piece(drawing, at.x, at.y, GOES(to, back(to)), stroke, style);
		if (i + 1 < count)
			set_piece(drawing, at.x, at.y, GOES(back(to), next), stroke, style);
		else
			set_head(drawing, at, to, style);
	}
}

void drawing_text(struct drawing *drawing, size_t x, size_t y, const char *text,
		  enum out_style style)
{
	for (; *text; text++) {
		bool ascii = *text >= ' ' && *text <= '~';

		/* One `?` for a character, not for each of its bytes. */
		if (((unsigned char)*text & 0xc0) == 0x80)
			continue;
		set(drawing, x++, y, ascii ? text : "?", 1, style);
	}
}

static bool is_drawn(const struct drawing *drawing, size_t x, size_t y)
{
	return x < drawing->columns && y < drawing->rows &&
	       *drawing->cells[y * drawing->columns + x].text;
}

void drawing_label(struct drawing *drawing, size_t x, size_t y, const char *text,
		   enum out_style style)
{
	if (is_drawn(drawing, x, y)) {
		drawing_text(drawing, x - 1, y, " ", style);
		drawing_text(drawing, x + strlen(text), y, " ", style);
	}
	drawing_text(drawing, x, y, text, style);
}

const char *drawing_dash(bool unicode, enum stroke stroke)
{
	return unicode ? pieces[stroke].unicode[GOES(EAST, WEST)]
		       : pieces[stroke].ascii[GOES(EAST, WEST)];
}

static void put_row(const struct drawing *drawing, struct out *out, size_t y)
{
	const struct cell *row = &drawing->cells[y * drawing->columns];
	size_t len = drawing->columns;

	while (len && !*row[len - 1].text)
		len--;
	for (size_t x = 0; x < len; x++) {
		if (!*row[x].text)
			continue;
		if (x > out->column) {
			out_style(out, OUT_PLAIN);
			out_pad(out, x);
		}
		out_style(out, (enum out_style)row[x].style);
		out_text(out, row[x].text);
	}
	out_newline(out);
}

void drawing_put(const struct drawing *drawing, struct out *out)
{
	for (size_t y = 0; y < drawing->rows; y++)
		put_row(drawing, out, y);
}
