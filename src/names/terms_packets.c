/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/terms.h"

#define WORD  "word of the lab"
#define FATE  "fate of a packet"
#define FIELD "field of a packet"
#define LABEL "beside a packet's arrow"
#define FLAG  "flag of a segment"
#define CLOCK "setting of clock"
#define WIRE  "setting of wire"
#define RULE  "word of a rule of the wire"
#define RULES "beside a rule of the wire"
#define LINK  "state of a link"
#define JSON  "sockstep(1), JSON"
#define LAB   "sockstep(1), THE LAB"
#define VERBS "sockstep(1), VERBS"
#define SEQ   "RFC 9293, section 3.4"

/* An entry a line, so that translations can be laid beside it. */
/* clang-format off */
static const struct term list[] = {
	{"ack", FIELD, NULL, "The next byte that the sender expects, counted as seq of the other side is: all before it has arrived.", NULL, SEQ, "ACK, seq"},
	{"ACK storm", WORD, NULL, "Two ends whose numbers have come apart, as by bytes that neither sent, answer each other's acknowledgements for ever. Kernels limit it (tcp_invalid_ratelimit); in a lab the wire begins to hold when it sees one.", NULL, "sockstep(1), MADE-UP PACKETS", "ACK, inject, challenge ACK"},
	{"bad checksum", LABEL, NULL, "A checksum of the packet fails: it was damaged on its way. The receiver throws it away without a word, and counts it in InCsumErrors.", NULL, "RFC 1071; RFC 9293, section 3.1", "corrupt, corrupted, bad_checksum"},
	{"bad_checksum", FIELD, NULL, "Whether a checksum of the packet fails. A fragment's cannot be known before the whole is put together.", NULL, JSON, "bad checksum, corrupt"},
	{"challenge ACK", WORD, NULL, "The answer to a RST or SYN that may be forged: an acknowledgement of what really came. A peer that meant it answers with a RST whose number fits exactly.", NULL, "RFC 5961; RFC 9293, section 3.10.7.4", "RST, SYN, inject"},
	{"clear", WIRE, NULL, "Removes all rules of the wire. What they hold or delay stays so.", NULL, VERBS, "rules, wire"},
	{"copy", LABEL, "a copy", "A copy of the packet was delivered, and the packet itself is still held.", NULL, LAB, "duplicate, held"},
	{"corrupted", FATE, NULL, "A bit of the packet was flipped on the wire, and it was delivered so. Its checksum fails, and the receiver throws it away: TCP will send it again.", NULL, LAB, "corrupt, bad checksum, retransmission"},
	{"count", RULE, NULL, "The rule acts as often as the number behind it says, then no more.", NULL, LAB, "rules, used up"},
	{"CWR", FLAG, NULL, "The sender has reduced its congestion window, as ECE asked it to.", NULL, "RFC 3168, section 6.1", "ECN, ECE, cwnd"},
	{"data", RULE, NULL, "Only packets that carry data match.", NULL, LAB, "rules, not, length"},
	{"delayed", FATE, NULL, "The packet goes on by itself when its time has come; what is left of it stands behind.", "milliseconds", LAB, "delay, left_ms, rules"},
	{"delivered", FATE, NULL, "The packet was given to the host that it is for.", NULL, LAB, "deliver, wire"},
	{"destination", FIELD, NULL, "The address and port that the packet goes to, as its headers say.", NULL, JSON, "source, to"},
	{"down", LINK, NULL, "Nothing passes the link of the host, as with a cable pulled out. Neither end of a connection is told.", NULL, VERBS, "up, link, lost, ENETUNREACH"},
	{"dropped", FATE, NULL, "The packet was taken off the wire, by drop, by a rule or for lack of room, and nobody gets it. TCP will send it again.", NULL, LAB, "drop, retransmission"},
	{"duplicated", FATE, NULL, "The packet was delivered twice, or a copy of it while it stays held. TCP takes it once, UDP each time.", NULL, LAB, "duplicate, DSACK"},
	{"ECE", FLAG, NULL, "A packet came with a mark of congestion: the other end should send less. In a SYN it offers ECN.", NULL, "RFC 3168, section 6.1", "ECN, CWR"},
	{"fast", CLOCK, NULL, "As settled; in the lab retransmissions come sooner, from 20 ms on.", NULL, "sockstep(1), SETTLING", "RTO, settled"},
	{"fate", FIELD, NULL, "What became of the packet: held, delayed, delivered, reordered, corrupted, duplicated, dropped or lost.", NULL, JSON, "held, delayed, delivered, dropped, lost"},
	{"flags", FIELD, NULL, "The flags of a TCP segment: SYN, ACK, FIN, RST, PSH, URG, ECE and CWR.", NULL, "RFC 9293, section 3.1", "SYN, ACK, FIN, RST, PSH"},
	{"flow", WIRE, NULL, "Packets go on at once from now on, and those that were held go first.", NULL, VERBS, "hold, wire"},
	{"forgotten", FIELD, NULL, "Of a ladder: how many packets came to the wire before those that are remembered.", "packets", JSON, "ladder"},
	{"fragment", LABEL, NULL, "A part of an IP packet that was too large for a link. The receiver puts them together again, and has nothing if one is lost.", NULL, "RFC 791, section 3.2; ip(7)", "MTU, path MTU"},
	{"fragment_offset", FIELD, NULL, "Where in the whole packet's data a fragment belongs; 0 for the first.", "bytes", "RFC 791, section 3.2; RFC 8200, section 4.5", "fragment, more_fragments"},
	{"from", FIELD, NULL, "The host that sent the packet; over loopback, the process.", NULL, JSON, "to, source, from_fd"},
	{"from", RULE, NULL, "Only packets that the host behind it sent match.", NULL, LAB, "rules, to"},
	{"from_fd", FIELD, NULL, "The descriptor of the socket that sent the packet, over loopback alone, where one leads to it.", NULL, JSON, "from, to_fd, loopback"},
	{"from_state", FIELD, NULL, "The TCP state of the sender after the packet was dealt with.", NULL, JSON, "state, to_state"},
	{"from_state_was", FIELD, NULL, "The TCP state of the sender before.", NULL, JSON, "from_state"},
	{"full", FIELD, NULL, "Whether the packet was dropped since the wire held as many as it may: 100000.", NULL, JSON, "dropped, held"},
	{"group_version", FIELD, NULL, "The version of IGMP, or of MLD, whose message the packet is.", NULL, "RFC 3376; RFC 3810", "groups, IGMP, MLD"},
	{"groups", FIELD, NULL, "The multicast groups that a message of IGMP or MLD is about, with the type of record of each, and from which senders; of more than two, how many more.", NULL, "RFC 3376; RFC 3810", "IGMP, MLD, Record Type, multicast"},
	{"held", FATE, NULL, "The packet waits on the wire until deliver, drop, delay or wire flow.", NULL, LAB, "hold, deliver, drop, wire"},
	{"hold", WIRE, NULL, "Packets wait on the wire from now on, so that they can be let go one at a time. With words behind it, a rule: only what matches waits.", NULL, VERBS, "flow, deliver, held"},
	{"icmp_code", FIELD, NULL, "Why, of an ICMP error: for one that cannot be delivered, what could not be reached.", NULL, "icmp(7); RFC 792", "icmp_type, port unreachable"},
	{"icmp_type", FIELD, NULL, "What an ICMP packet says: an echo, its answer, or an error.", NULL, "icmp(7); RFC 792", "icmp_code, ICMP_ECHO, ICMP_DEST_UNREACH"},
	{"injected", FIELD, "made up", "The packet was made up by inject: no socket has sent it. The kernel that gets it cannot know.", NULL, "sockstep(1), MADE-UP PACKETS", "inject, packet"},
	{"interface", FIELD, NULL, "The link that the packet went over: lo, which is loopback, or wire0, a host's link to the wire.", NULL, JSON, "loopback, wire, link"},
	{"lab", WORD, "--lab", "A private network of several hosts, each a network namespace of its own, with a wire between them on which every packet is seen and can be stopped.", NULL, LAB, "host, wire, packet, network namespace"},
	{"ladder diagram", WORD, "sequence diagram", "A picture of packets between hosts: each host a column, each packet an arrow, time runs downwards. RFC 9293 draws TCP's handshake so.", NULL, LAB, "ladder, packet, wire"},
	{"left_ms", FIELD, NULL, "Of a delayed packet: how long until it goes on by itself.", "milliseconds", JSON, "delay, delayed"},
	{"length", FIELD, "len", "How many bytes of data the packet carries, without its headers. An arrow has it as len.", "bytes", JSON, "segment, MSS"},
	{"loopback", WORD, "lo", "The interface by which a machine, or a host of the lab, sends to itself: any address of its own, 127.0.0.1 and ::1 among them. The kernel delivers at once there, so that packets can be watched and not held, and it computes no checksums.", NULL, LAB, "packets, packet, interface"},
	{"loss", WIRE, NULL, "A rule: of the packets that match, so many in a hundred are lost, by chance. The same seed loses the same ones.", NULL, LAB, "rules, seed, drop"},
	{"lost", FATE, NULL, "The packet reached nobody: no host has its address, or a link is down.", NULL, LAB, "link, retransmission"},
	{"matched", RULES, NULL, "How many packets the rule was for. Where chance decides, it acted on fewer.", "packets", VERBS, "rules, used up"},
	{"more_fragments", FIELD, NULL, "Whether other fragments of the same packet follow: 1, or 0 for the last.", NULL, "RFC 791, section 3.2; RFC 8200, section 4.5", "fragment, fragment_offset"},
	{"mss", FIELD, NULL, "The MSS option of a SYN: the largest segment that its sender takes.", "bytes", "RFC 9293, section 3.7.1", "MSS"},
	{"no flag", FIELD, NULL, "A TCP segment without any flag, which is never right: every segment but the first carries ACK.", NULL, "RFC 9293, section 3.1", "flags, ACK"},
	{"not", RULE, NULL, "The flag behind it must be clear; before data: the packet carries none.", NULL, LAB, "rules, syn, data"},
	{"number", FIELD, NULL, "The packet's number, in the order in which packets came to the wire.", NULL, JSON, "packet"},
	{"packet", WORD, "packets", "One IP packet on the wire of the lab, or over loopback. It has a number, by which deliver, drop and duplicate name it, and is drawn as an arrow with the states of both ends.", NULL, LAB, "wire, held, segment, deliver"},
	{"port", RULE, NULL, "Only packets from or to the port behind it match.", NULL, LAB, "rules"},
	{"PSH", FLAG, "push", "The sender had no more to send just then: what has come should be given to the program.", NULL, "RFC 9293, section 3.9.1", "segment, flags"},
	{"real", CLOCK, NULL, "A step shows what is so when its call has returned: delays of acknowledgements can be seen.", NULL, "sockstep(1), SETTLING", "delayed ACK, settled"},
	{"reordered", FATE, NULL, "The packet was kept until the next one of its sender had gone by, and came behind it. TCP puts data in order again, UDP does not.", NULL, LAB, "reorder, rules"},
	{"retransmits", FIELD, NULL, "How often the same segment was sent again while it was held. An arrow has it as retransmitted.", NULL, JSON, "retransmission, retransmitted"},
	{"retransmitted", LABEL, NULL, "The segment was sent again, so often, while the first one of it was held. All are one packet here.", NULL, LAB, "retransmission, retransmits, held"},
	{"rule", FIELD, NULL, "The number of the wire's rule that the packet has its fate from.", NULL, JSON, "rules, fate"},
	{"rules", WIRE, NULL, "What the wire does by itself with packets to come: drop, loss, delay, duplicate, corrupt, hold or reorder those that match. Each has a number, by which a packet's fate names it and wire rule N off removes it.", NULL, LAB, "wire, loss, count, from, not"},
	{"sack", FIELD, NULL, "What arrived beyond a gap: from which byte to which, the second not among them, counted as ack is. A block that ends at ack or before tells of what came twice (DSACK).", NULL, "RFC 2018, section 3; RFC 2883", "sack_blocks, SACK, DSACK"},
	{"sack_blocks", FIELD, NULL, "How many blocks that arrived beyond a gap the segment tells of.", "blocks", "RFC 2018, section 3", "SACK, DSACK"},
	{"sack_permitted", FIELD, NULL, "Whether a SYN says that its sender knows selective acknowledgements.", NULL, "RFC 2018, section 2", "SACK"},
	{"seed", RULE, NULL, "What chance begins with: with the same seed the same packets are lost on every run. It is 1 where none is given.", NULL, LAB, "loss, rules"},
	{"seq", FIELD, NULL, "The sequence number of the segment's first byte, counted from 0 at the SYN of its side; on the wire it begins anywhere.", NULL, SEQ, "sequence number, ack"},
	{"settled", CLOCK, NULL, "A step waits until what it caused has arrived and is acknowledged. That is the default.", NULL, "sockstep(1), SETTLING", "settling, real"},
	{"source", FIELD, NULL, "The address and port that the packet comes from, as its headers say.", NULL, JSON, "destination, from"},
	{"steps", FIELD, NULL, "Of a ladder: the commands that caused its packets, by the number of their step.", NULL, JSON, "ladder, step"},
	{"timestamp", FIELD, NULL, "The time that a segment carries, by its sender's clock.", NULL, "RFC 7323, section 3", "timestamps"},
	{"to", FIELD, NULL, "The host that the packet is for; all, for multicast. Over loopback, the process.", NULL, JSON, "from, destination, to_fd"},
	{"to", RULE, NULL, "Only packets to the address of the host behind it match.", NULL, LAB, "rules, from"},
	{"to_fd", FIELD, NULL, "The descriptor of the socket that the packet is for, over loopback alone, where one leads to it.", NULL, JSON, "to, from_fd, loopback"},
	{"to_state", FIELD, NULL, "The TCP state of the receiver after the packet was dealt with.", NULL, JSON, "state, from_state"},
	{"to_state_was", FIELD, NULL, "The TCP state of the receiver before.", NULL, JSON, "to_state"},
	{"to_states", FIELD, NULL, "Of a datagram to all hosts: the states of the sockets that it found on them.", NULL, JSON, "to_state"},
	{"ttl", FIELD, NULL, "How many routers the packet may still pass; in IPv6 the hop limit.", NULL, "RFC 791, section 3.1; RFC 8200, section 3", "TTL, IP_TTL"},
	{"up", LINK, NULL, "Packets pass the link of the host.", NULL, VERBS, "down, link"},
	{"URG", FLAG, NULL, "The segment points out urgent data.", NULL, "RFC 9293, section 3.8.5", "urgent data, MSG_OOB"},
	{"used up", RULES, NULL, "The rule has acted as often as its count allows, and does nothing any more.", NULL, VERBS, "count, rules"},
	{"window", FIELD, "win", "The window that the segment tells: how many bytes its sender has room for. An arrow has win=0 where that is none.", "bytes", "RFC 9293, section 3.8.6", "zero window, window scale"},
	{"window_scale", FIELD, NULL, "The window scale option of a SYN: by how many bits its sender's windows are shifted.", "bits", "RFC 7323, section 2", "window scale"},
	{"wire", WORD, NULL, "The link between the hosts of the lab. It is kept by sockstep, so that packets on it can be held, delivered in any order, dropped, duplicated, delayed or damaged; the sockets at its ends are the kernel's.", NULL, LAB, "lab, packet, hold, flow"},
};
/* clang-format on */

const struct terms terms_packets = {list, COUNT_OF(list)};
