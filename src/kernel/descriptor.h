/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_KERNEL_DESCRIPTOR_H
#define SOCKSTEP_KERNEL_DESCRIPTOR_H

#include <stdbool.h>

#include "kernel/endpoint.h"

/*
 * What a descriptor itself can tell about its socket: getsockopt (SO_DOMAIN, SO_TYPE,
 * SO_PROTOCOL, SO_COOKIE, SO_ACCEPTCONN, SO_BINDTOIFINDEX, TCP_INFO, TCP_QUICKACK), getsockname,
 * getpeername, fstat, fcntl, poll, FIONREAD, SIOCOUTQ; of others fstat, fcntl, poll and readlink.
 * SO_ERROR is never read: reading consumes it.
 * Runs in the process that owns the descriptor. A plain value, so that it can be sent.
 */
struct descriptor {
	int fd;
	bool open;     /* not known where endpoint.failure is set and this is not */
	bool socket;   /* else `what` says what it is */
	char what[24]; /* "file", "pipe", "epoll", "eventfd", "character device" … */
	struct endpoint endpoint;
};

void descriptor_read(int fd, struct descriptor *out);

/* What stays the same in the life of a socket. */
struct descriptor_identity {
	uint64_t cookie; /* 0: not known yet */
	int family, type, protocol;
	ino_t inode;
	uid_t uid;
};

/*
 * The same with half of the system calls, for the step of a call: without the descriptor's flags;
 * of TCP without the queues, which sock_diag tells. IDENTITY is that of the descriptor's last
 * socket, and becomes that of its present one.
 */
void descriptor_glance(int fd, struct descriptor_identity *identity, struct descriptor *out);

/*
 * The open descriptors of the calling process from FROM on and below LIMIT, in order: fills at most
 * ROOM, returns how many there are. Tries every number, so not for the step of a call.
 */
int descriptor_list(int from, int limit, int *fds, int room);

#endif
