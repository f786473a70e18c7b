/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_SCRIPT_H
#define SOCKSTEP_TUTORIAL_SCRIPT_H

#include "tutorial/source.h"

/*
 * A plain script as a page: its first comment is the title, `echo` and other comments are prose
 * ("echo 1. …" begins a section), and all else are commands. What `expect` says is tried, and not
 * shown. A script that says "# needs: lab" has one.
 */

/* Returns 0, or -1 with ERR set; source_free() in any case. */
int script_read(struct source *source, const char *path, struct page_error *err);

/* The same of a text, which the page borrows. Returns 0, or -1 with ERR set. */
int script_parse(struct page *out, const char *text, size_t len, struct page_error *err);

#endif
