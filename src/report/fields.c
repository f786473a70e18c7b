/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/fields.h"

#include <poll.h>
#include <string.h>

#include "base/grow.h"
#include "names/names.h"
#include "report/emit.h"
#include "report/other.h"
#include "report/parts.h"
#include "report/report.h"

typedef const struct shown *shown_arg;
typedef const struct endpoint *endpoint_arg;

static bool print_text(struct buf *out, const char *text)
{
	if (!text || !*text)
		return false;
	buf_str(out, text);
	return true;
}

static bool print_if(struct buf *out, bool told, uint64_t value)
{
	if (told)
		emit_digits(out, value);
	return told;
}

static bool print_yes(struct buf *out, bool told, bool value)
{
	if (told)
		buf_str(out, value ? "yes" : "no");
	return told;
}

static bool print_names(struct buf *out, bool told, const struct names *names, long value)
{
	if (told)
		names_print(out, names, value);
	return told;
}

static bool print_address(struct buf *out, const struct address *address)
{
	if (!address)
		return false;
	address_print(out, address);
	return true;
}

static bool print_process(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return print_text(out, shown->process);
}

static bool print_fd(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return print_if(out, shown->fd >= 0, (uint64_t)shown->fd);
}

static bool print_name(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return print_text(out, shown->name);
}

static bool print_host(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return print_text(out, shown->host);
}

static bool print_family(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	return print_names(out, !shown->untold, &names_family, endpoint->family);
}

static bool print_type(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	return print_names(out, !shown->untold && endpoint->type, &names_type, endpoint->type);
}

/* Zero is IPPROTO_IP to the Internet's families only. */
static bool print_protocol(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	if (shown->untold)
		return false;
	if (endpoint->family == AF_INET || endpoint->family == AF_INET6)
		names_print(out, &names_protocol, endpoint->protocol);
	else
		emit_signed(out, endpoint->protocol);
	return true;
}

static bool print_state(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_text(out, endpoint_state_name(endpoint->state));
}

static bool print_local(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_address(out, parts_local(endpoint));
}

static bool print_peer(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_address(out, parts_peer(endpoint));
}

static bool print_recv_queue(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_if(out, endpoint->has & FIELD_RECV_QUEUE, endpoint->recv_queue);
}

static bool print_send_queue(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_if(out, endpoint->has & FIELD_SEND_QUEUE, endpoint->send_queue);
}

static bool print_accept_queue(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	if (!(endpoint->has & FIELD_ACCEPT_QUEUE))
		return false;
	emit_digits(out, endpoint->accept_length);
	buf_char(out, '/');
	emit_digits(out, endpoint->accept_backlog);
	return true;
}

static bool print_timer(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_names(out, endpoint->has & FIELD_TIMER, &names_timer, endpoint->timer.kind);
}

static bool print_inode(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_if(out, endpoint->has & FIELD_INODE && endpoint->inode, endpoint->inode);
}

static bool print_cookie(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_if(out, endpoint->has & FIELD_COOKIE, endpoint->cookie);
}

static bool print_readable(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_yes(out, endpoint->has & FIELD_READY, endpoint->ready & POLLIN);
}

static bool print_writable(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_yes(out, endpoint->has & FIELD_READY, endpoint->ready & POLLOUT);
}

static bool print_exceptional(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_yes(out, endpoint->has & FIELD_READY, endpoint->ready & POLLPRI);
}

static bool print_shutdown(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	if (!(endpoint->has & FIELD_SHUTDOWN))
		return false;
	return print_text(out, parts_shutdown(endpoint->shutdown));
}

static bool print_uid(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_if(out, endpoint->has & FIELD_UID, endpoint->uid);
}

static bool print_role(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return print_text(out, parts_role(shown->role));
}

static bool print_queue_of(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return print_if(out, shown->role == SHOWN_QUEUED && shown->queue_of >= 0,
			(uint64_t)shown->queue_of);
}

static bool print_also_fd(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return print_if(out, shown->also_fd >= 0, (uint64_t)shown->also_fd);
}

/* The others: the first one is its own. */
static bool print_shared(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	for (size_t i = 1; i < shown->sharer_count; i++) {
		buf_str(out, i > 1 ? "," : "");
		parts_descriptor(out, shown->sharers[i].process, shown->sharers[i].fd);
	}
	return shown->sharer_count > 1;
}

static bool print_closed_fd(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return print_if(out, shown->role == SHOWN_GHOST && shown->closed_fd >= 0,
			(uint64_t)shown->closed_fd);
}

static bool print_gone(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return print_yes(out, true, shown->gone);
}

static bool print_closed(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return print_yes(out, true, shown->closed);
}

static bool print_congestion(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	size_t len = strnlen(endpoint->congestion, sizeof(endpoint->congestion));

	(void)shown;
	if (!(endpoint->has & FIELD_CONGESTION) || !len)
		return false;
	buf_add(out, endpoint->congestion, len);
	return true;
}

static bool print_tos(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_if(out, endpoint->has & FIELD_TOS, endpoint->tos);
}

static bool print_tclass(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_if(out, endpoint->has & FIELD_TCLASS, endpoint->tclass);
}

static bool print_v6only(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_yes(out, endpoint->has & FIELD_V6ONLY, endpoint->v6only);
}

static bool print_mark(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_if(out, endpoint->has & FIELD_MARK, endpoint->mark);
}

static bool print_interface(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_if(out, endpoint->has & FIELD_INTERFACE && endpoint->ifindex > 0,
			(uint64_t)endpoint->ifindex);
}

static bool print_drops(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_if(out, endpoint->has & FIELD_DROPS, endpoint->drops);
}

static bool print_quick_ack(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_yes(out, endpoint->has & FIELD_QUICK_ACK, endpoint->quick_ack);
}

static bool print_file_flags(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_names(out, endpoint->has & FIELD_FILE_FLAGS, &names_file_flag,
			   endpoint->file_flags);
}

static bool print_fd_flags(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_names(out, endpoint->has & FIELD_FD_FLAGS, &names_fd_flag, endpoint->fd_flags);
}

static bool print_unix_peer(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	return print_if(out, endpoint->has & FIELD_UNIX_PEER && endpoint->unix_peer,
			endpoint->unix_peer);
}

static bool print_pending(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)shown;
	if (!(endpoint->has & FIELD_PENDING) || !endpoint->pending_count)
		return false;
	for (size_t i = 0; i < endpoint->pending_count && i < ENDPOINT_PENDING; i++) {
		if (i)
			buf_char(out, ',');
		emit_digits(out, endpoint->pending[i]);
	}
	return true;
}

static bool print_what(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return print_text(out, shown->untold ? shown->what : NULL);
}

static bool is_kind(shown_arg shown, enum fdinfo_kind kind)
{
	return shown->info && shown->info->kind == kind;
}

static bool print_watches(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	size_t i;

	(void)endpoint;
	if (!is_kind(shown, FDINFO_EPOLL) || !shown->info->watch_count)
		return false;
	for (i = 0; i < shown->info->watch_count; i++)
		buf_printf(out, "%s%d", i ? "," : "", shown->info->watches[i].fd);
	return true;
}

static bool print_count(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return is_kind(shown, FDINFO_EVENTFD) && print_if(out, true, shown->info->count);
}

static bool print_size(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return is_kind(shown, FDINFO_FILE) && print_if(out, true, shown->info->size);
}

static bool print_position(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return is_kind(shown, FDINFO_FILE) && print_if(out, true, shown->info->position);
}

static bool print_ticks(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return is_kind(shown, FDINFO_TIMERFD) && print_if(out, true, shown->info->ticks);
}

static bool print_clock(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return is_kind(shown, FDINFO_TIMERFD) &&
	       print_names(out, true, &names_clock, shown->info->clock);
}

static bool print_expires(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return is_kind(shown, FDINFO_TIMERFD) && shown->info->left_us &&
	       print_if(out, true, (shown->info->left_us + 999) / 1000);
}

static bool print_interval(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	return is_kind(shown, FDINFO_TIMERFD) && shown->info->every_us &&
	       print_if(out, true, (shown->info->every_us + 999) / 1000);
}

static bool print_signals(struct buf *out, shown_arg shown, endpoint_arg endpoint)
{
	(void)endpoint;
	if (!is_kind(shown, FDINFO_SIGNALFD) || !shown->info->signals)
		return false;
	other_signals(out, shown->info->signals, ",");
	return true;
}

#define KEY(name) name, ",\"" name "\":", sizeof(name) + 3

const struct field report_fields[] = {
	{KEY("process"), 0, FORM_STRING, IN_ALL, print_process},
	{KEY("fd"), 0, FORM_NUMBER, IN_ALL, print_fd},
	{KEY("name"), 0, FORM_STRING, IN_ALL, print_name},
	{KEY("host"), 0, FORM_STRING, IN_ALL, print_host},
	{KEY("family"), 0, FORM_STRING, IN_ALL, print_family},
	{KEY("type"), 0, FORM_STRING, IN_ALL, print_type},
	{KEY("protocol"), 0, FORM_STRING, IN_ALL, print_protocol},
	{KEY("state"), FIELD_STATE, FORM_STRING, IN_ALL, print_state},
	{KEY("local"), FIELD_LOCAL, FORM_STRING, IN_ALL, print_local},
	{KEY("peer"), FIELD_PEER, FORM_STRING, IN_ALL, print_peer},
	{KEY("recv_queue"), FIELD_RECV_QUEUE, FORM_NUMBER, IN_ALL, print_recv_queue},
	{KEY("send_queue"), FIELD_SEND_QUEUE, FORM_NUMBER, IN_ALL, print_send_queue},
	{KEY("accept_queue"), FIELD_ACCEPT_QUEUE, FORM_QUEUE, IN_ALL, print_accept_queue},
	{KEY("timer"), FIELD_TIMER, FORM_TIMER, IN_ALL, print_timer},
	{KEY("inode"), 0, FORM_NUMBER, IN_ALL, print_inode},
	{KEY("cookie"), 0, FORM_STRING, IN_ALL, print_cookie},
	{KEY("readable"), 0, FORM_YES, IN_ALL, print_readable},
	{KEY("writable"), 0, FORM_YES, IN_ALL, print_writable},
	{KEY("exceptional"), 0, FORM_YES, IN_ALL, print_exceptional},
	{KEY("shutdown"), FIELD_SHUTDOWN, FORM_STRING, IN_ALL, print_shutdown},
	{KEY("uid"), 0, FORM_NUMBER, IN_ALL, print_uid},
	{KEY("role"), 0, FORM_STRING, IN_ALL, print_role},
	{KEY("queue_of"), 0, FORM_NUMBER, IN_ALL, print_queue_of},
	{KEY("closed_fd"), 0, FORM_NUMBER, IN_ALL, print_closed_fd},
	{KEY("also_fd"), 0, FORM_NUMBER, IN_ALL, print_also_fd},
	{KEY("gone"), 0, FORM_YES, IN_ALL, print_gone},
	{KEY("closed"), 0, FORM_YES, IN_ALL, print_closed},
	{KEY("shared"), 0, FORM_SHARED, IN_ALL, print_shared},
	{KEY("interface"), 0, FORM_NUMBER, IN_DETAIL, print_interface},
	{KEY("unix_peer"), 0, FORM_NUMBER, IN_DETAIL, print_unix_peer},
	{KEY("pending"), 0, FORM_LIST, IN_DETAIL, print_pending},
	{KEY("drops"), 0, FORM_NUMBER, IN_DETAIL, print_drops},
	{KEY("file_flags"), 0, FORM_STRING, IN_DETAIL, print_file_flags},
	{KEY("fd_flags"), 0, FORM_STRING, IN_DETAIL, print_fd_flags},
	{KEY("congestion"), 0, FORM_STRING, IN_DETAIL, print_congestion},
	{KEY("quick_ack"), 0, FORM_YES, IN_DETAIL, print_quick_ack},
	{KEY("tos"), 0, FORM_NUMBER, IN_DETAIL, print_tos},
	{KEY("tclass"), 0, FORM_NUMBER, IN_DETAIL, print_tclass},
	{KEY("v6only"), 0, FORM_YES, IN_DETAIL, print_v6only},
	{KEY("mark"), 0, FORM_NUMBER, IN_DETAIL, print_mark},
	{KEY("what"), 0, FORM_STRING, IN_OTHER, print_what},
	{KEY("watches"), 0, FORM_WATCHES, IN_OTHER, print_watches},
	{KEY("count"), 0, FORM_NUMBER, IN_OTHER, print_count},
	{KEY("clock"), 0, FORM_STRING, IN_OTHER, print_clock},
	{KEY("expires_ms"), 0, FORM_NUMBER, IN_OTHER, print_expires},
	{KEY("interval_ms"), 0, FORM_NUMBER, IN_OTHER, print_interval},
	{KEY("ticks"), 0, FORM_NUMBER, IN_OTHER, print_ticks},
	{KEY("size"), 0, FORM_NUMBER, IN_OTHER, print_size},
	{KEY("position"), 0, FORM_NUMBER, IN_OTHER, print_position},
	{KEY("signals"), 0, FORM_STRING, IN_OTHER, print_signals},
};

#undef KEY

const size_t report_field_count = COUNT_OF(report_fields);

const struct field *field_find(const char *name, size_t len)
{
	for (size_t i = 0; i < report_field_count; i++) {
		const struct field *field = &report_fields[i];

		if (strncmp(field->name, name, len) == 0 && !field->name[len])
			return field;
	}
	return NULL;
}

void field_print_tcp(struct buf *out, const struct tcp_info_field *field, uint64_t value)
{
	if (field->unit == UNIT_STATE)
		names_print(out, &names_tcp_state, (long)value);
	else if (field->unit == UNIT_CA_STATE)
		names_print(out, &names_ca_state, (long)value);
	else if (field->unit == UNIT_RATE && value == UINT64_MAX)
		buf_str(out, "unlimited");
	else
		emit_digits(out, value);
}

static int print_tcp_info(struct buf *out, const struct endpoint *endpoint, const char *name)
{
	const struct tcp_info_field *field = tcp_info_find(name);
	uint64_t value;

	if (!field)
		return -1;
	if (endpoint->has & FIELD_TCP_INFO &&
	    tcp_info_value(field, endpoint->tcp_info, endpoint->tcp_info_len, &value))
		field_print_tcp(out, field, value);
	else
		buf_str(out, "none");
	return 0;
}

int report_field(struct buf *out, const struct shown *shown, const char *name, size_t len)
{
	const struct field *field = field_find(name, len);
	char word[64];

	if (field) {
		if (!field->print(out, shown, &shown->now))
			buf_str(out, "none");
		return 0;
	}
	if (len == 0 || len >= sizeof(word) || memchr(name, '\0', len))
		return -1;
	memcpy(word, name, len);
	word[len] = '\0';
	return print_tcp_info(out, &shown->now, word);
}

const char *report_field_name(size_t index)
{
	if (index < report_field_count)
		return report_fields[index].name;
	index -= report_field_count;
	for (size_t i = 0; i < tcp_info_count; i++) {
		const char *name = tcp_info_fields[i].name;

		if (strncmp(name, "tcpi_", 5) == 0)
			name += 5;
		if (!field_find(name, strlen(name)) && index-- == 0)
			return name;
	}
	return NULL;
}

static const struct {
	const char *name, *text;
} skmem[] = {
	{"r", "received data, with the kernel's overhead"},
	{"rb", "limit of received data (SO_RCVBUF)"},
	{"t", "packets being transmitted"},
	{"tb", "limit of data to send (SO_SNDBUF)"},
	{"f", "set aside for this socket, not used yet"},
	{"w", "written data, with the kernel's overhead"},
	{"o", "options and filters"},
	{"bl", "packets not processed yet: the socket was in use"},
	{"d", "packets dropped before they reached the socket"},
};

_Static_assert(COUNT_OF(skmem) == ENDPOINT_SKMEM, "a name for each number of SK_MEMINFO");

const char *field_skmem_name(size_t i)
{
	return i < COUNT_OF(skmem) ? skmem[i].name : NULL;
}

const char *field_skmem_text(size_t i)
{
	return i < COUNT_OF(skmem) ? skmem[i].text : NULL;
}
