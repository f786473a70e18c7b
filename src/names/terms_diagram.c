/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/terms.h"

/* What stands on the arrows of the state diagram. */
#define EVENT   "event of the state diagram"
#define ACTION  "action of the state diagram"
#define MACHINE "RFC 9293, section 3.3.2"
#define USER    "RFC 9293, section 3.9.1"

/* An entry a line, so that translations can be laid beside it. */
/* clang-format off */
static const struct term list[] = {
	{"active OPEN", EVENT, "OPEN", "The program asks for a connection to a peer: connect. A SYN goes out, and CLOSED becomes SYN-SENT.", NULL, USER, "connect, passive OPEN, SYN-SENT"},
	{"CLOSE", EVENT, NULL, "The program has no more to send: close, or shutdown for writing. A connection sends its FIN; a listener, and a socket in SYN-SENT, just end.", NULL, USER, "close, shutdown, FIN, FIN-WAIT-1, LAST-ACK"},
	{"create TCB", ACTION, NULL, "TCP sets up its record of a connection. On Linux socket has made it already, in state CLOSED.", NULL, MACHINE, "TCB, socket, CLOSED"},
	{"delete TCB", ACTION, NULL, "TCP forgets the connection: nothing is left of it but, maybe, a descriptor in state CLOSED.", NULL, MACHINE, "TCB, CLOSED"},
	{"passive OPEN", EVENT, NULL, "The program waits for whoever connects: listen. Nothing is sent, and CLOSED becomes LISTEN.", NULL, USER, "listen, active OPEN, LISTEN"},
	{"rcv ACK of FIN", EVENT, NULL, "The peer has acknowledged our FIN, and so all that was sent before it.", NULL, MACHINE, "FIN, ACK, FIN-WAIT-2, TIME-WAIT"},
	{"rcv ACK of SYN", EVENT, NULL, "The peer has acknowledged our SYN: the handshake is complete.", NULL, MACHINE, "handshake, SYN-RECEIVED, ESTABLISHED"},
	{"rcv FIN", EVENT, NULL, "The peer's FIN came: it sends no more. In ESTABLISHED that makes CLOSE-WAIT, in FIN-WAIT-1 CLOSING, in FIN-WAIT-2 TIME-WAIT.", NULL, MACHINE, "FIN, CLOSE-WAIT, CLOSING, TIME-WAIT"},
	{"rcv RST (note 1)", EVENT, "rcv RST, note 1", "The peer has reset the connection before it was complete, and TCP listens again. That is so after a passive OPEN only (note 1 of the figure). On Linux the listener has been in LISTEN all the time, and only the request is dropped.", NULL, MACHINE, "RST, SYN-RECEIVED, LISTEN"},
	{"rcv SYN", EVENT, NULL, "A SYN came. In LISTEN it begins a connection; in SYN-SENT it has crossed our own: both ends open at the same time.", NULL, MACHINE, "SYN, handshake, simultaneous open, SYN-RECEIVED"},
	{"rcv SYN,ACK", EVENT, NULL, "The peer has taken our SYN and sent its own: for this end the handshake is complete.", NULL, MACHINE, "handshake, SYN-SENT, ESTABLISHED"},
	{"SEND", EVENT, NULL, "The program sends on a listener, which then connects to the peer that it names. Hardly any system has that: on Linux send fails with EPIPE.", NULL, USER, "send, LISTEN, EPIPE"},
	{"snd ACK", ACTION, NULL, "TCP acknowledges what has come. It may wait a little, so that data can carry the ACK.", NULL, MACHINE, "ACK, delayed ACK"},
	{"snd FIN", ACTION, NULL, "TCP sends its FIN, behind all data that waits to be sent.", NULL, MACHINE, "FIN, send queue"},
	{"snd SYN", ACTION, NULL, "TCP sends a SYN, with the number at which it begins to count its bytes.", NULL, MACHINE, "SYN, sequence number"},
	{"snd SYN,ACK", ACTION, NULL, "TCP sends its own SYN, and with it acknowledges that of the peer.", NULL, MACHINE, "handshake, SYN, sequence number"},
	{"TCB", ACTION, "transmission control block", "All that TCP keeps of a connection: its addresses, numbers, windows, timers, queues. Linux has struct tcp_sock for it, and smaller ones for SYN-RECEIVED and TIME-WAIT.", NULL, "RFC 9293, section 3.3.1", "create TCB, delete TCB, show"},
	{"Timeout=2MSL", EVENT, NULL, "TIME-WAIT has lasted its time, and nothing is left of the connection.", NULL, MACHINE, "2MSL, TIME-WAIT, CLOSED"},
};
/* clang-format on */

const struct terms terms_diagram = {list, COUNT_OF(list)};
