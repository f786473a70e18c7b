/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/emit.h"

#include <string.h>

#include "base/escape.h"

static const char hex_digits[] = "0123456789abcdef";

static void separate(struct emit *emit)
{
	if (emit->comma)
		buf_char(emit->out, ',');
	emit->comma = true;
}

void emit_open(struct emit *emit, char bracket)
{
	separate(emit);
	buf_char(emit->out, bracket);
	emit->comma = false;
}

void emit_close(struct emit *emit, char bracket)
{
	buf_char(emit->out, bracket);
	emit->comma = true;
}

void emit_key(struct emit *emit, const char *key)
{
	struct buf *out = emit->out;
	size_t len = strlen(key);
	char *at;

	if (buf_reserve(out, len + 4) < 0)
		return;
	at = out->data + out->len;
	if (emit->comma)
		*at++ = ',';
	*at++ = '"';
	/* NOLINTNEXTLINE(bugprone-not-null-terminated-result): a NUL comes behind the colon. */
	memcpy(at, key, len);
	at += len;
	memcpy(at, "\":", 3);
	out->len = (size_t)(at + 2 - out->data);
	emit->comma = false;
}

void emit_ready_key(struct emit *emit, const char *key, size_t len)
{
	size_t skip = emit->comma ? 0 : 1;

	buf_add(emit->out, key + skip, len - skip);
	emit->comma = false;
}

static bool is_plain(unsigned char byte)
{
	return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
}

static size_t plain_run(const unsigned char *bytes, size_t len)
{
	size_t i = 0;

	while (i < len && is_plain(bytes[i]))
		i++;
	return i;
}

static void add_unit(struct buf *out, unsigned unit)
{
	char text[6] = {'\\', 'u'};

	for (int i = 0; i < 4; i++)
		text[2 + i] = hex_digits[unit >> (12 - 4 * i) & 15];
	buf_add(out, text, sizeof(text));
}

static void add_escaped(struct buf *out, uint32_t code)
{
	if (code == '"' || code == '\\') {
		buf_char(out, '\\');
		buf_char(out, (char)code);
	} else if (code < 0x10000) {
		add_unit(out, code);
	} else {
		code -= 0x10000;
		add_unit(out, 0xd800 + (code >> 10));
		add_unit(out, 0xdc00 + (code & 0x3ff));
	}
}

/* One character that is not plain ASCII. Returns how many bytes it took. */
static size_t add_character(struct buf *out, const unsigned char *bytes, size_t len)
{
	uint32_t code;
	int size = escape_decode(bytes, len, &code);

	if (size <= 0) {
		add_unit(out, 0xfffd);
		return 1;
	}
	if (code >= 0x80 && escape_passes(code))
		buf_add(out, bytes, (size_t)size);
	else
		add_escaped(out, code);
	return (size_t)size;
}

static void add_string(struct buf *out, const unsigned char *bytes, size_t len)
{
	while (len) {
		size_t run = plain_run(bytes, len);

		if (run)
			buf_add(out, bytes, run);
		else
			run = add_character(out, bytes, len);
		bytes += run;
		len -= run;
	}
}

void emit_string(struct emit *emit, const void *bytes, size_t len)
{
	separate(emit);
	buf_char(emit->out, '"');
	add_string(emit->out, bytes, len);
	buf_char(emit->out, '"');
}

void emit_text(struct emit *emit, const char *text)
{
	if (text)
		emit_string(emit, text, strlen(text));
	else
		emit_null(emit);
}

void emit_hex(struct emit *emit, const void *bytes, size_t len)
{
	const unsigned char *from = bytes;
	struct buf *out = emit->out;
	char *at;

	separate(emit);
	if (len > (size_t)-1 / 8 || buf_reserve(out, 2 * len + 2) < 0) {
		out->failed = true;
		return;
	}
	at = out->data + out->len;
	*at++ = '"';
	for (size_t i = 0; i < len; i++) {
		*at++ = hex_digits[from[i] >> 4];
		*at++ = hex_digits[from[i] & 15];
	}
	memcpy(at, "\"", 2);
	out->len += 2 * len + 2;
}

size_t emit_format(char text[EMIT_DIGITS], int64_t value, bool is_unsigned)
{
	bool minus = !is_unsigned && value < 0;
	uint64_t rest = minus ? -(uint64_t)value : (uint64_t)value;
	char digits[EMIT_DIGITS];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (minus)
		digits[--at] = '-';
	memcpy(text, digits + at, sizeof(digits) - at);
	return sizeof(digits) - at;
}

void emit_digits(struct buf *out, uint64_t value)
{
	char text[EMIT_DIGITS];

	buf_add(out, text, emit_format(text, (int64_t)value, true));
}

void emit_signed(struct buf *out, int64_t value)
{
	char text[EMIT_DIGITS];

	buf_add(out, text, emit_format(text, value, false));
}

void emit_number(struct emit *emit, int64_t value)
{
	separate(emit);
	emit_signed(emit->out, value);
}

void emit_unsigned(struct emit *emit, uint64_t value)
{
	separate(emit);
	emit_digits(emit->out, value);
}

void emit_bool(struct emit *emit, bool value)
{
	separate(emit);
	buf_add(emit->out, value ? "true" : "false", value ? 4 : 5);
}

void emit_null(struct emit *emit)
{
	separate(emit);
	buf_add(emit->out, "null", 4);
}

size_t emit_string_begin(struct emit *emit)
{
	separate(emit);
	buf_char(emit->out, '"');
	return emit->out->len;
}

void emit_string_end(struct emit *emit, size_t start)
{
	struct buf *out = emit->out;
	struct buf text = {0};

	if (out->failed)
		return;
	if (plain_run((unsigned char *)out->data + start, out->len - start) < out->len - start) {
		buf_add(&text, out->data + start, out->len - start);
		buf_truncate(out, start);
		add_string(out, (unsigned char *)buf_text(&text), text.len);
		out->failed |= text.failed;
		buf_free(&text);
	}
	buf_char(out, '"');
}

size_t emit_value_begin(struct emit *emit)
{
	separate(emit);
	return emit->out->len;
}

void emit_add_text(struct emit *emit, const char *key, const char *text)
{
	emit_key(emit, key);
	emit_text(emit, text);
}

void emit_add_number(struct emit *emit, const char *key, unsigned long value)
{
	emit_key(emit, key);
	if (value)
		emit_unsigned(emit, value);
	else
		emit_null(emit);
}

void emit_add_bool(struct emit *emit, const char *key, bool value)
{
	emit_key(emit, key);
	emit_bool(emit, value);
}

void emit_add_natural(struct emit *emit, const char *key, int64_t value)
{
	emit_key(emit, key);
	if (value >= 0)
		emit_number(emit, value);
	else
		emit_null(emit);
}

void emit_add_names(struct emit *emit, const char *key, const struct names *names, long value)
{
	size_t start;

	emit_key(emit, key);
	start = emit_string_begin(emit);
	names_print(emit->out, names, value);
	emit_string_end(emit, start);
}
