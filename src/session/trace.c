/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/trace.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/now.h"
#include "session/endpoints.h"
#include "session/known.h"
#include "session/network.h"
#include "session/settle.h"

/* What the kernel's timers may be late or early by. */
#define TIME_SLACK_US 1000000

static bool is_tcp(const struct endpoint *endpoint)
{
	return endpoint->protocol == IPPROTO_TCP && endpoint->state != STATE_NONE;
}

static bool same_pair(const struct packet *head, const struct endpoint *at)
{
	return (address_equal(&head->src, &at->local) && address_equal(&head->dst, &at->peer)) ||
	       (address_equal(&head->src, &at->peer) && address_equal(&head->dst, &at->local));
}

/* Whether a packet of this step was a reset of this connection. */
static bool saw_reset(const struct session *session, const struct endpoint *at)
{
	const struct network *network = session->network;
	size_t i;

	for (i = 0; network && at->peer.len && i < network->count; i++) {
		const struct packet *head = &network->list[i].head;

		if (head->protocol == IPPROTO_TCP && head->transport && !head->fragment.offset &&
		    head->tcp.flags & PACKET_RST && same_pair(head, at))
			return true;
	}
	return false;
}

/* A listener that was closed takes with it, by resets, what waited in its queue. */
static bool lost_listener(const struct session *session, const struct known *known)
{
	const struct known *listener = map_get(&session->by_key, known->listener_key);

	return known->listener_key &&
	       (!listener || listener->gone || listener->now->state != STATE_LISTEN);
}

/* NULL when out of memory (the session remembers that). */
static struct path *path_of(struct session *session, struct known *known)
{
	struct path *path = known->path;

	if (path)
		return path;
	path = calloc(1, sizeof(*path));
	if (!path)
		session->out_of_memory = true;
	known->path = path;
	return path;
}

static unsigned marks_of_end(struct session *session, const struct known *known,
			     enum endpoint_state from)
{
	const struct path *path = known->path;
	unsigned marks = 0;

	if (from == STATE_LISTEN)
		return 0;
	/* Its peer comes behind it. */
	session->trace.reset |= lost_listener(session, known);
	if (session->trace.reset || saw_reset(session, known->now) ||
	    saw_reset(session, known->last))
		marks |= PATH_RESET;
	if (from == STATE_TIME_WAIT &&
	    (!path->until_us || now_us() < path->until_us - TIME_SLACK_US))
		marks |= PATH_EARLY;
	return marks;
}

static unsigned marks_of(struct session *session, const struct known *known,
			 enum endpoint_state from, enum endpoint_state state, bool gone)
{
	unsigned marks = gone ? PATH_GONE : 0;

	if (known->refs && !(known->key & KNOWN_TWIN))
		marks |= PATH_OPEN;
	if (known->shut_here)
		marks |= PATH_SHUT;
	if (state == STATE_CLOSED && from != STATE_NONE)
		marks |= marks_of_end(session, known, from);
	return marks;
}

/* connect has failed by the answer to its SYN, or for want of one: it was SYN-SENT meanwhile. */
static bool was_refused(const struct session *session, const struct known *known)
{
	const struct trace *trace = &session->trace;

	return trace->connect && known->role == SHOWN_TOUCHED &&
	       known->now->state == STATE_CLOSED &&
	       (trace->error == ECONNREFUSED || trace->error == ETIMEDOUT);
}

/* That it was SYN-SENT has been read, and so has the end: this only tells of it. */
static bool told_late(const struct path *path)
{
	return path->count > 1 && path->at[path->count - 2].state == STATE_SYN_SENT &&
	       !path->at[path->count - 1].error;
}

static void push(struct session *session, struct known *known, enum endpoint_state state, bool gone,
		 unsigned long packet)
{
	struct path *path = path_of(session, known);
	struct path_point *last = path && path->count ? &path->at[path->count - 1] : NULL;

	if (!path)
		return;
	if (last && last->state == state) {
		last->marks |= gone ? PATH_GONE : 0;
		if (!was_refused(session, known) || told_late(path))
			return;
	}
	if (path->count == PATH_MOST) {
		memmove(&path->at[0], &path->at[1], (PATH_MOST - 1) * sizeof(path->at[0]));
		path->count--;
		path->cut = true;
		last = &path->at[path->count - 1];
	}
	path->at[path->count++] = (struct path_point){
		.state = (uint8_t)state,
		.marks = (uint8_t)marks_of(session, known, last ? last->state : STATE_NONE, state,
					   gone),
		.error = (uint16_t)(packet || known->role != SHOWN_TOUCHED ? 0
									   : session->trace.error),
		.packet = (uint32_t)packet};
}

/* TIME-WAIT may be met by a packet, which knows no timer, and lasts as long as its own one says. */
static void note_time(const struct known *known)
{
	struct path *path = known->path;

	if (path && known->now->state == STATE_TIME_WAIT && known->now->has & FIELD_TIMER &&
	    !path->until_us)
		path->until_us = now_us() + (long)known->now->timer.expires_ms * 1000;
}

static void note_peer(const struct session *session, const struct known *known)
{
	const struct known *peer =
		known->peer_key ? map_get(&session->by_key, known->peer_key) : NULL;

	if (peer && peer != known && peer->path && peer->path->child && known->path)
		known->path->met = true;
}

static void read_now(struct session *session, struct known *known)
{
	push(session, known, known->gone ? STATE_CLOSED : known->now->state, known->gone, 0);
	if (known->gone)
		return;
	note_time(known);
	note_peer(session, known);
}

static struct traced traced_of(const struct session *session, const struct known *known)
{
	const struct known *listener =
		known->listener_key ? map_get(&session->by_key, known->listener_key) : NULL;
	bool twin = known->key & KNOWN_TWIN;
	const struct known *open =
		twin ? map_get(&session->by_key, known->key & ~KNOWN_TWIN) : NULL;
	struct traced traced = {
		.process = known->owner->name,
		.host = known->owner->host ? known->owner->host->name : NULL,
		.name = known->fd < 0 ? NULL : known->owner->fds[known->fd].name,
		.fd = known->fd,
		.closed_fd = open          ? open->fd
			     : known->refs ? -1
					   : known->closed_fd,
		.queue_of = listener && !known->refs ? listener->fd : -1,
		.gone = known->gone,
		.state = known->gone ? STATE_CLOSED : known->now->state,
		.local = known->now->local,
		.peer = known->now->peer,
	};

	if (known->path)
		traced.path = *known->path;
	return traced;
}

/* One that never was anything but CLOSED has no story. */
static void keep_gone(struct session *session, const struct known *known)
{
	struct trace *trace = &session->trace;

	if (!known->path || known->path->twin || known->path->count < 2)
		return;
	trace->gone[trace->gones++ % TRACE_GONE] = traced_of(session, known);
}

void trace_step(struct session *session, struct known *known)
{
	if (!is_tcp(known->now))
		return;
	read_now(session, known);
	if (known->gone && !known->refs)
		keep_gone(session, known);
}

static void keep_early(struct session *session, uint64_t key, enum endpoint_state state,
		       unsigned long packet)
{
	struct trace *trace = &session->trace;

	trace->early[trace->earlies++ % TRACE_EARLY] = (struct early){key, state, packet};
}

void trace_packet(struct session *session, uint64_t cookie, enum endpoint_state state,
		  unsigned long packet)
{
	struct known *known = cookie ? map_get(&session->by_key, cookie) : NULL;
	uint64_t key = cookie;

	/* Of a listener there is nothing new, and of nothing the step tells. */
	if (!cookie || state == STATE_LISTEN || state == STATE_CLOSED || state == STATE_NONE)
		return;
	/* Its descriptor tells CLOSED meanwhile: they are two objects. */
	if (state == STATE_TIME_WAIT && known && known->refs) {
		key |= KNOWN_TWIN;
		known = map_get(&session->by_key, key);
	}
	if (known)
		push(session, known, state, false, packet);
	else
		keep_early(session, key, state, packet);
}

void trace_socket(struct session *session)
{
	session->trace.old = session->trace.gones;
}

void trace_claim(struct session *session, struct known *known)
{
	struct trace *trace = &session->trace;
	unsigned long i = trace->earlies < TRACE_EARLY ? 0 : trace->earlies - TRACE_EARLY;

	for (; i < trace->earlies; i++) {
		struct early *early = &trace->early[i % TRACE_EARLY];

		if (early->key != known->key)
			continue;
		push(session, known, early->state, false, early->packet);
		early->key = 0;
	}
}

void trace_child(struct session *session, struct known *known)
{
	struct path *path = path_of(session, known);

	if (path)
		path->child = true;
}

void trace_twin(struct session *session, struct known *known, struct known *twin)
{
	struct path *before = path_of(session, known), *path = path_of(session, twin);
	struct path after;
	size_t i;

	if (!before || !path)
		return;
	after = *path;
	*path = *before;
	path->twin = false;
	before->twin = true;
	while (path->count && path->at[path->count - 1].state == STATE_CLOSED)
		path->count--;
	for (i = 0; i < after.count && path->count < PATH_MOST; i++)
		path->at[path->count++] = after.at[i];
}

void trace_begin(struct session *session)
{
	session->trace.error = 0;
	session->trace.connect = false;
	session->trace.reset = false;
}

/* tcp_need_reset(): in the other states there is nobody to be told. */
void trace_call(struct session *session, const struct job *job)
{
	const struct frame *frame = job->frame;

	session->trace.connect = strcmp(job->call->record.name, "connect") == 0;
	session->trace.error = frame->result < 0 ? frame->error : 0;
	session->trace.reset =
		frame->state == STATE_ESTABLISHED || frame->state == STATE_CLOSE_WAIT ||
		frame->state == STATE_FIN_WAIT_1 || frame->state == STATE_FIN_WAIT_2 ||
		frame->state == STATE_SYN_RECEIVED;
}

static void list(struct session *session, const struct traced *traced)
{
	struct trace *trace = &session->trace;

	if (grow(&trace->list, &trace->cap, trace->count, sizeof(*trace->list)) < 0)
		session->out_of_memory = true;
	else
		trace->list[trace->count++] = *traced;
}

static void list_known(struct session *session, struct known *known)
{
	struct traced traced;

	if (!is_tcp(known->now))
		return;
	read_now(session, known);
	traced = traced_of(session, known);
	list(session, &traced);
}

static unsigned long oldest_gone(const struct trace *trace)
{
	return trace->gones < TRACE_GONE ? 0 : trace->gones - TRACE_GONE;
}

/* What has gone by itself, such as a TIME-WAIT, is met here only. */
static void forget_gone(struct session *session, struct known *known)
{
	trace_step(session, known);
	known_forget(session, known);
}

static void list_all(struct session *session)
{
	struct trace *trace = &session->trace;
	unsigned long k;
	size_t i;

	endpoints_list_all(session);
	for (i = 0; i < session->concerned_count; i++) {
		struct known *known = session->concerned[i];

		if (known->gone && !known->refs)
			forget_gone(session, known);
		else
			list_known(session, known);
	}
	session->concerned_count = 0;
	k = oldest_gone(trace);
	for (k = k < trace->old ? trace->old : k; k < trace->gones; k++)
		list(session, &trace->gone[k % TRACE_GONE]);
}

/* What was under this number last: it lives on without it, or is gone. */
static bool list_closed(struct session *session, int fd)
{
	struct trace *trace = &session->trace;
	unsigned long i, oldest = oldest_gone(trace);
	struct known *known;

	for (known = session->all; known; known = known->next) {
		if (known->refs || known->closed_fd != fd || known->owner != session->current ||
		    !is_tcp(known->now))
			continue;
		endpoints_begin(session);
		known_concern(session, known, SHOWN_GHOST);
		endpoints_refresh(session, known, true);
		list_known(session, known);
		return true;
	}
	for (i = trace->gones; i > oldest; i--) {
		const struct traced *traced = &trace->gone[(i - 1) % TRACE_GONE];

		if (traced->closed_fd != fd || strcmp(traced->process, session->current->name) != 0)
			continue;
		list(session, traced);
		return true;
	}
	return false;
}

static int list_descriptor(struct session *session, int fd, struct error *err)
{
	struct known *known, *twin;

	if (endpoints_touch(session, fd, err) < 0) {
		if (!list_closed(session, fd))
			return -1;
		*err = (struct error){0};
		return 0;
	}
	known = endpoints_of_fd(session->current, fd);
	if (!known)
		return error_set(err, "fd %d is no socket: only TCP has these states", fd);
	if (!is_tcp(known->now))
		return error_set(err, "fd %d is %s: only TCP has these states", fd,
				 endpoint_kind(known->now));
	list_known(session, known);
	twin = map_get(&session->by_key, known->key | KNOWN_TWIN);
	if (twin && known->path && known->path->twin)
		list_known(session, twin);
	return 0;
}

int session_trace(struct session *session, int fd, const struct traced **out, size_t *count,
		  struct error *err)
{
	session->trace.count = 0;
	if (fd == TRACE_ALL)
		list_all(session);
	else if (list_descriptor(session, fd, err) < 0)
		return -1;
	*out = session->trace.list;
	*count = session->trace.count;
	return 0;
}

void trace_free(struct session *session)
{
	free(session->trace.list);
}
