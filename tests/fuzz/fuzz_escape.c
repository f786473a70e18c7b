/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/escape.h"
#include "base/out.h"
#include "calls/literal.h"
#include "fuzz.h"
#include "oracle.h"

/*
 * Bytes from outside, on their way to a terminal and back: nothing of the deny-list comes out, in
 * whatever way they are printed, and what is printed as a C string reads as the same bytes.
 */

static void check_text(const char *bytes, size_t len)
{
	struct buf out = {0};

	escape_text(&out, bytes, len);
	fuzz_require(oracle_harmless(buf_text(&out), out.len, false), "%s", buf_text(&out));
	escape_width(buf_text(&out), out.len);
	escape_width(bytes, len);
	buf_free(&out);
}

static void check_string(const char *bytes, size_t len)
{
	struct buf out = {0}, back = {0};
	struct error err = {0};

	buf_char(&out, '"');
	escape_string(&out, bytes, len);
	buf_char(&out, '"');
	fuzz_require(oracle_harmless(buf_text(&out), out.len, false), "%s", buf_text(&out));
	fuzz_require(literal_bytes(out.data, out.len, SIZE_MAX, &back, &err) == 0, "%s: %s",
		     out.data, err.text);
	fuzz_require(back.len == len && !memcmp(buf_text(&back), bytes, len), "%s reads otherwise",
		     out.data);
	buf_free(&out);
	buf_free(&back);
}

static void check_hex(const char *bytes, size_t len)
{
	struct buf out = {0};
	size_t good = escape_read_hex(&out, bytes, len);

	fuzz_require(good <= len && good == 2 * out.len, "%zu of %zu, %zu bytes", good, len,
		     out.len);
	buf_free(&out);
}

/* As the code under test reads one escape after another: each is whole and moves on. */
static void check_escapes(const char *bytes, size_t len)
{
	unsigned char byte;
	size_t i;

	for (i = 0; i < len; i++) {
		int size = escape_read(bytes + i, len - i, &byte);

		fuzz_require(size >= 0 && (size_t)size <= len - i && size != 1, "%d", size);
		fuzz_require(!size || bytes[i] == '\\', "an escape without a backslash");
	}
}

static void capture(void *data, const char *bytes, size_t len)
{
	buf_add(data, bytes, len);
}

/* ASCII where the terminal has no UTF-8. */
static void check_written(const struct buf *written, bool unicode)
{
	size_t i;

	fuzz_require(oracle_harmless(buf_text(written), written->len, true), "%s",
		     buf_text(written));
	for (i = 0; !unicode && i < written->len; i++)
		fuzz_require((unsigned char)written->data[i] < 0x80, "%s", buf_text(written));
}

static void check_out(const char *bytes, size_t len, int width, bool unicode)
{
	struct buf written = {0}, text = {0};
	struct out out = {.fd = -1, .width = width, .unicode = unicode};
	size_t lines = 0, i;

	out.write = capture;
	out.data = &written;
	buf_add(&text, bytes, len);
	out_bytes(&out, bytes, len);
	out_newline(&out);
	out_text(&out, buf_text(&text));
	out_pad(&out, 30);
	out_glyph(&out, OUT_TO);
	out_printf(&out, "%.*s", (int)(len < 1000 ? len : 1000), bytes);
	out_newline(&out);
	fuzz_require(out_flush(&out) == 0, "failed");
	check_written(&written, unicode);
	for (i = 0; i < written.len; i++)
		lines += written.data[i] == '\n';
	fuzz_require(lines == 2, "%zu lines", lines);
	buf_reset(&written);
	out_wrap(&out, 4, buf_text(&text));
	out_flush(&out);
	check_written(&written, unicode);
	out_free(&out);
	buf_free(&written);
	buf_free(&text);
}

/* The first byte: the terminal's width, and in its highest bit whether it has UTF-8. */
void fuzz_one(const uint8_t *data, size_t size)
{
	struct fuzz_input in = {data, size};
	unsigned first = fuzz_byte(&in);
	const char *bytes = (const char *)in.at;

	check_text(bytes, in.left);
	check_string(bytes, in.left);
	check_hex(bytes, in.left);
	check_escapes(bytes, in.left);
	check_out(bytes, in.left, 1 + (int)(first & 127), first & 128);
}
