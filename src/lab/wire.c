/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/wire.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/now.h"
#include "lab/wire_parts.h"

#define PACKET_ROOM 65536

int wire_init(struct wire *wire, struct lab *lab)
{
	*wire = (struct wire){.lab = lab};
	wire->room = malloc(PACKET_ROOM);
	if (wire->room && wire_past_init(wire) == 0 && flows_init(&wire->flows) == 0)
		return 0;
	wire_free(wire);
	return -1;
}

static struct wire_packet *packet_of(struct due_node *node)
{
	return (struct wire_packet *)((char *)node - offsetof(struct wire_packet, due));
}

void wire_free(struct wire *wire)
{
	size_t i;

	while (wire->held) {
		struct wire_packet *next = wire->held->next;

		wire_free_packet(wire->held);
		wire->held = next;
	}
	for (i = 0; i < wire->delayed.count; i++)
		wire_free_packet(packet_of(wire->delayed.heap[i]));
	due_free(&wire->delayed);
	map_free(&wire->by_likeness);
	flows_free(&wire->flows);
	wire_past_free(wire);
	free(wire->room);
	*wire = (struct wire){0};
}

static size_t size_of(const struct wire_packet *packet)
{
	return sizeof(*packet) + packet->len;
}

/* Onto the list of the held, before another; NULL: at its end. */
static void link_before(struct wire *wire, struct wire_packet *packet, struct wire_packet *next)
{
	packet->next = next;
	packet->prev = next ? next->prev : wire->held_last;
	*(packet->prev ? &packet->prev->next : &wire->held) = packet;
	*(next ? &next->prev : &wire->held_last) = packet;
}

static void unlink_packet(struct wire *wire, struct wire_packet *packet)
{
	*(packet->prev ? &packet->prev->next : &wire->held) = packet->next;
	*(packet->next ? &packet->next->prev : &wire->held_last) = packet->prev;
	packet->next = packet->prev = NULL;
}

static void hold_before(struct wire *wire, struct wire_packet *packet, struct wire_packet *next)
{
	packet->fate = WIRE_HELD;
	link_before(wire, packet, next);
	wire->held_count++;
	wire->bytes += size_of(packet);
	/* What was damaged is not the same as what comes again. */
	if (packet->likeness && !packet->corrupted)
		map_put(&wire->by_likeness, packet->likeness, packet);
}

/* Off the wire, wherever on it it is. */
static void take_off(struct wire *wire, struct wire_packet *packet, bool delayed)
{
	struct wire_packet **waits = &wire->reordered[packet->from->number - 1];

	wire->bytes -= size_of(packet);
	if (*waits == packet)
		*waits = NULL;
	if (delayed) {
		due_remove(&wire->delayed, &packet->due);
		return;
	}
	unlink_packet(wire, packet);
	wire->held_count--;
	if (map_get(&wire->by_likeness, packet->likeness) == packet)
		map_remove(&wire->by_likeness, packet->likeness);
}

static int delay_until(struct wire *wire, struct wire_packet *packet, long at_us)
{
	if (due_add(&wire->delayed, &packet->due, at_us) < 0)
		return -1;
	packet->fate = WIRE_DELAYED;
	wire->bytes += size_of(packet);
	return 0;
}

static bool same_way(const struct packet *packet, const struct address *src,
		     const struct address *dst)
{
	return address_equal(&packet->src, src) && address_equal(&packet->dst, dst);
}

uint32_t wire_seq(const struct wire_packet *packet)
{
	return packet->head.tcp.seq - packet->base.seq;
}

uint32_t wire_ack(const struct wire_packet *packet)
{
	return packet->head.tcp.ack - packet->base.ack;
}

static bool is_for_all(const struct host *from, const struct address *dst)
{
	uint32_t to, mask;

	if (address_is_multicast(dst) || dst->any.sa_family == AF_INET6)
		return address_is_multicast(dst);
	to = ntohl(dst->in.sin_addr.s_addr);
	mask = 0xffffffffU << (32 - from->prefix4);
	return to == INADDR_BROADCAST || to == (ntohl(from->v4.in.sin_addr.s_addr) | ~mask);
}

/* The same segment once more: its timestamp and its checksum may differ. */
static bool is_again(const struct wire_packet *held, const struct host *from,
		     const struct packet *head)
{
	const struct packet_tcp *was = &held->head.tcp, *now = &head->tcp;

	return held->from == from && flows_is_segment(head) && flows_is_segment(&held->head) &&
	       same_way(head, &held->head.src, &held->head.dst) && was->seq == now->seq &&
	       was->ack == now->ack && was->flags == now->flags &&
	       held->head.length == head->length && packet_span(head);
}

/* Of what a retransmission has in common with the first. */
static uint64_t likeness_of(const struct host *from, const struct packet *head)
{
	const struct packet_tcp *tcp = &head->tcp;
	uint64_t parts[] = {(uint64_t)from->number,
			    (uint64_t)head->family << 32 |
				    (uint64_t)address_port(&head->src) << 16 |
				    (uint64_t)address_port(&head->dst),
			    (uint64_t)tcp->seq << 32 | tcp->ack, tcp->flags, head->length};
	uint64_t hash = FLOWS_HASH;
	size_t i;

	/* What makes no sense is not known to be the same. */
	if (!flows_is_segment(head) || head->broken || !packet_span(head))
		return 0;
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		hash = flows_mix(hash, parts[i]);
	return hash ? hash : 1;
}

static struct wire_packet *find_again(const struct wire *wire, const struct host *from,
				      const struct packet *head, uint64_t likeness)
{
	struct wire_packet *held = likeness ? map_get(&wire->by_likeness, likeness) : NULL;

	return held && is_again(held, from, head) ? held : NULL;
}

/* From a host; not yet on the wire. NULL when out of memory. */
static struct wire_packet *make_packet(struct wire *wire, struct host *from,
				       const struct packet *head, const void *bytes, size_t len)
{
	struct wire_packet *packet = wire_new_packet(wire, head, bytes, len);

	if (!packet)
		return NULL;
	clock_gettime(CLOCK_REALTIME, &packet->time);
	packet->from = from;
	if (head->family) {
		packet->to_all = is_for_all(from, &head->dst);
		packet->to = packet->to_all ? NULL : lab_owner(wire->lab, &head->dst);
	}
	return packet;
}

static enum wire_event end_as(struct wire *wire, struct wire_packet *packet, enum wire_fate fate)
{
	packet->fate = fate;
	wire_remember(wire, packet);
	return WIRE_KEPT;
}

static enum wire_event lose(struct wire *wire, struct wire_packet *packet)
{
	map_remove(&wire->by_number, packet->number);
	wire_free_packet(packet);
	errno = ENOMEM;
	return WIRE_FAILED;
}

/*
 * What waited to be overtaken goes right behind PACKET: at once where that does, with it where it
 * is delayed, later than it where both are held.
 */
static enum wire_event overtake(struct wire *wire, struct wire_packet *packet, long delay_us)
{
	struct wire_packet *waits = wire->reordered[packet->from->number - 1];

	if (wire->hold) {
		wire->reordered[packet->from->number - 1] = NULL;
		hold_before(wire, packet, waits);
		return WIRE_KEPT;
	}
	if (delay_us && delay_until(wire, packet, now_us() + delay_us) < 0)
		return lose(wire, packet);
	/* Without memory for that it waits for the next one. */
	if (wire_delay(wire, waits, delay_us) < 0)
		wire->reordered[packet->from->number - 1] = waits;
	if (delay_us)
		return WIRE_KEPT;
	hold_before(wire, packet, NULL);
	return WIRE_PACKET;
}

/* Puts a new one where the rules say. */
static enum wire_event place(struct wire *wire, struct wire_packet *packet)
{
	struct wire_packet **waits = &wire->reordered[packet->from->number - 1];
	const unsigned *by = packet->verdict.by;
	bool holds = wire->hold || by[RULE_HOLD];
	bool reorders = by[RULE_REORDER] && !*waits;
	long delay_us = holds ? 0 : packet->verdict.delay_us;

	if (by[RULE_DROP] || by[RULE_LOSS])
		return end_as(wire, packet, WIRE_DROPPED);
	if ((holds || reorders || delay_us) &&
	    (wire->held_count + wire->delayed.count >= WIRE_HELD_MOST ||
	     wire->bytes + size_of(packet) > WIRE_BYTES_MOST))
		return end_as(wire, packet, WIRE_FULL);
	if (*waits && (wire->hold || !holds))
		return overtake(wire, packet, delay_us);
	if (delay_us && !reorders)
		return delay_until(wire, packet, now_us() + delay_us) < 0 ? lose(wire, packet)
									  : WIRE_KEPT;
	/* A copy of what is to be overtaken overtakes it, too. */
	if (reorders) {
		packet->likeness = 0;
		*waits = packet;
	}
	hold_before(wire, packet, NULL);
	return holds || reorders ? WIRE_KEPT : WIRE_PACKET;
}

static enum wire_event judge(struct wire *wire, struct wire_packet *packet)
{
	packet->verdict = rules_judge(&wire->rules, &packet->head, packet->from, packet->to);
	if (packet->verdict.by[RULE_CORRUPT])
		wire_corrupt(packet);
	return place(wire, packet);
}

static enum wire_event take_new(struct wire *wire, struct host *from, const struct packet *head,
				size_t len, uint64_t likeness, struct wire_packet **out)
{
	struct wire_packet *packet = make_packet(wire, from, head, wire->room, len);

	if (!packet)
		return WIRE_FAILED;
	packet->likeness = likeness;
	packet->base = flows_learn(&wire->flows, head);
	*out = packet;
	return judge(wire, packet);
}

enum wire_event wire_inject(struct wire *wire, struct host *from, struct host *to,
			    const void *bytes, size_t len, struct wire_packet **out)
{
	struct wire_packet *packet;
	struct packet head;

	packet_parse(&head, bytes, len);
	packet = make_packet(wire, from, &head, bytes, len);
	if (!packet)
		return WIRE_FAILED;
	packet->injected = true;
	if (to) {
		packet->to = to;
		packet->to_all = false;
	}
	packet->base = flows_injected(&wire->flows, &head);
	*out = packet;
	return judge(wire, packet);
}

static enum wire_event take_from(struct wire *wire, struct host *host, struct wire_packet **out)
{
	ssize_t len = host_receive(host, wire->room, PACKET_ROOM);
	struct packet head;
	uint64_t likeness;

	if (len == 0)
		return WIRE_QUIET;
	if (len < 0)
		return WIRE_FAILED;
	packet_parse(&head, wire->room, (size_t)len);
	likeness = likeness_of(host, &head);
	*out = find_again(wire, host, &head, likeness);
	if (!*out)
		return take_new(wire, host, &head, (size_t)len, likeness, out);
	(*out)->retransmits++;
	return WIRE_AGAIN;
}

static enum wire_event take_any(struct wire *wire, struct wire_packet **out)
{
	enum wire_event event = WIRE_QUIET;
	int i;

	for (i = 0; i < wire->lab->count && event == WIRE_QUIET; i++)
		event = take_from(wire, wire->lab->hosts[i], out);
	return event;
}

enum wire_event wire_take(struct wire *wire, struct wire_packet **out)
{
	enum wire_event event = take_any(wire, out);
	bool awaited = false;
	int i;

	if (event != WIRE_QUIET)
		return event;
	for (i = 0; i < wire->lab->count; i++)
		awaited |= host_settle(wire->lab->hosts[i]);
	return awaited ? take_any(wire, out) : WIRE_QUIET;
}

/* Returns whether the host got it. */
static bool give(struct wire_packet *packet, struct host *host)
{
	if (host_deliver(host, packet->bytes, packet->len) < 0)
		return false;
	packet->deliveries++;
	packet->reached |= 1U << (host->number - 1);
	return true;
}

static void put(struct wire *wire, struct wire_packet *packet)
{
	int i;

	if (packet->to) {
		packet->fate = give(packet, packet->to) ? WIRE_DELIVERED : WIRE_DOWN;
		return;
	}
	packet->fate = WIRE_NOBODY;
	for (i = 0; packet->to_all && i < wire->lab->count; i++)
		if (wire->lab->hosts[i] != packet->from && give(packet, wire->lab->hosts[i]))
			packet->fate = WIRE_DELIVERED;
}

static void release(struct wire *wire, struct wire_packet *packet, bool delayed)
{
	take_off(wire, packet, delayed);
	wire_remember(wire, packet);
}

void wire_deliver(struct wire *wire, struct wire_packet *packet)
{
	bool delayed = packet->fate == WIRE_DELAYED;

	put(wire, packet);
	if (packet->verdict.by[RULE_DUPLICATE])
		put(wire, packet);
	release(wire, packet, delayed);
}

void wire_duplicate(struct wire *wire, struct wire_packet *packet)
{
	enum wire_fate fate = packet->fate;

	put(wire, packet);
	packet->fate = fate;
}

void wire_drop(struct wire *wire, struct wire_packet *packet)
{
	bool delayed = packet->fate == WIRE_DELAYED;

	packet->fate = WIRE_DROPPED;
	release(wire, packet, delayed);
}

int wire_delay(struct wire *wire, struct wire_packet *packet, long delay_us)
{
	bool delayed = packet->fate == WIRE_DELAYED;
	struct wire_packet *next = packet->next;

	take_off(wire, packet, delayed);
	if (delay_until(wire, packet, now_us() + delay_us) == 0)
		return 0;
	hold_before(wire, packet, next);
	return -1;
}

int wire_corrupt(struct wire_packet *packet)
{
	if (packet_corrupt(packet->bytes, packet->len) < 0)
		return -1;
	packet_parse(&packet->head, packet->bytes, packet->len);
	packet->corrupted = true;
	return 0;
}

void wire_swap(struct wire *wire, struct wire_packet *a, struct wire_packet *b)
{
	struct wire_packet *next;

	if (b->next == a) {
		next = a;
		a = b;
		b = next;
	}
	next = a->next == b ? a : a->next;
	unlink_packet(wire, a);
	link_before(wire, a, b);
	unlink_packet(wire, b);
	link_before(wire, b, next);
}

struct wire_packet *wire_due(const struct wire *wire)
{
	struct due_node *first = due_first(&wire->delayed);

	return first && first->at_us <= now_us() ? packet_of(first) : NULL;
}

const struct wire_packet *wire_delayed(const struct wire *wire, size_t index)
{
	return index < wire->delayed.count ? packet_of(wire->delayed.heap[index]) : NULL;
}

long wire_left_us(const struct wire_packet *packet)
{
	long left = packet->due.at_us - now_us();

	return left > 0 ? left : 0;
}

long wire_next_us(const struct wire *wire)
{
	struct due_node *first = due_first(&wire->delayed);

	return first ? wire_left_us(packet_of(first)) : -1;
}

unsigned wire_rule(const struct wire_packet *packet)
{
	const unsigned *by = packet->verdict.by;

	switch (packet->fate) {
	case WIRE_HELD:
		return by[RULE_HOLD] ? by[RULE_HOLD] : by[RULE_REORDER];
	case WIRE_DELAYED:
		return by[RULE_DELAY] ? by[RULE_DELAY] : by[RULE_REORDER];
	case WIRE_DROPPED:
		return by[RULE_DROP] ? by[RULE_DROP] : by[RULE_LOSS];
	case WIRE_DELIVERED:
		if (packet->corrupted)
			return by[RULE_CORRUPT];
		return by[RULE_DUPLICATE] ? by[RULE_DUPLICATE]
		       : by[RULE_REORDER] ? by[RULE_REORDER]
					  : by[RULE_DELAY];
	default:
		return 0;
	}
}

struct wire_packet *wire_oldest(const struct wire *wire)
{
	return wire->held;
}

size_t wire_poll_fds(const struct wire *wire, int *fds, size_t room)
{
	size_t count = 0;

	while (count < room && count < (size_t)wire->lab->count) {
		fds[count] = wire->lab->hosts[count]->wire;
		count++;
	}
	return count;
}
