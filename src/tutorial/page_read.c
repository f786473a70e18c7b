/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <md4c.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/grow.h"
#include "tutorial/directive.h"
#include "tutorial/page_parts.h"

#define DEPTH 16 /* of lists */

struct reader {
	struct page *page;
	struct page_error *err;
	struct directives directives;
	size_t *starts; /* of lines */
	size_t line_count, line_cap;
	struct part *current; /* that text goes to; NULL: none is open */
	unsigned style;
	char *href;        /* of the link that is open; owned, NULL: none is */
	int depth;         /* of lists */
	int number[DEPTH]; /* of the next item; 0: it has a bullet */
	bool item;         /* the next paragraph is the first of an item */
	int quotes;
	bool table_head;
	bool console, solution;
	char fence;               /* of the code block that is open; 0: it has none */
	unsigned long fence_line; /* 0: not known yet */
	struct buf html;
	bool in_html;
	unsigned long html_line;
};

/* The line of the page that TEXT stands on; 0: it is not of the page's own bytes. */
static unsigned long line_of(const struct reader *reader, const char *text)
{
	size_t low = 0, high = reader->line_count, at;

	if (text < reader->page->text || text >= reader->page->text + reader->page->len)
		return 0;
	at = (size_t)(text - reader->page->text);
	while (high - low > 1) {
		size_t middle = (low + high) / 2;

		if (reader->starts[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	return low + 1;
}

static int find_lines(struct reader *reader)
{
	const struct page *page = reader->page;
	size_t at = 0;

	while (at < page->len) {
		const char *end = memchr(page->text + at, '\n', page->len - at);

		if (grow(&reader->starts, &reader->line_cap, reader->line_count,
			 sizeof(*reader->starts)) < 0)
			return page_no_memory(reader->err);
		reader->starts[reader->line_count++] = at;
		at = end ? (size_t)(end - page->text) + 1 : page->len;
	}
	return 0;
}

/* Where text goes; opened when its first text comes, since a tight list has no paragraphs. */
static struct part *open_text(struct reader *reader, const char *text)
{
	struct part *part = reader->current;

	if (!part) {
		part = page_add(reader->page, PART_PARAGRAPH, line_of(reader, text), reader->err);
		if (!part)
			return NULL;
		reader->current = part;
		part->level = reader->depth;
		part->quote = reader->quotes > 0;
		if (reader->depth && reader->item) {
			part->item = true;
			part->number = reader->number[reader->depth - 1];
			reader->item = false;
		}
	}
	if (!part->line)
		part->line = line_of(reader, text);
	return part;
}

static struct span *add_span(struct reader *reader, struct part *part, unsigned style)
{
	struct span *span;

	if (grow(&part->spans, &part->span_cap, part->span_count, sizeof(*part->spans)) < 0) {
		page_no_memory(reader->err);
		return NULL;
	}
	span = &part->spans[part->span_count++];
	*span = (struct span){.style = style};
	return span;
}

static int add_text(struct reader *reader, const char *at, const char *text, size_t len,
		    unsigned style)
{
	struct part *part = open_text(reader, at);
	struct span *span = part ? add_span(reader, part, reader->style | style) : NULL;

	if (!span)
		return -1;
	span->text = strndup(text, len);
	if (reader->href && span->text)
		span->href = strdup(reader->href);
	return span->text && (span->href || !reader->href) ? 0 : page_no_memory(reader->err);
}

/* What an entity stands for, as far as pages need any; others stay as they are typed. */
static int add_entity(struct reader *reader, const char *text, size_t len)
{
	static const struct {
		const char *entity, *text;
	} known[] = {{"&lt;", "<"},    {"&gt;", ">"},   {"&amp;", "&"},
		     {"&quot;", "\""}, {"&nbsp;", " "}, {"&apos;", "'"}};
	size_t i;

	for (i = 0; i < COUNT_OF(known); i++)
		if (strlen(known[i].entity) == len && memcmp(known[i].entity, text, len) == 0)
			return add_text(reader, text, known[i].text, strlen(known[i].text), 0);
	return add_text(reader, text, text, len, 0);
}

static bool attribute_is(const MD_ATTRIBUTE *attribute, const char *word)
{
	return attribute->size == strlen(word) &&
	       memcmp(attribute->text, word, attribute->size) == 0;
}

static int enter_code(struct reader *reader, const MD_BLOCK_CODE_DETAIL *detail)
{
	reader->solution = detail->info.size && attribute_is(&detail->info, "console solution");
	reader->console =
		reader->solution || (detail->lang.size && attribute_is(&detail->lang, "console"));
	reader->fence = detail->fence_char;
	reader->fence_line = detail->info.size ? line_of(reader, detail->info.text) : 0;
	if (reader->console && !reader->solution && !attribute_is(&detail->info, "console"))
		return page_fail(reader->err, reader->fence_line,
				 "a console block is ```console or ```console solution");
	reader->current = page_add(reader->page, reader->console ? PART_CONSOLE : PART_CODE,
				   reader->fence_line, reader->err);
	if (!reader->current)
		return -1;
	reader->current->level = reader->depth;
	reader->current->solution = reader->solution;
	return 0;
}

static bool is_fence(const struct reader *reader, unsigned long line)
{
	size_t at = reader->starts[line - 1], count = 0;
	const char *text = reader->page->text;

	while (at < reader->page->len && strchr(" >", text[at]))
		at++;
	while (at < reader->page->len && text[at] == reader->fence) {
		at++;
		count++;
	}
	return count >= 3;
}

static int add_command(struct part *part, const struct match_line *line, size_t index,
		       struct page_error *err)
{
	struct page_command *command;

	if (grow(&part->commands, &part->command_cap, part->command_count,
		 sizeof(*part->commands)) < 0)
		return page_no_memory(err);
	command = &part->commands[part->command_count++];
	*command = (struct page_command){.text = line->text + 2,
					 .len = line->len - 2,
					 .line = line->line,
					 .first = index + 1};
	return 0;
}

static int read_console(struct part *part, struct page_error *err)
{
	size_t i;

	for (i = 0; i < part->lines.count; i++) {
		const struct match_line *line = &part->lines.list[i];
		struct error wrong;

		if (line->len > 2 && memcmp(line->text, "> ", 2) == 0) {
			if (add_command(part, line, i, err) < 0)
				return -1;
			continue;
		}
		if (!part->command_count)
			return page_fail(err, line->line,
					 "a console block begins with a command behind \"> \"");
		if (match_check(line, &wrong) < 0)
			return page_fail(err, line->line, "%s", wrong.text);
		part->commands[part->command_count - 1].count++;
	}
	if (!part->command_count)
		return page_fail(err, part->line, "a console block without a command");
	return 0;
}

static int leave_code(struct reader *reader)
{
	struct part *part = reader->current;
	unsigned long first;

	reader->current = NULL;
	/* A fence without a word is found from the text behind it, where there is any. */
	if (reader->fence && !reader->fence_line)
		for (first = part->line; first > 1 && !reader->fence_line; first--)
			if (is_fence(reader, first - 1))
				reader->fence_line = first - 1;
	if (reader->fence_line)
		part->line = reader->fence_line;
	first = reader->fence_line ? reader->fence_line + 1 : part->line;
	if (page_cut(part, first, reader->err) < 0)
		return -1;
	part->end = first + part->lines.count;
	if (reader->fence && reader->fence_line &&
	    (part->end > reader->line_count || !is_fence(reader, part->end)))
		return page_fail(reader->err, part->line, "this block is never closed");
	if (part->kind != PART_CONSOLE)
		return 0;
	part->limit_us = reader->directives.limit_us;
	reader->directives.limit_us = 0;
	return read_console(part, reader->err);
}

static int leave_html(struct reader *reader)
{
	int result = directive_read(reader->page, &reader->directives, buf_text(&reader->html),
				    reader->html.len, reader->html_line, reader->err);

	reader->in_html = false;
	if (reader->html.failed)
		result = page_no_memory(reader->err);
	buf_reset(&reader->html);
	return result;
}

static int enter_list(struct reader *reader, int number)
{
	if (reader->depth == DEPTH)
		return page_fail(reader->err, 0, "lists in lists: %d deep at most", DEPTH);
	reader->number[reader->depth++] = number;
	return 0;
}

static int enter_row(struct reader *reader)
{
	reader->current = page_add(reader->page, PART_ROW, 0, reader->err);
	if (!reader->current)
		return -1;
	reader->current->head = reader->table_head;
	return 0;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *data)
{
	struct reader *reader = data;

	if (type != MD_BLOCK_TH && type != MD_BLOCK_TD)
		reader->current = NULL;
	switch (type) {
	case MD_BLOCK_H:
		reader->current = page_add(reader->page, PART_HEADING, 0, reader->err);
		if (!reader->current)
			return -1;
		reader->current->level = (int)((MD_BLOCK_H_DETAIL *)detail)->level;
		return 0;
	case MD_BLOCK_QUOTE:
		reader->quotes++;
		return 0;
	case MD_BLOCK_UL:
		return enter_list(reader, 0);
	case MD_BLOCK_OL:
		return enter_list(reader, (int)((MD_BLOCK_OL_DETAIL *)detail)->start);
	case MD_BLOCK_LI:
		reader->item = true;
		return 0;
	case MD_BLOCK_HR:
		return page_add(reader->page, PART_RULE, 0, reader->err) ? 0 : -1;
	case MD_BLOCK_HTML:
		reader->in_html = true;
		return 0;
	case MD_BLOCK_CODE:
		return enter_code(reader, detail);
	case MD_BLOCK_THEAD:
		reader->table_head = true;
		return 0;
	case MD_BLOCK_TR:
		return enter_row(reader);
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		return reader->current && add_span(reader, reader->current, SPAN_CELL) ? 0 : -1;
	default:
		return 0;
	}
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
	struct reader *reader = data;

	(void)detail;
	switch (type) {
	case MD_BLOCK_CODE:
		return leave_code(reader);
	case MD_BLOCK_HTML:
		return leave_html(reader);
	case MD_BLOCK_QUOTE:
		reader->quotes--;
		break;
	case MD_BLOCK_UL:
	case MD_BLOCK_OL:
		reader->depth--;
		break;
	case MD_BLOCK_LI:
		if (reader->number[reader->depth - 1])
			reader->number[reader->depth - 1]++;
		break;
	case MD_BLOCK_THEAD:
		reader->table_head = false;
		break;
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		return 0;
	default:
		break;
	}
	reader->current = NULL;
	return 0;
}

static unsigned style_of(MD_SPANTYPE type)
{
	switch (type) {
	case MD_SPAN_EM:
		return SPAN_EM;
	case MD_SPAN_STRONG:
		return SPAN_STRONG;
	case MD_SPAN_CODE:
		return SPAN_CODE;
	case MD_SPAN_A:
		return SPAN_LINK;
	default:
		return 0;
	}
}

static int enter_span(MD_SPANTYPE type, void *detail, void *data)
{
	struct reader *reader = data;
	const MD_ATTRIBUTE *href;

	reader->style |= style_of(type);
	if (type != MD_SPAN_A)
		return 0;
	href = &((MD_SPAN_A_DETAIL *)detail)->href;
	free(reader->href);
	reader->href = href->size ? strndup(href->text, href->size) : strdup("");
	return reader->href ? 0 : page_no_memory(reader->err);
}

static int leave_span(MD_SPANTYPE type, void *detail, void *data)
{
	struct reader *reader = data;

	(void)detail;
	reader->style &= ~style_of(type);
	if (type == MD_SPAN_A) {
		free(reader->href);
		reader->href = NULL;
	}
	return 0;
}

static int add_content(struct reader *reader, const char *text, size_t len)
{
	struct part *part = reader->current;
	unsigned long line = line_of(reader, text);

	if (!part->line && line)
		part->line = line;
	buf_add(&part->content, text, len);
	return 0;
}

static int add_html(struct reader *reader, const char *text, size_t len)
{
	/* In a paragraph it is no directive, and no text for the reader either. */
	if (!reader->in_html)
		return 0;
	if (!reader->html.len)
		reader->html_line = line_of(reader, text);
	buf_add(&reader->html, text, len);
	return 0;
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data)
{
	struct reader *reader = data;
	struct part *part = reader->current;

	switch (type) {
	case MD_TEXT_BR:
		return part && !add_span(reader, part, SPAN_BREAK) ? -1 : 0;
	case MD_TEXT_SOFTBR:
		return add_text(reader, text, " ", 1, 0);
	case MD_TEXT_ENTITY:
		return add_entity(reader, text, size);
	case MD_TEXT_CODE:
		if (part && (part->kind == PART_CODE || part->kind == PART_CONSOLE))
			return add_content(reader, text, size);
		return add_text(reader, text, text, size, 0);
	case MD_TEXT_HTML:
		return add_html(reader, text, size);
	default:
		return add_text(reader, text, text, size, 0);
	}
}

/* A page is UTF-8, and holds nothing but text. */
static int check_text(const struct reader *reader)
{
	const struct page *page = reader->page;
	size_t at = 0;

	while (at < page->len) {
		uint32_t code;
		int size = escape_decode((const unsigned char *)page->text + at, page->len - at,
					 &code);

		if (size == 0)
			return page_fail(reader->err, line_of(reader, page->text + at),
					 "this is not UTF-8");
		if (code == 0)
			return page_fail(reader->err, line_of(reader, page->text + at),
					 "a NUL byte: this is no text");
		/* To md4c it ends a line; to everybody who counts lines it does not. */
		if (code == '\r' && (at + 1 == page->len || page->text[at + 1] != '\n'))
			return page_fail(reader->err, line_of(reader, page->text + at),
					 "a carriage return that ends no line");
		at += (size_t)size;
	}
	return 0;
}

static int read_all(struct reader *reader)
{
	static const MD_PARSER parser = {.flags = MD_DIALECT_GITHUB | MD_FLAG_NOINDENTEDCODEBLOCKS,
					 .enter_block = enter_block,
					 .leave_block = leave_block,
					 .enter_span = enter_span,
					 .leave_span = leave_span,
					 .text = on_text};
	const struct page *page = reader->page;

	if (find_lines(reader) < 0 || check_text(reader) < 0)
		return -1;
	page_no_memory(reader->err);
	return md_parse(page->text, (MD_SIZE)page->len, &parser, reader) == 0 ? 0 : -1;
}

int page_read(struct page *page, struct page_error *err)
{
	struct reader reader = {.page = page, .err = err};
	int result = read_all(&reader);

	free(reader.starts);
	free(reader.href);
	buf_free(&reader.html);
	return result;
}
