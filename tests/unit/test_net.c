/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <locale.h>
#include <net/if.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "lang/lang.h"
#include "net/address.h"
#include "unit.h"

static int parse(struct address *out, const char *text, int family, struct error *err)
{
	/* Of its exact size, so that a byte read behind it is found. */
	size_t len = strlen(text);
	char *copy = malloc(len ? len : 1);
	int result;

	memcpy(copy, text, len);
	result = address_parse(out, copy, len, family, 0, err);
	free(copy);
	return result;
}

struct typed {
	const char *text;
	int family;
	const char *prints, *prints_c;
};

static const struct typed typed[] = {
	{"127.0.0.1:8080", AF_INET, "127.0.0.1:8080", "{AF_INET, 127.0.0.1:8080}"},
	{" 127.0.0.1:8080 ", AF_INET, "127.0.0.1:8080", "{AF_INET, 127.0.0.1:8080}"},
	{"127.0.0.1", AF_INET, "127.0.0.1:0", "{AF_INET, 127.0.0.1:0}"},
	{"127.0.0.1:80", AF_INET6, "127.0.0.1:80", "{AF_INET, 127.0.0.1:80}"},
	{"127.0.0.1:80", AF_UNIX, "127.0.0.1:80", "{AF_INET, 127.0.0.1:80}"},
	{":8080", AF_INET, "0.0.0.0:8080", "{AF_INET, 0.0.0.0:8080}"},
	{":8080", AF_UNSPEC, "0.0.0.0:8080", "{AF_INET, 0.0.0.0:8080}"},
	{":8080", AF_INET6, "[::]:8080", "{AF_INET6, [::]:8080}"},
	{"*:0", AF_INET, "0.0.0.0:0", "{AF_INET, 0.0.0.0:0}"},
	{"*", AF_INET6, "[::]:0", "{AF_INET6, [::]:0}"},
	{"*:065535", AF_INET, "0.0.0.0:65535", "{AF_INET, 0.0.0.0:65535}"},
	{"[::1]:80", AF_INET6, "[::1]:80", "{AF_INET6, [::1]:80}"},
	{"[::1]", AF_INET, "[::1]:0", "{AF_INET6, [::1]:0}"},
	{"::1", AF_UNSPEC, "[::1]:0", "{AF_INET6, [::1]:0}"},
	{"[::ffff:1.2.3.4]:5", AF_INET6, "[::ffff:1.2.3.4]:5", "{AF_INET6, [::ffff:1.2.3.4]:5}"},
	{"[fe80::1%77777]:80", AF_INET6, "[fe80::1%77777]:80", "{AF_INET6, [fe80::1%77777]:80}"},
	{"fe80::1%77777", AF_INET6, "[fe80::1%77777]:0", "{AF_INET6, [fe80::1%77777]:0}"},
	{"{AF_INET, 127.0.0.1:8080}", AF_INET, "127.0.0.1:8080", "{AF_INET, 127.0.0.1:8080}"},
	{"{ inet ,:80 }", AF_INET6, "0.0.0.0:80", "{AF_INET, 0.0.0.0:80}"},
	{"{AF_INET6, :80}", AF_INET, "[::]:80", "{AF_INET6, [::]:80}"},
	{"{AF_INET6, [::1]:80}", AF_INET, "[::1]:80", "{AF_INET6, [::1]:80}"},
	{"unix:/tmp/s", AF_UNIX, "unix:/tmp/s", "{AF_UNIX, \"/tmp/s\"}"},
	{"/tmp/s", AF_INET, "unix:/tmp/s", "{AF_UNIX, \"/tmp/s\"}"},
	{"./s", AF_UNIX, "unix:./s", "{AF_UNIX, \"./s\"}"},
	{"unix:s", AF_INET, "unix:s", "{AF_UNIX, \"s\"}"},
	{"@name", AF_UNIX, "unix:@name", "{AF_UNIX, \"@name\"}"},
	{"unix:@", AF_UNIX, "unix:@", "{AF_UNIX, \"@\"}"},
	{"unix:@@", AF_UNIX, "unix:@@", "{AF_UNIX, \"@@\"}"},
	{"unix:", AF_UNIX, "unix:", "{AF_UNIX}"},
	{"{AF_UNIX}", AF_UNIX, "unix:", "{AF_UNIX}"},
	{"{AF_UNIX, \"\"}", AF_UNIX, "unix:", "{AF_UNIX}"},
	{"{AF_UNIX, \"/tmp/s\"}", AF_UNIX, "unix:/tmp/s", "{AF_UNIX, \"/tmp/s\"}"},
	{"{AF_UNIX, /tmp/s}", AF_UNIX, "unix:/tmp/s", "{AF_UNIX, \"/tmp/s\"}"},
	{"{AF_UNIX, \"@name\"}", AF_UNIX, "unix:@name", "{AF_UNIX, \"@name\"}"},
	{"{AF_UNIX, \"\\0name\"}", AF_UNIX, "unix:@name", "{AF_UNIX, \"@name\"}"},
	{"unix:\\100name", AF_UNIX, "unix:\\100name", "{AF_UNIX, \"\\100name\"}"},
	{"unix:/tmp/a\\040b", AF_UNIX, "unix:/tmp/a\\040b", "{AF_UNIX, \"/tmp/a b\"}"},
	{"unix:\"/tmp/a b\"", AF_UNIX, "unix:/tmp/a\\040b", "{AF_UNIX, \"/tmp/a b\"}"},
	{"unix:/a,b;c)d]e}f", AF_UNIX, "unix:/a\\054b\\073c\\051d\\135e\\175f",
	 "{AF_UNIX, \"/a,b;c)d]e}f\"}"},
	{"unix:/caf\xc3\xa9\xff\\n", AF_UNIX, "unix:/café\\377\\012",
	 "{AF_UNIX, \"/café\\377\\n\"}"},
	{"unix:/a\\0b", AF_UNIX, "unix:/a\\000b", "{AF_UNIX, \"/a\\000b\"}"},
	{"AF_UNSPEC", AF_INET, "AF_UNSPEC", "{AF_UNSPEC}"},
	{"{AF_UNSPEC}", AF_INET, "AF_UNSPEC", "{AF_UNSPEC}"},
	{"hex:02000050010203040000000000000000", AF_INET, "1.2.3.4:80", "{AF_INET, 1.2.3.4:80}"},
	{"hex:0200", AF_INET, "AF_INET hex:0200", "{AF_INET, hex:0200}"},
	{"hex:02", AF_INET, "hex:02", "hex:02"},
	{"hex:10000000", AF_INET, "AF_NETLINK hex:10000000", "{AF_NETLINK, hex:10000000}"},
	{"AF_NETLINK hex:10000000", AF_INET, "AF_NETLINK hex:10000000",
	 "{AF_NETLINK, hex:10000000}"},
	{"{AF_NETLINK, hex:10000000}", AF_INET, "AF_NETLINK hex:10000000",
	 "{AF_NETLINK, hex:10000000}"},
	{"{ 16, hex:10000000}", AF_INET, "AF_NETLINK hex:10000000", "{AF_NETLINK, hex:10000000}"},
};

static void check_prints(const struct address *address, const char *plain, const char *c)
{
	struct buf out = {0}, out_c = {0};

	address_print(&out, address);
	address_print_c(&out_c, address);
	ck_assert_str_eq(buf_text(&out), plain);
	ck_assert_str_eq(buf_text(&out_c), c);
	buf_free(&out);
	buf_free(&out_c);
}

START_TEST(address_reads)
{
	const struct typed *t = &typed[_i];
	struct address address, again;
	struct error err = {0};

	ck_assert_msg(parse(&address, t->text, t->family, &err) == 0, "%s: %s", t->text, err.text);
	check_prints(&address, t->prints, t->prints_c);
	ck_assert_int_eq(parse(&again, t->prints, t->family, &err), 0);
	ck_assert(address_equal(&address, &again));
	ck_assert_int_eq(parse(&again, t->prints_c, t->family, &err), 0);
	ck_assert(address_equal(&address, &again));
	check_prints(&again, t->prints, t->prints_c);
}
END_TEST

struct wrong {
	const char *text;
	int family;
	int column, length;
	const char *error;
};

static const struct wrong wrong[] = {
	{"", AF_INET, 1, 1, "an address is missing"},
	{"8080", AF_INET, 1, 4, "\"8080\" is no address; a port is written :8080"},
	{"127.0.0.1:", AF_INET, 11, 1, "a port is missing behind the colon"},
	{":", AF_INET, 2, 1, "a port is missing behind the colon"},
	{":70000", AF_INET, 2, 5, "port 70000 is out of range (0 to 65535)"},
	{":99999999999999999999999", AF_INET, 2, 23,
	 "port 99999999999999999999999 is out of range (0 to 65535)"},
	{":-1", AF_INET, 2, 2, "port -1 is out of range (0 to 65535)"},
	{":80x", AF_INET, 2, 3, "\"80x\" is no port"},
	{":no-such-service", AF_INET, 2, 15,
	 "\"no-such-service\" is no port and no service that is known here"},
	{"[::1]:70000", AF_INET6, 7, 5, "port 70000 is out of range (0 to 65535)"},
	{"[::1", AF_INET6, 1, 4, "this [ is not closed"},
	{"[::1]80", AF_INET6, 6, 2, "after ] only :PORT may come"},
	{"[1.2.3.4]:80", AF_INET6, 2, 7, "\"1.2.3.4\" is no IPv6 address"},
	{"[]:80", AF_INET6, 2, 1, "\"\" is no IPv6 address"},
	{"[::1%no-such-if]:80", AF_INET6, 6, 10, "no interface is called \"no-such-if\""},
	{"[::1%]:80", AF_INET6, 6, 1, "no interface is called \"\""},
	{"a:b:80", AF_INET6, 1, 6,
	 "\"a:b:80\" is no address; IPv6 with a port is written [::1]:80"},
	{"*:80", AF_UNIX, 1, 4, "a UNIX socket takes unix:/path or unix:@name"},
	{"localhost:80", AF_UNIX, 1, 12, "a UNIX socket takes unix:/path or unix:@name"},
	{"name", AF_UNIX, 1, 4, "a UNIX socket takes unix:/path or unix:@name"},
	{"*:80", AF_NETLINK, 1, 4, "\"*:80\" is no address of this socket's family"},
	{"unix:/a\\q", AF_UNIX, 8, 2, "this is no escape of a C string"},
	{"unix:\"/a", AF_UNIX, 6, 3, "this quote is not closed"},
	{"unix:\"/a\"b", AF_UNIX, 6, 5, "after the quote nothing may come"},
	{"{AF_INET, 1.2.3.4:5", AF_INET, 1, 19, "this { is not closed"},
	{"{", AF_INET, 1, 1, "this { is not closed"},
	{"{}", AF_INET, 2, 1, "an address family is expected here (AF_INET …)"},
	{"{AF_INETT, :80}", AF_INET, 2, 8, "an address family is expected here (AF_INET …)"},
	{"{AF_INET,}", AF_INET, 10, 1, "an address is missing behind the comma"},
	{"{AF_INET}", AF_INET, 2, 7, "an address is missing behind AF_INET"},
	{"{AF_INET, [::1]:80}", AF_INET, 11, 8, "this is no AF_INET address"},
	{"{AF_INET6, 1.2.3.4:80}", AF_INET, 12, 10, "this is no AF_INET6 address"},
	{"{AF_NETLINK, 5}", AF_INET, 2, 10,
	 "an address of this family is written as hex:…, all its bytes"},
	{"hex:", AF_INET, 1, 4, "an address has 1 to 128 bytes"},
	{"hex:0", AF_INET, 5, 1, "pairs of hex digits are expected here"},
	{"hex:00zz", AF_INET, 7, 2, "pairs of hex digits are expected here"},
};

START_TEST(address_refuses)
{
	const struct wrong *w = &wrong[_i];
	struct address address;
	struct error err = {0};

	ck_assert_int_eq(parse(&address, w->text, w->family, &err), -1);
	ck_assert_str_eq(err.text, w->error);
	ck_assert_int_eq(err.column, w->column);
	ck_assert_int_eq(err.length, w->length);
	ck_assert_uint_eq(address.len, 0);
}
END_TEST

START_TEST(address_has_a_limit_for_paths)
{
	struct address address;
	struct error err;
	char text[200];

	memset(text, 'x', sizeof(text));
	memcpy(text, "unix:/", 6);
	ck_assert_int_eq(address_parse(&address, text, 5 + 107, AF_UNIX, 0, &err), 0);
	ck_assert_uint_eq(address.len, 2 + 108);
	ck_assert_int_eq(address.un.sun_path[107], 0);
	ck_assert_int_eq(address_parse(&address, text, 5 + 108, AF_UNIX, 0, &err), 0);
	ck_assert_uint_eq(address.len, 2 + 108);
	ck_assert_int_eq(address_parse(&address, text, 5 + 109, AF_UNIX, 0, &err), -1);
	ck_assert_str_eq(err.text,
			 "the path has 109 bytes; at most 108 fit (107 with a NUL behind)");
	text[5] = '@';
	ck_assert_int_eq(address_parse(&address, text, 5 + 108, AF_UNIX, 0, &err), 0);
	ck_assert_uint_eq(address.len, 2 + 108);
	ck_assert_int_eq(address_parse(&address, text, 5 + 109, AF_UNIX, 0, &err), -1);
	ck_assert_str_eq(err.text, "the name has 108 bytes; at most 107 fit");
}
END_TEST

START_TEST(address_resolves)
{
	struct address address;
	struct error err = {0};

	ck_assert_msg(parse(&address, "localhost:80", AF_INET, &err) == 0, "%s", err.text);
	check_prints(&address, "127.0.0.1:80", "{AF_INET, 127.0.0.1:80}");
	ck_assert_int_eq(parse(&address, "no..name:80", AF_INET, &err), -1);
	ck_assert_msg(!strncmp(err.text, "no..name: ", 10), "%s", err.text);
	ck_assert_int_eq(err.length, 8);
}
END_TEST

START_TEST(address_names_interfaces)
{
	struct address address;
	struct error err;

	if (if_nametoindex("lo") == 0)
		return;
	ck_assert_int_eq(parse(&address, "[fe80::1%lo]:80", AF_INET6, &err), 0);
	ck_assert_uint_eq(address.in6.sin6_scope_id, if_nametoindex("lo"));
	check_prints(&address, "[fe80::1%lo]:80", "{AF_INET6, [fe80::1%lo]:80}");
}
END_TEST

static struct address read_or_die(const char *text)
{
	struct address address;
	struct error err;

	ck_assert_msg(parse(&address, text, AF_UNSPEC, &err) == 0, "%s: %s", text, err.text);
	return address;
}

START_TEST(address_prints_kernel_forms)
{
	struct address address = {0};

	check_prints(&address, "", "NULL");
	address = read_or_die("unix:/tmp/s");
	address.len = sizeof(address.un);
	check_prints(&address, "unix:/tmp/s", "{AF_UNIX, \"/tmp/s\"}");
	address.len = sizeof(sa_family_t);
	check_prints(&address, "unix:", "{AF_UNIX}");
	address = (struct address){.any.sa_family = 999, .len = 4};
	check_prints(&address, "999 hex:e7030000", "{999, hex:e7030000}");
	address = read_or_die("999 hex:e7030000");
	ck_assert_uint_eq(address.len, 4);
}
END_TEST

/* The kernel returns a path of 108 bytes with a NUL that the structure has no room for. */
START_TEST(address_prints_the_longest_path)
{
	struct address address = {.un.sun_family = AF_UNIX};
	struct buf out = {0};

	memset(address.bytes + offsetof(struct sockaddr_un, sun_path), 'x', 108);
	address.len = offsetof(struct sockaddr_un, sun_path) + 109;
	address_print(&out, &address);
	ck_assert_uint_eq(out.len, 5 + 108);
	buf_free(&out);
}
END_TEST

static bool same_bytes(const struct address *a, const struct address *b)
{
	return a->len == b->len && !memcmp(a->bytes, b->bytes, a->len);
}

static struct address random_unix(void)
{
	struct address address = {.un.sun_family = AF_UNIX};
	size_t len = 1 + (size_t)rand() % 107, i;

	for (i = 0; i < len; i++)
		address.un.sun_path[i] = (char)rand();
	if (rand() % 2) {
		address.un.sun_path[0] = 0;
		address.len = (socklen_t)(2 + len);
		return address;
	}
	for (i = 0; i < len; i++)
		if (!address.un.sun_path[i])
			address.un.sun_path[i] = rand() % 2 ? '@' : '\\';
	address.len = (socklen_t)(2 + len + 1);
	return address;
}

/* Both forms are one word of the language and read back. */
START_TEST(address_survives_the_round_trip)
{
	int round;

	setlocale(LC_ALL, _i ? "C.UTF-8" : "C");
	srand(1);
	for (round = 0; round < 5000; round++) {
		struct address address = random_unix(), a, b;
		struct buf out = {0};
		struct command command;
		struct error err = {0};
		size_t at = 0;

		buf_str(&out, "bind(3, ");
		address_print(&out, &address);
		buf_str(&out, ", ");
		address_print_c(&out, &address);
		buf_str(&out, ")");
		if (lang_next(out.data, out.len, &at, &command, &err) != 1 || command.count != 3 ||
		    address_parse(&a, command.words[1].text, command.words[1].len, 0, 0, &err) ||
		    address_parse(&b, command.words[2].text, command.words[2].len, 0, 0, &err) ||
		    !same_bytes(&a, &address) || !same_bytes(&b, &address))
			ck_abort_msg("%s: %s", out.data, err.text);
		buf_free(&out);
	}
}
END_TEST

START_TEST(address_survives_anything)
{
	static const char signs[] = "19af:.*@/[]{}%,\"\\x0AF_INET unix\xff\0";
	char text[20];
	int round;
	size_t i;

	srand(2);
	for (round = 0; round < 100000; round++) {
		struct address address;
		struct error err;

		for (i = 0; i < sizeof(text); i++)
			text[i] = signs[(size_t)rand() % (sizeof(signs) - 1)];
		/* With a bracket first no name is ever looked up. */
		text[0] = "[{@"[round % 3];
		if (text[0] == '{')
			memcpy(text, "{AF_UNIX,", 9);
		if (address_parse(&address, text, sizeof(text), AF_INET, 0, &err) < 0 &&
		    (err.column < 1 || err.column > (int)sizeof(text) + 1))
			ck_abort_msg("column %d", err.column);
	}
}
END_TEST

START_TEST(address_knows_what_looks_like_one)
{
	static const char *const yes[] = {"127.0.0.1", ":80",    "*",       "@b",
					  "/tmp/s",    "a:http", "{AF_X}",  "unix:\"a\"",
					  "[::1]:80",  "hex:00", "0.0.0.0:"};
	static const char *const no[] = {"",    "3",     "localhost", "\"a:b\"",
					 "'{'", "1.2.3", "4*\":\""};
	size_t i;

	for (i = 0; i < COUNT_OF(yes); i++)
		ck_assert_msg(address_looks(yes[i], strlen(yes[i])), "%s", yes[i]);
	for (i = 0; i < COUNT_OF(no); i++)
		ck_assert_msg(!address_looks(no[i], strlen(no[i])), "%s", no[i]);
}
END_TEST

static bool equal(const char *a, const char *b)
{
	struct address x = read_or_die(a), y = read_or_die(b);

	ck_assert(address_equal(&y, &x) == address_equal(&x, &y));
	return address_equal(&x, &y);
}

START_TEST(address_compares)
{
	struct address none = {0}, some = read_or_die(":1");

	ck_assert(equal("1.2.3.4:5", "[::ffff:1.2.3.4]:5"));
	ck_assert(!equal("1.2.3.4:5", "1.2.3.4:6"));
	ck_assert(!equal("1.2.3.4:5", "1.2.3.5:5"));
	ck_assert(!equal("[fe80::1%7]:5", "[fe80::1%8]:5"));
	ck_assert(!equal("1.2.3.4:5", "unix:/a"));
	ck_assert(equal("unix:/a", "unix:\\057a"));
	ck_assert(!equal("unix:a", "unix:@a"));
	ck_assert(equal("AF_UNSPEC", "{AF_UNSPEC}"));
	ck_assert(address_equal(&none, &none) && !address_equal(&none, &some));
}
END_TEST

static bool any(const char *text)
{
	struct address address = read_or_die(text);

	return address_is_any(&address);
}

static bool loopback(const char *text)
{
	struct address address = read_or_die(text);

	return address_is_loopback(&address);
}

START_TEST(address_is_any_or_loopback)
{
	struct address none = {0};

	ck_assert(any("0.0.0.0:80") && any("[::]:80") && any("[::ffff:0.0.0.0]:80"));
	ck_assert(!any("127.0.0.1") && !any("::1") && !any("unix:"));
	ck_assert(loopback("127.9.9.9") && loopback("::1") && loopback("::ffff:127.0.0.1"));
	ck_assert(!loopback("128.0.0.1") && !loopback("::") && !loopback("unix:/a"));
	ck_assert(!address_is_any(&none) && !address_is_loopback(&none));
	ck_assert_int_eq(address_port(&none), 0);
}
END_TEST

START_TEST(address_is_made)
{
	struct in6_addr in6 = {.s6_addr = {0xfe, 0x80, [15] = 1}};
	struct address address = address_make(AF_INET6, &in6, 80, 77777);
	struct buf out = {0};

	check_prints(&address, "[fe80::1%77777]:80", "{AF_INET6, [fe80::1%77777]:80}");
	ck_assert_int_eq(address_port(&address), 80);
	address_print_host(&out, &address);
	ck_assert_str_eq(out.data, "fe80::1%77777");
	buf_reset(&out);
	address = read_or_die("[::ffff:1.2.3.4]:5");
	address = address_unmapped(&address);
	check_prints(&address, "1.2.3.4:5", "{AF_INET, 1.2.3.4:5}");
	address_print_host(&out, &address);
	ck_assert_str_eq(out.data, "1.2.3.4");
	buf_reset(&out);
	address = read_or_die("unix:@a");
	address_print_host(&out, &address);
	ck_assert_str_eq(out.data, "unix:@a");
	buf_free(&out);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("net");
	TCase *tc = tcase_create("address");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, address_reads, 0, COUNT_OF(typed));
	tcase_add_loop_test(tc, address_refuses, 0, COUNT_OF(wrong));
	tcase_add_test(tc, address_has_a_limit_for_paths);
	tcase_add_test(tc, address_resolves);
	tcase_add_test(tc, address_names_interfaces);
	tcase_add_test(tc, address_prints_kernel_forms);
	tcase_add_test(tc, address_prints_the_longest_path);
	tcase_add_loop_test(tc, address_survives_the_round_trip, 0, 2);
	tcase_add_test(tc, address_survives_anything);
	tcase_add_test(tc, address_knows_what_looks_like_one);
	tcase_add_test(tc, address_compares);
	tcase_add_test(tc, address_is_any_or_loopback);
	tcase_add_test(tc, address_is_made);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
