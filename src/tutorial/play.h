/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_PLAY_H
#define SOCKSTEP_TUTORIAL_PLAY_H

#include "tutorial/progress.h"
#include "tutorial/prose.h"
#include "tutorial/scene.h"
#include "tutorial/source.h"
#include "tutorial/stage.h"
#include "tutorial/tutorial.h"

/* A page that is being played; how its parts are, in several files. */
struct play {
	const struct tutorial_options *options;
	const struct page *page;
	const char *name; /* that progress knows the page by; NULL: by none */
	struct out *out, *errors;
	struct stage stage;
	struct scene scene;
	struct report shown;
	struct prose prose;
	struct prose *drawn; /* as it was when each part was drawn; owned */
	size_t empty;        /* rows of a screen that has nothing but its head */
	struct progress progress;
	int next;        /* the tutorial that follows; 0: none is known */
	bool shared;     /* no private network here */
	size_t section;  /* where the one that is played begins, as an index of parts */
	size_t question; /* that is being put, as an index; 0: none */
	size_t goal;     /* the last one, the same */
	size_t hints;    /* of it that were given */
	bool helped;     /* what the keys do has been said */
	bool told_other; /* that the output is another one has been said, in this section */
	int status;
};

enum turn {
	TURN_ON,
	TURN_AGAIN, /* from the beginning of the section */
	TURN_LEAVE,
};

/* Tells what went wrong, which ends the run with STATUS. */
void play_fail(struct play *play, int status, const char *text);

/* Plays all of the page. Returns the exit status. */
int play_page(struct play *play);

/* Waits for the person, who may do much in between. HINT says what Enter does. */
enum turn play_stop(struct play *play, const char *hint);

/* Makes sure of so many rows, with a pause where a new screen must begin. */
enum turn play_room(struct play *play, size_t rows);

/* Waits for a number from 1 to COUNT; 0: the person wants to be told. */
enum turn play_answer(struct play *play, int count, int *answer);

/* A line of sockstep's own, between those of the page. */
void play_say(struct play *play, enum out_style style, const char *text);

/* Commands of a console block; a question that has been read; a solution, and its goal. */
enum turn play_console(struct play *play, const struct part *part);
enum turn play_question(struct play *play);
enum turn play_goal(struct play *play, const struct part *solution);

/* Runs a line, which is shown as if it was typed, once the person wants it to. */
enum turn play_line(struct play *play, const char *text, size_t len, bool waits);

/* Runs what belongs to a part, without a pause: what is printed is only compared. */
void play_unseen(struct play *play, const struct part *part);

/* Whether the last goal is reached; kept as progress. */
bool play_reached(struct play *play);

/* The same, with the person at the keys. */
enum turn practice_console(struct play *play, const struct part *part);
enum turn practice_goal(struct play *play, const struct part *solution);

/* A prompt on the live session. GUEST is whose. */
struct repl_guest;
enum turn play_prompt(struct play *play, const struct repl_guest *guest);

/* How far the person has come is kept; where it cannot be, that is said once. */
void play_note(struct play *play, enum progress_what what, int number);

#endif
