/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <string.h>
#include <sys/resource.h>

#include "calls/kinds.h"
#include "calls/literal.h"
#include "calls/pieces.h"

/* struct rlimit: the soft limit, which counts, and the hard one, up to which it may be raised. */

static int read_one(const struct word *word, rlim_t *out, struct error *err)
{
	long number;

	if (word_is(word, "unlimited") || word_is(word, "RLIM_INFINITY")) {
		*out = RLIM_INFINITY;
		return 0;
	}
	if (literal_number(word->text, word->len, 0, LONG_MAX, &number, err) < 0)
		return -1;
	*out = (rlim_t)number;
	return 0;
}

/* {6, 1024}, or {rlim_cur=6, rlim_max=1024}. */
static int read_both(struct piece *rest, rlim_t both[2], struct error *err)
{
	struct piece piece;
	int count = 0;

	while (piece_next(rest, &piece)) {
		struct word word;

		piece_unname(&piece);
		word = (struct word){.text = piece.text, .len = piece.len};
		if (count == 2) {
			error_set(err, "expected two numbers: {6, 1024}");
			return piece_place(&piece, err);
		}
		if (read_one(&word, &both[count++], err) < 0)
			return piece_place(&piece, err);
	}
	if (count == 2)
		return 0;
	return error_set(err, "expected both, the soft limit and the hard one: {6, 1024}");
}

static int read_rlimit(const struct reading *reading, const struct word *word, struct value *out,
		       struct error *err)
{
	struct rlimit limit;
	struct piece rest;
	rlim_t both[2];

	(void)reading;
	if (!word)
		return 0;
	if (piece_inside(word, '{', '}', &rest)) {
		if (read_both(&rest, both, err) < 0)
			return -1;
	} else {
		if (read_one(word, &both[0], err) < 0)
			return -1;
		both[1] = both[0];
	}
	limit = (struct rlimit){.rlim_cur = both[0], .rlim_max = both[1]};
	return piece_keep(out, &limit, sizeof(limit), err);
}

static void print_one(struct buf *out, rlim_t value)
{
	if (value == RLIM_INFINITY)
		buf_str(out, "RLIM_INFINITY");
	else
		buf_printf(out, "%lu", (unsigned long)value);
}

static void print_rlimit(struct buf *out, const struct record *record, const struct value *values,
			 int index, const struct frame *frame)
{
	struct rlimit limit;

	(void)record;
	(void)frame;
	if (values[index].size != sizeof(limit))
		return;
	memcpy(&limit, values[index].data, sizeof(limit));
	buf_char(out, '{');
	print_one(out, limit.rlim_cur);
	buf_str(out, ", ");
	print_one(out, limit.rlim_max);
	buf_char(out, '}');
}

const struct kind kind_rlimit = {
	.what = "a limit such as 6, unlimited, or {6, 1024}: the soft one and the hard one",
	.way = FRAME_IN,
	.read = read_rlimit,
	.print = print_rlimit,
};

static int read_rlimit_out(const struct reading *reading, const struct word *word,
			   struct value *out, struct error *err)
{
	(void)reading;
	(void)word;
	(void)err;
	out->size = sizeof(struct rlimit);
	return 0;
}

static void print_rlimit_out(struct buf *out, const struct record *record,
			     const struct value *values, int index, const struct frame *frame)
{
	if (frame && frame->result == 0 && values[index].data)
		print_rlimit(out, record, values, index, frame);
	else
		buf_str(out, "rlim");
}

const struct kind kind_rlimit_out = {
	.what = "where the kernel puts the limits",
	.way = FRAME_OUT,
	.read = read_rlimit_out,
	.print = print_rlimit_out,
};
