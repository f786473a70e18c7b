/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pcapng.h"

#include <string.h>

#define BLOCK_INTERFACE 1
#define BLOCK_PACKET    6 /* the enhanced one */

#define ORDER_MAGIC 0x1A2B3C4DU

#define OPTION_END         0
#define OPTION_COMMENT     1
#define SECTION_PROGRAM    4
#define INTERFACE_NAME     2
#define INTERFACE_DESCRIBE 3
#define INTERFACE_TSRESOL  9
#define PACKET_FLAGS       2

/* Timestamps count units of 10 to the power of minus this. */
#define NANOSECONDS 9

/* The length of an option has 16 bits, padded to four bytes. */
#define OPTION_MOST 65532

static void add16(struct buf *out, uint16_t value)
{
	buf_add(out, &value, sizeof(value));
}

static void add32(struct buf *out, uint32_t value)
{
	buf_add(out, &value, sizeof(value));
}

/* Filled up with zeros to a multiple of four bytes. */
static void add_padded(struct buf *out, const void *bytes, size_t len)
{
	buf_add(out, bytes, len);
	buf_add(out, "\0\0\0", (4 - len % 4) % 4);
}

static void add_option(struct buf *out, uint16_t code, const void *value, size_t len)
{
	add16(out, code);
	add16(out, (uint16_t)len);
	add_padded(out, value, len);
}

static void add_text(struct buf *out, uint16_t code, const char *text)
{
	size_t len = text ? strlen(text) : 0;

	if (len > OPTION_MOST) {
		len = OPTION_MOST;
		/* Not within a character: the bytes that go on with one are 10xxxxxx. */
		while (len && ((unsigned char)text[len] & 0xC0) == 0x80)
			len--;
	}
	if (len)
		add_option(out, code, text, len);
}

/* Begins a block; its length is written when it ends. Returns where it began. */
static size_t begin(struct buf *out, uint32_t type)
{
	size_t start = out->len;

	add32(out, type);
	add32(out, 0);
	return start;
}

static void end(struct buf *out, size_t start)
{
	uint32_t len;

	add_option(out, OPTION_END, NULL, 0);
	len = (uint32_t)(out->len - start + sizeof(len));
	add32(out, len);
	if (!out->failed)
		memcpy(out->data + start + 4, &len, sizeof(len));
}

void pcapng_section(struct buf *out, const char *program)
{
	size_t start = begin(out, PCAPNG_SECTION);

	add32(out, ORDER_MAGIC);
	add16(out, 1); /* of the format: 1.0 */
	add16(out, 0);
	/* The section's length is not told: it goes on to the end of the file. */
	add32(out, UINT32_MAX);
	add32(out, UINT32_MAX);
	add_text(out, SECTION_PROGRAM, program);
	end(out, start);
}

void pcapng_interface(struct buf *out, const char *name, const char *description, uint32_t snap)
{
	size_t start = begin(out, BLOCK_INTERFACE);
	const unsigned char resolution = NANOSECONDS;

	add16(out, PCAPNG_LINK_RAW);
	add16(out, 0);
	add32(out, snap);
	add_text(out, INTERFACE_NAME, name);
	add_text(out, INTERFACE_DESCRIBE, description);
	add_option(out, INTERFACE_TSRESOL, &resolution, 1);
	end(out, start);
}

void pcapng_packet(struct buf *out, const struct pcapng_packet *packet)
{
	size_t start = begin(out, BLOCK_PACKET);
	uint64_t time = (uint64_t)packet->time.tv_sec * 1000000000 + (uint64_t)packet->time.tv_nsec;
	uint32_t flags = packet->direction;

	add32(out, packet->interface);
	add32(out, (uint32_t)(time >> 32));
	add32(out, (uint32_t)time);
	add32(out, (uint32_t)packet->len);
	add32(out, (uint32_t)packet->whole);
	add_padded(out, packet->bytes, packet->len);
	add_text(out, OPTION_COMMENT, packet->comment);
	if (flags)
		add_option(out, PACKET_FLAGS, &flags, sizeof(flags));
	end(out, start);
}
