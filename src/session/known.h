/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_KNOWN_H
#define SOCKSTEP_SESSION_KNOWN_H

#include "session/state.h"

/*
 * The endpoints that the session knows of, and which descriptors lead to them: for the files of
 * this room that read them (endpoints.c) and show them (shown.c).
 */

/* NULL when out of memory (the session remembers that). Nothing was read of it yet. */
struct known *known_new(struct session *session, struct owner *owner, uint64_t key);
void known_forget(struct session *session, struct known *known);

/* It is no longer in an accept queue. */
void known_leave_queue(struct session *session, struct known *known);

/* Puts it on the step's list; the first role that it is given stays. False: it is there. */
bool known_concern(struct session *session, struct known *known, enum shown_role role);

/* What could not be read of a descriptor is kept to be told. */
void known_note(struct session *session, const struct descriptor *told);

/* A descriptor was closed, or leads elsewhere now. */
void known_detach(struct session *session, struct owner *owner, int fd);

/* The lowest of its descriptors from FROM on; -1: none. */
int known_lowest_fd(const struct owner *owner, const struct known *known, int from);

/*
 * Its `now`, to be written: no longer what was shown last, and where it was. NULL when out of
 * memory (the session remembers that), and `now` stays what it is.
 */
struct endpoint *known_write(struct session *session, struct known *known);

/* Its `now` is what was found, but where there is no memory. */
void known_read(struct session *session, struct known *known, const struct endpoint *found);

/* What it is now has been shown. */
void known_shown(struct session *session, struct known *known);

/* The step is over: if what was read is what was shown last, it takes no room of its own. */
void known_rest(struct session *session, struct known *known);

/* Brings `now` up to date; FRESH: its descriptor has just told. */
void endpoints_refresh(struct session *session, struct known *known, bool fresh);

/* As what another endpoint of a connection is shown. */
enum shown_role endpoints_peer_role(const struct known *known);

/* Whether a call that has returned will show it in a step of its own, which comes next. */
bool endpoints_about_to_tell(const struct session *session, uint64_t cookie);

#endif
