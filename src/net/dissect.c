/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/dissect.h"

#include <netinet/in.h>

#include "base/grow.h"
#include "names/names.h"
#include "net/dissect_parts.h"
#include "net/header.h"

#define IP4 "RFC 791, section 3.1"
#define IP6 "RFC 8200, section 3"
#define TCP "RFC 9293, section 3.1"
#define UDP "RFC 768"

/* The router alert: RFC 2113, and RFC 2711, section 2.1. */
#define ALERT4 148
#define ALERT6 5

/* clang-format off */
static const struct dissect_layout ip4[] = {
	{"Version", 4, DISSECT_NUMBER, NULL, NULL},
	{"Internet Header Length (in 4 bytes)", 4, DISSECT_NUMBER, NULL, NULL},
	{"Differentiated Services", 6, DISSECT_NUMBER, "RFC 2474, section 3", NULL},
	{"Explicit Congestion Notification", 2, DISSECT_NUMBER, "RFC 3168, section 5", NULL},
	{"Total Length", 16, DISSECT_NUMBER, NULL, NULL},
	{"Identification", 16, DISSECT_NUMBER, NULL, NULL},
	{"Reserved", 1, DISSECT_NUMBER, NULL, NULL},
	{"Don't Fragment (DF)", 1, DISSECT_NUMBER, NULL, NULL},
	{"More Fragments (MF)", 1, DISSECT_NUMBER, NULL, NULL},
	{"Fragment Offset (in 8 bytes)", 13, DISSECT_NUMBER, NULL, NULL},
	{"Time to Live", 8, DISSECT_NUMBER, NULL, NULL},
	{"Protocol", 8, DISSECT_NUMBER, NULL, &names_header},
	{"Header Checksum", 16, DISSECT_HEX, NULL, NULL},
	{"Source Address", 32, DISSECT_ADDRESS, NULL, NULL},
	{"Destination Address", 32, DISSECT_ADDRESS, NULL, NULL},
};

static const struct dissect_layout ip6[] = {
	{"Version", 4, DISSECT_NUMBER, NULL, NULL},
	{"Traffic Class: DS", 6, DISSECT_NUMBER, "RFC 2474, section 3", NULL},
	{"Traffic Class: ECN", 2, DISSECT_NUMBER, "RFC 3168, section 5", NULL},
	{"Flow Label", 20, DISSECT_HEX, "RFC 6437", NULL},
	{"Payload Length", 16, DISSECT_NUMBER, NULL, NULL},
	{"Next Header", 8, DISSECT_NUMBER, NULL, &names_header},
	{"Hop Limit", 8, DISSECT_NUMBER, NULL, NULL},
	{"Source Address", 128, DISSECT_ADDRESS, NULL, NULL},
	{"Destination Address", 128, DISSECT_ADDRESS, NULL, NULL},
};

static const struct dissect_layout fragment6[] = {
	{"Next Header", 8, DISSECT_NUMBER, NULL, &names_header},
	{"Reserved", 8, DISSECT_NUMBER, NULL, NULL},
	{"Fragment Offset (in 8 bytes)", 13, DISSECT_NUMBER, NULL, NULL},
	{"Res", 2, DISSECT_NUMBER, NULL, NULL},
	{"M flag", 1, DISSECT_NUMBER, NULL, NULL},
	{"Identification", 32, DISSECT_HEX, NULL, NULL},
};

static const struct dissect_layout tcp[] = {
	{"Source Port", 16, DISSECT_NUMBER, NULL, NULL},
	{"Destination Port", 16, DISSECT_NUMBER, NULL, NULL},
	{"Sequence Number", 32, DISSECT_NUMBER, NULL, NULL},
	{"Acknowledgment Number", 32, DISSECT_NUMBER, NULL, NULL},
	{"Data Offset (in 4 bytes)", 4, DISSECT_NUMBER, NULL, NULL},
	{"Reserved", 3, DISSECT_NUMBER, NULL, NULL},
	{"AE", 1, DISSECT_NUMBER, "RFC 9768, section 3.1", NULL},
	{"CWR", 1, DISSECT_NUMBER, "RFC 3168, section 6.1", NULL},
	{"ECE", 1, DISSECT_NUMBER, "RFC 3168, section 6.1", NULL},
	{"URG", 1, DISSECT_NUMBER, NULL, NULL},
	{"ACK", 1, DISSECT_NUMBER, NULL, NULL},
	{"PSH", 1, DISSECT_NUMBER, NULL, NULL},
	{"RST", 1, DISSECT_NUMBER, NULL, NULL},
	{"SYN", 1, DISSECT_NUMBER, NULL, NULL},
	{"FIN", 1, DISSECT_NUMBER, NULL, NULL},
	{"Window", 16, DISSECT_NUMBER, NULL, NULL},
	{"Checksum", 16, DISSECT_HEX, NULL, NULL},
	{"Urgent Pointer", 16, DISSECT_NUMBER, NULL, NULL},
};

static const struct dissect_layout udp[] = {
	{"Source Port", 16, DISSECT_NUMBER, NULL, NULL},
	{"Destination Port", 16, DISSECT_NUMBER, NULL, NULL},
	{"Length", 16, DISSECT_NUMBER, NULL, NULL},
	{"Checksum", 16, DISSECT_HEX, NULL, NULL},
};

static const struct dissect_layout mss[] = {
	{"Kind", 8, DISSECT_NUMBER, NULL, NULL}, {"Length", 8, DISSECT_NUMBER, NULL, NULL},
	{"Maximum Segment Size", 16, DISSECT_NUMBER, NULL, NULL},
};
static const struct dissect_layout window_scale[] = {
	{"Kind", 8, DISSECT_NUMBER, NULL, NULL}, {"Length", 8, DISSECT_NUMBER, NULL, NULL},
	{"Shift Count", 8, DISSECT_NUMBER, NULL, NULL},
};
static const struct dissect_layout timestamps[] = {
	{"Kind", 8, DISSECT_NUMBER, NULL, NULL}, {"Length", 8, DISSECT_NUMBER, NULL, NULL},
	{"TS Value", 32, DISSECT_NUMBER, NULL, NULL}, {"TS Echo Reply", 32, DISSECT_NUMBER, NULL, NULL},
};
static const struct dissect_layout sack_block[] = {
	{"Left Edge of Block", 32, DISSECT_NUMBER, NULL, NULL},
	{"Right Edge of Block", 32, DISSECT_NUMBER, NULL, NULL},
};
static const struct dissect_layout option_head[] = {
	{"Kind", 8, DISSECT_NUMBER, NULL, NULL}, {"Length", 8, DISSECT_NUMBER, NULL, NULL},
};
static const struct dissect_layout one_byte[] = {
	{"Kind", 8, DISSECT_NUMBER, NULL, NULL},
};


/* Options of the IP headers. */
static const struct dissect_layout alert4[] = {
	{"Option Type", 8, DISSECT_NUMBER, NULL, NULL}, {"Option Length", 8, DISSECT_NUMBER, NULL, NULL},
	{"Value", 16, DISSECT_NUMBER, NULL, NULL},
};
static const struct dissect_layout alert6[] = {
	{"Option Type", 8, DISSECT_NUMBER, NULL, NULL}, {"Opt Data Len", 8, DISSECT_NUMBER, NULL, NULL},
	{"Value", 16, DISSECT_NUMBER, NULL, NULL},
};
static const struct dissect_layout option_head4[] = {
	{"Option Type", 8, DISSECT_NUMBER, NULL, NULL}, {"Option Length", 8, DISSECT_NUMBER, NULL, NULL},
};
static const struct dissect_layout option_head6[] = {
	{"Option Type", 8, DISSECT_NUMBER, NULL, NULL}, {"Opt Data Len", 8, DISSECT_NUMBER, NULL, NULL},
};
static const struct dissect_layout option_type[] = {
	{"Option Type", 8, DISSECT_NUMBER, NULL, NULL},
};
static const struct dissect_layout options6[] = {
	{"Next Header", 8, DISSECT_NUMBER, NULL, &names_header},
	{"Hdr Ext Len (in 8 bytes)", 8, DISSECT_NUMBER, NULL, NULL},
};

struct known_option {
	unsigned type;
	size_t len; /* 0: any */
	const char *layer, *see;
	struct dissect_part part;
};

static const struct known_option tcp_options[] = {
	{0, 1, "TCP option: End of List", "RFC 9293, section 3.2", PART(one_byte)},
	{1, 1, "TCP option: No-Operation", "RFC 9293, section 3.2", PART(one_byte)},
	{2, 4, "TCP option: MSS", "RFC 9293, section 3.7.1", PART(mss)},
	{3, 3, "TCP option: Window Scale", "RFC 7323, section 2.2", PART(window_scale)},
	{4, 2, "TCP option: SACK Permitted", "RFC 2018, section 2", PART(option_head)},
	{5, 0, "TCP option: SACK", "RFC 2018, section 3", PART(option_head)},
	{8, 10, "TCP option: Timestamps", "RFC 7323, section 3.2", PART(timestamps)},
	{34, 0, "TCP option: Fast Open Cookie", "RFC 7413, section 4.1.1", PART(option_head)},
};

static const struct known_option ip4_options[] = {
	{0, 1, "IPv4 option: End of List", IP4, PART(option_type)},
	{1, 1, "IPv4 option: No-Operation", IP4, PART(option_type)},
	{ALERT4, 4, "IPv4 option: Router Alert", "RFC 2113", PART(alert4)},
};

static const struct known_option ip6_options[] = {
	{0, 1, "IPv6 option: Pad1", "RFC 8200, section 4.2", PART(option_type)},
	{1, 0, "IPv6 option: PadN", "RFC 8200, section 4.2", PART(option_head6)},
	{ALERT6, 4, "IPv6 option: Router Alert", "RFC 2711, section 2.1", PART(alert6)},
};

/* The options of one header. */
struct option_list {
	const struct known_option *known;
	size_t count;
	unsigned single; /* types below are one byte each */
	size_t head;     /* bytes that an option's length does not count */
	const char *layer, *others, *see;
	struct dissect_part part; /* of those that are not known */
};

static const struct option_list option_lists[] = {
	{tcp_options, COUNT_OF(tcp_options), 2, 0, "TCP options", "TCP option", TCP, PART(option_head)},
	{ip4_options, COUNT_OF(ip4_options), 2, 0, "IPv4", "IPv4 option", IP4, PART(option_head4)},
	{ip6_options, COUNT_OF(ip6_options), 1, 2, "IPv6 options", "IPv6 option", "RFC 8200, section 4.2",
	 PART(option_head6)},
};
enum { OPTIONS_TCP, OPTIONS_IP4, OPTIONS_IP6 };

/* Those beside the options. */
static const char *const layers[] = {
	"IPv4", "IPv6", "IPv6 Hop-by-Hop Options", "IPv6 Destination Options", "IPv6 Fragment", "TCP",
	"UDP", "Data",
};

static const struct dissect_part parts[] = {
	PART(ip4), PART(ip6), PART(fragment6), PART(tcp), PART(udp), PART(mss), PART(window_scale),
	PART(timestamps), PART(sack_block), PART(option_head), PART(one_byte), PART(alert4),
	PART(alert6), PART(option_head4), PART(option_head6), PART(option_type), PART(options6),
};

static const char *const byte_names[] = {
	"Extension Headers", "Data", "Bytes that make no sense", "The packet that is answered",
	"Auxiliary Data",
};
/* clang-format on */

static const char *layer_of_option(size_t index)
{
	size_t i;

	for (i = 0; i < COUNT_OF(option_lists); i++) {
		const struct option_list *list = &option_lists[i];

		if (index < list->count)
			return list->known[index].layer;
		index -= list->count;
		if (index < 2)
			return index ? list->layer : list->others;
		index -= 2;
	}
	return NULL;
}

const char *dissect_layer(size_t index)
{
	size_t icmp = 0;

	if (index < COUNT_OF(layers))
		return layers[index];
	index -= COUNT_OF(layers);
	if (dissect_icmp_layer(index))
		return dissect_icmp_layer(index);
	while (dissect_icmp_layer(icmp))
		icmp++;
	return layer_of_option(index - icmp);
}

const char *dissect_name(size_t index)
{
	const struct dissect_part *part;
	size_t i;

	for (i = 0;
	     (part = i < COUNT_OF(parts) ? &parts[i] : dissect_icmp_part(i - COUNT_OF(parts)));
	     i++) {
		if (index < part->count)
			return part->list[index].name;
		index -= part->count;
	}
	return index < COUNT_OF(byte_names) ? byte_names[index] : NULL;
}

static uint64_t bits_at(const unsigned char *bytes, size_t first, unsigned count)
{
	uint64_t value = 0;

	for (; count; first++, count--)
		value = value << 1 | (bytes[first / 8] >> (7 - first % 8) & 1);
	return value;
}

size_t dissect_at(const struct dissect_cursor *cursor)
{
	return cursor->bits / 8;
}

void dissect_begin(struct dissect_cursor *cursor, const char *layer, const char *see)
{
	cursor->layer = layer;
	cursor->see = see;
}

static void tell(struct dissect_cursor *cursor, const struct dissect_layout *layout)
{
	size_t first = cursor->bits, end = first + layout->bits;
	struct dissect_field field = {
		.layer = cursor->layer,
		.see = layout->see ? layout->see : cursor->see,
		.name = layout->name,
		.form = layout->form,
		.names = layout->names,
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

void dissect_tell(struct dissect_cursor *cursor, struct dissect_part part)
{
	size_t i;

	for (i = 0; i < part.count; i++)
		tell(cursor, &part.list[i]);
}

#define TELL(cursor, list) dissect_tell(cursor, (struct dissect_part)PART(list))

void dissect_tell_bytes(struct dissect_cursor *cursor, const char *name, size_t end)
{
	size_t at = dissect_at(cursor);
	struct dissect_field field = {.layer = cursor->layer,
				      .see = cursor->see,
				      .name = name,
				      .form = DISSECT_BYTES,
				      .offset = at};

	if (end > cursor->len)
		end = cursor->len;
	if (cursor->stopped || end <= at)
		return;
	field.len = end - at;
	cursor->bits = end * 8;
	cursor->visit(cursor->data, &field);
}

static void tell_option(struct dissect_cursor *cursor, const struct option_list *list, size_t size)
{
	size_t at = dissect_at(cursor), i;
	unsigned type = cursor->bytes[at];

	for (i = 0; i < list->count; i++)
		if (list->known[i].type == type &&
		    (!list->known[i].len || list->known[i].len == size))
			break;
	if (i < list->count) {
		dissect_begin(cursor, list->known[i].layer, list->known[i].see);
		dissect_tell(cursor, list->known[i].part);
	} else {
		dissect_begin(cursor, list->others, list->see);
		dissect_tell(cursor, list->part);
	}
	while (list->known == tcp_options && type == OPTION_SACK && !cursor->stopped &&
	       dissect_at(cursor) + 8 <= at + size)
		TELL(cursor, sack_block);
	dissect_tell_bytes(cursor, "Data", at + size);
}

/* The length of the option that begins here; 0: it makes no sense. */
static size_t size_of_option(const struct dissect_cursor *cursor, const struct option_list *list,
			     size_t end)
{
	size_t at = dissect_at(cursor), size;

	if (cursor->bytes[at] < list->single)
		return 1;
	size = at + 1 < end ? cursor->bytes[at + 1] + list->head : 0;
	return size < 2 || at + size > end ? 0 : size;
}

static void tell_options(struct dissect_cursor *cursor, const struct option_list *list, size_t end)
{
	size_t size;

	if (end > cursor->len)
		end = cursor->len;
	while (!cursor->stopped && dissect_at(cursor) < end) {
		size = size_of_option(cursor, list, end);
		if (!size)
			break;
		tell_option(cursor, list, size);
	}
	dissect_begin(cursor, list->layer, list->see);
	dissect_tell_bytes(cursor, "Bytes that make no sense", end);
}

/* One extension header of IPv6, up to END. */
static void tell_extension(struct dissect_cursor *cursor, int kind, size_t end)
{
	if (kind == IPPROTO_FRAGMENT) {
		dissect_begin(cursor, "IPv6 Fragment", "RFC 8200, section 4.5");
		TELL(cursor, fragment6);
	} else if (kind == IPPROTO_HOPOPTS || kind == IPPROTO_DSTOPTS) {
		dissect_begin(cursor,
			      kind == IPPROTO_HOPOPTS ? "IPv6 Hop-by-Hop Options"
						      : "IPv6 Destination Options",
			      kind == IPPROTO_HOPOPTS ? "RFC 8200, section 4.3"
						      : "RFC 8200, section 4.6");
		TELL(cursor, options6);
		tell_options(cursor, &option_lists[OPTIONS_IP6], end);
	} else {
		dissect_begin(cursor, "IPv6", IP6);
		dissect_tell_bytes(cursor, "Extension Headers", end);
	}
}

static void tell_ip(struct dissect_cursor *cursor, const struct packet *packet)
{
	int kind;

	if (packet->family == AF_INET) {
		dissect_begin(cursor, "IPv4", IP4);
		TELL(cursor, ip4);
		tell_options(cursor, &option_lists[OPTIONS_IP4], packet->transport);
		return;
	}
	dissect_begin(cursor, "IPv6", IP6);
	TELL(cursor, ip6);
	kind = cursor->stopped ? 0 : cursor->bytes[6];
	while (!cursor->stopped && dissect_at(cursor) < packet->transport) {
		const unsigned char *header = cursor->bytes + dissect_at(cursor);
		size_t size = packet_extension(kind, header[1]);

		tell_extension(cursor, kind, dissect_at(cursor) + size);
		kind = header[0];
	}
}

static void tell_transport(struct dissect_cursor *cursor, const struct packet *packet)
{
	size_t at = packet->transport;
	/* What stands behind the packet is no part of it. */
	size_t end = packet->payload ? packet->payload + packet->present : cursor->len;

	switch (packet->protocol) {
	case IPPROTO_TCP:
		dissect_begin(cursor, "TCP", TCP);
		TELL(cursor, tcp);
		if (!cursor->stopped)
			tell_options(cursor, &option_lists[OPTIONS_TCP],
				     at + (size_t)(cursor->bytes[at + 12] >> 4) * 4);
		break;
	case IPPROTO_UDP:
		dissect_begin(cursor, "UDP", UDP);
		TELL(cursor, udp);
		break;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		dissect_icmp(cursor, packet, end - at);
		break;
	case IPPROTO_IGMP:
		dissect_igmp(cursor, end - at);
		break;
	default:
		break;
	}
}

void dissect(const void *bytes, size_t len, dissect_visit *visit, void *data)
{
	struct dissect_cursor cursor = {.bytes = bytes, .len = len, .visit = visit, .data = data};
	struct packet packet;

	if (packet_parse(&packet, bytes, len) == 0 && packet.transport) {
		tell_ip(&cursor, &packet);
		if (!packet.fragment.offset)
			tell_transport(&cursor, &packet);
	}
	cursor.bits = (cursor.bits + 7) / 8 * 8;
	cursor.stopped = false;
	dissect_begin(&cursor, "Data", NULL);
	dissect_tell_bytes(&cursor, packet.icmp.quoted ? "The packet that is answered" : "Data",
			   len);
}
