/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_SOURCE_H
#define SOCKSTEP_TUTORIAL_SOURCE_H

#include "tutorial/page.h"
#include "tutorial/update.h"

/* A page's file: read, checked for links that lead nowhere, and written anew. */
struct source {
	struct page page;
	char *text; /* owned, with a newline at its end */
	size_t len;
	char *path; /* absolute */
};

/* The text and the path alone. Returns 0, or -1 with ERR set; source_free() in any case. */
int source_load(struct source *source, const char *path, struct page_error *err);

/* And the page in it. The same. */
int source_read(struct source *source, const char *path, struct page_error *err);

/* Replaces the file in one go. Returns 0, or -1 with ERR set and the file as it was. */
int source_write(const struct source *source, const struct edits *edits, struct error *err);
void source_free(struct source *source);

#endif
