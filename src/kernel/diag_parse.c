/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <string.h>

#include "kernel/congestion.h"
#include "kernel/diag.h"

/* States that never leave the kernel's own tables under another name (net/tcp_states.h). */
#define KERNEL_NEW_SYN_RECV   12
#define KERNEL_BOUND_INACTIVE 13

/* Attributes newer than the headers that may be at hand. */
#define ATTR_UNIX_UID 7

static size_t attr_copy(const struct nlattr *attr, void *out, size_t room)
{
	size_t len = mnl_attr_get_payload_len(attr);

	if (len > room)
		len = room;
	memcpy(out, mnl_attr_get_payload(attr), len);
	return len;
}

typedef void attr_reader(const struct nlattr *attr, struct endpoint *out);

static void read_attrs(const void *bytes, size_t len, attr_reader *reader, struct endpoint *out)
{
	const char *end = (const char *)bytes + len;
	const struct nlattr *attr = bytes;

	while (mnl_attr_ok(attr, (int)(end - (const char *)attr))) {
		reader(attr, out);
		attr = mnl_attr_next(attr);
	}
}

/* A number of SIZE bytes that sets FIELD; a shorter attribute says nothing. */
static void attr_number(const struct nlattr *attr, void *out, size_t size,
			struct endpoint *endpoint, uint32_t field)
{
	if (mnl_attr_get_payload_len(attr) < size)
		return;
	memcpy(out, mnl_attr_get_payload(attr), size);
	endpoint->has |= field;
}

static void parse_memory(const struct nlattr *attr, struct endpoint *out)
{
	out->skmem_count = attr_copy(attr, out->skmem, sizeof(out->skmem)) / sizeof(out->skmem[0]);
	if (out->skmem_count)
		out->has |= FIELD_MEMORY;
	if (out->skmem_count > SK_MEMINFO_DROPS) {
		out->drops = out->skmem[SK_MEMINFO_DROPS];
		out->has |= FIELD_DROPS;
	}
}

static void parse_congestion(const struct nlattr *attr, struct endpoint *out)
{
	size_t len = attr_copy(attr, out->congestion, sizeof(out->congestion) - 1);

	out->congestion[len] = '\0';
	if (out->congestion[0])
		out->has |= FIELD_CONGESTION;
}

static void parse_tcp_info(const struct nlattr *attr, struct endpoint *out)
{
	out->tcp_info_len = attr_copy(attr, out->tcp_info, sizeof(out->tcp_info));
	if (out->tcp_info_len)
		out->has |= FIELD_TCP_INFO;
}

static void parse_algorithm(const struct nlattr *attr, struct endpoint *out)
{
	int attribute = mnl_attr_get_type(attr);

	if (!congestion_known(attribute))
		return;
	out->cc_attribute = attribute;
	out->cc_info_len = attr_copy(attr, out->cc_info, sizeof(out->cc_info));
	out->has |= FIELD_ALGORITHM;
}

static void parse_protocol(const struct nlattr *attr, struct endpoint *out)
{
	uint8_t protocol;

	if (mnl_attr_get_payload_len(attr) < sizeof(protocol))
		return;
	protocol = mnl_attr_get_u8(attr);
	if (out->type == SOCK_RAW)
		out->protocol = protocol;
}

static void parse_inet_attr(const struct nlattr *attr, struct endpoint *out)
{
	uint8_t byte;

	switch (mnl_attr_get_type(attr)) {
	case INET_DIAG_INFO:
		parse_tcp_info(attr, out);
		break;
	case INET_DIAG_CONG:
		parse_congestion(attr, out);
		break;
	case INET_DIAG_SKMEMINFO:
		parse_memory(attr, out);
		break;
	case INET_DIAG_TOS:
		attr_number(attr, &out->tos, 1, out, FIELD_TOS);
		break;
	case INET_DIAG_TCLASS:
		attr_number(attr, &out->tclass, 1, out, FIELD_TCLASS);
		break;
	case INET_DIAG_SHUTDOWN:
		attr_number(attr, &out->shutdown, 1, out, FIELD_SHUTDOWN);
		break;
	case INET_DIAG_MARK:
		attr_number(attr, &out->mark, 4, out, FIELD_MARK);
		break;
	case INET_DIAG_SKV6ONLY:
		byte = 0;
		attr_number(attr, &byte, 1, out, FIELD_V6ONLY);
		out->v6only = byte != 0;
		break;
	case INET_DIAG_PROTOCOL:
		parse_protocol(attr, out);
		break;
	default:
		parse_algorithm(attr, out);
		break;
	}
}

/* SCTP, DCCP and MPTCP use TCP's states, too. */
static bool is_stream(int protocol)
{
	return protocol != IPPROTO_UDP && protocol != IPPROTO_UDPLITE && protocol != IPPROTO_RAW &&
	       protocol != IPPROTO_ICMP && protocol != IPPROTO_ICMPV6;
}

static int type_of(int protocol)
{
	if (protocol == IPPROTO_RAW)
		return SOCK_RAW;
	return is_stream(protocol) ? SOCK_STREAM : SOCK_DGRAM;
}

static int parse_state(int state, bool stream, enum endpoint_state *out)
{
	if (state < STATE_ESTABLISHED || state > KERNEL_BOUND_INACTIVE)
		return -1;
	if (!stream)
		*out = state == STATE_ESTABLISHED ? STATE_CONNECTED : STATE_UNCONNECTED;
	else if (state == KERNEL_NEW_SYN_RECV)
		*out = STATE_SYN_RECEIVED;
	else if (state == KERNEL_BOUND_INACTIVE)
		*out = STATE_CLOSED;
	else
		*out = (enum endpoint_state)state;
	return 0;
}

static void parse_address(int family, const uint32_t *host, uint16_t port, uint32_t ifindex,
			  struct address *out)
{
	const struct in6_addr *in6 = (const struct in6_addr *)host;
	unsigned scope = 0;

	if (family == AF_INET6 && IN6_IS_ADDR_LINKLOCAL(in6))
		scope = ifindex;
	*out = address_make(family, host, ntohs(port), scope);
	if (!port && address_is_any(out))
		*out = (struct address){0};
}

static void parse_addresses(const struct inet_diag_msg *msg, struct endpoint *out)
{
	struct inet_diag_sockid id = msg->id;

	parse_address(out->family, id.idiag_src, id.idiag_sport, id.idiag_if, &out->local);
	parse_address(out->family, id.idiag_dst, id.idiag_dport, id.idiag_if, &out->peer);
	out->ifindex = (int)id.idiag_if;
	out->cookie = id.idiag_cookie[0] | (uint64_t)id.idiag_cookie[1] << 32;
	out->has |= FIELD_LOCAL | FIELD_PEER | FIELD_INTERFACE | FIELD_COOKIE;
}

static void parse_queues(uint32_t receive, uint32_t send, struct endpoint *out)
{
	if (out->state == STATE_LISTEN) {
		out->accept_length = receive;
		out->accept_backlog = send;
		out->has |= FIELD_ACCEPT_QUEUE;
	} else {
		out->recv_queue = receive;
		out->send_queue = send;
		out->has |= FIELD_RECV_QUEUE | FIELD_SEND_QUEUE;
	}
}

static void parse_owner(uint32_t inode, struct endpoint *out)
{
	out->inode = inode;
	out->ghost = inode == 0;
	out->has |= FIELD_INODE;
}

int diag_parse_inet(const void *bytes, size_t len, int protocol, struct endpoint *out)
{
	struct inet_diag_msg msg;

	*out = (struct endpoint){0};
	if (len < sizeof(msg))
		return -1;
	memcpy(&msg, bytes, sizeof(msg));
	if (msg.idiag_family != AF_INET && msg.idiag_family != AF_INET6)
		return -1;
	out->family = msg.idiag_family;
	out->protocol = protocol;
	out->type = type_of(protocol);
	if (parse_state(msg.idiag_state, is_stream(protocol), &out->state) < 0)
		return -1;
	out->has |= FIELD_STATE;
	parse_addresses(&msg, out);
	parse_owner(msg.idiag_inode, out);
	/* Without a descriptor there is no owner, and the kernel writes 0 for it. */
	if (!out->ghost) {
		out->uid = msg.idiag_uid;
		out->has |= FIELD_UID;
	}
	parse_queues(msg.idiag_rqueue, msg.idiag_wqueue, out);
	if (is_stream(protocol)) {
		out->timer = (struct endpoint_timer){msg.idiag_timer, msg.idiag_expires,
						     msg.idiag_retrans};
		out->has |= FIELD_TIMER;
	}
	read_attrs((const char *)bytes + sizeof(msg), len - sizeof(msg), parse_inet_attr, out);
	return 0;
}

static void parse_name(const struct nlattr *attr, struct endpoint *out)
{
	size_t start = offsetof(struct sockaddr_un, sun_path);
	size_t len;

	len = attr_copy(attr, out->local.bytes + start, sizeof(out->local.bytes) - start);
	out->local.un.sun_family = AF_UNIX;
	out->local.len = len ? (socklen_t)(start + len) : 0;
}

static void parse_pending(const struct nlattr *attr, struct endpoint *out)
{
	uint32_t inodes[ENDPOINT_PENDING];
	size_t i;

	out->pending_count = attr_copy(attr, inodes, sizeof(inodes)) / sizeof(inodes[0]);
	for (i = 0; i < out->pending_count; i++)
		out->pending[i] = inodes[i];
	out->has |= FIELD_PENDING;
}

static void parse_unix_attr(const struct nlattr *attr, struct endpoint *out)
{
	struct unix_diag_rqlen queues;
	struct unix_diag_vfs file;
	uint32_t peer = 0;

	switch (mnl_attr_get_type(attr)) {
	case UNIX_DIAG_NAME:
		parse_name(attr, out);
		break;
	case UNIX_DIAG_VFS:
		if (attr_copy(attr, &file, sizeof(file)) != sizeof(file))
			break;
		out->file_inode = file.udiag_vfs_ino;
		out->file_device = file.udiag_vfs_dev;
		out->has |= FIELD_FILE;
		break;
	case UNIX_DIAG_PEER:
		attr_number(attr, &peer, sizeof(peer), out, FIELD_UNIX_PEER);
		out->unix_peer = peer;
		break;
	case UNIX_DIAG_ICONS:
		parse_pending(attr, out);
		break;
	case UNIX_DIAG_RQLEN:
		if (attr_copy(attr, &queues, sizeof(queues)) == sizeof(queues))
			parse_queues(queues.udiag_rqueue, queues.udiag_wqueue, out);
		break;
	case UNIX_DIAG_MEMINFO:
		parse_memory(attr, out);
		break;
	case UNIX_DIAG_SHUTDOWN:
		attr_number(attr, &out->shutdown, 1, out, FIELD_SHUTDOWN);
		break;
	case ATTR_UNIX_UID:
		attr_number(attr, &out->uid, sizeof(out->uid), out, FIELD_UID);
		break;
	}
}

int diag_parse_unix(const void *bytes, size_t len, struct endpoint *out)
{
	struct unix_diag_msg msg;

	*out = (struct endpoint){0};
	if (len < sizeof(msg))
		return -1;
	memcpy(&msg, bytes, sizeof(msg));
	if (msg.udiag_family != AF_UNIX)
		return -1;
	out->family = AF_UNIX;
	out->type = msg.udiag_type;
	if (parse_state(msg.udiag_state, msg.udiag_state == STATE_LISTEN, &out->state) < 0)
		return -1;
	out->cookie = msg.udiag_cookie[0] | (uint64_t)msg.udiag_cookie[1] << 32;
	out->has |= FIELD_STATE | FIELD_COOKIE | FIELD_LOCAL;
	parse_owner(msg.udiag_ino, out);
	read_attrs((const char *)bytes + sizeof(msg), len - sizeof(msg), parse_unix_attr, out);
	/* The kernel marks a datagram socket ESTABLISHED when somebody connects *to* it, too. */
	if (out->type == SOCK_DGRAM)
		out->state = out->has & FIELD_UNIX_PEER ? STATE_CONNECTED : STATE_UNCONNECTED;
	return 0;
}
