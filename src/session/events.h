/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_EVENTS_H
#define SOCKSTEP_SESSION_EVENTS_H

#include "session/state.h"

/*
 * Sleeps until an answer, a death, a packet or a key comes, or the time of a delayed packet;
 * TIMEOUT_US at most (-1: for ever). TOLD: what goes over loopback is told as it comes, not with a
 * step to come.
 */
void events_sleep(struct session *session, bool told, long timeout_us);

#endif
