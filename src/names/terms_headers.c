/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/terms.h"

/* What `packet N` names: the parts of a packet's headers, in their RFC's words. */

#define FIELD "field of a header"
#define LAYER "part of a packet"
#define WORD  "word of the lab"
#define LABEL "beside a packet's arrow"
#define IP4   "RFC 791, section 3.1"
#define IP6   "RFC 8200, section 3"
#define IGMP  "RFC 2236, section 2.4"
#define TCP   "RFC 9293, section 3.1"
#define BOTH  "RFC 791, section 3.1; RFC 8200, section 3"
#define PORTS "RFC 9293, section 3.1; RFC 768"

/* An entry a line, so that translations can be laid beside it. */
/* clang-format off */
static const struct term list[] = {
	{"Acknowledgment Number", FIELD, NULL, "Where the ACK flag is set: the sequence number of the next byte that the sender expects. All before it has arrived.", NULL, TCP, "ack, sequence number, ACK"},
	{"AE", FIELD, NULL, "Accurate ECN: with CWR and ECE it counts marked packets, where both ends agreed to that. Otherwise it is 0.", NULL, "RFC 9768, section 3.1", "ECN, CWR, ECE"},
	{"Aux Data Len", FIELD, NULL, "How many bytes of a group's record stand behind its sources, in units of 4; none are defined.", "units of 4 bytes", "RFC 3376, section 4.2.6", "Auxiliary Data"},
	{"Auxiliary Data", FIELD, NULL, "What a group's record holds behind its sources. Nothing is defined for it yet.", NULL, "RFC 3376, section 4.2.11", "Aux Data Len"},
	{"Bytes that make no sense", FIELD, NULL, "The options end here in the middle of one, or one claims a length that it cannot have.", NULL, TCP, "TCP options"},
	{"Checksum", FIELD, NULL, "A sum over the header, the data and the addresses. A receiver for whom it does not come out right drops the packet without a word.", NULL, "RFC 9293, section 3.1; RFC 1071", "Header Checksum, corrupt"},
	{"Code", FIELD, NULL, "Of an ICMP message: more about its type, such as what could not be reached.", NULL, "RFC 792; RFC 4443, section 2.1", "icmp_code, icmp_type"},
	{"Data", LAYER, NULL, "What the packet carries behind its headers: the bytes of a send, or what one of the options holds.", "bytes", TCP, "length, segment"},
	{"Data Offset", FIELD, NULL, "How long the TCP header is with its options, in units of 4 bytes: 5 without any. There the data begin.", "units of 4 bytes", TCP, "TCP options"},
	{"Destination Address", FIELD, NULL, "To whom the packet goes.", NULL, BOTH, "Source Address, destination"},
	{"Destination Port", FIELD, NULL, "For whom on that host it is: the port that a socket there is bound to.", NULL, PORTS, "Source Port, bind"},
	{"Differentiated Services", FIELD, "Traffic Class: DS", "How routers should treat the packet: 0 is as any other. A program sets it with IP_TOS or IPV6_TCLASS.", NULL, "RFC 2474, section 3", "IP_TOS, IPV6_TCLASS"},
	{"Don't Fragment", FIELD, "DF", "No router may cut the packet up: where it is too large, an ICMP error comes back, and the sender learns the path MTU.", NULL, IP4, "path MTU, IP_MTU_DISCOVER, fragment"},
	{"End of List", LAYER, NULL, "The option that ends the list of options, where the header goes on.", NULL, "RFC 9293, section 3.2", "TCP options, No-Operation"},
	{"Explicit Congestion Notification", FIELD, "Traffic Class: ECN", "0: the sender does not know ECN; 1 or 2: it does; 3: a router on the way met congestion.", NULL, "RFC 3168, section 5", "ECN, ECE, CWR"},
	{"Extension Headers", FIELD, NULL, "What stands between the header of IPv6 and that of the next protocol: options, a route, a fragment's place.", NULL, "RFC 8200, section 4", "Next Header, IPv6 Fragment"},
	{"Fast Open Cookie", LAYER, NULL, "The option by which a client asks for, or shows, the cookie with which its SYN may carry data.", NULL, "RFC 7413, section 4.1.1", "TCP_FASTOPEN"},
	{"Flow Label", FIELD, NULL, "A number that all packets of one connection share, so that routers send them the same way.", NULL, "RFC 6437", "IPV6_AUTOFLOWLABEL"},
	{"Fragment Offset", FIELD, NULL, "Of a fragment: where in the whole packet its data belong, in units of 8 bytes.", "units of 8 bytes", IP4, "fragment, More Fragments"},
	{"Gateway Internet Address", FIELD, NULL, "Of an ICMP redirect: the router by which the packet should have gone.", NULL, "RFC 792", "ICMP_REDIRECT"},
	{"Group Address", FIELD, NULL, "The multicast group that a message of IGMP is about; 0.0.0.0 in a query for all groups.", NULL, IGMP, "IGMP, multicast"},
	{"Group Record", LAYER, "Multicast Address Record", "What a report says of one multicast group: from which senders the host wants to receive.", NULL, "RFC 3376, section 4.2.4; RFC 3810, section 5.2.4", "Record Type, IGMP, MLD"},
	{"Hdr Ext Len", FIELD, NULL, "How long an extension header is beyond its first 8 bytes, in units of 8.", "units of 8 bytes", "RFC 8200, section 4.3", "Extension Headers"},
	{"Header Checksum", FIELD, NULL, "A sum over the header of IPv4 alone; each router makes it anew, since it changes the time to live. IPv6 has none.", NULL, IP4, "Checksum, Time to Live"},
	{"Hop Limit", FIELD, NULL, "How many routers may still pass the packet on: each takes one off, and at 0 it is dropped.", NULL, IP6, "Time to Live, IPV6_UNICAST_HOPS"},
	{"ICMP message", LAYER, "ICMP header, ICMPv6 header", "What the kernels of hosts and routers tell each other: errors about a packet, whose beginning is in it, and echoes.", NULL, "RFC 792; RFC 4443", "icmp_type, port unreachable"},
	{"Identification", FIELD, NULL, "A number that all fragments of one packet share, so that the receiver knows which belong together.", NULL, IP4, "fragment, Fragment Offset"},
	{"Identifier", FIELD, NULL, "Of an echo: a number by which its sender knows that the answer is for it. A ping socket has it as its port.", NULL, "RFC 792; RFC 4443, section 4.1", "ping socket, ICMP message"},
	{"IGMP", LAYER, "IGMPv3, IGMPv2, IGMPv1, Internet Group Management Protocol", "How a host tells the routers of its link which multicast groups of IPv4 it wants to receive. The kernel does it when a socket joins or leaves.", NULL, "RFC 3376; RFC 2236", "multicast, IP_ADD_MEMBERSHIP, MLD, join"},
	{"Internet Header Length", FIELD, "IHL", "How long the header of IPv4 is with its options, in units of 4 bytes: 5 without any.", "units of 4 bytes", IP4, "Options, Total Length"},
	{"IPv4", LAYER, NULL, "The Internet Protocol, version 4: its header has the addresses, of 4 bytes each, and says which protocol comes next.", NULL, "RFC 791; ip(7)", "AF_INET, IPv6 header"},
	{"IPv4 option", LAYER, "Options", "What an IPv4 header holds beyond its 20 bytes. Few packets have any.", NULL, IP4, "IP_OPTIONS, Internet Header Length, Router Alert"},
	{"IPv6 Destination Options", LAYER, NULL, "A header with options of IPv6 that only the receiver reads.", NULL, "RFC 8200, section 4.6", "Extension Headers, IPV6_DSTOPTS"},
	{"IPv6 Fragment", LAYER, NULL, "The header that marks a fragment in IPv6. Only the sender cuts packets up, no router does.", NULL, "RFC 8200, section 4.5", "fragment, M flag"},
	{"IPv6 header", LAYER, NULL, "The header of the Internet Protocol, version 6: it has the addresses, of 16 bytes each, and says which header comes next.", NULL, "RFC 8200; ipv6(7)", "AF_INET6, IPv4"},
	{"IPv6 Hop-by-Hop Options", LAYER, NULL, "A header with options of IPv6 that each router on the way may read.", NULL, "RFC 8200, section 4.3", "Extension Headers, Router Alert, IPV6_HOPOPTS"},
	{"IPv6 option", LAYER, "IPv6 options", "One option in an extension header of IPv6: a type, a length and a value.", NULL, "RFC 8200, section 4.2", "IPv6 Hop-by-Hop Options, PadN"},
	{"join", LABEL, NULL, "Of a report of IGMP or MLD: the host has joined the multicast group, and wants all that is sent to it (CHANGE_TO_EXCLUDE_MODE without sources).", NULL, "RFC 3376, section 4.2.12; RFC 3810, section 5.2.12", "leave, IGMP, MLD, IP_ADD_MEMBERSHIP"},
	{"Kind", FIELD, NULL, "Which TCP option it is: 2 is the maximum segment size, 3 the window scale, 8 the timestamps.", NULL, "RFC 9293, section 3.2", "TCP options"},
	{"leave", LABEL, NULL, "Of a message of IGMP or MLD: the host has left the multicast group: no socket of it is in it any more.", NULL, "RFC 3376, section 4.2.12; RFC 2236, section 3", "join, IGMP, MLD, IP_DROP_MEMBERSHIP"},
	{"Left Edge of Block", FIELD, NULL, "Of a block that arrived beyond a gap: the sequence number of its first byte.", NULL, "RFC 2018, section 3", "SACK, Right Edge of Block"},
	{"Length", FIELD, NULL, "Of a TCP option: its bytes, Kind and Length among them. Of UDP: those of header and data.", "bytes", "RFC 9293, section 3.2; RFC 768", "Kind, UDP header"},
	{"M flag", FIELD, NULL, "More fragments of the same packet follow; 0 in the last one.", NULL, "RFC 8200, section 4.5", "More Fragments, fragment"},
	{"Max Resp Time", FIELD, "Maximum Response Delay", "Of a query: how long hosts may take to answer, so that not all do so at once; in tenths of a second for IGMP, in milliseconds for MLD.", NULL, "RFC 2236, section 2.2; RFC 3810, section 5.1.3", "query, IGMP, MLD"},
	{"Maximum Segment Size", FIELD, NULL, "In a SYN: how many bytes of data its sender takes in one segment, at most.", "bytes", "RFC 9293, section 3.7.1", "MSS, TCP_MAXSEG"},
	{"MLD", LAYER, "MLDv2, MLDv1, Multicast Listener Discovery", "What IGMP is for IPv4, for IPv6: messages of ICMPv6 by which a host tells which multicast groups it wants to receive.", NULL, "RFC 3810; RFC 2710", "multicast, IPV6_ADD_MEMBERSHIP, IGMP, join"},
	{"More Fragments", FIELD, "MF", "Other fragments of the same packet follow; 0 in the last one, and in a packet that is whole.", NULL, IP4, "fragment, Fragment Offset"},
	{"Multicast Address", FIELD, NULL, "The multicast group that a record, or a message of MLD, is about.", NULL, "RFC 3376, section 4.2.9; RFC 3810, section 5.2.9", "Group Record, multicast"},
	{"Next Header", FIELD, NULL, "Which header comes behind this one: of TCP, of UDP, or an extension of IPv6.", NULL, IP6, "Extension Headers, Protocol"},
	{"Next-Hop MTU", FIELD, NULL, "Of an ICMP error: how large a packet the next link takes. The sender cuts its packets to that.", "bytes", "RFC 1191, section 4", "path MTU, Don't Fragment"},
	{"No-Operation", LAYER, NULL, "An option of one byte that does nothing: it moves the next one to a place where it is easily read.", NULL, "RFC 9293, section 3.2", "TCP options, End of List"},
	{"Number of Group Records", FIELD, "Number of Multicast Address Records", "How many groups the report is about: a record each.", "records", "RFC 3376, section 4.2.3; RFC 3810, section 5.2.3", "Group Record"},
	{"Number of Sources", FIELD, NULL, "How many addresses of senders are listed; none: it is about all senders.", "addresses", "RFC 3376, section 4.2.7; RFC 3810, section 5.2.7", "Record Type, Source Address"},
	{"Opt Data Len", FIELD, NULL, "How many bytes an option of IPv6 holds, without its type and this.", "bytes", "RFC 8200, section 4.2", "Option Type, IPv6 option"},
	{"Option Length", FIELD, NULL, "How many bytes an option of IPv4 takes, its type and this among them.", "bytes", IP4, "Option Type, IPv4 option"},
	{"Option Type", FIELD, NULL, "Which option of IPv4 or IPv6 it is; its first bits say what a router does that does not know it.", NULL, "RFC 791, section 3.1; RFC 8200, section 4.2", "IPv4 option, IPv6 option, Router Alert"},
	{"PadN", LAYER, "Pad1", "An option of IPv6 that does nothing: what comes next stands at a multiple of 8 bytes then.", NULL, "RFC 8200, section 4.2", "IPv6 option, No-Operation"},
	{"Payload Length", FIELD, NULL, "How many bytes stand behind the header of IPv6, extension headers among them.", "bytes", IP6, "Total Length"},
	{"Pointer", FIELD, NULL, "Of an ICMP error: where in the packet that is answered the field stands that makes no sense.", "bytes", "RFC 792; RFC 4443, section 3.4", "ICMP_PARAMETERPROB"},
	{"prefix", WORD, "/24, /64", "Behind an address: how many of its first bits name the network. Hosts that share them are on one link, and need no router.", "bits", "RFC 4632, section 3.1", "host"},
	{"Protocol", FIELD, NULL, "Which protocol comes behind the header of IPv4: 6 is TCP, 17 UDP, 1 ICMP.", NULL, IP4, "IPPROTO_TCP, IPPROTO_UDP, Next Header"},
	{"QQIC", FIELD, NULL, "Querier's Query Interval Code: how often the router asks, in seconds; from 128 on not by itself, but coded.", "seconds", "RFC 3376, section 4.1.7; RFC 3810, section 5.1.9", "query, QRV"},
	{"QRV", FIELD, NULL, "Querier's Robustness Variable: how often reports are sent, so that some may be lost.", NULL, "RFC 3376, section 4.1.6; RFC 3810, section 5.1.8", "igmp_qrv, query"},
	{"query", LABEL, NULL, "Of a message of IGMP or MLD: a router asks who is in a multicast group, or in any.", NULL, "RFC 3376, section 4.1; RFC 3810, section 5.1", "IGMP, MLD, report"},
	{"Record Type", FIELD, NULL, "What a group's record says: MODE_IS_EXCLUDE that the host is in the group, CHANGE_TO_EXCLUDE_MODE that it has joined, CHANGE_TO_INCLUDE_MODE that it has left, where no source is listed.", NULL, "RFC 3376, section 4.2.12; RFC 3810, section 5.2.12", "Group Record, CHANGE_TO_EXCLUDE_MODE"},
	{"report", LABEL, NULL, "Of a message of IGMP or MLD: in which multicast groups the host is, or what has changed about that.", NULL, "RFC 3376, section 4.2; RFC 3810, section 5.2", "IGMP, MLD, join, Record Type"},
	{"Res", FIELD, NULL, "Two bits without a meaning yet; 0.", NULL, "RFC 8200, section 4.5", "Reserved"},
	{"Reserved", FIELD, NULL, "Bits without a meaning yet; 0.", NULL, BOTH, NULL},
	{"Rest of Header", FIELD, NULL, "Of an ICMP message: 4 bytes whose meaning depends on its type, such as the number of an echo, or the MTU of a link.", NULL, "RFC 792", "icmp_type, path MTU"},
	{"Resv", FIELD, NULL, "Four bits without a meaning yet; 0.", NULL, "RFC 3376, section 4.1", "Reserved"},
	{"Right Edge of Block", FIELD, NULL, "Of a block that arrived beyond a gap: the sequence number just behind its last byte.", NULL, "RFC 2018, section 3", "SACK, Left Edge of Block"},
	{"Router Alert", LAYER, NULL, "An option that asks each router on the way to look into the packet, though it is not for the router: so it learns who is in which multicast group.", NULL, "RFC 2113; RFC 2711", "IGMP, MLD, IP_ROUTER_ALERT"},
	{"S flag", FIELD, NULL, "Suppress Router-Side Processing: of a query, that other routers should not count the time anew.", NULL, "RFC 3376, section 4.1.5; RFC 3810, section 5.1.7", "query"},
	{"Sequence Number", FIELD, NULL, "The number of the segment's first byte in the stream. A connection begins anywhere, so that old segments do not fit; an arrow counts from 0. Of an echo: which one of several it is.", NULL, "RFC 9293, section 3.4; RFC 792", "seq, SYN"},
	{"Shift Count", FIELD, NULL, "By how many bits the window of later segments is to be shifted, to tell of more than 65,535 bytes.", "bits", "RFC 7323, section 2.2", "window scale"},
	{"Source Address", FIELD, NULL, "From whom the packet comes, or says that it does. In a report of groups: a sender that the record is about.", NULL, BOTH, "Destination Address, source"},
	{"Source Port", FIELD, NULL, "From which socket of that host: the port that answers are to go to.", NULL, PORTS, "Destination Port, getsockname"},
	{"TCP header", LAYER, NULL, "What stands before the data of a segment: ports, numbers, flags and window.", NULL, TCP, "segment, flags, TCP options"},
	{"TCP options", LAYER, "TCP option", "What a TCP header may hold beyond its 20 bytes: in a SYN what its sender can do, later timestamps and SACK blocks.", NULL, "RFC 9293, section 3.2", "Kind, MSS, window scale, SACK, timestamps"},
	{"The packet that is answered", FIELD, NULL, "The beginning of the packet that an ICMP error is about: by its addresses and ports the kernel finds the socket to tell.", NULL, "RFC 792; RFC 4443, section 3", "ICMP message, ECONNREFUSED"},
	{"time passed", WORD, NULL, "Before packets that no command caused: a timer of the kernel's went off meanwhile, such as the one that sends a segment again.", NULL, "sockstep(1), THE LAB", "retransmission, clock"},
	{"Time to Live", FIELD, NULL, "How many routers may still pass the packet on: each takes one off, and at 0 it is dropped, so that none goes round for ever.", NULL, IP4, "Hop Limit, IP_TTL"},
	{"Total Length", FIELD, NULL, "How many bytes the packet has, the header of IPv4 among them.", "bytes", IP4, "Payload Length, MTU"},
	{"TS Echo Reply", FIELD, NULL, "The timestamp that came last from the other end, sent back to it: so that end measures the round trip.", NULL, "RFC 7323, section 3.2", "timestamps, rtt"},
	{"TS Value", FIELD, NULL, "The time by the sender's own clock, which begins anywhere.", NULL, "RFC 7323, section 3.2", "timestamp, timestamps"},
	{"Type", FIELD, NULL, "What a message of ICMP says: an echo, its answer, or an error. Of IGMP: a query, a report, or a leave.", NULL, "RFC 792; RFC 4443, section 2.1; RFC 3376, section 4", "icmp_type, Code, IGMP"},
	{"UDP header", LAYER, NULL, "What stands before the data of a datagram: two ports, a length and a checksum, 8 bytes in all.", NULL, "RFC 768; udp(7)", "datagram, Checksum"},
	{"Unused", FIELD, NULL, "Of an ICMP error: bytes without a meaning; 0.", NULL, "RFC 792; RFC 4443, section 3", "ICMP message"},
	{"Urgent Pointer", FIELD, NULL, "Where the URG flag is set: how far behind the sequence number the urgent data end.", NULL, "RFC 9293, section 3.8.5", "urgent data, URG"},
	{"Value", FIELD, NULL, "What an option says; of a router alert, to which kind of message it is: 0 is any, of IPv6 MLD.", NULL, "RFC 2113; RFC 2711, section 2.1", "Router Alert"},
	{"Version", FIELD, NULL, "Of the Internet Protocol: 4 or 6. Each packet begins with it.", NULL, BOTH, "IPv4, IPv6 header"},
};
/* clang-format on */

const struct terms terms_headers = {list, COUNT_OF(list)};
