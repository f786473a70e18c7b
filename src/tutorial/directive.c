/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/directive.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "calls/literal.h"
#include "tutorial/page_parts.h"

#define CLAIMS_MOST 1000

struct slice {
	const char *text;
	size_t len;
};

struct reading {
	struct page *page;
	struct directives *directives;
	struct slice rest; /* of the first line, behind the directive's word */
	struct slice body; /* the lines behind the first */
	unsigned long line;
	struct page_error *err;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct slice trim(struct slice slice)
{
	while (slice.len && is_blank(slice.text[0])) {
		slice.text++;
		slice.len--;
	}
	while (slice.len && is_blank(slice.text[slice.len - 1]))
		slice.len--;
	return slice;
}

static bool slice_is(struct slice slice, const char *word)
{
	return slice.len == strlen(word) && memcmp(slice.text, word, slice.len) == 0;
}

static bool take_prefix(struct slice *slice, const char *prefix)
{
	size_t len = strlen(prefix);

	if (slice->len < len || memcmp(slice->text, prefix, len) != 0)
		return false;
	slice->text += len;
	slice->len -= len;
	return true;
}

/* The next word of a line, which it is taken off; empty at the end. */
static struct slice next_word(struct slice *line)
{
	struct slice word;

	*line = trim(*line);
	word = (struct slice){.text = line->text};
	while (word.len < line->len && !is_blank(line->text[word.len]))
		word.len++;
	line->text += word.len;
	line->len -= word.len;
	return word;
}

/* KEY=VALUE of the first line. Returns 1, 0 at its end, -1 with ERR set. */
static int next_setting(struct reading *reading, struct slice *key, struct slice *value)
{
	struct slice word = next_word(&reading->rest);
	const char *equals = memchr(word.text, '=', word.len);

	if (!word.len)
		return 0;
	if (!equals)
		return page_fail(reading->err, reading->line, "expected KEY=VALUE, not %.*s",
				 (int)(word.len < 64 ? word.len : 64), word.text);
	*key = (struct slice){.text = word.text, .len = (size_t)(equals - word.text)};
	*value = (struct slice){.text = equals + 1, .len = word.len - key->len - 1};
	return 1;
}

static int unknown_key(const struct reading *reading, struct slice key, const char *known)
{
	return page_fail(reading->err, reading->line, "%.*s= is unknown here: there is %s",
			 (int)(key.len < 64 ? key.len : 64), key.text, known);
}

static int read_time(const struct reading *reading, struct slice text, long *out_us)
{
	struct error err;

	if (literal_time(text.text, text.len, 1000000, out_us, &err) < 0 || *out_us <= 0)
		return page_fail(reading->err, reading->line,
				 "a limit is a time such as 500ms, 5s");
	return 0;
}

static int read_claims(const struct reading *reading, struct slice text)
{
	struct page *page = reading->page;

	while (text.len) {
		const char *comma = memchr(text.text, ',', text.len);
		size_t len = comma ? (size_t)(comma - text.text) : text.len;
		struct error err;
		long number;

		if (literal_number(text.text, len, 1, CLAIMS_MOST, &number, &err) < 0)
			return page_fail(reading->err, reading->line,
					 "claims are numbers with commas between them");
		if (grow(&page->claims, &page->claim_cap, page->claim_count,
			 sizeof(*page->claims)) < 0)
			return page_no_memory(reading->err);
		page->claims[page->claim_count++] = (int)number;
		text.text += comma ? len + 1 : len;
		text.len -= comma ? len + 1 : len;
	}
	return 0;
}

static int read_requires(const struct reading *reading, struct slice text)
{
	if (!slice_is(text, "lab"))
		return page_fail(reading->err, reading->line, "requires=lab is all that there is");
	reading->page->lab = true;
	return 0;
}

static int read_page(struct reading *reading)
{
	struct slice key = {0}, value = {0};
	int got;

	while ((got = next_setting(reading, &key, &value)) > 0) {
		if (slice_is(key, "requires"))
			got = read_requires(reading, value);
		else if (slice_is(key, "limit"))
			got = read_time(reading, value, &reading->page->limit_us);
		else if (slice_is(key, "claims"))
			got = read_claims(reading, value);
		else
			got = unknown_key(reading, key, "requires=, limit=, claims=");
		if (got < 0)
			return -1;
	}
	return got;
}

static int read_limit(struct reading *reading)
{
	return read_time(reading, next_word(&reading->rest), &reading->directives->limit_us);
}

static int copy(const struct reading *reading, struct slice slice, char **out)
{
	*out = strndup(slice.text, slice.len);
	return *out ? 0 : page_no_memory(reading->err);
}

/* A part with the lines behind the first. */
static struct part *add_with_body(const struct reading *reading, enum part_kind kind)
{
	struct part *part = page_add(reading->page, kind, reading->line, reading->err);

	if (!part)
		return NULL;
	buf_add(&part->content, reading->body.text, reading->body.len);
	if (page_cut(part, reading->line + 1, reading->err) < 0)
		return NULL;
	return part;
}

/* `expect` in any process. */
static bool is_expect(struct slice line)
{
	if (line.len && line.text[0] == '@')
		next_word(&line);
	line = trim(line);
	return take_prefix(&line, "expect ");
}

static int read_question(struct reading *reading)
{
	struct part *part = add_with_body(reading, PART_QUESTION);
	int judges = 0;
	size_t i;

	for (i = 0; part && i < part->lines.count; i++) {
		struct slice line =
			trim((struct slice){part->lines.list[i].text, part->lines.list[i].len});

		if (!line.len)
			continue;
		if (judges)
			break;
		if (is_expect(line) && memmem(line.text, line.len, "{choice}", 8)) {
			part->judge = i;
			judges++;
		}
	}
	if (part && (!judges || i < part->lines.count))
		return page_fail(reading->err, reading->line,
				 "the last line of a question is an expect with {choice}");
	if (!part)
		return -1;
	part->limit_us = reading->directives->limit_us;
	reading->directives->limit_us = 0;
	return 0;
}

static int read_goal(struct reading *reading)
{
	struct part *part = add_with_body(reading, PART_GOAL);
	bool any = false;
	size_t i;

	for (i = 0; part && i < part->lines.count; i++) {
		struct slice line =
			trim((struct slice){part->lines.list[i].text, part->lines.list[i].len});

		if (!line.len)
			continue;
		if (!is_expect(line))
			return page_fail(reading->err, part->lines.list[i].line,
					 "a goal is made of lines that begin with expect");
		any = true;
	}
	if (part && !any)
		return page_fail(reading->err, reading->line,
				 "a goal needs lines of expect behind its first");
	return part ? 0 : -1;
}

static int read_hint(struct reading *reading)
{
	struct slice text = trim(reading->rest);
	struct part *goal = NULL;
	size_t i;

	for (i = 0; i < reading->page->part_count; i++)
		if (reading->page->parts[i].kind == PART_GOAL)
			goal = &reading->page->parts[i];
	if (!goal)
		return page_fail(reading->err, reading->line, "a hint without a goal before it");
	if (!text.len)
		return page_fail(reading->err, reading->line, "a hint without a text");
	if (grow(&goal->hints, &goal->hint_cap, goal->hint_count, sizeof(*goal->hints)) < 0)
		return page_no_memory(reading->err);
	if (copy(reading, text, &goal->hints[goal->hint_count]) < 0)
		return -1;
	goal->hint_count++;
	return 0;
}

static const struct {
	const char *word;
	int (*read)(struct reading *reading);
	bool has_body;
} words[] = {{"page", read_page, false},
	     {"limit", read_limit, false},
	     {"question", read_question, true},
	     {"goal", read_goal, true},
	     {"hint", read_hint, false}};

/* The inside of a comment that is for sockstep, its word first. */
static int read_directive(struct reading *reading, struct slice all)
{
	const char *end = memchr(all.text, '\n', all.len);
	struct slice word;
	size_t i;

	reading->rest = (struct slice){all.text, end ? (size_t)(end - all.text) : all.len};
	reading->body = (struct slice){0};
	if (end)
		reading->body = (struct slice){end + 1, all.len - reading->rest.len - 1};
	word = next_word(&reading->rest);
	for (i = 0; i < COUNT_OF(words); i++) {
		if (!slice_is(word, words[i].word))
			continue;
		if (!words[i].has_body && trim(reading->body).len)
			return page_fail(reading->err, reading->line, "%s is one line",
					 words[i].word);
		return words[i].read(reading);
	}
	return page_fail(reading->err, reading->line,
			 "unknown directive %.*s: page, limit, question, goal, hint",
			 (int)(word.len < 64 ? word.len : 64), word.text);
}

static void skip(struct slice *all, size_t len, unsigned long *line)
{
	for (; len; len--) {
		*line += all->text[0] == '\n';
		all->text++;
		all->len--;
	}
}

static void skip_blanks(struct slice *all, unsigned long *line)
{
	while (all->len && is_blank(all->text[0]))
		skip(all, 1, line);
}

/* Several comments in a row are one block of HTML. */
int directive_read(struct page *page, struct directives *directives, const char *text, size_t len,
		   unsigned long line, struct page_error *err)
{
	struct reading reading = {.page = page, .directives = directives, .err = err};
	struct slice all = {text, len};
	const char *end;

	for (;;) {
		struct slice inside;

		skip_blanks(&all, &line);
		if (!take_prefix(&all, "<!--"))
			break;
		skip_blanks(&all, &line);
		reading.line = line;
		inside = all;
		end = memmem(all.text, all.len, "-->", 3);
		inside.len = end ? (size_t)(end - all.text) : all.len;
		if (take_prefix(&inside, "sockstep:")) {
			if (!end)
				return page_fail(err, line, "this comment is never closed");
			if (read_directive(&reading, inside) < 0)
				return -1;
		}
		if (!end)
			break;
		skip(&all, (size_t)(end - all.text) + 3, &line);
	}
	if (all.len && reading.line)
		return page_fail(err, line, "nothing may stand behind a comment");
	return 0;
}
