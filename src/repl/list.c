/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/list.h"

#include <string.h>

#include "base/buf.h"
#include "base/escape.h"

#define DOTS 3 /* columns of "...", the longer of the two forms */

static size_t width_of(const char *text)
{
	struct buf shown = {0};
	size_t width;

	escape_text(&shown, text, strlen(text));
	width = escape_width(buf_text(&shown), shown.len);
	buf_free(&shown);
	return width;
}

static size_t longest(const struct completion *completion, size_t count)
{
	size_t i, most = 0;

	for (i = 0; i < count; i++) {
		size_t width = width_of(completion->list[i].text);

		if (width > most)
			most = width;
	}
	return most;
}

static void put_more(struct out *out, size_t indent, size_t count)
{
	if (!count)
		return;
	out_pad(out, indent);
	out_style(out, OUT_DIM);
	out_glyph(out, OUT_DOTS);
	out_printf(out, " and %zu more", count);
	out_newline(out);
}

void list_cut(struct out *out, const char *text)
{
	size_t room = (size_t)out->width - 1, len;
	struct buf shown = {0};

	if (out->column + DOTS >= room)
		return;
	room -= out->column;
	escape_text(&shown, text, strlen(text));
	len = shown.len;
	if (escape_width(buf_text(&shown), len) <= room) {
		out_bytes(out, buf_text(&shown), len);
	} else {
		while (len && (escape_width(buf_text(&shown), len) + DOTS > room ||
			       (buf_text(&shown)[len] & 0xc0) == 0x80))
			len--;
		out_bytes(out, buf_text(&shown), len);
		out_glyph(out, OUT_DOTS);
	}
	buf_free(&shown);
}

void list_lines(const struct completion *completion, struct out *out, size_t indent, size_t most)
{
	size_t count = completion->count < most ? completion->count : most;
	size_t i, column = indent + longest(completion, count) + 2;
	/* What it is has half of the line at least. */
	size_t middle = (size_t)out->width / 2;

	if (column > middle)
		column = middle;
	for (i = 0; i < count; i++) {
		const struct candidate *candidate = &completion->list[i];

		out_pad(out, indent);
		list_cut(out, candidate->text);
		if (candidate->hint) {
			out_pad(out, column);
			out_style(out, OUT_DIM);
			list_cut(out, candidate->hint);
		}
		out_newline(out);
	}
	put_more(out, indent, completion->count - count);
}

static void list_columns(const struct completion *completion, struct out *out, size_t most)
{
	size_t width = longest(completion, completion->count) + 2, room = (size_t)out->width - 2;
	size_t columns = room > width ? room / width : 1;
	size_t rows = (completion->count + columns - 1) / columns;
	size_t row, at, shown = 0;

	if (rows > most)
		rows = most;
	for (row = 0; row < rows; row++) {
		for (at = row; at < completion->count && at < rows * columns; at += rows) {
			out_pad(out, 2 + at / rows * width);
			list_cut(out, completion->list[at].text);
			shown++;
		}
		out_newline(out);
	}
	put_more(out, 2, completion->count - shown);
}

void list_print(const struct completion *completion, struct out *out, size_t rows)
{
	bool hints = false;
	size_t i;

	for (i = 0; i < completion->count; i++)
		hints |= completion->list[i].hint != NULL;
	if (hints && completion->count <= rows)
		list_lines(completion, out, 2, rows);
	else
		list_columns(completion, out, rows);
}

bool list_missing(const struct completion *completion, struct out *out)
{
	const struct record *record = completion->record;
	struct buf usage = {0};

	if (!record)
		return false;
	record_usage(&usage, record, completion->missing);
	out_text(out, "  ");
	out_text(out, buf_text(&usage));
	out_text(out, "  ");
	out_style(out, OUT_DIM);
	out_wrap(out, 4, record->args[completion->missing].kind->what);
	buf_free(&usage);
	return true;
}
