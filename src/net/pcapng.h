/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NET_PCAPNG_H
#define SOCKSTEP_NET_PCAPNG_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/buf.h"

/*
 * A file of packets as Wireshark reads it (draft-ietf-opsawg-pcapng): a section header,
 * the description of each interface, and the packets, each a block that is added to a buffer. Pure;
 * in the machine's byte order, which the section header tells. Strings are UTF-8.
 */

/* Packets begin with their IPv4 or IPv6 header (LINKTYPE_RAW). */
#define PCAPNG_LINK_RAW 101

/* The first bytes of any such file. */
#define PCAPNG_SECTION 0x0A0D0D0A

void pcapng_section(struct buf *out, const char *program);

/* Interfaces have the numbers 0, 1, … in their order. SNAP: bytes of a packet that are kept. */
void pcapng_interface(struct buf *out, const char *name, const char *description, uint32_t snap);

enum pcapng_direction { PCAPNG_UNKNOWN, PCAPNG_INBOUND, PCAPNG_OUTBOUND };

struct pcapng_packet {
	uint32_t interface;
	struct timespec time; /* since 1970 */
	const void *bytes;
	size_t len, whole; /* bytes that are here, of so many */
	enum pcapng_direction direction;
	const char *comment; /* NULL: none; what is too long for the format is cut */
};

void pcapng_packet(struct buf *out, const struct pcapng_packet *packet);

#endif
