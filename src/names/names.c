/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "names/names.h"

#include <limits.h>
#include <string.h>

#include "base/grow.h"

/* A word that is longer than this resembles no name. */
#define DISTANCE_MAX 63

/* Not tolower(): in a Turkish locale "inet" and "INET" would be two words. */
static unsigned char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

bool names_same(const char *name, const char *word, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (!name[i] || fold(name[i]) != fold(word[i]))
			return false;
	}
	return !name[len];
}

size_t names_prefix(const char *prefix, const char *word, size_t len)
{
	size_t n = prefix ? strlen(prefix) : 0;

	return n < len && names_same(prefix ? prefix : "", word, n) ? n : 0;
}

static size_t prefix_of(const struct names *names, const char *word, size_t len)
{
	size_t n = names_prefix(names->prefix, word, len);

	return n ? n : names_prefix(names->prefix2, word, len);
}

/* The part of an entry's name that tells it from the others of its table. */
static const char *stem(const struct names *names, const struct name *name)
{
	return name->name + names_prefix(names->prefix, name->name, strlen(name->name));
}

bool names_find(const struct names *names, const char *word, size_t len, long *value)
{
	size_t skip = prefix_of(names, word, len);
	const struct name *name;

	for (name = names->list; name < names->list + names->count; name++) {
		if (names_same(name->name, word, len) ||
		    names_same(stem(names, name), word + skip, len - skip)) {
			*value = name->value;
			return true;
		}
	}
	return false;
}

const struct name *names_entry(const struct names *names, long value)
{
	size_t i;

	for (i = 0; i < names->count; i++) {
		if (names->list[i].value == value)
			return &names->list[i];
	}
	return NULL;
}

static void print_flags(struct buf *out, const struct names *names, long value)
{
	unsigned long rest =
		value < 0 && value >= INT_MIN ? (unsigned int)value : (unsigned long)value;
	const char *between = "";
	size_t i;

	for (i = 0; i < names->count && rest; i++) {
		unsigned long bits = names->list[i].value;

		if (!bits || (rest & bits) != bits)
			continue;
		buf_printf(out, "%s%s", between, names->list[i].name);
		between = "|";
		rest &= ~bits;
	}
	if (rest)
		buf_printf(out, "%s0x%lx", between, rest);
	else if (!*between)
		buf_char(out, '0');
}

void names_print(struct buf *out, const struct names *names, long value)
{
	const struct name *name;

	if (names->flags) {
		print_flags(out, names, value);
		return;
	}
	name = names_entry(names, value);
	if (name)
		buf_str(out, name->name);
	else
		buf_printf(out, "%ld", value);
}

int names_tolerance(size_t len)
{
	if (len < 3)
		return 0;
	return len < 5 ? 1 : len < 9 ? 2 : 3;
}

const char *names_near(const struct names *names, const char *word, size_t len)
{
	size_t skip = prefix_of(names, word, len);
	int best = names_tolerance(len - skip) + 1;
	const char *near = NULL;
	const struct name *name;

	for (name = names->list; name < names->list + names->count; name++) {
		const char *base = stem(names, name);
		int distance = names_distance(word + skip, len - skip, base, strlen(base), best);

		if (distance < best) {
			best = distance;
			near = name->name;
		}
	}
	return near;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* One more row of the table of distances: ROWS[2] from the two before it. */
static void next_row(int rows[3][DISTANCE_MAX + 1], const char *a, size_t i, const char *b,
		     size_t b_len)
{
	size_t j;

	rows[2][0] = (int)i;
	for (j = 1; j <= b_len; j++) {
		bool same = fold(a[i - 1]) == fold(b[j - 1]);
		int edits = rows[1][j - 1] + !same;

		edits = least(edits, least(rows[1][j], rows[2][j - 1]) + 1);
		if (i > 1 && j > 1 && fold(a[i - 1]) == fold(b[j - 2]) &&
		    fold(a[i - 2]) == fold(b[j - 1]))
			edits = least(edits, rows[0][j - 2] + 1);
		rows[2][j] = edits;
	}
}

static int distance_of(const char *a, size_t a_len, const char *b, size_t b_len)
{
	int rows[3][DISTANCE_MAX + 1];
	size_t i;

	for (i = 0; i <= b_len; i++)
		rows[1][i] = (int)i;
	for (i = 1; i <= a_len; i++) {
		next_row(rows, a, i, b, b_len);
		memmove(rows[0], rows[1], sizeof(rows[0]) * 2);
	}
	return rows[1][b_len];
}

int names_distance(const char *a, size_t a_len, const char *b, size_t b_len, int limit)
{
	/* What both begin or end with costs nothing. */
	while (a_len && b_len && fold(*a) == fold(*b))
		a++, b++, a_len--, b_len--;
	while (a_len && b_len && fold(a[a_len - 1]) == fold(b[b_len - 1]))
		a_len--, b_len--;
	if (!a_len && !b_len)
		return 0;
	if (a_len > DISTANCE_MAX || b_len > DISTANCE_MAX)
		return limit + 1;
	return least(distance_of(a, a_len, b, b_len), limit + 1);
}
