/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "process/server.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/option_values.h"
#include "process/forget.h"
#include "process/signals.h"

#define STACK_BYTES (256 * 1024)

/* What the threads of one process share. */
struct server {
	const struct channels *channels;
	struct channel channel;
	int fd;       /* its end of the sockets */
	int lifeline; /* the lowest of its own */
	frame_perform *perform;
	_Atomic int idle; /* threads that listen or are about to */
	pthread_attr_t attr;
	pthread_mutex_t lock; /* of the identities */
	struct descriptor_identity identities[SERVER_FD_CEILING];
};

int server_channel_fd(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur > SERVER_FD_CEILING)
		return SERVER_FD_CEILING - 1;
	return (int)limit.rlim_cur - 1;
}

static void read_descriptors(struct frame *frame)
{
	int i;

	for (i = 0; i < frame->reads; i++)
		descriptor_read(frame->read[i], &frame->told[i]);
}

static void glance_at_descriptors(struct server *server, struct frame *frame)
{
	int i;

	pthread_mutex_lock(&server->lock);
	for (i = 0; i < frame->reads; i++) {
		int fd = frame->read[i];

		if (fd >= 0 && fd < SERVER_FD_CEILING)
			descriptor_glance(fd, &server->identities[fd], &frame->told[i]);
		else
			descriptor_read(fd, &frame->told[i]);
	}
	pthread_mutex_unlock(&server->lock);
}

void frame_read(struct frame *frame, int fd)
{
	int i;

	for (i = 0; i < frame->reads; i++)
		if (frame->read[i] == fd)
			return;
	if (frame->reads < FRAME_READS)
		frame->read[frame->reads++] = fd;
}

/* The descriptors that came out of the call are read along with those that went into it. */
static void add_results(struct frame *frame)
{
	int pair[2];

	if (frame->result < 0)
		return;
	if (frame->result_is_fd)
		frame_read(frame, (int)frame->result);
	if (frame->pair_arg > 0) {
		memcpy(pair, frame->arg[frame->pair_arg - 1].data, sizeof(pair));
		frame_read(frame, pair[0]);
		frame_read(frame, pair[1]);
	}
}

static void make_call(struct server *server, struct request *request)
{
	struct frame *frame = &request->frame;
	bool expects_signals = channel_expects_signals(&server->channel);

	signals_block_kept();
	if (expects_signals)
		signals_before_call();
	atomic_store(&request->phase, REQUEST_IN_CALL);
	errno = 0;
	server->perform(frame);
	frame->error = frame->result < 0 ? errno : 0;
	atomic_store(&request->phase, REQUEST_AFTER);
	if (expects_signals)
		signals_after_call(request);
	if (frame->may_signal)
		channel_expect_signals(&server->channel);
	add_results(frame);
	glance_at_descriptors(server, frame);
}

/*
 * fork() copies the calling thread alone, with all locks as they are: this one is held, so that
 * what it guards is whole in the new process. No signal is to find that between two channels. The
 * frame is in memory that both share, so the call has another. Returns whether this is the new
 * process, which serves its own channel from now on and owes this request no answer.
 */
static bool make_fork(struct server *server, struct request *request)
{
	struct frame own = {.call = request->frame.call};
	int heir = request->frame.heir, error;
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_mutex_lock(&server->lock);
	errno = 0;
	server->perform(&own);
	error = own.result < 0 ? errno : 0;
	pthread_mutex_unlock(&server->lock);
	if (own.result == 0) {
		server->channel = channel_of(server->channels, heir);
		atomic_store(&server->idle, 1);
		channel_be_born(&server->channel, getpid());
	} else {
		request->frame.result = own.result;
		request->frame.error = error;
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return own.result == 0;
}

/* Ours are above what the user has. */
static void list_descriptors(struct server *server, struct frame *frame)
{
	frame->result =
		descriptor_list((int)frame->arg[0].number, server->lifeline, frame->arg[0].data,
				(int)(frame->arg[0].size / sizeof(int)));
}

static void read_option(struct frame *frame)
{
	int value = 0;
	socklen_t len = sizeof(value);

	frame->result = getsockopt((int)frame->arg[0].number, (int)frame->arg[1].number,
				   (int)frame->arg[2].number, &value, &len);
	frame->error = frame->result < 0 ? errno : 0;
	frame->arg[3].number = value;
}

static void forget(const struct server *server, struct frame *frame)
{
	int fd = (int)frame->arg[0].number;

	frame->failure = (struct failure){0};
	frame->result = fd < 0 ? forget_all(server->lifeline, &frame->failure)
			       : forget_descriptor(fd, &frame->failure);
}

/* Argument 0: the descriptor, with room for its values; 1 to 3: its kind, with room for a fresh
 * one's. */
static void read_values(struct frame *frame)
{
	long fresh;

	frame->error = 0;
	frame->arg[0].size = option_values_read((int)frame->arg[0].number, frame->arg[0].data,
						OPTION_VALUES_ROOM);
	fresh = option_values_fresh((int)frame->arg[1].number, (int)frame->arg[2].number,
				    (int)frame->arg[3].number, frame->arg[1].data,
				    OPTION_VALUES_ROOM, &frame->failure);
	if (fresh < 0)
		frame->error = errno;
	frame->arg[1].size = fresh < 0 ? 0 : (size_t)fresh;
}

static void reap(struct frame *frame)
{
	int status = 0;

	frame->result = waitpid((pid_t)frame->arg[0].number, &status, WNOHANG);
	frame->error = frame->result < 0 ? errno : 0;
	frame->arg[0].number = status;
}

static void *serve(void *data);

/*
 * A call may block for as long as it likes, so somebody else must be listening before it is made.
 * Returns 0, or the errno for which no thread could be had.
 */
static int leave_a_listener(struct server *server)
{
	pthread_t thread;
	int error;

	if (atomic_fetch_sub(&server->idle, 1) > 1)
		return 0;
	atomic_fetch_add(&server->idle, 1);
	error = pthread_create(&thread, &server->attr, serve, server);
	if (error)
		atomic_fetch_sub(&server->idle, 1);
	return error;
}

static void answer(struct server *server, struct request *request)
{
	if (request->kind == REQUEST_READ) {
		read_descriptors(&request->frame);
	} else if (request->kind == REQUEST_LIST) {
		list_descriptors(server, &request->frame);
	} else if (request->kind == REQUEST_PIPE) {
		request->frame.result =
			signals_set_pipe((enum signals_pipe)request->frame.arg[0].number);
		request->frame.error = errno;
	} else if (request->kind == REQUEST_FORGET) {
		forget(server, &request->frame);
	} else if (request->kind == REQUEST_OPTION) {
		read_option(&request->frame);
	} else if (request->kind == REQUEST_VALUES) {
		read_values(&request->frame);
	} else if (request->kind == REQUEST_REAP) {
		reap(&request->frame);
	} else {
		bool waits = request->frame.may_wait;

		request->no_thread = waits ? leave_a_listener(server) : 0;
		if (!request->no_thread)
			make_call(server, request);
		if (waits)
			atomic_fetch_add(&server->idle, 1);
	}
}

static void *serve(void *data)
{
	struct server *server = data;
	pid_t tid = gettid();
	int slot;

	while ((slot = channel_take(&server->channel, server->fd)) >= 0) {
		struct request *request = &server->channel.slots[slot];

		atomic_store(&request->tid, tid);
		if (request->kind == REQUEST_CALL && request->frame.forks) {
			if (make_fork(server, request)) {
				tid = gettid();
				continue;
			}
		} else {
			answer(server, request);
		}
		channel_answer(&server->channel, server->fd, slot);
	}
	_exit(0);
	return NULL;
}

static void take_descriptors(struct server *server, const struct channels *channels)
{
	struct channel *channel = &server->channel;
	int null;

	/* All others are closed while the table is small: the kernel looks at each place. */
	if (dup2(channels->process, 0) < 0 || dup2(channels->lifeline_there, 1) < 0)
		channel_give_up(channel, "dup2");
	if (close_range(2, ~0U, 0) < 0)
		channel_give_up(channel, "close_range");
	if (dup3(0, server->fd, O_CLOEXEC) < 0 || dup3(1, server->lifeline, O_CLOEXEC) < 0)
		channel_give_up(channel, "dup3");
	close(0);
	null = open("/dev/null", O_RDWR);
	if (null != 0)
		channel_give_up(channel, "open of /dev/null");
	if (dup2(null, 1) < 0 || dup2(null, 2) < 0)
		channel_give_up(channel, "dup2");
}

/* The whole group, which has this number: whoever is forked from here is in it. */
static void hold_lifeline(struct server *server)
{
	if (fcntl(server->lifeline, F_SETOWN, -getpid()) < 0 ||
	    fcntl(server->lifeline, F_SETSIG, SIGKILL) < 0 ||
	    fcntl(server->lifeline, F_SETFL, O_RDONLY | O_ASYNC) < 0)
		channel_give_up(&server->channel, "fcntl");
}

static void prepare_threads(struct server *server)
{
	struct channel *channel = &server->channel;

	errno = pthread_mutex_init(&server->lock, NULL);
	if (errno)
		channel_give_up(channel, "pthread_mutex_init");
	errno = pthread_attr_init(&server->attr);
	if (errno)
		channel_give_up(channel, "pthread_attr_init");
	/* As it is by default it would do as well, if at a greater cost. */
	pthread_attr_setstacksize(&server->attr, STACK_BYTES);
	errno = pthread_attr_setdetachstate(&server->attr, PTHREAD_CREATE_DETACHED);
	if (errno)
		channel_give_up(channel, "pthread_attr_setdetachstate");
}

_Noreturn void server_run(struct channels *channels, int channel_fd, pid_t explorer,
			  frame_perform *perform)
{
	struct server *server = calloc(1, sizeof(*server));
	struct channel first = channel_of(channels, 0);

	/* Of its own group, so that the terminal's Ctrl-C is the explorer's to pass on. */
	setpgid(0, 0);
	if (!server)
		channel_give_up(&first, "out of memory");
	server->channels = channels;
	server->channel = first;
	server->fd = channel_fd;
	server->lifeline = channel_fd - 1;
	take_descriptors(server, channels);
	hold_lifeline(server);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* It may have died before. */
	if (getppid() != explorer)
		_exit(1);
	signals_start(&server->channel, channel_fd);
	server->perform = perform;
	server->idle = 1;
	prepare_threads(server);
	serve(server);
	_exit(0);
}
