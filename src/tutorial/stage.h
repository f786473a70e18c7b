/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_STAGE_H
#define SOCKSTEP_TUTORIAL_STAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include "base/error.h"
#include "base/failure.h"
#include "base/out.h"
#include "session/session.h"

/*
 * Where a page is played: screens of the terminal, which can be gone back to, and keys. Where there
 * is no terminal, or nobody at it, it goes on by itself.
 */

enum stage_key {
	KEY_NEXT,
	KEY_BACK,
	KEY_AGAIN,
	KEY_PROMPT,
	KEY_HELP,
	KEY_LEAVE,
	KEY_INTERRUPT, /* Ctrl-C, a closed terminal */
	KEY_DIGIT,     /* stage.digit */
	KEY_OTHER,
	KEY_REDRAW,   /* within the stage alone: the screen is not as it was */
	KEY_HAPPENED, /* and so: something happens in the session */
};

/* What was put on a screen at once. */
struct stage_item {
	long part;        /* of the page, to be drawn anew for another width; -1: bytes alone */
	struct buf bytes; /* as they were written */
};

struct stage_screen {
	struct stage_item **items; /* owned; others point to the bytes */
	size_t count, cap;
};

struct stage {
	struct out *out;
	int signal_fd; /* signalfd, non-blocking, borrowed; -1: none */
	bool keys;     /* standard input is a terminal, and so is `out` */
	bool automatic;
	long pause_us; /* of automatic; 0: as long as it takes to read */
	int digit;
	/* Draws the part of an item; what it writes becomes its bytes. */
	void (*draw)(void *data, size_t part);
	void *data;
	struct termios before;
	bool raw;
	unsigned char ahead[64]; /* keys that were pressed and not yet asked for */
	size_t ahead_count;
	struct stage_screen *screens;
	size_t count, cap;
	size_t read;            /* bytes of this screen that were there at the last pause */
	struct failure failure; /* of a call that the stage cannot do without */
	bool late;              /* something happened by itself since stage_late() was asked */
};

/*
 * OUT is borrowed; `copy` of it is the stage's from now on. Returns 0, or -1 with ERR set: the
 * terminal cannot be set up. stage_close() in any case: the terminal is as it was then, and
 * FAILURE says what the stage could not do (all zero: nothing).
 */
int stage_open(struct stage *stage, struct out *out, int signal_fd, struct error *err);
void stage_close(struct stage *stage, struct failure *failure);

/* For as long as somebody else has the terminal, such as a prompt. */
void stage_lend(struct stage *stage);
int stage_take_back(struct stage *stage);

/* Begins an empty screen; what was on the last one can be gone back to. */
void stage_screen(struct stage *stage);

/* What is written from now on is one item of the screen. PART as above. */
void stage_item(struct stage *stage, long part);

/* Rows that are used on this screen, and rows that there are. */
size_t stage_used(const struct stage *stage);
size_t stage_rows(const struct stage *stage);
void stage_redraw(struct stage *stage);

/* Writes a text as if somebody typed it; a key that is pressed meanwhile hurries. */
void stage_type(struct stage *stage, const char *text, size_t len);

/*
 * Waits for a key, with a HINT behind what stands there, which is gone afterwards. Meanwhile what
 * happens in the session is told, above what was written last.
 */
enum stage_key stage_wait(struct stage *stage, struct session *session, const char *hint);

/* Whether a key or a signal waits to be read. */
bool stage_hurried(const struct stage *stage);

/* Shows the screens before this one, until the person has come forward again. */
enum stage_key stage_browse(struct stage *stage);

#endif
