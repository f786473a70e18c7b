/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_SURPRISE_H
#define SOCKSTEP_SESSION_SURPRISE_H

#include "session/cause.h"

/* Why the result of a call that did not fail may surprise. Adds nothing where it does not. */
void surprise(struct cause *cause);

#endif
