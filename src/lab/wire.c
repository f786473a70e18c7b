/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/wire.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PACKET_ROOM 65536

int wire_init(struct wire *wire, struct lab *lab)
{
	*wire = (struct wire){.lab = lab};
	wire->room = malloc(PACKET_ROOM);
	wire->past = calloc(WIRE_REMEMBERED, sizeof(*wire->past));
	if (wire->room && wire->past && flows_init(&wire->flows) == 0)
		return 0;
	wire_free(wire);
	return -1;
}

static void free_packet(struct wire_packet *packet)
{
	if (packet->cause && --packet->cause->packets == 0)
		free(packet->cause);
	free(packet);
}

static void forget_oldest(struct wire *wire)
{
	struct wire_packet *oldest = wire->past[wire->past_first];

	wire->past_first = (wire->past_first + 1) % WIRE_REMEMBERED;
	wire->past_count--;
	wire->past_bytes -= oldest->len;
	map_remove(&wire->by_number, oldest->number);
	free_packet(oldest);
}

void wire_free(struct wire *wire)
{
	while (wire->held) {
		struct wire_packet *next = wire->held->next;

		free_packet(wire->held);
		wire->held = next;
	}
	while (wire->past_count)
		forget_oldest(wire);
	map_free(&wire->by_number);
	map_free(&wire->by_likeness);
	flows_free(&wire->flows);
	free(wire->past);
	free(wire->room);
	*wire = (struct wire){0};
}

static void hold(struct wire *wire, struct wire_packet *packet)
{
	packet->fate = WIRE_HELD;
	packet->prev = wire->held_last;
	if (wire->held_last)
		wire->held_last->next = packet;
	else
		wire->held = packet;
	wire->held_last = packet;
	wire->held_count++;
	wire->held_bytes += packet->len;
	if (packet->likeness)
		map_put(&wire->by_likeness, packet->likeness, packet);
}

/* It has left the wire. */
static void remember(struct wire *wire, struct wire_packet *packet)
{
	while (wire->past_count && (wire->past_count == WIRE_REMEMBERED ||
				    wire->past_bytes + packet->len > WIRE_REMEMBERED_BYTES))
		forget_oldest(wire);
	wire->past[(wire->past_first + wire->past_count++) % WIRE_REMEMBERED] = packet;
	wire->past_bytes += packet->len;
}

static void release(struct wire *wire, struct wire_packet *packet)
{
	if (packet->prev)
		packet->prev->next = packet->next;
	else
		wire->held = packet->next;
	if (packet->next)
		packet->next->prev = packet->prev;
	else
		wire->held_last = packet->prev;
	packet->next = packet->prev = NULL;
	wire->held_count--;
	wire->held_bytes -= packet->len;
	if (map_get(&wire->by_likeness, packet->likeness) == packet)
		map_remove(&wire->by_likeness, packet->likeness);
	remember(wire, packet);
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

static bool is_for_all(const struct wire *wire, const struct host *from, const struct address *dst)
{
	uint32_t to, mask;

	(void)wire;
	if (dst->any.sa_family == AF_INET6)
		return IN6_IS_ADDR_MULTICAST(&dst->in6.sin6_addr);
	to = ntohl(dst->in.sin_addr.s_addr);
	mask = 0xffffffffU << (32 - from->prefix4);
	return IN_MULTICAST(to) || to == INADDR_BROADCAST ||
	       to == (ntohl(from->v4.in.sin_addr.s_addr) | ~mask);
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

/* FNV-1a over what a retransmission has in common with the first. */
static uint64_t likeness_of(const struct host *from, const struct packet *head)
{
	const struct packet_tcp *tcp = &head->tcp;
	uint64_t parts[] = {(uint64_t)from->number,
			    (uint64_t)head->family << 32 |
				    (uint64_t)address_port(&head->src) << 16 |
				    (uint64_t)address_port(&head->dst),
			    (uint64_t)tcp->seq << 32 | tcp->ack, tcp->flags, head->length};
	uint64_t hash = 0xcbf29ce484222325;
	size_t i;

	if (!flows_is_segment(head) || !packet_span(head))
		return 0;
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		hash = (hash ^ parts[i]) * 0x100000001b3;
	return hash ? hash : 1;
}

static struct wire_packet *find_again(const struct wire *wire, const struct host *from,
				      const struct packet *head)
{
	uint64_t likeness = likeness_of(from, head);
	struct wire_packet *held = likeness ? map_get(&wire->by_likeness, likeness) : NULL;

	return held && is_again(held, from, head) ? held : NULL;
}

/* With the next number. NULL when out of memory. */
static struct wire_packet *new_packet(struct wire *wire, const struct packet *head,
				      const void *bytes, size_t len)
{
	struct wire_packet *packet = calloc(1, sizeof(*packet) + len);

	if (!packet || map_put(&wire->by_number, wire->last_number + 1, packet) < 0) {
		free(packet);
		return NULL;
	}
	packet->number = ++wire->last_number;
	packet->head = *head;
	packet->len = packet->whole = len;
	memcpy(packet->bytes, bytes, len);
	return packet;
}

static enum wire_event take_new(struct wire *wire, struct host *from, const struct packet *head,
				size_t len, struct wire_packet **out)
{
	struct wire_packet *packet = new_packet(wire, head, wire->room, len);

	if (!packet)
		return WIRE_FAILED;
	clock_gettime(CLOCK_REALTIME, &packet->time);
	packet->likeness = likeness_of(from, head);
	packet->from = from;
	if (head->family) {
		packet->to_all = is_for_all(wire, from, &head->dst);
		packet->to = packet->to_all ? NULL : lab_owner(wire->lab, &head->dst);
	}
	packet->base = flows_learn(&wire->flows, head);
	*out = packet;
	if (wire->held_count >= WIRE_HELD_MOST || wire->held_bytes + len > WIRE_BYTES_MOST) {
		packet->fate = WIRE_FULL;
		remember(wire, packet);
	} else {
		hold(wire, packet);
	}
	return WIRE_PACKET;
}

static enum wire_event take_from(struct wire *wire, struct host *host, struct wire_packet **out)
{
	ssize_t len = host_receive(host, wire->room, PACKET_ROOM);
	struct packet head;

	if (len == 0)
		return WIRE_QUIET;
	if (len < 0)
		return WIRE_FAILED;
	packet_parse(&head, wire->room, (size_t)len);
	*out = find_again(wire, host, &head);
	if (!*out)
		return take_new(wire, host, &head, (size_t)len, out);
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
	int i;

	if (event != WIRE_QUIET)
		return event;
	for (i = 0; i < wire->lab->count; i++)
		host_settle(wire->lab->hosts[i]);
	return take_any(wire, out);
}

/* Returns whether the host got it. */
static bool give(struct wire_packet *packet, struct host *host)
{
	if (host_deliver(host, packet->bytes, packet->len) < 0)
		return false;
	packet->deliveries++;
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

void wire_deliver(struct wire *wire, struct wire_packet *packet)
{
	put(wire, packet);
	release(wire, packet);
}

void wire_duplicate(struct wire *wire, struct wire_packet *packet)
{
	put(wire, packet);
	packet->fate = WIRE_HELD;
}

void wire_drop(struct wire *wire, struct wire_packet *packet)
{
	packet->fate = WIRE_DROPPED;
	release(wire, packet);
}

struct wire_packet *wire_note(struct wire *wire, const struct wire_passed *passed)
{
	struct wire_packet *packet = new_packet(wire, passed->head, passed->bytes, passed->len);

	if (!packet)
		return NULL;
	packet->loopback = true;
	packet->where = passed->where;
	packet->time = passed->time;
	packet->whole = passed->whole;
	packet->base = passed->base;
	packet->fate = WIRE_DELIVERED;
	packet->deliveries = 1;
	remember(wire, packet);
	return packet;
}

int wire_told(struct wire *wire, unsigned long step, const char *command, size_t len)
{
	struct wire_cause *cause;
	unsigned long number;

	if (wire->last_told == wire->last_number)
		return 0;
	cause = calloc(1, sizeof(*cause) + len);
	for (number = wire->last_told + 1; cause && number <= wire->last_number; number++) {
		struct wire_packet *packet = wire_find(wire, number);

		if (!packet)
			continue;
		packet->cause = cause;
		cause->packets++;
	}
	wire->last_told = wire->last_number;
	if (!cause)
		return -1;
	cause->step = step;
	cause->len = len;
	if (len)
		memcpy(cause->command, command, len);
	/* All may have been forgotten already. */
	if (!cause->packets)
		free(cause);
	return 0;
}

struct wire_packet *wire_find(const struct wire *wire, unsigned long number)
{
	return map_get(&wire->by_number, number);
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
