/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NET_COMPOSE_H
#define SOCKSTEP_NET_COMPOSE_H

#include "base/buf.h"
#include "net/packet.h"

/*
 * An IP packet put together: what packet_parse() takes apart. Pure: values in, bytes out. The
 * options of a segment stand in the order in which Linux sends them.
 */

/* An IP header can count no more. */
#define COMPOSE_MOST 65535

/*
 * Adds the packet to OUT: family, ends (with ports), protocol (TCP, UDP, ICMP, ICMPv6; others have
 * no header of their own), tos, ttl, fragment (of IPv4), tcp and icmp are taken from WHAT, and
 * behind its headers stand LEN bytes of DATA. Of TCP's options, those in the enum by name.
 * Checksums fit, unless `bad_checksum`: then that of the transport does not. Returns 0, or -1 where
 * it would be longer than COMPOSE_MOST, or its options longer than a segment can have.
 */
int compose(struct buf *out, const struct packet *what, const void *data, size_t len);

/*
 * Adds a fragment of a packet that compose() has made whole: COUNT bytes of what is behind its IP
 * header, from OFFSET on, with the number ID (of which IPv4 has 16 bits). All but the one with the
 * last byte say that more follow. Returns 0, or -1 where there are no such bytes, or OFFSET cannot
 * be told: it is counted in units of eight.
 */
int compose_fragment(struct buf *out, const void *packet, size_t len, uint32_t id, size_t offset,
		     size_t count);

/*
 * How much of a packet of LEN bytes an ICMP error quotes: as much as fits into what every link
 * must carry (RFC 1812, section 4.3.2.3; RFC 4443, section 2.4).
 */
size_t compose_quoted(int family, size_t len);

#endif
