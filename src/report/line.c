/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/line.h"

#include <string.h>

#include "report/emit.h"
#include "report/parts.h"

#define GAP 3

void line_init(struct line *line, struct out *out)
{
	*line = (struct line){.out = out};
	buf_reserve(&line->text, 240);
}

void line_free(struct line *line)
{
	line->out->buf.failed |= line->text.failed;
	buf_free(&line->text);
}

void line_start(struct line *line, size_t first, size_t indent, size_t narrow)
{
	line->first = first;
	line->indent = indent;
	line->narrow = narrow;
	line->started = false;
}

static void add_span(struct line *line, enum out_style style, int glyph)
{
	if (line->count < LINE_SPANS)
		line->spans[line->count++] = (struct span){style, glyph, line->text.len};
}

void line_added(struct line *line, enum out_style style)
{
	add_span(line, style, -1);
}

void line_add(struct line *line, enum out_style style, const char *text)
{
	buf_str(&line->text, text);
	line_added(line, style);
}

void line_number(struct line *line, enum out_style style, unsigned long long value)
{
	emit_digits(&line->text, value);
	line_added(line, style);
}

void line_glyph(struct line *line, enum out_style style, enum out_glyph glyph)
{
	add_span(line, style, (int)glyph);
}

static size_t glyph_width(const struct out *out, int glyph)
{
	if (out->unicode || glyph == OUT_NONE)
		return 1;
	return glyph == OUT_DOTS ? 3 : 2;
}

static size_t piece_width(const struct line *line)
{
	size_t width = 0, start = 0;

	for (int i = 0; i < line->count; i++) {
		const struct span *span = &line->spans[i];

		if (span->glyph >= 0)
			width += glyph_width(line->out, span->glyph);
		else
			width += parts_width(line->out, buf_text(&line->text) + start,
					     span->end - start);
		start = span->end;
	}
	return width;
}

bool line_fits(const struct line *line)
{
	return line->narrow + piece_width(line) <= (size_t)line->out->width;
}

static void write_piece(struct line *line)
{
	struct out *out = line->out;
	size_t start = 0;

	for (int i = 0; i < line->count; i++) {
		const struct span *span = &line->spans[i];

		out_style(out, span->style);
		if (span->glyph >= 0)
			out_glyph(out, (enum out_glyph)span->glyph);
		else
			out_bytes(out, buf_text(&line->text) + start, span->end - start);
		start = span->end;
	}
	out_style(out, OUT_PLAIN);
	line->count = 0;
	line->started = true;
	buf_reset(&line->text);
}

/* Moves to where a piece of WIDTH columns goes. */
static void make_room(struct line *line, size_t width)
{
	struct out *out = line->out;
	size_t limit = (size_t)out->width;
	size_t at = line->started || !line->first ? out->column + GAP : line->first;

	if (at <= out->column)
		at = out->column + 1;
	if (out->column && at + width > limit) {
		out_newline(out);
		at = line->indent + width <= limit ? line->indent : line->narrow;
	} else if (!out->column) {
		at = line->narrow;
	}
	if (at > out->column)
		out_pad(out, at);
}

void line_put(struct line *line)
{
	if (!line->count)
		return;
	make_room(line, piece_width(line));
	write_piece(line);
}

/* Words end the line by themselves: what follows begins a new one. */
void line_words(struct line *line, enum out_style style, const char *text)
{
	struct out *out = line->out;

	line_add(line, style, text);
	if (line_fits(line)) {
		line_put(line);
		return;
	}
	line->count = 0;
	buf_reset(&line->text);
	if (out->column)
		out_newline(out);
	out_pad(out, line->narrow);
	out_style(out, style);
	out_wrap(out, line->narrow, text);
	line->started = true;
}

void line_end(struct line *line)
{
	if (line->out->column)
		out_newline(line->out);
}
