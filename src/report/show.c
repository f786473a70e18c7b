/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/grow.h"
#include "kernel/congestion.h"
#include "names/names.h"
#include "report/emit.h"
#include "report/fields.h"
#include "report/labels.h"
#include "report/other.h"
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
	{NULL, "exceptional", NULL, "poll() says POLLPRI: urgent data, for one"},
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
	{NULL, "quick_ack", NULL, "getsockopt(TCP_QUICKACK): acknowledges at once; no: delays"},
	{NULL, "tos", NULL, "IP_TOS: type of service"},
	{NULL, "tclass", NULL, "IPV6_TCLASS: traffic class"},
	{NULL, "v6only", NULL, "IPV6_V6ONLY: no IPv4 through it"},
	{NULL, "mark", NULL, "SO_MARK: for routing and filters"},
	{"Contents", "what", NULL, "what the descriptor leads to: no socket"},
	{NULL, "count", NULL, "of an eventfd: the sum of what was written and not read"},
	{NULL, "clock", NULL, "of a timerfd: the clock that it goes by"},
	{NULL, "expires_ms", "ms", "of a timerfd: until it goes off"},
	{NULL, "interval_ms", "ms", "of a timerfd: then so often again"},
	{NULL, "ticks", NULL, "of a timerfd: how often it went off since it was read"},
	{NULL, "signals", NULL, "of a signalfd: those that can be read from it"},
};

static const char timer_group[] = "Timer", memory_group[] = "Memory (skmem)",
		  algorithm_group[] = "algorithm", tcp_info_prefix[] = "TCP_INFO: ";
static const char *const timer_rows[] = {"timer", "expires", "retransmits"};

/* A row that waits for the others of its group, so that its columns fit all of them. */
struct pending {
	const char *label, *text;
	const char *ss;          /* what ss calls it; NULL */
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
			(struct pending){label, text, NULL, show->value, show->values.len};
}

/* What ss calls the row that was added last. */
static void add_ss(struct show *show, const char *ss)
{
	if (show->count)
		show->rows[show->count - 1].ss = ss;
}

static size_t value_width(const struct show *show, const struct pending *row)
{
	return parts_width(show->out, buf_text(&show->values) + row->value,
			   row->value_end - row->value);
}

static void put_meaning(struct out *out, size_t column, const struct pending *row)
{
	struct buf text = {0};
	size_t width;

	buf_str(&text, row->text);
	if (row->ss)
		buf_printf(&text, " (ss: %s)", row->ss);
	width = parts_width(out, buf_text(&text), text.len);
	if (!text.len) {
		buf_free(&text);
		out_newline(out);
		return;
	}
	if (column + TEXT_LEAST > (size_t)out->width && column + width > (size_t)out->width) {
		out_newline(out);
		column = TEXT_INDENT;
	}
	out_pad(out, column);
	out_style(out, OUT_DIM);
	out_wrap(out, column, buf_text(&text));
	out->buf.failed |= text.failed;
	buf_free(&text);
}

static void put_row(struct show *show, const struct pending *row, size_t value_column,
		    size_t text_column)
{
	struct out *out = show->out;

	out_pad(out, LABEL_COLUMN);
	out_text(out, row->label);
	out_pad(out, value_column);
	out_bytes(out, buf_text(&show->values) + row->value, row->value_end - row->value);
	put_meaning(out, text_column, row);
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
	add_row(show, timer_rows[0], "what the kernel waits for by the clock");
	if (endpoint->timer.kind) {
		add_count(show, timer_rows[1], endpoint->timer.expires_ms, "ms",
			  "until it goes off");
		add_count(show, timer_rows[2], endpoint->timer.retransmits, NULL,
			  "sent again so far, or probes without an answer");
	}
	put_group(show, "", timer_group);
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
	put_group(show, "", memory_group);
}

static void add_tcp_options(struct buf *out, uint64_t value)
{
	size_t start = out->len;

	for (size_t i = 0; i < names_tcp_option.count; i++) {
		const struct name *option = &names_tcp_option.list[i];

		if (!(value & (uint64_t)option->value))
			continue;
		if (out->len > start)
			buf_str(out, ", ");
		buf_str(out, option->text);
		value &= ~(uint64_t)option->value;
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
	add_ss(show, field->ss);
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
	put_group(show, tcp_info_prefix, group);
}

static void put_tcp_info(struct show *show)
{
	if (!(show->shown->now.has & FIELD_TCP_INFO))
		return;
	for (size_t i = 0; i < tcp_info_count; i++)
		if (!told_before(i))
			put_tcp_group(show, i);
}

static void put_algorithm(struct show *show)
{
	const struct endpoint *endpoint = &show->shown->now;
	uint64_t value;

	if (!(endpoint->has & FIELD_ALGORITHM))
		return;
	for (size_t i = 0; i < congestion_count; i++) {
		const struct congestion_field *field = &congestion_fields[i];

		if (congestion_value(field, endpoint->cc_attribute, endpoint->cc_info,
				     endpoint->cc_info_len, &value))
			add_count(show, field->name, value, unit_of(show, field->unit),
				  field->text);
	}
	put_group(show, tcp_info_prefix, algorithm_group);
}

/* Groups, then rows, of each of the tables in turn; NULL past the last. */
const char *show_label(size_t index)
{
	static const char *const others[] = {timer_group, memory_group, algorithm_group,
					     "TCP_INFO"};
	size_t counts[] = {COUNT_OF(others), COUNT_OF(timer_rows), COUNT_OF(rows),
			   COUNT_OF(rows),   tcp_info_count,       tcp_info_count,
			   congestion_count, ENDPOINT_SKMEM};
	size_t table = 0;

	while (table < COUNT_OF(counts) && index >= counts[table])
		index -= counts[table++];
	switch (table) {
	case 0:
		return others[index];
	case 1:
		return timer_rows[index];
	case 2:
		return rows[index].group ? rows[index].group : rows[index].field;
	case 3:
		return rows[index].field;
	case 4:
		return tcp_info_fields[index].group;
	case 5:
		return tcp_info_fields[index].name;
	case 6:
		return congestion_fields[index].name;
	case 7:
		return field_skmem_name(index);
	default:
		return NULL;
	}
}

void text_show(struct out *out, const struct shown *shown)
{
	struct show show = {.out = out, .shown = shown};
	struct line line;

	line_init(&line, out);
	text_endpoint(&line, shown, shown->process);
	line_free(&line);
	put_rows(&show);
	other_watches(out, shown);
	if (!shown->untold) {
		put_timer(&show);
		put_memory(&show);
		put_tcp_info(&show);
		put_algorithm(&show);
	}
	out->buf.failed |= show.values.failed;
	buf_free(&show.values);
}
