/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/diff.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/grow.h"

/* Beyond, lines are compared one by one: a page shows no more. */
#define LINES_MOST 1000

struct table {
	uint16_t *longest; /* (shown_count + 1) x (got_count + 1), from the end */
	size_t width;
};

void diff_free(struct diff *diff)
{
	free(diff->list);
	*diff = (struct diff){0};
}

static int add(struct diff *diff, enum diff_side side, size_t shown, size_t got)
{
	if (grow(&diff->list, &diff->cap, diff->count, sizeof(*diff->list)) < 0)
		return -1;
	diff->list[diff->count++] = (struct diff_line){.side = side, .shown = shown, .got = got};
	return 0;
}

static uint16_t *cell(const struct table *table, size_t shown, size_t got)
{
	return &table->longest[shown * table->width + got];
}

/* Whether they match; nothing is captured yet, since most pairs do not belong together. */
static bool alike(const struct match_line *shown, const struct match_line *got)
{
	struct captures none = {0};
	struct match_line bare = match_bare(shown);
	bool result = !match_is_dots(shown) && match_line(&none, &bare, got);

	captures_free(&none);
	return result;
}

static bool match_here(struct captures *captures, const struct match_line *shown,
		       const struct match_line *got)
{
	struct match_line bare = match_bare(shown);

	return alike(shown, got) && match_line(captures, &bare, got);
}

static void fill(const struct table *table, const struct match_line *shown, size_t shown_count,
		 const struct match_line *got, size_t got_count)
{
	size_t i, k;

	for (i = shown_count; i-- > 0;)
		for (k = got_count; k-- > 0;) {
			uint16_t skip = *cell(table, i + 1, k), other = *cell(table, i, k + 1);

			*cell(table, i, k) = skip > other ? skip : other;
			if (alike(&shown[i], &got[k]))
				*cell(table, i, k) = (uint16_t)(*cell(table, i + 1, k + 1) + 1);
		}
}

static int walk(struct diff *out, const struct table *table, struct captures *captures,
		const struct match_line *shown, size_t shown_count, const struct match_line *got,
		size_t got_count)
{
	size_t i = 0, k = 0;
	int result = 0;

	while (result == 0 && (i < shown_count || k < got_count)) {
		if (i < shown_count && k < got_count &&
		    *cell(table, i, k) == *cell(table, i + 1, k + 1) + 1 &&
		    match_here(captures, &shown[i], &got[k])) {
			result = add(out, DIFF_SAME, i++, k++);
		} else if (k == got_count ||
			   (i < shown_count && *cell(table, i + 1, k) >= *cell(table, i, k + 1))) {
			result = add(out, DIFF_SHOWN, i++, k);
		} else {
			result = add(out, DIFF_GOT, i, k++);
		}
	}
	return result;
}

int diff_make(struct diff *out, struct captures *captures, const struct match_line *shown,
	      size_t shown_count, const struct match_line *got, size_t got_count)
{
	struct table table = {.width = got_count + 1};
	bool large = shown_count > LINES_MOST || got_count > LINES_MOST;
	int result;

	*out = (struct diff){0};
	if (large)
		table.width = 1;
	table.longest =
		calloc(large ? 1 : (shown_count + 1) * (got_count + 1), sizeof(*table.longest));
	if (!table.longest)
		return -1;
	if (large) {
		size_t i;

		result = 0;
		for (i = 0; result == 0 && i < shown_count; i++)
			result = add(out, DIFF_SHOWN, i, 0);
		for (i = 0; result == 0 && i < got_count; i++)
			result = add(out, DIFF_GOT, shown_count, i);
	} else {
		fill(&table, shown, shown_count, got, got_count);
		result = walk(out, &table, captures, shown, shown_count, got, got_count);
	}
	free(table.longest);
	if (result < 0)
		diff_free(out);
	return result;
}

void diff_print(struct out *out, const struct diff *diff, const struct match_line *shown,
		const struct match_line *got)
{
	static const char *const marks[] = {
		[DIFF_SAME] = "#   ", [DIFF_SHOWN] = "# - ", [DIFF_GOT] = "# + "};
	static const enum out_style styles[] = {
		[DIFF_SAME] = OUT_DIM, [DIFF_SHOWN] = OUT_ERROR, [DIFF_GOT] = OUT_CHANGE};
	size_t i;

	for (i = 0; i < diff->count; i++) {
		const struct diff_line *line = &diff->list[i];
		const struct match_line *text =
			line->side == DIFF_SHOWN ? &shown[line->shown] : &got[line->got];

		out_style(out, styles[line->side]);
		out_text(out, marks[line->side]);
		out_bytes(out, text->text, text->len);
		out_newline(out);
	}
}
