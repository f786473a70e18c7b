/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPL_HISTORY_H
#define SOCKSTEP_REPL_HISTORY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"

/*
 * The lines that were typed: readline's list, and a file that nobody else can read,
 * $XDG_STATE_HOME/sockstep/history. Lines are appended as they come, so that several explorers
 * share it and nothing is lost when one ends badly.
 */
struct history {
	char *dir;   /* NULL: the list is kept in memory alone */
	bool failed; /* the file could not be written: not tried again */
};

#define HISTORY_LINES 1000

/* Reads the file into readline's list. Returns 0, or -1 with ERR set: it goes on without. */
int history_open(struct history *history, struct error *err);

/*
 * Keeps one line, unless it is blank, begins with a blank or is the one before. Returns 0, or -1
 * with ERR set the first time that it cannot be written.
 */
int history_add(struct history *history, const char *line, struct error *err);

/* The list with its numbers, one line each. */
void history_print(struct buf *out);

void history_close(struct history *history);

#endif
