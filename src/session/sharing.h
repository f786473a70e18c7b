/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_SHARING_H
#define SOCKSTEP_SESSION_SHARING_H

#include "session/state.h"

/*
 * Sockets that more than one process has, as fork() leaves them. Which descriptors lead to one is
 * read from the kernel each time: /proc/PID/fd tells the socket's inode, be the process stopped.
 */

/* Lists them in SHOWN, VIEWER's first; nothing where one process has all. */
void sharing_list(struct session *session, const struct known *known, const struct owner *viewer,
		  struct shown *shown);

/* Once all are listed: the lists stay where they are from now on. */
void sharing_place(struct session *session);

/* A descriptor of this socket that OWNER has not; NULL: none but its own lead there. */
const struct owner *sharing_other(const struct session *session, const struct known *known,
				  const struct owner *owner, int *fd);

/* All descriptors of a process that has just been forked, by its own word, and their names. */
void sharing_inherit(struct session *session, struct owner *parent, struct owner *child);

#endif
