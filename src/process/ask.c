/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "process/state.h"

_Static_assert(2 * OPTION_VALUES_ROOM <= CHANNEL_ROOM, "the values of two sockets fit");

/* How often it is looked whether a process that does not answer is stopped. */
#define STOP_LOOK_US 100000

/*
 * Sends a request that never blocks, and waits for it; other answers are kept for later. A process
 * that is stopped will answer once it goes on, to nobody.
 */
static int ask(struct process *process, int slot)
{
	channel_post(&process->channel, slot);
	for (;;) {
		int got = process_await(process, STOP_LOOK_US);

		if (got == slot)
			return 0;
		if (got >= 0)
			process->arrived[process->arrived_count++] = (uint32_t)got;
		else if (process->dead)
			return -1;
		else if ((process->was_stopped = process_stopped(process)))
			break;
	}
	process->given_up_on[slot] = true;
	return -1;
}

int process_read(struct process *process, const int *fds, int count, struct descriptor *told)
{
	struct request *request;
	int slot;

	if (count > FRAME_READS)
		return -1;
	request = process_request(process, REQUEST_READ, &slot);
	if (!request)
		return -1;
	request->frame.reads = count;
	memcpy(request->frame.read, fds, (size_t)count * sizeof(*fds));
	if (ask(process, slot) < 0)
		return -1;
	memcpy(told, request->frame.told, (size_t)count * sizeof(*told));
	process_release(process, slot);
	return 0;
}

_Static_assert(PROCESS_LIST * sizeof(int) <= CHANNEL_ROOM, "a list has room");

int process_list(struct process *process, int from, int *fds, int room)
{
	struct request *request;
	int slot, count;

	request = process_request(process, REQUEST_LIST, &slot);
	if (!request)
		return -1;
	request->frame.arg[0].data = request->room;
	request->frame.arg[0].size = CHANNEL_ROOM;
	request->frame.arg[0].number = from;
	if (ask(process, slot) < 0)
		return -1;
	count = (int)request->frame.result;
	memcpy(fds, request->room, (size_t)(count < room ? count : room) * sizeof(*fds));
	process_release(process, slot);
	return count;
}

int process_set_pipe(struct process *process, enum signals_pipe pipe)
{
	struct request *request;
	int slot, result;

	request = process_request(process, REQUEST_PIPE, &slot);
	if (!request)
		return -1;
	request->frame.arg[0].number = pipe;
	if (ask(process, slot) < 0)
		return -1;
	result = (int)request->frame.result;
	errno = request->frame.error;
	process_release(process, slot);
	return result;
}

int process_forget(struct process *process, int fd, struct failure *failure)
{
	struct request *request;
	int slot, result;

	*failure = (struct failure){.call = "write to the process", .error = ESRCH};
	request = process_request(process, REQUEST_FORGET, &slot);
	if (!request)
		return -1;
	request->frame.arg[0].number = fd;
	if (ask(process, slot) < 0)
		return -1;
	result = (int)request->frame.result;
	*failure = request->frame.failure;
	process->forgot |= result == 0 && fd < 0;
	process_release(process, slot);
	return result;
}

bool process_option(struct process *process, int fd, int level, int option, int *value)
{
	struct request *request;
	int slot;
	bool told;

	errno = ESRCH;
	request = process_request(process, REQUEST_OPTION, &slot);
	if (!request)
		return false;
	request->frame.arg[0].number = fd;
	request->frame.arg[1].number = level;
	request->frame.arg[2].number = option;
	if (ask(process, slot) < 0)
		return false;
	told = request->frame.result == 0;
	*value = (int)request->frame.arg[3].number;
	errno = request->frame.error;
	process_release(process, slot);
	return told;
}

int process_values(struct process *process, int fd, int family, int type, int protocol,
		   struct process_values *out)
{
	const long numbers[] = {fd, family, type, protocol};
	struct request *request;
	struct frame *frame;
	int slot, i;

	request = process_request(process, REQUEST_VALUES, &slot);
	if (!request)
		return -1;
	frame = &request->frame;
	frame->failure = (struct failure){0};
	for (i = 0; i < 4; i++)
		frame->arg[i].number = numbers[i];
	frame->arg[0].data = request->room;
	frame->arg[1].data = request->room + OPTION_VALUES_ROOM;
	if (ask(process, slot) < 0)
		return -1;
	out->len = frame->arg[0].size;
	out->fresh_len = frame->arg[1].size;
	out->fresh_error = frame->error;
	out->failure = frame->failure;
	memcpy(out->bytes, request->room, out->len);
	memcpy(out->fresh, request->room + OPTION_VALUES_ROOM, out->fresh_len);
	process_release(process, slot);
	return 0;
}

bool process_reap(struct process *process, pid_t child, int *status)
{
	struct request *request;
	int slot;
	bool reaped;

	request = process_request(process, REQUEST_REAP, &slot);
	if (!request)
		return false;
	request->frame.arg[0].number = child;
	if (ask(process, slot) < 0)
		return false;
	reaped = request->frame.result == child;
	*status = (int)request->frame.arg[0].number;
	process_release(process, slot);
	return reaped;
}

int process_copy_fd(struct process *process, int fd)
{
	int pidfd = process->pidfd, copy;

	if (pidfd < 0)
		pidfd = (int)syscall(SYS_pidfd_open, process_pid(process), 0);
	if (pidfd < 0)
		return -1;
	copy = (int)syscall(SYS_pidfd_getfd, pidfd, fd, 0);
	if (pidfd != process->pidfd)
		close(pidfd);
	return copy;
}
