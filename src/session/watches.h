/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_WATCHES_H
#define SOCKSTEP_SESSION_WATCHES_H

#include "kernel/fdinfo.h"
#include "session/state.h"

/* What epoll sets have in them, and how it is; of the other descriptors that are no sockets, too.
 */

/*
 * What /proc tells of a descriptor of OWNER's that is no socket; nothing where it is of no kind
 * that it tells of. OUT must be empty, and is the caller's to free. Returns 0, or -1 where it could
 * not be read, which the session's failure says.
 */
int watches_read(struct session *session, const struct owner *owner, const struct descriptor *told,
		 struct fdinfo *out);

/* The same of a number; -1, too, where it is no epoll set. */
int watches_of(struct session *session, const struct owner *owner, int epfd, struct fdinfo *out);

/* How each descriptor of an epoll set is now: OWNER's process is asked. */
void watches_ask(const struct owner *owner, struct fdinfo *info);

/* The one that was put there as FD; NULL: none was. */
const struct fdinfo_watch *watches_find(const struct fdinfo *info, int fd);

/* "3, 4": the numbers, at most MOST. */
void watches_list(const struct fdinfo *info, size_t most, struct buf *out);

/*
 * The descriptors that a call on an epoll set has reported, by what was put there with them: they
 * are read along with those that the call named.
 */
void watches_reported(struct session *session, struct job *job);

/* Adds to the step what its call has found ready; the list is the session's. */
void watches_tell(struct session *session, const struct job *job, struct step *step);

#endif
