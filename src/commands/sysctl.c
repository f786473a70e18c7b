/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "calls/kinds.h"
#include "commands/verbs.h"
#include "names/terms.h"

static struct word word_of(const struct value *value)
{
	return (struct word){.text = value->data, .len = value->size, .column = (int)value->number};
}

/* What is left of the line, without blanks at its ends, or quotes about all of it. */
static char *copy_value(const struct value *value)
{
	const char *text = value->data;
	size_t len = value->size;

	while (len && strchr(" \t", text[len - 1]))
		len--;
	while (len && strchr(" \t", *text)) {
		text++;
		len--;
	}
	if (len > 1 && strchr("\"'", *text) && text[len - 1] == *text) {
		text++;
		len -= 2;
	}
	return strndup(text, len);
}

static const char *meaning_of(const struct sysctl *setting)
{
	const char *last = strrchr(setting->name, '.');
	const struct term *term = terms_find(TERM_SYSCTL, last ? last + 1 : setting->name);

	return term ? term->text : NULL;
}

static int run_sysctl(struct shell *shell, const struct value *values, struct error *err)
{
	struct word host = word_of(&values[0]), name = word_of(&values[1]);
	char *value = values[2].data ? copy_value(&values[2]) : NULL;
	struct sysctl setting;
	int result;

	if (values[2].data && !value)
		return error_set(err, "out of memory");
	result = session_sysctl(shell->session, &host, &name, value, &setting, err);
	free(value);
	if (result == 0)
		shell->report->ops->sysctl(shell->report, &shell->place, &shell->command, &setting,
					   meaning_of(&setting));
	return result;
}

const struct verb verb_sysctl = {
	.record =
		{.name = "sysctl",
		 .prototype = "sysctl HOST NAME [VALUE]",
		 .help = "read a setting of a host's kernel, or change it",
		 .example = "sysctl b tcp_syncookies 0",
		 .args = {{.name = "HOST", .kind = &kind_host},
			  {.name = "NAME", .kind = &kind_sysctl},
			  {.name = "VALUE", .kind = &kind_rest, .flags = ARG_OPTIONAL | ARG_REST}}},
	.run = run_sysctl,
};
