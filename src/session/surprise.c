/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/surprise.h"

#include <sys/socket.h>

#include "calls/kinds.h"

static void received(struct cause *cause)
{
	const struct job *job = cause->job;
	int bytes = record_arg_of(&job->call->record, &kind_bytes_out);
	int size = record_arg_of(&job->call->record, &kind_size);
	int flags = record_arg_of(&job->call->record, &kind_flags);
	long asked, got = job->frame->result;

	if (bytes < 0 || size < 0 || !cause->known)
		return;
	asked = job->values[size].number;
	if (got == 0 && asked > 0)
		cause_say(cause, !cause_is_stream(cause) ? "surprise.empty"
				 : cause_is_unix(cause)  ? "surprise.end-unix"
							 : "surprise.end");
	else if (!cause_is_stream(cause) && job->frame->before > asked && got > 0 &&
		 !(flags >= 0 && (job->values[flags].number & MSG_PEEK)))
		cause_say_number(cause, "surprise.cut", job->frame->before - asked);
}

static void sent(struct cause *cause)
{
	const struct job *job = cause->job;
	int len = record_arg_of(&job->call->record, &kind_bytes_len);

	if (len >= 0 && job->frame->result < job->values[len].number)
		cause_say_number(cause, "surprise.short",
				 job->values[len].number - job->frame->result);
}

void surprise(struct cause *cause)
{
	received(cause);
	sent(cause);
}
