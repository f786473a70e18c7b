/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "fuzz.h"
#include "tutorial/match.h"
#include "tutorial/update.h"

/*
 * What a page shows against what was printed. A diff has every line once, in its order; lines that
 * are text alone match themselves; and what a command prints matches the page that is written anew
 * from it.
 */

#define LINES 64

struct block {
	struct match_line list[LINES];
	size_t count;
};

static void cut(struct block *out, const char *text, size_t len)
{
	const char *end = text + len;

	out->count = 0;
	while (text < end && out->count < LINES) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		size_t size = stop ? (size_t)(stop - text) : (size_t)(end - text);

		out->list[out->count] =
			(struct match_line){.text = text, .len = size, .line = out->count + 1};
		out->count++;
		text += size + 1;
	}
}

/* A page with a line of too many words is refused when it is read. */
static bool is_plain(const struct block *block)
{
	struct error err;
	size_t i;

	for (i = 0; i < block->count; i++)
		if (match_check(&block->list[i], &err) < 0 ||
		    memchr(block->list[i].text, '{', block->list[i].len) ||
		    memchr(block->list[i].text, '\t', block->list[i].len) ||
		    match_is_async(&block->list[i]))
			return false;
	return true;
}

static void check_diff(const struct block *shown, const struct block *got)
{
	struct captures captures = {0};
	struct diff diff;
	size_t i, s = 0, g = 0;

	if (diff_make(&diff, &captures, shown->list, shown->count, got->list, got->count) < 0)
		return;
	for (i = 0; i < diff.count; i++) {
		const struct diff_line *line = &diff.list[i];

		if (line->side != DIFF_GOT)
			fuzz_require(line->shown == s++, "%zu, not %zu", line->shown, s - 1);
		if (line->side != DIFF_SHOWN)
			fuzz_require(line->got == g++, "%zu, not %zu", line->got, g - 1);
	}
	fuzz_require(s == shown->count && g == got->count, "%zu of %zu, %zu of %zu", s,
		     shown->count, g, got->count);
	diff_free(&diff);
	captures_free(&captures);
}

/* A page of one command that shows SHOWN and prints GOT: written anew, it must match. */
static void check_update(const struct block *shown, const struct block *got)
{
	struct page_command command = {.text = "a", .len = 1, .line = 1, .count = shown->count};
	struct part part = {.kind = PART_CONSOLE};
	struct captures captures = {0}, fresh = {0};
	struct edits edits = {0};
	struct block now;
	struct page page = {.text = "> a\n", .len = 4};

	part.lines.list = (struct match_line *)shown->list;
	part.lines.count = shown->count;
	if (update_note(&edits, &page, &part, &command, &captures, got->list, got->count) == 0) {
		cut(&now, buf_text(&edits.list[0].text), edits.list[0].text.len);
		fuzz_require(now.count == LINES || match_block(&fresh, now.list, now.count,
							       got->list, got->count),
			     "%.*s", (int)edits.list[0].text.len, buf_text(&edits.list[0].text));
	}
	edits_free(&edits);
	captures_free(&captures);
	captures_free(&fresh);
}

void fuzz_one(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	const char *middle = size ? memchr(text, 0, size) : NULL;
	struct captures captures = {0};
	struct block shown, got;

	if (!middle)
		return;
	cut(&shown, text, (size_t)(middle - text));
	cut(&got, middle + 1, size - (size_t)(middle - text) - 1);
	if (!match_block(&captures, shown.list, shown.count, got.list, got.count))
		fuzz_require(captures.count == 0, "%zu names", captures.count);
	captures_free(&captures);
	check_diff(&shown, &got);
	if (!is_plain(&got))
		return;
	fuzz_require(match_block(&captures, got.list, got.count, got.list, got.count),
		     "a block does not match itself");
	captures_free(&captures);
	if (is_plain(&shown))
		check_update(&shown, &got);
}
