/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <linux/icmp.h>
#include <linux/if_packet.h>
#include <linux/net_tstamp.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <time.h>

#include "base/grow.h"
#include "names/names.h"

#define TIMESTAMPING(bit) (1 << (bit))

/* An entry a line, as in a dictionary. */
/* clang-format off */

#define NAME(constant, text) {#constant, constant, text}
/* By number where headers may be older than the constant. */
#define NUMBER(name, value, text) {#name, value, text}

static const struct name mtu_discover_list[] = {
	NAME(IP_PMTUDISC_DONT, "never set Don't Fragment"),
	NAME(IP_PMTUDISC_WANT, "as the route says; fragment what is too long"),
	NAME(IP_PMTUDISC_DO, "always set Don't Fragment: too long is EMSGSIZE"),
	NAME(IP_PMTUDISC_PROBE, "set Don't Fragment, and pay no heed to the path MTU"),
	NAME(IP_PMTUDISC_INTERFACE, "the interface's MTU counts, never the path's"),
	NAME(IP_PMTUDISC_OMIT, "the same, but what is too long is fragmented"),
};

static const struct name mtu_discover6_list[] = {
	NAME(IPV6_PMTUDISC_DONT, "no path MTU discovery"),
	NAME(IPV6_PMTUDISC_WANT, "as the route says; fragment what is too long"),
	NAME(IPV6_PMTUDISC_DO, "never fragment: too long is EMSGSIZE"),
	NAME(IPV6_PMTUDISC_PROBE, "never fragment, and pay no heed to the path MTU"),
	NAME(IPV6_PMTUDISC_INTERFACE, "the interface's MTU counts, never the path's"),
	NAME(IPV6_PMTUDISC_OMIT, "the same, but what is too long is fragmented"),
};

static const struct name tos_list[] = {
	NAME(IPTOS_LOWDELAY, "little delay, for interactive traffic"),
	NAME(IPTOS_THROUGHPUT, "much throughput, for bulk data"),
	NAME(IPTOS_RELIABILITY, "few losses"),
	NAME(IPTOS_MINCOST, "filler data that may be slow"),
};

static const struct name sources_list[] = {
	NUMBER(IPV6_PREFER_SRC_TMP, 0x0001, "a temporary address (RFC 8981)"),
	NUMBER(IPV6_PREFER_SRC_PUBLIC, 0x0002, "a public address, no temporary one"),
	NUMBER(IPV6_PREFER_SRC_COA, 0x0004, "a care-of address of Mobile IPv6"),
	NUMBER(IPV6_PREFER_SRC_CGA, 0x0008, "a cryptographically generated address"),
	NUMBER(IPV6_PREFER_SRC_PUBTMP_DEFAULT, 0x0100, "public or temporary: as the machine is set"),
	NUMBER(IPV6_PREFER_SRC_HOME, 0x0400, "a home address of Mobile IPv6"),
	NUMBER(IPV6_PREFER_SRC_NONCGA, 0x0800, "no cryptographically generated address"),
};

static const struct name timestamping_list[] = {
	NUMBER(SOF_TIMESTAMPING_TX_HARDWARE, TIMESTAMPING(0), "the device's time of sending"),
	NUMBER(SOF_TIMESTAMPING_TX_SOFTWARE, TIMESTAMPING(1), "the time when data leaves the kernel"),
	NUMBER(SOF_TIMESTAMPING_RX_HARDWARE, TIMESTAMPING(2), "the device's time of arrival"),
	NUMBER(SOF_TIMESTAMPING_RX_SOFTWARE, TIMESTAMPING(3), "the time when data enters the kernel"),
	NUMBER(SOF_TIMESTAMPING_SOFTWARE, TIMESTAMPING(4), "report the kernel's times"),
	NUMBER(SOF_TIMESTAMPING_SYS_HARDWARE, TIMESTAMPING(5), "no longer has an effect"),
	NUMBER(SOF_TIMESTAMPING_RAW_HARDWARE, TIMESTAMPING(6), "report the device's times"),
	NUMBER(SOF_TIMESTAMPING_OPT_ID, TIMESTAMPING(7), "number the sent packets, to tell them apart"),
	NUMBER(SOF_TIMESTAMPING_TX_SCHED, TIMESTAMPING(8), "the time before the device's queue"),
	NUMBER(SOF_TIMESTAMPING_TX_ACK, TIMESTAMPING(9), "the time when all is acknowledged (TCP)"),
	NUMBER(SOF_TIMESTAMPING_OPT_CMSG, TIMESTAMPING(10), "report the interface and more with it"),
	NUMBER(SOF_TIMESTAMPING_OPT_TSONLY, TIMESTAMPING(11), "report times without the packet"),
	NUMBER(SOF_TIMESTAMPING_OPT_STATS, TIMESTAMPING(12), "report statistics of TCP with them"),
	NUMBER(SOF_TIMESTAMPING_OPT_PKTINFO, TIMESTAMPING(13), "report the device and the length"),
	NUMBER(SOF_TIMESTAMPING_OPT_TX_SWHW, TIMESTAMPING(14), "both times of sending"),
	NUMBER(SOF_TIMESTAMPING_BIND_PHC, TIMESTAMPING(15), "times by one clock of the device"),
	NUMBER(SOF_TIMESTAMPING_OPT_ID_TCP, TIMESTAMPING(16), "OPT_ID counted as TCP needs it"),
	NUMBER(SOF_TIMESTAMPING_OPT_RX_FILTER, TIMESTAMPING(17), "only times that this socket asked for"),
	NUMBER(SOF_TIMESTAMPING_TX_COMPLETION, TIMESTAMPING(18), "the time when the device is done"),
};

static const struct name buf_lock_list[] = {
	NUMBER(SOCK_SNDBUF_LOCK, 1, "the send buffer stays as large as it is"),
	NUMBER(SOCK_RCVBUF_LOCK, 2, "the receive buffer stays as large as it is"),
};

static const struct name repair_list[] = {
	NUMBER(TCP_REPAIR_OFF, 0, "the connection goes on, with a window probe"),
	NUMBER(TCP_REPAIR_ON, 1, "the connection stands still, and may be changed"),
	NUMBER(TCP_REPAIR_OFF_NO_WP, -1, "the connection goes on, without a window probe"),
};

static const struct name repair_queue_list[] = {
	NUMBER(TCP_NO_QUEUE, 0, "neither"),
	NUMBER(TCP_RECV_QUEUE, 1, "the receive queue"),
	NUMBER(TCP_SEND_QUEUE, 2, "the send queue"),
};

static const struct name udp_encap_list[] = {
	NUMBER(UDP_ENCAP_ESPINUDP_NON_IKE, 1, "IPsec's ESP in UDP, by an old draft"),
	NUMBER(UDP_ENCAP_ESPINUDP, 2, "IPsec's ESP in UDP (RFC 3948)"),
	NUMBER(UDP_ENCAP_L2TPINUDP, 3, "L2TP (RFC 2661)"),
	NUMBER(UDP_ENCAP_GTP0, 4, "GTP of mobile networks, version 0"),
	NUMBER(UDP_ENCAP_GTP1U, 5, "GTP of mobile networks, version 1, user data"),
	NUMBER(UDP_ENCAP_RXRPC, 6, "RxRPC"),
};

static const struct name tpacket_version_list[] = {
	NUMBER(TPACKET_V1, 0, "the first layout of a packet ring"),
	NUMBER(TPACKET_V2, 1, "the same on 32 and 64 bits, with VLAN tags"),
	NUMBER(TPACKET_V3, 2, "blocks of packets of any length"),
};

static const struct name icmp_list[] = {
	NAME(ICMP_ECHOREPLY, "the answer to a ping"),
	NAME(ICMP_DEST_UNREACH, "the destination cannot be reached"),
	NAME(ICMP_SOURCE_QUENCH, "send more slowly; no longer used (RFC 6633)"),
	NAME(ICMP_REDIRECT, "there is a better router"),
	NAME(ICMP_ECHO, "a ping"),
	NAME(ICMP_TIME_EXCEEDED, "the TTL ran out, or a fragment is missing"),
	NAME(ICMP_PARAMETERPROB, "the header is wrong"),
	NAME(ICMP_TIMESTAMP, "asks for the time"),
	NAME(ICMP_TIMESTAMPREPLY, "tells the time"),
	NAME(ICMP_INFO_REQUEST, "asks for the network's number; no longer used (RFC 6918)"),
	NAME(ICMP_INFO_REPLY, "tells the network's number; no longer used (RFC 6918)"),
	NAME(ICMP_ADDRESS, "asks for the netmask; no longer used (RFC 6918)"),
	NAME(ICMP_ADDRESSREPLY, "tells the netmask; no longer used (RFC 6918)"),
};

static const struct name source_mode_list[] = {
	NAME(MCAST_EXCLUDE, "hear all sources but those listed"),
	NAME(MCAST_INCLUDE, "hear only the sources listed"),
};

static const struct name packet_mr_list[] = {
	NAME(PACKET_MR_MULTICAST, "one multicast address of the link"),
	NAME(PACKET_MR_PROMISC, "all packets on the link"),
	NAME(PACKET_MR_ALLMULTI, "all multicast on the link"),
	NAME(PACKET_MR_UNICAST, "one more address of the link"),
};

static const struct name clock_list[] = {
	NAME(CLOCK_REALTIME, "the time of day"),
	NAME(CLOCK_MONOTONIC, "since the machine started, never set back"),
	NAME(CLOCK_TAI, "atomic time, without leap seconds"),
	NAME(CLOCK_BOOTTIME, "as CLOCK_MONOTONIC, and while the machine sleeps as well"),
	NAME(CLOCK_REALTIME_ALARM, "the time of day, of a timer that wakes the machine"),
	NAME(CLOCK_BOOTTIME_ALARM, "as CLOCK_BOOTTIME, of a timer that wakes the machine"),
};

static const struct name txtime_list[] = {
	NUMBER(SOF_TXTIME_DEADLINE_MODE, 1, "the time is the latest, not the exact one"),
	NUMBER(SOF_TXTIME_REPORT_ERRORS, 2, "report packets that came too late"),
};

static const struct name label_action_list[] = {
	NUMBER(IPV6_FL_A_GET, 0, "lease a label"),
	NUMBER(IPV6_FL_A_PUT, 1, "give a label back"),
	NUMBER(IPV6_FL_A_RENEW, 2, "keep a label for longer"),
};

static const struct name label_flag_list[] = {
	NUMBER(IPV6_FL_F_CREATE, 1, "make the label if there is none"),
	NUMBER(IPV6_FL_F_EXCL, 2, "fail if the label is there"),
	NUMBER(IPV6_FL_F_REFLECT, 4, "answer with the label that came"),
	NUMBER(IPV6_FL_F_REMOTE, 8, "ask for the label that came"),
};

static const struct name label_share_list[] = {
	NUMBER(IPV6_FL_S_NONE, 0, "nobody"),
	NUMBER(IPV6_FL_S_EXCL, 1, "this socket alone"),
	NUMBER(IPV6_FL_S_PROCESS, 2, "the sockets of this process"),
	NUMBER(IPV6_FL_S_USER, 3, "the sockets of this user"),
	NUMBER(IPV6_FL_S_ANY, 255, "every socket"),
};

static const struct name fanout_list[] = {
	NAME(PACKET_FANOUT_HASH, "by the flow that the packet belongs to"),
	NAME(PACKET_FANOUT_LB, "in turn"),
	NAME(PACKET_FANOUT_CPU, "by the processor that the packet came in on"),
	NAME(PACKET_FANOUT_ROLLOVER, "the first socket until it is full, then the next"),
	NAME(PACKET_FANOUT_RND, "by chance"),
	NAME(PACKET_FANOUT_QM, "by the queue of the device"),
	NAME(PACKET_FANOUT_CBPF, "by a classic BPF program"),
	NAME(PACKET_FANOUT_EBPF, "by a BPF program of a descriptor"),
};

static const struct name fanout_flag_list[] = {
	NUMBER(PACKET_FANOUT_FLAG_ROLLOVER, 0x1000, "go to another socket when this one is full"),
	NUMBER(PACKET_FANOUT_FLAG_UNIQUEID, 0x2000, "the kernel chooses the group's number"),
	NUMBER(PACKET_FANOUT_FLAG_IGNORE_OUTGOING, 0x4000, "leave out what this machine sends"),
	NUMBER(PACKET_FANOUT_FLAG_DEFRAG, 0x8000, "put fragments together first"),
};
/* clang-format on */

#define NAMES(id, kind_, prefix_, flags_)                   \
	const struct names names_##id = {.kind = kind_,     \
					 .prefix = prefix_, \
					 .flags = flags_,   \
					 .list = id##_list, \
					 .count = COUNT_OF(id##_list)}

NAMES(mtu_discover, "way of path MTU discovery", "IP_PMTUDISC_", false);
NAMES(mtu_discover6, "way of path MTU discovery", "IPV6_PMTUDISC_", false);
NAMES(tos, "type of service", "IPTOS_", false);
NAMES(sources, "preference of source addresses", "IPV6_PREFER_SRC_", true);
NAMES(timestamping, "timestamping flag", "SOF_TIMESTAMPING_", true);
NAMES(buf_lock, "buffer lock", "SOCK_", true);
NAMES(repair, "mode of TCP repair", "TCP_REPAIR_", false);
NAMES(repair_queue, "queue of TCP repair", "TCP_", false);
NAMES(udp_encap, "kind of tunnel", "UDP_ENCAP_", false);
NAMES(tpacket_version, "version of a packet ring", "TPACKET_", false);
NAMES(icmp, "ICMP type", "ICMP_", false);
NAMES(source_mode, "mode of a source list", "MCAST_", false);
NAMES(packet_mr, "kind of packet membership", "PACKET_MR_", false);
NAMES(clock, "clock", "CLOCK_", false);
NAMES(txtime, "flag of SO_TXTIME", "SOF_TXTIME_", true);
NAMES(label_action, "action on a flow label", "IPV6_FL_A_", false);
NAMES(label_flag, "flag of a flow label", "IPV6_FL_F_", true);
NAMES(label_share, "sharing of a flow label", "IPV6_FL_S_", false);
NAMES(fanout, "way of a packet fanout", "PACKET_FANOUT_", false);
NAMES(fanout_flag, "flag of a packet fanout", "PACKET_FANOUT_", true);
