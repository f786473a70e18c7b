/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPL_HINT_H
#define SOCKSTEP_REPL_HINT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/out.h"
#include "session/session.h"

/*
 * What may follow at the end of LINE, where its last word is finished: "address" behind
 * `bind 3 `, "[len] [flags]" behind `recv 3 `, "address, addrlen)" behind `bind(3, `. Adds
 * nothing where nothing can be said. It is ASCII.
 */
void hint_text(struct buf *out, struct session *session, const char *line);

/* The hint on the screen: dim, behind the cursor, never a part of the line. All zero: none. */
struct hint {
	bool shown;
};

/*
 * Shows the hint of readline's line, whose cursor the terminal has, PROMPT columns of the row
 * being the prompt's: at the line's end alone, outside of searches, where all fits on one row, and
 * where colours tell it from what was typed.
 */
void hint_show(struct hint *hint, const struct out *out, struct session *session, size_t prompt);

/* Takes it away. The cursor is where hint_show() left it. What is written may not be flushed. */
void hint_hide(struct hint *hint);

#endif
