/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fold.h"

#include <string.h>

#include "base/escape.h"

#define HANGING 3 /* columns that a continuation stands to the right of the first row */

static size_t style_length(const char *text, size_t len)
{
	const char *end = len > 1 && text[0] == '\033' ? memchr(text, 'm', len) : NULL;

	return end ? (size_t)(end - text) + 1 : 0;
}

size_t fold_width(const char *text, size_t len)
{
	size_t width = 0;

	while (len) {
		size_t style = style_length(text, len), run = style;

		while (!style && run < len && text[run] != '\033')
			run++;
		width += style ? 0 : escape_width(text, run);
		text += run ? run : 1;
		len -= run ? run : 1;
	}
	return width;
}

/* The quote that ends the string, or NULL: then it is a mark like any other. */
static const char *string_end(const char *text, const char *end)
{
	for (text++; text < end && *text != '"'; text++)
		if (*text == '\\')
			text++;
	return text < end ? text : NULL;
}

static size_t word_length(const char *text, const char *end)
{
	const char *at = text;

	while (at < end && *at != ' ') {
		const char *quote = *at == '"' ? string_end(at, end) : NULL;

		at = quote ? quote + 1 : at + 1;
	}
	return (size_t)(at - text);
}

static size_t blanks(const char *text, const char *end)
{
	const char *at = text;

	while (at < end && *at == ' ')
		at++;
	return (size_t)(at - text);
}

static void add_blanks(struct buf *out, size_t count)
{
	while (count--)
		buf_char(out, ' ');
}

/* What fits without its whole indentation gives up some of that. */
static size_t fitting(size_t indent, size_t wide, size_t width)
{
	if (indent + wide <= width || wide > width)
		return indent;
	return width - wide;
}

static void fold(struct buf *out, const char *text, const char *end, size_t width)
{
	size_t gap = blanks(text, end), column = 0, indent;

	indent = gap + HANGING < width / 2 ? gap + HANGING : width / 4;
	gap = fitting(gap, fold_width(text + gap, (size_t)(end - text) - gap), width);
	text += blanks(text, end) - gap;
	while (text < end) {
		size_t len = word_length(text + gap, end), wide = fold_width(text + gap, len);

		if (column && column + gap + wide > width && wide) {
			buf_char(out, '\n');
			column = fitting(indent, wide, width);
			add_blanks(out, column);
		} else {
			size_t used = column ? gap : fitting(gap, wide, width);

			add_blanks(out, used);
			column += used;
		}
		buf_add(out, text + gap, len);
		column += wide;
		text += gap + len;
		gap = blanks(text, end);
	}
}

void fold_line(struct buf *text, size_t start, size_t width)
{
	const char *line = buf_text(text) + start;
	struct buf out = {0};

	fold(&out, line, line + text->len - start, width);
	if (out.failed) {
		text->failed = true;
	} else {
		text->len = start;
		buf_add(text, buf_text(&out), out.len);
	}
	buf_free(&out);
}
