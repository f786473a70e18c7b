/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/terms.h"

#define TERM "term of sockets"

/* An entry a line, so that translations can be laid beside it. */
/* clang-format off */
static const struct term list[] = {
	{"abstract name", TERM, "abstract address, abstract socket", "An address of a UNIX socket that is no file, written unix:@name. It vanishes with its socket; a path stays until it is removed.", NULL, "unix(7)", "UNIX, address, EADDRINUSE"},
	{"address", TERM, "socket address, sockaddr", "Where a socket is reached. Of IPv4 and IPv6 it is an address and a port, of UNIX sockets a path or an abstract name.", NULL, "ip(7), ipv6(7), unix(7); sockaddr(3type)", "port, local, peer, abstract name"},
	{"blocking", TERM, "block, blocked", "A call that has nothing to do yet sleeps in the kernel until it has: accept for a connection, recv for data, send for room. That is what sockets do unless told otherwise.", NULL, "socket(7)", "non-blocking, waits for, job, poll"},
	{"broadcast", TERM, "broadcast address", "Sending one datagram to all machines of a link, by an address such as 192.168.1.255. IPv4 only, and only with SO_BROADCAST.", NULL, "ip(7); socket(7), SO_BROADCAST", "SO_BROADCAST, EACCES, multicast"},
	{"byte order", TERM, "network byte order, endianness", "The network sends the most significant byte first; most processors store it last. So in C a port goes through htons: without it 80 becomes 20480. sockstep does this for you.", NULL, "byteorder(3)", "htons, host order, network order, port"},
	{"capability", TERM, "CAP_NET_ADMIN, CAP_NET_RAW, CAP_NET_BIND_SERVICE", "A part of root's power: CAP_NET_BIND_SERVICE for low ports, CAP_NET_RAW for raw and packet sockets, CAP_NET_ADMIN for some options.", NULL, "capabilities(7)", "EPERM, EACCES"},
	{"checksum", TERM, NULL, "A number over a packet by which damage is noticed. A damaged packet is dropped as if it were lost.", NULL, "RFC 1071; RFC 768", "datagram"},
	{"client", TERM, NULL, "The end that connects, or sends first.", NULL, "connect(2)", "server, connect, ephemeral port"},
	{"close-on-exec", TERM, "CLOEXEC", "A descriptor with this flag is closed when the process becomes another program (execve), so that it does not inherit it.", NULL, "fcntl(2), FD_CLOEXEC", "FD_CLOEXEC, SOCK_CLOEXEC"},
	{"control message", TERM, "ancillary data, cmsg", "What sendmsg and recvmsg carry beside the data: descriptors (SCM_RIGHTS), credentials, timestamps, the interface a packet came by.", NULL, "cmsg(3); unix(7)", "SCM_RIGHTS, MSG_CTRUNC, IP_PKTINFO"},
	{"datagram", TERM, "message, datagrams", "A message that travels by itself: it arrives whole or not at all, and may be lost, doubled or overtaken. One recv takes one; what does not fit into its buffer is thrown away.", NULL, "udp(7); RFC 768", "SOCK_DGRAM, MSG_TRUNC, EMSGSIZE, byte stream"},
	{"edge-triggered", TERM, "edge", "With EPOLLET epoll tells of a descriptor when something new comes, not as long as something is there: what was left unread is not told of again. So a program reads until EAGAIN, from a non-blocking socket.", NULL, "epoll(7)", "EPOLLET, level-triggered, EAGAIN, epoll_wait"},
	{"ephemeral port", TERM, "ephemeral, ephemeral ports, local port, dynamic port", "A port that the kernel chooses: with connect, listen or sendto without bind, or bind to port 0. It comes from net.ipv4.ip_local_port_range, 32768 to 60999 by default. getsockname tells which it is.", NULL, "ip(7), ip_local_port_range; RFC 6056", "port, EADDRNOTAVAIL, IP_BIND_ADDRESS_NO_PORT"},
	{"fd_set", TERM, NULL, "What select takes and gives back: an array of FD_SETSIZE bits, one for each descriptor number. FD_SET of C sets a bit and checks nothing.", NULL, "select(2)", "FD_SETSIZE, select"},
	{"FD_SETSIZE", TERM, NULL, "How many bits a set of select has: 1024, so descriptors 0 to 1023. FD_SET with a larger one writes into memory beside the set, which is why sockstep refuses it; poll and epoll have no such limit.", NULL, "select(2)", "fd_set, select, poll, epoll_wait"},
	{"filter", TERM, "BPF, BPF program, socket filter", "A small program in the kernel that looks at each packet for a socket and says how much of it is kept, or nothing.", NULL, "socket(7), SO_ATTACH_FILTER; bpf(2)", "SO_ATTACH_FILTER, SO_ATTACH_BPF, SO_LOCK_FILTER"},
	{"interface", TERM, "network interface", "What connects a machine to a network, such as eth0, or lo to itself. It has an index, an MTU and addresses.", NULL, "netdevice(7)", "loopback, route, MTU, SO_BINDTODEVICE"},
	{"level-triggered", TERM, "level", "poll, select and epoll tell what is so: data that is left unread makes them return at once again. Only epoll can be asked to tell of what is new instead (edge-triggered, EPOLLET).", NULL, "poll(2); epoll(7)", "edge-triggered, poll, epoll_wait, readable"},
	{"loopback", TERM, "localhost, lo, loopback interface", "The interface lo, by which a machine talks to itself: 127.0.0.0/8 and ::1. What is sent there never leaves the machine.", NULL, "ip(7); RFC 5735", "wildcard address, MTU"},
	{"low-water mark", TERM, "lowat", "The least amount of bytes for which poll and recv wake up; 1 unless SO_RCVLOWAT sets it.", "bytes", "socket(7), SO_RCVLOWAT", "SO_RCVLOWAT, readable"},
	{"multicast", TERM, "multicast group", "Sending one datagram to all that have joined a group, an address such as 239.1.2.3 or ff02::1.", NULL, "ip(7); ipv6(7)", "IP_ADD_MEMBERSHIP, broadcast"},
	{"network namespace", TERM, "netns, namespace", "A network of its own within one machine: interfaces, addresses, routes, ports and sockets. Processes in different ones do not see each other's.", NULL, "network_namespaces(7)", "host, private network"},
	{"non-blocking", TERM, "nonblocking, nonblock", "With O_NONBLOCK a call never waits: it fails with EAGAIN where it would have to, connect with EINPROGRESS. The flag is the open file's, so all its descriptors share it.", NULL, "fcntl(2); socket(7)", "O_NONBLOCK, SOCK_NONBLOCK, MSG_DONTWAIT, EAGAIN, EINPROGRESS, poll"},
	{"open file", TERM, "open files, open file description", "What a descriptor leads to. dup and fork make more descriptors of the same one; they share its flags, and the socket ends when the last is closed.", NULL, "open(2); dup(2)", "fd, dup, file_flags"},
	{"port", TERM, "port number", "A number from 1 to 65535 by which the sockets of one address are told apart, for TCP and for UDP separately. Those below 1024 (net.ipv4.ip_unprivileged_port_start) take a privilege to bind.", NULL, "ip(7); RFC 6335", "ephemeral port, EACCES, EADDRINUSE, services"},
	{"port unreachable", TERM, "ICMP port unreachable", "What a machine answers to a datagram for a port on which no socket waits. A connected UDP socket learns of it, as ECONNREFUSED from its next call; others do not.", NULL, "icmp(7); udp(7); RFC 792", "ECONNREFUSED, UDP, IP_RECVERR"},
	{"readiness", TERM, NULL, "That a call on a descriptor would not wait: there is something to read, or room to write, or an end or an error to be told. poll, select and epoll wait for it on many descriptors at once, so that one thread serves them all.", NULL, "poll(2); select(2); epoll(7)", "poll, select, epoll_wait, ready, level-triggered, non-blocking"},
	{"route", TERM, "routing table", "By which interface and next hop an address is reached. Without one, a call fails with ENETUNREACH. The route also gives the source address of a socket that is not bound.", NULL, "ip(7); rtnetlink(7)", "ENETUNREACH, EHOSTUNREACH, interface"},
	{"SCM_CREDENTIALS", TERM, "credentials", "The control message of a UNIX socket that tells who sent: process, user and group, checked by the kernel.", NULL, "unix(7)", "SO_PASSCRED, SO_PEERCRED"},
	{"SCM_RIGHTS", TERM, NULL, "The control message of a UNIX socket that hands open descriptors to another process.", NULL, "unix(7)", "control message, UNIX, MSG_CMSG_CLOEXEC"},
	{"scope", TERM, "scope id, link-local address", "IPv6's link-local addresses (fe80::…) exist once on each link, so that the interface must be named, too: [fe80::1%eth0]:80.", NULL, "ipv6(7); RFC 4007", "EINVAL, interface"},
	{"self-connect", TERM, NULL, "A TCP socket that is connected to its own address: it connects to a port that the kernel, or bind, gave to itself. What it sends it receives.", NULL, "RFC 9293, section 3.5", "simultaneous open, ephemeral port"},
	{"server", TERM, NULL, "The end that waits at a known address: it binds, and for connections it listens and accepts.", NULL, "listen(2)", "bind, listen, accept, client"},
	{"services", TERM, "service name", "Names for well-known ports, such as http for 80. /etc/services has them.", NULL, "services(5)", "port"},
	{"SIGIO", "signal", NULL, "The signal that tells that a descriptor with O_ASYNC has become ready, sent to its owner (F_SETOWN).", NULL, "signal(7); fcntl(2)", "O_ASYNC, F_SETOWN, F_SETSIG"},
	{"SIGPIPE", "signal", NULL, "The signal that comes with EPIPE, when something is written to a connection whose sending direction is over. By default it kills the process; MSG_NOSIGNAL keeps it away for one call.", NULL, "signal(7); send(2)", "EPIPE, MSG_NOSIGNAL"},
	{"SIGURG", "signal", NULL, "The signal that tells of urgent data, sent to the owner of the socket (F_SETOWN). It is ignored unless a program asks for it.", NULL, "signal(7); tcp(7)", "urgent data, F_SETOWN"},
	{"skmem", TERM, "SO_MEMINFO figures", "The memory of a socket in nine figures, as ss -m prints them: r, rb, t, tb, f, w, o, bl and d. They count the kernel's overhead with the data.", "bytes", "ss(8)", "r, rb, w, tb, d, socket buffer"},
	{"sock_diag", TERM, "netlink sock_diag", "The kernel's interface that tells of sockets, by their addresses. ss asks it, and so does sockstep after each step.", NULL, "sock_diag(7); ss(8)", "ss, cookie, inode"},
	{"socket", TERM, "sockets", "An end of communication in the kernel, which a process uses by a descriptor. Its family says what addresses look like, its type how data is carried, its protocol by what.", NULL, "socket(2); socket(7)", "fd, family, type, protocol, endpoint"},
	{"socket buffer", TERM, "send buffer, receive buffer", "The memory in which the kernel keeps what was written and not acknowledged, and what came and was not read. Setting SO_SNDBUF or SO_RCVBUF to N allows 2N, since the kernel counts its own overhead; without that TCP lets it grow.", "bytes", "socket(7), SO_RCVBUF; tcp(7), tcp_rmem", "SO_RCVBUF, SO_SNDBUF, skmem, recv queue, send queue"},
	{"ss", TERM, NULL, "A program that shows the sockets of a machine at one moment. sockstep's figures have its names as well as the kernel's.", NULL, "ss(8)", "sock_diag, skmem, TCP_INFO"},
	{"TTL", TERM, "time to live, hop limit", "How many routers an IP packet may still pass; each takes one off, and the one that reaches 0 drops it.", "hops", "ip(7), IP_TTL; RFC 791", "IP_TTL, IPV6_UNICAST_HOPS"},
	{"v4-mapped address", TERM, "mapped address, IPv4-mapped IPv6 address", "An IPv4 address as IPv6 writes it, ::ffff:127.0.0.1: how an IPv6 socket speaks IPv4, unless IPV6_V6ONLY is set.", NULL, "ipv6(7); RFC 4291, section 2.5.5.2", "v6only, IPV6_V6ONLY"},
	{"wildcard address", TERM, "wildcard, INADDR_ANY, any address, 0.0.0.0", "0.0.0.0 of IPv4, [::] of IPv6, written * in sockstep: bound to it, a socket takes what comes for any address of this machine. As a destination it means this machine itself.", NULL, "ip(7), INADDR_ANY", "bind, local, loopback"},
};
/* clang-format on */

const struct terms terms_sockets = {list, COUNT_OF(list)};
