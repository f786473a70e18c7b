/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_CALLS_READY_H
#define SOCKSTEP_CALLS_READY_H

#include <stdint.h>
#include <sys/select.h>

#include "calls/call.h"

/* Which descriptors a call that waits for several of them has found ready, and for what. */

/* A set of select(): the bytes of its value. */
struct ready_sets {
	fd_set now;   /* what the kernel reads, then what it has left there */
	fd_set asked; /* as it was given */
};

struct ready {
	int fd;        /* of epoll: who put it there has said so (data.fd); -1: data is no such */
	long events;   /* by the names of ready_names() */
	uint64_t data; /* of epoll */
};

/* The names of the events that the call tells of: of poll, select or epoll; NULL: it tells of none.
 */
const struct names *ready_names(const struct call *call);

/*
 * Of a call that returned RESULT: the ready ones from number INDEX, 0, on; false past the last.
 * PLACE is 0 at first, and the list's own.
 */
bool ready_next(const struct call *call, const struct value *values, long result, size_t *place,
		struct ready *out);

#endif
