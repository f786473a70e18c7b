/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_PASSED_H
#define SOCKSTEP_SESSION_PASSED_H

#include "session/state.h"

/*
 * Descriptors that messages carry (SCM_RIGHTS). From sendmsg until recvmsg one is in flight: it is
 * open, and nobody's. The kernel tells of each UNIX socket how many wait in its receive queue
 * (scm_fds in /proc/PID/fdinfo); not which.
 */

/* A call has returned that sent some, or has received some: those are told of, too. */
void passed_note(struct session *session, const struct job *job);

/* The first one that a call has received; -1: none. */
int passed_first(const struct job *job);

/* A UNIX socket of the session that has such in its queue, and how many; NULL: none has. */
const struct known *passed_holder(struct session *session, unsigned *count);

/* Whether a socket that has lost its last descriptor here may be in flight. */
bool passed_lives(struct session *session, const struct known *known);

#endif
