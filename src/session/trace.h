/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_TRACE_H
#define SOCKSTEP_SESSION_TRACE_H

#include "session/state.h"

/* Keeps the paths of the session's endpoints (path.h). */

/* As it was read for the step that is being told; what is gone is kept among the last of those. */
void trace_step(struct session *session, struct known *known);

/* As sock_diag told of it before or after a packet; the session need not know of it yet. */
void trace_packet(struct session *session, uint64_t cookie, enum endpoint_state state,
		  unsigned long packet);

/* A socket is made: what has gone before it is of the past. */
void trace_socket(struct session *session);

/* What was read around packets of an endpoint that the session has only now come to know. */
void trace_claim(struct session *session, struct known *known);

/* The kernel made it of a SYN to a listener. */
void trace_child(struct session *session, struct known *known);

/* The TIME-WAIT of a socket whose descriptor is still open goes on from where that came to. */
void trace_twin(struct session *session, struct known *known, struct known *twin);

/* A step begins; its call has returned. */
void trace_begin(struct session *session);
void trace_call(struct session *session, const struct job *job);

void trace_free(struct session *session);

#endif
