/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/completion.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "commands/verbs.h"
#include "repl/candidates.h"

/* Lines of a list: with the line being edited it fits on any screen. */
#define LIST_ROWS 20

void completion_clear(struct completion *completion)
{
	size_t i;

	for (i = 0; i < completion->count; i++) {
		free(completion->list[i].text);
		free(completion->list[i].hint);
	}
	completion->count = 0;
}

void completion_free(struct completion *completion)
{
	completion_clear(completion);
	free(completion->list);
	*completion = (struct completion){0};
}

static void begin_part(struct finder *finder)
{
	finder->part = finder->typed->last;
	finder->out->start = (size_t)finder->part.column - 1;
	finder->open = false;
}

/*
 * The argument at the cursor; where it may be left out, the word may be one of those behind it as
 * well. The first that has something to offer tells where the part begins.
 */
static void find_arguments(struct finder *finder, int index)
{
	const struct record *record = finder->record;
	int i, total = record_args(record);

	for (i = index; i < total; i++) {
		const struct arg *arg = &record->args[i];
		size_t start = finder->out->start, before = finder->out->count;

		if ((arg->flags & ARG_C_ONLY) && !finder->typed->c_spelling)
			continue;
		begin_part(finder);
		candidates_argument(finder, arg);
		if (before && finder->out->count == before)
			finder->out->start = start;
		if (!(arg->flags & ARG_OPTIONAL) || finder->typed->c_spelling)
			break;
	}
}

static void find_argument(struct finder *finder)
{
	const struct typed *typed = finder->typed;
	int index;

	finder->record = records_find(typed->name.text, typed->name.len);
	if (!finder->record)
		return;
	index = values_next_arg(finder->record, typed->words, typed->count, typed->c_spelling,
				finder->given);
	find_arguments(finder, index);
	if (finder->out->count || typed->last.len || index >= record_args(finder->record))
		return;
	finder->out->record = finder->record;
	finder->out->missing = index;
}

void completion_find(struct completion *completion, struct session *session, const char *line,
		     size_t cursor)
{
	struct typed typed;
	struct finder finder = {.out = completion, .session = session, .typed = &typed};

	typed_read(&typed, line, cursor);
	if (typed.place == TYPED_NOTHING)
		return;
	begin_part(&finder);
	if (typed.place == TYPED_NAME) {
		candidates_names(&finder);
	} else if (typed.place == TYPED_PROCESS) {
		finder_skip(&finder, 1);
		candidates_processes(&finder);
	} else {
		find_argument(&finder);
	}
	completion->open = typed.c_spelling || (completion->count && completion->list[0].open);
}

/* Bytes that all candidates begin with, whole characters. */
static size_t common_length(const struct completion *completion)
{
	const char *first = completion->list[0].text;
	size_t i, len = strlen(first);

	for (i = 1; i < completion->count; i++) {
		const char *text = completion->list[i].text;
		size_t same = 0;

		while (same < len && text[same] == first[same])
			same++;
		len = same;
	}
	while (len && (first[len] & 0xc0) == 0x80)
		len--;
	return len;
}

static char *with_head(const char *head, size_t head_len, const char *text, size_t len)
{
	struct buf out = {0};

	buf_add(&out, head, head_len);
	buf_add(&out, text, len);
	return buf_take(&out);
}

char **completion_matches(const struct completion *completion, const char *line, size_t from,
			  size_t cursor)
{
	size_t i, len, head = completion->start - from, typed = cursor - completion->start;
	const char *common;
	char **list;

	if (!completion->count || completion->start < from)
		return NULL;
	list = calloc(completion->count + 2, sizeof(*list));
	if (!list)
		return NULL;
	common = completion->list[0].text;
	len = common_length(completion);
	/* Never less than what is typed, which may differ in case. */
	if (len < typed) {
		common = line + completion->start;
		len = typed;
	}
	list[0] = with_head(line + from, head, common, len);
	for (i = 0; completion->count > 1 && i < completion->count; i++)
		list[i + 1] = with_head(line + from, head, completion->list[i].text,
					strlen(completion->list[i].text));
	return list;
}

static size_t longest(const struct completion *completion)
{
	size_t i, most = 0;

	for (i = 0; i < completion->count; i++) {
		const char *text = completion->list[i].text;
		size_t width = escape_width(text, strlen(text));

		if (width > most)
			most = width;
	}
	return most;
}

static void put_more(struct out *out, size_t count)
{
	if (!count)
		return;
	out_text(out, "  ");
	out_style(out, OUT_DIM);
	out_glyph(out, OUT_DOTS);
	out_printf(out, " and %zu more", count);
	out_newline(out);
}

/* What fits on the line, in whole characters. */
static void put_cut(struct out *out, const char *text)
{
	size_t len = strlen(text), room = (size_t)out->width - 1;

	if (out->column + 3 >= room)
		return;
	room -= out->column;
	if (escape_width(text, len) > room) {
		while (len && (escape_width(text, len) + 3 > room || (text[len] & 0xc0) == 0x80))
			len--;
		out_bytes(out, text, len);
		out_glyph(out, OUT_DOTS);
	} else {
		out_bytes(out, text, len);
	}
}

static void list_hints(const struct completion *completion, struct out *out)
{
	size_t i, column = longest(completion) + 4;

	for (i = 0; i < completion->count; i++) {
		out_text(out, "  ");
		out_text(out, completion->list[i].text);
		if (completion->list[i].hint) {
			out_pad(out, column);
			out_style(out, OUT_DIM);
			put_cut(out, completion->list[i].hint);
		}
		out_newline(out);
	}
}

static void list_columns(const struct completion *completion, struct out *out)
{
	size_t width = longest(completion) + 2, room = (size_t)out->width - 2;
	size_t columns = room > width ? room / width : 1;
	size_t rows = (completion->count + columns - 1) / columns;
	size_t row, at, shown = 0;

	if (rows > LIST_ROWS)
		rows = LIST_ROWS;
	for (row = 0; row < rows; row++) {
		for (at = row; at < completion->count && at < rows * columns; at += rows) {
			out_pad(out, 2 + at / rows * width);
			out_text(out, completion->list[at].text);
			shown++;
		}
		out_newline(out);
	}
	put_more(out, completion->count - shown);
}

void completion_list(const struct completion *completion, struct out *out)
{
	bool hints = false;
	size_t i;

	for (i = 0; i < completion->count; i++)
		hints |= completion->list[i].hint != NULL;
	if (hints && completion->count <= LIST_ROWS)
		list_hints(completion, out);
	else
		list_columns(completion, out);
}

bool completion_hint(const struct completion *completion, struct out *out)
{
	struct buf usage = {0};

	if (!completion->record)
		return false;
	record_usage(&usage, completion->record, completion->missing);
	out_text(out, "  ");
	out_text(out, buf_text(&usage));
	out_text(out, "  ");
	out_style(out, OUT_DIM);
	put_cut(out, completion->record->args[completion->missing].kind->what);
	out_newline(out);
	buf_free(&usage);
	return true;
}
