/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/escape.h"

#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "base/grow.h"

/* What reorders, hides or splits text, though iswprint() may call it printable. */
static const struct {
	uint32_t first, last;
} refused[] = {
	{0x0061c, 0x0061c}, {0x0200b, 0x0200f}, {0x02028, 0x0202e}, {0x02060, 0x02069},
	{0x0feff, 0x0feff}, {0x0fff9, 0x0fffb}, {0xe0000, 0xe007f},
};

bool escape_passes(uint32_t code)
{
	size_t i;

	if (code < 0x7f)
		return code >= 0x20;
	if (code < 0xa0)
		return false;
	for (i = 0; i < COUNT_OF(refused); i++)
		if (code >= refused[i].first && code <= refused[i].last)
			return false;
	/* The C locale calls nothing beyond ASCII printable: then its word is worth nothing. */
	return iswprint((wint_t)code) || !iswprint(0xe9);
}

static bool continues(const unsigned char *bytes, int from, int to)
{
	int i;

	for (i = from; i < to; i++)
		if ((bytes[i] & 0xc0) != 0x80)
			return false;
	return true;
}

int escape_decode(const unsigned char *bytes, size_t len, uint32_t *code)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	uint32_t value;
	int i, size;

	if (!len)
		return 0;
	if (bytes[0] < 0x80) {
		*code = bytes[0];
		return 1;
	}
	size = bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : 2;
	if (bytes[0] < 0xc2 || bytes[0] > 0xf4 || len < (size_t)size || !continues(bytes, 1, size))
		return 0;
	value = bytes[0] & (0xff >> (size + 1));
	for (i = 1; i < size; i++)
		value = value << 6 | (bytes[i] & 0x3f);
	if (value < least[size] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
		return 0;
	*code = value;
	return size;
}

/* The letter of a two-character escape, 0 where the byte has none. */
static char letter_of(unsigned char byte)
{
	switch (byte) {
	case '\n':
		return 'n';
	case '\t':
		return 't';
	case '\r':
		return 'r';
	default:
		return 0;
	}
}

static void text_refused(struct buf *out, const unsigned char *bytes, int size, uint32_t code)
{
	char letter = (char)(bytes[0] == '\e' ? 'e' : letter_of(bytes[0]));

	if (letter)
		buf_printf(out, "\\%c", letter);
	else if (size > 1)
		buf_printf(out, "\\u{%X}", (unsigned)code);
	else
		buf_printf(out, "\\x%02x", bytes[0]);
}

static void string_refused(struct buf *out, const unsigned char *bytes, int size, uint32_t code)
{
	char letter = letter_of(bytes[0]);
	int i;

	(void)code;
	if (bytes[0] == '"' || bytes[0] == '\\')
		letter = (char)bytes[0];
	if (letter) {
		buf_printf(out, "\\%c", letter);
		return;
	}
	for (i = 0; i < size; i++)
		buf_printf(out, "\\%03o", bytes[i]);
}

static size_t plain_run(const unsigned char *bytes, size_t len, bool string)
{
	size_t i;

	for (i = 0; i < len && bytes[i] >= 0x20 && bytes[i] < 0x7f; i++)
		if (string && (bytes[i] == '"' || bytes[i] == '\\'))
			break;
	return i;
}

static void escape(struct buf *out, const unsigned char *bytes, size_t len, bool string)
{
	while (len) {
		size_t run = plain_run(bytes, len, string);
		uint32_t code = 0;
		int size;

		if (run) {
			buf_add(out, bytes, run);
			bytes += run;
			len -= run;
			continue;
		}
		size = escape_decode(bytes, len, &code);
		if (size > 1 && escape_passes(code))
			buf_add(out, bytes, (size_t)size);
		else if (string)
			string_refused(out, bytes, size ? size : 1, code);
		else
			text_refused(out, bytes, size ? size : 1, code);
		bytes += size ? size : 1;
		len -= size ? (size_t)size : 1;
	}
}

void escape_text(struct buf *out, const void *bytes, size_t len)
{
	escape(out, bytes, len, false);
}

void escape_string(struct buf *out, const void *bytes, size_t len)
{
	escape(out, bytes, len, true);
}

size_t escape_width(const char *text, size_t len)
{
	const unsigned char *bytes = (const unsigned char *)text;
	size_t width = 0;

	while (len) {
		size_t run = plain_run(bytes, len, false);
		uint32_t code = 0;
		int size, columns;

		width += run;
		bytes += run;
		len -= run;
		if (!len)
			break;
		size = escape_decode(bytes, len, &code);
		columns = size ? wcwidth((wchar_t)code) : 1;
		width += columns < 0 ? 1 : (size_t)columns;
		bytes += size ? size : 1;
		len -= size ? (size_t)size : 1;
	}
	return width;
}

static int digit_of(char c, int base)
{
	int value;

	if (c >= '0' && c <= '9')
		value = c - '0';
	else if (c >= 'a' && c <= 'f')
		value = c - 'a' + 10;
	else if (c >= 'A' && c <= 'F')
		value = c - 'A' + 10;
	else
		return -1;
	return value < base ? value : -1;
}

/* Up to MOST digits; returns how many there were, 0 too where the value is no byte. */
static int read_digits(const char *text, size_t len, int base, int most, unsigned char *byte)
{
	int value = 0, i;

	for (i = 0; i < most && (size_t)i < len && digit_of(text[i], base) >= 0; i++)
		value = value * base + digit_of(text[i], base);
	*byte = (unsigned char)value;
	return value > 0xff ? 0 : i;
}

int escape_read(const char *text, size_t len, unsigned char *byte)
{
	static const char letters[] = "ntrabfve\\\"'?", means[] = "\n\t\r\a\b\f\v\e\\\"'?";
	const char *found;
	int digits;

	if (len < 2 || text[0] != '\\')
		return 0;
	if (text[1] == 'x') {
		digits = read_digits(text + 2, len - 2, 16, 2, byte);
		return digits ? digits + 2 : 0;
	}
	digits = read_digits(text + 1, len - 1, 8, 3, byte);
	if (digits)
		return digits + 1;
	found = memchr(letters, text[1], sizeof(letters) - 1);
	if (!found)
		return 0;
	*byte = (unsigned char)means[found - letters];
	return 2;
}

size_t escape_read_hex(struct buf *out, const char *text, size_t len)
{
	unsigned char byte;
	size_t i;

	for (i = 0; len - i >= 2 && read_digits(text + i, 2, 16, 2, &byte) == 2; i += 2)
		buf_char(out, (char)byte);
	return i;
}
