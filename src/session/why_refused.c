/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/why_parts.h"

#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "names/words.h"
#include "session/evidence.h"
#include "session/there.h"

/* Bound there, but not listening: the commonest mistake of all. */
static bool why_bound_only(struct cause *cause)
{
	const struct known *known;
	char fd[CAUSE_NUMBER];

	for (known = cause->session->all; known; known = known->next) {
		if (!known->refs || known == cause->known ||
		    known->now->family != cause->address.any.sa_family ||
		    known->now->type != cause->known->now->type ||
		    known->now->state == STATE_LISTEN || evidence_bears_name(known->now) ||
		    !address_equal(&known->now->local, &cause->address))
			continue;
		words_fill(cause->out,
			   cause_is_unix(cause) ? "ECONNREFUSED.bound-unix" : "ECONNREFUSED.bound",
			   "other", cause_number(fd, known->fd), NULL);
		return true;
	}
	return false;
}

/* Nobody of this socket's type has the name; perhaps one of another. */
static bool why_name_refused(struct cause *cause)
{
	struct holder holder =
		evidence_unix_holder(cause->session, cause->job->owner, &cause->address, 0, 0);

	if (holder.found && !evidence_bears_name(&holder.endpoint))
		return why_say_types(cause, "ECONNREFUSED.unix-type", &holder);
	return cause_say_address(cause, "ECONNREFUSED.unix-name", &cause->address);
}

static bool why_unix_refused(struct cause *cause)
{
	struct holder holder;
	struct buf what = {0}, text = {0};
	enum unix_life life;

	holder = evidence_unix_holder(cause->session, cause->job->owner, &cause->address,
				      cause_unix_type(cause, &cause->address), 0);
	if (holder.found && !evidence_bears_name(&holder.endpoint))
		return cause_say_address(cause, "ECONNREFUSED.unix-other", &cause->address);
	if (!cause->address.un.sun_path[0])
		return why_name_refused(cause);
	life = evidence_unix_life(&cause->address, &what, &cause->session->failure);
	if (life == UNIX_NO_SOCKET) {
		address_print(&text, &cause->address);
		words_fill(cause->out, "ECONNREFUSED.file", "address", buf_text(&text), "what",
			   buf_text(&what), NULL);
		buf_free(&text);
	} else if (life != UNIX_UNKNOWN) {
		cause_say_address(
			cause, life == UNIX_DEAD ? "ECONNREFUSED.unix" : "ECONNREFUSED.unix-other",
			&cause->address);
	}
	buf_free(&what);
	return life != UNIX_UNKNOWN;
}

/* A listener for all addresses, but of another family. */
static const char *elsewhere_key(const struct cause *cause, const struct endpoint *listener)
{
	struct address plain = address_unmapped(&cause->address);

	if (listener->local.any.sa_family == AF_INET6 && plain.any.sa_family == AF_INET &&
	    address_is_any(&listener->local) && (listener->has & FIELD_V6ONLY) && listener->v6only)
		return "ECONNREFUSED.only-v6";
	if (listener->local.any.sa_family == AF_INET && plain.any.sa_family == AF_INET6 &&
	    address_is_any(&listener->local))
		return "ECONNREFUSED.family";
	return "ECONNREFUSED.elsewhere";
}

static bool why_tcp_refused(struct cause *cause)
{
	struct buf address = {0}, who = {0};
	struct holder holder;

	if (!address_port(&cause->address))
		return cause_say(cause, "ECONNREFUSED.port-zero");
	holder = evidence_listener(cause->session, cause->job->owner, &cause->address);
	if (!holder.found)
		return cause_say_address(cause, "ECONNREFUSED.nobody", &cause->address);
	address_print(&address, &holder.endpoint.local);
	evidence_whose(cause->job->owner, &holder, &who);
	words_fill(cause->out, elsewhere_key(cause, &holder.endpoint), "family", "IPv4", "listener",
		   buf_text(&address), "whose", buf_text(&who), NULL);
	buf_free(&address);
	buf_free(&who);
	return true;
}

/* Within a machine the answer comes at once, so it is that to the last one. */
static bool answered_at_once(const struct cause *cause, const struct address *to)
{
	struct route route;

	return there_route(cause, to, &route) == 0 && route.kind == RTN_LOCAL;
}

/* The ICMP answer to a datagram of before. */
static bool why_datagram_refused(struct cause *cause)
{
	const struct past *sent = cause->known->sent;
	const struct address *to = sent && sent->to.len ? &sent->to : &cause->known->now->peer;
	char step[CAUSE_NUMBER];
	struct buf address = {0};
	bool sure;

	if (!sent || !sent->count || !to->len || sent->text.failed)
		return false;
	sure = sent->count == 1 || answered_at_once(cause, to);
	address_print(&address, to);
	words_fill(cause->out, sure ? "ECONNREFUSED.datagram" : "ECONNREFUSED.datagrams", "fd",
		   cause->fd, "call", buf_text(&sent->text), "address", buf_text(&address), "step",
		   cause_number(step, (long)sent->step), NULL);
	buf_free(&address);
	return true;
}

bool why_refused(struct cause *cause)
{
	bool connects = cause_call_is(cause, "connect");

	if (!cause->known)
		return false;
	if (cause_is_unix(cause) && !cause->address.len)
		return cause_say(cause, "ECONNREFUSED.unix-peer");
	if (cause_is_unix(cause))
		return (connects && why_bound_only(cause)) || why_unix_refused(cause);
	if (cause_is_stream(cause))
		return connects && (why_bound_only(cause) || why_tcp_refused(cause));
	return !connects && why_datagram_refused(cause);
}
