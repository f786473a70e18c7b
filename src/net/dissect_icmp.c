/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <linux/igmp.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>

#include "base/grow.h"
#include "names/names.h"
#include "net/dissect_parts.h"
#include "net/groups.h"
#include "net/header.h"

#define ICMP   "RFC 792"
#define ICMP6  "RFC 4443, section 2.1"
#define IGMP   "RFC 2236, section 2"
#define IGMP3Q "RFC 3376, section 4.1"
#define IGMP3R "RFC 3376, section 4.2"
#define MLD    "RFC 2710, section 3"
#define MLD2Q  "RFC 3810, section 5.1"
#define MLD2R  "RFC 3810, section 5.2"

/* ICMPV6_MLD2_REPORT: linux/icmpv6.h does not go with the header of the C library. */
#define MLD2_REPORT 143

/* clang-format off */
static const struct dissect_layout type4[] = {{"Type", 8, DISSECT_NUMBER, NULL, &names_icmp}};
static const struct dissect_layout type6[] = {{"Type", 8, DISSECT_NUMBER, NULL, &names_icmp6}};
static const struct dissect_layout any_code[] = {{"Code", 8, DISSECT_NUMBER, NULL, NULL}};
static const struct dissect_layout unreachable4[] = {
	{"Code", 8, DISSECT_NUMBER, NULL, &names_icmp_unreachable},
};
static const struct dissect_layout unreachable6[] = {
	{"Code", 8, DISSECT_NUMBER, NULL, &names_icmp6_unreachable},
};
static const struct dissect_layout checksum[] = {{"Checksum", 16, DISSECT_HEX, NULL, NULL}};

static const struct dissect_layout rest[] = {{"Rest of Header", 32, DISSECT_HEX, NULL, NULL}};
static const struct dissect_layout unused[] = {{"Unused", 32, DISSECT_HEX, NULL, NULL}};
static const struct dissect_layout echo[] = {
	{"Identifier", 16, DISSECT_NUMBER, NULL, NULL},
	{"Sequence Number", 16, DISSECT_NUMBER, NULL, NULL},
};
static const struct dissect_layout too_big4[] = {
	{"Unused", 16, DISSECT_HEX, NULL, NULL},
	{"Next-Hop MTU", 16, DISSECT_NUMBER, "RFC 1191, section 4", NULL},
};
static const struct dissect_layout too_big6[] = {{"MTU", 32, DISSECT_NUMBER, NULL, NULL}};
static const struct dissect_layout redirect4[] = {
	{"Gateway Internet Address", 32, DISSECT_ADDRESS, NULL, NULL},
};
static const struct dissect_layout pointer4[] = {
	{"Pointer", 8, DISSECT_NUMBER, NULL, NULL}, {"Unused", 24, DISSECT_HEX, NULL, NULL},
};
static const struct dissect_layout pointer6[] = {{"Pointer", 32, DISSECT_NUMBER, NULL, NULL}};

static const struct dissect_layout igmp[] = {
	{"Type", 8, DISSECT_NUMBER, NULL, &names_igmp}, {"Max Resp Time", 8, DISSECT_NUMBER, NULL, NULL},
	{"Checksum", 16, DISSECT_HEX, NULL, NULL}, {"Group Address", 32, DISSECT_ADDRESS, NULL, NULL},
};
static const struct dissect_layout igmp_records[] = {
	{"Type", 8, DISSECT_NUMBER, NULL, &names_igmp}, {"Reserved", 8, DISSECT_NUMBER, NULL, NULL},
	{"Checksum", 16, DISSECT_HEX, NULL, NULL}, {"Reserved", 16, DISSECT_NUMBER, NULL, NULL},
	{"Number of Group Records", 16, DISSECT_NUMBER, NULL, NULL},
};
static const struct dissect_layout mld[] = {
	{"Maximum Response Delay", 16, DISSECT_NUMBER, NULL, NULL},
	{"Reserved", 16, DISSECT_NUMBER, NULL, NULL},
	{"Multicast Address", 128, DISSECT_ADDRESS, NULL, NULL},
};
static const struct dissect_layout mld_records[] = {
	{"Reserved", 16, DISSECT_NUMBER, NULL, NULL},
	{"Number of Multicast Address Records", 16, DISSECT_NUMBER, NULL, NULL},
};
/* What the third version of IGMP, and the second of MLD, have behind a query. */
static const struct dissect_layout query[] = {
	{"Resv", 4, DISSECT_NUMBER, NULL, NULL},
	{"S flag", 1, DISSECT_NUMBER, NULL, NULL}, {"QRV", 3, DISSECT_NUMBER, NULL, NULL},
	{"QQIC", 8, DISSECT_NUMBER, NULL, NULL}, {"Number of Sources", 16, DISSECT_NUMBER, NULL, NULL},
};
static const struct dissect_layout record4[] = {
	{"Record Type", 8, DISSECT_NUMBER, NULL, &names_group_record},
	{"Aux Data Len (in 4 bytes)", 8, DISSECT_NUMBER, NULL, NULL},
	{"Number of Sources", 16, DISSECT_NUMBER, NULL, NULL},
	{"Multicast Address", 32, DISSECT_ADDRESS, NULL, NULL},
};
static const struct dissect_layout record6[] = {
	{"Record Type", 8, DISSECT_NUMBER, NULL, &names_group_record},
	{"Aux Data Len (in 4 bytes)", 8, DISSECT_NUMBER, NULL, NULL},
	{"Number of Sources", 16, DISSECT_NUMBER, NULL, NULL},
	{"Multicast Address", 128, DISSECT_ADDRESS, NULL, NULL},
};
static const struct dissect_layout source4[] = {{"Source Address", 32, DISSECT_ADDRESS, NULL, NULL}};
static const struct dissect_layout source6[] = {{"Source Address", 128, DISSECT_ADDRESS, NULL, NULL}};

static const struct dissect_part parts[] = {
	PART(type4), PART(type6), PART(any_code), PART(unreachable4), PART(unreachable6), PART(checksum),
	PART(rest), PART(unused), PART(echo), PART(too_big4), PART(too_big6), PART(redirect4),
	PART(pointer4), PART(pointer6), PART(igmp), PART(igmp_records), PART(mld), PART(mld_records),
	PART(query), PART(record4), PART(record6), PART(source4), PART(source6),
};

static const char *const layers[] = {
	"ICMP", "ICMPv6", "IGMP", "IGMP: Group Record", "MLD", "MLD: Multicast Address Record",
};

/* What stands behind the checksum, by type and code (-1: any). */
static const struct {
	int type, code;
	struct dissect_part part;
} rests4[] = {
	{ICMP_ECHOREPLY, -1, PART(echo)},
	{ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, PART(too_big4)},
	{ICMP_DEST_UNREACH, -1, PART(unused)},
	{ICMP_REDIRECT, -1, PART(redirect4)},
	{ICMP_ECHO, -1, PART(echo)},
	{ICMP_TIME_EXCEEDED, -1, PART(unused)},
	{ICMP_PARAMETERPROB, -1, PART(pointer4)},
}, rests6[] = {
	{ICMP6_DST_UNREACH, -1, PART(unused)},
	{ICMP6_PACKET_TOO_BIG, -1, PART(too_big6)},
	{ICMP6_TIME_EXCEEDED, -1, PART(unused)},
	{ICMP6_PARAM_PROB, -1, PART(pointer6)},
	{ICMP6_ECHO_REQUEST, -1, PART(echo)},
	{ICMP6_ECHO_REPLY, -1, PART(echo)},
};
/* clang-format on */

const char *dissect_icmp_layer(size_t index)
{
	return index < COUNT_OF(layers) ? layers[index] : NULL;
}

const struct dissect_part *dissect_icmp_part(size_t index)
{
	return index < COUNT_OF(parts) ? &parts[index] : NULL;
}

#define TELL(cursor, list) dissect_tell(cursor, (struct dissect_part)PART(list))

static unsigned number_at(const struct dissect_cursor *cursor, size_t at)
{
	return at + 2 <= cursor->len ? (unsigned)(cursor->bytes[at] << 8 | cursor->bytes[at + 1])
				     : 0;
}

static void tell_sources(struct dissect_cursor *cursor, bool v4, unsigned count, size_t end)
{
	size_t size = v4 ? 4 : 16;

	for (; count && !cursor->stopped && dissect_at(cursor) + size <= end; count--)
		if (v4)
			TELL(cursor, source4);
		else
			TELL(cursor, source6);
}

static void tell_records(struct dissect_cursor *cursor, bool v4, unsigned count, size_t end)
{
	dissect_begin(cursor, v4 ? "IGMP: Group Record" : "MLD: Multicast Address Record",
		      v4 ? IGMP3R : MLD2R);
	for (; count && !cursor->stopped; count--) {
		size_t at = dissect_at(cursor);

		if (at + (v4 ? 8 : 20) > end)
			return;
		if (v4)
			TELL(cursor, record4);
		else
			TELL(cursor, record6);
		if (cursor->stopped)
			return;
		tell_sources(cursor, v4, number_at(cursor, at + 2), end);
		dissect_tell_bytes(cursor, "Auxiliary Data",
				   dissect_at(cursor) + (size_t)cursor->bytes[at + 1] * 4);
	}
}

static void tell_query(struct dissect_cursor *cursor, bool v4, size_t end)
{
	size_t at = dissect_at(cursor);

	if (at + 4 > end)
		return;
	dissect_begin(cursor, v4 ? "IGMP" : "MLD", v4 ? IGMP3Q : MLD2Q);
	TELL(cursor, query);
	if (!cursor->stopped)
		tell_sources(cursor, v4, number_at(cursor, at + 2), end);
}

void dissect_igmp(struct dissect_cursor *cursor, size_t len)
{
	size_t at = dissect_at(cursor), end = at + len;
	unsigned type = at < cursor->len ? cursor->bytes[at] : 0;

	if (type == IGMPV3_HOST_MEMBERSHIP_REPORT) {
		dissect_begin(cursor, "IGMP", IGMP3R);
		TELL(cursor, igmp_records);
		tell_records(cursor, true, number_at(cursor, at + 6), end);
		return;
	}
	dissect_begin(cursor, "IGMP", IGMP);
	TELL(cursor, igmp);
	if (type == IGMP_HOST_MEMBERSHIP_QUERY)
		tell_query(cursor, true, end);
}

static void tell_mld(struct dissect_cursor *cursor, unsigned type, size_t end)
{
	size_t at = dissect_at(cursor);

	if (type == MLD2_REPORT) {
		dissect_begin(cursor, "MLD", MLD2R);
		TELL(cursor, mld_records);
		tell_records(cursor, false, number_at(cursor, at + 2), end);
		return;
	}
	dissect_begin(cursor, "MLD", MLD);
	TELL(cursor, mld);
	if (type == MLD_LISTENER_QUERY)
		tell_query(cursor, false, end);
}

static void tell_rest(struct dissect_cursor *cursor, bool v4, int type, int code)
{
	size_t i, count = v4 ? COUNT_OF(rests4) : COUNT_OF(rests6);

	for (i = 0; i < count; i++) {
		int wanted = v4 ? rests4[i].type : rests6[i].type;
		int with = v4 ? rests4[i].code : rests6[i].code;

		if (wanted == type && (with < 0 || with == code)) {
			dissect_tell(cursor, v4 ? rests4[i].part : rests6[i].part);
			return;
		}
	}
	TELL(cursor, rest);
}

void dissect_icmp(struct dissect_cursor *cursor, const struct packet *packet, size_t len)
{
	bool v4 = packet->protocol == IPPROTO_ICMP;
	size_t at = dissect_at(cursor);
	int type = at < cursor->len ? cursor->bytes[at] : -1;

	dissect_begin(cursor, v4 ? "ICMP" : "ICMPv6", v4 ? ICMP : ICMP6);
	if (v4)
		TELL(cursor, type4);
	else
		TELL(cursor, type6);
	if (v4 && type == ICMP_DEST_UNREACH)
		TELL(cursor, unreachable4);
	else if (!v4 && type == ICMP6_DST_UNREACH)
		TELL(cursor, unreachable6);
	else
		TELL(cursor, any_code);
	TELL(cursor, checksum);
	if (!v4 && groups_is_mld((unsigned)type))
		tell_mld(cursor, (unsigned)type, at + len);
	else
		tell_rest(cursor, v4, type, at + 1 < cursor->len ? cursor->bytes[at + 1] : -1);
}
