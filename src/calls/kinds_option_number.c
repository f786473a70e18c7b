/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "calls/kinds_option_parts.h"
#include "calls/literal.h"
#include "net/interface.h"

/* Numbers of 64 bits, of which literal_number() knows one half. */
static bool read_huge(const struct part *part, long long *number)
{
	char text[32], *end;
	unsigned long long value;

	if (part->len >= sizeof(text) || !part->len || !part_digit(part->text[0]))
		return false;
	memcpy(text, part->text, part->len);
	text[part->len] = '\0';
	errno = 0;
	value = strtoull(text, &end, 0);
	*number = (long long)value;
	return !*end && !errno;
}

static int read_number(const struct input *in, const struct option_field *field,
		       const struct part *part, long long *number)
{
	long value;

	if (part_is(part, "on") || part_is(part, "off")) {
		*number = part->len == 2;
		return 0;
	}
	if (literal_number(part->text, part->len, LONG_MIN, LONG_MAX, &value, in->err) == 0) {
		*number = value;
		return 0;
	}
	if (field->size == sizeof(*number) && read_huge(part, number))
		return 0;
	return part_fail_within(in, part);
}

static int read_time(const struct input *in, const struct option_field *field,
		     const struct part *part, long long *number)
{
	long unit = field->form == VALUE_SECONDS ? 1000000 : 1, us;
	struct error ignored;

	if (read_number(&(struct input){.err = &ignored}, field, part, number) == 0)
		return 0;
	if (literal_time(part->text, part->len, unit, &us, in->err) < 0)
		return part_fail_within(in, part);
	if (us % unit) {
		error_set(in->err, "this counts whole seconds");
		return part_fail(in, part);
	}
	*number = us / unit;
	return 0;
}

static int read_constant(const struct input *in, const struct names *names,
			 const struct names *flags, const struct part *part, long long *number)
{
	long value;

	if (literal_constant(part->text, part->len, names, flags, &value, in->err) < 0)
		return part_fail_within(in, part);
	*number = value;
	return 0;
}

/* f(x) to x. */
static struct part argument(const struct part *part, const char *function)
{
	size_t len = strlen(function);
	struct part rest;

	if (!part_begins(part, function))
		return *part;
	rest = part_trimmed(part_slice(part, len, part->len));
	return part_enclosed(&rest, '(') ? part_trimmed(part_slice(&rest, 1, rest.len - 1)) : *part;
}

/* A name as it stands, or as a string of C. False: no interface can have it. */
static bool read_interface_name(const struct part *part, char name[IF_NAMESIZE])
{
	struct buf text = {0};
	struct error ignored;
	bool fits;

	if (part->len && part->text[0] == '"')
		literal_bytes(part->text, part->len, IF_NAMESIZE, &text, &ignored);
	else
		buf_add(&text, part->text, part->len);
	fits = !text.failed && text.len && text.len < IF_NAMESIZE;
	if (fits)
		memcpy(name, buf_text(&text), text.len + 1);
	buf_free(&text);
	return fits;
}

static int read_interface(const struct input *in, const struct part *whole, long long *number)
{
	struct part host = argument(whole, "htonl");
	struct part part = argument(&host, "if_nametoindex");
	char name[IF_NAMESIZE];
	long value;

	if (part.len && part_digit(part.text[0])) {
		if (literal_number(part.text, part.len, 0, INT_MAX, &value, in->err) < 0)
			return part_fail_within(in, &part);
		*number = value;
		return 0;
	}
	*number = 0;
	errno = 0;
	if (read_interface_name(&part, name))
		*number = interface_index(resolver_network(in->resolver), name);
	if (*number)
		return 0;
	if (part.len >= 2 && part.text[0] == '"')
		part = part_slice(&part, 1, part.len - 1);
	if (errno && errno != ENODEV) {
		error_set(in->err, "%s of %.*s: %s", interface_call(resolver_network(in->resolver)),
			  part_shown(&part), part.text, strerror(errno));
		return part_fail(in, &part);
	}
	error_set(in->err, "there is no interface %.*s: give its name, such as lo, or its index",
		  part_shown(&part), part.text);
	return part_fail(in, &part);
}

/* One of 1<<ICMP_ECHO, ICMP_ECHO, 1<<8, or a number, which is a mask already. */
static int read_bit(const struct input *in, const struct option_field *field, struct part part,
		    long long *mask)
{
	bool shifted = part_begins(&part, "1<<");
	struct error ignored;
	long long value = 0;
	long number;

	if (shifted)
		part = part_trimmed(part_slice(&part, 3, part.len));
	else if (literal_number(part.text, part.len, 0, UINT_MAX, &number, &ignored) == 0) {
		*mask |= number;
		return 0;
	}
	if (read_constant(in, field->names, NULL, &part, &value) < 0)
		return -1;
	if (value < 0 || value > 31) {
		error_set(in->err, "the bits go from 0 to 31");
		return part_fail(in, &part);
	}
	*mask |= 1LL << value;
	return 0;
}

static int read_bits(const struct input *in, const struct option_field *field,
		     const struct part *whole, long long *mask)
{
	bool inverted = part_begins(whole, "~");
	struct part part = inverted ? part_trimmed(part_slice(whole, 1, whole->len)) : *whole;
	size_t at = 0;

	*mask = 0;
	if (part_enclosed(&part, '('))
		part = part_trimmed(part_slice(&part, 1, part.len - 1));
	while (at <= part.len) {
		const char *bar = memchr(part.text + at, '|', part.len - at);
		size_t to = bar ? (size_t)(bar - part.text) : part.len;

		if (read_bit(in, field, part_trimmed(part_slice(&part, at, to)), mask) < 0)
			return -1;
		at = to + 1;
	}
	if (inverted)
		*mask = ~*mask & 0xffffffff;
	return 0;
}

static int read_errno(const struct input *in, const struct option_field *field,
		      const struct part *part, long long *number)
{
	*number = names_errno(part->text, part->len);
	return *number ? 0 : read_number(in, field, part, number);
}

static int read_fd(const struct input *in, const struct part *part, long long *number)
{
	long value;

	if (in->resolver && in->resolver->descriptor) {
		*in->err = (struct error){0};
		*number = in->resolver->descriptor(in->resolver->data, part->text, part->len,
						   in->err);
		return in->err->text[0] ? part_fail(in, part) : 0;
	}
	if (literal_number(part->text, part->len, INT_MIN, INT_MAX, &value, in->err) < 0)
		return part_fail_within(in, part);
	*number = value;
	return 0;
}

static int hex_digit(char c)
{
	if (part_digit(c))
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool part_mac(const struct part *part, struct buf *out)
{
	size_t at;

	if (part->len % 3 != 2)
		return false;
	for (at = 0; at < part->len; at += 3) {
		int high = hex_digit(part->text[at]), low = hex_digit(part->text[at + 1]);

		if (high < 0 || low < 0 || (at + 2 < part->len && part->text[at + 2] != ':'))
			return false;
		buf_char(out, (char)(high << 4 | low));
	}
	return true;
}

int part_number(const struct input *in, const struct option_field *field, const struct part *part,
		long long *number)
{
	struct part host;

	switch (field->form) {
	case VALUE_CONSTANT:
		return read_constant(in, field->names, field->flags, part, number);
	case VALUE_BITS:
		return read_bits(in, field, part, number);
	case VALUE_ERRNO:
		return read_errno(in, field, part, number);
	case VALUE_FD:
		return read_fd(in, part, number);
	case VALUE_SECONDS:
	case VALUE_MICROSECONDS:
		return read_time(in, field, part, number);
	case VALUE_INTERFACE:
	case VALUE_INTERFACE_BE:
		return read_interface(in, part, number);
	default:
		host = argument(part, "htonl");
		return read_number(in, field, &host, number);
	}
}
