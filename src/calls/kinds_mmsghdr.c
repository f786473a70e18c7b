/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "calls/kinds.h"
#include "calls/kinds_message.h"
#include "calls/literal.h"

/* Several messages: pieces one behind the other. */

struct list_reader {
	const struct reading *reading;
	struct error *err;
	bool rooms;
	struct buf pieces;
	unsigned count;
	size_t buffers; /* of all messages */
};

static int fail_list(struct list_reader *list, const struct part *part, const char *text, int most)
{
	error_set(list->err, text, most);
	return part_fail(&(struct input){.err = list->err}, part);
}

/* {msg_hdr={…}, msg_len=5}: what is inside of msg_hdr. */
static int take_header(struct list_reader *list, const struct part *whole, struct part *out)
{
	struct input in = {.err = list->err};
	struct part all = part_inside(whole), part;
	size_t at = 0;

	*out = part_slice(whole, 0, 0);
	while (part_next(&all, &at, &part)) {
		struct part name = part_take_name(&part);

		if (part_is(&name, "msg_hdr")) {
			*out = part;
		} else if (!part_is(&name, "msg_len")) {
			error_set(list->err, "struct mmsghdr has msg_hdr and msg_len");
			return part_fail(&in, name.len ? &name : &part);
		}
	}
	return 0;
}

/* Without the braces of {"one" to=…}; those of struct msghdr and struct iovec are their own. */
static int unwrap(struct list_reader *list, const struct part *part, struct part *out)
{
	struct part inner = part_inside(part), name;

	*out = *part;
	if (!part_enclosed(part, '{'))
		return 0;
	name = part_take_name(&inner);
	if (part_begins(&name, "msg_hdr") || part_is(&name, "msg_len"))
		return take_header(list, part, out);
	if (!part_begins(&name, "msg_") && !part_begins(&name, "iov_"))
		*out = part_inside(part);
	return 0;
}

static int add_message(struct list_reader *list, const struct part *part)
{
	struct message_reader reader;
	struct value piece = {0};
	struct part inner;
	int result;

	if (list->count == MESSAGES_MOST)
		return fail_list(list, part, "at most %d messages are taken", MESSAGES_MOST);
	message_reader_init(&reader, list->reading, list->rooms, list->err);
	if (unwrap(list, part, &inner) < 0 || message_read(&reader, &inner) < 0) {
		message_reader_free(&reader);
		return -1;
	}
	list->buffers += reader.plan.buffers;
	result = message_keep(&reader, &piece);
	if (result == 0)
		buf_add(&list->pieces, piece.data, piece.size);
	free(piece.data);
	list->count++;
	if (result == 0 && list->buffers > MESSAGE_BUFFERS)
		return fail_list(list, part, "at most %d buffers are taken", MESSAGE_BUFFERS);
	if (result == 0 && list->pieces.len > 2 * MESSAGE_BYTES)
		return fail_list(list, part, "these messages have more than %d MiB", 128);
	return result;
}

/* In brackets with commas between, or words; the flags may stand behind those. */
static int read_list(struct list_reader *list, const struct part *whole)
{
	bool brackets = part_enclosed(whole, '[');
	struct part all = brackets ? part_inside(whole) : *whole, part;
	struct message_reader flags = {.reading = list->reading};
	size_t at = 0;

	flags.in.err = list->err;
	while (brackets ? part_next(&all, &at, &part) : part_next_word(&all, &at, &part)) {
		bool behind = !brackets && (list->count || list->rooms);

		if (behind && message_is_flags(&part)) {
			if (message_read_flags(&flags, &part) < 0)
				return -1;
		} else if (add_message(list, &part) < 0) {
			return -1;
		}
	}
	return 0;
}

static int read_messages(const struct reading *reading, const struct word *word, struct value *out,
			 struct error *err, bool rooms)
{
	struct list_reader list = {.reading = reading, .err = err, .rooms = rooms};
	struct part whole = part_trimmed((struct part){word->text, word->len, 0});

	if (read_list(&list, &whole) < 0) {
		buf_free(&list.pieces);
		return -1;
	}
	out->size = list.pieces.len;
	if (list.pieces.failed || (list.count && !(out->data = buf_take(&list.pieces)))) {
		buf_free(&list.pieces);
		return error_set(err, "out of memory");
	}
	return 0;
}

static int read_sent(const struct reading *reading, const struct word *word, struct value *out,
		     struct error *err)
{
	return read_messages(reading, word, out, err, false);
}

static int read_received(const struct reading *reading, const struct word *word, struct value *out,
			 struct error *err)
{
	return read_messages(reading, word, out, err, true);
}

/* Of the first DONE the length is shown; ROOMS: of the others, nothing has come. */
static void print_messages(struct buf *out, const struct value *value, long done, bool rooms)
{
	struct message message;
	size_t at = 0;
	long i;

	buf_char(out, '[');
	for (i = 0; message_open(value->data, value->size, &at, &message); i++) {
		long got = rooms ? (long)message.head->got : LONG_MAX;

		buf_str(out, i ? ", {msg_hdr=" : "{msg_hdr=");
		message_print_header(out, &message, value->network, i < done || !rooms ? got : -1);
		if (i < done)
			buf_printf(out, ", msg_len=%u", message.head->got);
		buf_char(out, '}');
	}
	buf_char(out, ']');
}

static void print_sent(struct buf *out, const struct record *record, const struct value *values,
		       int index, const struct frame *frame)
{
	(void)record;
	print_messages(out, &values[index], frame ? frame->result : 0, false);
}

static void print_received(struct buf *out, const struct record *record, const struct value *values,
			   int index, const struct frame *frame)
{
	(void)record;
	print_messages(out, &values[index], frame ? frame->result : 0, true);
}

const struct kind kind_mmsghdr = {
	.what = "messages such as \"one\" {\"two\" to=127.0.0.1:80}",
	.way = FRAME_BOTH,
	.read = read_sent,
	.print = print_sent,
	.completes = "message",
};

const struct kind kind_mmsghdr_out = {
	.what = "the room of each message: 100 {10,20 control=64}",
	.way = FRAME_BOTH,
	.read = read_received,
	.print = print_received,
	.completes = "message",
};

static int read_count(const struct reading *reading, const struct word *word, struct value *out,
		      struct error *err)
{
	const struct value *list = &reading->values[reading->index - 1];
	struct message message;
	size_t at = 0;

	while (message_open(list->data, list->size, &at, &message))
		out->number++;
	if (!word)
		return 0;
	return literal_number(word->text, word->len, 0, out->number, &out->number, err);
}

const struct kind kind_mmsghdr_len = {
	.what = "how many messages",
	.read = read_count,
	.print = kind_print_number,
};
