/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/terms.h"

#define SOCKET "asm-generic/socket.h"
#define TCP    "linux/tcp.h"

/* Options of sockets and of TCP of which no manual page, or little, tells. */
/* clang-format off */
static const struct term list[] = {
	{"SO_BPF_EXTENSIONS", TERM_OPTION, NULL, "How many special loads a classic BPF filter may use on this kernel, for the packet's type, interface, mark and so on: a library that makes filters asks before it uses one.", NULL, "linux/filter.h", "filter, SO_ATTACH_FILTER"},
	{"SO_GET_FILTER", TERM_OPTION, NULL, "The instructions of the classic BPF filter that SO_ATTACH_FILTER attached, as they were given. The two share a number: one is set, the other read. The length counts instructions, not bytes.", "instructions", SOCKET, "filter, SO_ATTACH_FILTER, SO_LOCK_FILTER"},
	{"SO_MAX_PACING_RATE", TERM_OPTION, NULL, "The most that leaves in a second. TCP spreads its segments over time to keep to it; of other sockets only the queueing discipline fq does so. The largest number, the default, sets no limit.", "bytes a second", SOCKET, "tcpi_max_pacing_rate, congestion"},
	{"SO_NO_CHECK", TERM_OPTION, NULL, "Leave the checksum of UDP over IPv4 at 0, which says that there is none: what arrives damaged is then not noticed. Any socket takes the option, UDP over IPv4 alone does something with it.", NULL, "RFC 768; " SOCKET, "UDP_NO_CHECK6_TX"},
	{"SO_NOFCS", TERM_OPTION, NULL, "The last four bytes of what is sent are the checksum of the Ethernet frame, which the device otherwise makes: to send frames that are wrong, for tests. Few devices can do it.", NULL, SOCKET, "PACKET_LOSS"},
	{"SO_PEERNAME", TERM_OPTION, NULL, "The address of the other end. getpeername tells the same, and is the better way: this one fails when the buffer is longer than the address.", NULL, SOCKET, "getpeername"},
	{"SO_TIMESTAMPING", TERM_OPTION, NULL, "Times of packets, sent and received, by the kernel or by the device. Some flags say where times are taken, others which are told: RX_SOFTWARE|SOFTWARE is the least for what is received. Times of what was sent come in the error queue.", NULL, "linux/net_tstamp.h", "SO_TIMESTAMP, SO_TIMESTAMPNS, MSG_ERRQUEUE"},
	{"SO_WIFI_STATUS", TERM_OPTION, NULL, "For each packet that is sent over Wi-Fi, tell in the error queue whether the other station acknowledged its frame. Any socket takes the option; other networks tell nothing.", NULL, SOCKET, "MSG_ERRQUEUE, error queue"},
	{"TCP_CC_INFO", TERM_OPTION, NULL, "What the congestion control knows beyond TCP_INFO: bbr, vegas and dctcp each have their own struct (union tcp_cc_info). The others tell nothing, in no bytes.", NULL, "linux/inet_diag.h", "TCP_CONGESTION, congestion, TCP_INFO"},
	{"TCP_COOKIE_TRANSACTIONS", TERM_OPTION, NULL, "Cookies and data in the handshake (RFC 6013), so that a server need keep nothing of a SYN. Linux had it from 2.6.33 to 3.9; TCP Fast Open came in its place.", NULL, "RFC 6013; tcp(7)", "TCP_FASTOPEN, TCP Fast Open"},
	{"TCP_MD5SIG", TERM_OPTION, NULL, "Sign each segment to and from one peer with a key that both know, up to 80 bytes, and drop what is not signed so: routers protect BGP with it. Both ends set it before they connect, a listener for each peer. A key of no bytes ends it.", NULL, "RFC 2385; " TCP, "TCP_MD5SIG_EXT"},
	{"TCP_NOTSENT_LOWAT", TERM_OPTION, NULL, "How much may wait unsent before poll stops saying POLLOUT. A small value keeps a sender from filling the buffer with data that is old when it leaves. 0 takes net.ipv4.tcp_notsent_lowat.", "bytes", TCP, "notsent, POLLOUT, SO_SNDBUF"},
	{"TCP_QUEUE_SEQ", TERM_OPTION, NULL, "In repair, the sequence number of the queue that TCP_REPAIR_QUEUE chose: behind the last byte of it. It can be set only while the socket is CLOSED, before connect makes the connection.", "sequence number", TCP, "TCP_REPAIR, TCP_REPAIR_QUEUE, CLOSED"},
	{"TCP_REPAIR", TERM_OPTION, NULL, "Hold a connection still to move it to another process or machine: on, connect and close send nothing, send only fills the queue, and sequence numbers can be read and set. 0 lets it go on with a window probe, -1 without one.", NULL, TCP, "TCP_REPAIR_QUEUE, TCP_QUEUE_SEQ, TCP_REPAIR_OPTIONS, TCP_REPAIR_WINDOW"},
	{"TCP_REPAIR_OPTIONS", TERM_OPTION, NULL, "In repair, what the two ends agreed on in the handshake that never was: pairs of an option's number in TCP's header and a value. 2 is the largest segment, 3 the window scales, 4 SACK, 8 timestamps.", NULL, TCP, "TCP_REPAIR, MSS, SACK"},
	{"TCP_REPAIR_QUEUE", TERM_OPTION, NULL, "In repair, the queue that send fills, recv with MSG_PEEK reads and TCP_QUEUE_SEQ speaks of: TCP_SEND_QUEUE or TCP_RECV_QUEUE.", NULL, TCP, "TCP_REPAIR, TCP_QUEUE_SEQ, MSG_PEEK"},
	{"TCP_SAVE_SYN", TERM_OPTION, NULL, "Set on a listener: keep the headers of each connection's SYN for TCP_SAVED_SYN, so that a server can see what the client's system looks like. 1 keeps those of IP and TCP, 2 that of the link as well.", NULL, TCP, "TCP_SAVED_SYN, SYN"},
	{"TCP_SAVED_SYN", TERM_OPTION, NULL, "Of an accepted connection: the headers of the SYN that began it, if the listener had TCP_SAVE_SYN. The kernel tells it once, then throws it away. A buffer that is too short is told the length, and takes nothing.", NULL, TCP, "TCP_SAVE_SYN, SYN, accept"},
	{"TCP_THIN_DUPACK", TERM_OPTION, NULL, "Once: retransmit on the first duplicate ACK while little is in flight. Since Linux 4.11 it is taken and does nothing, and reads as 0.", NULL, "tcp(7); " TCP, "TCP_THIN_LINEAR_TIMEOUTS"},
	{"TCP_THIN_LINEAR_TIMEOUTS", TERM_OPTION, NULL, "While fewer than four segments are in flight, wait equally long before each of the first six retransmissions, rather than twice as long each time: for games and remote terminals.", NULL, TCP, "retransmission, RTO"},
	{"TCP_TIMESTAMP", TERM_OPTION, NULL, "What the timestamp option of the next segment would say: this connection's clock, which runs on. In repair it can be set, so that it goes on where the old connection's clock stood.", "ticks, 1 ms by default", "RFC 7323; " TCP, "TCP_REPAIR"},
};
/* clang-format on */

const struct terms terms_options = {list, COUNT_OF(list)};
