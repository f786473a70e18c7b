/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_LAB_DUE_H
#define SOCKSTEP_LAB_DUE_H

#include <stddef.h>
#include <stdint.h>

/*
 * What is to happen at a time, the earliest first; of several at once, the one that was added
 * first. All zero is an empty one. To add and to remove takes a time that grows with the logarithm
 * of how many there are.
 */
struct due_node {
	long at_us; /* by the caller's clock */
	uint64_t order;
	size_t index;
};

struct due {
	struct due_node **heap;
	size_t count, cap;
	uint64_t order;
};

/* NODE is the caller's, and stays where it is. Returns 0, or -1 when out of memory. */
int due_add(struct due *due, struct due_node *node, long at_us);
void due_remove(struct due *due, struct due_node *node);

/* NULL: there is none. */
struct due_node *due_first(const struct due *due);
void due_free(struct due *due);

#endif
