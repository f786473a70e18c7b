/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_KERNEL_OPTION_VALUES_H
#define SOCKSTEP_KERNEL_OPTION_VALUES_H

#include <stddef.h>
#include <stdint.h>

#include "base/failure.h"
#include "names/options.h"

/*
 * The values of all options of a socket, but of those whose reading has an effect or needs a
 * question. Runs in the process that owns the descriptor; what comes out is bytes, so that it can
 * be sent.
 */
struct option_value {
	const struct option *option;
	int error;        /* errno, where it could not be read; else 0 */
	const void *data; /* in the bytes that it was taken from */
	size_t len;
};

/* Bytes that the values of one socket take at most. */
#define OPTION_VALUES_ROOM (15 * 1024)

/* Fills ROOM; returns how many bytes of it. */
size_t option_values_read(int fd, void *room, size_t size);

/*
 * The same of a fresh socket of that family, type and protocol, which no descriptor table but one
 * of its own ever holds. Returns -1 with errno set where none can be made;
 * FAILURE tells of the call.
 */
long option_values_fresh(int family, int type, int protocol, void *room, size_t size,
			 struct failure *failure);

/* The next value of what was filled, from *AT on. Returns false at the end. */
bool option_values_next(const void *bytes, size_t len, size_t *at, struct option_value *out);

#endif
