/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "tutorial/page_parts.h"
#include "tutorial/update.h"

/*
 * A tutorial's page, whatever it holds: what is told of it lies within it, an error has a line of
 * it, and written anew without a change it is the same.
 */

static unsigned long count_lines(const char *text, size_t len)
{
	unsigned long count = 0;
	size_t i;

	for (i = 0; i < len; i++)
		count += text[i] == '\n';
	return count;
}

static void check_commands(const struct part *part, unsigned long lines)
{
	size_t i, next = 0;

	for (i = 0; i < part->command_count; i++) {
		const struct page_command *command = &part->commands[i];

		fuzz_require(command->len > 0, "an empty command");
		fuzz_require(command->line >= part->line && command->line < part->end, "line %lu",
			     command->line);
		fuzz_require(command->first == next + 1, "%zu behind %zu", command->first, next);
		next = command->first + command->count;
	}
	fuzz_require(part->kind != PART_CONSOLE || next == part->lines.count, "%zu of %zu", next,
		     part->lines.count);
	fuzz_require(part->line <= lines, "line %lu of %lu", part->line, lines);
	fuzz_require(part->kind != PART_CONSOLE || part->end <= lines, "closed on line %lu of %lu",
		     part->end, lines);
}

static void check_page(const struct page *page, unsigned long lines)
{
	struct edits none = {0};
	struct buf text = {0};
	size_t i;

	for (i = 0; i < page->part_count; i++) {
		const struct part *part = &page->parts[i];

		check_commands(part, lines);
		fuzz_require(part->kind != PART_QUESTION || part->judge < part->lines.count,
			     "judge %zu", part->judge);
		buf_reset(&text);
		page_plain(&text, part);
		page_choice(&text, part);
	}
	buf_reset(&text);
	update_apply(&none, page, &text);
	fuzz_require(text.len == page->len && memcmp(buf_text(&text), page->text, text.len) == 0,
		     "%zu bytes became %zu", page->len, text.len);
	buf_free(&text);
}

void fuzz_one(const uint8_t *data, size_t size)
{
	/* A copy of its own, with the newline that is asked for, so that reading beyond is seen. */
	char *text = malloc(size + 1);
	struct page_error err;
	struct page page;
	unsigned long lines;

	if (!text)
		return;
	if (size)
		memcpy(text, data, size);
	text[size] = '\n';
	lines = count_lines(text, size + 1);
	if (page_parse(&page, text, size + 1, &err) == 0) {
		check_page(&page, lines);
		page_free(&page);
	} else {
		fuzz_require(err.error.text[0], "an error without a text");
		fuzz_require(err.line <= lines, "line %lu of %lu", err.line, lines);
	}
	free(text);
}
