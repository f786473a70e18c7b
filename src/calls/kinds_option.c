/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "base/escape.h"
#include "calls/kinds.h"
#include "calls/literal.h"
#include "kernel/tcp_info.h"
#include "names/options.h"

#define LEVEL_FROM_OPTION LONG_MIN
#define OPTION_ROOM       ((size_t)512)

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

static int read_option(const struct reading *reading, const struct word *word, struct value *out,
		       struct error *err)
{
	struct value *level = &reading->values[reading->index - 1];
	const struct option *option;
	struct error ignored;

	if (!word)
		return error_set(err, "the option is missing");
	if (literal_number(word->text, word->len, 0, INT_MAX, &out->number, &ignored) == 0) {
		if (level->number == LEVEL_FROM_OPTION)
			return error_set(err, "an option by number needs its level before it");
		return 0;
	}
	option = options_find(word->text, word->len,
			      level->number == LEVEL_FROM_OPTION ? -1 : (int)level->number);
	if (!option)
		return unknown_option(word, err);
	level->number = option->level;
	out->number = option->value;
	return 0;
}

static const struct option *option_before(const struct value *values, int index)
{
	return options_entry((int)values[index - 2].number, (int)values[index - 1].number);
}

static void print_option(struct buf *out, const struct record *record, const struct value *values,
			 int index, const struct frame *frame)
{
	const struct option *option = option_before(values, index + 1);

	(void)record;
	(void)frame;
	if (option)
		buf_str(out, option->name);
	else
		buf_printf(out, "%ld", values[index].number);
}

const struct kind kind_option = {
	.what = "an option such as SO_REUSEADDR",
	.read = read_option,
	.print = print_option,
	.completes = "option",
};

static enum option_type type_of(const struct option *option)
{
	return option ? option->type : OPTION_BYTES;
}

static int set_bytes(struct value *out, const void *bytes, size_t len, struct error *err)
{
	out->data = malloc(len + 1);
	if (!out->data)
		return error_set(err, "out of memory");
	memcpy(out->data, bytes, len);
	out->size = len;
	return 0;
}

/* Takes the brackets from [1] and {…}, as the C call shows values. */
static struct word inside(const struct word *word)
{
	struct word inner = *word;

	if (inner.len >= 2 && ((inner.text[0] == '[' && inner.text[inner.len - 1] == ']') ||
			       (inner.text[0] == '{' && inner.text[inner.len - 1] == '}'))) {
		inner.text++;
		inner.len -= 2;
	}
	return inner;
}

static int read_int(const struct word *word, struct value *out, const struct names *names,
		    struct error *err)
{
	struct word inner = inside(word);
	long number;
	int value;

	if (inner.len == 2 && strncasecmp(inner.text, "on", 2) == 0)
		number = 1;
	else if (inner.len == 3 && strncasecmp(inner.text, "off", 3) == 0)
		number = 0;
	else if (names) {
		if (literal_constant(inner.text, inner.len, names, NULL, &number, err) < 0)
			return -1;
	} else if (literal_number(inner.text, inner.len, INT_MIN, UINT_MAX, &number, err) < 0)
		return -1;
	value = (int)number;
	return set_bytes(out, &value, sizeof(value), err);
}

/*
 * The two numbers of "{a=1, b=2}" or "1, 2" or "1". NAMES are what may stand before the equals
 * signs, each with a second spelling. What is not given stays as it is.
 */
static int read_two(const struct word *word, const char *const names[2][2], long numbers[2],
		    struct error *err)
{
	struct word inner = inside(word);
	const char *at = inner.text, *end = inner.text + inner.len;
	int next = 0;

	while (at < end) {
		const char *stop = at, *equals;
		int which = next++;

		while (stop < end && !(*stop && strchr(", \t}", *stop)))
			stop++;
		equals = memchr(at, '=', (size_t)(stop - at));
		if (equals) {
			size_t len = (size_t)(equals - at);

			for (which = 0; which < 2; which++)
				if ((len == strlen(names[which][0]) &&
				     memcmp(at, names[which][0], len) == 0) ||
				    (len == strlen(names[which][1]) &&
				     memcmp(at, names[which][1], len) == 0))
					break;
			at = equals + 1;
		}
		if (which > 1)
			return error_set(err, "expected %s=N, %s=N", names[0][0], names[1][0]);
		if (literal_number(at, (size_t)(stop - at), INT_MIN, INT_MAX, &numbers[which],
				   err) < 0) {
			err->column += (int)(at - word->text);
			return -1;
		}
		at = stop;
		while (at < end && (*at == ',' || *at == ' ' || *at == '\t'))
			at++;
	}
	return 0;
}

static int read_linger(const struct word *word, struct value *out, struct error *err)
{
	static const char *const names[2][2] = {{"l_onoff", "on"}, {"l_linger", "seconds"}};
	long numbers[2] = {0, 0};
	struct linger linger;

	if (read_two(word, names, numbers, err) < 0)
		return -1;
	linger = (struct linger){.l_onoff = (int)numbers[0], .l_linger = (int)numbers[1]};
	return set_bytes(out, &linger, sizeof(linger), err);
}

static int read_timeval(const struct word *word, struct value *out, struct error *err)
{
	static const char *const names[2][2] = {{"tv_sec", "sec"}, {"tv_usec", "usec"}};
	long numbers[2] = {0, 0};
	struct timeval time;
	long us;

	if (word->text[0] == '{') {
		if (read_two(word, names, numbers, err) < 0)
			return -1;
		time = (struct timeval){.tv_sec = numbers[0], .tv_usec = numbers[1]};
	} else {
		if (literal_time(word->text, word->len, 1000000, &us, err) < 0)
			return -1;
		time = (struct timeval){.tv_sec = us / 1000000, .tv_usec = us % 1000000};
	}
	return set_bytes(out, &time, sizeof(time), err);
}

static int read_uint64(const struct word *word, struct value *out, struct error *err)
{
	struct word inner = inside(word);
	long number;

	if (literal_number(inner.text, inner.len, 0, LONG_MAX, &number, err) < 0)
		return -1;
	return set_bytes(out, &number, sizeof(number), err);
}

/* Bytes of no known type; a bare number is an int, which most options are. */
static int read_raw(const struct word *word, struct value *out, struct error *err)
{
	struct buf bytes = {0};
	int result;

	if ((word->text[0] >= '0' && word->text[0] <= '9' && !memchr(word->text, '*', word->len)) ||
	    word->text[0] == '[' || word->text[0] == '-')
		return read_int(word, out, NULL, err);
	result = literal_bytes(word->text, word->len, 1 << 16, &bytes, err);
	if (result == 0)
		result = set_bytes(out, buf_text(&bytes), bytes.len, err);
	buf_free(&bytes);
	return result;
}

static int read_option_value(const struct reading *reading, const struct word *word,
			     struct value *out, struct error *err)
{
	const struct option *option = option_before(reading->values, reading->index);

	if (!word)
		return error_set(err, "the value is missing");
	/* Bytes of any length for any option: the kernel says what it thinks of them. */
	if (word->len > 4 && memcmp(word->text, "hex:", 4) == 0)
		return read_raw(word, out, err);
	switch (type_of(option)) {
	case OPTION_INT:
	case OPTION_BOOL:
	case OPTION_ERRNO:
		return read_int(word, out, NULL, err);
	case OPTION_FAMILY:
		return read_int(word, out, &names_family, err);
	case OPTION_TYPE:
		return read_int(word, out, &names_type, err);
	case OPTION_PROTOCOL:
		return read_int(word, out, &names_protocol, err);
	case OPTION_UINT64:
		return read_uint64(word, out, err);
	case OPTION_TIMEVAL:
		return read_timeval(word, out, err);
	case OPTION_LINGER:
		return read_linger(word, out, err);
	default:
		return read_raw(word, out, err);
	}
}

static void print_hex(struct buf *out, const unsigned char *bytes, size_t len)
{
	size_t i;

	buf_str(out, "hex:");
	for (i = 0; i < len; i++)
		buf_printf(out, "%02x", bytes[i]);
}

static void print_ucred(struct buf *out, const void *data)
{
	struct ucred cred;

	memcpy(&cred, data, sizeof(cred));
	buf_printf(out, "{pid=%d, uid=%d, gid=%d}", (int)cred.pid, (int)cred.uid, (int)cred.gid);
}

static void print_tcp_info(struct buf *out, const void *data, size_t len)
{
	uint64_t state = tcp_info_get(data, len, "tcpi_state");

	buf_str(out, "{tcpi_state=");
	names_print(out, &names_tcp_state, (long)state);
	buf_str(out, ", ...}");
}

static void print_int(struct buf *out, enum option_type type, int number)
{
	buf_char(out, '[');
	if (type == OPTION_FAMILY)
		names_print(out, &names_family, number);
	else if (type == OPTION_TYPE)
		names_print(out, &names_type, number);
	else if (type == OPTION_PROTOCOL)
		names_print(out, &names_protocol, number);
	else if (type == OPTION_ERRNO && number)
		buf_str(out, names_errno_name(number));
	else
		buf_printf(out, "%d", number);
	buf_char(out, ']');
}

static void print_string(struct buf *out, const char *data, size_t len)
{
	buf_char(out, '"');
	escape_string(out, data, len);
	buf_char(out, '"');
}

/* Structures of two numbers, and 64-bit ones; false where the length is not theirs. */
static bool print_struct(struct buf *out, enum option_type type, const void *data, size_t len)
{
	union {
		struct timeval time;
		struct linger linger;
		uint64_t number;
	} value;

	if (type == OPTION_UCRED && len == sizeof(struct ucred)) {
		print_ucred(out, data);
		return true;
	}
	if (len > sizeof(value))
		return false;
	memcpy(&value, data, len);
	if (type == OPTION_TIMEVAL && len == sizeof(value.time))
		buf_printf(out, "{tv_sec=%ld, tv_usec=%ld}", (long)value.time.tv_sec,
			   (long)value.time.tv_usec);
	else if (type == OPTION_LINGER && len == sizeof(value.linger))
		buf_printf(out, "{l_onoff=%d, l_linger=%d}", value.linger.l_onoff,
			   value.linger.l_linger);
	else if (type == OPTION_UINT64 && len == sizeof(value.number))
		buf_printf(out, "[%llu]", (unsigned long long)value.number);
	else
		return false;
	return true;
}

/* Bytes of no known type are a number where they can be one. */
static bool is_int(enum option_type type)
{
	return type != OPTION_UINT64 && type != OPTION_TIMEVAL && type != OPTION_LINGER &&
	       type != OPTION_UCRED;
}

void option_print(struct buf *out, const struct option *option, const void *data, size_t len)
{
	enum option_type type = type_of(option);
	int number;

	if (type == OPTION_STRING)
		print_string(out, data, strnlen(data, len));
	else if (type == OPTION_TCP_INFO)
		print_tcp_info(out, data, len);
	else if (print_struct(out, type, data, len))
		return;
	else if (len == sizeof(number) && is_int(type)) {
		memcpy(&number, data, sizeof(number));
		print_int(out, type, number);
	} else {
		print_hex(out, data, len);
	}
}

static void print_option_value(struct buf *out, const struct record *record,
			       const struct value *values, int index, const struct frame *frame)
{
	const struct option *option = option_before(values, index);
	const struct value *value = &values[index];

	(void)record;
	(void)frame;
	/* All that is sent is shown, in a form that can be typed. */
	switch (type_of(option)) {
	case OPTION_STRING:
		print_string(out, value->data, value->size);
		break;
	case OPTION_ERRNO:
	case OPTION_UCRED:
	case OPTION_TCP_INFO:
		option_print(out, NULL, value->data, value->size);
		break;
	default:
		option_print(out, option, value->data, value->size);
	}
}

const struct kind kind_option_value = {
	.what = "the option's value",
	.way = FRAME_IN,
	.read = read_option_value,
	.print = print_option_value,
	.completes = "value",
};

static int read_option_value_out(const struct reading *reading, const struct word *word,
				 struct value *out, struct error *err)
{
	(void)reading;
	(void)word;
	(void)err;
	out->size = OPTION_ROOM;
	return 0;
}

static void print_option_value_out(struct buf *out, const struct record *record,
				   const struct value *values, int index, const struct frame *frame)
{
	(void)record;
	if (!frame || frame->result < 0 || !values[index].data)
		buf_str(out, "optval");
	else
		option_print(out, option_before(values, index), values[index].data,
			     values[index].size);
}

const struct kind kind_option_value_out = {
	.what = "where the kernel puts the value",
	.way = FRAME_OUT,
	.read = read_option_value_out,
	.print = print_option_value_out,
};

static int read_option_len(const struct reading *reading, const struct word *word,
			   struct value *out, struct error *err)
{
	long size = (long)reading->values[reading->index - 1].size;

	out->number = size;
	if (!word)
		return 0;
	return literal_number(word->text, word->len, 0, size, &out->number, err);
}

static void print_len(struct buf *out, const struct record *record, const struct value *values,
		      int index, const struct frame *frame)
{
	(void)record;
	(void)frame;
	buf_printf(out, "%ld", values[index].number);
}

const struct kind kind_option_len = {
	.what = "the value's length",
	.read = read_option_len,
	.print = print_len,
};

/* How much room a program would give, by the option's type. */
static long room_of(enum option_type type)
{
	switch (type) {
	case OPTION_BYTES:
	case OPTION_TCP_INFO:
		return (long)OPTION_ROOM;
	case OPTION_STRING:
		return 64;
	case OPTION_TIMEVAL:
		return sizeof(struct timeval);
	case OPTION_LINGER:
		return sizeof(struct linger);
	case OPTION_UCRED:
		return sizeof(struct ucred);
	case OPTION_UINT64:
		return sizeof(uint64_t);
	default:
		return sizeof(int);
	}
}

static int read_option_len_out(const struct reading *reading, const struct word *word,
			       struct value *out, struct error *err)
{
	const struct option *option = option_before(reading->values, reading->index - 1);
	struct word inner;

	out->number = room_of(type_of(option));
	if (!word)
		return 0;
	inner = inside(word);
	/* In C a variable stands here: only a number says how much room. */
	if (inner.len == 0 || inner.text[0] < '0' || inner.text[0] > '9')
		return 0;
	return literal_number(inner.text, inner.len, 0, (long)OPTION_ROOM, &out->number, err);
}

static void print_option_len_out(struct buf *out, const struct record *record,
				 const struct value *values, int index, const struct frame *frame)
{
	(void)record;
	(void)frame;
	buf_printf(out, "[%ld]", values[index].number);
}

const struct kind kind_option_len_out = {
	.what = "room for the value, then its length",
	.read = read_option_len_out,
	.print = print_option_len_out,
};
