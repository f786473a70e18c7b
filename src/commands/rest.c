/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/rest.h"

#include <ctype.h>

static size_t word_end(const char *text, size_t len, size_t at)
{
	char quote = 0;

	for (; at < len; at++) {
		if (quote && text[at] == '\\')
			at++;
		else if (quote && text[at] == quote)
			quote = 0;
		else if (!quote && (text[at] == '"' || text[at] == '\''))
			quote = text[at];
		else if (!quote && isspace((unsigned char)text[at]))
			break;
	}
	return at < len ? at : len;
}

int rest_split(const struct value *value, const char *verb, struct rest *out, struct error *err)
{
	const char *text = value->data;
	size_t len = value->size, at = 0, end;

	out->count = 0;
	out->end_column = (int)(value->number + len);
	for (;;) {
		while (at < len && isspace((unsigned char)text[at]))
			at++;
		if (at == len)
			return 0;
		end = word_end(text, len, at);
		if (out->count == REST_WORDS)
			return error_set(err, "%s takes %d words at most", verb, REST_WORDS);
		out->words[out->count++] = (struct word){
			.text = text + at, .len = end - at, .column = (int)(value->number + at)};
		at = end;
	}
}
