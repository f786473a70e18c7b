/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "base/grow.h"
#include "calls/confine.h"
#include "kernel/holders.h"
#include "names/words.h"
#include "session/evidence.h"
#include "session/network.h"

/* A descriptor of a process, and what its socket is: NULL where nobody tells. */
struct held {
	pid_t pid;
	int fd;
	ino_t inode;
	size_t endpoint; /* its place among those that were told; SIZE_MAX: nowhere */
};

struct other {
	const struct session *session;
	struct held *held;
	size_t count, cap;
	struct endpoint *told;
	size_t told_count, told_cap;
	pid_t pid; /* 0: of whoever */
	int port;  /* 0: any */
	bool failed;
};

/* One of the session's own; NULL: it is not. */
static const struct owner *owner_of(const struct session *session, pid_t pid)
{
	const struct owner *owner;

	for (owner = session->owners; owner; owner = owner->next)
		if (!owner->buried && process_pid(owner->process) == pid)
			return owner;
	return NULL;
}

static bool visit_holder(void *data, pid_t pid, int fd, ino_t inode)
{
	struct other *other = data;
	const struct owner *owner = owner_of(other->session, pid);

	if (owner && process_owns(owner->process, fd))
		return true;
	if (grow(&other->held, &other->cap, other->count, sizeof(*other->held)) < 0) {
		other->failed = true;
		return false;
	}
	other->held[other->count++] =
		(struct held){.pid = pid, .fd = fd, .inode = inode, .endpoint = SIZE_MAX};
	return true;
}

static int by_inode(const void *a, const void *b)
{
	const struct held *x = a, *y = b;

	return (x->inode > y->inode) - (x->inode < y->inode);
}

static int by_process(const void *a, const void *b)
{
	const struct held *x = a, *y = b;

	return x->pid != y->pid ? (x->pid > y->pid) - (x->pid < y->pid) : x->fd - y->fd;
}

/* The first of those with this inode; NULL: nobody who may be looked into has it. */
static struct held *first_with(struct other *other, ino_t inode)
{
	struct held wanted = {.inode = inode}, *found;

	found = inode && other->count ? bsearch(&wanted, other->held, other->count,
						sizeof(*other->held), by_inode)
				      : NULL;
	while (found && found > other->held && found[-1].inode == inode)
		found--;
	return found;
}

static bool is_asked(const struct other *other, const struct endpoint *endpoint, bool held)
{
	if (other->pid)
		return held;
	return !other->port || address_port(&endpoint->local) == other->port;
}

static bool visit_endpoint(void *data, const struct endpoint *endpoint)
{
	struct other *other = data;
	struct held *held = first_with(other, endpoint->inode);

	if (!is_asked(other, endpoint, held))
		return true;
	if (grow(&other->told, &other->told_cap, other->told_count, sizeof(*other->told)) < 0) {
		other->failed = true;
		return false;
	}
	for (; held && held < other->held + other->count && held->inode == endpoint->inode; held++)
		held->endpoint = other->told_count;
	other->told[other->told_count++] = *endpoint;
	return true;
}

static void ask_kernel(struct session *session, struct other *other)
{
	static const int protocols[] = {IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMP, IPPROTO_ICMPV6,
					IPPROTO_UDPLITE};
	struct diag *on = network_diag(session, session->current);
	size_t i;

	for (i = 0; i < COUNT_OF(protocols); i++)
		evidence_dump_inet(session, on, protocols[i], other->port, visit_endpoint, other);
	if (other->pid)
		evidence_dump_unix(session, on, visit_endpoint, other);
}

/* "main" of the session's; of others "nginx 4711". */
static void name_process(const struct session *session, pid_t pid, char name[SOCKETS_NAME])
{
	const struct owner *owner = owner_of(session, pid);
	char program[32];

	if (owner) {
		snprintf(name, SOCKETS_NAME, "%s", owner->name);
		return;
	}
	holders_program(pid, program, sizeof(program), NULL);
	snprintf(name, SOCKETS_NAME, "%s %d", program, (int)pid);
}

/* HELD NULL: nobody is known to have it; ENDPOINT NULL: WHAT says why nothing is told of it. */
static void add(struct session_sockets *out, const struct held *held, const char *process,
		const struct endpoint *endpoint, const char *what)
{
	struct shown *shown = &out->list[out->count++];

	*shown = (struct shown){.fd = -1, .also_fd = -1, .queue_of = -1, .closed_fd = -1};
	if (held) {
		shown->process = process;
		shown->fd = held->fd;
	}
	if (endpoint) {
		shown->now = *endpoint;
		return;
	}
	shown->untold = true;
	snprintf(shown->what, sizeof(shown->what), "%s", what);
}

/* The number of the network that a process is on; 0: it cannot be told. */
static ino_t network_of(struct session *session, pid_t pid)
{
	char path[64];
	struct stat file;

	snprintf(path, sizeof(path), "/proc/%d/ns/net", (int)pid);
	if (stat(path, &file) == 0)
		return file.st_ino;
	failure_note_unless_answer(&session->failure, "stat in /proc");
	return 0;
}

/* Whether a process is on another network than the session's. */
static bool is_elsewhere(struct session *session, pid_t pid)
{
	ino_t theirs = network_of(session, pid),
	      ours = network_of(session, process_pid(session->current->process));

	return theirs && ours && theirs != ours;
}

/* Those of a process, if they were told of or it is the one that was asked for. */
static void add_held(struct session *session, const struct other *other, bool *owned,
		     struct session_sockets *out)
{
	const struct held *held, *last = NULL;
	char *name = NULL;

	for (held = other->held; held < other->held + other->count; held++) {
		bool told = held->endpoint != SIZE_MAX;

		if (!told && !other->pid)
			continue;
		if (!last || held->pid != last->pid) {
			name = out->names[out->count];
			name_process(session, held->pid, name);
		}
		last = held;
		if (!told) {
			add(out, held, name, NULL,
			    words(is_elsewhere(session, held->pid) ? "sockets.elsewhere"
								   : "sockets.untold"));
			continue;
		}
		owned[held->endpoint] = true;
		add(out, held, name, &other->told[held->endpoint], "");
	}
}

/* By process and descriptor; then those that nobody is known to have. */
static int list(struct session *session, struct other *other, struct session_sockets *out,
		struct error *err)
{
	size_t i, most = other->count + other->told_count;
	bool *owned = calloc(other->told_count + 1, sizeof(*owned));

	out->list = calloc(most + 1, sizeof(*out->list));
	out->names = calloc(most + 1, sizeof(*out->names));
	if (other->failed || !owned || !out->list || !out->names) {
		free(owned);
		return error_set(err, "%s", words("out-of-memory"));
	}
	if (other->count)
		qsort(other->held, other->count, sizeof(*other->held), by_process);
	add_held(session, other, owned, out);
	for (i = 0; i < other->told_count; i++)
		if (!owned[i])
			add(out, NULL, NULL, &other->told[i], "");
	free(owned);
	return 0;
}

int session_sockets(struct session *session, int pid, int port, struct session_sockets *out,
		    struct error *err)
{
	struct other other = {.session = session, .pid = pid, .port = port};
	int result = -1;

	*out = (struct session_sockets){0};
	if (confine_process(session_resolver(session), err) < 0)
		return -1;
	if (!pid)
		holders_all(visit_holder, &other, &session->failure);
	else if (holders_of(pid, visit_holder, &other, &session->failure) < 0) {
		error_set(err,
			  errno == ENOENT ? "there is no process %d"
					  : "process %d may not be looked into: "
					    "its own user may, and root, unless a "
					    "rule forbids it",
			  pid);
		goto out;
	}
	if (other.count)
		qsort(other.held, other.count, sizeof(*other.held), by_inode);
	ask_kernel(session, &other);
	result = list(session, &other, out, err);
out:
	if (result < 0)
		session_sockets_free(out);
	free(other.held);
	free(other.told);
	return result;
}

void session_sockets_free(struct session_sockets *sockets)
{
	free(sockets->list);
	free(sockets->names);
	*sockets = (struct session_sockets){0};
}
