/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "calls/byte_order.h"
#include "calls/confine.h"
#include "calls/kinds.h"
#include "calls/literal.h"

/* What the functions take that turn names, text and bytes into one another. */

#define TEXT_LIMIT ((size_t)1024) /* longer than any name (NI_MAXHOST) but not by much */
#define SIZE_MOST  ((long)4096)

static bool is_hex(const struct word *word)
{
	return word->len > 4 && memcmp(word->text, "hex:", 4) == 0;
}

/* hex:1f90, the bytes as they stand in memory. */
static int read_order_bytes(const struct word *word, size_t len, struct value *out,
			    struct error *err)
{
	struct buf bytes = {0};
	int result = literal_bytes(word->text, word->len, TEXT_LIMIT, &bytes, err);

	if (result == 0 && bytes.len != len)
		result = error_set(err, "expected %zu bytes, these are %zu", len, bytes.len);
	if (result == 0)
		out->number = (long)byte_order_number((const unsigned char *)bytes.data, bytes.len);
	buf_free(&bytes);
	return result;
}

static int read_unsigned(const struct reading *reading, const struct word *word, size_t len,
			 struct value *out, struct error *err)
{
	const struct names *names = reading->record->args[reading->index].names;
	long most = len == sizeof(uint16_t) ? UINT16_MAX : UINT32_MAX;

	if (!word)
		return 0;
	if (is_hex(word))
		return read_order_bytes(word, len, out, err);
	if (names && names_find(names, word->text, word->len, &out->number))
		return 0;
	if (literal_number(word->text, word->len, LONG_MIN, LONG_MAX, &out->number, err) < 0)
		return -1;
	if (out->number >= 0 && out->number <= most)
		return 0;
	return error_set(err, "expected %zu bits, 0 to %ld; a C program would get %ld, silently",
			 len * CHAR_BIT, most, out->number & most);
}

static int read_short(const struct reading *reading, const struct word *word, struct value *out,
		      struct error *err)
{
	return read_unsigned(reading, word, sizeof(uint16_t), out, err);
}

static int read_long(const struct reading *reading, const struct word *word, struct value *out,
		     struct error *err)
{
	return read_unsigned(reading, word, sizeof(uint32_t), out, err);
}

static void print_long(struct buf *out, const struct record *record, const struct value *values,
		       int index, const struct frame *frame)
{
	(void)frame;
	if (record->args[index].names)
		names_print(out, record->args[index].names, values[index].number);
	else
		buf_printf(out, "%ld", values[index].number);
}

const struct kind kind_host_short = {
	.what = "a number of 16 bits such as 8080",
	.read = read_short,
	.print = kind_print_number,
};

const struct kind kind_net_short = {
	.what = "16 bits in the network's order such as hex:1f90",
	.read = read_short,
	.print = kind_print_number,
};

const struct kind kind_host_long = {
	.what = "a number of 32 bits such as INADDR_LOOPBACK",
	.read = read_long,
	.print = print_long,
	.completes = "names",
};

const struct kind kind_net_long = {
	.what = "32 bits in the network's order such as hex:7f000001",
	.read = read_long,
	.print = print_long,
};

/* A string of C: the value has its NUL. */
static int read_text(const struct reading *reading, const struct word *word, struct value *out,
		     struct error *err)
{
	struct buf bytes = {0};

	if (!word)
		return 0;
	if (confine_literal(reading->resolver, word->text, word->len, err) < 0)
		return -1;
	if (literal_bytes(word->text, word->len, TEXT_LIMIT, &bytes, err) < 0)
		goto fail;
	if (bytes.len && memchr(bytes.data, '\0', bytes.len)) {
		error_set(err, "a string of C ends at its first NUL byte");
		goto fail;
	}
	buf_char(&bytes, '\0');
	out->size = bytes.len;
	out->data = buf_take(&bytes);
	return out->data ? 0 : error_set(err, "out of memory");
fail:
	buf_free(&bytes);
	return -1;
}

static void print_string(struct buf *out, const struct value *value)
{
	buf_char(out, '"');
	escape_string(out, value->data, value->size - 1);
	buf_char(out, '"');
}

static void print_text(struct buf *out, const struct record *record, const struct value *values,
		       int index, const struct frame *frame)
{
	(void)record;
	(void)frame;
	if (values[index].data && values[index].size)
		print_string(out, &values[index]);
	else
		buf_str(out, "NULL");
}

const struct kind kind_text = {
	.what = "text such as 127.0.0.1",
	.way = FRAME_IN,
	.read = read_text,
	.print = print_text,
};

/* How many bytes an address of a family has; 0: the function knows no such family. */
static size_t address_bytes(long family)
{
	if (family == AF_INET)
		return sizeof(struct in_addr);
	return family == AF_INET6 ? sizeof(struct in6_addr) : 0;
}

/* Of a family that is none of these the function reads nothing; should it, it finds zeros. */
static int read_in_addr(const struct reading *reading, const struct word *word, struct value *out,
			struct error *err)
{
	size_t wanted = address_bytes(reading->values[0].number);
	struct buf bytes = {0};
	int result;

	if (!word)
		return 0;
	if (confine_literal(reading->resolver, word->text, word->len, err) < 0)
		return -1;
	result = literal_bytes(word->text, word->len, TEXT_LIMIT, &bytes, err);
	if (result == 0 && wanted && bytes.len != wanted)
		result = error_set(err,
				   "an address of this family has %zu bytes, such as %s; these "
				   "are %zu",
				   wanted,
				   wanted == sizeof(struct in_addr)
					   ? "hex:7f000001"
					   : "hex:20010db8000000000000000000000001",
				   bytes.len);
	if (result == 0 && bytes.len > sizeof(struct in6_addr))
		result = error_set(err, "no address has more than %zu bytes, these are %zu",
				   sizeof(struct in6_addr), bytes.len);
	out->data = result == 0 ? calloc(1, sizeof(struct in6_addr)) : NULL;
	if (out->data && bytes.len)
		memcpy(out->data, bytes.data, bytes.len);
	out->size = bytes.len;
	buf_free(&bytes);
	if (result == 0 && !out->data)
		return error_set(err, "out of memory");
	return result;
}

static void print_hex(struct buf *out, const struct value *value)
{
	const unsigned char *bytes = value->data;
	size_t i;

	buf_str(out, "hex:");
	for (i = 0; i < value->size; i++)
		buf_printf(out, "%02x", bytes[i]);
}

static void print_in_addr(struct buf *out, const struct record *record, const struct value *values,
			  int index, const struct frame *frame)
{
	(void)record;
	(void)frame;
	print_hex(out, &values[index]);
}

const struct kind kind_in_addr = {
	.what = "the bytes of an address such as hex:7f000001",
	.way = FRAME_IN,
	.read = read_in_addr,
	.print = print_in_addr,
};

/* In C anything may stand here. */
static int read_in_addr_out(const struct reading *reading, const struct word *word,
			    struct value *out, struct error *err)
{
	(void)reading;
	(void)word;
	(void)err;
	out->size = sizeof(struct in6_addr);
	return 0;
}

static void print_in_addr_out(struct buf *out, const struct record *record,
			      const struct value *values, int index, const struct frame *frame)
{
	(void)record;
	if (frame && frame->result == 1 && values[index].data)
		print_hex(out, &values[index]);
	else
		buf_str(out, "dst");
}

const struct kind kind_in_addr_out = {
	.what = "where the bytes of an address are put",
	.way = FRAME_OUT,
	.read = read_in_addr_out,
	.print = print_in_addr_out,
};

static void print_text_out(struct buf *out, const struct record *record, const struct value *values,
			   int index, const struct frame *frame)
{
	/* Its room is 0 bytes. */
	if (!values[index + 1].number)
		buf_str(out, "NULL");
	else if (frame && frame->result == 0 && values[index].data && values[index].size)
		print_string(out, &values[index]);
	else
		buf_str(out, record->args[index].name);
}

/* Its room is the kind_text_size behind it. */
const struct kind kind_text_out = {
	.what = "where text is put",
	.way = FRAME_OUT,
	.read = kind_read_nothing,
	.print = print_text_out,
};

/* What is left out is enough for any address of the family. */
static int read_text_size(const struct reading *reading, const struct word *word, struct value *out,
			  struct error *err)
{
	out->number = reading->values[0].number == AF_INET ? INET_ADDRSTRLEN : INET6_ADDRSTRLEN;
	if (word && literal_number(word->text, word->len, 0, SIZE_MOST, &out->number, err) < 0)
		return -1;
	reading->values[reading->index - 1].size = (size_t)out->number;
	return 0;
}

const struct kind kind_text_size = {
	.what = "room for text, with the NUL behind it",
	.looks = kind_looks_number,
	.read = read_text_size,
	.print = kind_print_number,
	.left_out = "room enough for the family: 16 or 46",
};
