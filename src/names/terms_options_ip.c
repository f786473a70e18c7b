/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/terms.h"

#define MCAST "RFC 3678, section 5; netinet/in.h"

/* Options of IP, and of UDP, of which no manual page, or little, tells. */
/* clang-format off */
static const struct term list[] = {
	{"IP_IPSEC_POLICY", TERM_OPTION, NULL, "What is to be signed or encrypted by IPsec on this socket, in the form of PF_KEY (RFC 2367): struct sadb_x_policy. IP_XFRM_POLICY is Linux's own form of it.", NULL, "linux/pfkeyv2.h; linux/in.h", "IP_XFRM_POLICY"},
	{"IP_MINTTL", TERM_OPTION, NULL, "Drop segments of TCP that came with a lower TTL. Set to 255 on both ends, with an IP_TTL of 255, a connection takes packets only from the same link: a router in between would have lowered it.", "hops", "RFC 5082; linux/in.h", "IP_TTL, TTL, IPV6_MINHOPCOUNT"},
	{"IP_UNICAST_IF", TERM_OPTION, NULL, "Send what is no multicast by this interface, whatever comes in where: SO_BINDTODEVICE would keep the socket from receiving by others. Its value is the index in network byte order; 0 lets the routes decide.", NULL, "linux/in.h", "SO_BINDTODEVICE, IP_MULTICAST_IF"},
	{"IP_XFRM_POLICY", TERM_OPTION, NULL, "What is to be signed or encrypted by IPsec on this socket: a struct xfrm_userpolicy_info with its templates. Programs that exchange keys use it, to let their own packets pass in the clear.", NULL, "linux/xfrm.h; linux/in.h", "IP_IPSEC_POLICY, UDP_ENCAP"},
	{"MCAST_BLOCK_SOURCE", TERM_OPTION, NULL, "Of a group that was joined for all senders: hear this one no more. For IPv4 and IPv6 alike, since group and source are whole socket addresses.", NULL, MCAST, "MCAST_UNBLOCK_SOURCE, multicast"},
	{"MCAST_JOIN_GROUP", TERM_OPTION, NULL, "Join a multicast group on one interface, whoever sends to it. The same for IPv4 and IPv6, since the group is a whole socket address, and the interface an index; 0 lets the routes decide.", NULL, MCAST, "multicast, MCAST_LEAVE_GROUP, IP_ADD_MEMBERSHIP"},
	{"MCAST_JOIN_SOURCE_GROUP", TERM_OPTION, NULL, "Join a multicast group for one sender alone; once more for a further one. The kernel tells routers to forward no others, as IGMPv3 and MLDv2 can.", NULL, MCAST "; RFC 4607", "MCAST_LEAVE_SOURCE_GROUP, multicast"},
	{"MCAST_LEAVE_GROUP", TERM_OPTION, NULL, "Leave a multicast group that was joined on this interface, with all of its sources. Closing the socket does it, too.", NULL, MCAST, "MCAST_JOIN_GROUP, multicast"},
	{"MCAST_LEAVE_SOURCE_GROUP", TERM_OPTION, NULL, "Hear this sender of a group no more; with the last one the group is left.", NULL, MCAST, "MCAST_JOIN_SOURCE_GROUP, multicast"},
	{"MCAST_MSFILTER", TERM_OPTION, NULL, "The whole list of senders of one group at once: MCAST_INCLUDE hears those alone, MCAST_EXCLUDE all others. When it is read, the buffer names the interface and the group, and has room for so many sources.", NULL, MCAST, "MCAST_INCLUDE, MCAST_EXCLUDE, multicast"},
	{"MCAST_UNBLOCK_SOURCE", TERM_OPTION, NULL, "Hear a sender again that MCAST_BLOCK_SOURCE had shut out.", NULL, MCAST, "MCAST_BLOCK_SOURCE, multicast"},
	{"UDP_ENCAP", TERM_OPTION, NULL, "What arrives are packets of another protocol within UDP, which the kernel unpacks: IPsec behind a NAT (ESPINUDP), or tunnels. The program goes on to receive what is none, such as the exchange of keys.", NULL, "linux/udp.h; RFC 3948", "UDP, IP_XFRM_POLICY"},
	{"UDP_NO_CHECK6_RX", TERM_OPTION, NULL, "Take datagrams over IPv6 whose checksum is 0. By default they are dropped, since over IPv6 nothing else protects the addresses.", NULL, "RFC 6935; linux/udp.h", "UDP_NO_CHECK6_TX"},
	{"UDP_NO_CHECK6_TX", TERM_OPTION, NULL, "Send datagrams over IPv6 with a checksum of 0: for tunnels, whose content has a checksum of its own. The receiver must have UDP_NO_CHECK6_RX.", NULL, "RFC 6935; linux/udp.h", "UDP_NO_CHECK6_RX, SO_NO_CHECK"},
};
/* clang-format on */

const struct terms terms_options_ip = {list, COUNT_OF(list)};
