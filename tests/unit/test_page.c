/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "tutorial/page.h"
#include "unit.h"

static const char *const kinds[] = {
	[PART_HEADING] = "heading",   [PART_PARAGRAPH] = "text", [PART_CODE] = "code",
	[PART_CONSOLE] = "console",   [PART_ROW] = "row",        [PART_RULE] = "rule",
	[PART_QUESTION] = "question", [PART_GOAL] = "goal"};

static void describe_spans(struct buf *out, const struct part *part)
{
	size_t i;

	for (i = 0; i < part->span_count; i++) {
		const struct span *span = &part->spans[i];

		if (span->style & SPAN_CELL)
			buf_str(out, "|");
		if (span->style & SPAN_BREAK)
			buf_str(out, "/");
		if (span->style & SPAN_EM)
			buf_str(out, "_");
		if (span->style & SPAN_STRONG)
			buf_str(out, "*");
		if (span->style & SPAN_CODE)
			buf_str(out, "`");
		if (span->text)
			buf_str(out, span->text);
		if (span->href)
			buf_printf(out, "(%s)", span->href);
	}
}

/* One part a line: its line of the page, its kind, its text or commands. */
static void describe(struct buf *out, const struct page *page)
{
	size_t i, k;

	for (i = 0; i < page->part_count; i++) {
		const struct part *part = &page->parts[i];

		buf_printf(out, "%lu %s", part->line, kinds[part->kind]);
		if (part->level)
			buf_printf(out, " %d", part->level);
		if (part->item)
			buf_printf(out, " item %d", part->number);
		buf_printf(out, "%s%s%s%s:", part->choice ? " choice" : "",
			   part->quote ? " quote" : "", part->head ? " head" : "",
			   part->solution ? " solution" : "");
		describe_spans(out, part);
		for (k = 0; k < part->command_count; k++)
			buf_printf(out, " [%lu %.*s +%zu]", part->commands[k].line,
				   (int)part->commands[k].len, part->commands[k].text,
				   part->commands[k].count);
		if (part->kind == PART_QUESTION || part->kind == PART_GOAL)
			for (k = 0; k < part->lines.count; k++)
				buf_printf(out, " [%lu %.*s]", part->lines.list[k].line,
					   (int)part->lines.list[k].len, part->lines.list[k].text);
		for (k = 0; k < part->hint_count; k++)
			buf_printf(out, " hint %s", part->hints[k]);
		buf_char(out, '\n');
	}
}

static const struct {
	const char *page, *parts;
} pages[] = {
	{"\n", ""},
	{"# One *two*\n\ntext `code`\nmore\n", "1 heading 1:One _two\n3 text:text `code more\n"},
	{"a  \nb &lt; &copy;\n", "1 text:a/b < &copy;\n"},
	{"[a](b.md) **c**\n", "1 text:a(b.md) *c\n"},
	{"- one\n- two\n\n  more\n", "1 text 1 item 0:one\n2 text 1 item 0:two\n4 text 1:more\n"},
	{"2. one\n3. two\n   - deep\n",
	 "1 text 1 item 2:one\n2 text 1 item 3:two\n3 text 2 item 0:deep\n"},
	{"> said\n\n---\n", "1 text quote:said\n0 rule:\n"},
	{"|a|b|\n|---|---|\n|1|2|\n", "1 row head:|a|b\n3 row:|1|2\n"},
	{"```c\nint x;\n```\n", "1 code:\n"},
	{"text\n\n```console\n> socket tcp\n  3\n\n> close 3\n```\n",
	 "1 text:text\n3 console: [4 socket tcp +2] [7 close 3 +0]\n"},
	{"- a\n\n  ```console\n  > a b\n  c\n  ```\n",
	 "1 text 1 item 0:a\n3 console 1: [4 a b +1]\n"},
	{"<b>bold</b> text\r\nmore\r\n", "1 text:bold text more\n"},
	{"<!-- a comment -->\n\ntext <!-- in it --> more\n", "3 text:text  more\n"},
	{"<!-- sockstep: question\nbind 3 *:80\nexpect {choice}\n-->\nWhich?\n\n- `A`, so\n- "
	 "B\n\nEnd.\n",
	 "1 question: [2 bind 3 *:80] [3 expect {choice}]\n5 text:Which?\n"
	 "7 text 1 item 0 choice:`A, so\n8 text 1 item 0 choice:B\n10 text:End.\n"},
	{"<!-- sockstep: goal\nexpect 3 state LISTEN\n-->\n\n<!-- sockstep: hint try it -->\n"
	 "<!-- x\n\n-->\n<!-- sockstep: hint again -->\n```console solution\n> listen 3\n```\n",
	 "1 goal: [2 expect 3 state LISTEN] hint try it hint again\n"
	 "10 console solution: [11 listen 3 +0]\n"},
};

START_TEST(pages_are_read)
{
	struct buf out = {0};
	struct page_error err;
	struct page page;

	if (page_parse(&page, pages[_i].page, strlen(pages[_i].page), &err) < 0)
		ck_abort_msg("%lu: %s", err.line, err.error.text);
	describe(&out, &page);
	ck_assert_str_eq(buf_text(&out), pages[_i].parts);
	buf_free(&out);
	page_free(&page);
}
END_TEST

static const struct {
	const char *page;
	unsigned long line;
	const char *error;
} wrong[] = {
	{"a\nb\377\n", 2, "this is not UTF-8"},
	{"a\rb\n", 1, "a carriage return that ends no line"},
	{"```console\n> a\n", 1, "this block is never closed"},
	{"a\n\n```\n\nb\n", 3, "this block is never closed"},
	{"a\n\n```c\nb\n\n", 3, "this block is never closed"},
	{"```console\na\n```\n", 2, "a console block begins with a command behind \"> \""},
	{"```console\n```\n", 1, "a console block without a command"},
	{"```console\n> a\n{b:c}\n```\n", 3, "unknown type in {b:c}: port, addr, int, time"},
	{"```console demo\n> a\n```\n", 1, "a console block is ```console or ```console solution"},
	{"```console solution\n> a\n```\n", 1, "a solution without a goal before it"},
	{"<!-- sockstep: colour -->\n", 1,
	 "unknown directive colour: page, limit, question, goal, hint"},
	{"<!-- sockstep: page colour=red -->\n", 1,
	 "colour= is unknown here: there is requires=, limit=, claims="},
	{"<!-- sockstep: page lab -->\n", 1, "expected KEY=VALUE, not lab"},
	{"<!-- sockstep: page requires=root -->\n", 1, "requires=lab is all that there is"},
	{"<!-- sockstep: page limit=soon -->\n", 1, "a limit is a time such as 500ms, 5s"},
	{"<!-- sockstep: page claims=1,x -->\n", 1, "claims are numbers with commas between them"},
	{"<!-- sockstep: page\nx -->\n", 1, "page is one line"},
	{"<!-- sockstep: limit -->\n", 1, "a limit is a time such as 500ms, 5s"},
	{"<!-- sockstep: page", 1, "this comment is never closed"},
	{"<!-- sockstep: page --> more\n", 1, "nothing may stand behind a comment"},
	{"<!-- sockstep: question\nexpect 3\n-->\n\n- a\n- b\n", 1,
	 "the last line of a question is an expect with {choice}"},
	{"<!-- sockstep: question\nexpect {choice}\nclose 3\n-->\n\n- a\n- b\n", 1,
	 "the last line of a question is an expect with {choice}"},
	{"<!-- sockstep: question\nexpect {choice}\n-->\n\n- a\n", 1,
	 "a question needs a list of two choices or more behind it"},
	{"<!-- sockstep: goal\n-->\n", 1, "a goal needs lines of expect behind its first"},
	{"<!-- sockstep: goal\nclose 3\n-->\n", 2,
	 "a goal is made of lines that begin with expect"},
	{"<!-- sockstep: goal\nexpect 3\n-->\n", 1,
	 "a goal needs a block ```console solution behind it"},
	{"<!-- sockstep: hint x -->\n", 1, "a hint without a goal before it"},
};

START_TEST(errors_have_a_line)
{
	struct page_error err;
	struct page page;

	ck_assert_int_eq(page_parse(&page, wrong[_i].page, strlen(wrong[_i].page), &err), -1);
	ck_assert_str_eq(err.error.text, wrong[_i].error);
	ck_assert_uint_eq(err.line, wrong[_i].line);
}
END_TEST

START_TEST(settings_are_read)
{
	static const char text[] = "<!-- sockstep: page requires=lab limit=2s claims=3,14 -->\n"
				   "# A `b`\n\n<!-- sockstep: limit 100ms -->\n\n"
				   "```console\n> a\n```\n\n```console\n> b\n```\n";
	struct page_error err;
	struct page page;

	ck_assert_int_eq(page_parse(&page, text, sizeof(text) - 1, &err), 0);
	ck_assert(page.lab);
	ck_assert_int_eq(page.limit_us, 2000000);
	ck_assert_uint_eq(page.claim_count, 2);
	ck_assert_int_eq(page.claims[1], 14);
	ck_assert_str_eq(page.title, "A b");
	ck_assert_int_eq(page.parts[1].limit_us, 100000);
	ck_assert_int_eq(page.parts[2].limit_us, 0);
	page_free(&page);
}
END_TEST

START_TEST(a_page_is_not_too_large)
{
	size_t len = (size_t)PAGE_BYTES + 1;
	char *text = malloc(len);
	struct page_error err;
	struct page page;

	ck_assert_ptr_nonnull(text);
	memset(text, 'x', len);
	ck_assert_int_eq(page_parse(&page, text, len, &err), -1);
	ck_assert_str_eq(err.error.text, "1048577 bytes: a page has 1048576 at most");
	free(text);
}
END_TEST

START_TEST(a_choice_has_a_value)
{
	static const char text[] = "`A` b\n\nc d\n";
	struct buf out = {0};
	struct page_error err;
	struct page page;

	ck_assert_int_eq(page_parse(&page, text, sizeof(text) - 1, &err), 0);
	page_choice(&out, &page.parts[0]);
	ck_assert_str_eq(buf_text(&out), "A");
	buf_reset(&out);
	page_choice(&out, &page.parts[1]);
	ck_assert_str_eq(buf_text(&out), "c d");
	buf_free(&out);
	page_free(&page);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("page");
	TCase *tc = tcase_create("page");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, pages_are_read, 0, COUNT_OF(pages));
	tcase_add_loop_test(tc, errors_have_a_line, 0, COUNT_OF(wrong));
	tcase_add_test(tc, settings_are_read);
	tcase_add_test(tc, a_page_is_not_too_large);
	tcase_add_test(tc, a_choice_has_a_value);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
