/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_MONKEY_LINES_H
#define SOCKSTEP_TESTS_MONKEY_LINES_H

#include <stdint.h>

#include "base/buf.h"

/*
 * Random lines that sockstep can read: every call and verb of its tables, in both spellings, with
 * arguments of their kinds. The same seed makes the same lines. What they ask for stays on
 * loopback, does not wait for ever where calls have a timeout, and signals nobody but the
 * session's own processes.
 */
struct lines {
	uint64_t state;
	unsigned long invalid; /* tries that sockstep would have refused, and which were dropped */
	const char *stuck;     /* a record of which no try was ever good; NULL: none */
};

void lines_seed(struct lines *lines, uint64_t seed);

/* A number below COUNT. */
unsigned lines_pick(struct lines *lines, unsigned count);

/* Adds a line and its newline. */
void lines_add(struct lines *lines, struct buf *out);

/* The files that lines name: script I of them and its content; false past the last. */
bool lines_file(struct lines *lines, unsigned index, struct buf *name, struct buf *content);

#endif
