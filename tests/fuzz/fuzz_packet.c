/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "net/dissect.h"
#include "net/packet.h"
#include "oracle.h"
#include "report/packet_fields.h"
#include "reports.h"

/*
 * IP packets: whatever they are, what is told of them lies within them, and they can be shown in
 * any way. Taken apart field by field, each of their bits is told once, in order, and no more.
 */

static void check_packet(const struct packet *packet, int result, size_t len)
{
	fuzz_require(result == 0 || packet->broken, "no packet, and no word of why");
	fuzz_require(packet->family == AF_INET || packet->family == AF_INET6 || result < 0,
		     "family %d", packet->family);
	fuzz_require(packet->transport <= len && packet->payload <= len, "%zu, %zu of %zu",
		     packet->transport, packet->payload, len);
	fuzz_require(packet->present <= packet->length, "%zu of %zu bytes", packet->present,
		     packet->length);
	fuzz_require(!packet->payload || packet->payload + packet->present <= len,
		     "%zu bytes at %zu of %zu", packet->present, packet->payload, len);
	fuzz_require(packet->tcp.sacks >= 0 && packet->tcp.sacks <= PACKET_SACKS, "%d",
		     packet->tcp.sacks);
	fuzz_require(packet->icmp.quoted <= len, "%zu of %zu", packet->icmp.quoted, len);
	fuzz_require(packet->protocol != IPPROTO_TCP || packet_span(packet) >= packet->length,
		     "a segment of %zu bytes takes up %u", packet->length, packet_span(packet));
}

/* In one part or in two, at a place that is even. */
static void check_sum(const unsigned char *bytes, size_t len)
{
	size_t half = len / 4 * 2;
	uint16_t whole = packet_fold(packet_sum(0, bytes, len));
	uint16_t parts =
		packet_fold(packet_sum(packet_sum(0, bytes, half), bytes + half, len - half));

	fuzz_require(whole == parts, "%04x, %04x", whole, parts);
}

struct told {
	const unsigned char *bytes;
	size_t len, bits;
};

static void check_field(void *data, const struct dissect_field *field)
{
	struct told *told = data;
	size_t bits = field->bits ? field->bits : field->len * 8, i;
	size_t first = (field->offset + field->len) * 8 - field->shift - bits;
	uint64_t value = 0;

	fuzz_require(bits && field->shift < 8, "%s: %zu bits, shift %u", field->name, bits,
		     field->shift);
	fuzz_require(first == told->bits && first / 8 == field->offset, "%s at %zu, not %zu",
		     field->name, first, told->bits);
	told->bits = first + bits;
	fuzz_require(told->bits <= told->len * 8, "%s ends at %zu of %zu", field->name, told->bits,
		     told->len * 8);
	fuzz_require(field->layer && field->name, "a field without a name");
	if (!field->bits || field->bits > 64)
		return;
	for (i = first; i < told->bits; i++)
		value = value << 1 | (told->bytes[i / 8] >> (7 - i % 8) & 1);
	fuzz_require(value == field->value, "%s is %llu, not %llu", field->name,
		     (unsigned long long)field->value, (unsigned long long)value);
}

static void check_dissection(const unsigned char *bytes, size_t len)
{
	struct told told = {.bytes = bytes, .len = len};

	dissect(bytes, len, check_field, &told);
	fuzz_require(told.bits == len * 8, "%zu of %zu bits are told", told.bits, len * 8);
}

static void check_fields(const struct shown_packet *packet)
{
	struct buf out = {0};
	const char *name;
	size_t i;

	for (i = 0; (name = packet_field_name(i)); i++) {
		buf_reset(&out);
		fuzz_require(packet_field(&out, packet, name, strlen(name)) == 0, "%s", name);
		fuzz_require(out.len > 0, "%s is nothing", name);
	}
	buf_free(&out);
}

static void show(const struct packet *packet, const unsigned char *bytes, size_t len, unsigned bits,
		 int width)
{
	static const char *const fates[] = {"held", "delivered", "dropped", "duplicated"};
	struct shown_packet shown = {
		.number = 7,
		.from = "a",
		.to = bits & 1 ? NULL : "b",
		.from_order = 1,
		.to_order = bits & 1 ? 0 : 2,
		.to_all = bits & 2,
		.head = *packet,
		.seq = packet->tcp.seq,
		.ack = packet->tcp.ack,
		.bytes = bytes,
		.len = len,
		.whole = len + (bits >> 7),
		.loopback = bits & 32,
		.host = bits & 64 ? "a" : NULL,
		.from_fd = bits & 64 ? 3 : -1,
		.to_fd = -1,
		.fate = fates[bits >> 2 & 3],
		.retransmits = bits >> 4 & 3,
		.from_was = bits & 64 ? STATE_CLOSED : STATE_NONE,
		.from_now = bits & 64 ? STATE_SYN_SENT : STATE_NONE,
	};
	struct step step = {
		.event = STEP_WIRE,
		.number = 1,
		.process = "main",
		.command = "deliver",
		.command_len = strlen("deliver"),
		.packets = &shown,
		.packet_count = 1,
		.packets_untold = bits >> 7,
	};
	struct place place = {"a file", 3, "deliver", strlen("deliver"), "main"};

	check_fields(&shown);
	reports_step(&step, &place, width);
	reports_packets(&shown, 1, width);
}

/* The first byte: what became of it; the second: the width of the terminal. */
void fuzz_one(const uint8_t *data, size_t size)
{
	struct fuzz_input in = {data, size};
	unsigned bits = fuzz_byte(&in);
	int width = 20 + (int)fuzz_byte(&in);
	/* Of just that size. */
	unsigned char *bytes = malloc(in.left ? in.left : 1);
	struct packet packet, quoted;
	int result;

	if (!bytes)
		abort();
	memcpy(bytes, in.at, in.left);
	result = packet_parse(&packet, bytes, in.left);
	check_packet(&packet, result, in.left);
	check_sum(bytes, in.left);
	if (packet.icmp.quoted) {
		size_t left = in.left - packet.icmp.quoted;

		check_packet(&quoted, packet_parse(&quoted, bytes + packet.icmp.quoted, left),
			     left);
	}
	check_dissection(bytes, in.left);
	show(&packet, bytes, in.left, bits, width);
	free(bytes);
}
