/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/eventfd.h>

#include "session_driver.h"

static void listening(void)
{
	gives(3, "srv = socket tcp");
	ok("setsockopt 3 SO_REUSEADDR 1");
	ok("bind 3 $:8080");
	ok("listen 3 5");
}

static void waits(const char *text)
{
	ck_assert_msg(run(text) == RUN_WAITS, "%s does not wait: %s", text, driver.err.text);
}

static size_t count_jobs(void)
{
	struct session_job job;
	size_t count = 0;

	while (session_job(driver.session, count, &job))
		count++;
	return count;
}

START_TEST(accept_in_the_background)
{
	struct session_job job;
	const struct step *own, *done;

	listening();
	waits("a = accept 3 &");
	ck_assert_int_eq(last()->event, STEP_WAITING);
	ck_assert(!last()->returned && last()->background);
	ck_assert_int_eq(last()->job, 1);
	ck_assert_str_eq(last()->waits_for, "a connection on fd 3");
	ck_assert(session_last(driver.session)->waiting);
	ck_assert(session_job(driver.session, 0, &job));
	ck_assert_int_eq(job.number, 1);
	ck_assert_str_eq(job.process, "main");
	ck_assert_ptr_nonnull(strstr(job.text, "accept(3"));
	ck_assert(!session_job(driver.session, 1, &job));
	/* The descriptor 4 is accept's already. */
	gives(5, "c = socket tcp");
	run("connect 5 $:8080");
	own = step_back(1);
	done = last();
	ck_assert_int_eq(own->event, STEP_DONE);
	ck_assert_str_eq(own->call->record.name, "connect");
	ck_assert_int_eq(done->event, STEP_COMPLETED);
	ck_assert_int_eq(done->job, 1);
	ck_assert_int_eq(done->result, 4);
	ck_assert_str_eq(of_fd(done, 4)->name, "a");
	ck_assert_str_eq(state_of(of_fd(done, 4)), "ESTABLISHED");
	ck_assert_uint_eq(count_jobs(), 0);
}
END_TEST

/* What need not wait is a step like any other. */
START_TEST(background_that_returns)
{
	listening();
	ck_assert_int_eq(run("getsockname 3 &"), RUN_RETURNED);
	ck_assert_int_eq(last()->event, STEP_DONE);
	ck_assert_int_eq(last()->job, 0);
}
END_TEST

START_TEST(numbers_are_given_again)
{
	listening();
	waits("accept 3 &");
	waits("accept 3 &");
	ck_assert_int_eq(last()->job, 2);
	ck_assert_int_eq(session_interrupt(driver.session, 1, &driver.err), 0);
	ck_assert_int_eq(last()->event, STEP_COMPLETED);
	ck_assert_int_eq(last()->job, 1);
	ck_assert_int_eq(last()->error, EINTR);
	ck_assert_ptr_nonnull(strstr(last()->why, "interrupted"));
	ck_assert_uint_eq(count_jobs(), 1);
	waits("accept 3 &");
	ck_assert_int_eq(last()->job, 1);
	ck_assert_int_eq(session_interrupt(driver.session, 9, &driver.err), -1);
	ck_assert_str_eq(driver.err.text, "there is no job 9");
}
END_TEST

/* The first that waits is served first, and each is told once. */
START_TEST(jobs_complete_in_order)
{
	listening();
	waits("accept 3 &");
	waits("accept 3 &");
	gives(6, "socket tcp");
	run("connect 6 $:8080");
	ck_assert_int_eq(last()->job, 1);
	ck_assert_int_eq(last()->result, 4);
	gives(7, "socket tcp");
	run("connect 7 $:8080");
	ck_assert_int_eq(last()->job, 2);
	ck_assert_int_eq(last()->result, 5);
	ck_assert_uint_eq(count_jobs(), 0);
	ck_assert_uint_eq(last()->number, session_steps(driver.session));
}
END_TEST

/* Two that one call ends are told by their numbers, whichever thread was faster. */
START_TEST(two_jobs_end_at_once)
{
	int i;

	for (i = 0; i < 50; i++) {
		size_t before = driver.count;

		ok("socketpair unix");
		waits("recv 3 10 PEEK &");
		waits("recv 3 10 PEEK &");
		run("send 4 \"x\"");
		ck_assert_uint_eq(driver.count, before + 6);
		ck_assert_str_eq(step_back(2)->call->record.name, "send");
		ck_assert_int_eq(step_back(1)->job, 1);
		ck_assert_int_eq(step_back(0)->job, 2);
		ok("close 3; close 4");
	}
}
END_TEST

START_TEST(the_same_order_every_time)
{
	int i;

	gives(3, "socket udp");
	ok("bind 3 $:5000");
	gives(4, "socket udp");
	for (i = 0; i < 200; i++) {
		waits("recvfrom 3 10 &");
		ck_assert_int_eq(last()->job, 1);
		forget_steps();
		ck_assert_int_eq(run("sendto 4 \"abc\" 3 0 $:5000"), RUN_RETURNED);
		ck_assert_uint_eq(driver.count, 2);
		ck_assert_str_eq(step_back(1)->call->record.name, "sendto");
		ck_assert_int_eq(step_back(1)->event, STEP_DONE);
		ck_assert_int_eq(last()->event, STEP_COMPLETED);
		ck_assert_int_eq(last()->result, 3);
		ck_assert_mem_eq(last()->data, "abc", 3);
		/* Read already: nobody is shown with a queue. */
		ck_assert_uint_eq(of_fd(last(), 3)->now.recv_queue, 0);
	}
}
END_TEST

/* A call that waits and ends another job on its way must not take that one's number. */
START_TEST(a_number_is_one_jobs)
{
	ok("socketpair unix");
	waits("recv 3 10 &");
	forget_steps();
	waits("send 4 8M*\"x\" &");
	ck_assert_uint_eq(driver.count, 2);
	ck_assert_int_eq(step_back(1)->event, STEP_WAITING);
	ck_assert_int_eq(step_back(1)->job, 2);
	ck_assert_int_eq(step_back(0)->event, STEP_COMPLETED);
	ck_assert_int_eq(step_back(0)->job, 1);
	/* Its reader goes: it returns what it could send. */
	run("close 3");
	await_steps(4);
	ck_assert_int_eq(last()->job, 2);
}
END_TEST

START_TEST(wait_for_a_job)
{
	listening();
	waits("accept 3 &");
	session_set_timeout(driver.session, 20000);
	ck_assert_int_eq(session_timeout(driver.session), 20000);
	ck_assert_int_eq(session_wait(driver.session, 1, false, &driver.err), RUN_TIMED_OUT);
	ck_assert_int_eq(session_wait(driver.session, 0, false, &driver.err), RUN_TIMED_OUT);
	ck_assert_uint_eq(count_jobs(), 1);
	ck_assert_int_eq(session_wait(driver.session, 7, false, &driver.err), RUN_FAILED);
	ck_assert_str_eq(driver.err.text, "there is no job 7");
	gives(5, "socket tcp");
	run("connect 5 $:8080");
	/* It has returned: nothing is left to wait for. */
	ck_assert_int_eq(session_wait(driver.session, 1, false, &driver.err), RUN_RETURNED);
	ck_assert_int_eq(session_wait(driver.session, 0, false, &driver.err), RUN_RETURNED);
}
END_TEST

/* A job that ends by itself, after a time that the kernel measures. */
START_TEST(wait_until_it_returns)
{
	gives(3, "socket udp");
	ok("setsockopt 3 SO_RCVTIMEO 400ms");
	waits("recvfrom 3 10 &");
	ck_assert_int_eq(session_wait(driver.session, 1, false, &driver.err), RUN_RETURNED);
	ck_assert_int_eq(last()->event, STEP_COMPLETED);
	ck_assert_int_eq(last()->error, EAGAIN);
}
END_TEST

START_TEST(a_foreground_call_times_out)
{
	listening();
	session_set_timeout(driver.session, 20000);
	ck_assert_int_eq(run("accept 3"), RUN_TIMED_OUT);
	ck_assert_int_eq(last()->event, STEP_DONE);
	ck_assert_int_eq(last()->error, EINTR);
	ck_assert_uint_eq(count_jobs(), 0);
	gives(4, "socket tcp");
}
END_TEST

START_TEST(an_event_loop_sees_a_job_end)
{
	int fds[4];

	gives(3, "socket udp");
	ck_assert_uint_eq(session_poll_fds(driver.session, fds, 4), 1);
	ok("setsockopt 3 SO_RCVTIMEO 400ms");
	waits("recvfrom 3 10 &");
	while (last()->event == STEP_WAITING)
		session_dispatch(driver.session);
	ck_assert_int_eq(last()->event, STEP_COMPLETED);
	ck_assert_int_eq(last()->error, EAGAIN);
}
END_TEST

/* dup2() closes what it takes over, and with SO_LINGER waits as close does. */
START_TEST(dup2_that_lingers)
{
	listening();
	gives(4, "socket tcp");
	ok("connect 4 $:8080");
	gives(5, "accept 3");
	ok("setsockopt 4 SO_LINGER {1, 30}");
	ok("fcntl 4 F_SETFL O_NONBLOCK");
	ck_assert_int_eq(run("send 4 64M*\"x\""), RUN_RETURNED);
	ck_assert_int_gt(last()->result, 0);
	waits("accept 3 &");
	waits("dup2 3 4 &");
	ck_assert_str_eq(last()->waits_for, "unsent data of fd 4 to be sent (SO_LINGER)");
	/* Others are answered meanwhile. */
	ok("getsockname 3");
	ck_assert_int_eq(session_interrupt(driver.session, 2, &driver.err), 0);
	ck_assert_int_eq(last()->event, STEP_COMPLETED);
}
END_TEST

/* The call waits until its process goes on, which is said; meanwhile nothing else hangs. */
START_TEST(a_stopped_process)
{
	pid_t pid = session_process_pid(session_current(driver.session));
	siginfo_t info;
	char text[128];

	listening();
	session_set_timeout(driver.session, 100000);
	ck_assert_int_eq(kill(pid, SIGSTOP), 0);
	ck_assert_int_eq(waitid(P_PID, (id_t)pid, &info, WSTOPPED | WNOWAIT), 0);
	ck_assert_int_eq(run("getsockname 3"), RUN_TIMED_OUT);
	ck_assert_int_eq(last()->event, STEP_WAITING);
	snprintf(text, sizeof(text),
		 "process main, which is stopped (SIGSTOP): kill -CONT %d lets it go on", (int)pid);
	ck_assert_str_eq(last()->waits_for, text);
	ck_assert_uint_eq(count_jobs(), 1);
	ck_assert_int_eq(run("getsockname 3 &"), RUN_FAILED);
	ck_assert_ptr_nonnull(strstr(driver.err.text, "process main is stopped (SIGSTOP)"));
	ck_assert_int_eq(kill(pid, SIGCONT), 0);
	session_set_timeout(driver.session, 0);
	ck_assert_int_eq(session_wait(driver.session, 0, false, &driver.err), RUN_RETURNED);
	ck_assert_int_eq(last()->event, STEP_COMPLETED);
	ck_assert_int_eq(last()->result, 0);
	ck_assert_uint_eq(count_jobs(), 0);
	gives(4, "socket tcp");
}
END_TEST

/* What the person does while a call is in the foreground. */
static int key_fd;
static enum session_signal key;

/* Stopped before, it is awake, and so looked at, while it dies. */
static void kill_current(void)
{
	pid_t pid = session_process_pid(session_current(driver.session));
	siginfo_t info;

	ck_assert_int_eq(kill(pid, SIGSTOP), 0);
	ck_assert_int_eq(waitid(P_PID, (id_t)pid, &info, WSTOPPED | WNOWAIT), 0);
	ck_assert_int_eq(kill(pid, SIGKILL), 0);
}

static enum session_signal press(void *data)
{
	enum session_signal pressed = key;
	uint64_t count;

	(void)data;
	if (read(key_fd, &count, sizeof(count)) < 0)
		return SIGNAL_NONE;
	if (pressed == SIGNAL_NONE)
		kill_current();
	return pressed;
}

static void start_with_keys(void)
{
	struct session_config config = {.prompt = true, .hooks.signal = press};

	choose_host();
	driver.fds_before = count_fds();
	key_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	ck_assert_int_ge(key_fd, 0);
	config.hooks.signal_fd = key_fd;
	start_with(config);
}

static void end_with_keys(void)
{
	close(key_fd);
	end();
}

static enum session_result run_and_press(const char *text, enum session_signal signal)
{
	uint64_t one = 1;

	key = signal;
	ck_assert_int_eq(write(key_fd, &one, sizeof(one)), sizeof(one));
	return run(text);
}

START_TEST(ctrl_c_interrupts)
{
	listening();
	ck_assert_int_eq(run_and_press("accept 3", SIGNAL_INTERRUPT), RUN_RETURNED);
	ck_assert_int_eq(last()->event, STEP_DONE);
	ck_assert_int_eq(last()->error, EINTR);
	ck_assert_uint_eq(count_jobs(), 0);
}
END_TEST

START_TEST(ctrl_z_makes_a_job)
{
	listening();
	ck_assert_int_eq(run_and_press("accept 3", SIGNAL_SUSPEND), RUN_WAITS);
	ck_assert_int_eq(last()->event, STEP_WAITING);
	ck_assert_int_eq(last()->job, 1);
	ck_assert_uint_eq(count_jobs(), 1);
	gives(5, "socket tcp");
	run("connect 5 $:8080");
	ck_assert_int_eq(last()->event, STEP_COMPLETED);
	ck_assert_int_eq(last()->job, 1);
}
END_TEST

START_TEST(the_run_is_ended)
{
	listening();
	ck_assert_int_eq(run_and_press("accept 3", SIGNAL_QUIT), RUN_INTERRUPTED);
}
END_TEST

static bool counted_down(void *data)
{
	int *left = data;

	return --*left < 0;
}

/* It is asked again although no event comes. */
START_TEST(what_is_awaited)
{
	uint64_t one = 1;
	int asked = 0;

	ck_assert_int_eq(session_await(driver.session, 1, counted_down, &asked), RUN_RETURNED);
	asked = 3;
	ck_assert_int_eq(session_await(driver.session, PATIENCE_US, counted_down, &asked),
			 RUN_RETURNED);
	asked = 1000000;
	ck_assert_int_eq(session_await(driver.session, 20000, counted_down, &asked), RUN_TIMED_OUT);
	ck_assert_int_lt(asked, 1000000 - 1);
	key = SIGNAL_INTERRUPT;
	ck_assert_int_eq(write(key_fd, &one, sizeof(one)), sizeof(one));
	ck_assert_int_eq(session_await(driver.session, PATIENCE_US, counted_down, &asked),
			 RUN_INTERRUPTED);
}
END_TEST

START_TEST(ctrl_c_ends_a_wait)
{
	uint64_t one = 1;

	listening();
	waits("accept 3 &");
	key = SIGNAL_INTERRUPT;
	ck_assert_int_eq(write(key_fd, &one, sizeof(one)), sizeof(one));
	ck_assert_int_eq(session_wait(driver.session, 1, false, &driver.err), RUN_INTERRUPTED);
	ck_assert_uint_eq(count_jobs(), 1);
	/* fg: here it interrupts the call itself. */
	ck_assert_int_eq(write(key_fd, &one, sizeof(one)), sizeof(one));
	ck_assert_int_eq(session_wait(driver.session, 1, true, &driver.err), RUN_RETURNED);
	ck_assert_int_eq(last()->error, EINTR);
	ck_assert_int_eq(write(key_fd, &one, sizeof(one)), sizeof(one));
	ck_assert_int_eq(session_sleep(driver.session, PATIENCE_US), RUN_INTERRUPTED);
}
END_TEST

START_TEST(it_dies_in_the_foreground)
{
	listening();
	waits("accept 3 &");
	ck_assert_int_eq(run_and_press("accept 3", SIGNAL_NONE), RUN_DIED);
	await_death(1);
	ck_assert_str_eq(driver.death, "was killed by SIGKILL");
	ck_assert_uint_eq(count_jobs(), 0);
	ck_assert_int_eq(session_wait(driver.session, 0, false, &driver.err), RUN_RETURNED);
}
END_TEST

static Suite *session_suite(void)
{
	Suite *suite = suite_create("session_jobs");
	TCase *tests = tcase_create("jobs");

	tcase_add_checked_fixture(tests, start, end);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, accept_in_the_background);
	tcase_add_test(tests, background_that_returns);
	tcase_add_test(tests, numbers_are_given_again);
	tcase_add_test(tests, jobs_complete_in_order);
	tcase_add_test(tests, two_jobs_end_at_once);
	tcase_add_test(tests, the_same_order_every_time);
	tcase_add_test(tests, a_number_is_one_jobs);
	tcase_add_test(tests, wait_for_a_job);
	tcase_add_test(tests, wait_until_it_returns);
	tcase_add_test(tests, a_foreground_call_times_out);
	tcase_add_test(tests, an_event_loop_sees_a_job_end);
	tcase_add_test(tests, dup2_that_lingers);
	tcase_add_test(tests, a_stopped_process);
	suite_add_tcase(suite, tests);

	tests = tcase_create("keys");
	tcase_add_checked_fixture(tests, start_with_keys, end_with_keys);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, ctrl_c_interrupts);
	tcase_add_test(tests, ctrl_z_makes_a_job);
	tcase_add_test(tests, the_run_is_ended);
	tcase_add_test(tests, ctrl_c_ends_a_wait);
	tcase_add_test(tests, what_is_awaited);
	tcase_add_test(tests, it_dies_in_the_foreground);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return unit_main(session_suite());
}
