/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/compose.h"

#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>
#include <string.h>

#include "net/header.h"

#define OPTIONS_MOST 40 /* bytes: what a data offset of 15 leaves */

/* What every link must carry (RFC 791; RFC 8200, section 5). */
#define LEAST_REASSEMBLED 576
#define LEAST_MTU6        1280

#define DONT_FRAGMENT  0x4000
#define MORE_FRAGMENTS 0x2000

struct writer {
	unsigned char bytes[IPV6_HEADER + TCP_HEADER + OPTIONS_MOST];
	size_t len;
	bool full;
};

static void put8(struct writer *to, unsigned value)
{
	if (to->len == sizeof(to->bytes))
		to->full = true;
	else
		to->bytes[to->len++] = (unsigned char)value;
}

static void put16(struct writer *to, unsigned value)
{
	put8(to, value >> 8);
	put8(to, value);
}

static void put32(struct writer *to, uint32_t value)
{
	put16(to, value >> 16);
	put16(to, value);
}

static void put_bytes(struct writer *to, const void *bytes, size_t len)
{
	const unsigned char *at = bytes;

	while (len--)
		put8(to, *at++);
}

static void set_be16(unsigned char *at, unsigned value)
{
	at[0] = (unsigned char)(value >> 8);
	at[1] = (unsigned char)value;
}

static void set16(struct writer *to, size_t at, unsigned value)
{
	set_be16(to->bytes + at, value);
}

static void put_timestamp(struct writer *to, const struct packet_tcp *tcp)
{
	put8(to, OPTION_STAMP);
	put8(to, 10);
	put32(to, tcp->tsval);
	put32(to, tcp->tsecr);
}

static void put_nops(struct writer *to, int count)
{
	while (count--)
		put8(to, OPTION_NOP);
}

static void put_sacks(struct writer *to, const struct packet_tcp *tcp)
{
	int i;

	put_nops(to, 2);
	put8(to, OPTION_SACK);
	put8(to, (unsigned)(2 + 8 * tcp->sacks));
	for (i = 0; i < tcp->sacks; i++) {
		put32(to, tcp->sack[i].from);
		put32(to, tcp->sack[i].to);
	}
}

static void put_cookie(struct writer *to, const struct packet_tcp *tcp)
{
	size_t len = (size_t)tcp->cookie < PACKET_COOKIE ? (size_t)tcp->cookie : PACKET_COOKIE;

	put8(to, OPTION_FASTOPEN);
	put8(to, (unsigned)(2 + len));
	put_bytes(to, tcp->fastopen, len);
	put_nops(to, (int)((2 - len) % 4));
}

/* Each begins where four bytes do, as tcp_options_write() of the kernel has it. */
static void put_options(struct writer *to, const struct packet_tcp *tcp)
{
	if (tcp->options & PACKET_MSS) {
		put8(to, OPTION_MSS);
		put8(to, 4);
		put16(to, tcp->mss);
	}
	if (tcp->options & PACKET_SACK_OK) {
		put8(to, OPTION_SACK_OK);
		put8(to, 2);
	}
	if (tcp->options & PACKET_TIMESTAMP) {
		put_nops(to, tcp->options & PACKET_SACK_OK ? 0 : 2);
		put_timestamp(to, tcp);
	} else if (tcp->options & PACKET_SACK_OK) {
		put_nops(to, 2);
	}
	if (tcp->options & PACKET_WSCALE) {
		put_nops(to, 1);
		put8(to, OPTION_WSCALE);
		put8(to, 3);
		put8(to, tcp->wscale);
	}
	if (tcp->options & PACKET_SACK)
		put_sacks(to, tcp);
	if (tcp->options & PACKET_FASTOPEN)
		put_cookie(to, tcp);
}

static void put_ports(struct writer *to, const struct packet *what)
{
	put16(to, (unsigned)address_port(&what->src));
	put16(to, (unsigned)address_port(&what->dst));
}

static int put_tcp(struct writer *to, const struct packet *what)
{
	const struct packet_tcp *tcp = &what->tcp;
	size_t start = to->len, header;

	put_ports(to, what);
	put32(to, tcp->seq);
	put32(to, tcp->ack);
	put16(to, tcp->flags & 0x1ff);
	put16(to, tcp->window);
	put16(to, 0); /* the checksum */
	put16(to, tcp->urgent);
	put_options(to, tcp);
	header = to->len - start;
	if (to->full || header > TCP_HEADER + OPTIONS_MOST)
		return -1;
	to->bytes[start + 12] |= (unsigned char)(header / 4 << 4);
	return 0;
}

static void put_udp(struct writer *to, const struct packet *what, size_t len)
{
	put_ports(to, what);
	put16(to, (unsigned)(UDP_HEADER + len));
	put16(to, 0); /* the checksum */
}

static void put_icmp(struct writer *to, const struct packet *what)
{
	const struct packet_icmp *icmp = &what->icmp;

	put8(to, icmp->type);
	put8(to, icmp->code);
	put16(to, 0); /* the checksum */
	put16(to, icmp->id);
	put16(to, icmp->mtu ? icmp->mtu : icmp->seq);
}

/* Where the checksum stands in the header of a protocol; -1: it has none that is known. */
static int checksum_at(int protocol)
{
	switch (protocol) {
	case IPPROTO_TCP:
		return 16;
	case IPPROTO_UDP:
		return 6;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return 2;
	default:
		return -1;
	}
}

static void set_checksum(struct writer *to, size_t start, const struct packet *what,
			 const void *data, size_t len)
{
	int at = checksum_at(what->protocol);
	uint32_t sum = 0;
	uint16_t folded;

	if (at < 0)
		return;
	if (what->protocol != IPPROTO_ICMP)
		sum = packet_pseudo_sum(&what->src, &what->dst, what->protocol,
					to->len - start + len);
	/* Headers are of an even length, so that the data goes on where they end. */
	sum = packet_sum(sum, to->bytes + start, to->len - start);
	folded = packet_fold(packet_sum(sum, data, len));
	if (what->bad_checksum)
		folded ^= 0x0101;
	/* 0 would say that none was computed (RFC 768). */
	if (what->protocol == IPPROTO_UDP && !folded)
		folded = 0xffff;
	set16(to, start + (size_t)at, folded);
}

static int put_transport(struct writer *to, const struct packet *what, const void *data, size_t len)
{
	size_t start = to->len;

	/* Its header is in the first one. */
	if (what->fragment.offset)
		return 0;
	if (what->protocol == IPPROTO_TCP && put_tcp(to, what) < 0)
		return -1;
	if (what->protocol == IPPROTO_UDP)
		put_udp(to, what, len);
	if (what->protocol == IPPROTO_ICMP || what->protocol == IPPROTO_ICMPV6)
		put_icmp(to, what);
	set_checksum(to, start, what, data, len);
	return 0;
}

/* As Linux sends it: only its ICMP errors may be fragmented on their way. */
static unsigned fragment_field(const struct packet *what)
{
	if (what->fragment.is)
		return what->fragment.offset / FRAGMENT_UNIT |
		       (what->fragment.more ? MORE_FRAGMENTS : 0);
	return what->protocol == IPPROTO_ICMP ? 0 : DONT_FRAGMENT;
}

static void put_ipv4(struct writer *to, const struct packet *what)
{
	put8(to, 4 << 4 | IPV4_HEADER / 4);
	put8(to, what->tos);
	put16(to, 0); /* the length */
	put16(to, what->fragment.id);
	put16(to, fragment_field(what));
	put8(to, what->ttl);
	put8(to, (unsigned)what->protocol);
	put16(to, 0); /* the checksum */
	put_bytes(to, &what->src.in.sin_addr, 4);
	put_bytes(to, &what->dst.in.sin_addr, 4);
}

static void put_ipv6(struct writer *to, const struct packet *what)
{
	put32(to, 6U << 28 | (uint32_t)what->tos << 20);
	put16(to, 0); /* the length */
	put8(to, (unsigned)what->protocol);
	put8(to, what->ttl);
	put_bytes(to, &what->src.in6.sin6_addr, 16);
	put_bytes(to, &what->dst.in6.sin6_addr, 16);
}

static void finish_ip(struct writer *to, const struct packet *what, size_t len)
{
	if (what->family == AF_INET6) {
		set16(to, 4, (unsigned)(to->len - IPV6_HEADER + len));
		return;
	}
	set16(to, 2, (unsigned)(to->len + len));
	set16(to, 10, packet_fold(packet_sum(0, to->bytes, IPV4_HEADER)));
}

int compose(struct buf *out, const struct packet *what, const void *data, size_t len)
{
	struct writer to = {.len = 0};

	if (what->family == AF_INET6)
		put_ipv6(&to, what);
	else
		put_ipv4(&to, what);
	if (len > COMPOSE_MOST || put_transport(&to, what, data, len) < 0 ||
	    to.len + len > COMPOSE_MOST)
		return -1;
	finish_ip(&to, what, len);
	buf_add(out, to.bytes, to.len);
	buf_add(out, data, len);
	return 0;
}

static void cut_ipv4(unsigned char *header, const struct packet_fragment *part, size_t len)
{
	uint16_t sum;

	set_be16(header + 2, (unsigned)(IPV4_HEADER + len));
	set_be16(header + 4, part->id & 0xffff);
	set_be16(header + 6, part->offset / FRAGMENT_UNIT | (part->more ? MORE_FRAGMENTS : 0));
	set_be16(header + 10, 0);
	sum = packet_fold(packet_sum(0, header, IPV4_HEADER));
	set_be16(header + 10, sum);
}

/* RFC 8200, section 4.5: a header of its own, between that of IP and the part. */
static void cut_ipv6(unsigned char *header, const struct packet_fragment *part, size_t len)
{
	unsigned char *own = header + IPV6_HEADER;

	own[0] = header[6];
	own[1] = 0;
	set_be16(own + 2, part->offset | (part->more ? 1 : 0));
	set_be16(own + 4, part->id >> 16);
	set_be16(own + 6, part->id & 0xffff);
	header[6] = IPPROTO_FRAGMENT;
	set_be16(header + 4, (unsigned)(FRAGMENT6_HEADER + len));
}

int compose_fragment(struct buf *out, const void *packet, size_t len, uint32_t id, size_t offset,
		     size_t count)
{
	const unsigned char *bytes = packet;
	bool v6 = bytes[0] >> 4 == 6;
	size_t header = v6 ? IPV6_HEADER : IPV4_HEADER, whole = len - header;
	unsigned char head[IPV6_HEADER + FRAGMENT6_HEADER] = {0};
	struct packet_fragment part = {
		.id = id, .offset = (uint32_t)offset, .more = offset + count < whole};

	if (!count || offset % FRAGMENT_UNIT || offset >= whole || count > whole - offset)
		return -1;
	memcpy(head, bytes, header);
	if (v6)
		cut_ipv6(head, &part, count);
	else
		cut_ipv4(head, &part, count);
	buf_add(out, head, v6 ? sizeof(head) : header);
	buf_add(out, bytes + header + offset, count);
	return 0;
}

size_t compose_quoted(int family, size_t len)
{
	size_t most = family == AF_INET6 ? LEAST_MTU6 - IPV6_HEADER - ICMP_HEADER
					 : LEAST_REASSEMBLED - IPV4_HEADER - ICMP_HEADER;

	return len < most ? len : most;
}
