/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_CAUSE_H
#define SOCKSTEP_SESSION_CAUSE_H

#include "session/state.h"

/* What the explanations share: of failures (why*.c), and of results that surprise (surprise.c). */

#define CAUSE_NUMBER 24

/* One failure, or one result, and what is known of the socket that it was asked of. */
struct cause {
	struct session *session;
	const struct job *job;
	const struct known *known; /* of the call's first descriptor; NULL: no socket */
	const char *name;          /* of the call */
	char fd[CAUSE_NUMBER];     /* the call's first argument, as text */
	struct address address;    /* the call's; len 0: it has none */
	struct buf *out;           /* the explanation */
};

const char *cause_number(char room[CAUSE_NUMBER], long value);

/*
 * Each adds the words of KEY with the field {fd}, and one more: {address}, {n}. Returns true, so
 * that who has said something can return it.
 */
bool cause_say(struct cause *cause, const char *key);
bool cause_say_address(struct cause *cause, const char *key, const struct address *address);
bool cause_say_number(struct cause *cause, const char *key, long value);

bool cause_call_is(const struct cause *cause, const char *name);
enum endpoint_state cause_state(const struct cause *cause); /* STATE_NONE: no socket */
bool cause_is_stream(const struct cause *cause);
bool cause_is_unix(const struct cause *cause);

#endif
