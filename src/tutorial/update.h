/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_UPDATE_H
#define SOCKSTEP_TUTORIAL_UPDATE_H

#include "tutorial/diff.h"
#include "tutorial/page.h"

/* Writes a page anew: what its commands print now, with the names and dots that it has. */

struct edit {
	unsigned long line; /* the first that goes; what is new stands there */
	size_t count;       /* of lines that go */
	struct buf text;    /* whole lines */
};

struct edits {
	struct edit *list;
	size_t count, cap;
};

/*
 * Notes what COMMAND of PAGE prints now. CAPTURES has the names that are known. Edits come in the
 * order of the page. Returns 0, or -1 when out of memory.
 */
int update_note(struct edits *edits, const struct page *page, const struct part *part,
		const struct page_command *command, struct captures *captures,
		const struct match_line *got, size_t got_count);

/* The page with all of them. */
void update_apply(const struct edits *edits, const struct page *page, struct buf *out);
void edits_free(struct edits *edits);

#endif
