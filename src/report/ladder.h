/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_LADDER_H
#define SOCKSTEP_REPORT_LADDER_H

#include "base/buf.h"
#include "base/out.h"
#include "session/step.h"

/* What the wire carried, between the two ends that it went between. None of these flushes. */

/* "SYN,ACK seq=0 ack=1", "UDP len=5", "ICMP port unreachable": what stands on an arrow. */
void ladder_label(struct buf *out, const struct shown_packet *packet);

/*
 * The packets of a step, in their order. The host that was made first is on the left; where two
 * connections follow each other, each has its own heading of addresses.
 */
void ladder_put(struct out *out, const struct shown_packet *list, size_t count,
		unsigned long untold);

#endif
