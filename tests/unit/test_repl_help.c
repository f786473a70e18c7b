/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buf.h"
#include "base/grow.h"
#include "commands/config.h"
#include "repl/context.h"
#include "repl/hint.h"
#include "repl_fixture.h"
#include "unit.h"

static const struct {
	const char *line, *hint;
} hints[] = {
	{"", ""},
	{"bind", ""},
	{"bind ", "fd address"},
	{"bind 3 ", "address"},
	{"bind 3 1", ""},
	{"bind 3 127.0.0.1:80 ", ""},
	{"bind 3 127.0.0.1:80 x ", ""},
	{"c = accept ", "fd"},
	{"recv 3 ", "[len] [flags]"},
	{"recv 3 100 ", "[flags]"},
	{"recv 3 PEEK ", ""},
	{"socket ", "domain [type] [protocol]"},
	{"bind(", "fd, address, addrlen)"},
	{"bind(3,", " address, addrlen)"},
	{"bind(3, ", "address, addrlen)"},
	{"close(3) ", ""},
	{"close 3; listen ", "fd [backlog]"},
	{"echo ", "[TEXT]..."},
	{"echo one ", ""},
	{"send 3 \"a ", ""},
	{"close 3 # ", ""},
	{"frobnicate ", ""},
	{"setsockopt 3 ", "[level] option value..."},
	{"setsockopt 3 SO_LINGER ", "on=... seconds=..."},
	{"setsockopt 3 SO_LINGER on=1 ", ""},
	{"setsockopt 3 SO_REUSEADDR ", "on|off"},
	{"setsockopt 3 SO_RCVTIMEO ", "time"},
	{"setsockopt 3 SO_RCVBUF ", "value..."},
	{"setsockopt(3, SOL_SOCKET, SO_LINGER, ", "value, optlen)"},
	{"accept 3 & ", ""},
	{"@main listen ", "fd [backlog]"},
};

START_TEST(hints_say_what_comes_next)
{
	struct buf found = {0};

	hint_text(&found, shell.session, hints[_i].line);
	ck_assert_msg(strcmp(buf_text(&found), hints[_i].hint) == 0, "%s: '%s'", hints[_i].line,
		      buf_text(&found));
	buf_free(&found);
}
END_TEST

static const struct {
	const char *line;
	bool wanted;
} keys[] = {
	{"", true},
	{"soc", true},
	{"bind ", true},
	{"bind 3", true},
	{"setsockopt 3 SO_RE", true},
	{"send 3 ", true},
	{"send 3 why", false},
	{"send 3 \"why", false},
	{"send(3, \"why", false},
	{"send 3 \"why\" ", true},
	{"echo ", true},
	{"echo why", false},
	{"echo so; soc", true},
	{"# why", false},
	{"close 3 # why", false},
	{"source a", false},
	{"bind 3 unix:/tmp/a", false},
	{"bind 3 127.0.0.1", true},
	{"expect 3 sta", true},
	{"expect data a", false},
	{"help E", true},
	{"close(3)", true},
	{"@ma", true},
};

START_TEST(the_key_is_a_character_where_one_could_stand)
{
	ck_assert_msg(context_wanted(shell.session, keys[_i].line, strlen(keys[_i].line)) ==
			      keys[_i].wanted,
		      "%s", keys[_i].line);
}
END_TEST

static const struct {
	const char *line;
	const char *says[4];
	const char *never;
} contexts[] = {
	{"", {"socket  ", "make an endpoint", "quit  "}, "Enter"},
	{"lis", {"listen  "}, "close"},
	{"xyz", {"begins so"}, NULL},
	{"c = ", {"accept  "}, "status"},
	{"@", {"main  "}, NULL},
	{"bind 3 ", {"bind fd <address>", "address   an address", "127.0.0.1:"}, "left out"},
	{"listen 3 ", {"backlog   a number; may be left out: 128", "Enter"}, NULL},
	{"recv 3 ", {"len ", "may be left out: 4096", "MSG_PEEK      leave", "Enter"}, "MSG_MORE"},
	{"recv 3 PEE", {"flags ", "PEEK  leave"}, "4096"},
	{"setsockopt 3 SO_REUSEA", {"fd [level] <option> value", "SO_REUSEADDR  "}, "level  "},
	{"shutdown 3 ", {"how ", "SHUT_WR "}, "Enter"},
	{"setsockopt 3 SO_REUSEADDR ", {"value ", "TIME-WAIT", "on "}, NULL},
	{"setsockopt 3 SO_LINGER ", {"close()", "fields by name", "seconds=  seconds, or"}, NULL},
	{"setsockopt 3 SO_RCVTIMEO ", {"a time such as"}, NULL},
	{"setsockopt 3 IP_MTU_DISCOVER ", {"a constant", "DO "}, NULL},
	{"shutdown(3, ", {"how ", "SHUT_WR "}, NULL},
	{"close 3 ", {"close fd", "Enter"}, "<fd>"},
	{"scoket ", {"did you mean socket?"}, NULL},
	{"close(3) ", {"Enter runs it"}, NULL},
	{"send 3 \"abc", {"closing quote"}, "socket"},
	{"close 3 # so", {"comment"}, "socket"},
};

START_TEST(context_says_what_can_come)
{
	struct out out;
	size_t i;

	out_init(&out, silent.fd, false);
	out.width = 80;
	context_print(&out, shell.session, contexts[_i].line, strlen(contexts[_i].line));
	for (i = 0; i < 4 && contexts[_i].says[i]; i++)
		ck_assert_msg(strstr(buf_text(&out.buf), contexts[_i].says[i]) != NULL,
			      "'%s' is not in: %.4000s", contexts[_i].says[i], buf_text(&out.buf));
	if (contexts[_i].never)
		ck_assert_msg(strstr(buf_text(&out.buf), contexts[_i].never) == NULL, "%.4000s",
			      buf_text(&out.buf));
	out_free(&out);
}
END_TEST

/* Each line of what is printed fits. */
START_TEST(context_fits_the_width)
{
	static const int widths[] = {20, 40, 80, 200};
	struct out out;
	size_t i, k;

	run("socket unix\nbind 3 unix:@sockstep-a-name-that-is-quite-long-to-be-shown-in-a-list");
	for (i = 0; i < COUNT_OF(widths); i++) {
		for (k = 0; k < COUNT_OF(contexts); k++) {
			const char *line, *end;

			out_init(&out, silent.fd, false);
			out.width = widths[i];
			context_print(&out, shell.session, contexts[k].line,
				      strlen(contexts[k].line));
			for (line = buf_text(&out.buf); (end = strchr(line, '\n')); line = end + 1)
				ck_assert_msg(end - line <= widths[i] + 1, "%d: %.*s", widths[i],
					      (int)(end - line), line);
			out_free(&out);
		}
	}
}
END_TEST

static const struct {
	const char *text;
	int errors;
	bool hints;
} configs[] = {
	{"hints off\n", 0, false},
	{"  hints\toff  # calm\r\n", 0, false},
	{"# nothing\n\n   \n", 0, true},
	{"hints off", 0, false},
	{"hints\nhints off\n", 1, false},
	{"hints off on\n", 1, true},
	{"nonesuch 1\nhints off\n", 1, false},
	{"socket tcp\n", 1, true},
	{"hints maybe\nx\ny\nhints off", 3, false},
	{"set hints off\n", 1, true},
	{"hints o\033[31mff\n", 1, true},
	{"", 0, true},
};

static int errors_told;

static void count_error(struct report *unused, const struct place *place, const struct error *err)
{
	(void)unused;
	errors_told++;
	ck_assert_str_eq(place->file, "config");
	ck_assert_uint_gt(place->line, 0);
	ck_assert_int_gt(err->column, 0);
	ck_assert_uint_le((size_t)err->column, place->len + 1);
}

START_TEST(configurations_are_settings_alone)
{
	struct report_ops ops = report_text_ops;

	ops.error = count_error;
	report.ops = &ops;
	shell.hints = true;
	errors_told = 0;
	config_text(&shell, "config", configs[_i].text, strlen(configs[_i].text));
	ck_assert_int_eq(errors_told, configs[_i].errors);
	ck_assert(shell.hints == configs[_i].hints);
	ck_assert_int_eq(shell.status, SHELL_OK);
	ck_assert(!shell.quit);
	ck_assert_uint_eq(session_steps(shell.session), 0);
	report.ops = &report_text_ops;
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("repl_help");
	TCase *tc = tcase_create("help");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_loop_test(tc, hints_say_what_comes_next, 0, COUNT_OF(hints));
	tcase_add_loop_test(tc, the_key_is_a_character_where_one_could_stand, 0, COUNT_OF(keys));
	tcase_add_loop_test(tc, context_says_what_can_come, 0, COUNT_OF(contexts));
	tcase_add_test(tc, context_fits_the_width);
	tcase_add_loop_test(tc, configurations_are_settings_alone, 0, COUNT_OF(configs));
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
