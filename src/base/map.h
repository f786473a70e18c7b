/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_BASE_MAP_H
#define SOCKSTEP_BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

/*
 * A table from 64-bit keys to pointers, which it does not own. All zero is an empty one. Key 0
 * cannot be kept. Look-up, insertion and removal take the same time whatever the size.
 */
struct map {
	struct map_slot *slots;
	size_t cap; /* a power of two, or 0 */
	size_t count;
};

void *map_get(const struct map *map, uint64_t key);

/* Sets or replaces. Returns 0, or -1 when out of memory (or KEY is 0). */
int map_put(struct map *map, uint64_t key, void *value);

/* Forgets KEY; no effect if it is not there. */
void map_remove(struct map *map, uint64_t key);
void map_free(struct map *map);

#endif
