/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/grow.h"
#include "report/emit.h"
#include "report/fields.h"
#include "report/parts.h"
#include "report/text.h"

#define LABEL_COLUMN 2
#define TEXT_INDENT  6
#define TEXT_LEAST   30 /* columns below which the meaning gets a line of its own */
#define GAP          2

static const struct row {
	const char *group; /* NULL: that of the row before */
	const char *field;
	const char *unit;
	const char *text;
} rows[] = {
	{"Identity", "fd", NULL, "the descriptor"},
	{NULL, "name", NULL, "its name in this session"},
	{NULL, "process", NULL, "whose descriptor it is"},
	{NULL, "host", NULL, "the network namespace that it was made in"},
	{NULL, "family", NULL, "the kind of its addresses"},
	{NULL, "type", NULL, "how it carries data"},
	{NULL, "protocol", NULL, "what carries it"},
	{NULL, "inode", NULL, "its number in /proc/PID/fd and /proc/net"},
	{NULL, "cookie", NULL, "its number for sock_diag: never used twice"},
	{NULL, "uid", NULL, "the user that made it"},
	{"Addresses", "local", NULL, "getsockname()"},
	{NULL, "peer", NULL, "getpeername()"},
	{NULL, "unix_peer", NULL, "the inode of the other end"},
	{NULL, "interface", NULL, "the index of the interface that it is bound to"},
	{"State", "state", NULL, ""},
	{NULL, "shutdown", NULL, "the directions that were shut down"},
	{NULL, "readable", NULL, "poll() says POLLIN"},
	{NULL, "writable", NULL, "poll() says POLLOUT"},
	{NULL, "queue_of", NULL, "the listener in whose accept queue it waits"},
	{NULL, "closed_fd", NULL, "the descriptor that it had"},
	{"Queues", "recv_queue", "bytes", "received, not read yet; of datagrams, memory"},
	{NULL, "send_queue", "bytes", "written, not acknowledged yet; of UDP and UNIX, memory"},
	{NULL, "accept_queue", NULL, "connections that wait for accept(), of the backlog"},
	{NULL, "pending", NULL, "inodes of the clients in the accept queue"},
	{NULL, "drops", "packets", "dropped, for lack of room most often"},
	{"Options", "file_flags", NULL, "fcntl(F_GETFL): of the open file"},
	{NULL, "fd_flags", NULL, "fcntl(F_GETFD): of this descriptor"},
	{NULL, "congestion", NULL, "TCP_CONGESTION: the congestion control"},
	{NULL, "tos", NULL, "IP_TOS: type of service"},
	{NULL, "tclass", NULL, "IPV6_TCLASS: traffic class"},
	{NULL, "v6only", NULL, "IPV6_V6ONLY: no IPv4 through it"},
	{NULL, "mark", NULL, "SO_MARK: for routing and filters"},
};

static const struct {
	uint64_t bit;
	const char *name;
} tcp_options[] = {
	{1, "timestamps"},       {2, "sack"},
	{4, "window scaling"},   {8, "ecn"},
	{16, "ecn seen"},        {32, "fast open data"},
	{64, "usec timestamps"},
};

/* A row that waits for the others of its group, so that its columns fit all of them. */
struct pending {
	const char *label, *text;
	size_t value, value_end; /* in show->values */
};

#define GROUP_ROWS 48

struct show {
	struct out *out;
	const struct shown *shown;
	struct buf values;
	struct pending rows[GROUP_ROWS];
	size_t count;
	size_t value; /* where the value that is being put together begins */
};

static void begin_value(struct show *show)
{
	show->value = show->values.len;
}

static void add_row(struct show *show, const char *label, const char *text)
{
	if (show->count < GROUP_ROWS)
		show->rows[show->count++] =
			(struct pending){label, text, show->value, show->values.len};
}

static size_t value_width(const struct show *show, const struct pending *row)
{
	return parts_width(show->out, buf_text(&show->values) + row->value,
			   row->value_end - row->value);
}

static void put_meaning(struct out *out, size_t column, const char *text)
{
	size_t width = parts_width(out, text, strlen(text));

	if (!*text) {
		out_newline(out);
		return;
	}
	if (column + TEXT_LEAST > (size_t)out->width && column + width > (size_t)out->width) {
		out_newline(out);
		column = TEXT_INDENT;
	}
	out_pad(out, column);
	out_style(out, OUT_DIM);
	out_wrap(out, column, text);
}

static void put_row(struct show *show, const struct pending *row, size_t value_column,
		    size_t text_column)
{
	struct out *out = show->out;

	out_pad(out, LABEL_COLUMN);
	out_text(out, row->label);
	out_pad(out, value_column);
	out_bytes(out, buf_text(&show->values) + row->value, row->value_end - row->value);
	put_meaning(out, text_column, row->text);
}

/* Writes the rows that were added, if there are any, under a heading. */
static void put_group(struct show *show, const char *prefix, const char *group)
{
	size_t label = 0, value = 0;

	for (size_t i = 0; i < show->count; i++) {
		size_t width = value_width(show, &show->rows[i]);

		value = width > value ? width : value;
		width = strlen(show->rows[i].label);
		label = width > label ? width : label;
	}
	if (show->count) {
		out_style(show->out, OUT_HEAD);
		out_text(show->out, prefix);
		out_text(show->out, group);
		out_newline(show->out);
	}
	label += LABEL_COLUMN + GAP;
	for (size_t i = 0; i < show->count; i++)
		put_row(show, &show->rows[i], label, label + value + GAP);
	show->count = 0;
	buf_reset(&show->values);
}

static void add_unit(struct show *show, const char *unit)
{
	if (!unit)
		return;
	buf_char(&show->values, ' ');
	buf_str(&show->values, unit);
}

static void add_count(struct show *show, const char *label, uint64_t value, const char *unit,
		      const char *text)
{
	begin_value(show);
	emit_digits(&show->values, value);
	add_unit(show, unit);
	add_row(show, label, text);
}

static void put_rows(struct show *show)
{
	const char *group = rows[0].group;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct row *row = &rows[i];
		const struct field *field = field_find(row->field, strlen(row->field));

		if (row->group) {
			put_group(show, "", group);
			group = row->group;
		}
		begin_value(show);
		if (!field || !field->print(&show->values, show->shown, &show->shown->now))
			continue;
		add_unit(show, row->unit);
		add_row(show, row->field, row->text);
	}
	put_group(show, "", group);
}

static void put_timer(struct show *show)
{
	const struct endpoint *endpoint = &show->shown->now;

	if (!(endpoint->has & FIELD_TIMER))
		return;
	begin_value(show);
	parts_timer_kind(&show->values, endpoint->timer.kind);
	add_row(show, "timer", "what the kernel waits for by the clock");
	if (endpoint->timer.kind) {
		add_count(show, "expires", endpoint->timer.expires_ms, "ms", "until it goes off");
		add_count(show, "retransmits", endpoint->timer.retransmits, NULL,
			  "sent again so far, or probes without an answer");
	}
	put_group(show, "", "Timer");
}

static void put_memory(struct show *show)
{
	const struct endpoint *endpoint = &show->shown->now;

	if (!(endpoint->has & FIELD_MEMORY))
		return;
	for (size_t i = 0; i < endpoint->skmem_count && field_skmem_name(i); i++)
		add_count(show, field_skmem_name(i), endpoint->skmem[i],
			  strcmp(field_skmem_name(i), "d") == 0 ? "packets" : "bytes",
			  field_skmem_text(i));
	put_group(show, "", "Memory (skmem)");
}

static void add_tcp_options(struct buf *out, uint64_t value)
{
	size_t start = out->len;

	for (size_t i = 0; i < COUNT_OF(tcp_options); i++) {
		if (!(value & tcp_options[i].bit))
			continue;
		if (out->len > start)
			buf_str(out, ", ");
		buf_str(out, tcp_options[i].name);
		value &= ~tcp_options[i].bit;
	}
	if (value || out->len == start)
		buf_printf(out, out->len > start ? ", 0x%llx" : "%llu", (unsigned long long)value);
}

static const char *unit_of(const struct show *show, enum tcp_info_unit unit)
{
	switch (unit) {
	case UNIT_BYTES:
		return "bytes";
	case UNIT_SEGMENTS:
		return "segments";
	case UNIT_US:
		return show->out->unicode ? "µs" : "us";
	case UNIT_MS:
		return "ms";
	case UNIT_RATE:
		return "bytes/s";
	default:
		return NULL;
	}
}

static void add_tcp_field(struct show *show, const struct tcp_info_field *field, uint64_t value)
{
	begin_value(show);
	if (field->unit == UNIT_OPTIONS)
		add_tcp_options(&show->values, value);
	else
		field_print_tcp(&show->values, field, value);
	if (field->unit != UNIT_RATE || value != UINT64_MAX)
		add_unit(show, unit_of(show, field->unit));
	add_row(show, field->name, field->text);
}

static bool told_before(size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(tcp_info_fields[i].group, tcp_info_fields[index].group) == 0)
			return true;
	return false;
}

static void put_tcp_group(struct show *show, size_t first)
{
	const struct endpoint *endpoint = &show->shown->now;
	const char *group = tcp_info_fields[first].group;
	uint64_t value;

	for (size_t i = first; i < tcp_info_count; i++) {
		const struct tcp_info_field *field = &tcp_info_fields[i];

		if (strcmp(field->group, group) == 0 &&
		    tcp_info_value(field, endpoint->tcp_info, endpoint->tcp_info_len, &value))
			add_tcp_field(show, field, value);
	}
	put_group(show, "TCP_INFO: ", group);
}

static void put_tcp_info(struct show *show)
{
	if (!(show->shown->now.has & FIELD_TCP_INFO))
		return;
	for (size_t i = 0; i < tcp_info_count; i++)
		if (!told_before(i))
			put_tcp_group(show, i);
}

void text_show(struct out *out, const struct shown *shown)
{
	struct show show = {.out = out, .shown = shown};
	struct line line;

	line_init(&line, out);
	text_endpoint(&line, shown, shown->process);
	line_free(&line);
	if (!shown->untold) {
		put_rows(&show);
		put_timer(&show);
		put_memory(&show);
		put_tcp_info(&show);
	}
	out->buf.failed |= show.values.failed;
	buf_free(&show.values);
}
