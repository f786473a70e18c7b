/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/kinds_option_parts.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool part_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

bool part_digit(char c)
{
	return c >= '0' && c <= '9';
}

struct part part_slice(const struct part *part, size_t from, size_t to)
{
	return (struct part){part->text + from, to - from, part->at + from};
}

struct part part_trimmed(struct part part)
{
	size_t from = 0, to = part.len;

	while (from < to && is_blank(part.text[from]))
		from++;
	while (to > from && is_blank(part.text[to - 1]))
		to--;
	return part_slice(&part, from, to);
}

int part_shown(const struct part *part)
{
	return part->len < 64 ? (int)part->len : 64;
}

int part_fail(const struct input *in, const struct part *part)
{
	in->err->column = (int)part->at + 1;
	in->err->length = part->len ? (int)part->len : 1;
	return -1;
}

int part_fail_within(const struct input *in, const struct part *part)
{
	if (in->err->column <= 0)
		return part_fail(in, part);
	in->err->column += (int)part->at;
	return -1;
}

bool part_is(const struct part *part, const char *text)
{
	return part->len == strlen(text) && memcmp(part->text, text, part->len) == 0;
}

bool part_begins(const struct part *part, const char *with)
{
	return part->len >= strlen(with) && memcmp(part->text, with, strlen(with)) == 0;
}

/* Just behind a quoted string that begins at AT. */
static size_t behind_quotes(const struct part *part, size_t at)
{
	char quote = part->text[at++];

	while (at < part->len && part->text[at] != quote)
		at += part->text[at] == '\\' && at + 1 < part->len ? 2 : 1;
	return at < part->len ? at + 1 : at;
}

/* Just behind what begins at AT: one character, a string, or all between brackets. */
static size_t behind(const struct part *part, size_t at)
{
	int depth = 0;

	do {
		char c = part->text[at];

		if (c == '"' || c == '\'') {
			at = behind_quotes(part, at);
			continue;
		}
		if (part_one_of(c, "([{"))
			depth++;
		else if (part_one_of(c, ")]}"))
			depth--;
		at++;
	} while (depth > 0 && at < part->len);
	return at;
}

bool part_enclosed(const struct part *part, char open)
{
	return part->len >= 2 && part->text[0] == open && behind(part, 0) == part->len;
}

struct part part_inside(const struct part *part)
{
	struct part whole = part_trimmed(*part);

	if (part_enclosed(&whole, '[') || part_enclosed(&whole, '{'))
		return part_trimmed(part_slice(&whole, 1, whole.len - 1));
	return whole;
}

/* Whether blanks at AT stand inside of a part: around = and |, as in a = 1. */
static bool joined(const struct part *part, size_t from, size_t at, size_t next)
{
	return at > from && next < part->len &&
	       (part_one_of(part->text[at - 1], "=|") || part_one_of(part->text[next], "=|"));
}

static bool next_behind(const struct part *all, size_t *at, char comma, struct part *out)
{
	size_t from = *at, to;

	while (from < all->len && (is_blank(all->text[from]) || all->text[from] == comma))
		from++;
	for (to = from; to < all->len && all->text[to] != comma;) {
		size_t next = to;

		while (next < all->len && is_blank(all->text[next]))
			next++;
		if (next > to && !joined(all, from, to, next))
			break;
		to = next > to ? next : behind(all, to);
	}
	*at = to;
	*out = part_slice(all, from, to);
	return from < to;
}

bool part_next(const struct part *all, size_t *at, struct part *out)
{
	return next_behind(all, at, ',', out);
}

bool part_next_word(const struct part *all, size_t *at, struct part *out)
{
	return next_behind(all, at, ' ', out);
}

struct part part_take_name(struct part *part)
{
	size_t from = part->len && part->text[0] == '.', to = from, at;
	struct part name;

	while (to < part->len && (is_letter(part->text[to]) || part_digit(part->text[to])))
		to++;
	for (at = to; at < part->len && is_blank(part->text[at]); at++)
		;
	if (to == from || at == part->len || part->text[at] != '=')
		return part_slice(part, 0, 0);
	name = part_slice(part, from, to);
	*part = part_trimmed(part_slice(part, at + 1, part->len));
	return name;
}
