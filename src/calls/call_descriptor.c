/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "calls/kinds.h"
#include "calls/records.h"

/* The most that an ioctl may copy: _IOC_SIZEBITS is 14. A request that we do not know may fill
 * more than the int that is shown. */
#define IOCTL_ROOM (1 << 14)

/* So that it can be told why a close sent a reset in place of a FIN. */
static void look_before_close(struct frame *frame, int fd)
{
	struct linger linger;
	socklen_t len = sizeof(linger);
	unsigned char state; /* the first byte of struct tcp_info */
	int bytes;

	if (getsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, &len) < 0) {
		failure_note_unless_answer(&frame->failure, "getsockopt");
		return;
	}
	if (linger.l_onoff)
		frame->linger = linger.l_linger;
	if (ioctl(fd, FIONREAD, &bytes) == 0)
		frame->before = bytes;
	else
		failure_note_unless_answer(&frame->failure, "ioctl");
	if (frame->before <= 0 && frame->linger != 0)
		return;
	len = sizeof(state);
	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &state, &len) == 0)
		frame->state = state;
	else
		failure_note_unless_answer(&frame->failure, "getsockopt");
}

static void perform_close(struct frame *frame)
{
	look_before_close(frame, (int)frame->arg[0].number);
	errno = 0;
	frame->result = close((int)frame->arg[0].number);
}

const struct call call_close = {
	.record = {.name = "close",
		   .prototype = "int close(int fd);",
		   .page = "close(2)",
		   .help = "give a descriptor back; the last one ends the connection",
		   .example = "close 4",
		   .args = {ARG_FD}},
	.waits = "waits.close",
	.errors = {EBADF, EDQUOT, EINTR, EIO, ENOSPC},
	.perform = perform_close,
};

static void perform_fcntl(struct frame *frame)
{
	long command = frame->arg[1].number;

	frame->may_signal = command == F_SETOWN || command == F_SETOWN_EX;
	frame->result_is_fd = command == F_DUPFD || command == F_DUPFD_CLOEXEC;
	frame->result = fcntl((int)frame->arg[0].number, (int)command, (int)frame->arg[2].number);
}

const struct call call_fcntl = {
	.record = {.name = "fcntl",
		   .prototype = "int fcntl(int fd, int cmd, ... /* arg */);",
		   .page = "fcntl(2)",
		   .help = "ask for or set a descriptor's flags or owner, or duplicate it",
		   .example = "fcntl 3 F_SETFL O_NONBLOCK",
		   .args = {ARG_FD,
			    {.name = "cmd", .kind = &kind_constant, .names = &names_fcntl},
			    {.name = "arg", .kind = &kind_fcntl_arg, .flags = ARG_OPTIONAL}}},
	.result = RESULT_COUNT,
	.errors = {EACCES, EAGAIN, EBADF, EBUSY, EDEADLK, EFAULT, EINTR, EINVAL, EMFILE, ENOLCK,
		   ENOTDIR, EPERM, ESRCH},
	.perform = perform_fcntl,
};

static void perform_ioctl(struct frame *frame)
{
	union {
		int number;
		char room[IOCTL_ROOM];
	} arg;

	frame->may_signal = frame->arg[1].number == FIOSETOWN || frame->arg[1].number == SIOCSPGRP;
	memset(&arg, 0, sizeof(arg));
	arg.number = (int)frame->arg[2].number;
	frame->result = ioctl((int)frame->arg[0].number, (unsigned long)frame->arg[1].number, &arg);
	frame->arg[2].number = arg.number;
}

const struct call call_ioctl = {
	.record = {.name = "ioctl",
		   .prototype = "int ioctl(int fd, unsigned long request, int *arg);",
		   .page = "ioctl(2)",
		   .help = "ask how many bytes wait, or set a mode",
		   .example = "ioctl 5 FIONREAD",
		   .args = {ARG_FD,
			    {.name = "request", .kind = &kind_constant, .names = &names_ioctl},
			    {.name = "arg", .kind = &kind_ioctl_arg, .flags = ARG_OPTIONAL}}},
	.errors = {EADDRNOTAVAIL, EBADF, EFAULT, EINVAL, ENODEV, ENOENT, ENOTTY, EPERM, ESRCH},
	.perform = perform_ioctl,
};

static void perform_dup(struct frame *frame)
{
	frame->result = dup((int)frame->arg[0].number);
}

const struct call call_dup = {
	.record = {.name = "dup",
		   .prototype = "int dup(int fd);",
		   .page = "dup(2)",
		   .help = "a second descriptor for the same socket",
		   .example = "dup 3",
		   .args = {ARG_FD}},
	.result = RESULT_FD,
	.errors = {EBADF, EMFILE},
	.perform = perform_dup,
};

static void perform_dup2(struct frame *frame)
{
	look_before_close(frame, (int)frame->arg[1].number);
	frame->result = dup2((int)frame->arg[0].number, (int)frame->arg[1].number);
}

const struct call call_dup2 = {
	.record = {.name = "dup2",
		   .prototype = "int dup2(int oldfd, int newfd);",
		   .page = "dup(2)",
		   .help = "a second descriptor with a number of your choice",
		   .example = "dup2 3 7",
		   .args = {{.name = "oldfd", .kind = &kind_fd},
			    {.name = "newfd", .kind = &kind_fd_new}}},
	.result = RESULT_FD,
	.waits = "waits.close", /* newfd is closed first */
	.errors = {EBADF, EBUSY, EINTR, EMFILE},
	.perform = perform_dup2,
};

static void perform_dup3(struct frame *frame)
{
	look_before_close(frame, (int)frame->arg[1].number);
	frame->result = dup3((int)frame->arg[0].number, (int)frame->arg[1].number,
			     (int)frame->arg[2].number);
}

const struct call call_dup3 = {
	.record = {.name = "dup3",
		   .prototype = "int dup3(int oldfd, int newfd, int flags);",
		   .page = "dup(2)",
		   .help = "as dup2, with O_CLOEXEC for the new descriptor",
		   .example = "dup3 3 8 O_CLOEXEC",
		   .args = {{.name = "oldfd", .kind = &kind_fd},
			    {.name = "newfd", .kind = &kind_fd_new},
			    {.name = "flags",
			     .kind = &kind_flags,
			     .names = &names_file_flag,
			     .flags = ARG_OPTIONAL}}},
	.result = RESULT_FD,
	.waits = "waits.close", /* newfd is closed first */
	.errors = {EBADF, EBUSY, EINTR, EINVAL, EMFILE},
	.perform = perform_dup3,
};
