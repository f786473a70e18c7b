/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/story.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "names/names.h"
#include "names/terms.h"
#include "names/words.h"
#include "report/emit.h"
#include "report/fields.h"
#include "report/other.h"
#include "report/parts.h"

/* A value as text, in a buffer that lives as long as the statement. */
#define NUMBER_ROOM   24
#define NUMBER(value) number_text((char[NUMBER_ROOM]){0}, (unsigned long long)(value))

static const char *number_text(char text[NUMBER_ROOM], unsigned long long value)
{
	text[emit_format(text, (int64_t)value, true)] = '\0';
	return text;
}

/* The next part; where there is no room, the last one goes on. */
static struct buf *part(struct story *story)
{
	if (story->count < STORY_PARTS && (!story->count || story->parts[story->count - 1].len))
		story->count++;
	else if (story->parts[story->count - 1].len)
		buf_char(&story->parts[story->count - 1], ' ');
	return &story->parts[story->count - 1];
}

/* The same part goes on with another sentence. */
static struct buf *more(struct story *story)
{
	struct buf *last = &story->parts[story->count - 1];

	if (last->len)
		buf_char(last, ' ');
	return last;
}

static bool is_stream_type(const struct endpoint *endpoint)
{
	return endpoint->type == SOCK_STREAM || endpoint->type == SOCK_SEQPACKET;
}

static bool is_tcp(const struct endpoint *endpoint)
{
	return strcmp(endpoint_kind(endpoint), "TCP") == 0;
}

static void add_field(struct buf *out, const struct shown *shown, const char *name)
{
	const struct field *field = field_find(name, strlen(name));

	if (!field || !field->print(out, shown, &shown->now))
		buf_str(out, "none");
}

static void add_who(struct buf *out, const struct shown *shown)
{
	if (shown->fd >= 0 && shown->name)
		words_fill(out, "story.who.named", "fd", NUMBER(shown->fd), "name", shown->name,
			   (char *)NULL);
	else if (shown->fd >= 0)
		words_fill(out, "story.who.fd", "fd", NUMBER(shown->fd), (char *)NULL);
	else if (shown->role == SHOWN_QUEUED)
		words_fill(out, "story.who.queued", (char *)NULL);
	else if (shown->closed_fd >= 0)
		words_fill(out, "story.who.ghost", "fd", NUMBER(shown->closed_fd), "process",
			   shown->process ? shown->process : "main", (char *)NULL);
	else
		words_fill(out, "story.who.ghost-other", (char *)NULL);
}

static const char *family_text(int family)
{
	return family == AF_INET ? "IPv4" : family == AF_INET6 ? "IPv6" : "";
}

static void tell_what(struct story *story)
{
	const struct shown *shown = story->shown;
	struct buf who = {0}, key = {0}, family = {0}, type = {0}, protocol = {0}, shared = {0};

	add_who(&who, shown);
	add_field(&family, shown, "family");
	add_field(&type, shown, "type");
	add_field(&protocol, shown, "protocol");
	buf_printf(&key, "story.what.%s", endpoint_kind(&shown->now));
	if (shown->now.family == AF_UNIX)
		buf_printf(&key, "-%s", buf_text(&type));
	if (words(buf_text(&key)) == buf_text(&key)) {
		buf_reset(&key);
		buf_str(&key, "story.what.other");
	} else if (*family_text(shown->now.family)) {
		buf_reset(&family);
		buf_str(&family, family_text(shown->now.family));
	}
	words_fill(part(story), buf_text(&key), "who", buf_text(&who), "family", buf_text(&family),
		   "type", buf_text(&type), "protocol", buf_text(&protocol), (char *)NULL);
	if (shown->also_fd >= 0)
		words_fill(more(story), "story.also", "fd", NUMBER(shown->also_fd), (char *)NULL);
	if (shown->sharer_count) {
		add_field(&shared, shown, "shared");
		words_fill(more(story), "story.shared", "others", buf_text(&shared), (char *)NULL);
	}
	buf_free(&shared);
	buf_free(&who);
	buf_free(&key);
	buf_free(&family);
	buf_free(&type);
	buf_free(&protocol);
}

static bool same_address(const struct address *a, const struct address *b)
{
	return a && b && address_equal(a, b);
}

static bool is_self(const struct endpoint *endpoint)
{
	if (endpoint->family == AF_UNIX)
		return endpoint->unix_peer == endpoint->inode;
	return same_address(parts_local(endpoint), parts_peer(endpoint));
}

static bool is_other_end(const struct shown *shown, const struct shown *other)
{
	const struct endpoint *now = &shown->now;

	if (other->untold || other->now.family != now->family ||
	    other->now.protocol != now->protocol)
		return false;
	if (now->family == AF_UNIX)
		return now->has & FIELD_UNIX_PEER && now->unix_peer &&
		       other->now.inode == now->unix_peer;
	return same_address(parts_local(&other->now), parts_peer(now)) &&
	       same_address(parts_peer(&other->now), parts_local(now));
}

static const struct shown *other_end(const struct story *story)
{
	for (size_t i = 0; i < story->other_count; i++)
		if (is_other_end(story->shown, &story->others[i]))
			return &story->others[i];
	return NULL;
}

static void tell_other_end(struct story *story)
{
	const struct shown *other = other_end(story);
	struct buf whose = {0};

	if (!other) {
		words_fill(more(story),
			   story->shown->now.family == AF_UNIX ? "story.peer.unix-other"
							       : "story.peer.other",
			   (char *)NULL);
	} else if (is_self(&story->shown->now)) {
		words_fill(more(story), "story.peer.self", (char *)NULL);
	} else if (other->fd >= 0) {
		buf_printf(&whose, "fd %d", other->fd);
		if (other->name)
			buf_printf(&whose, " (%s)", other->name);
		words_fill(more(story), "story.peer.ours", "whose", buf_text(&whose), "state",
			   endpoint_state_name(other->now.state), (char *)NULL);
	} else if (other->now.state == STATE_SYN_RECEIVED) {
		words_fill(more(story), "story.peer.syn", (char *)NULL);
	} else if (other->queue_of >= 0) {
		words_fill(more(story), "story.peer.queued", "fd", NUMBER(other->queue_of),
			   (char *)NULL);
	} else {
		words_fill(more(story), "story.peer.ghost", "state",
			   endpoint_state_name(other->now.state), (char *)NULL);
	}
	buf_free(&whose);
}

static const char *local_key(const struct endpoint *endpoint, const struct address *local)
{
	bool raw = endpoint->type == SOCK_RAW && endpoint->family != AF_UNIX;

	if (endpoint->family == AF_UNIX)
		return local ? "story.local.one" : "story.local.none-unix";
	if (raw)
		return local && !address_is_any(local) ? "story.local.raw" : "story.local.raw-any";
	if (!local)
		return "story.local.none";
	return address_is_any(local) ? "story.local.any" : "story.local.one";
}

static void tell_local(struct story *story, const struct address *local)
{
	struct buf text = {0};

	if (local)
		address_print(&text, local);
	words_fill(part(story), local_key(&story->shown->now, local), "address", buf_text(&text),
		   "port", NUMBER(local ? address_port(local) : 0), (char *)NULL);
	buf_free(&text);
}

static void tell_addresses(struct story *story)
{
	const struct endpoint *now = &story->shown->now;
	const struct address *local = parts_local(now), *peer = parts_peer(now);
	struct buf from = {0}, to = {0};

	if (local && peer && now->family != AF_UNIX) {
		address_print(&from, local);
		address_print(&to, peer);
		words_fill(part(story), "story.ends", "local", buf_text(&from), "peer",
			   buf_text(&to), (char *)NULL);
	} else {
		tell_local(story, local);
	}
	if (peer || (now->has & FIELD_UNIX_PEER && now->unix_peer))
		tell_other_end(story);
	buf_free(&from);
	buf_free(&to);
}

/* A socket that is CLOSED and has sent or received had a connection. */
static bool is_over(const struct endpoint *endpoint)
{
	return endpoint->state == STATE_CLOSED && endpoint->has & FIELD_TCP_INFO &&
	       tcp_info_get(endpoint->tcp_info, endpoint->tcp_info_len, "segs_out");
}

/* What the states of other sockets mean depends on what they are; TCP's are explained as such. */
static void tell_meaning(struct story *story, const char *state)
{
	const char *kind = endpoint_kind(&story->shown->now);
	const struct term *term = terms_find(names_tcp_state.kind, state);
	struct buf key = {0};

	if (strcmp(kind, "UDP") != 0 && strcmp(kind, "UNIX") != 0)
		kind = "other";
	buf_printf(&key, "story.means.%s-%s", kind, state);
	if (words(buf_text(&key)) != buf_text(&key))
		words_fill(more(story), buf_text(&key), (char *)NULL);
	else if (term)
		buf_str(more(story), term->text);
	buf_free(&key);
}

static void tell_state(struct story *story)
{
	const char *state = endpoint_state_name(story->shown->now.state);

	if (!*state)
		return;
	words_fill(part(story), "story.state", "state", state, (char *)NULL);
	if (is_over(&story->shown->now))
		words_fill(more(story), "story.over", (char *)NULL);
	else
		tell_meaning(story, state);
}

static void tell_shutdown(struct story *story)
{
	static const char *const keys[] = {NULL, "story.shutdown.read", "story.shutdown.write",
					   "story.shutdown.both"};
	const struct endpoint *now = &story->shown->now;

	/* TCP's other states say it themselves. */
	if (is_tcp(now) && now->state != STATE_ESTABLISHED && now->state != STATE_CLOSED)
		return;
	if (story->shown->fd >= 0 && now->has & FIELD_SHUTDOWN && now->shutdown & 3)
		words_fill(more(story), keys[now->shutdown & 3], (char *)NULL);
}

static void tell_accept_queue(struct story *story)
{
	const struct endpoint *now = &story->shown->now;
	const char *key = "story.accept.some";

	if (now->accept_length == 0)
		key = "story.accept.empty";
	else if (now->accept_length > now->accept_backlog)
		key = "story.accept.full";
	words_fill(part(story), key, "n", NUMBER(now->accept_length), "backlog",
		   NUMBER(now->accept_backlog), (char *)NULL);
}

static void tell_received(struct story *story)
{
	const struct endpoint *now = &story->shown->now;
	bool fin = is_tcp(now) && parts_fin_arrived(now);
	const char *key = "story.recv.bytes";
	uint32_t n = now->recv_queue;

	if (!(now->has & FIELD_RECV_QUEUE) || !n)
		return;
	if (parts_counts_memory(now, FIELD_RECV_QUEUE))
		key = "story.recv.memory";
	else if (fin && --n == 0)
		key = "story.recv.fin";
	else if (fin)
		key = "story.recv.fin-bytes";
	words_fill(part(story), key, "n", NUMBER(n), (char *)NULL);
}

static bool tcp_field(const struct endpoint *endpoint, const char *name, uint64_t *value)
{
	const struct tcp_info_field *field = tcp_info_find(name);

	return field && endpoint->has & FIELD_TCP_INFO &&
	       tcp_info_value(field, endpoint->tcp_info, endpoint->tcp_info_len, value);
}

static void tell_sent(struct story *story)
{
	const struct endpoint *now = &story->shown->now;
	bool memory = parts_counts_memory(now, FIELD_SEND_QUEUE);
	uint64_t value;

	if (!(now->has & FIELD_SEND_QUEUE) || !now->send_queue)
		return;
	words_fill(part(story), memory ? "story.send.memory" : "story.send.bytes", "n",
		   NUMBER(now->send_queue), (char *)NULL);
	if (memory || now->state == STATE_SYN_SENT)
		return;
	if (tcp_field(now, "notsent_bytes", &value) && value)
		words_fill(more(story), "story.send.notsent", "n", NUMBER(value), (char *)NULL);
	if (tcp_field(now, "snd_wnd", &value) && !value)
		words_fill(more(story), "story.send.window", (char *)NULL);
}

static void tell_queues(struct story *story)
{
	const struct endpoint *now = &story->shown->now;

	if (now->has & FIELD_ACCEPT_QUEUE) {
		tell_accept_queue(story);
		return;
	}
	tell_received(story);
	tell_sent(story);
	if (now->has & FIELD_DROPS && now->drops)
		words_fill(part(story), "story.drops", "n", NUMBER(now->drops), (char *)NULL);
}

static void tell_timer(struct story *story)
{
	const struct endpoint *now = &story->shown->now;
	const struct name *name = names_entry(&names_timer_word, now->timer.kind);
	const struct term *term = name ? terms_find(names_timer_word.kind, name->name) : NULL;
	struct buf timer = {0};

	if (!(now->has & FIELD_TIMER) || !now->timer.kind)
		return;
	parts_timer(&timer, &now->timer);
	words_fill(part(story), "story.timer", "timer", buf_text(&timer), (char *)NULL);
	if (term)
		buf_str(more(story), term->text);
	buf_free(&timer);
}

static void add_item(struct buf *list, const char *text)
{
	if (list->len)
		buf_str(list, ", ");
	buf_str(list, text);
}

static void add_number(struct buf *list, const char *name, bool told, uint64_t value)
{
	if (!told || !value)
		return;
	add_item(list, name);
	buf_char(list, ' ');
	emit_digits(list, value);
}

static void tell_options(struct story *story)
{
	const struct endpoint *now = &story->shown->now;
	struct buf list = {0};

	if (now->has & FIELD_FILE_FLAGS && now->file_flags & O_NONBLOCK)
		add_item(&list, "O_NONBLOCK");
	if (now->has & FIELD_FILE_FLAGS && now->file_flags & O_ASYNC)
		add_item(&list, "O_ASYNC");
	if (now->has & FIELD_FD_FLAGS && now->fd_flags & FD_CLOEXEC)
		add_item(&list, "FD_CLOEXEC");
	if (now->has & FIELD_V6ONLY && now->v6only && now->family == AF_INET6)
		add_item(&list, "IPV6_V6ONLY");
	add_number(&list, "IP_TOS", now->has & FIELD_TOS, now->tos);
	add_number(&list, "IPV6_TCLASS", now->has & FIELD_TCLASS, now->tclass);
	add_number(&list, "SO_MARK", now->has & FIELD_MARK, now->mark);
	add_number(&list, "SO_BINDTOIFINDEX", now->has & FIELD_INTERFACE,
		   now->ifindex > 0 ? (uint64_t)now->ifindex : 0);
	if (list.len)
		words_fill(part(story), "story.options", "list", buf_text(&list), (char *)NULL);
	buf_free(&list);
}

/* What is no socket. */
static void tell_other(struct story *story)
{
	const struct shown *shown = story->shown;
	struct buf key = {0};
	const char *words_key;

	buf_printf(&key, "story.other.%s", shown->what);
	words_key = words(buf_text(&key)) == buf_text(&key) ? "story.untold" : buf_text(&key);
	words_fill(part(story), words_key, "fd", NUMBER(shown->fd), "what", shown->what,
		   (char *)NULL);
	buf_reset(&key);
	other_note(&key, shown);
	if (key.len)
		words_fill(part(story), "story.note", "note", buf_text(&key), (char *)NULL);
	buf_free(&key);
}

void story_begin(struct story *story, const struct shown *shown, const struct shown *others,
		 size_t count)
{
	*story = (struct story){.shown = shown, .others = others, .other_count = count};
	if (shown->untold) {
		tell_other(story);
		return;
	}
	tell_what(story);
	tell_addresses(story);
	tell_state(story);
	tell_shutdown(story);
	tell_queues(story);
	tell_timer(story);
	tell_options(story);
}

/* The call's first argument, as it is printed: accept(3, …). */
static bool waits_on(const char *call, int fd)
{
	const char *open = strchr(call, '(');
	char *end;

	return open && strtol(open + 1, &end, 10) == fd && end > open + 1;
}

void story_add_job(struct story *story, const struct job_info *job)
{
	const struct shown *shown = story->shown;

	if (shown->fd < 0 || !shown->process || strcmp(shown->process, job->process) != 0)
		return;
	if (waits_on(job->call, shown->fd) ||
	    (shown->also_fd >= 0 && waits_on(job->call, shown->also_fd)))
		words_fill(part(story), "story.job", "n", NUMBER(job->number), "call", job->call,
			   "what", job->waits_for, (char *)NULL);
}

/* What tells two of the same state apart: added to the key of what comes next. */
static const char *variant(const struct endpoint *now)
{
	bool bound = parts_local(now) != NULL;

	if (now->state == STATE_LISTEN && now->has & FIELD_ACCEPT_QUEUE && now->accept_length)
		return "-ready";
	if (now->state == STATE_CLOSED)
		return is_over(now) ? "-over" : bound ? "-bound" : "";
	if (now->state == STATE_CONNECTED && !is_stream_type(now))
		return now->family == AF_UNIX ? "" : "-datagram";
	if (now->state == STATE_UNCONNECTED && is_stream_type(now))
		return "-stream";
	return now->state == STATE_UNCONNECTED && (bound || now->type == SOCK_RAW) ? "-bound" : "";
}

void story_end(struct story *story)
{
	const struct shown *shown = story->shown;
	struct buf key = {0};
	int fd = shown->fd;

	if (shown->untold)
		return;
	if (fd >= 0) {
		buf_printf(&key, "story.next.%s%s", endpoint_state_name(shown->now.state),
			   variant(&shown->now));
	} else if (shown->role == SHOWN_QUEUED && shown->now.state == STATE_SYN_RECEIVED) {
		buf_str(&key, "story.next.queued-syn");
	} else if (shown->role == SHOWN_QUEUED && shown->queue_of >= 0) {
		buf_str(&key, "story.next.queued");
		fd = shown->queue_of;
	} else {
		buf_str(&key, "story.next.ghost");
	}
	if (words(buf_text(&key)) != buf_text(&key))
		words_fill(part(story), buf_text(&key), "fd", NUMBER(fd), (char *)NULL);
	buf_free(&key);
}

void story_free(struct story *story)
{
	for (size_t i = 0; i < story->count; i++)
		buf_free(&story->parts[i]);
}
