/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_WHY_H
#define SOCKSTEP_SESSION_WHY_H

#include "session/state.h"

/*
 * Why a call failed, or why its result may surprise, in a sentence with evidence: asked of the
 * kernel at this moment, after the endpoints of the step were collected. Adds nothing where there
 * is nothing to say.
 */
void why(struct session *session, const struct job *job, struct buf *out);

/* The same for a call that waits: why it does, where that may surprise. */
void why_waits(struct session *session, const struct job *job, struct buf *out);

/*
 * The words for an errno of a call where no evidence tells more, and in KEY their key: those of
 * this call, of all that wait for the same (EACCES.send), or of the errno. NULL: there are none.
 */
#define WHY_KEY 64
const char *why_general(const struct call *call, int error, char key[WHY_KEY]);

#endif
