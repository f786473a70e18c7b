/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/why_parts.h"

#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "calls/carried.h"
#include "calls/kinds.h"
#include "names/words.h"
#include "session/evidence.h"
#include "session/there.h"

/* The least that the kernel takes as a whole address. */
static socklen_t whole_address(int family)
{
	switch (family) {
	case AF_INET:
		return sizeof(struct sockaddr_in);
	case AF_INET6:
		return offsetof(struct sockaddr_in6, sin6_scope_id);
	default:
		return sizeof(sa_family_t);
	}
}

static bool why_short(struct cause *cause)
{
	int family = cause->address.any.sa_family;
	char len[CAUSE_NUMBER], size[CAUSE_NUMBER];
	struct buf name = {0};

	names_print(&name, &names_family, family);
	words_fill(cause->out, "EINVAL.length", "n", cause_number(len, cause->address.len), "size",
		   cause_number(size, whole_address(family)), "family", buf_text(&name), NULL);
	buf_free(&name);
	return true;
}

static bool say_families(struct cause *cause, const char *key)
{
	struct buf own = {0}, other = {0};

	names_print(&own, &names_family, cause->known->now->family);
	names_print(&other, &names_family, cause->address.any.sa_family);
	words_fill(cause->out, key, "fd", cause->fd, "family", buf_text(&own), "other",
		   buf_text(&other), NULL);
	buf_free(&own);
	buf_free(&other);
	return true;
}

static bool other_family(const struct cause *cause)
{
	return cause->known && cause->address.len >= sizeof(sa_family_t) &&
	       cause->address.any.sa_family != AF_UNSPEC &&
	       cause->address.any.sa_family != cause->known->now->family;
}

bool why_family(struct cause *cause)
{
	struct buf name = {0}, families = {0};
	bool known = false;

	if (other_family(cause))
		return say_families(cause, "EAFNOSUPPORT.address");
	if (cause_value(cause, &kind_domain, -1) < 0)
		return false;
	names_print(&name, &names_family, cause_value(cause, &kind_domain, 0));
	known = evidence_families(&families, &cause->session->failure);
	if (known)
		words_fill(cause->out, "EAFNOSUPPORT.families", "family", buf_text(&name),
			   "families", buf_text(&families), NULL);
	buf_free(&name);
	buf_free(&families);
	return known;
}

/* From a loopback address nothing leaves the machine. */
static bool from_loopback(const struct cause *cause)
{
	return cause->known->now->family == AF_INET &&
	       address_is_loopback(&cause->known->now->local) &&
	       !address_is_loopback(&cause->address) && !address_is_any(&cause->address) &&
	       !there_has_address(cause, &cause->address);
}

static bool why_blackhole(struct cause *cause)
{
	const struct address *to = cause_destination(cause);
	struct buf host = {0};
	struct route route;

	if (!to || there_route(cause, to, &route) != EINVAL)
		return false;
	address_print_host(&host, to);
	words_fill(cause->out, "EINVAL.blackhole", "host", buf_text(&host), NULL);
	buf_free(&host);
	return true;
}

/* connect, sendto: what is wrong with where it goes. */
static bool why_invalid_destination(struct cause *cause)
{
	if (cause->known->now->family != AF_INET && cause->known->now->family != AF_INET6)
		return false;
	if (cause_sends(cause) && cause->address.len && !address_port(&cause->address) &&
	    cause->known->now->protocol == IPPROTO_UDP)
		return cause_say(cause, "EINVAL.port-zero");
	if (cause->address.len && from_loopback(cause))
		return cause_say_address(cause, "EINVAL.loopback", &cause->known->now->local);
	return why_blackhole(cause);
}

static bool why_invalid_address(struct cause *cause)
{
	if (other_family(cause))
		return say_families(cause, "EINVAL.family");
	if (cause->address.len < whole_address(cause->known->now->family))
		return why_short(cause);
	if (cause->address.any.sa_family == AF_INET6 &&
	    IN6_IS_ADDR_LINKLOCAL(&cause->address.in6.sin6_addr) &&
	    !cause->address.in6.sin6_scope_id)
		return cause_say(cause, "EINVAL.scope");
	return false;
}

static bool why_cannot_listen(struct cause *cause)
{
	if (cause_is_unix(cause) && cause_state(cause) == STATE_UNCONNECTED)
		return !cause->known->now->local.len ||
				       cause->known->now->local.len == sizeof(sa_family_t)
			       ? cause_say(cause, "EINVAL.listen-unbound")
			       : false;
	return cause->known->ever_connected && cause_say(cause, "EINVAL.connected");
}

static bool why_cannot_receive(struct cause *cause)
{
	if (carried_flags(cause->job->call, cause->job->values) & MSG_OOB)
		return cause_say(cause, "EINVAL.oob");
	return cause_is_unix(cause) && cause_is_stream(cause) && !cause->known->ever_connected &&
	       cause_say(cause, "EINVAL.unix-recv");
}

/* The kernel's UIO_MAXIOV. */
static bool why_invalid_count(struct cause *cause)
{
	long count = cause_value(cause, &kind_iovec_len, 0);

	return (count < 0 || count > IOV_MAX) && cause_say_number(cause, "EINVAL.iovcnt", count);
}

bool why_invalid(struct cause *cause)
{
	if (why_invalid_set(cause) || why_invalid_count(cause) || why_invalid_file(cause))
		return true;
	if (!cause->known)
		return false;
	if (cause->address.len && why_invalid_address(cause))
		return true;
	if (cause_call_is(cause, "bind"))
		return cause->known->now->local.len > sizeof(sa_family_t) &&
		       cause_say_address(cause, "EINVAL.bound", &cause->known->now->local);
	if (cause_accepts(cause) && cause_state(cause) != STATE_LISTEN) {
		words_fill(cause->out, "EINVAL.not-listening", "fd", cause->fd, "state",
			   endpoint_state_name(cause_state(cause)), NULL);
		return true;
	}
	if (cause_call_is(cause, "listen"))
		return why_cannot_listen(cause);
	if (cause_receives(cause))
		return why_cannot_receive(cause);
	if (why_option_value(cause))
		return true;
	return (cause_sends(cause) || cause_call_is(cause, "connect")) &&
	       why_invalid_destination(cause);
}
