/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <poll.h>

#include "session_driver.h"

static uint64_t bit(int number)
{
	return (uint64_t)1 << (number - 1);
}

static void expect_signal(const char *name, size_t behind)
{
	ck_assert_str_eq(driver.signal, name);
	ck_assert_uint_eq(driver.signal_behind, behind);
}

START_TEST(sigpipe_comes_behind_its_step)
{
	ok("socketpair unix");
	ok("close 4");
	fails(EPIPE, "other end", "send 3 \"x\"");
	ck_assert_int_eq(driver.signals, 1);
	expect_signal("SIGPIPE", 3);
	ck_assert_int_eq(driver.signal_sender, 0);
	ck_assert_uint_eq(session_last(driver.session)->signals, bit(SIGPIPE));
	fails(EPIPE, "other end", "send 3 \"x\" MSG_NOSIGNAL");
	ck_assert_int_eq(driver.signals, 1);
	ck_assert_uint_eq(session_last(driver.session)->signals, 0);
}
END_TEST

START_TEST(sigpipe_as_it_is_set)
{
	ck_assert_int_eq(session_sigpipe(driver.session), SIGNALS_PIPE_CATCH);
	ck_assert_int_eq(session_set_sigpipe(driver.session, SIGNALS_PIPE_DEFAULT, &driver.err), 0);
	ok("socketpair unix");
	ok("close 4");
	ck_assert_int_eq(run("send 3 \"x\""), RUN_DIED);
	ck_assert_str_eq(driver.death, "was killed by SIGPIPE");
	ck_assert_int_eq(driver.signals, 0);
	/* A dead one is let be, and the next begins with what was set. */
	ck_assert_int_eq(session_set_sigpipe(driver.session, SIGNALS_PIPE_IGNORE, &driver.err), 0);
	ck_assert_int_eq(session_start(driver.session, "main", 4, NULL, 0, &driver.err), 0);
	ok("socketpair unix");
	ok("close 4");
	fails(EPIPE, "other end", "send 3 \"x\"");
	ck_assert_int_eq(driver.signals, 0);
}
END_TEST

/* With no call running: whoever polls is woken, and told. */
START_TEST(a_signal_comes_by_itself)
{
	int fd, pid = session_process_pid(session_current(driver.session));
	struct pollfd poller = {.events = POLLIN};

	gives(3, "socket tcp");
	ck_assert_uint_eq(session_poll_fds(driver.session, &fd, 1), 1);
	ck_assert_int_eq(kill(pid, SIGURG), 0);
	poller.fd = fd;
	while (!session_pending(driver.session))
		ck_assert_int_eq(poll(&poller, 1, 20000), 1);
	ck_assert(session_dispatch(driver.session));
	ck_assert_int_eq(driver.signals, 1);
	expect_signal("SIGURG", 1);
	ck_assert_int_eq(driver.signal_sender, getpid());
	ck_assert_uint_eq(session_last(driver.session)->signals, bit(SIGURG));
	ck_assert(!session_pending(driver.session));
	ck_assert(!session_dispatch(driver.session));
}
END_TEST

/* Of the two calls that wait only poll() ends: recv() is begun again by the kernel. */
START_TEST(who_is_interrupted)
{
	ok("socketpair unix");
	ok("fcntl 4 F_SETOWN self");
	ok("fcntl 4 F_SETFL O_ASYNC");
	ck_assert_int_eq(run("poll 3:IN -1 &"), RUN_WAITS);
	ck_assert_int_eq(run("send 3 \"x\""), RUN_RETURNED);
	ck_assert_int_eq(step_back(1)->result, 1);
	ck_assert_str_eq(step_back(0)->call->record.name, "poll");
	ck_assert_int_eq(step_back(0)->error, EINTR);
	expect_signal("SIGIO", driver.count - 1);
	ok("fcntl 4 F_SETSIG SIGRTMIN");
	ck_assert_int_eq(run("recv 3 10 &"), RUN_WAITS);
	gives(1, "send 3 \"y\"");
	expect_signal("SIGRTMIN", driver.count);
	ck_assert_int_eq(driver.signal_fd, 4);
	ck_assert_uint_eq(session_last(driver.session)->signals, bit(SIGRTMIN));
}
END_TEST

/* Threads that wait since before are let be, whichever of them the kernel chooses. */
START_TEST(a_signalfd_takes_them)
{
	int pid = session_process_pid(session_current(driver.session));

	ok("socketpair unix");
	ck_assert_int_eq(run("recv 3 10 &"), RUN_WAITS);
	gives(5, "signalfd [SIGUSR1, SIGTERM]");
	ck_assert_int_eq(kill(pid, SIGUSR1), 0);
	gives(1, "poll 5:IN 20s");
	gives(128, "read 5 1000");
	ck_assert(last()->why && strstr(last()->why, "SIGUSR1 has come"));
	/* That would end it by default. */
	ck_assert_int_eq(kill(pid, SIGTERM), 0);
	gives(1, "poll 5:IN 20s");
	gives(128, "read 5 1000");
	ck_assert(last()->why && strstr(last()->why, "SIGTERM has come"));
	ck_assert_int_eq(driver.signals, 0);
	/* What is not among them comes as ever. */
	ck_assert_int_eq(kill(pid, SIGUSR2), 0);
	while (!driver.signals)
		session_sleep(driver.session, 1000);
	expect_signal("SIGUSR2", driver.count);
	gives(1, "send 4 \"x\"");
	ck_assert_int_eq(driver.deaths, 0);
}
END_TEST

static Suite *session_suite(void)
{
	Suite *suite = suite_create("session_signals");
	TCase *tests = tcase_create("signals");

	tcase_add_checked_fixture(tests, start, end);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, sigpipe_comes_behind_its_step);
	tcase_add_test(tests, sigpipe_as_it_is_set);
	tcase_add_test(tests, a_signal_comes_by_itself);
	tcase_add_test(tests, who_is_interrupted);
	tcase_add_test(tests, a_signalfd_takes_them);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return unit_main(session_suite());
}
