/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "names/words.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "names/words_table.h"

static int compare(const void *key, const void *entry)
{
	return strcmp(key, ((const struct words_entry *)entry)->key);
}

/* The tables of a language. */
static const struct {
	const struct words_entry *list;
	const size_t *count;
} tables[] = {
	{words_errors_en, &words_errors_en_count}, {words_en, &words_en_count},
	{words_story_en, &words_story_en_count},   {words_names_en, &words_names_en_count},
	{words_course_en, &words_course_en_count},
};

const char *words(const char *key)
{
	const struct words_entry *entry = NULL;
	size_t i;

	for (i = 0; i < COUNT_OF(tables) && !entry; i++)
		entry = bsearch(key, tables[i].list, *tables[i].count, sizeof(*entry), compare);
	return entry ? entry->text : key;
}

/* What the pairs say of the field of LEN bytes; NULL where they say nothing. */
static const char *field_text(va_list pairs, const char *field, size_t len)
{
	const char *found = NULL, *name;
	va_list ap;

	va_copy(ap, pairs);
	while (!found && (name = va_arg(ap, const char *))) {
		const char *text = va_arg(ap, const char *);

		if (strlen(name) == len && !memcmp(name, field, len))
			found = text;
	}
	va_end(ap);
	return found;
}

/* Adds the field that stands at TEXT and returns what follows it; at no field, the brace. */
static const char *add_field(struct buf *out, const char *text, va_list pairs)
{
	size_t len = strcspn(text + 1, "{}");
	const char *value = text[1 + len] == '}' ? field_text(pairs, text + 1, len) : NULL;

	if (!value) {
		buf_char(out, '{');
		return text + 1;
	}
	buf_str(out, value);
	return text + len + 2;
}

void words_fill(struct buf *out, const char *key, ...)
{
	const char *text = words(key);
	va_list pairs;

	va_start(pairs, key);
	while (*text) {
		size_t plain = strcspn(text, "{");

		buf_add(out, text, plain);
		text += plain;
		if (*text)
			text = add_field(out, text, pairs);
	}
	va_end(pairs);
}

const char *words_key(size_t index)
{
	size_t i;

	for (i = 0; i < COUNT_OF(tables); i++) {
		if (index < *tables[i].count)
			return tables[i].list[index].key;
		index -= *tables[i].count;
	}
	return NULL;
}
