/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_SIGNALS_H
#define SOCKSTEP_SESSION_SIGNALS_H

#include "session/state.h"

/* Tells the signals that have come to the session's processes, each in the order in which it came.
 */
void signals_tell(struct session *session);

#endif
