/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_SETTLE_H
#define SOCKSTEP_SESSION_SETTLE_H

#include "session/state.h"

/*
 * Settling: after a call, waiting until all that it caused has happened, so that a session looks
 * the same on every run.
 */

/*
 * Takes the answers that have come: their jobs move from `jobs` to `done`. Waits TIMEOUT_US at
 * most for the first one of OWNER's (0: not at all; -1: for ever). Returns false when OWNER died.
 */
bool settle_take(struct session *session, struct owner *owner, long timeout_us);

/* Until every thread that waits for the kernel is asleep there, and every answer is taken. */
void settle_threads(struct session *session);

/*
 * Whether an endpoint that was just read still waits for what will come soon: an acknowledgement
 * from an endpoint of the session. False for what cannot come, or may take its time: a full
 * window, an unanswered SYN, a segment that was lost.
 */
bool settle_pending(const struct session *session, const struct known *known);

/* A short wait between two looks; true when SINCE_US (0 at first) has become too long. */
bool settle_pause(struct session *session, long *since_us);

/* After a call that changes what groups a host is in: until the host has reported it. */
void settle_reports(struct session *session, const struct job *job);

/*
 * Whether the thread of a job sleeps in its call. Where that cannot be read it is taken to sleep,
 * and the session's failure says so.
 */
bool settle_asleep(struct session *session, const struct job *job);

#endif
