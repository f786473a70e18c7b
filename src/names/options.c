/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "names/options.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "base/grow.h"
#include "names/names.h"

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif

static const struct {
	int level;
	const char *prefix;
} prefixes[] = {
	/* Before SO_, which it begins with. */
	{AF_VSOCK, "SO_VM_SOCKETS_"}, {SOL_SOCKET, "SO_"},     {IPPROTO_TCP, "TCP_"},
	{IPPROTO_IP, "IP_"},          {IPPROTO_IPV6, "IPV6_"}, {IPPROTO_UDP, "UDP_"},
	{SOL_PACKET, "PACKET_"},
};

static const char *prefix_of(int level)
{
	size_t i;

	for (i = 0; i < COUNT_OF(prefixes); i++) {
		if (prefixes[i].level == level)
			return prefixes[i].prefix;
	}
	return NULL;
}

/* The part of an option's name that tells it from the others of its level. */
static const char *stem(const struct option *option)
{
	return option->name +
	       names_prefix(prefix_of(option->level), option->name, strlen(option->name));
}

const struct option *options_find(const char *word, size_t len, int level)
{
	const struct option *option;

	for (option = options; option < options + options_count; option++) {
		if (level != -1 && option->level != level)
			continue;
		if (names_same(option->name, word, len) || names_same(stem(option), word, len))
			return option;
	}
	return NULL;
}

const struct option *options_entry(int level, int value)
{
	const struct option *option;

	for (option = options; option < options + options_count; option++) {
		if (option->level == level && option->value == value)
			return option;
	}
	return NULL;
}

const struct option *options_entry_for(int level, int value, enum option_access access)
{
	const struct option *option, *first = NULL;

	for (option = options; option < options + options_count; option++) {
		if (option->level != level || option->value != value)
			continue;
		if (option->access & access)
			return option;
		if (!first)
			first = option;
	}
	return first;
}

/* Length of the prefix that a word begins with, whichever it is. */
static size_t any_prefix(const char *word, size_t len)
{
	size_t i, n;

	for (i = 0; i < COUNT_OF(prefixes); i++) {
		n = names_prefix(prefixes[i].prefix, word, len);
		if (n)
			return n;
	}
	return 0;
}

const char *options_near(const char *word, size_t len)
{
	size_t skip = any_prefix(word, len);
	/* Twice, so that the right prefix decides between stems that are equally near. */
	int best = 2 * (names_tolerance(len - skip) + 1);
	const struct option *option;
	const char *near = NULL;

	for (option = options; option < options + options_count; option++) {
		const char *base = stem(option);
		int distance =
			2 * names_distance(word + skip, len - skip, base, strlen(base), best);

		if (skip && !names_prefix(prefix_of(option->level), word, len))
			distance++;
		if (distance < best) {
			best = distance;
			near = option->name;
		}
	}
	return near;
}

/* -1 fits any. The first row that fits is it. */
static const struct {
	int family, type, protocol;
	unsigned bit;
} kinds[] = {
	{AF_INET, SOCK_STREAM, 0, ON_TCP4},
	{AF_INET, SOCK_STREAM, IPPROTO_TCP, ON_TCP4},
	{AF_INET, SOCK_STREAM, IPPROTO_MPTCP, ON_TCP4},
	{AF_INET, SOCK_DGRAM, 0, ON_UDP4},
	{AF_INET, SOCK_DGRAM, IPPROTO_UDP, ON_UDP4},
	{AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE, ON_UDP4},
	{AF_INET, SOCK_DGRAM, IPPROTO_ICMP, ON_PING4},
	{AF_INET, SOCK_RAW, -1, ON_RAW4},
	{AF_INET6, SOCK_STREAM, 0, ON_TCP6},
	{AF_INET6, SOCK_STREAM, IPPROTO_TCP, ON_TCP6},
	{AF_INET6, SOCK_STREAM, IPPROTO_MPTCP, ON_TCP6},
	{AF_INET6, SOCK_DGRAM, 0, ON_UDP6},
	{AF_INET6, SOCK_DGRAM, IPPROTO_UDP, ON_UDP6},
	{AF_INET6, SOCK_DGRAM, IPPROTO_UDPLITE, ON_UDP6},
	{AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6, ON_PING6},
	{AF_INET6, SOCK_RAW, -1, ON_RAW6},
	{AF_UNIX, SOCK_STREAM, -1, ON_UNIX_STREAM},
	{AF_UNIX, SOCK_DGRAM, -1, ON_UNIX_DGRAM},
	{AF_UNIX, SOCK_SEQPACKET, -1, ON_UNIX_SEQPACKET},
	{AF_PACKET, -1, -1, ON_PACKET},
	{AF_NETLINK, -1, -1, ON_NETLINK},
	{AF_VSOCK, -1, -1, ON_VSOCK},
	{-1, -1, -1, ON_OTHER},
};

static bool fits(int wanted, int value)
{
	return wanted == -1 || wanted == value;
}

bool options_applies(const struct option *option, int family, int type, int protocol)
{
	size_t i = 0;

	while (!fits(kinds[i].family, family) || !fits(kinds[i].type, type) ||
	       !fits(kinds[i].protocol, protocol))
		i++;
	return option->sockets & kinds[i].bit;
}

const struct option *options_find_on(const char *word, size_t len, int level, int family, int type)
{
	const struct option *option, *best = NULL;
	int most = -1;

	for (option = options; option < options + options_count; option++) {
		bool whole = names_same(option->name, word, len);
		int score;

		if ((level != -1 && option->level != level) ||
		    (!whole && !names_same(stem(option), word, len)))
			continue;
		score = 4 * whole;
		if (family != AF_UNSPEC && options_applies(option, family, type, 0))
			score += 2;
		/* An IPv6 socket knows options of both, and its own mean more. */
		if (family == AF_INET6 && option->level == IPPROTO_IPV6)
			score++;
		if (score > most) {
			most = score;
			best = option;
		}
	}
	return best;
}

/* The first that all bits are there for is taken, as long as any are left. */
static const struct {
	unsigned bits;
	const char *name;
} groups[] = {
	{ON_TCP4 | ON_TCP6 | ON_UDP4 | ON_UDP6 | ON_RAW4 | ON_RAW6 | ON_PING4 | ON_PING6 |
		 ON_UNIX_STREAM | ON_UNIX_DGRAM | ON_UNIX_SEQPACKET | ON_PACKET | ON_NETLINK |
		 ON_VSOCK | ON_OTHER,
	 "any"},
	{ON_TCP4 | ON_UDP4 | ON_RAW4 | ON_PING4, "IPv4"},
	{ON_TCP6 | ON_UDP6 | ON_RAW6 | ON_PING6, "IPv6"},
	{ON_TCP4 | ON_TCP6, "TCP"},
	{ON_UDP4 | ON_UDP6, "UDP"},
	{ON_RAW4 | ON_RAW6, "raw"},
	{ON_PING4 | ON_PING6, "ping"},
	{ON_UNIX_STREAM | ON_UNIX_DGRAM | ON_UNIX_SEQPACKET, "UNIX"},
	{ON_TCP4, "TCP over IPv4"},
	{ON_TCP6, "TCP over IPv6"},
	{ON_UDP4, "UDP over IPv4"},
	{ON_UDP6, "UDP over IPv6"},
	{ON_RAW4, "raw IPv4"},
	{ON_RAW6, "raw IPv6"},
	{ON_PING4, "ping over IPv4"},
	{ON_PING6, "ping over IPv6"},
	{ON_UNIX_STREAM, "UNIX stream"},
	{ON_UNIX_DGRAM, "UNIX datagram"},
	{ON_UNIX_SEQPACKET, "UNIX seqpacket"},
	{ON_PACKET, "packet"},
	{ON_NETLINK, "netlink"},
	{ON_VSOCK, "VSOCK"},
	{ON_OTHER, "some other"},
};

bool options_reports(const struct option *option)
{
	switch (option->type) {
	case OPTION_MREQN:
	case OPTION_MREQ6:
	case OPTION_MREQ_SOURCE:
	case OPTION_GROUP_REQ:
	case OPTION_GROUP_SOURCE_REQ:
	case OPTION_MSFILTER:
	case OPTION_GROUP_FILTER:
		return true;
	default:
		return false;
	}
}

void options_sockets(struct buf *out, const struct option *option)
{
	unsigned left = option->sockets;
	size_t i;

	for (i = 0; i < COUNT_OF(groups); i++) {
		if ((left & groups[i].bits) != groups[i].bits)
			continue;
		buf_printf(out, "%s%s", left == option->sockets ? "" : ", ", groups[i].name);
		left &= ~groups[i].bits;
	}
}
