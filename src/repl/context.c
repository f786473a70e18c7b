/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/context.h"

#include <string.h>

#include "calls/kinds.h"
#include "commands/like.h"
#include "commands/verbs.h"
#include "names/words.h"
#include "repl/candidates.h"
#include "repl/candidates_parts.h"
#include "repl/list.h"

#define INDENT       2
#define WORDS_COLUMN 12
#define NARROW       48
#define MOST         200 /* of the candidates for one argument */

/* Whether a word of this argument may have a `?` in it. */
static bool is_free(const struct finder *finder, const struct arg *arg)
{
	const struct typed *typed = finder->typed;

	if (finder->record == &verb_expect.record)
		return typed->count &&
		       (word_is(&typed->words[0], "data") || word_is(&typed->words[0], "why"));
	return arg->kind == &kind_bytes || arg->kind == &kind_iovec || arg->kind == &kind_msghdr ||
	       arg->kind == &kind_rest || arg->kind == &kind_file ||
	       ((arg->kind == &kind_address || arg->kind == &kind_like_address) &&
		finder_begins(finder, "unix:"));
}

bool context_wanted(struct session *session, const char *line, size_t cursor)
{
	struct completion none = {0};
	struct typed typed;
	struct finder finder;
	int i;

	typed_read(&typed, line, cursor);
	if (typed.place == TYPED_QUOTE || typed.place == TYPED_COMMENT)
		return false;
	finder_start(&finder, &none, session, &typed);
	if (!finder.record || !typed.last.len)
		return true;
	for (i = finder.index; i >= 0 && i < record_args(finder.record);
	     i = finder_next(&finder, i))
		if (is_free(&finder, &finder.record->args[i]))
			return false;
	return true;
}

static void put_line(struct out *out, const char *text)
{
	out_pad(out, INDENT);
	out_style(out, OUT_DIM);
	out_wrap(out, INDENT, text);
}

static void put_words(struct out *out, const char *head, const char *text)
{
	size_t column = out->width < NARROW ? 2 * INDENT : WORDS_COLUMN;

	out_pad(out, INDENT);
	out_text(out, head);
	out_pad(out, column);
	out_style(out, OUT_DIM);
	out_wrap(out, column, text);
}

static void print_candidates(struct finder *finder, struct out *out, size_t indent)
{
	if (finder->out->count)
		list_lines(finder->out, out, indent, MOST);
	completion_clear(finder->out);
}

/* "backlog   a number; 128 if it is left out" */
static void print_kind(const struct finder *finder, struct out *out, const struct arg *arg)
{
	const struct option *option =
		arg->kind == &kind_option_value ? candidates_given_option(finder) : NULL;
	const char *left_out = arg->fallback ? arg->fallback : arg->kind->left_out;
	struct buf text = {0};

	if (option)
		candidates_value_text(&text, option);
	else
		buf_str(&text, arg->kind->what);
	if (arg->flags & ARG_OPTIONAL && !finder->typed->c_spelling)
		buf_printf(&text, "; may be left out%s%s", left_out ? ": " : "",
			   left_out ? left_out : "");
	put_words(out, arg->name, buf_text(&text));
	buf_free(&text);
}

/* Whether the command could end here. */
static bool is_complete(const struct finder *finder)
{
	const struct arg *arg = &finder->record->args[finder->index];

	if (finder->typed->c_spelling || finder->typed->last.len)
		return false;
	for (; arg < finder->record->args + record_args(finder->record); arg++)
		if (!(arg->flags & (ARG_OPTIONAL | ARG_C_ONLY)))
			return false;
	return true;
}

static void find_candidates(struct finder *finder, int index)
{
	completion_clear(finder->out);
	finder_begin(finder);
	candidates_argument(finder, &finder->record->args[index]);
}

/* The argument that a word which has begun is meant for: the first with candidates for it. */
static int meant(struct finder *finder)
{
	int i, total = record_args(finder->record);

	for (i = finder->index; finder->typed->last.len && i >= 0 && i < total;
	     i = finder_next(finder, i)) {
		find_candidates(finder, i);
		if (finder->out->count)
			return i;
	}
	return finder->index;
}

static void print_usage(const struct finder *finder, struct out *out, int mark)
{
	struct buf usage = {0};

	record_usage(&usage, finder->record, mark);
	out_pad(out, INDENT);
	out_style(out, OUT_HEAD);
	out_wrap(out, 2 * INDENT, buf_text(&usage));
	buf_free(&usage);
	put_line(out, finder->record->help);
}

static void print_arguments(struct finder *finder, struct out *out)
{
	int total = record_args(finder->record), first = meant(finder), i;

	print_usage(finder, out, first < total ? first : -1);
	for (i = first; i >= 0 && i < total; i = finder_next(finder, i)) {
		find_candidates(finder, i);
		if (i != first && finder->typed->last.len && !finder->out->count)
			continue;
		print_kind(finder, out, &finder->record->args[i]);
		print_candidates(finder, out, INDENT + 2);
	}
	if (is_complete(finder))
		put_words(out, "Enter", words("context.enter"));
}

static void print_unknown(const struct typed *typed, struct out *out)
{
	const char *near = records_near(typed->name.text, typed->name.len);
	struct buf text = {0};

	buf_add(&text, typed->name.text, typed->name.len);
	buf_str(&text, " is no call and no verb");
	if (near)
		buf_printf(&text, ": did you mean %s?", near);
	put_line(out, buf_text(&text));
	buf_free(&text);
}

void context_print(struct out *out, struct session *session, const char *line, size_t cursor)
{
	struct completion found = {0};
	struct typed typed;
	struct finder finder;

	typed_read(&typed, line, cursor);
	finder_start(&finder, &found, session, &typed);
	if (finder.record) {
		print_arguments(&finder, out);
	} else if (typed.place == TYPED_ARGUMENT) {
		print_unknown(&typed, out);
	} else if (typed.place == TYPED_END) {
		put_line(out, words("context.end"));
	} else if (typed.place == TYPED_QUOTE) {
		put_line(out, words("context.quote"));
	} else if (typed.place == TYPED_COMMENT) {
		put_line(out, words("context.comment"));
	} else {
		if (typed.place == TYPED_PROCESS)
			candidates_processes(&finder);
		else
			candidates_names(&finder);
		if (!found.count)
			put_line(out, words("context.none"));
		print_candidates(&finder, out, INDENT);
	}
	completion_free(&found);
}
