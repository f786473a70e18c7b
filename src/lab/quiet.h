/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_LAB_QUIET_H
#define SOCKSTEP_LAB_QUIET_H

#include "lab/host.h"

/*
 * What of a host's kernel the lab sets, so that nothing is sent by itself, and what that was before
 * (host->defaults). Each returns 0, or -1 with ERR set.
 */

/* Within the namespace of a host that is to be: notes what is so, and sets it. */
int quiet_begin(struct host *host, struct error *err);

/* Within its namespace: all is as the kernel had it, or as the lab sets it. */
int quiet_put(const struct host *host, bool defaults, struct error *err);

/* The same from outside, by a short-lived child. The caller must have one thread. */
int quiet_change(const struct lab *lab, const struct host *host, bool defaults, struct error *err);

#endif
