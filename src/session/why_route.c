/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/why_parts.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "names/words.h"
#include "session/evidence.h"
#include "session/there.h"

/* With {host}, {addresses} of its family, {way}, {neighbour} and {kind}, as far as known. */
struct where {
	const struct address *to;
	const struct route *route;
	const struct address *neighbour;
	const char *kind;
};

static bool say_where(struct cause *cause, const char *key, const struct where *where)
{
	struct buf host = {0}, addresses = {0}, way = {0}, neighbour = {0};
	struct address plain = address_unmapped(where->to);

	address_print_host(&host, where->to);
	there_addresses(cause, plain.any.sa_family, &addresses);
	if (where->route)
		evidence_way(where->route, &way);
	if (where->neighbour)
		address_print_host(&neighbour, where->neighbour);
	words_fill(cause->out, key, "host", buf_text(&host), "addresses",
		   addresses.len ? addresses.data : words("fds.none"), "way", buf_text(&way),
		   "neighbour", buf_text(&neighbour), "kind", where->kind ? where->kind : "", NULL);
	buf_free(&host);
	buf_free(&addresses);
	buf_free(&way);
	buf_free(&neighbour);
	return true;
}

/* Where it goes; NULL: nowhere, or by another way than the table of routes alone says. */
static const struct address *routed(const struct cause *cause)
{
	const struct address *to = cause_destination(cause);

	if (!to || !cause->known || cause->known->now->ifindex || cause_accepts(cause))
		return NULL;
	return to->any.sa_family == AF_INET || to->any.sa_family == AF_INET6 ? to : NULL;
}

bool why_network_unreachable(struct cause *cause)
{
	const struct address *to = routed(cause);
	struct route route;
	struct where where = {.to = to};
	int found;

	if (!to)
		return false;
	found = there_route(cause, to, &route);
	if (found == ENETUNREACH)
		return say_where(cause,
				 there_is_alone(cause, address_unmapped(to).any.sa_family)
					 ? "ENETUNREACH.alone"
					 : "ENETUNREACH.none",
				 &where);
	if (found != 0)
		return false;
	if (cause_is_stream(cause) &&
	    (route.kind == RTN_BROADCAST || route.kind == RTN_MULTICAST)) {
		where.kind = route.kind == RTN_BROADCAST ? "broadcast" : "multicast";
		return say_where(cause, "ENETUNREACH.many", &where);
	}
	where.route = &route;
	return route.kind == RTN_UNICAST && say_where(cause, "ENETUNREACH.icmp", &where);
}

bool why_host_unreachable(struct cause *cause)
{
	const struct address *to = routed(cause);
	struct address next;
	struct route route;
	struct where where = {.to = to, .route = &route};
	int found;

	if (!to)
		return false;
	found = there_route(cause, to, &route);
	if (found == EHOSTUNREACH) {
		where.route = NULL;
		return say_where(cause, "EHOSTUNREACH.route", &where);
	}
	if (found != 0 || route.kind != RTN_UNICAST)
		return false;
	next = route.gateway.len ? route.gateway : address_unmapped(to);
	where.neighbour = &next;
	return say_where(cause,
			 there_neighbour_failed(cause, &next, route.ifindex)
				 ? "EHOSTUNREACH.neighbour"
				 : "EHOSTUNREACH.icmp",
			 &where);
}

bool why_network_down(struct cause *cause)
{
	char name[IF_NAMESIZE];
	int ifindex = cause->known ? cause->known->now->ifindex : 0;

	if (cause->address.any.sa_family == AF_PACKET &&
	    cause->address.len >= sizeof(struct sockaddr_ll))
		ifindex = ((const struct sockaddr_ll *)cause->address.bytes)->sll_ifindex;
	if (!there_interface_down(cause, ifindex, name))
		return false;
	words_fill(cause->out, "ENETDOWN.interface", "interface", name, NULL);
	return true;
}

bool why_no_device(struct cause *cause)
{
	struct buf interfaces = {0};
	bool known;

	/* Of what makes descriptors it is a device of the kernel's own. */
	if (cause->job->call->result == RESULT_FD)
		return false;
	there_interfaces(cause, &interfaces);
	known = interfaces.len > 0;
	if (known)
		words_fill(cause->out, "ENODEV.named", "interfaces", buf_text(&interfaces), NULL);
	buf_free(&interfaces);
	return known;
}
