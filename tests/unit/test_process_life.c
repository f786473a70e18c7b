/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "base/grow.h"
#include "calls/call.h"
#include "process_driver.h"

static void start_calls(void)
{
	start_with(calls_perform);
}

START_TEST(owns_its_channel)
{
	int fd, owned = 0;

	for (fd = 0; fd < 65536; fd++)
		owned += process_owns(process, fd);
	/* The sockets, and the lifeline. */
	ck_assert_int_eq(owned, 2);
	ck_assert(!process_owns(process, 3));
	ck_assert(!process_owns(process, -1));
}
END_TEST

START_TEST(sigpipe_is_survived)
{
	struct frame frame = {.call = OWN_PIPE};
	struct signal_note note;

	ck_assert_int_eq(make(&frame), -1);
	ck_assert_int_eq(frame.error, EPIPE);
	ck_assert(process_signal(process, &note));
	ck_assert_int_eq(note.number, SIGPIPE);
	ck_assert_int_eq(note.fd, -1);
	frame = (struct frame){.call = OWN_NULL};
	ck_assert_int_eq(make(&frame), 1);
	ck_assert(!process_signal(process, &note));
}
END_TEST

START_TEST(sigpipe_can_be_ignored)
{
	struct frame frame = {.call = OWN_PIPE};
	struct signal_note note;

	ck_assert_int_eq(process_set_pipe(process, SIGNALS_PIPE_IGNORE), 0);
	ck_assert_int_eq(make(&frame), -1);
	ck_assert_int_eq(frame.error, EPIPE);
	ck_assert(!process_signal(process, &note));
	ck_assert_int_eq(process_set_pipe(process, SIGNALS_PIPE_CATCH), 0);
	frame = (struct frame){.call = OWN_PIPE};
	ck_assert_int_eq(make(&frame), -1);
	ck_assert(process_signal(process, &note));
}
END_TEST

START_TEST(sigpipe_can_kill)
{
	struct frame frame = {.call = OWN_PIPE};
	struct error err;

	ck_assert_int_eq(process_set_pipe(process, SIGNALS_PIPE_DEFAULT), 0);
	ck_assert_uint_ne(process_call(process, &frame, &err), 0);
	await_death();
	ck_assert_str_eq(process_death(process), "was killed by SIGPIPE");
	ck_assert_int_eq(process_set_pipe(process, SIGNALS_PIPE_CATCH), -1);
}
END_TEST

static void await_note(int number)
{
	struct pollfd fd = {.fd = process_poll_fd(process), .events = POLLIN};
	struct signal_note note;

	while (!process_has_answer(process))
		ck_assert_int_eq(poll(&fd, 1, 20000), 1);
	ck_assert(process_signal(process, &note));
	ck_assert_int_eq(note.number, number);
	ck_assert_int_eq(note.sender, getpid());
	ck_assert(!process_signal(process, &note));
}

/* Whoever polls is woken, and a call that waits is not ended: SA_RESTART. */
START_TEST(signals_are_noted)
{
	uint32_t id = block(own(OWN_LISTEN, 0));

	wait_asleep(id);
	ck_assert_int_eq(process_kill(process, SIGURG), 0);
	await_note(SIGURG);
	ck_assert_int_eq(process_kill(process, SIGIO), 0);
	await_note(SIGIO);
	ck_assert_int_eq(process_kill(process, SIGRTMIN + 3), 0);
	await_note(SIGRTMIN + 3);
	wait_asleep(id);
}
END_TEST

/* More than are kept: those that come later are lost, and nothing else is. */
START_TEST(many_signals)
{
	const union sigval value = {0};
	struct signal_note note;
	int i, count = 0;

	for (i = 0; i < 3 * CHANNEL_NOTES; i++)
		ck_assert_int_eq(sigqueue(process_pid(process), SIGRTMIN, value), 0);
	ck_assert_int_eq(own(OWN_ADD, 0), 0);
	while (process_signal(process, &note)) {
		ck_assert_int_eq(note.number, SIGRTMIN);
		count++;
	}
	ck_assert_int_ge(count, CHANNEL_NOTES);
	ck_assert_int_eq(own(OWN_ADD, 0), 0);
}
END_TEST

/* Another thread handles the signal of a call that may wait, and may look at it when it is over. */
START_TEST(signals_of_short_calls)
{
	uint32_t id = block(own(OWN_LISTEN, 0));
	struct signal_note note;
	int i;

	wait_asleep(id);
	interrupt_all(&id, 1);
	for (i = 0; i < 20000; i++) {
		struct frame frame = {
			.call = OWN_SIGNAL, .may_wait = true, .arg[0].number = SIGUSR1};

		ck_assert_int_eq(make(&frame), 0);
		while (process_signal(process, &note))
			ck_assert_int_eq(note.number, SIGUSR1);
	}
}
END_TEST

static int *handled;

static void on_window(int number)
{
	(void)number;
	(*handled)++;
}

static void raise_window(void)
{
	raise(SIGWINCH);
}

/* A signal that comes right after the fork must not find a handler of the explorer's. */
START_TEST(the_child_has_no_handler_of_ours)
{
	struct error err;
	struct process *other;

	handled = mmap(NULL, sizeof(*handled), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		       -1, 0);
	ck_assert(handled != MAP_FAILED);
	signal(SIGWINCH, on_window);
	ck_assert_int_eq(pthread_atfork(NULL, NULL, raise_window), 0);
	other = process_start("other", calls_perform, NULL, &err);
	ck_assert_ptr_nonnull(other);
	ck_assert_int_eq(process_set_pipe(other, SIGNALS_PIPE_CATCH), 0);
	ck_assert_int_eq(*handled, 0);
	raise(SIGWINCH);
	ck_assert_int_eq(*handled, 1);
	process_free(other);
}
END_TEST

START_TEST(killed)
{
	struct frame frame = {.call = OWN_SOCKET};
	struct descriptor told;
	struct error err = {0};
	int fd = 0;

	wait_asleep(block(own(OWN_LISTEN, 0)));
	ck_assert_int_eq(process_kill(process, SIGKILL), 0);
	await_death();
	ck_assert_str_eq(process_death(process), "was killed by SIGKILL");
	ck_assert_uint_eq(process_call(process, &frame, &err), 0);
	ck_assert_str_eq(err.text, "process main is dead: it was killed by SIGKILL");
	ck_assert_int_eq(process_read(process, &fd, 1, &told), -1);
	ck_assert_int_eq(process_list(process, 0, &fd, 1), -1);
	ck_assert_int_eq(process_phase(process, 2), PHASE_GONE);
	process_interrupt(process, 2);
	ck_assert_int_eq(process_kill(process, SIGKILL), -1);
	ck_assert_int_eq(errno, ESRCH);
}
END_TEST

/* It is asked nothing while it is stopped, and goes on as if nothing had been. */
START_TEST(stopped)
{
	struct frame frame = {.call = OWN_ADD};
	struct descriptor told;
	struct error err = {0};
	char text[128];
	int fd = 0;
	long result;

	ck_assert_int_eq(process_kill(process, SIGSTOP), 0);
	/* Before the signal has come to it, it may answer. */
	while (process_read(process, &fd, 1, &told) == 0)
		;
	ck_assert(process_stopped(process));
	ck_assert(process_alive(process));
	ck_assert_int_eq(process_read(process, &fd, 1, &told), -1);
	ck_assert_int_eq(process_list(process, 0, &fd, 1), -1);
	ck_assert_uint_eq(process_call(process, &frame, &err), 0);
	snprintf(text, sizeof(text),
		 "process main is stopped (SIGSTOP): kill -CONT %d lets it go on",
		 (int)process_pid(process));
	ck_assert_str_eq(err.text, text);
	ck_assert_int_eq(process_kill(process, SIGCONT), 0);
	while (process_stopped(process))
		;
	result = own(OWN_ADD, 0);
	ck_assert_int_eq(result, 0);
	ck_assert_int_eq(process_read(process, &fd, 1, &told), 0);
	ck_assert(told.open);
}
END_TEST

START_TEST(killed_unnoticed)
{
	struct descriptor told;
	int fd = 0;

	ck_assert_int_eq(process_read(process, &fd, 1, &told), 0);
	ck_assert_int_eq(process_kill(process, SIGTERM), 0);
	/* It may answer once or twice before the signal arrives. */
	while (process_read(process, &fd, 1, &told) == 0)
		;
	ck_assert(!process_alive(process));
	ck_assert_str_eq(process_death(process), "was killed by SIGTERM");
}
END_TEST

START_TEST(exited)
{
	struct frame frame = {.call = OWN_EXIT, .arg[0].number = 3};

	send_call(&frame);
	await_death();
	ck_assert_str_eq(process_death(process), "exited with status 3");
}
END_TEST

/* A child of the test starts a process whose call waits, says its number and ends. */
static struct process *fork_of(struct process *which, const char *name);

static void explorer(int to)
{
	struct process *child, *sleeper;
	struct error err;
	pid_t pids[4];

	process = process_start("main", perform, NULL, &err);
	if (!process)
		_exit(1);
	wait_asleep(block(own(OWN_LISTEN, 0)));
	/* And those that come of it: whose parent lives, or is gone; one that is stopped. */
	child = fork_of(process, "child");
	sleeper = fork_of(child, "sleeper");
	process_kill(sleeper, SIGSTOP);
	pids[0] = process_pid(process);
	pids[1] = process_pid(child);
	pids[2] = process_pid(sleeper);
	pids[3] = process_pid(fork_of(child, "orphan"));
	process_kill(child, SIGKILL);
	raise(write(to, pids, sizeof(pids)) == sizeof(pids) ? SIGKILL : SIGABRT);
}

START_TEST(ends_with_its_explorer)
{
	long deadline = now_us() + PATIENCE_US;
	int status, pair[2];
	pid_t child, pids[4], got;
	int i;

	/* So that it becomes a child of this one, which can then tell that it is gone. */
	ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	ck_assert_int_eq(pipe(pair), 0);
	child = fork();
	if (child == 0)
		explorer(pair[1]);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, SIGKILL);
	ck_assert_int_eq(read(pair[0], pids, sizeof(pids)), sizeof(pids));
	for (i = 0; i < 4; i++) {
		/* One whose parent has not waited for it comes here when that is gone. */
		while ((got = waitpid(pids[i], &status, WNOHANG)) == 0 || (got < 0 && i > 0))
			ck_assert_msg(now_us() < deadline, "process %d outlives its explorer",
				      (int)pids[i]);
		ck_assert_int_eq(got, pids[i]);
	}
}
END_TEST

/* Makes a call in the process that is given. */
static long make_in(struct process *which, unsigned call, long number)
{
	struct process *before = process;
	long result;

	process = which;
	result = own(call, number);
	process = before;
	return result;
}

static struct process *fork_of(struct process *which, const char *name)
{
	struct frame frame = {.call = OWN_FORK, .forks = true};
	struct failure failure = {0};
	struct process *before = process, *child;

	process = which;
	make(&frame);
	process = before;
	ck_assert_int_gt(frame.result, 0);
	child = process_forked(which, &frame, name, &failure);
	ck_assert_ptr_nonnull(child);
	ck_assert_int_eq(process_pid(child), frame.result);
	return child;
}

static void await_death_of(struct process *which)
{
	struct process *before = process;

	process = which;
	await_death();
	process = before;
}

static uint64_t cookie_in(struct process *which, int fd)
{
	struct descriptor told;

	ck_assert_int_eq(process_read(which, &fd, 1, &told), 0);
	ck_assert(told.open && told.socket);
	return told.endpoint.cookie;
}

START_TEST(forked)
{
	struct process *child, *grandchild;

	ck_assert_int_eq(own(OWN_SOCKET, 0), 3);
	/* Of several threads one is copied. */
	wait_asleep(block(own(OWN_LISTEN, 0)));
	child = fork_of(process, "child");
	ck_assert_str_eq(process_name(child), "child");
	ck_assert_uint_eq(cookie_in(child, 3), cookie_in(process, 3));
	ck_assert_int_eq(make_in(child, OWN_PARENT, 0), process_pid(process));
	/* What comes later is one's own. In the parent accept() has taken a number already. */
	ck_assert_int_eq(make_in(child, OWN_SOCKET, 0), 5);
	ck_assert_int_eq(make_in(process, OWN_SOCKET, 0), 6);
	ck_assert_uint_ne(cookie_in(child, 5), cookie_in(process, 6));
	grandchild = fork_of(child, "grandchild");
	ck_assert_int_eq(make_in(grandchild, OWN_PARENT, 0), process_pid(child));
	/* One that dies is told of, and leaves no zombie. */
	ck_assert_int_eq(process_kill(grandchild, SIGTERM), 0);
	await_death_of(grandchild);
	ck_assert_str_eq(process_death(grandchild), "was killed by SIGTERM");
	ck_assert_int_eq(kill(process_pid(grandchild), 0), -1);
	process_free(grandchild);
	/* The parent's end is not the child's. */
	ck_assert_int_eq(process_kill(process, SIGKILL), 0);
	await_death();
	ck_assert_int_eq(make_in(child, OWN_PARENT, 0), getpid());
	ck_assert_uint_ne(cookie_in(child, 3), 0);
	process_free(child);
}
END_TEST

START_TEST(forked_and_exited)
{
	struct process *child = fork_of(process, "child");
	struct frame frame = {.call = OWN_EXIT, .arg[0].number = 5};
	struct error err;

	ck_assert_uint_ne(process_call(child, &frame, &err), 0);
	await_death_of(child);
	ck_assert_str_eq(process_death(child), "exited with status 5");
	process_free(child);
	ck_assert_int_eq(own(OWN_ADD, 0), 0);
}
END_TEST

/* Its parent cannot wait for it, and still it is known how it ended. */
START_TEST(forked_of_a_stopped_one)
{
	struct process *child = fork_of(process, "child");

	ck_assert_int_eq(process_kill(process, SIGSTOP), 0);
	while (!process_stopped(process))
		;
	ck_assert_int_eq(process_kill(child, SIGUSR1 + 5), 0);
	await_death_of(child);
	ck_assert_ptr_nonnull(strstr(process_death(child), "was killed by SIG"));
	process_free(child);
}
END_TEST

START_TEST(forked_too_often)
{
	struct process *list[CHANNELS_MOST] = {process};
	struct frame frame = {.call = OWN_FORK, .forks = true};
	struct error err = {0};
	int i;

	/* A cycle: each is the next one's parent. */
	for (i = 1; i < CHANNELS_MOST; i++)
		list[i] = fork_of(list[i - 1], "next");
	ck_assert_uint_eq(process_call(list[i - 1], &frame, &err), 0);
	ck_assert_str_eq(err.text, "32 processes live that have come of one, and no more fit");
	/* One that is gone makes room. */
	ck_assert_int_eq(process_kill(list[7], SIGKILL), 0);
	await_death_of(list[7]);
	process_free(list[7]);
	list[7] = fork_of(list[i - 1], "again");
	ck_assert_int_eq(make_in(list[7], OWN_PARENT, 0), process_pid(list[i - 1]));
	for (i = 1; i < CHANNELS_MOST; i++)
		process_free(list[i]);
}
END_TEST

START_TEST(fork_that_fails)
{
	struct frame frame = {.call = OWN_FAIL, .forks = true, .arg[0].number = EAGAIN};
	int i;

	for (i = 0; i < 2 * CHANNELS_MOST; i++) {
		frame = (struct frame){.call = OWN_FAIL, .forks = true};
		ck_assert_int_eq(make(&frame), -1);
	}
}
END_TEST

/* Nobody is told of the child of one that dies before it answers: that ends, too. */
START_TEST(dies_while_it_forks)
{
	struct frame frame = {.call = OWN_FORK_DIE, .forks = true};
	struct process *other = fork_of(process, "other");

	send_call(&frame);
	await_death();
	ck_assert_int_eq(make_in(other, OWN_PARENT, 0), getpid());
	process_free(other);
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
	ck_assert_int_eq(errno, ECHILD);
}
END_TEST

static void start_later(void)
{
	struct error err;

	fds_before = count_fds();
	process = process_later("main", perform, &err);
	ck_assert_msg(process != NULL, "%s", err.text);
}

static bool has_child(void)
{
	return waitpid(-1, NULL, WNOHANG) == 0;
}

START_TEST(begins_when_it_is_asked)
{
	struct signal_note note;

	ck_assert(!process_has_begun(process));
	ck_assert(process_alive(process));
	ck_assert(!process_stopped(process));
	ck_assert(!process_has_answer(process));
	ck_assert(!process_signal(process, &note));
	process_give_way(process);
	ck_assert(!has_child());
	ck_assert_int_eq(own(OWN_ADD, 0), 0);
	ck_assert(process_has_begun(process));
	ck_assert(has_child());
}
END_TEST

START_TEST(begins_for_its_number)
{
	ck_assert_int_gt(process_pid(process), 0);
	ck_assert(has_child());
	ck_assert_int_eq(process_set_pipe(process, SIGNALS_PIPE_CATCH), 0);
}
END_TEST

START_TEST(killed_before_it_begins)
{
	ck_assert_int_eq(process_kill(process, SIGKILL), 0);
	await_death();
	ck_assert_str_eq(process_death(process), "was killed by SIGKILL");
}
END_TEST

START_TEST(never_begins)
{
	process_end(process);
	ck_assert(!process_alive(process));
	ck_assert(!process_has_begun(process));
	ck_assert(!has_child());
}
END_TEST

/* No more processes; threads may be, since LeakSanitizer needs one. */
static void forbid_forks(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 2),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_VM, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EAGAIN),
	};
	struct sock_fprog program = {.len = COUNT_OF(filter), .filter = filter};

	ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	ck_assert_int_eq(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), 0);
}

START_TEST(cannot_begin)
{
	struct frame frame = {.call = OWN_ADD};
	struct error err = {0};

	forbid_forks();
	ck_assert_uint_eq(process_call(process, &frame, &err), 0);
	ck_assert_str_eq(err.text, "process main is dead: it was given up: fork: Resource "
				   "temporarily unavailable");
	ck_assert_int_eq(process_kill(process, SIGKILL), -1);
	ck_assert_int_eq(errno, ESRCH);
}
END_TEST

START_TEST(free_of_nothing)
{
	process_free(NULL);
}
END_TEST

/* A call from its record, as the session makes it. */
static void fill(struct frame *frame, struct value *values, const char *name, const char *one,
		 const char *two)
{
	const struct call *call = calls_find(name, strlen(name));
	struct word words[] = {{.text = one, .len = strlen(one), .column = 1},
			       {.text = two, .len = two ? strlen(two) : 0, .column = 1}};
	static const struct resolver resolver;
	struct error err;

	ck_assert_ptr_nonnull(call);
	ck_assert_msg(values_read(&call->record, words, two ? 2 : 1, false, 1, &resolver, values,
				  &err) == 0,
		      "%s", err.text);
	values_to_frame(call, values, frame);
}

START_TEST(calls_of_the_table)
{
	struct value values[CALL_ARGS] = {0};
	struct frame frame = {0};
	int pair[2];

	fill(&frame, values, "socket", "tcp", NULL);
	ck_assert_int_eq(make(&frame), 3);
	ck_assert_int_eq(frame.reads, 1);
	ck_assert_int_eq(frame.told[0].endpoint.protocol, IPPROTO_TCP);
	process_frame_free(&frame);
	values_free(values);
	fill(&frame, values, "socketpair", "unix", NULL);
	ck_assert_int_eq(make(&frame), 0);
	ck_assert_int_gt(frame.pair_arg, 0);
	memcpy(pair, frame.arg[frame.pair_arg - 1].data, sizeof(pair));
	ck_assert_int_eq(pair[0], 4);
	ck_assert_int_eq(pair[1], 5);
	ck_assert_int_eq(frame.reads, 2);
	ck_assert_int_eq(frame.told[1].endpoint.family, AF_UNIX);
	process_frame_free(&frame);
	values_free(values);
}
END_TEST

static Suite *process_life_suite(void)
{
	Suite *suite = suite_create("process_life");
	TCase *tests;

	tests = tcase_create("life");
	tcase_add_checked_fixture(tests, start, end);
	tcase_set_timeout(tests, 40);
	tcase_add_test(tests, owns_its_channel);
	tcase_add_test(tests, sigpipe_is_survived);
	tcase_add_test(tests, sigpipe_can_be_ignored);
	tcase_add_test(tests, sigpipe_can_kill);
	tcase_add_test(tests, the_child_has_no_handler_of_ours);
	tcase_add_test(tests, killed);
	tcase_add_test(tests, stopped);
	tcase_add_test(tests, killed_unnoticed);
	tcase_add_test(tests, exited);
	suite_add_tcase(suite, tests);

	tests = tcase_create("later");
	tcase_add_checked_fixture(tests, start_later, end);
	tcase_set_timeout(tests, 40);
	tcase_add_test(tests, begins_when_it_is_asked);
	tcase_add_test(tests, begins_for_its_number);
	tcase_add_test(tests, killed_before_it_begins);
	tcase_add_test(tests, never_begins);
	tcase_add_test(tests, cannot_begin);
	suite_add_tcase(suite, tests);

	/* Where signals are handled while a thread sleeps: TSan does that only behind the call. */
	tests = tcase_create("signals");
	tcase_set_tags(tests, "signals");
	tcase_add_checked_fixture(tests, start, end);
	tcase_set_timeout(tests, 40);
	tcase_add_test(tests, signals_are_noted);
	tcase_add_test(tests, many_signals);
	tcase_add_test(tests, signals_of_short_calls);
	suite_add_tcase(suite, tests);

	/* Valgrind 3.19 has no pidfd_open. */
	tests = tcase_create("fork");
	tcase_set_tags(tests, "pidfd");
	tcase_add_checked_fixture(tests, start, end);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, forked);
	tcase_add_test(tests, forked_and_exited);
	tcase_add_test(tests, forked_of_a_stopped_one);
	tcase_add_test(tests, forked_too_often);
	tcase_add_test(tests, fork_that_fails);
	tcase_add_test(tests, dies_while_it_forks);
	suite_add_tcase(suite, tests);

	tests = tcase_create("table");
	tcase_add_checked_fixture(tests, start_calls, end);
	tcase_set_timeout(tests, 40);
	tcase_add_test(tests, calls_of_the_table);
	suite_add_tcase(suite, tests);

	tests = tcase_create("explorer");
	tcase_set_tags(tests, "pidfd");
	tcase_set_timeout(tests, 40);
	tcase_add_test(tests, ends_with_its_explorer);
	suite_add_tcase(suite, tests);

	tests = tcase_create("nothing");
	tcase_add_test(tests, free_of_nothing);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return unit_main(process_life_suite());
}
