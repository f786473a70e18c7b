/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/script.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "lang/lang.h"
#include "tutorial/page_parts.h"

struct piece {
	const char *text;
	size_t len;
};

struct writer {
	struct page *page;
	struct page_error *err;
	struct part *comment; /* that the next line of comment goes on with; NULL: none */
	struct part *console; /* that the next command belongs to */
	unsigned long line;
	int depth; /* braces that are open in the command before: it goes on */
};

static struct piece trim(struct piece piece)
{
	while (piece.len && strchr(" \t\r", piece.text[0])) {
		piece.text++;
		piece.len--;
	}
	while (piece.len && strchr(" \t\r", piece.text[piece.len - 1]))
		piece.len--;
	return piece;
}

static bool begins(struct piece piece, const char *word)
{
	size_t len = strlen(word);

	return piece.len >= len && memcmp(piece.text, word, len) == 0 &&
	       (piece.len == len || isspace((unsigned char)piece.text[len]));
}

/* What scripts say to programs, in comments. */
static bool is_remark(struct piece text)
{
	static const char *const remarks[] = {"SPDX-License-Identifier:", "needs:", "exit:"};
	size_t i;

	for (i = 0; i < COUNT_OF(remarks); i++)
		if (begins(text, remarks[i]))
			return true;
	return false;
}

static int add_span(struct writer *writer, struct part *part, struct piece text)
{
	struct span *span;

	if (grow(&part->spans, &part->span_cap, part->span_count, sizeof(*part->spans)) < 0)
		return page_no_memory(writer->err);
	span = &part->spans[part->span_count];
	*span = (struct span){.text = strndup(text.text, text.len)};
	if (!span->text)
		return page_no_memory(writer->err);
	part->span_count++;
	return 0;
}

static int add_prose(struct writer *writer, enum part_kind kind, int level, struct piece text)
{
	struct part *part = page_add(writer->page, kind, writer->line, writer->err);

	writer->console = writer->comment = NULL;
	if (!part)
		return -1;
	part->level = level;
	return add_span(writer, part, text);
}

static int add_comment(struct writer *writer, struct piece text)
{
	if (begins(text, "needs:") && memmem(text.text, text.len, "lab", 3))
		writer->page->lab = true;
	if (is_remark(text))
		return 0;
	if (!writer->page->part_count)
		return add_prose(writer, PART_HEADING, 1, text);
	if (!text.len) {
		writer->comment = NULL;
		return 0;
	}
	if (writer->comment)
		return add_span(writer, writer->comment, (struct piece){" ", 1}) < 0
			       ? -1
			       : add_span(writer, writer->comment, text);
	if (add_prose(writer, PART_PARAGRAPH, 0, text) < 0)
		return -1;
	writer->comment = &writer->page->parts[writer->page->part_count - 1];
	return 0;
}

static int add_echo(struct writer *writer, struct piece text)
{
	size_t digits = 0;

	while (digits < text.len && isdigit((unsigned char)text.text[digits]))
		digits++;
	if (digits && digits + 1 < text.len && text.text[digits] == '.')
		return add_prose(writer, PART_HEADING, 2, text);
	return text.len ? add_prose(writer, PART_PARAGRAPH, 0, text) : 0;
}

static bool is_expect(struct piece text)
{
	if (text.len && text.text[0] == '@') {
		while (text.len && !isspace((unsigned char)text.text[0])) {
			text.text++;
			text.len--;
		}
		text = trim(text);
	}
	return begins(text, "expect");
}

static int add_command(struct writer *writer, struct piece text)
{
	struct part *part = writer->console;

	writer->comment = NULL;
	if (!part)
		part = page_add(writer->page, PART_CONSOLE, writer->line, writer->err);
	if (!part)
		return -1;
	writer->console = part;
	if (grow(&part->commands, &part->command_cap, part->command_count,
		 sizeof(*part->commands)) < 0)
		return page_no_memory(writer->err);
	part->commands[part->command_count++] = (struct page_command){
		.text = text.text, .len = text.len, .line = writer->line, .quiet = is_expect(text)};
	writer->depth = lang_depth(0, text.text, text.len);
	return 0;
}

static void go_on(struct writer *writer, struct piece line)
{
	struct part *part = writer->console;
	struct page_command *command = &part->commands[part->command_count - 1];

	command->len = (size_t)(line.text + line.len - command->text);
	writer->depth = lang_depth(writer->depth, line.text, line.len);
}

static int add_line(struct writer *writer, struct piece line)
{
	line = trim(line);
	if (writer->depth) {
		go_on(writer, line);
		return 0;
	}
	if (!line.len) {
		writer->console = writer->comment = NULL;
		return 0;
	}
	if (line.text[0] == '#')
		return add_comment(writer, trim((struct piece){line.text + 1, line.len - 1}));
	if (begins(line, "echo"))
		return add_echo(writer, trim((struct piece){line.text + 4, line.len - 4}));
	return add_command(writer, line);
}

static int add_title(struct page *page, struct page_error *err)
{
	struct buf title = {0};

	if (page->part_count && page->parts[0].kind == PART_HEADING)
		page_plain(&title, &page->parts[0]);
	page->title = buf_take(&title);
	return page->title ? 0 : page_no_memory(err);
}

int script_parse(struct page *out, const char *text, size_t len, struct page_error *err)
{
	struct writer writer = {.page = out, .err = err, .line = 1};
	const char *end = text + len;
	int result = 0;

	*out = (struct page){.text = text, .len = len, .limit_us = PAGE_LIMIT_US, .script = true};
	while (result == 0 && text < end) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));

		stop = stop ? stop : end;
		result = add_line(&writer, (struct piece){text, (size_t)(stop - text)});
		writer.line++;
		text = stop + 1;
	}
	if (result == 0)
		result = add_title(out, err);
	if (result < 0)
		page_free(out);
	return result;
}

int script_read(struct source *source, const char *path, struct page_error *err)
{
	if (source_load(source, path, err) < 0)
		return -1;
	return script_parse(&source->page, source->text, source->len, err);
}
