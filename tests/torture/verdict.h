/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_TORTURE_VERDICT_H
#define SOCKSTEP_TESTS_TORTURE_VERDICT_H

#include "run.h"

/* What was printed, as lines that are the same on every run: without numbers, blanks, escapes. */
struct lines {
	struct line {
		char *text;
		bool echo; /* what was typed, which the terminal may show in its own time */
	} * list;
	size_t count;
};

void lines_read(struct lines *lines, const struct workload *workload, const char *text, size_t len);
void lines_free(struct lines *lines);

/* Whether they have the same lines; of what is TYPED ahead in whatever order. */
bool lines_same(const struct lines *a, const struct lines *b, bool typed);

const char *symbol_name(enum symbol symbol);
unsigned symbol_flags(enum symbol symbol);

/* Whether the outcome is one that a program survives; else why not, in WHY. */
bool verdict(const struct state *state, const struct workload *workload, const struct lines *normal,
	     const struct outcome *outcome, char *why, size_t room);

#endif
