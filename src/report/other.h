/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_OTHER_H
#define SOCKSTEP_REPORT_OTHER_H

#include "base/out.h"
#include "report/emit.h"
#include "session/step.h"

/* What is told of descriptors that are no sockets: epoll sets, eventfds, timerfds, signalfds. */

/* "watches 3: EPOLLIN, 4: EPOLLIN|EPOLLET", "count 3" …; nothing where nothing is told. */
void other_note(struct buf *out, const struct shown *shown);

/* "SIGUSR1, SIGIO" with BETWEEN ", ": bit N - 1 is signal N. */
void other_signals(struct buf *out, uint64_t signals, const char *between);

/* The descriptors of an epoll set as a table, each with how it is now, if that was asked. */
void other_watches(struct out *out, const struct shown *shown);

/* The same as an array. */
void other_watches_json(struct emit *emit, const struct shown *shown);

#endif
