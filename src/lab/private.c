/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/private.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kernel/limits.h"

#define BUFFER 8192

/* Ubuntu 24.04 lets AppArmor forbid them, Debian had a switch, every kernel has a count. */
static int forbidden(struct error *err)
{
	int cause = errno;
	long value;

	if (limits_number("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", &value, NULL) &&
	    value)
		return error_set(
			err, "no private network: AppArmor forbids user namespaces here; "
			     "remedy: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0");
	if (limits_number("/proc/sys/kernel/unprivileged_userns_clone", &value, NULL) && !value)
		return error_set(err, "no private network: user namespaces are switched off; "
				      "remedy: sudo sysctl kernel.unprivileged_userns_clone=1");
	if (limits_number("/proc/sys/user/max_user_namespaces", &value, NULL) && !value)
		return error_set(err, "no private network: user namespaces are switched off; "
				      "remedy: sudo sysctl user.max_user_namespaces=15000");
	return error_set(err, "no private network: user namespaces cannot be made here: %s",
			 strerror(cause));
}

static int write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t put;
	int saved;

	if (fd < 0)
		return -1;
	do
		put = write(fd, text, strlen(text));
	while (put < 0 && errno == EINTR);
	if (put >= 0 && put != (ssize_t)strlen(text)) {
		errno = EIO;
		put = -1;
	}
	saved = errno;
	close(fd);
	errno = saved;
	return put < 0 ? -1 : 0;
}

/* Outside and inside are the same user, so that files and names mean what they meant. */
static int map_ids(uid_t uid, gid_t gid, struct error *err)
{
	char map[64];

	snprintf(map, sizeof(map), "%u %u 1\n", (unsigned)uid, (unsigned)uid);
	if (write_file("/proc/self/uid_map", map) < 0)
		return error_errno(err,
				   "no private network: cannot open or write /proc/self/uid_map");
	/* user_namespaces(7): without this an ordinary user may not write gid_map. */
	if (write_file("/proc/self/setgroups", "deny") < 0 && errno != ENOENT)
		return error_errno(err,
				   "no private network: cannot open or write /proc/self/setgroups");
	snprintf(map, sizeof(map), "%u %u 1\n", (unsigned)gid, (unsigned)gid);
	if (write_file("/proc/self/gid_map", map) < 0)
		return error_errno(err,
				   "no private network: cannot open or write /proc/self/gid_map");
	return 0;
}

static int loopback_up(struct error *err)
{
	struct ifreq request = {.ifr_name = "lo"};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int result;

	if (fd < 0)
		return error_errno(err, "no private network: socket");
	result = ioctl(fd, SIOCGIFFLAGS, &request);
	request.ifr_flags |= IFF_UP;
	if (result == 0)
		result = ioctl(fd, SIOCSIFFLAGS, &request);
	if (result < 0)
		error_errno(err, "no private network: ioctl on lo");
	close(fd);
	return result;
}

struct local_route {
	int family;
	const char *to;
	unsigned char prefix;
};

static struct nlmsghdr *route_request(void *buffer, const struct local_route *route, unsigned lo,
				      unsigned seq)
{
	struct nlmsghdr *header = mnl_nlmsg_put_header(buffer);
	struct rtmsg *message = mnl_nlmsg_put_extra_header(header, sizeof(*message));
	unsigned char address[sizeof(struct in6_addr)];
	struct nlattr *metrics;

	header->nlmsg_type = RTM_NEWROUTE;
	header->nlmsg_flags = NLM_F_REQUEST | NLM_F_REPLACE | NLM_F_CREATE | NLM_F_ACK;
	header->nlmsg_seq = seq;
	*message = (struct rtmsg){
		.rtm_family = (unsigned char)route->family,
		.rtm_dst_len = route->prefix,
		.rtm_table = RT_TABLE_LOCAL,
		.rtm_protocol = RTPROT_KERNEL,
		.rtm_scope = route->family == AF_INET ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE,
		.rtm_type = RTN_LOCAL,
	};
	inet_pton(route->family, route->to, address);
	mnl_attr_put(header, RTA_DST, route->family == AF_INET ? 4 : 16, address);
	mnl_attr_put_u32(header, RTA_OIF, lo);
	if (route->family == AF_INET) {
		inet_pton(AF_INET, "127.0.0.1", address);
		mnl_attr_put(header, RTA_PREFSRC, 4, address);
	}
	metrics = mnl_attr_nest_start(header, RTA_METRICS);
	mnl_attr_put_u32(header, RTAX_QUICKACK, 1);
	mnl_attr_nest_end(header, metrics);
	return header;
}

/* Returns 0, or -1 with errno set and in *CALL what failed. */
static int change_route(struct mnl_socket *socket, const struct local_route *route, unsigned seq,
			const char **call)
{
	union {
		struct nlmsghdr header;
		char bytes[BUFFER];
	} buffer;
	unsigned lo = if_nametoindex("lo");
	struct nlmsghdr *request;
	ssize_t len;

	*call = "no private network: if_nametoindex of lo";
	if (!lo)
		return -1;
	request = route_request(&buffer, route, lo, seq);
	*call = "no private network: routes: sendto";
	do
		len = mnl_socket_sendto(socket, request, request->nlmsg_len);
	while (len < 0 && errno == EINTR);
	if (len < 0)
		return -1;
	*call = "no private network: routes: recvfrom";
	do
		len = mnl_socket_recvfrom(socket, &buffer, sizeof(buffer));
	while (len < 0 && errno == EINTR);
	if (len < 0)
		return -1;
	*call = "no private network: routes";
	return mnl_cb_run(&buffer, (size_t)len, seq, mnl_socket_get_portid(socket), NULL, NULL);
}

/*
 * On loopback the peer's kernel may hold an acknowledgement back for 40 ms; a route attribute
 * makes it come at once, before the call that caused it returns.
 */
static int acknowledge_at_once(struct error *err)
{
	static const struct local_route routes[] = {
		{AF_INET, "127.0.0.0", 8},
		{AF_INET, "127.0.0.1", 32},
		{AF_INET6, "::1", 128},
	};
	const char *call = "no private network: routes: socket";
	struct mnl_socket *socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	int result = -1;
	unsigned i;

	if (!socket)
		return error_errno(err, call);
	call = "no private network: routes: bind";
	if (mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) < 0)
		goto out;
	for (i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
		/* A machine without IPv6 has no such route. */
		if (change_route(socket, &routes[i], i + 1, &call) < 0 &&
		    routes[i].family == AF_INET)
			goto out;
	result = 0;
out:
	if (result < 0)
		error_errno(err, call);
	mnl_socket_close(socket);
	return result;
}

int private_enter(struct error *err)
{
	uid_t uid = geteuid();
	gid_t gid = getegid();

	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) < 0)
		return forbidden(err);
	if (map_ids(uid, gid, err) < 0 || loopback_up(err) < 0)
		return -1;
	return acknowledge_at_once(err);
}
