/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>

#include "base/grow.h"
#include "session/known.h"
#include "session/network.h"

/* Whose packets are looked for. */
struct subject {
	const struct endpoint *endpoint;
	const char *process;
	int fd;
	const char *host_name; /* NULL: none */
	int host;              /* its number; 0: none */
	/* Of a connection, its other end, and the addresses that its packets go between. */
	uint64_t peer_cookie;
	const struct packet *pair; /* NULL: no connection */
	uint32_t datagram;         /* of the fragments that follow; 0 */
};

static bool same_pair(const struct packet *a, const struct packet *b)
{
	return a->protocol == b->protocol &&
	       ((address_equal(&a->src, &b->src) && address_equal(&a->dst, &b->dst)) ||
		(address_equal(&a->src, &b->dst) && address_equal(&a->dst, &b->src)));
}

static bool is_end(const struct shown_packet *packet, uint64_t cookie)
{
	return cookie && (packet->from_cookie == cookie || packet->to_cookie == cookie);
}

static bool fits_local(const struct subject *subject, const struct address *address)
{
	struct address local = address_unmapped(&subject->endpoint->local);

	return address_port(&local) == address_port(address) &&
	       (address_is_any(&local) || address_equal(&local, address));
}

static bool hears(const struct subject *subject, const struct shown_packet *packet)
{
	if (packet->to_all)
		return subject->host && packet->reached & 1U << (subject->host - 1);
	return subject->host && packet->to_order == subject->host;
}

/* Of a listener, and of a datagram to all: by addresses, since none of the cookies is its. */
static bool fits_address(const struct subject *subject, const struct shown_packet *packet)
{
	const struct packet *head = &packet->head;

	if (head->protocol != subject->endpoint->protocol || !address_port(&head->src))
		return false;
	if (hears(subject, packet) && packet->to_all)
		return address_port(&head->dst) == address_port(&subject->endpoint->local);
	return (hears(subject, packet) && fits_local(subject, &head->dst)) ||
	       (packet->from_order == subject->host && fits_local(subject, &head->src));
}

/* A fragment has no ports, but the number of its datagram. */
static bool fits_fragment(struct subject *subject, const struct shown_packet *packet, bool fits)
{
	const struct packet *head = &packet->head;

	if (!head->fragment.is)
		return fits;
	if (fits)
		subject->datagram = head->fragment.id;
	return fits || (head->fragment.offset && head->fragment.id == subject->datagram);
}

/* Over loopback no cookies are told. */
static bool passes(const struct subject *subject, const struct shown_packet *packet)
{
	const char *host = subject->host_name;

	return packet->loopback &&
	       (host ? packet->host && strcmp(host, packet->host) == 0 : !packet->host);
}

static bool fits_loopback(const struct subject *subject, const struct shown_packet *packet)
{
	const struct packet *head = &packet->head;

	if (subject->pair)
		return same_pair(head, subject->pair);
	return head->protocol == subject->endpoint->protocol &&
	       (subject->endpoint->type == SOCK_RAW ||
		(address_port(&subject->endpoint->local) &&
		 (fits_local(subject, &head->src) || fits_local(subject, &head->dst))));
}

static bool fits(const struct subject *subject, const struct shown_packet *packet)
{
	const struct endpoint *endpoint = subject->endpoint;
	const struct packet *head = &packet->head;

	if (endpoint->family != AF_INET && endpoint->family != AF_INET6)
		return false;
	if (packet->loopback)
		return passes(subject, packet) && fits_loopback(subject, packet);
	if (subject->pair)
		return same_pair(head, subject->pair) ||
		       (head->icmp.quoted &&
			(is_end(packet, endpoint->cookie) || is_end(packet, subject->peer_cookie)));
	if (endpoint->type == SOCK_RAW ||
	    (endpoint->protocol != IPPROTO_TCP && endpoint->protocol != IPPROTO_UDP))
		return head->protocol == endpoint->protocol &&
		       (hears(subject, packet) || packet->from_order == subject->host);
	if (endpoint->state == STATE_LISTEN)
		return fits_address(subject, packet);
	return is_end(packet, endpoint->cookie) ||
	       (packet->to_all && fits_address(subject, packet));
}

/* A SYN alone, which begins a connection. */
static bool begins(const struct shown_packet *packet)
{
	return packet->head.protocol == IPPROTO_TCP &&
	       (packet->head.tcp.flags & (PACKET_SYN | PACKET_ACK)) == PACKET_SYN;
}

/* By the addresses of a connection; where they are gone, by whose descriptor sent or got the SYN.
 */
static bool is_between(const struct subject *subject, const struct shown_packet *packet)
{
	const struct endpoint *endpoint = subject->endpoint;
	struct packet pair = {.protocol = IPPROTO_TCP,
			      .src = address_unmapped(&endpoint->local),
			      .dst = address_unmapped(&endpoint->peer)};

	if (pair.src.len && pair.dst.len)
		return same_pair(&packet->head, &pair);
	return (packet->from && packet->from_fd == subject->fd &&
		strcmp(packet->from, subject->process) == 0) ||
	       (packet->to && packet->to_fd == subject->fd &&
		strcmp(packet->to, subject->process) == 0);
}

/* Over loopback: with the youngest SYN. */
static size_t find_birth_here(const struct seen_moments *seen, struct subject *subject)
{
	const struct shown_packet *packet;
	size_t birth = 0, i;

	if (subject->endpoint->protocol != IPPROTO_TCP || subject->endpoint->type == SOCK_RAW)
		return 0;
	for (i = 0; (packet = seen_at(seen, i)); i++) {
		if (!passes(subject, packet) || packet->head.protocol != IPPROTO_TCP ||
		    !is_between(subject, packet) || (subject->pair && !begins(packet)))
			continue;
		subject->pair = &packet->head;
		birth = i;
	}
	return birth;
}

/*
 * Where a connection begins: with the first packet of its socket; or, where that is a SYN that made
 * the socket, with the first of the other end, which may have been sent in vain before.
 */
static size_t find_birth(const struct seen_moments *seen, struct subject *subject)
{
	uint64_t cookie = subject->endpoint->cookie;
	const struct shown_packet *packet, *first;
	size_t birth = 0, i;

	while ((first = seen_at(seen, birth)) && !is_end(first, cookie))
		birth++;
	if (!first)
		return find_birth_here(seen, subject);
	if (first->head.protocol != IPPROTO_TCP)
		return 0;
	subject->pair = &first->head;
	if (first->from_cookie == cookie) {
		subject->peer_cookie = first->to_cookie;
		return birth;
	}
	subject->peer_cookie = first->from_cookie;
	for (i = 0; (packet = seen_at(seen, i)) && i < birth; i++)
		if (packet->from_cookie && packet->from_cookie == first->from_cookie)
			return i;
	return birth;
}

static int add(struct seen_moments *seen, const struct shown_packet *packet, struct error *err)
{
	if (grow(&seen->view, &seen->view_cap, seen->view_count, sizeof(*seen->view)) < 0)
		return error_set(err, "out of memory");
	seen->view[seen->view_count++] = *packet;
	return 0;
}

/* SUBJECT NULL: all. */
static int list(struct session *session, struct subject *subject, struct shown_ladder *out,
		struct error *err)
{
	struct seen_moments *seen = &session->seen;
	const struct shown_packet *packet;
	size_t i =
		subject && subject->endpoint->state != STATE_LISTEN ? find_birth(seen, subject) : 0;

	seen->view_count = 0;
	for (; (packet = seen_at(seen, i)); i++)
		if ((!subject || fits_fragment(subject, packet, fits(subject, packet))) &&
		    add(seen, packet, err) < 0)
			return -1;
	out->list = seen->view;
	out->count = seen->view_count;
	out->forgotten = seen->forgotten;
	if (subject && subject->pair && out->count && begins(&out->list[0]))
		out->forgotten = 0;
	return 0;
}

/* What the descriptor led to before it was closed, while the kernel has it still. */
static const struct known *find_closed(const struct session *session, int fd)
{
	const struct known *known;

	for (known = session->all; known; known = known->next)
		if (known->owner == session->current && !known->refs && known->closed_fd == fd)
			return known;
	return NULL;
}

static int find_endpoint(struct session *session, int fd, struct endpoint *out, struct error *err)
{
	struct owner *owner = session->current;
	const struct known *closed;
	struct descriptor told;

	if (process_read(owner->process, &fd, 1, &told) < 0)
		return error_set(err, "process %s is dead: it %s", owner->name,
				 process_death(owner->process));
	if (told.open && !told.socket)
		return error_set(err, "fd %d is no socket: %s", fd, told.what);
	closed = told.open ? NULL : find_closed(session, fd);
	if (!told.open && !closed && told.endpoint.failure.call)
		return error_set(err, "fd %d cannot be read: %s: %s", fd,
				 told.endpoint.failure.call, strerror(told.endpoint.failure.error));
	if (!told.open && !closed)
		return error_set(err, "fd %d is not open", fd);
	endpoint_copy(out, closed ? closed->now : &told.endpoint);
	return 0;
}

int session_ladder(struct session *session, int fd, struct shown_ladder *out, struct error *err)
{
	const struct host *host = session->current->host;
	struct endpoint endpoint = {0};
	struct subject subject = {.endpoint = &endpoint,
				  .process = session->current->name,
				  .fd = fd,
				  .host_name = host ? host->name : NULL,
				  .host = host ? host->number : 0};
	const struct network *network = session->network;

	if (!network || (!network->lab.count && !network->loopback.on && !session->seen.count))
		return error_set(err, "there is no lab: `host NAME` makes one, or --lab");
	*out = (struct shown_ladder){.process = session->current->name, .fd = fd};
	if (fd >= 0 && find_endpoint(session, fd, &endpoint, err) < 0)
		return -1;
	return list(session, fd >= 0 ? &subject : NULL, out, err);
}
