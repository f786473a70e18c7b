/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/why_parts.h"

#include <errno.h>

#include "calls/carried.h"
#include "calls/kinds.h"
#include "names/words.h"
#include "session/evidence.h"

/* dup2 and dup3 say so of the new number, too. */
static bool why_bad_new(struct cause *cause)
{
	const struct owner *owner = cause->job->owner;
	char fd[CAUSE_NUMBER], last[CAUSE_NUMBER];
	struct descriptor told;
	int old = (int)cause->job->values[0].number;
	long limit, wanted = cause_value(cause, &kind_fd_new, 0);

	if (process_read(owner->process, &old, 1, &told) < 0 || !told.open ||
	    !evidence_descriptor_limit(cause->session, owner, &limit) ||
	    (wanted >= 0 && wanted < limit))
		return false;
	words_fill(cause->out, "EBADF.new", "fd", cause_number(fd, wanted), "n",
		   cause_number(last, limit - 1), NULL);
	return true;
}

/* A message takes descriptors that are open, as any call does. */
static bool why_bad_passed(struct cause *cause)
{
	struct descriptor told;
	char number[CAUSE_NUMBER];
	struct buf open = {0};
	int fds[FRAME_READS];
	size_t i,
		count = carried_descriptors(cause->job->call, cause->job->values, fds, FRAME_READS);
	int own = cause_fd(cause);

	if (!count || process_read(cause->job->owner->process, &own, 1, &told) < 0 || !told.open)
		return false;
	for (i = 0; i < count && i < FRAME_READS; i++)
		if (process_read(cause->job->owner->process, &fds[i], 1, &told) == 0 && !told.open)
			break;
	if (i == count || i == FRAME_READS)
		return false;
	evidence_open_fds(cause->job->owner, 32, &open);
	words_fill(cause->out, "EBADF.open", "fd", cause_number(number, fds[i]), "open",
		   buf_text(&open), NULL);
	buf_free(&open);
	return true;
}

bool why_bad_fd(struct cause *cause)
{
	struct buf open = {0};

	if (why_bad_new(cause) || why_bad_in_set(cause) || why_bad_passed(cause) ||
	    why_bad_direction(cause))
		return true;
	evidence_open_fds(cause->job->owner, 32, &open);
	words_fill(cause->out, "EBADF.open", "fd", cause->fd, "open", buf_text(&open), NULL);
	buf_free(&open);
	return true;
}

bool why_no_socket(struct cause *cause)
{
	struct buf what = {0};
	bool known = evidence_what(cause->session, cause->job->owner,
				   (int)cause->job->values[0].number, &what);

	if (known)
		words_fill(cause->out, "ENOTSOCK.what", "fd", cause->fd, "what", buf_text(&what),
			   NULL);
	buf_free(&what);
	return known;
}
