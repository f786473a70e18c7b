/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "calls/confine.h"
#include "calls/kinds.h"
#include "calls/literal.h"

#define BYTES_LIMIT ((size_t)64 * 1024 * 1024) /* of one call */
#define BYTES_SHOWN ((size_t)64)               /* in the C call; the rest is … */
#define SIZE_USUAL  4096                       /* what programs usually ask recv() for */

static int read_bytes(const struct reading *reading, const struct word *word, struct value *out,
		      struct error *err)
{
	struct buf bytes = {0};

	if (!word)
		return 0;
	if (confine_literal(reading->resolver, word->text, word->len, err) < 0)
		return -1;
	if (literal_bytes(word->text, word->len, BYTES_LIMIT, &bytes, err) < 0) {
		buf_free(&bytes);
		return -1;
	}
	out->size = bytes.len;
	out->data = buf_take(&bytes);
	return out->data ? 0 : error_set(err, "out of memory");
}

void bytes_print(struct buf *out, const char *bytes, size_t len)
{
	size_t i = 1;

	/* 65536*"x" is how it was typed, and how it can be read. */
	while (i < len && bytes[i] == bytes[0])
		i++;
	if (len > BYTES_SHOWN && i == len) {
		buf_printf(out, "%zu*\"", len);
		escape_string(out, bytes, 1);
		buf_char(out, '"');
		return;
	}
	buf_char(out, '"');
	escape_string(out, bytes, len > BYTES_SHOWN ? BYTES_SHOWN : len);
	buf_char(out, '"');
	if (len > BYTES_SHOWN)
		buf_str(out, "...");
}

static void print_bytes(struct buf *out, const struct record *record, const struct value *values,
			int index, const struct frame *frame)
{
	(void)record;
	(void)frame;
	bytes_print(out, values[index].data ? values[index].data : "", values[index].size);
}

const struct kind kind_bytes = {
	.what = "bytes such as \"hello\\n\"",
	.way = FRAME_IN,
	.read = read_bytes,
	.print = print_bytes,
	.completes = "file",
};

static int read_bytes_len(const struct reading *reading, const struct word *word, struct value *out,
			  struct error *err)
{
	long size = (long)reading->values[reading->index - 1].size;

	out->number = size;
	if (!word)
		return 0;
	if (literal_number(word->text, word->len, 0, LONG_MAX, &out->number, err) < 0)
		return -1;
	if (out->number > size)
		return error_set(err, "%ld bytes are given, %ld cannot be sent", size, out->number);
	return 0;
}

const struct kind kind_bytes_len = {
	.what = "the number of bytes",
	.looks = kind_looks_number,
	.read = read_bytes_len,
	.print = kind_print_number,
	.left_out = "all of them",
};

static void print_bytes_out(struct buf *out, const struct record *record,
			    const struct value *values, int index, const struct frame *frame)
{
	(void)record;
	if (!frame || frame->result < 0)
		buf_str(out, "buf");
	else
		bytes_print(out, values[index].data ? values[index].data : "", values[index].size);
}

/* Its room comes from the size behind it. */
const struct kind kind_bytes_out = {
	.what = "where the kernel puts the bytes",
	.way = FRAME_OUT,
	.read = kind_read_nothing,
	.print = print_bytes_out,
};

static int read_size(const struct reading *reading, const struct word *word, struct value *out,
		     struct error *err)
{
	out->number = SIZE_USUAL;
	if (word &&
	    literal_number(word->text, word->len, 0, (long)BYTES_LIMIT, &out->number, err) < 0)
		return -1;
	reading->values[reading->index - 1].size = (size_t)out->number;
	return 0;
}

const struct kind kind_size = {
	.what = "a number of bytes such as 100 or 64K",
	.looks = kind_looks_number,
	.read = read_size,
	.print = kind_print_number,
	.left_out = "4096",
};

static int read_fd_pair_out(const struct reading *reading, const struct word *word,
			    struct value *out, struct error *err)
{
	(void)reading;
	(void)word;
	(void)err;
	out->size = 2 * sizeof(int);
	return 0;
}

static void print_fd_pair_out(struct buf *out, const struct record *record,
			      const struct value *values, int index, const struct frame *frame)
{
	int pair[2];

	if (!frame || frame->result < 0 || values[index].size != sizeof(pair)) {
		buf_str(out, record->args[index].name);
		return;
	}
	memcpy(pair, values[index].data, sizeof(pair));
	buf_printf(out, "[%d, %d]", pair[0], pair[1]);
}

const struct kind kind_fd_pair_out = {
	.what = "where the kernel puts two descriptors",
	.way = FRAME_OUT,
	.read = read_fd_pair_out,
	.print = print_fd_pair_out,
};
