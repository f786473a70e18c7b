/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/sharing.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/grow.h"
#include "process/server.h"
#include "session/endpoints.h"
#include "session/fd_names.h"
#include "session/known.h"

const struct owner *sharing_other(const struct session *session, const struct known *known,
				  const struct owner *owner, int *fd)
{
	const struct owner *other;

	for (other = session->owners; other; other = other->next) {
		*fd = other == owner ? -1 : known_lowest_fd(other, known, 0);
		if (*fd >= 0)
			return other;
	}
	return NULL;
}

/* What the process itself tells, where one may not look into its /proc. */
static bool leads_by_its_word(struct session *session, const struct owner *owner, int fd,
			      const struct known *known)
{
	struct descriptor told;

	if (process_read(owner->process, &fd, 1, &told) == 0)
		return told.open && told.socket && told.endpoint.cookie == known->key;
	failure_note(&session->failure, "readlink of /proc/PID/fd");
	return true;
}

static bool leads_there(struct session *session, const struct owner *owner, int fd,
			const struct known *known)
{
	char path[64], link[64], expected[64];
	ssize_t len;

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)process_pid(owner->process), fd);
	snprintf(expected, sizeof(expected), "socket:[%lu]", (unsigned long)known->now->inode);
	len = readlink(path, link, sizeof(link));
	if (len < 0 && errno == ENOENT)
		return false;
	if (len < 0 || !(known->now->has & FIELD_INODE))
		return leads_by_its_word(session, owner, fd, known);
	return (size_t)len == strlen(expected) && memcmp(link, expected, (size_t)len) == 0;
}

static void add_sharer(struct session *session, const struct owner *owner, int fd)
{
	if (grow(&session->sharers, &session->sharer_cap, session->sharer_count,
		 sizeof(*session->sharers)) < 0) {
		session->out_of_memory = true;
		return;
	}
	session->sharers[session->sharer_count++] =
		(struct sharer){.process = owner->name, .fd = fd};
}

static void list_owner(struct session *session, const struct known *known,
		       const struct owner *owner)
{
	int fd;

	for (fd = known_lowest_fd(owner, known, 0); fd >= 0;
	     fd = known_lowest_fd(owner, known, fd + 1))
		if (leads_there(session, owner, fd, known))
			add_sharer(session, owner, fd);
}

void sharing_list(struct session *session, const struct known *known, const struct owner *viewer,
		  struct shown *shown)
{
	size_t before = session->sharer_count, own;
	const struct owner *owner;
	int fd;

	if (!sharing_other(session, known, viewer, &fd))
		return;
	list_owner(session, known, viewer);
	own = session->sharer_count;
	for (owner = session->owners; owner; owner = owner->next)
		if (owner != viewer)
			list_owner(session, known, owner);
	if (session->sharer_count == own)
		session->sharer_count = before;
	shown->sharer_count = session->sharer_count - before;
}

void sharing_place(struct session *session)
{
	struct sharer *at = session->sharers;
	size_t i;

	for (i = 0; i < session->shown_count; i++) {
		session->shown[i].sharers = session->shown[i].sharer_count ? at : NULL;
		at += session->shown[i].sharer_count;
	}
}

/* What is no socket, where the parent's is told of. */
static bool is_told_of(const struct owner *parent, int fd)
{
	return (size_t)fd < parent->fd_cap && parent->fds[fd].what[0];
}

static void inherit_some(struct session *session, const struct owner *parent, struct owner *child,
			 const int *fds, int count)
{
	struct descriptor told[FRAME_READS];
	int i;

	if (process_read(child->process, fds, count, told) < 0)
		return;
	for (i = 0; i < count; i++)
		if (told[i].open && (told[i].socket || is_told_of(parent, told[i].fd)))
			endpoints_told(session, child, &told[i]);
}

void sharing_inherit(struct session *session, struct owner *parent, struct owner *child)
{
	int *fds = calloc(SERVER_FD_CEILING, sizeof(*fds));
	int i, count = fds ? process_list(child->process, 0, fds, SERVER_FD_CEILING) : 0;

	session->out_of_memory |= !fds;
	for (i = 0; i < count; i += FRAME_READS)
		inherit_some(session, parent, child, fds + i,
			     count - i < FRAME_READS ? count - i : FRAME_READS);
	for (i = 0; (size_t)i < parent->fd_cap && (size_t)i < child->fd_cap; i++)
		if (parent->fds[i].name && parent->fds[i].known == child->fds[i].known &&
		    (child->fds[i].known || child->fds[i].what[0]))
			fd_names_give(session, child, i, parent->fds[i].name);
	free(fds);
}
