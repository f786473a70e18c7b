/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/flows.h"

#include <stdlib.h>
#include <string.h>

int flows_init(struct flows *flows)
{
	*flows = (struct flows){.list = calloc(FLOWS_MOST, sizeof(*flows->list))};
	return flows->list ? 0 : -1;
}

void flows_free(struct flows *flows)
{
	map_free(&flows->by_hash);
	free(flows->list);
	*flows = (struct flows){0};
}

bool flows_is_segment(const struct packet *head)
{
	return head->protocol == IPPROTO_TCP && head->transport && !head->fragment.offset;
}

uint64_t flows_mix(uint64_t hash, uint64_t value)
{
	return (hash ^ value) * 0x100000001b3;
}

static uint64_t mix_address(uint64_t hash, const struct address *address)
{
	struct address plain = address_unmapped(address);
	uint64_t halves[2];

	hash = flows_mix(hash, (uint64_t)plain.any.sa_family << 16 | address_port(&plain));
	if (plain.any.sa_family != AF_INET6)
		return flows_mix(hash, plain.in.sin_addr.s_addr);
	memcpy(halves, &plain.in6.sin6_addr, sizeof(halves));
	return flows_mix(flows_mix(hash, halves[0]), halves[1]);
}

static uint64_t hash_of(const struct address *src, const struct address *dst)
{
	uint64_t hash = mix_address(mix_address(FLOWS_HASH, src), dst);

	return hash ? hash : 1;
}

static struct flow *find(const struct flows *flows, uint64_t hash, const struct address *src,
			 const struct address *dst)
{
	struct flow *flow = map_get(&flows->by_hash, hash);

	return flow && address_equal(&flow->src, src) && address_equal(&flow->dst, dst) ? flow
											: NULL;
}

struct flow *flows_find(const struct flows *flows, const struct address *src,
			const struct address *dst)
{
	return find(flows, hash_of(src, dst), src, dst);
}

struct flow *flows_at(struct flows *flows, const struct address *src, const struct address *dst)
{
	uint64_t hash = hash_of(src, dst);
	struct flow *flow = find(flows, hash, src, dst);

	if (flow)
		return flow;
	flow = &flows->list[flows->next++ % FLOWS_MOST];
	if (map_get(&flows->by_hash, flow->hash) == flow)
		map_remove(&flows->by_hash, flow->hash);
	*flow = (struct flow){.src = *src, .dst = *dst, .hash = hash, .order = ++flows->last_order};
	/* Without memory for that it is made anew the next time. */
	map_put(&flows->by_hash, hash, flow);
	return flow;
}

static void learn_isn(struct flow *flow, uint32_t isn)
{
	int i;

	for (i = 0; i < flow->isns; i++)
		if (flow->isn[i] == isn)
			return;
	memmove(&flow->isn[1], &flow->isn[0], sizeof(flow->isn) - sizeof(flow->isn[0]));
	flow->isn[0] = isn;
	flow->owner = 0;
	if (flow->isns < FLOW_ISNS)
		flow->isns++;
}

/*
 * Of several incarnations of a connection, the one that a number belongs to is that whose ISN it is
 * past by least.
 */
static uint32_t base_of(const struct flow *flow, uint32_t number)
{
	uint32_t best = flow->isn[0];
	int i;

	for (i = 1; i < flow->isns; i++)
		if (number - flow->isn[i] < number - best)
			best = flow->isn[i];
	return best;
}

static struct flow_base base_at(struct flows *flows, const struct flow *flow,
				const struct packet *head)
{
	const struct flow *back = flows_find(flows, &head->dst, &head->src);
	const struct packet_tcp *tcp = &head->tcp;

	return (struct flow_base){
		.seq = base_of(flow, tcp->seq),
		.ack = back && back->isns ? base_of(back, tcp->ack) : tcp->ack,
		.first_seen = flow->first_seen,
	};
}

static void advance(struct flow *flow, const struct packet *head)
{
	const struct packet_tcp *tcp = &head->tcp;
	uint32_t end = tcp->seq + packet_span(head);

	/* Its numbers need not be those of a connection. */
	if (tcp->flags & PACKET_RST)
		return;
	if (tcp->flags & PACKET_SYN)
		flow->has_end = flow->has_ack = false;
	if (!flow->has_end || (int32_t)(end - flow->end) > 0)
		flow->end = end;
	flow->has_end = true;
	if (!(tcp->flags & PACKET_ACK))
		return;
	flow->acked = tcp->ack;
	flow->has_ack = true;
}

static void note_syn(struct flow *flow, const struct packet *head)
{
	if (!(head->tcp.flags & PACKET_SYN))
		return;
	flow->syn = head->tcp.seq;
	flow->syn_span = packet_span(head);
}

/* Where the numbers begin that ACK acknowledges, which may be data of the SYN, too (RFC 7413). */
static uint32_t isn_behind(const struct flow *flow, uint32_t ack)
{
	return ack - flow->syn - 1 < flow->syn_span ? flow->syn : ack - 1;
}

struct flow_base flows_learn(struct flows *flows, const struct packet *head)
{
	const unsigned answer = PACKET_SYN | PACKET_ACK;
	const struct packet_tcp *tcp = &head->tcp;
	struct flow *flow, *back;

	if (!flows_is_segment(head))
		return (struct flow_base){0};
	flow = flows_at(flows, &head->src, &head->dst);
	if (tcp->flags & PACKET_SYN) {
		learn_isn(flow, tcp->seq);
		flow->first_seen = false;
	} else if (!flow->isns) {
		learn_isn(flow, tcp->seq);
		flow->first_seen = true;
	}
	note_syn(flow, head);
	advance(flow, head);
	/* A SYN that was made up, and is answered, begins a connection like any other. */
	back = (tcp->flags & answer) == answer ? flows_find(flows, &head->dst, &head->src) : NULL;
	if (back)
		learn_isn(back, isn_behind(back, tcp->ack));
	return base_at(flows, flow, head);
}

struct flow_base flows_injected(struct flows *flows, const struct packet *head)
{
	struct flow *flow;

	if (!flows_is_segment(head))
		return (struct flow_base){0};
	flow = flows_at(flows, &head->src, &head->dst);
	note_syn(flow, head);
	if (!flow->isns) {
		learn_isn(flow, head->tcp.seq);
		flow->first_seen = !(head->tcp.flags & PACKET_SYN);
	}
	return base_at(flows, flow, head);
}

bool flows_isn(const struct flows *flows, const struct address *src, const struct address *dst,
	       uint32_t *out)
{
	const struct flow *flow = flows_find(flows, src, dst);

	if (!flow || !flow->isns)
		return false;
	*out = flow->isn[0];
	return true;
}

bool flows_expected(const struct flows *flows, const struct address *src, const struct address *dst,
		    uint32_t *out)
{
	const struct flow *back = flows_find(flows, dst, src);

	if (!back || !back->has_ack)
		return false;
	*out = back->acked;
	return true;
}

bool flows_end(const struct flows *flows, const struct address *src, const struct address *dst,
	       uint32_t *out)
{
	const struct flow *flow = flows_find(flows, src, dst);

	if (!flow || !flow->has_end)
		return false;
	*out = flow->end;
	return true;
}
