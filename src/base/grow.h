/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_BASE_GROW_H
#define SOCKSTEP_BASE_GROW_H

#include <stddef.h>

/*
 * Room for one more element in an array of its own: `*list` points to elements of SIZE bytes,
 * `*cap` is how many fit. Returns 0, or -1 when memory ran out (the array stays as it was).
 */
int grow(void *list, size_t *cap, size_t count, size_t size);

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
