/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/watches.h"

#include <errno.h>
#include <string.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "calls/ready.h"

static const struct {
	const char *what; /* as kernel/descriptor.h has it */
	enum fdinfo_kind kind;
} kinds[] = {
	{"epoll", FDINFO_EPOLL},       {"eventfd", FDINFO_EVENTFD}, {"timerfd", FDINFO_TIMERFD},
	{"signalfd", FDINFO_SIGNALFD}, {"file", FDINFO_FILE},
};

static enum fdinfo_kind kind_of(const struct descriptor *told)
{
	size_t i;

	for (i = 0; told->open && !told->socket && i < COUNT_OF(kinds); i++)
		if (strcmp(kinds[i].what, told->what) == 0)
			return kinds[i].kind;
	return FDINFO_NONE;
}

int watches_read(struct session *session, const struct owner *owner, const struct descriptor *told,
		 struct fdinfo *out)
{
	enum fdinfo_kind kind = kind_of(told);
	int result;

	if (kind == FDINFO_NONE)
		return 0;
	result = fdinfo_read(process_pid(owner->process), told->fd, out, &session->failure);
	if (result == 0 && kind == FDINFO_FILE)
		result = fdinfo_read_size(process_pid(owner->process), told->fd, out,
					  &session->failure);
	out->kind = result < 0 ? FDINFO_NONE : kind;
	session->out_of_memory |= result < 0 && errno == ENOMEM;
	return result;
}

int watches_of(struct session *session, const struct owner *owner, int epfd, struct fdinfo *out)
{
	struct descriptor told;

	if (process_read(owner->process, &epfd, 1, &told) < 0 || kind_of(&told) != FDINFO_EPOLL)
		return -1;
	return watches_read(session, owner, &told, out);
}

/* Another descriptor of the file that a set knows by a number which leads there no more. */
static int other_descriptor(const struct owner *owner, const struct fdinfo_watch *watch)
{
	size_t fd;

	for (fd = 0; fd < owner->fd_cap; fd++)
		if (owner->fds[fd].known && owner->fds[fd].known->now->inode == watch->inode)
			return (int)fd;
	return -1;
}

static void told_of(const struct owner *owner, struct fdinfo_watch *watch,
		    const struct descriptor *told)
{
	const struct endpoint *endpoint = &told->endpoint;

	if (!told->open && endpoint->failure.call)
		return;
	if (!told->open || (endpoint->has & FIELD_INODE && endpoint->inode != watch->inode)) {
		watch->state = told->open ? WATCH_OTHER : WATCH_CLOSED;
		watch->also_fd = other_descriptor(owner, watch);
		return;
	}
	watch->state = WATCH_OPEN;
	watch->ready = 0;
	if (endpoint->has & FIELD_READY)
		watch->ready = endpoint->ready;
	watch->bytes = endpoint->has & FIELD_RECV_QUEUE ? endpoint->recv_queue : 0;
}

void watches_ask(const struct owner *owner, struct fdinfo *info)
{
	struct descriptor told[FRAME_READS];
	int fds[FRAME_READS];
	size_t at, i, count;

	for (at = 0; at < info->watch_count; at += count) {
		count = info->watch_count - at;
		if (count > FRAME_READS)
			count = FRAME_READS;
		for (i = 0; i < count; i++)
			fds[i] = info->watches[at + i].fd;
		if (process_read(owner->process, fds, (int)count, told) < 0)
			return;
		for (i = 0; i < count; i++)
			told_of(owner, &info->watches[at + i], &told[i]);
	}
}

const struct fdinfo_watch *watches_find(const struct fdinfo *info, int fd)
{
	size_t i;

	for (i = 0; i < info->watch_count; i++)
		if (info->watches[i].fd == fd)
			return &info->watches[i];
	return NULL;
}

void watches_list(const struct fdinfo *info, size_t most, struct buf *out)
{
	size_t i;

	for (i = 0; i < info->watch_count && i < most; i++)
		buf_printf(out, "%s%d", i ? ", " : "", info->watches[i].fd);
	if (i < info->watch_count)
		buf_str(out, ", ...");
}

/* Data can be anything: it is a descriptor where it was put there with that very one. */
static bool is_number_of(const struct fdinfo *info, const struct ready *ready)
{
	const struct fdinfo_watch *watch = watches_find(info, ready->fd);

	return watch && watch->data == ready->data;
}

static bool is_read(const struct frame *frame, int fd)
{
	int i;

	for (i = 0; i < frame->reads; i++)
		if (frame->read[i] == fd)
			return true;
	return false;
}

void watches_reported(struct session *session, struct job *job)
{
	struct frame *frame = job->frame;
	struct fdinfo info = {0};
	int from = frame->reads;
	struct ready ready;
	size_t place = 0;

	if (frame->result <= 0 || ready_names(job->call) != &names_epoll ||
	    watches_of(session, job->owner, (int)job->values[0].number, &info) < 0)
		return;
	while (frame->reads < FRAME_READS &&
	       ready_next(job->call, job->values, frame->result, &place, &ready))
		if (is_number_of(&info, &ready) && !is_read(frame, ready.fd))
			frame->read[frame->reads++] = ready.fd;
	if (frame->reads > from && process_read(job->owner->process, frame->read + from,
						frame->reads - from, frame->told + from) < 0)
		frame->reads = from;
	fdinfo_free(&info);
}

void watches_tell(struct session *session, const struct job *job, struct step *step)
{
	struct ready ready;
	size_t place = 0;

	session->ready_count = 0;
	step->ready_names = job->frame->result < 0 ? NULL : ready_names(job->call);
	while (ready_next(job->call, job->values, job->frame->result, &place, &ready)) {
		if (grow(&session->ready, &session->ready_cap, session->ready_count,
			 sizeof(*session->ready)) < 0) {
			session->out_of_memory = true;
			break;
		}
		session->ready[session->ready_count++] = ready;
	}
	step->ready = session->ready;
	step->ready_count = session->ready_count;
}
