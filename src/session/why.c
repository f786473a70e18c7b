/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/why.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>

#include "base/grow.h"
#include "names/words.h"
#include "session/endpoints.h"
#include "session/jobs.h"
#include "session/surprise.h"
#include "session/why_parts.h"

/* By errno; what is not here, or says nothing, has a sentence of its own in the words. */
/* clang-format off */
static const struct {
	int error;
	bool (*tell)(struct cause *cause);
} causes[] = {
	{EACCES, why_access},
	{EADDRINUSE, why_in_use},
	{EADDRNOTAVAIL, why_not_available},
	{EAFNOSUPPORT, why_family},
	{EAGAIN, why_again},
	{EALREADY, why_already},
	{EBADF, why_bad_fd},
	{ECONNREFUSED, why_refused},
	{ECONNRESET, why_reset},
	{EDESTADDRREQ, why_no_destination},
	{EEXIST, why_exists},
	{EHOSTUNREACH, why_host_unreachable},
	{EINPROGRESS, why_in_progress},
	{EINVAL, why_invalid},
	{EISCONN, why_connected},
	{ELOOP, why_loop},
	{EMFILE, why_many_files},
	{EMSGSIZE, why_too_long},
	{ENETDOWN, why_network_down},
	{ENETUNREACH, why_network_unreachable},
	{ENFILE, why_file_table},
	{ENOBUFS, why_no_buffer},
	{ENODEV, why_no_device},
	{ENOENT, why_missing},
	{ENOPROTOOPT, why_no_option},
	{ENOSPC, why_no_space},
	{ENOTCONN, why_not_connected},
	{ENOTDIR, why_no_directory},
	{ENOTSOCK, why_no_socket},
	{EOPNOTSUPP, why_not_supported},
	{EPERM, why_not_permitted},
	{EPIPE, why_pipe},
	{EPROTONOSUPPORT, why_no_protocol},
	{EPROTOTYPE, why_other_type},
	{ESOCKTNOSUPPORT, why_no_type},
	{ETIMEDOUT, why_timed_out},
	{EAI_ADDRFAMILY, why_other_address},
	{EAI_AGAIN, why_try_again},
	{EAI_BADFLAGS, why_bad_flags},
	{EAI_NONAME, why_no_name},
	{EAI_SERVICE, why_no_service},
	{EAI_SYSTEM, why_beneath},
};
/* clang-format on */

/* The text of NAME.SUFFIX (NAME alone for NULL), with its key in ROOM; NULL: there is none. */
static const char *find_words(char room[WHY_KEY], const char *name, const char *suffix)
{
	const char *text;

	snprintf(room, WHY_KEY, suffix ? "%s.%s" : "%s", name, suffix);
	text = words(room);
	return text == room ? NULL : text;
}

const char *why_general(const struct call *call, int error, char key[WHY_KEY])
{
	const char *name = names_error_name(error);
	const char *waits = call->waits ? strchr(call->waits, '.') : NULL;
	const char *text = find_words(key, name, call->record.name);

	if (!text && waits)
		text = find_words(key, name, waits + 1);
	return text ? text : find_words(key, name, NULL);
}

static void why_failed(struct cause *cause)
{
	int error = cause->job->frame->error;
	char key[WHY_KEY];
	size_t i;

	for (i = 0; i < COUNT_OF(causes); i++)
		if (causes[i].error == error && causes[i].tell(cause))
			return;
	if (why_general(cause->job->call, error, key))
		cause_say(cause, key);
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
