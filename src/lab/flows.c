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
	free(flows->list);
	*flows = (struct flows){0};
}

bool flows_is_segment(const struct packet *head)
{
	return head->protocol == IPPROTO_TCP && head->transport && !head->fragment.offset;
}

struct flow *flows_find(const struct flows *flows, const struct address *src,
			const struct address *dst)
{
	size_t i;

	for (i = 0; i < flows->count; i++)
		if (address_equal(&flows->list[i].src, src) &&
		    address_equal(&flows->list[i].dst, dst))
			return &flows->list[i];
	return NULL;
}

struct flow *flows_at(struct flows *flows, const struct address *src, const struct address *dst)
{
	struct flow *flow = flows_find(flows, src, dst);

	if (flow)
		return flow;
	flow = &flows->list[flows->next++ % FLOWS_MOST];
	if (flows->count < FLOWS_MOST)
		flows->count++;
	*flow = (struct flow){.src = *src, .dst = *dst, .order = ++flows->last_order};
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

struct flow_base flows_learn(struct flows *flows, const struct packet *head)
{
	const struct packet_tcp *tcp = &head->tcp;
	struct flow_base base = {0};
	struct flow *flow, *back;

	if (!flows_is_segment(head))
		return base;
	flow = flows_at(flows, &head->src, &head->dst);
	if (tcp->flags & PACKET_SYN) {
		learn_isn(flow, tcp->seq);
		flow->first_seen = false;
	} else if (!flow->isns) {
		learn_isn(flow, tcp->seq);
		flow->first_seen = true;
	}
	base.first_seen = flow->first_seen;
	base.seq = base_of(flow, tcp->seq);
	back = flows_find(flows, &head->dst, &head->src);
	base.ack = back && back->isns ? base_of(back, tcp->ack) : tcp->ack;
	return base;
}
