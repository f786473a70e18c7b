/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/parts.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/grow.h"
#include "names/names.h"
#include "names/words.h"
#include "report/emit.h"
#include "report/labels.h"

static const struct address *shown_address(const struct address *address)
{
	switch (address->any.sa_family) {
	case AF_INET:
	case AF_INET6:
		if (address_port(address) == 0 && address_is_any(address))
			return NULL;
		return address;
	case AF_UNIX:
		return address->len > sizeof(sa_family_t) ? address : NULL;
	default:
		return address;
	}
}

const struct address *parts_local(const struct endpoint *endpoint)
{
	if (!(endpoint->has & FIELD_LOCAL) || !endpoint->local.len)
		return NULL;
	return shown_address(&endpoint->local);
}

const struct address *parts_peer(const struct endpoint *endpoint)
{
	if (!(endpoint->has & FIELD_PEER) || !endpoint->peer.len)
		return NULL;
	return shown_address(&endpoint->peer);
}

const char *parts_shutdown(unsigned bits)
{
	static const char *const list[] = {"none", "read", "write", "both"};

	return list[bits & 3];
}

const char *parts_role(enum shown_role role)
{
	static const char *const list[] = {
		[SHOWN_TOUCHED] = "touched",   [SHOWN_PEER] = "peer",   [SHOWN_QUEUED] = "queued",
		[SHOWN_LISTENER] = "listener", [SHOWN_GHOST] = "ghost",
	};

	return (size_t)role < COUNT_OF(list) ? list[role] : "touched";
}

void parts_timer_kind(struct buf *out, int kind)
{
	names_print(out, &names_timer_word, kind);
}

void parts_seconds(struct buf *out, uint32_t ms)
{
	if (ms < 500) {
		buf_str(out, " <1 s");
		return;
	}
	buf_char(out, ' ');
	emit_digits(out, ((uint64_t)ms + 999) / 1000);
	buf_str(out, " s");
}

void parts_timer(struct buf *out, const struct endpoint_timer *timer)
{
	if (timer->kind == 0)
		return;
	parts_timer_kind(out, timer->kind);
	parts_seconds(out, timer->expires_ms);
	if (timer->retransmits == 0)
		return;
	buf_str(out, ", ");
	emit_digits(out, timer->retransmits);
	buf_str(out, timer->kind == 1 ? " retransmit" : " probe");
	if (timer->retransmits > 1)
		buf_char(out, 's');
}

void parts_ready(struct buf *out, const struct endpoint *endpoint)
{
	int ready = (endpoint->has & FIELD_READY) ? endpoint->ready : 0;
	size_t start = out->len;

	if (ready & POLLIN)
		buf_char(out, 'r');
	if (ready & POLLOUT)
		buf_char(out, 'w');
	if (ready & POLLPRI)
		buf_char(out, 'x');
	if (ready & POLLHUP)
		buf_str(out, out->len > start ? " hup" : "hup");
	if (ready & POLLERR)
		buf_str(out, out->len > start ? " err" : "err");
}

static void note_queued(struct buf *out, const struct shown *shown)
{
	buf_str(out, label(LABEL_NO_FD_YET));
	if (shown->now.state == STATE_SYN_RECEIVED) {
		buf_str(out, ": its handshake is not complete");
		return;
	}
	buf_str(out, ": waits in ");
	if (shown->queue_of < 0) {
		buf_str(out, "an ");
		buf_str(out, label(LABEL_ACCEPT_QUEUE));
		return;
	}
	emit_digits(out, (uint64_t)shown->queue_of);
	buf_str(out, "'s ");
	buf_str(out, label(LABEL_ACCEPT_QUEUE));
}

void parts_descriptor(struct buf *out, const char *process, int fd)
{
	buf_str(out, process);
	buf_char(out, ':');
	emit_digits(out, (uint64_t)fd);
}

/* "main:5 = child:5, one socket, 2 references" */
static void note_shared(struct buf *out, const struct shown *shown)
{
	size_t i;

	for (i = 0; i < shown->sharer_count; i++) {
		buf_str(out, i ? " = " : "");
		parts_descriptor(out, shown->sharers[i].process, shown->sharers[i].fd);
	}
	buf_str(out, ", ");
	buf_str(out, label(LABEL_ONE_SOCKET));
	buf_str(out, ", ");
	emit_digits(out, shown->sharer_count);
	buf_char(out, ' ');
	buf_str(out, label(LABEL_REFERENCES));
}

/* One of its descriptors is closed, and others are not. */
static void note_closed(struct buf *out, const struct shown *shown)
{
	if (shown->closed_process) {
		parts_descriptor(out, shown->closed_process, shown->closed_fd);
	} else {
		buf_str(out, "fd ");
		emit_digits(out, (uint64_t)shown->closed_fd);
	}
	buf_str(out, " closed; ");
	if (shown->sharer_count) {
		note_shared(out, shown);
	} else if (shown->closed_process) {
		parts_descriptor(out, shown->process, shown->fd);
		buf_str(out, " is still open");
	} else {
		buf_str(out, "the socket is still open");
	}
}

void parts_note(struct buf *out, const struct shown *shown)
{
	if (shown->role == SHOWN_QUEUED && shown->fd < 0) {
		note_queued(out, shown);
	} else if (shown->fd < 0 && shown->closed_fd >= 0) {
		buf_str(out, label(LABEL_CLOSED));
		buf_str(out, " (was fd ");
		emit_digits(out, (uint64_t)shown->closed_fd);
		buf_char(out, ')');
	} else if (shown->fd < 0) {
		buf_str(out, label(LABEL_NO_FD));
	} else if (shown->closed) {
		note_closed(out, shown);
	} else if (shown->sharer_count) {
		note_shared(out, shown);
	} else if (shown->also_fd >= 0) {
		buf_str(out, label(LABEL_ALSO_FD));
		buf_char(out, ' ');
		emit_digits(out, (uint64_t)shown->also_fd);
	}
}

bool parts_fin_arrived(const struct endpoint *endpoint)
{
	return endpoint->state == STATE_CLOSE_WAIT || endpoint->state == STATE_CLOSING ||
	       endpoint->state == STATE_LAST_ACK;
}

bool parts_counts_memory(const struct endpoint *endpoint, uint32_t field)
{
	if (endpoint->family == AF_UNIX)
		return field == FIELD_SEND_QUEUE;
	return endpoint->type == SOCK_DGRAM || endpoint->type == SOCK_RAW;
}

void parts_number(struct out *out, int64_t value)
{
	char text[EMIT_DIGITS];

	out_bytes(out, text, emit_format(text, value, false));
}

size_t parts_width(const struct out *out, const char *text, size_t len)
{
	struct out probe = {.unicode = out->unicode};
	size_t i = 0;

	while (i < len && text[i] >= 0x20 && text[i] < 0x7f)
		i++;
	if (i == len)
		return len;
	out_bytes(&probe, text, len);
	out_free(&probe);
	return probe.column;
}

void parts_loopback(struct buf *out, const struct shown_loopback *loopback)
{
	char seen[24], lost[24];

	snprintf(seen, sizeof(seen), "%lu", loopback->seen);
	snprintf(lost, sizeof(lost), "%lu", loopback->lost);
	words_fill(out,
		   loopback->own       ? "loopback.on"
		   : loopback->shown   ? "loopback.hosts"
		   : loopback->allowed ? "loopback.off"
				       : "loopback.forbidden",
		   "seen", seen, "lost", lost, NULL);
}
