/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_LAB_MAKER_H
#define SOCKSTEP_LAB_MAKER_H

#include "lab/host.h"

/* An ethertype for experiments (IEEE 802, ETH_P_802_EX1): of the frames of host_settle(). */
#define HOST_MARKER 0x88B5

/*
 * Makes a host's namespace and link in a short-lived child, since only a process of one thread may
 * enter namespaces, and cannot come back; the descriptors return over a socket (unix(7),
 * SCM_RIGHTS). HOST has its name, number, addresses and MTU; the rest is filled in, and
 * LAB's namespaces with the first host. Returns 0, or -1 with ERR set and nothing left behind.
 */
int maker_run(struct lab *lab, struct host *host, struct error *err);

/* Gives a host's link, which is up, its IPv6 address. Returns 0, or -1 with ERR set. */
int maker_address6(const struct host *host, struct error *err);

/*
 * The routes of a host's link by the lab's clock; again after its link went down and up, since
 * the kernel then makes its own. Returns 0, or -1 with ERR set.
 */
int maker_routes(const struct lab *lab, const struct host *host, struct error *err);

#endif
