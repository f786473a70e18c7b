/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_SEEN_H
#define SOCKSTEP_SESSION_SEEN_H

#include "session/step.h"

/*
 * What was told of packets, with the states that the kernel told at those moments, so that a ladder
 * can be drawn of a whole connection. The oldest is forgotten for each that is too many.
 */

#define SEEN_MOST 4096

struct moment;

struct seen_moments {
	struct moment *moments; /* a ring once it is full; without the packets' bytes */
	size_t count, cap;
	size_t next;               /* where the ring goes on, once COUNT is SEEN_MOST */
	size_t unnamed;            /* the youngest, of a step that is still being made */
	unsigned long forgotten;   /* packets of which nothing, or not their coming, is known now */
	struct shown_packet *view; /* as the last ladder was asked for */
	size_t view_count, view_cap;
};

struct session;

/* Remembers one; its bytes are not kept. */
void seen_add(struct session *session, const struct shown_packet *packet);

/* The packet of the youngest such moment has come again. */
void seen_again(struct session *session, const struct shown_packet *packet);

/* What was added since the last step belongs to this one. */
void seen_name(struct session *session, const struct step *step);

/* From the oldest, 0, on; NULL past the last. */
const struct shown_packet *seen_at(const struct seen_moments *seen, size_t index);

/*
 * The state of a socket after the youngest packet that went between these addresses, as the kernel
 * told it then; STATE_NONE: no such packet is remembered.
 */
enum endpoint_state seen_state(const struct session *session, const struct address *local,
			       const struct address *peer);

void seen_free(struct seen_moments *seen);

#endif
