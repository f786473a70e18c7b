/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/route.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define ROOM 8192

union message {
	struct nlmsghdr header;
	char bytes[ROOM];
};

static size_t host_len(const struct address *address)
{
	return address->any.sa_family == AF_INET6 ? sizeof(struct in6_addr)
						  : sizeof(struct in_addr);
}

static const void *host_of(const struct address *address)
{
	return address->any.sa_family == AF_INET6 ? (const void *)&address->in6.sin6_addr
						  : (const void *)&address->in.sin_addr;
}

static ssize_t ask(struct mnl_socket *socket, union message *message, struct failure *failure)
{
	ssize_t len;

	if (mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) < 0) {
		failure_note(failure, "rtnetlink, bind");
		return -1;
	}
	do
		len = mnl_socket_sendto(socket, message, message->header.nlmsg_len);
	while (len < 0 && errno == EINTR);
	if (len < 0) {
		failure_note(failure, "rtnetlink, sendto");
		return -1;
	}
	do
		len = recv(mnl_socket_get_fd(socket), message, sizeof(*message), MSG_DONTWAIT);
	while (len < 0 && errno == EINTR);
	if (len < 0)
		failure_note(failure, "rtnetlink, recv");
	return len;
}

/* Sends a request and reads its one answer into MESSAGE. Returns 0, the errno of the answer, or -1
 * where there was none. The kernel has answered when the request is sent. */
static int exchange(union message *message, struct failure *failure)
{
	struct mnl_socket *socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	const struct nlmsgerr *error;
	ssize_t len;

	if (!socket) {
		failure_note(failure, "rtnetlink, socket");
		return -1;
	}
	message->header.nlmsg_flags = NLM_F_REQUEST;
	message->header.nlmsg_seq = 1;
	len = ask(socket, message, failure);
	mnl_socket_close(socket);
	if (len < 0 || !mnl_nlmsg_ok(&message->header, (int)len))
		return -1;
	if (message->header.nlmsg_type != NLMSG_ERROR)
		return 0;
	if (mnl_nlmsg_get_payload_len(&message->header) < sizeof(*error))
		return -1;
	error = mnl_nlmsg_get_payload(&message->header);
	return error->error < 0 ? -error->error : -1;
}

static int read_metric(const struct nlattr *attr, void *data)
{
	struct route *route = data;

	if (mnl_attr_get_type(attr) == RTAX_MTU && mnl_attr_validate(attr, MNL_TYPE_U32) >= 0)
		route->mtu = mnl_attr_get_u32(attr);
	return MNL_CB_OK;
}

struct parsing {
	struct route *route;
	int family;
};

static int read_attr(const struct nlattr *attr, void *data)
{
	const struct parsing *parsing = data;
	size_t size =
		parsing->family == AF_INET6 ? sizeof(struct in6_addr) : sizeof(struct in_addr);

	switch (mnl_attr_get_type(attr)) {
	case RTA_OIF:
		if (mnl_attr_validate(attr, MNL_TYPE_U32) >= 0)
			parsing->route->ifindex = (int)mnl_attr_get_u32(attr);
		break;
	case RTA_GATEWAY:
		if (mnl_attr_get_payload_len(attr) == size)
			parsing->route->gateway =
				address_make(parsing->family, mnl_attr_get_payload(attr), 0, 0);
		break;
	case RTA_METRICS:
		mnl_attr_parse_nested(attr, read_metric, parsing->route);
		break;
	default:
		break;
	}
	return MNL_CB_OK;
}

int route_parse(const void *bytes, size_t len, struct route *out)
{
	struct parsing parsing = {.route = out};
	struct rtmsg message;

	*out = (struct route){0};
	if (len < sizeof(message))
		return -1;
	memcpy(&message, bytes, sizeof(message));
	out->kind = message.rtm_type;
	parsing.family = message.rtm_family;
	if (mnl_attr_parse_payload((const char *)bytes + MNL_ALIGN(sizeof(message)),
				   len - MNL_ALIGN(sizeof(message)), read_attr, &parsing) < 0)
		return -1;
	return 0;
}

static unsigned interface_mtu(const char *name, struct failure *failure)
{
	struct ifreq request = {0};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int mtu = 0;

	if (fd < 0) {
		failure_note(failure, "socket");
		return 0;
	}
	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	if (ioctl(fd, SIOCGIFMTU, &request) == 0)
		mtu = request.ifr_mtu;
	else
		failure_note_unless_answer(failure, "ioctl");
	close(fd);
	return mtu > 0 ? (unsigned)mtu : 0;
}

int route_find(const struct address *to, struct route *out, struct failure *failure)
{
	struct address plain = address_unmapped(to);
	union message message;
	struct nlmsghdr *header = mnl_nlmsg_put_header(&message);
	struct rtmsg *body = mnl_nlmsg_put_extra_header(header, sizeof(*body));
	int result;

	*out = (struct route){0};
	if (plain.any.sa_family != AF_INET && plain.any.sa_family != AF_INET6)
		return -1;
	header->nlmsg_type = RTM_GETROUTE;
	body->rtm_family = (unsigned char)plain.any.sa_family;
	body->rtm_dst_len = (unsigned char)(8 * host_len(&plain));
	mnl_attr_put(header, RTA_DST, host_len(&plain), host_of(&plain));
	if (plain.any.sa_family == AF_INET6 && plain.in6.sin6_scope_id)
		mnl_attr_put_u32(header, RTA_OIF, plain.in6.sin6_scope_id);
	result = exchange(&message, failure);
	if (result)
		return result;
	if (header->nlmsg_type != RTM_NEWROUTE ||
	    route_parse(mnl_nlmsg_get_payload(header), mnl_nlmsg_get_payload_len(header), out) < 0)
		return -1;
	if (!out->ifindex || !if_indextoname((unsigned)out->ifindex, out->interface)) {
		if (out->ifindex)
			failure_note_unless_answer(failure, "if_indextoname");
		out->interface[0] = '\0';
	} else if (!out->mtu)
		out->mtu = interface_mtu(out->interface, failure);
	return 0;
}

bool route_neighbour_failed(const struct address *neighbour, int ifindex, struct failure *failure)
{
	union message message;
	struct nlmsghdr *header = mnl_nlmsg_put_header(&message);
	struct ndmsg *body = mnl_nlmsg_put_extra_header(header, sizeof(*body));

	header->nlmsg_type = RTM_GETNEIGH;
	body->ndm_family = (unsigned char)neighbour->any.sa_family;
	body->ndm_ifindex = ifindex;
	mnl_attr_put(header, NDA_DST, host_len(neighbour), host_of(neighbour));
	if (exchange(&message, failure) || header->nlmsg_type != RTM_NEWNEIGH ||
	    mnl_nlmsg_get_payload_len(header) < sizeof(*body))
		return false;
	body = mnl_nlmsg_get_payload(header);
	return body->ndm_state & (NUD_FAILED | NUD_INCOMPLETE);
}
