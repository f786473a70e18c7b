/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <poll.h>
#include <sys/epoll.h>

#include "names/names.h"
#include "session_driver.h"

/* What waits for several descriptors at once: what is told of it, and when it may surprise. */

static void says(const char *text)
{
	ck_assert_msg(last()->why && strstr(last()->why, text), "%s: \"%s\" is not in \"%s\"",
		      last()->text, text, last()->why ? last()->why : "(nothing)");
}

static void silent(void)
{
	ck_assert_msg(!last()->why, "%s: \"%s\"", last()->text, last()->why);
}

/* 3 and 4 are connected, and 5 is a set. */
static void pair_and_set(void)
{
	ok("socketpair unix");
	gives(5, "ep = epoll_create1");
	silent();
}

static struct shown shown_of(int fd)
{
	struct error err = {0};
	struct shown shown;

	ck_assert_msg(session_show(driver.session, fd, &shown, &err) == 0, "%s", err.text);
	return shown;
}

START_TEST(a_set_is_told_of)
{
	struct shown shown;

	pair_and_set();
	ck_assert(of_fd(last(), 5)->untold);
	ck_assert_str_eq(of_fd(last(), 5)->what, "epoll");
	ck_assert_str_eq(of_fd(last(), 5)->name, "ep");
	ok("epoll_ctl ep ADD 3 IN|ET");
	ok("epoll_ctl ep ADD 4 {events=OUT, data.u64=99}");
	shown = shown_of(5);
	ck_assert_ptr_nonnull(shown.info);
	ck_assert_int_eq(shown.info->kind, FDINFO_EPOLL);
	ck_assert_uint_eq(shown.info->watch_count, 2);
	ck_assert_int_eq(shown.info->watches[0].fd, 3);
	ck_assert_int_eq(shown.info->watches[0].state, WATCH_OPEN);
	ck_assert_uint_eq(fdinfo_ready(&shown.info->watches[0]), 0);
	ck_assert_uint_eq(shown.info->watches[1].data, 99);
	ck_assert_uint_eq(fdinfo_ready(&shown.info->watches[1]), EPOLLOUT);
	gives(2, "write 4 \"hi\"");
	shown = shown_of(5);
	ck_assert_uint_eq(fdinfo_ready(&shown.info->watches[0]), EPOLLIN);
	ck_assert_uint_eq(shown.info->watches[0].bytes, 2);
	ck_assert(shown.now.ready & POLLIN);
	ok("close ep");
	ck_assert(of_fd(last(), 5)->closed);
	ck_assert_str_eq(of_fd(last(), 5)->what, "epoll");
	ck_assert_ptr_null(of_fd(last(), 5)->info);
	/* Its name is free. */
	fails(EBADF, "fd 5 is not open", "epoll_wait 5 0");
	ck_assert_int_eq(run("epoll_wait ep 0"), RUN_FAILED);
}
END_TEST

/* What a number leads to may change from no socket to a socket, and back. */
START_TEST(numbers_change)
{
	pair_and_set();
	gives(5, "dup2 3 5");
	ck_assert_int_eq(of_fd(last(), 3)->also_fd, 5);
	gives(6, "ep = epoll_create1");
	gives(3, "dup2 6 3");
	ck_assert(of_fd(last(), 3)->untold);
	ok("epoll_ctl 3 ADD 4");
	ck_assert_str_eq(of_fd(last(), 3)->what, "epoll");
	ck_assert_int_eq(run("epoll_ctl 6 DEL 4"), RUN_RETURNED);
	ck_assert_int_eq(last()->result, 0);
}
END_TEST

static size_t place_in(const struct shown *list, size_t count, int fd)
{
	size_t i;

	for (i = 0; i < count && list[i].fd != fd; i++)
		;
	ck_assert_uint_lt(i, count);
	return i;
}

START_TEST(status_has_them_in_order)
{
	const struct shown *list;
	size_t count, i;

	pair_and_set();
	gives(6, "socket udp");
	ok("epoll_ctl ep ADD 6 IN");
	count = session_status(driver.session, &list);
	ck_assert_uint_eq(count, 4);
	for (i = 0; i < count; i++)
		ck_assert_int_eq(list[i].fd, (int)i + 3);
	i = place_in(list, count, 5);
	ck_assert(list[i].untold && list[i].now.has & FIELD_READY);
	ck_assert_uint_eq(list[i].info->watch_count, 1);
}
END_TEST

START_TEST(what_is_ready_is_told)
{
	const struct step *step;

	pair_and_set();
	gives(2, "write 3 \"hi\"");
	step = gives(2, "poll 3:IN|OUT,4:IN,5 0");
	ck_assert_ptr_eq(step->ready_names, &names_poll);
	ck_assert_uint_eq(step->ready_count, 2);
	step = gives(2, "select 3,4 3 NULL 0");
	ck_assert_ptr_eq(step->ready_names, &names_select);
	ck_assert_uint_eq(step->ready_count, 2);
	step = gives(0, "select 3 NULL NULL 0");
	ck_assert_uint_eq(step->ready_count, 0);
	ok("epoll_ctl ep ADD 4 {events=IN, data.u64=0x700000000}");
	step = gives(1, "epoll_wait ep 0");
	ck_assert_ptr_eq(step->ready_names, &names_epoll);
	ck_assert_uint_eq(step->ready_count, 1);
	/* Nobody has said which descriptor that is. */
	ck_assert_ptr_null(find_fd(step, 4));
	ok("epoll_ctl ep MOD 4 IN");
	step = gives(1, "epoll_wait ep 0");
	ck_assert_ptr_nonnull(find_fd(step, 4));
	step = gives(2, "recv 4 10");
	ck_assert_ptr_null(step->ready_names);
}
END_TEST

START_TEST(edge_triggered)
{
	pair_and_set();
	ok("epoll_ctl ep ADD 4 IN|ET");
	gives(0, "epoll_wait ep 0");
	silent();
	gives(5, "write 3 \"hello\"");
	gives(1, "epoll_wait ep 0");
	silent();
	gives(0, "epoll_wait ep 0");
	says("bytes still wait on fd 4 (5), but EPOLLET");
	gives(2, "recv 4 2");
	gives(0, "epoll_wait ep 0");
	says("bytes still wait on fd 4 (3), but EPOLLET");
	ck_assert_int_eq(run("epoll_wait ep &"), RUN_WAITS);
	says("bytes still wait on fd 4 (3), but EPOLLET");
	gives(1, "write 3 \"!\"");
	ck_assert_int_eq(last()->result, 1);
	gives(4, "recv 4 10");
	gives(0, "epoll_wait ep 0");
	silent();
	/* Without bytes, too: room that was there before. */
	ok("epoll_ctl ep MOD 4 OUT|ET");
	gives(1, "epoll_wait ep 0");
	gives(0, "epoll_wait ep 0");
	says("fd 4 is ready (EPOLLOUT), but EPOLLET");
	/* Level-triggered it is told again. */
	ok("epoll_ctl ep MOD 4 OUT");
	gives(1, "epoll_wait ep 0");
	gives(1, "epoll_wait ep 0");
	silent();
}
END_TEST

START_TEST(once)
{
	pair_and_set();
	ok("epoll_ctl ep ADD 4 IN|ONESHOT");
	gives(0, "epoll_wait ep 0");
	silent();
	gives(1, "write 3 \"x\"");
	gives(1, "epoll_wait ep 0");
	silent();
	gives(0, "epoll_wait ep 0");
	says("fd 4 is ready (EPOLLIN), but it was reported once (EPOLLONESHOT)");
	gives(1, "recv 4 9");
	gives(0, "epoll_wait ep 0");
	silent();
}
END_TEST

START_TEST(closed_but_still_reported)
{
	pair_and_set();
	gives(6, "dup 4");
	ok("epoll_ctl ep ADD 4 IN");
	ok("close 4");
	gives(1, "write 3 \"x\"");
	gives(1, "epoll_wait ep 0");
	says("fd 4 leads there no more, but its open file lives on by fd 6");
	ck_assert_int_eq(shown_of(5).info->watches[0].state, WATCH_CLOSED);
	ck_assert_int_eq(shown_of(5).info->watches[0].also_fd, 6);
	fails(EBADF, "fd 4 is not open", "epoll_ctl ep DEL 4");
	gives(4, "socket udp");
	ck_assert_int_eq(shown_of(5).info->watches[0].state, WATCH_OTHER);
	gives(1, "epoll_wait ep 0");
	says("fd 4 leads there no more");
	fails(ENOENT, "another open file under the number 4", "epoll_ctl ep DEL 4");
}
END_TEST

START_TEST(not_open)
{
	pair_and_set();
	gives(1, "poll 77 20s");
	says("fd 77 is not open. poll does not fail for that");
	gives(1, "poll 77,3:IN 20s");
	says("POLLNVAL");
	gives(0, "poll 3:IN 0");
	silent();
	fails(EBADF, "fd 77 is not open in this process", "select 3,77 0ms");
	fails(EBADF, "fd 77 is not open in this process", "epoll_ctl ep ADD 77");
	fails(EBADF, "fd 78 is not open in this process", "epoll_ctl 78 ADD 3");
}
END_TEST

START_TEST(why_no_set_takes_it)
{
	pair_and_set();
	ok("epoll_ctl ep ADD 3 IN|ET");
	fails(EEXIST, "already, with EPOLLIN|EPOLLET.", "epoll_ctl ep ADD 3");
	fails(ENOENT, "which has 3 in it", "epoll_ctl ep DEL 4");
	ok("epoll_ctl ep DEL 3");
	fails(ENOENT, "which is empty", "epoll_ctl ep MOD 4");
	fails(EPERM, "fd 0 (/dev/null, character device) cannot be waited for",
	      "epoll_ctl ep ADD 0");
	fails(EINVAL, "fd 3 is no epoll set, but UNIX (SOCK_STREAM)", "epoll_ctl 3 ADD 4");
	fails(EINVAL, "fd 3 is no epoll set", "epoll_wait 3 0");
	fails(EINVAL, "fd 5 is the epoll set itself", "epoll_ctl ep ADD ep");
	fails(EINVAL, "maxevents must be above 0", "epoll_wait(5, events, 0, 0)");
	fails(EINVAL, "EPOLLEXCLUSIVE is given with EPOLL_CTL_ADD only",
	      "epoll_ctl ep MOD 3 IN|EXCLUSIVE");
	fails(EINVAL, "the operation is unknown", "epoll_ctl ep 4 3 IN");
	fails(EFAULT, "the event is a null pointer", "epoll_ctl ep ADD 3 NULL");
	gives(6, "epoll_create1");
	ok("epoll_ctl 6 ADD 5");
	fails(ELOOP, "fd 6 is an epoll set that has fd 5 in it", "epoll_ctl 5 ADD 6");
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("session_ready");
	TCase *tc = tcase_create("ready");

	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, start, end);
	tcase_add_test(tc, a_set_is_told_of);
	tcase_add_test(tc, numbers_change);
	tcase_add_test(tc, status_has_them_in_order);
	tcase_add_test(tc, what_is_ready_is_told);
	tcase_add_test(tc, edge_triggered);
	tcase_add_test(tc, once);
	tcase_add_test(tc, closed_but_still_reported);
	tcase_add_test(tc, not_open);
	tcase_add_test(tc, why_no_set_takes_it);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
