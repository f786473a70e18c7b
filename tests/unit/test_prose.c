/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "tutorial/prose.h"
#include "tutorial/script.h"
#include "tutorial/styled.h"
#include "unit.h"

static void collect(void *data, const char *bytes, size_t len)
{
	buf_add(data, bytes, len);
}

/* All prose of a page, as it is set in so many columns. */
static void set(struct buf *to, const char *text, int width, bool color, bool unicode)
{
	struct page_error err;
	struct page page;
	struct out out;
	struct prose prose = {.out = &out};
	size_t i = 0, rows;

	setlocale(LC_ALL, "C.UTF-8");
	out_init(&out, -1, color);
	out.unicode = unicode;
	out.width = width;
	out.write = collect;
	out.data = to;
	ck_assert_int_eq(page_parse(&page, text, strlen(text), &err), 0);
	while (i < page.part_count) {
		size_t before = to->len, k, found = 0;

		if (!prose_is(&page.parts[i])) {
			i++;
			continue;
		}
		rows = prose_rows(&prose, &page, i);
		i = prose_put(&prose, &page, i);
		out_flush(&out);
		for (k = before; k < to->len; k++)
			found += to->data[k] == '\n';
		ck_assert_uint_eq(rows, found);
	}
	out_free(&out);
	page_free(&page);
}

static const struct {
	const char *text;
	int width;
	const char *expected;
} texts[] = {
	{"one two three four five six seven\n", 20, "one two three four\nfive six seven\n"},
	{"one *two* **three** `four`\n", 40, "one _two_ *three* `four`\n"},
	{"# Title\n\n## Part\n\n### Small\n", 40, "Title\n=====\n\nPart\n----\n\nSmall\n"},
	{"- one\n- two\n  goes on and on\n\nbehind\n", 20,
	 "•  one\n•  two goes on and\n   on\n\nbehind\n"},
	{"3. one\n4. two\n\n   more\n", 20, "3. one\n4. two\n\n   more\n"},
	{"- a\n  - b\n", 20, "•  a\n   •  b\n"},
	{"> said\n", 20, "│ said\n"},
	{"see [this](04-listening.md) and [that](http://x.y/)\n", 60,
	 "see this[1] and that[2]\n  [1] tutorial 4\n  [2] http://x.y/\n"},
	{"[a `b` c](d.md) [e](f.md)\n", 60, "a `b` c[1] e[2]\n  [1] d.md\n  [2] f.md\n"},
	{"```c\nint x;\n\tlong y;\n```\n", 40, "    int x;\n        long y;\n"},
	{"| a | long |\n|---|---|\n| one | two |\n| x | three |\n", 40,
	 "a    long\n───  ─────\none  two\nx    three\n"},
	{"| name | what it means |\n|---|---|\n| x | words that go on and on |\n", 24,
	 "name  what it means\n────  ──────────────────\nx     words that go on\n      and on\n"},
	{"| one | two | three |\n|---|---|---|\n| alpha beta | gamma delta | epsilon zeta |\n", 20,
	 "one:\n   alpha beta\ntwo:\n   gamma delta\nthree:\n   epsilon zeta\n"},
	{"a\n\n---\n\nb\n", 18, "a\n\n──────────────────\n\nb\n"},
	{"hard\\\nbreak\n", 40, "hard\nbreak\n"},
	{"世界世界 世界世界 世界世界\n", 18, "世界世界 世界世界\n世界世界\n"},
	{"averyveryverylongwordindeed it is\n", 16, "averyveryverylongwordindeed\nit is\n"},
	{"&lt;b&gt; &amp;c\n", 40, "<b> &c\n"},
	{"an \033[31mescape\033]0;x\007 here\n", 60, "an \\e[31mescape\\e]0;x\\x07 here\n"},
};

START_TEST(prose_is_set)
{
	struct buf to = {0};

	set(&to, texts[_i].text, texts[_i].width, false, true);
	ck_assert_str_eq(buf_text(&to), texts[_i].expected);
	buf_free(&to);
}
END_TEST

START_TEST(colours_take_the_place_of_marks)
{
	struct buf to = {0};

	set(&to, "# T\n\none *two* **three** `four` [five](x)\n", 60, true, true);
	ck_assert_str_eq(buf_text(&to),
			 "\033[1mT\033[0m\n\none \033[4mtwo\033[0m \033[1mthree\033[0m "
			 "\033[36mfour\033[0m \033[4mfive\033[0m\033[2m[1]\033[0m\n"
			 "\033[2m  [1] x\033[0m\n");
	buf_free(&to);
}
END_TEST

START_TEST(prose_speaks_ascii)
{
	struct buf to = {0};

	set(&to, "- é\n\n---\n", 16, false, false);
	ck_assert_str_eq(buf_text(&to), "-  \\u{E9}\n\n----------------\n");
	buf_free(&to);
}
END_TEST

/* Whatever the width, no row that could be broken is longer than that. */
START_TEST(rows_fit)
{
	static const char text[] =
		"# A long title of many short words\n\n"
		"Some *words* and **more** of `them all`, with [a link](x.md) or two, and so "
		"on.\n\n"
		"- an item that goes on for a while\n  - and one in it\n\n"
		"| a | b | c |\n|---|---|---|\n| one two | three four five | six |\n";
	int width = _i;
	struct buf to = {0};
	const char *at, *end;

	set(&to, text, width, false, true);
	for (at = buf_text(&to); *at; at = end + 1) {
		struct out probe = {.unicode = true};

		end = strchr(at, '\n');
		out_bytes(&probe, at, (size_t)(end - at));
		ck_assert_msg(probe.column <= (size_t)width, "%d: %.*s", width, (int)(end - at),
			      at);
		out_free(&probe);
	}
	buf_free(&to);
}
END_TEST

static const struct {
	const char *text, *title;
	bool lab;
	const char *parts; /* kinds: H2 P C, commands with their number, quiet ones with ? */
} scripts[] = {
	{"# SPDX-License-Identifier: X\n# Title: of it\nsocket tcp\nclose 3\n", "Title: of it",
	 false, "H1 C[socket tcp][close 3]"},
	{"# T\n# needs: lab\n\n# Some\n# prose.\n@b socket tcp\n@b expect 3\n\nclose 3\n", "T",
	 true, "H1 P(Some prose.) C[@b socket tcp]?[@b expect 3] C[close 3]"},
	{"# T\necho 1. First\necho more\nclose 3", "T", false,
	 "H1 H2(1. First) P(more) C[close 3]"},
	{"echo 1 no heading\necho\n  expect 3  \r\n", "", false, "P(1 no heading) C?[expect 3]"},
	{"", "", false, ""},
};

START_TEST(scripts_are_pages)
{
	struct buf out = {0};
	struct page_error err;
	struct page page;
	size_t i, k;

	ck_assert_int_eq(script_parse(&page, scripts[_i].text, strlen(scripts[_i].text), &err), 0);
	for (i = 0; i < page.part_count; i++) {
		const struct part *part = &page.parts[i];

		buf_str(&out, i ? " " : "");
		buf_str(&out, part->kind == PART_CONSOLE   ? "C"
			      : part->kind == PART_HEADING ? "H"
							   : "P");
		if (part->kind == PART_HEADING)
			buf_printf(&out, "%d", part->level);
		if (part->kind != PART_CONSOLE && part->level != 1) {
			buf_char(&out, '(');
			page_plain(&out, part);
			buf_char(&out, ')');
		}
		for (k = 0; k < part->command_count; k++)
			buf_printf(&out, "%s[%.*s]", part->commands[k].quiet ? "?" : "",
				   (int)part->commands[k].len, part->commands[k].text);
	}
	ck_assert_str_eq(buf_text(&out), scripts[_i].parts);
	ck_assert_str_eq(page.title, scripts[_i].title);
	ck_assert_int_eq(page.lab, scripts[_i].lab);
	buf_free(&out);
	page_free(&page);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("prose");
	TCase *tc = tcase_create("prose");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, prose_is_set, 0, COUNT_OF(texts));
	tcase_add_test(tc, colours_take_the_place_of_marks);
	tcase_add_test(tc, prose_speaks_ascii);
	tcase_add_loop_test(tc, rows_fit, 16, 120);
	tcase_add_loop_test(tc, scripts_are_pages, 0, COUNT_OF(scripts));
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
