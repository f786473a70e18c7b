/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "calls/kinds_message.h"
#include "calls/literal.h"
#include "names/controls.h"

/* What programs usually have room for: two hundred descriptors and more fit. */
#define CONTROL_USUAL 1024

/* Reads what stands behind a name and =, or the field of a structure. */
typedef int read_member(struct message_reader *reader, const struct part *part);

static int fail_at(struct message_reader *reader, const struct part *part, const char *text)
{
	error_set(reader->in.err, "%s", text);
	return part_fail(&reader->in, part);
}

static int read_number(struct message_reader *reader, const struct part *part, long most,
		       uint32_t *out)
{
	long number;

	if (message_read_number(reader, part, most, &number) < 0)
		return -1;
	*out = (uint32_t)number;
	return 0;
}

static int read_to(struct message_reader *reader, const struct part *part)
{
	struct message_head *head = &reader->plan.head;
	struct word word = {.text = part->text, .len = part->len};
	struct value value = {0};

	if (kind_address.read(reader->reading, &word, &value, reader->in.err) < 0)
		return part_fail_within(&reader->in, part);
	head->name_len = (uint32_t)value.number;
	head->name_room = value.data ? MESSAGE_NAME : 0;
	if (value.data)
		memcpy(reader->plan.name, value.data, MESSAGE_NAME);
	free(value.data);
	return 0;
}

/* The room for a name: in C it may be called anything. */
static int read_name_room(struct message_reader *reader, const struct part *part)
{
	struct message_head *head = &reader->plan.head;

	head->name_room = part_is(part, "NULL") ? 0 : MESSAGE_NAME;
	head->name_len = head->name_room;
	return 0;
}

static int read_msg_name(struct message_reader *reader, const struct part *part)
{
	return reader->rooms ? read_name_room(reader, part) : read_to(reader, part);
}

static int read_name_len(struct message_reader *reader, const struct part *part)
{
	struct message_head *head = &reader->plan.head;

	if (read_number(reader, part, MESSAGE_NAME, &head->name_len) < 0)
		return -1;
	head->name_room = head->name_len ? MESSAGE_NAME : 0;
	return 0;
}

/* One control message behind those that there are: its head, then what it carries. */
static void add_control(struct message_reader *reader, const struct cmsghdr *head,
			const struct buf *data)
{
	static const char zeros[CMSG_ALIGN(1)];
	struct buf *control = &reader->control;

	buf_add(control, head, sizeof(*head));
	buf_add(control, zeros, CMSG_LEN(0) - sizeof(*head));
	buf_add(control, buf_text(data), data->len);
	buf_add(control, zeros, CMSG_ALIGN(data->len) - data->len);
	reader->plan.head.control_room = (uint32_t)control->len;
	reader->plan.head.control_len = (uint32_t)control->len;
}

static int check_control(struct message_reader *reader, const struct part *part)
{
	if (reader->control.len <= MESSAGE_CONTROL)
		return 0;
	return fail_at(reader, part, "the control messages are too long: at most 64 KiB are taken");
}

/* As bytes, too, descriptors of sockstep's own are not given away. */
static int check_descriptors(struct message_reader *reader, const struct part *part,
			     const struct buf *data)
{
	const struct resolver *resolver = reader->in.resolver;
	char text[16];
	size_t at;
	int fd;

	for (at = 0; resolver && at + sizeof(fd) <= data->len; at += sizeof(fd)) {
		memcpy(&fd, data->data + at, sizeof(fd));
		*reader->in.err = (struct error){0};
		resolver->descriptor(resolver->data, text,
				     (size_t)snprintf(text, sizeof(text), "%d", fd),
				     reader->in.err);
		if (fd >= 0 && reader->in.err->text[0])
			return part_fail(&reader->in, part);
	}
	return 0;
}

static int read_value(struct message_reader *reader, const struct control *control,
		      const struct part *part, struct buf *out)
{
	if (option_read(control ? &control->value : NULL, reader->in.resolver, part->text,
			part->len, out, reader->in.err) < 0)
		return part_fail_within(&reader->in, part);
	return controls_has_descriptors(control) ? check_descriptors(reader, part, out) : 0;
}

/* rights=4,5 */
static int read_short(struct message_reader *reader, const struct control *control,
		      const struct part *part)
{
	struct buf data = {0};
	int result = read_value(reader, control, part, &data);

	if (result == 0) {
		struct cmsghdr head = {.cmsg_len = CMSG_LEN(data.len),
				       .cmsg_level = control->value.level,
				       .cmsg_type = control->value.value};

		add_control(reader, &head, &data);
		result = check_control(reader, part);
	}
	buf_free(&data);
	return result;
}

/* The fields of one in C. */
struct cmsg_parts {
	struct part len, level, type, data;
};

static int take_cmsg_field(struct message_reader *reader, struct cmsg_parts *parts,
			   struct part *part)
{
	struct part name = part_take_name(part);

	if (part_is(&name, "cmsg_len"))
		parts->len = *part;
	else if (part_is(&name, "cmsg_level"))
		parts->level = *part;
	else if (part_is(&name, "cmsg_type"))
		parts->type = *part;
	else if (part_is(&name, "cmsg_data"))
		parts->data = *part;
	else
		return fail_at(reader, name.len ? &name : part,
			       "struct cmsghdr has cmsg_len, cmsg_level, cmsg_type and cmsg_data");
	return 0;
}

static int read_cmsg_type(struct message_reader *reader, const struct part *part, long level,
			  int *type)
{
	const struct control *control = controls_find(part->text, part->len);
	long number;

	if (control && control->value.level == level) {
		*type = control->value.value;
		return 0;
	}
	if (literal_constant(part->text, part->len, &names_scm, NULL, &number, reader->in.err) < 0)
		return part_fail_within(&reader->in, part);
	*type = (int)number;
	return 0;
}

static int read_cmsg_head(struct message_reader *reader, const struct cmsg_parts *parts,
			  struct cmsghdr *head)
{
	const struct part *level = &parts->level;
	long number = 0;

	if (literal_constant(level->text, level->len, &names_level, NULL, &number, reader->in.err) <
	    0)
		return part_fail_within(&reader->in, level);
	head->cmsg_level = (int)number;
	if (read_cmsg_type(reader, &parts->type, number, &head->cmsg_type) < 0)
		return -1;
	if (!parts->len.text)
		return 0;
	if (message_read_number(reader, &parts->len, LONG_MAX, &number) < 0)
		return -1;
	head->cmsg_len = (size_t)number;
	return 0;
}

/* {cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[4]} */
static int read_cmsg(struct message_reader *reader, const struct part *whole)
{
	struct part all = part_inside(whole), part;
	struct cmsg_parts parts = {0};
	struct cmsghdr head = {0};
	struct buf data = {0};
	size_t at = 0;
	int result = 0;

	while (part_next(&all, &at, &part))
		if (take_cmsg_field(reader, &parts, &part) < 0)
			return -1;
	if (!parts.level.text || !parts.type.text)
		return fail_at(reader, whole,
			       "expected cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS");
	if (read_cmsg_head(reader, &parts, &head) < 0)
		return -1;
	if (parts.data.text)
		result = read_value(reader, controls_entry(head.cmsg_level, head.cmsg_type),
				    &parts.data, &data);
	if (!parts.len.text)
		head.cmsg_len = CMSG_LEN(data.len);
	if (result == 0)
		add_control(reader, &head, &data);
	buf_free(&data);
	return result < 0 ? -1 : check_control(reader, whole);
}

static int read_msg_control(struct message_reader *reader, const struct part *whole)
{
	struct part all = part_enclosed(whole, '[') ? part_inside(whole) : *whole, part;
	struct message_head *head = &reader->plan.head;
	size_t at = 0;

	if (part_is(whole, "NULL"))
		return 0;
	reader->controls = true;
	if (reader->rooms) {
		head->control_room = head->control_len = CONTROL_USUAL;
		return 0;
	}
	while (part_next(&all, &at, &part))
		if (read_cmsg(reader, &part) < 0)
			return -1;
	return 0;
}

static int read_control_room(struct message_reader *reader, const struct part *part)
{
	struct message_head *head = &reader->plan.head;

	if (read_number(reader, part, MESSAGE_CONTROL, &head->control_room) < 0)
		return -1;
	head->control_len = head->control_room;
	return 0;
}

static int read_control_len(struct message_reader *reader, const struct part *part)
{
	struct message_head *head = &reader->plan.head;
	long most = reader->controls ? MESSAGE_CONTROL : 0;

	if (reader->rooms)
		return read_control_room(reader, part);
	if (read_number(reader, part, most, &head->control_len) < 0)
		return -1;
	/* Behind a cmsg_len that is wrong more may have stood, which nobody tells of. */
	while (reader->control.len < head->control_len && !reader->control.failed)
		buf_char(&reader->control, '\0');
	/* Of no bytes, the kernel does not look where they are. */
	if (head->control_len > head->control_room || !head->control_len)
		head->control_room = head->control_len;
	return 0;
}

static int read_iovlen(struct message_reader *reader, const struct part *part)
{
	struct message_plan *plan = &reader->plan;

	return read_number(reader, part, plan->buffers, &plan->buffers);
}

static int read_constants(struct message_reader *reader, const struct part *part, long *out)
{
	if (literal_constant(part->text, part->len, &names_msg, NULL, out, reader->in.err) < 0)
		return part_fail_within(&reader->in, part);
	return 0;
}

/* recvmsg() does not look at what was there before. */
static int read_msg_flags(struct message_reader *reader, const struct part *part)
{
	long flags;

	if (read_constants(reader, part, &flags) < 0)
		return -1;
	reader->plan.head.flags = reader->rooms ? 0 : (int)flags;
	return 0;
}

/* Those of the call: the argument behind the message takes them from there. */
int message_read_flags(struct message_reader *reader, const struct part *part)
{
	int arg = record_arg_of(reader->reading->record, &kind_msg_flags);
	long flags;

	if (read_constants(reader, part, &flags) < 0)
		return -1;
	reader->reading->values[arg].number |= flags;
	return 0;
}

struct member {
	const char *name;
	read_member *read;
};

/* In the order in which they are read: a length behind what it is the length of. */
static const struct member members[] = {
	{"msg_name", read_msg_name},       {"msg_namelen", read_name_len},
	{"msg_iov", message_read_buffers}, {"msg_iovlen", read_iovlen},
	{"msg_control", read_msg_control}, {"msg_controllen", read_control_len},
	{"msg_flags", read_msg_flags},
};

static int take_member(struct message_reader *reader, struct part parts[COUNT_OF(members)],
		       struct part *part)
{
	struct part name = part_take_name(part);
	size_t i;

	for (i = 0; i < COUNT_OF(members); i++) {
		if (!part_is(&name, members[i].name))
			continue;
		parts[i] = *part;
		return 0;
	}
	return fail_at(reader, name.len ? &name : part,
		       "struct msghdr has msg_name, msg_namelen, msg_iov, msg_iovlen, msg_control, "
		       "msg_controllen and msg_flags");
}

static int read_header(struct message_reader *reader, const struct part *whole)
{
	struct part all = part_inside(whole), part, parts[COUNT_OF(members)] = {0};
	size_t at = 0, i;

	while (part_next(&all, &at, &part))
		if (take_member(reader, parts, &part) < 0)
			return -1;
	for (i = 0; i < COUNT_OF(members); i++)
		if (parts[i].text && members[i].read(reader, &parts[i]) < 0)
			return -1;
	return 0;
}

static const struct member sent_words[] = {{"to", read_to}, {"flags", message_read_flags}};
static const struct member received_words[] = {
	{"name", read_name_len}, {"control", read_control_room}, {"flags", message_read_flags}};

static int fail_word(struct message_reader *reader, const struct part *name)
{
	error_set(reader->in.err,
		  reader->rooms ? "no %.*s= is known: expected name=, control= or flags="
				: "no %.*s= is known: expected to=, rights= and the like, or "
				  "flags= (bytes that hold = are quoted)",
		  part_shown(name), name->text);
	return part_fail(&reader->in, name);
}

/* to=ADDRESS, rights=4,5 and so on. */
static int read_named(struct message_reader *reader, const struct part *name,
		      const struct part *part)
{
	const struct member *list = reader->rooms ? received_words : sent_words;
	size_t count = reader->rooms ? COUNT_OF(received_words) : COUNT_OF(sent_words), i;
	const struct control *control = controls_find(name->text, name->len);

	if (!part->len)
		return fail_at(reader, name, "the value is missing");
	for (i = 0; i < count; i++)
		if (part_is(name, list[i].name))
			return list[i].read(reader, part);
	if (reader->rooms || !control || !control->word)
		return fail_word(reader, name);
	return read_short(reader, control, part);
}

bool message_is_flags(const struct part *part)
{
	struct error ignored;
	long flags;

	if (!part->len || part_one_of(part->text[0], "\"'[{") || part_digit(part->text[0]))
		return false;
	return literal_constant(part->text, part->len, &names_msg, NULL, &flags, &ignored) == 0;
}

/* Words such as "hello" to=127.0.0.1:80 DONTWAIT; LISTED: whether there are buffers. */
static int read_words(struct message_reader *reader, const struct part *whole, bool *listed)
{
	struct part part;
	size_t at = 0;

	while (part_next_word(whole, &at, &part)) {
		struct part name = part_take_name(&part);
		int result;

		if (name.len) {
			result = read_named(reader, &name, &part);
		} else if ((*listed || reader->rooms) && message_is_flags(&part)) {
			/* Bytes may be any word: only what stands behind them can be flags. */
			result = message_read_flags(reader, &part);
		} else {
			result = message_read_buffers(reader, &part);
			*listed = true;
		}
		if (result < 0)
			return -1;
	}
	return 0;
}

/* The structure, and in a shell's spelling the flags behind it. */
static int read_structure(struct message_reader *reader, const struct part *whole)
{
	struct part part;
	size_t at = 0;

	if (!part_next_word(whole, &at, &part) || read_header(reader, &part) < 0)
		return -1;
	if (!part_next_word(whole, &at, &part))
		return 0;
	return message_read_flags(reader, &part);
}

static bool is_structure(const struct part *whole)
{
	struct part first, inner, name;
	size_t at = 0;

	if (!whole->len || whole->text[0] != '{' || !part_next_word(whole, &at, &first))
		return false;
	inner = part_inside(&first);
	name = part_take_name(&inner);
	return part_begins(&name, "msg_");
}

/* What the kernel fills in may have any name in C. */
static bool is_variable(const struct message_reader *reader, const struct part *whole)
{
	return reader->rooms && reader->reading->c_spelling && whole->len &&
	       !part_digit(whole->text[0]) && !part_one_of(whole->text[0], "-[{") &&
	       !memchr(whole->text, '=', whole->len);
}

int message_read(struct message_reader *reader, const struct part *whole)
{
	static const struct part usual = {.text = "4096", .len = 4};
	struct message_head *head = &reader->plan.head;
	bool listed = false;

	if (is_structure(whole))
		return read_structure(reader, whole);
	if (reader->rooms) {
		head->name_room = head->name_len = MESSAGE_NAME;
		head->control_room = head->control_len = CONTROL_USUAL;
	}
	if (!is_variable(reader, whole) && read_words(reader, whole, &listed) < 0)
		return -1;
	return reader->rooms && !listed ? message_read_buffer(reader, &usual) : 0;
}

static int read_message(const struct reading *reading, const struct word *word, struct value *out,
			struct error *err, bool rooms)
{
	struct message_reader reader;
	struct part whole = {.text = ""};

	message_reader_init(&reader, reading, rooms, err);
	if (word)
		whole = part_trimmed((struct part){word->text, word->len, 0});
	if (message_read(&reader, &whole) < 0) {
		message_reader_free(&reader);
		return -1;
	}
	return message_keep(&reader, out);
}

static int read_sent(const struct reading *reading, const struct word *word, struct value *out,
		     struct error *err)
{
	return read_message(reading, word, out, err, false);
}

static int read_received(const struct reading *reading, const struct word *word, struct value *out,
			 struct error *err)
{
	return read_message(reading, word, out, err, true);
}

/* Flags that stand behind it are told from it when the words are read. */
static bool looks_message(const struct reading *reading, const struct word *word)
{
	(void)reading;
	return word->len > 0;
}

static void print_sent(struct buf *out, const struct record *record, const struct value *values,
		       int index, const struct frame *frame)
{
	struct message message;

	(void)record;
	(void)frame;
	if (message_open(values[index].data, values[index].size, NULL, &message))
		message_print_header(out, &message, values[index].network, LONG_MAX);
	else
		buf_str(out, "msg");
}

static void print_received(struct buf *out, const struct record *record, const struct value *values,
			   int index, const struct frame *frame)
{
	struct message message;

	(void)record;
	if (message_open(values[index].data, values[index].size, NULL, &message))
		message_print_header(out, &message, values[index].network,
				     frame ? frame->result : -1);
	else
		buf_str(out, "msg");
}

const struct kind kind_msghdr = {
	.what = "a message such as \"hello\" to=127.0.0.1:80, or \"x\" rights=4,5",
	.way = FRAME_IN,
	.read = read_sent,
	.print = print_sent,
	.completes = "message",
};

const struct kind kind_msghdr_out = {
	.what = "the sizes of buffers, and of the rest: 100 control=64",
	.way = FRAME_BOTH,
	.looks = looks_message,
	.read = read_received,
	.print = print_received,
	.completes = "message",
	.left_out = "4096",
};

/* Left out, they are what stood among the words of the message. */
static int read_msg_call_flags(const struct reading *reading, const struct word *word,
			       struct value *out, struct error *err)
{
	return word ? kind_flags.read(reading, word, out, err) : 0;
}

static void print_msg_call_flags(struct buf *out, const struct record *record,
				 const struct value *values, int index, const struct frame *frame)
{
	kind_flags.print(out, record, values, index, frame);
}

const struct kind kind_msg_flags = {
	.what = "flags joined by |",
	.read = read_msg_call_flags,
	.print = print_msg_call_flags,
	.completes = "names",
	.left_out = "0",
};
