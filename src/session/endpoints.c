/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/endpoints.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/grow.h"
#include "session/fd_names.h"

static bool is_inet(const struct endpoint *endpoint)
{
	return endpoint->family == AF_INET || endpoint->family == AF_INET6;
}

struct known *endpoints_of_fd(const struct owner *owner, int fd)
{
	return fd >= 0 && (size_t)fd < owner->fd_cap ? owner->fds[fd].known : NULL;
}

static void leave_queue(struct session *session, struct known *known)
{
	if (known->listener_key)
		session->queued--;
	known->listener_key = 0;
}

static void forget(struct session *session, struct known *known)
{
	leave_queue(session, known);
	map_remove(&session->by_key, known->key);
	if (known->now.inode && map_get(&session->by_inode, known->now.inode) == known)
		map_remove(&session->by_inode, known->now.inode);
	if (known->next)
		known->next->prev = known->prev;
	if (known->prev)
		known->prev->next = known->next;
	else
		session->all = known->next;
	free(known);
}

static struct known *new_known(struct session *session, struct owner *owner, uint64_t key)
{
	struct known *known = calloc(1, sizeof(*known));

	if (!known || map_put(&session->by_key, key, known) < 0) {
		free(known);
		session->out_of_memory = true;
		return NULL;
	}
	known->key = key;
	known->owner = owner;
	known->fd = known->closed_fd = known->peer_closed_fd = -1;
	known->next = session->all;
	if (known->next)
		known->next->prev = known;
	session->all = known;
	return known;
}

static void set_inode(struct session *session, struct known *known, ino_t inode)
{
	if (inode && map_get(&session->by_inode, inode) != known &&
	    map_put(&session->by_inode, inode, known) < 0)
		session->out_of_memory = true;
}

/* Puts it on the step's list; the first role that it is given stays. */
static bool concern(struct session *session, struct known *known, enum shown_role role)
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

static int lowest_fd(const struct owner *owner, const struct known *known, int from)
{
	size_t fd;

	for (fd = (size_t)from; fd < owner->fd_cap; fd++)
		if (owner->fds[fd].known == known)
			return (int)fd;
	return -1;
}

/* The last descriptor was closed: the other end will want to know how. */
static void tell_peer(struct session *session, const struct known *known, int fd)
{
	struct known *peer = map_get(&session->by_key, known->peer_key);

	if (!peer)
		return;
	peer->peer_closed_fd = fd;
	peer->peer_unread = known->last.recv_queue;
}

static void detach(struct session *session, struct owner *owner, int fd)
{
	struct known *known = endpoints_of_fd(owner, fd);

	if (!known)
		return;
	owner->fds[fd].known = NULL;
	fd_names_drop(session, owner, fd);
	known->refs--;
	known->closed_fd = fd;
	if (known->fd == fd)
		known->fd = known->refs ? lowest_fd(owner, known, 0) : -1;
	concern(session, known, SHOWN_TOUCHED);
	known->closed = true;
	if (!known->refs)
		tell_peer(session, known, fd);
}

static void attach(struct session *session, struct owner *owner, int fd, struct known *known)
{
	if (make_room(owner, fd) < 0) {
		session->out_of_memory = true;
		return;
	}
	owner->fds[fd].known = known;
	known->owner = owner;
	known->refs++;
	leave_queue(session, known);
	if (known->fd < 0 || fd < known->fd)
		known->fd = fd;
}

void endpoints_begin(struct session *session)
{
	session->epoch++;
	session->concerned_count = 0;
	session->untold_count = 0;
	session->shown_count = 0;
}

static void told_untold(struct session *session, const struct descriptor *told)
{
	if (grow(&session->untold, &session->untold_cap, session->untold_count,
		 sizeof(*session->untold)) < 0)
		session->out_of_memory = true;
	else
		session->untold[session->untold_count++] = *told;
}

void endpoints_told(struct session *session, struct owner *owner, const struct descriptor *told)
{
	struct known *before = endpoints_of_fd(owner, told->fd);
	struct known *known;

	if (!told->open || !told->socket) {
		detach(session, owner, told->fd);
		if (told->open)
			told_untold(session, told);
		return;
	}
	known = map_get(&session->by_key, told->endpoint.cookie);
	if (!known)
		known = new_known(session, owner, told->endpoint.cookie);
	if (!known)
		return;
	if (before != known) {
		detach(session, owner, told->fd);
		attach(session, owner, told->fd, known);
	}
	concern(session, known, SHOWN_TOUCHED);
	known->now = told->endpoint;
	set_inode(session, known, told->endpoint.inode);
}

/*
 * A socket that was shut down both ways and not closed is CLOSED, and beside it the kernel keeps
 * its TIME-WAIT under the same cookie. They are two objects.
 */
static void find_twin(struct session *session, struct known *known)
{
	const struct endpoint *had = &known->last;
	struct endpoint found;
	struct known *twin;

	if (!known->shown || !had->peer.len || had->state == STATE_CLOSED ||
	    diag_inet(session->diag, IPPROTO_TCP, &had->local, &had->peer, 0, 0, &found) !=
		    DIAG_FOUND ||
	    !found.ghost || found.cookie != known->key)
		return;
	twin = map_get(&session->by_key, known->key | KNOWN_TWIN);
	if (!twin)
		twin = new_known(session, known->owner, known->key | KNOWN_TWIN);
	if (!twin)
		return;
	twin->closed_fd = known->fd;
	twin->peer_key = known->peer_key;
	twin->now = found;
	concern(session, twin, SHOWN_GHOST);
}

/* Reads an inet socket whose addresses are in `now`. */
static enum diag_result read_inet(struct session *session, struct known *known,
				  struct endpoint *found)
{
	const struct endpoint *now = &known->now;

	if (!now->local.len)
		return DIAG_UNSUPPORTED; /* unbound: in no table */
	return diag_inet(session->diag, now->protocol, &now->local, &now->peer,
			 known->key & ~KNOWN_TWIN, now->ifindex, found);
}

static enum diag_result read_endpoint(struct session *session, struct known *known,
				      struct endpoint *found)
{
	if (is_inet(&known->now))
		return read_inet(session, known, found);
	if (known->now.family == AF_UNIX)
		return diag_unix(session->diag, known->now.inode, found);
	return DIAG_UNSUPPORTED;
}

static void read_descriptor(struct known *known)
{
	struct descriptor told;

	if (known->fd < 0 || process_read(known->owner->process, &known->fd, 1, &told) < 0)
		return;
	if (told.open && told.socket && told.endpoint.cookie == known->key)
		known->now = told.endpoint;
}

/* Brings `now` up to date; FRESH: its descriptor has just told. */
static void refresh(struct session *session, struct known *known, bool fresh)
{
	struct endpoint found;
	enum diag_result result = read_endpoint(session, known, &found);

	if (result == DIAG_FOUND && !(known->refs && found.ghost && !known->now.ghost)) {
		if (known->refs)
			endpoint_merge(&known->now, &found);
		else
			known->now = found;
		return;
	}
	if (known->refs == 0) {
		known->gone = true;
		return;
	}
	if (!fresh) {
		read_descriptor(known);
		if (known->now.local.len && read_endpoint(session, known, &found) == DIAG_FOUND &&
		    !found.ghost)
			endpoint_merge(&known->now, &found);
	}
	if (known->now.protocol == IPPROTO_TCP && known->now.state == STATE_CLOSED)
		find_twin(session, known);
}

static void concern_and_refresh(struct session *session, struct known *known, enum shown_role role)
{
	if (concern(session, known, role))
		refresh(session, known, false);
}

static void concern_listener(struct session *session, const struct address *local)
{
	struct endpoint found;
	struct known *listener;

	if (diag_listener(session->diag, local, &found) != DIAG_FOUND)
		return;
	listener = map_get(&session->by_key, found.cookie);
	if (listener && concern(session, listener, SHOWN_LISTENER))
		endpoint_merge(&listener->now, &found);
}

/* A child in an accept queue that the session has not met: ours, if its listener is. */
static struct known *queued_child(struct session *session, const struct endpoint *found)
{
	struct endpoint listener;
	struct known *of, *known;

	if (diag_listener(session->diag, &found->local, &listener) != DIAG_FOUND)
		return NULL;
	of = map_get(&session->by_key, listener.cookie);
	if (!of)
		return NULL;
	known = new_known(session, of->owner, found->cookie);
	if (known) {
		known->listener_key = of->key;
		session->queued++;
	}
	return known;
}

static enum shown_role peer_role(const struct known *known)
{
	if (known->refs)
		return SHOWN_PEER;
	return known->listener_key ? SHOWN_QUEUED : SHOWN_GHOST;
}

static bool about_to_tell(const struct session *session, uint64_t cookie)
{
	const struct job *job;
	int i;

	for (job = session->done; job; job = job->next)
		for (i = 0; i < job->frame->reads; i++)
			if (job->frame->told[i].endpoint.cookie == cookie)
				return true;
	return false;
}

/* The other end of FROM is what was just found: known to the session, or a child in a queue. */
static void concern_peer(struct session *session, struct known *from, const struct endpoint *found)
{
	struct known *peer = map_get(&session->by_key, found->cookie);
	struct known *listener;

	if (peer == from)
		return;
	if (!peer && found->ghost && !about_to_tell(session, found->cookie))
		peer = queued_child(session, found);
	if (!peer)
		return;
	from->peer_key = peer->key;
	peer->peer_key = from->key;
	listener = map_get(&session->by_key, peer->listener_key);
	if (concern(session, peer, peer_role(peer))) {
		if (peer->refs && found->ghost)
			refresh(session, peer, false);
		else if (peer->refs)
			endpoint_merge(&peer->now, found);
		else
			peer->now = *found;
	}
	if (listener && !peer->refs)
		concern_and_refresh(session, listener, SHOWN_LISTENER);
}

/* The peer is no longer under the addresses that it had: its descriptor still tells of it. */
static void concern_lost_peer(struct session *session, struct known *known)
{
	struct known *peer = map_get(&session->by_key, known->peer_key);
	struct known *listener;

	if (!peer)
		return;
	concern_and_refresh(session, peer, peer_role(peer));
	listener = map_get(&session->by_key, peer->listener_key);
	if (listener && !peer->refs)
		concern_and_refresh(session, listener, SHOWN_LISTENER);
}

static void collect_inet_peer(struct session *session, struct known *known)
{
	const struct endpoint *at = known->now.peer.len ? &known->now : &known->last;
	struct endpoint found;
	int protocol = known->now.protocol;

	if (!at->peer.len || !at->local.len) {
		concern_lost_peer(session, known);
		return;
	}
	if (diag_inet(session->diag, protocol, &at->peer, &at->local, 0, 0, &found) == DIAG_FOUND ||
	    (protocol == IPPROTO_UDP &&
	     diag_receiver(session->diag, &at->peer, &at->local, &found) == DIAG_FOUND))
		concern_peer(session, known, &found);
	else
		concern_lost_peer(session, known);
	if (known->now.state == STATE_SYN_SENT)
		concern_listener(session, &known->now.peer);
}

static void collect_unix_peer(struct session *session, struct known *known)
{
	struct known *peer = map_get(&session->by_inode, known->now.unix_peer);

	if (!peer)
		peer = map_get(&session->by_key, known->peer_key);
	if (!peer || peer == known)
		return;
	known->peer_key = peer->key;
	peer->peer_key = known->key;
	concern_and_refresh(session, peer, SHOWN_PEER);
}

/* Who is bound to a UNIX address: no table of the kernel's can be asked by it. */
static void concern_unix_address(struct session *session, const struct address *address)
{
	struct known *known;

	for (known = session->all; known; known = known->next)
		if (known->refs && known->now.family == AF_UNIX &&
		    address_equal(&known->now.local, address))
			concern_and_refresh(session, known,
					    known->now.state == STATE_LISTEN ? SHOWN_LISTENER
									     : SHOWN_PEER);
}

/* A datagram's receiver, or the listener that a connection was asked of. */
static void collect_address(struct session *session, struct known *from,
			    const struct address *address)
{
	struct endpoint found;
	struct known *known;

	if (address->any.sa_family == AF_UNIX) {
		concern_unix_address(session, address);
		return;
	}
	if (!is_inet(&from->now))
		return;
	if (from->now.protocol == IPPROTO_TCP) {
		concern_listener(session, address);
		return;
	}
	if (from->now.protocol != IPPROTO_UDP ||
	    diag_receiver(session->diag, address, &from->now.local, &found) != DIAG_FOUND)
		return;
	known = map_get(&session->by_key, found.cookie);
	if (known && known != from && concern(session, known, SHOWN_PEER))
		endpoint_merge(&known->now, &found);
}

/* A listener that was closed takes what waits in its queue with it. */
static void collect_queue(struct session *session, const struct known *listener)
{
	struct known *known, *next, *peer;

	for (known = session->queued ? session->all : NULL; known; known = next) {
		next = known->next;
		if (known->listener_key != listener->key || known->refs)
			continue;
		concern_and_refresh(session, known, SHOWN_QUEUED);
		peer = map_get(&session->by_key, known->peer_key);
		if (peer)
			concern_and_refresh(session, peer, SHOWN_PEER);
	}
}

static void collect_one(struct session *session, struct known *known)
{
	if (is_inet(&known->now))
		collect_inet_peer(session, known);
	else if (known->now.family == AF_UNIX)
		collect_unix_peer(session, known);
	if (known->last.state == STATE_LISTEN && known->now.state != STATE_LISTEN)
		collect_queue(session, known);
	else if (known->last.state == STATE_LISTEN && known->gone)
		collect_queue(session, known);
}

/* Its twin in TIME-WAIT is what is left of a socket that is closed now. */
static bool becomes_twin(struct session *session, struct known *known)
{
	struct known *twin = map_get(&session->by_key, known->key | KNOWN_TWIN);

	if (!twin || twin == known || known->refs)
		return false;
	known->gone = true;
	concern_and_refresh(session, twin, SHOWN_GHOST);
	return true;
}

void endpoints_collect(struct session *session, const struct address *address)
{
	size_t i, touched = 0;

	/* Only what was touched stays, when this is done once more. */
	while (touched < session->concerned_count &&
	       session->concerned[touched]->role == SHOWN_TOUCHED)
		touched++;
	for (i = touched; i < session->concerned_count; i++)
		session->concerned[i]->epoch = 0;
	session->concerned_count = touched;
	for (i = 0; i < touched; i++)
		if (!becomes_twin(session, session->concerned[i]))
			refresh(session, session->concerned[i], true);
	for (i = 0; i < touched; i++)
		collect_one(session, session->concerned[i]);
	if (address && address->len && touched)
		collect_address(session, session->concerned[0], address);
}

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

static void show_known(struct session *session, const struct known *known)
{
	struct shown *shown = add_shown(session);

	if (!shown)
		return;
	shown->role = known->role;
	if (!known->refs && !known->listener_key)
		shown->role = SHOWN_GHOST;
	shown->process = known->owner->name;
	shown->fd = known->fd;
	if (known->refs > 1)
		shown->also_fd = lowest_fd(known->owner, known, known->fd + 1);
	shown->name = known->fd < 0 ? NULL : known->owner->fds[known->fd].name;
	shown->queue_of = known->refs ? -1 : listener_fd(session, known);
	shown->closed_fd = known->refs && !known->closed ? -1 : known->closed_fd;
	shown->now = known->now;
	shown->known = known->shown;
	if (known->shown) {
		shown->was = known->last;
		shown->changed = endpoint_diff(&known->last, &known->now);
	}
	shown->gone = known->gone;
	shown->closed = known->closed;
}

static void show_untold(struct session *session, const struct descriptor *told)
{
	struct shown *shown = add_shown(session);

	if (!shown)
		return;
	shown->process = session->current->name;
	shown->fd = told->fd;
	shown->untold = true;
	memcpy(shown->what, told->what, sizeof(told->what));
}

void endpoints_list(struct session *session)
{
	size_t i;

	session->shown_count = 0;
	for (i = 0; i < session->concerned_count; i++) {
		struct known *known = session->concerned[i];

		if (known->role != SHOWN_TOUCHED && known->shown && !known->gone &&
		    !endpoint_diff(&known->last, &known->now))
			continue;
		if (known->role != SHOWN_TOUCHED && about_to_tell(session, known->key))
			continue;
		if (known->gone && !known->shown)
			continue;
		show_known(session, known);
	}
	for (i = 0; i < session->untold_count; i++)
		show_untold(session, &session->untold[i]);
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
		forget(session, oldest);
	session->ghosts[session->next_ghost] = known->key;
	session->next_ghost = (session->next_ghost + 1) % GHOSTS;
}

void endpoints_commit(struct session *session)
{
	size_t i;

	for (i = 0; i < session->concerned_count; i++) {
		struct known *known = session->concerned[i];

		if (known->gone && known->refs == 0) {
			forget(session, known);
			continue;
		}
		if (known->role != SHOWN_TOUCHED && about_to_tell(session, known->key))
			continue;
		known->last = known->now;
		known->shown = true;
		remember_ghost(session, known);
		known->ever_connected |= known->now.peer.len || known->now.unix_peer;
	}
	session->concerned_count = 0;
}

/* Descriptors are read in batches: a request to the process each. */
static void read_all(struct session *session, struct owner *owner)
{
	struct descriptor told[FRAME_READS];
	int fds[FRAME_READS], count = 0, i;
	size_t fd;

	for (fd = 0; fd <= owner->fd_cap; fd++) {
		if (fd < owner->fd_cap && owner->fds[fd].known &&
		    owner->fds[fd].known->fd == (int)fd)
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
			concern(session, known, peer_role(known));
	}
	for (i = 0; i < session->concerned_count; i++)
		refresh(session, session->concerned[i], true);
	session->shown_count = 0;
	for (i = 0; i < session->concerned_count; i++)
		if (!session->concerned[i]->gone)
			show_known(session, session->concerned[i]);
}

void endpoints_bury(struct session *session, struct owner *owner)
{
	size_t fd;

	endpoints_begin(session);
	for (fd = 0; fd < owner->fd_cap; fd++)
		detach(session, owner, (int)fd);
	endpoints_collect(session, NULL);
	endpoints_list(session);
}

void endpoints_free(struct session *session)
{
	while (session->all)
		forget(session, session->all);
	map_free(&session->by_key);
	map_free(&session->by_inode);
	free(session->concerned);
	free(session->untold);
	free(session->shown);
}
