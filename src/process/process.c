/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "process/process.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/now.h"
#include "kernel/task.h"
#include "process/state.h"

/* How long an answer is waited for at the futex. */
#define FIRST_WAIT_US 5000

int process_poll_fd(const struct process *process)
{
	return process->family->channels.explorer;
}

int process_end_fd(const struct process *process)
{
	return process->pidfd;
}

bool process_owns(const struct process *process, int fd)
{
	return fd == process->family->own_fd || fd == process->family->own_fd - 1;
}

int process_owned_below(const struct process *process, long limit)
{
	return (process->family->own_fd < limit) + (process->family->own_fd - 1 < limit);
}

bool process_has_answer(const struct process *process)
{
	return process->arrived_count || channel_has_answer(&process->channel) ||
	       channel_has_note(&process->channel);
}

static int free_slot(const struct process *process, enum request_kind kind)
{
	int slot, count = kind == REQUEST_CALL ? CHANNEL_CALLS : CHANNEL_SLOTS;

	for (slot = 0; slot < count; slot++)
		if (!process->ids[slot])
			return slot;
	return -1;
}

void process_release(struct process *process, int slot)
{
	struct request *request = &process->channel.slots[slot];

	family_empty(process->family, request);
	process->ids[slot] = 0;
	atomic_store(&request->phase, REQUEST_FREE);
}

static size_t rounded(size_t size)
{
	return (size + 15) & ~(size_t)15;
}

/* Gives every argument its bytes in the shared memory. */
static int place_arguments(struct process *process, int slot, const struct frame *from)
{
	struct request *request = &process->channel.slots[slot];
	unsigned char *room = request->room;
	size_t need = 0;
	int i;

	for (i = 0; i < FRAME_ARGS; i++) {
		if (from->arg[i].way == FRAME_NUMBER)
			continue;
		if (from->arg[i].size > CHANNEL_LARGE)
			return -1;
		need += rounded(from->arg[i].size);
	}
	if (need > CHANNEL_ROOM)
		room = family_room(process->family, request, (need + 4095) & ~(size_t)4095);
	if (!room)
		return -1;
	for (i = 0; i < FRAME_ARGS; i++) {
		struct frame_arg *arg = &request->frame.arg[i];

		*arg = from->arg[i];
		arg->data = NULL;
		if (arg->way == FRAME_NUMBER || !arg->size)
			continue;
		arg->data = room;
		if (arg->way != FRAME_OUT)
			memcpy(room, from->arg[i].data, arg->size);
		room += rounded(arg->size);
	}
	return 0;
}

/* By a signal, or by a debugger. */
static bool is_stop(int letter)
{
	return letter == 'T' || letter == 't';
}

bool process_stopped(const struct process *process)
{
	return !process->dead && process->pid && is_stop(task_state(process->pid, process->pid));
}

int process_refuses(const struct process *process, struct error *err)
{
	if (process->dead)
		return error_set(err, "process %s is dead: it %s", process->name, process->death);
	return error_set(err, "process %s is stopped (SIGSTOP): kill -CONT %d lets it go on",
			 process->name, (int)process->pid);
}

struct request *process_request(struct process *process, enum request_kind kind, int *slot)
{
	struct request *request;

	process_begin(process);
	process->was_stopped = process->was_stopped && process_stopped(process);
	if (process->dead || process->was_stopped)
		return NULL;
	*slot = free_slot(process, kind);
	if (*slot < 0)
		return NULL;
	request = &process->channel.slots[*slot];
	request->kind = kind;
	request->no_thread = 0;
	if (!++process->last_id)
		process->last_id = 1;
	request->id = process->ids[*slot] = process->last_id;
	atomic_store(&request->tid, 0);
	atomic_store(&request->phase, REQUEST_SENT);
	return request;
}

uint32_t process_call(struct process *process, const struct frame *frame, struct error *err)
{
	struct request *request;
	int slot;

	request = process_request(process, REQUEST_CALL, &slot);
	if (process->dead || process->was_stopped) {
		process_refuses(process, err);
		return 0;
	}
	if (!request) {
		error_set(err, "%d calls wait already; no more fit", CHANNEL_CALLS);
		return 0;
	}
	request->frame.call = frame->call;
	request->frame.result = -1;
	request->frame.error = 0;
	request->frame.beneath = 0;
	request->frame.failure = (struct failure){0};
	request->frame.before = 0;
	request->frame.linger = -1;
	request->frame.may_signal = false;
	request->frame.state = 0;
	request->frame.may_wait = frame->may_wait;
	request->frame.forks = frame->forks;
	request->frame.result_is_fd = frame->result_is_fd;
	request->frame.pair_arg = frame->pair_arg;
	request->frame.reads = frame->reads;
	memcpy(request->frame.read, frame->read, sizeof(frame->read));
	if (place_arguments(process, slot, frame) < 0) {
		process_release(process, slot);
		error_set(err, "the bytes of this call are more than fit");
		return 0;
	}
	if (frame->forks && family_prepare(process, &request->frame.heir, err) < 0) {
		process_release(process, slot);
		return 0;
	}
	channel_post(&process->channel, slot);
	return process->last_id;
}

/* Its sockets may be others' as well. */
static bool has_ended(struct process *process)
{
	struct pollfd end = {.fd = process->pidfd, .events = POLLIN};
	int ready;

	if (process->pidfd < 0)
		return false;
	do
		ready = poll(&end, 1, 0);
	while (ready < 0 && errno == EINTR);
	if (ready < 0)
		failure_note(&process->given_up, "poll");
	return ready != 0;
}

/* Empties the socket, which has told what it had to; a closed one tells of a death. */
static void drain(struct process *process)
{
	char bytes[64];
	ssize_t got;

	do
		got = recv(process->family->channels.explorer, bytes, sizeof(bytes), MSG_DONTWAIT);
	while (got > 0 || (got < 0 && errno == EINTR));
	if (got < 0 && errno != EAGAIN)
		failure_note(&process->given_up, "recv");
	else if (got < 0 && !has_ended(process))
		return;
	process_end(process);
}

/* The next slot that was answered and is waited for; -1: none. */
static int next_answered(struct process *process)
{
	int slot;

	while ((slot = channel_answered(&process->channel)) >= 0 && process->given_up_on[slot]) {
		process->given_up_on[slot] = false;
		process_release(process, slot);
	}
	return slot;
}

int process_await(struct process *process, long timeout_us)
{
	struct pollfd pollers[] = {
		{.fd = process->family->channels.explorer, .events = POLLIN},
		{.fd = process->pidfd, .events = POLLIN},
	};
	long end = timeout_us > 0 ? now_us() + timeout_us : 0;
	int slot = next_answered(process);

	if (slot >= 0 || process->dead)
		return slot;
	/* Nearly all answers come at once, and the futex is cheap; a death wakes only the socket.
	 */
	if (timeout_us) {
		channel_await(&process->channel, timeout_us < 0 || timeout_us > FIRST_WAIT_US
							 ? FIRST_WAIT_US
							 : timeout_us);
		slot = next_answered(process);
		if (slot >= 0)
			return slot;
		if (end)
			timeout_us = end - now_us();
	}
	if (timeout_us > 0 || (timeout_us < 0 && !end)) {
		struct timespec wait = {.tv_sec = timeout_us / 1000000,
					.tv_nsec = timeout_us % 1000000 * 1000};

		ppoll(pollers, 2, timeout_us < 0 ? NULL : &wait, NULL);
	}
	drain(process);
	return next_answered(process);
}

void process_give_way(struct process *process)
{
	if (!process->dead && process->pid)
		channel_give_way(&process->channel);
}

/* The answer leaves the shared memory: only what the kernel filled is copied. */
static void copy_answer(const struct request *request, struct frame *frame)
{
	const struct frame *from = &request->frame;
	int i;

	frame->call = from->call;
	frame->result = request->no_thread ? -1 : from->result;
	frame->error = request->no_thread ? request->no_thread : from->error;
	frame->beneath = from->beneath;
	frame->failure = from->failure;
	frame->unmade = request->no_thread;
	frame->lost = false;
	frame->before = from->before;
	frame->linger = from->linger;
	frame->state = from->state;
	frame->forks = from->forks;
	frame->heir = from->heir;
	frame->result_is_fd = from->result_is_fd;
	frame->pair_arg = from->pair_arg;
	frame->reads = request->no_thread ? 0 : from->reads;
	memcpy(frame->read, from->read, sizeof(from->read));
	memcpy(frame->told, from->told, (size_t)frame->reads * sizeof(from->told[0]));
	for (i = 0; i < FRAME_ARGS; i++) {
		frame->arg[i] = from->arg[i];
		frame->arg[i].data = NULL;
		if (from->arg[i].way < FRAME_OUT || !from->arg[i].data)
			continue;
		frame->arg[i].data = malloc(from->arg[i].size + 1);
		if (frame->arg[i].data)
			memcpy(frame->arg[i].data, from->arg[i].data, from->arg[i].size);
		else
			frame->lost = true;
	}
}

/* A fork that a dead process has not answered may have been made. */
static void end_heirs(struct process *process)
{
	int slot;

	for (slot = 0; slot < CHANNEL_SLOTS && !process->lost_told; slot++) {
		const struct request *request = &process->channel.slots[slot];

		if (atomic_load(&request->phase) != REQUEST_FREE && request->kind == REQUEST_CALL &&
		    request->frame.forks)
			family_end_unknown(process->family, request->frame.heir);
	}
	process->lost_told = true;
	family_part(process);
}

enum process_event process_answer(struct process *process, uint32_t *id, struct frame *frame,
				  long timeout_us)
{
	int slot;

	if (process->arrived_count) {
		slot = (int)process->arrived[0];
		process->arrived_count--;
		memmove(&process->arrived[0], &process->arrived[1],
			(size_t)process->arrived_count * sizeof(process->arrived[0]));
	} else {
		slot = process_await(process, timeout_us);
	}
	if (slot < 0) {
		if (process->dead)
			end_heirs(process);
		return process->dead ? PROCESS_DIED : PROCESS_NOTHING;
	}
	*id = process->channel.slots[slot].id;
	copy_answer(&process->channel.slots[slot], frame);
	process_release(process, slot);
	if (frame->forks && frame->result < 0)
		family_give_back(process->family, frame->heir);
	return PROCESS_ANSWER;
}

void process_frame_free(struct frame *frame)
{
	int i;

	for (i = 0; i < FRAME_ARGS; i++) {
		if (frame->arg[i].way >= FRAME_OUT)
			free(frame->arg[i].data);
		frame->arg[i].data = NULL;
	}
}

bool process_signal(struct process *process, struct signal_note *out)
{
	return channel_noted(&process->channel, out);
}

bool process_at_rest(const struct process *process, struct failure *failure)
{
	return process->dead || !channel_expects_signals(&process->channel) ||
	       task_all_asleep(process->pid, failure);
}

static const struct request *find_request(const struct process *process, uint32_t id)
{
	int slot;

	for (slot = 0; slot < CHANNEL_SLOTS; slot++)
		if (process->ids[slot] == id)
			return &process->channel.slots[slot];
	return NULL;
}

enum process_phase process_phase(struct process *process, uint32_t id)
{
	const struct request *request = process->dead ? NULL : find_request(process, id);
	int phase, letter;

	if (!request)
		return PHASE_GONE;
	phase = atomic_load(&request->phase);
	/*
	 * The phase is read again behind the letter: a thread that has answered and listens again
	 * is asleep, too.
	 */
	if (phase != REQUEST_IN_CALL)
		return PHASE_RUNNING;
	letter = task_state(process->pid, atomic_load(&request->tid));
	if ((letter != 'S' && !is_stop(letter) && letter >= 0) ||
	    atomic_load(&request->phase) != REQUEST_IN_CALL)
		return PHASE_RUNNING;
	return letter < 0 ? PHASE_UNKNOWN : PHASE_ASLEEP;
}

int process_interrupt(struct process *process, uint32_t id)
{
	const struct request *request = process->dead ? NULL : find_request(process, id);

	if (!request || atomic_load(&request->phase) != REQUEST_IN_CALL)
		return 0;
	return (int)syscall(SYS_tgkill, process->pid, atomic_load(&request->tid), SIGINT);
}
