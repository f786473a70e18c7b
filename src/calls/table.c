/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "calls/records.h"

/* In the order in which a learner meets them; help and completion list them so. */
const struct call *const calls[] = {
	&call_socket,         &call_socketpair,
	&call_bind,           &call_listen,
	&call_accept,         &call_accept4,
	&call_connect,        &call_send,
	&call_sendto,         &call_recv,
	&call_recvfrom,       &call_read,
	&call_write,          &call_readv,
	&call_writev,         &call_sendmsg,
	&call_recvmsg,        &call_shutdown,
	&call_close,          &call_getsockname,
	&call_getpeername,    &call_getsockopt,
	&call_setsockopt,     &call_fcntl,
	&call_ioctl,          &call_dup,
	&call_dup2,           &call_dup3,
	&call_poll,           &call_ppoll,
	&call_select,         &call_pselect,
	&call_epoll_create1,  &call_epoll_ctl,
	&call_epoll_wait,     &call_epoll_pwait,
	&call_epoll_pwait2,   &call_pipe,
	&call_pipe2,          &call_eventfd,
	&call_timerfd_create, &call_timerfd_settime,
	&call_signalfd,       &call_fork,
	&call_exit,           &call_getrlimit,
	&call_setrlimit,      NULL,
};

const size_t calls_count = COUNT_OF(calls) - 1;
