/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "repl/candidates_parts.h"

#define RANKS 5 /* of addresses, by rank_of() */

static void add_address(struct buf *out, const char *before, const struct address *address)
{
	if (!address->len)
		return;
	buf_str(out, before);
	address_print(out, address);
}

/* "TCP ESTABLISHED 127.0.0.1:51034 to 127.0.0.1:80  (c)" */
static void describe(struct buf *out, const char *name, const struct endpoint *endpoint)
{
	buf_printf(out, "%s %s", endpoint_kind(endpoint), endpoint_state_name(endpoint->state));
	if (endpoint->has & FIELD_LOCAL)
		add_address(out, " ", &endpoint->local);
	if (endpoint->has & FIELD_PEER)
		add_address(out, " to ", &endpoint->peer);
	if (name)
		buf_printf(out, "  (%s)", name);
}

/* By number; by name where a letter was typed. */
static void offer_descriptor(struct finder *finder, int fd, const char *name,
			     const struct buf *hint)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", fd);
	finder_offer(finder, number, buf_text(hint));
	if (name && finder->part.len)
		finder_offer(finder, name, buf_text(hint));
}

static void offer_descriptors(struct finder *finder)
{
	const struct endpoint *endpoint;
	const char *name, *what;
	size_t i;
	int fd;

	for (i = 0; session_hint(finder->session, i, &fd, &name, &endpoint); i++) {
		struct buf hint = {0};

		describe(&hint, name, endpoint);
		offer_descriptor(finder, fd, name, &hint);
		buf_free(&hint);
	}
	for (i = 0; session_hint_other(finder->session, i, &fd, &name, &what); i++) {
		struct buf hint = {0};

		buf_str(&hint, what);
		if (name)
			buf_printf(&hint, "  (%s)", name);
		offer_descriptor(finder, fd, name, &hint);
		buf_free(&hint);
	}
}

void candidates_descriptor(struct finder *finder, const struct arg *arg)
{
	if (arg && arg->kind == &kind_fd_set) {
		finder_split(finder, ",[");
		finder->open = true;
	}
	if (arg && arg->kind == &kind_pollfds) {
		finder_split(finder, ",");
		if (memchr(finder->part.text, ':', finder->part.len)) {
			finder_split(finder, ":");
			finder_offer_flags(finder, &names_poll, -1L);
			return;
		}
		finder->open = true;
	}
	offer_descriptors(finder);
}

const struct endpoint *candidates_endpoint(const struct finder *finder, const struct word *word)
{
	const struct resolver *resolver = session_resolver(finder->session);
	const struct endpoint *endpoint;
	struct error ignored = {0};
	const char *name;
	int wanted, fd;
	size_t i;

	if (!word)
		return NULL;
	wanted = resolver->descriptor(resolver->data, word->text, word->len, &ignored);
	for (i = 0; session_hint(finder->session, i, &fd, &name, &endpoint); i++)
		if (fd == wanted)
			return endpoint;
	return NULL;
}

/* Where another socket reaches one that is bound to this; len 0: nowhere. */
static struct address reached_at(const struct address *local)
{
	struct address none = {0};
	int port = address_port(local);

	switch (local->any.sa_family) {
	case AF_INET:
		if (port && address_is_any(local))
			return address_make(AF_INET, "\177\0\0\1", port, 0);
		return port ? *local : none;
	case AF_INET6:
		if (port && address_is_any(local))
			return address_make(AF_INET6, &in6addr_loopback, port, 0);
		return port ? *local : none;
	case AF_UNIX:
		return local->len > sizeof(sa_family_t) ? *local : none;
	default:
		return none;
	}
}

static void offer_address(struct finder *finder, const struct address *address, const char *before,
			  int fd, const struct endpoint *endpoint)
{
	struct buf text = {0}, hint = {0};

	if (address->len) {
		address_print(&text, address);
		buf_printf(&hint, "%sfd %d, %s %s", before, fd, endpoint_kind(endpoint),
			   endpoint_state_name(endpoint->state));
		finder_offer(finder, buf_text(&text), buf_text(&hint));
	}
	buf_free(&text);
	buf_free(&hint);
}

static bool fits(const struct endpoint *endpoint, const struct endpoint *other)
{
	return !other || !other->family || endpoint->family == other->family;
}

/* What can be talked to comes first: of the same type, and waiting for somebody; the socket itself
 * comes last. */
static int rank_of(const struct endpoint *endpoint, const struct endpoint *other)
{
	bool server = endpoint->state == STATE_LISTEN || endpoint->state == STATE_UNCONNECTED;

	if (endpoint == other)
		return RANKS - 1;
	return (other && endpoint->type != other->type ? 2 : 0) + (server ? 0 : 1);
}

void candidates_locals(struct finder *finder, const struct endpoint *other)
{
	const struct endpoint *endpoint;
	const char *name;
	int fd, rank;
	size_t i;

	for (rank = 0; rank < RANKS; rank++)
		for (i = 0; session_hint(finder->session, i, &fd, &name, &endpoint); i++)
			if (endpoint->has & FIELD_LOCAL && fits(endpoint, other) &&
			    rank_of(endpoint, other) == rank) {
				struct address address = reached_at(&endpoint->local);

				offer_address(finder, &address, "", fd, endpoint);
			}
}

void candidates_peers(struct finder *finder, const struct endpoint *other)
{
	const struct endpoint *endpoint;
	const char *name;
	size_t i;
	int fd;

	for (i = 0; session_hint(finder->session, i, &fd, &name, &endpoint); i++)
		if (endpoint->has & FIELD_PEER && fits(endpoint, other))
			offer_address(finder, &endpoint->peer, "the peer of ", fd, endpoint);
}

/* Nothing but paths is meant any more, unless sockets of the session have what is typed. */
static void offer_paths(struct finder *finder)
{
	if (!finder_begins(finder, "unix:") || finder->out->count > 1)
		return;
	completion_clear(finder->out);
	finder_skip(finder, strlen("unix:"));
	finder_offer_files(finder);
}

void candidates_address(struct finder *finder, const struct arg *arg)
{
	static const struct {
		int family;
		const char *text, *hint;
	} beginnings[] = {
		{AF_INET, "127.0.0.1:", "this machine, and a port"},
		{AF_INET6, "[::1]:", "this machine over IPv6, and a port"},
		{AF_UNIX, "unix:", "a path, or @name"},
	};
	const struct endpoint *own = candidates_endpoint(finder, finder_given(finder, &kind_fd));
	size_t i;

	(void)arg;
	candidates_locals(finder, own);
	candidates_peers(finder, own);
	finder->open = true;
	candidates_host_ports(finder, own ? own->family : AF_UNSPEC);
	for (i = 0; i < COUNT_OF(beginnings); i++)
		if (!own || !own->family || beginnings[i].family == own->family)
			finder_offer(finder, beginnings[i].text, beginnings[i].hint);
	offer_paths(finder);
}
