/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/surprise.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>

#include "base/grow.h"
#include "calls/carried.h"
#include "names/words.h"
#include "session/endpoints.h"
#include "session/surprise_parts.h"

struct buf *surprise_next(struct cause *cause)
{
	if (cause->out->len)
		buf_char(cause->out, ' ');
	return cause->out;
}

void surprise_say(struct cause *cause, const char *key)
{
	surprise_next(cause);
	cause_say(cause, key);
}

long surprise_flags(const struct cause *cause)
{
	return carried_flags(cause->job->call, cause->job->values);
}

bool surprise_is_here(const struct address *address)
{
	struct address plain = address_unmapped(address);
	uint32_t host;

	if (!address->len || !address_is_loopback(&plain))
		return false;
	if (plain.any.sa_family != AF_INET)
		return true;
	/* The first and the last are broadcast addresses: they reach more than one socket. */
	host = ntohl(plain.in.sin_addr.s_addr) & IN_CLASSA_HOST;
	return host != 0 && host != IN_CLASSA_HOST;
}

const struct known *surprise_listener(const struct cause *cause)
{
	size_t i;

	for (i = 0; i < cause->session->concerned_count; i++)
		if (cause->session->concerned[i]->role == SHOWN_LISTENER)
			return cause->session->concerned[i];
	return NULL;
}

int surprise_option(const struct cause *cause, int level, int option, int fallback)
{
	int value;

	return cause_option(cause, level, option, &value) ? value : fallback;
}

static void received(struct cause *cause)
{
	if (surprise_flags(cause) & MSG_ERRQUEUE)
		; /* what is in that queue was sent from here */
	else if (cause_is_stream(cause))
		surprise_stream_received(cause);
	else
		surprise_datagram_received(cause);
	surprise_message_received(cause);
}

static void sent(struct cause *cause)
{
	if (cause_is_stream(cause))
		surprise_stream_sent(cause);
	else
		surprise_datagram_sent(cause);
	surprise_message_sent(cause);
}

static void connected(struct cause *cause)
{
	if (cause_is_stream(cause))
		surprise_connected(cause);
	else
		surprise_datagram_connected(cause);
}

/* By the name of the call. */
static const struct {
	const char *call;
	void (*tell)(struct cause *cause);
} surprises[] = {
	{"bind", surprise_bound},
	{"listen", surprise_listens},
	{"connect", connected},
	{"accept", surprise_accepted},
	{"accept4", surprise_accepted},
	{"poll", surprise_ready},
	{"ppoll", surprise_ready},
	{"select", surprise_ready},
	{"pselect", surprise_ready},
	{"epoll_wait", surprise_ready},
	{"epoll_pwait", surprise_ready},
	{"epoll_pwait2", surprise_ready},
	{"read", surprise_other_read},
	{"read", surprise_file_read},
	{"sendfile", surprise_file_sent},
	{"sendmmsg", surprise_messages_sent},
	{"signalfd", surprise_signalfd},
	{"close", surprise_closed},
	{"dup2", surprise_closed},
	{"dup3", surprise_closed},
	{"shutdown", surprise_shut_down},
	{"setsockopt", surprise_option_set},
	{"getsockopt", surprise_option_got},
	{"fork", surprise_forked},
	{"setrlimit", surprise_limited},
	{"getaddrinfo", surprise_looked_up},
	{"htons", surprise_order},
	{"htonl", surprise_order},
	{"ntohs", surprise_order},
	{"ntohl", surprise_order},
	{"inet_pton", surprise_refused_text},
};

void surprise(struct cause *cause)
{
	size_t i;

	if (cause->known && carried_is_received(cause->job->call)) {
		received(cause);
		return;
	}
	if (cause->known && carried_is_sent(cause->job->call)) {
		sent(cause);
		return;
	}
	for (i = 0; i < COUNT_OF(surprises); i++)
		if (cause_call_is(cause, surprises[i].call))
			surprises[i].tell(cause);
}

void surprise_waits(struct cause *cause)
{
	const struct known *listener = surprise_listener(cause);
	char fd[CAUSE_NUMBER], length[CAUSE_NUMBER], backlog[CAUSE_NUMBER];

	surprise_not_reported(cause);
	surprise_lookup_waits(cause);
	if (!cause->known || !cause_call_is(cause, "connect") || !listener ||
	    !(listener->now->has & FIELD_ACCEPT_QUEUE) ||
	    listener->now->accept_length <= listener->now->accept_backlog)
		return;
	words_fill(surprise_next(cause),
		   cause_is_unix(cause) ? "surprise.queue-waits-unix" : "surprise.queue-waits",
		   "fd", cause->fd, "other", cause_number(fd, listener->fd), "n",
		   cause_number(length, listener->now->accept_length), "backlog",
		   cause_number(backlog, listener->now->accept_backlog), NULL);
}

void surprise_note(struct cause *cause)
{
	struct known *known;

	if (!cause->known || !cause_call_is(cause, "connect"))
		return;
	known = endpoints_of_fd(cause->job->owner, (int)cause->job->values[0].number);
	known->connecting =
		cause->job->frame->result < 0 &&
		(cause->job->frame->error == EINPROGRESS || cause->job->frame->error == EALREADY);
}
