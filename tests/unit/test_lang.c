/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/grow.h"
#include "lang/lang.h"
#include "unit.h"

static void add_word(struct buf *out, const char *mark, const struct word *word)
{
	if (!word->text)
		return;
	buf_str(out, mark);
	buf_add(out, word->text, word->len);
}

/* A command on one line: @process, name=, name, then [word] of the shell or (word) of C, &. */
static void describe(struct buf *out, const struct command *command)
{
	int i;

	add_word(out, "@", &command->process);
	add_word(out, ">", &command->assign);
	add_word(out, "", &command->name);
	for (i = 0; i < command->count; i++) {
		add_word(out, command->c_spelling ? "(" : "[", &command->words[i]);
		buf_char(out, command->c_spelling ? ')' : ']');
	}
	if (command->c_spelling && !command->count)
		buf_str(out, "()");
	if (command->background)
		buf_char(out, '&');
	buf_char(out, '\n');
}

static void describe_all(struct buf *out, const char *line, size_t len)
{
	struct command command;
	struct error err = {0};
	size_t at = 0;
	int result;

	while ((result = lang_next(line, len, &at, &command, &err))) {
		if (result > 0)
			describe(out, &command);
		else
			buf_printf(out, "%d+%d %s\n", err.column, err.length, err.text);
	}
	ck_assert_uint_eq(at, len);
}

struct spoken {
	const char *line, *means;
};

static const struct spoken spoken[] = {
	{"repeat 3 { a; b } c", "repeat[3][{ a; b }][c]\n"},
	{"repeat 2 {a {1;2} \"}\" # }\n}; b", "repeat[2][{a {1;2} \"}\" # }\n}]\nb\n"},
	{"repeat 2 { the server's end }", "repeat[2][{ the server's end }]\n"},
	{"repeat 2 { {a }", "10+1 this { is not closed\n"},
	{"repeat 2 {\n a \"x\n}; b",
	 "15+1 this quote is not closed\n18+1 nothing is open that this } could close\n"},
	{"", ""},
	{"  \t", ""},
	{" ; ;; # nothing", ""},
	{"// nothing; at all", ""},
	{"socket tcp", "socket[tcp]\n"},
	{"  socket\ttcp  ;  ", "socket[tcp]\n"},
	{"socket tcp # a comment; close 3", "socket[tcp]\n"},
	{"socket tcp // a comment", "socket[tcp]\n"},
	{"socket tcp\r", "socket[tcp]\n"},
	{"bind 3 a#b//c", "bind[3][a#b//c]\n"},
	{"x = socket tcp", ">xsocket[tcp]\n"},
	{"x=socket tcp", ">xsocket[tcp]\n"},
	{"int x = socket(AF_INET, SOCK_STREAM, 0);", ">xsocket(AF_INET)(SOCK_STREAM)(0)\n"},
	{"int socket(1)", "socket(1)\n"},
	{"ssize_t n = send(3, \"a, b\", 4, 0)", ">nsend(3)(\"a, b\")(4)(0)\n"},
	{"int", "int\n"},
	{"return x", "return[x]\n"},
	{"expect x == 3", "expect[x][==][3]\n"},
	{"x == 3", "x[==][3]\n"},
	{"send 3 a=b", "send[3][a=b]\n"},
	{"fork()", "fork()\n"},
	{"fork ( ) ;", "fork()\n"},
	{"close (3)", "close(3)\n"},
	{"unix-x (3)", "unix-x[(3)]\n"},
	{"unix-x(3)", "unix-x(3)\n"},
	{"bind(3, (struct sockaddr *)&addr, sizeof(addr))",
	 "bind(3)((struct sockaddr *)&addr)(sizeof(addr))\n"},
	{"bind(3, {AF_INET, 127.0.0.1:8080}, 16)", "bind(3)({AF_INET, 127.0.0.1:8080})(16)\n"},
	{"bind 3 {AF_UNIX, \"a;b}\"} 5", "bind[3][{AF_UNIX, \"a;b}\"}][5]\n"},
	{"bind 3 [::1]:80", "bind[3][[::1]:80]\n"},
	{"send 3 \"a b\" 'c' x\"y z\"", "send[3][\"a b\"]['c'][x\"y z\"]\n"},
	{"send 3 \"a\\\"; b\"; close 3", "send[3][\"a\\\"; b\"]\nclose[3]\n"},
	{"bind 3 unix:/a\\040b", "bind[3][unix:/a\\040b]\n"},
	{"send 3 &addr", "send[3][&addr]\n"},
	{"accept 3 &", "accept[3]&\n"},
	{"accept 3& ", "accept[3&]\n"},
	{"accept 3 &; x = accept(3)&; accept(4) & # c", "accept[3]&\n>xaccept(3)&\naccept(4)&\n"},
	{"@b close 3", "@bclose[3]\n"},
	{"@b x = socket tcp &", "@b>xsocket[tcp]&\n"},
	{"@b", "@b\n"},
	{"@b; close 3", "@b\nclose[3]\n"},
	{"@b # c", "@b\n"},
	{"socket tcp\nclose 3\n\n# c\nfork", "socket[tcp]\nclose[3]\nfork\n"},
	{"!x y", "!x[y]\n"},
	{"expect ) (", "expect[)][(]\n"},

	{"send 3 \"abc", "8+1 this quote is not closed\n"},
	{"send 3 'abc\nclose 3", "8+1 this quote is not closed\nclose[3]\n"},
	{"send 3 \"abc\\", "8+1 this quote is not closed\n"},
	{"bind 3 {AF", "8+1 this { is not closed\n"},
	{"bind 3 {[}", "10+1 nothing is open that this } could close\n"},
	{"bind 3 a]; close 3", "bind[3][a]]\nclose[3]\n"},
	{"echo the server's end; close 3", "echo[the][server's][end]\nclose[3]\n"},
	{"echo \x1b[31m {a;b} c{d", "echo[\x1b[31m][{a;b}][c{d]\n"},
	{"bind(3, x", "5+1 this ( is not closed\n"},
	{"bind(3, (x", "9+1 this ( is not closed\n"},
	{"bind(", "5+1 this ( is not closed\n"},
	{"bind(3; close 3", "5+1 this ( is not closed\n"},
	{"f(a,,b)", "5+1 an argument is missing here\n"},
	{"f(a,)", "5+1 an argument is missing here\n"},
	{"f(,a)", "3+1 an argument is missing here\n"},
	{"f(a) b", "6+1 after ) only &, ; or a comment may come\n"},
	{"f(a))", "5+1 after ) only &, ; or a comment may come\n"},
	{"accept 3 & 4", "10+1 & stands at the end of a command\n"},
	{"accept(3) & 4", "11+1 & stands at the end of a command\n"},
	{"&", "1+1 a command is missing before &\n"},
	{"(3)", "1+1 a command is missing before (\n"},
	{"x =", "1+1 a command is missing behind =\n"},
	{"= 3", "1+1 a name is missing before =\n"},
	{"3x = socket tcp", "1+2 a name has letters, digits and _, and no digit first\n"},
	{"@ close 3", "1+1 a process is missing behind @\n"},
	{"x = @b socket", "5+1 @PROCESS stands once, before all else\n"},
};

START_TEST(lang_reads)
{
	struct buf out = {0};
	/* Of its exact size, so that a byte read behind it is found. */
	size_t len = strlen(spoken[_i].line);
	char *line = malloc(len ? len : 1);

	memcpy(line, spoken[_i].line, len);
	describe_all(&out, line, len);
	ck_assert_str_eq(buf_text(&out), spoken[_i].means);
	buf_free(&out);
	free(line);
}
END_TEST

static int next(const char *line, struct command *command, struct error *err)
{
	size_t at = 0;

	return lang_next(line, strlen(line), &at, command, err);
}

START_TEST(lang_knows_columns)
{
	struct command command;
	struct error err;

	ck_assert_int_eq(next("@b x = bind 3 :80 & # c", &command, &err), 1);
	ck_assert_int_eq(command.process.column, 2);
	ck_assert_int_eq(command.assign.column, 4);
	ck_assert_int_eq(command.name.column, 8);
	ck_assert_int_eq(command.words[1].column, 15);
	ck_assert_int_eq(command.end_column, 18);
	ck_assert_uint_eq(command.whole.len, strlen("x = bind 3 :80 &"));
	ck_assert_int_eq(command.whole.column, 4);
	ck_assert_int_eq(next(" bind( 3 ,:80 ) ; // c", &command, &err), 1);
	ck_assert_int_eq(command.words[0].column, 8);
	ck_assert_int_eq(command.words[1].column, 11);
	ck_assert_int_eq(command.end_column, 15);
	ck_assert_uint_eq(command.whole.len, strlen("bind( 3 ,:80 )"));
	ck_assert_int_eq(next("close  # c", &command, &err), 1);
	ck_assert_int_eq(command.end_column, 6);
	ck_assert_uint_eq(command.whole.len, 5);
}
END_TEST

START_TEST(lang_counts_words)
{
	struct command command;
	struct error err = {0};
	struct buf line = {0};
	int i;

	buf_char(&line, 'n');
	for (i = 0; i < COMMAND_WORDS; i++)
		buf_str(&line, " w");
	ck_assert_int_eq(next(buf_text(&line), &command, &err), 1);
	ck_assert_int_eq(command.count, COMMAND_WORDS);
	buf_str(&line, " more");
	ck_assert_int_eq(next(buf_text(&line), &command, &err), -1);
	ck_assert_int_eq(err.column, 1 + 2 * COMMAND_WORDS + 2);
	ck_assert_int_eq(err.length, 4);
	buf_free(&line);
}
END_TEST

START_TEST(lang_bounds_depth)
{
	struct command command;
	struct error err = {0};
	struct buf line = {0};
	int i;

	buf_str(&line, "f ");
	for (i = 0; i < 100000; i++)
		buf_char(&line, '{');
	ck_assert_int_eq(next(buf_text(&line), &command, &err), -1);
	ck_assert_int_eq(err.column, 67);
	buf_free(&line);
}
END_TEST

START_TEST(lang_keeps_nul_bytes)
{
	struct command command;
	struct error err;
	size_t at = 0;

	ck_assert_int_eq(lang_next("f a\0b c", 7, &at, &command, &err), 1);
	ck_assert_int_eq(command.count, 2);
	ck_assert_uint_eq(command.words[0].len, 3);
}
END_TEST

/* Quadratic time would show here as a test that does not end. */
START_TEST(lang_is_linear)
{
	static const char *const patterns[] = {
		";",   " ",       "a ", "a;",  "a",  "\"",  "{",    "{\n",  "}\n",
		"f(",  "(\n",     "\n", "'\n", "&;", "@a;", "a=b;", "a=",   "#",
		"#\n", "f(a,b);", "//", "x,",  "\\", "@a ", "int ", "f(a,",
	};
	size_t size = 1 << 20, i, p;
	char *line = malloc(size);

	for (p = 0; p < COUNT_OF(patterns); p++) {
		struct command command;
		struct error err;
		size_t at = 0, before = 0;

		for (i = 0; i < size; i++)
			line[i] = patterns[p][i % strlen(patterns[p])];
		while (lang_next(line, size, &at, &command, &err)) {
			/* An assertion that holds costs a write, too. */
			if (at <= before)
				ck_abort_msg("stands still at %zu", at);
			before = at;
		}
		ck_assert_uint_eq(at, size);
	}
	free(line);
}
END_TEST

START_TEST(lang_survives_anything)
{
	static const char signs[] = "ab3 (){}[]\"'\\;,&=@#/\n\t|*:\0\xc3";
	char line[24];
	int round;
	size_t i;

	srand(1);
	for (round = 0; round < 200000; round++) {
		struct command command;
		struct error err;
		size_t at = 0, before = 0;

		for (i = 0; i < sizeof(line); i++)
			line[i] = signs[(size_t)rand() % (sizeof(signs) - 1)];
		while (lang_next(line, sizeof(line), &at, &command, &err)) {
			if (at <= before || at > sizeof(line))
				ck_abort_msg("at %zu after %zu", at, before);
			before = at;
		}
	}
}
END_TEST

START_TEST(lang_knows_what_is_open)
{
	static const struct {
		int before, behind;
		const char *line;
	} lines[] = {
		{0, 0, "socket tcp"},
		{0, 0, "bind 3 {AF_INET"},
		{0, 1, "repeat 3 {"},
		{0, 1, "a; repeat 3 { a; b # }"},
		{0, 2, "repeat 3 { repeat 2 {"},
		{0, 0, "repeat 3 { a }; b"},
		{0, 1, "repeat 3 { a }; x; repeat 2 {"},
		{0, 1, "repeat 3 { send 3 \"}\""},
		{0, 1,
		 "a \"x"
		 "\nrepeat 2 {"},
		{1, 1, "socket tcp"},
		{1, 1, "a { b }"},
		{1, 1, "send 3 \"x }"},
		{1, 0, "}"},
		{1, 0, "a } # {"},
		{1, 1, "}; repeat 3 { a"},
		{2, 1, "} # }"},
		{2, 0, "} }"},
		{0, 0, ""},
		{1, 1, ""},
	};
	const char *line = lines[_i].line;

	ck_assert_int_eq(lang_depth(lines[_i].before, line, strlen(line)), lines[_i].behind);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("lang");
	TCase *tc = tcase_create("lang");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, lang_reads, 0, COUNT_OF(spoken));
	tcase_add_loop_test(tc, lang_knows_what_is_open, 0, 19);
	tcase_add_test(tc, lang_knows_columns);
	tcase_add_test(tc, lang_counts_words);
	tcase_add_test(tc, lang_bounds_depth);
	tcase_add_test(tc, lang_keeps_nul_bytes);
	tcase_add_test(tc, lang_is_linear);
	tcase_add_test(tc, lang_survives_anything);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
