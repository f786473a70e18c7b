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

/* "1 byte", "5 bytes"; "once", "twice", "3 times". */
void cause_bytes(struct buf *out, long n);
void cause_times(struct buf *out, long n);

/* "UDP (SOCK_DGRAM)": what the socket is; nothing where there is none. */
void cause_kind(const struct cause *cause, struct buf *out);

/*
 * Where the call would send to: the address that it names, or that its socket is connected to.
 * NULL: nowhere.
 */
const struct address *cause_destination(const struct cause *cause);

/* Its first argument, the descriptor of `known`. */
int cause_fd(const struct cause *cause);

/* An option of that descriptor that is an int. False: not known. */
bool cause_option(const struct cause *cause, int level, int option, int *value);

/*
 * The type of a UNIX socket that can be in the way at an address, or be reached there: of an
 * abstract name the same as its own; 0: any.
 */
int cause_unix_type(const struct cause *cause, const struct address *address);

/* The value of the call's first argument of a kind; DEFAULT_VALUE where it has none. */
long cause_value(const struct cause *cause, const struct kind *kind, long default_value);

bool cause_call_is(const struct cause *cause, const char *name);
enum endpoint_state cause_state(const struct cause *cause); /* STATE_NONE: no socket */
bool cause_sends(const struct cause *cause);                /* send, sendto, write … */
bool cause_receives(const struct cause *cause);             /* recv, recvfrom, read … */
bool cause_accepts(const struct cause *cause);
bool cause_is_stream(const struct cause *cause);
bool cause_is_unix(const struct cause *cause);

#endif
