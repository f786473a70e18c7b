/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/kinds_message.h"

#include <limits.h>
#include <string.h>

#include "calls/confine.h"
#include "calls/kinds.h"
#include "calls/literal.h"

static int add_buffer(struct message_reader *reader, const struct part *part, size_t len)
{
	struct message_plan *plan = &reader->plan;

	if (plan->buffers == MESSAGE_BUFFERS) {
		error_set(reader->in.err, "at most %d buffers are taken", MESSAGE_BUFFERS);
		return part_fail(&reader->in, part);
	}
	if (len > MESSAGE_BYTES - plan->total) {
		error_set(reader->in.err, "all buffers together have at most %zu bytes",
			  MESSAGE_BYTES);
		return part_fail(&reader->in, part);
	}
	plan->lens[plan->buffers++] = len;
	plan->total += len;
	return 0;
}

void message_reader_init(struct message_reader *reader, const struct reading *reading, bool rooms,
			 struct error *err)
{
	*reader = (struct message_reader){.reading = reading, .rooms = rooms};
	reader->in = (struct input){reading->resolver, &reader->bytes, err};
}

void message_reader_free(struct message_reader *reader)
{
	message_plan_free(&reader->plan);
	buf_free(&reader->bytes);
	buf_free(&reader->control);
}

int message_read_number(struct message_reader *reader, const struct part *part, long most,
			long *out)
{
	if (literal_number(part->text, part->len, 0, most, out, reader->in.err) < 0)
		return part_fail_within(&reader->in, part);
	return 0;
}

/* What is given: adds it to all bytes, of which LEN (-1: all of it) belong to the buffer. */
static int add_bytes(struct message_reader *reader, const struct part *part, long len)
{
	struct buf *bytes = &reader->bytes;
	size_t before = bytes->len;

	if (confine_literal(reader->in.resolver, part->text, part->len, reader->in.err) < 0)
		return part_fail(&reader->in, part);
	if (!part_is(part, "NULL") &&
	    literal_bytes(part->text, part->len, MESSAGE_BYTES, bytes, reader->in.err) < 0)
		return part_fail_within(&reader->in, part);
	if (len >= 0 && (size_t)len > bytes->len - before) {
		error_set(reader->in.err, "%zu bytes are given, %ld cannot be sent",
			  bytes->len - before, len);
		return part_fail(&reader->in, part);
	}
	if (len >= 0)
		buf_truncate(bytes, before + (size_t)len);
	return add_buffer(reader, part, bytes->len - before);
}

static int read_iovec(struct message_reader *reader, const struct part *whole)
{
	struct part all = part_inside(whole), part, base = {0}, length = {0};
	size_t at = 0;
	long len = -1;

	while (part_next(&all, &at, &part)) {
		struct part name = part_take_name(&part);

		if (part_is(&name, "iov_base") || (!name.len && !base.text)) {
			base = part;
		} else if (part_is(&name, "iov_len") || (!name.len && !length.text)) {
			length = part;
		} else {
			error_set(reader->in.err, "struct iovec has iov_base and iov_len");
			return part_fail(&reader->in, name.len ? &name : &part);
		}
	}
	if (!base.text || (reader->rooms && !length.text)) {
		error_set(reader->in.err, "expected {iov_base=%s, iov_len=2}",
			  reader->rooms ? "buf" : "\"ab\"");
		return part_fail(&reader->in, whole);
	}
	if (length.text && message_read_number(reader, &length, LONG_MAX, &len) < 0)
		return -1;
	return reader->rooms ? add_buffer(reader, &length, (size_t)len)
			     : add_bytes(reader, &base, len);
}

int message_read_buffer(struct message_reader *reader, const struct part *part)
{
	long len;

	if (part_enclosed(part, '{'))
		return read_iovec(reader, part);
	if (!reader->rooms)
		return add_bytes(reader, part, -1);
	return message_read_number(reader, part, LONG_MAX, &len) < 0
		       ? -1
		       : add_buffer(reader, part, (size_t)len);
}

int message_read_buffers(struct message_reader *reader, const struct part *whole)
{
	struct part all = part_enclosed(whole, '[') ? part_inside(whole) : *whole, part;
	size_t at = 0;

	if (part_is(whole, "NULL"))
		return 0;
	while (part_next(&all, &at, &part))
		if (message_read_buffer(reader, &part) < 0)
			return -1;
	return 0;
}

int message_keep(struct message_reader *reader, struct value *out)
{
	int result = -1;

	if (reader->bytes.failed || reader->control.failed) {
		error_set(reader->in.err, "out of memory");
	} else {
		if (!reader->rooms)
			reader->plan.bytes = buf_take(&reader->bytes);
		if (reader->control.len)
			reader->plan.control = buf_take(&reader->control);
		result = message_make(&reader->plan, &out->data, &out->size, reader->in.err);
	}
	message_reader_free(reader);
	return result;
}

static int read_list(const struct reading *reading, const struct word *word, struct value *out,
		     struct error *err, bool rooms)
{
	struct message_reader reader;
	int result = 0;

	message_reader_init(&reader, reading, rooms, err);
	if (word) {
		struct part whole = part_trimmed((struct part){word->text, word->len, 0});

		result = message_read_buffers(&reader, &whole);
	}
	if (result < 0) {
		message_reader_free(&reader);
		return -1;
	}
	return message_keep(&reader, out);
}

static int read_iovec_in(const struct reading *reading, const struct word *word, struct value *out,
			 struct error *err)
{
	return read_list(reading, word, out, err, false);
}

static int read_iovec_out(const struct reading *reading, const struct word *word, struct value *out,
			  struct error *err)
{
	return read_list(reading, word, out, err, true);
}

static void print_list(struct buf *out, const struct value *value, long got)
{
	struct message message;

	if (message_open(value->data, value->size, NULL, &message))
		message_print_buffers(out, &message, got);
	else
		buf_str(out, "iov");
}

static void print_iovec_in(struct buf *out, const struct record *record, const struct value *values,
			   int index, const struct frame *frame)
{
	(void)record;
	(void)frame;
	print_list(out, &values[index], LONG_MAX);
}

static void print_iovec_out(struct buf *out, const struct record *record,
			    const struct value *values, int index, const struct frame *frame)
{
	(void)record;
	print_list(out, &values[index], frame ? frame->result : -1);
}

const struct kind kind_iovec = {
	.what = "buffers such as \"ab\" \"cd\"",
	.way = FRAME_IN,
	.read = read_iovec_in,
	.print = print_iovec_in,
	.completes = "file",
};

const struct kind kind_iovec_out = {
	.what = "sizes of buffers such as 3,10",
	.way = FRAME_BOTH,
	.read = read_iovec_out,
	.print = print_iovec_out,
};

static int read_iovec_len(const struct reading *reading, const struct word *word, struct value *out,
			  struct error *err)
{
	const struct value *list = &reading->values[reading->index - 1];
	struct message message;

	if (message_open(list->data, list->size, NULL, &message))
		out->number = message.head->buffers;
	if (word &&
	    literal_number(word->text, word->len, INT_MIN, out->number, &out->number, err) < 0)
		return -1;
	return 0;
}

const struct kind kind_iovec_len = {
	.what = "how many buffers",
	.read = read_iovec_len,
	.print = kind_print_number,
};
