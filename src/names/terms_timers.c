/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/terms.h"

#define TIMER      "timer"
#define TIMER_JSON "timer, in JSON and expect"
#define IN_JSON    "JSON, expect and ss call it "
#define RTO        "RFC 6298; ss(8)"

/* An entry a line, so that translations can be laid beside it. */
/* clang-format off */
static const struct term list[] = {
	{"delack", TIMER_JSON, NULL, "An acknowledgement is held back until this expires, or until an answer carries it. Only newer kernels and newer versions of ss tell of it. The text output calls it delayed ACK.", NULL, "RFC 9293, section 3.8.6.3; ss(8)", "delayed ACK, tcpi_ato"},
	{"delayed ACK", TIMER, NULL, "An acknowledgement is being held back, 40 to 200 ms, for an answer that might carry it. " IN_JSON "delack.", NULL, "RFC 9293, section 3.8.6.3; ss(8)", "delack, quick ACK, TCP_QUICKACK, tcpi_ato"},
	{"keepalive", TIMER, "keepalive timer", "Of a connection with SO_KEEPALIVE: when it has been idle so long, the peer is probed, and when several probes stay unanswered the connection ends. Linux uses the same timer for a closed FIN-WAIT-2 that is to last more than 60 s (TCP_LINGER2). JSON, expect and ss call it the same.", NULL, "RFC 9293, section 3.8.4; tcp(7)", "SO_KEEPALIVE, TCP_KEEPIDLE, FIN-WAIT-2"},
	{"keepalive", TIMER_JSON, NULL, "An idle connection is probed when it expires. The text output calls it the same.", NULL, "RFC 9293, section 3.8.4; ss(8)", "SO_KEEPALIVE"},
	{"off", TIMER, NULL, "No timer runs: the socket waits for nothing by the clock. A connection can be idle so for ever.", NULL, "ss(8)", "timer, keepalive"},
	{"off", TIMER_JSON, NULL, "No timer runs. In JSON the timer is then null.", NULL, "ss(8)", "timer"},
	{"on", TIMER_JSON, NULL, "The retransmission timer, as ss names it: what was sent and not acknowledged is sent again when it expires. The text output calls it retransmit.", NULL, RTO, "retransmit, RTO"},
	{"persist", TIMER_JSON, NULL, "The peer's window is shut and is probed when this expires. The text output calls it zero-window probe.", NULL, "RFC 9293, section 3.8.6.1; ss(8)", "zero-window probe, zero window"},
	{"retransmit", TIMER, "retransmission timer", "Something sent is not acknowledged yet (data, a SYN or a FIN): when the timer expires it is sent again, and the time doubles. The number after it counts how often that has happened. " IN_JSON "on.", NULL, RTO, "on, RTO, backoff, retransmission, ETIMEDOUT"},
	{"time-wait", TIMER, NULL, "The time until the kernel forgets a TIME-WAIT, or a closed FIN-WAIT-2, which Linux keeps in the same way: 60 s at first. " IN_JSON "timewait.", NULL, "RFC 9293, section 3.6; tcp(7)", "timewait, TIME-WAIT, 2MSL"},
	{"timewait", TIMER_JSON, NULL, "The time until the kernel forgets a TIME-WAIT or a closed FIN-WAIT-2. The text output calls it time-wait.", NULL, "RFC 9293, section 3.6; ss(8)", "time-wait, TIME-WAIT"},
	{"unknown", "timer of ss -o", NULL, "What ss prints for a timer whose number it does not know, since the kernel is newer. sockstep prints the number.", NULL, "ss(8)", "timer"},
	{"zero-window probe", TIMER, "persist timer, window probe", "Data waits to be sent, and the peer's window is shut: when the timer expires a probe asks whether it has opened, and the time doubles. " IN_JSON "persist.", NULL, "RFC 9293, section 3.8.6.1; ss(8)", "persist, zero window, window"},
};
/* clang-format on */

const struct terms terms_timers = {list, COUNT_OF(list)};
