/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_KERNEL_GROUPS_H
#define SOCKSTEP_KERNEL_GROUPS_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/failure.h"
#include "net/address.h"

/*
 * Whether some socket has joined a multicast group on an interface of the network that process PID
 * is on: /proc/PID/net/igmp, /proc/PID/net/igmp6. False also where that cannot be read; FAILURE
 * (NULL is let pass) tells then.
 */
bool group_is_joined(pid_t pid, int ifindex, const struct address *group, struct failure *failure);

/* The same of a line each of such a text; IFINDEX is that of the lines before, and is brought up to
 * date. Pure. */
bool group_in_line4(const char *line, int ifindex, int *current, const struct in_addr *group);
bool group_in_line6(const char *line, int ifindex, const struct in6_addr *group);

#endif
