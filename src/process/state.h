/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_PROCESS_STATE_H
#define SOCKSTEP_PROCESS_STATE_H

#include "process/channel.h"
#include "process/process.h"

/* What process.c and ask.c share; nobody else includes it. */

/* A part of the large room that a request holds. */
struct span {
	size_t start, len;
	int slot;
};

struct process {
	char *name;
	pid_t pid;
	int own_fd; /* the channel's number in the process */
	struct channel channel;
	uint32_t last_id;
	struct span spans[CHANNEL_SLOTS]; /* in order of their start */
	int span_count;
	uint32_t arrived[CHANNEL_SLOTS]; /* slots that were answered while another was awaited */
	int arrived_count;
	bool given_up_on[CHANNEL_SLOTS]; /* nobody waits for their answer any more */
	bool was_stopped;                /* when it was asked last */
	bool dead;
	bool forgot;             /* its sockets were prepared for its end */
	int status;              /* of waitpid */
	struct failure given_up; /* for which it was buried alive; none: it died by itself */
	char death[128];
};

/*
 * A request of the explorer's, with the number of its slot; NULL: the process has died or is
 * stopped, or no slot is free.
 */
struct request *process_request(struct process *process, enum request_kind kind, int *slot);
void process_release(struct process *process, int slot);

/* The next slot that comes back within the time; -1: none did, or the process died. */
int process_await(struct process *process, long timeout_us);

#endif
