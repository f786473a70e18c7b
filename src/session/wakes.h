/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_WAKES_H
#define SOCKSTEP_SESSION_WAKES_H

#include "session/state.h"

/*
 * Which of the calls that wait may have been woken. To ask of each thread whether it sleeps takes
 * the longer, the more there are. Where a call waits for a socket to become readable, the kernel is
 * asked to tell of that (epoll(7), edge-triggered, on a copy of the descriptor: pidfd_getfd(2)),
 * and until it does the call is calm. All others are restless, and looked at each time. So are a
 * few in any case: the kernel does not tell of what a thread has already taken when it is asked.
 */

/* Of many that are restless, those that sleep, and can be watched, become calm. */
void wakes_calm(struct session *session);

/*
 * Those become restless that something has happened to since. Answers of calm ones are taken.
 * Returns whether there was anything. AGAIN: there was nothing just before, when the threads were
 * given way.
 */
bool wakes_look(struct session *session, bool again);

/* A job that waits is among the restless; one that does not any more is among none. */
void wakes_add(struct session *session, struct job *job);
void wakes_remove(struct session *session, struct job *job);

void wakes_free(struct session *session);

#endif
