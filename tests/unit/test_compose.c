/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "net/compose.h"
#include "unit.h"

/* As TUN devices handed them over, under Linux 6.18; of IPv6, without the flow label. */
static const char *const recorded[] = {
	/* a SYN */
	"4500003c6b9740004006bb220a0000010a000002ed4000500c5df95200000000a002"
	"faf09aa20000020405b40402080ae30cc819000000000103030a",
	/* a reset */
	"4500002800004000400626ce0a0000020a0000010050ed40000000000c5df95350140000a88c0000",
	/* a SYN over IPv6 */
	"6000000000280640fd000000000000000000000000000001fd000000000000000000000000000002"
	"8fca0050c5c179a900000000a002fd20b6480000020405a00402080a325a98c3000000000103030a",
	/* a datagram, and what came of it */
	"4500001e8a25400040119ca70a0000010a000002c4c60009000abe9e6869",
	"45c0003a7f8300004001e67d0a0000020a0000010303111b00000000"
	"4500001e8a25400040119ca70a0000010a000002c4c60009000abe9e6869",
};

static size_t bytes_of(const char *hex, unsigned char *bytes)
{
	size_t i, len = strlen(hex) / 2;

	for (i = 0; i < len; i++)
		ck_assert_int_eq(sscanf(hex + 2 * i, "%2hhx", &bytes[i]), 1);
	return len;
}

/* What was taken apart is put together again, byte by byte. */
START_TEST(as_the_kernel_sends_it)
{
	unsigned char bytes[256];
	size_t len = bytes_of(recorded[_i], bytes);
	struct packet packet;
	struct buf out = {0};

	ck_assert_int_eq(packet_parse(&packet, bytes, len), 0);
	ck_assert_int_eq(compose(&out, &packet, bytes + packet.payload, packet.present), 0);
	ck_assert_uint_eq(out.len, len);
	ck_assert_mem_eq(out.data, bytes, len);
	buf_free(&out);
}
END_TEST

static struct address at(int family, int last, int port)
{
	unsigned char bytes[16] = {10};

	bytes[family == AF_INET ? 3 : 15] = (unsigned char)last;
	return address_make(family, bytes, port, 0);
}

static struct packet made(int family, int protocol)
{
	bool ports = protocol == IPPROTO_TCP || protocol == IPPROTO_UDP;

	return (struct packet){
		.family = family,
		.protocol = protocol,
		.src = at(family, 1, ports ? 40000 : 0),
		.dst = at(family, 2, ports ? 80 : 0),
		.ttl = 7,
		.tos = 0x10,
	};
}

static void check_tcp(const struct packet_tcp *a, const struct packet_tcp *b)
{
	ck_assert_uint_eq(a->seq, b->seq);
	ck_assert_uint_eq(a->ack, b->ack);
	ck_assert_uint_eq(a->flags, b->flags);
	ck_assert_uint_eq(a->window, b->window);
	ck_assert_uint_eq(a->urgent, b->urgent);
	ck_assert_uint_eq(a->options, b->options);
	ck_assert_uint_eq(a->mss, b->mss);
	ck_assert_uint_eq(a->wscale, b->wscale);
	ck_assert_int_eq(a->sacks, b->sacks);
	ck_assert_mem_eq(a->sack, b->sack, sizeof(a->sack));
	ck_assert_uint_eq(a->tsval, b->tsval);
	ck_assert_uint_eq(a->tsecr, b->tsecr);
	ck_assert_int_eq(a->cookie, b->cookie);
	ck_assert_mem_eq(a->fastopen, b->fastopen, sizeof(a->fastopen));
}

static void check_icmp(const struct packet_icmp *a, const struct packet_icmp *b)
{
	ck_assert_uint_eq(a->type, b->type);
	ck_assert_uint_eq(a->code, b->code);
	ck_assert_uint_eq(a->mtu, b->mtu);
	ck_assert_uint_eq(a->id, b->id);
}

/* Taken apart again it is what it was, and every checksum fits. */
static void check_round(const struct packet *packet, const char *data, size_t len)
{
	struct packet again;
	struct buf out = {0};

	ck_assert_int_eq(compose(&out, packet, data, len), 0);
	ck_assert_int_eq(packet_parse(&again, out.data, out.len), 0);
	ck_assert_ptr_null(again.broken);
	ck_assert_int_eq(again.bad_checksum, packet->bad_checksum);
	ck_assert_int_eq(again.family, packet->family);
	ck_assert_int_eq(again.protocol, packet->protocol);
	ck_assert(address_equal(&again.src, &packet->src));
	ck_assert(address_equal(&again.dst, &packet->dst));
	ck_assert_uint_eq(again.ttl, packet->ttl);
	ck_assert_uint_eq(again.tos, packet->tos);
	ck_assert_uint_eq(again.length, len);
	ck_assert_uint_eq(again.present, len);
	if (len)
		ck_assert_mem_eq(out.data + again.payload, data, len);
	check_tcp(&again.tcp, &packet->tcp);
	check_icmp(&again.icmp, &packet->icmp);
	buf_free(&out);
}

static const int families[] = {AF_INET, AF_INET6};

START_TEST(segments)
{
	static const unsigned options[] = {
		0,
		PACKET_MSS,
		PACKET_SACK_OK,
		PACKET_WSCALE,
		PACKET_TIMESTAMP,
		PACKET_SACK,
		PACKET_MSS | PACKET_SACK_OK | PACKET_WSCALE,
		PACKET_SACK_OK | PACKET_TIMESTAMP,
		PACKET_MSS | PACKET_SACK_OK | PACKET_TIMESTAMP | PACKET_WSCALE,
		PACKET_TIMESTAMP | PACKET_SACK,
	};
	struct packet packet = made(families[_i], IPPROTO_TCP);
	struct packet_tcp *tcp = &packet.tcp;
	size_t i, len;

	for (i = 0; i < COUNT_OF(options); i++)
		for (len = 0; len < 4; len++) {
			*tcp = (struct packet_tcp){.seq = 0xfffffffe,
						   .ack = 0x01020304,
						   .flags = 0x1ff,
						   .window = 0xfffe,
						   .urgent = 5,
						   .options = options[i]};
			if (options[i] & PACKET_MSS)
				tcp->mss = 1460;
			if (options[i] & PACKET_WSCALE)
				tcp->wscale = 14;
			if (options[i] & PACKET_TIMESTAMP) {
				tcp->tsval = 0xdeadbeef;
				tcp->tsecr = 7;
			}
			if (options[i] & PACKET_SACK) {
				tcp->sacks = 1;
				tcp->sack[0].from = 100;
				tcp->sack[0].to = 200;
			}
			packet.bad_checksum = i % 2;
			check_round(&packet, "odd", len);
		}
}
END_TEST

START_TEST(datagrams)
{
	struct packet packet = made(families[_i], IPPROTO_UDP);
	char data[3] = {0};
	int value;

	check_round(&packet, "hello", 5);
	check_round(&packet, "", 0);
	packet.bad_checksum = true;
	check_round(&packet, "hello", 5);
	packet.bad_checksum = false;
	/* A sum of which the checksum would be 0, which says that there is none, is among them. */
	for (value = 0; value < 65536; value++) {
		struct buf out = {0};
		struct packet again;

		data[0] = (char)(value >> 8);
		data[1] = (char)value;
		ck_assert_int_eq(compose(&out, &packet, data, 2), 0);
		ck_assert_int_eq(packet_parse(&again, out.data, out.len), 0);
		ck_assert(!again.bad_checksum);
		ck_assert(out.data[again.transport + 6] || out.data[again.transport + 7]);
		buf_free(&out);
	}
}
END_TEST

START_TEST(icmp)
{
	bool v6 = families[_i] == AF_INET6;
	struct packet packet = made(families[_i], v6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP);

	packet.icmp = (struct packet_icmp){.type = v6 ? ICMP6_ECHO_REQUEST : ICMP_ECHO, .id = 77};
	check_round(&packet, "ping", 4);
	packet.icmp = (struct packet_icmp){.type = v6 ? ICMP6_PACKET_TOO_BIG : ICMP_DEST_UNREACH,
					   .code = v6 ? 0 : ICMP_FRAG_NEEDED,
					   .mtu = 1000};
	check_round(&packet, "what is quoted", 14);
	packet.bad_checksum = true;
	check_round(&packet, "what is quoted", 14);
}
END_TEST

START_TEST(too_long)
{
	struct packet packet = made(families[_i], IPPROTO_UDP);
	size_t headers = families[_i] == AF_INET ? 28 : 48;
	char *data = calloc(1, COMPOSE_MOST);
	struct buf out = {0};

	ck_assert_int_eq(compose(&out, &packet, data, COMPOSE_MOST - headers), 0);
	buf_reset(&out);
	ck_assert_int_eq(compose(&out, &packet, data, COMPOSE_MOST - headers + 1), -1);
	ck_assert_int_eq(compose(&out, &packet, data, (size_t)-1), -1);
	/* Four blocks and all options besides are more than a header can count. */
	packet = made(families[_i], IPPROTO_TCP);
	packet.tcp.options =
		PACKET_MSS | PACKET_SACK_OK | PACKET_TIMESTAMP | PACKET_WSCALE | PACKET_SACK;
	packet.tcp.sacks = PACKET_SACKS;
	ck_assert_int_eq(compose(&out, &packet, data, 0), -1);
	ck_assert_uint_eq(out.len, 0);
	buf_free(&out);
	free(data);
}
END_TEST

/* Cookies of every length, and the request for one, which has none. */
START_TEST(fast_open)
{
	struct packet packet = made(families[_i], IPPROTO_TCP);
	int i;

	packet.tcp.flags = PACKET_SYN;
	packet.tcp.options = PACKET_MSS | PACKET_FASTOPEN;
	packet.tcp.mss = 1460;
	for (i = 0; i <= PACKET_COOKIE; i++) {
		packet.tcp.cookie = i;
		if (i)
			packet.tcp.fastopen[i - 1] = (uint8_t)(0xa0 + i);
		check_round(&packet, "data", 4);
	}
}
END_TEST

static void check_fragment(const struct buf *whole, size_t offset, size_t count, bool more)
{
	bool v6 = whole->data[0] >> 4 == 6;
	size_t header = v6 ? 40 : 20;
	struct packet packet;
	struct buf out = {0};

	ck_assert_int_eq(compose_fragment(&out, whole->data, whole->len, 0x1234, offset, count), 0);
	ck_assert_uint_eq(out.len, header + (v6 ? 8 : 0) + count);
	ck_assert_mem_eq(out.data + out.len - count, whole->data + header + offset, count);
	ck_assert_int_eq(packet_parse(&packet, out.data, out.len), 0);
	ck_assert_ptr_null(packet.broken);
	ck_assert(!packet.bad_checksum);
	ck_assert(packet.fragment.is);
	ck_assert_uint_eq(packet.fragment.id, 0x1234);
	ck_assert_uint_eq(packet.fragment.offset, offset);
	ck_assert_int_eq(packet.fragment.more, more);
	ck_assert_int_eq(packet.protocol, IPPROTO_UDP);
	buf_free(&out);
}

START_TEST(fragments)
{
	struct packet packet = made(families[_i], IPPROTO_UDP);
	struct buf whole = {0}, out = {0};

	/* 24 bytes behind the header of IP. */
	ck_assert_int_eq(compose(&whole, &packet, "0123456789abcdef", 16), 0);
	check_fragment(&whole, 0, 8, true);
	check_fragment(&whole, 0, 16, true);
	check_fragment(&whole, 16, 8, false);
	check_fragment(&whole, 16, 7, true);
	ck_assert_int_eq(compose_fragment(&out, whole.data, whole.len, 1, 4, 8), -1);
	ck_assert_int_eq(compose_fragment(&out, whole.data, whole.len, 1, 16, 9), -1);
	ck_assert_int_eq(compose_fragment(&out, whole.data, whole.len, 1, 24, 1), -1);
	ck_assert_int_eq(compose_fragment(&out, whole.data, whole.len, 1, 0, 0), -1);
	ck_assert_uint_eq(out.len, 0);
	buf_free(&whole);
}
END_TEST

START_TEST(what_an_error_quotes)
{
	ck_assert_uint_eq(compose_quoted(AF_INET, 40), 40);
	ck_assert_uint_eq(compose_quoted(AF_INET, 1500), 576 - 28);
	ck_assert_uint_eq(compose_quoted(AF_INET6, 1500), 1280 - 48);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("compose");
	TCase *tc = tcase_create("compose");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, as_the_kernel_sends_it, 0, COUNT_OF(recorded));
	tcase_add_loop_test(tc, segments, 0, COUNT_OF(families));
	tcase_add_loop_test(tc, datagrams, 0, COUNT_OF(families));
	tcase_add_loop_test(tc, icmp, 0, COUNT_OF(families));
	tcase_add_loop_test(tc, too_long, 0, COUNT_OF(families));
	tcase_add_loop_test(tc, fast_open, 0, COUNT_OF(families));
	tcase_add_loop_test(tc, fragments, 0, COUNT_OF(families));
	tcase_add_test(tc, what_an_error_quotes);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
