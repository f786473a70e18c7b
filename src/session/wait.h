/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_WAIT_H
#define SOCKSTEP_SESSION_WAIT_H

#include "session/state.h"

/* Waiting for calls that have not returned, and ending that: for the steps that they are part of.
 */

/*
 * Interrupts a call until it is answered. Returns -1 where no signal can be sent, which the
 * session's failure tells, or none ends the call, or the process is stopped, so that none is seen.
 */
int wait_interrupt(struct session *session, struct job *job);

#endif
