/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/map.h"

#include <stdlib.h>

struct map_slot {
	uint64_t key; /* 0: free */
	void *value;
};

static size_t map_home(const struct map *map, uint64_t key)
{
	return (size_t)((key * 0x9e3779b97f4a7c15ULL) >> 32) & (map->cap - 1);
}

static struct map_slot *map_slot(const struct map *map, uint64_t key)
{
	size_t i = map_home(map, key);

	while (map->slots[i].key && map->slots[i].key != key)
		i = (i + 1) & (map->cap - 1);
	return &map->slots[i];
}

static int map_grow(struct map *map)
{
	struct map bigger = {.cap = map->cap ? map->cap * 2 : 64, .count = map->count};
	size_t i;

	bigger.slots = calloc(bigger.cap, sizeof(*bigger.slots));
	if (!bigger.slots)
		return -1;
	for (i = 0; i < map->cap; i++)
		if (map->slots[i].key)
			*map_slot(&bigger, map->slots[i].key) = map->slots[i];
	free(map->slots);
	*map = bigger;
	return 0;
}

void *map_get(const struct map *map, uint64_t key)
{
	if (!map->count || !key)
		return NULL;
	return map_slot(map, key)->value;
}

int map_put(struct map *map, uint64_t key, void *value)
{
	struct map_slot *slot;

	if (!key)
		return -1;
	if (map->count * 4 >= map->cap * 3 && map_grow(map) < 0)
		return -1;
	slot = map_slot(map, key);
	if (!slot->key)
		map->count++;
	slot->key = key;
	slot->value = value;
	return 0;
}

void map_remove(struct map *map, uint64_t key)
{
	struct map_slot *hole;
	size_t i;

	if (!map->count || !key)
		return;
	hole = map_slot(map, key);
	if (!hole->key)
		return;
	map->count--;
	*hole = (struct map_slot){0};
	/* Linear probing: whatever follows the hole may have wanted to stand in it. */
	for (i = (size_t)(hole - map->slots + 1) & (map->cap - 1); map->slots[i].key;
	     i = (i + 1) & (map->cap - 1)) {
		struct map_slot moved = map->slots[i];

		map->slots[i] = (struct map_slot){0};
		*map_slot(map, moved.key) = moved;
	}
}

void map_free(struct map *map)
{
	free(map->slots);
	*map = (struct map){0};
}
