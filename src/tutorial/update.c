/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/update.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

void edits_free(struct edits *edits)
{
	size_t i;

	for (i = 0; i < edits->count; i++)
		buf_free(&edits->list[i].text);
	free(edits->list);
	*edits = (struct edits){0};
}

/* The end of the line at TEXT, behind its newline. */
static const char *line_end(const char *text, const char *end)
{
	const char *stop = memchr(text, '\n', (size_t)(end - text));

	return stop ? stop + 1 : end;
}

static const char *line_start(const struct page *page, unsigned long line)
{
	const char *text = page->text, *end = text + page->len;

	while (--line && text < end)
		text = line_end(text, end);
	return text;
}

/* What stands before a block's lines where it is in a list or a quote: as before its command. */
static size_t prefix_of(const struct page *page, const struct page_command *command)
{
	const char *text = line_start(page, command->line);
	size_t len = (size_t)(line_end(text, page->text + page->len) - text);

	while (len && strchr("\r\n", text[len - 1]))
		len--;
	return len > command->len + 2 ? len - command->len - 2 : 0;
}

struct words {
	struct match_line *list;
	size_t count, cap;
};

static int split(struct words *out, const struct match_line *line)
{
	size_t at = 0;

	while (at < line->len) {
		size_t start;

		while (at < line->len && line->text[at] == ' ')
			at++;
		start = at;
		while (at < line->len && line->text[at] != ' ')
			at++;
		if (start == at)
			break;
		if (grow(&out->list, &out->cap, out->count, sizeof(*out->list)) < 0)
			return -1;
		out->list[out->count++] = (struct match_line){
			.text = line->text + start, .len = at - start, .line = line->line};
	}
	return 0;
}

/* The blanks before a word of GOT. */
static void put_blanks(struct buf *out, const struct match_line *got, const struct match_line *word)
{
	const char *text = word->text;

	while (text > got->text && text[-1] == ' ')
		text--;
	buf_add(out, text, (size_t)(word->text - text));
}

static void put_words(struct buf *out, const struct diff *diff, const struct words *shown,
		      const struct words *got, const struct match_line *line,
		      const struct captures *captures)
{
	enum { NO_DOTS, DOTS_SHOWN, DOTS_PUT } dots = NO_DOTS;
	size_t i, start = out->len;

	for (i = 0; i < diff->count; i++) {
		const struct diff_line *word = &diff->list[i];
		const struct match_line *old =
			word->shown < shown->count ? &shown->list[word->shown] : NULL;
		const struct match_line *now =
			word->got < got->count ? &got->list[word->got] : NULL;

		if (word->side == DIFF_SHOWN && old && match_is_dots(old) && dots == NO_DOTS)
			dots = DOTS_SHOWN;
		if (word->side == DIFF_SHOWN || !now)
			continue;
		if (word->side == DIFF_GOT && dots == DOTS_SHOWN) {
			buf_str(out, out->len > start ? " ..." : "...");
			dots = DOTS_PUT;
		}
		if (word->side == DIFF_GOT && dots == DOTS_PUT)
			continue;
		dots = NO_DOTS;
		put_blanks(out, line, now);
		if (word->side == DIFF_SAME && old)
			buf_add(out, old->text, old->len);
		else
			match_name(captures, out, now->text, now->len);
	}
}

/* What a line prints now, with the names and dots of the one that stood there. */
static int put_line(struct buf *out, const struct match_line *shown, const struct match_line *got,
		    struct captures *captures)
{
	struct words old = {0}, now = {0};
	struct diff diff = {0};
	int result = -1;

	if (split(&now, got) < 0 || (shown && split(&old, shown) < 0))
		goto out;
	result = diff_make(&diff, captures, old.list, old.count, now.list, now.count);
	if (result == 0)
		put_words(out, &diff, &old, &now, got, captures);
out:
	diff_free(&diff);
	free(old.list);
	free(now.list);
	return result;
}

/* Whether half of the words or more are the same: then one line became the other. */
static bool similar(const struct match_line *shown, const struct match_line *got)
{
	struct words old = {0}, now = {0};
	struct captures none = {0};
	struct diff diff = {0};
	size_t i, same = 0;

	if (split(&old, shown) == 0 && split(&now, got) == 0 &&
	    diff_make(&diff, &none, old.list, old.count, now.list, now.count) == 0)
		for (i = 0; i < diff.count; i++)
			same += diff.list[i].side == DIFF_SAME;
	diff_free(&diff);
	captures_free(&none);
	same = old.count && same * 2 >= (old.count > now.count ? old.count : now.count);
	free(old.list);
	free(now.list);
	return same;
}

/* What is being written: lines of the page from NEXT on, before END, are not yet decided on. */
struct writer {
	struct buf *out;
	const char *prefix;
	size_t prefix_len;
	const struct match_line *shown;
	size_t next, end;
	bool dots; /* were written last */
};

static void put_prefix(const struct writer *writer)
{
	buf_add(writer->out, writer->prefix, writer->prefix_len);
}

static void put_shown(struct writer *writer, size_t index)
{
	const struct match_line *line = &writer->shown[index];

	put_prefix(writer);
	buf_add(writer->out, line->text, line->len);
	buf_char(writer->out, '\n');
	writer->dots = match_is_dots(line);
	writer->next = index + 1;
}

/* The lines before INDEX are gone, but for `...`, which stays once. */
static void pass_to(struct writer *writer, size_t index)
{
	while (writer->next < index) {
		if (!writer->dots && match_is_dots(&writer->shown[writer->next]))
			put_shown(writer, writer->next);
		else
			writer->next++;
	}
}

/* The line of the page that GOT replaces; writer->end where there is none. */
static size_t replaced(const struct writer *writer, const struct match_line *got)
{
	size_t i;

	for (i = writer->next; i < writer->end; i++)
		if (!match_is_dots(&writer->shown[i]) && similar(&writer->shown[i], got))
			break;
	return i;
}

/* Whether `...` stands for a line that nothing of the page is like. */
static bool is_covered(struct writer *writer)
{
	size_t i;

	if (writer->dots)
		return true;
	for (i = writer->next; i < writer->end; i++)
		if (match_is_dots(&writer->shown[i])) {
			pass_to(writer, i + 1);
			return true;
		}
	return false;
}

static int put_got(struct writer *writer, const struct match_line *got, struct captures *captures)
{
	size_t was = replaced(writer, got);
	int result;

	if (was == writer->end && is_covered(writer))
		return 0;
	if (was < writer->end)
		pass_to(writer, was);
	put_prefix(writer);
	result = put_line(writer->out, was < writer->end ? &writer->shown[was] : NULL, got,
			  captures);
	buf_char(writer->out, '\n');
	writer->dots = false;
	if (was < writer->end)
		writer->next = was + 1;
	return result;
}

static int write_lines(struct writer *writer, const struct diff *diff, const struct match_line *got,
		       size_t shown_count, struct captures *captures)
{
	size_t i, k;

	for (i = 0; i < diff->count; i++) {
		const struct diff_line *line = &diff->list[i];

		for (k = i; k < diff->count && diff->list[k].side != DIFF_SAME; k++)
			;
		writer->end = k < diff->count ? diff->list[k].shown : shown_count;
		if (line->side == DIFF_SAME) {
			pass_to(writer, line->shown);
			put_shown(writer, line->shown);
		} else if (line->side == DIFF_GOT &&
			   put_got(writer, &got[line->got], captures) < 0) {
			return -1;
		}
	}
	pass_to(writer, shown_count);
	return 0;
}

int update_note(struct edits *edits, const struct page *page, const struct part *part,
		const struct page_command *command, struct captures *captures,
		const struct match_line *got, size_t got_count)
{
	const struct match_line *shown = &part->lines.list[command->first];
	struct writer writer = {.prefix = line_start(page, command->line),
				.prefix_len = prefix_of(page, command),
				.shown = shown};
	struct edit *edit;
	struct diff diff;
	int result;

	if (grow(&edits->list, &edits->cap, edits->count, sizeof(*edits->list)) < 0 ||
	    diff_make(&diff, captures, shown, command->count, got, got_count) < 0)
		return -1;
	edit = &edits->list[edits->count++];
	*edit = (struct edit){.line = command->line + 1, .count = command->count};
	writer.out = &edit->text;
	result = write_lines(&writer, &diff, got, command->count, captures);
	diff_free(&diff);
	return edit->text.failed ? -1 : result;
}

void update_apply(const struct edits *edits, const struct page *page, struct buf *out)
{
	const char *text = page->text, *end = text + page->len;
	unsigned long line = 1;
	size_t i, k;

	for (i = 0; i < edits->count; i++) {
		const struct edit *edit = &edits->list[i];
		const char *start = text;

		for (; line < edit->line; line++)
			text = line_end(text, end);
		buf_add(out, start, (size_t)(text - start));
		for (k = 0; k < edit->count; k++, line++)
			text = line_end(text, end);
		buf_add(out, buf_text(&edit->text), edit->text.len);
	}
	buf_add(out, text, (size_t)(end - text));
}
