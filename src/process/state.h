/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_PROCESS_STATE_H
#define SOCKSTEP_PROCESS_STATE_H

#include "kernel/task.h"
#include "process/channel.h"
#include "process/process.h"

/* What life.c, process.c, family.c and ask.c share; nobody else includes it. */

/* A part of the large room that a request holds. */
struct span {
	size_t start, len;
	const struct request *request;
};

/* A process that the explorer has started, and those that come of it by fork(). */
struct family {
	int refs;   /* structs of processes, of the dead ones too */
	int living; /* of them */
	bool grown; /* it has had more than one */
	pid_t group;
	int own_fd; /* the number of the sockets in the processes; the lifeline's is one less */
	struct channels channels;
	struct process *member[CHANNELS_MOST]; /* by channel */
	bool taken[CHANNELS_MOST];
	struct span *spans; /* in order of their start */
	size_t span_count, span_cap;
};

struct process {
	char *name;
	pid_t pid; /* 0: it has not begun */
	frame_perform *perform;
	pid_t parent; /* that forked it; 0: the explorer did */
	int pidfd;    /* readable once it has ended; -1 while its sockets tell that */
	struct family *family;
	int index; /* of its channel; -1: another process has that now */
	struct channel channel;
	uint32_t last_id;
	uint32_t ids[CHANNEL_SLOTS];     /* of what is in each slot; 0: it is free */
	uint32_t arrived[CHANNEL_SLOTS]; /* slots that were answered while another was awaited */
	int arrived_count;
	bool given_up_on[CHANNEL_SLOTS]; /* nobody waits for their answer any more */
	bool was_stopped;                /* when it was asked last */
	bool dead;
	bool lost_told;          /* what it had not answered when it died is dealt with */
	bool reaped;             /* its number may be another's now */
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

/* One that has not begun does now. Where it cannot it is dead, and tells why. */
void process_begin(struct process *process);

/*
 * The status of a child of this process that has ended, which is gone then. False: it is none, or
 * this one cannot be asked.
 */
bool process_reap(struct process *process, pid_t child, int *status);

/* family.c: */

struct family *family_new(struct error *err);
void family_join(struct family *family, struct process *process, int index);

/* The last one to leave frees it. */
void family_leave(struct process *process);

/* A dead one gives its channel back as soon as nothing more can come of it. */
void family_part(struct process *process);

/* Where the first one lives alone again, its sockets tell of its end. */
void family_of_one(struct family *family);
void process_forget_end(struct process *process);

/* Whether a fork can be, and in *INDEX the channel for it. Returns 0, or -1 with ERR set. */
int family_prepare(struct process *process, int *index, struct error *err);
void family_give_back(struct family *family, int index);

/* A process that has begun in a channel whose fork nobody answered: it ends, too. */
void family_end_unknown(struct family *family, int index);

/* A child that was killed since nothing can be known of it: its channel is free once it is gone. */
void family_end(struct process *parent, pid_t child, int index);

/* How it ended, in `status`; its end is waited for. */
void family_reap(struct process *process);

/* LEN bytes of the large room, NULL where there are not as many; they are the request's. */
unsigned char *family_room(struct family *family, const struct request *request, size_t len);
void family_empty(struct family *family, const struct request *request);

#endif
