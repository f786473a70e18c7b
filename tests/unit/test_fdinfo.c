/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "kernel/fdinfo.h"
#include "unit.h"

static struct fdinfo info;

static void empty(void)
{
	fdinfo_free(&info);
}

static void parse(const char *text)
{
	ck_assert_int_eq(fdinfo_parse(text, strlen(text), &info), 0);
}

/* As Linux 6.18 wrote it. */
START_TEST(an_epoll_set)
{
	parse("pos:\t0\nflags:\t02\nmnt_id:\t15\nino:\t1038\n"
	      "tfd:       12 events:       19 data:       1000000000c  pos:0 ino:2f sdev:8\n"
	      "tfd:        5 events: 8000201d data:                5  pos:0 ino:61af sdev:8\n"
	      "tfd:        7 events: 40000000 data: ffffffffffffffff  pos:0 ino:61b0 sdev:8\n");
	ck_assert_int_eq(info.kind, FDINFO_EPOLL);
	ck_assert_uint_eq(info.watch_count, 3);
	/* In the order of their numbers. */
	ck_assert_int_eq(info.watches[0].fd, 5);
	ck_assert_uint_eq(info.watches[0].events,
			  EPOLLIN | EPOLLOUT | EPOLLERR | EPOLLHUP | EPOLLRDHUP | EPOLLET);
	ck_assert_uint_eq(info.watches[0].data, 5);
	ck_assert_uint_eq(info.watches[0].inode, 0x61af);
	ck_assert_int_eq(info.watches[0].state, WATCH_UNASKED);
	ck_assert_int_eq(info.watches[0].also_fd, -1);
	ck_assert_uint_eq(fdinfo_asked(&info.watches[0]),
			  EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
	ck_assert(!fdinfo_is_disarmed(&info.watches[0]));
	ck_assert_int_eq(info.watches[1].fd, 7);
	ck_assert_uint_eq(info.watches[1].data, UINT64_MAX);
	ck_assert(fdinfo_is_disarmed(&info.watches[1]));
	ck_assert_int_eq(info.watches[2].fd, 12);
	ck_assert_uint_eq(info.watches[2].data, 0x1000000000c);
}
END_TEST

/* As Linux 6.18 wrote it of a socket: one descriptor waits in its queue. */
START_TEST(a_unix_socket)
{
	parse("pos:\t0\nflags:\t02\nmnt_id:\t10\nino:\t79446026\nscm_fds: 1\n");
	ck_assert_int_eq(info.kind, FDINFO_NONE);
	ck_assert_uint_eq(info.in_flight, 1);
}
END_TEST

START_TEST(what_is_ready)
{
	struct fdinfo_watch watch = {.events = EPOLLIN | EPOLLERR | EPOLLHUP | EPOLLET};

	watch.ready = POLLIN | POLLOUT;
	ck_assert_uint_eq(fdinfo_ready(&watch), EPOLLIN);
	watch.ready = POLLOUT;
	ck_assert_uint_eq(fdinfo_ready(&watch), 0);
	watch.ready = POLLOUT | POLLHUP;
	ck_assert_uint_eq(fdinfo_ready(&watch), EPOLLHUP);
	/* What it was armed for the kernel does not tell any more. */
	watch.events = EPOLLONESHOT;
	watch.ready = POLLIN | POLLOUT;
	ck_assert_uint_eq(fdinfo_ready(&watch), EPOLLIN);
	ck_assert(fdinfo_is_disarmed(&watch));
	watch.events = EPOLLONESHOT | EPOLLIN;
	ck_assert(!fdinfo_is_disarmed(&watch));
}
END_TEST

START_TEST(the_others)
{
	parse("pos:\t77\nflags:\t0100002\n");
	ck_assert_uint_eq(info.position, 77);
	parse("pos:\t0\neventfd-count:               1f\neventfd-id: 3\neventfd-semaphore: 1\n");
	ck_assert_int_eq(info.kind, FDINFO_EVENTFD);
	ck_assert_uint_eq(info.count, 31);
	ck_assert(info.semaphore);
	fdinfo_free(&info);
	parse("clockid: 1\nticks: 4\nsettime flags: 00\nit_value: (0, 49406829)\n"
	      "it_interval: (2, 0)\n");
	ck_assert_int_eq(info.kind, FDINFO_TIMERFD);
	ck_assert_int_eq(info.clock, 1);
	ck_assert_uint_eq(info.ticks, 4);
	ck_assert_uint_eq(info.left_us, 49407);
	ck_assert_uint_eq(info.every_us, 2000000);
	fdinfo_free(&info);
	parse("sigmask:\t0000000000000a00\n");
	ck_assert_int_eq(info.kind, FDINFO_SIGNALFD);
	ck_assert_uint_eq(info.signals, 0xa00);
	fdinfo_free(&info);
	parse("pos:\t0\nflags:\t0100000\n");
	ck_assert_int_eq(info.kind, FDINFO_NONE);
}
END_TEST

START_TEST(what_no_kernel_writes)
{
	static const char *const lines[] = {
		"tfd:\n",
		"tfd: x events: y data: z\n",
		"it_value: (\n",
		"it_value: (9223372036854775807, 0)\n",
		"it_value: (1, 9999999999)\n",
		"eventfd-count:",
		"\n\n\n",
		"",
	};
	size_t i;

	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		parse(lines[i]);
	ck_assert_uint_eq(info.left_us, 0);
	/* A line that is longer than any of the kernel's is passed over. */
	fdinfo_free(&info);
	{
		char line[600];

		memset(line, '1', sizeof(line));
		memcpy(line, "eventfd-count:", 14);
		line[sizeof(line) - 1] = '\0';
		parse(line);
	}
	ck_assert_int_eq(info.kind, FDINFO_NONE);
}
END_TEST

/* Read from the kernel that runs. */
START_TEST(alive)
{
	struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u64 = 77};
	struct failure failure = {0};
	int counter = eventfd(9, EFD_SEMAPHORE), set = epoll_create1(0), pair[2];

	ck_assert_int_eq(fdinfo_read(getpid(), counter, &info, &failure), 0);
	ck_assert_uint_eq(info.count, 9);
	fdinfo_free(&info);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	ck_assert_int_eq(epoll_ctl(set, EPOLL_CTL_ADD, pair[0], &event), 0);
	ck_assert_int_eq(epoll_ctl(set, EPOLL_CTL_ADD, counter, &event), 0);
	ck_assert_int_eq(fdinfo_read(getpid(), set, &info, &failure), 0);
	ck_assert_uint_eq(info.watch_count, 2);
	ck_assert(!info.cut);
	ck_assert_int_eq(info.watches[0].fd, counter < pair[0] ? counter : pair[0]);
	ck_assert_uint_eq(info.watches[0].data, 77);
	ck_assert_uint_eq(fdinfo_asked(&info.watches[0]), EPOLLIN | EPOLLET);
	ck_assert_ptr_null(failure.call);
	fdinfo_free(&info);
	ck_assert_int_eq(fdinfo_read(getpid(), 4000, &info, &failure), -1);
	close(counter);
	close(set);
	close(pair[0]);
	close(pair[1]);
}
END_TEST

/* A set of thousands is not read to its end, and no line is cut in two. */
START_TEST(large)
{
	struct epoll_event event = {.events = EPOLLIN};
	int set = epoll_create1(0), fd, most = 900;
	struct failure failure = {0};
	size_t i;

	for (fd = 0; fd < most; fd++) {
		event.data.fd = eventfd(0, 0);
		if (event.data.fd < 0)
			break;
		ck_assert_int_eq(epoll_ctl(set, EPOLL_CTL_ADD, event.data.fd, &event), 0);
	}
	ck_assert_int_eq(fdinfo_read(getpid(), set, &info, &failure), 0);
	ck_assert(info.cut || info.watch_count == (size_t)fd);
	for (i = 0; i < info.watch_count; i++) {
		ck_assert_uint_eq(info.watches[i].data, (uint64_t)info.watches[i].fd);
		ck_assert_uint_ne(info.watches[i].inode, 0);
	}
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("fdinfo");
	TCase *tc = tcase_create("fdinfo");

	tcase_add_checked_fixture(tc, NULL, empty);
	tcase_add_test(tc, an_epoll_set);
	tcase_add_test(tc, a_unix_socket);
	tcase_add_test(tc, what_is_ready);
	tcase_add_test(tc, the_others);
	tcase_add_test(tc, what_no_kernel_writes);
	tcase_add_test(tc, alive);
	tcase_add_test(tc, large);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
