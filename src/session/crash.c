/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <signal.h>
#include <string.h>

#include "names/words.h"
#include "session/endpoints.h"
#include "session/jobs.h"
#include "session/known.h"
#include "session/network.h"
#include "session/settle.h"
#include "session/sharing.h"

/* How long a death is waited for at a time. */
#define DEATH_STEP_US 10000

static int cannot(const struct owner *owner, const struct failure *failure, struct error *err)
{
	if (failure->error == ESRCH)
		return process_refuses(owner->process, err);
	if (failure->error == EPERM)
		return error_set(err, "a TCP socket forgets only where one has CAP_NET_ADMIN "
				      "(TCP_REPAIR), as in a lab and with --private");
	return error_set(err, "%s: %s", failure->call, strerror(failure->error));
}

static int need_life(const struct owner *owner, struct error *err)
{
	if (process_alive(owner->process))
		return 0;
	return process_refuses(owner->process, err);
}

/* A call that waits keeps the socket alive, whatever becomes of its descriptors. */
static const struct job *waits_on(const struct session *session, const struct known *known)
{
	const struct job *job;
	int fds[FRAME_READS], i, count;

	for (job = session->jobs; job; job = job->next) {
		count = values_descriptors(job->call, job->values, fds, FRAME_READS);
		for (i = 0; i < count; i++)
			if (endpoints_of_fd(job->owner, fds[i]) == known)
				return job;
	}
	return NULL;
}

/* The socket of a descriptor; NULL with ERR set. */
static struct known *socket_of(struct session *session, int fd, struct error *err)
{
	struct known *known = endpoints_of_fd(session->current, fd);
	const struct job *job = known ? waits_on(session, known) : NULL;

	if (!known)
		error_set(err, "fd %d is no open socket", fd);
	if (!job)
		return known;
	error_set(err, "job %d waits on fd %d, and would keep its socket alive: `kill %d` first",
		  job->number, fd, job->number);
	return NULL;
}

/* Whoever still believes in it. */
static void say_peer(struct session *session, const struct known *known, struct buf *out)
{
	const struct known *peer = map_get(&session->by_key, known->peer_key);
	struct buf address = {0};

	if (known->now->protocol != IPPROTO_TCP || !known->gone || !peer || peer->gone ||
	    peer->now->state == STATE_CLOSED || !peer->now->local.len)
		return;
	address_print(&address, &peer->now->local);
	words_fill(out, "crash.peer", "address", buf_text(&address), "state",
		   endpoint_state_name(peer->now->state), NULL);
	buf_free(&address);
}

/* All its descriptors, of all processes, since each of them would keep it. */
static int forget(struct session *session, const struct known *known, struct error *err)
{
	struct owner *owner;
	struct failure failure;
	int fd;

	for (owner = session->owners; owner; owner = owner->next)
		for (fd = known_lowest_fd(owner, known, 0); fd >= 0;
		     fd = known_lowest_fd(owner, known, fd + 1))
			if (process_forget(owner->process, fd, &failure) < 0)
				return cannot(owner, &failure, err);
	return 0;
}

static void read_closed(struct session *session, const struct known *known)
{
	struct descriptor told;
	struct owner *owner;
	int fd, next;

	for (owner = session->owners; owner; owner = owner->next)
		for (fd = known_lowest_fd(owner, known, 0); fd >= 0; fd = next) {
			next = known_lowest_fd(owner, known, fd + 1);
			if (process_read(owner->process, &fd, 1, &told) == 0)
				endpoints_told(session, owner, &told);
		}
}

/* What is prepared for the end of one process would not end, where another has it, too. */
static int need_its_own(const struct session *session, const struct owner *owner, struct error *err)
{
	const struct owner *other;
	size_t fd;
	int its;

	for (fd = 0; fd < owner->fd_cap; fd++) {
		const struct known *known = owner->fds[fd].known;

		other = known ? sharing_other(session, known, owner, &its) : NULL;
		if (other)
			return error_set(
				err,
				"process %s shares fd %zu with %s: a socket forgets for all "
				"who have it, by `crash %zu`; `kill %s KILL` ends the "
				"process alone",
				owner->name, fd, other->name, fd, owner->name);
	}
	return 0;
}

int session_crash_socket(struct session *session, int fd, const char *command, size_t len,
			 struct error *err)
{
	struct step step = {.event = STEP_CRASH, .command = command, .command_len = len};
	struct known *known;
	struct buf why = {0};

	if (need_life(session->current, err) < 0)
		return -1;
	known = socket_of(session, fd, err);
	if (!known || forget(session, known, err) < 0)
		return -1;
	settle_threads(session);
	endpoints_begin(session);
	session->crashing = true;
	read_closed(session, known);
	session->crashing = false;
	endpoints_collect(session, NULL);
	say_peer(session, known, &why);
	session->out_of_memory |= why.failed;
	step.why = why.len ? buf_text(&why) : NULL;
	step_tell_deed(session, &step);
	step_finish_done(session);
	buf_free(&why);
	return 0;
}

int session_crash_process(struct session *session, struct owner *owner, struct error *err)
{
	struct failure failure;

	if (need_life(owner, err) < 0 || need_its_own(session, owner, err) < 0)
		return -1;
	if (process_forget(owner->process, -1, &failure) < 0)
		return cannot(owner, &failure, err);
	if (process_kill(owner->process, SIGKILL) < 0)
		return error_errno(err, "kill");
	while (settle_take(session, owner, DEATH_STEP_US))
		;
	session->crashing = true;
	if (!owner->buried)
		jobs_bury(session, owner);
	session->crashing = false;
	settle_threads(session);
	step_tell_wire(session, NULL, 0);
	step_finish_done(session);
	return 0;
}
