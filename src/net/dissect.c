/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/dissect.h"

#include <netinet/in.h>

#include "base/grow.h"
#include "net/packet.h"

#define IP4   "RFC 791, section 3.1"
#define IP6   "RFC 8200, section 3"
#define TCP   "RFC 9293, section 3.1"
#define UDP   "RFC 768"
#define ICMP  "RFC 792"
#define ICMP6 "RFC 4443, section 2.1"

/* A header's fields follow each other without a gap, so that only their widths are told. */
struct layout {
	const char *name;
	unsigned bits;
	enum dissect_form form;
	const char *see; /* NULL: as the header */
};

/* clang-format off */
static const struct layout ip4[] = {
	{"Version", 4, DISSECT_NUMBER, NULL},
	{"Internet Header Length (in 4 bytes)", 4, DISSECT_NUMBER, NULL},
	{"Differentiated Services", 6, DISSECT_NUMBER, "RFC 2474, section 3"},
	{"Explicit Congestion Notification", 2, DISSECT_NUMBER, "RFC 3168, section 5"},
	{"Total Length", 16, DISSECT_NUMBER, NULL},
	{"Identification", 16, DISSECT_NUMBER, NULL},
	{"Reserved", 1, DISSECT_NUMBER, NULL},
	{"Don't Fragment (DF)", 1, DISSECT_NUMBER, NULL},
	{"More Fragments (MF)", 1, DISSECT_NUMBER, NULL},
	{"Fragment Offset (in 8 bytes)", 13, DISSECT_NUMBER, NULL},
	{"Time to Live", 8, DISSECT_NUMBER, NULL},
	{"Protocol", 8, DISSECT_PROTOCOL, NULL},
	{"Header Checksum", 16, DISSECT_HEX, NULL},
	{"Source Address", 32, DISSECT_ADDRESS, NULL},
	{"Destination Address", 32, DISSECT_ADDRESS, NULL},
};

static const struct layout ip6[] = {
	{"Version", 4, DISSECT_NUMBER, NULL},
	{"Traffic Class: DS", 6, DISSECT_NUMBER, "RFC 2474, section 3"},
	{"Traffic Class: ECN", 2, DISSECT_NUMBER, "RFC 3168, section 5"},
	{"Flow Label", 20, DISSECT_HEX, "RFC 6437"},
	{"Payload Length", 16, DISSECT_NUMBER, NULL},
	{"Next Header", 8, DISSECT_PROTOCOL, NULL},
	{"Hop Limit", 8, DISSECT_NUMBER, NULL},
	{"Source Address", 128, DISSECT_ADDRESS, NULL},
	{"Destination Address", 128, DISSECT_ADDRESS, NULL},
};

static const struct layout fragment6[] = {
	{"Next Header", 8, DISSECT_PROTOCOL, NULL},
	{"Reserved", 8, DISSECT_NUMBER, NULL},
	{"Fragment Offset (in 8 bytes)", 13, DISSECT_NUMBER, NULL},
	{"Res", 2, DISSECT_NUMBER, NULL},
	{"M flag", 1, DISSECT_NUMBER, NULL},
	{"Identification", 32, DISSECT_HEX, NULL},
};

static const struct layout tcp[] = {
	{"Source Port", 16, DISSECT_NUMBER, NULL},
	{"Destination Port", 16, DISSECT_NUMBER, NULL},
	{"Sequence Number", 32, DISSECT_NUMBER, NULL},
	{"Acknowledgment Number", 32, DISSECT_NUMBER, NULL},
	{"Data Offset (in 4 bytes)", 4, DISSECT_NUMBER, NULL},
	{"Reserved", 3, DISSECT_NUMBER, NULL},
	{"AE", 1, DISSECT_NUMBER, "RFC 9768, section 3.1"},
	{"CWR", 1, DISSECT_NUMBER, "RFC 3168, section 6.1"},
	{"ECE", 1, DISSECT_NUMBER, "RFC 3168, section 6.1"},
	{"URG", 1, DISSECT_NUMBER, NULL},
	{"ACK", 1, DISSECT_NUMBER, NULL},
	{"PSH", 1, DISSECT_NUMBER, NULL},
	{"RST", 1, DISSECT_NUMBER, NULL},
	{"SYN", 1, DISSECT_NUMBER, NULL},
	{"FIN", 1, DISSECT_NUMBER, NULL},
	{"Window", 16, DISSECT_NUMBER, NULL},
	{"Checksum", 16, DISSECT_HEX, NULL},
	{"Urgent Pointer", 16, DISSECT_NUMBER, NULL},
};

static const struct layout udp[] = {
	{"Source Port", 16, DISSECT_NUMBER, NULL},
	{"Destination Port", 16, DISSECT_NUMBER, NULL},
	{"Length", 16, DISSECT_NUMBER, NULL},
	{"Checksum", 16, DISSECT_HEX, NULL},
};

static const struct layout icmp[] = {
	{"Type", 8, DISSECT_NUMBER, NULL},
	{"Code", 8, DISSECT_NUMBER, NULL},
	{"Checksum", 16, DISSECT_HEX, NULL},
	{"Rest of Header", 32, DISSECT_HEX, NULL},
};

/* What follows the kind and the length of an option. */
static const struct layout mss[] = {
	{"Kind", 8, DISSECT_NUMBER, NULL}, {"Length", 8, DISSECT_NUMBER, NULL},
	{"Maximum Segment Size", 16, DISSECT_NUMBER, NULL},
};
static const struct layout window_scale[] = {
	{"Kind", 8, DISSECT_NUMBER, NULL}, {"Length", 8, DISSECT_NUMBER, NULL},
	{"Shift Count", 8, DISSECT_NUMBER, NULL},
};
static const struct layout timestamps[] = {
	{"Kind", 8, DISSECT_NUMBER, NULL}, {"Length", 8, DISSECT_NUMBER, NULL},
	{"TS Value", 32, DISSECT_NUMBER, NULL}, {"TS Echo Reply", 32, DISSECT_NUMBER, NULL},
};
static const struct layout sack_block[] = {
	{"Left Edge of Block", 32, DISSECT_NUMBER, NULL},
	{"Right Edge of Block", 32, DISSECT_NUMBER, NULL},
};
static const struct layout option_head[] = {
	{"Kind", 8, DISSECT_NUMBER, NULL}, {"Length", 8, DISSECT_NUMBER, NULL},
};
static const struct layout one_byte[] = {
	{"Kind", 8, DISSECT_NUMBER, NULL},
};

#define LAYOUT(list) list, COUNT_OF(list)

static const struct {
	int kind;
	size_t len; /* 0: any */
	const char *layer, *see;
	const struct layout *list;
	size_t count;
} options[] = {
	{2, 4, "TCP option: MSS", "RFC 9293, section 3.7.1", LAYOUT(mss)},
	{3, 3, "TCP option: Window Scale", "RFC 7323, section 2.2", LAYOUT(window_scale)},
	{4, 2, "TCP option: SACK Permitted", "RFC 2018, section 2", LAYOUT(option_head)},
	{5, 0, "TCP option: SACK", "RFC 2018, section 3", LAYOUT(option_head)},
	{8, 10, "TCP option: Timestamps", "RFC 7323, section 3.2", LAYOUT(timestamps)},
	{34, 0, "TCP option: Fast Open Cookie", "RFC 7413, section 4.1.1", LAYOUT(option_head)},
};

/* Those beside the options. */
static const char *const layers[] = {
	"IPv4", "IPv6", "IPv6 Fragment", "TCP", "TCP option", "TCP options",
	"TCP option: No-Operation", "TCP option: End of List", "UDP", "ICMP", "ICMPv6", "Data",
};

static const struct {
	const struct layout *list;
	size_t count;
} layouts[] = {
	{LAYOUT(ip4)}, {LAYOUT(ip6)}, {LAYOUT(fragment6)}, {LAYOUT(tcp)}, {LAYOUT(udp)},
	{LAYOUT(icmp)}, {LAYOUT(mss)}, {LAYOUT(window_scale)}, {LAYOUT(timestamps)},
	{LAYOUT(sack_block)}, {LAYOUT(option_head)}, {LAYOUT(one_byte)},
};

static const char *const byte_names[] = {
	"Options", "Extension Headers", "Data", "Bytes that make no sense",
	"The packet that is answered",
};
/* clang-format on */

const char *dissect_layer(size_t index)
{
	if (index < COUNT_OF(layers))
		return layers[index];
	index -= COUNT_OF(layers);
	return index < COUNT_OF(options) ? options[index].layer : NULL;
}

const char *dissect_name(size_t index)
{
	size_t i;

	for (i = 0; i < COUNT_OF(layouts); i++) {
		if (index < layouts[i].count)
			return layouts[i].list[index].name;
		index -= layouts[i].count;
	}
	return index < COUNT_OF(byte_names) ? byte_names[index] : NULL;
}

struct cursor {
	const unsigned char *bytes;
	size_t len;  /* of all that is here */
	size_t bits; /* told so far */
	const char *layer, *see;
	dissect_visit *visit;
	void *data;
	bool stopped; /* what comes next is not here */
};

static uint64_t bits_at(const unsigned char *bytes, size_t first, unsigned count)
{
	uint64_t value = 0;

	for (; count; first++, count--)
		value = value << 1 | (bytes[first / 8] >> (7 - first % 8) & 1);
	return value;
}

static void tell(struct cursor *cursor, const struct layout *layout)
{
	size_t first = cursor->bits, end = first + layout->bits;
	struct dissect_field field = {
		.layer = cursor->layer,
		.see = layout->see ? layout->see : cursor->see,
		.name = layout->name,
		.form = layout->form,
		.offset = first / 8,
		.len = (end + 7) / 8 - first / 8,
		.shift = (unsigned)((8 - end % 8) % 8),
		.bits = layout->bits,
	};

	if (cursor->stopped || end > cursor->len * 8) {
		cursor->stopped = true;
		return;
	}
	if (layout->bits <= 64)
		field.value = bits_at(cursor->bytes, first, layout->bits);
	cursor->bits = end;
	cursor->visit(cursor->data, &field);
}

static void tell_all(struct cursor *cursor, const char *layer, const char *see,
		     const struct layout *list, size_t count)
{
	size_t i;

	cursor->layer = layer;
	cursor->see = see;
	for (i = 0; i < count; i++)
		tell(cursor, &list[i]);
}

/* Whole bytes up to END, or as many as are here. */
static void tell_bytes(struct cursor *cursor, const char *layer, const char *see, const char *name,
		       size_t end)
{
	size_t at = cursor->bits / 8;
	struct dissect_field field = {
		.layer = layer, .see = see, .name = name, .form = DISSECT_BYTES, .offset = at};

	if (end > cursor->len)
		end = cursor->len;
	if (cursor->stopped || end <= at)
		return;
	field.len = end - at;
	cursor->bits = end * 8;
	cursor->visit(cursor->data, &field);
}

static void tell_option(struct cursor *cursor, size_t size)
{
	size_t at = cursor->bits / 8, i;
	int kind = cursor->bytes[at];
	const char *layer = "TCP option", *see = TCP;

	for (i = 0; i < COUNT_OF(options); i++)
		if (options[i].kind == kind && (!options[i].len || options[i].len == size))
			break;
	if (i < COUNT_OF(options)) {
		layer = options[i].layer;
		see = options[i].see;
		tell_all(cursor, layer, see, options[i].list, options[i].count);
	} else {
		tell_all(cursor, layer, see, option_head, COUNT_OF(option_head));
	}
	while (kind == 5 && cursor->bits / 8 + 8 <= at + size && !cursor->stopped)
		tell_all(cursor, layer, see, sack_block, COUNT_OF(sack_block));
	tell_bytes(cursor, layer, see, "Data", at + size);
}

static void tell_tcp_options(struct cursor *cursor, size_t end)
{
	if (end > cursor->len)
		end = cursor->len;
	while (!cursor->stopped && cursor->bits / 8 < end) {
		size_t at = cursor->bits / 8;
		int kind = cursor->bytes[at];
		size_t size = kind < 2 ? 1 : at + 1 < end ? cursor->bytes[at + 1] : 0;

		if (kind < 2) {
			tell_all(cursor,
				 kind ? "TCP option: No-Operation" : "TCP option: End of List", TCP,
				 one_byte, COUNT_OF(one_byte));
			continue;
		}
		if (size < 2 || at + size > end)
			break;
		tell_option(cursor, size);
	}
	tell_bytes(cursor, "TCP options", TCP, "Bytes that make no sense", end);
}

static void tell_ip(struct cursor *cursor, const struct packet *packet)
{
	bool v4 = packet->family == AF_INET;

	if (v4) {
		tell_all(cursor, "IPv4", IP4, ip4, COUNT_OF(ip4));
		tell_bytes(cursor, "IPv4", IP4, "Options", packet->transport);
		return;
	}
	tell_all(cursor, "IPv6", IP6, ip6, COUNT_OF(ip6));
	/* The fragment header is the last of the extension headers that cannot be fragmented. */
	if (packet->fragment.is && packet->transport >= 8) {
		tell_bytes(cursor, "IPv6", IP6, "Extension Headers", packet->transport - 8);
		tell_all(cursor, "IPv6 Fragment", "RFC 8200, section 4.5", fragment6,
			 COUNT_OF(fragment6));
	}
	tell_bytes(cursor, "IPv6", IP6, "Extension Headers", packet->transport);
}

static void tell_transport(struct cursor *cursor, const struct packet *packet)
{
	size_t at = packet->transport;

	switch (packet->protocol) {
	case IPPROTO_TCP:
		tell_all(cursor, "TCP", TCP, tcp, COUNT_OF(tcp));
		if (!cursor->stopped)
			tell_tcp_options(cursor, at + (size_t)(cursor->bytes[at + 12] >> 4) * 4);
		break;
	case IPPROTO_UDP:
		tell_all(cursor, "UDP", UDP, udp, COUNT_OF(udp));
		break;
	case IPPROTO_ICMP:
		tell_all(cursor, "ICMP", ICMP, icmp, COUNT_OF(icmp));
		break;
	case IPPROTO_ICMPV6:
		tell_all(cursor, "ICMPv6", ICMP6, icmp, COUNT_OF(icmp));
		break;
	default:
		break;
	}
}

void dissect(const void *bytes, size_t len, dissect_visit *visit, void *data)
{
	struct cursor cursor = {.bytes = bytes, .len = len, .visit = visit, .data = data};
	struct packet packet;

	if (packet_parse(&packet, bytes, len) == 0 && packet.transport) {
		tell_ip(&cursor, &packet);
		if (!packet.fragment.offset)
			tell_transport(&cursor, &packet);
	}
	cursor.bits = (cursor.bits + 7) / 8 * 8;
	cursor.stopped = false;
	tell_bytes(&cursor, "Data", NULL,
		   packet.icmp.quoted ? "The packet that is answered" : "Data", len);
}
