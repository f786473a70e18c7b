/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_LOOPBACK_H
#define SOCKSTEP_SESSION_LOOPBACK_H

#include "lab/tap.h"
#include "session/state.h"

/*
 * What goes over loopback, where somebody asked for it: of the machine's own network (or the
 * private one), and of each host of the lab. The kernel delivers at once there, so that packets can
 * be seen and not held, and states can be read after all of them alone.
 *
 * On a network that others use, too, a packet is shown if one of its ends is a socket that the
 * session knows: the kernel is asked whose the addresses are.
 */
struct watched;

struct loopback {
	bool on;
	struct watched *list[HOSTS_MOST + 1]; /* in the order in which they came */
	int count;
	unsigned long seen, lost; /* shown so far; that the kernel found no room for */
};

/*
 * Begins or ends to watch, wherever that is allowed. Returns 0, or -1 with ERR set where it is
 * nowhere; *FORBIDDEN says that the user may not.
 */
int loopback_set(struct session *session, bool on, bool *forbidden, struct error *err);

/* Watches that of a new host as well, where it is on. */
void loopback_add_host(struct session *session, const struct host *host);

/* A call is about to be made: what it will cause is not to be missed. */
void loopback_expect(struct session *session, const struct job *job);

/* Puts what has passed on the step's list. To be called when all else of the step was read. */
void loopback_drain(struct session *session);

/* Descriptors that become readable when something passes: at most ROOM; returns how many. */
size_t loopback_poll_fds(const struct loopback *loopback, int *fds, size_t room);
void loopback_free(struct loopback *loopback);

#endif
