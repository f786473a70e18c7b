/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/out.h"
#include "unit.h"

/* What an out writes ends up here. */
static void collect(void *data, const char *bytes, size_t len)
{
	buf_add(data, bytes, len);
}

static struct out out_to(struct buf *to, bool color, bool unicode)
{
	struct out out;

	setlocale(LC_ALL, "C.UTF-8");
	out_init(&out, -1, color);
	out.unicode = unicode;
	out.write = collect;
	out.data = to;
	return out;
}

static void check_out(struct out *out, const char *expected)
{
	struct buf *to = out->data;

	ck_assert_int_eq(out_flush(out), 0);
	ck_assert_str_eq(buf_text(to), expected);
	buf_free(to);
	out_free(out);
}

START_TEST(out_escapes)
{
	struct buf to = {0};
	struct out out = out_to(&to, false, true);

	out_text(&out, "é\033[2J");
	out_printf(&out, " %s", "a\nb");
	out_bytes(&out, "\0", 1);
	ck_assert_uint_eq(out.column, 1 + 5 + 5 + 4);
	out_newline(&out);
	ck_assert_uint_eq(out.column, 0);
	ck_assert_uint_eq(to.len, 0);
	check_out(&out, "é\\e[2J a\\nb\\x00\n");
}
END_TEST

START_TEST(out_speaks_ascii)
{
	struct buf to = {0};
	struct out out = out_to(&to, false, false);

	out_text(&out, "é");
	out_glyph(&out, OUT_BECAME);
	out_glyph(&out, OUT_TO);
	out_glyph(&out, OUT_NONE);
	out_glyph(&out, OUT_DOTS);
	ck_assert_uint_eq(out.column, 6 + 2 + 2 + 1 + 3);
	check_out(&out, "\\u{E9}=>->-...");
}
END_TEST

START_TEST(out_has_glyphs)
{
	struct buf to = {0};
	struct out out = out_to(&to, false, true);

	out_glyph(&out, OUT_BECAME);
	out_glyph(&out, OUT_TO);
	out_glyph(&out, OUT_NONE);
	out_glyph(&out, OUT_DOTS);
	ck_assert_uint_eq(out.column, 4);
	check_out(&out, "⇒→–…");
}
END_TEST

START_TEST(out_resets_before_the_line_ends)
{
	struct buf to = {0};
	struct out out = out_to(&to, true, true);

	out_style(&out, OUT_ERROR);
	out_style(&out, OUT_ERROR);
	out_text(&out, "x");
	out_style(&out, OUT_DIM);
	out_text(&out, "y");
	ck_assert_uint_eq(out.column, 2);
	out_newline(&out);
	out_style(&out, OUT_PLAIN);
	check_out(&out, "\033[31mx\033[0m\033[2my\033[0m\n");
}
END_TEST

START_TEST(out_is_plain_without_color)
{
	struct buf to = {0};
	struct out out = out_to(&to, false, true);
	int style;

	for (style = OUT_PLAIN; style <= OUT_HEAD; style++)
		out_style(&out, style);
	out_newline(&out);
	check_out(&out, "\n");
}
END_TEST

START_TEST(out_pads_by_columns)
{
	struct buf to = {0};
	struct out out = out_to(&to, false, true);

	out_pad(&out, 0);
	out_pad(&out, 2);
	out_text(&out, "服");
	out_pad(&out, 6);
	out_text(&out, "x");
	out_pad(&out, 3);
	out_text(&out, "y");
	check_out(&out, "  服  x y");
}
END_TEST

START_TEST(out_wraps_at_blanks)
{
	struct buf to = {0};
	struct out out = out_to(&to, false, true);

	out.width = 10;
	out_text(&out, "why: ");
	out_wrap(&out, 2, "a bcd ef  ghijklmnopq r 服服服服 s");
	check_out(&out, "why: a bcd\n  ef\n  ghijklmnopq\n  r\n  服服服服\n  s\n");
}
END_TEST

START_TEST(out_wraps_in_style)
{
	struct buf to = {0};
	struct out out = out_to(&to, true, true);

	out.width = 4;
	out_style(&out, OUT_WHY);
	out_wrap(&out, 1, "ab cd");
	check_out(&out, "\033[36mab\033[0m\n \033[36mcd\033[0m\n");
}
END_TEST

START_TEST(out_passes_json)
{
	struct buf to = {0}, line = {0};
	struct out out = out_to(&to, true, true);

	buf_str(&line, "{\"a\":\"\\u0001\"}");
	out_json(&out, &line);
	buf_free(&line);
	check_out(&out, "{\"a\":\"\\u0001\"}\n");
}
END_TEST

START_TEST(out_writes_all)
{
	int ends[2], i;
	struct out out;
	char bytes[4096];
	size_t got = 0;
	pid_t child;

	ck_assert_int_eq(pipe2(ends, O_NONBLOCK), 0);
	child = fork();
	if (child == 0) {
		out_init(&out, ends[1], false);
		for (i = 0; i < 20000; i++)
			out_text(&out, "0123456789");
		_exit(out_flush(&out) < 0);
	}
	close(ends[1]);
	for (;;) {
		ssize_t len = read(ends[0], bytes, sizeof(bytes));

		if (len == 0)
			break;
		if (len > 0)
			got += (size_t)len;
		else
			ck_assert_int_eq(errno, EAGAIN);
	}
	ck_assert_uint_eq(got, 200000);
	close(ends[0]);
}
END_TEST

START_TEST(out_tells_that_the_reader_left)
{
	int ends[2];
	struct out out;

	signal(SIGPIPE, SIG_IGN);
	ck_assert_int_eq(pipe(ends), 0);
	close(ends[0]);
	out_init(&out, ends[1], false);
	ck_assert_int_eq(out_flush(&out), 0);
	out_text(&out, "x");
	ck_assert_int_eq(out_flush(&out), -1);
	ck_assert(out.failed);
	ck_assert_int_eq(out.error, EPIPE);
	out_text(&out, "y");
	ck_assert_int_eq(out_flush(&out), -1);
	ck_assert_uint_eq(out.buf.len, 0);
	out_free(&out);
	close(ends[1]);
}
END_TEST

START_TEST(out_asks_for_color)
{
	unsetenv("NO_COLOR");
	setenv("TERM", "xterm", 1);
	ck_assert(out_wants_color(-1, "always"));
	ck_assert(!out_wants_color(-1, "never"));
	ck_assert(!out_wants_color(-1, "auto"));
}
END_TEST

static bool wants_on_terminal(const char *term, const char *no_color)
{
	int fd = posix_openpt(O_RDWR | O_NOCTTY);
	bool wants;

	setenv("TERM", term, 1);
	setenv("NO_COLOR", no_color, 1);
	wants = out_wants_color(fd, "auto");
	close(fd);
	return wants;
}

START_TEST(out_minds_the_terminal)
{
	ck_assert(wants_on_terminal("xterm", ""));
	ck_assert(!wants_on_terminal("dumb", ""));
	ck_assert(!wants_on_terminal("", ""));
	ck_assert(!wants_on_terminal("xterm", "1"));
}
END_TEST

START_TEST(out_knows_its_width)
{
	struct out out;

	unsetenv("COLUMNS");
	out_init(&out, -1, false);
	ck_assert_int_eq(out.width, OUT_WIDTH);
	setenv("COLUMNS", "40", 1);
	out_resize(&out);
	ck_assert_int_eq(out.width, 40);
	setenv("COLUMNS", "-3", 1);
	out_resize(&out);
	ck_assert_int_eq(out.width, OUT_WIDTH);
}
END_TEST

/* A terminal of WIDTH columns. */
static struct out terminal(struct buf *to, int width, bool color)
{
	struct out out = out_to(to, color, true);

	out.width = width;
	out.folds = true;
	return out;
}

static void check_folded(int width, const char *text, const char *expected)
{
	struct buf to = {0};
	struct out out = terminal(&to, width, false);

	out_text(&out, text);
	out_newline(&out);
	check_out(&out, expected);
}

START_TEST(out_folds_a_terminals_lines)
{
	check_folded(20, "  accept(3, addr) = 4", " accept(3, addr) = 4\n");
	check_folded(20, "  accept(1234, addr) = 5", "  accept(1234, addr)\n     = 5\n");
	check_folded(20, "12345678901234567890", "12345678901234567890\n");
	check_folded(20, "one  two   34567890123", "one  two\n   34567890123\n");
	check_folded(20, "a", "a\n");
	check_folded(20, "世界世界世界世 界世界世", "世界世界世界世\n   界世界世\n");
	/* Less of an indentation, for what fits so. */
	check_folded(20, "      345678901234567890", "  345678901234567890\n");
	check_folded(20, "  a 3456789012345678901", "  a\n 3456789012345678901\n");
}
END_TEST

START_TEST(out_folds_no_string)
{
	check_folded(20, "send(3, \"a b\", 3, 0) = 3", "send(3, \"a b\", 3, 0)\n   = 3\n");
	check_folded(12, "send(3, \"a b  c d e\", 9)", "send(3,\n   \"a b  c d e\",\n   9)\n");
	check_folded(12, "send(3, \"a\\\" b  c d\")", "send(3,\n   \"a\\\" b  c d\")\n");
	check_folded(12, "a lone \" quote is none", "a lone \"\n   quote is\n   none\n");
}
END_TEST

/* For the terminal to wrap: nobody could tell a break of ours from a blank. */
START_TEST(out_leaves_a_long_word)
{
	check_folded(8, "in 1234567890 out", "in\n   1234567890\n   out\n");
	check_folded(8, "1234567890", "1234567890\n");
	check_folded(8, "          ", "        \n");
}
END_TEST

START_TEST(out_folds_in_color)
{
	struct buf to = {0};
	struct out out = terminal(&to, 10, true);

	out_text(&out, "was ");
	out_style(&out, OUT_CHANGE);
	out_text(&out, "CLOSED now");
	out_newline(&out);
	check_out(&out, "was \033[1;32mCLOSED\n   now\033[0m\n");
}
END_TEST

/* What was flushed before the line's end is out of reach. */
START_TEST(out_folds_whole_lines_only)
{
	struct buf to = {0};
	struct out out = terminal(&to, 10, false);

	out_text(&out, "first one");
	out_newline(&out);
	out_text(&out, "12345");
	out_flush(&out);
	out_text(&out, " 67890 12345");
	out_newline(&out);
	out_text(&out, "12345 67890");
	out_newline(&out);
	check_out(&out, "first one\n12345 67890 12345\n12345\n   67890\n");
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("out");
	TCase *tc = tcase_create("out");

	tcase_add_test(tc, out_escapes);
	tcase_add_test(tc, out_speaks_ascii);
	tcase_add_test(tc, out_has_glyphs);
	tcase_add_test(tc, out_resets_before_the_line_ends);
	tcase_add_test(tc, out_is_plain_without_color);
	tcase_add_test(tc, out_pads_by_columns);
	tcase_add_test(tc, out_wraps_at_blanks);
	tcase_add_test(tc, out_wraps_in_style);
	tcase_add_test(tc, out_folds_a_terminals_lines);
	tcase_add_test(tc, out_folds_no_string);
	tcase_add_test(tc, out_leaves_a_long_word);
	tcase_add_test(tc, out_folds_in_color);
	tcase_add_test(tc, out_folds_whole_lines_only);
	tcase_add_test(tc, out_passes_json);
	tcase_add_test(tc, out_writes_all);
	tcase_add_test(tc, out_tells_that_the_reader_left);
	tcase_add_test(tc, out_asks_for_color);
	tcase_add_test(tc, out_minds_the_terminal);
	tcase_add_test(tc, out_knows_its_width);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
