/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/grow.h"
#include "kernel/congestion.h"
#include "kernel/diag.h"
#include "kernel/endpoint.h"
#include "kernel/groups.h"
#include "kernel/route.h"
#include "kernel/tcp_info.h"
#include "unit.h"

/*
 * Answers of Linux 6.18 on x86-64, the bytes after struct nlmsghdr. `queued` waited in the accept
 * queue of `listen`, `established` is the same after accept(); a request sock stayed in
 * SYN-RECEIVED by TCP_DEFER_ACCEPT.
 */
/* clang-format off */
static const char recorded_listen[] =
	"020a0000856700007f00000100000000000000000000000000000000000000000000000000000000"
	"0000000014f401000000000000000000010000000200000000000000f66603000500080000000000"
	"050005000000000008000f000000000008001100000000000c001500010000000000000006001600"
	"52000000280007000000000000000200000000000040000000000000000000000000000000000000"
	"000000001c0102000a00000000000000000000000000000000000000000000000100000002000000"
	"00000000000000000000000000000000000000000000000000000000000000000000000000000000"
	"00000000000000000a0000000000000003000000000000000000000000000000ffffffffffffffff"
	"ffffffffffffffff0000000000000000000000000000000000000000000000000000000000000000"
	"00000000000000000000000000000000000000000000000000000000000000000000000000000000"
	"00000000000000000000000000000000000000000000000000000000000000000000000000000000"
	"00000000000000000000000000000000000000000000000000000000000000000000000000000000"
	"00000000000000000800040062627200";

static const char recorded_queued[] =
	"0201000085679f6c7f0000010000000000000000000000007f000001000000000000000000000000"
	"0000000015f401000000000000000000050000000000000000000000000000000500080000000000"
	"050005000000000008000f000000000008001100000000000c001500010000000000000006001600"
	"5200000028000700450300000000020000000000001e3c00bb0c0000000000000000000000000000"
	"000000001c010200010000000007aa01400d0300409c000000800000180200000000000000000000"
	"00000000000000000000000000000000000000000000000000000000ffff0000cbff000011000000"
	"08000000ffffff7f0a000000cbff00000300000000000000cbff000000000000f08660d30c000000"
	"ffffffffffffffff0000000000000000050000000000000001000000030000000000000011000000"
	"01000000000000000000000000000000000000000000000000000000000000000000000000000000"
	"01000000000000000000000000000000000000000000000000000000000000000000000000000100"
	"00000100000000000000000000000000000000000000000000000000000000000000000000000000"
	"00000000000000000800040062627200";

static const char recorded_established[] =
	"0201000085679f6c7f0000010000000000000000000000007f000001000000000000000000000000"
	"0000000015f401000000000000000000050000000000000000000000f86603000500080000000000"
	"050005000000000008000f000000000008001100000000000c001500010000000000000006001600"
	"5200000028000700450300000000020000000000001e3c00bb0c0000000000000000000000000000"
	"000000001c010200010000000007aa01400d0300409c000000800000180200000000000000000000"
	"00000000000000000000000000000000000000000000000000000000ffff0000cbff000011000000"
	"08000000ffffff7f0a000000cbff00000300000000000000cbff000000000000f08660d30c000000"
	"ffffffffffffffff0000000000000000050000000000000001000000030000000000000011000000"
	"01000000000000000000000000000000000000000000000000000000000000000000000000000000"
	"01000000000000000000000000000000000000000000000000000000000000000000000000000100"
	"00000100000000000000000000000000000000000000000000000000000000000000000000000000"
	"00000000000000000800040062627200";

static const char recorded_time_wait[] =
	"020603009f6c85677f0000010000000000000000000000007f000001000000000000000000000000"
	"0000000016f4010000000000fce900000000000000000000000000000000000008000f0000000000";

static const char recorded_syn_received[] =
	"02030100a9cdb8047f0000010000000000000000000000007f000001000000000000000000000000"
	"0000000017f4010000000000e80300000000000000000000000000000000000008000f0000000000";

static const char recorded_listen6[] =
	"0a0a0000e34100000000000000000000000000000000000000000000000000000000000000000000"
	"0000000018f401000000000000000000000000000700000000000000fb6603000500080000000000"
	"0500050000000000050006000000000005000b000000000008000f00000000000800110000000000"
	"0c001500010000000000000006001600120000002800070000000000000002000000000000400000"
	"00000000000000000000000000000000000000001c0102000a000000000000000000000000000000"
	"00000000000000000000000007000000000000000000000000000000000000000000000000000000"
	"0000000000000000000000000000000000000000000000000a000000000000000300000000000000"
	"0000000000000000ffffffffffffffffffffffffffffffff00000000000000000000000000000000"
	"00000000000000000000000000000000000000000000000000000000000000000000000000000000"
	"00000000000000000000000000000000000000000000000000000000000000000000000000000000"
	"00000000000000000000000000000000000000000000000000000000000000000000000000000000"
	"0000000000000000000000000000000000000000000000000800040062627200";

static const char recorded_mapped[] =
	"0a010000e341ed0600000000000000000000ffff7f00000100000000000000000000ffff7f000001"
	"0000000019f401000000000000000000000000000000000000000000fd6603000500080000000000"
	"0500050000000000050006000000000008000f000000000008001100000000000c00150001000000"
	"00000000060016001200000028000700000000000000020000000000001e3c000000000000000000"
	"0000000000000000000000001c010200010000000007aa01400d0300000000000080000018020000"
	"000000000000000000000000000000000000000000000000000000000000000000000000ffff0000"
	"cbff00000b00000005000000ffffff7f0a000000cbff00000300000000000000cbff000000000000"
	"1b644fd213000000ffffffffffffffff000000000000000000000000000000000000000002000000"
	"000000000b0000000000000000000000000000000000000000000000000000000000000000000000"
	"00000000000000000100000000000000000000000000000000000000000000000000000000000000"
	"0000000000000100cbff000000000000000000000000000000000000000000000000000000000000"
	"000000000000000000000000000000000800040062627200";

static const char recorded_udp[] =
	"02070000d2a500007f00000100000000000000000000000000000000000000000000000000000000"
	"000000001af401000000000000000000400300000000000000000000fe6603000500080000000000"
	"050005000000000008000f000000000008001100000000000c001500010000000000000006001600"
	"500000002800070040030000004003000000000000400300c00c0000000000000000000000000000"
	"00000000";

static const char recorded_udp_connected[] =
	"02010000bc3dd2a57f0000010000000000000000000000007f000001000000000000000000000000"
	"000000001bf401000000000000000000000000000000000000000000ff6603000500080000000000"
	"050005000000000008000f000000000008001100000000000c001500010000000000000006001600"
	"50000000280007000000000000400300000000000040030000000000000000000000000000000000"
	"00000000";

static const char recorded_unix_listen[] =
	"01010a00006703001cf40100000000001600000000736f636b737465702d7265636f726465640000"
	"0c00030001670300026703000c000400020000000300000028000500000000000040030000000000"
	"00400300000000000000000000000000000000000000000005000600000000000800070000000000";

static const char recorded_unix_pair[] =
	"01010100046703001ff401000000000008000200036703000c000400050000000000000028000500"
	"00000000004003000000000000400300000000000000000000000000000000000000000005000600"
	"020000000800070000000000";

static const char recorded_unix_dgram[] =
	"01020700d6c10300d820020000000000140000002e2f736f636b737465702e736f636b000c000400"
	"00000000000000002800050000000000004003000000000000400300000000000000000000000000"
	"000000000000000005000600000000000800070000000000";
/* clang-format on */

#define LITTLE_ENDIAN_ONLY (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)

static const struct recorded {
	const char *hex;
	int protocol; /* 0: UNIX */
} recorded[] = {
	{recorded_listen, IPPROTO_TCP},
	{recorded_queued, IPPROTO_TCP},
	{recorded_established, IPPROTO_TCP},
	{recorded_time_wait, IPPROTO_TCP},
	{recorded_syn_received, IPPROTO_TCP},
	{recorded_listen6, IPPROTO_TCP},
	{recorded_mapped, IPPROTO_TCP},
	{recorded_udp, IPPROTO_UDP},
	{recorded_udp_connected, IPPROTO_UDP},
	{recorded_unix_listen, 0},
	{recorded_unix_pair, 0},
	{recorded_unix_dgram, 0},
};

static unsigned digit(char c)
{
	return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a' + 10);
}

/* The first LEN bytes in memory of just that size, so that reading beyond is seen. */
static unsigned char *bytes_of(const char *hex, size_t len)
{
	unsigned char *bytes = malloc(len ? len : 1);
	size_t i;

	ck_assert_ptr_nonnull(bytes);
	for (i = 0; i < len; i++)
		bytes[i] = (unsigned char)(digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
	return bytes;
}

static int parse(const void *bytes, size_t len, int protocol, struct endpoint *out)
{
	if (protocol)
		return diag_parse_inet(bytes, len, protocol, out);
	return diag_parse_unix(bytes, len, out);
}

static int parse_hex(const char *hex, size_t len, int protocol, struct endpoint *out)
{
	unsigned char *bytes = bytes_of(hex, len);
	int result = parse(bytes, len, protocol, out);

	free(bytes);
	return result;
}

static struct endpoint parsed(const char *hex, int protocol)
{
	struct endpoint endpoint;

	ck_assert_int_eq(parse_hex(hex, strlen(hex) / 2, protocol, &endpoint), 0);
	return endpoint;
}

static void check_address(const struct address *address, const char *text)
{
	struct buf buf = {0};

	if (address->len)
		address_print(&buf, address);
	ck_assert_str_eq(buf_text(&buf), text);
	buf_free(&buf);
}

#define FIELDS_INET \
	(FIELD_STATE | FIELD_LOCAL | FIELD_PEER | FIELD_INODE | FIELD_COOKIE | FIELD_INTERFACE)
#define FIELDS_MORE \
	(FIELDS_INET | FIELD_SHUTDOWN | FIELD_MEMORY | FIELD_DROPS | FIELD_TOS | FIELD_MARK)
#define FIELDS_TCP    (FIELDS_MORE | FIELD_TIMER | FIELD_TCP_INFO | FIELD_CONGESTION)
#define FIELDS_QUEUES (FIELD_RECV_QUEUE | FIELD_SEND_QUEUE)

START_TEST(recorded_listener)
{
	struct endpoint e = parsed(recorded_listen, IPPROTO_TCP);

	ck_assert_uint_eq(e.has, FIELDS_TCP | FIELD_ACCEPT_QUEUE | FIELD_UID);
	ck_assert_int_eq(e.family, AF_INET);
	ck_assert_int_eq(e.type, SOCK_STREAM);
	ck_assert_int_eq(e.protocol, IPPROTO_TCP);
	ck_assert_int_eq(e.state, STATE_LISTEN);
	ck_assert(!e.ghost);
	ck_assert_uint_eq(e.inode, 222966);
	ck_assert_uint_eq(e.cookie, 128020);
	ck_assert_uint_eq(e.uid, 0);
	check_address(&e.local, "127.0.0.1:34151");
	check_address(&e.peer, "");
	ck_assert_uint_eq(e.accept_length, 1);
	ck_assert_uint_eq(e.accept_backlog, 2);
	ck_assert_uint_eq(e.tcp_info_len, 280);
	ck_assert_uint_eq(tcp_info_get(e.tcp_info, e.tcp_info_len, "tcpi_state"), STATE_LISTEN);
	ck_assert_uint_eq(tcp_info_get(e.tcp_info, e.tcp_info_len, "sacked"), 2);
	ck_assert_str_eq(e.congestion, "bbr");
	ck_assert_uint_eq(e.skmem_count, 9);
	ck_assert_uint_eq(e.skmem[1], 131072);
	ck_assert_uint_eq(e.skmem[3], 16384);
	ck_assert_uint_eq(e.drops, 0);
	ck_assert_int_eq(e.timer.kind, 0);
	ck_assert_int_eq(e.ifindex, 0);
}
END_TEST

START_TEST(recorded_child)
{
	struct endpoint e = parsed(recorded_queued, IPPROTO_TCP);
	struct endpoint f = parsed(recorded_established, IPPROTO_TCP);

	ck_assert_uint_eq(e.has, FIELDS_TCP | FIELDS_QUEUES);
	ck_assert_int_eq(e.state, STATE_ESTABLISHED);
	ck_assert(e.ghost);
	ck_assert_uint_eq(e.inode, 0);
	ck_assert_uint_eq(e.cookie, 128021);
	check_address(&e.local, "127.0.0.1:34151");
	check_address(&e.peer, "127.0.0.1:40812");
	ck_assert_uint_eq(e.recv_queue, 5);
	ck_assert_uint_eq(e.send_queue, 0);
	ck_assert_uint_eq(tcp_info_get(e.tcp_info, e.tcp_info_len, "bytes_received"), 5);
	ck_assert_uint_eq(f.has, e.has | FIELD_UID);
	ck_assert(!f.ghost);
	ck_assert_uint_eq(f.inode, 222968);
	ck_assert_uint_eq(f.cookie, e.cookie);
	ck_assert_uint_eq(endpoint_diff(&e, &f), 0);
}
END_TEST

START_TEST(recorded_without_descriptor)
{
	struct endpoint e = parsed(recorded_time_wait, IPPROTO_TCP);

	ck_assert_uint_eq(e.has, FIELDS_INET | FIELDS_QUEUES | FIELD_TIMER | FIELD_MARK);
	ck_assert_int_eq(e.state, STATE_TIME_WAIT);
	ck_assert(e.ghost);
	check_address(&e.local, "127.0.0.1:40812");
	check_address(&e.peer, "127.0.0.1:34151");
	ck_assert_uint_eq(e.cookie, 128022);
	ck_assert_int_eq(e.timer.kind, 3);
	ck_assert_uint_eq(e.timer.expires_ms, 59900);
	ck_assert_uint_eq(e.timer.retransmits, 0);

	e = parsed(recorded_syn_received, IPPROTO_TCP);
	ck_assert_int_eq(e.state, STATE_SYN_RECEIVED);
	ck_assert(e.ghost);
	check_address(&e.local, "127.0.0.1:43469");
	check_address(&e.peer, "127.0.0.1:47108");
	ck_assert_int_eq(e.timer.kind, 1);
	ck_assert_uint_eq(e.timer.expires_ms, 1000);
}
END_TEST

START_TEST(recorded_v6)
{
	struct endpoint e = parsed(recorded_listen6, IPPROTO_TCP);

	ck_assert_uint_eq(e.has, FIELDS_TCP | FIELD_ACCEPT_QUEUE | FIELD_UID | FIELD_TCLASS |
					 FIELD_V6ONLY);
	ck_assert_int_eq(e.family, AF_INET6);
	check_address(&e.local, "[::]:58177");
	check_address(&e.peer, "");
	ck_assert(!e.v6only);
	ck_assert_uint_eq(e.accept_length, 0);
	ck_assert_uint_eq(e.accept_backlog, 7);

	e = parsed(recorded_mapped, IPPROTO_TCP);
	ck_assert_int_eq(e.family, AF_INET6);
	check_address(&e.local, "[::ffff:127.0.0.1]:58177");
	check_address(&e.peer, "[::ffff:127.0.0.1]:60678");
}
END_TEST

START_TEST(recorded_datagram)
{
	struct endpoint e = parsed(recorded_udp, IPPROTO_UDP);

	ck_assert_uint_eq(e.has, FIELDS_MORE | FIELDS_QUEUES | FIELD_UID);
	ck_assert_int_eq(e.type, SOCK_DGRAM);
	ck_assert_int_eq(e.protocol, IPPROTO_UDP);
	ck_assert_int_eq(e.state, STATE_UNCONNECTED);
	check_address(&e.local, "127.0.0.1:53925");
	check_address(&e.peer, "");
	ck_assert_uint_gt(e.recv_queue, 0);

	e = parsed(recorded_udp_connected, IPPROTO_UDP);
	ck_assert_int_eq(e.state, STATE_CONNECTED);
	check_address(&e.local, "127.0.0.1:48189");
	check_address(&e.peer, "127.0.0.1:53925");
	ck_assert_uint_eq(e.recv_queue, 0);
}
END_TEST

#define FIELDS_UNIX                                                                               \
	(FIELD_STATE | FIELD_LOCAL | FIELD_INODE | FIELD_COOKIE | FIELD_SHUTDOWN | FIELD_MEMORY | \
	 FIELD_DROPS | FIELD_UID)

START_TEST(recorded_unix)
{
	struct endpoint e = parsed(recorded_unix_listen, 0);

	ck_assert_uint_eq(e.has, FIELDS_UNIX | FIELD_ACCEPT_QUEUE | FIELD_PENDING);
	ck_assert_int_eq(e.family, AF_UNIX);
	ck_assert_int_eq(e.type, SOCK_STREAM);
	ck_assert_int_eq(e.state, STATE_LISTEN);
	check_address(&e.local, "unix:@sockstep-recorded");
	ck_assert_uint_eq(e.inode, 222976);
	ck_assert_uint_eq(e.cookie, 128028);
	ck_assert_uint_eq(e.accept_length, 2);
	ck_assert_uint_eq(e.accept_backlog, 3);
	ck_assert_uint_eq(e.pending_count, 2);
	ck_assert_uint_eq(e.pending[0], 222977);
	ck_assert_uint_eq(e.pending[1], 222978);

	e = parsed(recorded_unix_pair, 0);
	ck_assert_uint_eq(e.has, FIELDS_UNIX | FIELDS_QUEUES | FIELD_UNIX_PEER);
	ck_assert_int_eq(e.state, STATE_CONNECTED);
	ck_assert_uint_eq(e.local.len, 0);
	ck_assert_uint_eq(e.unix_peer, 222979);
	ck_assert_uint_eq(e.recv_queue, 5);
	ck_assert_uint_eq(e.shutdown, 2);

	e = parsed(recorded_unix_dgram, 0);
	ck_assert_int_eq(e.type, SOCK_DGRAM);
	ck_assert_int_eq(e.state, STATE_UNCONNECTED);
	check_address(&e.local, "unix:./sockstep.sock");
}
END_TEST

START_TEST(truncated)
{
	const struct recorded *r = &recorded[_i];
	struct endpoint whole = parsed(r->hex, r->protocol), part;
	size_t header = r->protocol ? 72 : 16;
	size_t len;

	for (len = 0; len < strlen(r->hex) / 2; len++) {
		ck_assert_int_eq(parse_hex(r->hex, len, r->protocol, &part), len < header ? -1 : 0);
		ck_assert_uint_eq(part.has & ~whole.has, 0);
	}
}
END_TEST

static uint32_t random_number(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

START_TEST(garbage)
{
	const struct recorded *r = &recorded[_i];
	size_t len = strlen(r->hex) / 2;
	uint32_t seed = 0x2545f491 + (uint32_t)_i;
	struct endpoint endpoint;
	unsigned char *bytes;
	int i, change;

	for (i = 0; i < 5000; i++) {
		bytes = bytes_of(r->hex, len);
		for (change = 0; change < 1 + i % 8; change++)
			bytes[random_number(&seed) % len] = (unsigned char)random_number(&seed);
		parse(bytes, len, r->protocol, &endpoint);
		ck_assert_uint_le(endpoint.tcp_info_len, sizeof(endpoint.tcp_info));
		ck_assert_uint_le(endpoint.local.len, sizeof(endpoint.local.bytes));
		ck_assert_uint_le(endpoint.pending_count, ENDPOINT_PENDING);
		ck_assert_uint_le(endpoint.skmem_count, ENDPOINT_SKMEM);
		free(bytes);
	}
}
END_TEST

/* An attribute of TYPE with LEN bytes of 'x' behind the first HEADER bytes of a recorded answer. */
static struct endpoint with_attribute(const char *hex, size_t header, int protocol, uint16_t type,
				      uint16_t len)
{
	size_t padded = header + 4 + ((len + 3u) & ~3u);
	unsigned char *message = calloc(1, padded), *start = bytes_of(hex, header);
	uint16_t whole = (uint16_t)(len + 4);
	struct endpoint endpoint;

	ck_assert_ptr_nonnull(message);
	memcpy(message, start, header);
	memcpy(message + header, &whole, sizeof(whole));
	memcpy(message + header + 2, &type, sizeof(type));
	memset(message + header + 4, 'x', len);
	ck_assert_int_eq(parse(message, padded, protocol, &endpoint), 0);
	free(message);
	free(start);
	return endpoint;
}

START_TEST(attributes_of_odd_sizes)
{
	uint16_t type, len;
	struct endpoint e;

	for (type = 0; type < 40; type++) {
		for (len = 0; len < 700; len++) {
			with_attribute(recorded_established, 72, IPPROTO_TCP, type, len);
			with_attribute(recorded_unix_pair, 16, 0, type, len);
		}
	}
	/* INET_DIAG_INFO of a kernel to come; INET_DIAG_CONG without a NUL; UNIX_DIAG_ICONS. */
	e = with_attribute(recorded_established, 72, IPPROTO_TCP, 2, 600);
	ck_assert_uint_eq(e.tcp_info_len, ENDPOINT_TCP_INFO);
	e = with_attribute(recorded_established, 72, IPPROTO_TCP, 4, 40);
	ck_assert_str_eq(e.congestion, "xxxxxxxxxxxxxxx");
	e = with_attribute(recorded_unix_pair, 16, 0, 3, 600);
	ck_assert_uint_eq(e.pending_count, ENDPOINT_PENDING);
	/* INET_DIAG_SHUTDOWN of no bytes says nothing. */
	e = with_attribute(recorded_established, 72, IPPROTO_TCP, 8, 0);
	ck_assert_uint_eq(e.has & FIELD_SHUTDOWN, 0);
}
END_TEST

/* How many figures of the congestion control the endpoint has; VALUE is that of NAME. */
static int algorithm(const struct endpoint *endpoint, const char *name, uint64_t *value)
{
	int count = 0;

	*value = 0;
	for (size_t i = 0; i < congestion_count; i++) {
		uint64_t number;

		if (!congestion_value(&congestion_fields[i], endpoint->cc_attribute,
				      endpoint->cc_info, endpoint->cc_info_len, &number))
			continue;
		if (strcmp(congestion_fields[i].name, name) == 0)
			*value = number;
		count++;
	}
	return count;
}

/* As long as the answer is: a kernel that tells less has fewer figures, none of them made up. */
START_TEST(congestion_controls_tell_of_themselves)
{
	static const struct {
		uint16_t type, len;
		int count;
		const char *name;
		uint64_t value;
	} list[] = {
		{INET_DIAG_BBRINFO, 20, 4, "bbr_bw", 0x7878787878787878},
		{INET_DIAG_BBRINFO, 20, 4, "bbr_min_rtt", 0x78787878},
		{INET_DIAG_BBRINFO, 600, 4, "bbr_cwnd_gain", 0x78787878},
		{INET_DIAG_BBRINFO, 19, 3, "bbr_cwnd_gain", 0},
		{INET_DIAG_BBRINFO, 7, 0, "bbr_bw", 0},
		{INET_DIAG_DCTCPINFO, 16, 5, "dctcp_enabled", 0x7878},
		{INET_DIAG_VEGASINFO, 16, 4, "tcpv_minrtt", 0x78787878},
	};

	for (size_t i = 0; i < COUNT_OF(list); i++) {
		struct endpoint e = with_attribute(recorded_established, 72, IPPROTO_TCP,
						   list[i].type, list[i].len);
		uint64_t value;

		ck_assert_uint_eq(e.has & FIELD_ALGORITHM, FIELD_ALGORITHM);
		ck_assert_int_eq(algorithm(&e, list[i].name, &value), list[i].count);
		ck_assert_uint_eq(value, list[i].value);
	}
}
END_TEST

static struct endpoint with_state(int protocol, unsigned char state, int *result)
{
	unsigned char *bytes = bytes_of(recorded_syn_received, 72);
	struct endpoint endpoint;

	bytes[1] = state;
	*result = diag_parse_inet(bytes, 72, protocol, &endpoint);
	free(bytes);
	return endpoint;
}

/* default via 192.0.2.1 dev 4 mtu 1400, as RTM_GETROUTE answers for 198.51.100.7. */
static const unsigned char gateway_answer[] = {
	0x02, 0x20, 0x00, 0x00, 0xfe, 0x00, 0x00, 0x01, 0x00, 0x02, 0x00, 0x00, /* rtmsg */
	0x08, 0x00, 0x01, 0x00, 0xc6, 0x33, 0x64, 0x07,                         /* RTA_DST */
	0x08, 0x00, 0x04, 0x00, 0x04, 0x00, 0x00, 0x00,                         /* RTA_OIF */
	0x08, 0x00, 0x05, 0x00, 0xc0, 0x00, 0x02, 0x01,                         /* RTA_GATEWAY */
	0x0c, 0x00, 0x08, 0x00, 0x08, 0x00, 0x02, 0x00, 0x78, 0x05, 0x00, 0x00, /* RTAX_MTU */
};

START_TEST(route_through_a_gateway)
{
	struct route route;
	struct buf gateway = {0};
	size_t len;

	ck_assert_int_eq(route_parse(gateway_answer, sizeof(gateway_answer), &route), 0);
	ck_assert_int_eq(route.kind, RTN_UNICAST);
	ck_assert_int_eq(route.ifindex, 4);
	ck_assert_uint_eq(route.mtu, 1400);
	address_print_host(&gateway, &route.gateway);
	ck_assert_str_eq(buf_text(&gateway), "192.0.2.1");
	buf_free(&gateway);
	/* Cut off anywhere: no more than what is there. */
	for (len = 0; len < sizeof(gateway_answer); len++)
		if (route_parse(gateway_answer, len, &route) == 0)
			ck_assert_uint_ge(len, sizeof(struct rtmsg));
}
END_TEST

/* As Linux writes them: of IPv4 the bytes as a number of this machine. */
START_TEST(groups_of_an_interface)
{
	struct in_addr group, other;
	struct in6_addr group6;
	char line[64];
	int current = 0;

	inet_pton(AF_INET, "239.1.2.3", &group);
	inet_pton(AF_INET, "239.1.2.4", &other);
	inet_pton(AF_INET6, "ff02::1:3", &group6);
	snprintf(line, sizeof(line), "\t\t\t\t%08X     1 0:00000000\t\t0\n", group.s_addr);
	ck_assert(!group_in_line4("Idx\tDevice    : Count Querier\tGroup    Users\n", 2, &current,
				  &group));
	ck_assert(!group_in_line4("1\tlo        :     1      V3\n", 2, &current, &group));
	ck_assert(!group_in_line4(line, 2, &current, &group));
	ck_assert(!group_in_line4("2\twire0     :     2      V3\n", 2, &current, &group));
	ck_assert(group_in_line4(line, 2, &current, &group));
	ck_assert(!group_in_line4(line, 2, &current, &other));
	ck_assert(group_in_line6(
		"2    wire0           ff020000000000000000000000010003     1 00000004 0\n", 2,
		&group6));
	ck_assert(!group_in_line6(
		"2    wire0           ff020000000000000000000000010004     1 00000004 0\n", 2,
		&group6));
	ck_assert(!group_in_line6(
		"1    lo              ff020000000000000000000000010003     1 00000004 0\n", 2,
		&group6));
	ck_assert(!group_in_line6("2    wire0\n", 2, &group6));
	ck_assert(!group_in_line6("", 2, &group6));
}
END_TEST

START_TEST(states_of_the_kernel)
{
	int result;

	ck_assert_int_eq(with_state(IPPROTO_TCP, 12, &result).state, STATE_SYN_RECEIVED);
	ck_assert_int_eq(with_state(IPPROTO_TCP, 13, &result).state, STATE_CLOSED);
	ck_assert_int_eq(with_state(IPPROTO_MPTCP, 1, &result).state, STATE_ESTABLISHED);
	ck_assert_int_eq(with_state(IPPROTO_UDP, 1, &result).state, STATE_CONNECTED);
	ck_assert_int_eq(with_state(IPPROTO_UDP, 7, &result).state, STATE_UNCONNECTED);
	ck_assert_int_eq(with_state(IPPROTO_RAW, 7, &result).type, SOCK_RAW);
	with_state(IPPROTO_TCP, 0, &result);
	ck_assert_int_eq(result, -1);
	with_state(IPPROTO_TCP, 14, &result);
	ck_assert_int_eq(result, -1);
}
END_TEST

START_TEST(merging)
{
	struct endpoint diag = parsed(recorded_established, IPPROTO_TCP);
	struct endpoint e = {.has = FIELD_STATE | FIELD_READY | FIELD_FD_FLAGS | FIELD_V6ONLY,
			     .state = STATE_CLOSED,
			     .ready = POLLOUT,
			     .fd_flags = 1,
			     .v6only = true};

	endpoint_merge(&e, &diag);
	ck_assert_uint_eq(e.has, diag.has | FIELD_READY | FIELD_FD_FLAGS | FIELD_V6ONLY);
	ck_assert_int_eq(e.family, AF_INET);
	ck_assert_int_eq(e.protocol, IPPROTO_TCP);
	ck_assert_int_eq(e.state, STATE_ESTABLISHED);
	ck_assert_int_eq(e.ready, POLLOUT);
	ck_assert(e.v6only);
	ck_assert_uint_eq(e.recv_queue, 5);
	ck_assert_uint_eq(e.inode, diag.inode);
	ck_assert(address_equal(&e.peer, &diag.peer));
	ck_assert_uint_eq(e.tcp_info_len, diag.tcp_info_len);
	ck_assert_int_eq(memcmp(e.tcp_info, diag.tcp_info, diag.tcp_info_len), 0);
	ck_assert_str_eq(e.congestion, diag.congestion);
	diag = parsed(recorded_listen, IPPROTO_TCP);
	endpoint_merge(&e, &diag);
	ck_assert_uint_eq(e.has & (FIELDS_QUEUES | FIELD_ACCEPT_QUEUE), FIELD_ACCEPT_QUEUE);
}
END_TEST

/* The recorded bytes are of a little-endian machine. */
static TCase *recorded_tests(void)
{
	TCase *tests = tcase_create("recorded answers");

	tcase_add_test(tests, recorded_listener);
	tcase_add_test(tests, recorded_child);
	tcase_add_test(tests, recorded_without_descriptor);
	tcase_add_test(tests, recorded_v6);
	tcase_add_test(tests, recorded_datagram);
	tcase_add_test(tests, recorded_unix);
	tcase_add_test(tests, attributes_of_odd_sizes);
	tcase_add_test(tests, congestion_controls_tell_of_themselves);
	tcase_add_test(tests, route_through_a_gateway);
	tcase_add_test(tests, states_of_the_kernel);
	tcase_add_test(tests, groups_of_an_interface);
	tcase_add_test(tests, merging);
	tcase_add_loop_test(tests, truncated, 0, COUNT_OF(recorded));
	tcase_add_loop_test(tests, garbage, 0, COUNT_OF(recorded));
	tcase_set_timeout(tests, 60);
	return tests;
}

int main(void)
{
	Suite *suite = suite_create("kernel");

	if (LITTLE_ENDIAN_ONLY)
		suite_add_tcase(suite, recorded_tests());
	return unit_main(suite);
}
