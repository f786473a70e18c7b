/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/net_tstamp.h>
#include <netinet/in.h>
#include <netinet/ip6.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>

#include <linux/errqueue.h>

#include "base/grow.h"
#include "names/names.h"
#include "names/options.h"
#include "names/options_structs.h"

#define FIXED(type, member) offsetof(type, member), sizeof(((type *)0)->member)

/* An entry a line, as in a dictionary. */
/* clang-format off */

/* A value without parts. */
#define WHOLE(id, form, bytes, table) \
	static const struct option_field id##_fields[] = { \
		{NULL, NULL, VALUE_##form, 0, bytes, table, NULL, NULL}}
#define FIELD(type, member, also, form) \
	{#member, also, VALUE_##form, FIXED(type, member), NULL, NULL, NULL}
#define NAMED(type, member, also, table) \
	{#member, also, VALUE_CONSTANT, FIXED(type, member), &names_##table, NULL, NULL}
#define REST(type, member, also, layout) \
	{#member, also, VALUE_LIST, offsetof(type, member), 0, NULL, NULL, layout}

WHOLE(bytes, BYTES, 0, NULL);
WHOLE(int, INT, 4, NULL);
WHOLE(uint, UINT, 4, NULL);
WHOLE(hex, HEX, 4, NULL);
WHOLE(uint64, UINT, 8, NULL);
WHOLE(string, STRING, 0, NULL);
WHOLE(fd, FD, 4, NULL);
WHOLE(errno, ERRNO, 4, NULL);
WHOLE(family, CONSTANT, 4, &names_family);
WHOLE(type, CONSTANT, 4, &names_type);
WHOLE(protocol, CONSTANT, 4, &names_protocol);
WHOLE(interface, INTERFACE, 4, NULL);
WHOLE(interface_be, INTERFACE_BE, 4, NULL);
WHOLE(mtu_discover, CONSTANT, 4, &names_mtu_discover);
WHOLE(mtu_discover6, CONSTANT, 4, &names_mtu_discover6);
WHOLE(tos, CONSTANT, 4, &names_tos);
WHOLE(tos_byte, CONSTANT, 1, &names_tos);
WHOLE(sources, CONSTANT, 4, &names_sources);
WHOLE(timestamping, CONSTANT, 4, &names_timestamping);
WHOLE(buf_lock, CONSTANT, 4, &names_buf_lock);
WHOLE(repair, CONSTANT, 4, &names_repair);
WHOLE(repair_queue, CONSTANT, 4, &names_repair_queue);
WHOLE(udp_encap, CONSTANT, 4, &names_udp_encap);
WHOLE(tpacket_version, CONSTANT, 4, &names_tpacket_version);
WHOLE(address, ADDRESS, 0, NULL);
WHOLE(ipv4, IPV4, 4, NULL);
WHOLE(sockaddr, ADDRESS, sizeof(struct sockaddr_storage), NULL);
WHOLE(tcp_info, TCP_INFO, 0, NULL);

#define SCALAR(id, text, bytes) {.name = text, .fields = id##_fields, .count = 1, .size = bytes}

static const struct option_layout ipv4_layout = SCALAR(ipv4, "struct in_addr", 4);
static const struct option_layout fd_layout = SCALAR(fd, "file descriptor", 4);
static const struct option_layout uint_layout = SCALAR(uint, "unsigned int", 4);
static const struct option_layout sockaddr_layout =
	SCALAR(sockaddr, "struct sockaddr_storage", sizeof(struct sockaddr_storage));

static const struct option_field groups_fields[] = {
	{NULL, NULL, VALUE_LIST, 0, 0, NULL, NULL, &uint_layout},
};

static const struct option_field timeval_fields[] = {
	FIELD(struct timeval, tv_sec, "seconds", SECONDS),
	FIELD(struct timeval, tv_usec, "microseconds", MICROSECONDS),
};

static const struct option_field timespec_fields[] = {
	FIELD(struct timespec, tv_sec, NULL, INT),
	FIELD(struct timespec, tv_nsec, NULL, INT),
};

static const struct option_field linger_fields[] = {
	FIELD(struct linger, l_onoff, "on", INT),
	FIELD(struct linger, l_linger, "seconds", SECONDS),
};

static const struct option_field ucred_fields[] = {
	FIELD(struct ucred, pid, NULL, INT),
	FIELD(struct ucred, uid, NULL, INT),
	FIELD(struct ucred, gid, NULL, INT),
};

static const struct option_field txtime_fields[] = {
	NAMED(struct sock_txtime, clockid, "clock", clock),
	NAMED(struct sock_txtime, flags, NULL, txtime),
};

static const struct option_field meminfo_fields[] = {
	FIELD(struct meminfo, SK_MEMINFO_RMEM_ALLOC, "rmem_alloc", UINT),
	FIELD(struct meminfo, SK_MEMINFO_RCVBUF, "rcvbuf", UINT),
	FIELD(struct meminfo, SK_MEMINFO_WMEM_ALLOC, "wmem_alloc", UINT),
	FIELD(struct meminfo, SK_MEMINFO_SNDBUF, "sndbuf", UINT),
	FIELD(struct meminfo, SK_MEMINFO_FWD_ALLOC, "fwd_alloc", UINT),
	FIELD(struct meminfo, SK_MEMINFO_WMEM_QUEUED, "wmem_queued", UINT),
	FIELD(struct meminfo, SK_MEMINFO_OPTMEM, "optmem", UINT),
	FIELD(struct meminfo, SK_MEMINFO_BACKLOG, "backlog", UINT),
	FIELD(struct meminfo, SK_MEMINFO_DROPS, "drops", UINT),
};

/* Who has reported the error stands behind it: an address of IPv4 or of IPv6. */
struct extended_err {
	struct sock_extended_err error;
	struct sockaddr_in offender;
};

struct extended_err6 {
	struct sock_extended_err error;
	struct sockaddr_in6 offender;
};

#define ERROR_FIELDS(type) \
	{"ee_errno", "errno", VALUE_ERRNO, FIXED(type, error.ee_errno), NULL, NULL, NULL}, \
	{"ee_origin", "origin", VALUE_CONSTANT, FIXED(type, error.ee_origin), &names_ee_origin, \
	 NULL, NULL}, \
	{"ee_type", "type", VALUE_UINT, FIXED(type, error.ee_type), NULL, NULL, NULL}, \
	{"ee_code", "code", VALUE_UINT, FIXED(type, error.ee_code), NULL, NULL, NULL}, \
	{"ee_info", "info", VALUE_UINT, FIXED(type, error.ee_info), NULL, NULL, NULL}, \
	{"ee_data", "data", VALUE_UINT, FIXED(type, error.ee_data), NULL, NULL, NULL}, \
	FIELD(type, offender, NULL, ADDRESS)

static const struct option_field extended_err_fields[] = {ERROR_FIELDS(struct extended_err)};
static const struct option_field extended_err6_fields[] = {ERROR_FIELDS(struct extended_err6)};

static const struct option_field pktinfo_fields[] = {
	FIELD(struct in_pktinfo, ipi_ifindex, "interface", INTERFACE),
	FIELD(struct in_pktinfo, ipi_spec_dst, "source", IPV4),
	FIELD(struct in_pktinfo, ipi_addr, "address", IPV4),
};

static const struct option_field fds_fields[] = {
	{NULL, NULL, VALUE_LIST, 0, 0, NULL, NULL, &fd_layout},
};

static const struct option_field instruction_fields[] = {
	FIELD(struct sock_filter, code, NULL, HEX),
	FIELD(struct sock_filter, jt, NULL, UINT),
	FIELD(struct sock_filter, jf, NULL, UINT),
	FIELD(struct sock_filter, k, NULL, HEX),
};

#define STRUCT(id, text, bytes) \
	{.name = text, .fields = id##_fields, .count = COUNT_OF(id##_fields), .size = bytes}

static const struct option_layout timespec_layout =
	STRUCT(timespec, "struct timespec", sizeof(struct timespec));

static const struct option_layout extended_err6_layout =
	STRUCT(extended_err6, "struct sock_extended_err", sizeof(struct extended_err6));

static const struct option_field timespecs_fields[] = {
	{NULL, NULL, VALUE_LIST, 0, 0, NULL, NULL, &timespec_layout},
};

static const struct option_layout instruction_layout = {
	.name = "struct sock_filter", .fields = instruction_fields,
	.count = COUNT_OF(instruction_fields), .size = sizeof(struct sock_filter), .bare = true};

static const struct option_field filter_fields[] = {
	FIELD(struct sock_fprog, len, NULL, COUNT),
	REST(struct sock_fprog, filter, NULL, &instruction_layout),
};

static const struct option_field filter_code_fields[] = {
	{NULL, NULL, VALUE_LIST, 0, 0, NULL, NULL, &instruction_layout},
};

static const struct option_field md5sig_fields[] = {
	FIELD(struct tcp_md5sig, tcpm_addr, "peer", ADDRESS),
	FIELD(struct tcp_md5sig, tcpm_flags, "flags", HEX),
	FIELD(struct tcp_md5sig, tcpm_prefixlen, "prefixlen", UINT),
	FIELD(struct tcp_md5sig, tcpm_keylen, "keylen", COUNT),
	FIELD(struct tcp_md5sig, tcpm_key, "key", BYTES),
};

static const struct option_field repair_opt_fields[] = {
	FIELD(struct tcp_repair_opt, opt_code, "code", UINT),
	FIELD(struct tcp_repair_opt, opt_val, "value", UINT),
};

static const struct option_layout repair_opt_layout =
	STRUCT(repair_opt, "struct tcp_repair_opt", sizeof(struct tcp_repair_opt));

static const struct option_field repair_options_fields[] = {
	{NULL, NULL, VALUE_LIST, 0, 0, NULL, NULL, &repair_opt_layout},
};

static const struct option_field repair_window_fields[] = {
	FIELD(struct tcp_repair_window, snd_wl1, NULL, UINT),
	FIELD(struct tcp_repair_window, snd_wnd, NULL, UINT),
	FIELD(struct tcp_repair_window, max_window, NULL, UINT),
	FIELD(struct tcp_repair_window, rcv_wnd, NULL, UINT),
	FIELD(struct tcp_repair_window, rcv_wup, NULL, UINT),
};

static const struct option_field zerocopy_fields[] = {
	FIELD(struct zerocopy_receive, address, NULL, HEX),
	FIELD(struct zerocopy_receive, length, NULL, UINT),
	FIELD(struct zerocopy_receive, recv_skip_hint, NULL, UINT),
	FIELD(struct zerocopy_receive, inq, NULL, UINT),
	FIELD(struct zerocopy_receive, err, NULL, INT),
	FIELD(struct zerocopy_receive, copybuf_address, NULL, HEX),
	FIELD(struct zerocopy_receive, copybuf_len, NULL, INT),
	FIELD(struct zerocopy_receive, flags, NULL, HEX),
	FIELD(struct zerocopy_receive, msg_control, NULL, HEX),
	FIELD(struct zerocopy_receive, msg_controllen, NULL, UINT),
	FIELD(struct zerocopy_receive, msg_flags, NULL, HEX),
	FIELD(struct zerocopy_receive, reserved, NULL, UINT),
};

static const struct option_field timeval64_fields[] = {
	FIELD(struct timeval64, tv_sec, "seconds", SECONDS),
	FIELD(struct timeval64, tv_usec, "microseconds", MICROSECONDS),
};

static const struct option_field dmabuf_token_fields[] = {
	FIELD(struct dmabuf_token, token_start, "start", UINT),
	FIELD(struct dmabuf_token, token_count, "count", UINT),
};

static const struct option_layout dmabuf_token_layout =
	STRUCT(dmabuf_token, "struct dmabuf_token", sizeof(struct dmabuf_token));

static const struct option_field dmabuf_tokens_fields[] = {
	{NULL, NULL, VALUE_LIST, 0, 0, NULL, NULL, &dmabuf_token_layout},
};

static const struct option_field ao_add_fields[] = {
	FIELD(struct ao_add, addr, "peer", ADDRESS),
	FIELD(struct ao_add, alg_name, "algorithm", STRING),
	FIELD(struct ao_add, ifindex, "interface", INTERFACE),
	FIELD(struct ao_add, flags, NULL, HEX),
	FIELD(struct ao_add, prefix, NULL, UINT),
	FIELD(struct ao_add, sndid, NULL, UINT),
	FIELD(struct ao_add, rcvid, NULL, UINT),
	FIELD(struct ao_add, maclen, NULL, UINT),
	FIELD(struct ao_add, keyflags, NULL, HEX),
	FIELD(struct ao_add, keylen, NULL, COUNT),
	FIELD(struct ao_add, key, NULL, BYTES),
};

static const struct option_field ao_del_fields[] = {
	FIELD(struct ao_del, addr, "peer", ADDRESS),
	FIELD(struct ao_del, ifindex, "interface", INTERFACE),
	FIELD(struct ao_del, flags, NULL, HEX),
	FIELD(struct ao_del, prefix, NULL, UINT),
	FIELD(struct ao_del, sndid, NULL, UINT),
	FIELD(struct ao_del, rcvid, NULL, UINT),
	FIELD(struct ao_del, current_key, NULL, UINT),
	FIELD(struct ao_del, rnext, NULL, UINT),
	FIELD(struct ao_del, keyflags, NULL, HEX),
};

static const struct option_field ao_info_fields[] = {
	FIELD(struct ao_info, flags, NULL, HEX),
	FIELD(struct ao_info, current_key, NULL, UINT),
	FIELD(struct ao_info, rnext, NULL, UINT),
	FIELD(struct ao_info, pkt_good, "good", UINT),
	FIELD(struct ao_info, pkt_bad, "bad", UINT),
	FIELD(struct ao_info, pkt_key_not_found, "key_not_found", UINT),
	FIELD(struct ao_info, pkt_ao_required, "ao_required", UINT),
	FIELD(struct ao_info, pkt_dropped_icmp, "dropped_icmp", UINT),
};

static const struct option_field ao_key_fields[] = {
	FIELD(struct ao_key, addr, "peer", ADDRESS),
	FIELD(struct ao_key, alg_name, "algorithm", STRING),
	FIELD(struct ao_key, key, NULL, BYTES),
	FIELD(struct ao_key, nkeys, NULL, UINT),
	FIELD(struct ao_key, flags, NULL, HEX),
	FIELD(struct ao_key, sndid, NULL, UINT),
	FIELD(struct ao_key, rcvid, NULL, UINT),
	FIELD(struct ao_key, prefix, NULL, UINT),
	FIELD(struct ao_key, maclen, NULL, UINT),
	FIELD(struct ao_key, keyflags, NULL, HEX),
	FIELD(struct ao_key, keylen, NULL, UINT),
	FIELD(struct ao_key, ifindex, "interface", INTERFACE),
	FIELD(struct ao_key, pkt_good, "good", UINT),
	FIELD(struct ao_key, pkt_bad, "bad", UINT),
};

static const struct option_layout ao_key_layout =
	STRUCT(ao_key, "struct tcp_ao_getsockopt", sizeof(struct ao_key));

static const struct option_field ao_keys_fields[] = {
	{NULL, NULL, VALUE_LIST, 0, 0, NULL, NULL, &ao_key_layout},
};

static const struct option_field ao_repair_fields[] = {
	FIELD(struct ao_repair, snt_isn, NULL, UINT_BE),
	FIELD(struct ao_repair, rcv_isn, NULL, UINT_BE),
	FIELD(struct ao_repair, snd_sne, NULL, UINT),
	FIELD(struct ao_repair, rcv_sne, NULL, UINT),
};

static const struct option_field mreqn_fields[] = {
	FIELD(struct ip_mreqn, imr_multiaddr, "group", IPV4),
	FIELD(struct ip_mreqn, imr_address, "address", IPV4),
	FIELD(struct ip_mreqn, imr_ifindex, "interface", INTERFACE),
};

static const struct option_field mreq_source_fields[] = {
	FIELD(struct ip_mreq_source, imr_multiaddr, "group", IPV4),
	FIELD(struct ip_mreq_source, imr_interface, "interface", IPV4),
	FIELD(struct ip_mreq_source, imr_sourceaddr, "source", IPV4),
};

static const struct option_field msfilter_fields[] = {
	FIELD(struct ip_msfilter, imsf_multiaddr, "group", IPV4),
	FIELD(struct ip_msfilter, imsf_interface, "interface", IPV4),
	NAMED(struct ip_msfilter, imsf_fmode, "mode", source_mode),
	FIELD(struct ip_msfilter, imsf_numsrc, "count", COUNT),
	REST(struct ip_msfilter, imsf_slist, "sources", &ipv4_layout),
};

static const struct option_field mreq6_fields[] = {
	FIELD(struct ipv6_mreq, ipv6mr_multiaddr, "group", IPV6),
	FIELD(struct ipv6_mreq, ipv6mr_interface, "interface", INTERFACE),
};

static const struct option_field pktinfo6_fields[] = {
	FIELD(struct in6_pktinfo, ipi6_addr, "address", IPV6),
	FIELD(struct in6_pktinfo, ipi6_ifindex, "interface", INTERFACE),
};

static const struct option_field mtuinfo6_fields[] = {
	FIELD(struct ip6_mtuinfo, ip6m_addr, "address", ADDRESS),
	FIELD(struct ip6_mtuinfo, ip6m_mtu, "mtu", UINT),
};

static const struct option_field flowlabel_fields[] = {
	FIELD(struct flowlabel_request, flr_dst, "destination", IPV6),
	FIELD(struct flowlabel_request, flr_label, "label", UINT_BE),
	NAMED(struct flowlabel_request, flr_action, "action", label_action),
	NAMED(struct flowlabel_request, flr_share, "share", label_share),
	NAMED(struct flowlabel_request, flr_flags, "flags", label_flag),
	FIELD(struct flowlabel_request, flr_expires, "expires", SECONDS),
	FIELD(struct flowlabel_request, flr_linger, "linger", SECONDS),
};

static const struct option_field group_req_fields[] = {
	FIELD(struct group_req, gr_interface, "interface", INTERFACE),
	FIELD(struct group_req, gr_group, "group", ADDRESS),
};

static const struct option_field group_source_req_fields[] = {
	FIELD(struct group_source_req, gsr_interface, "interface", INTERFACE),
	FIELD(struct group_source_req, gsr_group, "group", ADDRESS),
	FIELD(struct group_source_req, gsr_source, "source", ADDRESS),
};

static const struct option_field group_filter_fields[] = {
	FIELD(struct group_filter, gf_interface, "interface", INTERFACE),
	FIELD(struct group_filter, gf_group, "group", ADDRESS),
	NAMED(struct group_filter, gf_fmode, "mode", source_mode),
	FIELD(struct group_filter, gf_numsrc, "count", COUNT),
	REST(struct group_filter, gf_slist, "sources", &sockaddr_layout),
};

static const struct option_field icmp_filter_fields[] = {
	{"data", "types", VALUE_BITS, FIXED(struct icmp_filter, data), &names_icmp, NULL, NULL},
};

static const struct option_field packet_mreq_fields[] = {
	FIELD(struct packet_mreq, mr_ifindex, "interface", INTERFACE),
	NAMED(struct packet_mreq, mr_type, "type", packet_mr),
	FIELD(struct packet_mreq, mr_alen, "length", COUNT),
	FIELD(struct packet_mreq, mr_address, "address", MAC),
};

static const struct option_field tpacket_req_fields[] = {
	FIELD(struct tpacket_req3, tp_block_size, "block_size", UINT),
	FIELD(struct tpacket_req3, tp_block_nr, "block_nr", UINT),
	FIELD(struct tpacket_req3, tp_frame_size, "frame_size", UINT),
	FIELD(struct tpacket_req3, tp_frame_nr, "frame_nr", UINT),
	FIELD(struct tpacket_req3, tp_retire_blk_tov, "retire_blk_tov", UINT),
	FIELD(struct tpacket_req3, tp_sizeof_priv, "sizeof_priv", UINT),
	FIELD(struct tpacket_req3, tp_feature_req_word, "feature_req_word", HEX),
};

static const struct option_field tpacket_stats_fields[] = {
	FIELD(struct tpacket_stats_v3, tp_packets, "packets", UINT),
	FIELD(struct tpacket_stats_v3, tp_drops, "drops", UINT),
	FIELD(struct tpacket_stats_v3, tp_freeze_q_cnt, "freeze_q_cnt", UINT),
};

static const struct option_field fanout_fields[] = {
	FIELD(struct fanout, id, NULL, UINT),
	{"type_flags", "type", VALUE_CONSTANT, FIXED(struct fanout, type_flags), &names_fanout,
	 &names_fanout_flag, NULL},
	FIELD(struct fanout, max_num_members, "members", UINT),
};

static const struct option_field rollover_stats_fields[] = {
	FIELD(struct tpacket_rollover_stats, tp_all, "all", UINT),
	FIELD(struct tpacket_rollover_stats, tp_huge, "huge", UINT),
	FIELD(struct tpacket_rollover_stats, tp_failed, "failed", UINT),
};

#define FILTER(id, other) \
	{.name = "struct sock_fprog", .fields = id##_fields, .count = COUNT_OF(id##_fields), \
	 .size = sizeof(struct sock_fprog), .pointer = true, .also = other}

const struct option_layout option_layouts[] = {
	[OPTION_BYTES] = SCALAR(bytes, "bytes", 0),
	[OPTION_INT] = SCALAR(int, "int", 4),
	[OPTION_UINT] = SCALAR(uint, "unsigned int", 4),
	[OPTION_HEX] = SCALAR(hex, "unsigned int", 4),
	[OPTION_BOOL] = SCALAR(int, "int, 1 (on) or 0 (off)", 4),
	[OPTION_UINT64] = SCALAR(uint64, "64-bit number", 8),
	[OPTION_STRING] = SCALAR(string, "string", 0),
	[OPTION_FD] = SCALAR(fd, "file descriptor", 4),
	[OPTION_ERRNO] = SCALAR(errno, "errno", 4),
	[OPTION_FAMILY] = SCALAR(family, "address family", 4),
	[OPTION_TYPE] = SCALAR(type, "socket type", 4),
	[OPTION_PROTOCOL] = SCALAR(protocol, "protocol", 4),
	[OPTION_INTERFACE] = SCALAR(interface, "interface", 4),
	[OPTION_INTERFACE_BE] = SCALAR(interface_be, "interface, in network byte order", 4),
	[OPTION_MTU_DISCOVER] = SCALAR(mtu_discover, "IP_PMTUDISC_ constant", 4),
	[OPTION_MTU_DISCOVER6] = SCALAR(mtu_discover6, "IPV6_PMTUDISC_ constant", 4),
	[OPTION_TOS] = SCALAR(tos, "byte, or IPTOS_ constant", 4),
	[OPTION_SOURCES] = SCALAR(sources, "IPV6_PREFER_SRC_ flags", 4),
	[OPTION_TIMESTAMPING] = SCALAR(timestamping, "SOF_TIMESTAMPING_ flags", 4),
	[OPTION_BUF_LOCK] = SCALAR(buf_lock, "SOCK_SNDBUF_LOCK, SOCK_RCVBUF_LOCK", 4),
	[OPTION_REPAIR] = SCALAR(repair, "TCP_REPAIR_ constant", 4),
	[OPTION_REPAIR_QUEUE] = SCALAR(repair_queue, "TCP_RECV_QUEUE, TCP_SEND_QUEUE", 4),
	[OPTION_UDP_ENCAP] = SCALAR(udp_encap, "UDP_ENCAP_ constant", 4),
	[OPTION_TPACKET_VERSION] = SCALAR(tpacket_version, "TPACKET_V constant", 4),
	[OPTION_ADDRESS] = SCALAR(address, "struct sockaddr", 0),
	[OPTION_GROUPS] = SCALAR(groups, "array of gid_t", 0),
	[OPTION_TIMEVAL] = {.name = "struct timeval", .fields = timeval_fields,
			    .count = COUNT_OF(timeval_fields), .size = sizeof(struct timeval),
			    .time = true},
	[OPTION_LINGER] = STRUCT(linger, "struct linger", sizeof(struct linger)),
	[OPTION_UCRED] = STRUCT(ucred, "struct ucred", sizeof(struct ucred)),
	[OPTION_TXTIME] = STRUCT(txtime, "struct sock_txtime", sizeof(struct sock_txtime)),
	[OPTION_MEMINFO] = STRUCT(meminfo, "array of numbers", sizeof(struct meminfo)),
	[OPTION_FILTER] = FILTER(filter, NULL),
	[OPTION_FILTER_OR_FD] = FILTER(filter, &fd_layout),
	[OPTION_FILTER_CODE] = {.name = "array of struct sock_filter",
				.fields = filter_code_fields, .count = 1,
				.unit = sizeof(struct sock_filter)},
	[OPTION_TCP_INFO] = SCALAR(tcp_info, "struct tcp_info", 0),
	[OPTION_MD5SIG] = STRUCT(md5sig, "struct tcp_md5sig", sizeof(struct tcp_md5sig)),
	[OPTION_REPAIR_OPTIONS] = SCALAR(repair_options, "array of struct tcp_repair_opt", 0),
	[OPTION_REPAIR_WINDOW] = STRUCT(repair_window, "struct tcp_repair_window",
					sizeof(struct tcp_repair_window)),
	[OPTION_ZEROCOPY] = STRUCT(zerocopy, "struct tcp_zerocopy_receive",
				   sizeof(struct zerocopy_receive)),
	[OPTION_AO_ADD] = STRUCT(ao_add, "struct tcp_ao_add", sizeof(struct ao_add)),
	[OPTION_AO_DEL] = STRUCT(ao_del, "struct tcp_ao_del", sizeof(struct ao_del)),
	[OPTION_AO_INFO] = STRUCT(ao_info, "struct tcp_ao_info_opt", sizeof(struct ao_info)),
	[OPTION_AO_KEYS] = SCALAR(ao_keys, "array of struct tcp_ao_getsockopt", 0),
	[OPTION_AO_REPAIR] = STRUCT(ao_repair, "struct tcp_ao_repair", sizeof(struct ao_repair)),
	[OPTION_DMABUF_TOKENS] = SCALAR(dmabuf_tokens, "array of struct dmabuf_token", 0),
	[OPTION_TIMEVAL64] = {.name = "struct __kernel_sock_timeval", .fields = timeval64_fields,
			      .count = COUNT_OF(timeval64_fields),
			      .size = sizeof(struct timeval64), .time = true},
	[OPTION_MREQN] = STRUCT(mreqn, "struct ip_mreqn", sizeof(struct ip_mreqn)),
	[OPTION_MULTICAST_IF] = {.name = "struct ip_mreqn, or an address", .fields = mreqn_fields,
				 .count = COUNT_OF(mreqn_fields), .size = sizeof(struct ip_mreqn),
				 .also = &ipv4_layout},
	[OPTION_MREQ_SOURCE] = STRUCT(mreq_source, "struct ip_mreq_source",
				      sizeof(struct ip_mreq_source)),
	[OPTION_MSFILTER] = STRUCT(msfilter, "struct ip_msfilter",
				   offsetof(struct ip_msfilter, imsf_slist)),
	[OPTION_MREQ6] = STRUCT(mreq6, "struct ipv6_mreq", sizeof(struct ipv6_mreq)),
	[OPTION_PKTINFO6] = STRUCT(pktinfo6, "struct in6_pktinfo", sizeof(struct in6_pktinfo)),
	[OPTION_MTUINFO6] = STRUCT(mtuinfo6, "struct ip6_mtuinfo", sizeof(struct ip6_mtuinfo)),
	[OPTION_FLOWLABEL] = STRUCT(flowlabel, "struct in6_flowlabel_req",
				    sizeof(struct flowlabel_request)),
	[OPTION_GROUP_REQ] = STRUCT(group_req, "struct group_req", sizeof(struct group_req)),
	[OPTION_GROUP_SOURCE_REQ] = STRUCT(group_source_req, "struct group_source_req",
					   sizeof(struct group_source_req)),
	[OPTION_GROUP_FILTER] = STRUCT(group_filter, "struct group_filter",
				       offsetof(struct group_filter, gf_slist)),
	[OPTION_ICMP_FILTER] = STRUCT(icmp_filter, "struct icmp_filter", 4),
	[OPTION_PACKET_MREQ] = STRUCT(packet_mreq, "struct packet_mreq",
				      sizeof(struct packet_mreq)),
	[OPTION_TPACKET_REQ] = {.name = "struct tpacket_req", .fields = tpacket_req_fields,
				.count = COUNT_OF(tpacket_req_fields),
				.size = sizeof(struct tpacket_req3),
				.least = sizeof(struct tpacket_req)},
	[OPTION_TPACKET_STATS] = {.name = "struct tpacket_stats", .fields = tpacket_stats_fields,
				  .count = COUNT_OF(tpacket_stats_fields),
				  .size = sizeof(struct tpacket_stats_v3),
				  .least = sizeof(struct tpacket_stats)},
	[OPTION_FANOUT] = {.name = "struct fanout_args", .fields = fanout_fields,
			   .count = COUNT_OF(fanout_fields), .size = sizeof(struct fanout),
			   .least = offsetof(struct fanout, max_num_members)},
	[OPTION_ROLLOVER_STATS] = STRUCT(rollover_stats, "struct tpacket_rollover_stats",
					 sizeof(struct tpacket_rollover_stats)),
	[OPTION_FDS] = SCALAR(fds, "file descriptors", 0),
	[OPTION_TIMESPEC] = STRUCT(timespec, "struct timespec", sizeof(struct timespec)),
	[OPTION_TIMESPECS] = SCALAR(timespecs, "array of struct timespec", 0),
	[OPTION_TOS_BYTE] = SCALAR(tos_byte, "byte, or IPTOS_ constant", 1),
	[OPTION_PKTINFO] = STRUCT(pktinfo, "struct in_pktinfo", sizeof(struct in_pktinfo)),
	[OPTION_EXTENDED_ERR] = {.name = "struct sock_extended_err",
				 .fields = extended_err_fields,
				 .count = COUNT_OF(extended_err_fields),
				 .size = sizeof(struct extended_err),
				 .also = &extended_err6_layout},
};
/* clang-format on */
