/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/why_parts.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "calls/kinds.h"
#include "kernel/limits.h"
#include "names/words.h"
#include "session/evidence.h"
#include "session/there.h"

/* What a user namespace shows of a group that it does not know. */
#define NO_GROUP 65534

/* Which kind of holder it is decides what would help. */
static const char *holder_key(const struct holder *holder)
{
	if (holder->endpoint.family == AF_UNIX)
		return "EADDRINUSE.unix";
	switch (holder->endpoint.state) {
	case STATE_TIME_WAIT:
		return "EADDRINUSE.time-wait";
	case STATE_LISTEN:
		return "EADDRINUSE.listener";
	case STATE_CLOSED:
	case STATE_UNCONNECTED:
		return "EADDRINUSE.bound";
	default:
		return "EADDRINUSE.connection";
	}
}

static void say_holder(struct cause *cause, const struct holder *holder)
{
	struct buf address = {0}, who = {0};
	char seconds[CAUSE_NUMBER];

	address_print(&address, &holder->endpoint.local);
	evidence_whose(cause->job->owner, holder, &who);
	words_fill(cause->out, holder_key(holder), "fd", cause->fd, "address", buf_text(&address),
		   "state", endpoint_state_name(holder->endpoint.state), "whose", buf_text(&who),
		   "seconds",
		   cause_number(seconds, (holder->endpoint.timer.expires_ms + 999) / 1000), NULL);
	buf_free(&address);
	buf_free(&who);
}

static bool why_path_in_use(struct cause *cause, const struct address *address)
{
	struct buf what = {0}, text = {0};
	struct holder holder = {0};
	enum unix_life life;
	bool said = true;

	life = evidence_unix_life(address, &what, &cause->session->failure);
	if (life == UNIX_UNKNOWN || life == UNIX_LIVES)
		holder = evidence_unix_holder(cause->session, cause->job->owner, address,
					      cause_unix_type(cause, address), cause->known->key);
	if (holder.found) {
		say_holder(cause, &holder);
		return true;
	}
	switch (life) {
	case UNIX_LIVES:
		cause_say_address(cause, "EADDRINUSE.living", address);
		break;
	case UNIX_DEAD:
		cause_say_address(cause, "EADDRINUSE.stale", address);
		break;
	case UNIX_NO_SOCKET:
		address_print(&text, address);
		words_fill(cause->out, "EADDRINUSE.file", "address", buf_text(&text), "what",
			   buf_text(&what), NULL);
		break;
	default:
		said = false;
	}
	buf_free(&what);
	buf_free(&text);
	return said;
}

/* The kernel was to choose a port, and found none. */
static bool why_no_port(struct cause *cause)
{
	char low[CAUSE_NUMBER], high[CAUSE_NUMBER];
	long range[2];

	if (!there_numbers(cause, "/proc/sys/net/ipv4/ip_local_port_range", range, 2))
		return false;
	words_fill(cause->out, "EADDRINUSE.ports", "low", cause_number(low, range[0]), "high",
		   cause_number(high, range[1]), NULL);
	return true;
}

bool why_in_use(struct cause *cause)
{
	const struct address *address = &cause->address;
	struct holder holder;
	int v6only;

	if (!cause->known || cause_call_is(cause, "setsockopt"))
		return false;
	if (cause_call_is(cause, "connect"))
		return cause_say(cause, "EADDRINUSE.connect");
	if (cause_call_is(cause, "listen"))
		address = &cause->known->now->local;
	if (cause_is_unix(cause))
		return why_path_in_use(cause, address);
	if (!address_port(address))
		return why_no_port(cause);
	holder = evidence_holder(cause->session, cause->known, address,
				 cause_option(cause, IPPROTO_IPV6, IPV6_V6ONLY, &v6only) && v6only);
	if (!holder.found)
		return false;
	say_holder(cause, &holder);
	return true;
}

static bool why_port(struct cause *cause)
{
	char port[CAUSE_NUMBER], limit[CAUSE_NUMBER];
	long first;

	if (!there_number(cause, "/proc/sys/net/ipv4/ip_unprivileged_port_start", &first) ||
	    address_port(&cause->address) >= first)
		return false;
	words_fill(cause->out, "EACCES.port", "n",
		   cause_number(port, address_port(&cause->address)), "limit",
		   cause_number(limit, first), NULL);
	return true;
}

static const char *obstacle_key(const struct obstacle *obstacle)
{
	switch (obstacle->trouble) {
	case PATH_NO_SEARCH:
		return "EACCES.search";
	case PATH_NO_MAKE:
		return "EACCES.directory";
	case PATH_NO_WRITE:
		return "EACCES.file";
	case PATH_MISSING:
		return obstacle->directory ? "ENOENT.directory" : "ENOENT.missing";
	case PATH_NOT_DIR:
		return "ENOTDIR.part";
	default:
		return NULL;
	}
}

/* What of the path stands in the way, if it fits what the kernel said. */
static bool why_path(struct cause *cause, int error)
{
	static const int errors[] = {[PATH_MISSING] = ENOENT,
				     [PATH_NOT_DIR] = ENOTDIR,
				     [PATH_NO_SEARCH] = EACCES,
				     [PATH_NO_MAKE] = EACCES,
				     [PATH_NO_WRITE] = EACCES};
	bool making = cause_call_is(cause, "bind");
	struct obstacle obstacle;
	char path[EVIDENCE_PATH];

	if (cause->address.any.sa_family != AF_UNIX)
		return false;
	evidence_path_of(&cause->address, path);
	if (!path[0])
		return false;
	obstacle = evidence_path(path, making, &cause->session->failure);
	if (errors[obstacle.trouble] != error)
		return false;
	/* That bind makes no directories does not matter to connect. */
	if (obstacle.trouble == PATH_MISSING && !making)
		obstacle.directory = false;
	words_fill(cause->out, obstacle_key(&obstacle), "path", obstacle.path, "owner",
		   obstacle.owner, "mode", obstacle.mode, NULL);
	return true;
}

bool why_missing(struct cause *cause)
{
	return why_not_in_set(cause) || (cause->address.len && why_path(cause, ENOENT));
}

bool why_no_directory(struct cause *cause)
{
	return cause->address.len && why_path(cause, ENOTDIR);
}

static bool why_ping(struct cause *cause)
{
	struct buf range = {0};
	long groups[2];

	if (!(cause_value(cause, &kind_protocol, 0) == IPPROTO_ICMP ||
	      cause_value(cause, &kind_protocol, 0) == IPPROTO_ICMPV6) ||
	    !there_numbers(cause, "/proc/sys/net/ipv4/ping_group_range", groups, 2) ||
	    groups[0] == NO_GROUP || groups[1] == NO_GROUP)
		return false;
	buf_printf(&range, "%ld %ld", groups[0], groups[1]);
	words_fill(cause->out, groups[0] > groups[1] ? "EACCES.ping-nobody" : "EACCES.ping",
		   "range", buf_text(&range), NULL);
	buf_free(&range);
	return true;
}

static bool say_host(struct cause *cause, const char *key, const struct address *to)
{
	struct buf host = {0};

	address_print_host(&host, to);
	words_fill(cause->out, key, "fd", cause->fd, "host", buf_text(&host), "address",
		   buf_text(&host), NULL);
	buf_free(&host);
	return true;
}

/* A broadcast address, or a route that forbids. */
static bool why_forbidden(struct cause *cause)
{
	const struct address *to = cause_destination(cause);
	struct route route;
	int allowed, found;

	if (!to)
		return false;
	found = there_route(cause, to, &route);
	if (found == EACCES)
		return say_host(cause, "EACCES.prohibit", to);
	if (found == 0 && route.kind == RTN_BROADCAST &&
	    cause_option(cause, SOL_SOCKET, SO_BROADCAST, &allowed) && !allowed)
		return say_host(cause, "EACCES.broadcast", to);
	return false;
}

bool why_access(struct cause *cause)
{
	if (cause_call_is(cause, "socket"))
		return why_ping(cause);
	if (!cause->known)
		return false;
	if (cause->address.len && cause->address.any.sa_family == AF_UNIX)
		return why_path(cause, EACCES);
	if (cause_call_is(cause, "bind"))
		return why_port(cause);
	if (why_option_forbidden(cause))
		return true;
	return (cause_sends(cause) || cause_call_is(cause, "connect")) && why_forbidden(cause);
}

/* bind: the address is none of this network's. */
static bool why_not_own(struct cause *cause)
{
	struct buf host = {0}, addresses = {0};
	bool known;

	if (there_has_address(cause, &cause->address))
		return false;
	known = there_addresses(cause, cause->address.any.sa_family, &addresses);
	address_print_host(&host, &cause->address);
	if (known)
		words_fill(cause->out, "EADDRNOTAVAIL.none", "host", buf_text(&host), "addresses",
			   buf_text(&addresses), NULL);
	buf_free(&host);
	buf_free(&addresses);
	return known;
}

/* connect: all the ports that the kernel chooses from are taken, to this destination. */
static bool why_ports_taken(struct cause *cause)
{
	char room[4][CAUSE_NUMBER];
	struct buf address = {0};
	struct ports ports;
	long range[2], count;

	if (cause->known->now->protocol != IPPROTO_TCP ||
	    !there_numbers(cause, "/proc/sys/net/ipv4/ip_local_port_range", range, 2))
		return false;
	ports = (struct ports){.low = range[0], .high = range[1]};
	if (!evidence_ports(cause->session, cause->job->owner, &cause->address, &ports))
		return false;
	count = ports.high - ports.low + 1;
	/* The kernel tries them all, unless the limit was changed since. */
	if (ports.taken < count)
		return false;
	address_print(&address, &cause->address);
	words_fill(cause->out, "EADDRNOTAVAIL.ports", "address", buf_text(&address), "n",
		   cause_number(room[0], count), "low", cause_number(room[1], ports.low), "high",
		   cause_number(room[2], ports.high), "waiting",
		   cause_number(room[3], ports.waiting), NULL);
	buf_free(&address);
	return true;
}

/* connect: from the port that it is bound to there is a connection to the same place. */
static bool why_same_connection(struct cause *cause)
{
	int port = address_port(&cause->known->now->local);
	struct buf local = {0}, address = {0}, who = {0};
	struct holder holder;

	if (cause->known->now->protocol != IPPROTO_TCP || !port)
		return false;
	holder = evidence_connection(cause->session, cause->job->owner, port, &cause->address);
	if (!holder.found)
		return false;
	address_print(&local, &holder.endpoint.local);
	address_print(&address, &cause->address);
	evidence_whose(cause->job->owner, &holder, &who);
	words_fill(cause->out, "EADDRNOTAVAIL.same", "local", buf_text(&local), "address",
		   buf_text(&address), "whose", buf_text(&who), "state",
		   endpoint_state_name(holder.endpoint.state), NULL);
	buf_free(&local);
	buf_free(&address);
	buf_free(&who);
	return true;
}

bool why_not_available(struct cause *cause)
{
	if (!cause->known || !cause->address.len)
		return false;
	if (cause_call_is(cause, "connect"))
		return why_same_connection(cause) || why_ports_taken(cause);
	return cause_call_is(cause, "bind") && why_not_own(cause);
}
