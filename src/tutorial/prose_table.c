/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/grow.h"
#include "tutorial/prose_parts.h"

#define COLUMNS      16 /* what is beyond is not shown beside, but below */
#define COLUMN_LEAST 10
#define GAP          2

struct table {
	struct prose *prose;
	const struct page *page;
	size_t first, end; /* of its rows */
	size_t columns;
	size_t width[COLUMNS];
};

/* Calls for each cell of a row in turn: reads it. Returns false at the end of the row. */
static bool next_cell(struct prose *prose, const struct part *row, size_t *at, struct styled *cell)
{
	*cell = (struct styled){0};
	if (*at >= row->span_count)
		return false;
	++*at; /* the mark of the cell */
	prose_spans(prose, row, at, row->head ? OUT_HEAD : OUT_PLAIN, cell);
	return true;
}

static void measure(struct table *table)
{
	struct prose probe = *table->prose;
	struct styled cell;
	size_t i, column, at;

	for (i = table->first; i < table->end; i++) {
		const struct part *row = &table->page->parts[i];

		for (at = column = 0; next_cell(&probe, row, &at, &cell); column++) {
			size_t width = styled_width(&cell, table->prose->out);

			if (column < COLUMNS && width > table->width[column])
				table->width[column] = width;
			styled_free(&cell);
		}
		if (column > table->columns)
			table->columns = column;
	}
}

/* Narrows the widest columns until all fit. Returns whether they do. */
static bool fit(struct table *table)
{
	size_t room = (size_t)table->prose->out->width, i;

	if (table->columns > COLUMNS)
		return false;
	for (;;) {
		size_t sum = 0, widest = 0;

		for (i = 0; i < table->columns; i++) {
			sum += table->width[i] + (i ? GAP : 0);
			if (table->width[i] > table->width[widest])
				widest = i;
		}
		if (sum <= room)
			return true;
		if (table->width[widest] <= COLUMN_LEAST)
			return false;
		/* As far as it must, at once: a cell may be very long. */
		i = sum - room;
		table->width[widest] = table->width[widest] > i + COLUMN_LEAST
					       ? table->width[widest] - i
					       : COLUMN_LEAST;
	}
}

struct cells {
	struct styled text[COLUMNS];
	struct styled_rows rows[COLUMNS];
	size_t count, height;
};

static void read_cells(const struct table *table, const struct part *row, struct cells *out)
{
	struct styled cell;
	size_t at = 0;

	*out = (struct cells){0};
	while (out->count < COLUMNS && next_cell(table->prose, row, &at, &cell)) {
		size_t i = out->count++;

		out->text[i] = cell;
		if (styled_wrap(&cell, table->prose->out, table->width[i], &out->rows[i]) < 0)
			table->prose->out->buf.failed = true;
		if (out->rows[i].count > out->height)
			out->height = out->rows[i].count;
	}
}

static void free_cells(struct cells *cells)
{
	size_t i;

	for (i = 0; i < cells->count; i++) {
		styled_free(&cells->text[i]);
		styled_rows_free(&cells->rows[i]);
	}
}

static void put_line(const struct table *table, const struct cells *cells, size_t line)
{
	struct out *out = table->prose->out;
	size_t i, column = 0;

	for (i = 0; i < cells->count; i++) {
		if (line < cells->rows[i].count) {
			if (column > out->column)
				out_pad(out, column);
			styled_put(&cells->text[i], out, &cells->rows[i].list[line]);
		}
		column += table->width[i] + GAP;
	}
	out_newline(out);
}

static void put_rule(const struct table *table)
{
	struct out *out = table->prose->out;
	size_t i, k, column = 0;

	for (i = 0; i < table->columns; i++) {
		if (column)
			out_pad(out, column);
		out_style(out, OUT_DIM);
		for (k = 0; k < table->width[i]; k++)
			out_glyph(out, OUT_RULE);
		out_style(out, OUT_PLAIN);
		column += table->width[i] + GAP;
	}
	out_newline(out);
}

static void put_beside(const struct table *table)
{
	size_t i, line;

	for (i = table->first; i < table->end; i++) {
		const struct part *row = &table->page->parts[i];
		struct cells cells;

		read_cells(table, row, &cells);
		for (line = 0; line < cells.height; line++)
			put_line(table, &cells, line);
		free_cells(&cells);
		if (row->head && (i + 1 == table->end || !table->page->parts[i + 1].head))
			put_rule(table);
	}
}

/* Where the window is too narrow: each cell below its heading's word. */
static void put_below(const struct table *table)
{
	const struct part *head = &table->page->parts[table->first];
	struct prose probe = *table->prose;
	struct styled cell, name;
	size_t i, at, head_at;

	for (i = table->first + 1; i < table->end; i++) {
		for (at = head_at = 0;
		     next_cell(table->prose, &table->page->parts[i], &at, &cell);) {
			bool named = next_cell(&probe, head, &head_at, &name);

			if (named)
				styled_str(&name, OUT_PLAIN, ":");
			prose_wrapped(table->prose, &name, 0);
			prose_wrapped(table->prose, &cell, 3);
			styled_free(&name);
			styled_free(&cell);
		}
		if (i + 1 < table->end)
			out_newline(table->prose->out);
	}
}

size_t prose_table(struct prose *prose, const struct page *page, size_t index)
{
	struct table table = {.prose = prose, .page = page, .first = index, .end = index};
	int first = prose->links + 1;
	size_t i;

	while (table.end < page->part_count && page->parts[table.end].kind == PART_ROW &&
	       (table.end == index || !page->parts[table.end].head ||
		page->parts[table.end - 1].head))
		table.end++;
	measure(&table);
	if (fit(&table))
		put_beside(&table);
	else
		put_below(&table);
	for (i = table.first; i < table.end; i++)
		first = prose_footnotes(prose, &page->parts[i], first);
	return table.end;
}
