/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_PARTS_H
#define SOCKSTEP_REPORT_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/out.h"
#include "session/step.h"

/* What the renderers say in the same way about an endpoint. */

/* Its address; NULL where it has none: not told, a wildcard without a port, an unnamed one. */
const struct address *parts_local(const struct endpoint *endpoint);
const struct address *parts_peer(const struct endpoint *endpoint);

/* none, read, write, both: by the bits of `shutdown`. */
const char *parts_shutdown(unsigned bits);
const char *parts_role(enum shown_role role);

/* off, retransmit, keepalive … : names_timer_word. */
void parts_timer_kind(struct buf *out, int kind);

/*
 * "time-wait 60 s, 2 retransmits". Whole seconds, rounded up, so that two runs print the same.
 * Nothing for a timer that is off.
 */
void parts_timer(struct buf *out, const struct endpoint_timer *timer);

/*
 * " 2 s": rounded so that a second, or a minute, that has just begun reads the same on every run;
 * the kernel's usual 200 ms are far from both bounds.
 */
void parts_seconds(struct buf *out, uint32_t ms);

/* r, w, x, rw, hup, err: what poll(2) says; nothing where it was not asked or says nothing. */
void parts_ready(struct buf *out, const struct endpoint *endpoint);

/* "main:5" */
void parts_descriptor(struct buf *out, const char *process, int fd);

/* Why it has no descriptor, or lost it in this step; nothing for one that has it. */
void parts_note(struct buf *out, const struct shown *shown);

/* The kernel counts a FIN that has arrived as a byte until recv() has returned 0. */
bool parts_fin_arrived(const struct endpoint *endpoint);

/*
 * Where the kernel tells the memory that the data takes up, with its overhead, in place of bytes:
 * what datagram sockets hold, and what UNIX sockets have sent (sk_rmem_alloc, sk_wmem_alloc).
 * FIELD is that of a queue.
 */
bool parts_counts_memory(const struct endpoint *endpoint, uint32_t field);

void parts_number(struct out *out, int64_t value);

/* Columns that text takes on OUT once it is escaped. */
size_t parts_width(const struct out *out, const char *text, size_t len);

/* What `wire` says of loopback: whether it is shown, or what would allow it. */
void parts_loopback(struct buf *out, const struct shown_loopback *loopback);

#endif
