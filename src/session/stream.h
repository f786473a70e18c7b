/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_STREAM_H
#define SOCKSTEP_SESSION_STREAM_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Where the bytes in a receive queue came from: the ends of the sends that put them there. No
 * kernel keeps them, since a stream has no boundaries; the session knows those that it made. All
 * zero is an empty one.
 */

#define STREAM_SENDS 32

struct stream {
	uint64_t sent, taken; /* bytes, from the beginning */
	uint64_t *ends; /* of the sends that are not taken whole; a ring, owned; NULL: none yet */
	unsigned first, count;
	bool lost; /* more came than is known, or than there is room for */
};

/*
 * A send of LEN bytes (at least one) has gone to this stream. Returns 0, or -1 when out of memory:
 * where it ends is lost.
 */
int stream_sent(struct stream *stream, uint64_t len);

/* LEN bytes (at least one) are taken. Returns how many sends they are from; 0: not known. */
unsigned stream_taken(struct stream *stream, uint64_t len);

void stream_free(struct stream *stream);

#endif
