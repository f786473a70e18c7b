/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_COMMANDS_TOPICS_H
#define SOCKSTEP_COMMANDS_TOPICS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "report/report.h"

/*
 * All that can be explained: calls, verbs, constants, options, errors, fields of struct tcp_info,
 * and the terms of names/terms.h. Each is put together from its table, or from its term where
 * there is one.
 */
struct topic {
	struct meaning meaning; /* what is told of it */
	const char *also;       /* other spellings, ", " between them; NULL: none */
	const char *prefix;     /* of its name, which may be left out; NULL: none */
	const char *prefix2;    /* another that may stand for it; NULL: none */
};

/* Called with each; what it is given lives until it returns. Returns false to stop. */
typedef bool topics_visit(void *data, const struct topic *topic);
void topics_each(topics_visit *visit, void *data);

/* Whether a person who types these bytes means it. */
bool topics_is(const struct topic *topic, const char *word, size_t len);

/* Adds the name that is nearest, for "did you mean"; nothing where none is near. */
void topics_near(struct buf *out, const char *word, size_t len);

/*
 * Tells all meanings of a word, or of several that make one term. Returns how many there are.
 */
size_t topics_explain(struct report *report, const char *word, size_t len);

#endif
