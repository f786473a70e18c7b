/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/why_parts.h"

#include <string.h>
#include <sys/socket.h>

#include "names/words.h"
#include "session/evidence.h"

/* Bound there, but not listening: the commonest mistake of all. */
static bool why_bound_only(struct cause *cause)
{
	const struct known *known;
	char fd[CAUSE_NUMBER];

	for (known = cause->session->all; known; known = known->next) {
		if (!known->refs || known == cause->known ||
		    known->now.family != cause->address.any.sa_family ||
		    known->now.type != cause->known->now.type || known->now.state == STATE_LISTEN ||
		    !address_equal(&known->now.local, &cause->address))
			continue;
		words_fill(cause->out,
			   cause_is_unix(cause) ? "ECONNREFUSED.bound-unix" : "ECONNREFUSED.bound",
			   "other", cause_number(fd, known->fd), NULL);
		return true;
	}
	return false;
}

static bool why_unix_refused(struct cause *cause)
{
	struct holder holder = evidence_unix_holder(cause->session, &cause->address, 0);
	bool abstract = !cause->address.un.sun_path[0];

	if (holder.found)
		return cause_say_address(cause, "ECONNREFUSED.unix-other", &cause->address);
	return cause_say_address(cause, abstract ? "ECONNREFUSED.unix-name" : "ECONNREFUSED.unix",
				 &cause->address);
}

bool why_refused(struct cause *cause)
{
	struct holder holder;
	struct buf address = {0}, who = {0};

	if (!cause->known)
		return false;
	if (!cause_call_is(cause, "connect"))
		return cause_is_stream(cause) ? false : cause_say(cause, "ECONNREFUSED.datagram");
	if (why_bound_only(cause))
		return true;
	if (cause_is_unix(cause))
		return why_unix_refused(cause);
	holder = evidence_listener(cause->session, address_port(&cause->address));
	if (!holder.found)
		return cause_say_address(cause, "ECONNREFUSED.nobody", &cause->address);
	address_print(&address, &holder.endpoint.local);
	evidence_whose(cause->session, &holder, &who);
	words_fill(cause->out, "ECONNREFUSED.elsewhere", "listener", buf_text(&address), "whose",
		   buf_text(&who), NULL);
	buf_free(&address);
	buf_free(&who);
	return true;
}

/* What the other end did, as it was seen when its descriptor was closed. */
bool why_reset(struct cause *cause)
{
	const struct known *known = cause->known;
	char fd[CAUSE_NUMBER], unread[CAUSE_NUMBER];

	if (!known || known->peer_closed_fd < 0)
		return false;
	words_fill(cause->out, known->peer_unread ? "ECONNRESET.unread" : "ECONNRESET.closed",
		   "other", cause_number(fd, known->peer_closed_fd), "n",
		   cause_number(unread, (long)known->peer_unread), NULL);
	return true;
}

bool why_pipe(struct cause *cause)
{
	const struct known *known = cause->known;
	char fd[CAUSE_NUMBER];

	if (!known)
		return false;
	if ((known->now.has & FIELD_SHUTDOWN) && (known->now.shutdown & 2))
		cause_say(cause, known->peer_closed_fd >= 0 && cause_state(cause) == STATE_CLOSED
					 ? "EPIPE.reset"
					 : "EPIPE.shutdown");
	else if (!known->ever_connected)
		cause_say(cause, "EPIPE.never");
	else
		cause_say(cause, "EPIPE.reset");
	if (known->peer_closed_fd >= 0)
		words_fill(cause->out, "EPIPE.who", "other",
			   cause_number(fd, known->peer_closed_fd), NULL);
	if (cause->job->frame->signals)
		buf_str(cause->out, words("EPIPE.signal"));
	return true;
}

bool why_not_connected(struct cause *cause)
{
	if (!cause->known)
		return false;
	if (cause_state(cause) == STATE_LISTEN)
		return cause_say(cause, "ENOTCONN.listener");
	if (cause->known->ever_connected)
		return cause_say(cause, "ENOTCONN.over");
	words_fill(cause->out, "ENOTCONN.state", "fd", cause->fd, "state",
		   endpoint_state_name(cause_state(cause)), NULL);
	return true;
}

bool why_connected(struct cause *cause)
{
	if (cause_state(cause) == STATE_LISTEN)
		return cause_say(cause, "EISCONN.listener");
	if (!cause->known || !cause->known->now.peer.len)
		return false;
	return cause_say_address(cause, "EISCONN.peer", &cause->known->now.peer);
}

bool why_again(struct cause *cause)
{
	const struct known *known = cause->known;

	if (!known)
		return false;
	if (cause_call_is(cause, "accept") || cause_call_is(cause, "accept4"))
		return cause_say(cause, "EAGAIN.accept");
	if (cause_call_is(cause, "connect"))
		return cause_say(cause, cause_is_unix(cause) ? "EAGAIN.backlog" : "EAGAIN.ports");
	if (cause->job->call->waits && strcmp(cause->job->call->waits, "waits.send") == 0)
		return cause_say_number(cause, "EAGAIN.send", known->now.send_queue);
	if (cause->job->call->waits && strcmp(cause->job->call->waits, "waits.recv") == 0)
		return cause_say(cause, "EAGAIN.recv");
	return false;
}
