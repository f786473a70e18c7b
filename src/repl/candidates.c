/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/candidates.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "commands/verbs.h"
#include "names/options.h"
#include "report/report.h"

/* Beyond the highest errno of any architecture. */
#define ERRNO_MOST 4096

void candidates_names(struct finder *finder)
{
	const struct record *record;
	size_t i;

	for (i = 0; (record = records_at(i)); i++)
		finder_offer(finder, record->name, record->help);
}

void candidates_processes(struct finder *finder)
{
	struct owner *owner;
	size_t i;

	for (i = 0; (owner = session_process_at(finder->session, i)); i++)
		finder_offer(finder, session_process_name(owner), NULL);
}

static const struct word *given_as(const struct finder *finder, const struct kind *kind)
{
	int i = record_arg_of(finder->record, kind);

	return i < 0 ? NULL : finder->given[i];
}

/* The value of a constant that was given before. */
static bool given_value(const struct word *word, const struct names *names, long *value)
{
	return word && names_find(names, word->text, word->len, value);
}

static void offer_flags(struct finder *finder, const struct names *names)
{
	finder_split(finder, "|");
	finder->open = true;
	finder_offer_names(finder, names);
}

static bool given_ready_made(const struct finder *finder)
{
	const struct word *word = given_as(finder, &kind_domain);
	size_t i;
	long family;

	for (i = 0; word && ready_made[i].name; i++)
		if (word->len == strlen(ready_made[i].name) &&
		    memcmp(word->text, ready_made[i].name, word->len) == 0)
			return !names_find(&names_family, word->text, word->len, &family);
	return false;
}

/* A ready-made socket has its type and its protocol: only flags are left to be given. */
static void find_names(struct finder *finder, const struct arg *arg)
{
	bool flags = arg->names && arg->names->flags;
	size_t start = finder->out->start;

	if (flags || arg->also)
		finder_split(finder, "|");
	finder->open = flags;
	/* A type is one of those, with flags behind it. */
	if (!given_ready_made(finder) && (flags || finder->out->start == start))
		finder_offer_names(finder, arg->names);
	finder_offer_names(finder, arg->also);
}

static void find_domain(struct finder *finder, const struct arg *arg)
{
	size_t i;

	for (i = 0; ready_made[i].name && !finder->typed->c_spelling; i++)
		finder_offer(finder, ready_made[i].name, "ready-made");
	finder_offer_names(finder, arg->names);
}

/* Hardly anybody wants one: the options behind it say it themselves. */
static void find_level(struct finder *finder, const struct arg *arg)
{
	if (finder->part.len)
		find_names(finder, arg);
}

static void offer_option(struct finder *finder, const struct option *option)
{
	const char *end = strchr(option->name, '_');
	char prefix[16] = "";

	if (end && options_find(end + 1, strlen(end + 1), option->level) == option)
		snprintf(prefix, sizeof(prefix), "%.*s", (int)(end + 1 - option->name),
			 option->name);
	finder_offer_name(finder, option->name, *prefix ? prefix : NULL, option->text);
}

static void find_option(struct finder *finder, const struct arg *arg)
{
	bool set = record_arg_of(finder->record, &kind_option_value) >= 0;
	const struct option *option;
	long level = -1;

	(void)arg;
	given_value(given_as(finder, &kind_level), &names_level, &level);
	for (option = options; option < options + options_count; option++)
		if (option->access & (set ? OPTION_SET : OPTION_GET) &&
		    (level == -1 || option->level == level))
			offer_option(finder, option);
}

static void find_value(struct finder *finder, const struct arg *arg)
{
	const struct word *word = given_as(finder, &kind_option);
	const struct option *option = word ? options_find(word->text, word->len, -1) : NULL;

	(void)arg;
	if (!option || option->type != OPTION_BOOL)
		return;
	finder_offer(finder, "1", "on");
	finder_offer(finder, "0", "off");
}

static void find_fcntl(struct finder *finder, const struct arg *arg)
{
	long command;

	if (!given_value(finder->given[arg - finder->record->args - 1], &names_fcntl, &command))
		return;
	if (command == F_SETFL)
		offer_flags(finder, &names_file_flag);
	else if (command == F_SETFD)
		offer_flags(finder, &names_fd_flag);
}

static void add_address(struct buf *out, const char *before, const struct address *address)
{
	if (!address->len)
		return;
	buf_str(out, before);
	address_print(out, address);
}

/* "c  TCP ESTABLISHED 127.0.0.1:51034 to 127.0.0.1:80" */
static void describe(struct buf *out, const char *name, const struct endpoint *endpoint)
{
	if (name)
		buf_printf(out, "%s  ", name);
	buf_printf(out, "%s %s", endpoint_kind(endpoint), endpoint_state_name(endpoint->state));
	if (endpoint->has & FIELD_LOCAL)
		add_address(out, " ", &endpoint->local);
	if (endpoint->has & FIELD_PEER)
		add_address(out, " to ", &endpoint->peer);
}

/* By number; by name where a letter was typed. */
static void offer_descriptors(struct finder *finder)
{
	const struct endpoint *endpoint;
	const char *name;
	size_t i;
	int fd;

	for (i = 0; session_hint(finder->session, i, &fd, &name, &endpoint); i++) {
		struct buf hint = {0};
		char number[16];

		describe(&hint, name, endpoint);
		snprintf(number, sizeof(number), "%d", fd);
		finder_offer(finder, number, buf_text(&hint));
		if (name && finder->part.len)
			finder_offer(finder, name, buf_text(&hint));
		buf_free(&hint);
	}
}

static void find_descriptor(struct finder *finder, const struct arg *arg)
{
	if (arg->kind == &kind_pollfds) {
		finder_split(finder, ",");
		if (memchr(finder->part.text, ':', finder->part.len)) {
			finder_split(finder, ":");
			offer_flags(finder, &names_poll);
			return;
		}
		finder->open = true;
	}
	offer_descriptors(finder);
}

/* The family of the descriptor that was given, as far as it is known. */
static int given_family(const struct finder *finder)
{
	const struct resolver *resolver = session_resolver(finder->session);
	const struct word *word = given_as(finder, &kind_fd);
	int family = AF_UNSPEC, type = 0, fd;
	struct error ignored;

	if (!word)
		return AF_UNSPEC;
	fd = resolver->descriptor(resolver->data, word->text, word->len, &ignored);
	if (fd >= 0)
		resolver->family(resolver->data, fd, &family, &type);
	return family;
}

/* Where another socket reaches one that is bound to this; len 0: nowhere. */
static struct address reached_at(const struct address *local)
{
	struct address none = {0};
	int port = address_port(local);

	switch (local->any.sa_family) {
	case AF_INET:
		if (port && address_is_any(local))
			return address_make(AF_INET, "\177\0\0\1", port, 0);
		return port ? *local : none;
	case AF_INET6:
		if (port && address_is_any(local))
			return address_make(AF_INET6, &in6addr_loopback, port, 0);
		return port ? *local : none;
	case AF_UNIX:
		return local->len > sizeof(sa_family_t) ? *local : none;
	default:
		return none;
	}
}

static void offer_local(struct finder *finder, int fd, const struct endpoint *endpoint)
{
	struct address address = reached_at(&endpoint->local);
	struct buf text = {0}, hint = {0};

	if (address.len) {
		address_print(&text, &address);
		buf_printf(&hint, "fd %d, %s %s", fd, endpoint_kind(endpoint),
			   endpoint_state_name(endpoint->state));
		finder_offer(finder, buf_text(&text), buf_text(&hint));
	}
	buf_free(&text);
	buf_free(&hint);
}

static bool is_server(const struct endpoint *endpoint)
{
	return endpoint->state == STATE_LISTEN || endpoint->state == STATE_UNCONNECTED;
}

/* Those that wait for somebody come first. */
static void offer_locals(struct finder *finder, int family, bool servers)
{
	const struct endpoint *endpoint;
	const char *name;
	size_t i;
	int fd;

	for (i = 0; session_hint(finder->session, i, &fd, &name, &endpoint); i++)
		if (is_server(endpoint) == servers && endpoint->has & FIELD_LOCAL &&
		    endpoint->local.len && (!family || endpoint->family == family))
			offer_local(finder, fd, endpoint);
}

static void find_address(struct finder *finder, const struct arg *arg)
{
	static const struct {
		int family;
		const char *text;
	} beginnings[] = {{AF_INET, "127.0.0.1:"}, {AF_INET6, "[::1]:"}, {AF_UNIX, "unix:"}};
	int family = given_family(finder);
	size_t i;

	(void)arg;
	offer_locals(finder, family, true);
	offer_locals(finder, family, false);
	finder->open = true;
	for (i = 0; i < COUNT_OF(beginnings); i++)
		if (!family || beginnings[i].family == family)
			finder_offer(finder, beginnings[i].text, NULL);
	if (!finder_begins(finder, "unix:") || finder->out->count > 1)
		return;
	completion_clear(finder->out);
	finder_skip(finder, strlen("unix:"));
	finder_offer_files(finder);
}

static void find_file(struct finder *finder, const struct arg *arg)
{
	if (arg->kind == &kind_bytes) {
		if (!finder_begins(finder, "@"))
			return;
		finder_skip(finder, 1);
	}
	finder_offer_files(finder);
}

static void find_job(struct finder *finder, const struct arg *arg)
{
	struct session_job job;
	size_t i;

	(void)arg;
	for (i = 0; session_job(finder->session, i, &job); i++) {
		char number[16];

		snprintf(number, sizeof(number), "%d", job.number);
		finder_offer(finder, number, job.text);
	}
}

static void offer_errnos(struct finder *finder)
{
	int i;

	for (i = 1; i < ERRNO_MOST; i++) {
		const char *name = names_errno_name(i);

		if (name[0] == 'E')
			finder_offer_name(finder, name, NULL, strerror(i));
	}
}

static void find_topic(struct finder *finder, const struct arg *arg)
{
	size_t i;

	(void)arg;
	candidates_names(finder);
	/* What there is besides would bury them where nothing is typed yet. */
	if (!finder->part.len)
		return;
	for (i = 0; i < options_count; i++)
		offer_option(finder, &options[i]);
	offer_errnos(finder);
	for (i = 0; names_all[i]; i++)
		finder_offer_names(finder, names_all[i]);
}

static void find_setting(struct finder *finder, const struct arg *arg)
{
	size_t i;

	(void)arg;
	for (i = 0; settings_name(i); i++)
		finder_offer(finder, settings_name(i), NULL);
}

static bool word_is(const struct word *word, const char *text)
{
	return word->len == strlen(text) && memcmp(word->text, text, word->len) == 0;
}

static void offer_states(struct finder *finder)
{
	int i;

	for (i = STATE_ESTABLISHED; i <= STATE_CONNECTED; i++)
		if (*endpoint_state_name((enum endpoint_state)i))
			finder_offer_name(finder, endpoint_state_name((enum endpoint_state)i), NULL,
					  NULL);
}

/* What `expect` takes: WHAT, or an endpoint and one of its fields. */
static void find_expected(struct finder *finder)
{
	const struct typed *typed = finder->typed;
	size_t i;

	if (typed->count == 0) {
		finder_offer(finder, "waiting", "the last call waits");
		finder_offer(finder, "data", "what was received");
		finder_offer(finder, "ghost", "an endpoint without a descriptor");
		offer_descriptors(finder);
		if (finder->part.len)
			offer_errnos(finder);
	} else if (word_is(&typed->words[typed->count - 1], "state")) {
		offer_states(finder);
	} else if (!word_is(&typed->words[0], "data")) {
		for (i = 0; report_field_name(i); i++)
			finder_offer(finder, report_field_name(i), NULL);
	}
}

static const struct {
	const char *completes;
	void (*find)(struct finder *finder, const struct arg *arg);
} kinds[] = {
	{"address", find_address}, {"descriptor", find_descriptor},
	{"domain", find_domain},   {"fcntl", find_fcntl},
	{"file", find_file},       {"job", find_job},
	{"level", find_level},     {"names", find_names},
	{"option", find_option},   {"setting", find_setting},
	{"topic", find_topic},     {"value", find_value},
};

void candidates_argument(struct finder *finder, const struct arg *arg)
{
	size_t i;

	if (finder->record == &verb_expect.record) {
		find_expected(finder);
		return;
	}
	for (i = 0; arg->kind->completes && i < COUNT_OF(kinds); i++)
		if (strcmp(arg->kind->completes, kinds[i].completes) == 0)
			kinds[i].find(finder, arg);
}
