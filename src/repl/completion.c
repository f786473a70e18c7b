/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/completion.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "repl/candidates.h"

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

/*
 * The argument at the cursor; where it may be left out, the word may be one of those behind it as
 * well. The first that has something to offer tells where the part begins.
 */
static void find_argument(struct finder *finder)
{
	struct completion *out = finder->out;
	int i, total = record_args(finder->record);

	for (i = finder->index; i >= 0 && i < total; i = finder_next(finder, i)) {
		size_t start = out->start, before = out->count;

		finder_begin(finder);
		candidates_argument(finder, &finder->record->args[i]);
		if (before && out->count == before)
			out->start = start;
	}
	if (out->count || finder->typed->last.len || finder->index >= total)
		return;
	out->record = finder->record;
	out->missing = finder->index;
}

void completion_find(struct completion *completion, struct session *session, const char *line,
		     size_t cursor)
{
	struct typed typed;
	struct finder finder;

	typed_read(&typed, line, cursor);
	finder_start(&finder, completion, session, &typed);
	if (typed.place == TYPED_NAME)
		candidates_names(&finder);
	else if (typed.place == TYPED_PROCESS)
		candidates_processes(&finder);
	else if (finder.record)
		find_argument(&finder);
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
