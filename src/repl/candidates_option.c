/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "calls/kinds.h"
#include "repl/candidates_parts.h"

/* Hardly anybody wants one: the options behind it say it themselves. */
void candidates_level(struct finder *finder, const struct arg *arg)
{
	if (finder->part.len)
		finder_offer_names(finder, arg->names);
}

void candidates_option_name(struct finder *finder, const struct option *option)
{
	const char *end = strchr(option->name, '_');
	char prefix[16] = "";

	if (end && options_find(end + 1, strlen(end + 1), option->level) == option)
		snprintf(prefix, sizeof(prefix), "%.*s", (int)(end + 1 - option->name),
			 option->name);
	finder_offer_name(finder, option->name, *prefix ? prefix : NULL, option->text);
}

static bool applies(const struct option *option, const struct endpoint *endpoint)
{
	return options_applies(option, endpoint->family, endpoint->type, endpoint->protocol);
}

/* The level that was given; -1: none. */
static long given_level(const struct finder *finder)
{
	const struct word *word = finder_given(finder, &kind_level);
	long level = -1;

	if (word)
		names_find(&names_level, word->text, word->len, &level);
	return level;
}

/* What the socket has not comes only where it is asked for: by its level, or by its name. */
void candidates_option(struct finder *finder, const struct arg *arg)
{
	const struct endpoint *endpoint =
		candidates_endpoint(finder, finder_given(finder, &kind_fd));
	bool set = record_arg_of(finder->record, &kind_option_value) >= 0;
	long level = given_level(finder);
	const struct option *option;
	int others;

	(void)arg;
	for (others = 0; others <= 1; others++) {
		for (option = options; option < options + options_count; option++)
			if (option->access & (set ? OPTION_SET : OPTION_GET) &&
			    (level == -1 || option->level == level) &&
			    (!endpoint || applies(option, endpoint) == !others))
				candidates_option_name(finder, option);
		if (!endpoint || finder->out->count || !finder->part.len)
			break;
	}
}
