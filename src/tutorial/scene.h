/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_SCENE_H
#define SOCKSTEP_TUTORIAL_SCENE_H

#include "commands/shell.h"
#include "report/tee.h"
#include "tutorial/page.h"

/*
 * Where a page's commands run: a session of its own, whose output is kept. It runs in the network
 * of the calling process.
 */
struct scene {
	struct shell shell;
	struct report report;
	struct tee tee;
	struct out out;
	struct buf got; /* printed since it was emptied */
	struct captures captures;
	long patience_us; /* how long a lab may say nothing more; 0: as long as there is time */
	/* Whether nobody wants to wait any longer; NULL: somebody always does. */
	bool (*hurried)(void *data);
	void *hurried_data;
	struct lines lines; /* of `got`, when it was last compared */
};

/* Columns of what a page shows. */
#define SCENE_WIDTH 100

struct scene_config {
	bool lab; /* hosts a and b are there */
	bool allow_files;
	bool shared; /* no network of its own */
	enum lab_backend backend;
	struct report *shown; /* what is kept is shown there as well; borrowed. NULL: nowhere */
	int signal_fd;        /* as of struct shell, borrowed; -1: none */
};

/* Returns 0, or -1 with ERR set; scene_close() in any case. */
int scene_open(struct scene *scene, const struct scene_config *how, struct error *err);
void scene_close(struct scene *scene);

/* Runs a command, and keeps what it prints in `got`, which is emptied before. */
void scene_run(struct scene *scene, const char *text, size_t len);

/* Nothing is shown from now on, or is again. */
void scene_hush(struct scene *scene, bool quiet);

/*
 * A command of a page as it is run: with the values of names. Returns 0, or -1 with ERR set.
 */
int scene_fill(struct scene *scene, const char *text, size_t len, struct buf *out,
	       struct error *err);

/*
 * Waits until `got` is what PART shows of its COMMAND, LIMIT_US at most, and no longer than
 * something can still happen. `lines` is what was printed, in either case.
 */
bool scene_await(struct scene *scene, const struct part *part, const struct page_command *command,
		 long limit_us);

/* Whether lines of `expect` hold that are PART's from FIRST on; {choice} in them is CHOICE. */
bool scene_holds(struct scene *scene, const struct part *part, size_t first, const char *choice);

#endif
