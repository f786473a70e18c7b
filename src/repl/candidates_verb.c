/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "commands/like.h"
#include "commands/verbs.h"
#include "repl/candidates.h"
#include "repl/candidates_parts.h"
#include "report/fields.h"
#include "report/report.h"

/* Beyond the highest errno of any architecture. */
#define ERRNO_MOST 4096

void candidates_job(struct finder *finder, const struct arg *arg)
{
	struct session_job job;
	size_t i;

	(void)arg;
	for (i = 0; session_job(finder->session, i, &job); i++) {
		struct buf hint = {0};
		char number[16];

		snprintf(number, sizeof(number), "%d", job.number);
		buf_printf(&hint, "%s waits for %s", job.text, job.waits_for);
		finder_offer(finder, number, buf_text(&hint));
		buf_free(&hint);
	}
}

void candidates_processes(struct finder *finder)
{
	struct owner *owner;
	size_t i;

	for (i = 0; (owner = session_process_at(finder->session, i)); i++) {
		char hint[48];

		snprintf(hint, sizeof(hint), "pid %d%s", session_process_pid(owner),
			 session_process_alive(owner) ? "" : ", dead");
		finder_offer(finder, session_process_name(owner), hint);
	}
}

void candidates_process(struct finder *finder, const struct arg *arg)
{
	(void)arg;
	candidates_processes(finder);
}

void candidates_crash(struct finder *finder, const struct arg *arg)
{
	candidates_descriptor(finder, arg);
	candidates_processes(finder);
}

void candidates_kill(struct finder *finder, const struct arg *arg)
{
	candidates_job(finder, arg);
	candidates_processes(finder);
}

void candidates_setting(struct finder *finder, const struct arg *arg)
{
	size_t i;

	(void)arg;
	for (i = 0; settings_name(i); i++)
		finder_offer(finder, settings_name(i), settings_text(i));
}

void candidates_setting_value(struct finder *finder, const struct arg *arg)
{
	const struct word *name = finder->given[arg - finder->record->args - 1];
	const char *const *value;
	size_t i;

	for (i = 0; name && settings_name(i); i++)
		if (word_is(name, settings_name(i)))
			for (value = settings_values(i); *value; value++)
				finder_offer(finder, *value, NULL);
}

void candidates_language(struct finder *finder, const struct arg *arg)
{
	size_t i;

	(void)arg;
	for (i = 0; like_languages[i]; i++)
		finder_offer(finder, like_languages[i]->name, like_languages[i]->version);
}

void candidates_function(struct finder *finder, const struct arg *arg)
{
	const struct word *name = finder->given[arg - finder->record->args - 1];
	const struct like_language *language = name ? like_language_find(name) : NULL;
	size_t i;

	for (i = 0; language && language->likes[i]; i++)
		finder_offer(finder, language->likes[i]->record.name,
			     language->likes[i]->record.help);
}

void candidates_errnos(struct finder *finder)
{
	int i;

	for (i = 1; i < ERRNO_MOST; i++) {
		const char *name = names_errno_name(i);

		if (name[0] == 'E')
			finder_offer_name(finder, name, NULL, strerror(i));
	}
}

static void offer_states(struct finder *finder)
{
	int i;

	for (i = STATE_ESTABLISHED; i <= STATE_CONNECTED; i++) {
		const char *name = endpoint_state_name((enum endpoint_state)i);
		const struct name *entry = names_entry(&names_tcp_state, i);

		if (*name)
			finder_offer_name(finder, name, NULL, entry ? entry->text : NULL);
	}
}

/* The value that a field of the endpoint had when the session last looked. */
static void offer_present(struct finder *finder, const struct word *word,
			  const struct endpoint *endpoint)
{
	const struct field *field = field_find(word->text, word->len);
	struct shown *shown = calloc(1, sizeof(*shown));
	struct buf value = {0};

	if (!shown)
		failure_note(&finder->out->failure, "out of memory");
	if (shown && endpoint && field) {
		endpoint_copy(&shown->now, endpoint);
		shown->process = session_process_name(session_current(finder->session));
		if (field->print(&value, shown, endpoint))
			finder_offer(finder, buf_text(&value), "as it was last seen");
	}
	buf_free(&value);
	free(shown);
}

static const struct {
	const char *name;
	const struct names *names;
	const char *words[4];
} field_values[] = {
	{"family", &names_family, {0}},
	{"type", &names_type, {0}},
	{"protocol", &names_protocol, {0}},
	{"timer", &names_timer, {0}},
	{"file_flags", &names_file_flag, {0}},
	{"fd_flags", &names_fd_flag, {0}},
	{"shutdown", NULL, {"none", "read", "write", "both"}},
};

static void offer_values(struct finder *finder, const struct word *name)
{
	const struct field *field = field_find(name->text, name->len);
	size_t i, k;

	if (!field)
		return;
	if (strcmp(field->name, "state") == 0)
		offer_states(finder);
	if (strcmp(field->name, "local") == 0 || strcmp(field->name, "peer") == 0) {
		candidates_locals(finder, NULL);
		candidates_peers(finder, NULL);
	}
	if (field->form == FORM_YES) {
		finder_offer(finder, "yes", NULL);
		finder_offer(finder, "no", NULL);
	}
	for (i = 0; i < COUNT_OF(field_values); i++) {
		if (strcmp(field->name, field_values[i].name) != 0)
			continue;
		if (field_values[i].names)
			finder_offer_names(finder, field_values[i].names);
		for (k = 0; k < COUNT_OF(field_values[i].words) && field_values[i].words[k]; k++)
			finder_offer(finder, field_values[i].words[k], NULL);
	}
	finder_offer(finder, "none", "it has none, or the kernel does not tell");
}

static void find_what(struct finder *finder)
{
	finder_offer(finder, "waiting", "the last call waits");
	finder_offer(finder, "data", "what the last call received");
	finder_offer(finder, "why", "words of the explanation");
	finder_offer(finder, "ghost", "an endpoint without a descriptor");
	finder_offer(finder, "path", "the states that an endpoint went through");
	finder_offer(finder, "packet", "one of the lab's wire");
	finder_offer(finder, "rule", "one of its rules");
	finder_offer(finder, "wire", "how many packets it holds");
	candidates_descriptor(finder, NULL);
	if (finder->part.len)
		candidates_errnos(finder);
}

static bool has_fields(const struct word *what)
{
	return !word_is(what, "data") && !word_is(what, "wire");
}

/* WHAT, then fields of an endpoint, each with its value. */
static void find_expected(struct finder *finder, const struct word *words, int count)
{
	const struct word *first = &words[0];
	size_t i;

	if (count == 0) {
		find_what(finder);
	} else if (word_is(first, "why")) {
		finder_offer(finder, "none", "nothing was explained");
	} else if (word_is(first, "path")) {
		if (count == 1)
			candidates_descriptor(finder, NULL);
		else
			offer_states(finder);
	} else if (word_is(first, "packet")) {
		if (count == 1)
			candidates_packet(finder, NULL);
		else if (count % 2 == 0)
			candidates_packet_fields(finder);
	} else if (!has_fields(first)) {
		return;
	} else if (count % 2 == 0) {
		const struct word *field = &words[count - 1];

		if (!word_is(first, "ghost"))
			offer_present(finder, field, candidates_endpoint(finder, first));
		offer_values(finder, field);
	} else {
		if (count == 1 && word_is(first, "ghost"))
			finder_offer(finder, "none", "there is no ghost");
		else if (count == 1)
			finder_offer(finder, "closed", "the descriptor is not open");
		for (i = 0; report_field_name(i); i++)
			finder_offer(finder, report_field_name(i), NULL);
	}
}

/* Of `expect`. */
void candidates_expected(struct finder *finder)
{
	const struct typed *typed = finder->typed;
	bool within = typed->count && word_is(&typed->words[0], "within");

	if (!typed->count)
		finder_offer(finder, "within", "a time, in which any of these may come to hold");
	if (within && typed->count == 1)
		return;
	find_expected(finder, &typed->words[within ? 2 : 0], typed->count - (within ? 2 : 0));
}
