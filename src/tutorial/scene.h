/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_SCENE_H
#define SOCKSTEP_TUTORIAL_SCENE_H

#include "commands/shell.h"
#include "tutorial/page.h"

/*
 * Where a page's commands run: a session of its own, whose output is kept. It runs in the network
 * of the calling process.
 */
struct scene {
	struct shell shell;
	struct report report;
	struct out out;
	struct buf got; /* printed since it was emptied */
	struct captures captures;
	struct match_line *lines; /* of `got`, as scene_lines() cut them */
	size_t line_count, line_cap;
};

/* Columns of what a page shows. */
#define SCENE_WIDTH 100

struct scene_config {
	bool lab; /* hosts a and b are there */
	bool allow_files;
	enum lab_backend backend;
};

/* Returns 0, or -1 with ERR set; scene_close() in any case. */
int scene_open(struct scene *scene, const struct scene_config *how, struct error *err);
void scene_close(struct scene *scene);

/* Runs a command, and keeps what it prints in `got`, which is emptied before. */
void scene_run(struct scene *scene, const char *text, size_t len);

/*
 * Lets happen what happens by itself, which is kept, too, until something has or UNTIL_US of
 * CLOCK_MONOTONIC. Returns false where the time is over, or nothing can happen any more.
 */
bool scene_wait(struct scene *scene, long until_us);

/* Whether lines of `expect` hold that are PART's from FIRST on; {choice} in them is CHOICE. */
bool scene_holds(struct scene *scene, const struct part *part, size_t first, const char *choice);

/* Cuts `got` to lines. Returns 0, or -1 when out of memory. */
int scene_lines(struct scene *scene);

#endif
