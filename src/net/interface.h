/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NET_INTERFACE_H
#define SOCKSTEP_NET_INTERFACE_H

#include <net/if.h>
#include <stdbool.h>

/*
 * Interfaces by name and by index. Each network namespace has its own, so a NETWORK says whose are
 * meant: those of the namespace in which a socket (any descriptor above 0) was made, or one of
 * these.
 */
#define INTERFACES_OURS 0    /* of the calling process */
#define INTERFACES_NONE (-1) /* they have no names */

/* 0 with errno set: ENODEV, there is none of that name. */
unsigned interface_index(int network, const char *name);

/* The call that looks a name up there, for messages. */
const char *interface_call(int network);

/* False: there is no such interface; errno is set. */
bool interface_name(int network, unsigned index, char name[IF_NAMESIZE]);

#endif
