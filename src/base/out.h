/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_BASE_OUT_H
#define SOCKSTEP_BASE_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * The one way to standard output or standard error. Text goes through escape_text() on its way,
 * so nothing from outside is raw on a terminal; colours and line ends are asked for by name.
 * Nothing is written before out_flush().
 */

enum out_style {
	OUT_PLAIN,
	OUT_CHANGE, /* what changed in this step: the first thing to be seen */
	OUT_CALL,   /* the C call that was made */
	OUT_DIM,    /* what did not change, frames, hints */
	OUT_ERROR,  /* errno, a failed expectation */
	OUT_WHY,    /* an explanation */
	OUT_HEAD,   /* a heading */
	OUT_OPENS,  /* a packet that opens a connection */
	OUT_CLOSES, /* and that closes it */
	OUT_WAITS,  /* something is held, or waits */
	OUT_CODE,   /* what stands so in a program, within text */
	OUT_EM,     /* a word with weight */
};

enum out_glyph {
	OUT_BECAME,      /* ⇒  =>   was and is */
	OUT_TO,          /* →  ->   local to peer */
	OUT_NONE,        /* –  -    no descriptor, no value */
	OUT_DOTS,        /* …  ... */
	OUT_RULE,        /* ─  -    of an arrow */
	OUT_RIGHT,       /* ▶  >    its head */
	OUT_LEFT,        /* ◀  < */
	OUT_DOTTED,      /* ┄  .    of an arrow whose packet is on its way */
	OUT_HELD,        /* ┃  !    where it is held */
	OUT_LOST,        /* ╳  x    where it is lost */
	OUT_LANE,        /* │  |    a host's line */
	OUT_CROSS,       /* ┼  +    an arrow that passes it */
	OUT_STARTS,      /* ├  |    and one that starts there, to the right */
	OUT_STARTS_LEFT, /* ┤  | */
	OUT_TIMES,       /* ×  x    so often */
	OUT_BULLET,      /* •  -    an item of a list */
};

struct out {
	int fd;
	bool color;
	bool unicode; /* the locale's characters are UTF-8: glyphs, else their ASCII forms */
	int width;    /* columns of the terminal, OUT_WIDTH where there is none */
	bool folds;   /* it is a terminal: lines that are too long for it are folded */
	bool moves;   /* and one whose cursor can be moved: out_clear(), out_erase() */
	bool failed;  /* a write failed: errno of the first one is in error */
	int error;
	size_t column; /* columns already used in the line being written */
	enum out_style style;
	struct buf buf;
	size_t line;  /* where the line being written begins in buf */
	bool begun;   /* unless its beginning was flushed */
	bool passing; /* what out_pass() wrote stands in the row of the cursor */
	/* Called instead of write() when set: readline's screen needs care. */
	void (*write)(void *data, const char *bytes, size_t len);
	void *data;
	struct buf *copy; /* NULL, or where a copy goes of what is written; borrowed */
};

/* For `write`: what is written is only measured, or copied. */
void out_nowhere(void *data, const char *bytes, size_t len);

/* Columns of a pipe or a file: room for a step's usual lines. */
#define OUT_WIDTH 120

/*
 * Takes FD; unicode from the locale (nl_langinfo), width from the terminal, then COLUMNS, then
 * OUT_WIDTH. COLOR as decided by out_wants_color().
 */
void out_init(struct out *out, int fd, bool color);

/* WHEN is "always", "never" or "auto"; auto minds NO_COLOR, TERM (unset or dumb) and isatty. */
bool out_wants_color(int fd, const char *when);
void out_resize(struct out *out);
void out_free(struct out *out);

void out_text(struct out *out, const char *text);
void out_bytes(struct out *out, const void *bytes, size_t len);
void out_printf(struct out *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
void out_glyph(struct out *out, enum out_glyph glyph);
const char *out_glyph_text(const struct out *out, enum out_glyph glyph);
void out_style(struct out *out, enum out_style style);

/* Ends the line, and the style with it. */
void out_newline(struct out *out);

/* Blanks up to COLUMN (from 0), at least one if the line is already there or beyond. */
void out_pad(struct out *out, size_t column);

/*
 * Empties the screen, or the row of the cursor, and goes to its beginning. No effect where the
 * cursor cannot be moved: what comes stands below.
 */
void out_clear(struct out *out);
void out_erase(struct out *out);

/*
 * Writes TEXT, which stands until something else is written, or out_hide(). No effect where the
 * cursor cannot be moved.
 */
void out_pass(struct out *out, const char *text);
void out_hide(struct out *out);

/* Text broken at blanks to the width, every line after the first indented. Ends the line.
 * The style holds to its end. */
void out_wrap(struct out *out, size_t indent, const char *text);

/* A line of JSON: passed as it is, since its writer escapes. */
void out_json(struct out *out, const struct buf *line);

/* What `copy` has got, once more; it ends with a line, or that line goes on. */
void out_again(struct out *out, const struct buf *copy);

/*
 * Returns 0, or -1 with `failed` set (the reader went away, a full disk, no memory; the last is
 * told on standard error here).
 */
int out_flush(struct out *out);

#endif
