/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_LADDER_H
#define SOCKSTEP_REPORT_LADDER_H

#include "base/buf.h"
#include "base/out.h"
#include "session/step.h"

/*
 * What the wire carried, drawn between the ends that it went between. None of these flushes.
 *
 * Two ends have a column at either side, with their states. Of more, each host has a column, in the
 * order in which they were made: with the states in it where the terminal is wide enough, else with
 * the words behind the picture or below it. Below LADDER_LEAST columns it is a list.
 */

#define LADDER_LEAST 60

/* "SYN,ACK seq=0 ack=1", "UDP len=5", "ICMP port unreachable": what stands on an arrow. */
void ladder_label(struct buf *out, const struct shown_packet *packet);

/* The packets of a step, in their order, and that there were UNTOLD more. */
void ladder_put(struct out *out, const struct shown_packet *list, size_t count,
		unsigned long untold);

/* What was seen of a connection, or of all, below the commands that caused it. */
void ladder_put_all(struct out *out, const struct shown_ladder *shown);

#endif
