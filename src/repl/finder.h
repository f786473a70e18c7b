/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPL_FINDER_H
#define SOCKSTEP_REPL_FINDER_H

#include "repl/completion.h"
#include "repl/typed.h"

/*
 * What is known while candidates are looked for. `part` is what is typed of the word, or of its
 * last piece where it has several: candidates begin with it and replace it.
 */
struct finder {
	struct completion *out;
	struct session *session;
	const struct typed *typed;
	const struct record *record; /* of the command; NULL: not known, or not typed yet */
	int index; /* of the argument at the cursor; record_args() where none is left */
	const struct word *given[CALL_ARGS]; /* of the arguments before the cursor's; or NULL */
	struct word part;
	bool open; /* of what is offered next: more of the word may follow */
};

/* TYPED is borrowed: what is known of the command and of the argument at the cursor. */
void finder_start(struct finder *finder, struct completion *out, struct session *session,
		  const struct typed *typed);

/* The part is the whole word again. */
void finder_begin(struct finder *finder);

/*
 * The argument that the word at the cursor could be as well as the one with INDEX, which may be
 * left out; -1 where that one must stand there.
 */
int finder_next(const struct finder *finder, int index);

/* Behind the last of these characters a piece of the word begins. */
void finder_split(struct finder *finder, const char *separators);

/* Skips so many bytes of the part. */
void finder_skip(struct finder *finder, size_t len);

/* Whether the part begins with this. */
bool finder_begins(const struct finder *finder, const char *text);

/* The word that was given for the first argument of a kind; NULL where it was left out. */
const struct word *finder_given(const struct finder *finder, const struct kind *kind);

/* A candidate, if it begins with the part and was not offered before. HINT may be NULL. */
void finder_offer(struct finder *finder, const char *text, const char *hint);

/*
 * A constant, in whatever case the part is typed; without PREFIX (NULL: it has none) where the
 * part is typed without it.
 */
void finder_offer_name(struct finder *finder, const char *name, const char *prefix,
		       const char *hint);

void finder_offer_names(struct finder *finder, const struct names *names);

/* Flags that are joined by |: the piece of the word behind the last one, of those that are not in
 * the word already. WHICH: the bits that are offered. */
void finder_offer_flags(struct finder *finder, const struct names *names, long which);

/* The paths that begin with the part. */
void finder_offer_files(struct finder *finder);

#endif
