/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_PATH_H
#define SOCKSTEP_SESSION_PATH_H

#include <stdbool.h>
#include <stdint.h>

#include "session/step.h"

/*
 * The states of a TCP endpoint as they were read from the kernel, in the order of the readings: at
 * each step and, in the lab, before and after each packet. What it passed between two readings is
 * not there.
 */

#define PATH_MOST 24

enum path_mark {
	PATH_OPEN = 1,   /* a descriptor led to it */
	PATH_SHUT = 2,   /* its sending direction had been shut down here */
	PATH_GONE = 4,   /* the kernel had nothing of it any more: CLOSED (RFC 9293, 3.3.2) */
	PATH_RESET = 8,  /* and by a reset (RST), as a packet or the call that closed it tells */
	PATH_EARLY = 16, /* and it had been TIME-WAIT, whose time had not passed */
};

struct path_point {
	uint8_t state; /* enum endpoint_state */
	uint8_t marks;
	uint16_t error;  /* errno of the call with whose step it was read; 0: none */
	uint32_t packet; /* around which it was read; 0: at a step */
};

struct path {
	struct path_point at[PATH_MOST];
	uint8_t count;
	bool cut;      /* there were more before the first one */
	bool child;    /* the kernel made it of a SYN to a listener, which goes on to listen */
	bool met;      /* its other end is such a child: it did not open at the same time */
	bool twin;     /* the connection has become a TIME-WAIT beside its open descriptor */
	long until_us; /* when TIME-WAIT will have lasted its time, by now_us(); 0 */
};

/* An endpoint of the session with its path. Its strings live as long as the session. */
struct traced {
	const char *process;
	const char *host; /* NULL outside the lab */
	const char *name; /* until the next call; NULL */
	int fd;           /* -1: none */
	int closed_fd;    /* that it had, or of whose socket it is the TIME-WAIT; -1 */
	int queue_of;     /* the listener in whose accept queue it waits; -1 */
	bool gone;        /* the kernel has it no longer */
	enum endpoint_state state;
	struct address local, peer; /* len 0: none */
	struct path path;
};

#endif
