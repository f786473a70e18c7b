/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_SURPRISE_H
#define SOCKSTEP_SESSION_SURPRISE_H

#include "session/cause.h"

/*
 * Why the result of a call that did not fail may surprise: what it did besides, what it did not
 * do, what comes of it. Adds nothing where all is as everyone expects. What was read already
 * decides; the kernel is asked only where that gives a sign.
 */
void surprise(struct cause *cause);

/* The same of a call that waits: why, when somebody else could end it. */
void surprise_waits(struct cause *cause);

/* Takes note of what later results are told by, be it a failure. Before either. */
void surprise_note(struct cause *cause);

#endif
