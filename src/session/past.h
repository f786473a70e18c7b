/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_PAST_H
#define SOCKSTEP_SESSION_PAST_H

#include "session/state.h"

/*
 * Calls of the learner's own that the kernel does not remember, and that an explanation may speak
 * of: when a connection was begun, what was sent last, that the sending direction was ended here.
 */

/* A call has returned, and is explained already. */
void past_returned(struct session *session, const struct job *job);

/* A call waits. */
void past_waits(struct session *session, const struct job *job);

void past_free(struct known *known);

#endif
