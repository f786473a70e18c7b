/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_COMMANDS_EXPECT_PATH_H
#define SOCKSTEP_COMMANDS_EXPECT_PATH_H

#include "commands/shell.h"

/*
 * Judges `expect path FD STATE...`: WORDS are the descriptor and what stands behind it. FOUND gets
 * the path that there is. Returns 0, or -1 with ERR placed at a word.
 */
int expect_path(struct shell *shell, const struct word *words, int count, bool *ok,
		struct buf *found, struct error *err);

#endif
