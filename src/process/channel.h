/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_PROCESS_CHANNEL_H
#define SOCKSTEP_PROCESS_CHANNEL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "process/frame.h"

/*
 * How the explorer and one process talk: requests stand in memory that both share, mapped before
 * the fork and so at the same address in both, and a pair of SOCK_SEQPACKET sockets carries the
 * number of a request there and, once it is answered, back. No descriptor ever travels, since it
 * would take the lowest free number away from the user.
 *
 * A request is the explorer's until its number is sent, the process's until it comes back.
 */
#define CHANNEL_CALLS 256                  /* that may wait at once */
#define CHANNEL_SLOTS (CHANNEL_CALLS + 1)  /* so that descriptors can be read even then */
#define CHANNEL_ROOM  (32 * 1024)          /* bytes of arguments that fit in a slot */
#define CHANNEL_LARGE (256L * 1024 * 1024) /* for those that do not; all requests together */

enum request_kind {
	REQUEST_CALL, /* make the call, then read its descriptors */
	REQUEST_READ, /* only read the descriptors in `frame.read` */
	REQUEST_LIST, /* the open descriptors, as int in argument 0 */
};

enum request_phase {
	REQUEST_FREE,
	REQUEST_SENT,
	REQUEST_IN_CALL,
	REQUEST_AFTER, /* the call returned; its answer is on the way */
};

struct request {
	enum request_kind kind;
	uint32_t id;
	_Atomic int phase;
	_Atomic pid_t tid; /* of the thread that makes the call */
	bool no_thread;    /* there was no thread left to listen: the call was not made */
	struct frame frame;
	unsigned char room[CHANNEL_ROOM];
};

struct channel {
	int explorer, process; /* the two ends; -1 where closed */
	struct request *slots; /* CHANNEL_SLOTS */
	unsigned char *large;  /* CHANNEL_LARGE bytes */
};

/* Returns 0, or -1 with errno set and nothing left behind. */
int channel_open(struct channel *channel);
void channel_close(struct channel *channel);

#endif
