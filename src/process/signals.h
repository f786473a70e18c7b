/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_PROCESS_SIGNALS_H
#define SOCKSTEP_PROCESS_SIGNALS_H

#include <signal.h>

#include "process/channel.h"

/*
 * Signals in a process of the session, as in a program that has a handler for them, installed with
 * SA_RESTART as signal() does: those that sockets send (SIGURG, SIGIO, whatever F_SETSIG names of
 * SIGUSR1, SIGUSR2 and the real-time ones), and SIGPIPE. Each is noted for the explorer, and
 * interrupts one waiting call, the one that has waited longest.
 *
 * All functions are for the process alone.
 */

/*
 * Right after the fork, with all signals blocked: takes none of the explorer's handlers along. FD
 * is the process's end of the channel, which lives as long as the process.
 */
void signals_start(struct channel *channel, int fd);

/* What SIGPIPE does from now on. Returns 0, or -1 with errno set. */
int signals_set_pipe(enum signals_pipe pipe);

/*
 * Around a call, where sockets may send signals: those that come in between are noted by the thread
 * that made it, before its answer is sent.
 */
void signals_before_call(void);
void signals_after_call(const struct request *request);

/*
 * From now on these signals are blocked in the process, as sigprocmask(2) does it in a program of
 * one thread: they stay pending, and a signalfd finds them. Not SIGINT, by which calls are
 * interrupted, nor SIGPIPE. Returns 0, or -1 with errno set.
 */
int signals_keep(const sigset_t *set);

/* At the beginning of each call, in the thread that makes it. */
void signals_block_kept(void);

/*
 * What a call may be given as its signal mask (ppoll() and the like) where ASKED was asked for: a
 * learner must be able to interrupt it, so SIGINT is never blocked; and signals that other threads
 * take do not end a call that blocks some.
 */
void signals_mask(const sigset_t *asked, sigset_t *made);

#endif
