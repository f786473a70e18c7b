/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/topics.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/grow.h"
#include "calls/call.h"
#include "commands/verbs.h"
#include "kernel/tcp_info.h"
#include "names/options.h"
#include "names/terms.h"
#include "names/words.h"

/* Beyond the highest errno of any architecture, the kernel's own included. */
#define ERRNO_MOST 600

/* A walk through all topics: the texts that are put together for one are overwritten by the next.
 */
struct walk {
	topics_visit *visit;
	void *data;
	bool stopped;
	struct buf text, see, related, usage, also;
};

static void tell(struct walk *walk, const struct topic *topic)
{
	if (!walk->stopped && !walk->visit(walk->data, topic))
		walk->stopped = true;
}

/* A phrase as a sentence. */
static void add_sentence(struct buf *out, const char *phrase)
{
	size_t len = strlen(phrase);

	if (!len)
		return;
	if (out->len)
		buf_char(out, ' ');
	/* A word with a capital within, or a path, stays as it is. */
	buf_char(out, (char)(islower((unsigned char)phrase[1]) || phrase[1] == ' '
				     ? toupper((unsigned char)phrase[0])
				     : phrase[0]));
	buf_str(out, phrase + 1);
	if (!strchr(".!?", phrase[len - 1]))
		buf_char(out, '.');
}

static void add_item(struct buf *list, const char *item)
{
	if (list->len)
		buf_str(list, ", ");
	buf_str(list, item);
}

/* What the term of this kind and name says, if there is one, over what the table says. */
static void over(struct topic *topic)
{
	const struct term *term = terms_find(topic->meaning.kind, topic->meaning.term);

	if (!term)
		return;
	topic->meaning.text = term->text;
	topic->meaning.see = term->see ? term->see : topic->meaning.see;
	topic->meaning.unit = term->unit ? term->unit : topic->meaning.unit;
	topic->meaning.related = term->related ? term->related : topic->meaning.related;
	topic->also = term->also ? term->also : topic->also;
}

/* Sentences behind the text, which is the term's or the table's; NULL adds none. */
static void add_behind(struct walk *walk, struct topic *topic, const char *sentence)
{
	const char *text = topic->meaning.text;

	if (text != buf_text(&walk->text)) {
		buf_reset(&walk->text);
		buf_str(&walk->text, text);
	}
	if (sentence)
		add_sentence(&walk->text, sentence);
	topic->meaning.text = buf_text(&walk->text);
}

static bool from_table(const char *kind)
{
	static const char *const kinds[] = {TERM_OPTION, TERM_TCP_INFO, TERM_CALL, TERM_VERB};

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (strcmp(kinds[i], kind) == 0)
			return true;
	for (size_t i = 0; names_all[i]; i++)
		if (strcmp(names_all[i]->kind, kind) == 0)
			return true;
	return false;
}

/* Those that only the terms know. */
static void each_term(struct walk *walk)
{
	const struct term *term;

	for (size_t i = 0; !walk->stopped && (term = terms_at(i)); i++) {
		struct topic topic = {.meaning = {.term = term->name,
						  .kind = term->kind,
						  .text = term->text,
						  .unit = term->unit,
						  .see = term->see,
						  .related = term->related},
				      .also = term->also};

		if (!from_table(term->kind))
			tell(walk, &topic);
	}
}

static void each_record(struct walk *walk)
{
	const struct record *record;

	for (size_t i = 0; !walk->stopped && (record = records_at(i)); i++) {
		struct topic topic = {
			.meaning = {.term = record->name,
				    .kind = i < calls_count ? TERM_CALL : TERM_VERB,
				    .see = record->page ? record->page : "sockstep(1), VERBS"}};

		buf_reset(&walk->text);
		buf_reset(&walk->usage);
		buf_reset(&walk->also);
		add_sentence(&walk->text, record->help);
		if (record->page)
			record_usage(&walk->usage, record, -1);
		else
			buf_str(&walk->usage, record->prototype);
		for (size_t k = 0; k < COUNT_OF(record->alias) && record->alias[k]; k++)
			add_item(&walk->also, record->alias[k]);
		topic.meaning.text = buf_text(&walk->text);
		topic.meaning.usage = buf_text(&walk->usage);
		topic.also = walk->also.len ? buf_text(&walk->also) : NULL;
		over(&topic);
		tell(walk, &topic);
	}
}

static void each_setting(struct walk *walk)
{
	for (size_t i = 0; !walk->stopped && settings_name(i); i++) {
		struct topic topic = {.meaning = {.term = settings_name(i),
						  .kind = TERM_SETTING,
						  .see = "sockstep(1), VERBS",
						  .related = "set"}};

		buf_reset(&walk->text);
		add_sentence(&walk->text, settings_text(i));
		topic.meaning.text = buf_text(&walk->text);
		tell(walk, &topic);
	}
}

/* A value of the kernel's that shares its name with another is told once. */
static bool told_before(const struct names *names, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(names->list[i].name, names->list[index].name) == 0)
			return true;
	return false;
}

static void each_constant(struct walk *walk, const struct names *names)
{
	for (size_t i = 0; !walk->stopped && i < names->count; i++) {
		const struct name *name = &names->list[i];
		struct topic topic = {
			.meaning = {.term = name->name,
				    .kind = names->kind,
				    .see = terms_see(names)},
			.prefix = names->prefix,
			.prefix2 = names->prefix2,
		};

		if (told_before(names, i))
			continue;
		buf_reset(&walk->text);
		if (names == &names_level && strncmp(name->text, "another name", 12) != 0)
			buf_printf(&walk->text, "The level of the options of %s.", name->text);
		else
			add_sentence(&walk->text, name->text);
		topic.meaning.text = buf_text(&walk->text);
		over(&topic);
		tell(walk, &topic);
	}
}

/* What a value of several parts is made of. */
static void add_layout(struct walk *walk, struct topic *topic, const struct option_layout *layout)
{
	if (layout->count < 2 || !layout->fields[0].name)
		return;
	buf_printf(&walk->text, " Its value is a %s:", layout->name);
	for (unsigned i = 0; i < layout->count; i++)
		if (layout->fields[i].name)
			buf_printf(&walk->text, "%s %s", i ? "," : "", layout->fields[i].name);
	buf_char(&walk->text, '.');
	topic->meaning.text = buf_text(&walk->text);
}

/* IPv4 and IPv6 have some of the same name, which do the same. */
static bool option_told_before(size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(options[i].name, options[index].name) == 0)
			return true;
	return false;
}

static void add_words(struct walk *walk, struct topic *topic, const char *key,
		      const struct option *option)
{
	struct buf when = {0}, text = {0};

	if (option->when)
		buf_printf(&when, " %s", option->when);
	words_fill(&text, key, "since", option->since ? option->since : "", "when", buf_text(&when),
		   NULL);
	add_behind(walk, topic, buf_text(&text));
	buf_free(&when);
	buf_free(&text);
}

/* What it takes to use it: a privilege, a kernel, some care. */
static void add_terms_of_use(struct walk *walk, struct topic *topic, const struct option *option)
{
	static const char *const needs[] = {
		[NEEDS_NET_ADMIN] = "option.needs-net-admin",
		[NEEDS_NET_RAW] = "option.needs-net-raw",
		[NEEDS_EITHER] = "option.needs-either",
		[NEEDS_MACHINE_ADMIN] = "option.needs-machine",
	};

	if (option->needs)
		add_words(walk, topic, needs[option->needs], option);
	if (option->since)
		add_words(walk, topic, "option.since", option);
	if (option->reading == OPTION_TAKES)
		add_words(walk, topic, "option.takes", option);
}

static void each_option(struct walk *walk)
{
	static const char *const access[] = {
		[OPTION_GET] = "It can only be read.",
		[OPTION_SET] = "It can only be set.",
		[OPTION_BOTH] = "It can be read and set.",
	};

	for (size_t i = 0; !walk->stopped && i < options_count; i++) {
		const struct option *option = &options[i];
		struct topic topic = {.meaning = {.term = option->name,
						  .kind = TERM_OPTION,
						  .see = option->page}};
		char prefix[16];

		if (option_told_before(i))
			continue;
		if (!topic.meaning.see)
			topic.meaning.see = terms_see_level(option->level);
		snprintf(prefix, sizeof(prefix), "%.*s_", (int)strcspn(option->name, "_"),
			 option->name);
		topic.prefix = prefix;
		buf_reset(&walk->text);
		add_sentence(&walk->text, option->text);
		topic.meaning.text = buf_text(&walk->text);
		over(&topic);
		/* Of another name, or of what no Linux has, there is no more to say. */
		add_behind(walk, &topic,
			   option->reading == OPTION_HIDDEN ? NULL : access[option->access]);
		add_layout(walk, &topic, &option_layouts[option->type]);
		add_terms_of_use(walk, &topic, option);
		tell(walk, &topic);
	}
}

static bool can_give(const struct call *call, int error)
{
	for (size_t i = 0; i < COUNT_OF(call->errors) && call->errors[i]; i++)
		if (call->errors[i] == error)
			return true;
	return false;
}

/* The calls that can give it, and their pages, each once. */
static void add_givers(struct walk *walk, int error)
{
	for (size_t i = 0; i < calls_count; i++) {
		if (!can_give(calls[i], error))
			continue;
		add_item(&walk->related, calls[i]->record.name);
		if (!strstr(buf_text(&walk->see), calls[i]->record.page))
			buf_printf(&walk->see, "%s%s",
				   strchr(buf_text(&walk->see), ';') ? ", " : "; ",
				   calls[i]->record.page);
	}
}

static void tell_errno(struct walk *walk, int error, const char *also)
{
	const char *name = names_errno_name(error);
	const char *text = words(name);
	struct topic topic = {.meaning = {.term = name, .kind = TERM_ERRNO}, .also = also};

	buf_reset(&walk->text);
	buf_reset(&walk->related);
	buf_reset(&walk->see);
	buf_str(&walk->see, "errno(3)");
	add_givers(walk, error);
	buf_printf(&walk->text, "%s (errno %d).", strerror(error), error);
	if (text != name)
		add_sentence(&walk->text, text);
	if (text == name && !walk->related.len)
		buf_str(&walk->text, " No call of the socket API is known to give it.");
	topic.meaning.text = buf_text(&walk->text);
	topic.meaning.see = buf_text(&walk->see);
	topic.meaning.related = walk->related.len ? buf_text(&walk->related) : NULL;
	tell(walk, &topic);
}

/* A second name of the same number comes with the first. */
static const char *second_name(int error)
{
	static const char *const list[] = {"EWOULDBLOCK", "ENOTSUP", "EDEADLOCK"};

	for (size_t i = 0; i < COUNT_OF(list); i++)
		if (names_errno(list[i], strlen(list[i])) == error &&
		    strcmp(names_errno_name(error), list[i]) != 0)
			return list[i];
	return NULL;
}

static void each_errno(struct walk *walk)
{
	for (int error = 1; !walk->stopped && error < ERRNO_MOST; error++)
		if (names_errno_name(error)[0] == 'E')
			tell_errno(walk, error, second_name(error));
}

static const char *unit_name(enum tcp_info_unit unit)
{
	static const char *const list[] = {
		[UNIT_BYTES] = "bytes",         [UNIT_SEGMENTS] = "segments",
		[UNIT_US] = "microseconds",     [UNIT_MS] = "milliseconds",
		[UNIT_RATE] = "bytes a second",
	};

	return (size_t)unit < COUNT_OF(list) ? list[unit] : NULL;
}

static void each_tcp_info(struct walk *walk)
{
	for (size_t i = 0; !walk->stopped && i < tcp_info_count; i++) {
		const struct tcp_info_field *field = &tcp_info_fields[i];
		struct topic topic = {.meaning = {.term = field->name,
						  .kind = TERM_TCP_INFO,
						  .unit = unit_name(field->unit),
						  .see = "tcp(7), TCP_INFO; linux/tcp.h; ss(8)",
						  .related = "TCP_INFO"},
				      .also = field->ss,
				      .prefix = "tcpi_"};

		buf_reset(&walk->text);
		add_sentence(&walk->text, field->text);
		topic.meaning.text = buf_text(&walk->text);
		buf_reset(&walk->also);
		if (field->ss)
			buf_printf(&walk->also, "In ss -i: %s.", field->ss);
		over(&topic);
		add_behind(walk, &topic, field->ss ? buf_text(&walk->also) : NULL);
		tell(walk, &topic);
	}
}

void topics_each(topics_visit *visit, void *data)
{
	struct walk walk = {.visit = visit, .data = data};

	each_term(&walk);
	each_record(&walk);
	each_setting(&walk);
	for (size_t i = 0; names_all[i]; i++)
		each_constant(&walk, names_all[i]);
	each_option(&walk);
	each_errno(&walk);
	each_tcp_info(&walk);
	buf_free(&walk.text);
	buf_free(&walk.see);
	buf_free(&walk.related);
	buf_free(&walk.usage);
	buf_free(&walk.also);
}

/* What is left of a name where its prefix is left out. */
static const char *stem(const struct topic *topic)
{
	const char *name = topic->meaning.term;

	return name + names_prefix(topic->prefix, name, strlen(name));
}

/* net.core.somaxconn */
static bool is_setting(const struct topic *topic, const char *word, size_t len)
{
	const char *dot = memrchr(word, '.', len);

	return dot && strcmp(topic->meaning.kind, TERM_SYSCTL) == 0 &&
	       terms_same(topic->meaning.term, dot + 1, (size_t)(word + len - dot - 1));
}

bool topics_is(const struct topic *topic, const char *word, size_t len)
{
	size_t other = names_prefix(topic->prefix2, word, len);

	return is_setting(topic, word, len) || terms_same(topic->meaning.term, word, len) ||
	       terms_same(stem(topic), word, len) ||
	       (other && terms_same(stem(topic), word + other, len - other)) ||
	       terms_listed(topic->also, word, len);
}

struct near {
	const char *word;
	size_t len;
	int best;
	struct buf *name;
};

static void compare(struct near *near, const char *name, size_t len)
{
	int distance = names_distance(near->word, near->len, name, len, near->best);

	if (distance >= near->best)
		return;
	near->best = distance;
	buf_reset(near->name);
	buf_add(near->name, name, len);
}

static bool visit_near(void *data, const struct topic *topic)
{
	const char *at = topic->also, *item;
	size_t len;

	compare(data, topic->meaning.term, strlen(topic->meaning.term));
	compare(data, stem(topic), strlen(stem(topic)));
	while ((len = terms_next(&at, &item)))
		compare(data, item, len);
	return true;
}

void topics_near(struct buf *out, const char *word, size_t len)
{
	struct near near = {word, len, names_tolerance(len) + 1, out};

	topics_each(visit_near, &near);
}

struct search {
	struct report *report;
	const char *word;
	size_t len, found;
};

static bool visit_explain(void *data, const struct topic *topic)
{
	struct search *search = data;

	if (topics_is(topic, search->word, search->len)) {
		search->report->ops->explain(search->report, &topic->meaning);
		search->found++;
	}
	return true;
}

size_t topics_explain(struct report *report, const char *word, size_t len)
{
	struct search search = {.report = report, .word = word, .len = len};

	topics_each(visit_explain, &search);
	return search.found;
}
