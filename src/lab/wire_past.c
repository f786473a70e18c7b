/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "lab/wire_parts.h"

void wire_free_packet(struct wire_packet *packet)
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
	wire_free_packet(oldest);
}

struct wire_packet *wire_new_packet(struct wire *wire, const struct packet *head, const void *bytes,
				    size_t len)
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

int wire_past_init(struct wire *wire)
{
	/* Not cleared: only what is in the ring is read, and most of it is never touched. */
	wire->past = malloc(WIRE_REMEMBERED * sizeof(*wire->past));
	return wire->past ? 0 : -1;
}

void wire_past_free(struct wire *wire)
{
	while (wire->past_count)
		forget_oldest(wire);
	map_free(&wire->by_number);
	free(wire->past);
}

void wire_remember(struct wire *wire, struct wire_packet *packet)
{
	while (wire->past_count && (wire->past_count == WIRE_REMEMBERED ||
				    wire->past_bytes + packet->len > WIRE_REMEMBERED_BYTES))
		forget_oldest(wire);
	wire->past[(wire->past_first + wire->past_count++) % WIRE_REMEMBERED] = packet;
	wire->past_bytes += packet->len;
}

struct wire_packet *wire_note(struct wire *wire, const struct wire_passed *passed)
{
	struct wire_packet *packet =
		wire_new_packet(wire, passed->head, passed->bytes, passed->len);

	if (!packet)
		return NULL;
	packet->loopback = true;
	/* Where nothing can go wrong on the way the kernel does not compute them. */
	packet->head.bad_checksum = false;
	packet->where = passed->where;
	packet->time = passed->time;
	packet->whole = passed->whole;
	packet->base = passed->base;
	packet->fate = WIRE_DELIVERED;
	packet->deliveries = 1;
	wire_remember(wire, packet);
	return packet;
}

int wire_told(struct wire *wire, unsigned long step, const char *process, const char *command,
	      size_t len)
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
	cause->process = process;
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

const struct wire_packet **wire_list(const struct wire *wire, size_t *count)
{
	size_t left = wire->by_number.count;
	const struct wire_packet **list = calloc(left ? left : 1, sizeof(*list));
	unsigned long number;

	*count = left;
	for (number = wire->last_number; list && left && number; number--) {
		list[left - 1] = wire_find(wire, number);
		if (list[left - 1])
			left--;
	}
	return list;
}
