/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_ENDPOINTS_H
#define SOCKSTEP_SESSION_ENDPOINTS_H

#include "session/state.h"

/*
 * Which endpoints a step concerns, and what the kernel holds of them: the one it touched, its
 * peer, its listener, what waits in that listener's queue, and its ghosts. Found by exact
 * look-ups.
 */

/* Forgets the step before and begins another. */
void endpoints_begin(struct session *session);

/*
 * What a descriptor told: opened, closed, taken over by another socket. It is touched by the
 * step.
 */
void endpoints_told(struct session *session, struct owner *owner, const struct descriptor *told);

/* From what was touched to all that is concerned. ADDRESS: where a datagram was sent, or a
 * connection was asked for; NULL: nowhere. May be called again, when time has passed. */
/* For a packet: what HOST has under these addresses, and the listener of what waits there. */
void endpoints_concern_pair(struct session *session, const struct host *host, int protocol,
			    const struct address *local, const struct address *peer);
void endpoints_collect(struct session *session, const struct address *address);

/*
 * Reads a descriptor of the current process, and what it concerns, as if it had been touched.
 * Returns 0, or -1 with ERR set: it is not open, or cannot be read.
 */
int endpoints_touch(struct session *session, int fd, struct error *err);

/* The concerned ones as `struct shown`, in order: what changed and what was touched. */
void endpoints_list(struct session *session);

/* All that is known, read anew, as `struct shown`. */
void endpoints_list_all(struct session *session);

/* What was shown becomes what it was; what is gone is forgotten. */
void endpoints_commit(struct session *session);

/* A process died: its descriptors are closed. Its endpoints are touched. */
void endpoints_bury(struct session *session, struct owner *owner);

struct known *endpoints_of_fd(const struct owner *owner, int fd);
void endpoints_free(struct session *session);

#endif
