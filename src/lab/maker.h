/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_LAB_MAKER_H
#define SOCKSTEP_LAB_MAKER_H

#include "lab/host.h"

/* An ethertype for experiments (IEEE 802, ETH_P_802_EX1): of the frames of host_settle(). */
#define HOST_MARKER 0x88B5

/*
 * Makes a host's namespace and link in the host's first process, since only a process of one thread
 * may enter namespaces, and cannot come back; the descriptors return over a socket (unix(7),
 * SCM_RIGHTS). HOST has its name, number, addresses and MTU; the rest is filled in when it is
 * finished, and LAB's namespaces when the first host is begun. Each returns 0, or -1 with ERR set.
 */
int maker_begin(struct lab *lab, struct host *host, const struct host_starter *starter,
		struct error *err);
int maker_finish(struct host *host, const struct host_starter *starter, struct error *err);

/*
 * The routes of a host's link by the lab's clock, in place of those that are there. Returns 0, or
 * -1 with ERR set.
 */
int maker_routes(const struct lab *lab, const struct host *host, struct error *err);

/*
 * The same, and its IPv6 address, once the link is up: the kernel forgets both when it goes down.
 * The kernel is busy with that for a while: lab_await().
 */
int maker_reach(const struct lab *lab, struct host *host, struct error *err);

#endif
