/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_PROCESSES_H
#define SOCKSTEP_SESSION_PROCESSES_H

#include "session/state.h"

/* The processes of a session; what the others may ask of them is in session.h. */

/* Whether a fork can have the name that it asks for. Returns 0, or -1 with ERR set. */
int processes_may_fork(struct session *session, const struct job *job, struct error *err);

/* A fork has returned: its process joins the session, which is told what descriptors it has. */
void processes_born(struct session *session, struct job *job);

#endif
