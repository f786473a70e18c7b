/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/escape.h"
#include "report/parts.h"
#include "report/text.h"

#define INDENT 2

/* The part of a source line that is shown: bytes, and columns that they take. */
struct window {
	const struct out *out;
	const char *text;
	size_t len;
	size_t from, to;
	size_t used, room;
};

void text_place(struct out *out, const struct place *place, int column)
{
	if (!place || !place->file)
		return;
	out_text(out, place->file);
	out_text(out, ":");
	if (place->line) {
		parts_number(out, (int64_t)place->line);
		out_text(out, ":");
	}
	if (place->line && column > 0) {
		parts_number(out, column);
		out_text(out, ":");
	}
	out_text(out, " ");
}

/* Bytes of the character at AT; one where it is not UTF-8. */
static size_t next_size(const char *text, size_t len, size_t at)
{
	uint32_t code;
	int size = escape_decode((const unsigned char *)text + at, len - at, &code);

	return size > 0 ? (size_t)size : 1;
}

/* Bytes of the character that ends before AT. */
static size_t previous_size(const char *text, size_t at)
{
	for (size_t size = 2; size <= 4 && size <= at; size++)
		if (next_size(text, at, at - size) == size)
			return size;
	return 1;
}

static size_t window_width(const struct window *window, size_t from, size_t to)
{
	return parts_width(window->out, window->text + from, to - from);
}

static void grow_right(struct window *window, size_t stop, size_t room)
{
	while (window->to < stop) {
		size_t size = next_size(window->text, window->len, window->to);
		size_t width = window_width(window, window->to, window->to + size);

		if (window->used + width > room)
			return;
		window->to += size;
		window->used += width;
	}
}

static void grow_left(struct window *window, size_t room)
{
	while (window->from > 0) {
		size_t size = previous_size(window->text, window->from);
		size_t width = window_width(window, window->from - size, window->from);

		if (window->used + width > room)
			return;
		window->from -= size;
		window->used += width;
	}
}

/* The place first, half of what is left before it, then behind it, then before it again. */
static void open_window(struct window *window, size_t start, size_t end)
{
	window->from = window->to = start;
	grow_right(window, end, window->room);
	grow_left(window, window->used + (window->room - window->used) / 2);
	grow_right(window, window->len, window->room);
	grow_left(window, window->room);
}

static size_t dots_width(const struct out *out)
{
	return out->unicode ? 1 : 3;
}

static void put_source(struct out *out, const struct window *window)
{
	out_pad(out, INDENT);
	if (window->from > 0)
		out_glyph(out, OUT_DOTS);
	out_bytes(out, window->text + window->from, window->to - window->from);
	if (window->to < window->len)
		out_glyph(out, OUT_DOTS);
	out_newline(out);
}

static void put_carets(struct out *out, const struct window *window, size_t start, size_t end)
{
	size_t last = end < window->to ? end : window->to;
	size_t width = last > start ? window_width(window, start, last) : 1;

	out_pad(out, INDENT + (window->from > 0 ? dots_width(out) : 0) +
			     window_width(window, window->from, start));
	out_style(out, OUT_ERROR);
	out_text(out, "^");
	for (size_t i = 1; i < width; i++)
		out_text(out, "~");
	out_newline(out);
}

/* The beginning of the character that AT is in. */
static size_t character_start(const char *text, size_t len, size_t at)
{
	for (size_t back = 1; back <= 3 && back <= at; back++)
		if (next_size(text, len, at - back) > back)
			return at - back;
	return at;
}

static size_t character_end(const char *text, size_t len, size_t at)
{
	size_t start = character_start(text, len, at);

	return start < at ? start + next_size(text, len, start) : at;
}

void text_underline(struct out *out, const struct place *place, const struct error *err)
{
	/* What is repeated may stand on several lines. */
	const char *stop = place->text ? memchr(place->text, '\n', place->len) : NULL;
	struct window window = {.out = out,
				.text = place->text,
				.len = stop ? (size_t)(stop - place->text) : place->len};
	size_t start, end, room = (size_t)(out->width > 20 ? out->width : 20) - INDENT;

	if (!place->text || err->column < 1)
		return;
	while (window.len && strchr("\r\n", window.text[window.len - 1]))
		window.len--;
	start = (size_t)err->column - 1;
	if (start > window.len)
		start = window.len;
	end = start + (size_t)(err->length > 0 ? err->length : 0);
	if (end > window.len)
		end = window.len;
	start = character_start(window.text, window.len, start);
	end = character_end(window.text, window.len, end);
	window.to = window.len;
	window.room = room - 2 * dots_width(out);
	if (window_width(&window, 0, window.len) > room)
		open_window(&window, start, end);
	put_source(out, &window);
	put_carets(out, &window, start, end);
}
