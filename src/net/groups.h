/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NET_GROUPS_H
#define SOCKSTEP_NET_GROUPS_H

#include "net/packet.h"

/*
 * What hosts and routers tell each other of multicast groups, taken apart: IGMP (RFC 1112, RFC
 * 2236, RFC 3376) and, as messages of ICMPv6, MLD (RFC 2710, RFC 3810). Pure: LEN bytes in, from
 * the type on; what is cut short is left out.
 */
void groups_read_igmp(struct packet_groups *out, const unsigned char *at, size_t len);
void groups_read_mld(struct packet_groups *out, const unsigned char *at, size_t len);

/* Whether a type of ICMPv6 is one of MLD. */
bool groups_is_mld(unsigned type);

#endif
