/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/terms.h"

#define SS      "figure of ss -i"
#define BIT     "option bit of TCP_INFO"
#define MEMINFO "ss(8); linux/sock_diag.h"
#define TCP_H   "tcp(7); linux/tcp.h; ss(8)"
#define BBR     "figure of bbr"
#define DCTCP   "figure of dctcp"
#define VEGAS   "figure of vegas"
#define CC_PAGE "ss(8); linux/inet_diag.h"

/* An entry a line, so that translations can be laid beside it. */
/* clang-format off */
static const struct term list[] = {
	{"bbr", SS, NULL, "What the congestion control bbr tells of itself: bandwidth, smallest round trip, and the gains of pacing and window.", NULL, CC_PAGE, "congestion, pacing, bbr_bw"},
	{"bbr_bw", BBR, "bw", "How fast bbr believes that the path is.", "bytes a second", CC_PAGE, "bbr, pacing"},
	{"bbr_cwnd_gain", BBR, "cwnd_gain", "How many times what the path holds bbr lets be in flight; 256 is once.", "1/256", CC_PAGE, "bbr, cwnd"},
	{"bbr_min_rtt", BBR, "mrtt", "The smallest round trip of the last 10 seconds, as bbr measured it.", "microseconds", CC_PAGE, "bbr, RTT"},
	{"bbr_pacing_gain", BBR, "pacing_gain", "By how much bbr sends faster, or slower, than the bandwidth; 256 is once.", "1/256", CC_PAGE, "bbr, pacing"},
	{"bidir", SS, NULL, "Interactive traffic: data goes both ways, so acknowledgements are delayed. Only /proc/net/tcp tells it; getsockopt TCP_QUICKACK is then 0.", NULL, "ss(8); proc(5)", "delayed ACK, TCP_QUICKACK, qack"},
	{"bl", TERM_SKMEM, "back_log, SK_MEMINFO_BACKLOG", "Memory of packets that came while a call had the socket locked: they are processed when it lets go. It has nothing to do with the backlog of listen.", "bytes", MEMINFO, "backlog, skmem"},
	{"d", TERM_SKMEM, "sock_drop, SK_MEMINFO_DROPS", "Packets that were dropped before they reached the socket, for lack of room most often. Of a listener: handshakes that its full accept queue turned away are among them.", "packets", MEMINFO, "drops, rb, skmem"},
	{"dctcp", SS, NULL, "What the congestion control dctcp tells of itself: how many bytes were acknowledged, and how many of them were marked.", NULL, "RFC 8257; " CC_PAGE, "congestion, ECN, dctcp_alpha"},
	{"dctcp_ab_ecn", DCTCP, "ab_ecn", "Bytes that were acknowledged with a mark, in this round trip.", "bytes", CC_PAGE, "dctcp"},
	{"dctcp_ab_tot", DCTCP, "ab_tot", "Bytes that were acknowledged, in this round trip.", "bytes", CC_PAGE, "dctcp"},
	{"dctcp_alpha", DCTCP, "alpha", "What part of the data is marked of late, by which the window is reduced; 1024 is all.", "1/1024", "RFC 8257, section 3.3; " CC_PAGE, "dctcp"},
	{"dctcp_ce_state", DCTCP, "ce_state", "Whether the last packet that came was marked.", NULL, CC_PAGE, "dctcp, ECN"},
	{"dctcp_enabled", DCTCP, NULL, "Whether dctcp is at work: without ECN it behaves as reno does.", NULL, CC_PAGE, "dctcp, ECN"},
	{"ecn", SS, NULL, "ss prints it where both ends agreed on congestion marks: bit TCPI_OPT_ECN of tcpi_options.", NULL, TCP_H, "ECN, TCPI_OPT_ECN"},
	{"ecnseen", SS, NULL, "ss prints it where a packet came that may be marked: bit TCPI_OPT_ECN_SEEN of tcpi_options.", NULL, TCP_H, "ECN, TCPI_OPT_ECN_SEEN"},
	{"f", TERM_SKMEM, "fwd_alloc, SK_MEMINFO_FWD_ALLOC", "Memory that the socket has set aside, in pages, and does not use yet.", "bytes", MEMINFO, "skmem"},
	{"fastopen", SS, NULL, "ss prints it where data in the SYN was acknowledged: bit TCPI_OPT_SYN_DATA of tcpi_options.", NULL, TCP_H, "TCP Fast Open, TCPI_OPT_SYN_DATA"},
	{"o", TERM_SKMEM, "opt_mem, SK_MEMINFO_OPTMEM", "Memory for options of the socket, such as filters and groups.", "bytes", MEMINFO, "filter, skmem"},
	{"qack", SS, NULL, "How many acknowledgements are still to be sent at once. Only /proc/net/tcp tells it, not sock_diag; getsockopt TCP_QUICKACK tells whether they are.", NULL, "ss(8); proc(5)", "quick ACK, TCP_QUICKACK, bidir"},
	{"r", TERM_SKMEM, "rmem_alloc, SK_MEMINFO_RMEM_ALLOC", "Memory that received data takes up, the kernel's overhead included. When it reaches rb, datagrams are dropped and TCP shuts its window.", "bytes", MEMINFO, "rb, recv queue, skmem"},
	{"rb", TERM_SKMEM, "rcv_buf, SK_MEMINFO_RCVBUF", "The limit of r: SO_RCVBUF. Of TCP it grows by itself, up to net.ipv4.tcp_rmem, unless it was set.", "bytes", MEMINFO, "SO_RCVBUF, r, skmem"},
	{"retrans", SS, NULL, "Two figures: retransmissions in flight (tcpi_retrans) and all since the beginning (tcpi_total_retrans).", "segments", TCP_H, "tcpi_retrans, tcpi_total_retrans, retransmission"},
	{"rtt/rttvar", SS, "rtt", "The smoothed round-trip time and its variation, in milliseconds: tcpi_rtt and tcpi_rttvar, which count microseconds.", "milliseconds", TCP_H, "RTT, tcpi_rtt, tcpi_rttvar"},
	{"sack", SS, NULL, "ss prints it where both ends know selective acknowledgements: bit TCPI_OPT_SACK of tcpi_options.", NULL, TCP_H, "SACK, TCPI_OPT_SACK"},
	{"send", SS, NULL, "An estimate that ss makes by itself: what one congestion window in each round trip comes to. The kernel does not tell it; tcpi_delivery_rate is measured.", "bits a second", "ss(8)", "cwnd, RTT, tcpi_delivery_rate"},
	{"t", TERM_SKMEM, "wmem_alloc, SK_MEMINFO_WMEM_ALLOC", "Memory of packets that were handed to the network layer and are not freed yet. The first byte is the socket's own.", "bytes", MEMINFO, "tb, w, skmem"},
	{"tb", TERM_SKMEM, "snd_buf, SK_MEMINFO_SNDBUF", "The limit of data to send: SO_SNDBUF. Of TCP it grows by itself, up to net.ipv4.tcp_wmem, unless it was set.", "bytes", MEMINFO, "SO_SNDBUF, w, skmem"},
	{"tcpi_fackets", TERM_TCP_INFO, NULL, "Once the segments before the most forward one that SACK told of. Newer kernels always say 0.", NULL, TCP_H, "SACK"},
	{"tcpi_last_ack_sent", TERM_TCP_INFO, NULL, "The kernel does not remember it: it is always 0.", NULL, TCP_H, "tcpi_last_ack_recv"},
	{"tcpi_min_rtt", TERM_TCP_INFO, NULL, "The smallest round-trip time of late. 4294967295 says that none was measured.", NULL, TCP_H, "RTT, tcpi_rtt"},
	{"tcpi_notsent_bytes", TERM_TCP_INFO, NULL, "Bytes in the send buffer that were not sent even once: Nagle, a cork, a full window or congestion holds them back.", NULL, TCP_H, "send queue, Nagle, cork, SIOCOUTQNSD"},
	{"TCPI_OPT_ECN", BIT, "ecn", "Both ends agreed on congestion marks. ss prints ecn.", NULL, TCP_H, "ECN, tcpi_options"},
	{"TCPI_OPT_ECN_SEEN", BIT, "ecn seen", "At least one packet came that may be marked on its way. ss prints ecnseen.", NULL, TCP_H, "ECN, tcpi_options"},
	{"TCPI_OPT_SACK", BIT, "sack", "Both ends know selective acknowledgements. ss prints sack.", NULL, TCP_H, "SACK, tcpi_options"},
	{"TCPI_OPT_SYN_DATA", BIT, "fast open data", "Data that this end sent in its SYN, or got in the peer's, was acknowledged. ss prints fastopen.", NULL, TCP_H, "TCP Fast Open, tcpi_options"},
	{"TCPI_OPT_TFO_CHILD", BIT, "fast open child", "The connection came to a listener by TCP Fast Open, and its data before the handshake was over.", NULL, TCP_H, "TCP Fast Open, tcpi_options"},
	{"TCPI_OPT_TIMESTAMPS", BIT, "timestamps", "Both ends send timestamps. ss prints ts.", NULL, TCP_H, "timestamps, tcpi_options"},
	{"TCPI_OPT_USEC_TS", BIT, "usec timestamps", "Timestamps count microseconds. ss prints usec_ts.", NULL, TCP_H, "usec timestamps, tcpi_options"},
	{"TCPI_OPT_WSCALE", BIT, "window scaling", "The windows are scaled. ss prints wscale with the two scales.", NULL, TCP_H, "window scale, tcpi_options"},
	{"tcpi_options2", TERM_TCP_INFO, "tcpi_ecn_mode, tcpi_accecn_opt_seen, tcpi_accecn_fail_mode", "How Accurate ECN stands: which kind of ECN was agreed on, whether its option was seen, and how it failed, if it did. Kernels lay these bits out differently, so it is shown as one number.", NULL, TCP_H, "ECN"},
	{"tcpi_rcv_ooopack", TERM_TCP_INFO, NULL, "Segments that arrived here before one that must come first: lost or overtaken on the way.", NULL, TCP_H, "out-of-order queue, reordering, SACK"},
	{"tcpi_retransmits", TERM_TCP_INFO, NULL, "Timeouts in a row for the oldest segment that is not acknowledged; 0 again once it is.", NULL, TCP_H, "retransmission, tcpi_backoff, retransmits"},
	{"tcpi_rto", TERM_TCP_INFO, NULL, "The retransmission timeout: how long an acknowledgement may take before the segment is sent again. ss prints it in milliseconds.", NULL, "RFC 6298; " TCP_H, "RTO, tcpi_backoff, retransmission"},
	{"tcpi_rtt", TERM_TCP_INFO, NULL, "The smoothed round-trip time: how long an acknowledgement takes on average. ss prints it in milliseconds.", NULL, "RFC 6298; " TCP_H, "RTT, tcpi_rttvar, RTO"},
	{"tcpi_sacked", TERM_TCP_INFO, NULL, "Segments that the peer has, but not in order: it said so by SACK. Of a listener it is the backlog.", NULL, TCP_H, "SACK, backlog"},
	{"tcpi_snd_cwnd", TERM_TCP_INFO, NULL, "The congestion window: how many segments may be in flight.", NULL, "RFC 5681; " TCP_H, "cwnd, tcpi_snd_ssthresh"},
	{"tcpi_snd_ssthresh", TERM_TCP_INFO, NULL, "The congestion window at which slow start ends. 2147483647 says that none was set yet, and ss then prints nothing.", NULL, "RFC 5681; " TCP_H, "ssthresh, slow start"},
	{"tcpi_unacked", TERM_TCP_INFO, NULL, "Segments that were sent and are not acknowledged yet. Of a listener it is the length of its accept queue.", NULL, TCP_H, "send queue, accept queue, ACK"},
	{"tcpv_enabled", VEGAS, NULL, "Whether the algorithm, vegas or one that tells the same, is at work.", NULL, CC_PAGE, "congestion"},
	{"tcpv_minrtt", VEGAS, NULL, "The smallest round trip that was measured.", "microseconds", CC_PAGE, "congestion, RTT"},
	{"tcpv_rtt", VEGAS, NULL, "The round trip that the algorithm goes by.", "microseconds", CC_PAGE, "congestion, RTT"},
	{"tcpv_rttcnt", VEGAS, NULL, "How many round trips were measured, of late.", NULL, CC_PAGE, "congestion, RTT"},
	{"ts", SS, NULL, "ss prints it where both ends use timestamps: bit TCPI_OPT_TIMESTAMPS of tcpi_options.", NULL, TCP_H, "timestamps, TCPI_OPT_TIMESTAMPS"},
	{"usec_ts", SS, NULL, "ss prints it where timestamps count microseconds: bit TCPI_OPT_USEC_TS of tcpi_options.", NULL, TCP_H, "usec timestamps, TCPI_OPT_USEC_TS"},
	{"w", TERM_SKMEM, "wmem_queued, SK_MEMINFO_WMEM_QUEUED", "Memory of what was written and is not acknowledged, the kernel's overhead included. TCP only.", "bytes", MEMINFO, "tb, send queue, skmem"},
	{"wscale", SS, NULL, "The two window scales: tcpi_snd_wscale, then tcpi_rcv_wscale. ss prints them where the handshake agreed on scaling: bit TCPI_OPT_WSCALE of tcpi_options.", NULL, TCP_H, "window scale, tcpi_snd_wscale, tcpi_rcv_wscale"},
};
/* clang-format on */

const struct terms terms_ss = {list, COUNT_OF(list)};
