/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/grow.h"
#include "report/emit.h"
#include "report/fields.h"
#include "report/parts.h"
#include "report/text.h"

#define LABEL_COLUMN 2
#define TEXT_INDENT  6

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
	{NULL, "family", NULL, "what its addresses are"},
	{NULL, "type", NULL, "a stream, datagrams"},
	{NULL, "protocol", NULL, "what carries the data"},
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
	{NULL, "role", NULL, "why it is shown"},
	{NULL, "queue_of", NULL, "the listener in whose accept queue it waits"},
	{NULL, "closed_fd", NULL, "the descriptor that it had"},
	{"Queues", "recv_queue", "bytes", "received, not read yet"},
	{NULL, "send_queue", "bytes", "written, not acknowledged yet"},
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

struct show {
	struct out *out;
	const struct shown *shown;
	struct buf value;
	const char *group; /* whose heading is printed */
	size_t value_column, text_column;
};

static void put_group(struct show *show, const char *group)
{
	if (show->group && strcmp(show->group, group) == 0)
		return;
	show->group = group;
	out_style(show->out, OUT_HEAD);
	out_text(show->out, group);
	out_newline(show->out);
}

/* One row: what is in show->value between its label and what it means. */
static void put_row(struct show *show, const char *label, const char *text)
{
	struct out *out = show->out;
	size_t width = parts_width(out, text, strlen(text));

	out_pad(out, LABEL_COLUMN);
	out_text(out, label);
	out_pad(out, show->value_column);
	out_text(out, buf_text(&show->value));
	if (!*text) {
		out_newline(out);
		return;
	}
	if (out->column + 1 + width > (size_t)out->width ||
	    show->text_column + width > (size_t)out->width) {
		out_newline(out);
		out_pad(out, TEXT_INDENT);
		out_style(out, OUT_DIM);
		out_wrap(out, TEXT_INDENT, text);
		return;
	}
	out_pad(out, show->text_column);
	out_style(out, OUT_DIM);
	out_text(out, text);
	out_newline(out);
}

static void add_unit(struct show *show, const char *unit)
{
	if (!unit)
		return;
	buf_char(&show->value, ' ');
	buf_str(&show->value, unit);
}

static void put_rows(struct show *show)
{
	const char *group = NULL;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct row *row = &rows[i];
		const struct field *field = field_find(row->field, strlen(row->field));

		if (row->group)
			group = row->group;
		buf_reset(&show->value);
		if (!field || !field->print(&show->value, show->shown, &show->shown->now))
			continue;
		add_unit(show, row->unit);
		put_group(show, group);
		put_row(show, row->field, row->text);
	}
}

static void put_timer(struct show *show)
{
	const struct endpoint *endpoint = &show->shown->now;

	if (!(endpoint->has & FIELD_TIMER))
		return;
	put_group(show, "Timer");
	buf_reset(&show->value);
	parts_timer_kind(&show->value, endpoint->timer.kind);
	put_row(show, "timer", "what the kernel waits for by the clock");
	if (endpoint->timer.kind == 0)
		return;
	buf_reset(&show->value);
	emit_digits(&show->value, endpoint->timer.expires_ms);
	add_unit(show, "ms");
	put_row(show, "expires", "until it goes off");
	buf_reset(&show->value);
	emit_digits(&show->value, endpoint->timer.retransmits);
	put_row(show, "retransmits", "sent again so far, or probes without an answer");
}

static void put_memory(struct show *show)
{
	const struct endpoint *endpoint = &show->shown->now;

	if (!(endpoint->has & FIELD_MEMORY))
		return;
	put_group(show, "Memory (skmem)");
	for (size_t i = 0; i < endpoint->skmem_count && field_skmem_name(i); i++) {
		buf_reset(&show->value);
		emit_digits(&show->value, endpoint->skmem[i]);
		add_unit(show, strcmp(field_skmem_name(i), "d") == 0 ? "packets" : "bytes");
		put_row(show, field_skmem_name(i), field_skmem_text(i));
	}
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

static void put_tcp_field(struct show *show, const struct tcp_info_field *field, uint64_t value)
{
	buf_reset(&show->value);
	if (field->unit == UNIT_OPTIONS)
		add_tcp_options(&show->value, value);
	else
		field_print_tcp(&show->value, field, value);
	if (field->unit != UNIT_RATE || value != UINT64_MAX)
		add_unit(show, unit_of(show, field->unit));
	put_row(show, field->name, field->text);
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
	struct buf head = {0};
	uint64_t value;

	buf_str(&head, "TCP_INFO: ");
	buf_str(&head, group);
	for (size_t i = first; i < tcp_info_count; i++) {
		const struct tcp_info_field *field = &tcp_info_fields[i];

		if (strcmp(field->group, group) != 0 ||
		    !tcp_info_value(field, endpoint->tcp_info, endpoint->tcp_info_len, &value))
			continue;
		put_group(show, buf_text(&head));
		put_tcp_field(show, field, value);
	}
	show->group = NULL;
	buf_free(&head);
}

static void put_tcp_info(struct show *show)
{
	if (!(show->shown->now.has & FIELD_TCP_INFO))
		return;
	for (size_t i = 0; i < tcp_info_count; i++)
		if (!told_before(i))
			put_tcp_group(show, i);
}

/* On a wide terminal the columns of all groups align, tcpi_delivery_rate_app_limited being the
 * longest label. */
static void set_columns(struct show *show)
{
	bool wide = show->out->width >= 100;

	show->value_column = wide ? 34 : show->out->width >= 60 ? 22 : 16;
	show->text_column = show->value_column + (wide ? 22 : 16);
}

void text_show(struct out *out, const struct shown *shown)
{
	struct show show = {.out = out, .shown = shown};
	struct line line;

	line_init(&line, out);
	text_endpoint(&line, shown, shown->process);
	line_free(&line);
	if (!shown->untold) {
		set_columns(&show);
		put_rows(&show);
		put_timer(&show);
		put_memory(&show);
		put_tcp_info(&show);
	}
	out->buf.failed |= show.value.failed;
	buf_free(&show.value);
}
