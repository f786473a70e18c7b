/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/evidence.h"

#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "kernel/holders.h"
#include "names/words.h"
#include "session/network.h"

/* For all dumps of an explanation. */
#define DUMPS_US 300000

/*
 * A window on the machine's own network is one of its own, since one whose time runs out is of no
 * more use; on a host, where only the session has sockets, there is but one. NULL: none.
 */
static struct diag *bounded_diag(struct session *session, struct diag *on)
{
	struct diag *diag;

	if (on != session->diag)
		return on;
	diag = diag_open(0, &session->failure);
	if (diag)
		diag_limit(diag, DUMPS_US);
	return diag;
}

static void close_diag(struct session *session, const struct diag *on, struct diag *diag)
{
	struct failure failure;

	if (diag && diag_failure(diag, &failure) && !session->failure.call)
		session->failure = failure;
	if (diag != on)
		diag_close(diag);
}

bool evidence_dump_inet(struct session *session, struct diag *on, int protocol, int port,
			diag_visit *visit, void *data)
{
	struct diag *diag = bounded_diag(session, on);
	bool whole;

	whole = diag && diag_dump_inet(diag, AF_INET, protocol, port, visit, data) == DIAG_FOUND &&
		diag_dump_inet(diag, AF_INET6, protocol, port, visit, data) != DIAG_FAILED;
	close_diag(session, on, diag);
	return whole;
}

/* What a dump is searched for, and what came of it. */
struct search {
	const struct address *address;
	int type;                /* SOCK_… of a UNIX socket; 0: any */
	const struct stat *file; /* of its path; NULL: it has none, or none is there */
	uint64_t skip;
	bool v6only; /* of who wants the address */
	struct holder *holder;
};

/* With IPV6_V6ONLY an IPv6 socket leaves the IPv4 port alone. */
static bool apart(const struct search *search, const struct endpoint *endpoint)
{
	int held = endpoint->local.any.sa_family, wanted = search->address->any.sa_family;

	if (held == wanted)
		return false;
	return held == AF_INET6 ? (endpoint->has & FIELD_V6ONLY) && endpoint->v6only
				: search->v6only;
}

/* Whether two local addresses exclude each other on a port. */
static bool collide(const struct search *search, const struct endpoint *endpoint)
{
	const struct address *held = &endpoint->local, *wanted = search->address;
	struct address a = address_unmapped(held), b = address_unmapped(wanted);

	if (!held->len || address_port(held) != address_port(wanted) || apart(search, endpoint))
		return false;
	/* Without IPV6_V6ONLY the IPv6 wildcard holds the IPv4 port as well. */
	if (address_is_any(&a) && (a.any.sa_family == AF_INET6 || b.any.sa_family == AF_INET))
		return true;
	if (address_is_any(&b) && (b.any.sa_family == AF_INET6 || a.any.sa_family == AF_INET))
		return true;
	return address_equal(&a, &b);
}

/* A listener stands in the way before a connection does. */
static bool better(const struct holder *holder, const struct endpoint *endpoint)
{
	return !holder->found ||
	       (endpoint->state == STATE_LISTEN && holder->endpoint.state != STATE_LISTEN);
}

static bool visit_inet(void *data, const struct endpoint *endpoint)
{
	struct search *search = data;

	if (endpoint->cookie != search->skip && collide(search, endpoint) &&
	    better(search->holder, endpoint)) {
		search->holder->found = true;
		search->holder->endpoint = *endpoint;
	}
	return true;
}

bool evidence_bears_name(const struct endpoint *endpoint)
{
	return endpoint->family == AF_UNIX && endpoint->type != SOCK_DGRAM &&
	       endpoint->state == STATE_CONNECTED;
}

/*
 * A path may be spelt in many ways, and that of another program begins elsewhere where it has no /
 * at its head: the file is what counts. The kernel has 12 bits of a device's major number above
 * 20 of its minor one; stat(2) has another device on btrfs and overlayfs, where the name decides.
 */
static bool has_name(const struct search *search, const struct endpoint *endpoint)
{
	const struct stat *file = search->file;

	if (!file || !(endpoint->has & FIELD_FILE) ||
	    endpoint->file_device != (major(file->st_dev) << 20 | minor(file->st_dev)))
		return address_equal(&endpoint->local, search->address);
	return endpoint->file_inode == (uint32_t)file->st_ino;
}

/* One that only bears the name holds it where nobody else does. */
static bool visit_unix(void *data, const struct endpoint *endpoint)
{
	struct search *search = data;
	bool bears = evidence_bears_name(endpoint);

	if (endpoint->cookie == search->skip || (search->type && endpoint->type != search->type) ||
	    !has_name(search, endpoint) || (bears && search->holder->found))
		return true;
	search->holder->found = true;
	search->holder->endpoint = *endpoint;
	return bears;
}

/* No table has a socket that is bound and does nothing else, on older kernels. */
static void search_session(struct session *session, const struct host *host, int protocol,
			   const struct search *search)
{
	struct holder *holder = search->holder;
	const struct known *known;

	for (known = session->all; known; known = known->next) {
		if (known->key == search->skip || known->now->protocol != protocol ||
		    !known->refs || known->owner->host != host)
			continue;
		if (!collide(search, known->now) || holder->found)
			continue;
		holder->found = true;
		endpoint_copy(&holder->endpoint, known->now);
	}
}

static void whose(struct session *session, struct holder *holder)
{
	const struct known *known = map_get(&session->by_key, holder->endpoint.cookie);
	pid_t pid;

	holder->fd = -1;
	if (known && known->refs) {
		holder->owner = known->owner;
		holder->fd = known->fd;
		return;
	}
	holder->ghost = holder->endpoint.ghost;
	if (holder->ghost)
		return;
	holder->program = holders_find(holder->endpoint.inode, &pid, holder->name,
				       sizeof(holder->name), &session->failure);
	holder->pid = (int)pid;
}

struct holder evidence_holder(struct session *session, const struct known *asker,
			      const struct address *address, bool v6only)
{
	struct holder holder = {.fd = -1};
	struct search search = {
		.address = address, .skip = asker->key, .v6only = v6only, .holder = &holder};
	int protocol = asker->now->protocol;

	evidence_dump_inet(session, network_diag(session, asker->owner), protocol,
			   address_port(address), visit_inet, &search);
	search_session(session, asker->owner->host, protocol, &search);
	if (holder.found)
		whose(session, &holder);
	return holder;
}

struct listener_search {
	struct session *session;
	struct holder *holder;
};

/* One of the session's own is told of before another program's. */
static bool visit_listener(void *data, const struct endpoint *endpoint)
{
	const struct listener_search *search = data;
	const struct known *own = map_get(&search->session->by_key, endpoint->cookie);

	if (endpoint->state != STATE_LISTEN || (search->holder->found && !own))
		return true;
	search->holder->found = true;
	search->holder->endpoint = *endpoint;
	return !own;
}

struct holder evidence_listener(struct session *session, const struct owner *asker,
				const struct address *to)
{
	struct holder holder = {.fd = -1};
	struct listener_search search = {.session = session, .holder = &holder};
	struct diag *diag = network_diag_at(session, asker, to);

	if (diag)
		evidence_dump_inet(session, diag, IPPROTO_TCP, address_port(to), visit_listener,
				   &search);
	if (holder.found)
		whose(session, &holder);
	return holder;
}

static bool visit_connection(void *data, const struct endpoint *endpoint)
{
	struct search *search = data;

	if (search->holder->found || !address_equal(&endpoint->peer, search->address))
		return true;
	search->holder->found = true;
	search->holder->endpoint = *endpoint;
	return false;
}

struct holder evidence_connection(struct session *session, const struct owner *asker, int port,
				  const struct address *to)
{
	struct holder holder = {.fd = -1};
	struct search search = {.address = to, .holder = &holder};

	evidence_dump_inet(session, network_diag(session, asker), IPPROTO_TCP, port,
			   visit_connection, &search);
	if (holder.found)
		whose(session, &holder);
	return holder;
}

void evidence_dump_unix(struct session *session, struct diag *on, diag_visit *visit, void *data)
{
	struct diag *diag = bounded_diag(session, on);

	if (diag)
		diag_dump_unix(diag, visit, data);
	close_diag(session, on, diag);
}

struct holder evidence_unix_holder(struct session *session, const struct owner *asker,
				   const struct address *address, int type, uint64_t skip)
{
	struct holder holder = {.fd = -1};
	struct search search = {.address = address, .type = type, .skip = skip, .holder = &holder};
	char path[EVIDENCE_PATH];
	struct stat file;

	evidence_path_of(address, path);
	if (path[0] && stat(path, &file) == 0)
		search.file = &file;
	evidence_dump_unix(session, network_diag(session, asker), visit_unix, &search);
	if (holder.found)
		whose(session, &holder);
	return holder;
}

void evidence_whose(const struct owner *owner, const struct holder *holder, struct buf *out)
{
	char number[16];
	const char *name, *key;

	if (holder->fd >= 0) {
		name = holder->owner->fds[holder->fd].name;
		key = holder->owner != owner ? "whose.fd-of" : name ? "whose.named" : "whose.fd";
		snprintf(number, sizeof(number), "%d", holder->fd);
		words_fill(out, key, "fd", number, "name", name ? name : "", "process",
			   holder->owner->name, NULL);
	} else if (holder->program) {
		snprintf(number, sizeof(number), "%d", holder->pid);
		words_fill(out, "whose.program", "name", holder->name, "pid", number, NULL);
	} else {
		buf_str(out, words(holder->ghost ? "whose.ghost" : "whose.other"));
	}
}

struct port_search {
	const struct address *to;
	struct ports *ports;
	uint8_t seen[65536 / 8];
};

static bool visit_port(void *data, const struct endpoint *endpoint)
{
	struct port_search *search = data;
	int port = address_port(&endpoint->local);
	uint8_t bit = (uint8_t)(1 << (port & 7));

	if (port < search->ports->low || port > search->ports->high ||
	    !address_equal(&endpoint->peer, search->to) || (search->seen[port / 8] & bit))
		return true;
	search->seen[port / 8] |= bit;
	search->ports->taken++;
	search->ports->waiting += endpoint->state == STATE_TIME_WAIT;
	return true;
}

bool evidence_ports(struct session *session, const struct owner *asker, const struct address *to,
		    struct ports *out)
{
	struct port_search search = {.to = to, .ports = out};

	out->taken = out->waiting = 0;
	return evidence_dump_inet(session, network_diag(session, asker), IPPROTO_TCP, 0, visit_port,
				  &search);
}
