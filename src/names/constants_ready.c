/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>

#include "base/grow.h"
#include "names/names.h"

/* What the calls take that wait for several descriptors at once. */
/* clang-format off */
#define NAME(constant, text) {#constant, constant, text}

static const struct name epoll_list[] = {
	NAME(EPOLLIN, "data can be read, or a connection accepted"),
	NAME(EPOLLPRI, "urgent data can be read"),
	NAME(EPOLLOUT, "writing would not wait"),
	NAME(EPOLLERR, "an error is pending, or something in the error queue; told without being asked for"),
	NAME(EPOLLHUP, "hung up: both directions are closed; told without being asked for"),
	NAME(EPOLLRDNORM, "ordinary data can be read"),
	NAME(EPOLLRDBAND, "data of a priority band can be read"),
	NAME(EPOLLWRNORM, "ordinary data can be written"),
	NAME(EPOLLWRBAND, "data of a priority band can be written"),
	NAME(EPOLLMSG, "known to the headers, not used by Linux"),
	NAME(EPOLLRDHUP, "the peer sends no more"),
	NAME(EPOLLEXCLUSIVE, "of several sets that wait for one file, wake one or a few, not all"),
	NAME(EPOLLWAKEUP, "keep the machine from falling asleep while the event is handled"),
	NAME(EPOLLONESHOT, "report once, then no more until EPOLL_CTL_MOD"),
	NAME(EPOLLET, "edge-triggered: report when something comes, not as long as it is there"),
};

static const struct name epoll_op_list[] = {
	NAME(EPOLL_CTL_ADD, "put a descriptor into the set"),
	NAME(EPOLL_CTL_DEL, "take a descriptor out of the set"),
	NAME(EPOLL_CTL_MOD, "wait for other events of a descriptor in the set"),
};

static const struct name epoll_flag_list[] = {
	NAME(EPOLL_CLOEXEC, "the new descriptor is closed by execve()"),
};

static const struct name select_list[] = {
	{"readfds", 1, "the second argument of select: those that can be read without waiting"},
	{"writefds", 2, "the third argument of select: those that can be written without waiting"},
	{"exceptfds", 4, "the fourth argument of select: those with an exceptional condition, such as urgent data"},
};

static const struct name eventfd_list[] = {
	NAME(EFD_NONBLOCK, "a read of 0, and a write that has no room, fail with EAGAIN rather than wait"),
	NAME(EFD_CLOEXEC, "the new descriptor is closed by execve()"),
	NAME(EFD_SEMAPHORE, "each read takes 1 away, not all"),
};

static const struct name timerfd_list[] = {
	NAME(TFD_NONBLOCK, "a read before it has gone off fails with EAGAIN rather than wait"),
	NAME(TFD_CLOEXEC, "the new descriptor is closed by execve()"),
};

static const struct name timerfd_set_list[] = {
	NAME(TFD_TIMER_ABSTIME, "the time is one of the clock, not one from now on"),
	NAME(TFD_TIMER_CANCEL_ON_SET, "a read fails with ECANCELED when the clock is set meanwhile"),
};

static const struct name signalfd_list[] = {
	NAME(SFD_NONBLOCK, "a read with no signal there fails with EAGAIN rather than wait"),
	NAME(SFD_CLOEXEC, "the new descriptor is closed by execve()"),
};

static const struct name splice_list[] = {
	NAME(SPLICE_F_MOVE, "move pages rather than copy; has no effect today"),
	NAME(SPLICE_F_NONBLOCK, "do not wait for the pipe"),
	NAME(SPLICE_F_MORE, "more will follow: hold back a part of a segment"),
	NAME(SPLICE_F_GIFT, "of vmsplice: the memory is the kernel's from now on"),
};

#define TABLE(kind, prefix, flags, list) {kind, prefix, NULL, flags, list, COUNT_OF(list)}
/* clang-format on */

const struct names names_epoll = TABLE("epoll event", "EPOLL", true, epoll_list);
const struct names names_epoll_op = TABLE("epoll operation", "EPOLL_CTL_", false, epoll_op_list);
const struct names names_epoll_flag = TABLE("epoll flag", "EPOLL_", true, epoll_flag_list);
const struct names names_select = TABLE("set of select", NULL, true, select_list);
const struct names names_eventfd = TABLE("eventfd flag", "EFD_", true, eventfd_list);
const struct names names_timerfd = TABLE("timerfd flag", "TFD_", true, timerfd_list);
const struct names names_timerfd_set =
	TABLE("flag of timerfd_settime", "TFD_TIMER_", true, timerfd_set_list);
const struct names names_signalfd = TABLE("signalfd flag", "SFD_", true, signalfd_list);
const struct names names_splice = TABLE("flag of splice", "SPLICE_F_", true, splice_list);
