/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_DIRECTIVE_H
#define SOCKSTEP_TUTORIAL_DIRECTIVE_H

#include "tutorial/page.h"

/*
 * The comments of a page that are for sockstep: see page.h. What they say of the part that follows
 * waits in `struct directives` until that part is there.
 */
struct directives {
	long limit_us; /* of the next block; 0: none was given */
};

/*
 * Reads a comment of the page, "<!--" and "-->" included; one that is not for sockstep is let pass.
 * LINE is where it begins. A question or goal becomes a part. Returns 0, or -1 with ERR set.
 */
int directive_read(struct page *page, struct directives *directives, const char *text, size_t len,
		   unsigned long line, struct page_error *err);

#endif
