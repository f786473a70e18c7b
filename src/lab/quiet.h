/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_LAB_QUIET_H
#define SOCKSTEP_LAB_QUIET_H

#include "lab/host.h"

/*
 * What of a host's kernel the lab sets, so that nothing is sent by itself. Each returns 0, or -1
 * with ERR set.
 */

/* Within the network of a host that is to be, which has no link yet. */
int quiet_begin(struct error *err);

/* There, too: all is as in a new network. NET is a descriptor of this one. */
int quiet_end(int net, struct error *err);

/*
 * From outside, by a short-lived child: all is as in a new network, DEFAULTS, or as the lab sets
 * it. The caller must have one thread.
 */
int quiet_change(const struct lab *lab, const struct host *host, bool defaults, struct error *err);

#endif
