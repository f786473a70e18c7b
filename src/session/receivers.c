/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/receivers.h"

#include <netinet/in.h>

#include "kernel/groups.h"
#include "session/known.h"

/* A process there, through which /proc shows the host's network; NULL: none lives. */
static const struct owner *living_on(const struct session *session, const struct host *host)
{
	const struct owner *owner;

	for (owner = session->owners; owner; owner = owner->next)
		if (owner->host == host && process_alive(owner->process))
			return owner;
	return NULL;
}

static bool listens_to(struct session *session, const struct host *host,
		       const struct address *group)
{
	const struct owner *owner = living_on(session, host);

	return owner && group_is_joined(process_pid(owner->process), host->ifindex, group,
					&session->failure);
}

void receivers_read(struct session *session, const struct wire_packet *packet,
		    struct shown_packet *shown)
{
	const struct network *network = session->network;
	const struct packet *head = &packet->head;
	struct endpoint found;
	int i;

	if (!packet->to_all || head->protocol != IPPROTO_UDP || !head->transport ||
	    head->fragment.offset)
		return;
	for (i = 0; i < network->lab.count; i++)
		if (packet->reached & 1U << i &&
		    (!address_is_multicast(&head->dst) ||
		     listens_to(session, network->lab.hosts[i], &head->dst)) &&
		    diag_receiver(network->diags[i], &head->dst, &head->src, &found) == DIAG_FOUND)
			shown->found[i] = (unsigned char)found.state;
}

static bool is_bound_to(const struct known *known, const struct address *to)
{
	const struct address *bound = &known->now->local;
	struct address local = address_unmapped(bound);

	return known->refs && known->now->protocol == IPPROTO_UDP &&
	       address_port(bound) == address_port(to) &&
	       (address_is_any(bound) || address_equal(&local, to));
}

/* On a host, or outside the lab; the oldest first. */
static void concern_bound(struct session *session, const struct host *host,
			  const struct address *to)
{
	struct known *known = session->all;

	while (known && known->next)
		known = known->next;
	for (; known; known = known->prev) {
		if (known->owner->host != host || !is_bound_to(known, to))
			continue;
		endpoints_refresh(session, known, false);
		if (known->now->recv_queue != known->last->recv_queue ||
		    known->now->drops != known->last->drops)
			known_concern(session, known, SHOWN_PEER);
	}
}

void receivers_concern(struct session *session)
{
	const struct network *network = session->network;
	size_t i;
	int host;

	for (i = 0; network && i < network->count; i++) {
		const struct shown_packet *packet = &network->list[i];

		if (!packet->to_all || packet->head.protocol != IPPROTO_UDP)
			continue;
		for (host = 0; host < network->lab.count; host++)
			if (packet->reached & 1U << host)
				concern_bound(session, network->lab.hosts[host], &packet->head.dst);
	}
}

void receivers_concern_group(struct session *session, const struct known *from,
			     const struct address *group)
{
	if (!from->owner->host)
		concern_bound(session, NULL, group);
}
