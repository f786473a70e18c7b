/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_PLACE_H
#define SOCKSTEP_TUTORIAL_PLACE_H

#include <stddef.h>

/* An empty directory for one page, below $TMPDIR. PATH has room for SIZE bytes. Returns 0, or -1
 * with errno set. */
int place_make(char *path, size_t size);

/* With all that is in it. */
void place_remove(const char *path);

#endif
