/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_PACKET_FIELDS_H
#define SOCKSTEP_REPORT_PACKET_FIELDS_H

#include "report/emit.h"
#include "session/step.h"

/* The fields of a packet by the names that they have in JSON: one table for JSON and `expect`. */

/*
 * Adds the value as `expect` compares it ("none" where the packet has none). Returns 0, or -1
 * where no field has that name.
 */
int packet_field(struct buf *out, const struct shown_packet *packet, const char *name, size_t len);

/* Names of the fields, in order; NULL past the last. */
const char *packet_field_name(size_t index);

/* "packets": an array with an object for each. */
void packet_fields_json(struct emit *emit, const struct shown_packet *list, size_t count);

/* The multicast groups that a message of IGMP or MLD is about; with TYPES, what it says of each. */
void packet_groups(struct buf *out, const struct shown_packet *packet, bool types);

/* The blocks of a segment's SACK option, relative as ack is: "3-5,7-9". */
void packet_sack(struct buf *out, const struct shown_packet *packet);

/* "dropped by rule 1", "delayed, 50 ms left" */
void packet_fate(struct buf *out, const struct shown_packet *packet);

/* "process", "fd", "forgotten", "packets", "steps": those that caused them. */
void packet_fields_ladder(struct emit *emit, const struct shown_ladder *shown);

/* "SYN,ACK" */
void packet_flags(struct buf *out, unsigned flags);

#endif
