/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/private.h"

#include <arpa/inet.h>
#include <linux/rtnetlink.h>
#include <sched.h>
#include <unistd.h>

#include "base/grow.h"
#include "lab/namespace.h"
#include "lab/rtnl.h"
#include "net/interface.h"

/* The kernel's own routes to this machine. */
static const struct {
	int family;
	const char *to;
	unsigned prefix;
} routes[] = {
	{AF_INET, "127.0.0.0", 8},
	{AF_INET, "127.0.0.1", 32},
	{AF_INET6, "::1", 128},
};

static struct address address_of(int family, const char *text)
{
	unsigned char bytes[sizeof(struct in6_addr)];

	inet_pton(family, text, bytes);
	return address_make(family, bytes, 0, 0);
}

/*
 * On loopback the peer's kernel may hold an acknowledgement back for 40 ms; a route attribute
 * makes it come at once, before the call that caused it returns.
 */
static int acknowledge_at_once(int fd, int lo)
{
	size_t i;

	for (i = 0; i < COUNT_OF(routes); i++) {
		bool v4 = routes[i].family == AF_INET;
		struct rtnl_route route = {
			.to = address_of(routes[i].family, routes[i].to),
			.family = routes[i].family,
			.prefix = routes[i].prefix,
			.ifindex = lo,
			.table = RT_TABLE_LOCAL,
			.protocol = RTPROT_KERNEL,
			.scope = v4 ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE,
			.type = RTN_LOCAL,
			.quickack = true,
		};

		if (v4)
			route.source = address_of(AF_INET, "127.0.0.1");
		/* A machine without IPv6 has no such route. */
		if (rtnl_route(fd, &route) < 0 && v4)
			return -1;
	}
	return 0;
}

int private_loopback(int route, struct error *err)
{
	int lo = (int)interface_index(route, "lo");

	if (!lo)
		return error_errno(err, "ioctl of lo");
	if (rtnl_link_up(route, lo, true) < 0)
		return error_errno(err, "rtnetlink, loopback");
	if (acknowledge_at_once(route, lo) < 0)
		return error_errno(err, "rtnetlink, the routes of loopback");
	return 0;
}

static int take_up_loopback(struct error *err)
{
	int route = rtnl_open(), result;

	if (route < 0)
		return error_errno(err, "rtnetlink, socket");
	result = private_loopback(route, err);
	close(route);
	return result;
}

int private_enter(struct error *err)
{
	struct error cause;

	if (namespace_user(CLONE_NEWNET, &cause) < 0 || take_up_loopback(&cause) < 0)
		return error_set(err, "no private network: %s", cause.text);
	return 0;
}

int private_renew(struct error *err)
{
	struct error cause;

	if (unshare(CLONE_NEWNET) < 0)
		error_errno(&cause, "unshare");
	else if (take_up_loopback(&cause) == 0)
		return 0;
	return error_set(err, "no private network: %s", cause.text);
}
