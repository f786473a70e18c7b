/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_BASE_FEED_H
#define SOCKSTEP_BASE_FEED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * The lines of a descriptor, whose reader may have other things to wait for: reading and taking a
 * line are two things. FD is borrowed.
 */
struct feed {
	int fd;
	struct buf buf;
	size_t at;      /* where the next line begins */
	size_t scanned; /* up to here there is no end of a line */
	bool ended;
};

void feed_open(struct feed *feed, int fd);
void feed_free(struct feed *feed);

/*
 * The next line without its "\n", the last with or without one. It is valid until feed_read().
 * False: there is no whole line yet, or no more.
 */
bool feed_take(struct feed *feed, const char **text, size_t *len);

/* Reads more, which may block. Returns 1, 0 at the end, -1 with errno set. */
int feed_read(struct feed *feed);

#endif
