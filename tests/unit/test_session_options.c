/* SPDX-License-Identifier: GPL-3.0-or-later */
/* getsockopt without an option: what is listed, and that nothing is disturbed. */
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "report/report.h"
#include "session/option_list.h"
#include "session/state.h"
#include "session_driver.h"

static struct option_list *list_of(int fd, int level)
{
	struct option_list *list = session_options(driver.session, fd, level, &driver.err);

	ck_assert_msg(list != NULL, "%s", driver.err.text);
	return list;
}

static const struct option_entry *find_entry(const struct option_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->entries[i].option->name, name) == 0)
			return &list->entries[i];
	return NULL;
}

static const struct option_entry *entry_of(const struct option_list *list, const char *name)
{
	const struct option_entry *entry = find_entry(list, name);

	ck_assert_msg(entry != NULL, "%s", name);
	return entry;
}

static size_t count_differing(const struct option_list *list)
{
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++)
		count += list->entries[i].differs;
	return count;
}

START_TEST(what_was_set_differs)
{
	const struct option_entry *entry;
	struct option_list *list;

	gives(3, "socket tcp");
	list = list_of(3, -1);
	ck_assert_uint_eq(count_differing(list), 0);
	ck_assert_int_eq(list->fresh_error, 0);
	ck_assert_uint_gt(list->count, 60);
	option_list_free(list);
	ok("setsockopt 3 SO_KEEPALIVE 1");
	ok("setsockopt 3 SO_LINGER on=1 seconds=7");
	ok("setsockopt 3 IP_TTL 9");
	list = list_of(3, -1);
	ck_assert_uint_eq(count_differing(list), 3);
	entry = entry_of(list, "SO_LINGER");
	ck_assert(entry->differs && entry->has_usual && entry->state == OPTION_READ);
	ck_assert_str_eq(entry->text, "{l_onoff=1, l_linger=7}");
	ck_assert_str_eq(entry->usual_text, "{l_onoff=0, l_linger=0}");
	ck_assert_str_eq(entry_of(list, "IP_TTL")->text, "9");
	ck_assert_str_eq(entry_of(list, "SO_TYPE")->text, "SOCK_STREAM");
	/* What tells of this socket alone is compared with nothing. */
	ck_assert(!entry_of(list, "SO_COOKIE")->has_usual);
	ck_assert(!entry_of(list, "TCP_INFO")->has_usual);
	ck_assert_str_eq(entry_of(list, "TCP_INFO")->text, "{tcpi_state=CLOSED, ...}");
	option_list_free(list);
}
END_TEST

/* In the order of the table, each once, and none that is only set. */
START_TEST(each_is_listed_once)
{
	struct option_list *list;

	gives(3, "socket udp6");
	list = list_of(3, -1);
	for (size_t i = 0; i < list->count; i++) {
		ck_assert(list->entries[i].option->access & OPTION_GET);
		if (i)
			ck_assert(list->entries[i - 1].option < list->entries[i].option);
	}
	entry_of(list, "IPV6_V6ONLY");
	entry_of(list, "UDP_CORK");
	ck_assert_ptr_null(find_entry(list, "TCP_NODELAY"));
	ck_assert_ptr_null(find_entry(list, "IP_ADD_MEMBERSHIP"));
	ck_assert_int_eq(entry_of(list, "IPV6_MTU")->state, OPTION_FAILED);
	ck_assert_int_eq(entry_of(list, "IPV6_MTU")->error, ENOTCONN);
	ck_assert_int_eq(entry_of(list, "IPV6_HOPLIMIT")->state, OPTION_LACKS);
	ck_assert_int_eq(entry_of(list, "SO_ERROR")->state, OPTION_UNREAD);
	ck_assert_int_eq(entry_of(list, "IP_MSFILTER")->state, OPTION_UNREAD);
	option_list_free(list);
}
END_TEST

START_TEST(one_level_alone)
{
	struct option_list *list;

	gives(3, "socket tcp");
	list = list_of(3, IPPROTO_TCP);
	for (size_t i = 0; i < list->count; i++)
		ck_assert_int_eq(list->entries[i].option->level, IPPROTO_TCP);
	entry_of(list, "TCP_NODELAY");
	option_list_free(list);
}
END_TEST

START_TEST(a_waiting_error_is_left)
{
	struct option_list *list;

	gives(3, "socket tcp nonblock");
	fails(EINPROGRESS, "", "connect 3 $:1");
	run("poll 3:OUT 10s");
	list = list_of(3, -1);
	option_list_free(list);
	ok("getsockopt 3 SO_ERROR");
	ck_assert_ptr_nonnull(strstr(last()->text, "[ECONNREFUSED]"));
}
END_TEST

/* A job goes on waiting, and the next descriptor has the number that it would have had. */
START_TEST(nothing_is_disturbed)
{
	struct option_list *list;

	gives(3, "socket tcp");
	ok("setsockopt 3 SO_REUSEADDR 1");
	ok("bind 3 $:8080");
	ok("listen 3 5");
	ck_assert_int_eq(run("accept 3 &"), RUN_WAITS);
	for (int i = 0; i < 50; i++) {
		list = list_of(3, -1);
		ck_assert_str_eq(entry_of(list, "SO_ACCEPTCONN")->text, "1");
		ck_assert(entry_of(list, "SO_ACCEPTCONN")->differs);
		option_list_free(list);
	}
	/* The kernel keeps number 4 for the call that waits. */
	gives(5, "socket tcp");
	run("connect 5 $:8080");
	gives(6, "socket tcp");
}
END_TEST

START_TEST(what_has_no_options)
{
	ck_assert_ptr_null(session_options(driver.session, 99, -1, &driver.err));
	ck_assert_str_eq(driver.err.text, "fd 99 is not open");
	ck_assert_ptr_null(session_options(driver.session, 0, -1, &driver.err));
	ck_assert_str_eq(driver.err.text, "fd 0 is no socket: it is a character device");
	gives(3, "socket tcp");
	process_kill(driver.session->current->process, SIGKILL);
	await_death(1);
	ck_assert_ptr_null(session_options(driver.session, 3, -1, &driver.err));
	ck_assert_ptr_nonnull(strstr(driver.err.text, "main is dead: it was killed by SIGKILL"));
}
END_TEST

/* As JSON: numbers, strings and objects by type. */
START_TEST(values_are_typed_in_json)
{
	static const char *const parts[] = {
		"\"event\":\"options\",\"step\":",
		"{\"level\":\"SOL_SOCKET\",\"name\":\"SO_TYPE\",\"value\":\"SOCK_STREAM\","
		"\"default\":"
		"\"SOCK_STREAM\",\"differs\":false}",
		"\"name\":\"SO_LINGER\",\"value\":{\"l_onoff\":1,\"l_linger\":0},\"default\":{"
		"\"l_onoff\":0,\"l_linger\":0},\"differs\":true}",
		"\"name\":\"SO_GET_FILTER\",\"value\":[],",
		"\"name\":\"TCP_NODELAY\",\"value\":0,",
		"\"name\":\"IP_MULTICAST_IF\",\"value\":\"0.0.0.0\",",
		"\"name\":\"IP_OPTIONS\",\"value\":\"\",",
		"\"name\":\"TCP_INFO\",\"value\":{\"tcpi_state\":7,",
		"\"failed\":[{\"name\":\"SO_PEERNAME\",\"errno\":\"ENOTCONN\"}",
		"\"lacks\":[",
		"\"unread\":[\"SO_ERROR\"",
	};
	struct out out = {.fd = -1};
	struct report report = {.ops = &report_json_ops, .out = &out, .errors = &out};
	struct place place = {.file = "a.sock", .line = 4, .process = "main"};
	struct word command = {.text = "getsockopt 3", .len = 12};
	struct buf printed = {0};
	struct option_list *list;

	gives(3, "socket tcp");
	ok("setsockopt 3 SO_LINGER on=1");
	list = list_of(3, -1);
	out.data = &printed;
	out.write = (void (*)(void *, const char *, size_t))buf_add;
	report.ops->options(&report, &place, &command, list);
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		ck_assert_msg(strstr(buf_text(&printed), parts[i]) != NULL, "%s lacks %s",
			      buf_text(&printed), parts[i]);
	option_list_free(list);
	buf_free(&printed);
	out_free(&out);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("session_options");
	TCase *tests = tcase_create("list");

	tcase_add_checked_fixture(tests, start, end);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, what_was_set_differs);
	tcase_add_test(tests, each_is_listed_once);
	tcase_add_test(tests, one_level_alone);
	tcase_add_test(tests, a_waiting_error_is_left);
	tcase_add_test(tests, nothing_is_disturbed);
	tcase_add_test(tests, what_has_no_options);
	tcase_add_test(tests, values_are_typed_in_json);
	suite_add_tcase(suite, tests);
	return unit_main(suite);
}
