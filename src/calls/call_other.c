/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "calls/kinds.h"
#include "calls/records.h"
#include "process/signals.h"

/* Descriptors that are no sockets, and can be waited for along with sockets. */

#define KERNEL_SIGSET 8 /* bytes */

/* clang-format off */
#define ARG_PIPE \
	{.name = "pipefd", .kind = &kind_fd_pair_out, .flags = ARG_C_ONLY}
#define ARG_FLAGS(table) \
	{.name = "flags", .kind = &kind_flags, .names = &(table), .flags = ARG_OPTIONAL}
/* clang-format on */

static void perform_pipe(struct frame *frame)
{
	frame->result = pipe(frame->arg[0].data);
}

const struct call call_pipe = {
	.record = {.name = "pipe",
		   .prototype = "int pipe(int pipefd[2]);",
		   .page = "pipe(2)",
		   .help = "make a pipe: the first descriptor reads what the second one writes",
		   .example = "pipe",
		   .args = {ARG_PIPE}},
	.pair = true,
	.errors = {EFAULT, EMFILE, ENFILE},
	.perform = perform_pipe,
};

static void perform_pipe2(struct frame *frame)
{
	frame->result = pipe2(frame->arg[0].data, (int)frame->arg[1].number);
}

const struct call call_pipe2 = {
	.record = {.name = "pipe2",
		   .prototype = "int pipe2(int pipefd[2], int flags);",
		   .page = "pipe(2)",
		   .help = "as pipe, with flags for both descriptors",
		   .example = "pipe2 O_NONBLOCK",
		   .args = {ARG_PIPE,
			    {.name = "flags",
			     .kind = &kind_flags,
			     .names = &names_file_flag,
			     .flags = ARG_OPTIONAL,
			     .offered = O_NONBLOCK | O_CLOEXEC | O_DIRECT}}},
	.pair = true,
	.errors = {EFAULT, EINVAL, EMFILE, ENFILE},
	.perform = perform_pipe2,
};

static void perform_eventfd(struct frame *frame)
{
	frame->result = eventfd((unsigned)frame->arg[0].number, (int)frame->arg[1].number);
}

const struct call call_eventfd = {
	.record = {.name = "eventfd",
		   .prototype = "int eventfd(unsigned int initval, int flags);",
		   .page = "eventfd(2)",
		   .help = "make a counter that threads and processes wake each other by",
		   .example = "eventfd 0 NONBLOCK",
		   .args = {{.name = "initval",
			     .kind = &kind_number,
			     .flags = ARG_OPTIONAL,
			     .fallback = "0"},
			    ARG_FLAGS(names_eventfd)}},
	.result = RESULT_FD,
	.errors = {EINVAL, EMFILE, ENFILE, ENODEV, ENOMEM},
	.perform = perform_eventfd,
};

static void perform_timerfd_create(struct frame *frame)
{
	frame->result = timerfd_create((clockid_t)frame->arg[0].number, (int)frame->arg[1].number);
}

const struct call call_timerfd_create = {
	.record = {.name = "timerfd_create",
		   .prototype = "int timerfd_create(int clockid, int flags);",
		   .page = "timerfd_create(2)",
		   .help = "make a timer that is a descriptor: it can be read when it has gone off",
		   .example = "timerfd_create",
		   .args = {{.name = "clockid",
			     .kind = &kind_constant,
			     .names = &names_clock,
			     .flags = ARG_OPTIONAL,
			     .fallback = "CLOCK_MONOTONIC"},
			    ARG_FLAGS(names_timerfd)}},
	.result = RESULT_FD,
	.errors = {EINVAL, EMFILE, ENFILE, ENODEV, ENOMEM, EPERM},
	.perform = perform_timerfd_create,
};

static void perform_timerfd_settime(struct frame *frame)
{
	frame->result = timerfd_settime((int)frame->arg[0].number, (int)frame->arg[1].number,
					frame->arg[2].data, frame->arg[3].data);
}

const struct call call_timerfd_settime = {
	.record = {.name = "timerfd_settime",
		   .prototype = "int timerfd_settime(int fd, int flags, "
				"const struct itimerspec *new_value, "
				"struct itimerspec *old_value);",
		   .page = "timerfd_create(2)",
		   .help = "say when a timerfd goes off, and how often; 0 turns it off",
		   .example = "timerfd_settime 3 200ms",
		   .args = {ARG_FD,
			    {.name = "flags",
			     .kind = &kind_flags_named,
			     .names = &names_timerfd_set,
			     .flags = ARG_OPTIONAL},
			    {.name = "new_value", .kind = &kind_itimerspec},
			    {.name = "old_value",
			     .kind = &kind_itimerspec_out,
			     .flags = ARG_C_ONLY}}},
	.errors = {EBADF, ECANCELED, EFAULT, EINVAL},
	.perform = perform_timerfd_settime,
};

static void perform_signalfd(struct frame *frame)
{
	sigset_t mask;

	/* The C library's function must not be given a null pointer; the kernel says what it
	 * thinks of one. */
	if (frame->arg[1].size == sizeof(mask)) {
		memcpy(&mask, frame->arg[1].data, sizeof(mask));
		if (signals_keep(&mask) < 0)
			failure_note(&frame->failure, "sigaction");
	}
	frame->result = syscall(SYS_signalfd4, (int)frame->arg[0].number, frame->arg[1].data,
				(size_t)KERNEL_SIGSET, (int)frame->arg[2].number);
}

const struct call call_signalfd = {
	.record = {.name = "signalfd",
		   .prototype = "int signalfd(int fd, const sigset_t *mask, int flags);",
		   .page = "signalfd(2)",
		   .help = "make a descriptor from which signals can be read",
		   .example = "signalfd [SIGUSR1]",
		   .args = {{.name = "fd", .kind = &kind_fd_or_new, .flags = ARG_OPTIONAL},
			    {.name = "mask", .kind = &kind_sigset},
			    ARG_FLAGS(names_signalfd)}},
	.result = RESULT_FD,
	.errors = {EBADF, EFAULT, EINVAL, EMFILE, ENFILE, ENODEV, ENOMEM},
	.perform = perform_signalfd,
};
