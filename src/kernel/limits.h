/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_KERNEL_LIMITS_H
#define SOCKSTEP_KERNEL_LIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/failure.h"

/*
 * All tell in FAILURE (NULL is let pass) of a call that failed for another reason than that there
 * is nothing to be read, or nothing for this user.
 */

/* The text of a short file, cut to ROOM, without the newline at its end. Returns 0 or -1. */
int limits_text(const char *path, char *text, size_t room, struct failure *failure);

/* A number from a one-number file such as /proc/sys/net/core/somaxconn; false where it fails. */
bool limits_number(const char *path, long *value, struct failure *failure);

/* COUNT numbers from a file such as /proc/sys/net/ipv4/ip_local_port_range, which has no more. */
bool limits_numbers(const char *path, long *values, int count, struct failure *failure);

/* The capabilities that a process has in force (capabilities(7)): a bit for each. */
bool limits_capabilities(pid_t pid, uint64_t *out, struct failure *failure);

#endif
