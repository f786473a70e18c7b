/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <netdb.h>
#include <string.h>

#include "calls/answers.h"
#include "calls/confine.h"
#include "calls/kinds.h"
#include "calls/literal.h"
#include "calls/pieces.h"

/* What getaddrinfo() and getnameinfo() take. */

static int read_name(const struct reading *reading, const struct word *word, struct value *out,
		     bool (*numeric)(const char *text), struct error *err)
{
	if (!word || word_is(word, "NULL"))
		return 0;
	if (kind_text.read(reading, word, out, err) < 0)
		return -1;
	return confine_lookup(reading->resolver, numeric(out->data), err);
}

static int read_node(const struct reading *reading, const struct word *word, struct value *out,
		     struct error *err)
{
	return read_name(reading, word, out, confine_is_numeric_host, err);
}

static int read_service(const struct reading *reading, const struct word *word, struct value *out,
			struct error *err)
{
	return read_name(reading, word, out, confine_is_numeric_service, err);
}

static void print_name(struct buf *out, const struct record *record, const struct value *values,
		       int index, const struct frame *frame)
{
	kind_text.print(out, record, values, index, frame);
}

const struct kind kind_node = {
	.what = "a host's name or address, or NULL",
	.way = FRAME_IN,
	.read = read_node,
	.print = print_name,
};

/* Hints have a name before them, or braces around. */
static bool looks_service(const struct reading *reading, const struct word *word)
{
	(void)reading;
	return word->len && word->text[0] != '{' &&
	       (word->text[0] == '"' || !memchr(word->text, '=', word->len));
}

const struct kind kind_service = {
	.what = "a service such as http, a port, or NULL",
	.way = FRAME_IN,
	.looks = looks_service,
	.read = read_service,
	.print = print_name,
	.left_out = "NULL",
};

/* In the order of the struct, in which it may be written without names. */
static const struct {
	const char *name, *field;
	const struct names *names;
	size_t at;
} hints[] = {
	{"flags", "ai_flags", &names_ai, offsetof(struct addrinfo, ai_flags)},
	{"family", "ai_family", &names_family, offsetof(struct addrinfo, ai_family)},
	{"type", "ai_socktype", &names_type, offsetof(struct addrinfo, ai_socktype)},
	{"protocol", "ai_protocol", &names_protocol, offsetof(struct addrinfo, ai_protocol)},
};

#define HINTS (sizeof(hints) / sizeof(hints[0]))

const char *hint_name(size_t index, const struct names **names)
{
	if (index >= HINTS)
		return NULL;
	*names = hints[index].names;
	return hints[index].name;
}

static bool is_named(const struct word *name, size_t i)
{
	return word_is(name, hints[i].name) || word_is(name, hints[i].field);
}

/* `family=inet`; where no name is before it, the POSITION says which it is. */
static int read_hint(const struct piece *piece, size_t position, struct addrinfo *out,
		     struct error *err)
{
	const char *equals = memchr(piece->text, '=', piece->len);
	struct piece value = *piece, key = *piece;
	struct word name;
	size_t i = position;
	long number;
	int field;

	if (equals) {
		key.len = (size_t)(equals - piece->text);
		value.text += key.len + 1;
		value.at += key.len + 1;
		value.len -= key.len + 1;
		piece_trim(&key);
		piece_trim(&value);
		name = (struct word){.text = key.text, .len = key.len};
		if (name.len && name.text[0] == '.') {
			name.text++;
			name.len--;
		}
		for (i = 0; i < HINTS && !is_named(&name, i); i++)
			;
	}
	if (i == HINTS || !value.len) {
		error_set(err, "expected flags=, family=, type= or protocol=, such as type=stream");
		return piece_place(piece, err);
	}
	if (literal_constant(value.text, value.len, hints[i].names, NULL, &number, err) < 0)
		return piece_place(&value, err);
	if (number < INT_MIN || number > INT_MAX) {
		error_set(err, "this is an int of 32 bits");
		return piece_place(&value, err);
	}
	field = (int)number;
	memcpy((char *)out + hints[i].at, &field, sizeof(field));
	return 0;
}

/* The next of words with blanks between; false at the end. */
static bool next_word(struct piece *rest, struct piece *out)
{
	size_t len;

	piece_trim(rest);
	for (len = 0; len < rest->len && !strchr(" \t", rest->text[len]); len++)
		;
	*out = *rest;
	out->len = len;
	rest->text += len;
	rest->at += len;
	rest->len -= len;
	return len > 0;
}

static int read_hints(const struct reading *reading, const struct word *word, struct value *out,
		      struct error *err)
{
	struct addrinfo all = {0};
	struct piece rest, piece;
	size_t position = 0;
	bool braces;

	(void)reading;
	if (!word || word_is(word, "NULL"))
		return 0;
	braces = piece_inside(word, '{', '}', &rest);
	if (!braces && !memchr(word->text, '=', word->len)) {
		error_set(err, "expected flags=, family=, type= or protocol=, such as type=stream");
		return -1;
	}
	while (braces ? piece_next(&rest, &piece) : next_word(&rest, &piece))
		if (read_hint(&piece, position++, &all, err) < 0)
			return -1;
	return piece_keep(out, &all, sizeof(all), err);
}

static void print_hints(struct buf *out, const struct record *record, const struct value *values,
			int index, const struct frame *frame)
{
	const char *between = "";
	int field;
	size_t i;

	(void)record;
	(void)frame;
	if (values[index].size != sizeof(struct addrinfo)) {
		buf_str(out, "NULL");
		return;
	}
	buf_char(out, '{');
	for (i = 0; i < HINTS; i++) {
		memcpy(&field, (const char *)values[index].data + hints[i].at, sizeof(field));
		/* 0 of each is "any", which is what is not there. */
		if (!field)
			continue;
		buf_printf(out, "%s%s=", between, hints[i].field);
		names_print(out, hints[i].names, field);
		between = ", ";
	}
	buf_char(out, '}');
}

const struct kind kind_hints = {
	.what = "hints such as flags=PASSIVE family=inet type=stream",
	.way = FRAME_IN,
	.read = read_hints,
	.print = print_hints,
	.completes = "hints",
	.left_out = "NULL",
};

/* In C anything may stand here. */
static int read_answers_out(const struct reading *reading, const struct word *word,
			    struct value *out, struct error *err)
{
	(void)reading;
	(void)word;
	(void)err;
	out->size = ANSWERS_ROOM;
	return 0;
}

static void print_answers_out(struct buf *out, const struct record *record,
			      const struct value *values, int index, const struct frame *frame)
{
	(void)values;
	(void)frame;
	buf_printf(out, "&%s", record->args[index].name);
}

const struct kind kind_answers_out = {
	.what = "where the answers are put",
	.way = FRAME_OUT,
	.read = read_answers_out,
	.print = print_answers_out,
};

static int read_name_flags(const struct reading *reading, const struct word *word,
			   struct value *out, struct error *err)
{
	bool numeric;

	if (kind_flags.read(reading, word, out, err) < 0)
		return -1;
	numeric = out->number & NI_NUMERICHOST && out->number & NI_NUMERICSERV;
	return confine_lookup(reading->resolver, numeric, err);
}

static void print_name_flags(struct buf *out, const struct record *record,
			     const struct value *values, int index, const struct frame *frame)
{
	kind_flags.print(out, record, values, index, frame);
}

const struct kind kind_name_flags = {
	.what = "flags such as NUMERICHOST|NUMERICSERV",
	.read = read_name_flags,
	.print = print_name_flags,
	.completes = "names",
	.left_out = "0",
};
