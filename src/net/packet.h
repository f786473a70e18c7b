/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NET_PACKET_H
#define SOCKSTEP_NET_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/address.h"

/*
 * An IP packet taken apart: from its first header on, as a TUN device hands it over. Pure: bytes
 * in, values out. Whatever the bytes are, nothing beyond LEN is read; what is cut short or makes no
 * sense is left out, and `broken` says where reading stopped.
 */

enum packet_flag {
	PACKET_FIN = 1 << 0,
	PACKET_SYN = 1 << 1,
	PACKET_RST = 1 << 2,
	PACKET_PSH = 1 << 3,
	PACKET_ACK = 1 << 4,
	PACKET_URG = 1 << 5,
	PACKET_ECE = 1 << 6,
	PACKET_CWR = 1 << 7,
	PACKET_AE = 1 << 8, /* RFC 9768, section 3.1 */
};

/* Options of a segment (RFC 9293, section 3.1). */
enum packet_option {
	PACKET_MSS = 1 << 0,
	PACKET_WSCALE = 1 << 1,     /* RFC 7323, section 2 */
	PACKET_SACK_OK = 1 << 2,    /* RFC 2018, section 2 */
	PACKET_SACK = 1 << 3,       /* RFC 2018, section 3 */
	PACKET_TIMESTAMP = 1 << 4,  /* RFC 7323, section 3 */
	PACKET_FASTOPEN = 1 << 5,   /* RFC 7413, section 4.1 */
	PACKET_OTHER_OPTS = 1 << 6, /* of a kind that is not read */
};

#define PACKET_SACKS  4
#define PACKET_COOKIE 16 /* bytes of a fast open cookie: RFC 7413, section 4.1.1 */

struct packet_tcp {
	uint32_t seq, ack; /* as on the wire */
	uint16_t flags;
	uint16_t window; /* not scaled */
	uint16_t urgent;
	unsigned options; /* enum packet_option */
	uint16_t mss;
	uint8_t wscale;
	struct {
		uint32_t from, to;
	} sack[PACKET_SACKS];
	int sacks;
	uint32_t tsval, tsecr;
	int cookie;                      /* bytes of a fast open cookie; 0 asks for one */
	uint8_t fastopen[PACKET_COOKIE]; /* what it says, as far as that goes */
};

struct packet_icmp {
	uint8_t type, code;
	uint16_t mtu;     /* of "fragmentation needed" and "packet too big" */
	uint16_t id, seq; /* of echo */
	size_t quoted;    /* where the packet begins that an error quotes; 0: it quotes none */
};

/* What a message of IGMP or MLD says (net/groups.h). */
enum packet_groups_kind {
	GROUPS_NONE,
	GROUPS_QUERY,
	GROUPS_REPORT,  /* of one group, that the sender is in it */
	GROUPS_LEAVE,   /* that it left */
	GROUPS_RECORDS, /* what changed, or is so, in several groups: IGMPv3, MLDv2 */
};

#define PACKET_GROUPS 2 /* that are kept of a message; most have one */

struct packet_group {
	uint8_t type; /* of a record: names_group_record */
	uint16_t sources;
	unsigned char group[16], source[16]; /* addresses; of the sources the first */
};

struct packet_groups {
	enum packet_groups_kind kind;
	uint8_t version; /* of IGMP, or of MLD */
	uint16_t count;  /* groups that the message is about */
	int listed;      /* of them, here */
	struct packet_group list[PACKET_GROUPS];
};

struct packet_fragment {
	bool is; /* a part of a larger packet */
	uint32_t id;
	uint32_t offset; /* in bytes, of this part */
	bool more;       /* others follow */
};

struct packet {
	int family;              /* AF_INET, AF_INET6; 0: neither */
	int protocol;            /* IPPROTO_ of what the IP headers carry */
	struct address src, dst; /* with ports, where the protocol has them and they are here */
	uint8_t ttl;             /* or hop limit */
	uint8_t tos;             /* or traffic class */
	struct packet_fragment fragment;
	size_t transport;   /* where the protocol's header begins; 0: it is not here */
	size_t payload;     /* where its data begins; 0: it is not here */
	size_t length;      /* bytes of data, as the headers count them */
	size_t present;     /* of these, bytes that are here */
	bool bad_checksum;  /* a checksum of the whole packet does not fit */
	const char *broken; /* NULL, or what is wrong: "cut short" */
	struct packet_tcp tcp;
	struct packet_icmp icmp;
	struct packet_groups groups;
};

/* Returns 0, or -1 where BYTES is no IP packet at all (`broken` is set then, too). */
int packet_parse(struct packet *out, const void *bytes, size_t len);

/* The length of an extension header of this kind (RFC 8200, section 4) whose second byte this is.
 */
size_t packet_extension(int kind, unsigned char length);

/*
 * The sequence numbers that a segment takes up: its data, SYN and FIN.
 */
uint32_t packet_span(const struct packet *packet);

/*
 * Flips a bit of the data, or else of a header, so that a checksum fails: that of the protocol, or
 * of IPv4 where there is no other. A fragment's is found bad once the whole is put together.
 * Returns 0; -1: nothing here is under a checksum. What has a bad one already stays as it is.
 */
int packet_corrupt(void *bytes, size_t len);

/* The Internet checksum (RFC 1071) of LEN bytes, going on from SUM, not yet folded. */
uint32_t packet_sum(uint32_t sum, const void *bytes, size_t len);
uint16_t packet_fold(uint32_t sum);

/* The sum of the pseudo-header (RFC 9293, section 3.1; RFC 8200, section 8.1) of LEN bytes. */
uint32_t packet_pseudo_sum(const struct address *src, const struct address *dst, int protocol,
			   size_t len);

#endif
