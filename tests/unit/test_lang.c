/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/grow.h"
#include "calls/literal.h"
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
	{"bind 3 a]; close 3", "9+1 nothing is open that this ] could close\n"},
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
			ck_assert_uint_gt(at, before);
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
			ck_assert(at > before && at <= sizeof(line));
			before = at;
		}
	}
}
END_TEST

struct number {
	const char *text;
	long value;
	const char *error;
};

static const struct number numbers[] = {
	{"10", 10, NULL},
	{"-1", -1, NULL},
	{"+7", 7, NULL},
	{"0x1f", 31, NULL},
	{"0X1F", 31, NULL},
	{"017", 15, NULL},
	{"0", 0, NULL},
	{"64K", 65536, NULL},
	{"64k", 65536, NULL},
	{"2M", 2 << 20, NULL},
	{"1G", 1 << 30, NULL},
	{"9223372036854775807", LONG_MAX, NULL},
	{"-9223372036854775808", LONG_MIN, NULL},
	{"", 0, "\"\" is not a number"},
	{"-", 0, "\"-\" is not a number"},
	{"12x", 0, "\"12x\" is not a number"},
	{"0x", 0, "\"0x\" is not a number"},
	{"K", 0, "\"K\" is not a number"},
	{"1KK", 0, "\"1KK\" is not a number"},
	{"1 ", 0, "\"1 \" is not a number"},
	{"08", 0, "\"08\" is not a number: after a leading 0 come octal digits"},
	{"9223372036854775808", 0,
	 "9223372036854775808 is out of range (-9223372036854775808 to 9223372036854775807)"},
	{"99999999999999999999999G", 0,
	 "99999999999999999999999G is out of range (-9223372036854775808 to "
	 "9223372036854775807)"},
};

START_TEST(number_reads)
{
	const struct number *n = &numbers[_i];
	struct error err = {0};
	long value = 0;

	if (n->error) {
		ck_assert_int_eq(
			literal_number(n->text, strlen(n->text), LONG_MIN, LONG_MAX, &value, &err),
			-1);
		ck_assert_str_eq(err.text, n->error);
		ck_assert_int_eq(err.column, 1);
	} else {
		ck_assert_int_eq(
			literal_number(n->text, strlen(n->text), LONG_MIN, LONG_MAX, &value, &err),
			0);
		ck_assert_int_eq(value, n->value);
	}
}
END_TEST

START_TEST(number_has_a_range)
{
	struct error err = {0};
	long value;

	ck_assert_int_eq(literal_number("70000", 5, 0, 65535, &value, &err), -1);
	ck_assert_str_eq(err.text, "70000 is out of range (0 to 65535)");
	ck_assert_int_eq(err.length, 5);
	ck_assert_int_eq(literal_number("-1", 2, 0, 65535, &value, &err), -1);
	ck_assert_int_eq(literal_number("65535", 5, 0, 65535, &value, &err), 0);
}
END_TEST

static const struct number times[] = {
	{"200ms", 200000, NULL},
	{"2s", 2000000, NULL},
	{"1.5s", 1500000, NULL},
	{"0.001ms", 1, NULL},
	{"3min", 180000000, NULL},
	{"1h", 3600000000, NULL},
	{"500us", 500, NULL},
	{"7", 7000, NULL},
	{"-1", -1000, NULL},
	{"1.5", 1500, NULL},
	{"", 0, "\"\" is not a time (200ms, 2s, 1.5s, 3min)"},
	{"s", 0, "\"s\" is not a time (200ms, 2s, 1.5s, 3min)"},
	{"1.s", 0, "\"1.s\" is not a time (200ms, 2s, 1.5s, 3min)"},
	{"2 s", 0, "\"2 s\" is not a time (200ms, 2s, 1.5s, 3min)"},
	{"2sec", 0, "\"2sec\" is not a time (200ms, 2s, 1.5s, 3min)"},
	{"9999999999999999s", 0, "9999999999999999s is too long a time"},
};

START_TEST(time_reads)
{
	const struct number *t = &times[_i];
	struct error err = {0};
	long us = 0;
	int result = literal_time(t->text, strlen(t->text), 1000, &us, &err);

	ck_assert_str_eq(err.text, t->error ? t->error : "");
	ck_assert_int_eq(result, t->error ? -1 : 0);
	ck_assert_int_eq(us, t->value);
}
END_TEST

struct bytes {
	const char *text;
	const char *means; /* as escape_string() writes it, or the error with its place */
};

static const struct bytes bytes[] = {
	{"\"\"", ""},
	{"\"a\" \"b\"", "ab"},
	{"\"a\"\"b\"", "ab"},
	{"'x'", "x"},
	{"'\\''\"'\"", "''"},
	{"\"\\n\\t\\r\\0\\a\\b\\f\\v\\e\\\\\\\"\\'\"",
	 "\\n\\t\\r\\000\\007\\010\\014\\013\\033\\\\\\\"'"},
	{"\"\\x41B\\x0a1\\1012\"", "AB\\n1A2"},
	{"3*\"ab\"", "ababab"},
	{"0*\"ab\"\"c\"", "c"},
	{"2*2*\"x\" \"y\"", "xxxxy"},
	{"3*hex:00", "\\000\\000\\000"},
	{"hex:0d0A \"x\"", "\\r\\nx"},
	{"hex:", ""},
	{"bare word", "bare word"},
	{"GET", "GET"},
	{"3*4", "3*4"},
	{"42", "42"},
	{"", ""},
	{"18446744073709551615*4*\"\"", ""},
	{"\"caf\xc3\xa9\"", "café"},

	{"\"a", "1+1 this quote is not closed"},
	{"\"a\" 'b", "5+1 this quote is not closed"},
	{"\"a\\q\"", "3+2 this is no escape of a C string"},
	{"\"\\400\"", "2+2 this is no escape of a C string"},
	{"\"\\", "2+1 this is no escape of a C string"},
	{"hex:0", "5+1 the second digit of this byte is missing"},
	{"hex:00x", "7+1 a hex digit is expected here"},
	{"hex:0x", "6+1 a hex digit is expected here"},
	{"hex:0 \"x\"", "5+1 the second digit of this byte is missing"},
	{"\"a\" b", "5+1 a literal is expected here: \"…\", '…', hex:…, @FILE or N*\"…\""},
	{"@", "1+1 the name of a file is missing behind @"},
	{"@/no/such", "1+9 /no/such: No such file or directory"},
	{"\"a\" @/", "5+2 /: Is a directory"},
	{"@/dev/zero", "1+10 /dev/zero: not a regular file"},
	{"\"0123456789\" \"abcdefg\"", "14+9 17 bytes; at most 16 are taken"},
	{"65536*\"x\"", "1+9 65536 bytes; at most 16 are taken"},
	{"99999999999999999999*\"x\"", "1+24 18446744073709551615 bytes; at most 16 are taken"},
	{"a-bare-word-of-27-characters", "1+28 28 bytes; at most 16 are taken"},
};

START_TEST(bytes_reads)
{
	const struct bytes *b = &bytes[_i];
	struct error err = {0};
	struct buf out = {0}, means = {0};
	size_t len = strlen(b->text);
	char *text = malloc(len ? len : 1);

	memcpy(text, b->text, len);
	if (literal_bytes(text, len, 16, &out, &err) == 0)
		escape_string(&means, buf_text(&out), out.len);
	else
		buf_printf(&means, "%d+%d %s", err.column, err.length, err.text);
	ck_assert_str_eq(buf_text(&means), b->means);
	buf_free(&out);
	buf_free(&means);
	free(text);
}
END_TEST

START_TEST(bytes_stay_behind_what_was_there)
{
	struct error err;
	struct buf out = {0};

	buf_str(&out, "kept");
	ck_assert_int_eq(literal_bytes("4*\"ab\"", 6, 8, &out, &err), 0);
	ck_assert_str_eq(out.data, "keptabababab");
	ck_assert_int_eq(literal_bytes("4*\"ab\" \"c\"", 10, 8, &out, &err), -1);
	ck_assert_str_eq(out.data, "keptabababab");
	buf_free(&out);
}
END_TEST

START_TEST(bytes_reads_files)
{
	char path[] = "sockstep-XXXXXX", text[80];
	int fd = mkstemp(path);
	struct error err = {0};
	struct buf out = {0};

	ck_assert_int_eq((int)write(fd, "a\0b", 3), 3);
	close(fd);
	snprintf(text, sizeof(text), "2*@%s \"c\" @\"%s\"", path, path);
	ck_assert_int_eq(literal_bytes(text, strlen(text), 100, &out, &err), 0);
	ck_assert_uint_eq(out.len, 10);
	ck_assert_mem_eq(out.data, "a\0ba\0bca\0b", 10);
	ck_assert_int_eq(literal_bytes(text, strlen(text), 2, &out, &err), -1);
	ck_assert_str_eq(err.text, "3 bytes; at most 2 are taken");
	unlink(path);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_int_eq(literal_bytes(text, strlen(text), 100, &out, &err), -1);
	unlink(path);
	buf_free(&out);
}
END_TEST

START_TEST(bytes_reads_files_without_a_size)
{
	struct error err;
	struct buf out = {0};

	ck_assert_int_eq(literal_bytes("@/proc/self/status", 18, 100000, &out, &err), 0);
	ck_assert_uint_gt(out.len, 5);
	ck_assert_int_eq(literal_bytes("@/proc/self/status", 18, 10, &out, &err), -1);
	buf_free(&out);
}
END_TEST

START_TEST(bytes_survives_depth)
{
	struct error err;
	struct buf text = {0}, out = {0};
	int i;

	for (i = 0; i < 300000; i++)
		buf_str(&text, "1*");
	buf_str(&text, "\"x\"");
	ck_assert_int_eq(literal_bytes(text.data, text.len, 10, &out, &err), 0);
	ck_assert_str_eq(out.data, "x");
	buf_free(&text);
	buf_free(&out);
}
END_TEST

static int constant(const char *text, const struct names *names, const struct names *also,
		    long *value, struct error *err)
{
	return literal_constant(text, strlen(text), names, also, value, err);
}

START_TEST(constant_reads)
{
	struct error err;
	long value;

	ck_assert_int_eq(constant("AF_INET6", &names_family, NULL, &value, &err), 0);
	ck_assert_int_eq(value, AF_INET6);
	ck_assert_int_eq(constant("inet", &names_family, NULL, &value, &err), 0);
	ck_assert_int_eq(value, AF_INET);
	ck_assert_int_eq(constant("0x63", &names_family, NULL, &value, &err), 0);
	ck_assert_int_eq(value, 99);
	ck_assert_int_eq(constant("-1", &names_family, NULL, &value, &err), 0);
	ck_assert_int_eq(value, -1);
	ck_assert_int_eq(constant("MSG_PEEK | DONTWAIT|0x8000", &names_msg, NULL, &value, &err), 0);
	ck_assert_int_eq(value, MSG_PEEK | MSG_DONTWAIT | 0x8000);
	ck_assert_int_eq(constant("STREAM|NONBLOCK", &names_type, &names_type_flag, &value, &err),
			 0);
	ck_assert_int_eq(value, SOCK_STREAM | SOCK_NONBLOCK);
}
END_TEST

START_TEST(constant_refuses)
{
	struct error err;
	long value;

	ck_assert_int_eq(constant("AF_INETT", &names_family, NULL, &value, &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "\"AF_INETT\" is no "));
	ck_assert_ptr_nonnull(strstr(err.text, "is AF_INET meant?"));
	ck_assert_int_eq(constant("AF_INET|AF_UNIX", &names_family, NULL, &value, &err), -1);
	ck_assert_int_eq(err.column, 8);
	ck_assert_int_eq(constant("PEEK|zzzzzz", &names_msg, NULL, &value, &err), -1);
	ck_assert_int_eq(err.column, 6);
	ck_assert_int_eq(err.length, 6);
	ck_assert_int_eq(constant("PEEK|", &names_msg, NULL, &value, &err), -1);
	ck_assert_int_eq(err.column, 6);
	ck_assert_int_eq(constant("PEEK|12x", &names_msg, NULL, &value, &err), -1);
	ck_assert_str_eq(err.text, "\"12x\" is not a number");
	ck_assert_int_eq(constant("", &names_family, NULL, &value, &err), -1);
	ck_assert_int_eq(literal_constant("+9", 1, &names_family, NULL, &value, &err), -1);
}
END_TEST

static TCase *lang_case(void)
{
	TCase *tc = tcase_create("lang");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, lang_reads, 0, COUNT_OF(spoken));
	tcase_add_test(tc, lang_knows_columns);
	tcase_add_test(tc, lang_counts_words);
	tcase_add_test(tc, lang_bounds_depth);
	tcase_add_test(tc, lang_keeps_nul_bytes);
	tcase_add_test(tc, lang_is_linear);
	tcase_add_test(tc, lang_survives_anything);
	return tc;
}

static TCase *literal_case(void)
{
	TCase *tc = tcase_create("literal");

	tcase_add_loop_test(tc, number_reads, 0, COUNT_OF(numbers));
	tcase_add_test(tc, number_has_a_range);
	tcase_add_loop_test(tc, time_reads, 0, COUNT_OF(times));
	tcase_add_loop_test(tc, bytes_reads, 0, COUNT_OF(bytes));
	tcase_add_test(tc, bytes_stay_behind_what_was_there);
	tcase_add_test(tc, bytes_reads_files);
	tcase_add_test(tc, bytes_reads_files_without_a_size);
	tcase_add_test(tc, bytes_survives_depth);
	tcase_add_test(tc, constant_reads);
	tcase_add_test(tc, constant_refuses);
	return tc;
}

static Suite *suite(void)
{
	Suite *s = suite_create("lang");

	suite_add_tcase(s, lang_case());
	suite_add_tcase(s, literal_case());
	return s;
}

int main(void)
{
	return unit_main(suite());
}
