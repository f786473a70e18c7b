/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NAMES_WORDS_H
#define SOCKSTEP_NAMES_WORDS_H

#include "base/buf.h"

/*
 * What sockstep says to learners, kept apart from the code so that it can be translated: a text
 * has a key and may hold {fields}.
 */

/* The text of a key; the key itself where it has none (a test looks for that). */
const char *words(const char *key);

/*
 * Adds the text of KEY to OUT with its {fields} filled in: pairs of a field's name and its text,
 * closed by a NULL name. A field that is not given is left as it stands.
 */
void words_fill(struct buf *out, const char *key, ...) __attribute__((sentinel));

/* The keys, in order within each table; NULL past the last one. */
const char *words_key(size_t index);

#endif
