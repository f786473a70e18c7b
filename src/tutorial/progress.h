/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_PROGRESS_H
#define SOCKSTEP_TUTORIAL_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

/*
 * How far a person is in the course: lines "WHAT NUMBER PAGE" in a file that is kept
 * (base/kept.h), to which lines are added; the file may hold anything. PAGE is a page of the course
 * by its file's name, or any other by its path.
 */
enum progress_what {
	PROGRESS_PLAYED,    /* to its end; the number is 0 */
	PROGRESS_PRACTISED, /* the same */
	PROGRESS_GOAL,      /* which was reached, from 1 */
	PROGRESS_SECTION,   /* where it was left; the last one counts, 0: at its end */
};

struct progress {
	struct buf text;
};

/* All zero where there is nothing to be read; that is no error. */
void progress_read(struct progress *progress);
void progress_free(struct progress *progress);

bool progress_has(const struct progress *progress, enum progress_what what, const char *page);

/* How many different goals were reached, of those from 1 to MOST. */
int progress_goals(const struct progress *progress, const char *page, int most);

/* Where it was left; 0: it was not. */
int progress_section(const struct progress *progress, const char *page);

/*
 * Adds a line, unless that is known already. Returns 0, or -1 with ERR set: it is not kept, though
 * known as long as PROGRESS lives.
 */
int progress_note(struct progress *progress, enum progress_what what, int number, const char *page,
		  struct error *err);

#endif
