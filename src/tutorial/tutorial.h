/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_TUTORIAL_H
#define SOCKSTEP_TUTORIAL_TUTORIAL_H

#include <stdbool.h>

#include "base/out.h"
#include "commands/shell.h"
#include "lab/host.h"

/*
 * Pages and scripts that are played to a person, or practised by one. The calling process gets a
 * private network, where the machine allows it, and an empty directory, both for itself alone.
 */
struct tutorial_options {
	const char *which; /* a number, a name or a file; NULL: the course is listed */
	bool practice;
	bool automatic; /* it goes on by itself */
	long pause_us;  /* how long it shows what there is to be read; 0: as that takes */
	int from;       /* the section to begin with, from 1; 0: at the beginning */
	bool allow_files;
	enum lab_backend backend;
	int signal_fd; /* as of struct shell, borrowed */
};

/* Returns the exit status: enum shell_status. What goes wrong is told on ERRORS. */
int tutorial_run(struct out *out, struct out *errors, const struct tutorial_options *options);

/*
 * For the verb at the prompt: lists the course (WORDS empty), or plays it in a sockstep of its own,
 * which has the terminal meanwhile. Returns 0, or -1 with ERR set.
 */
int tutorial_verb(struct shell *shell, const char *words, struct error *err);

#endif
