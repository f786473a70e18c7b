/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/resource.h>

#include "names/words.h"
#include "session/evidence.h"
#include "session/surprise_parts.h"

/* Of all threads fork() copies the one that calls it. */
static void not_copied(struct cause *cause)
{
	const struct owner *parent = cause->job->owner;
	const struct job *job;
	char number[CAUSE_NUMBER];
	long count = 0;

	for (job = cause->session->jobs; job; job = job->next)
		count += job->owner == parent;
	if (count)
		words_fill(surprise_next(cause), "surprise.fork-jobs", "process", parent->name,
			   "name", cause->session->born->name, "n", cause_number(number, count),
			   NULL);
}

void surprise_forked(struct cause *cause)
{
	const struct owner *born = cause->session->born;
	char number[CAUSE_NUMBER];

	if (!born)
		return;
	words_fill(surprise_next(cause), "surprise.fork", "name", born->name, "process",
		   cause->job->owner->name, "n", cause_number(number, cause->job->frame->result),
		   NULL);
	not_copied(cause);
}

/* What is open keeps its number, be that above the limit. */
void surprise_limited(struct cause *cause)
{
	char number[CAUSE_NUMBER], highest[CAUSE_NUMBER];
	const struct owner *owner = cause->job->owner;
	long limit;
	int fd;

	if (cause->job->values[0].number != RLIMIT_NOFILE ||
	    !evidence_descriptor_limit(cause->session, owner, &limit))
		return;
	fd = evidence_highest_fd(cause->session, owner);
	if (fd >= limit)
		words_fill(surprise_next(cause), "surprise.limit-below", "other",
			   cause_number(highest, fd), "n", cause_number(number, limit), NULL);
}
