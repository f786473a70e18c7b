/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_LANG_LANG_H
#define SOCKSTEP_LANG_LANG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "calls/call.h"

/*
 * A line becomes words, words become a command. Nothing is looked up: a word is a slice of the
 * line, quotes and all.
 *
 *	line     := [NAME =] command [&]            # comment  (also // to the end)
 *	command  := WORD argument…                  socket tcp
 *	          | WORD ( argument , … )           socket(AF_INET, SOCK_STREAM, 0)
 *	several  := line ; line
 *	@PROCESS line
 *	repeat N { several }              one word from { to }, which may stand on several lines
 *
 * A leading `int` (or `ssize_t`, …) and a closing `;` are let pass. Words end at blanks, `;` and
 * `#` outside of "…", '…', {…} and […]; arguments in parentheses end at commas. `&` is a word of
 * its own at the end. `#` and `//` begin a comment only where a word could begin.
 */
#define COMMAND_WORDS 64

/* The one command whose braces hold commands. */
#define LANG_REPEAT "repeat"

struct command {
	struct word process; /* without its @; text NULL: none given */
	struct word assign;  /* NAME =; text NULL: none */
	struct word name;    /* text NULL: nothing to run (`@process` alone) */
	struct word words[COMMAND_WORDS];
	int count;
	bool c_spelling;
	bool background;
	struct word whole; /* the command without process, `;` and comment: for display */
	int end_column;    /* just behind the last word; of the C spelling that of its `)` */
	int open;          /* braces of commands that are not closed, where that is the error */
};

/*
 * Reads the next command of LINE, from *AT on; *AT then stands behind it. Returns 1, 0 at the end
 * of the line (empty commands and comments are passed over), -1 with ERR and its place in LINE
 * set: *AT then stands at the line's end, so that nothing of a broken line is run. A newline in
 * LINE ends a command as `;` does. Time and memory grow with the length alone.
 */
int lang_next(const char *line, size_t len, size_t *at, struct command *out, struct error *err);

/*
 * How many braces of commands are open behind LINE, where DEPTH were before it: while there are
 * any, what follows belongs to the same line.
 */
int lang_depth(int depth, const char *line, size_t len);

/* The columns of COMMAND become those of a line that begins BY bytes later. */
void lang_shift(struct command *command, int by);

#endif
