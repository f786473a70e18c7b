/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parse.h"

#include <stdint.h>
#include <string.h>

#define INTERFACES_MOST 64

struct part {
	const unsigned char *at;
	size_t len;
};

struct reader {
	const unsigned char *bytes;
	FILE *out;
	bool swapped, begun;
	struct part names[INTERFACES_MOST];
	uint32_t snaps[INTERFACES_MOST];
	unsigned interfaces;
	unsigned long packets;
};

/* What the options of a block said. */
struct options {
	struct part text[16]; /* by code */
	bool there[16];
};

static uint32_t get(const struct reader *reader, const unsigned char *at, size_t size)
{
	uint32_t value = 0;
	size_t i;
	const uint16_t one = 1;
	unsigned char little;

	memcpy(&little, &one, 1);
	for (i = 0; i < size; i++) {
		bool backwards = (little == 1) != reader->swapped;

		value = value << 8 | at[backwards ? size - 1 - i : i];
	}
	return value;
}

static bool wrong(const struct reader *reader, const unsigned char *at, const char *what)
{
	fprintf(reader->out, "byte %zu: %s\n", (size_t)(at - reader->bytes), what);
	return false;
}

static bool is_zero(const unsigned char *at, size_t len)
{
	while (len--)
		if (at[len])
			return false;
	return true;
}

static bool read_options(const struct reader *reader, const unsigned char *at, size_t len,
			 struct options *out)
{
	*out = (struct options){0};
	if (!len)
		return true;
	while (len) {
		uint32_t code, size, padded;

		if (len < 4)
			return wrong(reader, at, "an option without room for its head");
		code = get(reader, at, 2);
		size = get(reader, at + 2, 2);
		padded = (size + 3) & ~3U;
		if (padded > len - 4)
			return wrong(reader, at, "an option that is longer than its block");
		if (!is_zero(at + 4 + size, padded - size))
			return wrong(reader, at, "padding that is not zero");
		if (code == 0)
			return size || len != 4 ? wrong(reader, at, "the end is not the end")
						: true;
		if (code >= 16)
			return wrong(reader, at, "an option of another kind");
		if (out->there[code])
			return wrong(reader, at, "an option twice");
		out->there[code] = true;
		out->text[code] = (struct part){at + 4, size};
		at += 4 + padded;
		len -= 4 + padded;
	}
	return wrong(reader, at, "options without an end");
}

static void put(const struct reader *reader, const struct part *part)
{
	if (part->len)
		fwrite(part->at, 1, part->len, reader->out);
}

static bool read_section(struct reader *reader, const unsigned char *at, size_t len)
{
	struct options options;

	if (len < 16)
		return wrong(reader, at, "a section that is too short");
	if (get(reader, at + 4, 2) != 1 || get(reader, at + 6, 2) != 0)
		return wrong(reader, at + 4, "not version 1.0");
	if (memcmp(at + 8, "\xff\xff\xff\xff\xff\xff\xff\xff", 8) != 0)
		return wrong(reader, at + 8, "a length of the section");
	if (!read_options(reader, at + 16, len - 16, &options))
		return false;
	reader->begun = true;
	fputs("section 1.0 ", reader->out);
	put(reader, &options.text[4]);
	fputc('\n', reader->out);
	return true;
}

static bool read_interface(struct reader *reader, const unsigned char *at, size_t len)
{
	struct options options;
	unsigned number = reader->interfaces;

	if (len < 8 || number == INTERFACES_MOST)
		return wrong(reader, at, "an interface that is too short, or one too many");
	if (get(reader, at + 2, 2))
		return wrong(reader, at + 2, "reserved bits that are set");
	if (!read_options(reader, at + 8, len - 8, &options))
		return false;
	if (options.there[9] && options.text[9].len != 1)
		return wrong(reader, at, "if_tsresol that is not one byte");
	reader->names[number] = options.text[2];
	reader->snaps[number] = get(reader, at + 4, 4);
	reader->interfaces++;
	fprintf(reader->out, "interface %u ", number);
	put(reader, &options.text[2]);
	fprintf(reader->out, " link %u snap %u unit %d: ", get(reader, at, 2),
		reader->snaps[number], options.there[9] ? *options.text[9].at : 6);
	put(reader, &options.text[3]);
	fputc('\n', reader->out);
	return true;
}

static bool read_packet(struct reader *reader, const unsigned char *at, size_t len)
{
	static const char *const directions[] = {"?", "in", "out", "both?"};
	uint32_t interface, here, whole, padded, flags = 0;
	struct options options;
	uint64_t time;

	if (len < 20)
		return wrong(reader, at, "a packet that is too short");
	interface = get(reader, at, 4);
	time = (uint64_t)get(reader, at + 4, 4) << 32 | get(reader, at + 8, 4);
	here = get(reader, at + 12, 4);
	whole = get(reader, at + 16, 4);
	padded = (here + 3) & ~3U;
	if (interface >= reader->interfaces)
		return wrong(reader, at, "a packet of no interface");
	if (here > whole || (reader->snaps[interface] && here > reader->snaps[interface]))
		return wrong(reader, at + 12, "more bytes than the packet had, or than are kept");
	if (padded > len - 20)
		return wrong(reader, at + 12, "a packet that is longer than its block");
	if (!is_zero(at + 20 + here, padded - here))
		return wrong(reader, at + 20 + here, "padding that is not zero");
	if (!read_options(reader, at + 20 + padded, len - 20 - padded, &options))
		return false;
	if (options.there[2] && options.text[2].len != 4)
		return wrong(reader, at, "epb_flags that are not four bytes");
	if (options.there[2])
		flags = get(reader, options.text[2].at, 4);
	fprintf(reader->out, "packet %lu of ", ++reader->packets);
	put(reader, &reader->names[interface]);
	fprintf(reader->out, ", %s, %llu.%09llu, %u of %u bytes: ", directions[flags & 3],
		(unsigned long long)time / 1000000000, (unsigned long long)time % 1000000000, here,
		whole);
	put(reader, &options.text[1]);
	fputc('\n', reader->out);
	return true;
}

static bool read_block(struct reader *reader, const unsigned char *at, uint32_t type, size_t len)
{
	if (type == 0x0A0D0D0A)
		return read_section(reader, at, len);
	if (!reader->begun)
		return wrong(reader, at, "a block before the section");
	if (type == 1)
		return read_interface(reader, at, len);
	if (type == 6)
		return read_packet(reader, at, len);
	return wrong(reader, at, "a block of another kind");
}

bool parse_pcapng(const unsigned char *bytes, size_t len, FILE *out)
{
	struct reader reader = {.bytes = bytes, .out = out};
	const unsigned char *at = bytes;
	uint32_t size;

	if (len < 12 || memcmp(bytes, "\x0a\x0d\x0d\x0a", 4) != 0)
		return wrong(&reader, bytes, "no section");
	if (get(&reader, bytes + 8, 4) != 0x1A2B3C4D)
		reader.swapped = true;
	if (get(&reader, bytes + 8, 4) != 0x1A2B3C4D)
		return wrong(&reader, bytes + 8, "no byte order");
	for (; len; at += size, len -= size) {
		if (len < 12)
			return wrong(&reader, at, "a block without room for its head");
		size = get(&reader, at + 4, 4);
		if (size < 12 || size % 4 || size > len)
			return wrong(&reader, at + 4, "a block's length");
		if (get(&reader, at + size - 4, 4) != size)
			return wrong(&reader, at + size - 4, "another length at the block's end");
		if (!read_block(&reader, at + 8, get(&reader, at, 4), size - 12))
			return false;
	}
	return true;
}
