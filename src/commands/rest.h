/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_COMMANDS_REST_H
#define SOCKSTEP_COMMANDS_REST_H

#include "calls/call.h"

/* The words of an argument that takes all that is left (kind_rest), split at blanks outside of
 * quotes. Their columns are those in the line. */
#define REST_WORDS 32

struct rest {
	struct word words[REST_WORDS];
	int count;
	int end_column; /* just behind the last one */
};

/* Returns 0, or -1 with ERR set: more than REST_WORDS. VERB is whose argument it is. */
int rest_split(const struct value *value, const char *verb, struct rest *out, struct error *err);

#endif
