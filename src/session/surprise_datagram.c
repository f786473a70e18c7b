/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "calls/carried.h"
#include "names/words.h"
#include "session/network.h"
#include "session/surprise_parts.h"

static bool is_udp(const struct cause *cause)
{
	return cause->known->now->protocol == IPPROTO_UDP;
}

/* SOCK_SEQPACKET has connections, which end. */
static bool has_ended(const struct endpoint *now)
{
	return now->type == SOCK_SEQPACKET && now->shutdown & 1;
}

void surprise_datagram_received(struct cause *cause)
{
	const struct job *job = cause->job;
	long asked = carried_asked(job->call, job->values);
	long flags = surprise_flags(cause), got = job->frame->result;

	if (got == 0 && asked > 0)
		cause_say(cause,
			  has_ended(cause->known->now) ? "surprise.end-unix" : "surprise.empty");
	else if (job->frame->before > asked && got > 0 && !(flags & MSG_PEEK))
		cause_say_number(cause, flags & MSG_TRUNC ? "surprise.cut-trunc" : "surprise.cut",
				 job->frame->before - asked);
}

/* Whom the step concerns besides: the receiver, if it is the session's. */
static const struct known *receiver(const struct cause *cause)
{
	size_t i;

	for (i = 0; i < cause->session->concerned_count; i++)
		if (cause->session->concerned[i] != cause->known)
			return cause->session->concerned[i];
	return NULL;
}

/* It was dropped if it is not in the queue, and the count of those that were has grown. */
static void dropped(struct cause *cause, const struct known *to)
{
	char fd[CAUSE_NUMBER], drops[CAUSE_NUMBER];

	if (!to->shown || !(to->now->has & to->last->has & FIELD_DROPS) ||
	    to->now->drops <= to->last->drops || to->now->recv_queue > to->last->recv_queue)
		return;
	words_fill(surprise_next(cause), "surprise.dropped", "other", cause_number(fd, to->fd), "n",
		   cause_number(drops, to->now->drops), NULL);
}

/* A socket of that address that takes nothing from here, since it is connected elsewhere. */
static const struct known *bound_there(const struct cause *cause, const struct address *to)
{
	const struct known *known;

	for (known = cause->session->all; known; known = known->next)
		if (known->refs && known != cause->known && known->now->protocol == IPPROTO_UDP &&
		    known->owner->host == cause->job->owner->host && known->now->peer.len &&
		    address_equal(&known->now->local, to))
			return known;
	return NULL;
}

static void say_to(struct cause *cause, const char *key, const struct address *to)
{
	surprise_next(cause);
	cause_say_address(cause, key, to);
}

static void say_elsewhere(struct cause *cause, const struct known *other)
{
	struct buf peer = {0};
	char fd[CAUSE_NUMBER];

	address_print(&peer, &other->now->peer);
	words_fill(surprise_next(cause), "surprise.silence-other", "other",
		   cause_number(fd, other->fd), "peer", buf_text(&peer), NULL);
	buf_free(&peer);
}

/* Where a datagram to this machine comes from: bound to no address, the kernel takes loopback's. */
static struct address source(const struct cause *cause, const struct address *to)
{
	const struct address *local = &cause->known->now->local;
	struct address plain = address_unmapped(to);
	struct in_addr loopback = {.s_addr = htonl(INADDR_LOOPBACK)};

	if (!address_is_any(local))
		return *local;
	if (plain.any.sa_family == AF_INET)
		return address_make(AF_INET, &loopback, address_port(local), 0);
	return address_make(AF_INET6, &in6addr_loopback, address_port(local), 0);
}

/* The kernel that would receive it is this one, so it can be asked who does. */
static void nobody_there(struct cause *cause, const struct address *to)
{
	const struct known *known = cause->known, *other;
	struct address from;
	struct endpoint found;

	if (!surprise_is_here(to))
		return;
	from = source(cause, to);
	if (diag_receiver(network_diag(cause->session, known->owner), to, &from, &found) !=
	    DIAG_NONE)
		return;
	other = bound_there(cause, to);
	if (known->now->ready & POLLERR)
		say_to(cause, "surprise.icmp", to);
	else if (known->now->peer.len)
		return;
	else if (other)
		say_elsewhere(cause, other);
	else
		say_to(cause, "surprise.silence", to);
}

void surprise_datagram_sent(struct cause *cause)
{
	const struct known *known = cause->known, *to;
	char port[CAUSE_NUMBER];

	if (!is_udp(cause))
		return;
	if (known->shown && !known->last->local.len && known->now->local.len)
		words_fill(surprise_next(cause), "surprise.chosen-port", "fd", cause->fd, "n",
			   cause_number(port, address_port(&known->now->local)), NULL);
	to = receiver(cause);
	if (to)
		dropped(cause, to);
	else
		nobody_there(cause, cause->address.len ? &cause->address : &known->now->peer);
}

void surprise_datagram_connected(struct cause *cause)
{
	if (!cause->known || !is_udp(cause))
		return;
	cause_say(cause,
		  cause->known->now->peer.len ? "surprise.udp-connect" : "surprise.udp-dissolve");
}
