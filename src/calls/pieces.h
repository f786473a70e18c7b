/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_CALLS_PIECES_H
#define SOCKSTEP_CALLS_PIECES_H

#include "calls/call.h"

/* Words that are lists: what has commas between, in brackets or not. */

/* A part of a word, and where it begins there. */
struct piece {
	const char *text; /* NULL: there is none */
	size_t len, at;
};

void piece_trim(struct piece *piece);

/* The next of what has commas between, without blanks; false at the end. REST moves behind it. */
bool piece_next(struct piece *rest, struct piece *out);

/* `tv_sec=1`: what stands behind the name of a field. */
void piece_unname(struct piece *piece);

/* The place of an error within PIECE becomes that within its word. Returns -1. */
int piece_place(const struct piece *piece, struct error *err);

/* The inside of brackets; false where the word has none, and OUT is the whole of it. */
bool piece_inside(const struct word *word, char open, char close, struct piece *out);

/* Copies bytes to a value. Returns 0, or -1 with ERR set. */
int piece_keep(struct value *out, const void *bytes, size_t size, struct error *err);

#endif
