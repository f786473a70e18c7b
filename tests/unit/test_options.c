/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Socket options: the table of them, and their values as words, bytes and text. */
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/if_packet.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "calls/kinds_option.h"
#include "names/names.h"
#include "names/options.h"
#include "net/interface.h"
#include "unit.h"

/* Every option that has a heading in a manual page. */
/* clang-format off */
static const struct {
	const char *name;
	int level;
	enum option_type type;
	enum option_access access;
	const char *page;
} documented[] = {
	{"SO_ACCEPTCONN", SOL_SOCKET, OPTION_BOOL, OPTION_GET, "socket(7)"},
	{"SO_ATTACH_BPF", SOL_SOCKET, OPTION_FD, OPTION_SET, "socket(7)"},
	{"SO_ATTACH_FILTER", SOL_SOCKET, OPTION_FILTER, OPTION_SET, "socket(7)"},
	{"SO_ATTACH_REUSEPORT_CBPF", SOL_SOCKET, OPTION_FILTER, OPTION_SET, "socket(7)"},
	{"SO_ATTACH_REUSEPORT_EBPF", SOL_SOCKET, OPTION_FD, OPTION_SET, "socket(7)"},
	{"SO_BINDTODEVICE", SOL_SOCKET, OPTION_STRING, OPTION_BOTH, "socket(7)"},
	{"SO_BROADCAST", SOL_SOCKET, OPTION_BOOL, OPTION_BOTH, "socket(7)"},
	{"SO_BSDCOMPAT", SOL_SOCKET, OPTION_BOOL, OPTION_BOTH, "socket(7)"},
	{"SO_BUSY_POLL", SOL_SOCKET, OPTION_INT, OPTION_BOTH, "socket(7)"},
	{"SO_DEBUG", SOL_SOCKET, OPTION_BOOL, OPTION_BOTH, "socket(7)"},
	{"SO_DETACH_BPF", SOL_SOCKET, OPTION_INT, OPTION_SET, "socket(7)"},
	{"SO_DETACH_FILTER", SOL_SOCKET, OPTION_INT, OPTION_SET, "socket(7)"},
	{"SO_DOMAIN", SOL_SOCKET, OPTION_FAMILY, OPTION_GET, "socket(7)"},
	{"SO_DONTROUTE", SOL_SOCKET, OPTION_BOOL, OPTION_BOTH, "socket(7)"},
	{"SO_ERROR", SOL_SOCKET, OPTION_ERRNO, OPTION_GET, "socket(7)"},
	{"SO_INCOMING_CPU", SOL_SOCKET, OPTION_INT, OPTION_BOTH, "socket(7)"},
	{"SO_INCOMING_NAPI_ID", SOL_SOCKET, OPTION_INT, OPTION_GET, "socket(7)"},
	{"SO_KEEPALIVE", SOL_SOCKET, OPTION_BOOL, OPTION_BOTH, "socket(7)"},
	{"SO_LINGER", SOL_SOCKET, OPTION_LINGER, OPTION_BOTH, "socket(7)"},
	{"SO_LOCK_FILTER", SOL_SOCKET, OPTION_BOOL, OPTION_BOTH, "socket(7)"},
	{"SO_MARK", SOL_SOCKET, OPTION_UINT, OPTION_BOTH, "socket(7)"},
	{"SO_OOBINLINE", SOL_SOCKET, OPTION_BOOL, OPTION_BOTH, "socket(7)"},
	{"SO_PASSCRED", SOL_SOCKET, OPTION_BOOL, OPTION_BOTH, "socket(7)"},
	{"SO_PASSSEC", SOL_SOCKET, OPTION_BOOL, OPTION_BOTH, "socket(7)"},
	{"SO_PEEK_OFF", SOL_SOCKET, OPTION_INT, OPTION_BOTH, "socket(7)"},
	{"SO_PEERCRED", SOL_SOCKET, OPTION_UCRED, OPTION_GET, "socket(7)"},
	{"SO_PEERSEC", SOL_SOCKET, OPTION_STRING, OPTION_GET, "socket(7)"},
	{"SO_PRIORITY", SOL_SOCKET, OPTION_INT, OPTION_BOTH, "socket(7)"},
	{"SO_PROTOCOL", SOL_SOCKET, OPTION_PROTOCOL, OPTION_GET, "socket(7)"},
	{"SO_RCVBUF", SOL_SOCKET, OPTION_INT, OPTION_BOTH, "socket(7)"},
	{"SO_RCVBUFFORCE", SOL_SOCKET, OPTION_INT, OPTION_SET, "socket(7)"},
	{"SO_RCVLOWAT", SOL_SOCKET, OPTION_INT, OPTION_BOTH, "socket(7)"},
	{"SO_RCVTIMEO", SOL_SOCKET, OPTION_TIMEVAL, OPTION_BOTH, "socket(7)"},
	{"SO_REUSEADDR", SOL_SOCKET, OPTION_BOOL, OPTION_BOTH, "socket(7)"},
	{"SO_REUSEPORT", SOL_SOCKET, OPTION_BOOL, OPTION_BOTH, "socket(7)"},
	{"SO_RXQ_OVFL", SOL_SOCKET, OPTION_BOOL, OPTION_BOTH, "socket(7)"},
	{"SO_SELECT_ERR_QUEUE", SOL_SOCKET, OPTION_BOOL, OPTION_BOTH, "socket(7)"},
	{"SO_SNDBUF", SOL_SOCKET, OPTION_INT, OPTION_BOTH, "socket(7)"},
	{"SO_SNDBUFFORCE", SOL_SOCKET, OPTION_INT, OPTION_SET, "socket(7)"},
	{"SO_SNDLOWAT", SOL_SOCKET, OPTION_INT, OPTION_GET, "socket(7)"},
	{"SO_SNDTIMEO", SOL_SOCKET, OPTION_TIMEVAL, OPTION_BOTH, "socket(7)"},
	{"SO_TIMESTAMP", SOL_SOCKET, OPTION_BOOL, OPTION_BOTH, "socket(7)"},
	{"SO_TIMESTAMPNS", SOL_SOCKET, OPTION_BOOL, OPTION_BOTH, "socket(7)"},
	{"SO_TYPE", SOL_SOCKET, OPTION_TYPE, OPTION_GET, "socket(7)"},
	{"TCP_CONGESTION", IPPROTO_TCP, OPTION_STRING, OPTION_BOTH, "tcp(7)"},
	{"TCP_CORK", IPPROTO_TCP, OPTION_BOOL, OPTION_BOTH, "tcp(7)"},
	{"TCP_DEFER_ACCEPT", IPPROTO_TCP, OPTION_INT, OPTION_BOTH, "tcp(7)"},
	{"TCP_FASTOPEN", IPPROTO_TCP, OPTION_INT, OPTION_BOTH, "tcp(7)"},
	{"TCP_FASTOPEN_CONNECT", IPPROTO_TCP, OPTION_BOOL, OPTION_BOTH, "tcp(7)"},
	{"TCP_INFO", IPPROTO_TCP, OPTION_TCP_INFO, OPTION_GET, "tcp(7)"},
	{"TCP_KEEPCNT", IPPROTO_TCP, OPTION_INT, OPTION_BOTH, "tcp(7)"},
	{"TCP_KEEPIDLE", IPPROTO_TCP, OPTION_INT, OPTION_BOTH, "tcp(7)"},
	{"TCP_KEEPINTVL", IPPROTO_TCP, OPTION_INT, OPTION_BOTH, "tcp(7)"},
	{"TCP_LINGER2", IPPROTO_TCP, OPTION_INT, OPTION_BOTH, "tcp(7)"},
	{"TCP_MAXSEG", IPPROTO_TCP, OPTION_INT, OPTION_BOTH, "tcp(7)"},
	{"TCP_NODELAY", IPPROTO_TCP, OPTION_BOOL, OPTION_BOTH, "tcp(7)"},
	{"TCP_QUICKACK", IPPROTO_TCP, OPTION_BOOL, OPTION_BOTH, "tcp(7)"},
	{"TCP_SYNCNT", IPPROTO_TCP, OPTION_INT, OPTION_BOTH, "tcp(7)"},
	{"TCP_USER_TIMEOUT", IPPROTO_TCP, OPTION_INT, OPTION_BOTH, "tcp(7)"},
	{"TCP_WINDOW_CLAMP", IPPROTO_TCP, OPTION_INT, OPTION_BOTH, "tcp(7)"},
	{"IP_ADD_MEMBERSHIP", IPPROTO_IP, OPTION_MREQN, OPTION_SET, "ip(7)"},
	{"IP_ADD_SOURCE_MEMBERSHIP", IPPROTO_IP, OPTION_MREQ_SOURCE, OPTION_SET, "ip(7)"},
	{"IP_BIND_ADDRESS_NO_PORT", IPPROTO_IP, OPTION_BOOL, OPTION_BOTH, "ip(7)"},
	{"IP_BLOCK_SOURCE", IPPROTO_IP, OPTION_MREQ_SOURCE, OPTION_SET, "ip(7)"},
	{"IP_DROP_MEMBERSHIP", IPPROTO_IP, OPTION_MREQN, OPTION_SET, "ip(7)"},
	{"IP_DROP_SOURCE_MEMBERSHIP", IPPROTO_IP, OPTION_MREQ_SOURCE, OPTION_SET, "ip(7)"},
	{"IP_FREEBIND", IPPROTO_IP, OPTION_BOOL, OPTION_BOTH, "ip(7)"},
	{"IP_HDRINCL", IPPROTO_IP, OPTION_BOOL, OPTION_BOTH, "ip(7)"},
	{"IP_MSFILTER", IPPROTO_IP, OPTION_MSFILTER, OPTION_BOTH, "ip(7)"},
	{"IP_MTU", IPPROTO_IP, OPTION_INT, OPTION_GET, "ip(7)"},
	{"IP_MTU_DISCOVER", IPPROTO_IP, OPTION_MTU_DISCOVER, OPTION_BOTH, "ip(7)"},
	{"IP_MULTICAST_ALL", IPPROTO_IP, OPTION_BOOL, OPTION_BOTH, "ip(7)"},
	{"IP_MULTICAST_IF", IPPROTO_IP, OPTION_MULTICAST_IF, OPTION_BOTH, "ip(7)"},
	{"IP_MULTICAST_LOOP", IPPROTO_IP, OPTION_BOOL, OPTION_BOTH, "ip(7)"},
	{"IP_MULTICAST_TTL", IPPROTO_IP, OPTION_INT, OPTION_BOTH, "ip(7)"},
	{"IP_NODEFRAG", IPPROTO_IP, OPTION_BOOL, OPTION_BOTH, "ip(7)"},
	{"IP_OPTIONS", IPPROTO_IP, OPTION_BYTES, OPTION_BOTH, "ip(7)"},
	{"IP_PASSSEC", IPPROTO_IP, OPTION_BOOL, OPTION_BOTH, "ip(7)"},
	{"IP_PKTINFO", IPPROTO_IP, OPTION_BOOL, OPTION_BOTH, "ip(7)"},
	{"IP_RECVERR", IPPROTO_IP, OPTION_BOOL, OPTION_BOTH, "ip(7)"},
	{"IP_RECVOPTS", IPPROTO_IP, OPTION_BOOL, OPTION_BOTH, "ip(7)"},
	{"IP_RECVORIGDSTADDR", IPPROTO_IP, OPTION_BOOL, OPTION_BOTH, "ip(7)"},
	{"IP_RECVTOS", IPPROTO_IP, OPTION_BOOL, OPTION_BOTH, "ip(7)"},
	{"IP_RECVTTL", IPPROTO_IP, OPTION_BOOL, OPTION_BOTH, "ip(7)"},
	{"IP_RETOPTS", IPPROTO_IP, OPTION_BOOL, OPTION_BOTH, "ip(7)"},
	{"IP_ROUTER_ALERT", IPPROTO_IP, OPTION_INT, OPTION_BOTH, "ip(7)"},
	{"IP_TOS", IPPROTO_IP, OPTION_TOS, OPTION_BOTH, "ip(7)"},
	{"IP_TRANSPARENT", IPPROTO_IP, OPTION_BOOL, OPTION_BOTH, "ip(7)"},
	{"IP_TTL", IPPROTO_IP, OPTION_INT, OPTION_BOTH, "ip(7)"},
	{"IP_UNBLOCK_SOURCE", IPPROTO_IP, OPTION_MREQ_SOURCE, OPTION_SET, "ip(7)"},
	{"IPV6_ADDRFORM", IPPROTO_IPV6, OPTION_FAMILY, OPTION_BOTH, "ipv6(7)"},
	{"IPV6_ADD_MEMBERSHIP", IPPROTO_IPV6, OPTION_MREQ6, OPTION_SET, "ipv6(7)"},
	{"IPV6_AUTHHDR", IPPROTO_IPV6, OPTION_BOOL, OPTION_BOTH, "ipv6(7)"},
	{"IPV6_DROP_MEMBERSHIP", IPPROTO_IPV6, OPTION_MREQ6, OPTION_SET, "ipv6(7)"},
	{"IPV6_DSTOPTS", IPPROTO_IPV6, OPTION_BYTES, OPTION_BOTH, "ipv6(7)"},
	{"IPV6_FLOWINFO", IPPROTO_IPV6, OPTION_BOOL, OPTION_BOTH, "ipv6(7)"},
	{"IPV6_HOPLIMIT", IPPROTO_IPV6, OPTION_INT, OPTION_BOTH, "ipv6(7)"},
	{"IPV6_HOPOPTS", IPPROTO_IPV6, OPTION_BYTES, OPTION_BOTH, "ipv6(7)"},
	{"IPV6_MTU", IPPROTO_IPV6, OPTION_INT, OPTION_BOTH, "ipv6(7)"},
	{"IPV6_MTU_DISCOVER", IPPROTO_IPV6, OPTION_MTU_DISCOVER6, OPTION_BOTH, "ipv6(7)"},
	{"IPV6_MULTICAST_HOPS", IPPROTO_IPV6, OPTION_INT, OPTION_BOTH, "ipv6(7)"},
	{"IPV6_MULTICAST_IF", IPPROTO_IPV6, OPTION_INTERFACE, OPTION_BOTH, "ipv6(7)"},
	{"IPV6_MULTICAST_LOOP", IPPROTO_IPV6, OPTION_BOOL, OPTION_BOTH, "ipv6(7)"},
	{"IPV6_RECVERR", IPPROTO_IPV6, OPTION_BOOL, OPTION_BOTH, "ipv6(7)"},
	{"IPV6_RECVPKTINFO", IPPROTO_IPV6, OPTION_BOOL, OPTION_BOTH, "ipv6(7)"},
	{"IPV6_ROUTER_ALERT", IPPROTO_IPV6, OPTION_INT, OPTION_BOTH, "ipv6(7)"},
	{"IPV6_RTHDR", IPPROTO_IPV6, OPTION_BYTES, OPTION_BOTH, "ipv6(7)"},
	{"IPV6_UNICAST_HOPS", IPPROTO_IPV6, OPTION_INT, OPTION_BOTH, "ipv6(7)"},
	{"IPV6_V6ONLY", IPPROTO_IPV6, OPTION_BOOL, OPTION_BOTH, "ipv6(7)"},
	{"UDP_CORK", IPPROTO_UDP, OPTION_BOOL, OPTION_BOTH, "udp(7)"},
	{"PACKET_ADD_MEMBERSHIP", SOL_PACKET, OPTION_PACKET_MREQ, OPTION_SET, "packet(7)"},
	{"PACKET_AUXDATA", SOL_PACKET, OPTION_BOOL, OPTION_BOTH, "packet(7)"},
	{"PACKET_DROP_MEMBERSHIP", SOL_PACKET, OPTION_PACKET_MREQ, OPTION_SET, "packet(7)"},
	{"PACKET_FANOUT", SOL_PACKET, OPTION_FANOUT, OPTION_BOTH, "packet(7)"},
	{"PACKET_LOSS", SOL_PACKET, OPTION_BOOL, OPTION_BOTH, "packet(7)"},
	{"PACKET_QDISC_BYPASS", SOL_PACKET, OPTION_BOOL, OPTION_BOTH, "packet(7)"},
	{"PACKET_RESERVE", SOL_PACKET, OPTION_UINT, OPTION_BOTH, "packet(7)"},
	{"PACKET_RX_RING", SOL_PACKET, OPTION_TPACKET_REQ, OPTION_SET, "packet(7)"},
	{"PACKET_STATISTICS", SOL_PACKET, OPTION_TPACKET_STATS, OPTION_GET, "packet(7)"},
	{"PACKET_TIMESTAMP", SOL_PACKET, OPTION_TIMESTAMPING, OPTION_BOTH, "packet(7)"},
	{"PACKET_TX_RING", SOL_PACKET, OPTION_TPACKET_REQ, OPTION_SET, "packet(7)"},
	{"PACKET_VERSION", SOL_PACKET, OPTION_TPACKET_VERSION, OPTION_BOTH, "packet(7)"},
	{"ICMP_FILTER", SOL_RAW, OPTION_ICMP_FILTER, OPTION_BOTH, "raw(7)"},
};
/* clang-format on */

START_TEST(documented_options_are_all_there)
{
	ck_assert_uint_eq(COUNT_OF(documented), 123);
	for (size_t i = 0; i < COUNT_OF(documented); i++) {
		const char *name = documented[i].name;
		const struct option *option = options_find(name, strlen(name), documented[i].level);

		ck_assert_msg(option != NULL, "%s", name);
		ck_assert_str_eq(option->name, name);
		ck_assert_msg(option->type == documented[i].type, "the type of %s", name);
		ck_assert_msg(option->access == documented[i].access, "the access of %s", name);
		ck_assert_str_eq(option->page, documented[i].page);
		ck_assert_msg(option->text && *option->text, "the text of %s", name);
		ck_assert_msg(option->sockets, "the sockets of %s", name);
		for (size_t j = 0; j < i; j++)
			ck_assert_str_ne(name, documented[j].name);
	}
}
END_TEST

static bool applies(const char *name, int family, int type, int protocol)
{
	const struct option *option = options_find(name, strlen(name), -1);

	ck_assert_msg(option != NULL, "%s", name);
	return options_applies(option, family, type, protocol);
}

START_TEST(options_apply_to_their_sockets)
{
	static const struct {
		const char *name;
		int family, type, protocol;
		bool applies;
	} rows[] = {
		{"SO_REUSEADDR", AF_INET, SOCK_STREAM, 0, true},
		{"SO_RCVBUF", AF_UNIX, SOCK_DGRAM, 0, true},
		{"SO_RCVBUF", AF_VSOCK, SOCK_STREAM, 0, true},
		{"SO_PEERCRED", AF_UNIX, SOCK_STREAM, 0, true},
		{"SO_PEERCRED", AF_INET, SOCK_STREAM, 0, false},
		{"TCP_NODELAY", AF_INET, SOCK_STREAM, IPPROTO_TCP, true},
		{"TCP_NODELAY", AF_INET6, SOCK_STREAM, 0, true},
		{"TCP_NODELAY", AF_INET, SOCK_DGRAM, 0, false},
		{"TCP_NODELAY", AF_UNIX, SOCK_STREAM, 0, false},
		{"TCP_NODELAY", AF_INET, SOCK_STREAM, 262, true},
		{"TCP_NODELAY", AF_INET, SOCK_STREAM, IPPROTO_SCTP, false},
		{"UDP_CORK", AF_INET6, SOCK_DGRAM, IPPROTO_UDP, true},
		{"UDP_CORK", AF_INET, SOCK_DGRAM, IPPROTO_ICMP, false},
		{"IP_TTL", AF_INET6, SOCK_STREAM, 0, true},
		{"IP_TTL", AF_INET6, SOCK_RAW, IPPROTO_ICMPV6, false},
		{"IP_HDRINCL", AF_INET, SOCK_RAW, IPPROTO_RAW, true},
		{"IP_HDRINCL", AF_INET, SOCK_DGRAM, 0, false},
		{"IPV6_V6ONLY", AF_INET, SOCK_STREAM, 0, false},
		{"ICMP_FILTER", AF_INET, SOCK_RAW, IPPROTO_ICMP, true},
		{"PACKET_VERSION", AF_PACKET, SOCK_RAW, 0, true},
		{"PACKET_VERSION", AF_NETLINK, SOCK_RAW, 0, false},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		ck_assert_msg(applies(rows[i].name, rows[i].family, rows[i].type,
				      rows[i].protocol) == rows[i].applies,
			      "%s %d %d %d", rows[i].name, rows[i].family, rows[i].type,
			      rows[i].protocol);
}
END_TEST

START_TEST(layouts_are_sound)
{
	for (size_t i = 0; i < options_count; i++) {
		const struct option_layout *layout = options_layout(&options[i]);

		ck_assert_msg(layout->name && layout->count, "%s", options[i].name);
		for (unsigned k = 0; k < layout->count; k++) {
			const struct option_field *field = &layout->fields[k];

			ck_assert(field->offset + field->size <= (layout->size ? layout->size : 4));
			ck_assert(field->form != VALUE_CONSTANT || field->names);
			ck_assert(field->form != VALUE_LIST || k == layout->count - 1);
			for (unsigned j = 0; j < k; j++)
				ck_assert(strcmp(field->name, layout->fields[j].name) &&
					  (!field->also ||
					   strcmp(field->also, layout->fields[j].name)));
		}
	}
}
END_TEST

/* What may be typed for a value of each type, with its C form. */
static const struct {
	enum option_type type;
	const char *typed;
	const char *printed; /* NULL: as typed */
} samples[] = {
	{OPTION_BYTES, "hex:0102030405", NULL},
	{OPTION_BYTES, "\"ab\"", "hex:6162"},
	{OPTION_INT, "1234567", "[1234567]"},
	{OPTION_INT, "-1", "[-1]"},
	{OPTION_INT, "0xffffffff", "[-1]"},
	{OPTION_INT, "{5}", "[5]"},
	{OPTION_UINT, "4294967295", "[4294967295]"},
	{OPTION_HEX, "255", "[0xff]"},
	{OPTION_HEX, "0", "[0]"},
	{OPTION_BOOL, "on", "[1]"},
	{OPTION_BOOL, "off", "[0]"},
	{OPTION_UINT64, "18446744073709551615", "[18446744073709551615]"},
	{OPTION_UINT64, "[12]", "[12]"},
	{OPTION_STRING, "\"reno\"", NULL},
	{OPTION_STRING, "reno", "\"reno\""},
	{OPTION_FD, "4", "[4]"},
	{OPTION_ERRNO, "ECONNREFUSED", "[ECONNREFUSED]"},
	{OPTION_ERRNO, "0", "[0]"},
	{OPTION_FAMILY, "AF_INET6", "[AF_INET6]"},
	{OPTION_TYPE, "dgram", "[SOCK_DGRAM]"},
	{OPTION_PROTOCOL, "[IPPROTO_UDP]", "[IPPROTO_UDP]"},
	{OPTION_INTERFACE, "lo", "[if_nametoindex(\"lo\")]"},
	{OPTION_INTERFACE, "0", "[0]"},
	{OPTION_INTERFACE_BE, "lo", "[htonl(if_nametoindex(\"lo\"))]"},
	{OPTION_MTU_DISCOVER, "do", "[IP_PMTUDISC_DO]"},
	{OPTION_MTU_DISCOVER6, "PROBE", "[IPV6_PMTUDISC_PROBE]"},
	{OPTION_TOS, "lowdelay", "[IPTOS_LOWDELAY]"},
	{OPTION_TOS, "0xb8", "[184]"},
	{OPTION_SOURCES, "TMP|CGA", "[IPV6_PREFER_SRC_TMP|IPV6_PREFER_SRC_CGA]"},
	{OPTION_TIMESTAMPING, "RX_SOFTWARE | SOFTWARE",
	 "[SOF_TIMESTAMPING_RX_SOFTWARE|SOF_TIMESTAMPING_SOFTWARE]"},
	{OPTION_BUF_LOCK, "3", "[SOCK_SNDBUF_LOCK|SOCK_RCVBUF_LOCK]"},
	{OPTION_REPAIR, "-1", "[TCP_REPAIR_OFF_NO_WP]"},
	{OPTION_REPAIR_QUEUE, "send_queue", "[TCP_SEND_QUEUE]"},
	{OPTION_UDP_ENCAP, "ESPINUDP", "[UDP_ENCAP_ESPINUDP]"},
	{OPTION_TPACKET_VERSION, "V3", "[TPACKET_V3]"},
	{OPTION_ADDRESS, "127.0.0.1:80", "{AF_INET, 127.0.0.1:80}"},
	{OPTION_ADDRESS, "{AF_INET6, [::1]:80}", NULL},
	{OPTION_GROUPS, "[0, 4, 1000]", NULL},
	{OPTION_GROUPS, "0 4 1000", "[0, 4, 1000]"},
	{OPTION_GROUPS, "[]", NULL},
	{OPTION_TIMEVAL, "200ms", "{tv_sec=0, tv_usec=200000}"},
	{OPTION_TIMEVAL, "2", "{tv_sec=2, tv_usec=0}"},
	{OPTION_TIMEVAL, "{3, 250000}", "{tv_sec=3, tv_usec=250000}"},
	{OPTION_TIMEVAL, "microseconds=5ms", "{tv_sec=0, tv_usec=5000}"},
	{OPTION_LINGER, "on=1 seconds=9", "{l_onoff=1, l_linger=9}"},
	{OPTION_LINGER, "1 0", "{l_onoff=1, l_linger=0}"},
	{OPTION_LINGER, "{1,0}", "{l_onoff=1, l_linger=0}"},
	{OPTION_LINGER, "{l_linger=4, l_onoff=1}", "{l_onoff=1, l_linger=4}"},
	{OPTION_LINGER, "{.l_onoff = 1, .l_linger = 2s}", "{l_onoff=1, l_linger=2}"},
	{OPTION_LINGER, "{}", "{l_onoff=0, l_linger=0}"},
	{OPTION_UCRED, "{pid=1, uid=-1, gid=3}", NULL},
	{OPTION_TXTIME, "clock=TAI flags=DEADLINE_MODE",
	 "{clockid=CLOCK_TAI, flags=SOF_TXTIME_DEADLINE_MODE}"},
	{OPTION_MEMINFO, "rcvbuf=5",
	 "{SK_MEMINFO_RMEM_ALLOC=0, SK_MEMINFO_RCVBUF=5, SK_MEMINFO_WMEM_ALLOC=0, "
	 "SK_MEMINFO_SNDBUF=0, SK_MEMINFO_FWD_ALLOC=0, SK_MEMINFO_WMEM_QUEUED=0, "
	 "SK_MEMINFO_OPTMEM=0, SK_MEMINFO_BACKLOG=0, SK_MEMINFO_DROPS=0}"},
	{OPTION_FILTER, "[{0x28, 0, 0, 12}, {6 0 0 0}]",
	 "{len=2, filter=[{0x28, 0, 0, 0xc}, {0x6, 0, 0, 0}]}"},
	{OPTION_FILTER, "filter={6,0,0,1}", "{len=1, filter=[{0x6, 0, 0, 0x1}]}"},
	{OPTION_FILTER, "{len=0}", "{len=0, filter=[]}"},
	{OPTION_FILTER_OR_FD, "7", "[7]"},
	{OPTION_FILTER_OR_FD, "[{6, 0, 0, 1}]", "{len=1, filter=[{0x6, 0, 0, 0x1}]}"},
	{OPTION_FILTER_CODE, "[{0x6, 0, 0, 0x1}]", NULL},
	{OPTION_TCP_INFO, "hex:0001", NULL},
	{OPTION_MD5SIG, "peer=127.0.0.1:179 key=\"secret\"",
	 "{tcpm_addr={AF_INET, 127.0.0.1:179}, tcpm_flags=0, tcpm_prefixlen=0, tcpm_keylen=6, "
	 "tcpm_key=hex:736563726574}"},
	{OPTION_REPAIR_OPTIONS, "[{opt_code=2, opt_val=1460}, {code=4}]",
	 "[{opt_code=2, opt_val=1460}, {opt_code=4, opt_val=0}]"},
	{OPTION_REPAIR_WINDOW, "1 2 3 4 5",
	 "{snd_wl1=1, snd_wnd=2, max_window=3, rcv_wnd=4, rcv_wup=5}"},
	{OPTION_ZEROCOPY, "length=4096",
	 "{address=0, length=4096, recv_skip_hint=0, inq=0, err=0, copybuf_address=0, "
	 "copybuf_len=0, flags=0, msg_control=0, msg_controllen=0, msg_flags=0, reserved=0}"},
	{OPTION_MREQN, "group=239.1.2.3 interface=lo",
	 "{imr_multiaddr=239.1.2.3, imr_address=0.0.0.0, imr_ifindex=if_nametoindex(\"lo\")}"},
	{OPTION_MREQN, "239.1.2.3",
	 "{imr_multiaddr=239.1.2.3, imr_address=0.0.0.0, imr_ifindex=0}"},
	{OPTION_MULTICAST_IF, "127.0.0.1", "[127.0.0.1]"},
	{OPTION_MULTICAST_IF, "[127.0.0.1]", "[127.0.0.1]"},
	{OPTION_MULTICAST_IF, "interface=4711",
	 "{imr_multiaddr=0.0.0.0, imr_address=0.0.0.0, imr_ifindex=4711}"},
	{OPTION_MREQ_SOURCE, "group=232.1.2.3 source=10.0.0.1 interface=127.0.0.1",
	 "{imr_multiaddr=232.1.2.3, imr_interface=127.0.0.1, imr_sourceaddr=10.0.0.1}"},
	{OPTION_MSFILTER, "group=232.1.2.3 mode=include sources=[10.0.0.1, 10.0.0.2]",
	 "{imsf_multiaddr=232.1.2.3, imsf_interface=0.0.0.0, imsf_fmode=MCAST_INCLUDE, "
	 "imsf_numsrc=2, imsf_slist=[10.0.0.1, 10.0.0.2]}"},
	{OPTION_MSFILTER, "group=232.1.2.3 count=7",
	 "{imsf_multiaddr=232.1.2.3, imsf_interface=0.0.0.0, imsf_fmode=MCAST_EXCLUDE, "
	 "imsf_numsrc=7, imsf_slist=[]}"},
	{OPTION_MREQ6, "group=ff02::1 interface=lo",
	 "{ipv6mr_multiaddr=ff02::1, ipv6mr_interface=if_nametoindex(\"lo\")}"},
	{OPTION_PKTINFO6, "address=[::1]", "{ipi6_addr=::1, ipi6_ifindex=0}"},
	{OPTION_MTUINFO6, "address=[::1]:0 mtu=1280",
	 "{ip6m_addr={AF_INET6, [::1]:0}, ip6m_mtu=1280}"},
	{OPTION_FLOWLABEL, "destination=::1 label=0x12345 share=any flags=CREATE|EXCL linger=6s",
	 "{flr_dst=::1, flr_label=htonl(0x12345), flr_action=IPV6_FL_A_GET, "
	 "flr_share=IPV6_FL_S_ANY, flr_flags=IPV6_FL_F_CREATE|IPV6_FL_F_EXCL, flr_expires=0, "
	 "flr_linger=6}"},
	{OPTION_GROUP_REQ, "interface=lo group=239.1.2.3",
	 "{gr_interface=if_nametoindex(\"lo\"), gr_group={AF_INET, 239.1.2.3:0}}"},
	{OPTION_GROUP_SOURCE_REQ, "group=[ff35::1]:0 source=[::1]:0",
	 "{gsr_interface=0, gsr_group={AF_INET6, [ff35::1]:0}, gsr_source={AF_INET6, [::1]:0}}"},
	{OPTION_GROUP_FILTER, "group=232.1.2.3 mode=INCLUDE sources=[10.0.0.1]",
	 "{gf_interface=0, gf_group={AF_INET, 232.1.2.3:0}, gf_fmode=MCAST_INCLUDE, gf_numsrc=1, "
	 "gf_slist=[{AF_INET, 10.0.0.1:0}]}"},
	{OPTION_ICMP_FILTER, "ECHO|ECHOREPLY", "{data=1<<ICMP_ECHOREPLY|1<<ICMP_ECHO}"},
	{OPTION_ICMP_FILTER, "types=~(1<<8)", "{data=~(1<<ICMP_ECHO)}"},
	{OPTION_ICMP_FILTER, "{data=1<<20}", NULL},
	{OPTION_ICMP_FILTER, "0", "{data=0}"},
	{OPTION_PACKET_MREQ, "type=multicast address=01:00:5e:00:00:01",
	 "{mr_ifindex=0, mr_type=PACKET_MR_MULTICAST, mr_alen=6, mr_address=01:00:5e:00:00:01}"},
	{OPTION_TPACKET_REQ, "4096 1 2048 2",
	 "{tp_block_size=4096, tp_block_nr=1, tp_frame_size=2048, tp_frame_nr=2}"},
	{OPTION_TPACKET_REQ, "block_size=4096 retire_blk_tov=60",
	 "{tp_block_size=4096, tp_block_nr=0, tp_frame_size=0, tp_frame_nr=0, "
	 "tp_retire_blk_tov=60, tp_sizeof_priv=0, tp_feature_req_word=0}"},
	{OPTION_TPACKET_STATS, "{tp_packets=5, tp_drops=1}", NULL},
	{OPTION_FANOUT, "id=42 type=LB|FLAG_DEFRAG",
	 "{id=42, type_flags=PACKET_FANOUT_LB|PACKET_FANOUT_FLAG_DEFRAG}"},
	{OPTION_FANOUT, "id=42 members=9",
	 "{id=42, type_flags=PACKET_FANOUT_HASH, max_num_members=9}"},
	{OPTION_AO_ADD,
	 "peer=127.0.0.1:0 algorithm=\"hmac(sha1)\" prefix=32 sndid=1 rcvid=2 key=\"secret\"",
	 "{addr={AF_INET, 127.0.0.1:0}, alg_name=\"hmac(sha1)\", ifindex=0, flags=0, prefix=32, "
	 "sndid=1, rcvid=2, maclen=0, keyflags=0, keylen=6, key=hex:736563726574}"},
	{OPTION_AO_DEL, "peer=127.0.0.1:0 flags=4 rnext=5",
	 "{addr={AF_INET, 127.0.0.1:0}, ifindex=0, flags=0x4, prefix=0, sndid=0, rcvid=0, "
	 "current_key=0, rnext=5, keyflags=0}"},
	{OPTION_AO_INFO, "flags=5 good=18446744073709551615",
	 "{flags=0x5, current_key=0, rnext=0, pkt_good=18446744073709551615, pkt_bad=0, "
	 "pkt_key_not_found=0, pkt_ao_required=0, pkt_dropped_icmp=0}"},
	{OPTION_AO_KEYS, "[]", "[]"},
	{OPTION_AO_REPAIR, "0x1234 5 6 7",
	 "{snt_isn=htonl(0x1234), rcv_isn=htonl(0x5), snd_sne=6, rcv_sne=7}"},
	{OPTION_DMABUF_TOKENS, "[{0, 1}, {start=7, count=2}]",
	 "[{token_start=0, token_count=1}, {token_start=7, token_count=2}]"},
	{OPTION_TIMEVAL64, "200ms", "{tv_sec=0, tv_usec=200000}"},
	{OPTION_ROLLOVER_STATS, "{tp_all=1, tp_huge=2, tp_failed=18446744073709551615}", NULL},
};

static const struct option *option_of_type(enum option_type type)
{
	static struct option option;

	option = (struct option){.name = "OPTION", .type = type};
	return &option;
}

static int read_value(const struct option *option, const char *text, struct buf *out,
		      struct error *err)
{
	/* Without a NUL behind it, as a word of a line. */
	size_t len = strlen(text);
	char *copy = malloc(len + 1);
	int result;

	ck_assert_ptr_nonnull(copy);
	memcpy(copy + 1, text, len);
	buf_reset(out);
	result = option_read(option, NULL, copy + 1, len, out, err);
	free(copy);
	return result;
}

/* A value is printed as C has it, and read again it is the same bytes. */
START_TEST(values_are_typed_back)
{
	const struct option *option = option_of_type(samples[_i].type);
	const char *typed = samples[_i].typed;
	const char *printed = samples[_i].printed ? samples[_i].printed : typed;
	struct buf first = {0}, again = {0}, text = {0};
	struct error err;

	ck_assert_msg(read_value(option, typed, &first, &err) == 0, "%s: %s", typed, err.text);
	if (samples[_i].type == OPTION_TCP_INFO)
		option_print_bytes(&text, option, buf_text(&first), first.len);
	else
		option_print(&text, INTERFACES_OURS, option, buf_text(&first), first.len);
	ck_assert_str_eq(buf_text(&text), printed);
	ck_assert_msg(read_value(option, buf_text(&text), &again, &err) == 0, "%s: %s", printed,
		      err.text);
	ck_assert_uint_eq(again.len, first.len);
	ck_assert_mem_eq(again.data, first.data, first.len);
	buf_free(&first);
	buf_free(&again);
	buf_free(&text);
}
END_TEST

START_TEST(every_type_has_a_sample)
{
	for (size_t i = 0; i < options_count; i++) {
		size_t k = 0;

		while (k < COUNT_OF(samples) && samples[k].type != options[i].type)
			k++;
		ck_assert_msg(k < COUNT_OF(samples), "%s", options[i].name);
	}
}
END_TEST

static const struct {
	enum option_type type;
	const char *typed;
	int column, length;
	const char *says;
} wrong[] = {
	{OPTION_LINGER, "on=1 secs=0", 6, 4, "struct linger has no field secs: it has on, seconds"},
	{OPTION_LINGER, "on=1 on=2", 6, 2, "l_onoff is given twice"},
	{OPTION_LINGER, "1 l_onoff=2", 3, 7, "l_onoff is given twice"},
	{OPTION_LINGER, "on 1", 1, 2, "the value is missing: expected on=VALUE"},
	{OPTION_LINGER, "seconds", 1, 7, "the value is missing: expected seconds=VALUE"},
	{OPTION_LINGER, "on=", 1, 2, "the value of l_onoff is missing"},
	{OPTION_LINGER, "1 2 3", 5, 1, "one value too many: struct linger has 2"},
	{OPTION_LINGER, "on=1 seconds=x", 14, 1, NULL},
	{OPTION_LINGER, "on=1 seconds=200ms", 14, 5, "this counts whole seconds"},
	{OPTION_LINGER, "on=4294967296", 4, 10, "4294967296 is out of range: it has 32 bits"},
	{OPTION_LINGER, "", 1, 1, "the value is missing"},
	{OPTION_AO_ADD, "secret=1", 1, 6, NULL},
	{OPTION_AO_ADD, "prefix=256", 8, 3, "256 is out of range: it has 8 bits"},
	{OPTION_DMABUF_TOKENS, "[{0, x}]", 6, 1, NULL},
	{OPTION_TIMEVAL64, "1x", 1, 2, NULL},
	{OPTION_INT, "1 2", 3, 1, "one word too many: int is a single value"},
	{OPTION_INT, "99999999999", 1, 11, "99999999999 is out of range: it has 32 bits"},
	{OPTION_INT, "ten", 1, 3, NULL},
	{OPTION_TIMEVAL, "1x", 1, 2, NULL},
	{OPTION_MREQN, "group=239.1.2 interface=lo", 7, 7,
	 "239.1.2 is no IPv4 address: expected one such as 239.1.2.3"},
	{OPTION_MREQN, "group=239.1.2.3 interface=nosuch0", 27, 7,
	 "there is no interface nosuch0: give its name, such as lo, or its index"},
	{OPTION_MREQN, "239.1.2.3 0.0.0.0 if_nametoindex(\"nosuch0\")", 35, 7, NULL},
	{OPTION_MREQ6, "group=10.0.0.1", 7, 8,
	 "10.0.0.1 is no IPv6 address: expected one such as ff02::1"},
	{OPTION_MSFILTER, "sources=[10.0.0.1, 10.0.0]", 20, 6, NULL},
	{OPTION_TIMESTAMPING, "SOFTWARE|NOTHING", 10, 7, NULL},
	{OPTION_ICMP_FILTER, "ECHO|1<<32", 9, 2, "the bits go from 0 to 31"},
	{OPTION_ICMP_FILTER, "ECHO|", 6, 1, NULL},
	{OPTION_PACKET_MREQ, "type=70000", 6, 5, "70000 is out of range: it has 16 bits"},
	{OPTION_PACKET_MREQ, "type=-1", 6, 2, "-1 is out of range: it has 16 bits"},
	{OPTION_PACKET_MREQ, "address=\"123456789\"", 9, 11, "these are 9 bytes: at most 8 fit"},
	{OPTION_FILTER, "[{256, 300, 0, 0}]", 8, 3, "300 is out of range: it has 8 bits"},
	{OPTION_FILTER, "{len=3, filter=[{6,0,0,0}]}", 1, 27, "len says 3, but only 1 are given"},
	{OPTION_FILTER, "@/nonexistent/file", 1, 18,
	 "cannot open /nonexistent/file: No such file or directory"},
	{OPTION_FILTER, "@/dev/null", 1, 10, "/dev/null: no regular file"},
	{OPTION_STRING, "a b", 3, 1, "one word too many: string is a single value"},
	{OPTION_FAMILY, "AF_NOWHERE", 1, 10, NULL},
};

START_TEST(errors_have_their_place)
{
	struct buf out = {0};
	struct error err;

	ck_assert_msg(read_value(option_of_type(wrong[_i].type), wrong[_i].typed, &out, &err) < 0,
		      "%s", wrong[_i].typed);
	if (wrong[_i].says)
		ck_assert_str_eq(err.text, wrong[_i].says);
	ck_assert_msg(err.text[0], "%s", wrong[_i].typed);
	ck_assert_msg(err.column == wrong[_i].column && err.length == wrong[_i].length,
		      "%s: %d, %d: %s", wrong[_i].typed, err.column, err.length, err.text);
	ck_assert_uint_eq(out.len, 0);
	buf_free(&out);
}
END_TEST

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

/* What a file of instructions says, or how it is wrong. */
START_TEST(filters_are_read_from_files)
{
	static const struct {
		const char *text;
		const char *says; /* an error, behind the file's name; else the value */
		bool good;
	} files[] = {
		{"4\n40 0 0 12\n21 0 1 2048\n6 0 0 262144\n6 0 0 0\n",
		 "{len=4, filter=[{0x28, 0, 0, 0xc}, {0x15, 0, 1, 0x800}, {0x6, 0, 0, 0x40000}, "
		 "{0x6, 0, 0, 0}]}",
		 true},
		{"{ 0x28, 0, 0, 0x0000000c },\n{ 0x6, 0, 0, 0x00040000 },\n",
		 "{len=2, filter=[{0x28, 0, 0, 0xc}, {0x6, 0, 0, 0x40000}]}", true},
		{"# accepts all\n\n  6 0 0 65535", "{len=1, filter=[{0x6, 0, 0, 0xffff}]}", true},
		{"3\n6 0 0 1\n", ": its first line says 3, but 1 lines follow", false},
		{"{ 0x28, 0, 0 },\n", ":1: 4 numbers are expected", false},
		{"6 0 0 1\n6 0 0 1 9\n", ":2: one value too many: struct sock_filter has 4", false},
		{"6 0 0 x\n", NULL, false},
		{"6 256 0 1\n", ":1: 256 is out of range: it has 8 bits", false},
		{"", ": there is nothing in it", false},
		{"ld [12]\n", NULL, false},
	};
	char dir[] = "/tmp/options-XXXXXX", path[64], typed[80];

	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/filter", dir);
	snprintf(typed, sizeof(typed), "@%s", path);
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		const struct option *option = option_of_type(OPTION_FILTER);
		struct buf value = {0}, text = {0};
		struct error err;
		int result;

		write_file(path, files[i].text);
		result = read_value(option, typed, &value, &err);
		ck_assert_msg((result == 0) == files[i].good, "%s: %s", files[i].text, err.text);
		if (files[i].good) {
			option_print(&text, INTERFACES_OURS, option, buf_text(&value), value.len);
			ck_assert_str_eq(buf_text(&text), files[i].says);
		} else {
			ck_assert_int_eq(err.column, 1);
			ck_assert(strncmp(err.text, path, strlen(path)) == 0);
			if (files[i].says)
				ck_assert_str_eq(err.text + strlen(path), files[i].says);
		}
		buf_free(&value);
		buf_free(&text);
	}
	unlink(path);
	rmdir(dir);
}
END_TEST

/* What is shorter or longer than its type is nothing but bytes, or what it has of the fields. */
START_TEST(values_of_other_lengths)
{
	static const struct {
		enum option_type type;
		size_t len;
		const char *printed;
	} rows[] = {
		{OPTION_INT, 4, "[0]"},
		{OPTION_INT, 3, "hex:000000"},
		{OPTION_INT, 5, "hex:0000000000"},
		{OPTION_LINGER, 4, "{l_onoff=0}"},
		{OPTION_LINGER, 6, "hex:000000000000"},
		{OPTION_LINGER, 0, "hex:"},
		{OPTION_MULTICAST_IF, 4, "[0.0.0.0]"},
		{OPTION_MREQN, 8, "{imr_multiaddr=0.0.0.0, imr_address=0.0.0.0}"},
		{OPTION_STRING, 0, "\"\""},
		{OPTION_STRING, 3, "\"\""},
		{OPTION_GROUPS, 6, "hex:000000000000"},
		{OPTION_ADDRESS, 1, "hex:00"},
		{OPTION_TCP_INFO, 1, "{tcpi_state=0}"},
	};
	static const char zeros[64];

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf text = {0};

		option_print(&text, INTERFACES_OURS, option_of_type(rows[i].type), zeros,
			     rows[i].len);
		ck_assert_str_eq(buf_text(&text), rows[i].printed);
		buf_free(&text);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("options");
	TCase *table = tcase_create("table");
	TCase *values = tcase_create("values");

	tcase_add_test(table, documented_options_are_all_there);
	tcase_add_test(table, options_apply_to_their_sockets);
	tcase_add_test(table, layouts_are_sound);
	suite_add_tcase(suite, table);
	tcase_add_loop_test(values, values_are_typed_back, 0, (int)COUNT_OF(samples));
	tcase_add_test(values, every_type_has_a_sample);
	tcase_add_loop_test(values, errors_have_their_place, 0, (int)COUNT_OF(wrong));
	tcase_add_test(values, filters_are_read_from_files);
	tcase_add_test(values, values_of_other_lengths);
	suite_add_tcase(suite, values);
	return unit_main(suite);
}
