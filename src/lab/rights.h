/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_LAB_RIGHTS_H
#define SOCKSTEP_LAB_RIGHTS_H

#include <stddef.h>
#include <sys/types.h>

/*
 * Descriptors that one process hands to another over a socket (unix(7), SCM_RIGHTS), RIGHTS_MOST at
 * most, along with a message. What is received is close-on-exec and the receiver's to close.
 */
#define RIGHTS_MOST 64

/* Returns 0, or -1 with errno set. */
int rights_send(int socket, const void *message, size_t len, const int *fds, int count);

/* Returns the bytes of the message, LEN at most; 0: the other end has gone; -1 with errno set. */
ssize_t rights_receive(int socket, void *message, size_t len, int *fds, int *count);

#endif
