/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_LAB_SYSCTL_H
#define SOCKSTEP_LAB_SYSCTL_H

#include <stddef.h>

#include "lab/host.h"

/* A setting of a host's kernel, as sysctl(8) shows it: what each network namespace has its own of.
 */
#define SYSCTL_NAME  128
#define SYSCTL_VALUE 512

struct sysctl {
	const char *host;
	char name[SYSCTL_NAME]; /* net.ipv4.tcp_sack */
	char value[SYSCTL_VALUE], was[SYSCTL_VALUE];
	bool readable; /* `value` and `was` mean something: a few can only be written */
	bool cut;      /* it is longer than fits */
	bool set;      /* it was to be set; `was` is what it was before */
};

/*
 * Reads a setting, and before that sets it to VALUE, unless that is NULL. NAME is as sysctl(8) has
 * it, with dots or slashes; `net.` may be left out, and `net.ipv4.`, `net.core.` and `net.ipv6.`
 * before a name that stands there. The caller must have one thread. Returns 0, or -1 with ERR set:
 * a name that is none, one that the host does not have, a value that the kernel does not take.
 */
int sysctl_run(const struct lab *lab, const struct host *host, const char *name, size_t len,
	       const char *value, struct sysctl *out, struct error *err);

#endif
