/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <linux/sockios.h>

#include "base/grow.h"
#include "names/names.h"

/* Newer than the oldest headers that we build with. */
#ifndef IPPROTO_L2TP
#define IPPROTO_L2TP 115
#endif
#ifndef IPPROTO_SMC
#define IPPROTO_SMC 256
#endif
#ifndef SOL_SCTP
#define SOL_SCTP 132
#endif
#ifndef SOL_UDPLITE
#define SOL_UDPLITE 136
#endif
#ifndef SOL_MPTCP
#define SOL_MPTCP 284
#endif
#ifndef SOL_MCTP
#define SOL_MCTP 285
#endif
#ifndef SOL_SMC
#define SOL_SMC 286
#endif
#ifndef SOL_VSOCK
#define SOL_VSOCK 287
#endif
#ifndef AF_MCTP
#define AF_MCTP 45
#endif
#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif

/* The kernel's O_LARGEFILE, which F_GETFL gives: glibc's is 0 where every file is large. */
#if O_LARGEFILE
#define KERNEL_LARGEFILE O_LARGEFILE
#elif defined(__aarch64__)
#define KERNEL_LARGEFILE 0400000
#else
#define KERNEL_LARGEFILE 0100000
#endif

/* Newer than glibc's header, which stops at TCP_CLOSING. */
#define TCP_NEW_SYN_RECV   12
#define TCP_BOUND_INACTIVE 13

/* An entry a line, as in a dictionary. */
/* clang-format off */

#define NAME(constant, text) {#constant, constant, text}

static const struct name family_list[] = {
	NAME(AF_UNSPEC, "any family, or none yet"),
	NAME(AF_UNIX, "processes of this machine, by path or abstract name"),
	NAME(AF_LOCAL, "the POSIX draft's name for AF_UNIX"),
	NAME(AF_FILE, "an old name for AF_UNIX"),
	NAME(AF_INET, "IPv4"),
	NAME(AF_AX25, "amateur radio's AX.25"),
	NAME(AF_IPX, "Novell's IPX"),
	NAME(AF_APPLETALK, "AppleTalk"),
	NAME(AF_NETROM, "amateur radio's NET/ROM"),
	NAME(AF_BRIDGE, "Ethernet bridges, in netlink messages"),
	NAME(AF_ATMPVC, "permanent circuits of ATM"),
	NAME(AF_X25, "X.25 packet switching, ISO 8208"),
	NAME(AF_INET6, "IPv6, and IPv4 in mapped addresses"),
	NAME(AF_ROSE, "amateur radio's X.25 packet layer"),
	NAME(AF_DECnet, "DECnet, which Linux no longer has"),
	NAME(AF_NETBEUI, "reserved for NetBEUI, never built"),
	NAME(AF_SECURITY, "reserved for security callbacks, never built"),
	NAME(AF_KEY, "management of IPsec keys"),
	NAME(AF_NETLINK, "messages to and from the kernel itself"),
	NAME(AF_ROUTE, "the BSD name for AF_NETLINK"),
	NAME(AF_PACKET, "whole frames of a network interface"),
	NAME(AF_ASH, "Ash, never built"),
	NAME(AF_ECONET, "Acorn's Econet, which Linux no longer has"),
	NAME(AF_ATMSVC, "switched circuits of ATM"),
	NAME(AF_RDS, "reliable datagrams over InfiniBand or TCP"),
	NAME(AF_SNA, "reserved for IBM's SNA, never built"),
	NAME(AF_IRDA, "infrared links, which Linux no longer has"),
	NAME(AF_PPPOX, "PPP over Ethernet and over L2TP"),
	NAME(AF_WANPIPE, "Sangoma's WANPIPE, which Linux no longer has"),
	NAME(AF_LLC, "IEEE 802.2 logical link control"),
	NAME(AF_IB, "InfiniBand's own addresses"),
	NAME(AF_MPLS, "labels of MPLS, in netlink messages"),
	NAME(AF_CAN, "the Controller Area Network of vehicles"),
	NAME(AF_TIPC, "TIPC, messages among the nodes of a cluster"),
	NAME(AF_BLUETOOTH, "Bluetooth"),
	NAME(AF_IUCV, "messages between z/VM guests on IBM mainframes"),
	NAME(AF_RXRPC, "remote procedure calls of the Andrew file system"),
	NAME(AF_ISDN, "modular ISDN"),
	NAME(AF_PHONET, "the bus to Nokia's cellular modems"),
	NAME(AF_IEEE802154, "low-rate wireless networks, IEEE 802.15.4"),
	NAME(AF_CAIF, "the protocol of ST-Ericsson's modems"),
	NAME(AF_ALG, "the kernel's cryptography"),
	NAME(AF_NFC, "near-field communication"),
	NAME(AF_VSOCK, "between a virtual machine and its host"),
	NAME(AF_KCM, "messages cut out of TCP streams by the kernel"),
	NAME(AF_QIPCRTR, "the router to Qualcomm's coprocessors"),
	NAME(AF_SMC, "shared memory between machines, in place of TCP"),
	NAME(AF_XDP, "frames past the network stack, in shared memory"),
	NAME(AF_MCTP, "the bus of a machine's management controllers"),
};

static const struct name type_list[] = {
	NAME(SOCK_STREAM, "a stream of bytes both ways, in order, over a connection"),
	NAME(SOCK_DGRAM, "messages with boundaries, no connection needed"),
	NAME(SOCK_RAW, "packets with the protocol's header, for privileged users"),
	NAME(SOCK_RDM, "messages that arrive, though not in order"),
	NAME(SOCK_SEQPACKET, "messages with boundaries, in order, over a connection"),
	NAME(SOCK_DCCP, "datagrams with congestion control, over a connection"),
	NAME(SOCK_PACKET, "the obsolete way to whole frames: AF_PACKET replaced it"),
};

static const struct name type_flag_list[] = {
	NAME(SOCK_NONBLOCK, "calls on the new socket fail with EAGAIN rather than wait"),
	NAME(SOCK_CLOEXEC, "the new descriptor is closed by execve()"),
};

static const struct name protocol_list[] = {
	NAME(IPPROTO_IP, "the default of the socket's type: TCP for streams, UDP for datagrams"),
	NAME(IPPROTO_HOPOPTS, "IPv6 options that every hop reads"),
	NAME(IPPROTO_ICMP, "ICMP: the errors and echoes of IPv4"),
	NAME(IPPROTO_IGMP, "IGMP: who is in a multicast group"),
	NAME(IPPROTO_IPIP, "IPv4 within IP, a tunnel"),
	NAME(IPPROTO_TCP, "TCP: a reliable stream of bytes"),
	NAME(IPPROTO_EGP, "EGP, the routing protocol before BGP"),
	NAME(IPPROTO_PUP, "PUP, Xerox's forerunner of IP"),
	NAME(IPPROTO_UDP, "UDP: datagrams, as unreliable as IP"),
	NAME(IPPROTO_IDP, "XNS IDP, Xerox's datagrams"),
	NAME(IPPROTO_TP, "ISO transport, class 4"),
	NAME(IPPROTO_DCCP, "DCCP: datagrams with congestion control"),
	NAME(IPPROTO_IPV6, "IPv6, or IPv6 within IP"),
	NAME(IPPROTO_ROUTING, "IPv6 routing header"),
	NAME(IPPROTO_FRAGMENT, "IPv6 fragment header"),
	NAME(IPPROTO_RSVP, "RSVP: reservation of bandwidth"),
	NAME(IPPROTO_GRE, "GRE: a tunnel for any protocol"),
	NAME(IPPROTO_ESP, "ESP: the encryption of IPsec"),
	NAME(IPPROTO_AH, "AH: the authentication of IPsec"),
	NAME(IPPROTO_ICMPV6, "ICMPv6: errors, echoes and neighbours of IPv6"),
	NAME(IPPROTO_NONE, "IPv6: nothing follows this header"),
	NAME(IPPROTO_DSTOPTS, "IPv6 options for the destination"),
	NAME(IPPROTO_MTP, "MTP, an early multicast transport"),
	NAME(IPPROTO_BEETPH, "pseudo header of IPsec's BEET mode"),
	NAME(IPPROTO_ENCAP, "encapsulation header, RFC 1241"),
	NAME(IPPROTO_PIM, "PIM: multicast routing"),
	NAME(IPPROTO_COMP, "IPComp: compressed payloads"),
	NAME(IPPROTO_L2TP, "L2TP: a tunnel for links such as PPP"),
	NAME(IPPROTO_SCTP, "SCTP: several streams of messages in one connection"),
	NAME(IPPROTO_MH, "IPv6 mobility header"),
	NAME(IPPROTO_UDPLITE, "UDP-Lite: a checksum over part of the datagram"),
	NAME(IPPROTO_MPLS, "MPLS in IP"),
	NAME(IPPROTO_ETHERNET, "Ethernet frames in IP"),
	NAME(IPPROTO_RAW, "IP packets that the program builds, header included"),
	NAME(IPPROTO_SMC, "SMC: shared memory that begins as TCP"),
	NAME(IPPROTO_MPTCP, "MPTCP: one stream over several paths"),
};

static const struct name msg_list[] = {
	NAME(MSG_OOB, "urgent data (TCP: one byte)"),
	NAME(MSG_PEEK, "leave the data in the queue"),
	NAME(MSG_DONTROUTE, "only to hosts on a network of ours, past no router"),
	NAME(MSG_CTRUNC, "control messages were lost, as their buffer was too small"),
	NAME(MSG_TRUNC, "the datagram's true length, please; in an answer: it was cut off"),
	NAME(MSG_DONTWAIT, "this call fails with EAGAIN rather than wait"),
	NAME(MSG_EOR, "the end of a record"),
	NAME(MSG_WAITALL, "wait until the whole buffer is filled"),
	NAME(MSG_CONFIRM, "the neighbour answers: no need to probe it"),
	NAME(MSG_ERRQUEUE, "read the error queue rather than data"),
	NAME(MSG_NOSIGNAL, "no SIGPIPE when the other end is closed, EPIPE alone"),
	NAME(MSG_MORE, "more will follow: hold back a part of a segment"),
	NAME(MSG_WAITFORONE, "recvmmsg: wait for the first message only"),
	NAME(MSG_BATCH, "sendmmsg: more messages of this batch follow"),
	NAME(MSG_ZEROCOPY, "send from the program's own memory, without a copy"),
	NAME(MSG_FASTOPEN, "connect, and send the data in the SYN"),
	NAME(MSG_CMSG_CLOEXEC, "received descriptors are closed by execve()"),
};

static const struct name shutdown_list[] = {
	NAME(SHUT_RD, "no more receiving"),
	NAME(SHUT_WR, "no more sending: TCP sends a FIN after the data"),
	NAME(SHUT_RDWR, "neither receiving nor sending"),
};

static const struct name poll_list[] = {
	NAME(POLLIN, "data can be read, or a connection accepted"),
	NAME(POLLPRI, "urgent data can be read"),
	NAME(POLLOUT, "writing would not wait"),
	NAME(POLLERR, "an error is pending, or something in the error queue"),
	NAME(POLLHUP, "hung up: both directions are closed"),
	NAME(POLLNVAL, "the descriptor is not open"),
	NAME(POLLRDNORM, "ordinary data can be read"),
	NAME(POLLRDBAND, "data of a priority band can be read"),
	NAME(POLLWRNORM, "ordinary data can be written"),
	NAME(POLLWRBAND, "data of a priority band can be written"),
	NAME(POLLMSG, "known to the headers, not used by Linux"),
	NAME(POLLREMOVE, "known to the headers, not used by poll()"),
	NAME(POLLRDHUP, "the peer sends no more"),
};

static const struct name fcntl_list[] = {
	NAME(F_DUPFD, "a second descriptor of the same file, at this number or above"),
	NAME(F_GETFD, "the flags of the descriptor: FD_CLOEXEC"),
	NAME(F_SETFD, "set the flags of the descriptor"),
	NAME(F_GETFL, "the status flags of the file: O_NONBLOCK and the like"),
	NAME(F_SETFL, "set the status flags of the file"),
	NAME(F_GETLK, "who holds the record lock that stands in the way"),
	NAME(F_SETLK, "take or give back a record lock, without waiting"),
	NAME(F_SETLKW, "take a record lock, waiting for it"),
	NAME(F_SETOWN, "who gets SIGIO and SIGURG: a process, or minus a process group"),
	NAME(F_GETOWN, "who gets SIGIO and SIGURG"),
	NAME(F_SETSIG, "the signal to send in place of SIGIO"),
	NAME(F_GETSIG, "the signal that is sent in place of SIGIO"),
	NAME(F_SETOWN_EX, "who gets SIGIO and SIGURG: a thread, a process or a group"),
	NAME(F_GETOWN_EX, "the same, asked for"),
	NAME(F_OFD_GETLK, "who holds the lock, for locks of the open file"),
	NAME(F_OFD_SETLK, "take or give back a lock of the open file, without waiting"),
	NAME(F_OFD_SETLKW, "take a lock of the open file, waiting for it"),
	NAME(F_SETLEASE, "be told before others open the file"),
	NAME(F_GETLEASE, "which lease is held"),
	NAME(F_NOTIFY, "be told of changes in a directory"),
	NAME(F_DUPFD_CLOEXEC, "as F_DUPFD, with FD_CLOEXEC set"),
	NAME(F_SETPIPE_SZ, "set the capacity of a pipe, in bytes"),
	NAME(F_GETPIPE_SZ, "the capacity of a pipe, in bytes"),
	NAME(F_ADD_SEALS, "forbid kinds of changes to a memory file"),
	NAME(F_GET_SEALS, "which changes are forbidden"),
};

static const struct name fd_flag_list[] = {
	NAME(FD_CLOEXEC, "the descriptor is closed by execve()"),
};

static const struct name file_flag_list[] = {
	NAME(O_WRONLY, "open for writing only"),
	NAME(O_RDWR, "open for reading and writing"),
	NAME(O_RDONLY, "open for reading only: the value 0"),
	NAME(O_NONBLOCK, "calls fail with EAGAIN rather than wait"),
	NAME(O_NDELAY, "an old name for O_NONBLOCK"),
	NAME(O_APPEND, "every write goes to the end of the file"),
	NAME(O_ASYNC, "send SIGIO when the file becomes ready"),
	NAME(O_SYNC, "a write returns when data and metadata are on the disk"),
	NAME(O_DSYNC, "a write returns when the data is on the disk"),
	NAME(O_DIRECT, "past the page cache; for a pipe: packets"),
	NAME(O_DIRECTORY, "fail where it is not a directory"),
	NAME(O_NOFOLLOW, "fail where it is a symbolic link"),
	NAME(O_NOATIME, "reading leaves the access time as it is"),
	NAME(O_CLOEXEC, "the new descriptor is closed by execve()"),
	NAME(O_PATH, "a place in the file system, not an open file"),
	{"O_LARGEFILE", KERNEL_LARGEFILE, "sizes past 2 GiB are allowed"},
};

static const struct name ioctl_list[] = {
	NAME(FIONREAD, "bytes that can be read (UDP: of the next datagram)"),
	NAME(SIOCINQ, "the sockets' name for FIONREAD"),
	NAME(TIOCINQ, "the terminals' name for FIONREAD"),
	NAME(SIOCOUTQ, "bytes in the send queue (TCP: not yet acknowledged)"),
	NAME(TIOCOUTQ, "the terminals' name for SIOCOUTQ"),
	NAME(SIOCOUTQNSD, "bytes in the send queue that TCP has not sent yet"),
	NAME(SIOCATMARK, "whether the next byte is the one after the urgent data"),
	NAME(FIONBIO, "set or clear O_NONBLOCK"),
	NAME(FIOASYNC, "set or clear O_ASYNC"),
	NAME(FIOCLEX, "set FD_CLOEXEC"),
	NAME(FIONCLEX, "clear FD_CLOEXEC"),
	NAME(FIOSETOWN, "who gets SIGIO and SIGURG: a process, or minus a process group"),
	NAME(SIOCSPGRP, "the same as FIOSETOWN"),
	NAME(FIOGETOWN, "who gets SIGIO and SIGURG, asked for"),
	NAME(SIOCGPGRP, "the same as FIOGETOWN"),
	NAME(SIOCGSTAMP, "when the last packet given to the program arrived, in microseconds"),
	NAME(SIOCGSTAMPNS, "when the last packet given to the program arrived, in nanoseconds"),
};

static const struct name signal_list[] = {
	NAME(SIGHUP, "the terminal is gone; by default it ends the process"),
	NAME(SIGINT, "Ctrl-C; by default it ends the process"),
	NAME(SIGQUIT, "Ctrl-\\; by default it ends the process with a core dump"),
	NAME(SIGILL, "an instruction that the processor does not know"),
	NAME(SIGTRAP, "a breakpoint, for debuggers"),
	NAME(SIGABRT, "the program called abort"),
	NAME(SIGBUS, "an access to memory that has no bytes behind it"),
	NAME(SIGFPE, "arithmetic that has no result, such as a division by 0"),
	NAME(SIGKILL, "ends the process; it cannot be caught"),
	NAME(SIGUSR1, "free for programs to use; by default it ends the process"),
	NAME(SIGSEGV, "an access to memory that the program does not have"),
	NAME(SIGUSR2, "free for programs to use; by default it ends the process"),
	NAME(SIGPIPE, "a write to where nobody can receive any more; by default it ends the process"),
	NAME(SIGALRM, "the time set with alarm is over"),
	NAME(SIGTERM, "a request to end; by default it ends the process"),
	NAME(SIGCHLD, "a child process ended or stopped"),
	NAME(SIGCONT, "lets a stopped process go on"),
	NAME(SIGSTOP, "stops the process; it cannot be caught"),
	NAME(SIGTSTP, "Ctrl-Z; by default it stops the process"),
	NAME(SIGTTIN, "a background process reads from the terminal"),
	NAME(SIGTTOU, "a background process writes to the terminal"),
	NAME(SIGURG, "urgent data came for a socket, and its owner (F_SETOWN) is told; by default ignored"),
	NAME(SIGXCPU, "the limit of processor time is reached"),
	NAME(SIGXFSZ, "the limit of a file's size is reached"),
	NAME(SIGVTALRM, "a timer of processor time is over"),
	NAME(SIGPROF, "a timer for profiling is over"),
	NAME(SIGWINCH, "the terminal's window has another size"),
	NAME(SIGIO, "a socket with O_ASYNC became ready, and its owner (F_SETOWN) is told; by default it ends the process"),
	NAME(SIGPOLL, "another name of SIGIO"),
	NAME(SIGPWR, "the power is about to fail"),
	NAME(SIGSYS, "a system call that is forbidden or unknown"),
	/* In C they are no constants: the C library keeps 32 and 33 to itself. */
	{"SIGRTMIN", 34, "the first of the real-time signals, which queue; free for programs to use"},
	{"SIGRTMAX", 64, "the last of the real-time signals"},
};

static const struct name level_list[] = {
	NAME(SOL_SOCKET, "every socket, whatever its family"),
	NAME(IPPROTO_TCP, "TCP"),
	NAME(SOL_TCP, "another name for IPPROTO_TCP"),
	NAME(IPPROTO_IP, "IPv4"),
	NAME(SOL_IP, "another name for IPPROTO_IP"),
	NAME(IPPROTO_IPV6, "IPv6"),
	NAME(SOL_IPV6, "another name for IPPROTO_IPV6"),
	NAME(IPPROTO_UDP, "UDP"),
	NAME(SOL_UDP, "another name for IPPROTO_UDP"),
	NAME(IPPROTO_ICMPV6, "ICMPv6 on a raw socket"),
	NAME(SOL_ICMPV6, "another name for IPPROTO_ICMPV6"),
	NAME(SOL_RAW, "raw IPv4 sockets"),
	NAME(IPPROTO_RAW, "another name for SOL_RAW"),
	NAME(SOL_PACKET, "sockets of AF_PACKET"),
	NAME(AF_VSOCK, "VSOCK sockets"),
	NAME(SOL_NETLINK, "sockets of AF_NETLINK"),
	NAME(IPPROTO_SCTP, "SCTP"),
	NAME(SOL_SCTP, "another name for IPPROTO_SCTP"),
	NAME(IPPROTO_UDPLITE, "UDP-Lite"),
	NAME(SOL_UDPLITE, "another name for IPPROTO_UDPLITE"),
	NAME(SOL_DCCP, "DCCP"),
	NAME(SOL_TLS, "TLS that the kernel does above TCP"),
	NAME(SOL_MPTCP, "MPTCP"),
	NAME(SOL_X25, "X.25"),
	NAME(SOL_DECNET, "DECnet"),
	NAME(SOL_ATM, "cells of ATM"),
	NAME(SOL_AAL, "packets of ATM"),
	NAME(SOL_IRDA, "infrared links"),
	NAME(SOL_NETBEUI, "NetBEUI"),
	NAME(SOL_LLC, "IEEE 802.2 logical link control"),
	NAME(SOL_TIPC, "TIPC"),
	NAME(SOL_RXRPC, "RxRPC"),
	NAME(SOL_PPPOL2TP, "PPP over L2TP"),
	NAME(SOL_BLUETOOTH, "Bluetooth"),
	NAME(SOL_PNPIPE, "pipes of Phonet"),
	NAME(SOL_RDS, "RDS"),
	NAME(SOL_IUCV, "IUCV"),
	NAME(SOL_CAIF, "CAIF"),
	NAME(SOL_ALG, "the kernel's cryptography"),
	NAME(SOL_NFC, "near-field communication"),
	NAME(SOL_KCM, "KCM"),
	NAME(SOL_XDP, "sockets of AF_XDP"),
	NAME(SOL_MCTP, "MCTP"),
	NAME(SOL_SMC, "SMC"),
	NAME(SOL_VSOCK, "sockets of AF_VSOCK"),
};

static const struct name tcp_state_list[] = {
	{"ESTABLISHED", TCP_ESTABLISHED, "the connection is open: data flows both ways"},
	{"SYN-SENT", TCP_SYN_SENT, "our SYN is out, no answer yet"},
	{"SYN-RECEIVED", TCP_SYN_RECV, "a SYN came and ours is out, waiting for its ACK"},
	{"FIN-WAIT-1", TCP_FIN_WAIT1, "we closed: our FIN is not yet acknowledged"},
	{"FIN-WAIT-2", TCP_FIN_WAIT2, "our FIN is acknowledged, waiting for the peer's"},
	{"TIME-WAIT", TCP_TIME_WAIT, "both closed, we first: old segments die out for a minute"},
	{"CLOSED", TCP_CLOSE, "no connection"},
	{"CLOSE-WAIT", TCP_CLOSE_WAIT, "the peer closed, we have not yet"},
	{"LAST-ACK", TCP_LAST_ACK, "the peer closed first, our FIN is not yet acknowledged"},
	{"LISTEN", TCP_LISTEN, "waiting for connections"},
	{"CLOSING", TCP_CLOSING, "both closed at once: our FIN is not yet acknowledged"},
	{"SYN-RECEIVED", TCP_NEW_SYN_RECV, "the same, yet only a request in the listener's queue"},
	{"CLOSED", TCP_BOUND_INACTIVE, "no connection, though bound to an address"},
};

static const struct name timer_list[] = {
	{"off", 0, "no timer runs"},
	{"on", 1, "retransmission: unacknowledged data is sent again when it expires"},
	{"keepalive", 2, "an idle connection is probed when it expires; FIN-WAIT-2 ends"},
	{"timewait", 3, "the end of TIME-WAIT"},
	{"persist", 4, "the peer's window is shut: it is probed when this expires"},
	{"delack", 5, "an acknowledgement is held back until it expires"},
};

static const struct name timer_word_list[] = {
	{"off", 0, "no timer runs"},
	{"retransmit", 1, "unacknowledged data is sent again when it expires"},
	{"keepalive", 2, "an idle connection is probed when it expires"},
	{"time-wait", 3, "the end of TIME-WAIT"},
	{"zero-window probe", 4, "the peer's window is shut: it is probed when this expires"},
	{"delayed ACK", 5, "an acknowledgement is held back until it expires"},
};

/* The texts are what `show` prints. */
static const struct name tcp_option_list[] = {
	{"TCPI_OPT_TIMESTAMPS", 1, "timestamps"},
	{"TCPI_OPT_SACK", 2, "sack"},
	{"TCPI_OPT_WSCALE", 4, "window scaling"},
	{"TCPI_OPT_ECN", 8, "ecn"},
	{"TCPI_OPT_ECN_SEEN", 16, "ecn seen"},
	{"TCPI_OPT_SYN_DATA", 32, "fast open data"},
	{"TCPI_OPT_USEC_TS", 64, "usec timestamps"},
	{"TCPI_OPT_TFO_CHILD", 128, "fast open child"},
};

static const struct name ca_state_list[] = {
	{"Open", 0, "nothing seems lost"},
	{"Disorder", 1, "duplicate ACKs or selective ones came: loss, or only disorder"},
	{"CWR", 2, "the window is being reduced, for a mark of congestion rather than loss"},
	{"Recovery", 3, "loss was seen: fast retransmission"},
	{"Loss", 4, "the retransmission timer expired: start over, slowly"},
};

#define TABLE(kind, prefix, prefix2, flags, list) \
	{kind, prefix, prefix2, flags, list, COUNT_OF(list)}

/* clang-format on */

const struct names names_family = TABLE("address family", "AF_", "PF_", false, family_list);
const struct names names_type = TABLE("socket type", "SOCK_", NULL, false, type_list);
const struct names names_type_flag = TABLE("socket type flag", "SOCK_", NULL, true, type_flag_list);
const struct names names_protocol = TABLE("protocol", "IPPROTO_", NULL, false, protocol_list);
const struct names names_header = {"protocol", "IPPROTO_",        NULL,
				   false,      protocol_list + 1, COUNT_OF(protocol_list) - 1};
const struct names names_msg = TABLE("message flag", "MSG_", NULL, true, msg_list);
const struct names names_shutdown =
	TABLE("shutdown direction", "SHUT_", NULL, false, shutdown_list);
const struct names names_poll = TABLE("poll event", "POLL", NULL, true, poll_list);
const struct names names_fcntl = TABLE("fcntl command", "F_", NULL, false, fcntl_list);
const struct names names_fd_flag = TABLE("descriptor flag", "FD_", NULL, true, fd_flag_list);
const struct names names_file_flag = TABLE("file status flag", "O_", NULL, true, file_flag_list);
const struct names names_ioctl = TABLE("ioctl request", "SIOC", NULL, false, ioctl_list);
const struct names names_signal = TABLE("signal", "SIG", NULL, false, signal_list);
const struct names names_level = TABLE("option level", "SOL_", NULL, false, level_list);
const struct names names_tcp_state = TABLE("TCP state", NULL, NULL, false, tcp_state_list);
const struct names names_timer = TABLE("timer, in JSON and expect", NULL, NULL, false, timer_list);
const struct names names_timer_word = TABLE("timer", NULL, NULL, false, timer_word_list);
const struct names names_tcp_option =
	TABLE("option bit of TCP_INFO", "TCPI_OPT_", NULL, true, tcp_option_list);
const struct names names_ca_state = TABLE("congestion state", NULL, NULL, false, ca_state_list);

/* clang-format off */
const struct names *const names_all[] = {
	&names_family,
	&names_type,
	&names_type_flag,
	&names_protocol,
	&names_msg,
	&names_shutdown,
	&names_backlog,
	&names_poll,
	&names_fcntl,
	&names_fd_flag,
	&names_file_flag,
	&names_ioctl,
	&names_signal,
	&names_level,
	&names_scm,
	&names_ee_origin,
	&names_tcp_state,
	&names_timer,
	&names_ca_state,
	&names_timer_word,
	&names_tcp_option,
	&names_mtu_discover,
	&names_mtu_discover6,
	&names_tos,
	&names_sources,
	&names_timestamping,
	&names_buf_lock,
	&names_repair,
	&names_repair_queue,
	&names_udp_encap,
	&names_tpacket_version,
	&names_icmp,
	&names_icmp_unreachable,
	&names_icmp6,
	&names_icmp6_unreachable,
	&names_igmp,
	&names_group_record,
	&names_icmp_made,
	&names_icmp6_made,
	&names_source_mode,
	&names_packet_mr,
	&names_clock,
	&names_txtime,
	&names_label_action,
	&names_label_flag,
	&names_label_share,
	&names_fanout,
	&names_fanout_flag,
	&names_epoll,
	&names_epoll_op,
	&names_epoll_flag,
	&names_select,
	&names_eventfd,
	&names_timerfd,
	&names_timerfd_set,
	&names_signalfd,
	&names_splice,
	&names_memfd,
	&names_whence,
	&names_resource,
	&names_inaddr,
	&names_ai,
	&names_ni,
	&names_eai,
	NULL,
};
/* clang-format on */
