/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPL_LIST_H
#define SOCKSTEP_REPL_LIST_H

#include "base/out.h"
#include "repl/completion.h"

/* How candidates are shown above the line that is being edited. */

/*
 * The list of Tab, of ROWS lines at most: one a line with what it is, or in columns where they are
 * too many for that; then how many more there are.
 */
void list_print(const struct completion *completion, struct out *out, size_t rows);

/* One a line, each with what it is, indented so far; then how many more than MOST there are. */
void list_lines(const struct completion *completion, struct out *out, size_t indent, size_t most);

/* What is expected where nothing can be offered, with the missing argument marked. Returns
 * whether there is. */
bool list_missing(const struct completion *completion, struct out *out);

/* Text up to the width of the screen, cut off with dots. */
void list_cut(struct out *out, const char *text);

#endif
