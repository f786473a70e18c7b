/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/page.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "tutorial/page_parts.h"

int page_fail(struct page_error *err, unsigned long line, const char *format, ...)
{
	va_list ap;

	err->line = line;
	err->error.column = err->error.length = 0;
	va_start(ap, format);
	vsnprintf(err->error.text, sizeof(err->error.text), format, ap);
	va_end(ap);
	return -1;
}

int page_no_memory(struct page_error *err)
{
	return page_fail(err, 0, "out of memory");
}

struct part *page_add(struct page *page, enum part_kind kind, unsigned long line,
		      struct page_error *err)
{
	struct part *part;

	if (grow(&page->parts, &page->part_cap, page->part_count, sizeof(*page->parts)) < 0) {
		page_no_memory(err);
		return NULL;
	}
	part = &page->parts[page->part_count++];
	*part = (struct part){.kind = kind, .line = line};
	return part;
}

int page_cut(struct part *part, unsigned long first, struct page_error *err)
{
	return lines_cut(&part->lines, &part->content, first) < 0 ? page_no_memory(err) : 0;
}

size_t page_choices(const struct page *page, size_t question, int *count)
{
	size_t i;

	*count = 0;
	for (i = question + 1; i < page->part_count; i++) {
		const struct part *part = &page->parts[i];

		if (part->kind != PART_PARAGRAPH || (*count && !part->level))
			break;
		*count += part->item && part->level == 1;
	}
	return i;
}

/* Choices are the items of the first list behind a question. */
static int find_choices(struct page *page, struct page_error *err)
{
	size_t i, k, end;

	for (i = 0; i < page->part_count; i++) {
		int count;

		if (page->parts[i].kind != PART_QUESTION)
			continue;
		end = page_choices(page, i, &count);
		for (k = i + 1; k < end; k++)
			page->parts[k].choice = page->parts[k].item && page->parts[k].level == 1;
		if (count < 2)
			return page_fail(
				err, page->parts[i].line,
				"a question needs a list of two choices or more behind it");
	}
	return 0;
}

/* A solution is of the goal before it, and a goal has one. */
static int check_goals(const struct page *page, struct page_error *err)
{
	const struct part *goal = NULL;
	size_t i;

	for (i = 0; i < page->part_count; i++) {
		const struct part *part = &page->parts[i];

		if (part->kind == PART_GOAL && goal)
			break;
		if (part->kind == PART_GOAL)
			goal = part;
		if (part->kind == PART_CONSOLE && part->solution && !goal)
			return page_fail(err, part->line, "a solution without a goal before it");
		if (part->kind == PART_CONSOLE && part->solution)
			goal = NULL;
	}
	return goal ? page_fail(err, goal->line,
				"a goal needs a block ```console solution behind it")
		    : 0;
}

long page_limit(const struct page *page, const struct part *part)
{
	return part->limit_us ? part->limit_us : page->limit_us;
}

int page_goals(const struct page *page, size_t end)
{
	int count = 0;
	size_t i;

	for (i = 0; i < end; i++)
		count += page->parts[i].kind == PART_GOAL;
	return count;
}

int page_number(const char *name, size_t len)
{
	if (len <= 6 || !isdigit((unsigned char)name[0]) || !isdigit((unsigned char)name[1]) ||
	    name[2] != '-' || memcmp(name + len - 3, ".md", 3) != 0)
		return -1;
	return (name[0] - '0') * 10 + name[1] - '0';
}

static void find_title(struct page *page)
{
	struct buf title = {0};
	size_t i;

	for (i = 0; i < page->part_count && page->parts[i].kind != PART_HEADING; i++)
		;
	if (i < page->part_count)
		page_plain(&title, &page->parts[i]);
	page->title = buf_take(&title);
}

static int parse(struct page *page, struct page_error *err)
{
	if (page->len > PAGE_BYTES)
		return page_fail(err, 0, "%zu bytes: a page has %ld at most", page->len,
				 PAGE_BYTES);
	if (page_read(page, err) < 0 || find_choices(page, err) < 0 || check_goals(page, err) < 0)
		return -1;
	find_title(page);
	return page->title ? 0 : page_no_memory(err);
}

int page_parse(struct page *out, const char *text, size_t len, struct page_error *err)
{
	*out = (struct page){.text = text, .len = len, .limit_us = PAGE_LIMIT_US};
	if (parse(out, err) == 0)
		return 0;
	page_free(out);
	return -1;
}

static void free_part(struct part *part)
{
	size_t i;

	for (i = 0; i < part->span_count; i++) {
		free(part->spans[i].text);
		free(part->spans[i].href);
	}
	for (i = 0; i < part->hint_count; i++)
		free(part->hints[i]);
	free(part->spans);
	free(part->hints);
	lines_free(&part->lines);
	free(part->commands);
	buf_free(&part->content);
}

void page_free(struct page *page)
{
	size_t i;

	for (i = 0; i < page->part_count; i++)
		free_part(&page->parts[i]);
	free(page->parts);
	free(page->title);
	free(page->claims);
	*page = (struct page){0};
}

void page_plain(struct buf *out, const struct part *part)
{
	size_t i;

	for (i = 0; i < part->span_count; i++)
		buf_str(out, part->spans[i].text ? part->spans[i].text : " ");
}

void page_choice(struct buf *out, const struct part *part)
{
	size_t i;

	for (i = 0; i < part->span_count; i++)
		if (part->spans[i].style & SPAN_CODE && part->spans[i].text) {
			buf_str(out, part->spans[i].text);
			return;
		}
	page_plain(out, part);
}
