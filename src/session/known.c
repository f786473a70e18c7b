/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/known.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "session/endpoints.h"
#include "session/fd_names.h"
#include "session/past.h"
#include "session/trace.h"

struct known *endpoints_of_fd(const struct owner *owner, int fd)
{
	return fd >= 0 && (size_t)fd < owner->fd_cap ? owner->fds[fd].known : NULL;
}

void known_leave_queue(struct session *session, struct known *known)
{
	if (known->listener_key)
		session->queued--;
	known->listener_key = 0;
}

static void drop_inode(struct session *session, struct known *known)
{
	if (map_get(&session->by_inode, known->inode) == known)
		map_remove(&session->by_inode, known->inode);
	known->inode = 0;
}

static struct endpoint *take_room(struct session *session)
{
	struct endpoint *room;

	if (session->room_count)
		return session->rooms[--session->room_count];
	room = malloc(sizeof(*room));
	if (!room)
		session->out_of_memory = true;
	return room;
}

/* `now` is `last` again. */
static void give_room(struct session *session, struct known *known)
{
	if (known->read && session->room_count < ROOMS)
		session->rooms[session->room_count++] = known->read;
	else
		free(known->read);
	known->read = NULL;
	known->now = known->last;
}

struct endpoint *known_write(struct session *session, struct known *known)
{
	if (known->read)
		return known->read;
	known->read = take_room(session);
	if (!known->read)
		return NULL;
	endpoint_copy(known->read, known->last);
	known->now = known->read;
	return known->read;
}

void known_read(struct session *session, struct known *known, const struct endpoint *found)
{
	struct endpoint *now = known_write(session, known);

	if (now)
		endpoint_copy(now, found);
}

void known_shown(struct session *session, struct known *known)
{
	struct endpoint *kept = known->last;

	if (known->read)
		kept = endpoint_keep(known->last, known->read);
	if (!kept) {
		session->out_of_memory = true;
		return;
	}
	known->last = kept;
	known->shown = true;
	give_room(session, known);
}

void known_rest(struct session *session, struct known *known)
{
	if (known->read && endpoint_same(known->read, known->last))
		give_room(session, known);
}

void known_forget(struct session *session, struct known *known)
{
	known_leave_queue(session, known);
	map_remove(&session->by_key, known->key);
	drop_inode(session, known);
	if (known->next)
		known->next->prev = known->prev;
	if (known->prev)
		known->prev->next = known->next;
	else
		session->all = known->next;
	give_room(session, known);
	free(known->last);
	free(known->path);
	stream_free(&known->stream);
	past_free(known);
	free(known);
}

struct known *known_new(struct session *session, struct owner *owner, uint64_t key)
{
	static const struct endpoint nothing;
	struct endpoint *last = endpoint_keep(NULL, &nothing), *read = take_room(session);
	struct known *known = calloc(1, sizeof(*known));

	/* Without room for what it is, nothing could be told of it. */
	if (!known || !last || !read || map_put(&session->by_key, key, known) < 0) {
		free(last);
		free(read);
		free(known);
		session->out_of_memory = true;
		return NULL;
	}
	endpoint_copy(read, &nothing);
	known->last = last;
	known->now = known->read = read;
	known->key = key;
	known->owner = owner;
	known->fd = known->closed_fd = known->peer_closed_fd = known->peer_forgot_fd = -1;
	known->next = session->all;
	if (known->next)
		known->next->prev = known;
	session->all = known;
	trace_claim(session, known);
	return known;
}

static void set_inode(struct session *session, struct known *known, ino_t inode)
{
	if (known->inode == inode)
		return;
	drop_inode(session, known);
	if (!inode)
		return;
	if (map_put(&session->by_inode, inode, known) < 0)
		session->out_of_memory = true;
	else
		known->inode = inode;
}

bool known_concern(struct session *session, struct known *known, enum shown_role role)
{
	if (known->epoch == session->epoch)
		return false;
	if (grow(&session->concerned, &session->concerned_cap, session->concerned_count,
		 sizeof(*session->concerned)) < 0) {
		session->out_of_memory = true;
		return false;
	}
	session->concerned[session->concerned_count++] = known;
	known->epoch = session->epoch;
	known->role = role;
	known->gone = false;
	known->closed = false;
	return true;
}

static int make_room(struct owner *owner, int fd)
{
	size_t cap = owner->fd_cap ? owner->fd_cap : 16;
	struct fd_entry *fds;

	while (cap <= (size_t)fd)
		cap *= 2;
	if (cap == owner->fd_cap)
		return 0;
	fds = reallocarray(owner->fds, cap, sizeof(*fds));
	if (!fds)
		return -1;
	memset(fds + owner->fd_cap, 0, (cap - owner->fd_cap) * sizeof(*fds));
	owner->fds = fds;
	owner->fd_cap = cap;
	return 0;
}

int known_lowest_fd(const struct owner *owner, const struct known *known, int from)
{
	size_t fd;

	for (fd = (size_t)from; fd < owner->fd_cap; fd++)
		if (owner->fds[fd].known == known)
			return (int)fd;
	return -1;
}

/* Somebody who has a descriptor of it. */
static void find_owner(const struct session *session, struct known *known)
{
	struct owner *owner;

	known->fd = known_lowest_fd(known->owner, known, 0);
	for (owner = session->owners; owner && known->fd < 0; owner = owner->next) {
		known->fd = known_lowest_fd(owner, known, 0);
		if (known->fd >= 0)
			known->owner = owner;
	}
}

/* The last descriptor was closed: the other end will want to know how. */
static void tell_peer(struct session *session, const struct known *known, int fd)
{
	struct known *peer = map_get(&session->by_key, known->peer_key);

	if (!peer)
		return;
	if (session->crashing && known->now->protocol == IPPROTO_TCP) {
		peer->peer_forgot_fd = fd;
		return;
	}
	peer->peer_closed_fd = fd;
	peer->peer_unread = known->last->recv_queue;
}

void known_detach(struct session *session, struct owner *owner, int fd)
{
	struct known *known = endpoints_of_fd(owner, fd);

	if (!known)
		return;
	owner->fds[fd].known = NULL;
	fd_names_drop(session, owner, fd);
	known->refs--;
	known->closed_fd = fd;
	known->closed_owner = owner;
	if (known->owner == owner && known->fd == fd) {
		known->fd = -1;
		if (known->refs)
			find_owner(session, known);
	}
	known_concern(session, known, SHOWN_TOUCHED);
	known->closed = true;
	if (known->refs)
		return;
	/* The kernel takes it from the socket when the last descriptor is closed. */
	drop_inode(session, known);
	tell_peer(session, known, fd);
}

/* Its first descriptor, or the first again: it was in a message meanwhile. */
static void come_back(struct session *session, struct known *known, struct owner *owner)
{
	struct known *peer = map_get(&session->by_key, known->peer_key);

	known->owner = owner;
	if (peer)
		peer->peer_closed_fd = -1;
}

static void attach(struct session *session, struct owner *owner, int fd, struct known *known)
{
	if (make_room(owner, fd) < 0) {
		session->out_of_memory = true;
		return;
	}
	owner->fds[fd].known = known;
	if (!known->refs)
		come_back(session, known, owner);
	known->refs++;
	known_leave_queue(session, known);
	if (known->owner == owner && (known->fd < 0 || fd < known->fd))
		known->fd = fd;
}

void endpoints_begin(struct session *session)
{
	size_t i;

	for (i = 0; i < session->concerned_count; i++)
		known_rest(session, session->concerned[i]);
	session->epoch++;
	session->concerned_count = 0;
	while (session->untold_count)
		fdinfo_free(&session->untold[--session->untold_count].info);
	session->shown_count = 0;
	session->viewer = NULL;
	session->born = NULL;
	trace_begin(session);
}

static void add_untold(struct session *session, const struct owner *owner,
		       const struct descriptor *told, bool closed)
{
	if (grow(&session->untold, &session->untold_cap, session->untold_count,
		 sizeof(*session->untold)) < 0)
		session->out_of_memory = true;
	else
		session->untold[session->untold_count++] =
			(struct untold){.owner = owner, .told = *told, .closed = closed};
}

/* The number leads no more to what is no socket. Returns whether it did. */
static bool forget_other(struct session *session, struct owner *owner, int fd,
			 struct descriptor *was)
{
	struct fd_entry *entry = owner->fds + fd;

	if (fd < 0 || (size_t)fd >= owner->fd_cap || !entry->what[0])
		return false;
	*was = (struct descriptor){.fd = fd};
	memcpy(was->what, entry->what, sizeof(was->what));
	entry->what[0] = '\0';
	fd_names_drop(session, owner, fd);
	return true;
}

/* It is no socket, or not open. */
static void told_other(struct session *session, struct owner *owner, const struct descriptor *told)
{
	struct descriptor was;

	known_detach(session, owner, told->fd);
	if (!told->open) {
		if (forget_other(session, owner, told->fd, &was))
			add_untold(session, owner, &was, true);
	} else if (make_room(owner, told->fd) < 0) {
		session->out_of_memory = true;
	} else {
		memcpy(owner->fds[told->fd].what, told->what, sizeof(told->what));
		add_untold(session, owner, told, false);
	}
}

void known_note(struct session *session, const struct descriptor *told)
{
	if (told->endpoint.failure.call && !session->failure.call)
		session->failure = told->endpoint.failure;
}

/* A descriptor's socket that the session does not know yet. NULL when out of memory. */
static struct known *meet(struct session *session, struct owner *owner,
			  const struct endpoint *endpoint)
{
	struct known *known = known_new(session, owner, endpoint->cookie);

	if (!known)
		return NULL;
	/* A socket has no peer when it is made, but one that accept gives. */
	if (!endpoint->peer.len)
		trace_socket(session);
	else if (endpoint->protocol == IPPROTO_TCP)
		trace_child(session, known);
	return known;
}

void endpoints_told(struct session *session, struct owner *owner, const struct descriptor *told)
{
	struct known *before = endpoints_of_fd(owner, told->fd);
	struct descriptor was;
	struct known *known;

	known_note(session, told);
	if (told->endpoint.failure.call && !told->open)
		return;
	if (!told->open || !told->socket) {
		told_other(session, owner, told);
		return;
	}
	forget_other(session, owner, told->fd, &was);
	known = map_get(&session->by_key, told->endpoint.cookie);
	if (!known) {
		known = meet(session, owner, &told->endpoint);
		if (!known)
			return;
	}
	if (before != known) {
		known_detach(session, owner, told->fd);
		attach(session, owner, told->fd, known);
	}
	known_concern(session, known, SHOWN_TOUCHED);
	known_read(session, known, &told->endpoint);
	set_inode(session, known, told->endpoint.inode);
}
