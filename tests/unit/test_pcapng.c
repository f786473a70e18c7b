/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "../pcapng/parse.h"
#include "net/pcapng.h"
#include "unit.h"

static struct buf file;

static void begin(void)
{
	file = (struct buf){0};
	pcapng_section(&file, "sockstep");
	pcapng_interface(&file, "a", "10.0.0.1/24", 0);
}

static void finish(void)
{
	buf_free(&file);
}

/* What the reader tells of it; free() it. */
static char *told(bool *good)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	ck_assert_ptr_nonnull(out);
	ck_assert(!file.failed);
	*good = parse_pcapng((const unsigned char *)file.data, file.len, out);
	fclose(out);
	return text;
}

static void expect(const char *text)
{
	bool good;
	char *found = told(&good);

	ck_assert_str_eq(found, text);
	ck_assert(good);
	free(found);
}

START_TEST(a_header_and_interfaces)
{
	pcapng_interface(&file, "lo", NULL, 1900);
	expect("section 1.0 sockstep\n"
	       "interface 0 a link 101 snap 0 unit 9: 10.0.0.1/24\n"
	       "interface 1 lo link 101 snap 1900 unit 9: \n");
}
END_TEST

START_TEST(packets)
{
	struct pcapng_packet packet = {.time = {.tv_sec = 1700000000, .tv_nsec = 7},
				       .bytes = "E234567",
				       .len = 7,
				       .whole = 7,
				       .direction = PCAPNG_OUTBOUND,
				       .comment = "step 1: connect c b:80"};

	pcapng_interface(&file, "b", "10.0.0.2/24", 0);
	pcapng_packet(&file, &packet);
	packet = (struct pcapng_packet){.interface = 1,
					.time = {.tv_nsec = 999999999},
					.bytes = "E2345678",
					.len = 8,
					.whole = 60000,
					.direction = PCAPNG_INBOUND};
	pcapng_packet(&file, &packet);
	packet.direction = PCAPNG_UNKNOWN;
	packet.time.tv_sec = 1L << 33; /* more than 32 bits hold */
	pcapng_packet(&file, &packet);
	expect("section 1.0 sockstep\n"
	       "interface 0 a link 101 snap 0 unit 9: 10.0.0.1/24\n"
	       "interface 1 b link 101 snap 0 unit 9: 10.0.0.2/24\n"
	       "packet 1 of a, out, 1700000000.000000007, 7 of 7 bytes: step 1: connect c b:80\n"
	       "packet 2 of b, in, 0.999999999, 8 of 60000 bytes: \n"
	       "packet 3 of b, ?, 8589934592.999999999, 8 of 60000 bytes: \n");
}
END_TEST

/* Blocks end at multiples of four bytes, whatever is in them. */
START_TEST(any_length)
{
	static const char bytes[] = "ABCDEFGHIJ", text[] = "comment...";
	struct pcapng_packet packet = {.bytes = bytes};
	char comment[sizeof(text)];
	size_t len;
	bool good;
	char *found;

	for (packet.len = 0; packet.len < 10; packet.len++)
		for (len = 0; len < 10; len++) {
			size_t before = file.len;

			packet.whole = packet.len;
			snprintf(comment, sizeof(comment), "%.*s", (int)len, text);
			packet.comment = comment;
			pcapng_packet(&file, &packet);
			ck_assert_uint_eq((file.len - before) % 4, 0);
		}
	found = told(&good);
	ck_assert_msg(good, "%s", found);
	ck_assert_ptr_nonnull(
		strstr(found, "packet 100 of a, ?, 0.000000000, 9 of 9 bytes: comment..\n"));
	free(found);
}
END_TEST

/* 16 bits hold a comment's length; no character is cut in two. */
START_TEST(a_long_comment_is_cut)
{
	static const char *const characters[] = {"x", "\xc3\xa4", "\xe2\x82\xac",
						 "\xf0\x9f\x90\x9f"};
	size_t size = strlen(characters[_i]), room = 70000, len, tail;
	char *comment = malloc(room + 8), *found, *cut;
	struct pcapng_packet packet = {.bytes = "", .comment = comment};
	bool good;

	for (len = 0; len < room; len += size)
		memcpy(comment + len, characters[_i], size + 1);
	pcapng_packet(&file, &packet);
	found = told(&good);
	ck_assert_msg(good, "%.200s", found);
	cut = strstr(found, "bytes: ");
	ck_assert_ptr_nonnull(cut);
	tail = strlen(cut + 7) - 1;
	ck_assert_uint_gt(tail, 65520);
	ck_assert_uint_le(tail, 65535);
	ck_assert_uint_eq(tail % size, 0);
	free(found);
	free(comment);
}
END_TEST

/* The reader is no yes-man: a bit changed in any length is found. */
START_TEST(a_wrong_length_is_found)
{
	struct pcapng_packet packet = {.bytes = "ABCDE", .len = 5, .whole = 5, .comment = "why"};
	/* The block's, the packet's, its comment's: behind its 28 bytes and the packet's 8. */
	static const size_t at[] = {4, 20, 28 + 8 + 2};
	size_t start = file.len, bit;
	char *found;
	bool good;

	pcapng_packet(&file, &packet);
	for (bit = 0; bit < 16; bit++) {
		file.data[start + at[_i] + bit / 8] ^= (char)(1 << bit % 8);
		found = told(&good);
		ck_assert_msg(!good, "bit %zu at %zu: %s", bit, at[_i], found);
		free(found);
		file.data[start + at[_i] + bit / 8] ^= (char)(1 << bit % 8);
	}
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("pcapng");
	TCase *tc = tcase_create("write");

	tcase_add_checked_fixture(tc, begin, finish);
	tcase_add_test(tc, a_header_and_interfaces);
	tcase_add_test(tc, packets);
	tcase_add_test(tc, any_length);
	tcase_add_loop_test(tc, a_long_comment_is_cut, 0, 4);
	tcase_add_loop_test(tc, a_wrong_length_is_found, 0, 3);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
