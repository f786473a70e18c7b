/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <stddef.h>
#include <sys/socket.h>

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

/* An entry a line, as in a dictionary. */
/* clang-format off */

/* NEW_: an option that no manual page tells of. */
#define SO(name, type, access, text) \
	{#name, SOL_SOCKET, name, OPTION_##type, OPTION_##access, text, "socket(7)"}
#define NEW_SO(name, type, access, text) \
	{#name, SOL_SOCKET, name, OPTION_##type, OPTION_##access, text, NULL}
#define TCP(name, type, access, text) \
	{#name, IPPROTO_TCP, name, OPTION_##type, OPTION_##access, text, "tcp(7)"}
#define NEW_TCP(name, type, access, text) \
	{#name, IPPROTO_TCP, name, OPTION_##type, OPTION_##access, text, NULL}
#define IP(name, type, access, text) \
	{#name, IPPROTO_IP, name, OPTION_##type, OPTION_##access, text, "ip(7)"}
#define NEW_IP(name, type, access, text) \
	{#name, IPPROTO_IP, name, OPTION_##type, OPTION_##access, text, NULL}
#define IPV6(name, type, access, text) \
	{#name, IPPROTO_IPV6, name, OPTION_##type, OPTION_##access, text, "ipv6(7)"}
#define NEW_IPV6(name, type, access, text) \
	{#name, IPPROTO_IPV6, name, OPTION_##type, OPTION_##access, text, NULL}
#define UDP(name, type, access, text) \
	{#name, IPPROTO_UDP, name, OPTION_##type, OPTION_##access, text, "udp(7)"}
#define NEW_UDP(name, type, access, text) \
	{#name, IPPROTO_UDP, name, OPTION_##type, OPTION_##access, text, NULL}
#define RAW(name, type, access, text) \
	{#name, SOL_RAW, name, OPTION_##type, OPTION_##access, text, "raw(7)"}

const struct option options[] = {
	SO(SO_DEBUG, BOOL, BOTH, "record debugging information; needs CAP_NET_ADMIN"),
	SO(SO_REUSEADDR, BOOL, BOTH, "bind in spite of TIME-WAIT or of sharers of the address"),
	SO(SO_TYPE, TYPE, GET, "the socket's type"),
	SO(SO_ERROR, ERRNO, GET, "the pending error; reading it clears it"),
	SO(SO_DONTROUTE, BOOL, BOTH, "send only to hosts on a network of ours, past no router"),
	SO(SO_BROADCAST, BOOL, BOTH, "allow sending to broadcast addresses"),
	SO(SO_SNDBUF, INT, BOTH, "send buffer in bytes; the kernel doubles what is set"),
	SO(SO_RCVBUF, INT, BOTH, "receive buffer in bytes; the kernel doubles what is set"),
	SO(SO_SNDBUFFORCE, INT, SET, "SO_SNDBUF past the limit, in bytes; CAP_NET_ADMIN"),
	SO(SO_RCVBUFFORCE, INT, SET, "SO_RCVBUF past the limit, in bytes; CAP_NET_ADMIN"),
	SO(SO_KEEPALIVE, BOOL, BOTH, "probe a connection that is idle"),
	SO(SO_OOBINLINE, BOOL, BOTH, "leave urgent data in the stream"),
	NEW_SO(SO_NO_CHECK, BOOL, BOTH, "send UDP over IPv4 without checksum"),
	SO(SO_PRIORITY, INT, BOTH, "priority of the packets sent, 0 to 6 without privilege"),
	SO(SO_LINGER, LINGER, BOTH, "what close() does with unsent data; seconds to wait for it"),
	SO(SO_BSDCOMPAT, BOOL, BOTH, "once for BSD's way with errors; has no effect today"),
	SO(SO_REUSEPORT, BOOL, BOTH, "several sockets of one user share the address and its load"),
	SO(SO_PASSCRED, BOOL, BOTH, "receive the sender's pid, uid and gid (SCM_CREDENTIALS)"),
	SO(SO_PEERCRED, UCRED, GET, "the peer's pid, uid and gid when the connection was made"),
	SO(SO_RCVLOWAT, INT, BOTH, "bytes that must be there before a receive returns"),
	SO(SO_SNDLOWAT, INT, GET, "room in bytes before a send goes on; 1, fixed on Linux"),
	SO(SO_RCVTIMEO, TIMEVAL, BOTH, "the longest a receive or accept waits; 0: for ever"),
	SO(SO_SNDTIMEO, TIMEVAL, BOTH, "the longest a send or connect waits; 0: for ever"),
	SO(SO_BINDTODEVICE, STRING, BOTH, "use this network interface only"),
	SO(SO_ATTACH_FILTER, BYTES, SET, "drop packets by a classic BPF program"),
	NEW_SO(SO_GET_FILTER, BYTES, GET, "the classic BPF program that is attached"),
	SO(SO_DETACH_FILTER, INT, SET, "remove the BPF program; the value is ignored"),
	SO(SO_DETACH_BPF, INT, SET, "another name for SO_DETACH_FILTER"),
	NEW_SO(SO_PEERNAME, BYTES, GET, "the peer's address, as getpeername() gives it"),
	SO(SO_TIMESTAMP, BOOL, BOTH, "receive the time of arrival in microseconds"),
	SO(SO_ACCEPTCONN, BOOL, GET, "whether the socket listens"),
	SO(SO_PEERSEC, STRING, GET, "the peer's security context (SELinux and the like)"),
	SO(SO_PASSSEC, BOOL, BOTH, "receive the sender's security context (SCM_SECURITY)"),
	SO(SO_TIMESTAMPNS, BOOL, BOTH, "receive the time of arrival in nanoseconds"),
	SO(SO_MARK, INT, BOTH, "mark for routing and filters; CAP_NET_ADMIN to set"),
	NEW_SO(SO_TIMESTAMPING, INT, BOTH, "which timestamps to make (SOF_TIMESTAMPING_ bits)"),
	SO(SO_PROTOCOL, PROTOCOL, GET, "the socket's protocol"),
	SO(SO_DOMAIN, FAMILY, GET, "the socket's address family"),
	SO(SO_RXQ_OVFL, BOOL, BOTH, "receive the count of packets dropped for want of room"),
	NEW_SO(SO_WIFI_STATUS, BOOL, BOTH, "report whether a Wi-Fi frame was acknowledged"),
	SO(SO_PEEK_OFF, INT, BOTH, "offset in bytes at which MSG_PEEK reads; -1: the beginning"),
	NEW_SO(SO_NOFCS, BOOL, BOTH, "the program supplies the frame's checksum itself"),
	SO(SO_LOCK_FILTER, BOOL, BOTH, "forbid changes to the BPF program; never unlocked again"),
	SO(SO_SELECT_ERR_QUEUE, BOOL, BOTH, "poll() adds POLLPRI where it says POLLERR"),
	SO(SO_BUSY_POLL, INT, BOTH, "microseconds to poll the device while there is no data"),
	NEW_SO(SO_MAX_PACING_RATE, UINT64, BOTH, "the fastest TCP may send, in bytes per second"),
	NEW_SO(SO_BPF_EXTENSIONS, INT, GET, "which BPF extensions the kernel knows"),
	SO(SO_INCOMING_CPU, INT, BOTH, "the processor that packets come in on"),
	SO(SO_ATTACH_BPF, INT, SET, "drop packets by the BPF program of this descriptor"),
	SO(SO_ATTACH_REUSEPORT_CBPF, BYTES, SET, "share SO_REUSEPORT's load by classic BPF"),
	SO(SO_ATTACH_REUSEPORT_EBPF, INT, SET, "share SO_REUSEPORT's load by a descriptor's BPF"),
	NEW_SO(SO_CNX_ADVICE, INT, SET, "1: the path seems bad, look for another"),
	NEW_SO(SO_MEMINFO, BYTES, GET, "the socket's memory, as sock_diag counts it"),
	SO(SO_INCOMING_NAPI_ID, INT, GET, "the device queue that the last packet came from"),
	NEW_SO(SO_COOKIE, UINT64, GET, "the kernel's number for this socket, never used twice"),
	NEW_SO(SO_PEERGROUPS, BYTES, GET, "the peer's supplementary groups"),
	NEW_SO(SO_ZEROCOPY, BOOL, BOTH, "allow MSG_ZEROCOPY"),
	NEW_SO(SO_TXTIME, BYTES, BOTH, "send packets at given times (struct sock_txtime)"),
	NEW_SO(SO_BINDTOIFINDEX, INT, BOTH, "use the network interface of this index only"),
	NEW_SO(SO_DETACH_REUSEPORT_BPF, INT, SET, "share SO_REUSEPORT's load without BPF again"),
	NEW_SO(SO_PREFER_BUSY_POLL, BOOL, BOTH, "busy polling rather than interrupts"),
	NEW_SO(SO_BUSY_POLL_BUDGET, INT, SET, "packets to take in one round of busy polling"),
	NEW_SO(SO_NETNS_COOKIE, UINT64, GET, "the kernel's number for the network namespace"),
	NEW_SO(SO_BUF_LOCK, INT, BOTH, "the buffers whose size stays: bits 1 send, 2 receive"),
	NEW_SO(SO_RESERVE_MEM, INT, BOTH, "bytes of memory kept for this socket alone"),
	NEW_SO(SO_TXREHASH, INT, BOTH, "1: try another path when segments are lost"),
	NEW_SO(SO_RCVMARK, BOOL, BOTH, "receive the mark of each packet (SO_MARK)"),
	NEW_SO(SO_PASSPIDFD, BOOL, BOTH, "receive the sender as a pidfd (SCM_PIDFD)"),
	NEW_SO(SO_PEERPIDFD, INT, GET, "the peer as a pidfd: a new descriptor"),
	NEW_SO(SO_RCVPRIORITY, BOOL, BOTH, "receive the priority of each packet (SO_PRIORITY)"),
	NEW_SO(SO_PASSRIGHTS, BOOL, BOTH, "accept descriptors from the peer (SCM_RIGHTS)"),
	NEW_SO(SO_INQ, BOOL, BOTH, "receive the count of bytes left in the queue"),
	TCP(TCP_NODELAY, BOOL, BOTH, "send small segments at once (Nagle's algorithm off)"),
	TCP(TCP_MAXSEG, INT, BOTH, "the largest segment to send, in bytes"),
	TCP(TCP_CORK, BOOL, BOTH, "hold back partial segments, for 200 ms at most"),
	TCP(TCP_KEEPIDLE, INT, BOTH, "seconds of silence before the first keepalive probe"),
	TCP(TCP_KEEPINTVL, INT, BOTH, "seconds between keepalive probes"),
	TCP(TCP_KEEPCNT, INT, BOTH, "keepalive probes without answer that end the connection"),
	TCP(TCP_SYNCNT, INT, BOTH, "how often to send the SYN again before connect() gives up"),
	TCP(TCP_LINGER2, INT, BOTH, "seconds that a closed socket stays in FIN-WAIT-2"),
	TCP(TCP_DEFER_ACCEPT, INT, BOTH, "accept when data came, waiting so many seconds for it"),
	TCP(TCP_WINDOW_CLAMP, INT, BOTH, "the largest window to advertise, in bytes"),
	TCP(TCP_INFO, TCP_INFO, GET, "what the kernel knows of the connection"),
	TCP(TCP_QUICKACK, BOOL, BOTH, "acknowledge at once; not for good, the kernel may go back"),
	TCP(TCP_CONGESTION, STRING, BOTH, "the congestion control, by name"),
	NEW_TCP(TCP_MD5SIG, BYTES, SET, "sign segments with MD5 for a peer, RFC 2385"),
	NEW_TCP(TCP_COOKIE_TRANSACTIONS, BYTES, BOTH,
		"cookies in the handshake; Linux 3.10 dropped it"),
	NEW_TCP(TCP_THIN_LINEAR_TIMEOUTS, BOOL, BOTH,
		"no exponential backoff while little is in flight"),
	NEW_TCP(TCP_THIN_DUPACK, BOOL, BOTH,
		"retransmit on one duplicate ACK; no effect since Linux 4.11"),
	TCP(TCP_USER_TIMEOUT, INT, BOTH, "milliseconds that sent data may stay unacknowledged"),
	NEW_TCP(TCP_REPAIR, INT, BOTH, "1: take the connection apart without telling the peer"),
	NEW_TCP(TCP_REPAIR_QUEUE, INT, BOTH, "in repair, which queue: 1 receive, 2 send"),
	NEW_TCP(TCP_QUEUE_SEQ, INT, BOTH, "in repair, the sequence number of the queue"),
	NEW_TCP(TCP_REPAIR_OPTIONS, BYTES, SET,
		"in repair, the options that the handshake agreed on"),
	TCP(TCP_FASTOPEN, INT, BOTH, "how many Fast Open requests may wait at the listener"),
	NEW_TCP(TCP_TIMESTAMP, INT, BOTH, "the timestamp clock of the connection, in ticks"),
	NEW_TCP(TCP_NOTSENT_LOWAT, INT, BOTH, "bytes not yet sent above which POLLOUT is withheld"),
	NEW_TCP(TCP_CC_INFO, BYTES, GET, "what the congestion control tells of itself"),
	NEW_TCP(TCP_SAVE_SYN, INT, BOTH, "listener: keep the headers of each SYN"),
	NEW_TCP(TCP_SAVED_SYN, BYTES, GET, "the headers of this connection's SYN, once"),
	NEW_TCP(TCP_REPAIR_WINDOW, BYTES, BOTH, "in repair, the state of the windows"),
	TCP(TCP_FASTOPEN_CONNECT, BOOL, BOTH, "connect() sends the SYN with the first data"),
	NEW_TCP(TCP_ULP, STRING, BOTH, "a protocol above TCP in the kernel, by name (\"tls\")"),
	NEW_TCP(TCP_MD5SIG_EXT, BYTES, SET, "TCP_MD5SIG for a range of peers"),
	NEW_TCP(TCP_FASTOPEN_KEY, BYTES, BOTH, "the key that Fast Open cookies are made with"),
	NEW_TCP(TCP_FASTOPEN_NO_COOKIE, BOOL, BOTH, "Fast Open without a cookie"),
	NEW_TCP(TCP_ZEROCOPY_RECEIVE, BYTES, GET, "map received data rather than copy it"),
	NEW_TCP(TCP_INQ, BOOL, BOTH, "receive the count of bytes left in the queue"),
	NEW_TCP(TCP_TX_DELAY, INT, BOTH, "delay what is sent, in microseconds"),
	NEW_TCP(TCP_IS_MPTCP, BOOL, GET, "whether the connection is Multipath TCP"),
	NEW_TCP(TCP_RTO_MAX_MS, INT, BOTH, "the longest retransmission timeout, in milliseconds"),
	NEW_TCP(TCP_RTO_MIN_US, INT, BOTH, "the shortest retransmission timeout, in microseconds"),
	NEW_TCP(TCP_DELACK_MAX_US, INT, BOTH, "the longest an ACK is held back, in microseconds"),
	IP(IP_TOS, INT, BOTH, "the type-of-service byte (DSCP) of packets sent"),
	IP(IP_TTL, INT, BOTH, "the hops that packets sent may take"),
	IP(IP_HDRINCL, BOOL, BOTH, "raw: the program builds the IP header"),
	IP(IP_OPTIONS, BYTES, BOTH, "the IP options of every packet sent"),
	IP(IP_ROUTER_ALERT, INT, BOTH, "raw: receive packets that carry a router alert"),
	IP(IP_RECVOPTS, BOOL, BOTH, "receive the IP options of each packet"),
	IP(IP_RETOPTS, BOOL, BOTH, "receive IP options, unprocessed, as a reply may use them"),
	IP(IP_PKTINFO, BOOL, BOTH, "receive the interface and destination of each packet"),
	NEW_IP(IP_PKTOPTIONS, BYTES, GET, "what control messages would tell of a TCP connection"),
	IP(IP_MTU_DISCOVER, INT, BOTH, "path MTU discovery: 0 no, 1 by route, 2 yes, 3 probe"),
	IP(IP_RECVERR, BOOL, BOTH, "queue errors of the network for MSG_ERRQUEUE"),
	IP(IP_RECVTTL, BOOL, BOTH, "receive the TTL of each packet"),
	IP(IP_RECVTOS, BOOL, BOTH, "receive the type-of-service byte of each packet"),
	IP(IP_MTU, INT, GET, "the path MTU to the peer, in bytes"),
	IP(IP_FREEBIND, BOOL, BOTH, "bind to an address that this machine does not have"),
	NEW_IP(IP_IPSEC_POLICY, BYTES, SET, "the IPsec policy of this socket, in its old form"),
	NEW_IP(IP_XFRM_POLICY, BYTES, SET, "the IPsec policy of this socket"),
	IP(IP_PASSSEC, BOOL, BOTH, "receive the peer's security context"),
	IP(IP_TRANSPARENT, BOOL, BOTH, "use addresses of others, as a proxy does; CAP_NET_ADMIN"),
	IP(IP_RECVORIGDSTADDR, BOOL, BOTH, "receive the destination as it was before redirection"),
	NEW_IP(IP_MINTTL, INT, BOTH, "drop packets whose TTL is lower"),
	IP(IP_NODEFRAG, BOOL, BOTH, "raw: packets sent are not reassembled for filters"),
	NEW_IP(IP_CHECKSUM, BOOL, BOTH, "receive the checksum of each datagram"),
	IP(IP_BIND_ADDRESS_NO_PORT, BOOL, BOTH, "bind() with port 0 leaves the port to connect()"),
	NEW_IP(IP_RECVFRAGSIZE, BOOL, BOTH, "receive the size of the largest fragment"),
	NEW_IP(IP_RECVERR_RFC4884, BOOL, BOTH, "IP_RECVERR with the ICMP extensions of RFC 4884"),
	IP(IP_MULTICAST_IF, BYTES, BOTH, "the interface that multicast goes out by (an address)"),
	IP(IP_MULTICAST_TTL, INT, BOTH, "the hops that multicast may take"),
	IP(IP_MULTICAST_LOOP, BOOL, BOTH, "multicast sent is also received on this machine"),
	IP(IP_ADD_MEMBERSHIP, BYTES, SET, "join a multicast group (struct ip_mreqn)"),
	IP(IP_DROP_MEMBERSHIP, BYTES, SET, "leave a multicast group (struct ip_mreqn)"),
	IP(IP_UNBLOCK_SOURCE, BYTES, SET, "hear a blocked source again (struct ip_mreq_source)"),
	IP(IP_BLOCK_SOURCE, BYTES, SET, "hear a source of a group no more (struct ip_mreq_source)"),
	IP(IP_ADD_SOURCE_MEMBERSHIP, BYTES, SET, "join for one source (struct ip_mreq_source)"),
	IP(IP_DROP_SOURCE_MEMBERSHIP, BYTES, SET, "leave that source (struct ip_mreq_source)"),
	IP(IP_MSFILTER, BYTES, BOTH, "the sources of a group (struct ip_msfilter)"),
	IP(IP_MULTICAST_ALL, BOOL, BOTH, "receive groups that any socket of the machine joined"),
	NEW_IP(IP_UNICAST_IF, INT, BOTH, "the index of the interface to send by, in network order"),
	NEW_IP(IP_LOCAL_PORT_RANGE, INT, BOTH, "ports to choose from: lowest + 65536 * highest"),
	NEW_IP(IP_PROTOCOL, PROTOCOL, GET, "the protocol of a raw socket"),
	IPV6(IPV6_ADDRFORM, FAMILY, BOTH, "AF_INET: become an IPv4 socket, if so connected"),
	NEW_IPV6(IPV6_CHECKSUM, INT, BOTH,
		 "raw: offset in bytes of the checksum the kernel fills in"),
	IPV6(IPV6_AUTHHDR, BOOL, BOTH, "receive authentication headers; Linux no longer has it"),
	IPV6(IPV6_FLOWINFO, BOOL, BOTH, "receive the flow label and traffic class"),
	IPV6(IPV6_UNICAST_HOPS, INT, BOTH, "the hops that packets sent may take; -1: by route"),
	IPV6(IPV6_MULTICAST_IF, INT, BOTH, "the index of the interface that multicast goes out by"),
	IPV6(IPV6_MULTICAST_HOPS, INT, BOTH, "the hops that multicast may take; -1: by route"),
	IPV6(IPV6_MULTICAST_LOOP, BOOL, BOTH, "multicast sent is also received on this machine"),
	IPV6(IPV6_ADD_MEMBERSHIP, BYTES, SET, "join a multicast group (struct ipv6_mreq)"),
	IPV6(IPV6_JOIN_GROUP, BYTES, SET, "the RFC's name for IPV6_ADD_MEMBERSHIP"),
	IPV6(IPV6_DROP_MEMBERSHIP, BYTES, SET, "leave a multicast group (struct ipv6_mreq)"),
	IPV6(IPV6_LEAVE_GROUP, BYTES, SET, "the RFC's name for IPV6_DROP_MEMBERSHIP"),
	IPV6(IPV6_ROUTER_ALERT, INT, BOTH, "raw: receive packets that carry this router alert"),
	IPV6(IPV6_MTU_DISCOVER, INT, BOTH, "path MTU discovery: 0 no, 1 by route, 2 yes, 3 probe"),
	IPV6(IPV6_MTU, INT, BOTH, "the path MTU to the peer, in bytes; when set, its limit"),
	IPV6(IPV6_RECVERR, BOOL, BOTH, "queue errors of the network for MSG_ERRQUEUE"),
	IPV6(IPV6_V6ONLY, BOOL, BOTH, "no IPv4 in mapped addresses"),
	NEW_IPV6(IPV6_JOIN_ANYCAST, BYTES, SET, "answer for an anycast address (struct ipv6_mreq)"),
	NEW_IPV6(IPV6_LEAVE_ANYCAST, BYTES, SET,
		 "answer no longer for an anycast address (struct ipv6_mreq)"),
	NEW_IPV6(IPV6_MULTICAST_ALL, BOOL, BOTH,
		 "receive groups that any socket of the machine joined"),
	NEW_IPV6(IPV6_ROUTER_ALERT_ISOLATE, BOOL, BOTH,
		 "IPV6_ROUTER_ALERT for this network namespace only"),
	NEW_IPV6(IPV6_RECVERR_RFC4884, BOOL, BOTH,
		 "IPV6_RECVERR with the ICMP extensions of RFC 4884"),
	NEW_IPV6(IPV6_FLOWLABEL_MGR, BYTES, BOTH, "lease and release flow labels"),
	NEW_IPV6(IPV6_FLOWINFO_SEND, BOOL, BOTH, "send the flow label that the address holds"),
	NEW_IPV6(IPV6_HDRINCL, BOOL, BOTH, "raw: the program builds the IPv6 header"),
	IPV6(IPV6_RECVPKTINFO, BOOL, BOTH, "receive the interface and destination of each packet"),
	NEW_IPV6(IPV6_PKTINFO, BYTES, SET, "the source address and interface to send by"),
	NEW_IPV6(IPV6_RECVHOPLIMIT, BOOL, BOTH, "receive the hop limit of each packet"),
	IPV6(IPV6_HOPLIMIT, INT, BOTH, "a control message's hop limit; no option on Linux"),
	NEW_IPV6(IPV6_RECVHOPOPTS, BOOL, BOTH, "receive the hop-by-hop options of each packet"),
	IPV6(IPV6_HOPOPTS, BYTES, BOTH, "the hop-by-hop options of packets sent"),
	NEW_IPV6(IPV6_RTHDRDSTOPTS, BYTES, BOTH, "the options for each hop of the routing header"),
	NEW_IPV6(IPV6_RECVRTHDR, BOOL, BOTH, "receive the routing header of each packet"),
	IPV6(IPV6_RTHDR, BYTES, BOTH, "the routing header of packets sent"),
	NEW_IPV6(IPV6_RECVDSTOPTS, BOOL, BOTH, "receive the destination options of each packet"),
	IPV6(IPV6_DSTOPTS, BYTES, BOTH, "the destination options of packets sent"),
	NEW_IPV6(IPV6_RECVPATHMTU, BOOL, BOTH, "be told when the path MTU changes"),
	NEW_IPV6(IPV6_PATHMTU, BYTES, GET, "the path MTU to the peer (struct ip6_mtuinfo)"),
	NEW_IPV6(IPV6_DONTFRAG, BOOL, BOTH, "never fragment: too long is EMSGSIZE"),
	NEW_IPV6(IPV6_RECVTCLASS, BOOL, BOTH, "receive the traffic class of each packet"),
	NEW_IPV6(IPV6_TCLASS, INT, BOTH, "the traffic class (DSCP) of packets sent"),
	NEW_IPV6(IPV6_AUTOFLOWLABEL, BOOL, BOTH, "the kernel chooses flow labels"),
	NEW_IPV6(IPV6_ADDR_PREFERENCES, INT, BOTH,
		 "which source addresses to prefer, RFC 5014 (bits)"),
	NEW_IPV6(IPV6_MINHOPCOUNT, INT, BOTH, "drop packets whose hop limit is lower"),
	NEW_IPV6(IPV6_RECVORIGDSTADDR, BOOL, BOTH,
		 "receive the destination as it was before redirection"),
	NEW_IPV6(IPV6_TRANSPARENT, BOOL, BOTH,
		 "use addresses of others, as a proxy does; CAP_NET_ADMIN"),
	NEW_IPV6(IPV6_UNICAST_IF, INT, BOTH,
		 "the index of the interface to send by, in network order"),
	NEW_IPV6(IPV6_RECVFRAGSIZE, BOOL, BOTH, "receive the size of the largest fragment"),
	NEW_IPV6(IPV6_FREEBIND, BOOL, BOTH, "bind to an address that this machine does not have"),
	UDP(UDP_CORK, BOOL, BOTH, "gather what is sent into one datagram until it is cleared"),
	NEW_UDP(UDP_ENCAP, INT, BOTH, "the kind of tunnel that this socket unpacks (2: ESP)"),
	NEW_UDP(UDP_NO_CHECK6_TX, BOOL, BOTH, "send over IPv6 without checksum"),
	NEW_UDP(UDP_NO_CHECK6_RX, BOOL, BOTH, "accept datagrams over IPv6 without checksum"),
	NEW_UDP(UDP_SEGMENT, INT, BOTH, "cut what is sent into datagrams of so many bytes"),
	NEW_UDP(UDP_GRO, BOOL, BOTH, "receive several datagrams in one piece"),
	RAW(ICMP_FILTER, INT, BOTH, "the ICMP types that are not received: a bit for each"),
};
/* clang-format on */

const size_t options_count = COUNT_OF(options);
