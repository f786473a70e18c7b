/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/terms.h"

#define WORD     "word of sockstep"
#define QUEUE    "queue"
#define READY    "in the column ready"
#define SHUTDOWN "value of shutdown"
#define ROLE     "value of role"
#define SIGN     "sign"
#define GROUP    "heading of show"
#define FD_KIND  "kind of endpoint"
#define MADE     "ready-made socket"
#define STEP     "sockstep(1), WHAT A STEP SHOWS"
#define VERBS    "sockstep(1), VERBS"

/* An entry a line, so that translations can be laid beside it. */
/* clang-format off */
static const struct term list[] = {
	{"&", SIGN, NULL, "Behind a command: the call goes on in the background, as a job, if it waits.", NULL, "sockstep(1), JOBS", "job"},
	{"->", SIGN, "→", "From the local address to the peer's address.", NULL, STEP, "local, peer"},
	{".", SIGN, NULL, "The last descriptor used: the one that the last call returned, or else the first one that it named.", NULL, "sockstep(1), THE LANGUAGE", "descriptor"},
	{"=>", SIGN, "⇒", "What was before the step, and what is now.", NULL, STEP, "step"},
	{"accept queue", QUEUE, "accept_queue, queue of a listener", "Of a listener: connections that the kernel has completed and nobody has accepted yet; their data may have come already. \"accept queue 1 of 2\" says that 1 waits and the backlog is 2. accept takes out the oldest. While it is full, Linux drops what would complete another handshake, and the client tries again.", "connections", "listen(2); accept(2)", "backlog, no fd yet, listener, accept, LISTEN, full"},
	{"Addresses", GROUP, NULL, "The two ends: its own address and the peer's.", NULL, VERBS, "local, peer, four-tuple"},
	{"algorithm", GROUP, NULL, "What the congestion control tells of itself: bbr, dctcp and vegas have figures of their own.", NULL, "ss(8); linux/inet_diag.h", "congestion, bbr, dctcp"},
	{"also fd", WORD, NULL, "The same socket has a second descriptor, made by dup or the like. The connection ends when the last of them is closed.", NULL, STEP "; dup(2)", "descriptor, dup, close"},
	{"backlog", QUEUE, "somaxconn", "The second argument of listen: how many complete connections may wait in the accept queue. Linux takes one more than that, and never more than net.core.somaxconn (4096 by default). It does not limit how many clients can be served, only how many wait.", "connections", "listen(2); tcp(7)", "accept queue, full, listen"},
	{"both", SHUTDOWN, NULL, "Both directions were shut down. The descriptor stays open until close.", NULL, "shutdown(2)", "SHUT_RDWR, close"},
	{"call", WORD, "system call", "One C function of the socket API, which a process of the session makes on the real kernel.", NULL, "sockstep(1), CALLS", "step, process, errno"},
	{"closed", WORD, NULL, "The descriptor was closed in this step. What becomes of the socket is another matter: it may have another descriptor, live on as a ghost, or be gone.", NULL, STEP "; close(2)", "CLOSED, ghost, gone, also fd"},
	{"command", WORD, NULL, "One line that is typed: a call, or one of sockstep's own verbs. It may be written as in a shell, listen 3 5, or as in C, listen(3, 5).", NULL, "sockstep(1), THE LANGUAGE", "call, verb, step"},
	{"congestion", GROUP, NULL, "Of TCP_INFO: how much the network is believed to carry.", NULL, VERBS, "cwnd, ssthresh, tcpi_ca_state"},
	{"connection", GROUP, NULL, "Of TCP_INFO: what the two ends agreed on.", NULL, VERBS, "tcpi_state, tcpi_options"},
	{"Contents", GROUP, NULL, "Of a descriptor that is no socket: what it is, and what the kernel tells of it in /proc.", NULL, VERBS "; proc(5)", "epoll, what, watches"},
	{"count", WORD, NULL, "Of an eventfd: the sum of what was written to it and nobody has read. It can be read while it is above 0.", NULL, "eventfd(2)", "ready"},
	{"counters", GROUP, NULL, "Of TCP_INFO: bytes and segments since the beginning of the connection.", NULL, VERBS, "tcpi_bytes_acked, tcpi_segs_out"},
	{"disarmed", WORD, NULL, "It was reported once (EPOLLONESHOT), and is not waited for any more until EPOLL_CTL_MOD says anew what to wait for.", NULL, "epoll_ctl(2)", "EPOLLONESHOT, EPOLL_CTL_MOD"},
	{"ecn", GROUP, NULL, "Of TCP_INFO: marks of congestion.", NULL, VERBS, "ECN, tcpi_delivered_ce"},
	{"endpoint", WORD, "endpoints", "One socket as the kernel sees it, with a descriptor or without. A TCP connection has two of them, one at each end.", NULL, STEP, "socket, ghost, connection, peer"},
	{"epoll", FD_KIND, "epoll set, eventpoll", "A list, kept in the kernel, of descriptors and of what is waited for on each. It is no socket, but a descriptor itself, which can be read (epoll_wait would not wait) when something in it is ready.", NULL, "epoll(7)", "epoll_create1, epoll_ctl, epoll_wait, watches"},
	{"err", READY, NULL, "poll says POLLERR: an error is pending (SO_ERROR), or there is something in the error queue. poll tells it without being asked.", NULL, "poll(2)", "POLLERR, SO_ERROR, error queue"},
	{"error queue", QUEUE, NULL, "With IP_RECVERR: errors that the network reported (ICMP), each with the packet that caused it. recv with MSG_ERRQUEUE reads them; poll says POLLERR while there are any.", NULL, "ip(7); recv(2)", "MSG_ERRQUEUE, IP_RECVERR, POLLERR"},
	{"flight", GROUP, NULL, "Of TCP_INFO: what is on its way, or about to be.", NULL, VERBS, "tcpi_unacked, tcpi_sacked, tcpi_notsent_bytes"},
	{"full", WORD, NULL, "The accept queue of this listener takes no more: one more than the backlog waits in it. New clients stay in SYN-SENT, and try again, until accept makes room.", NULL, "listen(2)", "accept queue, backlog"},
	{"ghost", WORD, "ghosts", "An endpoint without a descriptor: it waits in an accept queue, or it was closed and the kernel still has work with it (FIN-WAIT-1, FIN-WAIT-2, CLOSING, LAST-ACK, TIME-WAIT). status lists them; expect ghost and explain ghost tell of them.", NULL, STEP, "no fd, TIME-WAIT, accept queue, orphan"},
	{"ghost", ROLE, NULL, "It is shown since it outlives its descriptor.", NULL, "sockstep(1), JSON", "role, TIME-WAIT"},
	{"gone", WORD, NULL, "The kernel has this endpoint no longer: nothing is left of it, and no timer runs.", NULL, STEP, "ghost, closed"},
	{"host", WORD, NULL, "The network namespace that an endpoint was made in; none outside of a lab.", NULL, "network_namespaces(7)", "network namespace, private network"},
	{"hup", READY, NULL, "poll says POLLHUP: both directions are over, or there was never a connection. poll tells it without being asked.", NULL, "poll(2)", "POLLHUP, POLLRDHUP"},
	{"ICMP", FD_KIND, "ping socket", "A ping socket: it sends ICMP echo requests and receives their answers, without privilege where net.ipv4.ping_group_range allows it. Its port is the identifier of the echo.", NULL, "icmp(7)", "raw, IPPROTO_ICMP"},
	{"icmp", MADE, NULL, "socket icmp is socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP): a ping socket, for which no privilege may be needed.", NULL, "sockstep(1), THE LANGUAGE; icmp(7)", "ping socket"},
	{"Identity", GROUP, NULL, "What stays the same in the life of a socket, and who holds it.", NULL, VERBS, "fd, inode, cookie, family"},
	{"job", WORD, "jobs, waiting call", "A call that waits in the kernel while the session goes on, as in a shell. Its number stands in brackets; when it returns, its step is told. wait, fg and kill deal with it.", NULL, "sockstep(1), JOBS", "waits for, wait, kill, blocking"},
	{"kind", WORD, NULL, "What an endpoint is, in a word: TCP, UDP, UNIX, RAW, ICMP or another protocol or family.", NULL, STEP, "family, type, protocol"},
	{"listener", ROLE, NULL, "It is shown since something happened in its accept queue.", NULL, "sockstep(1), JSON", "role, accept queue"},
	{"losses", GROUP, NULL, "Of TCP_INFO: what was lost, and sent again.", NULL, VERBS, "retransmission, tcpi_lost, tcpi_total_retrans"},
	{"Memory (skmem)", GROUP, "Memory", "The memory of the socket, in nine figures: r, rb, t, tb, f, w, o, bl and d, as ss prints them.", NULL, "ss(8)", "skmem, SO_RCVBUF, SO_SNDBUF"},
	{"memory, overhead included", WORD, "memory, overhead, memory overhead included", "Here the kernel does not count the bytes of the data but the memory that it takes up: each datagram costs some hundred bytes more than it holds.", "bytes", "sockstep(1), CAVEATS; socket(7)", "recv queue, send queue, skmem, FIONREAD"},
	{"no fd", WORD, NULL, "An endpoint without a descriptor of this session: it was closed, or never accepted, and the kernel still has it.", NULL, STEP, "ghost, no fd yet"},
	{"no fd yet", WORD, NULL, "A connection that has no descriptor, since nobody accepted it: it waits in the accept queue of the listener that is named, or its handshake is not complete. accept gives it a descriptor.", NULL, STEP, "accept queue, SYN-RECEIVED, accept"},
	{"none", WORD, NULL, "There was, or there is, no such value: an endpoint without that address, say.", NULL, STEP, "wildcard address"},
	{"none", SHUTDOWN, NULL, "Neither direction was shut down.", NULL, "shutdown(2)", "shutdown"},
	{"Options", GROUP, NULL, "What was set, as far as the kernel tells it along with the rest. getsockopt reads each option.", NULL, VERBS, "getsockopt, file_flags, fd_flags"},
	{"out-of-order queue", QUEUE, NULL, "Segments that arrived before one that must come first. They are kept, but cannot be read until the gap is filled.", NULL, "RFC 9293, section 3.10.7.4", "tcpi_rcv_ooopack, SACK, reordering"},
	{"peer", ROLE, NULL, "It is shown as the other end of what the call named.", NULL, "sockstep(1), JSON", "role, endpoint"},
	{"private network", WORD, "--private", "A user and network namespace of this run alone, with only the loopback interface: no port is taken in it, and nothing is left of earlier runs.", NULL, "sockstep(1), PRIVATE NETWORK; network_namespaces(7)", "network namespace, loopback"},
	{"process", WORD, "main", "A real child process of sockstep, with a descriptor table of its own, which makes the calls. The first one is main. In JSON and status: whose descriptor it is.", NULL, "sockstep(1), DESCRIPTION; fork(2)", "descriptor, call, job"},
	{"queued", ROLE, NULL, "It is shown since it waits in a listener's accept queue, without a descriptor.", NULL, "sockstep(1), JSON", "role, accept queue, no fd yet"},
	{"Queues", GROUP, NULL, "What waits in the kernel: to be read, to be acknowledged, to be accepted.", NULL, VERBS, "recv queue, send queue, accept queue, drops"},
	{"r", READY, "R, rw", "poll says POLLIN: read, recv or accept would not wait. That holds at the end of a stream, too, where recv returns 0.", NULL, "poll(2)", "POLLIN, readable, end of stream"},
	{"rates", GROUP, NULL, "Of TCP_INFO: how fast data goes, and what holds it up.", NULL, VERBS, "pacing, tcpi_delivery_rate"},
	{"RAW", FD_KIND, "raw socket", "A socket for packets of a protocol that the program builds itself, above IP. It needs CAP_NET_RAW. It gets a copy of every packet of its protocol.", NULL, "raw(7)", "SOCK_RAW, IPPROTO_RAW"},
	{"raw", MADE, NULL, "socket raw is socket(AF_INET, SOCK_RAW, IPPROTO_ICMP): ICMP packets by hand. It needs CAP_NET_RAW.", NULL, "sockstep(1), THE LANGUAGE", "SOCK_RAW, raw6"},
	{"raw6", MADE, NULL, "socket raw6 is socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6): ICMPv6 packets by hand. It needs CAP_NET_RAW.", NULL, "sockstep(1), THE LANGUAGE", "SOCK_RAW, raw"},
	{"read", SHUTDOWN, NULL, "The receiving direction was shut down: recv returns 0 once the queue is empty. Of TCP the peer is not told.", NULL, "shutdown(2)", "SHUT_RD, shutdown, half-close"},
	{"ready", WORD, NULL, "The column of status for what poll says of a descriptor: r it can be read, w it can be written, x it is in an exceptional condition, hup it hung up, err an error is pending.", NULL, "poll(2)", "r, w, x, hup, err, POLLIN, POLLOUT, readiness"},
	{"recv queue", QUEUE, "recv_queue, Recv-Q, receive queue", "What has arrived and the program has not read. Of TCP it counts bytes, and a FIN as one more; of UDP, raw and ping sockets it is the memory that the datagrams take up, with the kernel's overhead. For a listener, ss and status have its accept queue in this place.", "bytes", "ss(8); tcp(7)", "send queue, FIONREAD, window, SO_RCVBUF, the FIN counts 1"},
	{"recv-q", WORD, NULL, "The column of status for the receive queue, as ss names it; of a listener the length and the backlog of its accept queue.", "bytes", "ss(8)", "recv queue, accept queue"},
	{"round trip", GROUP, NULL, "Of TCP_INFO: how long it takes to the peer and back.", NULL, VERBS, "RTT, tcpi_min_rtt"},
	{"script", WORD, NULL, "A file of the lines that could be typed at the prompt. expect states what must hold, and the script ends where it does not.", NULL, "sockstep(1), SCRIPTS", "expect, command"},
	{"segments", GROUP, NULL, "Of TCP_INFO: how large segments and packets may be.", NULL, VERBS, "MSS, path MTU"},
	{"send queue", QUEUE, "send_queue, Send-Q", "What the program has written and the kernel must keep: of TCP the bytes that are not acknowledged yet, sent or not; of UDP and UNIX sockets the memory that they take up, with the kernel's overhead. While it is full, send waits or fails with EAGAIN.", "bytes", "ss(8); tcp(7)", "recv queue, SIOCOUTQ, tcpi_unacked, tcpi_notsent_bytes, SO_SNDBUF"},
	{"send-q", WORD, NULL, "The column of status for the send queue, as ss names it.", "bytes", "ss(8)", "send queue"},
	{"settling", WORD, "settled, settle", "After each call sockstep waits until what the call caused has happened: every waiting call is asleep or back, and what was sent is acknowledged. So the same script shows the same states on every run.", NULL, "sockstep(1), SETTLING", "step, delayed ACK"},
	{"signals", WORD, NULL, "Of a signalfd: the signals that can be read from it.", NULL, "signalfd(2)", "ready"},
	{"State", GROUP, NULL, "Where the connection stands, and what can be done with the socket without waiting.", NULL, VERBS, "state, readable, writable, shutdown"},
	{"step", WORD, NULL, "One command with its result and everything that it changed: the C call, what it returned, and the endpoints that it touched.", NULL, STEP, "call, endpoint, settling"},
	{"SYN queue", QUEUE, "half-open queue, request queue", "Connections of a listener whose handshake is not complete: SYN-RECEIVED. They have no socket yet and are not counted in the accept queue. When too many wait (a SYN flood), Linux answers with SYN cookies.", "requests", "tcp(7); listen(2)", "SYN-RECEIVED, accept queue, SYN cookie"},
	{"TCP", FD_KIND, NULL, "A socket for TCP: a stream of bytes in both directions, in order and without loss, over a connection. What one send writes may come in several recvs, or several in one.", NULL, "tcp(7); RFC 9293", "SOCK_STREAM, connection, segment"},
	{"tcp", MADE, NULL, "socket tcp is socket(AF_INET, SOCK_STREAM, IPPROTO_TCP): TCP over IPv4.", NULL, "sockstep(1), THE LANGUAGE", "socket, tcp6"},
	{"tcp6", MADE, NULL, "socket tcp6 is socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP): TCP over IPv6, and over IPv4 by mapped addresses.", NULL, "sockstep(1), THE LANGUAGE", "socket, v4-mapped address"},
	{"TCP_INFO", GROUP, NULL, "What getsockopt TCP_INFO tells of a TCP connection: all fields that this kernel has, by theme.", NULL, "tcp(7); linux/tcp.h", "rtt, cwnd, tcpi_unacked"},
	{"the FIN counts 1", WORD, NULL, "The FIN that has arrived stands in the receive queue like a byte until recv has returned 0, so the queue is one larger than the data.", NULL, "sockstep(1), CAVEATS", "recv queue, FIN, end of stream"},
	{"ticks", WORD, NULL, "Of a timerfd: how often it has gone off since it was read or set last. It can be read while this is above 0.", NULL, "timerfd_create(2)", "ready"},
	{"Timer", GROUP, NULL, "What the kernel waits for by the clock.", NULL, VERBS, "timer, expires, retransmits"},
	{"timers", GROUP, NULL, "Of TCP_INFO: timeouts, and how long ago things happened.", NULL, VERBS, "RTO, tcpi_ato, tcpi_last_data_sent"},
	{"touched", ROLE, NULL, "It is shown since the call named it.", NULL, "sockstep(1), JSON", "role"},
	{"UDP", FD_KIND, NULL, "A socket for UDP: datagrams, each by itself. They may be lost, doubled or overtaken; one send is one recv.", NULL, "udp(7); RFC 768", "SOCK_DGRAM, datagram, checksum"},
	{"udp", MADE, NULL, "socket udp is socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP): UDP over IPv4.", NULL, "sockstep(1), THE LANGUAGE", "socket, udp6"},
	{"udp6", MADE, NULL, "socket udp6 is socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP): UDP over IPv6, and over IPv4 by mapped addresses.", NULL, "sockstep(1), THE LANGUAGE", "socket, v4-mapped address"},
	{"UNIX", FD_KIND, NULL, "A socket for processes of the same machine, named by a path or an abstract name. There are streams, datagrams and messages in order; no network is involved, and nothing is lost.", NULL, "unix(7)", "AF_UNIX, abstract name, SCM_RIGHTS"},
	{"unix", MADE, NULL, "socket unix is socket(AF_UNIX, SOCK_STREAM, 0): a stream within this machine.", NULL, "sockstep(1), THE LANGUAGE", "socket, AF_UNIX"},
	{"unix-dgram", MADE, NULL, "socket unix-dgram is socket(AF_UNIX, SOCK_DGRAM, 0): messages within this machine.", NULL, "sockstep(1), THE LANGUAGE", "socket, AF_UNIX"},
	{"unix-seqpacket", MADE, NULL, "socket unix-seqpacket is socket(AF_UNIX, SOCK_SEQPACKET, 0): messages over a connection within this machine.", NULL, "sockstep(1), THE LANGUAGE", "socket, AF_UNIX, SOCK_SEQPACKET"},
	{"verb", WORD, NULL, "A command of sockstep itself, such as status or explain. It makes no call of the socket API.", NULL, VERBS, "command, help"},
	{"w", READY, "W", "poll says POLLOUT: write or send would take bytes without waiting. It does not say that the other end is alive.", NULL, "poll(2)", "POLLOUT, writable"},
	{"waits for", WORD, "waits", "The call has not returned: it sleeps in the kernel until this happens. In the foreground Ctrl-C interrupts it and Ctrl-Z leaves it as a job; with & it is a job at once.", NULL, "sockstep(1), JOBS", "job, blocking, EINTR"},
	{"Watches", GROUP, NULL, "What is in an epoll set: each descriptor as it was put there, what is waited for, and how it is now.", NULL, VERBS, "epoll, watches, ready, disarmed"},
	{"watches", WORD, "watched", "What is in an epoll set: the descriptors, by the numbers that they had when they were put there, and what is waited for on each. EPOLLERR and EPOLLHUP are always waited for, and not repeated here.", NULL, STEP "; epoll_ctl(2)", "epoll, Watches, epoll_ctl"},
	{"why", WORD, NULL, "An explanation of a call that failed, or whose result may surprise, by what the kernel held at that moment. errno alone says what, seldom why.", NULL, STEP, "errno, explain"},
	{"windows", GROUP, NULL, "Of TCP_INFO: how much each end lets the other send.", NULL, VERBS, "window, window scale"},
	{"write", SHUTDOWN, NULL, "The sending direction was shut down: send fails with EPIPE, and a TCP peer gets a FIN behind the data.", NULL, "shutdown(2)", "SHUT_WR, FIN, half-close, EPIPE"},
	{"x", READY, "X, rwx", "poll says POLLPRI: an exceptional condition, as select has it; of TCP that urgent data has come.", NULL, "poll(2); select(2)", "POLLPRI, exceptional, urgent data"},
	{"–", SIGN, NULL, "No descriptor, or no value. Where the locale is not UTF-8 it is written as a hyphen.", NULL, STEP, "ghost, no fd"},
};
/* clang-format on */

const struct terms terms_words = {list, COUNT_OF(list)};
