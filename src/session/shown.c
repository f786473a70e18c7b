/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "lab/host.h"
#include "session/endpoints.h"
#include "session/fd_names.h"
#include "session/known.h"
#include "session/sharing.h"
#include "session/trace.h"
#include "session/watches.h"

static int listener_fd(const struct session *session, const struct known *known)
{
	const struct known *listener = map_get(&session->by_key, known->listener_key);

	return listener ? listener->fd : -1;
}

static struct shown *add_shown(struct session *session)
{
	struct shown *shown;

	if (grow(&session->shown, &session->shown_cap, session->shown_count,
		 sizeof(*session->shown)) < 0) {
		session->out_of_memory = true;
		return NULL;
	}
	shown = &session->shown[session->shown_count++];
	*shown = (struct shown){.fd = -1, .also_fd = -1, .queue_of = -1, .closed_fd = -1};
	return shown;
}

/* Whose descriptor it is shown as: the step's own, where that has one. */
static const struct owner *viewer_of(const struct session *session, const struct known *known)
{
	const struct owner *viewer = session->viewer;

	if (known->refs > 1 && viewer && viewer != known->owner &&
	    known_lowest_fd(viewer, known, 0) >= 0)
		return viewer;
	return known->owner;
}

static void show_descriptors(struct session *session, const struct known *known,
			     struct shown *shown)
{
	const struct owner *viewer = viewer_of(session, known);

	shown->process = viewer->name;
	shown->fd = viewer == known->owner ? known->fd : known_lowest_fd(viewer, known, 0);
	if (known->refs > 1) {
		shown->also_fd = known_lowest_fd(viewer, known, shown->fd + 1);
		sharing_list(session, known, viewer, shown);
	}
	shown->name = shown->fd < 0 ? NULL : viewer->fds[shown->fd].name;
	shown->closed_fd = known->refs && !known->closed ? -1 : known->closed_fd;
	if (known->refs && known->closed && known->closed_owner != viewer)
		shown->closed_process = known->closed_owner->name;
}

static void show_known(struct session *session, const struct known *known)
{
	struct shown *shown = add_shown(session);

	if (!shown)
		return;
	shown->role = known->role;
	if (!known->refs && !known->listener_key)
		shown->role = SHOWN_GHOST;
	shown->host = known->owner->host ? known->owner->host->name : NULL;
	show_descriptors(session, known, shown);
	shown->queue_of = known->refs ? -1 : listener_fd(session, known);
	endpoint_copy(&shown->now, known->now);
	shown->known = known->shown;
	if (known->shown) {
		endpoint_copy(&shown->was, known->last);
		shown->changed = endpoint_diff(known->last, known->now);
	}
	shown->gone = known->gone;
	shown->closed = known->closed;
}

static void show_untold(struct session *session, struct untold *untold)
{
	struct shown *shown = add_shown(session);
	const struct owner *owner = untold->owner;
	int fd = untold->told.fd;

	if (!shown)
		return;
	shown->process = owner->name;
	shown->host = owner->host ? owner->host->name : NULL;
	shown->fd = fd;
	shown->name = (size_t)fd < owner->fd_cap ? owner->fds[fd].name : NULL;
	shown->untold = true;
	shown->closed = untold->closed;
	shown->now = untold->told.endpoint;
	memcpy(shown->what, untold->told.what, sizeof(untold->told.what));
	if (!untold->closed)
		watches_read(session, owner, &untold->told, &untold->info);
	if (untold->info.kind != FDINFO_NONE)
		shown->info = &untold->info;
}

/* Where the names of its interfaces are from. */
static void set_network(struct session *session, struct known *known)
{
	const struct host *host = known->owner->host;
	struct endpoint *now = host ? known_write(session, known) : NULL;

	if (now)
		now->local.network = now->peer.network = host->route;
}

void endpoints_list(struct session *session)
{
	size_t i;

	session->shown_count = session->sharer_count = 0;
	for (i = 0; i < session->concerned_count; i++) {
		struct known *known = session->concerned[i];

		set_network(session, known);
		if (known->role != SHOWN_TOUCHED && known->shown && !known->gone &&
		    !endpoint_diff(known->last, known->now))
			continue;
		if (known->role != SHOWN_TOUCHED && endpoints_about_to_tell(session, known->key))
			continue;
		if (known->gone && !known->shown)
			continue;
		show_known(session, known);
	}
	for (i = 0; i < session->untold_count; i++)
		show_untold(session, &session->untold[i]);
	sharing_place(session);
}

/* A script may make a million of them, and each lives a minute. */
static void remember_ghost(struct session *session, struct known *known)
{
	struct known *oldest;

	if (known->refs || known->listener_key || known->in_ring)
		return;
	known->in_ring = true;
	oldest = map_get(&session->by_key, session->ghosts[session->next_ghost]);
	if (oldest && !oldest->refs && oldest->in_ring && oldest->epoch != session->epoch)
		known_forget(session, oldest);
	session->ghosts[session->next_ghost] = known->key;
	session->next_ghost = (session->next_ghost + 1) % GHOSTS;
}

void endpoints_commit(struct session *session)
{
	size_t i;

	for (i = 0; i < session->concerned_count; i++) {
		struct known *known = session->concerned[i];

		if (known->gone && known->refs == 0) {
			trace_step(session, known);
			known_forget(session, known);
			continue;
		}
		if (known->role != SHOWN_TOUCHED && endpoints_about_to_tell(session, known->key))
			continue;
		trace_step(session, known);
		known_shown(session, known);
		remember_ghost(session, known);
		known->ever_connected |= known->now->peer.len || known->now->unix_peer;
	}
	session->concerned_count = 0;
}

/* Whether status tells of a number: of the lowest one of each socket, and of all that is none. */
static bool is_told_of(const struct owner *owner, size_t fd)
{
	const struct known *known = owner->fds[fd].known;

	return known ? known->owner == owner && known->fd == (int)fd
		     : owner->fds[fd].what[0] != '\0';
}

/* Descriptors are read in batches: a request to the process each. */
static void read_all(struct session *session, struct owner *owner)
{
	struct descriptor told[FRAME_READS];
	int fds[FRAME_READS], count = 0, i;
	size_t fd;

	for (fd = 0; fd <= owner->fd_cap; fd++) {
		if (fd < owner->fd_cap && is_told_of(owner, fd))
			fds[count++] = (int)fd;
		if (count == FRAME_READS || (fd == owner->fd_cap && count)) {
			if (process_read(owner->process, fds, count, told) < 0)
				return;
			for (i = 0; i < count; i++)
				endpoints_told(session, owner, &told[i]);
			count = 0;
		}
	}
}

/* The processes in their order. */
static int place_of(const struct session *session, const struct owner *owner)
{
	const struct owner *at;
	int place = 0;

	for (at = session->owners; at && at != owner; at = at->next)
		place++;
	return place;
}

static bool comes_before(const struct session *session, const struct untold *untold,
			 const struct known *known)
{
	int ours = place_of(session, untold->owner), theirs = place_of(session, known->owner);

	if (known->fd < 0)
		return true;
	return ours != theirs ? ours < theirs : untold->told.fd < known->fd;
}

/* Sockets and what is none, in the order of descriptors; ghosts last. */
static void show_all(struct session *session)
{
	size_t i, other = 0;

	session->shown_count = session->sharer_count = 0;
	for (i = 0; i < session->concerned_count; i++) {
		const struct known *known = session->concerned[i];

		while (other < session->untold_count &&
		       comes_before(session, &session->untold[other], known))
			show_untold(session, &session->untold[other++]);
		if (!known->gone)
			show_known(session, known);
	}
	while (other < session->untold_count)
		show_untold(session, &session->untold[other++]);
	sharing_place(session);
}

void endpoints_list_all(struct session *session)
{
	struct owner *owner;
	struct known *known, *next;
	size_t i;

	endpoints_begin(session);
	for (owner = session->owners; owner; owner = owner->next)
		if (process_alive(owner->process))
			read_all(session, owner);
	for (known = session->all; known; known = next) {
		next = known->next;
		if (!known->refs)
			known_concern(session, known, endpoints_peer_role(known));
	}
	for (i = 0; i < session->concerned_count; i++)
		endpoints_refresh(session, session->concerned[i], true);
	show_all(session);
}

void endpoints_bury(struct session *session, struct owner *owner)
{
	size_t fd;

	endpoints_begin(session);
	for (fd = 0; fd < owner->fd_cap; fd++) {
		known_detach(session, owner, (int)fd);
		owner->fds[fd].what[0] = '\0';
		fd_names_drop(session, owner, (int)fd);
	}
	endpoints_collect(session, NULL);
	endpoints_list(session);
}

void endpoints_free(struct session *session)
{
	while (session->all)
		known_forget(session, session->all);
	while (session->room_count)
		free(session->rooms[--session->room_count]);
	map_free(&session->by_key);
	map_free(&session->by_inode);
	free(session->concerned);
	while (session->untold_count)
		fdinfo_free(&session->untold[--session->untold_count].info);
	free(session->untold);
	free(session->ready);
	free(session->shown);
	free(session->sharers);
}
