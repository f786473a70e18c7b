/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_STORY_H
#define SOCKSTEP_REPORT_STORY_H

#include <stddef.h>

#include "base/buf.h"
#include "report/report.h"

/*
 * What one endpoint is, in sentences: whose it is, its addresses, its state and what ends that,
 * what waits, which timer runs, and what can be done with it. Made of what the kernel told of it;
 * nobody is asked.
 */
#define STORY_PARTS 12

struct story {
	const struct shown *shown;
	const struct shown *others; /* all endpoints of the session, among them the other end */
	size_t other_count;
	struct buf parts[STORY_PARTS]; /* a few sentences about one thing each */
	size_t count;
};

/* What is given is borrowed until story_free(). Between begin and end jobs may be added. */
void story_begin(struct story *story, const struct shown *shown, const struct shown *others,
		 size_t count);

/* Those that wait on another endpoint are left out. */
void story_add_job(struct story *story, const struct job_info *job);

/* What can be done with it next. */
void story_end(struct story *story);
void story_free(struct story *story);

#endif
