/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_CALLS_ANSWERS_H
#define SOCKSTEP_CALLS_ANSWERS_H

#include <netdb.h>

#include "calls/call.h"

/*
 * What getaddrinfo() has answered, as it travels between processes: one piece behind the other, in
 * the order in which the C library gave them.
 */

/* Room for all that a name server can say in one answer, and more. */
#define ANSWERS_ROOM ((size_t)1024 * 1024)

struct answer {
	int family, type, protocol;
	struct address address;
	const char *canonical; /* in what it was read from; NULL: none */
};

/* Fills BYTES, SIZE of them at most; returns how many are filled. */
size_t answers_keep(const struct addrinfo *list, void *bytes, size_t size);

/* The next one; AT is 0 before the first. False at the end, and for whatever is no answer. */
bool answers_next(const struct value *value, size_t *at, struct answer *out);

/* The value with them; NULL: another call, or one that has failed. */
const struct value *answers_of(const struct call *call, const struct value *values, long result);

#endif
