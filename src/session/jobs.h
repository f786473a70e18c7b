/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_JOBS_H
#define SOCKSTEP_SESSION_JOBS_H

#include "session/state.h"

/* Every call is a job until its step is told; it has a number once somebody was told so. */
struct job *jobs_new(struct session *session, struct owner *owner, const struct call *call,
		     struct value *values, const struct asked *asked);

/*
 * A job that was asked of its process waits, until that answers. The youngest is found the soonest:
 * it is the one that answers, mostly.
 */
void jobs_add(struct session *session, struct job *job);
struct job *jobs_waiting(const struct session *session, const struct owner *owner, uint32_t id);
void jobs_remove(struct session *session, struct job *job);

/* The job is over: kept for reuse. */
void jobs_drop(struct session *session, struct job *job);

/* Gives the smallest number that is free. */
void jobs_number(struct session *session, struct job *job);
struct job *jobs_find(struct session *session, int number);

/* The address that a job's call was given; len 0: none. */
struct address jobs_address(const struct job *job);

/* Takes what has come from all processes; the dead ones are buried. */
void jobs_take_all(struct session *session);

/* A process died: its calls are lost, and the session is told. */
void jobs_bury(struct session *session, struct owner *owner);
void jobs_free(struct session *session);

/* In step.c: tells the steps of jobs that were answered. */
void step_finish_done(struct session *session);

/* Tells what the wire has carried, if anything, and what it changed. COMMAND NULL: by itself. */
void step_tell_wire(struct session *session, const char *command, size_t len);
/* Tells a step without a call: STEP has its event, command and why; the rest is filled in from what
 * is concerned and what the wire has carried. */
void step_tell_deed(struct session *session, struct step *step);
void step_leave(struct session *session, struct job *job);
void step_interrupt(struct session *session, struct job *job);
enum session_result step_wait(struct session *session, struct job *job, long timeout_us,
			      bool interrupts);

#endif
