/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "commands/topics.h"
#include "commands/verbs.h"

/* More lines than that nobody reads. */
#define LINES_MOST 40

struct found {
	char *term, *kind, *text; /* owned */
};

struct search {
	const char *words;
	size_t len;
	struct found *list;
	size_t count, cap;
	bool failed;
};

/* Not strcasestr(): in a Turkish locale "INET" would not hold "inet". */
static bool holds(const char *text, const char *word, size_t len)
{
	size_t last = text ? strlen(text) : 0;

	for (size_t i = 0; text && i + len <= last; i++) {
		size_t k = 0;

		while (k < len && names_same((char[]){text[i + k], '\0'}, &word[k], 1))
			k++;
		if (k == len)
			return true;
	}
	return false;
}

/* Each of the words, in the name, another spelling, or the text. */
static bool has_words(const struct topic *topic, const char *words, size_t len)
{
	const char *end = words + len;

	while (words < end) {
		size_t word = strcspn(words, " ");

		if (word > (size_t)(end - words))
			word = (size_t)(end - words);
		if (word && !holds(topic->meaning.term, words, word) &&
		    !holds(topic->also, words, word) && !holds(topic->meaning.text, words, word))
			return false;
		words += word + (words + word < end);
	}
	return true;
}

/* The first sentence, without its stop. */
static char *first_sentence(const char *text)
{
	const char *stop = text;

	while ((stop = strstr(stop, ". ")) && stop > text && stop[-1] == '.')
		stop++;
	return strndup(text, stop ? (size_t)(stop - text) : strcspn(text, "\n"));
}

static bool visit(void *data, const struct topic *topic)
{
	struct search *search = data;
	struct found *found;

	if (!has_words(topic, search->words, search->len))
		return true;
	if (grow(&search->list, &search->cap, search->count, sizeof(*search->list)) < 0) {
		search->failed = true;
		return false;
	}
	found = &search->list[search->count++];
	*found = (struct found){strdup(topic->meaning.term), strdup(topic->meaning.kind),
				first_sentence(topic->meaning.text)};
	search->failed |= !found->term || !found->kind || !found->text;
	return !search->failed;
}

static int by_name(const void *a, const void *b)
{
	const struct found *left = a, *right = b;
	int order = strcasecmp(left->term, right->term);

	return order ? order : strcmp(left->kind, right->kind);
}

static void tell(struct shell *shell, const struct search *search)
{
	struct meaning list[LINES_MOST];
	size_t i, count = search->count < LINES_MOST ? search->count : LINES_MOST;

	for (i = 0; i < count; i++)
		list[i] = (struct meaning){.term = search->list[i].term,
					   .kind = search->list[i].kind,
					   .text = search->list[i].text};
	shell->report->ops->apropos(shell->report, search->words, list, count, search->count);
}

static int run_apropos(struct shell *shell, const struct value *values, struct error *err)
{
	struct search search = {.words = values[0].data, .len = values[0].size};
	int result = 0;

	topics_each(visit, &search);
	if (search.failed) {
		result = error_set(err, "out of memory");
	} else if (!search.count) {
		result = error_at(err, (int)values[0].number, (int)search.len,
				  "nothing has %s in its name or its text", search.words);
	} else {
		qsort(search.list, search.count, sizeof(*search.list), by_name);
		tell(shell, &search);
	}
	for (size_t i = 0; i < search.count; i++) {
		free(search.list[i].term);
		free(search.list[i].kind);
		free(search.list[i].text);
	}
	free(search.list);
	return result;
}

const struct verb verb_apropos = {
	.record = {.name = "apropos",
		   .prototype = "apropos WORD...",
		   .help = "list all that has a word in its name or its explanation",
		   .example = "apropos linger",
		   .args = {{.name = "WORD", .kind = &kind_rest, .flags = ARG_REST}}},
	.run = run_apropos,
};
