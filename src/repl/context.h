/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPL_CONTEXT_H
#define SOCKSTEP_REPL_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/out.h"
#include "session/session.h"

/*
 * `?`, as routers have it: what can come next. It is that key where a word begins, and within a
 * word that is one of the language's; in quotes, in a comment and in a word of bytes, text or a
 * path it is a character of the line.
 */
bool context_wanted(struct session *session, const char *line, size_t cursor);

/*
 * Prints what can stand at CURSOR of LINE: the command, the argument with its kind and default,
 * and what there is to choose from, each with what it means.
 */
void context_print(struct out *out, struct session *session, const char *line, size_t cursor);

#endif
