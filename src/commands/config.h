/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_COMMANDS_CONFIG_H
#define SOCKSTEP_COMMANDS_CONFIG_H

#include "commands/shell.h"

/*
 * The prompt's configuration, $XDG_CONFIG_HOME/sockstep/config: a setting and its value on a
 * line, as `set` takes them, and comments. Nothing else: no call is ever made. A line that is
 * wrong is told with its place and passed over; that there is no file is no error.
 */
void config_read(struct shell *shell);

/* The same with a text that was read from FILE. */
void config_text(struct shell *shell, const char *file, const char *text, size_t len);

#endif
