/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_KERNEL_ROUTE_H
#define SOCKSTEP_KERNEL_ROUTE_H

#include <net/if.h>

#include "base/failure.h"
#include "net/address.h"

/*
 * What the kernel of this network namespace would do with a packet: rtnetlink(7), asked for
 * explanations alone. A route that forbids is told by its errno, as a call would be.
 */
struct route {
	int kind;                    /* RTN_UNICAST, RTN_LOCAL, RTN_BROADCAST … */
	char interface[IF_NAMESIZE]; /* empty: none */
	int ifindex;
	struct address gateway; /* len 0: none, the destination is on the link */
	unsigned mtu;           /* of the route, or else of the interface; 0: not known */
};

/*
 * Both tell in FAILURE (NULL is let pass) of a call of our own that failed.
 *
 * Returns 0, or the errno: ENETUNREACH (no route), EHOSTUNREACH (one of kind unreachable), EACCES
 * (prohibit), EINVAL (blackhole); -1 where the kernel could not be asked.
 */
int route_find(const struct address *to, struct route *out, struct failure *failure);

/* Whether the neighbour at an address of that interface was asked for (ARP, neighbour discovery)
 * and did not answer; false where that is not known. */
bool route_neighbour_failed(const struct address *neighbour, int ifindex, struct failure *failure);

/*
 * One message RTM_NEWROUTE (the bytes after struct nlmsghdr). Pure. Fills kind, ifindex, gateway
 * and the route's own mtu. Returns 0, or -1 where the bytes make no sense.
 */
int route_parse(const void *bytes, size_t len, struct route *out);

#endif
