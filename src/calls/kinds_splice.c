/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <string.h>
#include <sys/types.h>

#include "calls/kinds.h"
#include "calls/literal.h"
#include "calls/pieces.h"

/* A place in a file, by a pointer: NULL, or [4096]. */
static int read_offset(const struct reading *reading, const struct word *word, struct value *out,
		       struct error *err)
{
	struct piece inside;
	loff_t offset;
	long number;

	(void)reading;
	if (!word || word_is(word, "NULL"))
		return 0;
	piece_inside(word, '[', ']', &inside);
	if (literal_number(inside.text ? inside.text : "", inside.len, LONG_MIN, LONG_MAX, &number,
			   err) < 0)
		return piece_place(&inside, err);
	offset = number;
	return piece_keep(out, &offset, sizeof(offset), err);
}

/* A number without brackets is what comes behind. */
static bool looks_offset(const struct reading *reading, const struct word *word)
{
	(void)reading;
	return word_is(word, "NULL") || (word->len && word->text[0] == '[');
}

static void print_offset(struct buf *out, const struct record *record, const struct value *values,
			 int index, const struct frame *frame)
{
	loff_t offset;

	(void)record;
	(void)frame;
	if (values[index].size != sizeof(offset)) {
		buf_str(out, "NULL");
		return;
	}
	memcpy(&offset, values[index].data, sizeof(offset));
	buf_printf(out, "[%lld]", (long long)offset);
}

const struct kind kind_offset = {
	.what = "a place in a file, such as [4096], or NULL",
	.way = FRAME_BOTH,
	.looks = looks_offset,
	.read = read_offset,
	.print = print_offset,
	.left_out = "NULL",
};

static int read_moved(const struct reading *reading, const struct word *word, struct value *out,
		      struct error *err)
{
	(void)reading;
	out->number = MOVED_USUAL;
	return word ? literal_number(word->text, word->len, 0, LONG_MAX, &out->number, err) : 0;
}

const struct kind kind_moved = {
	.what = "a number of bytes such as 100 or 64K",
	.looks = kind_looks_number,
	.read = read_moved,
	.print = kind_print_number,
	.left_out = "65536",
};

static int read_place(const struct reading *reading, const struct word *word, struct value *out,
		      struct error *err)
{
	(void)reading;
	return word ? literal_number(word->text, word->len, LONG_MIN, LONG_MAX, &out->number, err)
		    : 0;
}

const struct kind kind_place = {
	.what = "a place in a file such as 0 or 64K",
	.looks = kind_looks_number,
	.read = read_place,
	.print = kind_print_number,
};
