/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/grow.h"
#include "base/map.h"
#include "base/now.h"
#include "unit.h"

/* A test here asks for more memory than there is; ASan would end the program. */
const char *__asan_default_options(void);

const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

START_TEST(buf_grows)
{
	struct buf buf = {0};
	int i;

	ck_assert_str_eq(buf_text(&buf), "");
	for (i = 0; i < 1000; i++)
		buf_printf(&buf, "%03d", i);
	ck_assert_uint_eq(buf.len, 3000);
	ck_assert_int_eq(memcmp(buf.data + 2997, "999", 4), 0);
	buf_truncate(&buf, 5000);
	ck_assert_uint_eq(buf.len, 3000);
	buf_truncate(&buf, 6);
	buf_char(&buf, '!');
	buf_str(&buf, "");
	ck_assert_str_eq(buf_text(&buf), "000001!");
	buf_free(&buf);
	ck_assert_ptr_null(buf.data);
}
END_TEST

START_TEST(buf_keeps_nul_bytes)
{
	struct buf buf = {0};

	buf_add(&buf, "a\0b", 3);
	buf_add(&buf, NULL, 0);
	ck_assert_uint_eq(buf.len, 3);
	ck_assert_int_eq(memcmp(buf.data, "a\0b", 4), 0);
	buf_free(&buf);
}
END_TEST

START_TEST(buf_remembers_failure)
{
	struct buf buf = {0};

	buf_str(&buf, "kept");
	ck_assert_int_eq(buf_reserve(&buf, SIZE_MAX / 2), -1);
	buf_str(&buf, "lost");
	buf_printf(&buf, "%d", 1);
	ck_assert(buf.failed);
	ck_assert_str_eq(buf_text(&buf), "kept");
	ck_assert_ptr_null(buf_take(&buf));
	ck_assert(!buf.failed);
}
END_TEST

START_TEST(buf_hands_over)
{
	struct buf buf = {0};
	char *data = buf_take(&buf);

	ck_assert_str_eq(data, "");
	free(data);
	buf_str(&buf, "x");
	data = buf_take(&buf);
	ck_assert_str_eq(data, "x");
	ck_assert_uint_eq(buf.len, 0);
	free(data);
}
END_TEST

START_TEST(grow_makes_room)
{
	int *list = NULL;
	size_t cap = 0, count;

	for (count = 0; count < 100; count++) {
		ck_assert_int_eq(grow(&list, &cap, count, sizeof(*list)), 0);
		ck_assert_uint_gt(cap, count);
		list[count] = (int)count;
	}
	ck_assert_int_eq(list[0] + list[99], 99);
	free(list);
}
END_TEST

START_TEST(grow_refuses_overflow)
{
	char *list = NULL;
	size_t cap = SIZE_MAX / 4;

	ck_assert_int_eq(grow(&list, &cap, cap, 64), -1);
	ck_assert_uint_eq(cap, SIZE_MAX / 4);
	ck_assert_ptr_null(list);
}
END_TEST

START_TEST(map_finds_and_forgets)
{
	struct map map = {0};
	char cells[2000];
	uint64_t i;

	ck_assert_ptr_null(map_get(&map, 1));
	map_remove(&map, 1);
	for (i = 1; i < 2000; i++)
		ck_assert_int_eq(map_put(&map, i * 64, &cells[i]), 0);
	for (i = 1; i < 2000; i += 2)
		map_remove(&map, i * 64);
	ck_assert_uint_eq(map.count, 999);
	for (i = 1; i < 2000; i++)
		ck_assert_ptr_eq(map_get(&map, i * 64), i % 2 ? NULL : &cells[i]);
	map_free(&map);
	ck_assert_uint_eq(map.cap, 0);
}
END_TEST

START_TEST(map_replaces)
{
	struct map map = {0};
	int a, b;

	ck_assert_int_eq(map_put(&map, 0, &a), -1);
	map_put(&map, 7, &a);
	map_put(&map, 7, &b);
	ck_assert_uint_eq(map.count, 1);
	ck_assert_ptr_eq(map_get(&map, 7), &b);
	ck_assert_ptr_null(map_get(&map, 0));
	map_free(&map);
}
END_TEST

START_TEST(error_has_a_place)
{
	struct error err = {0};

	ck_assert_int_eq(error_at(&err, 3, 2, "no %s", "way"), -1);
	ck_assert_str_eq(err.text, "no way");
	ck_assert_int_eq(err.column * 10 + err.length, 32);
	ck_assert_int_eq(error_set(&err, "%0600d", 0), -1);
	ck_assert_uint_eq(strlen(err.text), sizeof(err.text) - 1);
	ck_assert_int_eq(err.column + err.length, 0);
}
END_TEST

START_TEST(error_keeps_errno)
{
	struct error err = {0};

	errno = ENOENT;
	ck_assert_int_eq(error_errno(&err, "/x"), -1);
	ck_assert_int_eq(errno, ENOENT);
	ck_assert_str_eq(err.text, "/x: No such file or directory");
}
END_TEST

struct escaped {
	const char *bytes;
	size_t len;
	const char *text, *string;
};

#define BYTES(literal) literal, sizeof(literal) - 1

static const struct escaped escaped[] = {
	{BYTES(""), "", ""},
	{BYTES("plain text ~"), "plain text ~", "plain text ~"},
	{BYTES("a\"b\\c"), "a\"b\\c", "a\\\"b\\\\c"},
	{BYTES("\n\t\r"), "\\n\\t\\r", "\\n\\t\\r"},
	{BYTES("\033[2J"), "\\e[2J", "\\033[2J"},
	{BYTES("\0001\x7f"), "\\x001\\x7f", "\\0001\\177"},
	{BYTES("\xc2\x9b"), "\\u{9B}", "\\302\\233"},
	{BYTES("caf\xc3\xa9 \xe6\x9c\x8d"), "café 服", "café 服"},
	{BYTES("\xf0\x9f\x98\x80"), "😀", "😀"},
	{BYTES("\x9b\xff\xc3"), "\\x9b\\xff\\xc3", "\\233\\377\\303"},
	{BYTES("\xc0\xaf"), "\\xc0\\xaf", "\\300\\257"},
	{BYTES("\xe0\x80\xaf"), "\\xe0\\x80\\xaf", "\\340\\200\\257"},
	{BYTES("\xed\xa0\x80"), "\\xed\\xa0\\x80", "\\355\\240\\200"},
	{BYTES("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80", "\\364\\220\\200\\200"},
	{BYTES("\xf5\x80"), "\\xf5\\x80", "\\365\\200"},
	{BYTES("\xe2\x80\xaex"), "\\u{202E}x", "\\342\\200\\256x"},
	{BYTES("\xe2\x80\xa8"), "\\u{2028}", "\\342\\200\\250"},
	{BYTES("\xef\xbb\xbf"), "\\u{FEFF}", "\\357\\273\\277"},
	{BYTES("\xd8\x9c"), "\\u{61C}", "\\330\\234"},
	{BYTES("\xf3\xa0\x81\x81"), "\\u{E0041}", "\\363\\240\\201\\201"},
};

static void check_escaped(const struct escaped *e)
{
	struct buf text = {0}, string = {0};

	escape_text(&text, e->bytes, e->len);
	escape_string(&string, e->bytes, e->len);
	ck_assert_str_eq(buf_text(&text), e->text);
	ck_assert_str_eq(buf_text(&string), e->string);
	buf_free(&text);
	buf_free(&string);
}

START_TEST(escape_makes_harmless)
{
	setlocale(LC_ALL, "C.UTF-8");
	check_escaped(&escaped[_i]);
}
END_TEST

START_TEST(escape_knows_utf8_in_the_c_locale)
{
	setlocale(LC_ALL, "C");
	check_escaped(&escaped[_i]);
}
END_TEST

START_TEST(escape_refuses_what_reorders)
{
	static const uint32_t codes[] = {0,      0x1f,   0x7f,   0x9f,   0x61c,   0x200b,
					 0x200f, 0x202a, 0x202e, 0x2060, 0x2069,  0xfeff,
					 0xfff9, 0xfffb, 0x2028, 0x2029, 0xe0001, 0xe007f};
	size_t i;

	setlocale(LC_ALL, "C.UTF-8");
	for (i = 0; i < COUNT_OF(codes); i++)
		ck_assert_msg(!escape_passes(codes[i]), "U+%04X", codes[i]);
	ck_assert(escape_passes('~') && escape_passes(0xa1) && escape_passes(0x4e00));
}
END_TEST

START_TEST(escape_reads_back)
{
	unsigned char all[256], byte;
	struct buf string = {0}, again = {0};
	size_t i;

	for (i = 0; i < sizeof(all); i++)
		all[i] = (unsigned char)(i * 37);
	escape_string(&string, all, sizeof(all));
	for (i = 0; i < string.len;) {
		int size = string.data[i] == '\\'
				   ? escape_read(string.data + i, string.len - i, &byte)
				   : 0;

		buf_char(&again, size ? (char)byte : string.data[i]);
		i += size ? (size_t)size : 1;
	}
	ck_assert_uint_eq(again.len, sizeof(all));
	ck_assert_mem_eq(again.data, all, sizeof(all));
	buf_free(&string);
	buf_free(&again);
}
END_TEST

START_TEST(escape_reads_c_escapes)
{
	unsigned char byte = 0;

	ck_assert_int_eq(escape_read("\\x41B", 5, &byte), 4);
	ck_assert_uint_eq(byte, 0x41);
	ck_assert_int_eq(escape_read("\\x4g", 4, &byte), 3);
	ck_assert_int_eq(escape_read("\\0012", 5, &byte), 4);
	ck_assert_uint_eq(byte, 1);
	ck_assert_int_eq(escape_read("\\07", 2, &byte), 2);
	ck_assert_uint_eq(byte, 0);
	ck_assert_int_eq(escape_read("\\400", 4, &byte), 0);
	ck_assert_int_eq(escape_read("\\x", 2, &byte), 0);
	ck_assert_int_eq(escape_read("\\q", 2, &byte), 0);
	ck_assert_int_eq(escape_read("\\", 1, &byte), 0);
	ck_assert_int_eq(escape_read("\\e", 2, &byte), 2);
	ck_assert_uint_eq(byte, 27);
}
END_TEST

START_TEST(escape_reads_hex)
{
	struct buf out = {0};

	ck_assert_uint_eq(escape_read_hex(&out, "0dFfx", 5), 4);
	ck_assert_mem_eq(out.data, "\r\xff", 2);
	ck_assert_uint_eq(escape_read_hex(&out, "123", 3), 2);
	ck_assert_uint_eq(escape_read_hex(&out, "1x", 2), 0);
	ck_assert_uint_eq(out.len, 3);
	buf_free(&out);
}
END_TEST

START_TEST(escape_counts_columns)
{
	setlocale(LC_ALL, "C.UTF-8");
	ck_assert_uint_eq(escape_width("", 0), 0);
	ck_assert_uint_eq(escape_width("abc", 3), 3);
	ck_assert_uint_eq(escape_width("é服x", strlen("é服x")), 4);
	ck_assert_uint_eq(escape_width("e\xcc\x81", 3), 1);
}
END_TEST

/* A pipe holds less: neither end does all at once. */
START_TEST(file_moves_all)
{
	enum { LEN = 300001 };
	char *sent = malloc(LEN), *got = malloc(LEN + 10);
	int ends[2], i, status;
	pid_t pid;

	for (i = 0; i < LEN; i++)
		sent[i] = (char)(i * 7 + i / 251);
	ck_assert_int_eq(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		close(ends[0]);
		_exit(file_write(ends[1], sent, LEN) == 0 ? 0 : 1);
	}
	close(ends[1]);
	ck_assert_int_eq(file_read(ends[0], got, 10), 10);
	ck_assert_int_eq(file_read(ends[0], got + 10, LEN), LEN - 10);
	ck_assert_int_eq(memcmp(sent, got, LEN), 0);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	ck_assert_int_eq(file_read(ends[0], got, LEN), 0);
	close(ends[0]);
	free(sent);
	free(got);
}
END_TEST

START_TEST(file_says_what_failed)
{
	int ends[2];
	char byte;

	ck_assert_int_eq(pipe(ends), 0);
	errno = 0;
	ck_assert_int_eq(file_write(ends[0], "x", 1), -1);
	ck_assert_int_eq(errno, EBADF);
	errno = 0;
	ck_assert_int_eq(file_read(ends[1], &byte, 1), -1);
	ck_assert_int_eq(errno, EBADF);
	close(ends[0]);
	close(ends[1]);
}
END_TEST

START_TEST(now_goes_on)
{
	long before = now_us();

	ck_assert_int_gt(before, 0);
	usleep(1000);
	ck_assert_int_ge(now_us() - before, 1000);
}
END_TEST

static TCase *plain_case(void)
{
	TCase *tc = tcase_create("buf, grow, map, error");

	tcase_add_test(tc, buf_grows);
	tcase_add_test(tc, buf_keeps_nul_bytes);
	tcase_add_test(tc, buf_remembers_failure);
	tcase_add_test(tc, buf_hands_over);
	tcase_add_test(tc, grow_makes_room);
	tcase_add_test(tc, grow_refuses_overflow);
	tcase_add_test(tc, map_finds_and_forgets);
	tcase_add_test(tc, map_replaces);
	tcase_add_test(tc, error_has_a_place);
	tcase_add_test(tc, error_keeps_errno);
	tcase_add_test(tc, file_moves_all);
	tcase_add_test(tc, file_says_what_failed);
	tcase_add_test(tc, now_goes_on);
	return tc;
}

static TCase *escape_case(void)
{
	TCase *tc = tcase_create("escape");

	tcase_add_loop_test(tc, escape_makes_harmless, 0, COUNT_OF(escaped));
	tcase_add_loop_test(tc, escape_knows_utf8_in_the_c_locale, 0, COUNT_OF(escaped));
	tcase_add_test(tc, escape_refuses_what_reorders);
	tcase_add_test(tc, escape_reads_back);
	tcase_add_test(tc, escape_reads_c_escapes);
	tcase_add_test(tc, escape_reads_hex);
	tcase_add_test(tc, escape_counts_columns);
	return tc;
}

static Suite *suite(void)
{
	Suite *s = suite_create("base");

	suite_add_tcase(s, plain_case());
	suite_add_tcase(s, escape_case());
	return s;
}

int main(void)
{
	return unit_main(suite());
}
