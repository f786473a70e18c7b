/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "calls/confine.h"
#include "calls/kinds.h"
#include "calls/kinds_option.h"
#include "calls/literal.h"

#define LEVEL_FROM_OPTION LONG_MIN
#define ALL_OPTIONS       LONG_MIN
#define ROOM_LEAST        ((size_t)512)

static bool looks_level(const struct reading *reading, const struct word *word)
{
	struct error ignored;
	long level;

	(void)reading;
	return literal_constant(word->text, word->len, &names_level, NULL, &level, &ignored) == 0;
}

static int read_level(const struct reading *reading, const struct word *word, struct value *out,
		      struct error *err)
{
	(void)reading;
	out->number = LEVEL_FROM_OPTION;
	if (!word)
		return 0;
	return literal_constant(word->text, word->len, &names_level, NULL, &out->number, err);
}

static void print_level(struct buf *out, const struct record *record, const struct value *values,
			int index, const struct frame *frame)
{
	(void)record;
	(void)frame;
	if (values[index].number != LEVEL_FROM_OPTION)
		names_print(out, &names_level, values[index].number);
}

const struct kind kind_level = {
	.what = "a level such as SOL_SOCKET",
	.looks = looks_level,
	.read = read_level,
	.print = print_level,
	.completes = "level",
	.left_out = "the level of the option",
};

static int unknown_option(const struct word *word, struct error *err)
{
	const char *near = options_near(word->text, word->len);

	if (near)
		return error_set(err, "no option %.*s: did you mean %s?", (int)word->len,
				 word->text, near);
	return error_set(err, "no option %.*s: give its name, or its level and number",
			 (int)word->len, word->text);
}

/* The option left out: all of that level, or of every level. */
static int take_all(const struct value *level, struct value *out, struct error *err)
{
	size_t i = 0;

	while (level->number != LEVEL_FROM_OPTION && i < options_count &&
	       options[i].level != level->number)
		i++;
	if (i == options_count)
		return error_set(err, "the option is missing: no option of level %ld has a name",
				 level->number);
	out->number = ALL_OPTIONS;
	return 0;
}

bool option_left_out(const struct value *values, int *level)
{
	*level = values[1].number == LEVEL_FROM_OPTION ? -1 : (int)values[1].number;
	return values[2].number == ALL_OPTIONS;
}

static int find_option(const struct reading *reading, const struct word *word, struct value *out,
		       struct error *err)
{
	struct value *level = &reading->values[reading->index - 1];
	int family = AF_UNSPEC, type = 0;
	const struct option *option;
	struct error ignored;

	if (!word)
		return take_all(level, out, err);
	if (literal_number(word->text, word->len, 0, INT_MAX, &out->number, &ignored) == 0) {
		if (level->number == LEVEL_FROM_OPTION)
			return error_set(err, "an option by number needs its level before it");
		return 0;
	}
	if (reading->resolver)
		reading->resolver->family(reading->resolver->data, (int)reading->values[0].number,
					  &family, &type);
	option = options_find_on(word->text, word->len,
				 level->number == LEVEL_FROM_OPTION ? -1 : (int)level->number,
				 family, type);
	if (!option)
		return unknown_option(word, err);
	level->number = option->level;
	out->number = option->value;
	return 0;
}

static int read_option(const struct reading *reading, const struct word *word, struct value *out,
		       struct error *err)
{
	bool set = record_arg_of(reading->record, &kind_option_value) >= 0;

	if (find_option(reading, word, out, err) < 0)
		return -1;
	return set ? confine_option(reading->resolver,
				    (int)reading->values[reading->index - 1].number,
				    (int)out->number, err)
		   : 0;
}

/* The option whose value is argument INDEX of getsockopt() or setsockopt(). */
static const struct option *option_before(const struct record *record, const struct value *values,
					  int index)
{
	bool set = record_arg_of(record, &kind_option_value) >= 0;

	return options_entry_for((int)values[index - 2].number, (int)values[index - 1].number,
				 set ? OPTION_SET : OPTION_GET);
}

static void print_option(struct buf *out, const struct record *record, const struct value *values,
			 int index, const struct frame *frame)
{
	const struct option *option = option_before(record, values, index + 1);

	(void)frame;
	if (option)
		buf_str(out, option->name);
	else if (values[index].number != ALL_OPTIONS)
		buf_printf(out, "%ld", values[index].number);
}

const struct kind kind_option = {
	.what = "an option such as SO_REUSEADDR",
	.read = read_option,
	.print = print_option,
	.completes = "option",
};

static int read_option_value(const struct reading *reading, const struct word *word,
			     struct value *out, struct error *err)
{
	const struct option *option =
		option_before(reading->record, reading->values, reading->index);
	struct buf bytes = {0};

	if (!word)
		return error_set(err, "the value is missing");
	if (confine_literal(reading->resolver, word->text, word->len, err) < 0)
		return -1;
	if (option_read(option, reading->resolver, word->text, word->len, &bytes, err) < 0) {
		buf_free(&bytes);
		return -1;
	}
	out->size = bytes.len;
	out->data = buf_take(&bytes);
	return out->data ? 0 : error_set(err, "out of memory");
}

static int given_network(void *data)
{
	return *(const int *)data;
}

/* Whether a text reads as the value that it was printed for. */
static bool reads_back(const struct option *option, const struct value *value, const char *text)
{
	int network = value->network;
	struct resolver resolver = {.data = &network, .network = given_network};
	struct buf bytes = {0};
	struct error ignored;
	bool same;

	same = option_read(option, &resolver, text, strlen(text), &bytes, &ignored) == 0 &&
	       bytes.len == value->size && memcmp(buf_text(&bytes), value->data, bytes.len) == 0;
	buf_free(&bytes);
	return same;
}

/* All that is sent is shown, in a form that can be typed: bytes, where the option's own is none. */
static void print_option_value(struct buf *out, const struct record *record,
			       const struct value *values, int index, const struct frame *frame)
{
	const struct option *option = option_before(record, values, index);
	const struct value *value = &values[index];
	size_t start = out->len;

	(void)frame;
	option_print(out, value->network, option, value->data, value->size);
	if (reads_back(option, value, buf_text(out) + start))
		return;
	buf_truncate(out, start);
	option_print_bytes(out, option, value->data, value->size);
}

const struct kind kind_option_value = {
	.what = "the option's value",
	.way = FRAME_IN,
	.read = read_option_value,
	.print = print_option_value,
	.completes = "value",
};

/* Most options need no question, and in C any word may stand for the variable. */
static bool asks(const struct option *option, const struct word *word)
{
	return option && option->reading == OPTION_ASKS && word && word->len &&
	       (word->text[0] == '{' || word->text[0] == '[' ||
		(word->text[0] >= '0' && word->text[0] <= '9'));
}

static int read_option_value_out(const struct reading *reading, const struct word *word,
				 struct value *out, struct error *err)
{
	const struct option *option =
		option_before(reading->record, reading->values, reading->index);
	struct buf bytes = {0};

	out->size = option_room(option);
	/* Who gives the length may give more than the option needs. */
	if (out->size < ROOM_LEAST)
		out->size = ROOM_LEAST;
	out->data = calloc(1, out->size);
	if (!out->data)
		return error_set(err, "out of memory");
	if (asks(option, word)) {
		if (option_read(option, reading->resolver, word->text, word->len, &bytes, err) <
		    0) {
			buf_free(&bytes);
			return -1;
		}
		memcpy(out->data, buf_text(&bytes), bytes.len < out->size ? bytes.len : out->size);
		buf_free(&bytes);
	}
	return 0;
}

static void print_option_value_out(struct buf *out, const struct record *record,
				   const struct value *values, int index, const struct frame *frame)
{
	if (values[index - 1].number == ALL_OPTIONS)
		return;
	if (!frame || frame->result < 0 || !values[index].data)
		buf_str(out, "optval");
	else
		option_print(out, values[index].network, option_before(record, values, index),
			     values[index].data, values[index].size);
}

const struct kind kind_option_value_out = {
	.what = "where the kernel puts the value",
	.way = FRAME_BOTH,
	.read = read_option_value_out,
	.print = print_option_value_out,
};

/* Bytes that the kernel counts as one where it is told a length. */
static long unit_of(const struct option *option)
{
	unsigned unit = options_layout(option)->unit;

	return unit ? unit : 1;
}

static int read_option_len(const struct reading *reading, const struct word *word,
			   struct value *out, struct error *err)
{
	const struct option *option =
		option_before(reading->record, reading->values, reading->index - 1);
	const struct option_layout *layout = options_layout(option);
	long size = (long)reading->values[reading->index - 1].size;

	if (layout->pointer && size > (long)layout->size)
		size = layout->size;
	out->number = size / unit_of(option);
	if (!word)
		return 0;
	return literal_number(word->text, word->len, 0, out->number, &out->number, err);
}

const struct kind kind_option_len = {
	.what = "the value's length",
	.read = read_option_len,
	.print = kind_print_number,
};

static struct word inside(const struct word *word)
{
	struct word inner = *word;

	if (inner.len >= 2 && inner.text[0] == '[' && inner.text[inner.len - 1] == ']') {
		inner.text++;
		inner.len -= 2;
	}
	return inner;
}

/* SO_PEERNAME wants the length exactly. */
static size_t room_of(const struct reading *reading, const struct option *option)
{
	int family = AF_UNSPEC, type = 0;

	if (!option || option->type != OPTION_ADDRESS || !reading->resolver)
		return option_room(option);
	reading->resolver->family(reading->resolver->data, (int)reading->values[0].number, &family,
				  &type);
	if (family == AF_INET)
		return sizeof(struct sockaddr_in);
	return family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(sa_family_t);
}

static int read_option_len_out(const struct reading *reading, const struct word *word,
			       struct value *out, struct error *err)
{
	const struct option *option =
		option_before(reading->record, reading->values, reading->index - 1);
	long most = (long)reading->values[reading->index - 1].size / unit_of(option);
	struct word inner;

	out->number = (long)room_of(reading, option) / unit_of(option);
	if (!word)
		return 0;
	inner = inside(word);
	/* In C a variable stands here: only a number says how much room. */
	if (inner.len == 0 || inner.text[0] < '0' || inner.text[0] > '9')
		return 0;
	return literal_number(inner.text, inner.len, 0, most, &out->number, err);
}

static void print_option_len_out(struct buf *out, const struct record *record,
				 const struct value *values, int index, const struct frame *frame)
{
	(void)record;
	(void)frame;
	if (values[index - 2].number != ALL_OPTIONS)
		buf_printf(out, "[%ld]", values[index].number);
}

const struct kind kind_option_len_out = {
	.what = "room for the value, then its length",
	.read = read_option_len_out,
	.print = print_option_len_out,
};
