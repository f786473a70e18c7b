/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_PAGE_PARTS_H
#define SOCKSTEP_TUTORIAL_PAGE_PARTS_H

#include "tutorial/page.h"

/* How the reader of a page and of its directives put parts together; nobody else includes it. */

/* A new part at the end; NULL when out of memory, with ERR set. */
struct part *page_add(struct page *page, enum part_kind kind, unsigned long line,
		      struct page_error *err);

/*
 * Cuts the part's content to lines, of which the first is line FIRST of the page. Returns 0, or -1
 * with ERR set.
 */
int page_cut(struct part *part, unsigned long first, struct page_error *err);

/* Reads the page's text to its parts, directives and all. Returns 0, or -1 with ERR set. */
int page_read(struct page *page, struct page_error *err);

/* Sets ERR at a line. Returns -1. */
int page_fail(struct page_error *err, unsigned long line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
int page_no_memory(struct page_error *err);

#endif
