/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>

#include "calls/kinds.h"
#include "calls/records.h"
#include "process/signals.h"

/* clang-format off */
#define ARG_POLLFDS \
	{.name = "fds", .kind = &kind_pollfds}, \
	{.name = "nfds", .kind = &kind_pollfds_len, .flags = ARG_C_ONLY}
#define ARG_MS \
	{.name = "timeout", .kind = &kind_timeout, .flags = ARG_OPTIONAL, .fallback = "-1"}
#define ARG_MASK \
	{.name = "sigmask", .kind = &kind_sigset, .flags = ARG_OPTIONAL}
#define ARG_TIMESPEC \
	{.name = "timeout", .kind = &kind_timespec, .flags = ARG_OPTIONAL}
#define ARGS_SETS \
	{.name = "nfds", .kind = &kind_nfds, .flags = ARG_C_ONLY}, \
	{.name = "readfds", .kind = &kind_fd_set}, \
	{.name = "writefds", .kind = &kind_fd_set, .flags = ARG_OPTIONAL}, \
	{.name = "exceptfds", .kind = &kind_fd_set, .flags = ARG_OPTIONAL}
#define ARGS_EVENTS \
	{.name = "epfd", .kind = &kind_fd}, \
	{.name = "events", .kind = &kind_epoll_events_out, .flags = ARG_C_ONLY}, \
	{.name = "maxevents", .kind = &kind_epoll_max, .flags = ARG_C_ONLY}
/* clang-format on */

/* The argument's signal mask, in ROOM; NULL where it is a null pointer. */
static const sigset_t *mask_of(const struct frame *frame, int index, sigset_t *room)
{
	sigset_t asked;

	if (frame->arg[index].size != sizeof(asked))
		return NULL;
	memcpy(&asked, frame->arg[index].data, sizeof(asked));
	signals_mask(&asked, room);
	return room;
}

static void perform_poll(struct frame *frame)
{
	frame->result =
		poll(frame->arg[0].data, (nfds_t)frame->arg[1].number, (int)frame->arg[2].number);
}

const struct call call_poll = {
	.record = {.name = "poll",
		   .prototype = "int poll(struct pollfd *fds, nfds_t nfds, int timeout);",
		   .page = "poll(2)",
		   .help = "wait until one of several descriptors is ready",
		   .example = "poll 3:IN,4:OUT 100ms",
		   .args = {ARG_POLLFDS, ARG_MS}},
	.result = RESULT_COUNT,
	.waits = "waits.poll",
	.errors = {EFAULT, EINTR, EINVAL, ENOMEM},
	.perform = perform_poll,
};

static void perform_ppoll(struct frame *frame)
{
	sigset_t room;
	const sigset_t *mask = mask_of(frame, 3, &room);

	frame->result =
		ppoll(frame->arg[0].data, (nfds_t)frame->arg[1].number, frame->arg[2].data, mask);
}

const struct call call_ppoll = {
	.record = {.name = "ppoll",
		   .prototype = "int ppoll(struct pollfd *fds, nfds_t nfds, "
				"const struct timespec *timeout, const sigset_t *sigmask);",
		   .page = "poll(2)",
		   .help = "as poll, with a finer timeout and the signals to block meanwhile",
		   .example = "ppoll 3:IN,4:OUT 100ms",
		   .args = {ARG_POLLFDS, ARG_TIMESPEC, ARG_MASK}},
	.result = RESULT_COUNT,
	.waits = "waits.poll",
	.errors = {EFAULT, EINTR, EINVAL, ENOMEM},
	.perform = perform_ppoll,
};

static void perform_select(struct frame *frame)
{
	struct timeval left, *timeout = NULL;

	/* Linux writes there what was left of the time. */
	if (frame->arg[4].size == sizeof(left))
		timeout = memcpy(&left, frame->arg[4].data, sizeof(left));
	frame->result = select((int)frame->arg[0].number, frame->arg[1].data, frame->arg[2].data,
			       frame->arg[3].data, timeout);
}

const struct call call_select = {
	.record = {.name = "select",
		   .prototype = "int select(int nfds, fd_set *readfds, fd_set *writefds, "
				"fd_set *exceptfds, struct timeval *timeout);",
		   .page = "select(2)",
		   .help = "wait until one of several descriptors below 1024 is ready",
		   .example = "select 3,4 NULL NULL 100ms",
		   .args = {ARGS_SETS,
			    {.name = "timeout", .kind = &kind_timeval, .flags = ARG_OPTIONAL}}},
	.result = RESULT_COUNT,
	.waits = "waits.select",
	.errors = {EBADF, EFAULT, EINTR, EINVAL, ENOMEM},
	.perform = perform_select,
};

static void perform_pselect(struct frame *frame)
{
	sigset_t room;
	const sigset_t *mask = mask_of(frame, 5, &room);

	frame->result = pselect((int)frame->arg[0].number, frame->arg[1].data, frame->arg[2].data,
				frame->arg[3].data, frame->arg[4].data, mask);
}

const struct call call_pselect = {
	.record = {.name = "pselect",
		   .prototype = "int pselect(int nfds, fd_set *readfds, fd_set *writefds, "
				"fd_set *exceptfds, const struct timespec *timeout, "
				"const sigset_t *sigmask);",
		   .page = "select(2)",
		   .help = "as select, with a finer timeout and the signals to block meanwhile",
		   .example = "pselect 3,4 NULL NULL 100ms",
		   .args = {ARGS_SETS, ARG_TIMESPEC, ARG_MASK}},
	.result = RESULT_COUNT,
	.waits = "waits.select",
	.errors = {EBADF, EFAULT, EINTR, EINVAL, ENOMEM},
	.perform = perform_pselect,
};

static void perform_epoll_create1(struct frame *frame)
{
	frame->result = epoll_create1((int)frame->arg[0].number);
}

const struct call call_epoll_create1 = {
	.record = {.name = "epoll_create1",
		   .prototype = "int epoll_create1(int flags);",
		   .page = "epoll_create(2)",
		   .help = "make a set of descriptors to wait for; it is a descriptor itself",
		   .example = "ep = epoll_create1",
		   .args = {{.name = "flags",
			     .kind = &kind_flags,
			     .names = &names_epoll_flag,
			     .flags = ARG_OPTIONAL}}},
	.result = RESULT_FD,
	.errors = {EINVAL, EMFILE, ENFILE, ENOMEM},
	.perform = perform_epoll_create1,
};

static void perform_epoll_ctl(struct frame *frame)
{
	frame->result = epoll_ctl((int)frame->arg[0].number, (int)frame->arg[1].number,
				  (int)frame->arg[2].number, frame->arg[3].data);
}

const struct call call_epoll_ctl = {
	.record = {.name = "epoll_ctl",
		   .prototype = "int epoll_ctl(int epfd, int op, int fd, "
				"struct epoll_event *event);",
		   .page = "epoll_ctl(2)",
		   .help = "put a descriptor into an epoll set, change its events, or take it out",
		   .example = "epoll_ctl 5 ADD 3 IN|ET",
		   .args = {{.name = "epfd", .kind = &kind_fd},
			    {.name = "op", .kind = &kind_constant, .names = &names_epoll_op},
			    {.name = "fd", .kind = &kind_fd},
			    {.name = "event",
			     .kind = &kind_epoll_event,
			     .names = &names_epoll,
			     .flags = ARG_OPTIONAL}}},
	.errors = {EBADF, EEXIST, EFAULT, EINVAL, ELOOP, ENOENT, ENOMEM, ENOSPC, EPERM},
	.perform = perform_epoll_ctl,
};

/* Only the events that came are bytes that were filled. */
static void set_filled(struct frame *frame)
{
	size_t size = frame->result > 0 ? (size_t)frame->result * sizeof(struct epoll_event) : 0;

	if (size < frame->arg[1].size)
		frame->arg[1].size = size;
}

static void perform_epoll_wait(struct frame *frame)
{
	frame->result = epoll_wait((int)frame->arg[0].number, frame->arg[1].data,
				   (int)frame->arg[2].number, (int)frame->arg[3].number);
	set_filled(frame);
}

const struct call call_epoll_wait = {
	.record = {.name = "epoll_wait",
		   .prototype = "int epoll_wait(int epfd, struct epoll_event *events, "
				"int maxevents, int timeout);",
		   .page = "epoll_wait(2)",
		   .help = "wait until something in an epoll set is ready",
		   .example = "epoll_wait 5 100ms",
		   .args = {ARGS_EVENTS, ARG_MS}},
	.result = RESULT_COUNT,
	.waits = "waits.epoll",
	.errors = {EBADF, EFAULT, EINTR, EINVAL},
	.perform = perform_epoll_wait,
};

static void perform_epoll_pwait(struct frame *frame)
{
	sigset_t room;
	const sigset_t *mask = mask_of(frame, 4, &room);

	frame->result = epoll_pwait((int)frame->arg[0].number, frame->arg[1].data,
				    (int)frame->arg[2].number, (int)frame->arg[3].number, mask);
	set_filled(frame);
}

const struct call call_epoll_pwait = {
	.record = {.name = "epoll_pwait",
		   .prototype = "int epoll_pwait(int epfd, struct epoll_event *events, "
				"int maxevents, int timeout, const sigset_t *sigmask);",
		   .page = "epoll_wait(2)",
		   .help = "as epoll_wait, with the signals to block meanwhile",
		   .example = "epoll_pwait 5 100ms [SIGUSR1]",
		   .args = {ARGS_EVENTS, ARG_MS, ARG_MASK}},
	.result = RESULT_COUNT,
	.waits = "waits.epoll",
	.errors = {EBADF, EFAULT, EINTR, EINVAL},
	.perform = perform_epoll_pwait,
};

static void perform_epoll_pwait2(struct frame *frame)
{
	sigset_t room;
	const sigset_t *mask = mask_of(frame, 4, &room);

	frame->result = epoll_pwait2((int)frame->arg[0].number, frame->arg[1].data,
				     (int)frame->arg[2].number, frame->arg[3].data, mask);
	set_filled(frame);
}

const struct call call_epoll_pwait2 = {
	.record = {.name = "epoll_pwait2",
		   .prototype = "int epoll_pwait2(int epfd, struct epoll_event *events, "
				"int maxevents, const struct timespec *timeout, "
				"const sigset_t *sigmask);",
		   .page = "epoll_wait(2)",
		   .help = "as epoll_pwait, with a finer timeout",
		   .example = "epoll_pwait2 5 100ms",
		   .args = {ARGS_EVENTS, ARG_TIMESPEC, ARG_MASK}},
	.result = RESULT_COUNT,
	.waits = "waits.epoll",
	.errors = {EBADF, EFAULT, EINTR, EINVAL, ENOSYS},
	.perform = perform_epoll_pwait2,
};
