/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/loopback.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "names/words.h"
#include "session/jobs.h"
#include "session/network.h"

/* Loopback of one network namespace. */
struct watched {
	const struct host *host; /* NULL: that of the explorer */
	struct tap *tap;
	struct flows flows;
	/* What the filter lets pass, in order; more than TAP_PORTS: everything. */
	uint16_t ports[TAP_PORTS];
	size_t port_count;
};

/* Who has one end of a packet. */
struct end {
	bool ours; /* a socket of the session, or one that was */
	const struct known *known;
	const struct owner *owner;
	uint64_t key; /* of the socket; 0: the kernel tells of none */
};

/* Others use this network, too. */
static bool is_shared(const struct session *session, const struct watched *watched)
{
	return !watched->host && !session->config.private_network;
}

static void close_watched(struct watched *watched)
{
	if (watched->tap)
		tap_close(watched->tap);
	flows_free(&watched->flows);
	free(watched);
}

static int watch(struct session *session, const struct host *host, bool *forbidden,
		 struct error *err)
{
	struct loopback *loopback = &session->network->loopback;
	struct watched *watched = calloc(1, sizeof(*watched));

	*forbidden = false;
	if (!watched || flows_init(&watched->flows) < 0) {
		free(watched);
		return error_set(err, "out of memory");
	}
	watched->host = host;
	watched->port_count = TAP_PORTS + 1;
	watched->tap = tap_open(&session->network->lab, host, forbidden, err);
	if (!watched->tap) {
		close_watched(watched);
		return -1;
	}
	loopback->list[loopback->count++] = watched;
	return 0;
}

void loopback_free(struct loopback *loopback)
{
	while (loopback->count)
		close_watched(loopback->list[--loopback->count]);
	loopback->on = false;
}

int loopback_set(struct session *session, bool on, bool *forbidden, struct error *err)
{
	struct loopback *loopback = &session->network->loopback;
	const struct lab *lab = &session->network->lab;
	int i;

	*forbidden = false;
	if (on == loopback->on)
		return 0;
	loopback_free(loopback);
	if (!on)
		return 0;
	if (watch(session, NULL, forbidden, err) < 0 && (!*forbidden || !lab->count)) {
		if (*forbidden)
			error_set(err, "%s", words("loopback.forbidden"));
		return -1;
	}
	for (i = 0; i < lab->count; i++)
		if (watch(session, lab->hosts[i], forbidden, err) < 0) {
			loopback_free(loopback);
			return -1;
		}
	loopback->on = true;
	loopback_expect(session, NULL);
	return 0;
}

void loopback_add_host(struct session *session, const struct host *host)
{
	struct error err;
	bool forbidden;

	if (session->network->loopback.on && watch(session, host, &forbidden, &err) < 0)
		failure_note(&session->failure, "a packet socket on the host's loopback");
}

/* Keeps PORTS in order and without repetition. False: no more fit. */
static bool add_port(uint16_t *ports, size_t *count, int port)
{
	size_t at = 0;

	if (!port)
		return true;
	while (at < *count && ports[at] < port)
		at++;
	if (at < *count && ports[at] == port)
		return true;
	if (*count == TAP_PORTS)
		return false;
	memmove(&ports[at + 1], &ports[at], (*count - at) * sizeof(*ports));
	ports[at] = (uint16_t)port;
	++*count;
	return true;
}

/* Local ports of the session's sockets, and where JOB goes. */
static size_t list_ports(const struct session *session, const struct job *job, uint16_t *ports)
{
	const struct known *known;
	struct address address;
	size_t count = 0;

	if (job) {
		address = jobs_address(job);
		add_port(ports, &count, address_port(&address));
	}
	for (known = session->all; known; known = known->next)
		if (!known->owner->host &&
		    !add_port(ports, &count, address_port(&known->now->local)))
			return TAP_PORTS + 1;
	return count;
}

void loopback_expect(struct session *session, const struct job *job)
{
	struct loopback *loopback = session->network ? &session->network->loopback : NULL;
	struct watched *watched = loopback && loopback->count ? loopback->list[0] : NULL;
	uint16_t ports[TAP_PORTS];
	size_t count;

	if (!watched || !is_shared(session, watched) || (job && job->owner->host))
		return;
	count = list_ports(session, job, ports);
	if (count == watched->port_count &&
	    (count > TAP_PORTS || memcmp(ports, watched->ports, count * sizeof(*ports)) == 0))
		return;
	if (tap_filter(watched->tap, count > TAP_PORTS ? NULL : ports, count) < 0) {
		failure_note(&session->failure, "setsockopt SO_ATTACH_FILTER");
		return;
	}
	watched->port_count = count;
	if (count <= TAP_PORTS)
		memcpy(watched->ports, ports, count * sizeof(*ports));
}

static struct diag *diag_of(const struct session *session, const struct watched *watched)
{
	return watched->host ? session->network->diags[watched->host->number - 1] : session->diag;
}

/* A socket of the step that has left the kernel's tables already. */
static const struct known *concerned_at(const struct session *session,
					const struct watched *watched, int protocol,
					const struct address *local)
{
	size_t i;

	for (i = 0; i < session->concerned_count; i++) {
		const struct known *known = session->concerned[i];
		const struct address *now = &known->now->local;

		if (known->owner->host != watched->host || known->now->protocol != protocol)
			continue;
		if (address_equal(now, local) || address_equal(&known->last->local, local) ||
		    (address_port(now) && address_is_any(now) &&
		     address_port(now) == address_port(local)))
			return known;
	}
	return NULL;
}

static struct end end_of_known(const struct known *known)
{
	return (struct end){true, known, known->owner, known->key & ~KNOWN_TWIN};
}

static bool look_up(struct diag *diag, int protocol, const struct address *local,
		    const struct address *peer, struct endpoint *found)
{
	return diag_inet(diag, protocol, local, peer, 0, 0, found) == DIAG_FOUND ||
	       (protocol == IPPROTO_UDP && diag_receiver(diag, local, peer, found) == DIAG_FOUND);
}

/* Whose LOCAL is: the kernel is asked first, then what was there before. */
static struct end end_at(const struct session *session, const struct watched *watched, int protocol,
			 const struct address *local, const struct address *peer)
{
	const struct flow *flow = flows_find(&watched->flows, local, peer);
	struct diag *diag = diag_of(session, watched);
	struct endpoint found = {0};
	const struct known *known = NULL;
	struct end end = {0};

	if (look_up(diag, protocol, local, peer, &found))
		end.key = found.cookie;
	else if (flow)
		end.key = flow->owner;
	known = map_get(&session->by_key, end.key);
	if (!known)
		known = concerned_at(session, watched, protocol, local);
	if (known)
		return end_of_known(known);
	end.ours = flow && flow->owner && flow->owner == end.key;
	/* A child in an accept queue that the session has not met. */
	if (protocol == IPPROTO_TCP && diag_listener(diag, local, &found) == DIAG_FOUND)
		known = map_get(&session->by_key, found.cookie);
	end.owner = known ? known->owner : NULL;
	end.ours |= known != NULL;
	return end;
}

static bool has_ports(const struct packet *head)
{
	return (head->protocol == IPPROTO_TCP || head->protocol == IPPROTO_UDP) &&
	       head->transport && !head->fragment.offset && address_port(&head->src);
}

/* Who pings: the kernel makes the identifier of an echo from the socket's port. */
static struct end pinger(const struct session *session, const struct watched *watched,
			 const struct packet *head)
{
	const struct known *known;

	for (known = session->all; known; known = known->next)
		if (known->owner->host == watched->host && known->now->protocol == head->protocol &&
		    known->now->type == SOCK_DGRAM &&
		    address_port(&known->now->local) == head->icmp.id)
			return end_of_known(known);
	return (struct end){0};
}

static void find_ends(const struct session *session, const struct watched *watched,
		      const struct packet *head, const struct tapped *tapped, struct end *from,
		      struct end *to)
{
	bool icmp = head->protocol == IPPROTO_ICMP || head->protocol == IPPROTO_ICMPV6;
	struct packet quoted;

	*from = *to = (struct end){0};
	if (has_ports(head)) {
		*from = end_at(session, watched, head->protocol, &head->src, &head->dst);
		*to = end_at(session, watched, head->protocol, &head->dst, &head->src);
	} else if (icmp && head->icmp.quoted && head->icmp.quoted < tapped->len) {
		packet_parse(&quoted, tapped->bytes + head->icmp.quoted,
			     tapped->len - head->icmp.quoted);
		if (has_ports(&quoted))
			*to = end_at(session, watched, quoted.protocol, &quoted.src, &quoted.dst);
	} else if (icmp && head->payload) {
		*from = pinger(session, watched, head);
	}
}

static struct wire_end told_end(const struct end *end)
{
	return (struct wire_end){.process = end->owner ? end->owner->name : NULL,
				 .fd = end->known ? end->known->fd : -1};
}

/* Whoever sent first is on the left. */
static bool goes_right(const struct watched *watched, const struct packet *head)
{
	const struct flow *flow = flows_find(&watched->flows, &head->src, &head->dst);
	const struct flow *back = flows_find(&watched->flows, &head->dst, &head->src);

	return !flow || !back || flow->order <= back->order;
}

/* A new incarnation may be somebody else's: what is known of the old one does not count. */
static void forget_owner(struct flows *flows, const struct packet *head)
{
	const struct flow *flow = flows_find(flows, &head->src, &head->dst);
	struct flow *back = flows_find(flows, &head->dst, &head->src);

	if (flow && back && !flow->owner && flows_is_segment(head) &&
	    (head->tcp.flags & (PACKET_SYN | PACKET_ACK)) == PACKET_SYN)
		back->owner = 0;
}

static void note(struct session *session, struct watched *watched, const struct tapped *tapped,
		 const struct packet *head)
{
	struct network *network = session->network;
	struct wire_passed passed = {
		.where = watched->host,
		.head = head,
		.base = flows_learn(&watched->flows, head),
		.time = tapped->time,
		.bytes = tapped->bytes,
		.len = tapped->len,
		.whole = tapped->whole,
	};
	struct wire_packet *packet;
	struct end from, to;

	forget_owner(&watched->flows, head);
	find_ends(session, watched, head, tapped, &from, &to);
	if (is_shared(session, watched) && !from.ours && !to.ours)
		return;
	if (has_ports(head)) {
		flows_at(&watched->flows, &head->src, &head->dst)->owner = from.key;
		flows_at(&watched->flows, &head->dst, &head->src)->owner = to.key;
	}
	packet = wire_note(&network->wire, &passed);
	if (!packet) {
		session->out_of_memory = true;
		return;
	}
	network->loopback.seen++;
	packet->from_end = told_end(&from);
	packet->to_end = told_end(&to);
	packet->rightward = goes_right(watched, head);
	network_passed(session, packet);
}

static void drain(struct session *session, struct watched *watched)
{
	struct network *network = session->network;
	struct tapped tapped;
	struct packet head;
	unsigned long count = 0, lost;

	for (; tap_next(watched->tap, &tapped); count++) {
		if (packet_parse(&head, tapped.bytes, tapped.len) < 0)
			continue;
		if (tapped.unchecked)
			head.bad_checksum = false;
		note(session, watched, &tapped, &head);
	}
	/* Nothing is lost before the ring is full. */
	if (count < TAP_PACKETS)
		return;
	lost = tap_lost(watched->tap);
	network->loopback.lost += lost;
	network->untold += lost;
}

void loopback_drain(struct session *session)
{
	struct loopback *loopback = session->network ? &session->network->loopback : NULL;
	int i;

	if (!loopback || !loopback->on)
		return;
	for (i = 0; i < loopback->count; i++)
		drain(session, loopback->list[i]);
	loopback_expect(session, NULL);
}

size_t loopback_poll_fds(const struct loopback *loopback, int *fds, size_t room)
{
	size_t count = 0;

	while (count < room && count < (size_t)loopback->count) {
		fds[count] = tap_poll_fd(loopback->list[count]->tap);
		count++;
	}
	return count;
}

int session_set_packets(struct session *session, bool on, bool *forbidden, struct error *err)
{
	*forbidden = false;
	if (!on && !session->network)
		return 0;
	return network_get(session, err) ? loopback_set(session, on, forbidden, err) : -1;
}

bool session_packets(const struct session *session)
{
	return session->network && session->network->loopback.on;
}

struct shown_loopback session_loopback(const struct session *session)
{
	const struct loopback *loopback = session->network ? &session->network->loopback : NULL;
	const struct lab *lab = session_lab(session);
	bool shown = loopback && loopback->on;

	return (struct shown_loopback){
		.shown = shown,
		.allowed = shown || (lab && lab->count) || tap_allowed(),
		.own = shown && !loopback->list[0]->host,
		.seen = shown ? loopback->seen : 0,
		.lost = shown ? loopback->lost : 0,
	};
}
