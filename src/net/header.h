/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NET_HEADER_H
#define SOCKSTEP_NET_HEADER_H

/* Numbers of headers that reading and writing of packets share. Lengths are in bytes. */

#define IPV4_HEADER      20
#define IPV6_HEADER      40
#define TCP_HEADER       20
#define UDP_HEADER       8
#define ICMP_HEADER      8
#define IGMP_HEADER      8
#define FRAGMENT6_HEADER 8

/* Fragments of IPv4 and IPv6 count in units of eight bytes. */
#define FRAGMENT_UNIT 8

/* Kinds of TCP's options (RFC 9293, section 3.2, and those of enum packet_option). */
#define OPTION_END      0
#define OPTION_NOP      1
#define OPTION_MSS      2
#define OPTION_WSCALE   3
#define OPTION_SACK_OK  4
#define OPTION_SACK     5
#define OPTION_STAMP    8
#define OPTION_FASTOPEN 34

#endif
