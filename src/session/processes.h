/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_PROCESSES_H
#define SOCKSTEP_SESSION_PROCESSES_H

#include "session/state.h"

/* The processes of a session; what the others may ask of them is in session.h. */

/*
 * From now on the explorer and its processes keep to one processor: a request and its answer then
 * cost a tenth of what waking another, idle processor costs.
 */
void processes_keep_together(struct session *session);

/* Whether there can be one more. Returns 0, or -1 with ERR set. */
int processes_room(const struct session *session, struct error *err);

/*
 * PROCESS, on a host (NULL: on the machine's own network), is a new one of the session, or takes
 * the place of one of its name that has died. It is gone to. Returns 0, or -1 with ERR set: it is
 * freed then.
 */
int processes_adopt(struct session *session, struct process *process, struct host *host,
		    struct error *err);

/* Whether a fork can have the name that it asks for. Returns 0, or -1 with ERR set. */
int processes_may_fork(struct session *session, const struct job *job, struct error *err);

/* A fork has returned: its process joins the session, which is told what descriptors it has. */
void processes_born(struct session *session, struct job *job);

#endif
