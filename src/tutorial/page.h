/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_PAGE_H
#define SOCKSTEP_TUTORIAL_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "tutorial/lines.h"

/*
 * A tutorial's page: GitHub's Markdown, taken apart by md4c to a list of parts in their order.
 * `console` blocks hold commands behind "> " and what they print; comments that begin with
 * "sockstep:" are directives:
 *
 *	<!-- sockstep: page requires=lab limit=20s claims=1,7 -->   of the whole page
 *	<!-- sockstep: limit 5s -->            of the next block: how long its output may take
 *	<!-- sockstep: question                lines that are run when it has been answered; the
 *	bind 3 *:80                            last one says with {choice} what must hold of the
 *	expect {choice}                        right one. Paragraphs and a list of choices follow
 *	-->
 *	<!-- sockstep: goal                    lines of `expect` that hold when it is reached;
 *	expect 3 state LISTEN                  paragraphs that say what to do stand before it
 *	-->
 *	<!-- sockstep: hint TEXT -->           of the goal before it
 *
 * A block that is `console solution` reaches the goal before it. Pure: text in, parts out.
 */

enum part_kind {
	PART_HEADING,
	PART_PARAGRAPH, /* of a list: in its item */
	PART_CODE,      /* verbatim */
	PART_CONSOLE,
	PART_ROW, /* of a table; its cells are apart by spans of SPAN_CELL */
	PART_RULE,
	PART_QUESTION,
	PART_GOAL,
};

enum span_style {
	SPAN_EM = 1 << 0,
	SPAN_STRONG = 1 << 1,
	SPAN_CODE = 1 << 2,
	SPAN_LINK = 1 << 3,  /* `href` is set */
	SPAN_BREAK = 1 << 4, /* a line ends here; no text */
	SPAN_CELL = 1 << 5,  /* a cell of a table begins here; no text */
};

struct span {
	unsigned style;
	char *text, *href; /* owned */
};

/* A command of a console block, and the lines that it prints: of part.lines. */
struct page_command {
	const char *text;
	size_t len;
	unsigned long line;
	size_t first, count; /* of what it prints */
	bool quiet;          /* of a script: an `expect`, which is not shown */
};

struct part {
	enum part_kind kind;
	unsigned long line; /* of the page, where it begins */
	unsigned long end;  /* of CONSOLE: the line of its closing fence */
	int level;          /* of a heading from 1; of a paragraph how deep in lists, 0: in none */
	int number;         /* of an item: its number, 0: it has none */
	bool item;          /* the first paragraph of an item */
	bool choice;        /* an item that answers the question before it */
	bool quote;         /* in a block quote */
	bool head;          /* the first row of a table */
	bool solution;      /* of the goal before it */
	long limit_us;      /* of CONSOLE, QUESTION; 0: the page's */
	struct span *spans; /* of text */
	size_t span_count, span_cap;
	struct buf content;            /* of CODE, CONSOLE, QUESTION, GOAL: its text */
	struct lines lines;            /* of it */
	struct page_command *commands; /* of CONSOLE */
	size_t command_count, command_cap;
	size_t judge; /* of QUESTION: its last line, the `expect` with {choice} */
	char **hints; /* of GOAL */
	size_t hint_count, hint_cap;
};

struct page {
	const char *text; /* borrowed */
	size_t len;
	struct part *parts;
	size_t part_count, part_cap;
	char *title;   /* of the first heading; owned */
	bool lab;      /* requires=lab: hosts a and b are there */
	bool script;   /* no page, but script.h: no names stand in its commands */
	long limit_us; /* how long one block may take to print what is shown */
	int *claims;   /* of the course's table */
	size_t claim_count, claim_cap;
};

/* A page that is larger is refused. */
#define PAGE_BYTES (1024L * 1024)

/* How long a block may take, where the page does not say. */
#define PAGE_LIMIT_US 5000000

struct page_error {
	struct error error;
	unsigned long line; /* of the page; 0: of all of it */
};

/*
 * TEXT is borrowed as long as the page lives; byte LEN of it must be a newline (md4c 0.4.8 reads
 * it). Returns 0, or -1 with ERR set and nothing to be freed.
 */
int page_parse(struct page *out, const char *text, size_t len, struct page_error *err);
void page_free(struct page *page);

/* The text of spans, without styles. */
void page_plain(struct buf *out, const struct part *part);

/* How long PART may take to print what is shown of it. */
long page_limit(const struct page *page, const struct part *part);

/* Goals among the first END parts. */
int page_goals(const struct page *page, size_t end);

/* Of a page of the course by the name of its file, "04-listening.md"; -1: it is none. */
int page_number(const char *name, size_t len);

/* The index behind the last part of a question's text and choices; *COUNT: of choices. */
size_t page_choices(const struct page *page, size_t question, int *count);

/* A choice's value: its first code span, or else all of its text. */
void page_choice(struct buf *out, const struct part *part);

#endif
