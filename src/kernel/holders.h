/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_KERNEL_HOLDERS_H
#define SOCKSTEP_KERNEL_HOLDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/failure.h"

/*
 * Which processes of this machine have which sockets: the links in /proc/PID/fd of those that this
 * user may look into (proc(5), ptrace(2): PTRACE_MODE_READ). All tell in FAILURE (NULL is let pass)
 * of a call that failed for another reason than that there is nothing to be read, or nothing for
 * this user.
 */

/* A descriptor of a process that leads to a socket. Returns false to stop. */
typedef bool holders_visit(void *data, pid_t pid, int fd, ino_t inode);

/* Those of one process, in no order. Returns 0, or -1 with errno set. */
int holders_of(pid_t pid, holders_visit *visit, void *data, struct failure *failure);

/* Those of every process, for a bounded time. Returns whether it was told of all. */
bool holders_all(holders_visit *visit, void *data, struct failure *failure);

/* The name of a process's program; "" where it cannot be read. */
void holders_program(pid_t pid, char *program, size_t room, struct failure *failure);

/* The program and the process that hold the socket of an inode; false where none is found. */
bool holders_find(ino_t inode, pid_t *pid, char *program, size_t room, struct failure *failure);

#endif
