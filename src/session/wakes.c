/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/wakes.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/settle.h"

#define EVENTS 64 /* that are taken at once */
#define FEW    16 /* so many are not worth a watch */

/* The inode of the socket that is watched then, for as long as it lives; 0: it cannot be. */
static ino_t watch(struct session *session, const struct job *job)
{
	/* With EPOLLOUT an event is told of even where a thread has taken the data already. */
	struct epoll_event event = {.events = EPOLLIN | EPOLLPRI | EPOLLRDHUP | EPOLLOUT | EPOLLET};
	struct stat status;
	ino_t inode = 0;
	int fd, copy;

	if (values_descriptors(job->call, job->values, &fd, 1) != 1)
		return 0;
	copy = process_copy_fd(job->owner->process, fd);
	if (copy < 0)
		return 0;
	if (session->wakes < 0)
		session->wakes = epoll_create1(EPOLL_CLOEXEC);
	if (session->wakes >= 0 && fstat(copy, &status) == 0 && S_ISSOCK(status.st_mode)) {
		event.data.u64 = status.st_ino;
		if (epoll_ctl(session->wakes, EPOLL_CTL_ADD, copy, &event) == 0 || errno == EEXIST)
			inode = status.st_ino;
	}
	close(copy);
	return inode;
}

/* It is watched before it is seen to sleep: what happens between is told of, too. */
static bool can_be_calm(struct session *session, struct job *job)
{
	if (!job->waits.len || job->unwatched || !process_alive(job->owner->process))
		return false;
	if (!job->watched)
		job->watched = watch(session, job);
	job->unwatched = !job->watched;
	return job->watched && settle_asleep(session, job);
}

void wakes_calm(struct session *session)
{
	struct job **at = &session->restless;

	if (session->waiting_count <= FEW)
		return;
	while (*at) {
		struct job *job = *at;

		if (!can_be_calm(session, job)) {
			at = &job->restless_next;
			continue;
		}
		*at = job->restless_next;
		job->calm = true;
		session->calm_count++;
	}
}

static void become_restless(struct session *session, struct job *job)
{
	job->calm = false;
	job->restless_next = session->restless;
	session->restless = job;
}

/* Those that wait for this socket; 0: for any. */
static void rouse(struct session *session, ino_t inode)
{
	struct job *job;

	for (job = session->jobs; job; job = job->next)
		if (job->calm && (!inode || job->watched == inode)) {
			session->calm_count--;
			become_restless(session, job);
		}
}

/* What a thread has taken is on its way to us; where it was WAITED for just before, it is here. */
static void take_answers(struct session *session, bool waited)
{
	struct owner *owner;

	for (owner = session->owners; owner; owner = owner->next) {
		if (!process_alive(owner->process))
			continue;
		if (!waited)
			process_give_way(owner->process);
		if (process_has_answer(owner->process))
			settle_take(session, owner, 0);
	}
}

bool wakes_look(struct session *session, bool again)
{
	struct epoll_event events[EVENTS];
	size_t calm = session->calm_count, waiting = session->waiting_count;
	int i, count;

	if (!calm)
		return false;
	do {
		count = epoll_wait(session->wakes, events, EVENTS, 0);
		for (i = 0; i < count; i++)
			rouse(session, (ino_t)events[i].data.u64);
	} while (count == EVENTS);
	if (count < 0)
		rouse(session, 0);
	take_answers(session, again && session->calm_count == calm);
	return session->calm_count != calm || session->waiting_count != waiting;
}

void wakes_add(struct session *session, struct job *job)
{
	job->watched = 0;
	job->unwatched = !job->call->until_readable;
	become_restless(session, job);
}

void wakes_remove(struct session *session, struct job *job)
{
	struct job **at;

	if (job->calm) {
		session->calm_count--;
		return;
	}
	for (at = &session->restless; *at != job; at = &(*at)->restless_next)
		;
	*at = job->restless_next;
}

void wakes_free(struct session *session)
{
	if (session->wakes >= 0)
		close(session->wakes);
	session->wakes = -1;
}
