/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/terms.h"

/* What a call does in the life of a socket: its record has how it is typed, and the page. */
/* clang-format off */
static const struct term list[] = {
	{"_exit", TERM_CALL, NULL, "Ends the process at once, with a status for its parent. The kernel closes its descriptors: a socket that no other process has ends as by close.", NULL, "_exit(2)", "close, fork, kill, process"},
	{"accept", TERM_CALL, NULL, "Takes the oldest connection out of a listener's queue and returns a new descriptor for it; where there is none, it waits. The handshake was made before, by the kernel.", NULL, "accept(2)", "accept queue, listener, no fd yet"},
	{"accept4", TERM_CALL, NULL, "As accept, with flags for the new descriptor, which inherits neither O_NONBLOCK nor close-on-exec from the listener.", NULL, "accept(2)", "accept, SOCK_NONBLOCK, SOCK_CLOEXEC"},
	{"bind", TERM_CALL, NULL, "Gives a socket its own address, once. A server must, so that clients find it; a client need not, since the kernel chooses an address and a port. Port 0 lets the kernel choose as well.", NULL, "bind(2)", "local, EADDRINUSE, ephemeral port, wildcard address"},
	{"close", TERM_CALL, NULL, "Gives the descriptor back. With the last one of a socket its life ends: TCP sends what is left and a FIN, and lives on as a ghost for a while; if data lay unread, it sends a reset.", NULL, "close(2)", "FIN, RST, ghost, shutdown, SO_LINGER"},
	{"connect", TERM_CALL, NULL, "TCP: sends a SYN and waits until the handshake is complete, or refused, or given up. UDP: only notes the peer, sends nothing, and can be called again. UNIX: puts the connection into the listener's queue, which must be there.", NULL, "connect(2)", "SYN-SENT, handshake, ECONNREFUSED, EINPROGRESS"},
	{"dup", TERM_CALL, NULL, "Makes a second descriptor of the same socket: both share its queues and flags, and the connection ends when both are closed.", NULL, "dup(2)", "dup2, dup3, also fd, open file"},
	{"dup2", TERM_CALL, NULL, "As dup, to the number that is named; what was open there is closed first.", NULL, "dup(2)", "dup, fd"},
	{"dup3", TERM_CALL, NULL, "As dup2, with O_CLOEXEC for the new descriptor.", NULL, "dup(2)", "dup2, close-on-exec"},
	{"epoll_create1", TERM_CALL, "epoll_create", "Makes an epoll set: a list, kept in the kernel, of descriptors and of what is waited for on each. It is a descriptor itself, and its last close ends it.", NULL, "epoll_create(2); epoll(7)", "epoll, epoll_ctl, epoll_wait, close"},
	{"epoll_ctl", TERM_CALL, NULL, "Puts a descriptor into an epoll set (EPOLL_CTL_ADD), changes what is waited for (EPOLL_CTL_MOD) or takes it out (EPOLL_CTL_DEL). The set remembers the open file, and data of 64 bits to be given back with each event: most programs put the descriptor there.", NULL, "epoll_ctl(2)", "epoll, EPOLLIN, EPOLLET, EPOLLONESHOT, EEXIST, ENOENT"},
	{"epoll_pwait", TERM_CALL, NULL, "As epoll_wait, with signals that are blocked while it waits, and only then: so none can come between a look and the wait.", NULL, "epoll_wait(2)", "epoll_wait, ppoll"},
	{"epoll_pwait2", TERM_CALL, NULL, "As epoll_pwait, with a timeout in seconds and nanoseconds. Linux has it since version 5.11.", NULL, "epoll_wait(2)", "epoll_pwait, epoll_wait"},
	{"epoll_wait", TERM_CALL, NULL, "Waits until something in an epoll set is ready, or a time has passed, and returns what is ready, maxevents at most. Its cost is that of what is ready, not of all that is in the set.", NULL, "epoll_wait(2); epoll(7)", "epoll, epoll_ctl, level-triggered, poll"},
	{"eventfd", TERM_CALL, NULL, "Makes a counter of 8 bytes that is a descriptor: write adds to it, read gives it and sets it to 0. It wakes a thread that waits in poll or epoll, at the cost of one descriptor where a pipe takes two.", NULL, "eventfd(2)", "count, epoll_wait, pipe"},
	{"fcntl", TERM_CALL, NULL, "Reads and sets flags of a descriptor and of its open file, O_NONBLOCK above all, and duplicates descriptors.", NULL, "fcntl(2)", "O_NONBLOCK, F_SETFL, FD_CLOEXEC"},
	{"fork", TERM_CALL, "child process", "Makes a new process, a copy of the one that calls: the same memory, and the same descriptors, which lead to the same sockets. It returns twice: in the parent the number of the child, in the child 0. Of the threads only the one that calls is copied, so calls that wait in others do not wait in the child.", NULL, "fork(2)", "one socket, references, close, process, _exit"},
	{"getpeername", TERM_CALL, NULL, "Asks for the address at the other end.", NULL, "getpeername(2)", "peer, ENOTCONN"},
	{"getrlimit", TERM_CALL, "ulimit", "Asks how much of a resource the process may use: the soft limit, which counts, and the hard one, up to which the process may raise the soft one.", NULL, "getrlimit(2)", "setrlimit, RLIMIT_NOFILE, EMFILE"},
	{"getsockname", TERM_CALL, NULL, "Asks for the socket's own address: after bind to port 0, or after connect, the one that the kernel chose.", NULL, "getsockname(2)", "local, ephemeral port"},
	{"getsockopt", TERM_CALL, NULL, "Reads an option: a setting, or something that the kernel knows, such as SO_ERROR or TCP_INFO.", NULL, "getsockopt(2)", "setsockopt, SO_ERROR, TCP_INFO, ENOPROTOOPT"},
	{"ioctl", TERM_CALL, NULL, "Asks for what has no call of its own: how many bytes wait, where the urgent mark is.", NULL, "ioctl(2)", "FIONREAD, SIOCOUTQ, SIOCATMARK"},
	{"listen", TERM_CALL, NULL, "Makes a socket a listener: from now on the kernel takes connections for it and queues them, even if nobody calls accept. Called again, it changes the backlog.", NULL, "listen(2)", "LISTEN, backlog, accept queue"},
	{"pipe", TERM_CALL, NULL, "Makes two descriptors: what is written to the second is read from the first. It has one direction; when the last descriptor of the write end is closed, read returns 0.", NULL, "pipe(2); pipe(7)", "pipe2, socketpair, read, write, EPIPE"},
	{"pipe2", TERM_CALL, NULL, "As pipe, with O_NONBLOCK, O_CLOEXEC or O_DIRECT for both descriptors.", NULL, "pipe(2)", "pipe, O_NONBLOCK"},
	{"poll", TERM_CALL, NULL, "Waits until one of several descriptors is ready, or a time has passed: with it one thread serves many sockets, and sees how a non-blocking connect ended.", NULL, "poll(2)", "POLLIN, POLLOUT, readable, non-blocking"},
	{"ppoll", TERM_CALL, NULL, "As poll, with a timeout in seconds and nanoseconds, and with signals that are blocked while it waits, and only then: so none can come between a look and the wait.", NULL, "poll(2)", "poll, pselect"},
	{"pselect", TERM_CALL, NULL, "As select, with a timeout in seconds and nanoseconds that is left as it is, and with signals that are blocked while it waits, and only then.", NULL, "select(2)", "select, ppoll"},
	{"read", TERM_CALL, NULL, "As recv without flags, for any descriptor: sockets, files and pipes alike.", NULL, "read(2)", "recv, write"},
	{"readv", TERM_CALL, "scatter", "As read, into several buffers: the first is filled, then the next. A program reads a head of known length and what follows it in one call that way.", NULL, "readv(2)", "read, writev, recvmsg"},
	{"recv", TERM_CALL, NULL, "Takes what has arrived out of the receive queue: of a stream as much as there is, up to the size asked for; of datagrams one. It waits while there is nothing. 0 is the end of a stream.", NULL, "recv(2)", "recv queue, end of stream, MSG_PEEK, EAGAIN"},
	{"recvfrom", TERM_CALL, NULL, "As recv, and tells the address of the sender: what a server of datagrams needs for its answer.", NULL, "recv(2)", "recv, sendto, datagram"},
	{"recvmsg", TERM_CALL, NULL, "As recvfrom, into several buffers, and with what comes beside the bytes: control messages, such as descriptors of another process, and flags: MSG_TRUNC where the message was cut, MSG_CTRUNC where its control messages were.", NULL, "recv(2)", "sendmsg, control message, SCM_RIGHTS, MSG_CTRUNC"},
	{"select", TERM_CALL, NULL, "Waits until a descriptor of one of three sets is ready: to be read, to be written, or in an exceptional condition. What comes back in the sets are the ready ones only, so that a program fills them anew before each call. No descriptor from FD_SETSIZE (1024) on can be in a set.", NULL, "select(2)", "fd_set, FD_SETSIZE, poll, epoll_wait"},
	{"send", TERM_CALL, NULL, "Copies bytes into the send buffer and returns how many: the kernel sends them when it can. Success does not say that anybody has them. It waits while the buffer is full.", NULL, "send(2)", "send queue, EPIPE, MSG_NOSIGNAL, MSG_DONTWAIT"},
	{"sendmsg", TERM_CALL, NULL, "As sendto, from several buffers, and with control messages beside the bytes: descriptors for another process (SCM_RIGHTS), or how this one packet is to be sent (IP_TTL, IP_PKTINFO).", NULL, "send(2)", "recvmsg, control message, SCM_RIGHTS"},
	{"sendto", TERM_CALL, NULL, "Sends one datagram to the address that is given, without a connection; a socket that has no port yet gets one. On a connected stream the address is not used.", NULL, "send(2)", "datagram, ephemeral port, EDESTADDRREQ"},
	{"setrlimit", TERM_CALL, NULL, "Sets how much of a resource the process may use, and those that it forks later. What it has already stays: with fewer descriptors allowed than are open, only new ones are refused.", NULL, "getrlimit(2)", "getrlimit, RLIMIT_NOFILE, EMFILE, fork"},
	{"setsockopt", TERM_CALL, NULL, "Sets an option of one socket. Some count only before bind or connect (SO_REUSEADDR); what accept returns inherits most of the listener's.", NULL, "setsockopt(2)", "getsockopt, SO_REUSEADDR, ENOPROTOOPT"},
	{"shutdown", TERM_CALL, NULL, "Ends one direction of a connection, or both, whatever the number of descriptors: for writing, TCP sends its FIN, and receiving goes on. The descriptor stays open; close is still needed.", NULL, "shutdown(2)", "half-close, FIN, SHUT_WR, close"},
	{"signalfd", TERM_CALL, NULL, "Makes a descriptor from which signals are read, 128 bytes each, so that they can be waited for beside sockets. Only signals that are blocked come to it: a program in C asks for that (sigprocmask), and sockstep does it along with the call.", NULL, "signalfd(2)", "signals, SIGIO, epoll_wait"},
	{"socket", TERM_CALL, NULL, "The beginning of each socket: it makes one of this family, type and protocol and returns its descriptor. It has no address and no peer yet, and nothing was sent.", NULL, "socket(2)", "bind, connect, close, fd"},
	{"socketpair", TERM_CALL, NULL, "Makes two sockets that are connected to each other at once, without names: for a parent and a child, or two threads. Linux has it for AF_UNIX.", NULL, "socketpair(2)", "UNIX, unix_peer"},
	{"timerfd_create", TERM_CALL, NULL, "Makes a timer that is a descriptor: it can be read when it has gone off, so that it is waited for beside sockets. timerfd_settime sets it.", NULL, "timerfd_create(2)", "timerfd_settime, ticks, clock, epoll_wait"},
	{"timerfd_settime", TERM_CALL, NULL, "Says when a timerfd goes off first, and how often after that; 0 turns it off.", NULL, "timerfd_create(2)", "timerfd_create, expires_ms, interval_ms"},
	{"write", TERM_CALL, NULL, "As send without flags, for any descriptor: so it raises SIGPIPE when the connection is over.", NULL, "write(2)", "send, SIGPIPE, EPIPE"},
	{"writev", TERM_CALL, "gather", "As write, from several buffers, one after the other: a head and a body need not be copied together first, and of TCP they can go in one segment.", NULL, "readv(2)", "write, readv, sendmsg"},
};
/* clang-format on */

const struct terms terms_calls = {list, COUNT_OF(list)};
