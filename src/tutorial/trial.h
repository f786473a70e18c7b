/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_TRIAL_H
#define SOCKSTEP_TUTORIAL_TRIAL_H

#include "tutorial/scene.h"
#include "tutorial/update.h"

/*
 * One page that is tried: its commands are run in their order, what they print is compared, its
 * questions are answered and its goals reached. Results are lines of TAP without their numbers.
 */
struct trial {
	const char *file;
	const struct page *page;
	struct scene scene;
	struct out *out;
	bool update;
	struct edits edits;
	bool failed;
};

/* Returns 0, or -1 where the page's lines cannot be run at all: told, too. */
int trial_run(struct trial *trial);
void trial_free(struct trial *trial);

/* One result: "ok - FILE:LINE: WHAT". */
void trial_tell(struct trial *trial, bool ok, unsigned long line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
