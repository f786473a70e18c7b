/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <stddef.h>
#include <sys/socket.h>

#include <linux/if_packet.h>

#include "base/grow.h"
#include "names/options.h"

/* By number where headers may be older than the option: an older kernel says ENOPROTOOPT. */
#ifndef SO_DETACH_REUSEPORT_BPF
#define SO_DETACH_REUSEPORT_BPF 68
#endif
#ifndef SO_PREFER_BUSY_POLL
#define SO_PREFER_BUSY_POLL 69
#endif
#ifndef SO_BUSY_POLL_BUDGET
#define SO_BUSY_POLL_BUDGET 70
#endif
#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif
#ifndef SO_BUF_LOCK
#define SO_BUF_LOCK 72
#endif
#ifndef SO_RESERVE_MEM
#define SO_RESERVE_MEM 73
#endif
#ifndef SO_TXREHASH
#define SO_TXREHASH 74
#endif
#ifndef SO_RCVMARK
#define SO_RCVMARK 75
#endif
#ifndef SO_PASSPIDFD
#define SO_PASSPIDFD 76
#endif
#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77
#endif
#ifndef SO_RCVPRIORITY
#define SO_RCVPRIORITY 82
#endif
#ifndef SO_PASSRIGHTS
#define SO_PASSRIGHTS 83
#endif
#ifndef SO_INQ
#define SO_INQ 84
#endif
#ifndef TCP_IS_MPTCP
#define TCP_IS_MPTCP 43
#endif
#ifndef TCP_RTO_MAX_MS
#define TCP_RTO_MAX_MS 44
#endif
#ifndef TCP_RTO_MIN_US
#define TCP_RTO_MIN_US 45
#endif
#ifndef TCP_DELACK_MAX_US
#define TCP_DELACK_MAX_US 46
#endif
#ifndef TCP_COOKIE_TRANSACTIONS
#define TCP_COOKIE_TRANSACTIONS 15
#endif
#ifndef IP_RECVERR_RFC4884
#define IP_RECVERR_RFC4884 26
#endif
#ifndef IP_LOCAL_PORT_RANGE
#define IP_LOCAL_PORT_RANGE 51
#endif
#ifndef IP_PROTOCOL
#define IP_PROTOCOL 52
#endif
#ifndef IPV6_MULTICAST_ALL
#define IPV6_MULTICAST_ALL 29
#endif
#ifndef IPV6_ROUTER_ALERT_ISOLATE
#define IPV6_ROUTER_ALERT_ISOLATE 30
#endif
#ifndef IPV6_RECVERR_RFC4884
#define IPV6_RECVERR_RFC4884 31
#endif
#ifndef IPV6_FLOWINFO
#define IPV6_FLOWINFO 11
#endif
#ifndef IPV6_FLOWLABEL_MGR
#define IPV6_FLOWLABEL_MGR 32
#endif
#ifndef IPV6_FLOWINFO_SEND
#define IPV6_FLOWINFO_SEND 33
#endif
#ifndef IPV6_ADDR_PREFERENCES
#define IPV6_ADDR_PREFERENCES 72
#endif
#ifndef IPV6_MINHOPCOUNT
#define IPV6_MINHOPCOUNT 73
#endif
#ifndef IPV6_UNICAST_IF
#define IPV6_UNICAST_IF 76
#endif
#ifndef ICMP_FILTER
#define ICMP_FILTER 1
#endif

#ifndef PACKET_IGNORE_OUTGOING
#define PACKET_IGNORE_OUTGOING 23
#endif
#ifndef PACKET_VNET_HDR_SZ
#define PACKET_VNET_HDR_SZ 24
#endif

/* An entry a line, as in a dictionary. */
/* clang-format off */

#define ACCESS_GET       OPTION_GET, OPTION_PLAIN
#define ACCESS_SET       OPTION_SET, OPTION_PLAIN
#define ACCESS_BOTH      OPTION_BOTH, OPTION_PLAIN
#define ACCESS_OWN       OPTION_GET, OPTION_VARIES
#define ACCESS_TAKES     OPTION_GET, OPTION_TAKES
#define ACCESS_ASKS      OPTION_GET, OPTION_ASKS
#define ACCESS_BOTH_OWN  OPTION_BOTH, OPTION_VARIES
#define ACCESS_BOTH_ASKS OPTION_BOTH, OPTION_ASKS

/* Sets of sockets. */
#define ON_TCP             (ON_TCP4 | ON_TCP6)
#define ON_UDP             (ON_UDP4 | ON_UDP6)
#define ON_PORTS           (ON_TCP | ON_UDP)
#define ON_PORTS6          (ON_TCP6 | ON_UDP6)
#define ON_V4              (ON_TCP4 | ON_UDP4 | ON_RAW4 | ON_PING4)
#define ON_V6              (ON_TCP6 | ON_UDP6 | ON_RAW6 | ON_PING6)
#define ON_V6_DGRAM        (ON_V6 & ~ON_TCP6)
#define ON_INET            (ON_V4 | ON_V6)
#define ON_INET_PACKET     (ON_INET | ON_PACKET)
#define ON_DATAGRAMS       (ON_INET & ~ON_TCP)
#define ON_DROPS           (ON_DATAGRAMS | ON_PACKET)
/* Options of IP work on IPv6 sockets as well, but on raw ones. */
#define ON_IP              (ON_V4 | ON_TCP6 | ON_UDP6 | ON_PING6)
#define ON_IP_DGRAM        (ON_IP & ~ON_TCP)
#define ON_UNIX            (ON_UNIX_STREAM | ON_UNIX_DGRAM | ON_UNIX_SEQPACKET)
#define ON_UNIX_NETLINK    (ON_UNIX | ON_NETLINK)
#define ON_UNIX_TCP        (ON_UNIX | ON_TCP)
#define ON_TCP_UNIX_STREAM (ON_TCP | ON_UNIX_STREAM)
#define ON_TCP_OTHER       (ON_TCP | ON_OTHER)
#define ON_STREAMS         (ON_TCP | ON_UNIX_STREAM | ON_UNIX_SEQPACKET | ON_OTHER)
#define ON_PEEK            (ON_PORTS | ON_UNIX)
#define ON_ZEROCOPY        (ON_PORTS | ON_OTHER)
#define ON_ANY             (ON_INET | ON_UNIX | ON_PACKET | ON_NETLINK | ON_OTHER)

/* NEW_: an option that no manual page tells of. */
#define SO(name, type, access, sockets, text) \
	{#name, SOL_SOCKET, name, OPTION_##type, ACCESS_##access, ON_##sockets, text, "socket(7)"}
#define NEW_SO(name, type, access, sockets, text) \
	{#name, SOL_SOCKET, name, OPTION_##type, ACCESS_##access, ON_##sockets, text, NULL}
#define TCP(name, type, access, sockets, text) \
	{#name, IPPROTO_TCP, name, OPTION_##type, ACCESS_##access, ON_##sockets, text, "tcp(7)"}
#define NEW_TCP(name, type, access, sockets, text) \
	{#name, IPPROTO_TCP, name, OPTION_##type, ACCESS_##access, ON_##sockets, text, NULL}
#define IP(name, type, access, sockets, text) \
	{#name, IPPROTO_IP, name, OPTION_##type, ACCESS_##access, ON_##sockets, text, "ip(7)"}
#define NEW_IP(name, type, access, sockets, text) \
	{#name, IPPROTO_IP, name, OPTION_##type, ACCESS_##access, ON_##sockets, text, NULL}
#define IPV6(name, type, access, sockets, text) \
	{#name, IPPROTO_IPV6, name, OPTION_##type, ACCESS_##access, ON_##sockets, text, "ipv6(7)"}
#define NEW_IPV6(name, type, access, sockets, text) \
	{#name, IPPROTO_IPV6, name, OPTION_##type, ACCESS_##access, ON_##sockets, text, NULL}
#define UDP(name, type, access, sockets, text) \
	{#name, IPPROTO_UDP, name, OPTION_##type, ACCESS_##access, ON_##sockets, text, "udp(7)"}
#define NEW_UDP(name, type, access, sockets, text) \
	{#name, IPPROTO_UDP, name, OPTION_##type, ACCESS_##access, ON_##sockets, text, NULL}
#define RAW(name, type, access, sockets, text) \
	{#name, SOL_RAW, name, OPTION_##type, ACCESS_##access, ON_##sockets, text, "raw(7)"}
#define PACKET(name, type, access, text) \
	{#name, SOL_PACKET, name, OPTION_##type, ACCESS_##access, ON_PACKET, text, "packet(7)"}
#define NEW_PACKET(name, type, access, text) \
	{#name, SOL_PACKET, name, OPTION_##type, ACCESS_##access, ON_PACKET, text, NULL}

const struct option options[] = {
	SO(SO_DEBUG, BOOL, BOTH, ANY, "record debugging information; needs CAP_NET_ADMIN"),
	SO(SO_REUSEADDR, BOOL, BOTH, PORTS,
		"bind in spite of TIME-WAIT or of sharers of the address"),
	SO(SO_TYPE, TYPE, GET, ANY, "the socket's type"),
	SO(SO_ERROR, ERRNO, TAKES, ANY, "the pending error; reading it clears it"),
	SO(SO_DONTROUTE, BOOL, BOTH, INET,
		"send only to hosts on a network of ours, past no router"),
	SO(SO_BROADCAST, BOOL, BOTH, DATAGRAMS, "allow sending to broadcast addresses"),
	SO(SO_SNDBUF, INT, BOTH, ANY, "send buffer in bytes; the kernel doubles what is set"),
	SO(SO_RCVBUF, INT, BOTH, ANY, "receive buffer in bytes; the kernel doubles what is set"),
	SO(SO_SNDBUFFORCE, INT, SET, ANY, "SO_SNDBUF past the limit, in bytes; CAP_NET_ADMIN"),
	SO(SO_RCVBUFFORCE, INT, SET, ANY, "SO_RCVBUF past the limit, in bytes; CAP_NET_ADMIN"),
	SO(SO_KEEPALIVE, BOOL, BOTH, TCP_OTHER, "probe a connection that is idle"),
	SO(SO_OOBINLINE, BOOL, BOTH, TCP_UNIX_STREAM, "leave urgent data in the stream"),
	NEW_SO(SO_NO_CHECK, BOOL, BOTH, UDP, "send UDP over IPv4 without checksum"),
	SO(SO_PRIORITY, INT, BOTH, INET_PACKET,
		"priority of the packets sent, 0 to 6 without privilege"),
	SO(SO_LINGER, LINGER, BOTH, TCP_OTHER,
		"what close() does with unsent data; seconds to wait for it"),
	SO(SO_BSDCOMPAT, BOOL, BOTH, ANY, "once for BSD's way with errors; has no effect today"),
	SO(SO_REUSEPORT, BOOL, BOTH, PORTS,
		"several sockets of one user share the address and its load"),
	SO(SO_PASSCRED, BOOL, BOTH, UNIX_NETLINK,
		"receive the sender's pid, uid and gid (SCM_CREDENTIALS)"),
	SO(SO_PEERCRED, UCRED, OWN, UNIX,
		"the peer's pid, uid and gid when the connection was made"),
	SO(SO_RCVLOWAT, INT, BOTH, ANY, "bytes that must be there before a receive returns"),
	SO(SO_SNDLOWAT, INT, GET, ANY, "room in bytes before a send goes on; 1, fixed on Linux"),
	SO(SO_RCVTIMEO, TIMEVAL, BOTH, ANY, "the longest a receive or accept waits; 0: for ever"),
	SO(SO_SNDTIMEO, TIMEVAL, BOTH, ANY, "the longest a send or connect waits; 0: for ever"),
	SO(SO_BINDTODEVICE, STRING, BOTH, INET, "use this network interface only"),
	SO(SO_ATTACH_FILTER, FILTER, SET, ANY, "drop packets by a classic BPF program"),
	NEW_SO(SO_GET_FILTER, FILTER_CODE, GET, ANY, "the classic BPF program that is attached"),
	SO(SO_DETACH_FILTER, INT, SET, ANY, "remove the BPF program; the value is ignored"),
	SO(SO_DETACH_BPF, INT, SET, ANY, "another name for SO_DETACH_FILTER"),
	NEW_SO(SO_PEERNAME, ADDRESS, OWN, ANY, "the peer's address, as getpeername() gives it"),
	SO(SO_TIMESTAMP, BOOL, BOTH, ANY, "receive the time of arrival in microseconds"),
	SO(SO_ACCEPTCONN, BOOL, GET, STREAMS, "whether the socket listens"),
	SO(SO_PEERSEC, STRING, OWN, UNIX_TCP, "the peer's security context (SELinux and the like)"),
	SO(SO_PASSSEC, BOOL, BOTH, UNIX_NETLINK,
		"receive the sender's security context (SCM_SECURITY)"),
	SO(SO_TIMESTAMPNS, BOOL, BOTH, ANY, "receive the time of arrival in nanoseconds"),
	SO(SO_MARK, UINT, BOTH, INET_PACKET, "mark for routing and filters; CAP_NET_ADMIN to set"),
	NEW_SO(SO_TIMESTAMPING, TIMESTAMPING, BOTH, ANY,
		"which timestamps to make"),
	SO(SO_PROTOCOL, PROTOCOL, GET, ANY, "the socket's protocol"),
	SO(SO_DOMAIN, FAMILY, GET, ANY, "the socket's address family"),
	SO(SO_RXQ_OVFL, BOOL, BOTH, DROPS, "receive the count of packets dropped for want of room"),
	NEW_SO(SO_WIFI_STATUS, BOOL, BOTH, INET_PACKET,
		"report whether a Wi-Fi frame was acknowledged"),
	SO(SO_PEEK_OFF, INT, BOTH, PEEK,
		"offset in bytes at which MSG_PEEK reads; -1: the beginning"),
	NEW_SO(SO_NOFCS, BOOL, BOTH, PACKET, "the program supplies the frame's checksum itself"),
	SO(SO_LOCK_FILTER, BOOL, BOTH, ANY,
		"forbid changes to the BPF program; never unlocked again"),
	SO(SO_SELECT_ERR_QUEUE, BOOL, BOTH, ANY, "poll() adds POLLPRI where it says POLLERR"),
	SO(SO_BUSY_POLL, INT, BOTH, PORTS,
		"microseconds to poll the device while there is no data"),
	NEW_SO(SO_MAX_PACING_RATE, UINT64, BOTH, INET_PACKET,
		"the fastest TCP may send, in bytes per second"),
	NEW_SO(SO_BPF_EXTENSIONS, INT, GET, ANY, "which BPF extensions the kernel knows"),
	SO(SO_INCOMING_CPU, INT, BOTH, PORTS, "the processor that packets come in on"),
	SO(SO_ATTACH_BPF, FD, SET, ANY, "drop packets by the BPF program of this descriptor"),
	SO(SO_ATTACH_REUSEPORT_CBPF, FILTER, SET, PORTS,
		"share SO_REUSEPORT's load by classic BPF"),
	SO(SO_ATTACH_REUSEPORT_EBPF, FD, SET, PORTS,
		"share SO_REUSEPORT's load by a descriptor's BPF"),
	NEW_SO(SO_CNX_ADVICE, INT, SET, TCP, "1: the path seems bad, look for another"),
	NEW_SO(SO_MEMINFO, MEMINFO, OWN, ANY, "the socket's memory, as sock_diag counts it"),
	SO(SO_INCOMING_NAPI_ID, INT, OWN, PORTS, "the device queue that the last packet came from"),
	NEW_SO(SO_COOKIE, UINT64, OWN, ANY,
		"the kernel's number for this socket, never used twice"),
	NEW_SO(SO_PEERGROUPS, GROUPS, OWN, UNIX, "the peer's supplementary groups"),
	NEW_SO(SO_ZEROCOPY, BOOL, BOTH, ZEROCOPY, "allow MSG_ZEROCOPY"),
	NEW_SO(SO_TXTIME, TXTIME, BOTH, INET_PACKET,
		"send packets at given times"),
	NEW_SO(SO_BINDTOIFINDEX, INTERFACE, BOTH, INET,
		"SO_BINDTODEVICE by the index of the interface"),
	NEW_SO(SO_DETACH_REUSEPORT_BPF, INT, SET, PORTS,
		"share SO_REUSEPORT's load without BPF again"),
	NEW_SO(SO_PREFER_BUSY_POLL, BOOL, BOTH, PORTS, "busy polling rather than interrupts"),
	NEW_SO(SO_BUSY_POLL_BUDGET, INT, SET, PORTS,
		"packets to take in one round of busy polling"),
	NEW_SO(SO_NETNS_COOKIE, UINT64, GET, ANY, "the kernel's number for the network namespace"),
	NEW_SO(SO_BUF_LOCK, BUF_LOCK, BOTH, ANY,
		"the buffers whose size stays as it is"),
	NEW_SO(SO_RESERVE_MEM, INT, BOTH, INET, "bytes of memory kept for this socket alone"),
	NEW_SO(SO_TXREHASH, INT, BOTH, TCP, "1: try another path when segments are lost"),
	NEW_SO(SO_RCVMARK, BOOL, BOTH, INET_PACKET, "receive the mark of each packet (SO_MARK)"),
	NEW_SO(SO_PASSPIDFD, BOOL, BOTH, UNIX, "receive the sender as a pidfd (SCM_PIDFD)"),
	NEW_SO(SO_PEERPIDFD, FD, TAKES, UNIX, "the peer as a pidfd: a new descriptor"),
	NEW_SO(SO_RCVPRIORITY, BOOL, BOTH, INET_PACKET,
		"receive the priority of each packet (SO_PRIORITY)"),
	NEW_SO(SO_PASSRIGHTS, BOOL, BOTH, UNIX, "accept descriptors from the peer (SCM_RIGHTS)"),
	NEW_SO(SO_INQ, BOOL, SET, UNIX_STREAM, "receive the count of bytes left in the queue"),
	TCP(TCP_NODELAY, BOOL, BOTH, TCP, "send small segments at once (Nagle's algorithm off)"),
	TCP(TCP_MAXSEG, INT, BOTH, TCP, "the largest segment to send, in bytes"),
	TCP(TCP_CORK, BOOL, BOTH, TCP, "hold back partial segments, for 200 ms at most"),
	TCP(TCP_KEEPIDLE, INT, BOTH, TCP, "seconds of silence before the first keepalive probe"),
	TCP(TCP_KEEPINTVL, INT, BOTH, TCP, "seconds between keepalive probes"),
	TCP(TCP_KEEPCNT, INT, BOTH, TCP, "keepalive probes without answer that end the connection"),
	TCP(TCP_SYNCNT, INT, BOTH, TCP,
		"how often to send the SYN again before connect() gives up"),
	TCP(TCP_LINGER2, INT, BOTH, TCP, "seconds that a closed socket stays in FIN-WAIT-2"),
	TCP(TCP_DEFER_ACCEPT, INT, BOTH, TCP,
		"accept when data came, waiting so many seconds for it"),
	TCP(TCP_WINDOW_CLAMP, INT, BOTH, TCP, "the largest window to advertise, in bytes"),
	TCP(TCP_INFO, TCP_INFO, OWN, TCP, "what the kernel knows of the connection"),
	TCP(TCP_QUICKACK, BOOL, BOTH, TCP,
		"acknowledge at once; not for good, the kernel may go back"),
	TCP(TCP_CONGESTION, STRING, BOTH, TCP, "the congestion control, by name"),
	NEW_TCP(TCP_MD5SIG, MD5SIG, SET, TCP, "sign segments with MD5 for a peer, RFC 2385"),
	NEW_TCP(TCP_COOKIE_TRANSACTIONS, BYTES, BOTH, TCP,
		"cookies in the handshake; Linux 3.10 dropped it"),
	NEW_TCP(TCP_THIN_LINEAR_TIMEOUTS, BOOL, BOTH, TCP,
		"no exponential backoff while little is in flight"),
	NEW_TCP(TCP_THIN_DUPACK, BOOL, BOTH, TCP,
		"retransmit on one duplicate ACK; no effect since Linux 4.11"),
	TCP(TCP_USER_TIMEOUT, INT, BOTH, TCP,
		"milliseconds that sent data may stay unacknowledged"),
	NEW_TCP(TCP_REPAIR, REPAIR, BOTH, TCP,
		"1: take the connection apart without telling the peer"),
	NEW_TCP(TCP_REPAIR_QUEUE, REPAIR_QUEUE, BOTH, TCP,
		"in repair, which queue is read and written"),
	NEW_TCP(TCP_QUEUE_SEQ, UINT, BOTH, TCP, "in repair, the sequence number of the queue"),
	NEW_TCP(TCP_REPAIR_OPTIONS, REPAIR_OPTIONS, SET, TCP,
		"in repair, the options that the handshake agreed on"),
	TCP(TCP_FASTOPEN, INT, BOTH, TCP, "how many Fast Open requests may wait at the listener"),
	NEW_TCP(TCP_TIMESTAMP, UINT, BOTH_OWN, TCP,
		"the timestamp clock of the connection, in ticks"),
	NEW_TCP(TCP_NOTSENT_LOWAT, UINT, BOTH, TCP,
		"bytes not yet sent above which POLLOUT is withheld"),
	NEW_TCP(TCP_CC_INFO, BYTES, OWN, TCP, "what the congestion control tells of itself"),
	NEW_TCP(TCP_SAVE_SYN, INT, BOTH, TCP, "listener: keep the headers of each SYN"),
	NEW_TCP(TCP_SAVED_SYN, BYTES, TAKES, TCP, "the headers of this connection's SYN, once"),
	NEW_TCP(TCP_REPAIR_WINDOW, REPAIR_WINDOW, BOTH, TCP, "in repair, the state of the windows"),
	TCP(TCP_FASTOPEN_CONNECT, BOOL, BOTH, TCP, "connect() sends the SYN with the first data"),
	NEW_TCP(TCP_ULP, STRING, BOTH, TCP,
		"a protocol above TCP in the kernel, by name (\"tls\")"),
	NEW_TCP(TCP_MD5SIG_EXT, MD5SIG, SET, TCP, "TCP_MD5SIG for a range of peers"),
	NEW_TCP(TCP_FASTOPEN_KEY, BYTES, BOTH, TCP, "the key that Fast Open cookies are made with"),
	NEW_TCP(TCP_FASTOPEN_NO_COOKIE, BOOL, BOTH, TCP, "Fast Open without a cookie"),
	NEW_TCP(TCP_ZEROCOPY_RECEIVE, ZEROCOPY, TAKES, TCP,
		"map received data rather than copy it"),
	NEW_TCP(TCP_INQ, BOOL, BOTH, TCP, "receive the count of bytes left in the queue"),
	NEW_TCP(TCP_TX_DELAY, INT, BOTH, TCP, "delay what is sent, in microseconds"),
	NEW_TCP(TCP_IS_MPTCP, BOOL, GET, TCP, "whether the connection is Multipath TCP"),
	NEW_TCP(TCP_RTO_MAX_MS, INT, BOTH, TCP,
		"the longest retransmission timeout, in milliseconds"),
	NEW_TCP(TCP_RTO_MIN_US, INT, BOTH, TCP,
		"the shortest retransmission timeout, in microseconds"),
	NEW_TCP(TCP_DELACK_MAX_US, INT, BOTH, TCP,
		"the longest an ACK is held back, in microseconds"),
	IP(IP_TOS, TOS, BOTH, IP, "the type-of-service byte (DSCP) of packets sent"),
	IP(IP_TTL, INT, BOTH, IP, "the hops that packets sent may take"),
	IP(IP_HDRINCL, BOOL, BOTH, RAW4, "raw: the program builds the IP header"),
	IP(IP_OPTIONS, BYTES, BOTH, IP, "the IP options of every packet sent"),
	IP(IP_ROUTER_ALERT, INT, BOTH, RAW4, "raw: receive packets that carry a router alert"),
	IP(IP_RECVOPTS, BOOL, BOTH, IP_DGRAM, "receive the IP options of each packet"),
	IP(IP_RETOPTS, BOOL, BOTH, IP_DGRAM,
		"receive IP options, unprocessed, as a reply may use them"),
	IP(IP_PKTINFO, BOOL, BOTH, IP_DGRAM,
		"receive the interface and destination of each packet"),
	NEW_IP(IP_PKTOPTIONS, BYTES, OWN, TCP,
		"what control messages would tell of a TCP connection"),
	IP(IP_MTU_DISCOVER, MTU_DISCOVER, BOTH, IP,
		"path MTU discovery: when packets may be fragmented"),
	IP(IP_RECVERR, BOOL, BOTH, IP, "queue errors of the network for MSG_ERRQUEUE"),
	IP(IP_RECVTTL, BOOL, BOTH, IP_DGRAM, "receive the TTL of each packet"),
	IP(IP_RECVTOS, BOOL, BOTH, IP_DGRAM, "receive the type-of-service byte of each packet"),
	IP(IP_MTU, INT, GET, IP, "the path MTU to the peer, in bytes"),
	IP(IP_FREEBIND, BOOL, BOTH, IP, "bind to an address that this machine does not have"),
	NEW_IP(IP_IPSEC_POLICY, BYTES, SET, IP, "the IPsec policy of this socket, in its old form"),
	NEW_IP(IP_XFRM_POLICY, BYTES, SET, IP, "the IPsec policy of this socket"),
	IP(IP_PASSSEC, BOOL, BOTH, IP_DGRAM, "receive the peer's security context"),
	IP(IP_TRANSPARENT, BOOL, BOTH, IP,
		"use addresses of others, as a proxy does; CAP_NET_ADMIN"),
	IP(IP_RECVORIGDSTADDR, BOOL, BOTH, IP_DGRAM,
		"receive the destination as it was before redirection"),
	NEW_IP(IP_MINTTL, INT, BOTH, IP, "drop packets whose TTL is lower"),
	IP(IP_NODEFRAG, BOOL, BOTH, RAW4, "raw: packets sent are not reassembled for filters"),
	NEW_IP(IP_CHECKSUM, BOOL, BOTH, UDP, "receive the checksum of each datagram"),
	IP(IP_BIND_ADDRESS_NO_PORT, BOOL, BOTH, PORTS,
		"bind() with port 0 leaves the port to connect()"),
	NEW_IP(IP_RECVFRAGSIZE, BOOL, BOTH, IP_DGRAM, "receive the size of the largest fragment"),
	NEW_IP(IP_RECVERR_RFC4884, BOOL, BOTH, IP_DGRAM,
		"IP_RECVERR with the ICMP extensions of RFC 4884"),
	IP(IP_MULTICAST_IF, MULTICAST_IF, BOTH, IP_DGRAM,
		"the interface that multicast goes out by"),
	IP(IP_MULTICAST_TTL, INT, BOTH, IP_DGRAM, "the hops that multicast may take"),
	IP(IP_MULTICAST_LOOP, BOOL, BOTH, IP_DGRAM,
		"multicast sent is also received on this machine"),
	IP(IP_ADD_MEMBERSHIP, MREQN, SET, IP_DGRAM, "join a multicast group"),
	IP(IP_DROP_MEMBERSHIP, MREQN, SET, IP_DGRAM, "leave a multicast group"),
	IP(IP_UNBLOCK_SOURCE, MREQ_SOURCE, SET, IP_DGRAM,
		"hear a blocked source again"),
	IP(IP_BLOCK_SOURCE, MREQ_SOURCE, SET, IP_DGRAM,
		"hear a source of a group no more"),
	IP(IP_ADD_SOURCE_MEMBERSHIP, MREQ_SOURCE, SET, IP_DGRAM,
		"join for one source"),
	IP(IP_DROP_SOURCE_MEMBERSHIP, MREQ_SOURCE, SET, IP_DGRAM,
		"leave that source"),
	IP(IP_MSFILTER, MSFILTER, BOTH_ASKS, IP_DGRAM,
		"the sources of a group"),
	NEW_IP(MCAST_JOIN_GROUP, GROUP_REQ, SET, IP_DGRAM, "IP_ADD_MEMBERSHIP for any family"),
	NEW_IP(MCAST_BLOCK_SOURCE, GROUP_SOURCE_REQ, SET, IP_DGRAM,
		"IP_BLOCK_SOURCE for any family"),
	NEW_IP(MCAST_UNBLOCK_SOURCE, GROUP_SOURCE_REQ, SET, IP_DGRAM,
		"IP_UNBLOCK_SOURCE for any family"),
	NEW_IP(MCAST_LEAVE_GROUP, GROUP_REQ, SET, IP_DGRAM, "IP_DROP_MEMBERSHIP for any family"),
	NEW_IP(MCAST_JOIN_SOURCE_GROUP, GROUP_SOURCE_REQ, SET, IP_DGRAM,
		"IP_ADD_SOURCE_MEMBERSHIP for any family"),
	NEW_IP(MCAST_LEAVE_SOURCE_GROUP, GROUP_SOURCE_REQ, SET, IP_DGRAM,
		"IP_DROP_SOURCE_MEMBERSHIP for any family"),
	NEW_IP(MCAST_MSFILTER, GROUP_FILTER, BOTH_ASKS, IP_DGRAM, "IP_MSFILTER for any family"),
	IP(IP_MULTICAST_ALL, BOOL, BOTH, IP_DGRAM,
		"receive groups that any socket of the machine joined"),
	NEW_IP(IP_UNICAST_IF, INTERFACE_BE, BOTH, IP,
		"the interface to send by"),
	NEW_IP(IP_LOCAL_PORT_RANGE, HEX, BOTH, PORTS,
		"ports to choose from: lowest + 65536 * highest"),
	NEW_IP(IP_PROTOCOL, PROTOCOL, GET, RAW4, "the protocol of a raw socket"),
	IPV6(IPV6_ADDRFORM, FAMILY, BOTH, PORTS6,
		"AF_INET: become an IPv4 socket, if so connected"),
	NEW_IPV6(IPV6_CHECKSUM, INT, BOTH, RAW6,
		"raw: offset in bytes of the checksum the kernel fills in"),
	IPV6(IPV6_AUTHHDR, BOOL, BOTH, V6,
		"receive authentication headers; Linux no longer has it"),
	IPV6(IPV6_FLOWINFO, BOOL, BOTH, V6_DGRAM, "receive the flow label and traffic class"),
	IPV6(IPV6_UNICAST_HOPS, INT, BOTH, V6, "the hops that packets sent may take; -1: by route"),
	IPV6(IPV6_MULTICAST_IF, INTERFACE, BOTH, V6_DGRAM,
		"the interface that multicast goes out by"),
	IPV6(IPV6_MULTICAST_HOPS, INT, BOTH, V6_DGRAM,
		"the hops that multicast may take; -1: by route"),
	IPV6(IPV6_MULTICAST_LOOP, BOOL, BOTH, V6_DGRAM,
		"multicast sent is also received on this machine"),
	IPV6(IPV6_ADD_MEMBERSHIP, MREQ6, SET, V6_DGRAM,
		"join a multicast group"),
	IPV6(IPV6_JOIN_GROUP, MREQ6, SET, V6_DGRAM, "the RFC's name for IPV6_ADD_MEMBERSHIP"),
	IPV6(IPV6_DROP_MEMBERSHIP, MREQ6, SET, V6_DGRAM,
		"leave a multicast group"),
	IPV6(IPV6_LEAVE_GROUP, MREQ6, SET, V6_DGRAM, "the RFC's name for IPV6_DROP_MEMBERSHIP"),
	IPV6(IPV6_ROUTER_ALERT, INT, BOTH, RAW6,
		"raw: receive packets that carry this router alert"),
	IPV6(IPV6_MTU_DISCOVER, MTU_DISCOVER6, BOTH, V6,
		"path MTU discovery: when packets may be fragmented"),
	IPV6(IPV6_MTU, INT, BOTH, V6, "the path MTU to the peer, in bytes; when set, its limit"),
	IPV6(IPV6_RECVERR, BOOL, BOTH, V6, "queue errors of the network for MSG_ERRQUEUE"),
	IPV6(IPV6_V6ONLY, BOOL, BOTH, PORTS6, "no IPv4 in mapped addresses"),
	NEW_IPV6(IPV6_JOIN_ANYCAST, MREQ6, SET, V6_DGRAM,
		"answer for an anycast address"),
	NEW_IPV6(IPV6_LEAVE_ANYCAST, MREQ6, SET, V6_DGRAM,
		"answer no longer for an anycast address"),
	NEW_IPV6(IPV6_MULTICAST_ALL, BOOL, BOTH, V6_DGRAM,
		"receive groups that any socket of the machine joined"),
	NEW_IPV6(MCAST_JOIN_GROUP, GROUP_REQ, SET, V6_DGRAM, "join a multicast group"),
	NEW_IPV6(MCAST_BLOCK_SOURCE, GROUP_SOURCE_REQ, SET, V6_DGRAM,
		"hear a source of a group no more"),
	NEW_IPV6(MCAST_UNBLOCK_SOURCE, GROUP_SOURCE_REQ, SET, V6_DGRAM,
		"hear a blocked source again"),
	NEW_IPV6(MCAST_LEAVE_GROUP, GROUP_REQ, SET, V6_DGRAM, "leave a multicast group"),
	NEW_IPV6(MCAST_JOIN_SOURCE_GROUP, GROUP_SOURCE_REQ, SET, V6_DGRAM,
		"join for one source"),
	NEW_IPV6(MCAST_LEAVE_SOURCE_GROUP, GROUP_SOURCE_REQ, SET, V6_DGRAM,
		"leave that source"),
	NEW_IPV6(MCAST_MSFILTER, GROUP_FILTER, BOTH_ASKS, V6_DGRAM, "the sources of a group"),
	NEW_IPV6(IPV6_ROUTER_ALERT_ISOLATE, BOOL, BOTH, RAW6,
		"IPV6_ROUTER_ALERT for this network namespace only"),
	NEW_IPV6(IPV6_RECVERR_RFC4884, BOOL, BOTH, V6_DGRAM,
		"IPV6_RECVERR with the ICMP extensions of RFC 4884"),
	NEW_IPV6(IPV6_FLOWLABEL_MGR, FLOWLABEL, BOTH_ASKS, V6, "lease and release flow labels"),
	NEW_IPV6(IPV6_FLOWINFO_SEND, BOOL, BOTH, V6, "send the flow label that the address holds"),
	NEW_IPV6(IPV6_HDRINCL, BOOL, BOTH, RAW6, "raw: the program builds the IPv6 header"),
	IPV6(IPV6_RECVPKTINFO, BOOL, BOTH, V6_DGRAM,
		"receive the interface and destination of each packet"),
	NEW_IPV6(IPV6_PKTINFO, PKTINFO6, SET, V6, "the source address and interface to send by"),
	NEW_IPV6(IPV6_RECVHOPLIMIT, BOOL, BOTH, V6_DGRAM, "receive the hop limit of each packet"),
	IPV6(IPV6_HOPLIMIT, INT, BOTH, V6, "a control message's hop limit; no option on Linux"),
	NEW_IPV6(IPV6_RECVHOPOPTS, BOOL, BOTH, V6_DGRAM,
		"receive the hop-by-hop options of each packet"),
	IPV6(IPV6_HOPOPTS, BYTES, BOTH, V6, "the hop-by-hop options of packets sent"),
	NEW_IPV6(IPV6_RTHDRDSTOPTS, BYTES, BOTH, V6,
		"the options for each hop of the routing header"),
	NEW_IPV6(IPV6_RECVRTHDR, BOOL, BOTH, V6_DGRAM, "receive the routing header of each packet"),
	IPV6(IPV6_RTHDR, BYTES, BOTH, V6, "the routing header of packets sent"),
	NEW_IPV6(IPV6_RECVDSTOPTS, BOOL, BOTH, V6_DGRAM,
		"receive the destination options of each packet"),
	IPV6(IPV6_DSTOPTS, BYTES, BOTH, V6, "the destination options of packets sent"),
	NEW_IPV6(IPV6_RECVPATHMTU, BOOL, BOTH, V6_DGRAM, "be told when the path MTU changes"),
	NEW_IPV6(IPV6_PATHMTU, MTUINFO6, GET, V6, "the path MTU to the peer"),
	NEW_IPV6(IPV6_DONTFRAG, BOOL, BOTH, V6, "never fragment: too long is EMSGSIZE"),
	NEW_IPV6(IPV6_RECVTCLASS, BOOL, BOTH, V6_DGRAM, "receive the traffic class of each packet"),
	NEW_IPV6(IPV6_TCLASS, INT, BOTH, V6, "the traffic class (DSCP) of packets sent"),
	NEW_IPV6(IPV6_AUTOFLOWLABEL, BOOL, BOTH, V6, "the kernel chooses flow labels"),
	NEW_IPV6(IPV6_ADDR_PREFERENCES, SOURCES, BOTH, V6,
		"which source addresses to prefer, RFC 5014"),
	NEW_IPV6(IPV6_MINHOPCOUNT, INT, BOTH, V6, "drop packets whose hop limit is lower"),
	NEW_IPV6(IPV6_RECVORIGDSTADDR, BOOL, BOTH, V6_DGRAM,
		"receive the destination as it was before redirection"),
	NEW_IPV6(IPV6_TRANSPARENT, BOOL, BOTH, V6,
		"use addresses of others, as a proxy does; CAP_NET_ADMIN"),
	NEW_IPV6(IPV6_UNICAST_IF, INTERFACE_BE, BOTH, V6,
		"the interface to send by"),
	NEW_IPV6(IPV6_RECVFRAGSIZE, BOOL, BOTH, V6_DGRAM,
		"receive the size of the largest fragment"),
	NEW_IPV6(IPV6_FREEBIND, BOOL, BOTH, V6,
		"bind to an address that this machine does not have"),
	UDP(UDP_CORK, BOOL, BOTH, UDP, "gather what is sent into one datagram until it is cleared"),
	NEW_UDP(UDP_ENCAP, UDP_ENCAP, BOTH, UDP,
		"the kind of tunnel that this socket unpacks"),
	NEW_UDP(UDP_NO_CHECK6_TX, BOOL, BOTH, UDP6, "send over IPv6 without checksum"),
	NEW_UDP(UDP_NO_CHECK6_RX, BOOL, BOTH, UDP6, "accept datagrams over IPv6 without checksum"),
	NEW_UDP(UDP_SEGMENT, INT, BOTH, UDP, "cut what is sent into datagrams of so many bytes"),
	NEW_UDP(UDP_GRO, BOOL, BOTH, UDP, "receive several datagrams in one piece"),
	PACKET(PACKET_ADD_MEMBERSHIP, PACKET_MREQ, SET, "receive what the interface would pass by"),
	PACKET(PACKET_DROP_MEMBERSHIP, PACKET_MREQ, SET, "take PACKET_ADD_MEMBERSHIP back"),
	PACKET(PACKET_RX_RING, TPACKET_REQ, SET, "receive through a ring in shared memory"),
	PACKET(PACKET_STATISTICS, TPACKET_STATS, TAKES,
		"packets received and dropped; reading sets both to 0"),
	NEW_PACKET(PACKET_COPY_THRESH, INT, BOTH, "receive longer packets as well as by the ring"),
	PACKET(PACKET_AUXDATA, BOOL, BOTH, "receive struct tpacket_auxdata with each packet"),
	NEW_PACKET(PACKET_ORIGDEV, BOOL, BOTH, "tell the interface below a bond or a bridge"),
	PACKET(PACKET_VERSION, TPACKET_VERSION, BOTH, "the layout of the ring"),
	NEW_PACKET(PACKET_HDRLEN, TPACKET_VERSION, ASKS,
		"bytes of a ring's header, of the version asked for"),
	PACKET(PACKET_RESERVE, UINT, BOTH, "bytes of room before each packet of the ring"),
	PACKET(PACKET_TX_RING, TPACKET_REQ, SET, "send through a ring in shared memory"),
	PACKET(PACKET_LOSS, BOOL, BOTH, "the sending ring passes over what is wrong"),
	NEW_PACKET(PACKET_VNET_HDR, BOOL, BOTH,
		"a struct virtio_net_hdr stands before each packet"),
	PACKET(PACKET_TIMESTAMP, TIMESTAMPING, BOTH, "which clock the ring's times come from"),
	PACKET(PACKET_FANOUT, FANOUT, BOTH, "share the packets among sockets of a group"),
	NEW_PACKET(PACKET_TX_HAS_OFF, BOOL, BOTH,
		"the sending ring's headers tell where data begins"),
	PACKET(PACKET_QDISC_BYPASS, BOOL, BOTH, "send past the interface's queue"),
	NEW_PACKET(PACKET_ROLLOVER_STATS, ROLLOVER_STATS, OWN,
		"how often a fanout went to another socket"),
	NEW_PACKET(PACKET_FANOUT_DATA, FILTER_OR_FD, SET,
		"the BPF program that chooses the socket"),
	NEW_PACKET(PACKET_IGNORE_OUTGOING, BOOL, BOTH, "do not receive what this machine sends"),
	NEW_PACKET(PACKET_VNET_HDR_SZ, INT, BOTH, "bytes of the struct virtio_net_hdr"),
	RAW(ICMP_FILTER, ICMP_FILTER, BOTH, RAW4,
		"the ICMP types that are not received"),
};
/* clang-format on */

const size_t options_count = COUNT_OF(options);
