/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/terms.h"

#define FIELD "field of an endpoint"
#define EVENT "field of JSON"
#define JSON  "sockstep(1), JSON"

/* An entry a line, so that translations can be laid beside it. */
/* clang-format off */
static const struct term list[] = {
	{"clock", FIELD, NULL, "Of a timerfd: the clock that it goes by, such as CLOCK_MONOTONIC.", NULL, "timerfd_create(2)", "expires_ms, CLOCK_MONOTONIC"},
	{"closed_fd", FIELD, "was fd", "Of a ghost: the descriptor that it had last.", NULL, JSON, "ghost, fd"},
	{"congestion", FIELD, "CC-name, cong_alg, congestion control algorithm", "The name of the congestion control: what decides how fast TCP sends. cubic is the default of most machines, bbr, dctcp and reno are others. ss prints the bare name.", NULL, "tcp(7); RFC 9438", "TCP_CONGESTION, congestion control, cwnd"},
	{"cookie", FIELD, "SO_COOKIE number, sk", "The number by which sock_diag knows a socket. It is never used twice while the machine runs, and stays the same from the accept queue to TIME-WAIT. ss -e shows it as sk.", NULL, "sock_diag(7); socket(7)", "SO_COOKIE, inode"},
	{"data", EVENT, NULL, "The bytes that the call received: their length, as text and in hexadecimal.", NULL, JSON, "recv"},
	{"drops", FIELD, "dropped packets", "Packets for this socket that the kernel threw away, most often since the receive buffer was full. For UDP they are lost; TCP sends them again.", "packets", "ss(8); socket(7), SO_RXQ_OVFL", "d, SO_RCVBUF, SO_RXQ_OVFL"},
	{"errno", EVENT, "error number", "The number that a failed call leaves behind, by its name, such as ECONNREFUSED. It is meaningful only right after a call that returned -1.", NULL, "errno(3)", "why, result"},
	{"event", EVENT, NULL, "What a line of JSON tells of: step, waiting, completed, error, expect and others.", NULL, JSON, "step"},
	{"exceptional", FIELD, NULL, "Whether poll says POLLPRI: of TCP that urgent data has come. It is what the fourth argument of select asks for.", NULL, "poll(2); select(2)", "POLLPRI, urgent data, readable, writable"},
	{"expires", FIELD, "expires_ms", "The time until the timer goes off. Steps show it in whole seconds, rounded up; JSON in milliseconds.", "milliseconds", "ss(8)", "timer, retransmits"},
	{"expires_ms", FIELD, NULL, "Of a timerfd: how long until it goes off; none where it is off.", "milliseconds", "timerfd_create(2)", "interval_ms, clock"},
	{"family", FIELD, "domain, address family", "The kind of addresses that a socket has, its first argument: AF_INET (IPv4), AF_INET6 (IPv6), AF_UNIX (within this machine) and others. It cannot be changed later.", NULL, "address_families(7); socket(2)", "AF_INET, AF_INET6, AF_UNIX, type, protocol"},
	{"fd", FIELD, "descriptor, descriptors, file descriptor", "A file descriptor: the small number by which a process names an open file or socket in its calls. The kernel gives the lowest one that is free. Several descriptors may lead to one socket (dup, fork); the socket ends with the last of them.", NULL, "socket(2); dup(2); close(2)", "dup, close, EBADF, inode"},
	{"fd_flags", FIELD, "file descriptor flags", "The flags of this one descriptor: FD_CLOEXEC, which closes it with execve. fcntl F_GETFD reads them, F_SETFD sets them.", NULL, "fcntl(2)", "FD_CLOEXEC, F_GETFD, file_flags"},
	{"file_flags", FIELD, "file status flags", "The flags of the open file, which all descriptors of it share: O_NONBLOCK, O_ASYNC, and O_RDWR, which every socket has. fcntl F_GETFL reads them, F_SETFL sets them.", NULL, "fcntl(2); open(2)", "O_NONBLOCK, F_GETFL, fd_flags"},
	{"forked", EVENT, NULL, "Of a fork: the name of the process that it has made; null where it has failed.", NULL, JSON, "fork, process"},
	{"inode", FIELD, "ino", "The number by which /proc knows an open socket: /proc/PID/fd has it as socket:[N], and /proc/net/tcp in a column. ss shows it with -e. A ghost has none (0); once the socket is gone, the number may be used again.", NULL, "proc(5); ss(8)", "cookie, fd, ghost"},
	{"interface", FIELD, NULL, "The network interface that the socket is bound to, by its index (ip link shows it): only what comes in there is received.", NULL, "socket(7), SO_BINDTODEVICE; if_nametoindex(3)", "SO_BINDTODEVICE, SO_BINDTOIFINDEX, scope"},
	{"interval_ms", FIELD, NULL, "Of a timerfd: how long from one time that it goes off to the next; none where it goes off once.", "milliseconds", "timerfd_create(2)", "expires_ms"},
	{"local", FIELD, "local address", "The address of this end, which getsockname tells: set by bind, or chosen by the kernel with connect, listen or the first sendto.", NULL, "getsockname(2); bind(2)", "peer, bind, ephemeral port, wildcard address"},
	{"mark", FIELD, "fwmark", "A number that routing rules and filters may go by. Setting it takes CAP_NET_ADMIN.", NULL, "socket(7), SO_MARK", "SO_MARK"},
	{"name", FIELD, NULL, "The name that a descriptor was given with NAME = in this session. The kernel knows nothing of it.", NULL, "sockstep(1), THE LANGUAGE", "fd"},
	{"peer", FIELD, "peer address, remote address, other end", "The other end of a connection, and its address, which getpeername tells.", NULL, "getpeername(2); connect(2)", "local, connect, ENOTCONN"},
	{"pending", FIELD, NULL, "Of a UNIX listener: the inodes of the clients that wait in its accept queue.", NULL, "sock_diag(7)", "accept queue, inode"},
	{"protocol", FIELD, NULL, "What carries the data of a socket, its third argument; 0 takes the usual one of the family and the type, such as TCP for a stream of AF_INET.", NULL, "socket(2); protocols(5)", "IPPROTO_TCP, IPPROTO_UDP, EPROTONOSUPPORT"},
	{"queue_of", FIELD, NULL, "Of a connection that nobody accepted: the descriptor of the listener in whose accept queue it waits.", NULL, JSON, "accept queue, no fd yet"},
	{"quick_ack", FIELD, NULL, "Whether the kernel acknowledges at once at present, which getsockopt TCP_QUICKACK tells. If not, it takes the traffic for interactive and delays: ss would say bidir, had sock_diag told it.", NULL, "tcp(7), TCP_QUICKACK", "quick ACK, delayed ACK, bidir"},
	{"readable", FIELD, NULL, "Whether poll says POLLIN: recv, read or accept would not wait. That is so, too, where recv would return 0 or an error.", NULL, "poll(2)", "POLLIN, end of stream, writable"},
	{"result", EVENT, NULL, "What the call returned: -1 where it failed, and then errno says what failed.", NULL, JSON, "errno, call"},
	{"retransmits", FIELD, "probe, probes", "How often the segment was sent again so far; of keepalive and of zero-window probes, how many probes stayed without an answer.", NULL, "ss(8)", "timer, retransmission, backoff, tcpi_retransmits"},
	{"role", FIELD, NULL, "Why a step shows an endpoint: touched, peer, queued, listener or ghost.", NULL, JSON, "touched, queued, ghost"},
	{"shared", FIELD, NULL, "The other descriptors that lead to the same socket, where more than one process has it: each with its process and its number.", NULL, JSON, "one socket, references, fork"},
	{"shutdown", FIELD, NULL, "The directions that shutdown, or the peer, has ended: none, read, write or both. Those that a FIN has ended count as well.", NULL, "shutdown(2); sock_diag(7)", "SHUT_RD, SHUT_WR, half-close, FIN"},
	{"state", FIELD, NULL, "Where a connection stands. TCP has the eleven states of RFC 9293; other sockets are UNCONNECTED or CONNECTED, and UNIX ones may be LISTEN. It is read from the kernel after each step.", NULL, "RFC 9293, section 3.3.2", "CLOSED, LISTEN, ESTABLISHED, UNCONNECTED"},
	{"tclass", FIELD, "traffic class", "The byte of the IPv6 header that asks for a kind of treatment, as tos does in IPv4.", NULL, "ipv6(7); RFC 2474", "IPV6_TCLASS, tos"},
	{"timer", FIELD, NULL, "What the kernel waits for by the clock for this socket: retransmit, keepalive, time-wait, zero-window probe or delayed ACK, with the time that is left and how often it went off. JSON and expect have the names that ss prints: on, keepalive, timewait, persist, delack.", NULL, "ss(8); RFC 6298", "retransmit, keepalive, time-wait, zero-window probe, delayed ACK, off"},
	{"tos", FIELD, "type of service, DSCP", "The byte of the IPv4 header that asks for a kind of treatment: six bits DSCP, two bits ECN. Most networks ignore it.", NULL, "ip(7), IP_TOS; RFC 2474; RFC 3168", "IP_TOS, ECN, tclass"},
	{"type", FIELD, "socket type", "How a socket carries data, its second argument: a stream of bytes (SOCK_STREAM), messages (SOCK_DGRAM), messages over a connection (SOCK_SEQPACKET), or packets with their header (SOCK_RAW).", NULL, "socket(2)", "SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET, SOCK_RAW"},
	{"uid", FIELD, NULL, "The user who made the socket. It does not change when the process changes its user.", NULL, "sock_diag(7)", "SO_PEERCRED"},
	{"unix_peer", FIELD, NULL, "Of a UNIX socket: the inode of the socket at the other end.", NULL, "unix(7); sock_diag(7)", "UNIX, inode, socketpair"},
	{"v6only", FIELD, NULL, "Whether an IPv6 socket leaves IPv4 alone. If not, one that is bound to [::] takes IPv4 as well, by mapped addresses, and holds the port there, too.", NULL, "ipv6(7), IPV6_V6ONLY", "IPV6_V6ONLY, v4-mapped address"},
	{"was", EVENT, NULL, "What changed in this step, as it was before; null where the endpoint is shown for the first time.", NULL, JSON, "step"},
	{"what", EVENT, NULL, "Of a descriptor that is no socket: what it is, such as a pipe or a file.", NULL, JSON, "fd, ENOTSOCK"},
	{"what", FIELD, NULL, "Of a descriptor that is no socket: what it is, such as epoll, pipe, file or character device.", NULL, "sockstep(1), JSON", "epoll, ENOTSOCK"},
	{"writable", FIELD, NULL, "Whether poll says POLLOUT: send would take at least some bytes without waiting. A peer that has gone does not make it unwritable.", NULL, "poll(2)", "POLLOUT, send queue, readable"},
};
/* clang-format on */

const struct terms terms_fields = {list, COUNT_OF(list)};
