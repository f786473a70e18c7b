/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "calls/kinds.h"
#include "commands/verbs.h"
#include "names/options.h"
#include "names/words.h"

static void list_records(struct buf *out, const char *heading, size_t from, size_t to)
{
	const struct record *record;
	size_t i;

	buf_printf(out, "%s\n", heading);
	for (i = from; i < to && (record = records_at(i)); i++) {
		struct buf usage = {0};

		record_usage(&usage, record, -1);
		if (usage.len > 36)
			buf_printf(out, "  %s\n  %-36s %s\n", buf_text(&usage), "", record->help);
		else
			buf_printf(out, "  %-36s %s\n", buf_text(&usage), record->help);
		buf_free(&usage);
	}
}

static void help_all(struct buf *out)
{
	list_records(out, words("help.calls"), 0, calls_count);
	list_records(out, words("help.verbs"), calls_count, (size_t)-1);
	buf_str(out, words("help.more"));
	buf_char(out, '\n');
}

static void help_args(struct buf *out, const struct record *record)
{
	int i;

	for (i = 0; i < record_args(record); i++) {
		const struct arg *arg = &record->args[i];
		size_t k;

		if (arg->flags & ARG_C_ONLY)
			continue;
		buf_printf(out, "  %-10s %s%s", arg->name, arg->kind->what,
			   arg->flags & ARG_OPTIONAL ? "; may be left out" : "");
		if (arg->names) {
			buf_str(out, ":");
			for (k = 0; k < arg->names->count && k < 8; k++)
				buf_printf(out, " %s", arg->names->list[k].name);
			if (arg->names->count > 8)
				buf_str(out, " ...");
		}
		buf_char(out, '\n');
	}
}

static void help_errors(struct buf *out, const struct call *call)
{
	int i;

	if (!call->errors[0])
		return;
	buf_str(out, "can fail with:");
	for (i = 0; i < CALL_ERRORS && call->errors[i]; i++)
		buf_printf(out, " %s", names_error_name(call->errors[i]));
	buf_char(out, '\n');
}

/* "bind(2)" as it is typed: man 2 bind */
static void help_page(struct buf *out, const char *label, const char *page)
{
	const char *open = strchr(page, '(');

	if (open)
		buf_printf(out, "%sman %.*s %.*s\n", label, (int)strcspn(open + 1, ")"), open + 1,
			   (int)(open - page), page);
}

static void help_record(struct buf *out, const struct record *record)
{
	const struct call *call = calls_find(record->name, strlen(record->name));
	struct buf usage = {0};

	record_usage(&usage, record, -1);
	buf_printf(out, "%s: %s\n", record->name, record->help);
	if (call) {
		buf_printf(out, "in C:    %s\n", record->prototype);
		buf_printf(out, "typed:   %s\n", buf_text(&usage));
	} else {
		buf_printf(out, "typed:   %s\n", record->prototype);
	}
	buf_printf(out, "example: %s\n", record->example);
	help_args(out, record);
	if (call) {
		help_errors(out, call);
		help_page(out, "manual:  ", record->page);
	}
	buf_free(&usage);
}

/* Of a call or a verb, how it is used; any other word is explained. */
static int run_help(struct shell *shell, const struct value *values, struct error *err)
{
	const char *word = values[0].data;
	const struct record *record = word ? records_find(word, values[0].size) : NULL;
	struct buf text = {0};

	if (word && !record)
		return explain_word(shell, &values[0], err);
	if (record)
		help_record(&text, record);
	else
		help_all(&text);
	shell_print(shell, &text);
	buf_free(&text);
	return 0;
}

const struct verb verb_help = {
	.record =
		{.name = "help",
		 .alias = {"?", "man"},
		 .prototype = "help [WORD...]",
		 .help = "what there is, how a call or verb is used, or what a word means",
		 .example = "help bind",
		 .args = {{.name = "WORD", .kind = &kind_topic, .flags = ARG_OPTIONAL | ARG_REST}}},
	.run = run_help,
};
