/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/finder.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

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

/* What cannot be kept for want of memory is not offered. */
static void add(struct completion *out, const char *text, const char *hint, bool open)
{
	struct candidate candidate = {.open = open};

	if (was_offered(out, text) || grow(&out->list, &out->cap, out->count, sizeof(*out->list)))
		return;
	candidate.text = strdup(text);
	candidate.hint = hint ? strdup(hint) : NULL;
	if (candidate.text)
		out->list[out->count++] = candidate;
	else
		free(candidate.hint);
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
	size_t i;

	for (i = 0; names && i < names->count; i++)
		finder_offer_name(finder, names->list[i].name, names->prefix, names->list[i].text);
}
