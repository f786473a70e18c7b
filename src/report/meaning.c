/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/meaning.h"

static void put_behind(struct out *out, const char *word, const char *text)
{
	if (!text)
		return;
	out_text(out, "  ");
	out_style(out, OUT_DIM);
	out_text(out, word);
	out_text(out, ": ");
	out_style(out, OUT_PLAIN);
	out_wrap(out, 4, text);
}

void meaning_put(struct out *out, const struct meaning *meaning)
{
	out_style(out, OUT_HEAD);
	out_text(out, meaning->term);
	out_style(out, OUT_PLAIN);
	out_text(out, ": ");
	out_text(out, meaning->kind);
	out_newline(out);
	out_text(out, "  ");
	out_wrap(out, 2, meaning->text);
	put_behind(out, "unit", meaning->unit);
	put_behind(out, "typed", meaning->usage);
	put_behind(out, "see", meaning->see);
	put_behind(out, "related", meaning->related);
}

#define APROPOS_COLUMN 24

static void put_found(struct out *out, const struct meaning *meaning)
{
	struct buf text = {0};

	out_text(out, "  ");
	out_text(out, meaning->term);
	buf_printf(&text, "(%s) %s", meaning->kind, meaning->text);
	out_pad(out, APROPOS_COLUMN);
	out_wrap(out, APROPOS_COLUMN, buf_text(&text));
	out->buf.failed |= text.failed;
	buf_free(&text);
}

void meaning_put_found(struct out *out, const char *words, const struct meaning *list, size_t count,
		       size_t total)
{
	struct buf text = {0};

	for (size_t i = 0; i < count; i++)
		put_found(out, &list[i]);
	if (total > count)
		buf_printf(&text, "%zu of %zu that have %s: another word narrows it", count, total,
			   words);
	else
		buf_printf(&text, "%zu; `explain` tells more of each", total);
	out_text(out, "  ");
	out_style(out, OUT_DIM);
	out_wrap(out, 2, buf_text(&text));
	buf_free(&text);
}
