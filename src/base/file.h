/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_BASE_FILE_H
#define SOCKSTEP_BASE_FILE_H

#include <stddef.h>
#include <sys/types.h>

/*
 * read(2) and write(2) until all is done: they may do less than they were asked to, and a signal
 * may interrupt them. For files and for what blocks; a terminal's rules are those of base/out.h.
 */

/* As much as fits, or as there is. Returns how much, or -1 with errno set. */
ssize_t file_read(int fd, void *to, size_t room);

/* Returns 0, or -1 with errno set; part of it may have been written then. */
int file_write(int fd, const void *from, size_t len);

#endif
