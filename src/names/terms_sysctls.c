/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/terms.h"

#define IP_SYSCTL "ip-sysctl in the kernel's documentation"
#define TCP       "tcp(7); " IP_SYSCTL

/* An entry a line, so that translations can be laid beside it. */
/* clang-format off */
static const struct term list[] = {
	{"file-max", TERM_SYSCTL, NULL, "How many files, sockets among them, may be open on the whole machine. What would be one more fails with ENFILE.", "open files", "proc_sys_fs(5)", "open file, ENFILE, RLIMIT_NOFILE"},
	{"icmp_ratelimit", TERM_SYSCTL, NULL, "How much time must pass between two ICMP errors to the same host; 0: none. The hosts of the lab have 0, so that each packet gets its answer.", "milliseconds", IP_SYSCTL, "port unreachable"},
	{"igmp_qrv", TERM_SYSCTL, "mld_qrv", "How often a host reports what has changed about its multicast groups, since a report may be lost. 2 by default, the second within a second. An interface takes the number when it comes up.", "reports", IP_SYSCTL "; RFC 3376, section 8.1", "QRV, IGMP, MLD"},
	{"ip_default_ttl", TERM_SYSCTL, NULL, "The TTL of packets whose socket has not asked for another one. 64 by default.", "routers", "ip(7); " IP_SYSCTL, "TTL, IP_TTL"},
	{"ip_local_port_range", TERM_SYSCTL, NULL, "The first and the last port that the kernel chooses for a socket whose program has not chosen. 32768 60999 by default. From one address there can be only so many connections to the same address and port; then connect fails with EADDRNOTAVAIL. From another, such as 127.0.0.2, there can be as many again.", "ports", "ip(7); " IP_SYSCTL, "ephemeral port, EADDRNOTAVAIL"},
	{"ip_unprivileged_port_start", TERM_SYSCTL, "privileged port, privileged ports", "The first port that needs no privilege: for a lower one, bind fails with EACCES unless the process may (CAP_NET_BIND_SERVICE). 1024 by default.", NULL, "ip(7); capabilities(7); " IP_SYSCTL, "EACCES, port"},
	{"max_dgram_qlen", TERM_SYSCTL, NULL, "How many datagrams may wait at a UNIX socket that has not called listen. Who sends more waits, or gets EAGAIN.", "datagrams", "unix(7)", "datagram, EAGAIN"},
	{"max_user_watches", TERM_SYSCTL, NULL, "How many descriptors one user may have in epoll sets, all of them together. Beyond that epoll_ctl fails with ENOSPC.", "descriptors", "epoll(7)", "epoll, ENOSPC"},
	{"rmem_max", TERM_SYSCTL, NULL, "The most that SO_RCVBUF can ask for; what is more is cut down, and no error. The kernel takes twice of it, for its overhead.", "bytes", "socket(7)", "receive buffer, SO_RCVBUF, tcp_rmem"},
	{"somaxconn", TERM_SYSCTL, NULL, "The largest backlog: if listen asks for more, it gets this, and no error. 4096 by default.", "connections", "listen(2); " IP_SYSCTL, "backlog, accept queue"},
	{"tcp_abort_on_overflow", TERM_SYSCTL, NULL, "What happens where a handshake ends and the accept queue is full. 0, the default: the client's ACK is ignored, and it may try again. 1: the client gets a reset.", NULL, TCP, "accept queue, RST, ECONNRESET"},
	{"tcp_dsack", TERM_SYSCTL, NULL, "Whether TCP tells the sender of what has arrived twice. 1 by default.", NULL, TCP, "DSACK, tcp_sack"},
	{"tcp_early_retrans", TERM_SYSCTL, NULL, "3 or 4: when the end of what was sent is not acknowledged, it is sent once more after about two round trips, before the RTO (a tail loss probe). 0: it is not. 3 by default; the hosts of the lab begin with 0.", NULL, TCP "; RFC 8985, section 7", "RTO, retransmission"},
	{"tcp_fin_timeout", TERM_SYSCTL, NULL, "How long a connection that no program holds any more stays in FIN-WAIT-2. 60 by default. It is not the length of TIME-WAIT, which is always 60 seconds on Linux.", "seconds", TCP, "FIN-WAIT-2, orphan, TIME-WAIT"},
	{"tcp_invalid_ratelimit", TERM_SYSCTL, NULL, "How much time must pass between two answers to segments of one connection that are not acceptable; 0: none. 500 by default; the hosts of the lab begin with 0.", "milliseconds", IP_SYSCTL, "ACK, RST"},
	{"tcp_keepalive_intvl", TERM_SYSCTL, NULL, "The time between two keepalive probes. 75 by default; TCP_KEEPINTVL sets it for one socket.", "seconds", TCP, "keepalive, TCP_KEEPINTVL"},
	{"tcp_keepalive_probes", TERM_SYSCTL, NULL, "How many keepalive probes may stay unanswered before the connection is given up. 9 by default; TCP_KEEPCNT sets it for one socket.", "probes", TCP, "keepalive, TCP_KEEPCNT"},
	{"tcp_keepalive_time", TERM_SYSCTL, NULL, "How long a connection is idle before the first keepalive probe. 7200 by default; TCP_KEEPIDLE sets it for one socket.", "seconds", TCP, "keepalive, TCP_KEEPIDLE"},
	{"tcp_max_syn_backlog", TERM_SYSCTL, NULL, "Where SYN cookies are off, a listener keeps the last quarter of so many handshakes for clients that this host has measured before; others are dropped. The backlog bounds all of them.", "connections", TCP, "SYN queue, tcp_syncookies"},
	{"tcp_max_tw_buckets", TERM_SYSCTL, NULL, "The most endpoints that may be in TIME-WAIT at one time; what would be more is forgotten at once.", "endpoints", TCP, "TIME-WAIT"},
	{"tcp_mem", TERM_SYSCTL, "TCP memory", "Three amounts of memory for all TCP sockets together: below the first TCP does not care, from the second on buffers grow no more, and above the third data that arrives is dropped.", "pages of 4096 bytes", TCP, "tcp_rmem, tcp_wmem"},
	{"tcp_retries2", TERM_SYSCTL, NULL, "How often data is sent again before the connection is given up with ETIMEDOUT. 15 by default, which takes about 15 minutes or more.", "retransmissions", TCP, "retransmission, ETIMEDOUT, TCP_USER_TIMEOUT"},
	{"tcp_rfc1337", TERM_SYSCTL, NULL, "Whether an endpoint in TIME-WAIT ignores a reset. 0, the default: it does not, and the reset ends TIME-WAIT.", NULL, "RFC 1337; " TCP, "TIME-WAIT, RST"},
	{"tcp_rmem", TERM_SYSCTL, NULL, "Three sizes of the receive buffer of a TCP socket: the least, that of a new socket, and the most that it grows to by itself.", "bytes", TCP, "socket buffer, SO_RCVBUF"},
	{"tcp_rto_min_us", TERM_SYSCTL, NULL, "The shortest time until data is sent again. 200000 by default. The rto_min of a route goes before it, and the clock of the lab sets that.", "microseconds", IP_SYSCTL, "RTO, clock"},
	{"tcp_sack", TERM_SYSCTL, NULL, "Whether TCP tells the sender what has arrived beyond a gap, so that only the gap is sent again. 1 by default.", NULL, "RFC 2018; " TCP, "SACK, fast retransmit"},
	{"tcp_syn_linear_timeouts", TERM_SYSCTL, NULL, "How often a SYN is sent again after one second each, before that time doubles. 4 by default; the hosts of the lab begin with 0, which RFC 6298 describes.", "retransmissions", IP_SYSCTL, "SYN, tcp_syn_retries"},
	{"tcp_syn_retries", TERM_SYSCTL, NULL, "How often a SYN that is not answered is sent again, before connect fails with ETIMEDOUT. 6 by default.", "retransmissions", TCP, "SYN, SYN-SENT, ETIMEDOUT"},
	{"tcp_synack_retries", TERM_SYSCTL, NULL, "How often a SYN,ACK that is not answered is sent again, before the connection is forgotten. 5 by default.", "retransmissions", TCP, "SYN-RECEIVED, SYN queue"},
	{"tcp_syncookies", TERM_SYSCTL, NULL, "Whether a listener whose queues are full answers a SYN with a cookie and remembers nothing. 1, the default: it does; 2: it always answers so; 0: never, and the SYN is dropped.", NULL, TCP, "SYN cookie, SYN queue, accept queue"},
	{"tcp_timestamps", TERM_SYSCTL, NULL, "Whether segments carry the time, for measuring the RTT and for telling old segments. 1 by default.", NULL, "RFC 7323; " TCP, "timestamps, RTT"},
	{"tcp_tw_reuse", TERM_SYSCTL, NULL, "Whether a connect may take a port over that is in TIME-WAIT since a second or longer. 0: no; 1: yes; 2, the default: on loopback only. Both ends must use timestamps.", NULL, TCP, "TIME-WAIT, ephemeral port, EADDRNOTAVAIL"},
	{"tcp_window_scaling", TERM_SYSCTL, NULL, "Whether a SYN offers window scaling, without which no window is larger than 65535 bytes. 1 by default.", NULL, "RFC 7323, section 2; " TCP, "window scale, window"},
	{"tcp_wmem", TERM_SYSCTL, NULL, "Three sizes of the send buffer of a TCP socket: the least, that of a new socket, and the most that it grows to by itself.", "bytes", TCP, "socket buffer, SO_SNDBUF"},
	{"wmem_max", TERM_SYSCTL, NULL, "The most that SO_SNDBUF can ask for; what is more is cut down, and no error. The kernel takes twice of it, for its overhead.", "bytes", "socket(7)", "send buffer, SO_SNDBUF, tcp_wmem"},
};
/* clang-format on */

const struct terms terms_sysctls = {list, COUNT_OF(list)};
