/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/session.h"

#include <ctype.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "calls/literal.h"
#include "net/interface.h"
#include "session/endpoints.h"
#include "session/fd_names.h"
#include "session/jobs.h"
#include "session/network.h"
#include "session/processes.h"
#include "session/settle.h"
#include "session/trace.h"
#include "session/wakes.h"
#include "session/watches.h"

static int resolve_descriptor(void *data, const char *text, size_t len, struct error *err)
{
	return session_descriptor(data, text, len, err);
}

static void resolve_family(void *data, int fd, int *family, int *type)
{
	struct session *session = data;
	const struct known *known = endpoints_of_fd(session->current, fd);

	if (known) {
		*family = known->now->family;
		*type = known->now->type;
	}
}

static bool resolve_host(void *data, const char *name, size_t len, int family, struct address *out)
{
	struct session *session = data;
	const struct host *host =
		session->network ? lab_find(&session->network->lab, name, len) : NULL;

	if (host)
		*out = family == AF_INET6 ? host->v6 : host->v4;
	return host;
}

static long resolve_self(void *data)
{
	const struct session *session = data;

	return process_pid(session->current->process);
}

static long resolve_pid(void *data, const char *name, size_t len)
{
	const struct owner *owner = session_process(data, name, len);

	return owner && session_process_alive(owner) ? session_process_pid(owner) : 0;
}

static int resolve_network(void *data)
{
	const struct session *session = data;
	const struct host *host = session->current ? session->current->host : NULL;

	return host ? host->route : INTERFACES_OURS;
}

struct session *session_new(const struct session_config *config, struct error *err)
{
	struct session *session = calloc(1, sizeof(*session));

	if (!session || !(session->scratch = calloc(1, sizeof(*session->scratch)))) {
		error_set(err, "out of memory");
		free(session);
		return NULL;
	}
	session->config = *config;
	session->last_fd = -1;
	session->wakes = -1;
	session->resolver = (struct resolver){
		.confined = config->confined,
		.shared = !config->private_network,
		.data = session,
		.descriptor = resolve_descriptor,
		.family = resolve_family,
		.self = resolve_self,
		.pid = resolve_pid,
		.network = resolve_network,
		.host = resolve_host,
	};
	session->diag = diag_open(0, &session->failure);
	if (!session->diag)
		error_set(err, "%s: %s", session->failure.call, strerror(session->failure.error));
	/* Hosts are made side by side, on as many processors as there are. */
	if (!config->lab)
		processes_keep_together(session);
	if (!session->diag || (config->lab ? hosts_begin(session, err)
					   : session_start(session, "main", 4, NULL, 0, err)) < 0) {
		session_free(session);
		return NULL;
	}
	return session;
}

static void free_owner(struct owner *owner)
{
	process_free(owner->process);
	free(owner->fds);
	free(owner->name);
	free(owner);
}

void session_free(struct session *session)
{
	struct owner *owner;

	if (!session)
		return;
	jobs_free(session);
	wakes_free(session);
	endpoints_free(session);
	fd_names_free(session);
	/* They die side by side. */
	for (owner = session->owners; owner; owner = owner->next)
		if (process_has_begun(owner->process))
			process_kill(owner->process, SIGKILL);
	while (session->owners) {
		struct owner *next = session->owners->next;

		free_owner(session->owners);
		session->owners = next;
	}
	network_free(session);
	seen_free(&session->seen);
	trace_free(session);
	if (session->diag)
		diag_close(session->diag);
	buf_free(&session->why);
	buf_free(&session->last_data);
	free(session->scratch);
	free(session);
}

const struct resolver *session_resolver(struct session *session)
{
	return &session->resolver;
}

static int last_descriptor(const struct session *session, struct error *err)
{
	if (session->last_fd < 0)
		return error_set(err, ". is the last descriptor used: there is none yet");
	if (session->last_owner != session->current)
		return error_set(err, ". is a descriptor of process %s", session->last_owner->name);
	return session->last_fd;
}

static int numbered_descriptor(const struct session *session, const char *text, size_t len,
			       struct error *err)
{
	long fd;

	if (literal_number(text, len, INT_MIN, INT_MAX, &fd, err) < 0)
		return -1;
	if (process_owns(session->current->process, (int)fd))
		return error_set(err, "fd %ld is what sockstep itself talks through in process %s",
				 fd, session->current->name);
	return (int)fd;
}

int session_descriptor(struct session *session, const char *text, size_t len, struct error *err)
{
	struct owner *owner;
	int fd;

	*err = (struct error){0};
	if (len == 1 && text[0] == '.')
		return last_descriptor(session, err);
	if (len && (isdigit((unsigned char)text[0]) || text[0] == '-'))
		return numbered_descriptor(session, text, len, err);
	fd = fd_names_find(session, text, len, &owner);
	if (fd < 0)
		return error_set(err,
				 "%.*s is no descriptor: expected a number, a name given with "
				 "NAME =, or .",
				 (int)len, text);
	if (owner != session->current)
		return error_set(err, "%.*s is a descriptor of process %s", (int)len, text,
				 owner->name);
	return fd;
}

/* Adds those of a list that are in the range. Returns 1 where there may be more behind it, else 0,
 * or -1: out of memory. */
static int take_range(int **fds, size_t *count, size_t *cap, const int *list, int listed, int to)
{
	int i;

	for (i = 0; i < listed && list[i] <= to; i++) {
		if (grow(fds, cap, *count, sizeof(**fds)) < 0)
			return -1;
		(*fds)[(*count)++] = list[i];
	}
	return listed && i == listed;
}

int session_open_descriptors(struct session *session, int from, int to, int **fds,
			     struct error *err)
{
	int *list = calloc(PROCESS_LIST, sizeof(*list)), next = from, more = list ? 1 : -1;
	struct process *process = session->current->process;
	size_t count = 0, cap = 0;

	*fds = NULL;
	while (more > 0) {
		int listed = process_list(process, next, list, PROCESS_LIST);
		if (listed < 0)
			break;
		if (listed > PROCESS_LIST)
			listed = PROCESS_LIST;
		next = listed ? list[listed - 1] + 1 : next;
		more = take_range(fds, &count, &cap, list, listed, to);
	}
	free(list);
	if (more == 0 && count)
		return (int)count;
	free(*fds);
	*fds = NULL;
	if (more < 0)
		return error_set(err, "out of memory");
	if (more > 0)
		return process_refuses(process, err);
	return error_set(err, "no descriptor from %d to %d is open in process %s", from, to,
			 session->current->name);
}

const struct session_last *session_last(const struct session *session)
{
	return &session->last;
}

bool session_failure(struct session *session, struct failure *failure)
{
	bool out_of_memory = session->out_of_memory;
	struct failure asking;
	int i;

	if (diag_failure(session->diag, &asking) && !session->failure.call)
		session->failure = asking;
	for (i = 0; session->network && i < session->network->lab.count; i++)
		if (diag_failure(session->network->diags[i], &asking) && !session->failure.call)
			session->failure = asking;
	*failure = session->failure;
	session->failure = (struct failure){0};
	session->out_of_memory = false;
	return out_of_memory;
}

unsigned long session_steps(const struct session *session)
{
	return session->steps;
}

size_t session_status(struct session *session, const struct shown **list)
{
	endpoints_list_all(session);
	*list = session->shown;
	return session->shown_count;
}

int session_show(struct session *session, int fd, struct shown *out, struct error *err)
{
	if (endpoints_touch(session, fd, err) < 0)
		return -1;
	endpoints_list(session);
	if (!session->shown_count)
		return error_set(err, "out of memory");
	if (session->untold_count)
		watches_ask(session->current, &session->untold[0].info);
	*out = session->shown[0];
	return 0;
}

bool session_job(const struct session *session, size_t index, struct session_job *out)
{
	const struct job *job;

	for (job = session->jobs; job; job = job->next) {
		if (!job->number || index--)
			continue;
		*out = (struct session_job){.number = job->number,
					    .process = job->owner->name,
					    .text = buf_text(&job->text),
					    .waits_for = buf_text(&job->waits)};
		return true;
	}
	return false;
}

static struct job *find_job(struct session *session, int number, struct error *err)
{
	struct job *job = jobs_find(session, number);

	if (!job)
		error_set(err, "there is no job %d", number);
	return job;
}

enum session_result session_wait(struct session *session, int number, bool interrupts,
				 struct error *err)
{
	enum session_result result;
	struct job *job = NULL;

	if (number) {
		job = find_job(session, number, err);
		/* A job that has returned meanwhile is waited for at once. */
		if (!job)
			return number <= session->last_job ? RUN_RETURNED : RUN_FAILED;
	}
	result = step_wait(session, job, session->config.call_timeout_us, interrupts);
	if (result == RUN_WAITS && job)
		step_leave(session, job);
	return result;
}

void session_set_timeout(struct session *session, long call_timeout_us)
{
	session->config.call_timeout_us = call_timeout_us;
}

long session_timeout(const struct session *session)
{
	return session->config.call_timeout_us;
}

int session_set_clock(struct session *session, enum lab_clock clock, struct error *err)
{
	if (session->network && lab_set_clock(&session->network->lab, clock, err) < 0)
		return -1;
	session->config.clock = clock;
	return 0;
}

enum lab_clock session_clock(const struct session *session)
{
	return session->config.clock;
}

int session_interrupt(struct session *session, int number, struct error *err)
{
	struct job *job = find_job(session, number, err);

	if (!job)
		return -1;
	if (job->call->persists)
		return error_set(err,
				 "a signal does not end it: the C library takes the signal, "
				 "and waits on; kill -9 %s ends the process",
				 job->owner->name);
	step_interrupt(session, job);
	return 0;
}

size_t session_poll_fds(const struct session *session, int *fds, size_t room)
{
	const struct owner *owner;
	size_t count = 0;

	for (owner = session->owners; owner && count < room; owner = owner->next) {
		if (owner->buried)
			continue;
		fds[count++] = process_poll_fd(owner->process);
		if (process_end_fd(owner->process) >= 0 && count < room)
			fds[count++] = process_end_fd(owner->process);
	}
	return count + network_poll_fds(session, fds + count, room - count);
}

bool session_pending(const struct session *session)
{
	const struct owner *owner;

	for (owner = session->owners; owner; owner = owner->next)
		if (process_has_answer(owner->process) ||
		    (!owner->buried && !process_alive(owner->process)))
			return true;
	return false;
}

static size_t count_buried(const struct session *session)
{
	const struct owner *owner;
	size_t count = 0;

	for (owner = session->owners; owner; owner = owner->next)
		count += owner->buried;
	return count;
}

bool session_dispatch(struct session *session)
{
	size_t buried = count_buried(session);
	unsigned long steps = session->steps, signals = session->signals;

	jobs_take_all(session);
	settle_threads(session);
	step_finish_done(session);
	step_tell_wire(session, NULL, 0);
	return session->steps != steps || session->signals != signals ||
	       count_buried(session) != buried;
}

bool session_hint(const struct session *session, size_t index, int *fd, const char **name,
		  const struct endpoint **endpoint)
{
	const struct owner *owner = session->current;
	size_t at;

	for (at = 0; at < owner->fd_cap; at++) {
		if (!owner->fds[at].known || index--)
			continue;
		*fd = (int)at;
		*name = owner->fds[at].name;
		*endpoint = owner->fds[at].known->now;
		return true;
	}
	return false;
}

bool session_hint_other(const struct session *session, size_t index, int *fd, const char **name,
			const char **what)
{
	const struct owner *owner = session->current;
	size_t at;

	for (at = 0; at < owner->fd_cap; at++) {
		if (!owner->fds[at].what[0] || index--)
			continue;
		*fd = (int)at;
		*name = owner->fds[at].name;
		*what = owner->fds[at].what;
		return true;
	}
	return false;
}
