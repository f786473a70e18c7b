/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "calls/confine.h"
#include "calls/kinds.h"
#include "calls/literal.h"
#include "net/address.h"

/* The bytes of an address always have room for the largest, so that a length that is wrong on
 * purpose makes the kernel read zeros and nothing of ours. */
#define ADDRESS_ROOM ((long)sizeof(((struct address *)0)->bytes))

static void socket_of(const struct reading *reading, int *family, int *type)
{
	*family = AF_UNSPEC;
	*type = 0;
	if (reading->record->args[0].kind == &kind_fd)
		reading->resolver->family(reading->resolver->data, (int)reading->values[0].number,
					  family, type);
}

/*
 * b:80, where the lab has a host b: its address in place of the name. False: TEXT is nothing of the
 * kind.
 */
static bool name_host(const struct reading *reading, const struct word *word, int family,
		      struct buf *text)
{
	const char *colon = memchr(word->text, ':', word->len);
	size_t len = colon ? (size_t)(colon - word->text) : word->len;
	struct address address;
	bool v6;

	/* There is none while a line is still being typed. */
	if (!reading->resolver || !reading->resolver->host ||
	    !reading->resolver->host(reading->resolver->data, word->text, len, family, &address))
		return false;
	v6 = address.any.sa_family == AF_INET6;
	buf_str(text, v6 ? "[" : "");
	address_print_host(text, &address);
	buf_str(text, v6 ? "]" : "");
	buf_add(text, word->text + len, word->len - len);
	return true;
}

static bool looks_address(const struct reading *reading, const struct word *word)
{
	struct buf text = {0};
	bool host = name_host(reading, word, AF_UNSPEC, &text);

	buf_free(&text);
	return host || address_looks(word->text, word->len);
}

static int parse_address(const struct reading *reading, const struct word *word,
			 struct address *out, struct error *err)
{
	struct buf text = {0};
	int family, type, result, network = resolver_network(reading->resolver);
	bool numeric = confine_is_numeric(reading->resolver);

	socket_of(reading, &family, &type);
	if (!name_host(reading, word, family, &text))
		return address_parse_in(network, numeric, out, word->text, word->len, family, type,
					err);
	result = address_parse_in(network, numeric, out, buf_text(&text), text.len, family, type,
				  err);
	/* The place within what was put together is none of the word's. */
	err->column = 0;
	buf_free(&text);
	return result;
}

/* The value's number is the address's length. */
static int read_address(const struct reading *reading, const struct word *word, struct value *out,
			struct error *err)
{
	struct address address = {0};

	if (!word)
		return 0;
	if (word_is(word, "NULL"))
		return 0;
	if (parse_address(reading, word, &address, err) < 0 ||
	    confine_address(reading->resolver, &address, err) < 0)
		return -1;
	out->data = calloc(1, sizeof(address.bytes));
	if (!out->data)
		return error_set(err, "out of memory");
	memcpy(out->data, address.bytes, address.len);
	out->size = sizeof(address.bytes);
	out->number = address.len;
	return 0;
}

static void print_bytes_as_address(struct buf *out, const struct value *value, long len)
{
	struct address address = {.len = (socklen_t)(len > ADDRESS_ROOM ? ADDRESS_ROOM : len),
				  .network = value->network};

	if (!value->data) {
		buf_str(out, "NULL");
		return;
	}
	memcpy(address.bytes, value->data, value->size < address.len ? value->size : address.len);
	address_print_c(out, &address);
}

static void print_address(struct buf *out, const struct record *record, const struct value *values,
			  int index, const struct frame *frame)
{
	(void)record;
	(void)frame;
	print_bytes_as_address(out, &values[index], values[index].number);
}

const struct kind kind_address = {
	.what = "an address such as 127.0.0.1:8080",
	.way = FRAME_IN,
	.looks = looks_address,
	.read = read_address,
	.print = print_address,
	.completes = "address",
	.left_out = "the connected peer",
};

static int read_address_len(const struct reading *reading, const struct word *word,
			    struct value *out, struct error *err)
{
	if (!word) {
		out->number = reading->values[reading->index - 1].number;
		return 0;
	}
	return literal_number(word->text, word->len, 0, INT_MAX, &out->number, err);
}

static bool looks_nothing(const struct reading *reading, const struct word *word)
{
	(void)reading;
	(void)word;
	return false;
}

const struct kind kind_address_len = {
	.what = "the length of the address",
	.read = read_address_len,
	.print = kind_print_number,
};

/* What the kernel fills in may be written as anything in C: a variable's name, last time's
 * answer. NULL asks for none. */
static int read_address_out(const struct reading *reading, const struct word *word,
			    struct value *out, struct error *err)
{
	(void)reading;
	(void)err;
	if (word && word_is(word, "NULL"))
		return 0;
	out->size = (size_t)ADDRESS_ROOM;
	return 0;
}

static void print_address_out(struct buf *out, const struct record *record,
			      const struct value *values, int index, const struct frame *frame)
{
	bool unfilled = frame ? frame->result < 0 && values[index].data : values[index].size > 0;

	(void)record;
	if (unfilled)
		buf_str(out, "addr");
	else
		print_bytes_as_address(out, &values[index], values[index + 1].number);
}

const struct kind kind_address_out = {
	.what = "where the kernel puts an address",
	.way = FRAME_OUT,
	.looks = looks_nothing,
	.read = read_address_out,
	.print = print_address_out,
};

static int read_address_len_out(const struct reading *reading, const struct word *word,
				struct value *out, struct error *err)
{
	(void)word;
	(void)err;
	out->number = (long)reading->values[reading->index - 1].size;
	return 0;
}

static void print_address_len_out(struct buf *out, const struct record *record,
				  const struct value *values, int index, const struct frame *frame)
{
	(void)record;
	if (frame ? !values[index - 1].data : !values[index - 1].size)
		buf_str(out, "NULL");
	else
		buf_printf(out, "[%ld]", values[index].number);
}

const struct kind kind_address_len_out = {
	.what = "room for the address, then its length",
	.looks = looks_nothing,
	.read = read_address_len_out,
	.print = print_address_len_out,
};
