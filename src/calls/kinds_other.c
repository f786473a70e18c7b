/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "calls/confine.h"
#include "calls/kinds.h"
#include "calls/literal.h"

#define POLLFDS_MOST 64
#define ROUNDS_MOST  1000000000000

/* One "3:IN|OUT" or "{fd=3, events=POLLIN}". */
static int read_pollfd(const struct reading *reading, const char *text, size_t len,
		       struct pollfd *out, struct error *err)
{
	const char *events = memchr(text, ':', len);
	size_t fd_len = events ? (size_t)(events - text) : len;
	long value = POLLIN;

	*out = (struct pollfd){0};
	out->fd = reading->resolver->descriptor(reading->resolver->data, text, fd_len, err);
	if (err->text[0])
		return -1;
	if (events &&
	    literal_constant(events + 1, len - fd_len - 1, &names_poll, NULL, &value, err) < 0) {
		err->column += (int)fd_len + 1;
		return -1;
	}
	out->events = (short)value;
	return 0;
}

/* The C spelling of one, between its braces, becomes the short one: 3:POLLIN. */
static void shorten(struct buf *out, const char *text, size_t len)
{
	const char *end = text + len;
	const char *at;

	for (at = text; at < end;) {
		const char *comma = memchr(at, ',', (size_t)(end - at));
		const char *stop = comma ? comma : end;
		const char *equals = memchr(at, '=', (size_t)(stop - at));

		while (at < stop && *at == ' ')
			at++;
		if (equals && stop - at > 2 && strncmp(at, "fd", 2) == 0)
			buf_add(out, equals + 1, (size_t)(stop - equals - 1));
		else if (equals && strncmp(at, "events", 6) == 0) {
			buf_char(out, ':');
			buf_add(out, equals + 1, (size_t)(stop - equals - 1));
		}
		at = stop + 1;
	}
}

/* [{fd=3, events=POLLIN}, {fd=4, events=POLLOUT}] becomes 3:POLLIN,4:POLLOUT. */
static int c_to_short(struct buf *out, const char *text, size_t len, struct error *err)
{
	const char *end = text + len;
	const char *at = text;

	while (at < end && (at = memchr(at, '{', (size_t)(end - at)))) {
		const char *close = memchr(at, '}', (size_t)(end - at));

		if (!close)
			return error_at(err, (int)(at - text) + 1, 1, "this { is not closed");
		if (out->len)
			buf_char(out, ',');
		shorten(out, at + 1, (size_t)(close - at - 1));
		at = close + 1;
	}
	return 0;
}

static int read_short(const struct reading *reading, const char *text, size_t len,
		      struct pollfd *list, size_t *count, struct error *err)
{
	const char *at = text, *end = text + len;

	while (at <= end) {
		const char *comma = at < end ? memchr(at, ',', (size_t)(end - at)) : NULL;
		const char *stop = comma ? comma : end;

		if (*count == POLLFDS_MOST)
			return error_set(err, "at most %d descriptors", POLLFDS_MOST);
		if (read_pollfd(reading, at, (size_t)(stop - at), &list[*count], err) < 0) {
			err->column += (int)(at - text);
			return -1;
		}
		(*count)++;
		at = stop + 1;
	}
	return 0;
}

static int read_pollfds(const struct reading *reading, const struct word *word, struct value *out,
			struct error *err)
{
	struct pollfd list[POLLFDS_MOST];
	struct buf text = {0};
	size_t count = 0;
	int result;

	if (!word)
		return 0;
	if (word->text[0] == '[') {
		result = c_to_short(&text, word->text, word->len, err);
		if (result == 0 && text.len)
			result = read_short(reading, text.data, text.len, list, &count, err);
		err->column = 0;
	} else {
		result = read_short(reading, word->text, word->len, list, &count, err);
	}
	buf_free(&text);
	if (result < 0)
		return -1;
	out->size = count * sizeof(list[0]);
	out->data = malloc(out->size + 1);
	if (!out->data)
		return error_set(err, "out of memory");
	memcpy(out->data, list, out->size);
	return 0;
}

static void print_pollfds(struct buf *out, const struct record *record, const struct value *values,
			  int index, const struct frame *frame)
{
	const struct pollfd *list = values[index].data;
	size_t i, count = list ? values[index].size / sizeof(*list) : 0;

	(void)record;
	buf_char(out, '[');
	for (i = 0; i < count; i++) {
		buf_printf(out, "%s{fd=%d, events=", i ? ", " : "", list[i].fd);
		names_print(out, &names_poll, (unsigned short)list[i].events);
		if (frame && frame->result > 0) {
			buf_str(out, ", revents=");
			names_print(out, &names_poll, (unsigned short)list[i].revents);
		}
		buf_char(out, '}');
	}
	buf_char(out, ']');
}

const struct kind kind_pollfds = {
	.what = "descriptors with events such as 3:IN,4:IN|OUT",
	.way = FRAME_BOTH,
	.read = read_pollfds,
	.print = print_pollfds,
	.completes = "descriptor",
};

static int read_pollfds_len(const struct reading *reading, const struct word *word,
			    struct value *out, struct error *err)
{
	long count = (long)(reading->values[reading->index - 1].size / sizeof(struct pollfd));

	out->number = count;
	if (word && literal_number(word->text, word->len, 0, count, &out->number, err) < 0)
		return -1;
	return 0;
}

const struct kind kind_pollfds_len = {
	.what = "how many descriptors",
	.read = read_pollfds_len,
	.print = kind_print_number,
};

/* What fcntl()'s third argument is, by its command. */
enum third {
	THIRD_NONE,
	THIRD_NUMBER,
	THIRD_FILE_FLAGS,
	THIRD_FD_FLAGS,
	THIRD_OWNER,
	THIRD_SIGNAL
};

static enum third third_of(long command)
{
	switch (command) {
	case F_GETFL:
	case F_GETFD:
	case F_GETOWN:
	case F_GETSIG:
	case F_GETPIPE_SZ:
		return THIRD_NONE;
	case F_SETFL:
		return THIRD_FILE_FLAGS;
	case F_SETFD:
		return THIRD_FD_FLAGS;
	case F_SETOWN:
		return THIRD_OWNER;
	case F_SETSIG:
		return THIRD_SIGNAL;
	default:
		return THIRD_NUMBER;
	}
}

/* A process, or minus a group; `self` is the process that makes the call, as getpid() in C. */
static int read_owner(const struct reading *reading, const struct word *word, long *out,
		      struct error *err)
{
	const struct resolver *resolver = reading->resolver;

	if (resolver->self && (word_is(word, "self") || word_is(word, "getpid()"))) {
		*out = resolver->self(resolver->data);
		return 0;
	}
	if (literal_number(word->text, word->len, INT_MIN, INT_MAX, out, err) == 0)
		return 0;
	return error_set(err, "expected self, a process's number, or minus a process group's");
}

static int read_fcntl_arg(const struct reading *reading, const struct word *word, struct value *out,
			  struct error *err)
{
	enum third third = third_of(reading->values[reading->index - 1].number);

	if (!word && (third == THIRD_FILE_FLAGS || third == THIRD_FD_FLAGS))
		return error_set(err, "the flags to set are missing (0 clears all)");
	if (!word && third == THIRD_OWNER)
		return error_set(err, "the owner is missing: self is this process, 0 nobody");
	if (!word)
		return 0;
	if (third == THIRD_OWNER)
		return read_owner(reading, word, &out->number, err);
	if (third == THIRD_SIGNAL)
		return literal_constant(word->text, word->len, &names_signal, NULL, &out->number,
					err);
	if (third == THIRD_NONE)
		return error_set(err, "this command takes no third argument");
	if (third == THIRD_NUMBER)
		return literal_number(word->text, word->len, INT_MIN, INT_MAX, &out->number, err);
	return literal_constant(word->text, word->len,
				third == THIRD_FILE_FLAGS ? &names_file_flag : &names_fd_flag, NULL,
				&out->number, err);
}

static void print_fcntl_arg(struct buf *out, const struct record *record,
			    const struct value *values, int index, const struct frame *frame)
{
	enum third third = third_of(values[index - 1].number);

	if (third == THIRD_FILE_FLAGS)
		names_print(out, &names_file_flag, values[index].number);
	else if (third == THIRD_FD_FLAGS)
		names_print(out, &names_fd_flag, values[index].number);
	else if (third == THIRD_SIGNAL && values[index].number)
		names_print(out, &names_signal, values[index].number);
	else if (third != THIRD_NONE)
		kind_print_number(out, record, values, index, frame);
}

const struct kind kind_fcntl_arg = {
	.what = "what the command takes",
	.read = read_fcntl_arg,
	.print = print_fcntl_arg,
	.completes = "fcntl",
};

/* A number, also as last time's answer: [5]. */
static int read_ioctl_arg(const struct reading *reading, const struct word *word, struct value *out,
			  struct error *err)
{
	long request = reading->values[reading->index - 1].number;
	const char *text;
	size_t len;

	/* &n: the variable that an answer goes to, as it stands in a failed call. */
	if (!word || word->text[0] == '&')
		return 0;
	text = word->text;
	len = word->len;
	if (len > 2 && text[0] == '[' && text[len - 1] == ']') {
		text++;
		len -= 2;
	}
	if (request == FIOSETOWN || request == SIOCSPGRP)
		return read_owner(reading, &(struct word){.text = text, .len = len}, &out->number,
				  err);
	return literal_number(text, len, INT_MIN, INT_MAX, &out->number, err);
}

static void print_ioctl_arg(struct buf *out, const struct record *record,
			    const struct value *values, int index, const struct frame *frame)
{
	(void)record;
	if (frame && frame->result < 0 && values[index - 1].number != FIONBIO)
		buf_str(out, "&n");
	else
		buf_printf(out, "[%ld]", values[index].number);
}

const struct kind kind_ioctl_arg = {
	.what = "an int that the request reads or fills",
	.read = read_ioctl_arg,
	.print = print_ioctl_arg,
};

/* Verbs take most of their words as they stand: the value's bytes, with a NUL behind. */
static int read_word(const struct reading *reading, const struct word *word, struct value *out,
		     struct error *err)
{
	(void)reading;
	if (!word)
		return 0;
	out->data = strndup(word->text, word->len);
	out->size = word->len;
	/* A verb that has more to say of its words points into the line by this. */
	out->number = word->column;
	return out->data ? 0 : error_set(err, "out of memory");
}

static void print_nothing(struct buf *out, const struct record *record, const struct value *values,
			  int index, const struct frame *frame)
{
	(void)out;
	(void)record;
	(void)values;
	(void)index;
	(void)frame;
}

const struct kind kind_word = {
	.what = "a word",
	.read = read_word,
	.print = print_nothing,
	.completes = "names",
};
static int read_rounds(const struct reading *reading, const struct word *word, struct value *out,
		       struct error *err)
{
	(void)reading;
	return literal_number(word->text, word->len, 1, ROUNDS_MOST, &out->number, err);
}

const struct kind kind_rounds = {
	.what = "a number of rounds",
	.read = read_rounds,
	.print = print_nothing,
};

/* What stands between the braces, whose place is that in the line. */
static int read_block(const struct reading *reading, const struct word *word, struct value *out,
		      struct error *err)
{
	(void)reading;
	if (word->len < 2 || word->text[0] != '{' || word->text[word->len - 1] != '}')
		return error_set(err, "expected commands in braces: { close 3 }");
	out->data = strndup(word->text + 1, word->len - 2);
	out->size = word->len - 2;
	out->number = word->column;
	return out->data ? 0 : error_set(err, "out of memory");
}

const struct kind kind_block = {
	.what = "commands in braces",
	.read = read_block,
	.print = print_nothing,
	.completes = "block",
};
const struct kind kind_rest = {.what = "words", .read = read_word, .print = print_nothing};

const struct kind kind_wire_rule = {
	.what = "the words of a rule",
	.read = read_word,
	.print = print_nothing,
	.completes = "wire-rule",
};

const struct kind kind_host = {
	.what = "a host of the lab",
	.read = read_word,
	.print = print_nothing,
	.completes = "host",
};

const struct kind kind_language = {
	.what = "a programming language",
	.read = read_word,
	.print = print_nothing,
	.completes = "language",
};

const struct kind kind_function = {
	.what = "a function of its library",
	.read = read_word,
	.print = print_nothing,
	.completes = "function",
};

const struct kind kind_sysctl = {
	.what = "the name of a setting such as tcp_sack",
	.read = read_word,
	.print = print_nothing,
	.completes = "sysctl",
};

const struct kind kind_crash = {
	.what = "a descriptor or a process",
	.read = read_word,
	.print = print_nothing,
	.completes = "crash",
};

const struct kind kind_injection = {
	.what = "what the packet is",
	.read = read_word,
	.print = print_nothing,
	.completes = "injection",
};

const struct kind kind_process = {
	.what = "the name of a process",
	.read = read_word,
	.print = print_nothing,
	.completes = "process",
};

const struct kind kind_process_new = {
	.what = "a name for the new process",
	.read = read_word,
	.print = print_nothing,
	.left_out = "child, or child2 and so on",
};

const struct kind kind_setting = {
	.what = "a setting's name",
	.read = read_word,
	.print = print_nothing,
	.completes = "setting",
};

const struct kind kind_setting_value = {
	.what = "the setting's new value",
	.read = read_word,
	.print = print_nothing,
	.completes = "setting-value",
};

const struct kind kind_topic = {
	.what = "a call, a verb or a constant",
	.read = read_word,
	.print = print_nothing,
	.completes = "topic",
};

static int read_file(const struct reading *reading, const struct word *word, struct value *out,
		     struct error *err)
{
	struct buf bytes = {0};

	if (!word)
		return 0;
	/* A path may be quoted; it is no @file here. */
	if (word->text[0] == '"' || word->text[0] == '\'') {
		if (confine_literal(reading->resolver, word->text, word->len, err) < 0 ||
		    literal_bytes(word->text, word->len, PATH_MAX, &bytes, err) < 0) {
			buf_free(&bytes);
			return -1;
		}
	} else {
		buf_add(&bytes, word->text, word->len);
	}
	if (confine_path(reading->resolver, buf_text(&bytes), bytes.len, err) < 0) {
		buf_free(&bytes);
		return -1;
	}
	out->size = bytes.len;
	out->data = buf_take(&bytes);
	return out->data ? 0 : error_set(err, "out of memory");
}

const struct kind kind_file = {
	.what = "a file",
	.read = read_file,
	.print = print_nothing,
	.completes = "file",
};

static int read_job(const struct reading *reading, const struct word *word, struct value *out,
		    struct error *err)
{
	size_t skip;

	(void)reading;
	if (!word)
		return 0;
	skip = word->len > 1 && word->text[0] == '%';
	return literal_number(word->text + skip, word->len - skip, 1, INT_MAX, &out->number, err);
}

const struct kind kind_job = {
	.what = "a job's number",
	.read = read_job,
	.print = print_nothing,
	.completes = "job",
};

/*
 * A job is a number; a process is a word, as it stands; a signal with a dash before it, as kill(1)
 * has it, has a size and no data: then the process comes behind.
 */
static int read_kill(const struct reading *reading, const struct word *word, struct value *out,
		     struct error *err)
{
	if (word && word->len > 1 && word->text[0] == '-') {
		out->size = 1;
		if (literal_constant(word->text + 1, word->len - 1, &names_signal, NULL,
				     &out->number, err) == 0)
			return 0;
		err->column++;
		return -1;
	}
	if (word && (isdigit((unsigned char)word->text[0]) || word->text[0] == '%'))
		return read_job(reading, word, out, err);
	return read_word(reading, word, out, err);
}

const struct kind kind_kill = {
	.what = "a job's number, a process, or a signal such as -9",
	.read = read_kill,
	.print = print_nothing,
	.completes = "kill",
};

static int read_kill_signal(const struct reading *reading, const struct word *word,
			    struct value *out, struct error *err)
{
	const struct value *what = &reading->values[reading->index - 1];

	if (what->size && !what->data && !word)
		return error_set(err, "the process is missing that the signal is for");
	if (what->size && !what->data)
		return read_word(reading, word, out, err);
	out->number = SIGTERM;
	return word ? literal_constant(word->text, word->len, &names_signal, NULL, &out->number,
				       err)
		    : 0;
}

const struct kind kind_kill_signal = {
	.what = "the signal",
	.read = read_kill_signal,
	.print = print_nothing,
	.completes = "names",
	.left_out = "SIGTERM",
};
