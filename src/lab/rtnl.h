/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_LAB_RTNL_H
#define SOCKSTEP_LAB_RTNL_H

#include <stdbool.h>
#include <stdint.h>

#include "net/address.h"

/*
 * Requests to rtnetlink(7), one after another, each waited for. FD is a NETLINK_ROUTE socket of
 * the namespace that is meant. Each returns 0, or -1 with errno set as the kernel answered.
 */
int rtnl_open(void); /* in the caller's namespace; close-on-exec; -1 with errno set */

int rtnl_link_up(int fd, int ifindex, bool up);
int rtnl_link_mtu(int fd, int ifindex, int mtu);
int rtnl_address(int fd, int ifindex, const struct address *address, unsigned prefix);

/*
 * Waits until the kernel takes packets to this address of its own: it finishes an IPv6 address in a
 * thread of its own, and drops what comes before. Not for ever.
 */
int rtnl_await_local(int fd, const struct address *address);

/*
 * Waits until a link is up in the kernel's own view (RFC 2863, ifOperStatus), which a thread of its
 * own brings about: IPv6 tells the others of its groups anew then. Not for ever.
 */
int rtnl_await_up(int fd, int ifindex);

/* A pair of interfaces: NAME here, PEER in the namespace PEER_NET (a descriptor). */
int rtnl_veth(int fd, const char *name, const char *peer, int peer_net);

struct rtnl_route {
	struct address to; /* len 0: the default route, of `family` */
	int family;
	unsigned prefix;
	int ifindex;
	struct address source;                      /* preferred; len 0: none */
	unsigned char table, protocol, scope, type; /* RT_TABLE_… RTPROT_… RT_SCOPE_… RTN_… */
	/* Metrics; 0: the kernel's default. */
	bool quickack;
	uint32_t rto_min_ms;
	uint32_t priority;
};

/* Adds the route, or takes the place of the one that is there. */
int rtnl_route(int fd, const struct rtnl_route *route);

#endif
