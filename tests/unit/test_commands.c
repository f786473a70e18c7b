/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glob.h>
#include <regex.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/grow.h"
#include "calls_fixture.h"
#include "names/names.h"
#include "names/words.h"

static const char *top_srcdir(void)
{
	const char *dir = getenv("top_srcdir");

	return dir && *dir ? dir : ".";
}

static size_t verbs_count(void)
{
	size_t count = 0;

	while (verbs[count])
		count++;
	return count;
}

START_TEST(records_are_all_there)
{
	size_t i;

	for (i = 0; i < calls_count; i++)
		ck_assert_ptr_eq(records_at(i), &calls[i]->record);
	ck_assert_ptr_null(calls[i]);
	for (i = 0; i < verbs_count(); i++)
		ck_assert_ptr_eq(records_at(calls_count + i), &verbs[i]->record);
	ck_assert_ptr_null(records_at(calls_count + i));
	ck_assert_ptr_null(records_at((size_t)-1));
}
END_TEST

START_TEST(records_have_a_script)
{
	const struct record *record;
	size_t i;

	for (i = 0; (record = records_at(i)); i++) {
		char path[4096];

		snprintf(path, sizeof(path), "%s/tests/scripts/%s-%s.sock", top_srcdir(),
			 i < calls_count ? "call" : "verb", record->name);
		ck_assert_msg(access(path, R_OK) == 0, "%s is missing", path);
	}
}
END_TEST

START_TEST(records_are_complete)
{
	const struct record *record;
	size_t i;

	for (i = 0; (record = records_at(i)); i++) {
		ck_assert_str_ne(record->name, "");
		ck_assert_msg(record->prototype && *record->prototype, "%s", record->name);
		ck_assert_msg(record->help && *record->help, "%s", record->name);
		ck_assert_msg(record->example && *record->example, "%s", record->name);
		ck_assert_ptr_nonnull(strstr(record->prototype, record->name));
		ck_assert_msg(record->help[strlen(record->help) - 1] != '.', "%s", record->name);
		ck_assert_msg(!strchr(record->help, '\n'), "%s", record->name);
	}
}
END_TEST

START_TEST(arguments_are_complete)
{
	const struct record *record;
	size_t i;
	int k;

	for (i = 0; (record = records_at(i)); i++) {
		for (k = 0; k < record_args(record); k++) {
			const struct arg *arg = &record->args[k];

			ck_assert_msg(arg->kind && arg->kind->what && *arg->kind->what, "%s %s",
				      record->name, arg->name);
			ck_assert_ptr_nonnull(arg->kind->read);
			ck_assert_ptr_nonnull(arg->kind->print);
			/* What takes all that is left is the last that is not of C alone. */
			if (k && record->args[k - 1].flags & ARG_REST)
				ck_assert(arg->flags & ARG_C_ONLY);
		}
	}
}
END_TEST

START_TEST(calls_tell_of_their_manual_and_errors)
{
	size_t i, k;

	for (i = 0; i < calls_count; i++) {
		const struct call *call = calls[i];
		size_t len = strlen(call->record.page);

		/* Some are functions of the library, such as sockatmark(3). */
		ck_assert_msg(len > 3 && (strcmp(call->record.page + len - 3, "(2)") == 0 ||
					  strcmp(call->record.page + len - 3, "(3)") == 0),
			      "%s", call->record.page);
		ck_assert_ptr_nonnull(call->perform);
		ck_assert_uint_eq(calls_index(call), i);
		ck_assert(call->ends || call->result == RESULT_VALUE || call->errors[0]);
		for (k = 0; k < CALL_ERRORS && call->errors[k]; k++)
			ck_assert_msg(names_error_name(call->errors[k])[0] == 'E', "%s: errno %d",
				      call->record.name, call->errors[k]);
		if (call->waits)
			ck_assert_ptr_ne(words(call->waits), call->waits);
	}
}
END_TEST

/* An errno that a call can give is explained. */
START_TEST(errors_have_words)
{
	size_t i, k;

	for (i = 0; i < calls_count; i++) {
		for (k = 0; k < CALL_ERRORS && calls[i]->errors[k]; k++) {
			const char *name = names_error_name(calls[i]->errors[k]);

			ck_assert_msg(words(name) != name, "%s of %s", name, calls[i]->record.name);
		}
	}
}
END_TEST

START_TEST(names_are_unique)
{
	const struct record *record;
	size_t i, k;

	for (i = 0; (record = records_at(i)); i++) {
		const char *own[] = {record->name, record->alias[0], record->alias[1]};

		for (k = 0; k < COUNT_OF(own); k++)
			if (own[k])
				ck_assert_ptr_eq(records_find(own[k], strlen(own[k])), record);
	}
	ck_assert_ptr_null(records_find("", 0));
	ck_assert_ptr_null(records_find("soc", 3));
	ck_assert_ptr_eq(records_find("bindx", 4), &calls_find("bind", 4)->record);
	ck_assert_ptr_null(calls_find("help", 4));
	ck_assert_ptr_null(verbs_find("bind", 4));
}
END_TEST

START_TEST(examples_can_be_read)
{
	const struct record *record;
	struct line_read read;
	size_t i;

	for (i = 0; (record = records_at(i)); i++) {
		int result = read_line(record->example, &read);

		values_free(read.values);
		ck_assert_msg(result == 0, "%s: %s", record->example, read.err.text);
		ck_assert_ptr_eq(read.record, record);
	}
}
END_TEST

static const struct {
	const char *word, *near;
} typos[] = {
	{"sokcet", "socket"},        {"scoket", "socket"}, {"bnd", "bind"},
	{"lisen", "listen"},         {"acept", "accept"},  {"conect", "connect"},
	{"conncet", "connect"},      {"sned", "send"},     {"shutdwon", "shutdown"},
	{"expct", "expect"},         {"stauts", "status"}, {"hlep", "help"},
	{"getsokopt", "getsockopt"}, {"zzzzzzzz", NULL},   {"", NULL},
};

START_TEST(the_nearest_is_found)
{
	const char *word = typos[_i].word;
	const char *near = records_near(word, strlen(word));

	if (typos[_i].near)
		ck_assert_pstr_eq(near, typos[_i].near);
	else
		ck_assert_ptr_null(near);
}
END_TEST

START_TEST(usage_says_how_it_is_typed)
{
	static const struct {
		const char *name, *usage;
		int mark;
	} usages[] = {
		{"socket", "socket domain [type] [protocol]", -1},
		{"bind", "bind fd address", -1},
		{"bind", "bind fd <address>", 1},
		{"bind", "bind <fd> address", 0},
		{"accept", "accept fd", -1},
		{"send", "send fd bytes [len] [flags]", -1},
		{"recv", "recv fd [len] [flags]", -1},
		{"getsockopt", "getsockopt fd [level] [option]", -1},
		{"poll", "poll fds [timeout]", -1},
		{"echo", "echo [TEXT]...", -1},
		{"quit", "quit", -1},
	};
	size_t i;

	for (i = 0; i < COUNT_OF(usages); i++) {
		const struct record *record = records_find(usages[i].name, strlen(usages[i].name));
		struct buf text = {0};

		record_usage(&text, record, usages[i].mark);
		ck_assert_str_eq(buf_text(&text), usages[i].usage);
		buf_free(&text);
	}
}
END_TEST

/* The keys that stand in one file: words("…") and words_fill(…, "…"). */
static unsigned check_keys(const char *path, const regex_t *use)
{
	FILE *file = fopen(path, "re");
	regmatch_t match[3];
	unsigned count = 0;
	char *line = NULL;
	size_t room = 0;

	ck_assert_msg(file != NULL, "%s", path);
	while (getline(&line, &room, file) >= 0) {
		const char *at = line;

		while (regexec(use, at, 3, match, 0) == 0) {
			size_t len = (size_t)(match[2].rm_eo - match[2].rm_so);
			char *key = strndup(at + match[2].rm_so, len);

			ck_assert_msg(words(key) != key, "%s: no words for %s", path, key);
			free(key);
			count++;
			at += match[0].rm_eo;
		}
	}
	free(line);
	fclose(file);
	return count;
}

START_TEST(words_that_are_used_exist)
{
	char pattern[4096];
	unsigned count = 0;
	glob_t found;
	regex_t use;
	size_t i;

	snprintf(pattern, sizeof(pattern), "%s/src/*/*.c", top_srcdir());
	ck_assert_int_eq(glob(pattern, 0, NULL, &found), 0);
	ck_assert_int_eq(regcomp(&use, "words(_fill\\([^\",]*, *|\\()\"([^\"]+)\"", REG_EXTENDED),
			 0);
	for (i = 0; i < found.gl_pathc; i++)
		count += check_keys(found.gl_pathv[i], &use);
	/* Else the pattern finds nothing any more. */
	ck_assert_uint_gt(count, 10);
	regfree(&use);
	globfree(&found);
}
END_TEST

START_TEST(settings_have_names)
{
	size_t i;

	for (i = 0; settings_name(i); i++)
		ck_assert_str_ne(settings_name(i), "");
	ck_assert_uint_gt(i, 0);
	ck_assert_ptr_null(settings_name((size_t)-1));
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("commands");
	TCase *tc = tcase_create("records");

	tcase_add_test(tc, records_are_all_there);
	tcase_add_test(tc, records_have_a_script);
	tcase_add_test(tc, records_are_complete);
	tcase_add_test(tc, arguments_are_complete);
	tcase_add_test(tc, calls_tell_of_their_manual_and_errors);
	tcase_add_test(tc, errors_have_words);
	tcase_add_test(tc, names_are_unique);
	tcase_add_test(tc, examples_can_be_read);
	tcase_add_loop_test(tc, the_nearest_is_found, 0, COUNT_OF(typos));
	tcase_add_test(tc, usage_says_how_it_is_typed);
	tcase_add_test(tc, words_that_are_used_exist);
	tcase_add_test(tc, settings_have_names);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
