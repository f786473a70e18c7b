/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/past.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "session/endpoints.h"
#include "session/jobs.h"

static void note(struct session *session, const struct job *job, struct past **kept)
{
	struct past *past = *kept ? *kept : calloc(1, sizeof(*past));

	if (!past) {
		session->out_of_memory = true;
		return;
	}
	*kept = past;
	past->step = session->steps + 1;
	past->to = jobs_address(job);
	buf_reset(&past->text);
	buf_add(&past->text, job->text.data, job->text.len);
	past->count++;
}

static bool is(const struct job *job, const char *name)
{
	return strcmp(job->call->record.name, name) == 0;
}

static bool sends(const struct job *job)
{
	return job->call->waits && strcmp(job->call->waits, "waits.send") == 0;
}

/* The socket that a call was made on; NULL: none. */
static struct known *socket_of(const struct job *job)
{
	return endpoints_of_fd(job->owner, (int)job->values[0].number);
}

void past_returned(struct session *session, const struct job *job)
{
	const struct frame *frame = job->frame;
	struct known *known;

	if (sends(job)) {
		known = socket_of(job);
		if (known && known->now->type == SOCK_DGRAM && frame->result >= 0)
			note(session, job, &known->sent);
	} else if (is(job, "connect")) {
		known = socket_of(job);
		if (known && frame->result < 0 &&
		    (frame->error == EINPROGRESS || frame->error == EINTR))
			note(session, job, &known->begun);
	} else if (is(job, "shutdown") && frame->result == 0) {
		known = socket_of(job);
		if (known && job->values[1].number != SHUT_RD)
			known->shut_here = true;
	}
	/* A pending error of an earlier datagram is reported once. */
	if (frame->result < 0 && frame->error == ECONNREFUSED) {
		known = socket_of(job);
		if (known && known->sent)
			known->sent->count = 0;
	}
}

void past_waits(struct session *session, const struct job *job)
{
	struct known *known = is(job, "connect") ? socket_of(job) : NULL;

	if (known)
		note(session, job, &known->begun);
}

static void drop(struct past *past)
{
	if (past)
		buf_free(&past->text);
	free(past);
}

void past_free(struct known *known)
{
	drop(known->sent);
	drop(known->begun);
}
