/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_OPTION_LIST_H
#define SOCKSTEP_SESSION_OPTION_LIST_H

#include "base/error.h"
#include "names/options.h"
#include "session/step.h"

/* All options of one socket, as `getsockopt FD` lists them: a step of its own kind. */

enum option_state {
	OPTION_READ,   /* its value is there */
	OPTION_FAILED, /* it could not be read now: `error` */
	OPTION_LACKS,  /* this kernel does not have it */
	OPTION_UNREAD, /* it was not read: reading has an effect, or needs a question */
};

struct option_entry {
	const struct option *option;
	enum option_state state;
	int error;
	const char *text; /* the value as in C, without brackets; a very long one cut */
	const void *data; /* its bytes */
	size_t len;
	bool has_usual;         /* there is a fresh socket's value to compare with */
	bool differs;           /* from that */
	const char *usual_text; /* that, as above */
	const void *usual;
	size_t usual_len;
};

struct option_list {
	unsigned long number; /* of the step */
	struct shown shown;   /* the socket */
	int network;          /* whose interfaces the values speak of (net/interface.h) */
	int level;            /* options of this level only; -1: of all */
	int fresh_error;      /* errno, where no fresh socket could be made to compare with; or 0 */
	struct option_entry *entries;
	size_t count;
	void *memory; /* what the entries point to; of option_list_free() */
};

struct session;

/*
 * Reads the options of a descriptor of the current process, of LEVEL or (-1) of all levels, and
 * those of a fresh socket of its kind. NULL with ERR set. option_list_free() it.
 */
struct option_list *session_options(struct session *session, int fd, int level, struct error *err);
void option_list_free(struct option_list *list);

#endif
