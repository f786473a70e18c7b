/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/pieces.h"

#include <stdlib.h>
#include <string.h>

void piece_trim(struct piece *piece)
{
	while (piece->len && piece->text[0] == ' ') {
		piece->text++;
		piece->at++;
		piece->len--;
	}
	while (piece->len && piece->text[piece->len - 1] == ' ')
		piece->len--;
}

bool piece_next(struct piece *rest, struct piece *out)
{
	const char *comma;

	if (!rest->text)
		return false;
	comma = memchr(rest->text, ',', rest->len);
	*out = *rest;
	if (comma) {
		out->len = (size_t)(comma - rest->text);
		rest->at += out->len + 1;
		rest->len -= out->len + 1;
		rest->text = comma + 1;
	} else {
		rest->text = NULL;
	}
	piece_trim(out);
	return true;
}

void piece_unname(struct piece *piece)
{
	const char *equals = memchr(piece->text, '=', piece->len);
	size_t skip = equals ? (size_t)(equals + 1 - piece->text) : 0;

	piece->text += skip;
	piece->at += skip;
	piece->len -= skip;
	piece_trim(piece);
}

int piece_place(const struct piece *piece, struct error *err)
{
	if (!err->column)
		err->column = 1;
	if (err->length <= 0)
		err->length = (int)piece->len - err->column + 1;
	if (err->length <= 0)
		err->length = 1;
	err->column += (int)piece->at;
	return -1;
}

bool piece_inside(const struct word *word, char open, char close, struct piece *out)
{
	*out = (struct piece){word->text, word->len, 0};
	if (word->len < 2 || word->text[0] != open || word->text[word->len - 1] != close)
		return false;
	*out = (struct piece){word->text + 1, word->len - 2, 1};
	piece_trim(out);
	if (!out->len)
		out->text = NULL;
	return true;
}

int piece_keep(struct value *out, const void *bytes, size_t size, struct error *err)
{
	out->data = malloc(size);
	if (!out->data)
		return error_set(err, "out of memory");
	memcpy(out->data, bytes, size);
	out->size = size;
	return 0;
}
