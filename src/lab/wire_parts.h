/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_LAB_WIRE_PARTS_H
#define SOCKSTEP_LAB_WIRE_PARTS_H

#include "lab/wire.h"

/* Between wire.c, where packets are on their way, and wire_past.c, which knows all by number. */

/* Returns 0, or -1 when out of memory. */
int wire_past_init(struct wire *wire);
void wire_past_free(struct wire *wire);

/* With the next number, and found by it. NULL when out of memory. */
struct wire_packet *wire_new_packet(struct wire *wire, const struct packet *head, const void *bytes,
				    size_t len);

/* It has left the wire: it is remembered, and the oldest forgotten where that is needed. */
void wire_remember(struct wire *wire, struct wire_packet *packet);

void wire_free_packet(struct wire_packet *packet);

#endif
