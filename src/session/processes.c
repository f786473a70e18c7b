/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/processes.h"

#include <ctype.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab/host.h"
#include "session/network.h"
#include "session/sharing.h"

struct owner *session_process(struct session *session, const char *name, size_t len)
{
	struct owner *owner;

	for (owner = session->owners; owner; owner = owner->next)
		if (strlen(owner->name) == len && memcmp(owner->name, name, len) == 0)
			return owner;
	return NULL;
}

struct owner *session_process_at(struct session *session, size_t index)
{
	struct owner *owner = session->owners;

	while (owner && index--)
		owner = owner->next;
	return owner;
}

struct owner *session_current(struct session *session)
{
	return session->current;
}

void session_go_to(struct session *session, struct owner *owner)
{
	session->current = owner;
}

const char *session_process_name(const struct owner *owner)
{
	return owner->name;
}

bool session_process_alive(const struct owner *owner)
{
	return process_alive(owner->process);
}

const char *session_process_host(const struct owner *owner)
{
	return owner->host ? owner->host->name : NULL;
}

const char *session_process_parent(const struct owner *owner)
{
	return owner->parent ? owner->parent->name : NULL;
}

int session_process_pid(const struct owner *owner)
{
	return (int)process_pid(owner->process);
}

/* As the language takes one behind an @, and no job's number. */
static int check_name(const char *name, size_t len, struct error *err)
{
	size_t i;

	if (!len || len > SESSION_NAME || (!isalpha((unsigned char)name[0]) && name[0] != '_'))
		goto fail;
	for (i = 1; i < len; i++)
		if (!isalnum((unsigned char)name[i]) && name[i] != '_' && name[i] != '-')
			goto fail;
	return 0;
fail:
	return error_set(err,
			 "a process's name has letters, digits, - and _, and begins with no digit; "
			 "at most %d",
			 SESSION_NAME);
}

int processes_room(const struct session *session, struct error *err)
{
	const struct owner *owner;
	int count = 0;

	for (owner = session->owners; owner; owner = owner->next)
		count++;
	if (count < SESSION_PROCESSES)
		return 0;
	return error_set(err,
			 "there are %d processes, and no more can be: the name of a dead one "
			 "can be used again",
			 count);
}

static int refuse_alive(const struct owner *owner, struct error *err)
{
	return error_set(err, "process %s is alive (pid %d)", owner->name,
			 (int)process_pid(owner->process));
}

/* The one of this name, with PROCESS in place of a dead one; NULL: out of memory. */
static struct owner *place(struct session *session, const char *name, size_t len,
			   struct process *process)
{
	struct owner *owner = session_process(session, name, len);
	struct owner **end, *other;

	if (!owner) {
		owner = calloc(1, sizeof(*owner));
		if (!owner || !(owner->name = strndup(name, len))) {
			free(owner);
			return NULL;
		}
		for (end = &session->owners; *end; end = &(*end)->next)
			;
		*end = owner;
	}
	for (other = session->owners; other; other = other->next)
		if (other->parent == owner)
			other->parent = NULL;
	process_free(owner->process);
	owner->process = process;
	owner->buried = false;
	owner->parent = NULL;
	return owner;
}

void processes_keep_together(struct session *session)
{
	const struct owner *owner;
	cpu_set_t one;
	int cpu;

	if (session->together)
		return;
	session->together = true;
	cpu = sched_getcpu();
	if (cpu < 0 || cpu >= CPU_SETSIZE)
		return;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	sched_setaffinity(0, sizeof(one), &one);
	for (owner = session->owners; owner; owner = owner->next)
		if (process_has_begun(owner->process))
			sched_setaffinity(process_pid(owner->process), sizeof(one), &one);
}

/* Where a new process is to be. */
struct place_on {
	const struct lab *lab;
	const struct host *host;
};

static const char *enter_host(const void *data)
{
	const struct place_on *on = data;

	return host_enter(on->lab, on->host) < 0 ? "setns" : NULL;
}

static struct process *start_on(struct session *session, const char *name, const struct host *host,
				struct error *err)
{
	struct place_on on = {.lab = session_lab(session), .host = host};
	struct process_entry entry = {.enter = enter_host, .data = &on};

	return process_start(name, calls_perform, host ? &entry : NULL, err);
}

int processes_adopt(struct session *session, struct process *process, struct host *host,
		    struct error *err)
{
	const char *name = process_name(process);
	struct owner *owner = place(session, name, strlen(name), process);

	if (!owner) {
		process_free(process);
		return error_set(err, "out of memory");
	}
	owner->host = host;
	if (session->sigpipe != SIGNALS_PIPE_CATCH)
		process_set_pipe(process, session->sigpipe);
	session->current = owner;
	return 0;
}

int session_start(struct session *session, const char *name, size_t len, const char *host_name,
		  size_t host_len, struct error *err)
{
	const struct owner *owner = session_process(session, name, len);
	struct host *host = owner ? owner->host : NULL;
	struct process *process;
	char copy[SESSION_NAME + 1];

	if (owner && process_alive(owner->process))
		return refuse_alive(owner, err);
	if (host_name) {
		host = session->network ? lab_find(&session->network->lab, host_name, host_len)
					: NULL;
		if (!host)
			return error_set(err, "there is no host %.*s", (int)host_len, host_name);
	}
	if (!owner && (check_name(name, len, err) < 0 || processes_room(session, err) < 0))
		return -1;
	snprintf(copy, sizeof(copy), "%.*s", (int)len, name);
	process = start_on(session, copy, host, err);
	return process ? processes_adopt(session, process, host, err) : -1;
}

/* The first of child, child2, … that nobody alive has. */
static void choose_name(struct session *session, char room[SESSION_NAME + 1])
{
	const struct owner *owner;
	int number = 1;

	do {
		if (number == 1)
			snprintf(room, SESSION_NAME + 1, "child");
		else
			snprintf(room, SESSION_NAME + 1, "child%d", number);
		owner = session_process(session, room, strlen(room));
		number++;
	} while (owner && process_alive(owner->process));
}

static void name_of(struct session *session, const struct job *job, char room[SESSION_NAME + 1])
{
	if (job->values[0].data)
		snprintf(room, SESSION_NAME + 1, "%s", (const char *)job->values[0].data);
	else if (job->assign.len)
		snprintf(room, SESSION_NAME + 1, "%s", buf_text(&job->assign));
	else
		choose_name(session, room);
}

static int may_fork(struct session *session, const struct job *job, struct error *err)
{
	char name[SESSION_NAME + 1];
	const struct owner *owner;

	if (job->values[0].data && check_name(job->values[0].data, job->values[0].size, err) < 0)
		return -1;
	if (!job->values[0].data && job->assign.len &&
	    check_name(buf_text(&job->assign), job->assign.len, err) < 0)
		return -1;
	name_of(session, job, name);
	owner = session_process(session, name, strlen(name));
	if (owner && process_alive(owner->process))
		return refuse_alive(owner, err);
	return owner ? 0 : processes_room(session, err);
}

int processes_may_fork(struct session *session, const struct job *job, struct error *err)
{
	if (may_fork(session, job, err) == 0)
		return 0;
	/* The word that it is about, in the line. */
	if (job->values[0].data) {
		err->column = (int)job->values[0].number;
		err->length = (int)job->values[0].size;
	}
	return -1;
}

void processes_born(struct session *session, struct job *job)
{
	struct owner *parent = job->owner, *child;
	char name[SESSION_NAME + 1];
	struct process *process;

	if (job->frame->result <= 0)
		return;
	name_of(session, job, name);
	process = process_forked(parent->process, job->frame, name, &session->failure);
	if (!process)
		return;
	child = place(session, name, strlen(name), process);
	if (!child) {
		process_free(process);
		session->out_of_memory = true;
		return;
	}
	child->host = parent->host;
	child->parent = parent;
	session->born = child;
	sharing_inherit(session, parent, child);
}
