/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_COMMANDS_ROUNDS_H
#define SOCKSTEP_COMMANDS_ROUNDS_H

#include "commands/shell.h"
#include "lang/lang.h"

/*
 * Commands that are run several times, each time with other numbers: those of `repeat`, and one
 * with a range of descriptors, such as `close 10-1009`.
 */

/* Which word of COMMAND is a range of descriptors, by its record (NULL: none is known); else -1. */
int rounds_range(const struct record *record, const struct command *command);

/* Runs COMMAND of the shell's line once for each open descriptor of the range that is its WORD. */
void rounds_run_range(struct shell *shell, const struct command *command, int word);

#endif
