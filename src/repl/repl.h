/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPL_REPL_H
#define SOCKSTEP_REPL_REPL_H

#include "commands/shell.h"

/*
 * The prompt: reads lines with readline until `quit`, Ctrl-D or a closed terminal, and runs them.
 * What happens by itself meanwhile (a job that returns, a process that dies) is printed above the
 * line being edited, which stays as it was.
 */
void repl_run(struct shell *shell);

#endif
