/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <linux/igmp.h>
#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>

#include "base/grow.h"
#include "names/names.h"

/* clang-format off */

/* RFC 792; RFC 1122, section 3.2.2.1; RFC 1812, section 5.2.7.1. */
static const struct name icmp_unreachable_list[] = {
	{"ICMP_NET_UNREACH", ICMP_NET_UNREACH, "network unreachable"},
	{"ICMP_HOST_UNREACH", ICMP_HOST_UNREACH, "host unreachable"},
	{"ICMP_PROT_UNREACH", ICMP_PROT_UNREACH, "protocol unreachable"},
	{"ICMP_PORT_UNREACH", ICMP_PORT_UNREACH, "port unreachable"},
	{"ICMP_FRAG_NEEDED", ICMP_FRAG_NEEDED, "fragmentation needed"},
	{"ICMP_SR_FAILED", ICMP_SR_FAILED, "source route failed"},
	{"ICMP_NET_UNKNOWN", ICMP_NET_UNKNOWN, "network unknown"},
	{"ICMP_HOST_UNKNOWN", ICMP_HOST_UNKNOWN, "host unknown"},
	{"ICMP_NET_ANO", ICMP_NET_ANO, "network prohibited"},
	{"ICMP_HOST_ANO", ICMP_HOST_ANO, "host prohibited"},
	{"ICMP_PKT_FILTERED", ICMP_PKT_FILTERED, "prohibited by a filter"},
};

/* RFC 4443, RFC 4861, RFC 3810. */
static const struct name icmp6_list[] = {
	{"ICMP6_DST_UNREACH", ICMP6_DST_UNREACH, "destination unreachable"},
	{"ICMP6_PACKET_TOO_BIG", ICMP6_PACKET_TOO_BIG, "packet too big"},
	{"ICMP6_TIME_EXCEEDED", ICMP6_TIME_EXCEEDED, "time exceeded"},
	{"ICMP6_PARAM_PROB", ICMP6_PARAM_PROB, "parameter problem"},
	{"ICMP6_ECHO_REQUEST", ICMP6_ECHO_REQUEST, "echo request"},
	{"ICMP6_ECHO_REPLY", ICMP6_ECHO_REPLY, "echo reply"},
	{"ND_ROUTER_SOLICIT", ND_ROUTER_SOLICIT, "router solicitation"},
	{"ND_ROUTER_ADVERT", ND_ROUTER_ADVERT, "router advertisement"},
	{"ND_NEIGHBOR_SOLICIT", ND_NEIGHBOR_SOLICIT, "neighbour solicitation"},
	{"ND_NEIGHBOR_ADVERT", ND_NEIGHBOR_ADVERT, "neighbour advertisement"},
	{"MLD_LISTENER_QUERY", MLD_LISTENER_QUERY, "who listens to a multicast group?"},
	{"MLD_LISTENER_REPORT", MLD_LISTENER_REPORT, "the sender listens to a multicast group"},
	{"MLD_LISTENER_REDUCTION", MLD_LISTENER_REDUCTION, "the sender listens to a multicast group no more"},
	{"MLDV2_LISTENER_REPORT", 143, "to which multicast groups the sender listens, and from whom"},
};

static const struct name igmp_list[] = {
	{"IGMP_HOST_MEMBERSHIP_QUERY", IGMP_HOST_MEMBERSHIP_QUERY, "a router asks who is in a multicast group"},
	{"IGMP_HOST_MEMBERSHIP_REPORT", IGMP_HOST_MEMBERSHIP_REPORT, "the sender is in a multicast group, by IGMPv1"},
	{"IGMPV2_HOST_MEMBERSHIP_REPORT", IGMPV2_HOST_MEMBERSHIP_REPORT, "the sender is in a multicast group, by IGMPv2"},
	{"IGMP_HOST_LEAVE_MESSAGE", IGMP_HOST_LEAVE_MESSAGE, "the sender has left a multicast group, by IGMPv2"},
	{"IGMPV3_HOST_MEMBERSHIP_REPORT", IGMPV3_HOST_MEMBERSHIP_REPORT, "in which multicast groups the sender is, and whom it hears there"},
};

/* What IGMPv3 and MLDv2 report of one group. */
static const struct name group_record_list[] = {
	{"MODE_IS_INCLUDE", IGMPV3_MODE_IS_INCLUDE, "hears only the sources listed"},
	{"MODE_IS_EXCLUDE", IGMPV3_MODE_IS_EXCLUDE, "hears all sources but those listed"},
	{"CHANGE_TO_INCLUDE_MODE", IGMPV3_CHANGE_TO_INCLUDE, "from now on hears only the sources listed; where none is, it has left the group"},
	{"CHANGE_TO_EXCLUDE_MODE", IGMPV3_CHANGE_TO_EXCLUDE, "from now on hears all sources but those listed; where none is, it has joined the group"},
	{"ALLOW_NEW_SOURCES", IGMPV3_ALLOW_NEW_SOURCES, "hears the sources listed, too"},
	{"BLOCK_OLD_SOURCES", IGMPV3_BLOCK_OLD_SOURCES, "hears the sources listed no more"},
};

static const struct name icmp6_unreachable_list[] = {
	{"ICMP6_DST_UNREACH_NOROUTE", ICMP6_DST_UNREACH_NOROUTE, "no route to the destination"},
	{"ICMP6_DST_UNREACH_ADMIN", ICMP6_DST_UNREACH_ADMIN, "prohibited by a filter"},
	{"ICMP6_DST_UNREACH_BEYONDSCOPE", ICMP6_DST_UNREACH_BEYONDSCOPE, "beyond the scope of the source"},
	{"ICMP6_DST_UNREACH_ADDR", ICMP6_DST_UNREACH_ADDR, "address unreachable"},
	{"ICMP6_DST_UNREACH_NOPORT", ICMP6_DST_UNREACH_NOPORT, "port unreachable"},
};

#define MADE(type, code) ((type) << 8 | (code))

/* What inject makes: type and code. Each name of the one is a name of the other. */
static const struct name icmp_made_list[] = {
	{"echo-request", MADE(ICMP_ECHO, 0), "a ping"},
	{"echo-reply", MADE(ICMP_ECHOREPLY, 0), "the answer to a ping"},
	{"net-unreachable", MADE(ICMP_DEST_UNREACH, ICMP_NET_UNREACH), "no route leads to the network"},
	{"host-unreachable", MADE(ICMP_DEST_UNREACH, ICMP_HOST_UNREACH), "the host does not answer on its link"},
	{"protocol-unreachable", MADE(ICMP_DEST_UNREACH, ICMP_PROT_UNREACH), "the host does not have the protocol"},
	{"port-unreachable", MADE(ICMP_DEST_UNREACH, ICMP_PORT_UNREACH), "nobody has the port"},
	{"fragmentation-needed", MADE(ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED), "a link takes no packet of that length; mtu= says what it takes"},
	{"packet-too-big", MADE(ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED), "the same, by its name in ICMPv6"},
	{"prohibited", MADE(ICMP_DEST_UNREACH, ICMP_PKT_FILTERED), "a filter does not let it pass"},
	{"time-exceeded", MADE(ICMP_TIME_EXCEEDED, ICMP_EXC_TTL), "its TTL, or hop limit, ran out on the way"},
	{"fragments-missing", MADE(ICMP_TIME_EXCEEDED, ICMP_EXC_FRAGTIME), "not all of its fragments came in time"},
	{"parameter-problem", MADE(ICMP_PARAMETERPROB, 0), "a header makes no sense"},
};

static const struct name icmp6_made_list[] = {
	{"echo-request", MADE(ICMP6_ECHO_REQUEST, 0), "a ping"},
	{"echo-reply", MADE(ICMP6_ECHO_REPLY, 0), "the answer to a ping"},
	{"net-unreachable", MADE(ICMP6_DST_UNREACH, ICMP6_DST_UNREACH_NOROUTE), "no route leads to the network"},
	{"host-unreachable", MADE(ICMP6_DST_UNREACH, ICMP6_DST_UNREACH_ADDR), "the host does not answer on its link"},
	{"protocol-unreachable", MADE(ICMP6_PARAM_PROB, ICMP6_PARAMPROB_NEXTHEADER), "the host does not have the protocol"},
	{"port-unreachable", MADE(ICMP6_DST_UNREACH, ICMP6_DST_UNREACH_NOPORT), "nobody has the port"},
	{"fragmentation-needed", MADE(ICMP6_PACKET_TOO_BIG, 0), "the same as packet-too-big, by its name in IPv4's ICMP"},
	{"packet-too-big", MADE(ICMP6_PACKET_TOO_BIG, 0), "a link takes no packet of that length; mtu= says what it takes"},
	{"prohibited", MADE(ICMP6_DST_UNREACH, ICMP6_DST_UNREACH_ADMIN), "a filter does not let it pass"},
	{"time-exceeded", MADE(ICMP6_TIME_EXCEEDED, ICMP6_TIME_EXCEED_TRANSIT), "its TTL, or hop limit, ran out on the way"},
	{"fragments-missing", MADE(ICMP6_TIME_EXCEEDED, ICMP6_TIME_EXCEED_REASSEMBLY), "not all of its fragments came in time"},
	{"parameter-problem", MADE(ICMP6_PARAM_PROB, ICMP6_PARAMPROB_HEADER), "a header makes no sense"},
};

/* clang-format on */

const struct names names_icmp_unreachable = {
	"ICMP unreachable code",        "ICMP_", NULL, false, icmp_unreachable_list,
	COUNT_OF(icmp_unreachable_list)};
const struct names names_icmp6 = {"ICMPv6 type", "ICMP6_",   NULL,
				  false,         icmp6_list, COUNT_OF(icmp6_list)};
const struct names names_icmp6_unreachable = {
	"ICMPv6 unreachable code",       "ICMP6_DST_UNREACH_", NULL, false, icmp6_unreachable_list,
	COUNT_OF(icmp6_unreachable_list)};
const struct names names_igmp = {"IGMP type", "IGMP_", NULL, false, igmp_list, COUNT_OF(igmp_list)};
const struct names names_group_record = {
	"record of a multicast group", NULL, NULL, false, group_record_list,
	COUNT_OF(group_record_list)};
const struct names names_icmp_made = {"ICMP packet of inject", NULL, NULL, false, icmp_made_list,
				      COUNT_OF(icmp_made_list)};
const struct names names_icmp6_made = {
	"ICMPv6 packet of inject", NULL, NULL, false, icmp6_made_list, COUNT_OF(icmp6_made_list)};
