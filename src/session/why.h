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

#endif
