/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_COMMANDS_SHELL_H
#define SOCKSTEP_COMMANDS_SHELL_H

#include <stdbool.h>

#include "base/feed.h"
#include "report/report.h"
#include "session/session.h"

/*
 * What runs lines, for the prompt and for scripts alike: a session, how it is reported, and how
 * the run has gone. main owns the one that there is.
 */

enum shell_status {
	SHELL_OK = 0,
	SHELL_FAILED = 1, /* a step or an expectation failed, or a line could not be run */
	SHELL_USAGE = 2,
	SHELL_CANNOT = 3, /* this machine cannot */
	SHELL_INTERRUPTED = 130,
};

#define SHELL_DEPTH   16 /* of `source` */
#define SHELL_REPEATS 3  /* of `repeat` in one file */

struct shell {
	struct session *session;
	struct report *report;
	bool prompt;          /* a person types: a failed call does not end the run */
	bool keep_going;      /* --keep-going */
	bool hints;           /* the prompt shows what comes next */
	bool quit;            /* `quit`, or a failure that ends the run */
	bool stopped;         /* the latter */
	int status;           /* of the run so far: enum shell_status */
	unsigned long failed; /* calls, lines and expectations */
	int depth;            /* of `source` */
	int repeats;        /* of commands that are run several times: how many are in each other */
	int level;          /* the same in the file that is run */
	bool ended;         /* what is repeated ends: a failure, a line that cannot be run … */
	bool stirred;       /* … or Ctrl-C */
	struct place place; /* of the line that runs */
	struct feed standard_input;
	int signal_fd; /* signalfd, non-blocking, owned; -1: none */
	/*
	 * A script's last call failed, and no `expect` has said yet that it would: the script
	 * ends at the next line that is no `expect`.
	 */
	bool unexpected;
	int unexpected_errno;
	struct word command; /* what runs, in its line */
	struct word gives;   /* NAME = before a verb: of the descriptor that it leads to */
	struct word unexpected_word;
	struct place unexpected_at;
	struct buf unexpected_call, unexpected_line;
	/* A script's process died, and no `expect` has said yet that it would. */
	bool unexpected_death;
	bool died;        /* one has, since the last line that was no `expect` */
	bool kills;       /* what runs ends a process: that is expected */
	struct buf death; /* how: "main was killed by SIGPIPE" */
	/* Lines of the prompt's history; NULL where there is none. */
	void (*history)(void *data, struct buf *out);
	void *history_data;
	/* Plays a tutorial, or lists them; NULL where there is none to be played. */
	int (*tutorial)(struct shell *shell, const char *words, struct error *err);
};

/* Runs all lines of a text. FILE NULL: typed at the prompt; FIRST: the number of its first line. */
void shell_text(struct shell *shell, const char *file, unsigned long first, const char *text,
		size_t len);

/* One line, which may hold several commands. */
void shell_line(struct shell *shell, const struct place *place);

/*
 * Runs the commands of a text from FROM to TO, which may be several lines; PLACE is that of the
 * text. RUN false: only looks whether they can be read. Returns -1 where they cannot (told), else
 * 0 or 1.
 */
int shell_commands(struct shell *shell, const struct place *place, size_t from, size_t to,
		   bool run);

/* Runs a script; "-" is standard input. Returns 0, or -1 where it cannot be read (told). */
int shell_file(struct shell *shell, const char *path);

/* Whether a call failed, or a process died, and no `expect` has said yet that it would. */
bool shell_owes(const struct shell *shell);

/* That counts now. */
void shell_settle(struct shell *shell);

/* Sees what came by key or signal, between lines; a look costs as much as a short call, so one is
 * taken at each 16th LINE. */
void shell_look(struct shell *shell, unsigned long line);

/* At the end of a run: what failed and was not expected counts now. */
void shell_finish(struct shell *shell);

/* Text of a verb, whose lines end in newlines; where memory was out for it, that is an error. */
void shell_print(struct shell *shell, const struct buf *text);

/* For verbs: tells an error of the line that runs, what `expect` found, how a wait ended. */
void shell_error(struct shell *shell, const struct error *err);
void shell_expected(struct shell *shell, bool ok, const char *expected, const char *found);
void shell_result(struct shell *shell, enum session_result result, struct error *err);

/* This machine cannot do what a script needs: its exit status says so. */
void shell_cannot(struct shell *shell);

/* The hooks that a session of this shell needs. */
struct session_hooks shell_hooks(struct shell *shell);
void shell_free(struct shell *shell);

#endif
