/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_MONKEY_JUDGE_H
#define SOCKSTEP_TESTS_MONKEY_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What must hold of every line that sockstep prints. Written without the code that it judges.
 */
struct judge {
	bool json;
	unsigned long steps;  /* the last step's number */
	unsigned long errors; /* lines that were refused */
	unsigned long failed; /* calls that failed */
	unsigned long deaths; /* of processes */
	bool ended;           /* the last event came */
	char problem[512];    /* the first one; "": none */
};

/* A line of standard output or (ERRORS) standard error, without its newline. */
void judge_line(struct judge *judge, const char *line, size_t len, bool errors);

#endif
