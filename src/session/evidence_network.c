/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ifaddrs.h>
#include <netinet/in.h>
#include <string.h>

#include "names/words.h"
#include "session/evidence.h"

/* No more than a person reads. */
#define LISTED 8

static bool is_of(const struct ifaddrs *at, int family)
{
	int own = at->ifa_addr ? at->ifa_addr->sa_family : AF_UNSPEC;

	if (family == AF_UNSPEC)
		return own == AF_INET || own == AF_INET6;
	return own == family;
}

static struct address address_of(const struct ifaddrs *at)
{
	struct address address = {0};

	address.len = at->ifa_addr->sa_family == AF_INET ? sizeof(address.in) : sizeof(address.in6);
	memcpy(address.bytes, at->ifa_addr, address.len);
	return address;
}

bool evidence_addresses(int family, struct buf *out, struct failure *failure)
{
	struct ifaddrs *list, *at;
	int count = 0;

	if (getifaddrs(&list) < 0) {
		failure_note(failure, "getifaddrs");
		return false;
	}
	for (at = list; at && count <= LISTED; at = at->ifa_next) {
		struct address address;

		if (!is_of(at, family))
			continue;
		buf_str(out, count ? ", " : "");
		if (count++ == LISTED) {
			buf_str(out, "...");
			break;
		}
		address = address_of(at);
		address_print_host(out, &address);
		buf_printf(out, " (%s)", at->ifa_name);
	}
	freeifaddrs(list);
	return count > 0;
}

bool evidence_has_address(const struct address *address, struct failure *failure)
{
	struct address wanted = address_unmapped(address);
	struct ifaddrs *list, *at;
	bool found = false;

	if (getifaddrs(&list) < 0) {
		failure_note(failure, "getifaddrs");
		return false;
	}
	for (at = list; at && !found; at = at->ifa_next) {
		struct address own;

		if (!is_of(at, wanted.any.sa_family))
			continue;
		own = address_of(at);
		found = own.any.sa_family == AF_INET
				? own.in.sin_addr.s_addr == wanted.in.sin_addr.s_addr
				: IN6_ARE_ADDR_EQUAL(&own.in6.sin6_addr, &wanted.in6.sin6_addr);
	}
	freeifaddrs(list);
	return found;
}

bool evidence_is_alone(int family, struct failure *failure)
{
	struct ifaddrs *list, *at;
	bool alone = true;

	if (getifaddrs(&list) < 0) {
		failure_note(failure, "getifaddrs");
		return false;
	}
	for (at = list; at && alone; at = at->ifa_next)
		if (is_of(at, family))
			alone = at->ifa_flags & IFF_LOOPBACK;
	freeifaddrs(list);
	return alone;
}

void evidence_interfaces(struct buf *out, struct failure *failure)
{
	struct if_nameindex *list = if_nameindex();
	int i;

	if (!list) {
		failure_note(failure, "if_nameindex");
		return;
	}
	for (i = 0; i < LISTED && list[i].if_index; i++)
		buf_printf(out, "%s%s", i ? ", " : "", list[i].if_name);
	if (list[i].if_index)
		buf_str(out, ", ...");
	if_freenameindex(list);
}

bool evidence_interface_down(int ifindex, char name[IF_NAMESIZE], struct failure *failure)
{
	struct ifaddrs *list, *at;
	bool down = false;

	if (ifindex <= 0)
		return false;
	if (!if_indextoname((unsigned)ifindex, name)) {
		failure_note_unless_answer(failure, "if_indextoname");
		return false;
	}
	if (getifaddrs(&list) < 0) {
		failure_note(failure, "getifaddrs");
		return false;
	}
	for (at = list; at; at = at->ifa_next)
		if (strcmp(at->ifa_name, name) == 0)
			down = !(at->ifa_flags & IFF_UP);
	freeifaddrs(list);
	return down;
}

void evidence_way(const struct route *route, struct buf *out)
{
	struct buf gateway = {0};

	if (route->gateway.len)
		address_print_host(&gateway, &route->gateway);
	words_fill(out, route->gateway.len ? "way.gateway" : "way.link", "interface",
		   route->interface, "gateway", buf_text(&gateway), NULL);
	buf_free(&gateway);
}
