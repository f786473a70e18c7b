/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

int lines_cut(struct lines *out, const struct buf *text, unsigned long first)
{
	const char *at = buf_text(text), *end = at + text->len;

	out->count = 0;
	if (text->failed)
		return -1;
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t len = stop ? (size_t)(stop - at) : (size_t)(end - at);

		if (grow(&out->list, &out->cap, out->count, sizeof(*out->list)) < 0)
			return -1;
		out->list[out->count++] =
			(struct match_line){.text = at, .len = len, .line = first++};
		at += len + 1;
	}
	return 0;
}

size_t lines_ended(const struct buf *text)
{
	size_t i, count = 0;

	for (i = 0; i < text->len; i++)
		count += text->data[i] == '\n';
	return count;
}

void lines_free(struct lines *lines)
{
	free(lines->list);
	*lines = (struct lines){0};
}
