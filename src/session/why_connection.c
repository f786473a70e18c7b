/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/why_parts.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "calls/kinds.h"
#include "kernel/limits.h"
#include "names/words.h"
#include "session/evidence.h"
#include "session/surprise_parts.h"
#include "session/there.h"

#define SYN_RETRIES "/proc/sys/net/ipv4/tcp_syn_retries"

/* With the fields {other}, the descriptor that the other end was, and {bytes} that lay unread. */
static bool say_other(struct cause *cause, const char *key)
{
	char fd[CAUSE_NUMBER];
	struct buf bytes = {0};

	cause_bytes(&bytes, (long)cause->known->peer_unread);
	words_fill(cause->out, key, "fd", cause->fd, "other",
		   cause_number(fd, cause->known->peer_closed_fd), "bytes", buf_text(&bytes), NULL);
	buf_free(&bytes);
	return true;
}

static bool say_forgot(struct cause *cause)
{
	char fd[CAUSE_NUMBER];

	words_fill(cause->out, "ECONNRESET.forgot", "other",
		   cause_number(fd, cause->known->peer_forgot_fd), NULL);
	return true;
}

/* What the other end did, as it was seen when its descriptor was closed. */
bool why_reset(struct cause *cause)
{
	const struct known *known = cause->known;

	if (!known)
		return false;
	if (cause_is_unix(cause))
		return known->peer_closed_fd < 0 ? cause_say(cause, "ECONNRESET.unix")
						 : say_other(cause, "ECONNRESET.unix-who");
	if (known->peer_forgot_fd >= 0)
		return say_forgot(cause);
	if (known->peer_closed_fd < 0)
		return false;
	return say_other(cause, known->peer_unread ? "ECONNRESET.unread" : "ECONNRESET.closed");
}

static bool why_nobody_to_send_to(struct cause *cause)
{
	const struct known *known = cause->known;

	if (known->shut_here)
		return cause_say(cause, "EPIPE.shutdown");
	if (cause_is_unix(cause))
		return known->peer_closed_fd < 0 ? cause_say(cause, "EPIPE.unix")
						 : say_other(cause, "EPIPE.unix-who");
	if (known->now->state == STATE_LISTEN)
		return cause_say(cause, "EPIPE.listener");
	if (!known->ever_connected)
		return cause_say(cause, "EPIPE.never");
	if (known->peer_closed_fd >= 0)
		return say_other(cause,
				 known->peer_unread ? "EPIPE.reset-unread" : "EPIPE.reset-who");
	return cause_say(cause, "EPIPE.over");
}

bool why_pipe(struct cause *cause)
{
	if (!cause->known || !cause_sends(cause))
		return false;
	why_nobody_to_send_to(cause);
	return true;
}

bool why_not_connected(struct cause *cause)
{
	const struct known *known = cause->known;

	if (!known)
		return false;
	if (cause_state(cause) == STATE_LISTEN)
		return cause_say(cause, "ENOTCONN.listener");
	if (known->ever_connected && known->peer_closed_fd >= 0)
		return say_other(cause, "ENOTCONN.over-who");
	if (known->ever_connected)
		return cause_say(cause, "ENOTCONN.over");
	words_fill(cause->out, "ENOTCONN.state", "fd", cause->fd, "state",
		   endpoint_state_name(cause_state(cause)), NULL);
	return true;
}

bool why_connected(struct cause *cause)
{
	if (cause_state(cause) == STATE_LISTEN)
		return cause_say(cause, "EISCONN.listener");
	if (!cause->known || !cause_call_is(cause, "connect"))
		return false;
	if (cause_is_unix(cause))
		return cause_say(cause, "EISCONN.peer-unix");
	return cause->known->now->peer.len &&
	       cause_say_address(cause, "EISCONN.peer", &cause->known->now->peer);
}

bool why_again(struct cause *cause)
{
	const struct known *known = cause->known;
	bool stream = cause_is_stream(cause);

	if (!known)
		return false;
	if (cause_call_is(cause, "connect"))
		return cause_say(cause, cause_is_unix(cause) ? "EAGAIN.backlog" : "EAGAIN.ports");
	if (cause_sends(cause) && !stream)
		return cause_is_unix(cause) && cause_say(cause, "EAGAIN.send-datagram");
	if (cause_sends(cause))
		return known->now->send_queue &&
		       cause_say_number(cause, "EAGAIN.send-full", known->now->send_queue);
	if (cause_receives(cause) && !stream)
		return cause_say(cause, "EAGAIN.recv-datagram");
	return false;
}

static bool sent_again(const struct cause *cause, long *times)
{
	return evidence_retransmits(cause->job->owner, cause_fd(cause), times);
}

/* Its SYN was sent so often, to ADDRESS, since STEP. */
static bool say_connecting(struct cause *cause, const char *key, const struct address *address,
			   unsigned long since)
{
	struct buf text = {0}, often = {0};
	char step[CAUSE_NUMBER];
	long times;

	if (!address->len || !sent_again(cause, &times))
		return false;
	address_print(&text, address);
	cause_times(&often, times + 1);
	words_fill(cause->out, key, "fd", cause->fd, "address", buf_text(&text), "times",
		   buf_text(&often), "step", cause_number(step, (long)since), NULL);
	buf_free(&text);
	buf_free(&often);
	return true;
}

/* The listener that the SYN would reach has no room for it. */
static bool why_queue_full(struct cause *cause)
{
	const struct known *listener = surprise_listener(cause);
	char fd[CAUSE_NUMBER], length[CAUSE_NUMBER], backlog[CAUSE_NUMBER];

	if (!listener || listener->fd < 0 || listener->owner != cause->job->owner ||
	    !(listener->now->has & FIELD_ACCEPT_QUEUE) ||
	    listener->now->accept_length <= listener->now->accept_backlog)
		return false;
	words_fill(cause->out, "EINPROGRESS.queue-full", "fd", cause->fd, "other",
		   cause_number(fd, listener->fd), "n",
		   cause_number(length, listener->now->accept_length), "backlog",
		   cause_number(backlog, listener->now->accept_backlog), NULL);
	return true;
}

bool why_in_progress(struct cause *cause)
{
	if (!cause->known || cause->known->now->protocol != IPPROTO_TCP ||
	    cause_state(cause) != STATE_SYN_SENT)
		return false;
	if (why_queue_full(cause))
		return true;
	return say_connecting(cause, "EINPROGRESS.sent", &cause->address, 0);
}

bool why_already(struct cause *cause)
{
	const struct known *known = cause->known;

	if (!known || !known->begun || known->now->protocol != IPPROTO_TCP ||
	    cause_state(cause) != STATE_SYN_SENT)
		return false;
	return say_connecting(cause, "EALREADY.since", &known->begun->to, known->begun->step);
}

/* How often the SYN is repeated, and what says so. False: not known. */
static bool syn_limit(const struct cause *cause, long *times, const char **limit)
{
	int own;
	long usual, linear;

	if (!there_number(cause, SYN_RETRIES, &usual) ||
	    !cause_option(cause, IPPROTO_TCP, TCP_SYNCNT, &own))
		return false;
	*limit = words(own == usual ? "tries.default" : "tries.own");
	*times = own;
	/* Since Linux 6.5 the first ones, which come at even distances, are not counted. */
	if (there_number(cause, "/proc/sys/net/ipv4/tcp_syn_linear_timeouts", &linear))
		*times += linear;
	return true;
}

static bool why_syn_unanswered(struct cause *cause, int user_ms)
{
	struct buf address = {0}, often = {0};
	char ms[CAUSE_NUMBER];
	const char *limit = "";
	long times = 0;

	if (!user_ms && !syn_limit(cause, &times, &limit))
		return false;
	address_print(&address, &cause->address);
	cause_times(&often, times);
	words_fill(cause->out, user_ms ? "ETIMEDOUT.connect-user" : "ETIMEDOUT.connect-sent", "fd",
		   cause->fd, "address", buf_text(&address), "times", buf_text(&often), "limit",
		   limit, "ms", cause_number(ms, user_ms), NULL);
	buf_free(&address);
	buf_free(&often);
	return true;
}

static bool why_resent(struct cause *cause, long times)
{
	struct buf often = {0};

	cause_times(&often, times);
	words_fill(cause->out, "ETIMEDOUT.resent", "fd", cause->fd, "times", buf_text(&often),
		   "limit", "net.ipv4.tcp_retries2", NULL);
	buf_free(&often);
	return true;
}

static bool why_probes_unanswered(struct cause *cause)
{
	char seconds[CAUSE_NUMBER], count[CAUSE_NUMBER];
	int on, idle, probes;

	if (!cause_option(cause, SOL_SOCKET, SO_KEEPALIVE, &on) || !on ||
	    !cause_option(cause, IPPROTO_TCP, TCP_KEEPIDLE, &idle) ||
	    !cause_option(cause, IPPROTO_TCP, TCP_KEEPCNT, &probes))
		return false;
	words_fill(cause->out, "ETIMEDOUT.keepalive", "fd", cause->fd, "idle",
		   cause_number(seconds, idle), "n", cause_number(count, probes), NULL);
	return true;
}

static bool say_ms(struct cause *cause, int user_ms)
{
	char ms[CAUSE_NUMBER];

	words_fill(cause->out, "ETIMEDOUT.user", "fd", cause->fd, "ms", cause_number(ms, user_ms),
		   NULL);
	return true;
}

bool why_timed_out(struct cause *cause)
{
	const struct known *known = cause->known;
	int user_ms;
	long times;

	if (!known || known->now->protocol != IPPROTO_TCP || cause_accepts(cause) ||
	    !cause_option(cause, IPPROTO_TCP, TCP_USER_TIMEOUT, &user_ms))
		return false;
	if (cause_call_is(cause, "connect"))
		return why_syn_unanswered(cause, user_ms);
	if (!known->ever_connected)
		return false;
	if (user_ms)
		return say_ms(cause, user_ms);
	if (sent_again(cause, &times) && times)
		return why_resent(cause, times);
	return why_probes_unanswered(cause);
}

bool why_no_destination(struct cause *cause)
{
	struct buf kind = {0};

	if (!cause->known)
		return false;
	cause_kind(cause, &kind);
	words_fill(cause->out, "EDESTADDRREQ.here", "fd", cause->fd, "kind", buf_text(&kind), NULL);
	buf_free(&kind);
	return true;
}
