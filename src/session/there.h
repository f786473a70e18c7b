/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_THERE_H
#define SOCKSTEP_SESSION_THERE_H

#include "kernel/route.h"
#include "session/cause.h"

/*
 * What explanations ask of the network in which the call was made. The explorer's own it can ask
 * itself; into a host of the lab it sends a child, which asks there and ends. Each is as its
 * namesake in evidence.h, route.h and limits.h, and says in the session of a call that failed.
 */
bool there_addresses(const struct cause *cause, int family, struct buf *out);
bool there_has_address(const struct cause *cause, const struct address *address);
bool there_is_alone(const struct cause *cause, int family);
void there_interfaces(const struct cause *cause, struct buf *out);
bool there_interface_down(const struct cause *cause, int ifindex, char name[IF_NAMESIZE]);

int there_route(const struct cause *cause, const struct address *to, struct route *out);
bool there_neighbour_failed(const struct cause *cause, const struct address *neighbour,
			    int ifindex);

/* PATH below /proc/sys/net, which each network has for itself. */
bool there_number(const struct cause *cause, const char *path, long *value);
#define THERE_NUMBERS 3 /* at most */
bool there_numbers(const struct cause *cause, const char *path, long *values, int count);

/* The same where there was no call: in the network that OWNER is on. */
bool there_told(struct session *session, const struct owner *owner, const char *path, long *values,
		int count);

#endif
