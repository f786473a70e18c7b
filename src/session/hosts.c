/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "session/network.h"
#include "session/processes.h"

static int start(void *data, const struct host *host, const char *(*enter)(const void *arg),
		 const void *arg, struct error *err)
{
	struct process_entry entry = {.enter = enter, .data = arg};
	struct process **process = data;

	*process = process_start(host->name, calls_perform, &entry, err);
	return *process ? 0 : -1;
}

static int died(void *data, struct error *err)
{
	struct process **process = data;

	process_end(*process);
	return error_set(err, "no lab: process %s %s", process_name(*process),
			 process_death(*process));
}

/* What the session needs to know of a host, and its process, which is freed where this fails. */
static int admit(struct session *session, struct host *host, struct process *process,
		 struct error *err)
{
	struct network *network = session->network;
	struct diag **diag = &network->diags[host->number - 1];

	*diag = diag_adopt(host->diag, &session->failure);
	host->diag = -1;
	if (!*diag) {
		error_set(err, "%s: %s", session->failure.call, strerror(session->failure.error));
		session->failure = (struct failure){0};
		process_free(process);
		return -1;
	}
	if (processes_adopt(session, process, host, err) == 0)
		return 0;
	diag_close(*diag);
	*diag = NULL;
	return -1;
}

/* A host that is made, with the process that makes it. */
struct birth {
	const char *name;
	size_t len;
	const struct address *v4, *v6;
	struct host *host;
	struct process *process; /* until the session has it */
};

static struct host_starter starter_of(struct birth *birth)
{
	return (struct host_starter){.start = start, .died = died, .data = &birth->process};
}

static int begin(struct session *session, struct birth *birth, struct error *err)
{
	struct host_starter starter = starter_of(birth);
	struct lab *lab = &session->network->lab;

	if (!lab_find(lab, birth->name, birth->len) &&
	    session_process(session, birth->name, birth->len))
		return error_set(err,
				 "there is a process %.*s already: a host's first process "
				 "has its name",
				 (int)birth->len, birth->name);
	if (processes_room(session, err) < 0)
		return -1;
	birth->host = lab_begin(lab, birth->name, birth->len, birth->v4, birth->v6, &starter, err);
	return birth->host ? 0 : -1;
}

static int finish(struct session *session, struct birth *birth, struct error *err)
{
	struct host_starter starter = starter_of(birth);

	return lab_finish(&session->network->lab, birth->host, &starter, err);
}

/* Those that are not the session's, the youngest hosts of the lab. */
static void undo(struct session *session, struct birth *births, int count)
{
	while (count--) {
		process_free(births[count].process);
		if (births[count].host)
			lab_drop_last(&session->network->lab);
	}
}

static int admit_birth(struct session *session, struct birth *birth, struct error *err)
{
	struct process *process = birth->process;

	birth->process = NULL;
	if (admit(session, birth->host, process, err) < 0)
		return -1;
	session->network->names[birth->host->number - 1] = birth->host->name;
	loopback_add_host(session, birth->host);
	return 0;
}

/* A lab has seldom work for it, so that it begins when it is used. */
static int add_main(struct session *session, struct error *err)
{
	struct process *process = process_later("main", calls_perform, err);

	return process ? processes_adopt(session, process, NULL, err) : -1;
}

/* All are made at the same time. */
static int add_hosts(struct session *session, struct birth *births, int count, struct error *err)
{
	struct owner *before;
	int i, result = 0, admitted = 0;

	if (!network_get(session, err))
		return -1;
	for (i = 0; i < count && result == 0; i++)
		result = begin(session, &births[i], err);
	if (result == 0 && !session->owners)
		result = add_main(session, err);
	before = session->current;
	for (i = 0; i < count && result == 0; i++)
		result = finish(session, &births[i], err);
	while (admitted < count && result == 0) {
		result = admit_birth(session, &births[admitted], err);
		admitted += result == 0;
	}
	session->current = before;
	undo(session, births + admitted, count - admitted);
	return result;
}

int session_add_host(struct session *session, const char *name, size_t len,
		     const struct address *v4, const struct address *v6, struct error *err)
{
	struct birth birth = {.name = name, .len = len, .v4 = v4, .v6 = v6};

	return add_hosts(session, &birth, 1, err);
}

int hosts_begin(struct session *session, struct error *err)
{
	struct birth births[] = {{.name = "a", .len = 1}, {.name = "b", .len = 1}};

	return add_hosts(session, births, 2, err);
}
