/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "oracle.h"

#include <stdint.h>
#include <string.h>

#define DEPTH_MOST 32

/* libFuzzer is to look for new ways through the code under test, not through its judge. */
#ifdef __clang__
#pragma clang attribute push(__attribute__((no_sanitize("coverage"))), apply_to = function)
#endif

static bool between(unsigned char c, unsigned from, unsigned to)
{
	return c >= from && c <= to;
}

/* By the table of RFC 3629, section 4. Returns how many bytes, 0 where it is not valid. */
static size_t utf8(const unsigned char *s, size_t len, uint32_t *code)
{
	unsigned low = 0x80, high = 0xbf;
	size_t size = 0, i;

	if (len && s[0] <= 0x7f)
		size = 1;
	else if (len && between(s[0], 0xc2, 0xdf))
		size = 2;
	else if (len && between(s[0], 0xe0, 0xef))
		size = 3;
	else if (len && between(s[0], 0xf0, 0xf4))
		size = 4;
	if (!size || size > len)
		return 0;
	if (s[0] == 0xe0)
		low = 0xa0;
	else if (s[0] == 0xed)
		high = 0x9f;
	else if (s[0] == 0xf0)
		low = 0x90;
	else if (s[0] == 0xf4)
		high = 0x8f;
	*code = size == 1 ? s[0] : s[0] & (0x7fU >> size);
	for (i = 1; i < size; i++) {
		if (!between(s[i], i == 1 ? low : 0x80, i == 1 ? high : 0xbf))
			return 0;
		*code = *code << 6 | (s[i] & 0x3f);
	}
	return size;
}

static bool denied(uint32_t code)
{
	static const uint32_t ranges[][2] = {
		{0x00, 0x1f},     {0x7f, 0x9f},     {0x61c, 0x61c},
		{0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x2069},
		{0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f},
	};
	size_t i;

	for (i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (code >= ranges[i][0] && code <= ranges[i][1])
			return true;
	return false;
}

bool oracle_harmless(const char *text, size_t len, bool newlines)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t size;
	uint32_t code = 0;

	for (; len; s += size, len -= size) {
		size = utf8(s, len, &code);
		if (!size || (denied(code) && !(newlines && code == '\n')))
			return false;
	}
	return true;
}

struct json {
	const char *text;
	size_t len, at;
};

static int peek(const struct json *in)
{
	return in->at < in->len ? (unsigned char)in->text[in->at] : -1;
}

static bool take(struct json *in, int c)
{
	if (peek(in) != c)
		return false;
	in->at++;
	return true;
}

static bool take_text(struct json *in, const char *text)
{
	while (*text)
		if (!take(in, (unsigned char)*text++))
			return false;
	return true;
}

static void blanks(struct json *in)
{
	while (take(in, ' ') || take(in, '\t') || take(in, '\n') || take(in, '\r'))
		;
}

static bool digits(struct json *in)
{
	size_t from = in->at;

	while (peek(in) >= '0' && peek(in) <= '9')
		in->at++;
	return in->at > from;
}

static bool number(struct json *in)
{
	take(in, '-');
	if (!take(in, '0') && !digits(in))
		return false;
	if (take(in, '.') && !digits(in))
		return false;
	if (take(in, 'e') || take(in, 'E')) {
		if (!take(in, '+'))
			take(in, '-');
		return digits(in);
	}
	return peek(in) < '0' || peek(in) > '9';
}

/* The four digits of a \u. */
static bool unit(struct json *in, unsigned *value)
{
	int i;

	*value = 0;
	for (i = 0; i < 4; i++, in->at++) {
		const char *hex = "0123456789abcdef0123456789ABCDEF", *found;

		if (peek(in) <= 0 || !(found = strchr(hex, peek(in))))
			return false;
		*value = *value << 4 | (unsigned)((found - hex) & 15);
	}
	return true;
}

static bool escaped(struct json *in)
{
	unsigned value;

	if (peek(in) > 0 && strchr("\"\\/bfnrt", peek(in)))
		return in->at++, true;
	if (!take(in, 'u') || !unit(in, &value) || (value >= 0xdc00 && value <= 0xdfff))
		return false;
	if (value < 0xd800 || value > 0xdbff)
		return true;
	return take_text(in, "\\u") && unit(in, &value) && value >= 0xdc00 && value <= 0xdfff;
}

static bool string(struct json *in)
{
	uint32_t code;
	size_t size;

	if (!take(in, '"'))
		return false;
	while (!take(in, '"')) {
		if (take(in, '\\')) {
			if (!escaped(in))
				return false;
			continue;
		}
		size = utf8((const unsigned char *)in->text + in->at, in->len - in->at, &code);
		if (!size || code < 0x20)
			return false;
		in->at += size;
	}
	return true;
}

static bool value(struct json *in, int depth);

/* Members or elements up to CLOSE. */
static bool several(struct json *in, char close, int depth)
{
	blanks(in);
	if (take(in, close))
		return true;
	do {
		blanks(in);
		if (close == '}') {
			if (!string(in))
				return false;
			blanks(in);
			if (!take(in, ':'))
				return false;
		}
		if (!value(in, depth + 1))
			return false;
		blanks(in);
	} while (take(in, ','));
	return take(in, close);
}

static bool value(struct json *in, int depth)
{
	if (depth > DEPTH_MOST)
		return false;
	blanks(in);
	switch (peek(in)) {
	case '{':
		in->at++;
		return several(in, '}', depth);
	case '[':
		in->at++;
		return several(in, ']', depth);
	case '"':
		return string(in);
	case 't':
		return take_text(in, "true");
	case 'f':
		return take_text(in, "false");
	case 'n':
		return take_text(in, "null");
	default:
		return number(in);
	}
}

bool oracle_json(const char *text, size_t len, size_t *where)
{
	struct json in = {.text = text, .len = len};
	bool good = value(&in, 0);

	blanks(&in);
	*where = in.at;
	return good && in.at == in.len;
}

#ifdef __clang__
#pragma clang attribute pop
#endif
