/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/terms.h"

/* What `packet N` names: the parts of a packet's headers, in their RFC's words. */

#define FIELD "field of a header"
#define LAYER "part of a packet"
#define WORD  "word of the lab"
#define IP4   "RFC 791, section 3.1"
#define IP6   "RFC 8200, section 3"
#define TCP   "RFC 9293, section 3.1"
#define BOTH  "RFC 791, section 3.1; RFC 8200, section 3"
#define PORTS "RFC 9293, section 3.1; RFC 768"

/* An entry a line, so that translations can be laid beside it. */
/* clang-format off */
static const struct term list[] = {
	{"Acknowledgment Number", FIELD, NULL, "Where the ACK flag is set: the sequence number of the next byte that the sender expects. All before it has arrived.", NULL, TCP, "ack, sequence number, ACK"},
	{"AE", FIELD, NULL, "Accurate ECN: with CWR and ECE it counts marked packets, where both ends agreed to that. Otherwise it is 0.", NULL, "RFC 9768, section 3.1", "ECN, CWR, ECE"},
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
	{"Header Checksum", FIELD, NULL, "A sum over the header of IPv4 alone; each router makes it anew, since it changes the time to live. IPv6 has none.", NULL, IP4, "Checksum, Time to Live"},
	{"Hop Limit", FIELD, NULL, "How many routers may still pass the packet on: each takes one off, and at 0 it is dropped.", NULL, IP6, "Time to Live, IPV6_UNICAST_HOPS"},
	{"ICMP message", LAYER, "ICMP header, ICMPv6 header", "What the kernels of hosts and routers tell each other: errors about a packet, whose beginning is in it, and echoes.", NULL, "RFC 792; RFC 4443", "icmp_type, port unreachable"},
	{"Identification", FIELD, NULL, "A number that all fragments of one packet share, so that the receiver knows which belong together.", NULL, IP4, "fragment, Fragment Offset"},
	{"Internet Header Length", FIELD, "IHL", "How long the header of IPv4 is with its options, in units of 4 bytes: 5 without any.", "units of 4 bytes", IP4, "Options, Total Length"},
	{"IPv4", LAYER, NULL, "The Internet Protocol, version 4: its header has the addresses, of 4 bytes each, and says which protocol comes next.", NULL, "RFC 791; ip(7)", "AF_INET, IPv6 header"},
	{"IPv6 Fragment", LAYER, NULL, "The header that marks a fragment in IPv6. Only the sender cuts packets up, no router does.", NULL, "RFC 8200, section 4.5", "fragment, M flag"},
	{"IPv6 header", LAYER, NULL, "The header of the Internet Protocol, version 6: it has the addresses, of 16 bytes each, and says which header comes next.", NULL, "RFC 8200; ipv6(7)", "AF_INET6, IPv4"},
	{"Kind", FIELD, NULL, "Which TCP option it is: 2 is the maximum segment size, 3 the window scale, 8 the timestamps.", NULL, "RFC 9293, section 3.2", "TCP options"},
	{"Left Edge of Block", FIELD, NULL, "Of a block that arrived beyond a gap: the sequence number of its first byte.", NULL, "RFC 2018, section 3", "SACK, Right Edge of Block"},
	{"Length", FIELD, NULL, "Of a TCP option: its bytes, Kind and Length among them. Of UDP: those of header and data.", "bytes", "RFC 9293, section 3.2; RFC 768", "Kind, UDP header"},
	{"M flag", FIELD, NULL, "More fragments of the same packet follow; 0 in the last one.", NULL, "RFC 8200, section 4.5", "More Fragments, fragment"},
	{"Maximum Segment Size", FIELD, NULL, "In a SYN: how many bytes of data its sender takes in one segment, at most.", "bytes", "RFC 9293, section 3.7.1", "MSS, TCP_MAXSEG"},
	{"More Fragments", FIELD, "MF", "Other fragments of the same packet follow; 0 in the last one, and in a packet that is whole.", NULL, IP4, "fragment, Fragment Offset"},
	{"Next Header", FIELD, NULL, "Which header comes behind this one: of TCP, of UDP, or an extension of IPv6.", NULL, IP6, "Extension Headers, Protocol"},
	{"No-Operation", LAYER, NULL, "An option of one byte that does nothing: it moves the next one to a place where it is easily read.", NULL, "RFC 9293, section 3.2", "TCP options, End of List"},
	{"Options", FIELD, NULL, "What an IPv4 header holds beyond its 20 bytes. Few packets have any.", NULL, IP4, "IP_OPTIONS, Internet Header Length"},
	{"Payload Length", FIELD, NULL, "How many bytes stand behind the header of IPv6, extension headers among them.", "bytes", IP6, "Total Length"},
	{"prefix", WORD, "/24, /64", "Behind an address: how many of its first bits name the network. Hosts that share them are on one link, and need no router.", "bits", "RFC 4632, section 3.1", "host"},
	{"Protocol", FIELD, NULL, "Which protocol comes behind the header of IPv4: 6 is TCP, 17 UDP, 1 ICMP.", NULL, IP4, "IPPROTO_TCP, IPPROTO_UDP, Next Header"},
	{"Res", FIELD, NULL, "Two bits without a meaning yet; 0.", NULL, "RFC 8200, section 4.5", "Reserved"},
	{"Reserved", FIELD, NULL, "Bits without a meaning yet; 0.", NULL, BOTH, NULL},
	{"Rest of Header", FIELD, NULL, "Of an ICMP message: 4 bytes whose meaning depends on its type, such as the number of an echo, or the MTU of a link.", NULL, "RFC 792", "icmp_type, path MTU"},
	{"Right Edge of Block", FIELD, NULL, "Of a block that arrived beyond a gap: the sequence number just behind its last byte.", NULL, "RFC 2018, section 3", "SACK, Left Edge of Block"},
	{"Sequence Number", FIELD, NULL, "The number of the segment's first byte in the stream. A connection begins anywhere, so that old segments do not fit; an arrow counts from 0.", NULL, "RFC 9293, section 3.4", "seq, SYN"},
	{"Shift Count", FIELD, NULL, "By how many bits the window of later segments is to be shifted, to tell of more than 65,535 bytes.", "bits", "RFC 7323, section 2.2", "window scale"},
	{"Source Address", FIELD, NULL, "From whom the packet comes, or says that it does.", NULL, BOTH, "Destination Address, source"},
	{"Source Port", FIELD, NULL, "From which socket of that host: the port that answers are to go to.", NULL, PORTS, "Destination Port, getsockname"},
	{"TCP header", LAYER, NULL, "What stands before the data of a segment: ports, numbers, flags and window.", NULL, TCP, "segment, flags, TCP options"},
	{"TCP options", LAYER, "TCP option", "What a TCP header may hold beyond its 20 bytes: in a SYN what its sender can do, later timestamps and SACK blocks.", NULL, "RFC 9293, section 3.2", "Kind, MSS, window scale, SACK, timestamps"},
	{"The packet that is answered", FIELD, NULL, "The beginning of the packet that an ICMP error is about: by its addresses and ports the kernel finds the socket to tell.", NULL, "RFC 792; RFC 4443, section 3", "ICMP message, ECONNREFUSED"},
	{"time passed", WORD, NULL, "Before packets that no command caused: a timer of the kernel's went off meanwhile, such as the one that sends a segment again.", NULL, "sockstep(1), THE LAB", "retransmission, clock"},
	{"Time to Live", FIELD, NULL, "How many routers may still pass the packet on: each takes one off, and at 0 it is dropped, so that none goes round for ever.", NULL, IP4, "Hop Limit, IP_TTL"},
	{"Total Length", FIELD, NULL, "How many bytes the packet has, the header of IPv4 among them.", "bytes", IP4, "Payload Length, MTU"},
	{"TS Echo Reply", FIELD, NULL, "The timestamp that came last from the other end, sent back to it: so that end measures the round trip.", NULL, "RFC 7323, section 3.2", "timestamps, rtt"},
	{"TS Value", FIELD, NULL, "The time by the sender's own clock, which begins anywhere.", NULL, "RFC 7323, section 3.2", "timestamp, timestamps"},
	{"Type", FIELD, NULL, "What an ICMP message says: an echo, its answer, or an error.", NULL, "RFC 792; RFC 4443, section 2.1", "icmp_type, Code"},
	{"UDP header", LAYER, NULL, "What stands before the data of a datagram: two ports, a length and a checksum, 8 bytes in all.", NULL, "RFC 768; udp(7)", "datagram, Checksum"},
	{"Urgent Pointer", FIELD, NULL, "Where the URG flag is set: how far behind the sequence number the urgent data end.", NULL, "RFC 9293, section 3.8.5", "urgent data, URG"},
	{"Version", FIELD, NULL, "Of the Internet Protocol: 4 or 6. Each packet begins with it.", NULL, BOTH, "IPv4, IPv6 header"},
};
/* clang-format on */

const struct terms terms_headers = {list, COUNT_OF(list)};
