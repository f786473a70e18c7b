/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/why_parts.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include "calls/carried.h"
#include "calls/kinds.h"
#include "names/words.h"
#include "session/evidence.h"

/* What socket() and socketpair() were asked for, by name. */
struct wanted {
	int domain, type, protocol;
	struct buf family, type_name, protocol_name;
};

static struct wanted wanted_of(const struct cause *cause)
{
	struct wanted wanted = {
		.domain = (int)cause_value(cause, &kind_domain, -1),
		.type = (int)cause_value(cause, &kind_type, 0) & ~(SOCK_NONBLOCK | SOCK_CLOEXEC),
		.protocol = (int)cause_value(cause, &kind_protocol, 0),
	};

	names_print(&wanted.family, &names_family, wanted.domain);
	names_print(&wanted.type_name, &names_type, wanted.type);
	names_print(&wanted.protocol_name, &names_protocol, wanted.protocol);
	return wanted;
}

static void free_wanted(struct wanted *wanted)
{
	buf_free(&wanted->family);
	buf_free(&wanted->type_name);
	buf_free(&wanted->protocol_name);
}

static void say_wanted(struct cause *cause, const char *key, const struct wanted *wanted,
		       const char *field, const char *list)
{
	words_fill(cause->out, key, "family", buf_text(&wanted->family), "type",
		   buf_text(&wanted->type_name), "protocol", buf_text(&wanted->protocol_name),
		   field, list, NULL);
}

static bool is_inet(int domain)
{
	return domain == AF_INET || domain == AF_INET6;
}

/* One of those that need no module, so that trying it changes nothing. */
static bool is_usual(int domain, int protocol)
{
	return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP ||
	       protocol == (domain == AF_INET ? IPPROTO_ICMP : IPPROTO_ICMPV6);
}

static bool say_protocol(struct cause *cause, const struct wanted *wanted)
{
	struct buf list = {0};
	bool said = true;

	if (wanted->domain == AF_UNIX) {
		cause_say(cause, "EPROTONOSUPPORT.unix");
	} else if (!is_inet(wanted->domain)) {
		said = false;
	} else if (is_usual(wanted->domain, wanted->protocol)) {
		said = evidence_types(wanted->domain, wanted->protocol, &list,
				      &cause->session->failure);
		if (said)
			say_wanted(cause, "EPROTONOSUPPORT.goes", wanted, "types", buf_text(&list));
	} else if (evidence_protocols(wanted->domain, wanted->type, &list,
				      &cause->session->failure)) {
		say_wanted(cause, "EPROTONOSUPPORT.takes", wanted, "protocols", buf_text(&list));
	} else {
		say_wanted(cause, "EPROTONOSUPPORT.kernel", wanted, "protocols", "");
	}
	buf_free(&list);
	return said;
}

bool why_no_protocol(struct cause *cause)
{
	struct wanted wanted;
	bool said;

	if (cause_value(cause, &kind_domain, -1) < 0)
		return false;
	wanted = wanted_of(cause);
	said = say_protocol(cause, &wanted);
	free_wanted(&wanted);
	return said;
}

bool why_no_type(struct cause *cause)
{
	struct buf list = {0};
	struct wanted wanted;
	bool said = false;

	if (cause_value(cause, &kind_domain, -1) < 0)
		return false;
	wanted = wanted_of(cause);
	if (is_inet(wanted.domain) || wanted.domain == AF_UNIX)
		said = evidence_types(wanted.domain, 0, &list, &cause->session->failure);
	if (said)
		say_wanted(cause, "ESOCKTNOSUPPORT.types", &wanted, "types", buf_text(&list));
	buf_free(&list);
	free_wanted(&wanted);
	return said;
}

bool why_say_types(struct cause *cause, const char *key, const struct holder *holder)
{
	struct buf own = {0}, other = {0}, address = {0}, who = {0};

	names_print(&own, &names_type, cause->known->now->type);
	names_print(&other, &names_type, holder->endpoint.type);
	address_print(&address, &cause->address);
	evidence_whose(cause->job->owner, holder, &who);
	words_fill(cause->out, key, "fd", cause->fd, "type", buf_text(&own), "other",
		   buf_text(&other), "address", buf_text(&address), "whose", buf_text(&who), NULL);
	buf_free(&own);
	buf_free(&other);
	buf_free(&address);
	buf_free(&who);
	return true;
}

/* UNIX: the socket at that address is of another type. */
bool why_other_type(struct cause *cause)
{
	struct holder holder;

	if (!cause_is_unix(cause) || !cause->address.len)
		return false;
	holder = evidence_unix_holder(cause->session, cause->job->owner, &cause->address, 0,
				      cause->known->key);
	return holder.found && holder.endpoint.type != cause->known->now->type &&
	       why_say_types(cause, "EPROTOTYPE.types", &holder);
}

static bool say_kind(struct cause *cause, const char *key)
{
	struct buf kind = {0};

	cause_kind(cause, &kind);
	words_fill(cause->out, key, "fd", cause->fd, "kind", buf_text(&kind), NULL);
	buf_free(&kind);
	return true;
}

static bool why_no_pairs(struct cause *cause)
{
	struct wanted wanted = wanted_of(cause);

	say_wanted(cause, "EOPNOTSUPP.pairs", &wanted, "types", "");
	free_wanted(&wanted);
	return true;
}

bool why_not_supported(struct cause *cause)
{
	if (cause_call_is(cause, "socketpair"))
		return why_no_pairs(cause);
	if (!cause->known)
		return false;
	if (cause_call_is(cause, "getsockopt") || cause_call_is(cause, "setsockopt"))
		return why_no_option(cause);
	if (cause_accepts(cause))
		return say_kind(cause, "EOPNOTSUPP.accept-kind");
	if (cause_call_is(cause, "listen"))
		return say_kind(cause, "EOPNOTSUPP.listen-kind");
	if ((cause_sends(cause) || cause_receives(cause)) &&
	    (carried_flags(cause->job->call, cause->job->values) & MSG_OOB) &&
	    cause->known->now->protocol != IPPROTO_TCP)
		return say_kind(cause, "EOPNOTSUPP.oob");
	if (cause_sends(cause) && cause->address.len && cause_is_unix(cause))
		return say_kind(cause, "EOPNOTSUPP.send-address");
	return false;
}

/* A UNIX datagram socket that is connected takes from its other end alone. */
bool why_not_permitted(struct cause *cause)
{
	if (why_not_pollable(cause) || why_option_forbidden(cause) || why_pidfd_forbidden(cause))
		return true;
	return cause_is_unix(cause) && !cause_is_stream(cause) && cause->address.len &&
	       cause_say_address(cause, "EPERM.unix-peer", &cause->address);
}
