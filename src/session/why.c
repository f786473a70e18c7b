/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/why.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "names/words.h"
#include "session/endpoints.h"
#include "session/evidence.h"
#include "session/jobs.h"

#define NUMBER_ROOM 24

/* One failure, or one result, and what is known of the socket that it was asked of. */
struct cause {
	struct session *session;
	const struct job *job;
	const struct known *known; /* of the call's first descriptor; NULL: no socket */
	const char *name;          /* of the call */
	char fd[NUMBER_ROOM];
	struct address address; /* the call's; len 0: it has none */
	struct buf *out;
};

static const char *number(char room[NUMBER_ROOM], long value)
{
	snprintf(room, NUMBER_ROOM, "%ld", value);
	return room;
}

static bool say(struct cause *cause, const char *key)
{
	words_fill(cause->out, key, "fd", cause->fd, NULL);
	return true;
}

/* With one more field, an address. */
static bool say_address(struct cause *cause, const char *key, const struct address *address)
{
	struct buf text = {0};

	address_print(&text, address);
	words_fill(cause->out, key, "fd", cause->fd, "address", buf_text(&text), NULL);
	buf_free(&text);
	return true;
}

static bool say_number(struct cause *cause, const char *key, long value)
{
	char room[NUMBER_ROOM];

	words_fill(cause->out, key, "fd", cause->fd, "n", number(room, value), NULL);
	return true;
}

static bool call_is(const struct cause *cause, const char *name)
{
	return strcmp(cause->name, name) == 0;
}

static enum endpoint_state state_of(const struct cause *cause)
{
	return cause->known ? cause->known->now.state : STATE_NONE;
}

static bool is_stream(const struct cause *cause)
{
	return cause->known && cause->known->now.type == SOCK_STREAM;
}

static bool is_unix(const struct cause *cause)
{
	return cause->known && cause->known->now.family == AF_UNIX;
}

/* Which kind of holder it is decides what would help. */
static const char *holder_key(const struct holder *holder)
{
	if (holder->endpoint.family == AF_UNIX)
		return "EADDRINUSE.unix";
	switch (holder->endpoint.state) {
	case STATE_TIME_WAIT:
		return "EADDRINUSE.time-wait";
	case STATE_LISTEN:
		return "EADDRINUSE.listen";
	case STATE_CLOSED:
	case STATE_UNCONNECTED:
		return "EADDRINUSE.bound";
	default:
		return "EADDRINUSE.connection";
	}
}

static void say_holder(struct cause *cause, const struct holder *holder)
{
	struct buf address = {0}, who = {0};
	char seconds[NUMBER_ROOM];

	address_print(&address, &holder->endpoint.local);
	evidence_whose(cause->session, holder, &who);
	words_fill(cause->out, holder_key(holder), "fd", cause->fd, "address", buf_text(&address),
		   "state", endpoint_state_name(holder->endpoint.state), "whose", buf_text(&who),
		   "seconds", number(seconds, (holder->endpoint.timer.expires_ms + 999) / 1000),
		   NULL);
	buf_free(&address);
	buf_free(&who);
}

static bool why_in_use(struct cause *cause)
{
	const struct address *address = &cause->address;
	struct holder holder;
	uint64_t skip = cause->known ? cause->known->key : 0;

	if (!cause->known)
		return false;
	if (call_is(cause, "connect"))
		return say(cause, "EADDRINUSE.connect");
	if (call_is(cause, "listen"))
		address = &cause->known->now.local;
	if (is_unix(cause)) {
		holder = evidence_unix_holder(cause->session, address, skip);
		if (!holder.found)
			return say_address(cause, "EADDRINUSE.stale", address);
	} else {
		holder = evidence_holder(cause->session, cause->known->now.protocol, address, skip);
		if (!holder.found)
			return false;
	}
	say_holder(cause, &holder);
	return true;
}

static bool why_invalid(struct cause *cause)
{
	if (!cause->known)
		return false;
	if (call_is(cause, "bind") && cause->known->now.local.len)
		return say_address(cause, "EINVAL.bound", &cause->known->now.local);
	if ((call_is(cause, "accept") || call_is(cause, "accept4")) &&
	    state_of(cause) != STATE_LISTEN) {
		words_fill(cause->out, "EINVAL.not-listening", "fd", cause->fd, "state",
			   endpoint_state_name(state_of(cause)), NULL);
		return true;
	}
	if (call_is(cause, "listen") && state_of(cause) != STATE_CLOSED)
		return say(cause, "EINVAL.listen");
	if (cause->address.len && cause->address.any.sa_family == AF_INET6 &&
	    IN6_IS_ADDR_LINKLOCAL(&cause->address.in6.sin6_addr) &&
	    !cause->address.in6.sin6_scope_id)
		return say(cause, "EINVAL.scope");
	return false;
}

/* Bound there, but not listening: the commonest mistake of all. */
static bool why_bound_only(struct cause *cause)
{
	const struct known *known;
	char fd[NUMBER_ROOM];

	for (known = cause->session->all; known; known = known->next) {
		if (!known->refs || known == cause->known ||
		    known->now.family != cause->address.any.sa_family ||
		    known->now.type != cause->known->now.type || known->now.state == STATE_LISTEN ||
		    !address_equal(&known->now.local, &cause->address))
			continue;
		words_fill(cause->out,
			   is_unix(cause) ? "ECONNREFUSED.bound-unix" : "ECONNREFUSED.bound",
			   "other", number(fd, known->fd), NULL);
		return true;
	}
	return false;
}

static bool why_unix_refused(struct cause *cause)
{
	struct holder holder = evidence_unix_holder(cause->session, &cause->address, 0);
	bool abstract = !cause->address.un.sun_path[0];

	if (holder.found)
		return say_address(cause, "ECONNREFUSED.unix-other", &cause->address);
	return say_address(cause, abstract ? "ECONNREFUSED.unix-name" : "ECONNREFUSED.unix",
			   &cause->address);
}

static bool why_refused(struct cause *cause)
{
	struct holder holder;
	struct buf address = {0}, who = {0};

	if (!cause->known)
		return false;
	if (!call_is(cause, "connect"))
		return is_stream(cause) ? false : say(cause, "ECONNREFUSED.datagram");
	if (why_bound_only(cause))
		return true;
	if (is_unix(cause))
		return why_unix_refused(cause);
	holder = evidence_listener(cause->session, address_port(&cause->address));
	if (!holder.found)
		return say_address(cause, "ECONNREFUSED.nobody", &cause->address);
	address_print(&address, &holder.endpoint.local);
	evidence_whose(cause->session, &holder, &who);
	words_fill(cause->out, "ECONNREFUSED.elsewhere", "listener", buf_text(&address), "whose",
		   buf_text(&who), NULL);
	buf_free(&address);
	buf_free(&who);
	return true;
}

/* What the other end did, as it was seen when its descriptor was closed. */
static bool why_reset(struct cause *cause)
{
	const struct known *known = cause->known;
	char fd[NUMBER_ROOM], unread[NUMBER_ROOM];

	if (!known || known->peer_closed_fd < 0)
		return false;
	words_fill(cause->out, known->peer_unread ? "ECONNRESET.unread" : "ECONNRESET.closed",
		   "other", number(fd, known->peer_closed_fd), "n",
		   number(unread, (long)known->peer_unread), NULL);
	return true;
}

static bool why_pipe(struct cause *cause)
{
	const struct known *known = cause->known;
	char fd[NUMBER_ROOM];

	if (!known)
		return false;
	if ((known->now.has & FIELD_SHUTDOWN) && (known->now.shutdown & 2))
		say(cause, known->peer_closed_fd >= 0 && state_of(cause) == STATE_CLOSED
				   ? "EPIPE.reset"
				   : "EPIPE.shutdown");
	else if (!known->ever_connected)
		say(cause, "EPIPE.never");
	else
		say(cause, "EPIPE.reset");
	if (known->peer_closed_fd >= 0)
		words_fill(cause->out, "EPIPE.who", "other", number(fd, known->peer_closed_fd),
			   NULL);
	if (cause->job->frame->signals)
		buf_str(cause->out, words("EPIPE.signal"));
	return true;
}

static bool why_not_connected(struct cause *cause)
{
	if (!cause->known)
		return false;
	if (state_of(cause) == STATE_LISTEN)
		return say(cause, "ENOTCONN.listener");
	if (cause->known->ever_connected)
		return say(cause, "ENOTCONN.over");
	words_fill(cause->out, "ENOTCONN.state", "fd", cause->fd, "state",
		   endpoint_state_name(state_of(cause)), NULL);
	return true;
}

static bool why_connected(struct cause *cause)
{
	if (state_of(cause) == STATE_LISTEN)
		return say(cause, "EISCONN.listener");
	if (!cause->known || !cause->known->now.peer.len)
		return false;
	return say_address(cause, "EISCONN.peer", &cause->known->now.peer);
}

static bool why_again(struct cause *cause)
{
	const struct known *known = cause->known;

	if (!known)
		return false;
	if (call_is(cause, "accept") || call_is(cause, "accept4"))
		return say(cause, "EAGAIN.accept");
	if (call_is(cause, "connect"))
		return say(cause, is_unix(cause) ? "EAGAIN.backlog" : "EAGAIN.ports");
	if (cause->job->call->waits && strcmp(cause->job->call->waits, "waits.send") == 0)
		return say_number(cause, "EAGAIN.send", known->now.send_queue);
	if (cause->job->call->waits && strcmp(cause->job->call->waits, "waits.recv") == 0)
		return say(cause, "EAGAIN.recv");
	return false;
}

static bool why_bad_fd(struct cause *cause)
{
	struct buf open = {0};

	evidence_open_fds(cause->session, &open);
	words_fill(cause->out, "EBADF.open", "fd", cause->fd, "open", buf_text(&open), NULL);
	buf_free(&open);
	return true;
}

static bool why_access(struct cause *cause)
{
	if (call_is(cause, "bind") && !is_unix(cause))
		return say_number(cause, "EACCES.port", address_port(&cause->address));
	return false;
}

/* By errno; what is not here, or says nothing, has a sentence of its own in the words. */
static const struct {
	int error;
	bool (*tell)(struct cause *cause);
} causes[] = {
	{EADDRINUSE, why_in_use}, {EINVAL, why_invalid}, {ECONNREFUSED, why_refused},
	{ECONNRESET, why_reset},  {EPIPE, why_pipe},     {ENOTCONN, why_not_connected},
	{EISCONN, why_connected}, {EAGAIN, why_again},   {EBADF, why_bad_fd},
	{EACCES, why_access},
};

static bool has_words(const char *key)
{
	return words(key) != key;
}

/* EOPNOTSUPP.listen before EOPNOTSUPP. */
static void say_in_general(struct cause *cause, int error)
{
	char key[64];

	snprintf(key, sizeof(key), "%s.%s", names_errno_name(error), cause->name);
	if (!has_words(key))
		snprintf(key, sizeof(key), "%s", names_errno_name(error));
	if (has_words(key))
		say(cause, key);
}

static void why_failed(struct cause *cause)
{
	int error = cause->job->frame->error;
	size_t i;

	for (i = 0; i < COUNT_OF(causes); i++)
		if (causes[i].error == error && causes[i].tell(cause))
			return;
	say_in_general(cause, error);
}

static void why_received(struct cause *cause)
{
	const struct job *job = cause->job;
	int bytes = record_arg_of(&job->call->record, &kind_bytes_out);
	int size = record_arg_of(&job->call->record, &kind_size);
	int flags = record_arg_of(&job->call->record, &kind_flags);
	long asked, got = job->frame->result;

	if (bytes < 0 || size < 0 || !cause->known)
		return;
	asked = job->values[size].number;
	if (got == 0 && asked > 0)
		say(cause, !is_stream(cause) ? "surprise.empty"
			   : is_unix(cause)  ? "surprise.end-unix"
					     : "surprise.end");
	else if (!is_stream(cause) && job->frame->before > asked && got > 0 &&
		 !(flags >= 0 && (job->values[flags].number & MSG_PEEK)))
		say_number(cause, "surprise.cut", job->frame->before - asked);
}

static void why_sent(struct cause *cause)
{
	const struct job *job = cause->job;
	int len = record_arg_of(&job->call->record, &kind_bytes_len);

	if (len >= 0 && job->frame->result < job->values[len].number)
		say_number(cause, "surprise.short", job->values[len].number - job->frame->result);
}

void why(struct session *session, const struct job *job, struct buf *out)
{
	struct cause cause = {.session = session,
			      .job = job,
			      .name = job->call->record.name,
			      .out = out,
			      .address = jobs_address(job)};
	int fds[FRAME_READS];
	int count = values_descriptors(job->call, job->values, fds, FRAME_READS);

	number(cause.fd, job->values[0].number);
	if (count > 0)
		cause.known = endpoints_of_fd(job->owner, fds[0]);
	if (job->frame->result < 0) {
		why_failed(&cause);
		return;
	}
	why_received(&cause);
	why_sent(&cause);
}
