/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/packet.h"

#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <string.h>

#include "net/groups.h"
#include "net/header.h"

static uint16_t get16(const unsigned char *at)
{
	return (uint16_t)(at[0] << 8 | at[1]);
}

static uint32_t get32(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

uint32_t packet_sum(uint32_t sum, const void *bytes, size_t len)
{
	const unsigned char *at = bytes;
	uint64_t wide = sum;

	for (; len > 1; at += 2, len -= 2)
		wide += get16(at);
	if (len)
		wide += (uint32_t)(*at << 8);
	while (wide >> 32)
		wide = (wide & 0xffffffff) + (wide >> 32);
	return (uint32_t)wide;
}

uint16_t packet_fold(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

uint32_t packet_pseudo_sum(const struct address *src, const struct address *dst, int protocol,
			   size_t len)
{
	unsigned char tail[8] = {(unsigned char)(len >> 24), (unsigned char)(len >> 16),
				 (unsigned char)(len >> 8),
				 (unsigned char)len, [7] = (unsigned char)protocol};
	uint32_t sum = packet_sum(0, tail, sizeof(tail));

	if (src->any.sa_family == AF_INET) {
		sum = packet_sum(sum, &src->in.sin_addr, 4);
		return packet_sum(sum, &dst->in.sin_addr, 4);
	}
	sum = packet_sum(sum, &src->in6.sin6_addr, 16);
	return packet_sum(sum, &dst->in6.sin6_addr, 16);
}

static int broken(struct packet *out, const char *why)
{
	out->broken = why;
	return 0;
}

static void read_sacks(struct packet_tcp *tcp, const unsigned char *at, size_t len)
{
	for (; len >= 8 && tcp->sacks < PACKET_SACKS; at += 8, len -= 8) {
		tcp->sack[tcp->sacks].from = get32(at);
		tcp->sack[tcp->sacks++].to = get32(at + 4);
	}
}

/* One option: AT is its value, of LEN bytes. */
static void read_tcp_option(struct packet_tcp *tcp, int kind, const unsigned char *at, size_t len)
{
	if (kind == OPTION_MSS && len == 2) {
		tcp->options |= PACKET_MSS;
		tcp->mss = get16(at);
	} else if (kind == OPTION_WSCALE && len == 1) {
		tcp->options |= PACKET_WSCALE;
		tcp->wscale = at[0];
	} else if (kind == OPTION_SACK_OK && len == 0) {
		tcp->options |= PACKET_SACK_OK;
	} else if (kind == OPTION_SACK && len >= 8 && len % 8 == 0) {
		tcp->options |= PACKET_SACK;
		read_sacks(tcp, at, len);
	} else if (kind == OPTION_STAMP && len == 8) {
		tcp->options |= PACKET_TIMESTAMP;
		tcp->tsval = get32(at);
		tcp->tsecr = get32(at + 4);
	} else if (kind == OPTION_FASTOPEN) {
		tcp->options |= PACKET_FASTOPEN;
		tcp->cookie = (int)len;
		memcpy(tcp->fastopen, at, len < PACKET_COOKIE ? len : PACKET_COOKIE);
	} else {
		tcp->options |= PACKET_OTHER_OPTS;
	}
}

static void read_tcp_options(struct packet *out, const unsigned char *at, size_t len)
{
	while (len && *at != OPTION_END) {
		size_t size = *at == OPTION_NOP ? 1 : len > 1 ? at[1] : 0;

		if (size > len || size < (*at == OPTION_NOP ? 1 : 2)) {
			broken(out, "an option of the segment has no room");
			return;
		}
		if (size > 1)
			read_tcp_option(&out->tcp, at[0], at + 2, size - 2);
		at += size;
		len -= size;
	}
}

static void set_ports(struct packet *out, const unsigned char *at)
{
	in_port_t src, dst;

	memcpy(&src, at, sizeof(src));
	memcpy(&dst, at + 2, sizeof(dst));
	if (out->family == AF_INET) {
		out->src.in.sin_port = src;
		out->dst.in.sin_port = dst;
	} else {
		out->src.in6.sin6_port = src;
		out->dst.in6.sin6_port = dst;
	}
}

/* The data begins HEADER bytes into the LEN bytes that the packet counts; HERE of them are here. */
static void set_payload(struct packet *out, size_t header, size_t len, size_t here)
{
	out->payload = out->transport + header;
	out->length = len - header;
	out->present = here > header ? here - header : 0;
}

static int read_tcp(struct packet *out, const unsigned char *at, size_t len, size_t here)
{
	struct packet_tcp *tcp = &out->tcp;
	size_t header;

	if (here < 4)
		return broken(out, "the TCP header is cut short");
	set_ports(out, at);
	/* An ICMP error quotes no more than these eight bytes for certain (RFC 792). */
	if (here < 8)
		return broken(out, "the TCP header is cut short");
	tcp->seq = get32(at + 4);
	if (here < TCP_HEADER)
		return broken(out, "the TCP header is cut short");
	tcp->ack = get32(at + 8);
	tcp->flags = get16(at + 12) & 0x1ff;
	tcp->window = get16(at + 14);
	tcp->urgent = get16(at + 18);
	header = (size_t)(at[12] >> 4) * 4;
	if (header < TCP_HEADER || header > len)
		return broken(out, "the TCP header's length makes no sense");
	if (header > here)
		return broken(out, "the TCP options are cut short");
	read_tcp_options(out, at + TCP_HEADER, header - TCP_HEADER);
	set_payload(out, header, len, here);
	return 0;
}

static int read_udp(struct packet *out, const unsigned char *at, size_t len, size_t here)
{
	size_t counted;

	if (here < 4)
		return broken(out, "the UDP header is cut short");
	set_ports(out, at);
	if (here < UDP_HEADER)
		return broken(out, "the UDP header is cut short");
	counted = get16(at + 4);
	/* The first of several fragments counts the datagram whole: what it holds is told. */
	if (counted > len && out->fragment.is)
		counted = len;
	if (counted < UDP_HEADER || counted > len)
		return broken(out, "the UDP length makes no sense");
	set_payload(out, UDP_HEADER, counted, here < counted ? here : counted);
	return 0;
}

static bool icmp_quotes(const struct packet *out)
{
	if (out->family == AF_INET6)
		return out->icmp.type < 128; /* RFC 4443, section 2.1 */
	return out->icmp.type == ICMP_DEST_UNREACH || out->icmp.type == ICMP_SOURCE_QUENCH ||
	       out->icmp.type == ICMP_REDIRECT || out->icmp.type == ICMP_TIME_EXCEEDED ||
	       out->icmp.type == ICMP_PARAMETERPROB;
}

static bool tells_mtu(const struct packet *out)
{
	if (out->family == AF_INET6)
		return out->icmp.type == ICMP6_PACKET_TOO_BIG;
	return out->icmp.type == ICMP_DEST_UNREACH && out->icmp.code == ICMP_FRAG_NEEDED;
}

static int read_icmp(struct packet *out, const unsigned char *at, size_t len, size_t here)
{
	struct packet_icmp *icmp = &out->icmp;

	if (here < ICMP_HEADER)
		return broken(out, "the ICMP header is cut short");
	icmp->type = at[0];
	icmp->code = at[1];
	icmp->id = get16(at + 4);
	icmp->seq = get16(at + 6);
	if (tells_mtu(out))
		icmp->mtu = icmp->seq;
	if (icmp_quotes(out) && here > ICMP_HEADER)
		icmp->quoted = out->transport + ICMP_HEADER;
	if (out->family == AF_INET6)
		groups_read_mld(&out->groups, at, here);
	set_payload(out, ICMP_HEADER, len, here);
	return 0;
}

static int read_igmp(struct packet *out, const unsigned char *at, size_t len, size_t here)
{
	if (here < IGMP_HEADER)
		return broken(out, "the IGMP message is cut short");
	groups_read_igmp(&out->groups, at, here);
	set_payload(out, IGMP_HEADER, len, here);
	return 0;
}

static bool checksum_fits(const struct packet *out, const unsigned char *at, size_t len)
{
	uint32_t sum = 0;

	if (out->protocol == IPPROTO_UDP && out->family == AF_INET && !get16(at + 6))
		return true; /* none was computed */
	if (out->protocol == IPPROTO_UDP)
		len = get16(at + 4);
	if (out->protocol != IPPROTO_ICMP && out->protocol != IPPROTO_IGMP)
		sum = packet_pseudo_sum(&out->src, &out->dst, out->protocol, len);
	return packet_fold(packet_sum(sum, at, len)) == 0;
}

/* What the IP headers carry: LEN bytes by their count, of which HERE are here. */
static int read_transport(struct packet *out, const unsigned char *bytes, size_t len, size_t here)
{
	const unsigned char *at = bytes + out->transport;

	if (out->fragment.offset) {
		set_payload(out, 0, len, here);
		return 0;
	}
	if (out->protocol == IPPROTO_TCP)
		read_tcp(out, at, len, here);
	else if (out->protocol == IPPROTO_UDP)
		read_udp(out, at, len, here);
	else if (out->protocol == IPPROTO_ICMP || out->protocol == IPPROTO_ICMPV6)
		read_icmp(out, at, len, here);
	else if (out->protocol == IPPROTO_IGMP)
		read_igmp(out, at, len, here);
	else {
		set_payload(out, 0, len, here);
		return 0;
	}
	if (!out->broken && len == here && !out->fragment.is)
		out->bad_checksum |= !checksum_fits(out, at, len);
	return 0;
}

static int read_ipv4(struct packet *out, const unsigned char *bytes, size_t len)
{
	size_t header = (size_t)(bytes[0] & 15) * 4, total;
	uint16_t fragment;

	if (len < IPV4_HEADER || header < IPV4_HEADER || header > len) {
		out->broken = "the IPv4 header is cut short";
		return -1;
	}
	out->family = AF_INET;
	out->tos = bytes[1];
	out->ttl = bytes[8];
	out->protocol = bytes[9];
	out->src = address_make(AF_INET, bytes + 12, 0, 0);
	out->dst = address_make(AF_INET, bytes + 16, 0, 0);
	fragment = get16(bytes + 6);
	out->fragment.id = get16(bytes + 4);
	out->fragment.more = fragment & 0x2000;
	out->fragment.offset = (uint32_t)(fragment & 0x1fff) * FRAGMENT_UNIT;
	out->fragment.is = out->fragment.more || out->fragment.offset;
	out->bad_checksum = packet_fold(packet_sum(0, bytes, header)) != 0;
	total = get16(bytes + 2);
	if (total < header)
		return broken(out, "the IPv4 length makes no sense");
	out->transport = header;
	return read_transport(out, bytes, total - header, (total < len ? total : len) - header);
}

size_t packet_extension(int kind, unsigned char length)
{
	return kind == IPPROTO_FRAGMENT ? FRAGMENT6_HEADER
	       : kind == IPPROTO_AH     ? ((size_t)length + 2) * 4
					: ((size_t)length + 1) * 8;
}

/* Steps over one extension header. Returns its length; 0: it is cut short. */
static size_t skip_extension(struct packet *out, const unsigned char *at, size_t here)
{
	int kind = out->protocol;
	size_t size;

	if (here < 8)
		return 0;
	out->protocol = at[0];
	size = packet_extension(kind, at[1]);
	if (kind == IPPROTO_FRAGMENT) {
		out->fragment.offset = get16(at + 2) & 0xfff8;
		out->fragment.more = at[3] & 1;
		out->fragment.id = get32(at + 4);
		out->fragment.is = out->fragment.more || out->fragment.offset;
	}
	return size <= here ? size : 0;
}

static bool is_extension(int protocol)
{
	return protocol == IPPROTO_HOPOPTS || protocol == IPPROTO_ROUTING ||
	       protocol == IPPROTO_FRAGMENT || protocol == IPPROTO_DSTOPTS ||
	       protocol == IPPROTO_AH;
}

static int read_ipv6(struct packet *out, const unsigned char *bytes, size_t len)
{
	size_t at = IPV6_HEADER, end;

	if (len < IPV6_HEADER) {
		out->broken = "the IPv6 header is cut short";
		return -1;
	}
	out->family = AF_INET6;
	out->tos = (uint8_t)(get16(bytes) >> 4);
	out->protocol = bytes[6];
	out->ttl = bytes[7];
	out->src = address_make(AF_INET6, bytes + 8, 0, 0);
	out->dst = address_make(AF_INET6, bytes + 24, 0, 0);
	end = IPV6_HEADER + get16(bytes + 4);
	while (is_extension(out->protocol) && !out->fragment.offset) {
		size_t size = skip_extension(out, bytes + at, (end < len ? end : len) - at);

		if (!size)
			return broken(out, "an IPv6 extension header is cut short");
		at += size;
	}
	out->transport = at;
	return read_transport(out, bytes, end - at, (end < len ? end : len) - at);
}

int packet_parse(struct packet *out, const void *bytes, size_t len)
{
	const unsigned char *at = bytes;

	*out = (struct packet){0};
	if (len && at[0] >> 4 == 4)
		return read_ipv4(out, at, len);
	if (len && at[0] >> 4 == 6)
		return read_ipv6(out, at, len);
	out->broken = "neither IPv4 nor IPv6";
	return -1;
}

uint32_t packet_span(const struct packet *packet)
{
	return (uint32_t)packet->length + !!(packet->tcp.flags & PACKET_SYN) +
	       !!(packet->tcp.flags & PACKET_FIN);
}

/* Flips the last bit of a byte; back again where that goes unnoticed. */
static bool flip(unsigned char *bytes, size_t len, size_t at)
{
	struct packet packet;

	if (at >= len)
		return false;
	bytes[at] ^= 1;
	if (packet_parse(&packet, bytes, len) == 0 && packet.bad_checksum)
		return true;
	bytes[at] ^= 1;
	return false;
}

/* The second byte of the checksum in the protocol's header; 0: it has none that is known here. */
static size_t checksum_at(int protocol)
{
	switch (protocol) {
	case IPPROTO_TCP:
		return 17;
	case IPPROTO_UDP:
		return 7;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
	case IPPROTO_IGMP:
		return 3;
	default:
		return 0;
	}
}

int packet_corrupt(void *bytes, size_t len)
{
	struct packet packet;
	unsigned char *at = bytes;

	if (packet_parse(&packet, bytes, len) < 0)
		return -1;
	if (packet.bad_checksum)
		return 0;
	if (packet.present && packet.fragment.is) {
		at[packet.payload] ^= 1;
		return 0;
	}
	if (packet.present && flip(at, len, packet.payload))
		return 0;
	if (packet.transport && checksum_at(packet.protocol) &&
	    flip(at, len, packet.transport + checksum_at(packet.protocol)))
		return 0;
	/* The second byte of the IPv4 header's own checksum. */
	return packet.family == AF_INET && flip(at, len, 11) ? 0 : -1;
}
