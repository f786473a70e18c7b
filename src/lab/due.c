/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/due.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/grow.h"

static bool is_before(const struct due_node *a, const struct due_node *b)
{
	return a->at_us < b->at_us || (a->at_us == b->at_us && a->order < b->order);
}

static void put(struct due *due, size_t index, struct due_node *node)
{
	due->heap[index] = node;
	node->index = index;
}

static void move_up(struct due *due, size_t index, struct due_node *node)
{
	while (index && is_before(node, due->heap[(index - 1) / 2])) {
		put(due, index, due->heap[(index - 1) / 2]);
		index = (index - 1) / 2;
	}
	put(due, index, node);
}

static void move_down(struct due *due, size_t index, struct due_node *node)
{
	size_t child;

	while ((child = 2 * index + 1) < due->count) {
		if (child + 1 < due->count && is_before(due->heap[child + 1], due->heap[child]))
			child++;
		if (!is_before(due->heap[child], node))
			break;
		put(due, index, due->heap[child]);
		index = child;
	}
	put(due, index, node);
}

int due_add(struct due *due, struct due_node *node, long at_us)
{
	if (grow(&due->heap, &due->cap, due->count, sizeof(*due->heap)) < 0)
		return -1;
	node->at_us = at_us;
	node->order = due->order++;
	move_up(due, due->count++, node);
	return 0;
}

void due_remove(struct due *due, struct due_node *node)
{
	struct due_node *last = due->heap[--due->count];

	if (last == node)
		return;
	if (is_before(last, node))
		move_up(due, node->index, last);
	else
		move_down(due, node->index, last);
}

struct due_node *due_first(const struct due *due)
{
	return due->count ? due->heap[0] : NULL;
}

void due_free(struct due *due)
{
	free(due->heap);
	*due = (struct due){0};
}
