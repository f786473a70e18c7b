/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_FD_NAMES_H
#define SOCKSTEP_SESSION_FD_NAMES_H

#include "session/state.h"

/* Names that the learner gave to descriptors: srv = socket tcp. Each process has its own, as
 * variables are its own in C. */

/* Gives a name; the descriptor's old one, and the name's old descriptor, are forgotten. */
void fd_names_give(struct session *session, struct owner *owner, int fd, const char *name);

/* The descriptor was closed. */
void fd_names_drop(struct session *session, struct owner *owner, int fd);

/* Returns the descriptor, -1 where there is none; *OWNER is whose it is: the current process, if
 * that has one of this name. */
int fd_names_find(const struct session *session, const char *text, size_t len,
		  struct owner **owner);

void fd_names_free(struct session *session);

#endif
