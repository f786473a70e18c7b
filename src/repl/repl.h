/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPL_REPL_H
#define SOCKSTEP_REPL_REPL_H

#include "commands/shell.h"

/* Whose session the prompt is lent. */
struct repl_guest {
	const char *greeting;
	/* A line that was entered. Returns whether it is the guest's, and not to be run. */
	bool (*line)(void *data, const char *line);
	void (*ran)(void *data); /* one has been run */
	void *data;
};

/*
 * The prompt: reads lines with readline until `quit`, Ctrl-D or a closed terminal, and runs them.
 * What happens by itself meanwhile (a job that returns, a process that dies) is printed above the
 * line being edited, which stays as it was. GUEST may be NULL; it ends the prompt as `quit` does.
 */
void repl_run(struct shell *shell, const struct repl_guest *guest);

#endif
