/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_LAB_PRIVATE_H
#define SOCKSTEP_LAB_PRIVATE_H

#include "base/error.h"

/*
 * A network of one's own: the calling process, and what it forks, gets a user namespace and a
 * network namespace with loopback alone, up, whose local routes acknowledge at once (quickack).
 * No root is needed where the machine allows user namespaces. The user and group stay the same;
 * ports below 1024 may be bound. To be called before anything else: the process must have one
 * thread. Returns 0; -1 with ERR set, which names the cause and, where known, the remedy.
 */
int private_enter(struct error *err);

/* A fresh one, for a caller that has entered one: the old one goes with its last socket. */
int private_renew(struct error *err);

/* Loopback up, with such routes, in the network of ROUTE, a socket of rtnetlink. */
int private_loopback(int route, struct error *err);

#endif
