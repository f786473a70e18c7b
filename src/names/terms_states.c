/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/terms.h"

#define TCP_STATE "TCP state"
#define STATE     "state"
#define CA_STATE  "congestion state"
#define MACHINE   "RFC 9293, section 3.3.2"
#define CLOSE     "RFC 9293, section 3.6"

/* An entry a line, so that translations can be laid beside it. */
/* clang-format off */
static const struct term list[] = {
	{"CLOSE-WAIT", TCP_STATE, "TCP_CLOSE_WAIT", "The peer has closed, or shut down for writing: its FIN came, and recv returns 0 when all data is read. This end can still send. No timer ends it: it waits for close, or shutdown for writing, which sends our FIN and makes it LAST-ACK. Where many are left, a program forgets to close.", NULL, CLOSE, "FIN, half-close, LAST-ACK, end of stream"},
	{"CLOSED", TCP_STATE, "TCP_CLOSE, CLOSE, TCP_BOUND_INACTIVE", "There is no connection: the socket is new, or only bound, or its connection is over. One that is not bound stands in no table of the kernel; only its descriptor tells of it. listen makes it a LISTEN, connect a SYN-SENT.", NULL, MACHINE, "LISTEN, SYN-SENT, connect"},
	{"CLOSING", TCP_STATE, "TCP_CLOSING", "Both ends closed at the same time: the peer's FIN came before the acknowledgement of ours. That acknowledgement makes it TIME-WAIT. It is seen rarely.", NULL, CLOSE, "simultaneous close, FIN-WAIT-1, TIME-WAIT"},
	{"CONNECTED", STATE, NULL, "A UDP, UNIX or raw socket that has a peer: send goes there. For UDP that is a note in this machine's kernel: no packet was sent, and nobody need be there; only the peer's datagrams are received, and ICMP errors are reported. A UNIX stream's other end is a socket of this machine.", NULL, "udp(7), unix(7), connect(2)", "UNCONNECTED, peer, ECONNREFUSED"},
	{"CWR", CA_STATE, "TCP_CA_CWR", "Congestion window reduced: it is being made smaller because the network, or this machine's own queue, signalled congestion, without a loss.", NULL, "RFC 3168; linux/tcp.h", "ECN, cwnd"},
	{"Disorder", CA_STATE, "TCP_CA_Disorder", "Duplicate or selective acknowledgements came: a segment was lost, or only overtaken by others. Not enough of them yet to send it again.", NULL, "RFC 5681; linux/tcp.h", "duplicate ACK, SACK, Recovery, reordering"},
	{"ESTABLISHED", TCP_STATE, "TCP_ESTABLISHED, ESTAB", "The handshake is complete: both ends can send and receive. It takes no packets to stay so: it ends when one end closes or resets, or when sent data, or keepalive probes, stay unanswered for too long. Sending a FIN makes it FIN-WAIT-1, receiving one CLOSE-WAIT.", NULL, MACHINE, "FIN-WAIT-1, CLOSE-WAIT, keepalive, handshake"},
	{"FIN-WAIT-1", TCP_STATE, "TCP_FIN_WAIT1, FIN_WAIT1", "This end was closed, or shut down for writing, and was the first: its FIN is on its way, behind data that is still unsent, and is not acknowledged yet. The acknowledgement makes it FIN-WAIT-2, the peer's FIN alone CLOSING, both together TIME-WAIT.", NULL, CLOSE, "FIN, FIN-WAIT-2, CLOSING, TIME-WAIT, orphan"},
	{"FIN-WAIT-2", TCP_STATE, "TCP_FIN_WAIT2, FIN_WAIT2", "Our FIN is acknowledged, and the peer has not closed yet: it may still send. Its FIN makes this TIME-WAIT. While our descriptor is open that may take as long as the peer likes; once it is closed, the kernel gives up after 60 s (net.ipv4.tcp_fin_timeout, TCP_LINGER2).", NULL, CLOSE "; tcp(7)", "half-close, TIME-WAIT, CLOSE-WAIT, TCP_LINGER2, ghost"},
	{"LAST-ACK", TCP_STATE, "TCP_LAST_ACK", "The peer closed first and then this end: our FIN is on its way, and its acknowledgement, which ends the connection, is awaited. Without one the FIN is sent again.", NULL, CLOSE, "CLOSE-WAIT, FIN, orphan"},
	{"LISTEN", TCP_STATE, "TCP_LISTEN, LISTENING", "The socket waits for connections to its address. The kernel makes the handshakes by itself and puts complete connections into the accept queue; accept takes them out as new sockets, and the listener stays as it is. It ends with close, or shutdown for reading; connections that still wait are then reset.", NULL, MACHINE "; listen(2)", "listener, accept queue, backlog, SYN-RECEIVED"},
	{"Loss", CA_STATE, "TCP_CA_Loss", "The retransmission timer expired: all in flight may be lost. Sending begins anew with a small congestion window (slow start).", NULL, "RFC 5681, section 3.1; RFC 6298", "RTO, slow start, retransmission"},
	{"Open", CA_STATE, "TCP_CA_Open", "Congestion control sees nothing out of the ordinary: acknowledgements come in order.", NULL, "RFC 5681; linux/tcp.h", "tcpi_ca_state, Disorder"},
	{"Recovery", CA_STATE, "TCP_CA_Recovery", "Acknowledgements show that a segment was lost: it is sent again at once, without waiting for the timer, and less is sent meanwhile.", NULL, "RFC 5681, section 3.2; RFC 6675", "fast retransmit, SACK, Loss"},
	{"SYN-RECEIVED", TCP_STATE, "TCP_SYN_RECV, SYN-RECV, TCP_NEW_SYN_RECV", "A SYN came, our SYN with ACK is out, and its acknowledgement is awaited. On Linux it is then a small request beside the listener, without a socket and not yet in the accept queue. The ACK makes it ESTABLISHED; without one the SYN-ACK is sent again, 5 times by default (net.ipv4.tcp_synack_retries), and then it is given up.", NULL, MACHINE "; tcp(7)", "handshake, SYN queue, accept queue, ESTABLISHED"},
	{"SYN-SENT", TCP_STATE, "TCP_SYN_SENT", "connect has sent a SYN, and no answer has come. A SYN with ACK makes it ESTABLISHED, a reset ends connect with ECONNREFUSED. Without an answer the SYN is sent again, 6 times by default (net.ipv4.tcp_syn_retries), and then connect fails with ETIMEDOUT.", NULL, MACHINE "; tcp(7)", "handshake, SYN, TCP_SYNCNT, ESTABLISHED"},
	{"TIME-WAIT", TCP_STATE, "TCP_TIME_WAIT", "Both ends have closed, and this end was the first. The kernel alone keeps the two addresses, for 60 s on Linux: so the last ACK can be sent again, and segments that are late meet no new connection of the same addresses. No program holds it. To bind its port meanwhile, both the old and the new socket need SO_REUSEADDR.", NULL, CLOSE "; tcp(7)", "2MSL, SO_REUSEADDR, ghost, EADDRINUSE"},
	{"UNCONNECTED", STATE, "UNCONN", "A UDP, UNIX or raw socket that has no peer. One for datagrams receives from anybody and sends with sendto, which names the destination; a UNIX stream must be connected, or listen, before it is of use.", NULL, "udp(7), unix(7), connect(2)", "CONNECTED, sendto, EDESTADDRREQ"},
};
/* clang-format on */

const struct terms terms_states = {list, COUNT_OF(list)};
