/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <string.h>
#include <sys/types.h>

#include "calls/kinds.h"
#include "calls/literal.h"
#include "calls/pieces.h"

#define MOVED_USUAL 65536 /* what a pipe has room for */

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
