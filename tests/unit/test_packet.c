/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "net/dissect.h"
#include "net/packet.h"
#include "report/dissection.h"
#include "report/emit.h"
#include "report/ladder.h"
#include "unit.h"

/* As TUN devices handed them over, under Linux 6.18. */
#define SYN                                                                    \
	"4500003c6b9740004006bb220a0000010a000002ed4000500c5df95200000000a002" \
	"faf09aa20000020405b40402080ae30cc819000000000103030a"
#define RST "4500002800004000400626ce0a0000020a0000010050ed40000000000c5df95350140000a88c0000"
#define SYN6                                                                               \
	"6006e26500280640fd000000000000000000000000000001fd000000000000000000000000000002" \
	"8fca0050c5c179a900000000a002fd20b6480000020405a00402080a325a98c3000000000103030a"
#define DATAGRAM "4500001e8a25400040119ca70a0000010a000002c4c60009000abe9e6869"
#define UNREACHABLE                                                \
	"45c0003a7f8300004001e67d0a0000020a0000010303111b00000000" \
	"4500001e8a25400040119ca70a0000010a000002c4c60009000abe9e6869"
/* The first 40 bytes of 1500, the last 40 of 148, and of IPv6. */
#define FIRST_FRAGMENT \
	"450005dc8a2620004011b6e80a0000010a000002c4c6000906481a8c000000000000000000000000"
#define LAST_FRAGMENT \
	"450000948a2600b94011db770a0000010a0000020000000000000000000000000000000000000000"
#define LAST_FRAGMENT6                                                                     \
	"600c0d2e00a82c40fd000000000000000000000000000001fd000000000000000000000000000002" \
	"110005a80554425900000000"
/* What hosts and routers say of groups: the first four as Linux sent them, the others made up. */
static const struct {
	const char *hex, *label, *fields;
} groups[] = {
	{"46c0002c000040000102f9f30a000002e0000016940400002200ddef0000000105000001ef01"
	 "02030a000009",
	 "IGMPv3 report ALLOW_NEW_SOURCES 239.1.2.3 from 10.0.0.9",
	 "Number of Group Records=1 Record Type=5 Aux Data Len (in 4 bytes)=0 Number of "
	 "Sources=1 "},
	{"46c00028000040000102f9f70a000002e0000016940400002200e8f80000000104000000ef01"
	 "0204",
	 "IGMPv3 join 239.1.2.4",
	 "Option Type=148 Option Length=4 Value=0 Type=34 Reserved=0 Checksum=59640 "},
	{"46c00028000040000102f9f70a000002e0000016940400002200e9f80000000103000000ef01"
	 "0204",
	 "IGMPv3 leave 239.1.2.4", "Record Type=3 "},
	{"600000000024000100000000000000000000000000000000ff02000000000000000000000000"
	 "00163a000502000001008f006e850000000104000000ff050000000000000000000000010003",
	 "MLDv2 join ff05::1:3",
	 "Next Header=0 Hop Limit=1 Source Address=0 Destination Address=0 Next Header=58 Hdr Ext "
	 "Len (in 8 bytes)=0 Option Type=5 Opt Data Len=2 Value=0 Option Type=1 Opt Data Len=0 "
	 "Type=143 "},
	{"46c00020000040000102fa150a000001e0000001940400001100eeff00000000", "IGMPv1 query",
	 "Type=17 Max Resp Time=0 Checksum=61183 Group Address=0 "},
	{"46c00020000040000102e9120a000001ef010203940400001164fd96ef010203027d000000000000",
	 "IGMPv2 query 239.1.2.3", "Group Address=4009820675 Data=0 "},
	{"46c00020000040000102e9120a000001ef010203940400001164fd96ef010203",
	 "IGMPv2 query 239.1.2.3", "Max Resp Time=100 "},
	{"46c00028000040000102fa0d0a000001e0000001940400001114e26400000000027d00010a00"
	 "0009",
	 "IGMPv3 query",
	 "Resv=0 S flag=0 QRV=2 QQIC=125 Number of Sources=1 Source Address=167772169 "},
	{"46c00020000040000102e9120a000001ef010203940400001200fcfaef010203",
	 "IGMPv1 report 239.1.2.3", "Type=18 "},
	{"46c00020000040000102e9120a000001ef010203940400001600f8faef010203",
	 "IGMPv2 report 239.1.2.3", "Type=22 "},
	{"46c00020000040000102fa140a000001e0000002940400001700f7faef010203",
	 "IGMPv2 leave 239.1.2.3", "Type=23 "},
	{"46c00044000040000102f9dc0a000001e000001694040000220024100000000306010002ef01"
	 "02030a0000090a0000086162636404000000ef01020404000000ef010205",
	 "IGMPv3 report BLOCK_OLD_SOURCES 239.1.2.3 from 10.0.0.9 and 1 more, "
	 "CHANGE_TO_EXCLUDE_MODE 239.1.2.4, 1 more",
	 "Source Address=167772169 Source Address=167772168 Auxiliary Data=0 Record Type=4 "},
	{"6000000000200001fe800000000000000000000000000001ff02000000000000000000000000"
	 "00013a0005020000010082007c3f03e8000000000000000000000000000000000000",
	 "MLDv1 query", "Maximum Response Delay=1000 Reserved=0 Multicast Address=0 "},
	{"6000000000240001fe800000000000000000000000000001ff02000000000000000000000000"
	 "00013a00050200000100820079be03e8000000000000000000000000000000000000027d0000",
	 "MLDv2 query", "QRV=2 QQIC=125 Number of Sources=0 "},
	{"6000000000200001fe800000000000000000000000000001ff05000000000000000000000001"
	 "00033a000502000001008300801700000000ff050000000000000000000000010003",
	 "MLDv1 report ff05::1:3", "Type=131 "},
	{"6000000000200001fe800000000000000000000000000001ff02000000000000000000000000"
	 "00023a0005020000010084007f1c00000000ff050000000000000000000000010003",
	 "MLDv1 leave ff05::1:3", "Type=132 "},
};

static unsigned char *bytes_of(const char *hex, size_t *len)
{
	unsigned char *bytes;
	size_t i;

	*len = strlen(hex) / 2;
	/* Of its exact size, so that a byte read behind it is found. */
	bytes = malloc(*len ? *len : 1);
	for (i = 0; i < *len; i++)
		ck_assert_int_eq(sscanf(hex + 2 * i, "%2hhx", &bytes[i]), 1);
	return bytes;
}

static struct packet read_packet(const char *hex)
{
	struct packet packet;
	size_t len;
	unsigned char *bytes = bytes_of(hex, &len);

	ck_assert_int_eq(packet_parse(&packet, bytes, len), 0);
	free(bytes);
	return packet;
}

static void check_ends(const struct packet *packet, const char *src, const char *dst)
{
	struct buf text = {0};

	address_print(&text, &packet->src);
	ck_assert_str_eq(buf_text(&text), src);
	buf_reset(&text);
	address_print(&text, &packet->dst);
	ck_assert_str_eq(buf_text(&text), dst);
	buf_free(&text);
}

START_TEST(a_syn_with_its_options)
{
	struct packet packet = read_packet(SYN);

	check_ends(&packet, "10.0.0.1:60736", "10.0.0.2:80");
	ck_assert_int_eq(packet.protocol, IPPROTO_TCP);
	ck_assert_int_eq(packet.ttl, 64);
	ck_assert_int_eq(packet.tcp.flags, PACKET_SYN);
	ck_assert_uint_eq(packet.tcp.seq, 0x0c5df952);
	ck_assert_uint_eq(packet.tcp.window, 64240);
	ck_assert_uint_eq(packet.tcp.options,
			  PACKET_MSS | PACKET_WSCALE | PACKET_SACK_OK | PACKET_TIMESTAMP);
	ck_assert_uint_eq(packet.tcp.mss, 1460);
	ck_assert_uint_eq(packet.tcp.wscale, 10);
	ck_assert_uint_eq(packet.length, 0);
	ck_assert_uint_eq(packet_span(&packet), 1);
	ck_assert(!packet.bad_checksum);
	ck_assert_ptr_null(packet.broken);
}
END_TEST

START_TEST(a_reset)
{
	struct packet packet = read_packet(RST);

	check_ends(&packet, "10.0.0.2:80", "10.0.0.1:60736");
	ck_assert_int_eq(packet.tcp.flags, PACKET_RST | PACKET_ACK);
	ck_assert_uint_eq(packet.tcp.ack, 0x0c5df953);
	ck_assert_uint_eq(packet_span(&packet), 0);
	ck_assert(!packet.bad_checksum);
}
END_TEST

START_TEST(a_syn_over_ipv6)
{
	struct packet packet = read_packet(SYN6);

	check_ends(&packet, "[fd00::1]:36810", "[fd00::2]:80");
	ck_assert_int_eq(packet.tcp.flags, PACKET_SYN);
	ck_assert_uint_eq(packet.tcp.mss, 1440);
	ck_assert(!packet.bad_checksum);
}
END_TEST

START_TEST(a_datagram_and_what_came_of_it)
{
	struct packet packet = read_packet(DATAGRAM), quoted;
	size_t len;
	unsigned char *bytes = bytes_of(UNREACHABLE, &len);

	check_ends(&packet, "10.0.0.1:50374", "10.0.0.2:9");
	ck_assert_uint_eq(packet.length, 2);
	ck_assert_uint_eq(packet.payload, 28);
	ck_assert(!packet.bad_checksum);
	ck_assert_int_eq(packet_parse(&packet, bytes, len), 0);
	ck_assert_int_eq(packet.icmp.type, 3);
	ck_assert_int_eq(packet.icmp.code, 3);
	ck_assert(!packet.bad_checksum);
	ck_assert_uint_eq(packet.icmp.quoted, 28);
	ck_assert_int_eq(packet_parse(&quoted, bytes + packet.icmp.quoted, len - 28), 0);
	check_ends(&quoted, "10.0.0.1:50374", "10.0.0.2:9");
	free(bytes);
}
END_TEST

START_TEST(fragments)
{
	struct packet packet = read_packet(FIRST_FRAGMENT);

	ck_assert(packet.fragment.is && packet.fragment.more);
	ck_assert_uint_eq(packet.fragment.offset, 0);
	/* The datagram's header is in the first. */
	check_ends(&packet, "10.0.0.1:50374", "10.0.0.2:9");
	ck_assert_uint_eq(packet.length, 1472);
	packet = read_packet(LAST_FRAGMENT);
	ck_assert(packet.fragment.is && !packet.fragment.more);
	ck_assert_uint_eq(packet.fragment.offset, 1480);
	ck_assert_uint_eq(packet.length, 128);
	check_ends(&packet, "10.0.0.1:0", "10.0.0.2:0");
	packet = read_packet(LAST_FRAGMENT6);
	ck_assert_int_eq(packet.protocol, IPPROTO_UDP);
	ck_assert_uint_eq(packet.fragment.offset, 1448);
	ck_assert_uint_eq(packet.fragment.id, 0x05544259);
}
END_TEST

static const char *const whole[] = {SYN, RST, SYN6, DATAGRAM, UNREACHABLE};

START_TEST(a_changed_bit_spoils_the_checksum)
{
	struct packet packet;
	size_t len, i;
	unsigned char *bytes = bytes_of(whole[_i], &len);

	/* Behind the addresses and the ports, in what only the checksum guards. */
	packet_parse(&packet, bytes, len);
	for (i = packet.transport + 4; i < len; i++) {
		/* Another length is told in words; a UDP checksum of 0 means that there is none. */
		if (packet.protocol == IPPROTO_UDP && i < packet.transport + 8)
			continue;
		if (packet.protocol == IPPROTO_TCP && i == packet.transport + 12)
			continue;
		bytes[i] ^= 0x10;
		ck_assert_int_eq(packet_parse(&packet, bytes, len), 0);
		ck_assert_msg(packet.bad_checksum || packet.broken, "byte %zu", i);
		bytes[i] ^= 0x10;
		packet_parse(&packet, bytes, len);
	}
	free(bytes);
}
END_TEST

/* Nothing behind the end is read, which a sanitizer would see, and nothing is made up. */
START_TEST(cut_short_anywhere)
{
	struct packet packet;
	size_t len, full;
	unsigned char *bytes = bytes_of(whole[_i], &full);

	for (len = 0; len < full; len++) {
		unsigned char *part = malloc(len ? len : 1);

		memcpy(part, bytes, len);
		packet_parse(&packet, part, len);
		ck_assert(packet.broken || packet.present < packet.length ||
			  (packet.icmp.type && packet.length > len - packet.payload));
		free(part);
	}
	free(bytes);
}
END_TEST

START_TEST(any_byte_changed)
{
	struct packet packet;
	size_t len, i;
	int value;
	unsigned char *bytes = bytes_of(whole[_i], &len);

	for (i = 0; i < len; i++) {
		unsigned char was = bytes[i];

		for (value = 0; value < 256; value++) {
			bytes[i] = (unsigned char)value;
			packet_parse(&packet, bytes, len);
			ck_assert_uint_le(packet.payload, len);
			ck_assert(!packet.payload || packet.payload + packet.present <= len);
		}
		bytes[i] = was;
	}
	free(bytes);
}
END_TEST

START_TEST(what_is_no_packet)
{
	struct packet packet;

	ck_assert_int_eq(packet_parse(&packet, "", 0), -1);
	ck_assert_ptr_nonnull(packet.broken);
	ck_assert_int_eq(packet_parse(&packet, "\x75hello", 6), -1);
	ck_assert_int_eq(packet.family, 0);
}
END_TEST

struct told {
	const unsigned char *bytes;
	size_t len, next_bit, fields;
	char names[2048];
};

/* Every bit is told once, in order. */
static void check_field(void *data, const struct dissect_field *field)
{
	struct told *told = data;
	size_t bits = field->bits ? field->bits : field->len * 8;
	size_t first = (field->offset + field->len) * 8 - field->shift - bits;

	ck_assert_uint_eq(first, told->next_bit);
	ck_assert_uint_eq(first / 8, field->offset);
	told->next_bit = first + bits;
	ck_assert_uint_le(told->next_bit, told->len * 8);
	told->fields++;
	ck_assert_uint_lt(strlen(told->names) + strlen(field->name) + 32, sizeof(told->names));
	sprintf(told->names + strlen(told->names), "%s=%llu ", field->name,
		(unsigned long long)field->value);
}

static struct told dissect_hex(const char *hex)
{
	struct told told = {0};
	unsigned char *bytes = bytes_of(hex, &told.len);

	told.bytes = bytes;
	dissect(bytes, told.len, check_field, &told);
	ck_assert_uint_eq(told.next_bit, told.len * 8);
	free(bytes);
	return told;
}

START_TEST(field_by_field)
{
	struct told told = dissect_hex(SYN);

	ck_assert_ptr_nonnull(strstr(told.names, "Total Length=60 "));
	ck_assert_ptr_nonnull(strstr(told.names, "Don't Fragment (DF)=1 "));
	ck_assert_ptr_nonnull(strstr(told.names, "Source Port=60736 Destination Port=80 "));
	ck_assert_ptr_nonnull(strstr(told.names, "ACK=0 PSH=0 RST=0 SYN=1 FIN=0 "));
	ck_assert_ptr_nonnull(strstr(told.names, "Maximum Segment Size=1460 "));
	ck_assert_ptr_nonnull(strstr(told.names, "Shift Count=10 "));
	told = dissect_hex(SYN6);
	ck_assert_ptr_nonnull(strstr(told.names, "Payload Length=40 "));
	ck_assert_ptr_nonnull(strstr(told.names, "Maximum Segment Size=1440 "));
	told = dissect_hex(UNREACHABLE);
	ck_assert_ptr_nonnull(strstr(told.names, "Type=3 Code=3 "));
	ck_assert_ptr_nonnull(strstr(told.names, "The packet that is answered"));
	told = dissect_hex(LAST_FRAGMENT6);
	ck_assert_ptr_nonnull(strstr(told.names, "Fragment Offset (in 8 bytes)=181 "));
}
END_TEST

/* Whatever the bytes are, each is told once, and nothing behind the end. */
START_TEST(field_by_field_of_anything)
{
	size_t full, len, i;
	unsigned char *bytes = bytes_of(whole[_i], &full);

	for (i = 0; i < full; i++) {
		unsigned char was = bytes[i];
		int value;

		for (value = 0; value < 256; value += 5) {
			struct told told = {.len = full};

			bytes[i] = (unsigned char)value;
			dissect(bytes, full, check_field, &told);
		}
		bytes[i] = was;
	}
	for (len = 0; len < full; len++) {
		unsigned char *part = malloc(len ? len : 1);
		struct told told = {.len = len};

		memcpy(part, bytes, len);
		dissect(part, len, check_field, &told);
		free(part);
	}
	free(bytes);
}
END_TEST

/* What is told of a packet, as JSON. */
static char *as_json(const char *hex)
{
	struct shown_packet shown = {.number = 1, .from = "a", .to = "b", .fate = "held"};
	struct buf text = {0};
	struct emit emit = {.out = &text};
	unsigned char *bytes = bytes_of(hex, &shown.len);

	shown.bytes = bytes;
	packet_parse(&shown.head, bytes, shown.len);
	emit_open(&emit, '{');
	dissection_json(&emit, &shown);
	emit_close(&emit, '}');
	free(bytes);
	return buf_take(&text);
}

START_TEST(groups_that_are_told_of)
{
	struct shown_packet shown = {0};
	struct buf label = {0};
	struct told told;
	unsigned char *bytes = bytes_of(groups[_i].hex, &shown.len);

	ck_assert_int_eq(packet_parse(&shown.head, bytes, shown.len), 0);
	ck_assert(!shown.head.broken && !shown.head.bad_checksum);
	ladder_label(&label, &shown);
	ck_assert_str_eq(buf_text(&label), groups[_i].label);
	told = dissect_hex(groups[_i].hex);
	ck_assert_msg(strstr(told.names, groups[_i].fields), "%s", told.names);
	free(bytes);
	buf_free(&label);
}
END_TEST

/* Cut short, or with any byte changed: nothing behind the end is read, and each bit told once. */
START_TEST(groups_of_anything)
{
	size_t full, len, i;
	unsigned char *bytes = bytes_of(groups[_i].hex, &full);

	for (len = 0; len <= full; len++) {
		unsigned char *part = malloc(len ? len : 1);

		for (i = 0; i < len; i++) {
			struct told told = {.len = len};
			struct shown_packet shown = {0};
			struct buf label = {0};

			memcpy(part, bytes, len);
			part[i] = (unsigned char)(part[i] ^ 0xff);
			packet_parse(&shown.head, part, len);
			ladder_label(&label, &shown);
			buf_free(&label);
			dissect(part, len, check_field, &told);
		}
		free(part);
	}
	free(bytes);
}
END_TEST

START_TEST(each_field_in_json)
{
	char *text = as_json(SYN6);

	ck_assert_ptr_nonnull(strstr(text, "{\"fields\":[{\"layer\":\"IPv6\","));
	ck_assert_ptr_nonnull(strstr(text, "\"name\":\"Version\",\"offset\":0,\"bits\":4,"
					   "\"value\":\"6\",\"hex\":\"60\",\"see\":"));
	ck_assert_ptr_nonnull(strstr(text, "\"value\":\"IPPROTO_TCP\""));
	ck_assert_ptr_nonnull(strstr(text, "\"value\":\"fd00::1\""));
	ck_assert_ptr_nonnull(strstr(text, "\"name\":\"Maximum Segment Size\""));
	ck_assert_str_eq(text + strlen(text) - 2, "]}");
	free(text);
	text = as_json(UNREACHABLE);
	ck_assert_ptr_nonnull(strstr(text, "\"value\":\"10.0.0.2\""));
	/* The quoted packet, as one field of 30 bytes. */
	ck_assert_ptr_nonnull(strstr(text, "\"bits\":240,\"value\":\"30 bytes\","
					   "\"hex\":\"4500001e8a25"));
	free(text);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("packet");
	TCase *tc = tcase_create("parse");

	tcase_set_timeout(tc, 60);

	tcase_add_test(tc, a_syn_with_its_options);
	tcase_add_test(tc, a_reset);
	tcase_add_test(tc, a_syn_over_ipv6);
	tcase_add_test(tc, a_datagram_and_what_came_of_it);
	tcase_add_test(tc, fragments);
	tcase_add_loop_test(tc, a_changed_bit_spoils_the_checksum, 0, COUNT_OF(whole));
	tcase_add_loop_test(tc, cut_short_anywhere, 0, COUNT_OF(whole));
	tcase_add_loop_test(tc, any_byte_changed, 0, COUNT_OF(whole));
	tcase_add_test(tc, what_is_no_packet);
	tcase_add_test(tc, field_by_field);
	tcase_add_test(tc, each_field_in_json);
	tcase_add_loop_test(tc, groups_that_are_told_of, 0, COUNT_OF(groups));
	tcase_add_loop_test(tc, groups_of_anything, 0, COUNT_OF(groups));
	tcase_add_loop_test(tc, field_by_field_of_anything, 0, COUNT_OF(whole));
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
