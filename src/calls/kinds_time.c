/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

#include "calls/kinds.h"
#include "calls/literal.h"
#include "calls/pieces.h"

/* Times and signals as structures of C, and the descriptor of signalfd(). */

#define NUMBERS 4 /* of a struct itimerspec, in the order of C */

/* The two numbers of {tv_sec=1, tv_nsec=500}, or {1, 500}. */
static int read_braces(struct piece *rest, long numbers[2], struct error *err)
{
	struct piece piece;
	int count = 0;

	while (piece_next(rest, &piece)) {
		piece_unname(&piece);
		if (count == 2) {
			error_set(err, "a time has seconds and a part of a second, no more");
			return piece_place(&piece, err);
		}
		if (literal_number(piece.text, piece.len, LONG_MIN, LONG_MAX, &numbers[count++],
				   err) < 0)
			return piece_place(&piece, err);
	}
	return 0;
}

/* 200ms: seconds, and PER_SECOND to a second. A bare number counts milliseconds, as poll's. */
static int read_amount(const char *text, size_t len, long per_second, long numbers[2],
		       struct error *err)
{
	long us;

	if (literal_time(text, len, 1000, &us, err) < 0)
		return -1;
	numbers[0] = us / 1000000;
	numbers[1] = us % 1000000 * (per_second / 1000000);
	return 0;
}

/* Returns 1, or 0 where there is none. */
static int read_time(const struct word *word, long per_second, long numbers[2], struct error *err)
{
	struct piece rest;
	int result;

	if (!word || word_is(word, "NULL"))
		return 0;
	if (piece_inside(word, '{', '}', &rest))
		result = read_braces(&rest, numbers, err);
	else
		result = read_amount(word->text, word->len, per_second, numbers, err);
	return result < 0 ? -1 : 1;
}

static bool looks_time(const struct reading *reading, const struct word *word)
{
	(void)reading;
	return word_is(word, "NULL") || (word->len && (isdigit((unsigned char)word->text[0]) ||
						       strchr("-{", word->text[0])));
}

static int read_timespec(const struct reading *reading, const struct word *word, struct value *out,
			 struct error *err)
{
	long numbers[2] = {0};
	struct timespec time;
	int result = read_time(word, 1000000000, numbers, err);

	(void)reading;
	if (result <= 0)
		return result;
	time = (struct timespec){.tv_sec = numbers[0], .tv_nsec = numbers[1]};
	return piece_keep(out, &time, sizeof(time), err);
}

static void print_timespec(struct buf *out, const struct record *record, const struct value *values,
			   int index, const struct frame *frame)
{
	struct timespec time;

	(void)record;
	(void)frame;
	if (values[index].size != sizeof(time)) {
		buf_str(out, "NULL");
		return;
	}
	memcpy(&time, values[index].data, sizeof(time));
	buf_printf(out, "{tv_sec=%ld, tv_nsec=%ld}", (long)time.tv_sec, time.tv_nsec);
}

const struct kind kind_timespec = {
	.what = "a time such as 200ms, or NULL for ever",
	.way = FRAME_IN,
	.looks = looks_time,
	.read = read_timespec,
	.print = print_timespec,
	.left_out = "NULL, which is for ever",
};

static int read_timeval(const struct reading *reading, const struct word *word, struct value *out,
			struct error *err)
{
	long numbers[2] = {0};
	struct timeval time;
	int result = read_time(word, 1000000, numbers, err);

	(void)reading;
	if (result <= 0)
		return result;
	time = (struct timeval){.tv_sec = numbers[0], .tv_usec = numbers[1]};
	return piece_keep(out, &time, sizeof(time), err);
}

static void print_timeval(struct buf *out, const struct record *record, const struct value *values,
			  int index, const struct frame *frame)
{
	struct timeval time;

	(void)record;
	(void)frame;
	if (values[index].size != sizeof(time)) {
		buf_str(out, "NULL");
		return;
	}
	memcpy(&time, values[index].data, sizeof(time));
	buf_printf(out, "{tv_sec=%ld, tv_usec=%ld}", (long)time.tv_sec, (long)time.tv_usec);
}

const struct kind kind_timeval = {
	.what = "a time such as 200ms, or NULL for ever",
	.way = FRAME_IN,
	.looks = looks_time,
	.read = read_timeval,
	.print = print_timeval,
	.left_out = "NULL, which is for ever",
};

static int read_sigset(const struct reading *reading, const struct word *word, struct value *out,
		       struct error *err)
{
	struct piece rest, piece;
	sigset_t set;
	long number;

	(void)reading;
	if (!word || word_is(word, "NULL"))
		return 0;
	/* sigemptyset() leaves what the kernel has no signals for as it is. */
	memset(&set, 0, sizeof(set));
	piece_inside(word, '[', ']', &rest);
	while (piece_next(&rest, &piece)) {
		if (literal_constant(piece.text, piece.len, &names_signal, NULL, &number, err) < 0)
			return piece_place(&piece, err);
		if (number < 1 || number > INT_MAX || sigaddset(&set, (int)number) < 0) {
			error_set(err, "there is no such signal for programs");
			return piece_place(&piece, err);
		}
	}
	return piece_keep(out, &set, sizeof(set), err);
}

static void print_sigset(struct buf *out, const struct record *record, const struct value *values,
			 int index, const struct frame *frame)
{
	const char *between = "";
	sigset_t set;
	int number;

	(void)record;
	(void)frame;
	if (values[index].size != sizeof(set)) {
		buf_str(out, "NULL");
		return;
	}
	memcpy(&set, values[index].data, sizeof(set));
	buf_char(out, '[');
	for (number = 1; number < NSIG; number++) {
		if (sigismember(&set, number) != 1)
			continue;
		buf_str(out, between);
		names_print(out, &names_signal, number);
		between = ", ";
	}
	buf_char(out, ']');
}

static bool looks_sigset(const struct reading *reading, const struct word *word)
{
	(void)reading;
	return word->len && (isalpha((unsigned char)word->text[0]) || word->text[0] == '[');
}

const struct kind kind_sigset = {
	.what = "signals such as [SIGUSR1, SIGIO], or NULL",
	.way = FRAME_IN,
	.looks = looks_sigset,
	.read = read_sigset,
	.print = print_sigset,
	.completes = "signals",
	.left_out = "NULL: as they are",
};

/* The number of "it_value={tv_sec=1", wherever its braces are. */
static int read_number_of(const char *text, size_t len, long *out, struct error *err)
{
	const char *equals = memrchr(text, '=', len);
	size_t from = equals ? (size_t)(equals + 1 - text) : 0;

	while (from < len && strchr(" {", text[from]))
		from++;
	while (len > from && strchr(" }", text[len - 1]))
		len--;
	if (literal_number(text + from, len - from, LONG_MIN, LONG_MAX, out, err) == 0)
		return 0;
	err->column += (int)from;
	return -1;
}

/* {it_interval={tv_sec=1, tv_nsec=0}, it_value={tv_sec=0, tv_nsec=200000000}}, or its numbers. */
static int read_structure(const struct word *word, long numbers[NUMBERS], struct error *err)
{
	const char *at = word->text, *end = word->text + word->len;
	int count = 0;

	while (at <= end && count < NUMBERS) {
		const char *comma = memchr(at, ',', (size_t)(end - at));
		const char *stop = comma ? comma : end;

		if (read_number_of(at, (size_t)(stop - at), &numbers[count++], err) < 0) {
			err->column += (int)(at - word->text);
			return -1;
		}
		at = stop + 1;
	}
	if (count == NUMBERS && at > end)
		return 0;
	return error_set(err, "a struct itimerspec has two times of two numbers: {it_interval="
			      "{tv_sec=0, tv_nsec=0}, it_value={tv_sec=1, tv_nsec=0}}");
}

static int read_one_time(const char *text, size_t len, struct timespec *out, struct error *err)
{
	long numbers[2];

	if (read_amount(text, len, 1000000000, numbers, err) < 0)
		return -1;
	*out = (struct timespec){.tv_sec = numbers[0], .tv_nsec = numbers[1]};
	return 0;
}

/* 200ms; 200ms,1s: and then every second. */
static int read_times(const struct word *word, struct itimerspec *out, struct error *err)
{
	const char *comma = memchr(word->text, ',', word->len);
	size_t len = comma ? (size_t)(comma - word->text) : word->len;

	if (read_one_time(word->text, len, &out->it_value, err) < 0)
		return -1;
	if (!comma || read_one_time(comma + 1, word->len - len - 1, &out->it_interval, err) == 0)
		return 0;
	err->column += (int)len + 1;
	return -1;
}

static int read_itimerspec(const struct reading *reading, const struct word *word,
			   struct value *out, struct error *err)
{
	struct itimerspec time = {0};
	long numbers[NUMBERS];

	(void)reading;
	if (!word || word_is(word, "NULL"))
		return 0;
	if (word->text[0] == '{') {
		if (read_structure(word, numbers, err) < 0)
			return -1;
		time = (struct itimerspec){
			.it_interval = {.tv_sec = numbers[0], .tv_nsec = numbers[1]},
			.it_value = {.tv_sec = numbers[2], .tv_nsec = numbers[3]}};
	} else if (read_times(word, &time, err) < 0) {
		return -1;
	}
	return piece_keep(out, &time, sizeof(time), err);
}

static void print_value(struct buf *out, const struct value *value)
{
	struct itimerspec time;

	if (value->size != sizeof(time) || !value->data) {
		buf_str(out, "NULL");
		return;
	}
	memcpy(&time, value->data, sizeof(time));
	buf_printf(out,
		   "{it_interval={tv_sec=%ld, tv_nsec=%ld}, it_value={tv_sec=%ld, tv_nsec=%ld}}",
		   (long)time.it_interval.tv_sec, time.it_interval.tv_nsec,
		   (long)time.it_value.tv_sec, time.it_value.tv_nsec);
}

static void print_itimerspec(struct buf *out, const struct record *record,
			     const struct value *values, int index, const struct frame *frame)
{
	(void)record;
	(void)frame;
	print_value(out, &values[index]);
}

const struct kind kind_itimerspec = {
	.what = "a time such as 200ms, or 200ms,1s: and then every second",
	.way = FRAME_IN,
	.read = read_itimerspec,
	.print = print_itimerspec,
};

/* Left out it is NULL; in C anything else is a variable, or last time's answer. */
static int read_itimerspec_out(const struct reading *reading, const struct word *word,
			       struct value *out, struct error *err)
{
	(void)reading;
	(void)err;
	if (word && !word_is(word, "NULL"))
		out->size = sizeof(struct itimerspec);
	return 0;
}

static void print_itimerspec_out(struct buf *out, const struct record *record,
				 const struct value *values, int index, const struct frame *frame)
{
	bool unfilled = frame ? frame->result < 0 && values[index].data : values[index].size > 0;

	if (unfilled)
		buf_str(out, record->args[index].name);
	else
		print_value(out, &values[index]);
}

const struct kind kind_itimerspec_out = {
	.what = "where the kernel puts the time that was left",
	.way = FRAME_OUT,
	.read = read_itimerspec_out,
	.print = print_itimerspec_out,
};

/* A list of signals may stand in its place. */
static bool looks_fd_or_new(const struct reading *reading, const struct word *word)
{
	const char *comma = memchr(word->text, ',', word->len);
	size_t len = comma ? (size_t)(comma - word->text) : word->len;
	long number;

	(void)reading;
	return word->len && word->text[0] != '[' && !word_is(word, "NULL") &&
	       !names_find(&names_signal, word->text, len, &number);
}

static int read_fd_or_new(const struct reading *reading, const struct word *word, struct value *out,
			  struct error *err)
{
	out->number = -1;
	return word ? kind_fd.read(reading, word, out, err) : 0;
}

const struct kind kind_fd_or_new = {
	.what = "a descriptor of that kind, or -1 for a new one",
	.looks = looks_fd_or_new,
	.read = read_fd_or_new,
	.print = kind_print_number,
	.completes = "descriptor",
	.left_out = "-1",
};
