/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "calls/kinds.h"
#include "calls/literal.h"

/* struct rlimit: the soft limit, which counts, and the hard one, up to which it may be raised. */

static bool is_word(const char *text, size_t len, const char *word)
{
	return len == strlen(word) && memcmp(text, word, len) == 0;
}

static int read_one(const char *text, size_t len, rlim_t *out, struct error *err)
{
	long number;

	if (is_word(text, len, "unlimited") || is_word(text, len, "RLIM_INFINITY")) {
		*out = RLIM_INFINITY;
		return 0;
	}
	if (literal_number(text, len, 0, LONG_MAX, &number, err) < 0)
		return -1;
	*out = (rlim_t)number;
	return 0;
}

/* The next of both, without blanks and the field's name: rlim_cur=6. */
static const char *next_part(const char *text, const char *end, const char **stop)
{
	const char *equals;

	*stop = memchr(text, ',', (size_t)(end - text));
	if (!*stop)
		*stop = end;
	equals = memchr(text, '=', (size_t)(*stop - text));
	if (equals)
		text = equals + 1;
	while (text < *stop && *text == ' ')
		text++;
	return text;
}

static int read_both(const char *text, size_t len, struct rlimit *out, struct error *err)
{
	const char *end = text + len - 1, *stop, *part;

	part = next_part(text + 1, end, &stop);
	if (stop == end)
		return error_set(err, "expected both, the soft limit and the hard one: {6, 1024}");
	if (read_one(part, (size_t)(stop - part), &out->rlim_cur, err) < 0)
		return -1;
	part = next_part(stop + 1, end, &stop);
	if (stop != end)
		return error_set(err, "expected two numbers: {6, 1024}");
	while (stop > part && stop[-1] == ' ')
		stop--;
	return read_one(part, (size_t)(stop - part), &out->rlim_max, err);
}

static int read_rlimit(const struct reading *reading, const struct word *word, struct value *out,
		       struct error *err)
{
	struct rlimit limit = {0};
	int result;

	(void)reading;
	if (!word)
		return 0;
	if (word->len > 2 && word->text[0] == '{' && word->text[word->len - 1] == '}') {
		result = read_both(word->text, word->len, &limit, err);
		/* It is the whole that is to blame. */
		err->column = err->length = 0;
	} else {
		result = read_one(word->text, word->len, &limit.rlim_cur, err);
		limit.rlim_max = limit.rlim_cur;
	}
	if (result < 0)
		return -1;
	out->data = malloc(sizeof(limit));
	if (!out->data)
		return error_set(err, "out of memory");
	memcpy(out->data, &limit, sizeof(limit));
	out->size = sizeof(limit);
	return 0;
}

static void print_one(struct buf *out, rlim_t value)
{
	if (value == RLIM_INFINITY)
		buf_str(out, "RLIM_INFINITY");
	else
		buf_printf(out, "%lu", (unsigned long)value);
}

static void print_rlimit(struct buf *out, const struct record *record, const struct value *values,
			 int index, const struct frame *frame)
{
	struct rlimit limit;

	(void)record;
	(void)frame;
	if (values[index].size != sizeof(limit))
		return;
	memcpy(&limit, values[index].data, sizeof(limit));
	buf_char(out, '{');
	print_one(out, limit.rlim_cur);
	buf_str(out, ", ");
	print_one(out, limit.rlim_max);
	buf_char(out, '}');
}

const struct kind kind_rlimit = {
	.what = "a limit such as 6, unlimited, or {6, 1024}: the soft one and the hard one",
	.way = FRAME_IN,
	.read = read_rlimit,
	.print = print_rlimit,
};

static int read_rlimit_out(const struct reading *reading, const struct word *word,
			   struct value *out, struct error *err)
{
	(void)reading;
	(void)word;
	(void)err;
	out->size = sizeof(struct rlimit);
	return 0;
}

static void print_rlimit_out(struct buf *out, const struct record *record,
			     const struct value *values, int index, const struct frame *frame)
{
	if (frame && frame->result == 0 && values[index].data)
		print_rlimit(out, record, values, index, frame);
	else
		buf_str(out, "rlim");
}

const struct kind kind_rlimit_out = {
	.what = "where the kernel puts the limits",
	.way = FRAME_OUT,
	.read = read_rlimit_out,
	.print = print_rlimit_out,
};
