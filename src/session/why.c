/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/why.h"

#include <errno.h>
#include <stdio.h>

#include "base/grow.h"
#include "names/words.h"
#include "session/endpoints.h"
#include "session/jobs.h"
#include "session/surprise.h"
#include "session/why_parts.h"

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
		cause_say(cause, key);
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

static struct cause cause_of(struct session *session, const struct job *job, struct buf *out)
{
	struct cause cause = {.session = session,
			      .job = job,
			      .name = job->call->record.name,
			      .out = out,
			      .address = jobs_address(job)};
	int fds[FRAME_READS];
	int count = values_descriptors(job->call, job->values, fds, FRAME_READS);

	cause_number(cause.fd, job->values[0].number);
	if (count > 0)
		cause.known = endpoints_of_fd(job->owner, fds[0]);
	return cause;
}

void why(struct session *session, const struct job *job, struct buf *out)
{
	struct cause cause = cause_of(session, job, out);

	surprise_note(&cause);
	if (job->frame->result < 0) {
		why_failed(&cause);
		return;
	}
	surprise(&cause);
}

void why_waits(struct session *session, const struct job *job, struct buf *out)
{
	struct cause cause = cause_of(session, job, out);

	surprise_waits(&cause);
}
