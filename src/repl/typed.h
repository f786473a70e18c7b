/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPL_TYPED_H
#define SOCKSTEP_REPL_TYPED_H

#include <stdbool.h>
#include <stddef.h>

#include "lang/lang.h"

/*
 * The command that is being typed: as lang/lang.h has it, but of a line that is not finished, up
 * to a cursor. `last` is the word at the cursor, empty where none has begun; the words before it
 * are complete.
 */
enum typed_place {
	TYPED_END, /* behind the command's end */
	TYPED_QUOTE,
	TYPED_COMMENT,
	TYPED_PROCESS, /* @PRO */
	TYPED_NAME,    /* of a call or a verb */
	TYPED_ARGUMENT,
};

struct typed {
	enum typed_place place;
	bool assigned; /* NAME = stands before it */
	struct word name;
	struct word words[COMMAND_WORDS];
	int count;
	bool c_spelling;
	struct word last;
};

void typed_read(struct typed *typed, const char *line, size_t cursor);

#endif
