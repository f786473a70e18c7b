/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "tutorial/match.h"
#include "tutorial/update.h"
#include "unit.h"

#define LINES 32

struct block {
	struct match_line list[LINES];
	size_t count;
};

static struct block cut(const char *text)
{
	struct block block = {0};

	while (*text) {
		size_t len = strcspn(text, "\n");

		ck_assert_uint_lt(block.count, LINES);
		block.list[block.count] =
			(struct match_line){.text = text, .len = len, .line = block.count + 1};
		block.count++;
		text += len + (text[len] == '\n');
	}
	return block;
}

static bool matches(struct captures *captures, const char *shown, const char *got)
{
	struct block one = cut(shown), other = cut(got);

	return match_block(captures, one.list, one.count, other.list, other.count);
}

static const struct {
	const char *shown, *got;
	bool matches;
} cases[] = {
	{"", "", true},
	{"a", "a", true},
	{"a", "b", false},
	{"a", "", false},
	{"", "a", false},
	{"a\nb", "a\nb", true},
	{"a\nb", "a\nb\nc", false},
	/* Blanks. */
	{"  a  b", "    a b", true},
	{"a b", "ab", false},
	{"ab", "a b", false},
	{"a", "a   ", true},
	{"a", " a", false},
	/* Names and types. */
	{"port {p}", "port 80", true},
	{"port {p:port}", "port 80", true},
	{"port {p:port}", "port 0", false},
	{"port {p:port}", "port 65536", false},
	{"port {p:port}", "port x", false},
	{"at {a:addr}.", "at 127.0.0.1:80.", true},
	{"at {a:addr}", "at [fd00::1]:80", true},
	{"at {a:addr}", "at ::", true},
	{"at {a:addr}", "at nowhere", false},
	{"at {a:addr}", "at 80", false},
	{"n {n:int}", "n -5", true},
	{"n {n:int}", "n 5a", false},
	{"in {t:time}", "in 204ms", true},
	{"in {t:time}", "in 1.5 s", true},
	{"in {t:time}", "in 200", false},
	{"in {t:time}", "in s", false},
	{"{x} {x}", "1 1", true},
	{"{x} {x}", "1 2", false},
	{"{x}{y}", "ab", true},
	{"{x}\n{x}", "1\n2", false},
	{"{_} {_}", "1 2", true},
	{"{_:int} x", "12 x", true},
	{"{_:int} x", "y x", false},
	{"{x}", "", false},
	/* Other braces are text. */
	{"bind(3, {AF_INET, 127.0.0.1:{p:port}}, 16)", "bind(3, {AF_INET, 127.0.0.1:80}, 16)",
	 true},
	{"{on=1}", "{on=1}", true},
	{"{on=1}", "{on=0}", false},
	{"{}", "{}", true},
	{"{a", "{a", true},
	/* Dots. */
	{"a ... z", "a to z", true},
	{"a... z", "ab c z", true},
	{"a ... z", "a to y", false},
	{"...", "", true},
	{"...", "a\nb", true},
	{"a\n...", "a", true},
	{"a\n...", "a\nb\nc", true},
	{"...\nc", "a\nb\nc", true},
	{"...\nc", "a\nb", false},
	{"a\n...\nc\n...\ne", "a\nb\nc\nc\nd\ne", true},
	{"{x}\n...\n{x} again", "1\n2\n1 again", true},
	{"...\n{x}\n{x}", "1\n2\n2", true},
	/* Lines without an order. */
	{"(async) b\na", "a\nb", true},
	{"(async) b\na", "b\na", true},
	{"(async) b\na", "a", false},
	{"(async) b\na", "a\nb\nb", false},
	{"(async) b\n(async) c\na", "c\na\nb", true},
	{"...\n(async) b\n...", "a\nb\nc", true},
	{"...\n(async) b", "a\nc", false},
	{"(async) {x}\n{x}", "1\n1", true},
};

START_TEST(lines_match)
{
	struct captures captures = {0};

	if (matches(&captures, cases[_i].shown, cases[_i].got) != cases[_i].matches)
		ck_abort_msg("%s\nagainst\n%s", cases[_i].shown, cases[_i].got);
	/* What does not match leaves no names behind. */
	if (!cases[_i].matches)
		ck_assert_uint_eq(captures.count, 0);
	captures_free(&captures);
}
END_TEST

START_TEST(names_keep_their_values)
{
	struct captures captures = {0};
	struct buf out = {0};
	struct error err;

	ck_assert(matches(&captures, "to 127.0.0.1:{port:port}", "to 127.0.0.1:40000"));
	ck_assert(!captures.list[0].used);
	ck_assert(!matches(&captures, "from {port}", "from 40001"));
	ck_assert(matches(&captures, "from {port}", "from 40000"));
	ck_assert(captures.list[0].used);
	ck_assert_int_eq(match_fill(&captures, &out, "connect 4 :{port} {A}", 21, &err), 0);
	ck_assert_str_eq(buf_text(&out), "connect 4 :40000 {A}");
	ck_assert_int_eq(match_fill(&captures, &out, "x {none}", 8, &err), -1);
	ck_assert_str_eq(err.text, "{none} stands in no output before this command");
	buf_reset(&out);
	match_name(&captures, &out, "at :40000, not 140000 or 400001", 31);
	ck_assert_str_eq(buf_text(&out), "at :{port}, not 140000 or 400001");
	buf_free(&out);
	captures_free(&captures);
}
END_TEST

START_TEST(unknown_types_are_told)
{
	const char *text = "a {b:colour}";
	struct match_line line = {.text = text, .len = strlen(text), .line = 1};
	struct error err;

	ck_assert_int_eq(match_check(&line, &err), -1);
	ck_assert_str_eq(err.text, "unknown type in {b:colour}: port, addr, int, time");
}
END_TEST

/* Much to try, and an end all the same. */
START_TEST(work_is_bounded)
{
	struct captures captures = {0};
	struct buf shown = {0}, got = {0};
	int i;

	for (i = 0; i < 15; i++)
		buf_str(&shown, "...\n{_}a{_}a{_}a{_}\n");
	for (i = 0; i < 30; i++)
		buf_str(&got, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\n");
	buf_str(&shown, "c\n");
	ck_assert(!matches(&captures, buf_text(&shown), buf_text(&got)));
	buf_free(&shown);
	buf_free(&got);
	captures_free(&captures);
}
END_TEST

static const struct {
	const char *page, *got, *now;
} updates[] = {
	{"```console\n> a\nold\n```\n", "new\n", "```console\n> a\nnew\n```\n"},
	{"```console\n> a\n```\n", "new\n", "```console\n> a\nnew\n```\n"},
	{"```console\n> a\none\ntwo\n```\n", "two\n", "```console\n> a\ntwo\n```\n"},
	/* Names and dots stay. */
	{"```console\n> a\nport {p:port} old\n```\n", "port 80 new\n",
	 "```console\n> a\nport {p:port} new\n```\n"},
	{"```console\n> a\none {p:port}\ntwo\n```\n", "one 8100\nback to 8100 5\n",
	 "```console\n> a\none {p:port}\nback to {p} 5\n```\n"},
	{"```console\n> a\n...\nlast\n```\n", "b\nc\nlast one\n",
	 "```console\n> a\n...\nlast one\n```\n"},
	{"```console\n> a\n...\nlast\n```\n", "b\nc\n", "```console\n> a\n...\n```\n"},
	{"```console\n> a\none\n...\nend\n```\n", "two\nb\nend\n",
	 "```console\n> a\n...\nend\n```\n"},
	{"```console\n> a\nx ... y z\n```\n", "x to y w\n", "```console\n> a\nx ... y w\n```\n"},
	{"```console\n> a\nx ... y z\n```\n", "x y\n", "```console\n> a\nx y\n```\n"},
	{"```console\n> a\nx ... ... y z w\n```\n", "a y z w\n",
	 "```console\n> a\n... y z w\n```\n"},
	/* In a list, and in a quote. */
	{"- a\n\n  ```console\n  > a\n  old\n  ```\n", "new\n",
	 "- a\n\n  ```console\n  > a\n  new\n  ```\n"},
	{"> ```console\n> > a\n> old\n> ```\n", "new\n", "> ```console\n> > a\n> new\n> ```\n"},
};

START_TEST(pages_are_written_anew)
{
	struct block got = cut(updates[_i].got);
	struct captures captures = {0};
	struct edits edits = {0};
	struct buf out = {0};
	struct page_error err;
	const struct part *part = NULL;
	struct page page;
	size_t i;

	ck_assert_int_eq(page_parse(&page, updates[_i].page, strlen(updates[_i].page), &err), 0);
	for (i = 0; i < page.part_count; i++)
		if (page.parts[i].kind == PART_CONSOLE)
			part = &page.parts[i];
	ck_assert_ptr_nonnull(part);
	ck_assert_int_eq(update_note(&edits, &page, part, &part->commands[0], &captures, got.list,
				     got.count),
			 0);
	update_apply(&edits, &page, &out);
	ck_assert_str_eq(buf_text(&out), updates[_i].now);
	buf_free(&out);
	edits_free(&edits);
	captures_free(&captures);
	page_free(&page);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("match");
	TCase *tc = tcase_create("match");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, lines_match, 0, COUNT_OF(cases));
	tcase_add_test(tc, names_keep_their_values);
	tcase_add_test(tc, unknown_types_are_told);
	tcase_add_test(tc, work_is_bounded);
	tcase_add_loop_test(tc, pages_are_written_anew, 0, COUNT_OF(updates));
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
