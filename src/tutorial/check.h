/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_CHECK_H
#define SOCKSTEP_TUTORIAL_CHECK_H

#include "base/out.h"
#include "lab/host.h"

/*
 * Checks pages as tests: each in a process, a private network and an empty directory of its own,
 * which are gone afterwards. Writes TAP to OUT.
 */
struct check_options {
	bool update;      /* write each page anew where it differs */
	bool allow_files; /* that a page names */
	enum lab_backend backend;
};

/* Returns the exit status: 0, 1 where a page fails. */
int check_pages(struct out *out, const char *const *files, int count,
		const struct check_options *options);

#endif
