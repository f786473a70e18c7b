/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>

#include "calls/kinds.h"
#include "calls/ready.h"
#include "names/words.h"
#include "session/endpoints.h"
#include "session/surprise_parts.h"
#include "session/watches.h"

static bool is_writable(const struct names *names, const struct ready *ready)
{
	long value;

	if (names == &names_select)
		return names_find(names, "writefds", 8, &value) && ready->events & value;
	return (ready->events & POLLOUT) != 0;
}

/* What writable does not mean. */
static void writable(struct cause *cause, const struct ready *ready)
{
	struct known *known = endpoints_of_fd(cause->job->owner, ready->fd);
	char fd[CAUSE_NUMBER];

	if (!known || known->now->protocol != IPPROTO_TCP)
		return;
	cause_number(fd, ready->fd);
	if (known->now->state == STATE_CLOSE_WAIT)
		words_fill(surprise_next(cause), "surprise.writable", "fd", fd, NULL);
	if (known->connecting && known->now->state != STATE_SYN_SENT) {
		known->connecting = false;
		words_fill(surprise_next(cause),
			   known->now->state == STATE_CLOSED ? "surprise.connect-failed"
							     : "surprise.connect-done",
			   "fd", fd, NULL);
	}
}

static void not_open(struct cause *cause, const struct ready *ready)
{
	char fd[CAUSE_NUMBER];

	words_fill(surprise_next(cause), "surprise.not-open", "fd", cause_number(fd, ready->fd),
		   NULL);
}

/* The set knows open files, and has one by a number that leads there no more. */
static void closed(struct cause *cause, const struct fdinfo *info, const struct ready *ready)
{
	const struct fdinfo_watch *watch = watches_find(info, ready->fd);
	char fd[CAUSE_NUMBER], other[CAUSE_NUMBER];

	if (!watch || watch->data != ready->data ||
	    (watch->state != WATCH_CLOSED && watch->state != WATCH_OTHER))
		return;
	words_fill(surprise_next(cause),
		   watch->also_fd < 0 ? "surprise.watch-closed" : "surprise.watch-moved", "fd",
		   cause_number(fd, ready->fd), "other", cause_number(other, watch->also_fd), NULL);
}

/* It is ready, and the set does not tell. */
static void silent(struct cause *cause, const struct fdinfo_watch *watch)
{
	char fd[CAUSE_NUMBER], bytes[CAUSE_NUMBER];
	struct buf events = {0};
	const char *key;

	if (fdinfo_is_disarmed(watch))
		key = "surprise.oneshot";
	else if (!(watch->events & EPOLLET))
		return;
	else
		key = watch->ready & POLLIN && watch->bytes ? "surprise.edge-bytes"
							    : "surprise.edge";
	names_print(&events, &names_epoll, (long)fdinfo_ready(watch));
	words_fill(surprise_next(cause), key, "fd", cause_number(fd, watch->fd), "n",
		   cause_number(bytes, watch->bytes), "events", buf_text(&events), NULL);
	buf_free(&events);
}

/* Whether something came since the call looked: it will be reported. */
static bool is_about_to_report(struct cause *cause)
{
	struct descriptor told;
	int fd = cause_fd(cause);

	return process_read(cause->job->owner->process, &fd, 1, &told) < 0 ||
	       !(told.endpoint.has & FIELD_READY) || told.endpoint.ready & POLLIN;
}

/* Of several only the first one: they are told of in the same words. */
static void not_reported(struct cause *cause, const struct fdinfo *info)
{
	size_t i;

	if (is_about_to_report(cause))
		return;
	for (i = 0; i < info->watch_count; i++) {
		size_t before = cause->out->len;

		if (info->watches[i].state == WATCH_OPEN && fdinfo_ready(&info->watches[i]))
			silent(cause, &info->watches[i]);
		if (cause->out->len > before)
			return;
	}
}

static bool read_set(struct cause *cause, struct fdinfo *info)
{
	if (ready_names(cause->job->call) != &names_epoll ||
	    watches_of(cause->session, cause->job->owner, cause_fd(cause), info) < 0)
		return false;
	watches_ask(cause->job->owner, info);
	return true;
}

void surprise_ready(struct cause *cause)
{
	const struct job *job = cause->job;
	const struct names *names = ready_names(job->call);
	struct fdinfo info = {0};
	struct ready ready;
	size_t place = 0;
	bool set = read_set(cause, &info);

	while (ready_next(job->call, job->values, job->frame->result, &place, &ready)) {
		if (set)
			closed(cause, &info, &ready);
		else if (names == &names_poll && ready.events & POLLNVAL)
			not_open(cause, &ready);
		if (is_writable(names, &ready))
			writable(cause, &ready);
	}
	if (set && job->frame->result == 0)
		not_reported(cause, &info);
	fdinfo_free(&info);
}

void surprise_not_reported(struct cause *cause)
{
	struct fdinfo info = {0};

	if (read_set(cause, &info))
		not_reported(cause, &info);
	fdinfo_free(&info);
}

static void number_read(struct cause *cause, const struct value *bytes)
{
	char text[CAUSE_NUMBER];
	uint64_t number;

	if (bytes->size != sizeof(number))
		return;
	memcpy(&number, bytes->data, sizeof(number));
	snprintf(text, sizeof(text), "%llu", (unsigned long long)number);
	words_fill(surprise_next(cause), "surprise.number", "n", text, NULL);
}

/* The first, if there are several. */
static void signal_read(struct cause *cause, const struct value *bytes)
{
	struct signalfd_siginfo info;
	char size[CAUSE_NUMBER], fd[CAUSE_NUMBER];
	struct buf events = {0};
	bool of_fd;

	if (bytes->size < sizeof(info))
		return;
	memcpy(&info, bytes->data, sizeof(info));
	of_fd = info.ssi_code >= POLL_IN && info.ssi_code <= POLL_HUP;
	names_print(&events, &names_poll, (long)info.ssi_band);
	words_fill(surprise_next(cause), of_fd ? "surprise.siginfo-fd" : "surprise.siginfo", "n",
		   cause_number(size, (long)sizeof(info)), "signal",
		   names_signal_name((int)info.ssi_signo), "fd", cause_number(fd, info.ssi_fd),
		   "events", buf_text(&events), NULL);
	buf_free(&events);
}

/* What an eventfd, a timerfd or a signalfd gives is no text. */
void surprise_other_read(struct cause *cause)
{
	const struct value *bytes = &cause->job->values[1];
	const struct session *session = cause->session;
	size_t i;

	for (i = 0; i < session->untold_count; i++) {
		enum fdinfo_kind kind = session->untold[i].info.kind;

		if (session->untold[i].told.fd != cause_fd(cause))
			continue;
		if (kind == FDINFO_EVENTFD || kind == FDINFO_TIMERFD)
			number_read(cause, bytes);
		else if (kind == FDINFO_SIGNALFD)
			signal_read(cause, bytes);
	}
}

void surprise_signalfd(struct cause *cause)
{
	surprise_say(cause, "surprise.signalfd");
}
