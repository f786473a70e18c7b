/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "calls/kinds.h"
#include "commands/verbs.h"
#include "fuzz.h"
#include "lang/lang.h"
#include "oracle.h"

/*
 * Lines: cut to words, read as the arguments of whatever record they name, printed as a C call,
 * and typed back. Words lie in their line, errors point into it, and what is printed as a call
 * reads as the same call.
 */

static void check_word(const char *line, size_t len, const struct word *word)
{
	if (!word->text)
		return;
	fuzz_require(word->text >= line && word->len <= len &&
			     (size_t)(word->text - line) <= len - word->len,
		     "a word is not in its line");
	fuzz_require(word->column == word->text - line + 1, "column %d", word->column);
}

static void check_command(const char *line, size_t len, const struct command *command)
{
	int i;

	fuzz_require(command->count >= 0 && command->count <= COMMAND_WORDS, "%d words",
		     command->count);
	fuzz_require(command->name.text ? command->name.len > 0 : command->process.len > 0,
		     "nothing was read");
	check_word(line, len, &command->process);
	check_word(line, len, &command->assign);
	check_word(line, len, &command->name);
	check_word(line, len, &command->whole);
	for (i = 0; i < command->count; i++) {
		check_word(line, len, &command->words[i]);
		if (i)
			fuzz_require(command->words[i].column > command->words[i - 1].column,
				     "words are not in order");
	}
	fuzz_require(command->end_column >= 1 && (size_t)command->end_column <= len + 1,
		     "end column %d of %zu", command->end_column, len);
}

static bool same_word(const struct word *a, const struct word *b)
{
	return a->len == b->len && !memcmp(a->text, b->text, a->len);
}

/* What is displayed as the command reads as that command. */
static void check_whole(const struct command *command)
{
	static struct command again;
	struct error err = {0};
	size_t at = 0;
	int i;

	if (!command->name.text)
		return;
	fuzz_require(lang_next(command->whole.text, command->whole.len, &at, &again, &err) == 1,
		     "\"%.*s\": %s", (int)command->whole.len, command->whole.text, err.text);
	fuzz_require(same_word(&again.name, &command->name) && again.count == command->count &&
			     again.c_spelling == command->c_spelling,
		     "\"%.*s\" reads otherwise", (int)command->whole.len, command->whole.text);
	for (i = 0; i < command->count; i++)
		fuzz_require(same_word(&again.words[i], &command->words[i]), "word %d of \"%.*s\"",
			     i, (int)command->whole.len, command->whole.text);
}

/* Bytes that are too many to be shown cannot be typed back: "..." stands behind them, outside of
 * any quotes. */
static bool is_cut(const char *text)
{
	const char *at = text, *back;

	while ((at = strstr(at, "\"..."))) {
		for (back = at; back > text && back[-1] == '\\'; back--)
			;
		if ((at - back) % 2 == 0)
			return true;
		at++;
	}
	return false;
}

static void type_back(const struct call *call, const struct value *values)
{
	static struct command command;
	struct value again[CALL_ARGS] = {0};
	struct buf text = {0}, second = {0};
	struct error err = {0};
	size_t at = 0;

	call_print(&text, call, values, NULL);
	fuzz_require(oracle_harmless(buf_text(&text), text.len, false), "%s", buf_text(&text));
	if (is_cut(buf_text(&text)))
		goto out;
	fuzz_require(lang_next(text.data, text.len, &at, &command, &err) == 1, "%s: %s",
		     buf_text(&text), err.text);
	fuzz_require(at == text.len && command.c_spelling, "%s: up to %zu", buf_text(&text), at);
	fuzz_require(values_read(&call->record, command.words, command.count, true,
				 command.end_column, &fuzz_resolver, again, &err) == 0,
		     "%s: column %d: %s", buf_text(&text), err.column, err.text);
	call_print(&second, call, again, NULL);
	fuzz_require(strcmp(buf_text(&text), buf_text(&second)) == 0, "%s typed back is %s",
		     buf_text(&text), buf_text(&second));
out:
	values_free(again);
	buf_free(&text);
	buf_free(&second);
}

static void check_values(size_t len, const struct command *command)
{
	const struct record *record = records_find(command->name.text, command->name.len);
	const struct call *call = calls_find(command->name.text, command->name.len);
	struct value values[CALL_ARGS] = {0};
	const struct word *given[CALL_ARGS];
	struct error err = {0};
	int next;

	records_near(command->name.text, command->name.len);
	if (!record)
		return;
	next = values_next_arg(record, command->words, command->count, command->c_spelling, given);
	fuzz_require(next >= 0 && next <= record_args(record), "argument %d", next);
	if (values_read(record, command->words, command->count, command->c_spelling,
			command->end_column, &fuzz_resolver, values, &err) < 0)
		fuzz_check_error(&err, len);
	else if (call)
		type_back(call, values);
	values_free(values);
}

/* What is open can be closed, by so many braces on a line of their own. */
static void check_depth(const char *line, size_t len)
{
	int depth = lang_depth(0, line, len), i;
	struct buf text = {0};

	if (!depth)
		return;
	for (i = 0; i < depth; i++)
		buf_char(&text, '}');
	fuzz_require(lang_depth(depth, text.data, text.len) == 0, "%d braces do not close %.*s",
		     depth, (int)len, line);
	buf_free(&text);
}

void fuzz_one(const uint8_t *data, size_t size)
{
	static struct command command;
	const char *line = (const char *)data;
	struct error err;
	size_t at = 0;

	check_depth(line, size);
	for (;;) {
		size_t from = at;
		int result;

		err = (struct error){0};
		result = lang_next(line, size, &at, &command, &err);
		fuzz_require(at >= from && at <= size, "from %zu to %zu of %zu", from, at, size);
		if (result == 0) {
			fuzz_require(at == size, "%zu of %zu", at, size);
			return;
		}
		fuzz_require(at > from, "no progress at %zu", at);
		if (result < 0) {
			fuzz_require(at == size || line[at] == '\n', "goes on at %zu", at);
			fuzz_check_error(&err, size);
			continue;
		}
		check_command(line, size, &command);
		check_whole(&command);
		if (command.name.text)
			check_values(size, &command);
	}
}
