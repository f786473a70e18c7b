/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "names/words.h"
#include "session/known.h"
#include "session/passed.h"
#include "session/settle.h"
#include "session/sharing.h"
#include "session/surprise_parts.h"

/* What was closed: by close the first argument, by dup2 the second. */
static int closed_fd(const struct cause *cause)
{
	return (int)cause->job->values[cause_call_is(cause, "close") ? 0 : 1].number;
}

static const struct known *closed_endpoint(const struct cause *cause, int fd)
{
	size_t i;

	for (i = 0; i < cause->session->concerned_count; i++) {
		const struct known *known = cause->session->concerned[i];

		if (known->closed && known->closed_fd == fd &&
		    known->closed_owner == cause->job->owner)
			return known;
	}
	return NULL;
}

static bool has_fin_to_send(const struct endpoint *endpoint)
{
	return endpoint->protocol == IPPROTO_TCP &&
	       (endpoint->state == STATE_ESTABLISHED || endpoint->state == STATE_CLOSE_WAIT);
}

static bool still_open(struct cause *cause, const struct known *known, const char *fd)
{
	const struct owner *own = cause->job->owner;
	bool connected = has_fin_to_send(known->now);
	int other = known->refs ? known_lowest_fd(own, known, 0) : -1;
	const struct owner *holder = own;
	char number[CAUSE_NUMBER];
	const char *key;

	if (!known->refs)
		return false;
	if (other >= 0) {
		key = connected ? "surprise.still-connected" : "surprise.still-open";
	} else {
		key = connected ? "surprise.held-connected" : "surprise.held-open";
		holder = sharing_other(cause->session, known, own, &other);
	}
	words_fill(surprise_next(cause), key, "fd", fd, "other", cause_number(number, other),
		   "process", own->name, "holder", holder ? holder->name : "", NULL);
	return true;
}

/* A call that waits holds the socket, too. */
static bool waits_on(const struct cause *cause, const struct job *job, const struct known *known,
		     int fd)
{
	int fds[FRAME_READS];
	int i, count;

	if (job->owner != cause->job->owner || !job->number)
		return false;
	if (job->calm)
		return job->watched == known->last->inode;
	count = values_descriptors(job->call, job->values, fds, FRAME_READS);
	for (i = 0; i < count; i++)
		if (fds[i] == fd)
			return settle_asleep(cause->session, job);
	return false;
}

static bool held_by_job(struct cause *cause, const struct known *known, int fd)
{
	const struct job *job;
	char number[CAUSE_NUMBER];

	for (job = cause->session->jobs; job; job = job->next)
		if (waits_on(cause, job, known, fd)) {
			words_fill(surprise_next(cause), "surprise.close-job", "n",
				   cause_number(number, job->number), "call",
				   job->call->record.name, NULL);
			return true;
		}
	return false;
}

/* tcp_need_reset(): in the other states there is nobody to be told. */
static bool can_reset(int state)
{
	return state == STATE_ESTABLISHED || state == STATE_CLOSE_WAIT ||
	       state == STATE_FIN_WAIT_1 || state == STATE_FIN_WAIT_2;
}

static void reset(struct cause *cause, const struct known *known)
{
	const struct frame *frame = cause->job->frame;
	char number[CAUSE_NUMBER];

	if (frame->before > 0 && known->last->unix_peer && known->last->type != SOCK_DGRAM)
		words_fill(surprise_next(cause), "surprise.reset-unix", "n",
			   cause_number(number, frame->before), NULL);
	if (known->gone && known->repaired && can_reset(known->last->state)) {
		words_fill(surprise_next(cause), "surprise.repair-closed", NULL);
		return;
	}
	if (!known->gone || !can_reset(frame->state))
		return;
	if (frame->before > 0)
		words_fill(surprise_next(cause), "surprise.reset-unread", "n",
			   cause_number(number, frame->before), NULL);
	else if (frame->linger == 0)
		words_fill(surprise_next(cause), "surprise.reset-linger", NULL);
}

/* The send queue counts the FIN, too. */
static void lingered(struct cause *cause, const struct known *known)
{
	const struct frame *frame = cause->job->frame;
	char number[CAUSE_NUMBER], seconds[CAUSE_NUMBER];

	if (frame->linger <= 0 || known->gone || known->now->state != STATE_FIN_WAIT_1 ||
	    known->now->send_queue < 2)
		return;
	words_fill(surprise_next(cause), "surprise.linger-left", "seconds",
		   cause_number(seconds, frame->linger), "n",
		   cause_number(number, known->now->send_queue - 1), NULL);
}

/* An accepted connection has its listener's path, but has bound nothing. */
static void path_stays(struct cause *cause, const struct known *known)
{
	const struct address *local = &known->last->local;
	struct buf path = {0};
	struct stat status;

	if (known->last->family != AF_UNIX || !local->len || !local->un.sun_path[0] ||
	    (known->last->type != SOCK_DGRAM && known->last->state == STATE_CONNECTED))
		return;
	buf_add(&path, local->un.sun_path,
		strnlen(local->un.sun_path, local->len - offsetof(struct sockaddr_un, sun_path)));
	if (lstat(buf_text(&path), &status) < 0)
		failure_note_unless_answer(&cause->session->failure, "lstat");
	else if (S_ISSOCK(status.st_mode))
		words_fill(surprise_next(cause), "surprise.unix-path", "path", buf_text(&path),
			   NULL);
	buf_free(&path);
}

/* What waited in the accept queue of a listener that is no more. */
static void queue_lost(struct cause *cause, const struct known *known)
{
	const struct session *session = cause->session;
	char number[CAUSE_NUMBER];
	long count = 0;
	size_t i;

	if (known->last->state != STATE_LISTEN || known->last->family == AF_UNIX)
		return;
	for (i = 0; i < session->concerned_count; i++)
		count += session->concerned[i]->listener_key == known->key &&
			 session->concerned[i]->gone;
	if (count)
		words_fill(surprise_next(cause),
			   count > 1 ? "surprise.queue-resets" : "surprise.queue-reset", "n",
			   cause_number(number, count), NULL);
}

static void time_wait(struct cause *cause)
{
	const struct session *session = cause->session;
	char fd[CAUSE_NUMBER], seconds[CAUSE_NUMBER];
	size_t i;

	for (i = 0; i < session->concerned_count; i++) {
		const struct known *known = session->concerned[i];

		if (known->refs || known->gone || known->closed_fd < 0 ||
		    known->now->state != STATE_TIME_WAIT ||
		    (known->shown && known->last->state == STATE_TIME_WAIT))
			continue;
		words_fill(surprise_next(cause), "surprise.time-wait", "other",
			   cause_number(fd, known->closed_fd), "seconds",
			   cause_number(seconds, (known->now->timer.expires_ms + 999) / 1000),
			   NULL);
	}
}

/* What was closed for good has no inode any more, or is gone. */
static bool in_flight(struct cause *cause, const struct known *known, int fd)
{
	char number[CAUSE_NUMBER], other[CAUSE_NUMBER], n[CAUSE_NUMBER];
	const struct known *holder;
	unsigned count = 0;

	if (known->gone || !known->passed || !(known->now->has & FIELD_INODE) || !known->now->inode)
		return false;
	words_fill(surprise_next(cause),
		   has_fin_to_send(known->now) ? "surprise.flies-connected" : "surprise.flies",
		   "fd", cause_number(number, fd), NULL);
	holder = passed_holder(cause->session, &count);
	if (holder)
		words_fill(surprise_next(cause),
			   count == 1 ? "surprise.flies-one" : "surprise.flies-many", "other",
			   cause_number(other, holder->fd), "process", holder->owner->name, "n",
			   cause_number(n, (long)count), NULL);
	return true;
}

void surprise_closed(struct cause *cause)
{
	int fd = closed_fd(cause);
	const struct known *known = closed_endpoint(cause, fd);
	char number[CAUSE_NUMBER];

	if (!known || still_open(cause, known, cause_number(number, fd)) ||
	    (cause->session->jobs && held_by_job(cause, known, fd)) || in_flight(cause, known, fd))
		return;
	reset(cause, known);
	lingered(cause, known);
	path_stays(cause, known);
	queue_lost(cause, known);
	time_wait(cause);
}

/* Bit 0 of `shutdown` is its receiving direction. */
static bool can_receive(const struct endpoint *endpoint)
{
	if (endpoint->family == AF_UNIX)
		return endpoint->state == STATE_CONNECTED && !(endpoint->shutdown & 1);
	return endpoint->state == STATE_ESTABLISHED;
}

/* Another descriptor of the same process. */
static int other_fd(const struct cause *cause, const struct known *known)
{
	const struct owner *owner = cause->job->owner;
	int fd = known_lowest_fd(owner, known, 0);

	if (fd == (int)cause->job->values[0].number)
		fd = known_lowest_fd(owner, known, fd + 1);
	return fd;
}

void surprise_shut_down(struct cause *cause)
{
	const struct known *known = cause->known;
	const struct owner *holder;
	char fd[CAUSE_NUMBER];
	int other;

	if (!known || known->last->type != SOCK_STREAM)
		return;
	if (cause->job->values[1].number == SHUT_WR && can_receive(known->last))
		surprise_say(cause, "surprise.half-close");
	other = known->refs > 1 ? other_fd(cause, known) : -1;
	if (other >= 0)
		words_fill(surprise_next(cause), "surprise.shutdown-all", "fd", cause->fd, "other",
			   cause_number(fd, other), NULL);
	holder = sharing_other(cause->session, known, cause->job->owner, &other);
	if (known->refs > 1 && holder)
		words_fill(surprise_next(cause), "surprise.shutdown-processes", "process",
			   holder->name, "other", cause_number(fd, other), NULL);
	time_wait(cause);
}
