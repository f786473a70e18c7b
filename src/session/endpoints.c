/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/endpoints.h"
#include "session/passed.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "base/now.h"
#include "session/known.h"
#include "session/network.h"
#include "session/receivers.h"
#include "session/trace.h"

/* How often, and how soon, what is said to be gone is looked for again. */
#define HANDS_LOOKS    4
#define HANDS_PAUSE_US 100

static void read_merged(struct session *session, struct known *known, const struct endpoint *found)
{
	struct endpoint *now = known_write(session, known);

	if (now)
		endpoint_merge(now, found);
}

static bool is_inet(const struct endpoint *endpoint)
{
	return endpoint->family == AF_INET || endpoint->family == AF_INET6;
}

/*
 * A socket that was shut down both ways and not closed is CLOSED, and beside it the kernel keeps
 * its TIME-WAIT under the same cookie. They are two objects.
 */
static void find_twin(struct session *session, struct known *known)
{
	const struct endpoint *had = known->last;
	struct endpoint found;
	struct known *twin;

	if (!known->shown || !had->peer.len || had->state == STATE_CLOSED ||
	    diag_inet(network_diag(session, known->owner), IPPROTO_TCP, &had->local, &had->peer, 0,
		      0, &found) != DIAG_FOUND ||
	    !found.ghost || found.cookie != known->key)
		return;
	twin = map_get(&session->by_key, known->key | KNOWN_TWIN);
	if (!twin) {
		twin = known_new(session, known->owner, known->key | KNOWN_TWIN);
		if (!twin)
			return;
		trace_twin(session, known, twin);
	}
	twin->peer_key = known->peer_key;
	known_read(session, twin, &found);
	known_concern(session, twin, SHOWN_GHOST);
}

/*
 * No table that is looked up has what is not bound, nor a TCP socket that is CLOSED: its address
 * would find the listener that it shares it with (after a reset, say).
 */
static bool is_in_table(const struct endpoint *now)
{
	bool closed = now->protocol == IPPROTO_TCP && now->state == STATE_CLOSED && !now->peer.len;

	return now->local.len && !closed;
}

/* Reads an inet socket whose addresses are in `now`. */
static enum diag_result read_inet(struct session *session, struct known *known,
				  struct endpoint *found)
{
	const struct endpoint *now = known->now;

	if (!is_in_table(now))
		return DIAG_NONE;
	return diag_inet(network_diag(session, known->owner), now->protocol, &now->local,
			 &now->peer, known->key & ~KNOWN_TWIN, now->ifindex, found);
}

static enum diag_result read_endpoint(struct session *session, struct known *known,
				      struct endpoint *found)
{
	if (is_inet(known->now))
		return read_inet(session, known, found);
	if (known->now->family == AF_UNIX)
		return diag_unix(network_diag(session, known->owner), known->now->inode, found);
	return DIAG_UNSUPPORTED;
}

static void read_descriptor(struct session *session, struct known *known)
{
	struct descriptor told;

	if (known->fd < 0 || process_read(known->owner->process, &known->fd, 1, &told) < 0)
		return;
	known_note(session, &told);
	if (told.open && told.socket && told.endpoint.cookie == known->key)
		known_read(session, known, &told.endpoint);
}

/*
 * While a closed socket becomes its TIME-WAIT (which the kernel also keeps for FIN-WAIT-2), a
 * look-up that meets the new one before it is counted finds nothing (inet_twsk_hashdance()).
 */
static bool may_change_hands(const struct known *known)
{
	return known->now->protocol == IPPROTO_TCP && known->refs == 0 &&
	       (known->now->state == STATE_FIN_WAIT_1 || known->now->state == STATE_FIN_WAIT_2 ||
		known->now->state == STATE_CLOSING);
}

static enum diag_result read_surely(struct session *session, struct known *known,
				    struct endpoint *found)
{
	enum diag_result result = read_endpoint(session, known, found);
	int looks;

	for (looks = 0; looks < HANDS_LOOKS && result != DIAG_FOUND && may_change_hands(known);
	     looks++) {
		pause_us(HANDS_PAUSE_US);
		result = read_endpoint(session, known, found);
	}
	return result;
}

void endpoints_refresh(struct session *session, struct known *known, bool fresh)
{
	struct endpoint found;
	enum diag_result result = read_surely(session, known, &found);

	if (result == DIAG_FOUND && !(known->refs && found.ghost && !known->now->ghost)) {
		if (known->refs)
			read_merged(session, known, &found);
		else
			known_read(session, known, &found);
		return;
	}
	if (known->refs == 0) {
		known->gone = !passed_lives(session, known);
		return;
	}
	if (!fresh) {
		read_descriptor(session, known);
		if (known->now->local.len && read_endpoint(session, known, &found) == DIAG_FOUND &&
		    !found.ghost)
			read_merged(session, known, &found);
	}
	if (known->now->protocol == IPPROTO_TCP && known->now->state == STATE_CLOSED)
		find_twin(session, known);
}

static void concern_and_refresh(struct session *session, struct known *known, enum shown_role role)
{
	if (known_concern(session, known, role))
		endpoints_refresh(session, known, false);
}

/* The listener that FROM's SYN to LOCAL reaches. */
static void concern_listener(struct session *session, const struct known *from,
			     const struct address *local)
{
	struct diag *diag = network_diag_at(session, from->owner, local);
	struct endpoint found;
	struct known *listener;

	if (!diag || diag_listener(diag, local, &found) != DIAG_FOUND)
		return;
	listener = map_get(&session->by_key, found.cookie);
	if (listener && known_concern(session, listener, SHOWN_LISTENER))
		read_merged(session, listener, &found);
}

static bool shares_address(const struct session *session, const struct known *listener,
			   const struct known *other)
{
	return other->refs && other->now->state == STATE_LISTEN &&
	       other->now->protocol == IPPROTO_TCP &&
	       address_equal(&other->now->local, &listener->now->local) &&
	       network_diag(session, other->owner) == network_diag(session, listener->owner);
}

/* Whether more wait in its queue, as the kernel says, than the session has met. */
static bool has_newcomer(struct session *session, struct known *listener)
{
	const struct known *known;
	uint32_t met = 0;

	read_descriptor(session, listener);
	for (known = session->all; known; known = known->next)
		met += known->listener_key == listener->key && !known->refs;
	return listener->now->accept_length > met;
}

/*
 * Where several listeners share an address (SO_REUSEPORT) no table says in whose queue a child is,
 * and a look-up by the address alone finds any of them. It is in the queue that has grown; NULL:
 * more than one has.
 */
static struct known *whose_newcomer(struct session *session, struct known *any)
{
	struct known *known, *of = NULL;

	if (!any->now->shares_port)
		return any;
	for (known = session->all; known; known = known->next) {
		if (!shares_address(session, any, known) || !has_newcomer(session, known))
			continue;
		if (of)
			return NULL;
		of = known;
	}
	return of;
}

/* A child in an accept queue that the session has not met: ours, if its listener is. */
static struct known *queued_child(struct session *session, struct diag *diag,
				  const struct endpoint *found)
{
	struct endpoint listener;
	struct known *of, *known;

	if (diag_listener(diag, &found->local, &listener) != DIAG_FOUND)
		return NULL;
	of = map_get(&session->by_key, listener.cookie);
	of = of ? whose_newcomer(session, of) : NULL;
	if (!of)
		return NULL;
	known = known_new(session, of->owner, found->cookie);
	if (known) {
		known->listener_key = of->key;
		trace_child(session, known);
		session->queued++;
	}
	return known;
}

enum shown_role endpoints_peer_role(const struct known *known)
{
	if (known->refs)
		return SHOWN_PEER;
	return known->listener_key ? SHOWN_QUEUED : SHOWN_GHOST;
}

bool endpoints_about_to_tell(const struct session *session, uint64_t cookie)
{
	const struct job *job;
	int i;

	for (job = session->done; job; job = job->next)
		for (i = 0; i < job->frame->reads; i++)
			if (job->frame->told[i].endpoint.cookie == cookie)
				return true;
	return false;
}

/* It was just found by its addresses, which its descriptor may not have told of yet. */
static void take_found(struct session *session, struct known *known, const struct endpoint *found)
{
	if (known->refs && (found->ghost || !address_equal(&known->now->local, &found->local) ||
			    !address_equal(&known->now->peer, &found->peer)))
		endpoints_refresh(session, known, false);
	else if (known->refs)
		read_merged(session, known, found);
	else
		known_read(session, known, found);
}

/* The other end of FROM is what was just found: known to the session, or a child in a queue. */
static void concern_peer(struct session *session, struct known *from, struct diag *diag,
			 const struct endpoint *found)
{
	struct known *peer = map_get(&session->by_key, found->cookie);
	struct known *listener;

	if (peer == from)
		return;
	if (!peer && found->ghost && !endpoints_about_to_tell(session, found->cookie))
		peer = queued_child(session, diag, found);
	if (!peer)
		return;
	from->peer_key = peer->key;
	peer->peer_key = from->key;
	listener = map_get(&session->by_key, peer->listener_key);
	if (known_concern(session, peer, endpoints_peer_role(peer)))
		take_found(session, peer, found);
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
	concern_and_refresh(session, peer, endpoints_peer_role(peer));
	listener = map_get(&session->by_key, peer->listener_key);
	if (listener && !peer->refs)
		concern_and_refresh(session, listener, SHOWN_LISTENER);
}

static void collect_inet_peer(struct session *session, struct known *known)
{
	const struct endpoint *at = known->now->peer.len ? known->now : known->last;
	struct endpoint found;
	struct diag *diag;
	int protocol = known->now->protocol;

	if (!at->peer.len || !at->local.len) {
		concern_lost_peer(session, known);
		return;
	}
	diag = network_diag_at(session, known->owner, &at->peer);
	if (diag && (diag_inet(diag, protocol, &at->peer, &at->local, 0, 0, &found) == DIAG_FOUND ||
		     (protocol == IPPROTO_UDP &&
		      diag_receiver(diag, &at->peer, &at->local, &found) == DIAG_FOUND)))
		concern_peer(session, known, diag, &found);
	else
		concern_lost_peer(session, known);
	if (known->now->state == STATE_SYN_SENT)
		concern_listener(session, known, &known->now->peer);
}

static void collect_unix_peer(struct session *session, struct known *known)
{
	struct known *peer = map_get(&session->by_inode, known->now->unix_peer);

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
		if (known->refs && known->now->family == AF_UNIX &&
		    address_equal(&known->now->local, address))
			concern_and_refresh(session, known,
					    known->now->state == STATE_LISTEN ? SHOWN_LISTENER
									      : SHOWN_PEER);
}

/* A datagram's receiver, or the listener that a connection was asked of. */
static void collect_address(struct session *session, struct known *from,
			    const struct address *address)
{
	struct endpoint found;
	struct known *known;
	struct diag *diag;

	if (address->any.sa_family == AF_UNIX) {
		concern_unix_address(session, address);
		return;
	}
	if (!is_inet(from->now))
		return;
	if (from->now->protocol == IPPROTO_TCP) {
		concern_listener(session, from, address);
		return;
	}
	if (from->now->protocol == IPPROTO_UDP && address_is_multicast(address)) {
		receivers_concern_group(session, from, address);
		return;
	}
	diag = network_diag_at(session, from->owner, address);
	if (from->now->protocol != IPPROTO_UDP || !diag ||
	    diag_receiver(diag, address, &from->now->local, &found) != DIAG_FOUND)
		return;
	known = map_get(&session->by_key, found.cookie);
	if (known && known != from && known_concern(session, known, SHOWN_PEER))
		read_merged(session, known, &found);
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
	if (is_inet(known->now))
		collect_inet_peer(session, known);
	else if (known->now->family == AF_UNIX)
		collect_unix_peer(session, known);
	if (known->last->state == STATE_LISTEN &&
	    (known->now->state != STATE_LISTEN || known->gone))
		collect_queue(session, known);
}

/* Its twin in TIME-WAIT is what is left of a socket that is closed now. */
static bool becomes_twin(struct session *session, struct known *known)
{
	struct known *twin = map_get(&session->by_key, known->key | KNOWN_TWIN);

	if (!twin || twin == known || known->refs)
		return false;
	known->gone = true;
	twin->closed_fd = known->closed_fd;
	concern_and_refresh(session, twin, SHOWN_GHOST);
	return true;
}

/* What was under these addresses, by its descriptor or as a ghost. */
static struct known *known_at(const struct session *session, const struct host *host,
			      const struct address *local, const struct address *peer)
{
	struct known *known;

	for (known = session->all; known; known = known->next)
		if (known->owner->host == host && address_equal(&known->now->local, local) &&
		    address_equal(&known->now->peer, peer))
			return known;
	return NULL;
}

void endpoints_concern_pair(struct session *session, const struct host *host, int protocol,
			    const struct address *local, const struct address *peer)
{
	struct diag *diag = host ? session->network->diags[host->number - 1] : session->diag;
	struct endpoint found;
	struct known *known, *listener;

	if (diag_inet(diag, protocol, local, peer, 0, 0, &found) == DIAG_FOUND ||
	    (protocol == IPPROTO_UDP && diag_receiver(diag, local, peer, &found) == DIAG_FOUND)) {
		known = map_get(&session->by_key, found.cookie);
		if (!known && found.ghost && !endpoints_about_to_tell(session, found.cookie))
			known = queued_child(session, diag, &found);
		if (known && known_concern(session, known, endpoints_peer_role(known)))
			take_found(session, known, &found);
	} else {
		known = known_at(session, host, local, peer);
		if (known)
			concern_and_refresh(session, known, endpoints_peer_role(known));
	}
	if (!known)
		return;
	listener = map_get(&session->by_key, known->listener_key);
	if (listener && !known->refs)
		concern_and_refresh(session, listener, SHOWN_LISTENER);
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
			endpoints_refresh(session, session->concerned[i], true);
	for (i = 0; i < touched; i++)
		collect_one(session, session->concerned[i]);
	if (address && address->len && touched)
		collect_address(session, session->concerned[0], address);
	receivers_concern(session);
}

int endpoints_touch(struct session *session, int fd, struct error *err)
{
	struct descriptor told;

	if (process_read(session->current->process, &fd, 1, &told) < 0)
		return process_refuses(session->current->process, err);
	if (!told.open && told.endpoint.failure.call)
		return error_set(err, "fd %d cannot be read: %s: %s", fd,
				 told.endpoint.failure.call, strerror(told.endpoint.failure.error));
	if (!told.open)
		return error_set(err, "fd %d is not open", fd);
	endpoints_begin(session);
	session->viewer = session->current;
	endpoints_told(session, session->current, &told);
	endpoints_collect(session, NULL);
	return 0;
}
