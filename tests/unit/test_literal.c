/* SPDX-License-Identifier: GPL-3.0-or-later */
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
#include "unit.h"

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
	{"@/no/such", "1+9 cannot open /no/such: No such file or directory"},
	{"\"a\" @/", "5+2 /: Is a directory"},
	{"@/dev/zero", "1+10 /dev/zero: not a regular file"},
	{"\"0123456789\" \"abcdefg\"", "14+9 17 bytes; at most 16 are taken"},
	{"65536*\"x\"", "1+9 65536 bytes; at most 16 are taken"},
	{"64K*\"x\"", "1+7 65536 bytes; at most 16 are taken"},
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

static Suite *suite(void)
{
	Suite *s = suite_create("literal");
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
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
