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
		buf_printf(out, " %s", names_errno_name(call->errors[i]));
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

static bool help_option(struct buf *out, const char *word, size_t len)
{
	const struct option *option = options_find(word, len, -1);

	if (!option)
		return false;
	buf_printf(out, "%s: %s\n", option->name, option->text);
	buf_printf(out, "  can be %s\n",
		   option->access == OPTION_BOTH  ? "read and set"
		   : option->access == OPTION_GET ? "read only"
						  : "set only");
	if (option->page)
		help_page(out, "manual: ", option->page);
	return true;
}

static bool help_constant(struct buf *out, const char *word, size_t len)
{
	bool found = false;
	size_t i;
	long value;

	for (i = 0; names_all[i]; i++) {
		const struct name *entry;

		if (!names_find(names_all[i], word, len, &value))
			continue;
		entry = names_entry(names_all[i], value);
		if (!entry)
			continue;
		buf_printf(out, "%s, %s: %s\n", entry->name, names_all[i]->kind, entry->text);
		found = true;
	}
	return found;
}

static bool help_errno(struct buf *out, const char *word, size_t len)
{
	int value = names_errno(word, len);

	if (!value)
		return false;
	buf_printf(out, "%s: %s (errno %d)\n", names_errno_name(value), strerror(value), value);
	return true;
}

static int run_help(struct shell *shell, const struct value *values, struct error *err)
{
	const char *word = values[0].data;
	size_t len = values[0].size;
	const struct record *record = word ? records_find(word, len) : NULL;
	struct buf text = {0};
	int result = 0;

	if (!word)
		help_all(&text);
	else if (record)
		help_record(&text, record);
	else if (!help_option(&text, word, len) && !help_errno(&text, word, len) &&
		 !help_constant(&text, word, len)) {
		const char *near = records_near(word, len);

		result = near ? error_at(err, (int)values[0].number, (int)len,
					 "no help for %s: did you mean %s?", word, near)
			      : error_at(err, (int)values[0].number, (int)len,
					 "no help for %s: `help` lists what there is", word);
	}
	if (result == 0)
		shell->report->ops->text(shell->report, buf_text(&text));
	buf_free(&text);
	return result;
}

const struct verb verb_help = {
	.record = {.name = "help",
		   .alias = {"?", "man"},
		   .prototype = "help [WORD]",
		   .help = "what there is, or one call, verb, option, constant or errno",
		   .example = "help bind",
		   .args = {{.name = "WORD", .kind = &kind_topic, .flags = ARG_OPTIONAL}}},
	.run = run_help,
};
