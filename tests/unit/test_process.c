/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "calls/call.h"
#include "process/channel.h"
#include "process/process.h"
#include "unit.h"

#define PATIENCE_US 20000000L
#define LARGE       (8UL * 1024 * 1024)

/* Calls of the test's own, by their index in `performs`. */
enum {
	OWN_SOCKET,
	OWN_ADD,    /* the sum of the bytes of argument 0 */
	OWN_FILL,   /* argument 0 gets `number` in each byte */
	OWN_CHANGE, /* each byte of argument 0 grows by one */
	OWN_LISTEN,
	OWN_ACCEPT,
	OWN_EXIT,
	OWN_PIPE, /* write() to a pair whose other end is closed */
	OWN_NULL, /* whether a descriptor is /dev/null */
	OWN_FAIL, /* -1 with errno `number` */
};

static void own_socket(struct frame *frame)
{
	frame->result = socket(AF_INET, SOCK_STREAM, 0);
}

static void own_add(struct frame *frame)
{
	const unsigned char *bytes = frame->arg[0].data;
	size_t i;

	for (i = 0, frame->result = 0; i < frame->arg[0].size; i++)
		frame->result += bytes[i];
}

static void own_fill(struct frame *frame)
{
	frame->result = frame->arg[0].data != NULL;
	if (frame->arg[0].data)
		memset(frame->arg[0].data, (int)frame->arg[0].number, frame->arg[0].size);
}

static void own_change(struct frame *frame)
{
	unsigned char *bytes = frame->arg[0].data;
	size_t i;

	for (i = 0, frame->result = 0; i < frame->arg[0].size; i++)
		bytes[i]++;
}

static void own_listen(struct frame *frame)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	frame->result = listen(fd, 1) < 0 ? -1 : fd;
}

static void own_accept(struct frame *frame)
{
	frame->result = accept((int)frame->arg[0].number, NULL, NULL);
}

static void own_exit(struct frame *frame)
{
	_exit((int)frame->arg[0].number);
}

static void own_pipe(struct frame *frame)
{
	int pair[2];

	frame->result = socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	if (frame->result < 0)
		return;
	close(pair[1]);
	frame->result = write(pair[0], "x", 1);
}

static void own_null(struct frame *frame)
{
	struct stat info;

	frame->result = fstat((int)frame->arg[0].number, &info) == 0 && S_ISCHR(info.st_mode) &&
			info.st_rdev == makedev(1, 3);
}

static void own_fail(struct frame *frame)
{
	frame->result = -1;
	errno = (int)frame->arg[0].number;
}

static frame_perform *const performs[] = {
	own_socket, own_add,  own_fill, own_change, own_listen,
	own_accept, own_exit, own_pipe, own_null,   own_fail,
};

static void perform(struct frame *frame)
{
	performs[frame->call](frame);
}

static long now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

static struct process *process;
static int fds_before;

static int count_fds(void)
{
	DIR *directory = opendir("/proc/self/fd");
	int count = 0;

	ck_assert_ptr_nonnull(directory);
	while (readdir(directory))
		count++;
	closedir(directory);
	return count;
}

static void start_with(frame_perform *performer)
{
	struct error err;

	fds_before = count_fds();
	process = process_start("main", performer, &err);
	ck_assert_msg(process != NULL, "%s", err.text);
}

static void start(void)
{
	start_with(perform);
}

static void start_calls(void)
{
	start_with(calls_perform);
}

/* Nothing is left behind, whatever the test did. */
static void end(void)
{
	process_free(process);
	ck_assert_int_eq(count_fds(), fds_before);
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
	ck_assert_int_eq(errno, ECHILD);
}

static uint32_t send_call(const struct frame *frame)
{
	struct error err = {0};
	uint32_t id = process_call(process, frame, &err);

	ck_assert_msg(id != 0, "%s", err.text);
	return id;
}

static uint32_t answer(struct frame *frame)
{
	long deadline = now_us() + PATIENCE_US;
	enum process_event event;
	uint32_t id = 0;

	do
		event = process_answer(process, &id, frame, PATIENCE_US);
	while (event == PROCESS_NOTHING && now_us() < deadline);
	ck_assert_int_eq(event, PROCESS_ANSWER);
	return id;
}

/* Makes a call that returns at once; the answer is to be freed where it has bytes. */
static long make(struct frame *frame)
{
	uint32_t id = send_call(frame);

	ck_assert_uint_eq(answer(frame), id);
	return frame->result;
}

static long own(unsigned call, long number)
{
	struct frame frame = {.call = call, .arg[0].number = number};

	return make(&frame);
}

static void wait_asleep(uint32_t id)
{
	long deadline = now_us() + PATIENCE_US;

	while (process_phase(process, id) != PHASE_ASLEEP)
		ck_assert_msg(now_us() < deadline, "call %u never slept", id);
}

static uint32_t block(long fd)
{
	struct frame frame = {.call = OWN_ACCEPT, .arg[0].number = fd};

	return send_call(&frame);
}

/* Interrupts until it is answered: one signal may come before the call sleeps. */
static void interrupt_all(const uint32_t *ids, int count)
{
	long deadline = now_us() + PATIENCE_US;
	struct frame frame;
	uint32_t id;
	int i, left = count;

	while (left) {
		ck_assert_msg(now_us() < deadline, "%d calls were not interrupted", left);
		for (i = 0; i < count; i++)
			process_interrupt(process, ids[i]);
		while (left && process_answer(process, &id, &frame, 10000) == PROCESS_ANSWER) {
			ck_assert_int_eq(frame.result, -1);
			ck_assert_int_eq(frame.error, EINTR);
			left--;
		}
	}
}

static void await_death(void)
{
	long deadline = now_us() + PATIENCE_US;
	struct frame frame;
	uint32_t id;

	while (process_answer(process, &id, &frame, 100000) != PROCESS_DIED)
		ck_assert_msg(now_us() < deadline, "it does not die");
	ck_assert(!process_alive(process));
}

START_TEST(first_socket_is_3)
{
	struct frame frame = {.call = OWN_SOCKET, .result_is_fd = true};

	ck_assert_str_eq(process_name(process), "main");
	ck_assert_int_gt(process_pid(process), 0);
	ck_assert(process_alive(process));
	ck_assert_int_eq(make(&frame), 3);
	ck_assert_int_eq(frame.reads, 1);
	ck_assert_int_eq(frame.told[0].fd, 3);
	ck_assert(frame.told[0].socket);
	ck_assert_int_eq(frame.told[0].endpoint.state, STATE_CLOSED);
	ck_assert_int_eq(own(OWN_SOCKET, 0), 4);
}
END_TEST

START_TEST(in_bytes)
{
	struct frame frame = {.call = OWN_ADD,
			      .arg[0] = {.way = FRAME_IN, .data = "\1\2\3", .size = 3}};

	ck_assert_int_eq(make(&frame), 6);
	ck_assert_ptr_null(frame.arg[0].data);
}
END_TEST

START_TEST(out_bytes)
{
	struct frame frame = {.call = OWN_FILL,
			      .arg[0] = {.way = FRAME_OUT, .number = 7, .size = 100}};
	int i;

	ck_assert_int_eq(make(&frame), 1);
	ck_assert_int_eq(frame.arg[0].size, 100);
	for (i = 0; i < 100; i++)
		ck_assert_int_eq(((char *)frame.arg[0].data)[i], 7);
	process_frame_free(&frame);
	ck_assert_ptr_null(frame.arg[0].data);
}
END_TEST

START_TEST(out_without_room_is_null)
{
	struct frame frame = {.call = OWN_FILL, .arg[0] = {.way = FRAME_OUT}};

	ck_assert_int_eq(make(&frame), 0);
	ck_assert_ptr_null(frame.arg[0].data);
}
END_TEST

START_TEST(both_ways)
{
	char bytes[] = "HAL";
	struct frame frame = {.call = OWN_CHANGE,
			      .arg[0] = {.way = FRAME_BOTH, .data = bytes, .size = 3}};

	ck_assert_int_eq(make(&frame), 0);
	ck_assert_mem_eq(frame.arg[0].data, "IBM", 3);
	ck_assert_str_eq(bytes, "HAL");
	process_frame_free(&frame);
}
END_TEST

START_TEST(errno_is_kept)
{
	struct frame frame = {.call = OWN_FAIL, .arg[0].number = EXDEV};

	ck_assert_int_eq(make(&frame), -1);
	ck_assert_int_eq(frame.error, EXDEV);
	ck_assert_int_eq(own(OWN_NULL, 0), 1);
}
END_TEST

/* Shared pages of this program, in KiB. */
static long shared_kib(void)
{
	char line[256];
	long value = -1;
	FILE *file = fopen("/proc/self/status", "r");

	ck_assert_ptr_nonnull(file);
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "RssShmem: %ld", &value) == 1)
			break;
	fclose(file);
	return value;
}

START_TEST(large_bytes_are_given_back)
{
	unsigned char *bytes = malloc(LARGE);
	long before = shared_kib();
	int i;

	ck_assert_ptr_nonnull(bytes);
	memset(bytes, 1, LARGE);
	/* More than the whole large room, if none of it came back. */
	for (i = 0; i < (int)(CHANNEL_LARGE / LARGE) + 2; i++) {
		struct frame in = {.call = OWN_ADD,
				   .arg[0] = {.way = FRAME_IN, .data = bytes, .size = LARGE}};
		struct frame out = {.call = OWN_FILL,
				    .arg[0] = {.way = FRAME_OUT, .number = 1, .size = LARGE}};

		ck_assert_int_eq(make(&in), LARGE);
		ck_assert_int_eq(make(&out), 1);
		ck_assert_mem_eq(out.arg[0].data, bytes, LARGE);
		process_frame_free(&out);
	}
	free(bytes);
	ck_assert_int_lt(shared_kib() - before, 1024);
}
END_TEST

START_TEST(more_bytes_than_fit)
{
	struct frame frame = {.call = OWN_FILL,
			      .arg[0] = {.way = FRAME_OUT, .size = CHANNEL_LARGE + 1}};
	struct error err = {0};
	int i;

	/* A refused call must not keep its slot. */
	for (i = 0; i < CHANNEL_SLOTS + 1; i++) {
		ck_assert_uint_eq(process_call(process, &frame, &err), 0);
		ck_assert_ptr_nonnull(strstr(err.text, "bytes"));
	}
	ck_assert_int_eq(own(OWN_SOCKET, 0), 3);
}
END_TEST

START_TEST(blocked_calls_block_nobody)
{
	long fd = own(OWN_LISTEN, 0);
	uint32_t ids[10];
	int i;

	for (i = 0; i < 10; i++)
		ids[i] = block(fd);
	for (i = 0; i < 10; i++)
		wait_asleep(ids[i]);
	ck_assert_int_eq(own(OWN_NULL, fd), 0);
	/* An accept that waits has its descriptor already: 3 is the listener, 4 to 13 are theirs.
	 */
	ck_assert_int_eq(own(OWN_SOCKET, 0), 14);
	interrupt_all(ids, 10);
	for (i = 0; i < 10; i++)
		ck_assert_int_eq(process_phase(process, ids[i]), PHASE_GONE);
}
END_TEST

START_TEST(phases)
{
	struct frame frame;
	uint32_t id = block(own(OWN_LISTEN, 0));

	wait_asleep(id);
	ck_assert_int_eq(process_phase(process, id), PHASE_ASLEEP);
	ck_assert_int_eq(process_phase(process, id + 1), PHASE_GONE);
	ck_assert_int_eq(process_answer(process, &id, &frame, 0), PROCESS_NOTHING);
	ck_assert_int_eq(process_answer(process, &id, &frame, 20000), PROCESS_NOTHING);
	interrupt_all(&id, 1);
	ck_assert_int_eq(process_phase(process, id), PHASE_GONE);
}
END_TEST

START_TEST(an_interrupt_hits_its_call_alone)
{
	long fd = own(OWN_LISTEN, 0);
	uint32_t first = block(fd), second = block(fd);
	struct frame frame;

	wait_asleep(first);
	wait_asleep(second);
	interrupt_all(&second, 1);
	ck_assert_int_eq(process_phase(process, first), PHASE_ASLEEP);
	ck_assert_int_eq(process_answer(process, &second, &frame, 0), PROCESS_NOTHING);
	/* Nobody's: let pass. */
	process_interrupt(process, second);
	ck_assert_int_eq(own(OWN_NULL, 0), 1);
}
END_TEST

START_TEST(an_answer_wakes_poll)
{
	struct pollfd poller = {.fd = process_poll_fd(process), .events = POLLIN};
	struct frame frame = {.call = OWN_SOCKET};
	uint32_t id;

	ck_assert_int_eq(poll(&poller, 1, 0), 0);
	id = send_call(&frame);
	ck_assert_int_eq(poll(&poller, 1, PATIENCE_US / 1000), 1);
	ck_assert_uint_eq(answer(&frame), id);
	ck_assert_int_eq(poll(&poller, 1, 0), 0);
}
END_TEST

START_TEST(read_and_list)
{
	struct descriptor told[3];
	int fds[8], asked[] = {0, 3, 77};

	ck_assert_int_eq(own(OWN_SOCKET, 0), 3);
	ck_assert_int_eq(process_list(process, fds, 8), 4);
	ck_assert_int_eq(fds[0], 0);
	ck_assert_int_eq(fds[3], 3);
	ck_assert_int_eq(process_list(process, fds, 2), 4);
	ck_assert_int_eq(process_read(process, asked, 3, told), 0);
	ck_assert(told[0].open && !told[0].socket);
	ck_assert_str_eq(told[0].what, "character device");
	ck_assert(told[1].open && told[1].socket);
	ck_assert_int_eq(told[1].endpoint.protocol, IPPROTO_TCP);
	ck_assert(!told[2].open);
}
END_TEST

START_TEST(standard_descriptors_are_null)
{
	int fd;

	for (fd = 0; fd < 3; fd++)
		ck_assert_int_eq(own(OWN_NULL, fd), 1);
}
END_TEST

START_TEST(too_many_to_read)
{
	struct descriptor *told = calloc(FRAME_READS + 1, sizeof(*told));
	int fds[FRAME_READS + 1] = {0};
	int i;

	for (i = 0; i < CHANNEL_SLOTS + 1; i++)
		ck_assert_int_eq(process_read(process, fds, FRAME_READS + 1, told), -1);
	ck_assert_int_eq(process_read(process, fds, 1, told), 0);
	free(told);
}
END_TEST

/* Answers that come while a read is awaited are kept. */
START_TEST(answers_are_kept_in_order)
{
	struct frame frame = {.call = OWN_SOCKET};
	struct descriptor told;
	uint32_t ids[3];
	int i, fd = 0, left = 3;

	for (i = 0; i < 3; i++)
		ids[i] = send_call(&frame);
	ck_assert_int_eq(process_read(process, &fd, 1, &told), 0);
	while (left--) {
		uint32_t id = answer(&frame);

		ck_assert(id == ids[0] || id == ids[1] || id == ids[2]);
	}
	ck_assert_int_eq(own(OWN_SOCKET, 0), 6);
}
END_TEST

START_TEST(owns_its_channel)
{
	int fd, owned = 0;

	for (fd = 0; fd < 65536; fd++)
		owned += process_owns(process, fd);
	ck_assert_int_eq(owned, 1);
	ck_assert(!process_owns(process, 3));
	ck_assert(!process_owns(process, -1));
}
END_TEST

START_TEST(sigpipe_is_survived)
{
	struct frame frame = {.call = OWN_PIPE};

	ck_assert_int_eq(make(&frame), -1);
	ck_assert_int_eq(frame.error, EPIPE);
	ck_assert_uint_eq(frame.signals, 1);
	frame = (struct frame){.call = OWN_NULL};
	ck_assert_int_eq(make(&frame), 1);
	ck_assert_uint_eq(frame.signals, 0);
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
	ck_assert_int_eq(process_list(process, &fd, 1), -1);
	ck_assert_int_eq(process_phase(process, 2), PHASE_GONE);
	process_interrupt(process, 2);
	ck_assert_int_eq(process_kill(process, SIGKILL), -1);
	ck_assert_int_eq(errno, ESRCH);
}
END_TEST

START_TEST(killed_unnoticed)
{
	struct descriptor told;
	int fd = 0;

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

/* The most that may wait; the kernel is still asked about descriptors then. */
START_TEST(too_many_calls)
{
	static uint32_t ids[CHANNEL_SLOTS + 1];
	long fd = own(OWN_LISTEN, 0);
	struct frame frame = {.call = OWN_ACCEPT, .arg[0].number = fd};
	struct descriptor told;
	struct error err = {0};
	int i, three = 3, count = 0;

	while (count <= CHANNEL_SLOTS && (ids[count] = process_call(process, &frame, &err)))
		count++;
	ck_assert_int_eq(count, 256);
	ck_assert_ptr_nonnull(strstr(err.text, "256 calls wait"));
	for (i = 0; i < count; i++)
		wait_asleep(ids[i]);
	ck_assert_int_eq(process_read(process, &three, 1, &told), 0);
	ck_assert(told.socket);
	interrupt_all(ids, count);
	ck_assert_int_eq(own(OWN_SOCKET, 0), 4);
}
END_TEST

/* A child of the test starts a process whose call waits, says its number and ends. */
static void explorer(int to)
{
	struct error err;
	pid_t pid;

	process = process_start("main", perform, &err);
	if (!process)
		_exit(1);
	wait_asleep(block(own(OWN_LISTEN, 0)));
	pid = process_pid(process);
	_exit(write(to, &pid, sizeof(pid)) == sizeof(pid) ? 0 : 1);
}

START_TEST(ends_with_its_explorer)
{
	long deadline = now_us() + PATIENCE_US;
	int status, pair[2];
	pid_t child, pid = 0, got;

	/* So that it becomes a child of this one, which can then tell that it is gone. */
	ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	ck_assert_int_eq(pipe(pair), 0);
	child = fork();
	if (child == 0)
		explorer(pair[1]);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	ck_assert_int_eq(read(pair[0], &pid, sizeof(pid)), sizeof(pid));
	while ((got = waitpid(pid, &status, WNOHANG)) == 0)
		ck_assert_msg(now_us() < deadline, "process %d outlives its explorer", (int)pid);
	ck_assert_int_eq(got, pid);
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
	memcpy(pair, frame.arg[frame.pair_arg].data, sizeof(pair));
	ck_assert_int_eq(pair[0], 4);
	ck_assert_int_eq(pair[1], 5);
	ck_assert_int_eq(frame.reads, 2);
	ck_assert_int_eq(frame.told[1].endpoint.family, AF_UNIX);
	process_frame_free(&frame);
	values_free(values);
}
END_TEST

static Suite *process_suite(void)
{
	Suite *suite = suite_create("process");
	TCase *tests = tcase_create("own");

	tcase_add_checked_fixture(tests, start, end);
	tcase_set_timeout(tests, 40);
	tcase_add_test(tests, first_socket_is_3);
	tcase_add_test(tests, in_bytes);
	tcase_add_test(tests, out_bytes);
	tcase_add_test(tests, out_without_room_is_null);
	tcase_add_test(tests, both_ways);
	tcase_add_test(tests, errno_is_kept);
	tcase_add_test(tests, large_bytes_are_given_back);
	tcase_add_test(tests, more_bytes_than_fit);
	tcase_add_test(tests, blocked_calls_block_nobody);
	tcase_add_test(tests, phases);
	tcase_add_test(tests, an_interrupt_hits_its_call_alone);
	tcase_add_test(tests, an_answer_wakes_poll);
	tcase_add_test(tests, read_and_list);
	tcase_add_test(tests, standard_descriptors_are_null);
	tcase_add_test(tests, too_many_to_read);
	tcase_add_test(tests, answers_are_kept_in_order);
	tcase_add_test(tests, owns_its_channel);
	tcase_add_test(tests, sigpipe_is_survived);
	tcase_add_test(tests, killed);
	tcase_add_test(tests, killed_unnoticed);
	tcase_add_test(tests, exited);
	tcase_add_test(tests, too_many_calls);
	suite_add_tcase(suite, tests);

	tests = tcase_create("calls");
	tcase_add_checked_fixture(tests, start_calls, end);
	tcase_add_test(tests, calls_of_the_table);
	suite_add_tcase(suite, tests);

	tests = tcase_create("explorer");
	tcase_set_timeout(tests, 40);
	tcase_add_test(tests, ends_with_its_explorer);
	tcase_add_test(tests, free_of_nothing);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return unit_main(process_suite());
}
