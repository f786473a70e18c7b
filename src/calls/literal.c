/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/literal.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/grow.h"

/* How much of a wrong word a message repeats. */
#define SHOWN(len) ((int)((len) < 64 ? (len) : 64))

struct reader {
	const char *text;
	size_t len;
	size_t at;
	size_t limit;
	size_t before; /* what the buffer held already */
	struct buf *out;
	struct error *err;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
	return c && strchr(" \t\r\v\f\n", c);
}

static bool begins(const char *text, size_t len, const char *with)
{
	return len >= strlen(with) && !memcmp(text, with, strlen(with));
}

static int place(struct error *err, size_t at, size_t len)
{
	err->column = (int)at + 1;
	err->length = (int)len;
	return -1;
}

static size_t sign_of(const char *text, size_t len)
{
	return len && (text[0] == '-' || text[0] == '+');
}

/* Adds one digit to a number that stays at ULONG_MAX once it is beyond. */
static unsigned long add_digit(unsigned long value, unsigned base, unsigned digit)
{
	unsigned long more;

	if (__builtin_mul_overflow(value, base, &more) ||
	    __builtin_add_overflow(more, digit, &more))
		return ULONG_MAX;
	return more;
}

static int digit_value(char c)
{
	if (is_digit(c))
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

/* Returns how many digits there are. */
static size_t read_digits(const char *text, size_t len, unsigned base, unsigned long *value)
{
	size_t i;

	*value = 0;
	for (i = 0; i < len && digit_value(text[i]) < (int)base; i++)
		*value = add_digit(*value, base, (unsigned)digit_value(text[i]));
	return i;
}

static size_t read_prefixed(const char *text, size_t len, unsigned long *value)
{
	size_t digits;

	if (len > 2 && text[0] == '0' && (text[1] | 0x20) == 'x') {
		digits = read_digits(text + 2, len - 2, 16, value);
		return digits ? digits + 2 : 0;
	}
	return read_digits(text, len, len > 1 && text[0] == '0' ? 8 : 10, value);
}

static unsigned long unit_of(char c)
{
	switch (c) {
	case 'k':
	case 'K':
		return 1UL << 10;
	case 'M':
		return 1UL << 20;
	case 'G':
		return 1UL << 30;
	default:
		return 0;
	}
}

static bool to_long(unsigned long value, bool negative, long *out)
{
	if (value > (unsigned long)LONG_MAX + negative)
		return false;
	*out = negative ? (long)(0 - value) : (long)value;
	return true;
}

static int fail_number(const char *text, size_t len, struct error *err)
{
	size_t sign = sign_of(text, len);
	bool octal = len - sign > 1 && text[sign] == '0' && is_digit(text[sign + 1]);

	return error_at(err, 1, (int)len, "\"%.*s\" is not a number%s", SHOWN(len), text,
			octal ? ": after a leading 0 come octal digits" : "");
}

bool literal_is_digits(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!isdigit((unsigned char)text[i]))
			return false;
	return len > 0;
}

int literal_number(const char *text, size_t len, long min, long max, long *out, struct error *err)
{
	size_t at = sign_of(text, len), digits;
	unsigned long value;

	digits = read_prefixed(text + at, len - at, &value);
	at += digits;
	if (digits && at + 1 == len && unit_of(text[at])) {
		if (__builtin_mul_overflow(value, unit_of(text[at]), &value))
			value = ULONG_MAX;
		at++;
	}
	if (!digits || at != len)
		return fail_number(text, len, err);
	if (!to_long(value, text[0] == '-', out) || *out < min || *out > max)
		return error_at(err, 1, (int)len, "%.*s is out of range (%ld to %ld)", SHOWN(len),
				text, min, max);
	return 0;
}

static bool time_unit(const char *text, size_t len, long *unit)
{
	static const struct {
		const char *name;
		long us;
	} units[] = {{"us", 1}, {"ms", 1000}, {"s", 1000000}, {"min", 60000000}, {"h", 3600000000}};
	size_t i;

	for (i = 0; i < COUNT_OF(units); i++) {
		if (len == strlen(units[i].name) && begins(text, len, units[i].name)) {
			*unit = units[i].us;
			return true;
		}
	}
	return len == 0;
}

/* ".5" of a unit, as far as a microsecond counts. Returns how many characters it took. */
static size_t read_fraction(const char *text, size_t len, long unit, long *us)
{
	long weight = unit;
	size_t i;

	*us = 0;
	for (i = 1; i < len && is_digit(text[i]); i++) {
		weight /= 10;
		*us += weight * (text[i] - '0');
	}
	return i > 1 ? i : 0;
}

int literal_time(const char *text, size_t len, long unit_us, long *out_us, struct error *err)
{
	size_t sign = sign_of(text, len), at = sign, fraction_at, fraction = 0, digits;
	long unit = unit_us, part = 0, us;
	unsigned long value;

	digits = read_digits(text + at, len - at, 10, &value);
	at += digits;
	fraction_at = at;
	if (at < len && text[at] == '.')
		fraction = read_fraction(text + at, len - at, 1, &part);
	at += fraction;
	if (!digits || !time_unit(text + at, len - at, &unit))
		return error_at(err, 1, (int)len, "\"%.*s\" is not a time (200ms, 2s, 1.5s, 3min)",
				SHOWN(len), text);
	if (fraction)
		read_fraction(text + fraction_at, fraction, unit, &part);
	if (!to_long(value, false, &us) || __builtin_mul_overflow(us, unit, &us) ||
	    __builtin_add_overflow(us, part, &us))
		return error_at(err, 1, (int)len, "%.*s is too long a time", SHOWN(len), text);
	*out_us = text[0] == '-' ? -us : us;
	return 0;
}

static int fail_memory(struct error *err)
{
	return error_set(err, "out of memory");
}

static int check_limit(struct reader *in, size_t total, size_t at, size_t len)
{
	if (total <= in->limit)
		return 0;
	return error_at(in->err, (int)at + 1, (int)len, "%zu bytes; at most %zu are taken", total,
			in->limit);
}

/* A string in double or single quotes. */
static int read_quoted(struct reader *in)
{
	size_t open = in->at;
	char quote = in->text[in->at++];

	while (in->at < in->len && in->text[in->at] != quote) {
		unsigned char byte = (unsigned char)in->text[in->at];
		int size = 1;

		if (byte == '\\')
			size = escape_read(in->text + in->at, in->len - in->at, &byte);
		if (!size)
			return error_at(in->err, (int)in->at + 1, in->len - in->at > 1 ? 2 : 1,
					"this is no escape of a C string");
		buf_char(in->out, (char)byte);
		in->at += (size_t)size;
	}
	if (in->at >= in->len)
		return error_at(in->err, (int)open + 1, 1, "this quote is not closed");
	in->at++;
	return 0;
}

static int read_hex(struct reader *in)
{
	size_t end;

	in->at += strlen("hex:");
	in->at += escape_read_hex(in->out, in->text + in->at, in->len - in->at);
	if (in->out->failed)
		return fail_memory(in->err);
	if (in->at >= in->len || is_blank(in->text[in->at]))
		return 0;
	end = in->at + 1;
	if (digit_value(in->text[in->at]) > 15)
		return error_at(in->err, (int)end, 1, "a hex digit is expected here");
	if (end >= in->len || is_blank(in->text[end]))
		return error_at(in->err, (int)end, 1, "the second digit of this byte is missing");
	return error_at(in->err, (int)end + 1, 1, "a hex digit is expected here");
}

/* The path behind @, quoted or up to the next blank. */
static int read_path(struct reader *in, struct buf *path)
{
	struct reader quoted = *in;
	size_t from = in->at;

	if (in->at < in->len && in->text[in->at] == '"') {
		quoted.out = path;
		if (read_quoted(&quoted) < 0)
			return -1;
		in->at = quoted.at;
	} else {
		while (in->at < in->len && !is_blank(in->text[in->at]))
			in->at++;
		buf_add(path, in->text + from, in->at - from);
	}
	if (path->failed)
		return fail_memory(in->err);
	if (!path->len)
		return error_at(in->err, (int)from, 1, "the name of a file is missing behind @");
	if (memchr(path->data, 0, path->len))
		return error_at(in->err, (int)from, (int)(in->at - from) + 1,
				"the name of a file has no NUL byte");
	return 0;
}

static int fail_file(struct reader *in, const char *path, const char *why)
{
	return error_set(in->err, "%.*s: %s", SHOWN(strlen(path)), path, why);
}

static int fail_call(const struct reader *in, const char *path, const char *call)
{
	return error_set(in->err, "cannot %s %.*s: %s", call, SHOWN(strlen(path)), path,
			 strerror(errno));
}

/* Terminals and pipes would keep the prompt waiting. */
static int check_file(struct reader *in, int fd, const char *path)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return fail_call(in, path, "fstat");
	if (S_ISDIR(st.st_mode))
		return fail_file(in, path, strerror(EISDIR));
	if (!S_ISREG(st.st_mode))
		return fail_file(in, path, "not a regular file");
	if ((size_t)st.st_size > in->limit)
		return check_limit(in, (size_t)st.st_size, 0, 0);
	return 0;
}

/* Reads one byte more than may be taken, at most: files in /proc have no size. */
static int read_all(struct reader *in, int fd, const char *path)
{
	size_t start = in->out->len;

	while (in->out->len - start <= in->limit) {
		size_t room = in->limit + 1 - (in->out->len - start);
		ssize_t got;

		room = room < 65536 ? room : 65536;
		if (buf_reserve(in->out, room) < 0)
			return fail_memory(in->err);
		got = read(fd, in->out->data + in->out->len, room);
		if (got < 0 && errno != EINTR)
			return fail_call(in, path, "read");
		if (got == 0)
			return 0;
		if (got > 0)
			in->out->len += (size_t)got;
	}
	return 0;
}

static int read_file(struct reader *in)
{
	struct buf path = {0};
	size_t from = in->at++;
	int result = -1, fd = -1;

	if (read_path(in, &path) < 0)
		goto out;
	fd = open(path.data, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		fail_call(in, path.data, "open");
	else if (check_file(in, fd, path.data) == 0)
		result = read_all(in, fd, path.data);
	if (result < 0)
		place(in->err, from, in->at - from);
out:
	if (fd >= 0)
		close(fd);
	buf_free(&path);
	return result;
}

/* "65536*", "64K*" and the like before a literal; a product beyond all bounds stays there. */
static size_t read_count(struct reader *in)
{
	size_t count = 1;

	while (in->at < in->len && is_digit(in->text[in->at])) {
		unsigned long factor;

		in->at += read_digits(in->text + in->at, in->len - in->at, 10, &factor);
		if (in->at < in->len && unit_of(in->text[in->at]) &&
		    __builtin_mul_overflow(factor, unit_of(in->text[in->at++]), &factor))
			factor = ULONG_MAX;
		if (in->at >= in->len || in->text[in->at] != '*')
			break;
		in->at++;
		if (__builtin_mul_overflow(count, factor, &count))
			count = SIZE_MAX;
	}
	return count;
}

static int read_piece(struct reader *in)
{
	const char *text = in->text + in->at;
	size_t len = in->len - in->at;

	if (len && (*text == '"' || *text == '\''))
		return read_quoted(in);
	if (begins(text, len, "hex:"))
		return read_hex(in);
	if (begins(text, len, "@"))
		return read_file(in);
	return error_at(in->err, (int)in->at + 1, len ? (int)len : 1,
			"a literal is expected here: \"…\", '…', hex:…, @FILE or N*\"…\"");
}

/* What stands behind START becomes LEN bytes: cut, or repeated. */
static void repeat(struct buf *out, size_t start, size_t len)
{
	size_t end = start + len, more;

	buf_truncate(out, end);
	if (out->len == end || buf_reserve(out, end - out->len) < 0)
		return;
	for (; out->len < end; buf_add(out, out->data + start, more)) {
		more = out->len - start;
		if (more > end - out->len)
			more = end - out->len;
	}
}

static int read_repeated(struct reader *in)
{
	size_t from = in->at, start = in->out->len, count = read_count(in), len, total;

	if (read_piece(in) < 0)
		return -1;
	if (__builtin_mul_overflow(in->out->len - start, count, &len) ||
	    __builtin_add_overflow(start - in->before, len, &total))
		total = SIZE_MAX;
	if (check_limit(in, total, from, in->at - from) < 0)
		return -1;
	repeat(in->out, start, len);
	return in->out->failed ? fail_memory(in->err) : 0;
}

/* Whether TEXT is more than a bare word: begins with a literal or N* before one. */
static bool is_literal(const char *text, size_t len)
{
	struct reader in = {.text = text, .len = len};
	bool counted;

	read_count(&in);
	counted = in.at && text[in.at - 1] == '*';
	if (in.at && !counted)
		return false;
	text += in.at;
	len -= in.at;
	return len && *text && (strchr("\"'@", *text) || begins(text, len, "hex:"));
}

static int read_pieces(struct reader *in)
{
	while (in->at < in->len) {
		if (read_repeated(in) < 0)
			return -1;
		while (in->at < in->len && is_blank(in->text[in->at]))
			in->at++;
	}
	return 0;
}

int literal_bytes(const char *text, size_t len, size_t limit, struct buf *out, struct error *err)
{
	struct reader in = {
		.text = text,
		.len = len,
		.limit = limit,
		.before = out->len,
		.out = out,
		.err = err,
	};
	int result;

	if (is_literal(text, len)) {
		result = read_pieces(&in);
	} else {
		result = check_limit(&in, len, 0, len);
		if (result == 0)
			buf_add(out, text, len);
	}
	if (result == 0 && out->failed)
		result = fail_memory(err);
	if (result < 0)
		buf_truncate(out, in.before);
	return result;
}

static int fail_constant(const char *text, size_t len, const struct names *names,
			 const struct names *also, struct error *err)
{
	const char *near = names_near(names, text, len);

	if (!near && also)
		near = names_near(also, text, len);
	return error_at(err, 1, (int)len, "\"%.*s\" is no %s%s%s%s", SHOWN(len), text, names->kind,
			near ? "; is " : "", near ? near : "", near ? " meant?" : "");
}

static int read_one(const char *text, size_t len, const struct names *names,
		    const struct names *also, long *out, struct error *err)
{
	if (!len)
		return error_at(err, 1, 1, "the name of a %s is missing here", names->kind);
	if (names_find(names, text, len, out) || (also && names_find(also, text, len, out)))
		return 0;
	if (sign_of(text, len) < len && is_digit(text[sign_of(text, len)]))
		return literal_number(text, len, LONG_MIN, LONG_MAX, out, err);
	return fail_constant(text, len, names, also, err);
}

static void trim(const char *text, size_t *from, size_t *to)
{
	while (*from < *to && is_blank(text[*from]))
		++*from;
	while (*to > *from && is_blank(text[*to - 1]))
		--*to;
}

int literal_constant(const char *text, size_t len, const struct names *names,
		     const struct names *also, long *out, struct error *err)
{
	bool flags = names->flags || (also && also->flags);
	size_t at = 0;

	*out = 0;
	for (;;) {
		const char *bar = memchr(text + at, '|', len - at);
		size_t from = at, to = bar ? (size_t)(bar - text) : len;
		long value = 0;

		if (bar && !flags)
			return error_at(err, (int)to + 1, 1, "only one %s may stand here",
					names->kind);
		trim(text, &from, &to);
		if (read_one(text + from, to - from, names, also, &value, err) < 0)
			return place(err, from + (size_t)err->column - 1, (size_t)err->length);
		*out |= value;
		if (!bar)
			return 0;
		at = (size_t)(bar - text) + 1;
	}
}
