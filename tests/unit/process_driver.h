/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_PROCESS_DRIVER_H
#define SOCKSTEP_TESTS_PROCESS_DRIVER_H

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "process/channel.h"
#include "process/process.h"
#include "unit.h"

/* A process under test, which makes calls of the tests' own. */
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
	OWN_FORK,
	OWN_FORK_DIE, /* the parent does not survive it */
	OWN_PARENT,   /* getppid() */
	OWN_SIGNAL,   /* `number` to itself */
};

static inline void own_socket(struct frame *frame)
{
	frame->result = socket(AF_INET, SOCK_STREAM, 0);
}

static inline void own_add(struct frame *frame)
{
	const unsigned char *bytes = frame->arg[0].data;
	size_t i;

	for (i = 0, frame->result = 0; i < frame->arg[0].size; i++)
		frame->result += bytes[i];
}

static inline void own_fill(struct frame *frame)
{
	frame->result = frame->arg[0].data != NULL;
	if (frame->arg[0].data)
		memset(frame->arg[0].data, (int)frame->arg[0].number, frame->arg[0].size);
}

static inline void own_change(struct frame *frame)
{
	unsigned char *bytes = frame->arg[0].data;
	size_t i;

	for (i = 0, frame->result = 0; i < frame->arg[0].size; i++)
		bytes[i]++;
}

static inline void own_listen(struct frame *frame)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	frame->result = listen(fd, 1) < 0 ? -1 : fd;
}

static inline void own_accept(struct frame *frame)
{
	frame->result = accept((int)frame->arg[0].number, NULL, NULL);
}

static inline void own_exit(struct frame *frame)
{
	_exit((int)frame->arg[0].number);
}

static inline void own_pipe(struct frame *frame)
{
	int pair[2];

	frame->result = socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	if (frame->result < 0)
		return;
	close(pair[1]);
	frame->result = write(pair[0], "x", 1);
}

static inline void own_null(struct frame *frame)
{
	struct stat info;

	frame->result = fstat((int)frame->arg[0].number, &info) == 0 && S_ISCHR(info.st_mode) &&
			info.st_rdev == makedev(1, 3);
}

static inline void own_fail(struct frame *frame)
{
	frame->result = -1;
	errno = (int)frame->arg[0].number;
}

static inline void own_fork(struct frame *frame)
{
	frame->result = fork();
}

static inline void own_fork_die(struct frame *frame)
{
	frame->result = fork();
	if (frame->result > 0)
		raise(SIGKILL);
}

static inline void own_parent(struct frame *frame)
{
	frame->result = getppid();
}

static inline void own_signal(struct frame *frame)
{
	frame->result = kill(getpid(), (int)frame->arg[0].number);
}

static frame_perform *const performs[] = {
	own_socket, own_add,  own_fill, own_change, own_listen,   own_accept, own_exit,
	own_pipe,   own_null, own_fail, own_fork,   own_fork_die, own_parent, own_signal,
};

static inline void perform(struct frame *frame)
{
	performs[frame->call](frame);
}

static inline long now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

static struct process *process;
static int fds_before;

static inline int count_fds(void)
{
	DIR *directory = opendir("/proc/self/fd");
	int count = 0;

	ck_assert_ptr_nonnull(directory);
	while (readdir(directory))
		count++;
	closedir(directory);
	return count;
}

static inline void start_with(frame_perform *performer)
{
	struct error err;

	fds_before = count_fds();
	process = process_start("main", performer, NULL, &err);
	ck_assert_msg(process != NULL, "%s", err.text);
}

static inline void start(void)
{
	start_with(perform);
}

/* Nothing is left behind, whatever the test did. */
static inline void end(void)
{
	process_free(process);
	ck_assert_int_eq(count_fds(), fds_before);
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
	ck_assert_int_eq(errno, ECHILD);
}

static inline uint32_t send_call(const struct frame *frame)
{
	struct error err = {0};
	uint32_t id = process_call(process, frame, &err);

	ck_assert_msg(id != 0, "%s", err.text);
	return id;
}

static inline uint32_t answer(struct frame *frame)
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
static inline long make(struct frame *frame)
{
	uint32_t id = send_call(frame);

	ck_assert_uint_eq(answer(frame), id);
	return frame->result;
}

static inline long own(unsigned call, long number)
{
	struct frame frame = {.call = call, .arg[0].number = number};

	return make(&frame);
}

static inline void wait_asleep(uint32_t id)
{
	long deadline = now_us() + PATIENCE_US;

	while (process_phase(process, id) != PHASE_ASLEEP)
		ck_assert_msg(now_us() < deadline, "call %u never slept", id);
}

static inline uint32_t block(long fd)
{
	struct frame frame = {.call = OWN_ACCEPT, .may_wait = true, .arg[0].number = fd};

	return send_call(&frame);
}

/* Interrupts until it is answered: one signal may come before the call sleeps. */
static inline void interrupt_all(const uint32_t *ids, int count)
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

static inline void await_death(void)
{
	long deadline = now_us() + PATIENCE_US;
	struct frame frame;
	uint32_t id;

	while (process_answer(process, &id, &frame, 100000) != PROCESS_DIED)
		ck_assert_msg(now_us() < deadline, "it does not die");
	ck_assert(!process_alive(process));
}

#endif
