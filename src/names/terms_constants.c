/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/terms.h"

#define FAMILY    "address family"
#define TYPE      "socket type"
#define TYPE_FLAG "socket type flag"
#define PROTOCOL  "protocol"
#define MSG       "message flag"
#define SHUTDOWN  "shutdown direction"
#define POLL      "poll event"
#define EPOLL     "epoll event"
#define OPERATION "epoll operation"
#define FD_FLAG   "descriptor flag"
#define FILE_FLAG "file status flag"
#define IOCTL     "ioctl request"

/* Constants, options and errors of which more is to be said than their own tables do. */
/* clang-format off */
static const struct term list[] = {
	{"AF_INET", FAMILY, NULL, "IPv4: an address of 4 bytes, such as 127.0.0.1, and a port.", NULL, "ip(7)", "AF_INET6, address, port"},
	{"AF_INET6", FAMILY, NULL, "IPv6: an address of 16 bytes, such as ::1, and a port. Unless IPV6_V6ONLY is set it speaks IPv4, too, by mapped addresses.", NULL, "ipv6(7)", "AF_INET, v4-mapped address, IPV6_V6ONLY"},
	{"AF_PACKET", FAMILY, NULL, "Whole frames of a network interface, as a sniffer wants them. It takes CAP_NET_RAW.", NULL, "packet(7)", "RAW, capability"},
	{"AF_UNIX", FAMILY, NULL, "Processes of this machine, by a path or an abstract name. No network is involved.", NULL, "unix(7)", "UNIX, abstract name, socketpair"},
	{"AF_UNSPEC", FAMILY, NULL, "Any family, or none. connect with an address of AF_UNSPEC takes the peer away from a UDP socket.", NULL, "connect(2)", "connect, UDP, UNCONNECTED"},
	{"EPOLL_CTL_ADD", OPERATION, NULL, "Put a descriptor into the set. If it is there it fails with EEXIST; another descriptor of the same open file, made by dup, can be there beside it.", NULL, "epoll_ctl(2)", "epoll_ctl, EEXIST"},
	{"EPOLL_CTL_DEL", OPERATION, NULL, "Take a descriptor out of the set. Closing it does so by itself, but only when no other descriptor leads to the same open file.", NULL, "epoll_ctl(2); epoll(7)", "epoll_ctl, ENOENT, open file"},
	{"EPOLL_CTL_MOD", OPERATION, NULL, "Say anew what is waited for on a descriptor of the set, and arm it again after EPOLLONESHOT.", NULL, "epoll_ctl(2)", "epoll_ctl, EPOLLONESHOT, ENOENT"},
	{"EPOLLET", EPOLL, NULL, "Edge-triggered: tell when something new comes, not as long as something is there. What was left unread is not told of again, so read until EAGAIN, from a non-blocking socket.", NULL, "epoll(7)", "edge-triggered, level-triggered, EAGAIN"},
	{"EPOLLEXCLUSIVE", EPOLL, NULL, "Where several epoll sets wait for one listener, a new connection wakes one of them or a few, and not all (the thundering herd).", NULL, "epoll_ctl(2)", "epoll_ctl, accept"},
	{"EPOLLONESHOT", EPOLL, NULL, "Tell once, then be disarmed until EPOLL_CTL_MOD: so of several threads that wait on one set only one gets the event.", NULL, "epoll_ctl(2)", "disarmed, EPOLL_CTL_MOD"},
	{"FD_CLOEXEC", FD_FLAG, NULL, "The descriptor is closed when the process becomes another program by execve.", NULL, "fcntl(2)", "close-on-exec, F_SETFD, fd_flags"},
	{"FIONREAD", IOCTL, NULL, "How many bytes can be read: of TCP all that wait, of UDP those of the next datagram.", "bytes", "tcp(7), SIOCINQ; udp(7)", "SIOCINQ, recv queue"},
	{"IP_RECVERR", TERM_OPTION, NULL, "Keep each error that the network reports in the error queue, with the packet that caused it. An unconnected UDP socket then learns of them, too.", NULL, "ip(7)", "error queue, MSG_ERRQUEUE, port unreachable"},
	{"IPPROTO_TCP", PROTOCOL, NULL, "TCP, a reliable stream of bytes: what SOCK_STREAM of AF_INET takes by default.", NULL, "tcp(7); RFC 9293", "TCP, SOCK_STREAM"},
	{"IPPROTO_UDP", PROTOCOL, NULL, "UDP, datagrams that are as unreliable as IP: what SOCK_DGRAM of AF_INET takes by default.", NULL, "udp(7); RFC 768", "UDP, SOCK_DGRAM"},
	{"IPV6_V6ONLY", TERM_OPTION, NULL, "Set before bind: this socket takes IPv6 alone, so that another one may hold the port for IPv4.", NULL, "ipv6(7)", "v6only, v4-mapped address, EADDRINUSE"},
	{"MSG_DONTWAIT", MSG, NULL, "This one call does not wait: it fails with EAGAIN where it would have to. O_NONBLOCK does the same for all calls.", NULL, "send(2), recv(2)", "non-blocking, EAGAIN, O_NONBLOCK"},
	{"MSG_ERRQUEUE", MSG, NULL, "Read the error queue rather than data: errors of the network, with IP_RECVERR, or timestamps of what was sent.", NULL, "recv(2); ip(7)", "error queue, IP_RECVERR"},
	{"MSG_MORE", MSG, NULL, "More will follow at once: TCP holds back a segment that is not full, UDP joins what is sent to one datagram.", NULL, "send(2)", "cork, TCP_CORK, UDP_CORK"},
	{"MSG_NOSIGNAL", MSG, NULL, "No SIGPIPE if the connection is over, only EPIPE.", NULL, "send(2)", "SIGPIPE, EPIPE"},
	{"MSG_OOB", MSG, NULL, "Send, or receive, urgent data: of TCP one byte.", NULL, "send(2), recv(2); tcp(7)", "urgent data, SO_OOBINLINE"},
	{"MSG_PEEK", MSG, NULL, "Look at the data and leave it in the queue: the next recv returns the same again.", NULL, "recv(2)", "recv, recv queue, SO_PEEK_OFF"},
	{"MSG_TRUNC", MSG, NULL, "Asked for: recv returns the true length of a datagram, even where the buffer is shorter (of TCP: the bytes are thrown away). In an answer: the datagram was cut off.", NULL, "recv(2)", "datagram, recv, MSG_CTRUNC"},
	{"MSG_WAITALL", MSG, NULL, "recv waits until the whole buffer is filled, unless the stream ends, an error or a signal comes.", NULL, "recv(2)", "recv, byte stream"},
	{"O_NONBLOCK", FILE_FLAG, NULL, "Calls fail with EAGAIN rather than wait. It is a flag of the open file, so all its descriptors share it; fcntl F_SETFL sets it.", NULL, "fcntl(2); open(2)", "non-blocking, F_SETFL, EAGAIN, SOCK_NONBLOCK"},
	{"POLLERR", POLL, NULL, "An error is pending (SO_ERROR), or something is in the error queue. It comes without being asked for.", NULL, "poll(2)", "SO_ERROR, error queue, err"},
	{"POLLHUP", POLL, NULL, "Both directions are over, or the socket was never connected. It comes without being asked for.", NULL, "poll(2)", "hup, POLLRDHUP"},
	{"POLLIN", POLL, NULL, "Reading would not wait: there is data, a connection to accept, or the end of the stream.", NULL, "poll(2)", "readable, r, end of stream"},
	{"POLLNVAL", POLL, NULL, "The descriptor is not open. It comes without being asked for.", NULL, "poll(2)", "EBADF, poll"},
	{"POLLOUT", POLL, NULL, "Writing would take at least some bytes without waiting; of a non-blocking connect: it has ended, and SO_ERROR tells how.", NULL, "poll(2); connect(2)", "writable, w, EINPROGRESS"},
	{"POLLRDHUP", POLL, NULL, "The peer sends no more: it closed, or shut down for writing.", NULL, "poll(2)", "FIN, half-close, POLLHUP"},
	{"SHUT_RD", SHUTDOWN, NULL, "End receiving: recv returns 0 once the queue is empty. Of TCP the peer learns nothing of it, and what it sends is still acknowledged.", NULL, "shutdown(2)", "shutdown, SHUT_WR"},
	{"SHUT_RDWR", SHUTDOWN, NULL, "End both directions. The descriptor is still open, and must be closed.", NULL, "shutdown(2)", "SHUT_RD, SHUT_WR, close"},
	{"SHUT_WR", SHUTDOWN, NULL, "End sending: TCP sends a FIN behind the data, and the peer's recv returns 0 in the end. Receiving goes on.", NULL, "shutdown(2); RFC 9293, section 3.6", "half-close, FIN, FIN-WAIT-2"},
	{"SIOCATMARK", IOCTL, NULL, "Whether the next byte to be read is where the urgent data was: 1 or 0.", NULL, "tcp(7), SIOCATMARK; sockatmark(3)", "urgent data, MSG_OOB"},
	{"SIOCOUTQ", IOCTL, NULL, "How many bytes are in the send queue: of TCP those that are not acknowledged yet.", "bytes", "tcp(7), SIOCOUTQ", "send queue, SIOCOUTQNSD"},
	{"SO_BROADCAST", TERM_OPTION, NULL, "Allow datagrams to broadcast addresses. Without it they fail with EACCES.", NULL, "socket(7)", "broadcast, EACCES"},
	{"SO_COOKIE", TERM_OPTION, NULL, "The kernel's number for this socket, which is never used twice. sock_diag knows it by the same.", NULL, "linux/sock_diag.h; asm-generic/socket.h", "cookie, sock_diag"},
	{"SO_ERROR", TERM_OPTION, NULL, "The error that is pending, such as how a non-blocking connect ended. Reading it clears it: it is told once.", NULL, "socket(7)", "EINPROGRESS, POLLERR, connect"},
	{"SO_KEEPALIVE", TERM_OPTION, NULL, "Probe the peer while the connection is idle, so that a dead one is noticed. The first probe comes after TCP_KEEPIDLE (two hours).", NULL, "socket(7); tcp(7)", "keepalive, TCP_KEEPIDLE, TCP_USER_TIMEOUT"},
	{"SO_LINGER", TERM_OPTION, NULL, "What close does while sent data is not acknowledged. Off, the default: it returns at once, and the kernel goes on sending. On with a time: it waits so long. On with 0: it throws the data away and sends a reset.", "seconds", "socket(7)", "linger, close, RST, TIME-WAIT"},
	{"SO_RCVBUF", TERM_OPTION, NULL, "The most memory for what came and was not read. The kernel doubles what is set, for its overhead, and net.core.rmem_max bounds it. Once set, TCP no longer sizes it by itself.", "bytes", "socket(7)", "socket buffer, recv queue, rb, drops"},
	{"SO_RCVTIMEO", TERM_OPTION, NULL, "How long recv and accept wait before they fail with EAGAIN. 0 is for ever.", "seconds and microseconds", "socket(7)", "blocking, EAGAIN, SO_SNDTIMEO"},
	{"SO_REUSEADDR", TERM_OPTION, NULL, "Set before bind: lets it take an address that only connections, such as those in TIME-WAIT, still hold, if these had it set as well. Two listeners on one port it does not allow.", NULL, "socket(7)", "SO_REUSEPORT, TIME-WAIT, EADDRINUSE, bind"},
	{"SO_REUSEPORT", TERM_OPTION, NULL, "Set on each before bind: several sockets of one user share an address and port. The kernel spreads connections and datagrams among them.", NULL, "socket(7)", "SO_REUSEADDR, EADDRINUSE"},
	{"SO_SNDBUF", TERM_OPTION, NULL, "The most memory for what was written and is not acknowledged. The kernel doubles what is set, for its overhead, and net.core.wmem_max bounds it. Once set, TCP no longer sizes it by itself.", "bytes", "socket(7)", "socket buffer, send queue, tb"},
	{"SO_SNDTIMEO", TERM_OPTION, NULL, "How long send waits before it fails with EAGAIN, and connect before EINPROGRESS. 0 is for ever.", "seconds and microseconds", "socket(7)", "blocking, EAGAIN, EINPROGRESS, SO_RCVTIMEO"},
	{"SOCK_CLOEXEC", TYPE_FLAG, NULL, "Joined to the type: the new descriptor is closed by execve. Setting it afterwards leaves a moment in which another thread may fork.", NULL, "socket(2)", "close-on-exec, FD_CLOEXEC"},
	{"SOCK_DGRAM", TYPE, NULL, "Messages with boundaries: one send is one recv. No connection is needed. Of UDP they may be lost or overtaken, of UNIX they are not.", NULL, "socket(2); udp(7)", "datagram, sendto, SOCK_STREAM"},
	{"SOCK_NONBLOCK", TYPE_FLAG, NULL, "Joined to the type: the new socket has O_NONBLOCK from the start, so that its calls fail with EAGAIN rather than wait.", NULL, "socket(2); accept(2)", "non-blocking, O_NONBLOCK"},
	{"SOCK_RAW", TYPE, NULL, "Packets of a protocol that the program builds itself. It takes CAP_NET_RAW.", NULL, "raw(7)", "RAW, IP_HDRINCL, capability"},
	{"SOCK_SEQPACKET", TYPE, NULL, "Messages with boundaries, in order, over a connection: of AF_UNIX, for one.", NULL, "socket(2); unix(7)", "SOCK_STREAM, SOCK_DGRAM"},
	{"SOCK_STREAM", TYPE, NULL, "A stream of bytes in both directions, in order and without loss, over a connection: TCP, or UNIX. It keeps no boundaries between sends.", NULL, "socket(2); tcp(7)", "byte stream, connect, SOCK_DGRAM"},
	{"TCP_CORK", TERM_OPTION, NULL, "Hold back segments that are not full until it is cleared, 200 ms at most.", NULL, "tcp(7)", "cork, TCP_NODELAY, MSG_MORE"},
	{"TCP_DEFER_ACCEPT", TERM_OPTION, NULL, "Of a listener: a connection goes into the accept queue only when its first data has come, or this time has passed.", "seconds", "tcp(7)", "accept queue, SYN-RECEIVED"},
	{"TCP_INFO", TERM_OPTION, NULL, "All that the kernel tells of a TCP connection: times, windows, counters, in one struct. show prints it, field by field.", NULL, "tcp(7); linux/tcp.h", "show, RTT, cwnd, ss"},
	{"TCP_LINGER2", TERM_OPTION, NULL, "How long a closed socket may stay in FIN-WAIT-2. 0 takes the default of 60 s (net.ipv4.tcp_fin_timeout).", "seconds", "tcp(7)", "FIN-WAIT-2"},
	{"TCP_NODELAY", TERM_OPTION, NULL, "Send small segments at once: Nagle's algorithm off. For programs that send a little and wait for an answer.", NULL, "tcp(7)", "Nagle, TCP_CORK, delayed ACK"},
	{"TCP_QUICKACK", TERM_OPTION, NULL, "Acknowledge at once rather than delay. It does not stay: the kernel goes back and forth by itself.", NULL, "tcp(7)", "quick ACK, delayed ACK"},
	{"TCP_USER_TIMEOUT", TERM_OPTION, NULL, "How long sent data, or keepalive probes, may stay unacknowledged before the connection ends with ETIMEDOUT. 0 takes the system's limits.", "milliseconds", "tcp(7); RFC 5482", "ETIMEDOUT, retransmission, keepalive"},
};
/* clang-format on */

const struct terms terms_constants = {list, COUNT_OF(list)};
