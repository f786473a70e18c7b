/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "base/grow.h"
#include "names/words.h"
#include "session/endpoints.h"
#include "session/network.h"
#include "session/surprise_parts.h"

/* How many of the last ghosts a bind is compared with. */
#define GHOSTS_LOOKED_AT 32

/* Ports that are meant when their bytes are swapped. */
static const int well_known[] = {21, 22, 23, 25, 53, 80, 110, 143, 443, 8000, 8080};

static void swapped(struct cause *cause)
{
	int port = address_port(&cause->address);
	int other = (port & 0xff) << 8 | port >> 8;
	char given[CAUSE_NUMBER], meant[CAUSE_NUMBER];
	size_t i;

	for (i = 0; i < COUNT_OF(well_known); i++)
		if (well_known[i] == other)
			words_fill(surprise_next(cause), "surprise.port-bytes", "port",
				   cause_number(given, port), "n", cause_number(meant, other),
				   NULL);
}

/* A TIME-WAIT that was shown and has the address; the kernel says whether it still has. */
static bool find_time_wait(const struct cause *cause, struct endpoint *found)
{
	const struct session *session = cause->session;
	size_t i, at = session->next_ghost;

	for (i = 0; i < GHOSTS_LOOKED_AT; i++) {
		const struct known *ghost;

		at = (at ? at : GHOSTS) - 1;
		ghost = map_get(&session->by_key, session->ghosts[at]);
		if (ghost && !ghost->refs && ghost->now->state == STATE_TIME_WAIT &&
		    ghost->owner->host == cause->job->owner->host &&
		    address_equal(&ghost->now->local, &cause->known->now->local) &&
		    diag_inet(network_diag(session, ghost->owner), IPPROTO_TCP, &ghost->now->local,
			      &ghost->now->peer, 0, 0, found) == DIAG_FOUND &&
		    found->state == STATE_TIME_WAIT)
			return true;
	}
	return false;
}

void surprise_bound(struct cause *cause)
{
	struct endpoint found;
	char seconds[CAUSE_NUMBER];

	if (!cause->known || cause_is_unix(cause))
		return;
	swapped(cause);
	if (cause->known->now->protocol == IPPROTO_TCP && find_time_wait(cause, &found) &&
	    surprise_option(cause, SOL_SOCKET, SO_REUSEADDR, 0))
		words_fill(surprise_next(cause), "surprise.bind-time-wait", "fd", cause->fd,
			   "seconds", cause_number(seconds, (found.timer.expires_ms + 999) / 1000),
			   NULL);
}

void surprise_listens(struct cause *cause)
{
	const struct known *known = cause->known;
	char number[CAUSE_NUMBER];

	if (!known || !(known->now->has & FIELD_ACCEPT_QUEUE))
		return;
	if (known->shown && !known->last->local.len && address_port(&known->now->local))
		words_fill(surprise_next(cause), "surprise.listen-unbound", "fd", cause->fd, "n",
			   cause_number(number, address_port(&known->now->local)), NULL);
	if (known->now->accept_backlog < (unsigned)cause->job->values[1].number)
		words_fill(surprise_next(cause), "surprise.somaxconn", "n",
			   cause_number(number, known->now->accept_backlog), NULL);
}

/* One more than the backlog fits. */
static void filled(struct cause *cause)
{
	const struct known *listener = surprise_listener(cause);
	char fd[CAUSE_NUMBER], length[CAUSE_NUMBER];

	if (!listener || !(listener->now->has & FIELD_ACCEPT_QUEUE) ||
	    listener->now->accept_length <= listener->now->accept_backlog)
		return;
	words_fill(surprise_next(cause),
		   cause_is_unix(cause) ? "surprise.queue-full-unix" : "surprise.queue-full",
		   "other", cause_number(fd, listener->fd), "n",
		   cause_number(length, listener->now->accept_length), NULL);
}

void surprise_connected(struct cause *cause)
{
	const struct known *known = cause->known;

	if (!known)
		return;
	if (known->now->protocol == IPPROTO_TCP && known->now->peer.len &&
	    address_equal(&known->now->local, &known->now->peer))
		surprise_say(cause, "surprise.self-connect");
	filled(cause);
}

static bool is_mapped(const struct address *address)
{
	return address->len && address->any.sa_family == AF_INET6 &&
	       IN6_IS_ADDR_V4MAPPED(&address->in6.sin6_addr);
}

/* Once for a listener: when a second connection is seen beside the first. */
static void shares(struct cause *cause, struct known *listener, const struct known *child)
{
	const struct known *first = map_get(&cause->session->by_key, listener->first_child);
	char fd[CAUSE_NUMBER], other[CAUSE_NUMBER];

	listener->children++;
	if (listener->children == 1)
		listener->first_child = child->key;
	if (listener->children != 2 || !first || !first->refs ||
	    !address_equal(&first->now->local, &child->now->local))
		return;
	words_fill(surprise_next(cause),
		   first->owner == cause->job->owner ? "surprise.shared-port"
						     : "surprise.shared-port-process",
		   "fd", cause_number(fd, cause->job->frame->result), "process", first->owner->name,
		   "other", cause_number(other, first->fd), NULL);
}

void surprise_accepted(struct cause *cause)
{
	const struct job *job = cause->job;
	struct known *listener = endpoints_of_fd(job->owner, (int)job->values[0].number);
	const struct known *child = endpoints_of_fd(job->owner, (int)job->frame->result);

	if (!listener || !child || child->now->family == AF_UNIX)
		return;
	if (is_mapped(&child->now->peer))
		surprise_say(cause, "surprise.mapped");
	shares(cause, listener, child);
}
