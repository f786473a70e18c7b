/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/passed.h"

#include <sys/socket.h>

#include "calls/carried.h"
#include "session/endpoints.h"
#include "session/known.h"

/* As many as one message can have (SCM_MAX_FD). */
#define MOST 253

/* Other sockets ignore them, and so does a stream without a byte to carry them. */
static void sent(const struct job *job, const int *fds, size_t count)
{
	struct known *known = endpoints_of_fd(job->owner, (int)job->values[0].number);
	size_t i;

	if (!known || known->now->family != AF_UNIX ||
	    (known->now->type == SOCK_STREAM && !job->frame->result))
		return;
	for (i = 0; i < count; i++) {
		known = endpoints_of_fd(job->owner, fds[i]);
		if (known)
			known->passed++;
	}
}

static bool is_told(const struct frame *frame, int fd)
{
	int i;

	for (i = 0; i < frame->reads; i++)
		if (frame->told[i].fd == fd)
			return true;
	return false;
}

/* The frame has had no room for them. */
static void tell_rest(struct session *session, const struct job *job, const int *fds, size_t count)
{
	struct descriptor told;
	size_t i;

	for (i = 0; i < count; i++)
		if (!is_told(job->frame, fds[i]) &&
		    process_read(job->owner->process, &fds[i], 1, &told) == 0)
			endpoints_told(session, job->owner, &told);
}

static void received(const struct job *job, const int *fds, size_t count)
{
	struct known *known;
	size_t i;

	for (i = 0; i < count; i++) {
		known = endpoints_of_fd(job->owner, fds[i]);
		if (known && known->passed && !(carried_flags(job->call, job->values) & MSG_PEEK))
			known->passed--;
	}
}

void passed_note(struct session *session, const struct job *job)
{
	int fds[MOST];
	size_t count;

	if (job->frame->result < 0)
		return;
	count = carried_descriptors(job->call, job->values, fds, MOST);
	if (!count)
		return;
	if (count > MOST)
		count = MOST;
	if (!carried_brings(job->call)) {
		sent(job, fds, count);
		return;
	}
	tell_rest(session, job, fds, count);
	received(job, fds, count);
}

int passed_first(const struct job *job)
{
	int fd;

	if (job->frame->result < 0 || !carried_brings(job->call) ||
	    !carried_descriptors(job->call, job->values, &fd, 1))
		return -1;
	return fd;
}

const struct known *passed_holder(struct session *session, unsigned *count)
{
	const struct known *known;

	for (known = session->all; known; known = known->next) {
		struct fdinfo info = {0};

		if (known->now->family != AF_UNIX || known->fd < 0 ||
		    fdinfo_read(process_pid(known->owner->process), known->fd, &info,
				&session->failure) < 0)
			continue;
		*count = info.in_flight;
		fdinfo_free(&info);
		if (*count)
			return known;
	}
	return NULL;
}

bool passed_lives(struct session *session, const struct known *known)
{
	unsigned count;

	return known->passed && passed_holder(session, &count);
}
