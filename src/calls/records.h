/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_CALLS_RECORDS_H
#define SOCKSTEP_CALLS_RECORDS_H

#include "calls/call.h"

#define ARG_FD                                 \
	{                                      \
		.name = "fd", .kind = &kind_fd \
	}

/*
 * Before a receiving call: so that it can be told what a datagram had, of which only a part was
 * asked for.
 */
void transfer_look_before(struct frame *frame);

/* The records of the calls, for the table alone: everyone else goes through calls_find(). */
extern const struct call call_socket, call_socketpair, call_bind, call_listen, call_accept,
	call_accept4, call_connect, call_getsockname, call_getpeername, call_shutdown;
extern const struct call call_send, call_sendto, call_recv, call_recvfrom, call_read, call_write;
extern const struct call call_readv, call_writev, call_sendmsg, call_recvmsg;
extern const struct call call_sendmmsg, call_recvmmsg;
extern const struct call call_splice, call_tee, call_sockatmark;
extern const struct call call_getsockopt, call_setsockopt;
extern const struct call call_close, call_fcntl, call_ioctl, call_dup, call_dup2, call_dup3,
	call_poll;
extern const struct call call_ppoll, call_select, call_pselect, call_epoll_create1, call_epoll_ctl,
	call_epoll_wait, call_epoll_pwait, call_epoll_pwait2;
extern const struct call call_pipe, call_pipe2, call_eventfd, call_timerfd_create,
	call_timerfd_settime, call_signalfd;
extern const struct call call_htons, call_ntohs, call_htonl, call_ntohl, call_inet_pton,
	call_inet_ntop;
extern const struct call call_sendfile, call_memfd_create, call_lseek;
extern const struct call call_getaddrinfo, call_getnameinfo;
extern const struct call call_fork, call_exit, call_getrlimit, call_setrlimit, call_pidfd_open,
	call_pidfd_getfd;

#endif
