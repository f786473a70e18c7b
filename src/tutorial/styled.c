/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/styled.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "report/parts.h"

void styled_add(struct styled *styled, enum out_style style, const char *text, size_t len)
{
	size_t i;

	buf_add(&styled->text, text, len);
	for (i = 0; i < len; i++)
		buf_char(&styled->styles, (char)style);
}

void styled_str(struct styled *styled, enum out_style style, const char *text)
{
	styled_add(styled, style, text, strlen(text));
}

void styled_free(struct styled *styled)
{
	buf_free(&styled->text);
	buf_free(&styled->styles);
}

void styled_rows_free(struct styled_rows *rows)
{
	free(rows->list);
	*rows = (struct styled_rows){0};
}

static int add_row(struct styled_rows *rows, size_t start, size_t end)
{
	if (grow(&rows->list, &rows->cap, rows->count, sizeof(*rows->list)) < 0)
		return -1;
	rows->list[rows->count++] = (struct styled_row){start, end};
	return 0;
}

static size_t skip_blanks(const char *text, size_t at, size_t end)
{
	while (at < end && text[at] == ' ')
		at++;
	return at;
}

static size_t skip_word(const char *text, size_t at, size_t end)
{
	while (at < end && text[at] != ' ')
		at++;
	return at;
}

/* One line of the text, from START to END. */
static int wrap_line(const struct styled *styled, const struct out *out, size_t width,
		     struct styled_rows *rows, size_t start, size_t end)
{
	const char *text = buf_text(&styled->text);
	size_t row = skip_blanks(text, start, end), last = row, at = row, column = 0;

	while (at < end) {
		size_t word = skip_blanks(text, at, end), stop = skip_word(text, word, end);
		size_t wide = parts_width(out, text + word, stop - word);

		if (word == stop)
			break;
		if (column && column + (word - at) + wide > width) {
			if (add_row(rows, row, last) < 0)
				return -1;
			row = word;
			column = wide;
		} else {
			column += word - at + wide;
		}
		at = last = stop;
	}
	return add_row(rows, row, last);
}

int styled_wrap(const struct styled *styled, const struct out *out, size_t width,
		struct styled_rows *rows)
{
	const char *text = buf_text(&styled->text);
	size_t at = 0, end = styled->text.len;

	*rows = (struct styled_rows){0};
	if (styled->text.failed || styled->styles.failed)
		return -1;
	while (at < end) {
		const char *stop = memchr(text + at, '\n', end - at);
		size_t line_end = stop ? (size_t)(stop - text) : end;

		if (wrap_line(styled, out, width, rows, at, line_end) < 0) {
			styled_rows_free(rows);
			return -1;
		}
		at = line_end + 1;
	}
	return 0;
}

size_t styled_row_width(const struct styled *styled, const struct out *out,
			const struct styled_row *row)
{
	return parts_width(out, buf_text(&styled->text) + row->start, row->end - row->start);
}

size_t styled_width(const struct styled *styled, const struct out *out)
{
	struct styled_rows rows;
	size_t i, widest = 0;

	if (styled_wrap(styled, out, SIZE_MAX / 2, &rows) < 0)
		return 0;
	for (i = 0; i < rows.count; i++) {
		size_t width = styled_row_width(styled, out, &rows.list[i]);

		widest = width > widest ? width : widest;
	}
	styled_rows_free(&rows);
	return widest;
}

void styled_put(const struct styled *styled, struct out *out, const struct styled_row *row)
{
	const char *text = buf_text(&styled->text), *styles = buf_text(&styled->styles);
	size_t at = row->start;

	while (at < row->end) {
		size_t run = at + 1;

		while (run < row->end && styles[run] == styles[at])
			run++;
		out_style(out, (enum out_style)styles[at]);
		out_bytes(out, text + at, run - at);
		at = run;
	}
	out_style(out, OUT_PLAIN);
}
