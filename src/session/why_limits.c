/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/why_parts.h"

#include <linux/if_packet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>

#include "calls/carried.h"
#include "calls/kinds.h"
#include "names/words.h"
#include "session/evidence.h"
#include "session/there.h"

#define UDP_HEADER  8
#define IPV4_HEADER 20
#define IPV6_HEADER 40
#define LARGEST     65535 /* what the length fields of IP and UDP can say */
#define UNIX_KEEPS  32    /* unix_dgram_sendmsg() */

bool why_many_files(struct cause *cause)
{
	char text[CAUSE_NUMBER], number[CAUSE_NUMBER];
	struct buf open = {0};
	int count, own;
	long limit;

	count = evidence_open_fds(cause->job->owner, 8, &open);
	/* Sockstep's own are taken as well, and do not stand in the list. */
	if (!evidence_descriptor_limit(cause->session, cause->job->owner, &limit) ||
	    count + process_owned_below(cause->job->owner->process, limit) < limit) {
		buf_free(&open);
		return false;
	}
	own = process_owned_below(cause->job->owner->process, limit);
	words_fill(cause->out, own ? "EMFILE.limit" : "EMFILE.limit-all", "limit",
		   cause_number(text, limit), "own", cause_number(number, own), "open",
		   buf_text(&open), NULL);
	buf_free(&open);
	/* The connection that was to be taken stays. */
	if (cause_accepts(cause) && cause->known && cause->known->now->accept_length) {
		buf_char(cause->out, ' ');
		words_fill(cause->out, "EMFILE.accept-queue", "fd", cause->fd, "n",
			   cause_number(text, cause->known->now->accept_length), NULL);
	}
	return true;
}

bool why_file_table(struct cause *cause)
{
	char count[CAUSE_NUMBER], most[CAUSE_NUMBER];
	long open, limit;

	if (!evidence_files(cause->session, &open, &limit) || open < limit)
		return false;
	words_fill(cause->out, "ENFILE.limit", "count", cause_number(count, open), "limit",
		   cause_number(most, limit), NULL);
	return true;
}

/* The bytes of the call, as {bytes}, with {limit} and what else is known. */
struct size {
	long asked, limit;
	long mtu, headers;
	const char *interface, *family;
	const struct address *to;
};

static bool say_size(struct cause *cause, const char *key, const struct size *size)
{
	char limit[CAUSE_NUMBER], mtu[CAUSE_NUMBER], headers[CAUSE_NUMBER];
	struct buf bytes = {0}, host = {0};

	cause_bytes(&bytes, size->asked);
	if (size->to)
		address_print_host(&host, size->to);
	words_fill(cause->out, key, "fd", cause->fd, "bytes", buf_text(&bytes), "limit",
		   cause_number(limit, size->limit), "mtu", cause_number(mtu, size->mtu), "headers",
		   cause_number(headers, size->headers), "host", buf_text(&host), "interface",
		   size->interface ? size->interface : "", "family",
		   size->family ? size->family : "", NULL);
	buf_free(&bytes);
	buf_free(&host);
	return true;
}

/* Whether datagrams of this socket may not be cut up; IPv4 and IPv6 have the same values. */
static bool may_not_cut(const struct cause *cause, bool ipv6)
{
	int value;

	return cause_option(cause, ipv6 ? IPPROTO_IPV6 : IPPROTO_IP,
			    ipv6 ? IPV6_MTU_DISCOVER : IP_MTU_DISCOVER, &value) &&
	       value >= IP_PMTUDISC_DO && value != IP_PMTUDISC_OMIT;
}

static bool why_long_udp(struct cause *cause, struct size *size)
{
	const struct address *to = cause_destination(cause);
	struct address plain = to ? address_unmapped(to) : (struct address){0};
	bool ipv6 = plain.any.sa_family == AF_INET6;
	struct route route;

	if (!to)
		return false;
	/* In IPv4 the length counts the header of IP, too; in IPv6 it does not. */
	size->headers = UDP_HEADER + (ipv6 ? IPV6_HEADER : IPV4_HEADER);
	size->limit = LARGEST - UDP_HEADER - (ipv6 ? 0 : IPV4_HEADER);
	size->family = ipv6 ? "IPv6" : "IPv4";
	size->to = to;
	if (size->asked > size->limit)
		return say_size(cause, "EMSGSIZE.udp", size);
	if (!may_not_cut(cause, ipv6) || there_route(cause, &plain, &route) != 0 || !route.mtu)
		return false;
	size->mtu = route.mtu;
	size->limit = size->mtu - size->headers;
	return size->asked > size->limit && say_size(cause, "EMSGSIZE.mtu", size);
}

static bool why_long_unix(struct cause *cause, struct size *size)
{
	int buffer;

	if (!cause_option(cause, SOL_SOCKET, SO_SNDBUF, &buffer))
		return false;
	size->limit = buffer;
	return size->asked > buffer - UNIX_KEEPS && say_size(cause, "EMSGSIZE.buffer", size);
}

bool why_too_long(struct cause *cause)
{
	struct size size = {.asked = carried_asked(cause->job->call, cause->job->values)};

	if (!cause->known || !cause_sends(cause))
		return false;
	if (cause_is_unix(cause))
		return why_long_unix(cause, &size);
	return cause->known->now->protocol == IPPROTO_UDP && why_long_udp(cause, &size);
}

static bool why_memberships(struct cause *cause)
{
	char text[CAUSE_NUMBER];
	long limit;

	if (cause_value(cause, &kind_level, -1) != IPPROTO_IP ||
	    !there_number(cause, "/proc/sys/net/ipv4/igmp_max_memberships", &limit))
		return false;
	switch (cause_value(cause, &kind_option, -1)) {
	case IP_ADD_MEMBERSHIP:
	case IP_ADD_SOURCE_MEMBERSHIP:
	case MCAST_JOIN_GROUP:
	case MCAST_JOIN_SOURCE_GROUP:
		break;
	default:
		return false;
	}
	words_fill(cause->out, "ENOBUFS.memberships", "fd", cause->fd, "limit",
		   cause_number(text, limit), NULL);
	return true;
}

bool why_no_buffer(struct cause *cause)
{
	struct size size = {.asked = carried_asked(cause->job->call, cause->job->values)};
	int buffer;

	if (!cause->known)
		return false;
	if (cause_call_is(cause, "setsockopt"))
		return why_memberships(cause);
	if (!cause_sends(cause) || cause_is_stream(cause) ||
	    !cause_option(cause, SOL_SOCKET, SO_SNDBUF, &buffer))
		return false;
	size.limit = buffer;
	return size.asked > buffer && say_size(cause, "ENOBUFS.buffer", &size);
}
