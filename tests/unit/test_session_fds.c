/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/resource.h>

#include "session/state.h"
#include "session_driver.h"

static int descriptor(const char *text)
{
	return session_descriptor(driver.session, text, strlen(text), &driver.err);
}

/* fd 3 listens, 4 and 5 are the ends of a connection. */
static void connected(void)
{
	gives(3, "srv = socket tcp");
	ok("setsockopt 3 SO_REUSEADDR 1");
	ok("bind 3 $:8080");
	ok("listen 3 5");
	gives(4, "c = socket tcp");
	ok("connect c $:8080");
	gives(5, "a = accept srv");
}

START_TEST(dup_is_the_same_endpoint)
{
	const struct shown *shown;
	size_t count;

	gives(3, "socket tcp");
	gives(4, "dup 3");
	ck_assert_uint_eq(last()->endpoint_count, 1);
	shown = of_fd(last(), 3);
	ck_assert_int_eq(shown->also_fd, 4);
	shown = of_fd(ok("bind 4 $:8080"), 3);
	ck_assert_int_eq(address_port(&shown->now.local), 8080);
	/* The lower one closes: the other leads to it still. */
	ok("close 3");
	shown = of_fd(last(), 4);
	ck_assert(shown->closed && !shown->gone);
	ck_assert_int_eq(shown->closed_fd, 3);
	ck_assert_int_eq(shown->also_fd, -1);
	ck_assert_int_eq(address_port(&shown->now.local), 8080);
	ck_assert_ptr_nonnull(status_of(4, &count));
	ck_assert_uint_eq(count, 1);
	ok("close 4");
	ck_assert(last()->endpoints[0].gone);
	status_of(4, &count);
	ck_assert_uint_eq(count, 0);
}
END_TEST

/* What a duplicate shares ends with the last descriptor only. */
START_TEST(no_fin_while_a_duplicate_is_open)
{
	connected();
	gives(6, "dup 4");
	ok("close 4");
	ck_assert_str_eq(state_of(of_fd(last(), 6)), "ESTABLISHED");
	ok("close 6");
	ck_assert_str_eq(state_of(of_fd(last(), 5)), "CLOSE-WAIT");
}
END_TEST

START_TEST(dup2_takes_a_descriptor_over)
{
	const struct shown *ghost;

	connected();
	gives(4, "dup2 3 4");
	ghost = of_role(last(), SHOWN_GHOST);
	ck_assert_int_eq(ghost->closed_fd, 4);
	ck_assert(ghost->closed);
	ck_assert_str_eq(state_of(ghost), "FIN-WAIT-2");
	ck_assert_int_eq(of_fd(last(), 3)->also_fd, 4);
	ck_assert_str_eq(state_of(of_fd(last(), 5)), "CLOSE-WAIT");
	/* The name went with what bore it. */
	ck_assert_int_eq(descriptor("c"), -1);
	ck_assert_int_eq(descriptor("srv"), 3);
	gives(4, "dup2 4 4");
	ck_assert_int_eq(of_fd(last(), 3)->also_fd, 4);
	gives(900, "fcntl 3 F_DUPFD 900");
	gives(900, "dup3 5 900 O_CLOEXEC");
	ck_assert_int_eq(of_fd(last(), 5)->also_fd, 900);
}
END_TEST

START_TEST(names)
{
	gives(3, "one = socket tcp");
	ck_assert_int_eq(descriptor("one"), 3);
	/* A second name replaces the first one of a descriptor … */
	gives(4, "two = socket udp");
	gives(4, "three = dup2 3 4");
	ck_assert_int_eq(descriptor("two"), -1);
	ck_assert_int_eq(descriptor("three"), 4);
	ck_assert_int_eq(descriptor("one"), 3);
	/* … and a name that is given again moves. */
	gives(5, "one = socket udp");
	ck_assert_int_eq(descriptor("one"), 5);
	ck_assert_str_eq(of_fd(last(), 5)->name, "one");
	ck_assert_ptr_null(of_fd(ok("getsockname 3"), 3)->name);
	ok("close one");
	ck_assert_int_eq(descriptor("one"), -1);
	ck_assert_ptr_nonnull(strstr(driver.err.text, "one is no descriptor"));
	gives(5, "socket udp");
	ck_assert_ptr_null(of_fd(last(), 5)->name);
}
END_TEST

START_TEST(a_failed_call_names_nothing)
{
	gives(-1, "x = socket 999 1 0");
	ck_assert_int_eq(descriptor("x"), -1);
	gives(3, "x = socket tcp");
	gives(-1, "x = accept x");
	ck_assert_int_eq(descriptor("x"), 3);
}
END_TEST

START_TEST(dot_is_the_last_one_used)
{
	ck_assert_int_eq(descriptor("."), -1);
	ck_assert_ptr_nonnull(strstr(driver.err.text, "none yet"));
	gives(3, "socket tcp");
	gives(4, "socket tcp");
	ck_assert_int_eq(descriptor("."), 4);
	ok("bind 3 $:8080");
	ck_assert_int_eq(descriptor("."), 3);
	ok("listen .");
	ck_assert_str_eq(state_of(of_fd(last(), 3)), "LISTEN");
	ok("connect 4 $:8080");
	gives(5, "accept 3");
	ck_assert_int_eq(descriptor("."), 5);
}
END_TEST

START_TEST(sockstep_keeps_its_own_descriptor)
{
	char text[32];
	struct rlimit limit;
	int fd, own = -1, refused = 0;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	gives(3, "socket tcp");
	for (fd = 4; fd < 4096 && fd < (int)limit.rlim_cur; fd++) {
		snprintf(text, sizeof(text), "%d", fd);
		if (descriptor(text) >= 0)
			continue;
		refused++;
		own = fd;
	}
	ck_assert_int_eq(refused, 2);
	snprintf(text, sizeof(text), "dup2 3 %d", own);
	ck_assert_int_eq(run(text), RUN_FAILED);
	ck_assert_ptr_nonnull(strstr(driver.err.text, "sockstep itself"));
	snprintf(text, sizeof(text), "dup3 3 %d", own);
	ck_assert_int_eq(run(text), RUN_FAILED);
	ck_assert_int_eq(descriptor("99999999999"), -1);
	ck_assert_int_eq(descriptor("3x"), -1);
}
END_TEST

START_TEST(what_is_no_socket)
{
	gives(0, "fcntl 0 F_GETFD");
	ck_assert_uint_eq(last()->endpoint_count, 1);
	ck_assert(last()->endpoints[0].untold);
	ck_assert_str_eq(last()->endpoints[0].what, "character device");
	gives(3, "socket tcp");
	gives(3, "dup2 0 3");
	ck_assert_str_eq(last()->endpoints[last()->endpoint_count - 1].what, "character device");
}
END_TEST

START_TEST(show_reads_anew)
{
	struct shown *shown = calloc(1, sizeof(*shown));

	connected();
	gives(3, "send 4 \"abc\"");
	ck_assert_int_eq(session_show(driver.session, 5, shown, &driver.err), 0);
	ck_assert_int_eq(shown->fd, 5);
	ck_assert_str_eq(shown->name, "a");
	ck_assert_uint_eq(shown->now.recv_queue, 3);
	ck_assert_int_eq(session_show(driver.session, 77, shown, &driver.err), -1);
	ck_assert_str_eq(driver.err.text, "fd 77 is not open");
	free(shown);
}
END_TEST

START_TEST(status_is_in_order)
{
	const struct shown *list;
	size_t i, count;

	connected();
	ok("close 4");
	gives(4, "socket udp");
	count = session_status(driver.session, &list);
	ck_assert_uint_eq(count, 4);
	for (i = 0; i < 3; i++)
		ck_assert_int_eq(list[i].fd, 3 + (int)i);
	ck_assert_int_eq(list[3].fd, -1);
	ck_assert_int_eq(list[3].closed_fd, 4);
	ck_assert_str_eq(state_of(&list[3]), "FIN-WAIT-2");
}
END_TEST

START_TEST(a_thousand_descriptors)
{
	const struct shown *list;
	size_t count;
	int i;

	for (i = 3; i < 1003; i++) {
		gives(i, "socket udp");
		ck_assert_uint_eq(last()->endpoint_count, 1);
		ck_assert_int_eq(last()->endpoints[0].fd, i);
		forget_steps();
	}
	count = session_status(driver.session, &list);
	ck_assert_uint_eq(count, 1000);
	ck_assert_int_eq(list[0].fd, 3);
	ck_assert_int_eq(list[999].fd, 1002);
	ok("close 500");
	gives(500, "socket tcp");
}
END_TEST

/* Each leaves a TIME-WAIT that lives for a minute: most must be forgotten. */
START_TEST(ghosts_are_bounded)
{
	const struct shown *list;
	size_t count;
	/* Elsewhere each takes the time of a delayed acknowledgement. */
	int i, cycles = driver.private_network ? 3000 : 1500;

	gives(3, "socket tcp");
	ok("setsockopt 3 SO_REUSEADDR 1");
	ok("bind 3 $:8080");
	ok("listen 3 5");
	for (i = 0; i < cycles; i++) {
		gives(4, "socket tcp");
		ok("connect 4 $:8080");
		gives(5, "accept 3");
		ok("close 4; close 5");
		forget_steps();
	}
	count = session_status(driver.session, &list);
	ck_assert_uint_gt(count, 500);
	ck_assert_uint_le(count, 1100);
	ck_assert_int_eq(list[0].fd, 3);
}
END_TEST

static void kill_current(void)
{
	ck_assert_int_eq(kill(session_process_pid(session_current(driver.session)), SIGKILL), 0);
}

/* A closed socket has no inode any more: what is found by it must not lead to one forgotten. */
START_TEST(no_inode_leads_to_a_ghost)
{
	const struct known *known;
	size_t with_inode = 0;
	int i;

	gives(3, "socket tcp");
	ok("bind 3 $:8080");
	ok("listen 3 5");
	for (i = 0; i < 5; i++) {
		gives(4, "socket tcp");
		ok("connect 4 $:8080");
		gives(5, "accept 3");
		ok("close 4; close 5");
	}
	for (known = driver.session->all; known; known = known->next)
		with_inode += known->now->inode != 0;
	ck_assert_uint_eq(driver.session->by_inode.count, with_inode);
}
END_TEST

START_TEST(a_death_is_told)
{
	size_t i, ghosts = 0;

	connected();
	kill_current();
	await_death(1);
	ck_assert_str_eq(driver.death, "was killed by SIGKILL");
	/* The listener is gone, the kernel ended the connection in order. */
	for (i = 0; i < driver.fate_count; i++) {
		const struct shown *shown = &driver.fate[i];

		ck_assert_int_eq(shown->fd, -1);
		ck_assert(shown->closed || shown->gone);
		if (!shown->gone) {
			/* Which of the two it closes first is the kernel's affair. */
			ck_assert(shown->closed_fd == 4 || shown->closed_fd == 5);
			ck_assert_str_eq(state_of(shown), "TIME-WAIT");
			ghosts++;
		}
	}
	ck_assert_uint_eq(driver.fate_count, 3);
	ck_assert_uint_eq(ghosts, 1);
}
END_TEST

START_TEST(the_dead_make_no_calls)
{
	struct owner *owner = session_current(driver.session);

	connected();
	ck_assert_int_gt(session_process_pid(owner), 0);
	ck_assert(session_process_alive(owner));
	ck_assert_int_eq(session_start(driver.session, "main", 4, NULL, 0, &driver.err), -1);
	ck_assert_ptr_nonnull(strstr(driver.err.text, "is alive"));
	kill_current();
	await_death(1);
	ck_assert(!session_process_alive(owner));
	ck_assert_int_eq(run("socket tcp"), RUN_FAILED);
	ck_assert_str_eq(driver.err.text, "process main is dead: it was killed by SIGKILL");
	ck_assert_int_eq(driver.deaths, 1);
	/* A new one begins anew: its names, its numbers. */
	ck_assert_int_eq(session_start(driver.session, "main", 4, NULL, 0, &driver.err), 0);
	ck_assert_int_eq(descriptor("srv"), -1);
	gives(3, "socket tcp");
	ck_assert_int_eq(descriptor("."), 3);
}
END_TEST

START_TEST(a_death_that_a_call_finds)
{
	connected();
	kill_current();
	/* Some calls may be made before the signal arrives. */
	while (run("getsockname 3") == RUN_RETURNED)
		;
	ck_assert_int_eq(driver.deaths, 1);
	ck_assert_str_eq(driver.death, "was killed by SIGKILL");
}
END_TEST

START_TEST(two_processes)
{
	struct owner *main_owner = session_current(driver.session);

	gives(3, "srv = socket tcp");
	ok("setsockopt 3 SO_REUSEADDR 1");
	ok("bind 3 $:8080");
	ok("listen 3");
	ck_assert_int_eq(session_start(driver.session, "other", 5, NULL, 0, &driver.err), 0);
	ck_assert_ptr_eq(session_process_at(driver.session, 1), session_current(driver.session));
	gives(3, "c = socket tcp");
	ck_assert_str_eq(last()->process, "other");
	ck_assert_int_eq(descriptor("srv"), -1);
	ok("connect 3 $:8080");
	ck_assert_str_eq(of_role(last(), SHOWN_LISTENER)->process, "main");
	session_go_to(driver.session, main_owner);
	gives(4, "accept 3");
	ck_assert_str_eq(last()->process, "main");
	ck_assert_ptr_eq(session_process(driver.session, "main", 4), main_owner);
	ck_assert_ptr_null(session_process(driver.session, "mai", 3));
}
END_TEST

static Suite *session_suite(void)
{
	Suite *suite = suite_create("session_fds");
	TCase *tests = tcase_create("descriptors");

	tcase_add_checked_fixture(tests, start, end);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, dup_is_the_same_endpoint);
	tcase_add_test(tests, no_fin_while_a_duplicate_is_open);
	tcase_add_test(tests, dup2_takes_a_descriptor_over);
	tcase_add_test(tests, names);
	tcase_add_test(tests, a_failed_call_names_nothing);
	tcase_add_test(tests, dot_is_the_last_one_used);
	tcase_add_test(tests, sockstep_keeps_its_own_descriptor);
	tcase_add_test(tests, what_is_no_socket);
	tcase_add_test(tests, show_reads_anew);
	tcase_add_test(tests, status_is_in_order);
	tcase_add_test(tests, a_thousand_descriptors);
	tcase_add_test(tests, ghosts_are_bounded);
	tcase_add_test(tests, no_inode_leads_to_a_ghost);
	suite_add_tcase(suite, tests);

	tests = tcase_create("processes");
	tcase_add_checked_fixture(tests, start, end);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, a_death_is_told);
	tcase_add_test(tests, the_dead_make_no_calls);
	tcase_add_test(tests, a_death_that_a_call_finds);
	tcase_add_test(tests, two_processes);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return unit_main(session_suite());
}
