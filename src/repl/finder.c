/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/finder.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/grow.h"
#include "commands/like.h"
#include "commands/verbs.h"

void finder_begin(struct finder *finder)
{
	finder->part = finder->typed->last;
	finder->out->start = (size_t)finder->part.column - 1;
	finder->open = false;
}

/* Behind `like LANGUAGE FUNCTION` stand that function's arguments. Returns how many words it took.
 */
static int find_like(struct finder *finder, const struct typed *typed)
{
	const struct like_language *language;
	const struct like *like;

	if (finder->record != &verb_like.record || typed->count < 2)
		return 0;
	language = like_language_find(&typed->words[0]);
	like = language ? like_find(language, &typed->words[1]) : NULL;
	if (!like)
		return 0;
	finder->record = &like->record;
	return 2;
}

void finder_start(struct finder *finder, struct completion *out, struct session *session,
		  const struct typed *typed)
{
	int skip;

	*finder = (struct finder){.out = out, .session = session, .typed = typed};
	if (typed->place < TYPED_PROCESS)
		return;
	finder_begin(finder);
	if (typed->place == TYPED_PROCESS)
		finder_skip(finder, strlen("@"));
	if (typed->place != TYPED_ARGUMENT)
		return;
	finder->record = records_find(typed->name.text, typed->name.len);
	if (!finder->record)
		return;
	skip = find_like(finder, typed);
	finder->index = values_next_arg(finder->record, typed->words + skip, typed->count - skip,
					typed->c_spelling, finder->given);
}

int finder_next(const struct finder *finder, int index)
{
	const struct arg *args = finder->record->args;
	int total = record_args(finder->record);

	/* Without `looks` whatever is typed is meant for it. */
	if (finder->typed->c_spelling || !(args[index].flags & ARG_OPTIONAL) ||
	    !args[index].kind->looks)
		return -1;
	while (++index < total && args[index].flags & ARG_C_ONLY)
		;
	return index < total ? index : -1;
}

const struct word *finder_given(const struct finder *finder, const struct kind *kind)
{
	int i = record_arg_of(finder->record, kind);

	return i < 0 ? NULL : finder->given[i];
}

void finder_skip(struct finder *finder, size_t len)
{
	finder->part.text += len;
	finder->part.len -= len;
	finder->part.column += (int)len;
	finder->out->start += len;
}

void finder_split(struct finder *finder, const char *separators)
{
	size_t at = finder->part.len;

	while (at && !strchr(separators, finder->part.text[at - 1]))
		at--;
	finder_skip(finder, at);
}

bool finder_begins(const struct finder *finder, const char *text)
{
	size_t len = strlen(text);

	return finder->part.len >= len && memcmp(finder->part.text, text, len) == 0;
}

static bool was_offered(const struct completion *out, const char *text)
{
	size_t i;

	for (i = 0; i < out->count; i++)
		if (strcmp(out->list[i].text, text) == 0)
			return true;
	return false;
}

/* Whether a text can stand in a line as it is, as one word: a path may be anything. */
static bool is_plain(const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	size_t len = strlen(text);
	uint32_t code;
	int size;

	for (; len; at += size, len -= (size_t)size) {
		size = escape_decode(at, len, &code);
		if (!size || !escape_passes(code) || code == ' ')
			return false;
	}
	return true;
}

/* What cannot be kept for want of memory is not offered, and that is told. */
static void add(struct completion *out, const char *text, const char *hint, bool open)
{
	struct candidate candidate = {.open = open};

	if (!is_plain(text) || was_offered(out, text))
		return;
	if (grow(&out->list, &out->cap, out->count, sizeof(*out->list)) == 0) {
		candidate.text = strdup(text);
		candidate.hint = hint && candidate.text ? strdup(hint) : NULL;
	}
	if (!candidate.text || (hint && !candidate.hint))
		failure_note(&out->failure, "out of memory");
	if (candidate.text)
		out->list[out->count++] = candidate;
}

void finder_offer(struct finder *finder, const char *text, const char *hint)
{
	if (strncmp(text, finder->part.text, finder->part.len) == 0)
		add(finder->out, text, hint, finder->open);
}

static bool typed_small(const struct word *part)
{
	bool small = false;
	size_t i;

	for (i = 0; i < part->len; i++) {
		if (isupper((unsigned char)part->text[i]))
			return false;
		small |= islower((unsigned char)part->text[i]) != 0;
	}
	return small;
}

void finder_offer_name(struct finder *finder, const char *name, const char *prefix,
		       const char *hint)
{
	const struct word *part = &finder->part;
	struct buf text = {0};
	size_t i;

	if (strncasecmp(name, part->text, part->len) != 0) {
		name += names_prefix(prefix, name, strlen(name));
		if (strncasecmp(name, part->text, part->len) != 0)
			return;
	}
	buf_str(&text, name);
	if (typed_small(part))
		for (i = 0; i < text.len; i++)
			text.data[i] = (char)tolower((unsigned char)text.data[i]);
	add(finder->out, buf_text(&text), hint, finder->open);
	buf_free(&text);
}

void finder_offer_names(struct finder *finder, const struct names *names)
{
	const struct name *name;

	for (name = names->list; name < names->list + names->count; name++)
		finder_offer_name(finder, name->name, names->prefix, name->text);
}

/* The bits that stand before the last piece: of the whole word, or behind the `3:` of
 * poll's, or the `flags=` of an option's value. */
static long bits_before(const struct finder *finder, const struct names *names)
{
	const char *end = finder->part.text, *at = end, *stop;
	long value, bits = 0;

	while (at > finder->typed->last.text && !strchr(":,={", at[-1]))
		at--;
	for (; at < end; at = stop + 1) {
		stop = memchr(at, '|', (size_t)(end - at));
		if (!stop)
			break;
		if (names_find(names, at, (size_t)(stop - at), &value))
			bits |= value;
	}
	return bits;
}

void finder_offer_flags(struct finder *finder, const struct names *names, long which)
{
	const struct name *name;

	finder_split(finder, "|");
	finder->open = true;
	which &= ~bits_before(finder, names);
	for (name = names->list; name < names->list + names->count; name++)
		if (name->value & which)
			finder_offer_name(finder, name->name, names->prefix, name->text);
}
