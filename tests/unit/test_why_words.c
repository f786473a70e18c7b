/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "calls/call.h"
#include "names/words.h"
#include "session/why.h"
#include "unit.h"

/* What a person takes in at a glance. */
#define SENTENCES 2
#define LETTERS   280

/* The errors that the manual pages of the socket calls name, and those of section 7. */
static const char *const documented[] = {
	"EACCES",       "EADDRINUSE",   "EADDRNOTAVAIL", "EAFNOSUPPORT",    "EAGAIN",
	"EALREADY",     "EBADF",        "ECONNABORTED",  "ECONNREFUSED",    "ECONNRESET",
	"EDESTADDRREQ", "EFAULT",       "EINPROGRESS",   "EINTR",           "EINVAL",
	"EISCONN",      "ELOOP",        "EMFILE",        "EMSGSIZE",        "ENAMETOOLONG",
	"ENETUNREACH",  "ENFILE",       "ENOBUFS",       "ENOENT",          "ENOMEM",
	"ENOPROTOOPT",  "ENOSR",        "ENOTCONN",      "ENOTDIR",         "ENOTSOCK",
	"EOPNOTSUPP",   "EPERM",        "EPIPE",         "EPROTO",          "EPROTONOSUPPORT",
	"EPROTOTYPE",   "ERESTARTSYS",  "EROFS",         "ESOCKTNOSUPPORT", "ETIMEDOUT",
	"EHOSTUNREACH", "ENETDOWN",     "ENODEV",        "ENOPKG",          "ENXIO",
	"ESRCH",        "ETOOMANYREFS",
};

static int count_sentences(const char *text)
{
	int count = 0;

	for (; *text; text++)
		if (strchr(".!?", *text) && (text[1] == ' ' || !text[1]))
			count++;
	return count;
}

/* A field such as {address}; NULL: none. */
static const char *find_field(const char *text)
{
	while ((text = strchr(text, '{'))) {
		size_t len = strspn(text + 1, "abcdefghijklmnopqrstuvwxyz-");

		if (len && text[1 + len] == '}')
			return text;
		text++;
	}
	return NULL;
}

static void check_text(const char *key, const char *text)
{
	size_t len = strlen(text);

	ck_assert_msg(len <= LETTERS, "%s is %zu letters long", key, len);
	ck_assert_msg(count_sentences(text) <= SENTENCES, "%s has %d sentences", key,
		      count_sentences(text));
	ck_assert_msg(len && text[len - 1] == '.', "%s does not end in a stop", key);
}

START_TEST(every_errno_has_words)
{
	size_t i;

	ck_assert_uint_eq(COUNT_OF(documented), 47);
	for (i = 0; i < COUNT_OF(documented); i++) {
		const char *name = documented[i];

		ck_assert_msg(names_errno(name, strlen(name)) > 0, "%s", name);
		ck_assert_msg(words(name) != name, "no words for %s", name);
	}
}
END_TEST

static bool is_given(int error)
{
	size_t i, k;

	for (i = 0; i < calls_count; i++)
		for (k = 0; k < CALL_ERRORS && calls[i]->errors[k]; k++)
			if (calls[i]->errors[k] == error)
				return true;
	return false;
}

START_TEST(every_errno_is_given_by_a_call)
{
	size_t i;

	for (i = 0; i < COUNT_OF(documented); i++)
		ck_assert_msg(is_given(names_errno(documented[i], strlen(documented[i]))), "%s",
			      documented[i]);
}
END_TEST

static void check_error(const struct call *call, int error)
{
	char key[WHY_KEY];
	const char *text = why_general(call, error, key);
	struct buf filled = {0};

	ck_assert_msg(text != NULL, "no words for %s of %s", names_error_name(error),
		      call->record.name);
	check_text(key, text);
	words_fill(&filled, key, "fd", "3", NULL);
	ck_assert_msg(!find_field(buf_text(&filled)), "%s of %s: %s", names_error_name(error),
		      call->record.name, buf_text(&filled));
	buf_free(&filled);
}

/* More than the highest of them. */
#define ERRORS 4096

START_TEST(every_error_of_a_call_has_words)
{
	/* Those of getaddrinfo are negative. */
	bool seen[2 * ERRORS] = {false};
	unsigned errors = 0, pairs = 0;
	size_t i, k;

	for (i = 0; i < calls_count; i++) {
		for (k = 0; k < CALL_ERRORS && calls[i]->errors[k]; k++) {
			int error = calls[i]->errors[k];

			check_error(calls[i], error);
			ck_assert_int_lt(abs(error), ERRORS);
			pairs++;
			errors += !seen[ERRORS + error];
			seen[ERRORS + error] = true;
		}
	}
	printf("# explained: %zu errno of the manual pages; %u errno of %zu calls, %u pairs\n",
	       COUNT_OF(documented), errors, calls_count, pairs);
	fflush(stdout);
}
END_TEST

/* Each errno stands once in the list of a call. */
START_TEST(errors_are_listed_once)
{
	size_t i, k, other;

	for (i = 0; i < calls_count; i++)
		for (k = 0; k < CALL_ERRORS && calls[i]->errors[k]; k++)
			for (other = 0; other < k; other++)
				ck_assert_msg(calls[i]->errors[other] != calls[i]->errors[k],
					      "%s: %s", calls[i]->record.name,
					      names_error_name(calls[i]->errors[k]));
}
END_TEST

static bool is_of_an_errno(const char *key)
{
	return key[0] == 'E' && names_errno(key, strcspn(key, ".")) > 0;
}

/* Those with evidence are as short; what follows another text begins with a blank. */
START_TEST(explanations_are_short)
{
	const char *key;
	size_t i;

	for (i = 0; (key = words_key(i)); i++)
		if (is_of_an_errno(key))
			check_text(key, words(key));
}
END_TEST

/* That the signal came is a sentence of its own behind them. */
START_TEST(signals_have_room)
{
	const char *key;
	size_t i;

	for (i = 0; (key = words_key(i)); i++)
		if (strncmp(key, "EPIPE", 5) == 0)
			ck_assert_msg(count_sentences(words(key)) == 1, "%s", key);
}
END_TEST

/* An errno that is asked for by its name has no descriptor to speak of. */
START_TEST(general_words_have_no_fields)
{
	const char *key;
	size_t i;

	for (i = 0; (key = words_key(i)); i++)
		if (is_of_an_errno(key) && !strchr(key, '.'))
			ck_assert_msg(!find_field(words(key)), "%s: %s", key, words(key));
}
END_TEST

START_TEST(words_of_a_call_go_first)
{
	const struct call *sendto = calls_find("sendto", 6);
	char key[WHY_KEY];

	ck_assert_pstr_eq(why_general(sendto, EACCES, key), words("EACCES.send"));
	ck_assert_str_eq(key, "EACCES.send");
	ck_assert_pstr_eq(why_general(calls_find("bind", 4), EACCES, key), words("EACCES.bind"));
	ck_assert_pstr_eq(why_general(sendto, ENOMEM, key), words("ENOMEM"));
	ck_assert_str_eq(key, "ENOMEM");
	ck_assert_ptr_null(why_general(sendto, ECHRNG, key));
}
END_TEST

static Suite *why_words_suite(void)
{
	Suite *suite = suite_create("why_words");
	TCase *tests = tcase_create("words");

	tcase_add_test(tests, every_errno_has_words);
	tcase_add_test(tests, every_errno_is_given_by_a_call);
	tcase_add_test(tests, every_error_of_a_call_has_words);
	tcase_add_test(tests, errors_are_listed_once);
	tcase_add_test(tests, explanations_are_short);
	tcase_add_test(tests, signals_have_room);
	tcase_add_test(tests, general_words_have_no_fields);
	tcase_add_test(tests, words_of_a_call_go_first);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return unit_main(why_words_suite());
}
