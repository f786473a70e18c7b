/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/grow.h"
#include "report/emit.h"
#include "report/fields.h"
#include "report/labels.h"
#include "report/other.h"
#include "report/parts.h"
#include "report/text.h"

#define GAP 2

static void cell_field(struct buf *out, const struct shown *shown, const char *name)
{
	const struct field *field = field_find(name, strlen(name));

	field->print(out, shown, &shown->now);
}

static void cell_process(struct buf *out, const struct shown *shown)
{
	if (shown->process && shown->fd >= 0)
		buf_str(out, shown->process);
}

static void cell_host(struct buf *out, const struct shown *shown)
{
	cell_field(out, shown, "host");
}

static void cell_fd(struct buf *out, const struct shown *shown)
{
	cell_field(out, shown, "fd");
}

static void cell_name(struct buf *out, const struct shown *shown)
{
	cell_field(out, shown, "name");
}

static void cell_kind(struct buf *out, const struct shown *shown)
{
	buf_str(out, shown->untold ? shown->what : endpoint_kind(&shown->now));
}

static void cell_state(struct buf *out, const struct shown *shown)
{
	cell_field(out, shown, "state");
}

static void cell_recv_queue(struct buf *out, const struct shown *shown)
{
	bool listener = shown->now.has & FIELD_ACCEPT_QUEUE;

	cell_field(out, shown, listener ? "accept_queue" : "recv_queue");
}

static void cell_send_queue(struct buf *out, const struct shown *shown)
{
	if (!(shown->now.has & FIELD_ACCEPT_QUEUE))
		cell_field(out, shown, "send_queue");
}

static void cell_local(struct buf *out, const struct shown *shown)
{
	cell_field(out, shown, "local");
}

static void cell_peer(struct buf *out, const struct shown *shown)
{
	cell_field(out, shown, "peer");
}

static void cell_timer(struct buf *out, const struct shown *shown)
{
	if (shown->now.has & FIELD_TIMER)
		parts_timer(out, &shown->now.timer);
}

static void cell_ready(struct buf *out, const struct shown *shown)
{
	if (shown->fd >= 0)
		parts_ready(out, &shown->now);
}

static void cell_note(struct buf *out, const struct shown *shown)
{
	if (shown->untold)
		other_note(out, shown);
	else
		parts_note(out, shown);
}

static const struct column {
	const char *head;
	void (*cell)(struct buf *out, const struct shown *shown);
	bool right;     /* set to the right */
	bool if_any;    /* left out where no endpoint has it */
	bool if_varied; /* left out where all have the same */
	bool glyph;     /* an empty cell has the glyph for none */
	bool second;    /* goes to the second line on a narrow terminal */
	bool rare;      /* goes there first: most endpoints have nothing of it */
	bool last;      /* goes there on a very narrow one */
	const char *label;
} columns[] = {
	{.head = "process", .cell = cell_process, .if_varied = true, .second = true, .label = "@"},
	{.head = "host", .cell = cell_host, .if_any = true, .second = true, .label = "on "},
	{.head = "fd", .cell = cell_fd, .glyph = true},
	{.head = "name", .cell = cell_name, .if_any = true, .second = true},
	{.head = "kind", .cell = cell_kind},
	{.head = "state", .cell = cell_state},
	{.head = "recv-q",
	 .cell = cell_recv_queue,
	 .right = true,
	 .last = true,
	 .label = "recv-q: "},
	{.head = "send-q",
	 .cell = cell_send_queue,
	 .right = true,
	 .last = true,
	 .label = "send-q: "},
	{.head = "local", .cell = cell_local, .glyph = true, .second = true},
	{.head = "peer", .cell = cell_peer, .glyph = true, .second = true},
	{.head = "timer",
	 .cell = cell_timer,
	 .if_any = true,
	 .second = true,
	 .rare = true,
	 .label = "timer: "},
	{.head = "ready", .cell = cell_ready, .if_any = true, .second = true, .label = "ready: "},
	{.head = "", .cell = cell_note, .if_any = true, .second = true, .rare = true},
};

#define COLUMNS COUNT_OF(columns)

/* The last column has no head. */
const char *status_label(size_t index)
{
	return index < COLUMNS && *columns[index].head ? columns[index].head : NULL;
}

/* How much of a row stands on its first line. */
enum row { ROW_WHOLE, ROW_WITHOUT_RARE, ROW_NARROW, ROW_LEAST };

struct table {
	struct out *out;
	const struct shown *list;
	size_t count;
	size_t width[COLUMNS]; /* 0: left out */
	struct buf cell;
};

static void read_cell(struct table *table, size_t column, const struct shown *shown)
{
	buf_reset(&table->cell);
	columns[column].cell(&table->cell, shown);
}

static bool processes_vary(const struct table *table)
{
	const char *first = NULL;

	for (size_t i = 0; i < table->count; i++) {
		const char *process = table->list[i].process;

		if (!process || table->list[i].fd < 0)
			continue;
		if (first && strcmp(first, process) != 0)
			return true;
		first = process;
	}
	return false;
}

static void measure_column(struct table *table, size_t column)
{
	size_t widest = 0;

	if (columns[column].if_varied && !processes_vary(table))
		return;
	for (size_t i = 0; i < table->count; i++) {
		size_t width;

		read_cell(table, column, &table->list[i]);
		width = parts_width(table->out, buf_text(&table->cell), table->cell.len);
		if (width > widest)
			widest = width;
	}
	if (!widest && columns[column].if_any)
		return;
	if (widest < strlen(columns[column].head))
		widest = strlen(columns[column].head);
	table->width[column] = widest;
}

static bool on_first_line(const struct table *table, size_t column, enum row row)
{
	if (!table->width[column])
		return false;
	if (row == ROW_WITHOUT_RARE)
		return !columns[column].rare;
	if (row == ROW_LEAST && columns[column].last)
		return false;
	return row == ROW_WHOLE || !columns[column].second;
}

static size_t gap_of(enum row row)
{
	return row == ROW_LEAST ? 1 : GAP;
}

/* The most that fits. */
static enum row choose_row(const struct table *table)
{
	enum row row;

	for (row = ROW_WHOLE; row < ROW_LEAST; row++) {
		size_t total = 0;

		for (size_t i = 0; i < COLUMNS; i++)
			if (on_first_line(table, i, row))
				total += GAP + table->width[i];
		if (total <= (size_t)table->out->width)
			break;
	}
	return row;
}

/* Empty cells at the end of a row leave no blanks: a cell pads before itself. */
static void put_cell(struct table *table, size_t column, size_t at, const char *text)
{
	size_t width = parts_width(table->out, text, strlen(text));

	if (!*text && !columns[column].glyph)
		return;
	if (columns[column].right && width < table->width[column])
		at += table->width[column] - width;
	if (at > table->out->column)
		out_pad(table->out, at);
	if (*text)
		out_text(table->out, text);
	else
		out_glyph(table->out, OUT_NONE);
}

/* SHOWN NULL: the heads. */
static void put_row(struct table *table, const struct shown *shown, enum row row)
{
	size_t at = gap_of(row);

	if (!shown)
		out_style(table->out, OUT_HEAD);
	for (size_t i = 0; i < COLUMNS; i++) {
		if (!on_first_line(table, i, row))
			continue;
		if (shown)
			read_cell(table, i, shown);
		put_cell(table, i, at, shown ? buf_text(&table->cell) : columns[i].head);
		at += table->width[i] + gap_of(row);
	}
	out_newline(table->out);
}

static void put_pair(struct line *line, const struct shown *shown)
{
	cell_local(&line->text, shown);
	if (!line->text.len)
		line_glyph(line, OUT_PLAIN, OUT_NONE);
	line_added(line, OUT_PLAIN);
	if (!parts_peer(&shown->now)) {
		line_put(line);
		return;
	}
	if (!line_fits(line))
		line_put(line);
	line_add(line, OUT_PLAIN, line->count ? " " : "");
	line_glyph(line, OUT_PLAIN, OUT_TO);
	line_add(line, OUT_PLAIN, " ");
	cell_peer(&line->text, shown);
	line_added(line, OUT_PLAIN);
	line_put(line);
}

/* What did not fit on the first line; nothing where there is nothing. */
static void put_second(struct table *table, struct line *line, const struct shown *shown,
		       enum row row)
{
	line_start(line, 0, 6, 6);
	if (!shown->untold && row >= ROW_NARROW)
		put_pair(line, shown);
	for (size_t i = 0; i < COLUMNS; i++) {
		if (!table->width[i] || on_first_line(table, i, row) || columns[i].glyph)
			continue;
		read_cell(table, i, shown);
		if (!table->cell.len)
			continue;
		if (columns[i].label)
			line_add(line, OUT_PLAIN, columns[i].label);
		line_words(line, OUT_PLAIN, buf_text(&table->cell));
	}
	if (line->started || line->count)
		line_end(line);
}

static void put_rows(struct table *table, enum row row)
{
	struct line line;

	line_init(&line, table->out);
	put_row(table, NULL, row);
	for (size_t i = 0; i < table->count; i++) {
		put_row(table, &table->list[i], row);
		put_second(table, &line, &table->list[i], row);
	}
	line_free(&line);
}

static bool has_listener(const struct shown *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].now.has & FIELD_ACCEPT_QUEUE)
			return true;
	return false;
}

static void put_hint(struct out *out, const char *text)
{
	out_text(out, "  ");
	out_style(out, OUT_DIM);
	out_wrap(out, 2, text);
}

void text_status(struct out *out, const struct shown *list, size_t count)
{
	struct table table = {.out = out, .list = list, .count = count};

	if (!count) {
		put_hint(out, "no sockets");
		return;
	}
	for (size_t i = 0; i < COLUMNS; i++)
		measure_column(&table, i);
	put_rows(&table, choose_row(&table));
	if (has_listener(list, count))
		put_hint(out, "recv-q of a listener: length/backlog of its accept queue");
	out->buf.failed |= table.cell.failed;
	buf_free(&table.cell);
}
