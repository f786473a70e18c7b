/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPL_COMPLETION_H
#define SOCKSTEP_REPL_COMPLETION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/failure.h"
#include "calls/call.h"
#include "session/session.h"

/* What could stand at the cursor. */
struct candidate {
	char *text;
	char *hint; /* "TCP LISTEN 127.0.0.1:80": what it is, for the list; NULL: none */
	bool open;  /* more of the word may follow: no blank behind it */
};

struct completion {
	struct candidate *list; /* each once, in the order in which they are offered */
	size_t count, cap;
	size_t start; /* in the line: they replace what is typed from here */
	bool open;    /* the one that there is, is: see above */
	/* The argument that is expected where nothing is typed of it yet; NULL: none. */
	const struct record *record;
	int missing;
	struct failure failure; /* for which not all is offered */
};

/*
 * Finds what could stand at CURSOR of LINE. Nothing is resolved, no call is made; directories are
 * read where a file is meant. COMPLETION is all zero before; completion_free() in any case.
 */
void completion_find(struct completion *completion, struct session *session, const char *line,
		     size_t cursor);
void completion_clear(struct completion *completion); /* forgets the candidates */
void completion_free(struct completion *completion);

/*
 * As readline wants them for the text from FROM to CURSOR: what all have in common, then each if
 * there are several, then NULL. malloc'd; NULL where there is none.
 */
char **completion_matches(const struct completion *completion, const char *line, size_t from,
			  size_t cursor);

#endif
