/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_TORTURE_RUN_H
#define SOCKSTEP_TESTS_TORTURE_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "state.h"

#define WORDS 16

/*
 * What the victim is given to do: a script, or keys for its prompt. The file says in its head
 *
 *   # args: WORD...   the command line; @ is the file itself (only that, where it says nothing)
 *   # columns: N      of its terminal
 *   # locale: NAME    LC_ALL
 *   # history: N      lines in the history that it finds
 *   # alone: yes      not beside itself: it binds an address of the machine's network
 *   # config: LINE     what its configuration says
 *   # slow: yes       standard output is full for a while, and does not block
 *
 * A script is its standard input, too. Keys are sent line by line, each once the prompt is there;
 * \xHH is a byte of any kind, and a line goes out as it stands, without a line end of its own.
 */
struct workload {
	const char *path;
	bool keys;
	char *text;  /* the file */
	char *typed; /* all keys, with \n where a line is entered; NULL: a script */
	char *words[WORDS];
	char *columns, *locale; /* NULL: as usual */
	long history;
	bool slow, alone;
	char *config;
};

/* Exits with a message where there is no such file. */
void workload_open(struct workload *workload, const char *path);

struct outcome {
	int status; /* of waitpid() */
	bool late;  /* it had to be killed */
	bool orphans;
	bool terminal_changed;
	char *text; /* all that it printed; free() it */
	size_t len;
	char *report; /* a sanitizer's; NULL: none */
};

/* A directory, and in it the memory that is shared with the victim. */
struct bench {
	char *dir;
	struct state *state;
};

void bench_open(struct bench *bench, const char *dir);
void bench_close(struct bench *bench);

void workload_free(struct workload *workload);

/* What is to fail: see struct state. */
struct order {
	enum mode mode;
	uint64_t key;
	uint32_t hit;
	uint64_t also;
};

/* Runs VICTIM once; what was seen is then in bench->state. */
void run(const struct bench *bench, const char *victim, const struct workload *workload,
	 const struct order *order, struct outcome *outcome);

void outcome_free(struct outcome *outcome);

#endif
