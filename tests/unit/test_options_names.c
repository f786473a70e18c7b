/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every option that the kernel's headers name is in the table, and a value of it can be typed. */
#include <fcntl.h>
#include <glob.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/grow.h"
#include "calls/confine.h"
#include "calls/kinds.h"
#include "calls/kinds_option.h"
#include "kernel/option_values.h"
#include "names/options.h"
#include "names/options_numbers.h"
#include "net/interface.h"
#include "unit.h"

#define ROW(level, name, sample)           \
	{                                  \
		level, name, #name, sample \
	}

/* By level, in the order of the headers, and a value that can be typed for it. */
/* clang-format off */
static const struct {
	int level, number;
	const char *name, *sample;
} rows[] = {
	ROW(SOL_SOCKET, SO_DEBUG, "on"),
	ROW(SOL_SOCKET, SO_REUSEADDR, "on"),
	ROW(SOL_SOCKET, SO_TYPE, "SOCK_DGRAM"),
	ROW(SOL_SOCKET, SO_ERROR, "ECONNREFUSED"),
	ROW(SOL_SOCKET, SO_DONTROUTE, "on"),
	ROW(SOL_SOCKET, SO_BROADCAST, "on"),
	ROW(SOL_SOCKET, SO_SNDBUF, "5"),
	ROW(SOL_SOCKET, SO_RCVBUF, "64K"),
	ROW(SOL_SOCKET, SO_SNDBUFFORCE, "5"),
	ROW(SOL_SOCKET, SO_RCVBUFFORCE, "5"),
	ROW(SOL_SOCKET, SO_KEEPALIVE, "on"),
	ROW(SOL_SOCKET, SO_OOBINLINE, "on"),
	ROW(SOL_SOCKET, SO_NO_CHECK, "on"),
	ROW(SOL_SOCKET, SO_PRIORITY, "6"),
	ROW(SOL_SOCKET, SO_LINGER, "on=1 seconds=9"),
	ROW(SOL_SOCKET, SO_BSDCOMPAT, "on"),
	ROW(SOL_SOCKET, SO_REUSEPORT, "on"),
	ROW(SOL_SOCKET, SO_PASSCRED, "on"),
	ROW(SOL_SOCKET, SO_PEERCRED, "pid=1 uid=2 gid=3"),
	ROW(SOL_SOCKET, SO_RCVLOWAT, "5"),
	ROW(SOL_SOCKET, SO_SNDLOWAT, "5"),
	ROW(SOL_SOCKET, SO_RCVTIMEO_OLD, "200ms"),
	ROW(SOL_SOCKET, SO_SNDTIMEO_OLD, "200ms"),
	ROW(SOL_SOCKET, SO_SECURITY_AUTHENTICATION, "5"),
	ROW(SOL_SOCKET, SO_SECURITY_ENCRYPTION_TRANSPORT, "5"),
	ROW(SOL_SOCKET, SO_SECURITY_ENCRYPTION_NETWORK, "5"),
	ROW(SOL_SOCKET, SO_BINDTODEVICE, "lo"),
	ROW(SOL_SOCKET, SO_ATTACH_FILTER, "[{6, 0, 0, 0xffff}]"),
	ROW(SOL_SOCKET, SO_DETACH_FILTER, "5"),
	ROW(SOL_SOCKET, SO_GET_FILTER, "[{6, 0, 0, 1}]"),
	ROW(SOL_SOCKET, SO_PEERNAME, "127.0.0.1:80"),
	ROW(SOL_SOCKET, SO_ACCEPTCONN, "on"),
	ROW(SOL_SOCKET, SO_PEERSEC, "unconfined"),
	ROW(SOL_SOCKET, SO_PASSSEC, "on"),
	ROW(SOL_SOCKET, SO_MARK, "4096"),
	ROW(SOL_SOCKET, SO_PROTOCOL, "IPPROTO_UDP"),
	ROW(SOL_SOCKET, SO_DOMAIN, "AF_INET6"),
	ROW(SOL_SOCKET, SO_RXQ_OVFL, "on"),
	ROW(SOL_SOCKET, SO_WIFI_STATUS, "on"),
	ROW(SOL_SOCKET, SO_PEEK_OFF, "-1"),
	ROW(SOL_SOCKET, SO_NOFCS, "on"),
	ROW(SOL_SOCKET, SO_LOCK_FILTER, "on"),
	ROW(SOL_SOCKET, SO_SELECT_ERR_QUEUE, "on"),
	ROW(SOL_SOCKET, SO_BUSY_POLL, "5"),
	ROW(SOL_SOCKET, SO_MAX_PACING_RATE, "125000"),
	ROW(SOL_SOCKET, SO_BPF_EXTENSIONS, "5"),
	ROW(SOL_SOCKET, SO_INCOMING_CPU, "5"),
	ROW(SOL_SOCKET, SO_ATTACH_BPF, "4"),
	ROW(SOL_SOCKET, SO_DETACH_BPF, "5"),
	ROW(SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, "[{6, 0, 0, 0xffff}]"),
	ROW(SOL_SOCKET, SO_ATTACH_REUSEPORT_EBPF, "4"),
	ROW(SOL_SOCKET, SO_CNX_ADVICE, "5"),
	ROW(SOL_SOCKET, SO_MEMINFO, "rcvbuf=5"),
	ROW(SOL_SOCKET, SO_INCOMING_NAPI_ID, "5"),
	ROW(SOL_SOCKET, SO_COOKIE, "125000"),
	ROW(SOL_SOCKET, SO_PEERGROUPS, "[0, 1000]"),
	ROW(SOL_SOCKET, SO_ZEROCOPY, "on"),
	ROW(SOL_SOCKET, SO_TXTIME, "clock=TAI flags=DEADLINE_MODE"),
	ROW(SOL_SOCKET, SO_BINDTOIFINDEX, "lo"),
	ROW(SOL_SOCKET, SO_TIMESTAMP_OLD, "on"),
	ROW(SOL_SOCKET, SO_TIMESTAMPNS_OLD, "on"),
	ROW(SOL_SOCKET, SO_TIMESTAMPING_OLD, "RX_SOFTWARE|SOFTWARE"),
	ROW(SOL_SOCKET, SO_TIMESTAMP_NEW, "on"),
	ROW(SOL_SOCKET, SO_TIMESTAMPNS_NEW, "on"),
	ROW(SOL_SOCKET, SO_TIMESTAMPING_NEW, "RX_SOFTWARE|SOFTWARE"),
	ROW(SOL_SOCKET, SO_RCVTIMEO_NEW, "200ms"),
	ROW(SOL_SOCKET, SO_SNDTIMEO_NEW, "200ms"),
	ROW(SOL_SOCKET, SO_DETACH_REUSEPORT_BPF, "5"),
	ROW(SOL_SOCKET, SO_PREFER_BUSY_POLL, "on"),
	ROW(SOL_SOCKET, SO_BUSY_POLL_BUDGET, "5"),
	ROW(SOL_SOCKET, SO_NETNS_COOKIE, "125000"),
	ROW(SOL_SOCKET, SO_BUF_LOCK, "SNDBUF_LOCK"),
	ROW(SOL_SOCKET, SO_RESERVE_MEM, "5"),
	ROW(SOL_SOCKET, SO_TXREHASH, "1"),
	ROW(SOL_SOCKET, SO_RCVMARK, "on"),
	ROW(SOL_SOCKET, SO_TIMESTAMP, "on"),
	ROW(SOL_SOCKET, SO_TIMESTAMPNS, "on"),
	ROW(SOL_SOCKET, SO_TIMESTAMPING, "RX_SOFTWARE|SOFTWARE"),
	ROW(SOL_SOCKET, SO_RCVTIMEO, "200ms"),
	ROW(SOL_SOCKET, SO_SNDTIMEO, "200ms"),
	ROW(SOL_SOCKET, SO_PASSPIDFD, "on"),
	ROW(SOL_SOCKET, SO_PEERPIDFD, "4"),
	ROW(SOL_SOCKET, SO_DEVMEM_LINEAR, "hex:0102"),
	ROW(SOL_SOCKET, SO_DEVMEM_DMABUF, "hex:0102"),
	ROW(SOL_SOCKET, SO_DEVMEM_DONTNEED, "[{0, 1}]"),
	ROW(SOL_SOCKET, SO_RCVPRIORITY, "on"),
	ROW(SOL_SOCKET, SO_PASSRIGHTS, "on"),
	ROW(SOL_SOCKET, SO_INQ, "on"),
	ROW(IPPROTO_TCP, TCP_NODELAY, "on"),
	ROW(IPPROTO_TCP, TCP_MAXSEG, "1460"),
	ROW(IPPROTO_TCP, TCP_CORK, "on"),
	ROW(IPPROTO_TCP, TCP_KEEPIDLE, "7200"),
	ROW(IPPROTO_TCP, TCP_KEEPINTVL, "5"),
	ROW(IPPROTO_TCP, TCP_KEEPCNT, "5"),
	ROW(IPPROTO_TCP, TCP_SYNCNT, "5"),
	ROW(IPPROTO_TCP, TCP_LINGER2, "5"),
	ROW(IPPROTO_TCP, TCP_DEFER_ACCEPT, "5"),
	ROW(IPPROTO_TCP, TCP_WINDOW_CLAMP, "5"),
	ROW(IPPROTO_TCP, TCP_INFO, "hex:0001"),
	ROW(IPPROTO_TCP, TCP_QUICKACK, "on"),
	ROW(IPPROTO_TCP, TCP_CONGESTION, "cubic"),
	ROW(IPPROTO_TCP, TCP_MD5SIG, "peer=127.0.0.1:179 key=\"secret\""),
	ROW(IPPROTO_TCP, TCP_THIN_LINEAR_TIMEOUTS, "on"),
	ROW(IPPROTO_TCP, TCP_THIN_DUPACK, "on"),
	ROW(IPPROTO_TCP, TCP_USER_TIMEOUT, "5"),
	ROW(IPPROTO_TCP, TCP_REPAIR, "ON"),
	ROW(IPPROTO_TCP, TCP_REPAIR_QUEUE, "SEND_QUEUE"),
	ROW(IPPROTO_TCP, TCP_QUEUE_SEQ, "4096"),
	ROW(IPPROTO_TCP, TCP_REPAIR_OPTIONS, "[{2, 1460}, {code=4}]"),
	ROW(IPPROTO_TCP, TCP_FASTOPEN, "5"),
	ROW(IPPROTO_TCP, TCP_TIMESTAMP, "4096"),
	ROW(IPPROTO_TCP, TCP_NOTSENT_LOWAT, "4096"),
	ROW(IPPROTO_TCP, TCP_CC_INFO, "hex:0102"),
	ROW(IPPROTO_TCP, TCP_SAVE_SYN, "5"),
	ROW(IPPROTO_TCP, TCP_SAVED_SYN, "hex:0102"),
	ROW(IPPROTO_TCP, TCP_REPAIR_WINDOW, "1 2 3 4 5"),
	ROW(IPPROTO_TCP, TCP_FASTOPEN_CONNECT, "on"),
	ROW(IPPROTO_TCP, TCP_ULP, "tls"),
	ROW(IPPROTO_TCP, TCP_MD5SIG_EXT, "peer=127.0.0.1:179 key=\"secret\""),
	ROW(IPPROTO_TCP, TCP_FASTOPEN_KEY, "hex:00112233445566778899aabbccddeeff"),
	ROW(IPPROTO_TCP, TCP_FASTOPEN_NO_COOKIE, "on"),
	ROW(IPPROTO_TCP, TCP_ZEROCOPY_RECEIVE, "length=4096"),
	ROW(IPPROTO_TCP, TCP_INQ, "on"),
	ROW(IPPROTO_TCP, TCP_TX_DELAY, "5"),
	ROW(IPPROTO_TCP, TCP_COOKIE_TRANSACTIONS, "hex:0102"),
	ROW(IPPROTO_TCP, TCP_AO_ADD_KEY, "peer=127.0.0.1:0 algorithm=\"hmac(sha1)\" prefix=32 sndid=1 rcvid=2 key=\"secret\""),
	ROW(IPPROTO_TCP, TCP_AO_DEL_KEY, "peer=127.0.0.1:0 prefix=32 sndid=1 rcvid=2"),
	ROW(IPPROTO_TCP, TCP_AO_INFO, "flags=4 good=18"),
	ROW(IPPROTO_TCP, TCP_AO_GET_KEYS, "[{flags=4, nkeys=1}]"),
	ROW(IPPROTO_TCP, TCP_AO_REPAIR, "1 2 3 4"),
	ROW(IPPROTO_TCP, TCP_IS_MPTCP, "on"),
	ROW(IPPROTO_TCP, TCP_RTO_MAX_MS, "5"),
	ROW(IPPROTO_TCP, TCP_RTO_MIN_US, "5"),
	ROW(IPPROTO_TCP, TCP_DELACK_MAX_US, "5"),
	ROW(IPPROTO_IP, IP_TOS, "LOWDELAY"),
	ROW(IPPROTO_IP, IP_TTL, "255"),
	ROW(IPPROTO_IP, IP_HDRINCL, "on"),
	ROW(IPPROTO_IP, IP_OPTIONS, "hex:0102"),
	ROW(IPPROTO_IP, IP_ROUTER_ALERT, "5"),
	ROW(IPPROTO_IP, IP_RECVOPTS, "on"),
	ROW(IPPROTO_IP, IP_RETOPTS, "on"),
	ROW(IPPROTO_IP, IP_PKTINFO, "on"),
	ROW(IPPROTO_IP, IP_PKTOPTIONS, "hex:0102"),
	ROW(IPPROTO_IP, IP_MTU_DISCOVER, "DO"),
	ROW(IPPROTO_IP, IP_RECVERR, "on"),
	ROW(IPPROTO_IP, IP_RECVTTL, "on"),
	ROW(IPPROTO_IP, IP_RECVTOS, "on"),
	ROW(IPPROTO_IP, IP_MTU, "5"),
	ROW(IPPROTO_IP, IP_FREEBIND, "on"),
	ROW(IPPROTO_IP, IP_IPSEC_POLICY, "hex:0102"),
	ROW(IPPROTO_IP, IP_XFRM_POLICY, "hex:0102"),
	ROW(IPPROTO_IP, IP_PASSSEC, "on"),
	ROW(IPPROTO_IP, IP_TRANSPARENT, "on"),
	ROW(IPPROTO_IP, IP_RECVRETOPTS, "on"),
	ROW(IPPROTO_IP, IP_ORIGDSTADDR, "on"),
	ROW(IPPROTO_IP, IP_RECVORIGDSTADDR, "on"),
	ROW(IPPROTO_IP, IP_MINTTL, "5"),
	ROW(IPPROTO_IP, IP_NODEFRAG, "on"),
	ROW(IPPROTO_IP, IP_CHECKSUM, "on"),
	ROW(IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, "on"),
	ROW(IPPROTO_IP, IP_RECVFRAGSIZE, "on"),
	ROW(IPPROTO_IP, IP_RECVERR_RFC4884, "on"),
	ROW(IPPROTO_IP, IP_MULTICAST_IF, "127.0.0.1"),
	ROW(IPPROTO_IP, IP_MULTICAST_TTL, "5"),
	ROW(IPPROTO_IP, IP_MULTICAST_LOOP, "on"),
	ROW(IPPROTO_IP, IP_ADD_MEMBERSHIP, "group=239.1.2.3 interface=lo"),
	ROW(IPPROTO_IP, IP_DROP_MEMBERSHIP, "group=239.1.2.3 interface=lo"),
	ROW(IPPROTO_IP, IP_UNBLOCK_SOURCE, "group=232.1.2.3 source=10.0.0.1"),
	ROW(IPPROTO_IP, IP_BLOCK_SOURCE, "group=232.1.2.3 source=10.0.0.1"),
	ROW(IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, "group=232.1.2.3 source=10.0.0.1"),
	ROW(IPPROTO_IP, IP_DROP_SOURCE_MEMBERSHIP, "group=232.1.2.3 source=10.0.0.1"),
	ROW(IPPROTO_IP, IP_MSFILTER, "group=232.1.2.3 mode=INCLUDE sources=[10.0.0.1]"),
	ROW(IPPROTO_IP, MCAST_JOIN_GROUP, "interface=lo group=239.1.2.3"),
	ROW(IPPROTO_IP, MCAST_BLOCK_SOURCE, "interface=lo group=232.1.2.3 source=10.0.0.1"),
	ROW(IPPROTO_IP, MCAST_UNBLOCK_SOURCE, "interface=lo group=232.1.2.3 source=10.0.0.1"),
	ROW(IPPROTO_IP, MCAST_LEAVE_GROUP, "interface=lo group=239.1.2.3"),
	ROW(IPPROTO_IP, MCAST_JOIN_SOURCE_GROUP, "interface=lo group=232.1.2.3 source=10.0.0.1"),
	ROW(IPPROTO_IP, MCAST_LEAVE_SOURCE_GROUP, "interface=lo group=232.1.2.3 source=10.0.0.1"),
	ROW(IPPROTO_IP, MCAST_MSFILTER, "group=232.1.2.3 mode=EXCLUDE sources=[10.0.0.1]"),
	ROW(IPPROTO_IP, IP_MULTICAST_ALL, "on"),
	ROW(IPPROTO_IP, IP_UNICAST_IF, "lo"),
	ROW(IPPROTO_IP, IP_LOCAL_PORT_RANGE, "0xff"),
	ROW(IPPROTO_IP, IP_PROTOCOL, "IPPROTO_UDP"),
	ROW(IPPROTO_IP, IP_PMTUDISC, "DO"),
	ROW(IPPROTO_IPV6, IPV6_ADDRFORM, "AF_INET6"),
	ROW(IPPROTO_IPV6, IPV6_2292PKTINFO, "on"),
	ROW(IPPROTO_IPV6, IPV6_2292HOPOPTS, "on"),
	ROW(IPPROTO_IPV6, IPV6_2292DSTOPTS, "on"),
	ROW(IPPROTO_IPV6, IPV6_2292RTHDR, "on"),
	ROW(IPPROTO_IPV6, IPV6_2292PKTOPTIONS, "hex:0102"),
	ROW(IPPROTO_IPV6, IPV6_CHECKSUM, "2"),
	ROW(IPPROTO_IPV6, IPV6_2292HOPLIMIT, "on"),
	ROW(IPPROTO_IPV6, IPV6_NEXTHOP, "127.0.0.1:80"),
	ROW(IPPROTO_IPV6, IPV6_AUTHHDR, "on"),
	ROW(IPPROTO_IPV6, IPV6_FLOWINFO, "on"),
	ROW(IPPROTO_IPV6, IPV6_UNICAST_HOPS, "5"),
	ROW(IPPROTO_IPV6, IPV6_MULTICAST_IF, "lo"),
	ROW(IPPROTO_IPV6, IPV6_MULTICAST_HOPS, "5"),
	ROW(IPPROTO_IPV6, IPV6_MULTICAST_LOOP, "on"),
	ROW(IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, "group=ff02::1 interface=lo"),
	ROW(IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP, "group=ff02::1 interface=lo"),
	ROW(IPPROTO_IPV6, IPV6_ROUTER_ALERT, "5"),
	ROW(IPPROTO_IPV6, IPV6_MTU_DISCOVER, "PROBE"),
	ROW(IPPROTO_IPV6, IPV6_MTU, "5"),
	ROW(IPPROTO_IPV6, IPV6_RECVERR, "on"),
	ROW(IPPROTO_IPV6, IPV6_V6ONLY, "on"),
	ROW(IPPROTO_IPV6, IPV6_JOIN_ANYCAST, "group=ff02::1 interface=lo"),
	ROW(IPPROTO_IPV6, IPV6_LEAVE_ANYCAST, "group=ff02::1 interface=lo"),
	ROW(IPPROTO_IPV6, IPV6_MULTICAST_ALL, "on"),
	ROW(IPPROTO_IPV6, IPV6_ROUTER_ALERT_ISOLATE, "on"),
	ROW(IPPROTO_IPV6, IPV6_RECVERR_RFC4884, "on"),
	ROW(IPPROTO_IPV6, IPV6_FLOWLABEL_MGR, "destination=::1 label=0x12345 share=ANY flags=CREATE"),
	ROW(IPPROTO_IPV6, IPV6_FLOWINFO_SEND, "on"),
	ROW(IPPROTO_IPV6, IPV6_IPSEC_POLICY, "hex:0102"),
	ROW(IPPROTO_IPV6, IPV6_XFRM_POLICY, "hex:0102"),
	ROW(IPPROTO_IPV6, IPV6_HDRINCL, "on"),
	ROW(IPPROTO_IPV6, IPV6_RECVPKTINFO, "on"),
	ROW(IPPROTO_IPV6, IPV6_PKTINFO, "address=::1"),
	ROW(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, "on"),
	ROW(IPPROTO_IPV6, IPV6_HOPLIMIT, "5"),
	ROW(IPPROTO_IPV6, IPV6_RECVHOPOPTS, "on"),
	ROW(IPPROTO_IPV6, IPV6_HOPOPTS, "hex:0000010400000000"),
	ROW(IPPROTO_IPV6, IPV6_RTHDRDSTOPTS, "hex:0102"),
	ROW(IPPROTO_IPV6, IPV6_RECVRTHDR, "on"),
	ROW(IPPROTO_IPV6, IPV6_RTHDR, "hex:0102"),
	ROW(IPPROTO_IPV6, IPV6_RECVDSTOPTS, "on"),
	ROW(IPPROTO_IPV6, IPV6_DSTOPTS, "hex:0102"),
	ROW(IPPROTO_IPV6, IPV6_RECVPATHMTU, "on"),
	ROW(IPPROTO_IPV6, IPV6_PATHMTU, "address=[::1]:0 mtu=1280"),
	ROW(IPPROTO_IPV6, IPV6_DONTFRAG, "on"),
	ROW(IPPROTO_IPV6, IPV6_RECVTCLASS, "on"),
	ROW(IPPROTO_IPV6, IPV6_TCLASS, "5"),
	ROW(IPPROTO_IPV6, IPV6_AUTOFLOWLABEL, "on"),
	ROW(IPPROTO_IPV6, IPV6_ADDR_PREFERENCES, "TMP|CGA"),
	ROW(IPPROTO_IPV6, IPV6_MINHOPCOUNT, "5"),
	ROW(IPPROTO_IPV6, IPV6_ORIGDSTADDR, "on"),
	ROW(IPPROTO_IPV6, IPV6_RECVORIGDSTADDR, "on"),
	ROW(IPPROTO_IPV6, IPV6_TRANSPARENT, "on"),
	ROW(IPPROTO_IPV6, IPV6_UNICAST_IF, "lo"),
	ROW(IPPROTO_IPV6, IPV6_RECVFRAGSIZE, "on"),
	ROW(IPPROTO_IPV6, IPV6_FREEBIND, "on"),
	ROW(IPPROTO_IPV6, IPV6_JOIN_GROUP, "group=ff02::1 interface=lo"),
	ROW(IPPROTO_IPV6, IPV6_LEAVE_GROUP, "group=ff02::1 interface=lo"),
	ROW(IPPROTO_IPV6, MCAST_JOIN_GROUP, "interface=lo group=239.1.2.3"),
	ROW(IPPROTO_IPV6, MCAST_BLOCK_SOURCE, "interface=lo group=232.1.2.3 source=10.0.0.1"),
	ROW(IPPROTO_IPV6, MCAST_UNBLOCK_SOURCE, "interface=lo group=232.1.2.3 source=10.0.0.1"),
	ROW(IPPROTO_IPV6, MCAST_LEAVE_GROUP, "interface=lo group=239.1.2.3"),
	ROW(IPPROTO_IPV6, MCAST_JOIN_SOURCE_GROUP, "interface=lo group=232.1.2.3 source=10.0.0.1"),
	ROW(IPPROTO_IPV6, MCAST_LEAVE_SOURCE_GROUP, "interface=lo group=232.1.2.3 source=10.0.0.1"),
	ROW(IPPROTO_IPV6, MCAST_MSFILTER, "group=232.1.2.3 mode=EXCLUDE sources=[10.0.0.1]"),
	ROW(IPPROTO_UDP, UDP_CORK, "on"),
	ROW(IPPROTO_UDP, UDP_ENCAP, "ESPINUDP"),
	ROW(IPPROTO_UDP, UDP_NO_CHECK6_TX, "on"),
	ROW(IPPROTO_UDP, UDP_NO_CHECK6_RX, "on"),
	ROW(IPPROTO_UDP, UDP_SEGMENT, "5"),
	ROW(IPPROTO_UDP, UDP_GRO, "on"),
	ROW(SOL_RAW, ICMP_FILTER, "ECHO|ECHOREPLY"),
	ROW(SOL_PACKET, PACKET_ADD_MEMBERSHIP, "type=PROMISC interface=lo"),
	ROW(SOL_PACKET, PACKET_DROP_MEMBERSHIP, "type=PROMISC interface=lo"),
	ROW(SOL_PACKET, PACKET_RECV_OUTPUT, "on"),
	ROW(SOL_PACKET, PACKET_RX_RING, "4096 1 2048 2"),
	ROW(SOL_PACKET, PACKET_STATISTICS, "5 1"),
	ROW(SOL_PACKET, PACKET_COPY_THRESH, "5"),
	ROW(SOL_PACKET, PACKET_AUXDATA, "on"),
	ROW(SOL_PACKET, PACKET_ORIGDEV, "on"),
	ROW(SOL_PACKET, PACKET_VERSION, "V3"),
	ROW(SOL_PACKET, PACKET_HDRLEN, "V3"),
	ROW(SOL_PACKET, PACKET_RESERVE, "4096"),
	ROW(SOL_PACKET, PACKET_TX_RING, "4096 1 2048 2"),
	ROW(SOL_PACKET, PACKET_LOSS, "on"),
	ROW(SOL_PACKET, PACKET_VNET_HDR, "on"),
	ROW(SOL_PACKET, PACKET_TX_TIMESTAMP, "hex:0102"),
	ROW(SOL_PACKET, PACKET_TIMESTAMP, "RX_SOFTWARE|SOFTWARE"),
	ROW(SOL_PACKET, PACKET_FANOUT, "id=42 type=LB"),
	ROW(SOL_PACKET, PACKET_TX_HAS_OFF, "on"),
	ROW(SOL_PACKET, PACKET_QDISC_BYPASS, "on"),
	ROW(SOL_PACKET, PACKET_ROLLOVER_STATS, "1 2 3"),
	ROW(SOL_PACKET, PACKET_FANOUT_DATA, "[{6, 0, 0, 1}]"),
	ROW(SOL_PACKET, PACKET_IGNORE_OUTGOING, "on"),
	ROW(SOL_PACKET, PACKET_VNET_HDR_SZ, "5"),
	ROW(AF_VSOCK, SO_VM_SOCKETS_BUFFER_SIZE, "125000"),
	ROW(AF_VSOCK, SO_VM_SOCKETS_BUFFER_MIN_SIZE, "125000"),
	ROW(AF_VSOCK, SO_VM_SOCKETS_BUFFER_MAX_SIZE, "125000"),
	ROW(AF_VSOCK, SO_VM_SOCKETS_PEER_HOST_VM_ID, "5"),
	ROW(AF_VSOCK, SO_VM_SOCKETS_TRUSTED, "on"),
	ROW(AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD, "200ms"),
	ROW(AF_VSOCK, SO_VM_SOCKETS_NONBLOCK_TXRX, "on"),
	ROW(AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW, "200ms"),
	ROW(AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT, "200ms"),
};
/* clang-format on */

/* How many there are of each level. */
static const struct {
	int level;
	unsigned count;
	const char *name;
} levels[] = {
	{SOL_SOCKET, 88, "SOL_SOCKET"},  {IPPROTO_TCP, 46, "IPPROTO_TCP"},
	{IPPROTO_IP, 50, "IPPROTO_IP"},  {IPPROTO_IPV6, 66, "IPPROTO_IPV6"},
	{IPPROTO_UDP, 6, "IPPROTO_UDP"}, {SOL_RAW, 1, "SOL_RAW"},
	{SOL_PACKET, 23, "SOL_PACKET"},  {AF_VSOCK, 9, "AF_VSOCK"},
};

/* The one of the table that has this name at this level. */
static const struct option *named(int level, const char *name)
{
	for (size_t i = 0; i < options_count; i++)
		if (options[i].level == level && strcmp(options[i].name, name) == 0)
			return &options[i];
	return NULL;
}

START_TEST(every_name_is_there)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct option *option = named(rows[i].level, rows[i].name);

		ck_assert_msg(option != NULL, "%s", rows[i].name);
		ck_assert_msg(option->value == rows[i].number, "%s is %d, not %d", rows[i].name,
			      rows[i].number, option->value);
		ck_assert_msg(option->text && *option->text, "%s", rows[i].name);
		ck_assert_msg(option->sockets != 0, "%s", rows[i].name);
		ck_assert_msg(option->access != 0, "%s", rows[i].name);
		ck_assert_ptr_eq(options_find(option->name, strlen(option->name), option->level),
				 option);
	}
	ck_assert_uint_eq(COUNT_OF(rows), options_count);
}
END_TEST

START_TEST(levels_are_whole)
{
	for (size_t i = 0; i < COUNT_OF(levels); i++) {
		unsigned count = 0, in_table = 0;

		for (size_t k = 0; k < COUNT_OF(rows); k++)
			count += rows[k].level == levels[i].level;
		for (size_t k = 0; k < options_count; k++)
			in_table += options[k].level == levels[i].level;
		ck_assert_msg(count == levels[i].count, "%s: %u", levels[i].name, count);
		ck_assert_msg(in_table == count, "%s: %u", levels[i].name, in_table);
		printf("# %s: %u options\n", levels[i].name, count);
	}
	fflush(stdout);
}
END_TEST

/* Two of one number: one is set and the other read, or all but the first are other names. */
START_TEST(numbers_are_shared_knowingly)
{
	for (size_t i = 0; i < options_count; i++)
		for (size_t k = 0; k < i; k++) {
			const struct option *one = &options[k], *other = &options[i];

			if (one->level != other->level || one->value != other->value)
				continue;
			ck_assert_msg(!(one->access & other->access & OPTION_GET) ||
					      other->reading == OPTION_HIDDEN,
				      "%s and %s", one->name, other->name);
		}
}
END_TEST

START_TEST(a_value_of_each_is_typed_back)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct option *option = named(rows[i].level, rows[i].name);
		struct buf first = {0}, again = {0}, text = {0};
		struct error err;

		ck_assert_msg(option_read(option, NULL, rows[i].sample, strlen(rows[i].sample),
					  &first, &err) == 0,
			      "%s %s: %s", rows[i].name, rows[i].sample, err.text);
		if (option->type == OPTION_TCP_INFO)
			option_print_bytes(&text, option, buf_text(&first), first.len);
		else
			option_print(&text, INTERFACES_OURS, option, buf_text(&first), first.len);
		ck_assert_msg(option_read(option, NULL, buf_text(&text), text.len, &again, &err) ==
				      0,
			      "%s %s: %s", rows[i].name, buf_text(&text), err.text);
		ck_assert_msg(first.len == again.len &&
				      memcmp(first.data, again.data, first.len) == 0,
			      "%s: %s", rows[i].name, buf_text(&text));
		buf_free(&first);
		buf_free(&again);
		buf_free(&text);
	}
}
END_TEST

/* What has an effect when it is read, or is told nothing without being asked, is never listed. */
START_TEST(reading_all_changes_nothing)
{
	static const struct {
		const char *name;
		enum option_reading reading;
	} effects[] = {
		{"SO_ERROR", OPTION_TAKES},
		{"SO_PEERPIDFD", OPTION_TAKES},
		{"TCP_SAVED_SYN", OPTION_TAKES},
		{"TCP_ZEROCOPY_RECEIVE", OPTION_TAKES},
		{"PACKET_STATISTICS", OPTION_TAKES},
		{"IP_MSFILTER", OPTION_ASKS},
		{"IPV6_FLOWLABEL_MGR", OPTION_ASKS},
		{"PACKET_HDRLEN", OPTION_ASKS},
		{"TCP_AO_GET_KEYS", OPTION_ASKS},
		{"SO_RCVTIMEO_NEW", OPTION_HIDDEN},
		{"SO_TIMESTAMP_OLD", OPTION_HIDDEN},
		{"IPV6_NEXTHOP", OPTION_HIDDEN},
		{"SO_VM_SOCKETS_TRUSTED", OPTION_HIDDEN},
	};
	static unsigned char bytes[OPTION_VALUES_ROOM];
	int pair[2];

	for (size_t i = 0; i < COUNT_OF(effects); i++)
		ck_assert_msg(options_find(effects[i].name, strlen(effects[i].name), -1)->reading ==
				      effects[i].reading,
			      "%s", effects[i].name);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	for (int i = 0; i < 2; i++) {
		struct option_value value;
		size_t at = 0, len = option_values_read(pair[i], bytes, sizeof(bytes));

		ck_assert_uint_gt(len, 100);
		ck_assert_uint_lt(len, sizeof(bytes) / 2);
		while (option_values_next(bytes, len, &at, &value))
			ck_assert_msg(value.option->reading == OPTION_PLAIN ||
					      value.option->reading == OPTION_VARIES,
				      "%s", value.option->name);
	}
	/* SO_PEERPIDFD would have made a descriptor. */
	ck_assert_int_lt(fcntl(pair[1] + 1, F_GETFD), 0);
	close(pair[0]);
	close(pair[1]);
}
END_TEST

/* All scripts about options, one behind the other. */
static void read_scripts(struct buf *out)
{
	const char *dir = getenv("top_srcdir");
	struct buf pattern = {0};
	glob_t found;

	buf_printf(&pattern, "%s/tests/scripts/option-*.sock", dir ? dir : "..");
	ck_assert_int_eq(glob(buf_text(&pattern), 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		FILE *file = fopen(found.gl_pathv[i], "r");
		char line[1024];

		ck_assert_ptr_nonnull(file);
		while (fgets(line, sizeof(line), file))
			if (line[0] != '#')
				buf_str(out, line);
		fclose(file);
	}
	globfree(&found);
	buf_free(&pattern);
}

/* Whether a line makes CALL with this option: "CALL FD OPTION" or "CALL(FD, LEVEL, OPTION". */
static bool has_line(const char *scripts, const char *call, const char *option)
{
	const char *at = scripts;

	while ((at = strstr(at, call))) {
		size_t len = strcspn(at, "\n");
		const char *found = memmem(at, len, option, strlen(option));

		if (found && strchr(" ,\n", found[strlen(option)]) && found[-1] == ' ')
			return true;
		at += len;
	}
	return false;
}

/* Each is set and read in a script, as far as it can be. */
START_TEST(scripts_have_each)
{
	/* A security module must be there, and say something of a UNIX socket. */
	static const char alone[] = "SO_PEERSEC";
	struct buf scripts = {0};

	read_scripts(&scripts);
	for (size_t i = 0; i < options_count; i++) {
		const struct option *option = &options[i];
		bool set = has_line(buf_text(&scripts), "setsockopt", option->name);
		bool got = has_line(buf_text(&scripts), "getsockopt", option->name);

		if (strcmp(option->name, alone) == 0)
			continue;
		ck_assert_msg(got || !(option->access & OPTION_GET), "%s is not read",
			      option->name);
		ck_assert_msg(set || !(option->access & OPTION_SET) ||
				      option->reading == OPTION_HIDDEN,
			      "%s is not set", option->name);
	}
	buf_free(&scripts);
}
END_TEST

/* What may not be felt beyond a stranger's page: only where the network is everybody's. */
START_TEST(pages_reach_no_others)
{
	struct resolver page = {.confined = true, .shared = true};
	struct resolver private = {.confined = true}, person = {.shared = true};
	struct error err;
	unsigned count = 0;

	for (size_t i = 0; i < options_count; i++) {
		const struct option *option = &options[i];
		int result = confine_option(&page, option->level, option->value, &err);

		if (!(option->access & OPTION_SET))
			continue;
		ck_assert_msg((result < 0) == option->beyond, "%s", option->name);
		if (option->beyond)
			ck_assert_msg(strstr(err.text, option->name), "%s", err.text);
		count += option->beyond;
		ck_assert_int_eq(confine_option(&private, option->level, option->value, &err), 0);
		ck_assert_int_eq(confine_option(&person, option->level, option->value, &err), 0);
		ck_assert_int_eq(confine_option(NULL, option->level, option->value, &err), 0);
	}
	ck_assert_uint_ge(count, 12);
	ck_assert_int_lt(confine_option(&page, IPPROTO_TCP, TCP_REPAIR, &err), 0);
	ck_assert_int_lt(confine_option(&page, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &err), 0);
	ck_assert_int_eq(confine_option(&page, SOL_SOCKET, SO_REUSEADDR, &err), 0);
	ck_assert_int_eq(confine_option(&page, SOL_SOCKET, 4711, &err), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("options_names");
	TCase *table = tcase_create("table");

	tcase_add_test(table, every_name_is_there);
	tcase_add_test(table, levels_are_whole);
	tcase_add_test(table, numbers_are_shared_knowingly);
	tcase_add_test(table, a_value_of_each_is_typed_back);
	tcase_add_test(table, reading_all_changes_nothing);
	tcase_add_test(table, scripts_have_each);
	tcase_add_test(table, pages_reach_no_others);
	suite_add_tcase(suite, table);
	return unit_main(suite);
}
