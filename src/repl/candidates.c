/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/candidates.h"

#include <fcntl.h>
#include <string.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "commands/verbs.h"
#include "names/terms.h"
#include "repl/candidates_parts.h"

#define ALL_BITS (-1L)

/* Only what returns a descriptor can be given a name. */
void candidates_names(struct finder *finder)
{
	const struct record *record;
	size_t i;

	for (i = 0; (record = records_at(i)); i++)
		if (i < calls_count || !finder->typed->assigned || verbs[i - calls_count]->gives)
			finder_offer(finder, record->name, record->help);
}

static bool given_ready_made(const struct finder *finder)
{
	const struct word *word = finder_given(finder, &kind_domain);
	size_t i;
	long family;

	for (i = 0; word && ready_made[i].name; i++)
		if (word_is(word, ready_made[i].name))
			return !names_find(&names_family, word->text, word->len, &family);
	return false;
}

/* A ready-made socket has its type and its protocol: only flags are left to be given. */
static void find_names(struct finder *finder, const struct arg *arg)
{
	bool behind = memchr(finder->part.text, '|', finder->part.len) != NULL;

	if (arg->names && arg->names->flags) {
		finder_offer_flags(finder, arg->names, arg->offered ? arg->offered : ALL_BITS);
		return;
	}
	/* A type is one of those, with flags behind it. */
	if (arg->names && !behind && !given_ready_made(finder))
		finder_offer_names(finder, arg->names);
	if (arg->also) {
		finder_offer_flags(finder, arg->also, ALL_BITS);
		finder->open = false;
	}
}

static void find_domain(struct finder *finder, const struct arg *arg)
{
	size_t i;

	for (i = 0; ready_made[i].name && !finder->typed->c_spelling; i++)
		finder_offer(finder, ready_made[i].name, "ready-made");
	finder_offer_names(finder, arg->names);
}

static void find_fcntl(struct finder *finder, const struct arg *arg)
{
	const struct word *word = finder->given[arg - finder->record->args - 1];
	long command;

	if (!word || !names_find(&names_fcntl, word->text, word->len, &command))
		return;
	if (command == F_SETOWN)
		finder_offer(finder, "self", "this process");
	if (command == F_SETSIG)
		finder_offer_names(finder, &names_signal);
	if (command != F_SETFL && command != F_SETFD)
		return;
	finder_offer_flags(finder, command == F_SETFL ? &names_file_flag : &names_fd_flag,
			   ALL_BITS);
}

static void find_signals(struct finder *finder, const struct arg *arg)
{
	(void)arg;
	finder_split(finder, ",[");
	finder->open = true;
	finder_offer_names(finder, &names_signal);
}

static void find_file(struct finder *finder, const struct arg *arg)
{
	if (arg->kind == &kind_bytes || arg->kind == &kind_iovec) {
		if (!finder_begins(finder, "@"))
			return;
		finder_skip(finder, 1);
	}
	finder_offer_files(finder);
}

/* As one word: a term is found whatever separates its parts. */
static void offer_term(struct finder *finder, const struct term *term)
{
	struct buf name = {0};
	char *blank;

	buf_str(&name, term->name);
	while (!name.failed && (blank = strchr(name.data, ' ')))
		*blank = '-';
	finder_offer_name(finder, buf_text(&name), NULL, term->kind);
	buf_free(&name);
}

static void find_topic(struct finder *finder, const struct arg *arg)
{
	const struct term *term;
	size_t i;

	(void)arg;
	candidates_names(finder);
	/* What there is besides would bury them where nothing is typed yet. */
	if (!finder->part.len)
		return;
	for (i = 0; i < options_count; i++)
		candidates_option_name(finder, &options[i]);
	candidates_errnos(finder);
	for (i = 0; names_all[i]; i++)
		finder_offer_names(finder, names_all[i]);
	for (i = 0; (term = terms_at(i)); i++)
		offer_term(finder, term);
}

static void find_block(struct finder *finder, const struct arg *arg)
{
	(void)arg;
	finder_offer(finder, "{", "the commands to be run come here, then }");
}

static const struct {
	const char *completes;
	void (*find)(struct finder *finder, const struct arg *arg);
} kinds[] = {
	{"address", candidates_address},
	{"block", find_block},
	{"crash", candidates_crash},
	{"descriptor", candidates_descriptor},
	{"domain", find_domain},
	{"fcntl", find_fcntl},
	{"file", find_file},
	{"hints", candidates_hints},
	{"function", candidates_function},
	{"host", candidates_host},
	{"injection", candidates_injection},
	{"job", candidates_job},
	{"language", candidates_language},
	{"level", candidates_level},
	{"message", candidates_message},
	{"names", find_names},
	{"option", candidates_option},
	{"packet", candidates_packet},
	{"kill", candidates_kill},
	{"process", candidates_process},
	{"setting", candidates_setting},
	{"setting-value", candidates_setting_value},
	{"signals", find_signals},
	{"sysctl", candidates_sysctl},
	{"topic", find_topic},
	{"value", candidates_value},
	{"wire-rule", candidates_wire_rule},
};

void candidates_argument(struct finder *finder, const struct arg *arg)
{
	size_t i;

	if (finder->record == &verb_expect.record) {
		candidates_expected(finder);
		return;
	}
	for (i = 0; arg->kind->completes && i < COUNT_OF(kinds); i++)
		if (strcmp(arg->kind->completes, kinds[i].completes) == 0)
			kinds[i].find(finder, arg);
}
