/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <limits.h>
#include <linux/filter.h>
#include <stdlib.h>
#include <string.h>

#include "calls/confine.h"
#include "calls/kinds_option_parts.h"
#include "calls/literal.h"
#include "net/address.h"

#define ROOM_OF_STRING 256
#define ROOM_OF_BYTES  512

/* What is known of the fields of one value while it is read. */
struct progress {
	const struct option_layout *layout;
	size_t base;        /* where the value begins in `out` */
	unsigned long seen; /* fields, by their bits */
	unsigned next;      /* the field that a value without a name goes to */
	size_t counted;     /* elements or bytes of the field that was read last */
};

static bool number_fits(const struct option_field *field, long long number)
{
	unsigned bits = field->size * 8u;

	if (!bits || bits >= 64)
		return true;
	/* Of an int both ways of writing are known: -1 and 0xffffffff. */
	return number >= -(1LL << (bits - 1)) && number < 1LL << bits;
}

static bool sign_fits(const struct option_field *field, long long number)
{
	return number >= 0 || field->size >= sizeof(int);
}

static int store(const struct input *in, const struct progress *progress,
		 const struct option_field *field, const struct part *part, long long number)
{
	if (!number_fits(field, number) || !sign_fits(field, number)) {
		error_set(in->err, "%.*s is out of range: it has %u bits", part_shown(part),
			  part->text, field->size * 8u);
		return part_fail(in, part);
	}
	options_store(field, number, in->out->data + progress->base);
	return 0;
}

static int read_ip(const struct input *in, const struct progress *progress,
		   const struct option_field *field, const struct part *part)
{
	int family = field->form == VALUE_IPV4 ? AF_INET : AF_INET6;
	char text[INET6_ADDRSTRLEN];
	struct part bare = part_enclosed(part, '[') ? part_slice(part, 1, part->len - 1) : *part;

	if (bare.len && bare.len < sizeof(text)) {
		memcpy(text, bare.text, bare.len);
		text[bare.len] = '\0';
		if (inet_pton(family, text, in->out->data + progress->base + field->offset) == 1)
			return 0;
	}
	error_set(in->err, "%.*s is no IPv%c address: expected one such as %s", part_shown(part),
		  part->text, family == AF_INET ? '4' : '6',
		  family == AF_INET ? "239.1.2.3" : "ff02::1");
	return part_fail(in, part);
}

static int read_address(const struct input *in, const struct progress *progress,
			const struct option_field *field, const struct part *part)
{
	struct address address;

	if (address_parse_in(resolver_network(in->resolver), confine_is_numeric(in->resolver),
			     &address, part->text, part->len, AF_UNSPEC, 0, in->err) < 0)
		return part_fail_within(in, part);
	if (!field->size) {
		buf_add(in->out, address.bytes, address.len);
		return 0;
	}
	if (address.len > field->size) {
		error_set(in->err, "this address is longer than the %u bytes that there are",
			  field->size);
		return part_fail(in, part);
	}
	memcpy(in->out->data + progress->base + field->offset, address.bytes, address.len);
	return 0;
}

/* Bytes of no known type; a bare number is an int, which most options are. */
static int read_raw(const struct input *in, const struct part *part)
{
	struct part inner = part_inside(part);
	struct error ignored;
	long number;
	int value;

	if (!memchr(part->text, '*', part->len) &&
	    literal_number(inner.text, inner.len, INT_MIN, UINT_MAX, &number, &ignored) == 0) {
		value = (int)number;
		buf_add(in->out, &value, sizeof(value));
		return 0;
	}
	if (literal_bytes(part->text, part->len, OPTION_BYTES_MOST, in->out, in->err) < 0)
		return part_fail_within(in, part);
	return 0;
}

/* Bytes that have a fixed room in the value. */
static int read_bytes(const struct input *in, struct progress *progress,
		      const struct option_field *field, const struct part *part)
{
	struct buf bytes = {0};
	int result = 0;

	if (field->form != VALUE_MAC || !part_mac(part, &bytes)) {
		buf_reset(&bytes);
		result = literal_bytes(part->text, part->len, OPTION_BYTES_MOST, &bytes, in->err);
		if (result < 0)
			part_fail_within(in, part);
	}
	if (result == 0 && bytes.len > field->size) {
		error_set(in->err, "these are %zu bytes: at most %u fit", bytes.len, field->size);
		result = part_fail(in, part);
	}
	if (result == 0 && bytes.len)
		memcpy(in->out->data + progress->base + field->offset, bytes.data, bytes.len);
	progress->counted = bytes.len;
	buf_free(&bytes);
	return result;
}

static int read_layout(const struct input *in, const struct option_layout *layout,
		       const struct part *whole, bool every);

static int read_from_file(const struct input *in, const struct option_layout *element,
			  const struct part *part)
{
	char *path = strndup(part->text + 1, part->len - 1);
	int result;

	if (!path) {
		error_set(in->err, "out of memory");
		return part_fail(in, part);
	}
	result = option_read_file(path, element, in->out, in->err);
	free(path);
	return result < 0 ? part_fail(in, part) : 0;
}

static int read_list(const struct input *in, struct progress *progress,
		     const struct option_field *field, const struct part *part)
{
	const struct option_layout *element = field->element;
	struct part all = part_inside(part), one;
	size_t start = in->out->len, at = 0;

	if (part_begins(part, "@")) {
		if (read_from_file(in, element, part) < 0)
			return -1;
	} else {
		/* One alone, whose brackets are its own. */
		if (!options_is_whole(element) && part->len && part->text[0] == '{' &&
		    !memchr(part->text + 1, '{', part->len - 1))
			all = *part;
		while (part_next(&all, &at, &one))
			if (read_layout(in, element, &one, false) < 0)
				return -1;
	}
	progress->counted = (in->out->len - start) / element->size;
	return 0;
}

static int read_field(const struct input *in, struct progress *progress,
		      const struct option_field *field, const struct part *part)
{
	long long number;

	progress->counted = 0;
	switch (field->form) {
	case VALUE_LIST:
		return read_list(in, progress, field, part);
	case VALUE_IPV4:
	case VALUE_IPV6:
		return read_ip(in, progress, field, part);
	case VALUE_ADDRESS:
		return read_address(in, progress, field, part);
	case VALUE_TCP_INFO:
		return read_raw(in, part);
	case VALUE_STRING:
	case VALUE_MAC:
	case VALUE_BYTES:
		return field->size ? read_bytes(in, progress, field, part) : read_raw(in, part);
	default:
		if (part_number(in, field, part, &number) < 0)
			return -1;
		return store(in, progress, field, part, number);
	}
}

static int unknown_field(const struct input *in, const struct option_layout *layout,
			 const struct part *name)
{
	struct buf list = {0};
	unsigned i;

	for (i = 0; i < layout->count; i++) {
		const struct option_field *field = &layout->fields[i];

		buf_printf(&list, "%s%s", i ? ", " : "", field->also ? field->also : field->name);
	}
	error_set(in->err, "%s has no field %.*s: it has %s", layout->name, part_shown(name),
		  name->text, buf_text(&list));
	buf_free(&list);
	return part_fail(in, name);
}

/* The field of that name; the count of fields where there is none. */
static unsigned find_field(const struct option_layout *layout, const struct part *name)
{
	unsigned i;

	for (i = 0; i < layout->count; i++)
		if (part_is(name, layout->fields[i].name) ||
		    (layout->fields[i].also && part_is(name, layout->fields[i].also)))
			break;
	return i;
}

/* Which field a part is for, with its name taken off; -1 with an error set. */
static int choose_field(const struct input *in, struct progress *progress, struct part *part)
{
	const struct option_layout *layout = progress->layout;
	struct part whole = *part, name = part_take_name(part);
	unsigned index = progress->next;

	if (name.len) {
		index = find_field(layout, &name);
		if (index == layout->count)
			return unknown_field(in, layout, &name);
		whole = name;
	} else if (find_field(layout, part) < layout->count) {
		error_set(in->err, "the value is missing: expected %.*s=VALUE", part_shown(part),
			  part->text);
		return part_fail(in, part);
	}
	if (index == layout->count) {
		error_set(in->err, "one value too many: %s has %u", layout->name, layout->count);
		return part_fail(in, &whole);
	}
	if (progress->seen >> index & 1) {
		error_set(in->err, "%s is given twice", layout->fields[index].name);
		return part_fail(in, &whole);
	}
	if (!part->len) {
		error_set(in->err, "the value of %s is missing", layout->fields[index].name);
		return part_fail(in, &whole);
	}
	progress->seen |= 1UL << index;
	progress->next = index + 1;
	return (int)index;
}

/* A count that was not given is what the field behind it has. */
static void set_count(const struct input *in, const struct progress *progress, unsigned index)
{
	const struct option_field *before = &progress->layout->fields[index - 1];

	if (index && before->form == VALUE_COUNT && !(progress->seen >> (index - 1) & 1))
		options_store(before, (long long)progress->counted, in->out->data + progress->base);
}

/* The kernel follows the pointer as far as the count says. */
static int check_count(const struct input *in, const struct progress *progress,
		       const struct part *whole)
{
	const struct option_layout *layout = progress->layout;
	long long count;
	size_t have;

	if (!layout->pointer)
		return 0;
	have = (in->out->len - progress->base - layout->size) / options_list(layout)->element->size;
	count = options_number(&layout->fields[0], in->out->data + progress->base);
	if ((unsigned long long)count <= have)
		return 0;
	error_set(in->err, "%s says %lld, but only %zu are given", layout->fields[0].name, count,
		  have);
	return part_fail(in, whole);
}

/* The last fields are left out where none of them was given and the kernel does without. */
static void leave_out(const struct input *in, const struct progress *progress)
{
	const struct option_layout *layout = progress->layout;
	unsigned i;

	if (!layout->least)
		return;
	for (i = 0; i < layout->count; i++)
		if (layout->fields[i].offset >= layout->least && progress->seen >> i & 1)
			return;
	buf_truncate(in->out, progress->base + layout->least);
}

static int read_fields(const struct input *in, struct progress *progress, const struct part *whole,
		       bool every)
{
	struct part all = part_inside(whole), part;
	size_t at = 0;

	while (part_next(&all, &at, &part)) {
		int index = choose_field(in, progress, &part);

		if (index < 0 ||
		    read_field(in, progress, &progress->layout->fields[index], &part) < 0)
			return -1;
		if (index > 0)
			set_count(in, progress, (unsigned)index);
	}
	if (every && progress->seen != (1UL << progress->layout->count) - 1) {
		error_set(in->err, "%u numbers are expected", progress->layout->count);
		return part_fail(in, whole);
	}
	leave_out(in, progress);
	return check_count(in, progress, whole);
}

static bool is_single(const struct part *whole)
{
	struct part part;
	size_t at = 0;

	return part_next(whole, &at, &part) && !part_next(whole, &at, &part);
}

/* Whether one value stands there, or one in brackets, that is no field and no structure. */
static bool is_plain(const struct part *whole)
{
	struct part part = part_enclosed(whole, '[') ? part_inside(whole) : *whole;

	return part.len && is_single(&part) && !part_one_of(part.text[0], "{[@") &&
	       !part_take_name(&part).len;
}

/* Whether blanks end a value of this field. */
static bool is_of_words(const struct option_field *field, const struct part *part)
{
	if (field->form == VALUE_LIST || field->form == VALUE_ADDRESS)
		return false;
	return field->size || !part->len || !part_one_of(part->text[0], "\"'{[");
}

static int read_whole(const struct input *in, struct progress *progress, const struct part *whole)
{
	const struct option_field *field = &progress->layout->fields[0];
	struct part part = *whole, second;
	size_t at = 0;

	if (field->form != VALUE_ADDRESS && field->size)
		part = part_inside(whole);
	if (is_of_words(field, &part) && part_next(&part, &at, &second) &&
	    part_next(&part, &at, &second)) {
		error_set(in->err, "one word too many: %s is a single value",
			  progress->layout->name);
		return part_fail(in, &second);
	}
	return read_field(in, progress, field, &part);
}

static int read_timeval(const struct input *in, const struct progress *progress,
			const struct part *part)
{
	const struct option_field *fields = progress->layout->fields;
	long us;

	if (literal_time(part->text, part->len, 1000000, &us, in->err) < 0)
		return part_fail_within(in, part);
	options_store(&fields[0], us / 1000000, in->out->data + progress->base);
	options_store(&fields[1], us % 1000000, in->out->data + progress->base);
	return 0;
}

static int add_room(const struct input *in, size_t size, const struct part *whole)
{
	if (buf_reserve(in->out, size + 1) < 0) {
		error_set(in->err, "out of memory");
		return part_fail(in, whole);
	}
	memset(in->out->data + in->out->len, 0, size + 1);
	in->out->len += size;
	return 0;
}

static int read_layout(const struct input *in, const struct option_layout *layout,
		       const struct part *whole, bool every)
{
	struct progress progress = {.layout = layout, .base = in->out->len};

	if (add_room(in, layout->size, whole) < 0)
		return -1;
	if (options_is_whole(layout))
		return read_whole(in, &progress, whole);
	if (layout->time && is_plain(whole))
		return read_timeval(in, &progress, whole);
	/* A list alone, where the structure is nothing but its pointer and its count. */
	if (layout->pointer && whole->len && part_one_of(whole->text[0], "@[")) {
		progress.seen = 2;
		if (read_list(in, &progress, options_list(layout), whole) < 0)
			return -1;
		set_count(in, &progress, 1);
		return 0;
	}
	return read_fields(in, &progress, whole, every);
}

int option_read_line(const struct option_layout *layout, const char *text, size_t len, bool every,
		     struct buf *out, struct error *err)
{
	struct input in = {.out = out, .err = err};
	struct part whole = part_trimmed((struct part){text, len, 0});

	return read_layout(&in, layout, &whole, every);
}

int option_read(const struct option *option, const struct resolver *resolver, const char *text,
		size_t len, struct buf *out, struct error *err)
{
	const struct option_layout *layout = options_layout(option);
	struct input in = {.resolver = resolver, .out = out, .err = err};
	struct part whole = part_trimmed((struct part){text, len, 0});
	size_t start = out->len;
	int result;

	*err = (struct error){0};
	if (!whole.len) {
		error_set(err, "the value is missing");
		return part_fail(&in, &whole);
	}
	if (layout->also && is_plain(&whole))
		layout = layout->also;
	/* Bytes of any length for any option: the kernel says what it thinks of them. */
	if (part_begins(&whole, "hex:"))
		result = read_raw(&in, &whole);
	else
		result = read_layout(&in, layout, &whole, false);
	if (result == 0 && out->failed) {
		error_set(err, "out of memory");
		result = part_fail(&in, &whole);
	}
	if (result < 0)
		buf_truncate(out, start);
	return result;
}

size_t option_room(const struct option *option)
{
	const struct option_layout *layout = options_layout(option);

	if (layout->unit)
		return (size_t)layout->unit * BPF_MAXINSNS;
	if (layout->fields[0].form == VALUE_STRING)
		return ROOM_OF_STRING;
	return options_list(layout) || !layout->size ? ROOM_OF_BYTES : layout->size;
}
