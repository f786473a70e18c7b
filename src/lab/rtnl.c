/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/rtnl.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/now.h"

/* How often it is looked whether something is ready: it takes far less than 5 seconds. */
#define AWAIT_YIELDS  10
#define AWAIT_LOOKS   50000
#define AWAIT_STEP_US 100

/* A request, or an answer, which may quote the request. */
union message {
	struct nlmsghdr header;
	char bytes[4096];
};

int rtnl_open(void)
{
	return socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
}

/* Sends a request, in whose place there is the answer then. */
static int exchange(int fd, union message *message)
{
	ssize_t len;

	message->header.nlmsg_flags |= NLM_F_REQUEST;
	do
		len = send(fd, message, message->header.nlmsg_len, 0);
	while (len < 0 && errno == EINTR);
	if (len < 0)
		return -1;
	do
		len = recv(fd, message, sizeof(*message), 0);
	while (len < 0 && errno == EINTR);
	if (len < 0)
		return -1;
	if (mnl_nlmsg_ok(&message->header, (int)len))
		return 0;
	errno = EPROTO;
	return -1;
}

/* The answer is an errno, as mnl_cb_run() sets it; 0 of it is all well. */
static int transact(int fd, union message *message)
{
	const struct nlmsgerr *answer;

	message->header.nlmsg_flags |= NLM_F_ACK;
	if (exchange(fd, message) < 0)
		return -1;
	if (message->header.nlmsg_type != NLMSG_ERROR ||
	    mnl_nlmsg_get_payload_len(&message->header) < sizeof(answer->error)) {
		errno = EPROTO;
		return -1;
	}
	answer = mnl_nlmsg_get_payload(&message->header);
	errno = -answer->error;
	return answer->error ? -1 : 0;
}

static struct nlmsghdr *begin(union message *message, int type, int flags, const void *body,
			      size_t size)
{
	struct nlmsghdr *header;

	/* What stands between attributes goes to the kernel, too. */
	memset(message, 0, sizeof(*message));
	header = mnl_nlmsg_put_header(message);
	header->nlmsg_type = (uint16_t)type;
	header->nlmsg_flags = (uint16_t)flags;
	memcpy(mnl_nlmsg_put_extra_header(header, size), body, size);
	return header;
}

static void put_address(struct nlmsghdr *header, int attr, const struct address *address)
{
	if (address->any.sa_family == AF_INET)
		mnl_attr_put(header, (uint16_t)attr, 4, &address->in.sin_addr);
	else
		mnl_attr_put(header, (uint16_t)attr, 16, &address->in6.sin6_addr);
}

int rtnl_link_up(int fd, int ifindex, bool up)
{
	struct ifinfomsg link = {
		.ifi_index = ifindex, .ifi_flags = up ? IFF_UP : 0, .ifi_change = IFF_UP};
	union message message;

	begin(&message, RTM_NEWLINK, 0, &link, sizeof(link));
	return transact(fd, &message);
}

int rtnl_link_mtu(int fd, int ifindex, int mtu)
{
	struct ifinfomsg link = {.ifi_index = ifindex};
	union message message;
	struct nlmsghdr *header = begin(&message, RTM_NEWLINK, 0, &link, sizeof(link));

	mnl_attr_put_u32(header, IFLA_MTU, (uint32_t)mtu);
	return transact(fd, &message);
}

int rtnl_address(int fd, int ifindex, const struct address *address, unsigned prefix)
{
	struct ifaddrmsg body = {.ifa_family = (unsigned char)address->any.sa_family,
				 .ifa_prefixlen = (unsigned char)prefix,
				 /* Else the kernel asks the link whether it is taken, by itself. */
				 .ifa_flags = IFA_F_NODAD,
				 .ifa_index = (unsigned)ifindex};
	union message message;
	struct nlmsghdr *header =
		begin(&message, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, &body, sizeof(body));

	put_address(header, IFA_LOCAL, address);
	put_address(header, IFA_ADDRESS, address);
	if (address->any.sa_family == AF_INET) {
		uint32_t all = address->in.sin_addr.s_addr | htonl(0xffffffff >> prefix);

		/* Explicitly: a TUN device would have none. */
		mnl_attr_put_u32(header, IFA_BROADCAST, all);
	}
	return transact(fd, &message);
}

/* Whether packets to it are this host's own; -1 with errno set. */
static int is_local(int fd, const void *what)
{
	const struct address *address = what;
	bool v4 = address->any.sa_family == AF_INET;
	struct rtmsg body = {.rtm_family = (unsigned char)address->any.sa_family,
			     .rtm_dst_len = v4 ? 32 : 128};
	const struct rtmsg *route;
	union message message;
	struct nlmsghdr *header = begin(&message, RTM_GETROUTE, 0, &body, sizeof(body));

	put_address(header, RTA_DST, address);
	if (exchange(fd, &message) < 0)
		return -1;
	/* Else an error: there is no way to it at all. */
	route = mnl_nlmsg_get_payload(&message.header);
	return message.header.nlmsg_type == RTM_NEWROUTE && route->rtm_type == RTN_LOCAL;
}

/* Whether the link of this index is; -1 with errno set. */
static int is_up(int fd, const void *what)
{
	const int *ifindex = what;
	struct ifinfomsg link = {.ifi_index = *ifindex};
	union message message;
	struct nlmsghdr *header = begin(&message, RTM_GETLINK, 0, &link, sizeof(link));
	const struct nlattr *attr;

	mnl_attr_put_u32(header, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
	if (exchange(fd, &message) < 0)
		return -1;
	if (message.header.nlmsg_type != RTM_NEWLINK) {
		errno = ENODEV;
		return -1;
	}
	mnl_attr_for_each (attr, &message.header, sizeof(link))
		if (mnl_attr_get_type(attr) == IFLA_OPERSTATE)
			return mnl_attr_get_u8(attr) == IF_OPER_UP;
	return 1;
}

/* Until what is asked for holds. No event tells of all of it. */
static int await(int fd, int (*holds)(int fd, const void *what), const void *what)
{
	int looks, result = 0;

	for (looks = 0; looks < AWAIT_LOOKS && result == 0; looks++) {
		/* The kernel's thread may need this processor, and no more. */
		if (looks > AWAIT_YIELDS)
			pause_us(AWAIT_STEP_US);
		else if (looks)
			sched_yield();
		result = holds(fd, what);
	}
	if (result == 0)
		errno = ETIMEDOUT;
	return result > 0 ? 0 : -1;
}

int rtnl_await_local(int fd, const struct address *address)
{
	return await(fd, is_local, address);
}

int rtnl_await_up(int fd, int ifindex)
{
	return await(fd, is_up, &ifindex);
}

int rtnl_veth(int fd, const char *name, const char *peer, int peer_net)
{
	struct ifinfomsg link = {0};
	union message message;
	struct nlmsghdr *header =
		begin(&message, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &link, sizeof(link));
	struct nlattr *info, *data, *other;

	mnl_attr_put_strz(header, IFLA_IFNAME, name);
	info = mnl_attr_nest_start(header, IFLA_LINKINFO);
	mnl_attr_put_strz(header, IFLA_INFO_KIND, "veth");
	data = mnl_attr_nest_start(header, IFLA_INFO_DATA);
	other = mnl_attr_nest_start(header, VETH_INFO_PEER);
	memcpy(mnl_nlmsg_put_extra_header(header, sizeof(link)), &link, sizeof(link));
	mnl_attr_put_strz(header, IFLA_IFNAME, peer);
	mnl_attr_put_u32(header, IFLA_NET_NS_FD, (uint32_t)peer_net);
	mnl_attr_nest_end(header, other);
	mnl_attr_nest_end(header, data);
	mnl_attr_nest_end(header, info);
	return transact(fd, &message);
}

int rtnl_route(int fd, const struct rtnl_route *route)
{
	struct rtmsg body = {
		.rtm_family = (unsigned char)route->family,
		.rtm_dst_len = (unsigned char)route->prefix,
		.rtm_table = route->table,
		.rtm_protocol = route->protocol,
		.rtm_scope = route->scope,
		.rtm_type = route->type,
	};
	union message message;
	struct nlmsghdr *header =
		begin(&message, RTM_NEWROUTE, NLM_F_REPLACE | NLM_F_CREATE, &body, sizeof(body));
	struct nlattr *metrics;

	if (route->to.len)
		put_address(header, RTA_DST, &route->to);
	mnl_attr_put_u32(header, RTA_OIF, (uint32_t)route->ifindex);
	if (route->source.len)
		put_address(header, RTA_PREFSRC, &route->source);
	if (route->priority)
		mnl_attr_put_u32(header, RTA_PRIORITY, route->priority);
	metrics = mnl_attr_nest_start(header, RTA_METRICS);
	if (route->quickack)
		mnl_attr_put_u32(header, RTAX_QUICKACK, 1);
	if (route->rto_min_ms) {
		/* The kernel minds it only where it is locked: tcp_rto_min(). */
		mnl_attr_put_u32(header, RTAX_LOCK, 1U << RTAX_RTO_MIN);
		mnl_attr_put_u32(header, RTAX_RTO_MIN, route->rto_min_ms);
	}
	mnl_attr_nest_end(header, metrics);
	return transact(fd, &message);
}
