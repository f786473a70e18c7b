/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/out.h"

#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/fold.h"

#define RESET "\033[0m"

static const char *const styles[] = {
	[OUT_PLAIN] = "",         [OUT_CHANGE] = "\033[1;32m", [OUT_CALL] = "",
	[OUT_DIM] = "\033[2m",    [OUT_ERROR] = "\033[31m",    [OUT_WHY] = "\033[36m",
	[OUT_HEAD] = "\033[1m",   [OUT_OPENS] = "\033[36m",    [OUT_CLOSES] = "\033[35m",
	[OUT_WAITS] = "\033[33m", [OUT_CODE] = "\033[36m",     [OUT_EM] = "\033[4m",
};

static const struct {
	const char *unicode, *ascii;
} glyphs[] = {
	[OUT_BECAME] = {"⇒", "=>"}, [OUT_TO] = {"→", "->"},         [OUT_NONE] = {"–", "-"},
	[OUT_DOTS] = {"…", "..."},  [OUT_RULE] = {"─", "-"},        [OUT_RIGHT] = {"▶", ">"},
	[OUT_LEFT] = {"◀", "<"},    [OUT_DOTTED] = {"┄", "."},      [OUT_HELD] = {"┃", "!"},
	[OUT_LOST] = {"╳", "x"},    [OUT_LANE] = {"│", "|"},        [OUT_CROSS] = {"┼", "+"},
	[OUT_STARTS] = {"├", "|"},  [OUT_STARTS_LEFT] = {"┤", "|"}, [OUT_TIMES] = {"×", "x"},
	[OUT_BULLET] = {"•", "-"},
};

static bool names_a_terminal(void)
{
	const char *term = getenv("TERM");

	return term && *term && strcmp(term, "dumb") != 0;
}

void out_init(struct out *out, int fd, bool color)
{
	*out = (struct out){.fd = fd, .color = color};
	out->unicode = !strcmp(nl_langinfo(CODESET), "UTF-8");
	out_resize(out);
	out->moves = out->folds && names_a_terminal();
}

bool out_wants_color(int fd, const char *when)
{
	const char *no_color = getenv("NO_COLOR");

	if (!strcmp(when, "always"))
		return true;
	if (!strcmp(when, "never") || (no_color && *no_color))
		return false;
	return names_a_terminal() && isatty(fd);
}

void out_resize(struct out *out)
{
	struct winsize size = {0};
	const char *columns = getenv("COLUMNS");
	long width = 0;

	if (ioctl(out->fd, TIOCGWINSZ, &size) == 0)
		width = size.ws_col;
	out->folds = width > 0;
	if (width <= 0 && columns)
		width = strtol(columns, NULL, 10);
	out->width = width > 0 && width <= 10000 ? (int)width : OUT_WIDTH;
}

void out_free(struct out *out)
{
	buf_free(&out->buf);
}

/* Writes what is not ASCII as \u{HEX}: BYTES are harmless UTF-8 already. */
static void add_ascii(struct buf *to, const char *bytes, size_t len)
{
	size_t i = 0;

	while (i < len) {
		uint32_t code = 0;
		int size = escape_decode((const unsigned char *)bytes + i, len - i, &code);

		if (code < 0x80)
			buf_char(to, bytes[i]);
		else
			buf_printf(to, "\\u{%X}", (unsigned)code);
		i += size ? (size_t)size : 1;
	}
}

static void add_escaped(const struct out *out, struct buf *to, const void *bytes, size_t len)
{
	struct buf wide = {0};

	if (out->unicode) {
		escape_text(to, bytes, len);
		return;
	}
	escape_text(&wide, bytes, len);
	add_ascii(to, buf_text(&wide), wide.len);
	to->failed |= wide.failed;
	buf_free(&wide);
}

void out_bytes(struct out *out, const void *bytes, size_t len)
{
	size_t before = out->buf.len;

	add_escaped(out, &out->buf, bytes, len);
	out->column += escape_width(buf_text(&out->buf) + before, out->buf.len - before);
}

void out_text(struct out *out, const char *text)
{
	out_bytes(out, text, strlen(text));
}

void out_printf(struct out *out, const char *format, ...)
{
	struct buf text = {0};
	va_list ap;

	va_start(ap, format);
	buf_vprintf(&text, format, ap);
	va_end(ap);
	out_bytes(out, buf_text(&text), text.len);
	out->buf.failed |= text.failed;
	buf_free(&text);
}

const char *out_glyph_text(const struct out *out, enum out_glyph glyph)
{
	return out->unicode ? glyphs[glyph].unicode : glyphs[glyph].ascii;
}

void out_glyph(struct out *out, enum out_glyph glyph)
{
	out_text(out, out_glyph_text(out, glyph));
}

void out_style(struct out *out, enum out_style style)
{
	if (out->color && *styles[out->style] && style != out->style)
		buf_str(&out->buf, RESET);
	if (out->color && style != out->style)
		buf_str(&out->buf, styles[style]);
	out->style = style;
}

static void move(struct out *out, const char *how)
{
	if (!out->moves)
		return;
	out_style(out, OUT_PLAIN);
	buf_str(&out->buf, how);
	out->column = 0;
	out->line = out->buf.len;
	out->begun = false;
}

void out_clear(struct out *out)
{
	move(out, "\033[H\033[2J");
}

void out_erase(struct out *out)
{
	move(out, "\r\033[K");
}

void out_hide(struct out *out)
{
	if (!out->passing)
		return;
	out->passing = false;
	out_erase(out);
	out_flush(out);
}

void out_pass(struct out *out, const char *text)
{
	if (!out->moves)
		return;
	out_hide(out);
	out_style(out, OUT_DIM);
	out_text(out, text);
	out_style(out, OUT_PLAIN);
	out_flush(out);
	out->passing = true;
}

void out_newline(struct out *out)
{
	out_style(out, OUT_PLAIN);
	if (out->folds && out->column > (size_t)out->width && !out->begun)
		fold_line(&out->buf, out->line, (size_t)out->width);
	buf_char(&out->buf, '\n');
	out->column = 0;
	out->line = out->buf.len;
	out->begun = false;
}

static void add_blanks(struct out *out, size_t count)
{
	out->column += count;
	while (count--)
		buf_char(&out->buf, ' ');
}

void out_pad(struct out *out, size_t column)
{
	if (column > out->column)
		add_blanks(out, column - out->column);
	else if (out->column)
		add_blanks(out, 1);
}

static void wrap_word(struct out *out, size_t indent, bool first, const char *word, size_t len)
{
	enum out_style style = out->style;
	struct buf text = {0};
	size_t width;

	add_escaped(out, &text, word, len);
	width = escape_width(buf_text(&text), text.len);
	if (!first && out->column + 1 + width > (size_t)out->width) {
		out_newline(out);
		add_blanks(out, indent);
		out_style(out, style);
	} else if (!first) {
		add_blanks(out, 1);
	}
	buf_add(&out->buf, buf_text(&text), text.len);
	out->column += width;
	out->buf.failed |= text.failed;
	buf_free(&text);
}

void out_wrap(struct out *out, size_t indent, const char *text)
{
	bool first = true;

	for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
		size_t len = strcspn(text, " ");

		wrap_word(out, indent, first, text, len);
		first = false;
		text += len;
	}
	out_newline(out);
}

void out_json(struct out *out, const struct buf *line)
{
	buf_add(&out->buf, buf_text(line), line->len);
	out->buf.failed |= line->failed;
	buf_char(&out->buf, '\n');
	out->line = out->buf.len;
}

/* Columns of the row that a text ends with. */
static size_t last_row(const struct buf *text)
{
	const char *all = buf_text(text), *end = memrchr(all, '\n', text->len);
	size_t start = end ? (size_t)(end + 1 - all) : 0;

	return fold_width(all + start, text->len - start);
}

void out_again(struct out *out, const struct buf *copy)
{
	buf_add(&out->buf, buf_text(copy), copy->len);
	out->buf.failed |= copy->failed;
	out->line = out->buf.len;
	out->column = last_row(copy);
	out->begun = out->column > 0;
}

static int fail(struct out *out, int error)
{
	if (!out->failed)
		out->error = error;
	out->failed = true;
	return -1;
}

/* Standard output may be a terminal that somebody else made non-blocking. */
static int wait_writable(struct out *out)
{
	struct pollfd poll_fd = {.fd = out->fd, .events = POLLOUT};

	if (poll(&poll_fd, 1, -1) < 0 && errno != EINTR)
		return fail(out, errno);
	return 0;
}

void out_nowhere(void *data, const char *bytes, size_t len)
{
	(void)data;
	(void)bytes;
	(void)len;
}

static int write_all(struct out *out, const char *bytes, size_t len)
{
	while (len) {
		ssize_t done = write(out->fd, bytes, len);

		if (done >= 0) {
			bytes += done;
			len -= (size_t)done;
		} else if (errno == EAGAIN) {
			if (wait_writable(out) < 0)
				return -1;
		} else if (errno != EINTR) {
			return fail(out, errno);
		}
	}
	return 0;
}

/* This must be said without any memory. */
static void say_out_of_memory(struct out *out)
{
	static const char text[] = "sockstep: out of memory\n";
	struct out errors = {.fd = STDERR_FILENO};

	if (!out->failed)
		write_all(&errors, text, sizeof(text) - 1);
	fail(out, ENOMEM);
}

/* What passes gives way to what is written now. */
static void give_way(struct out *out)
{
	static const char erase[] = "\r\033[K";

	if (!out->passing || !out->buf.len)
		return;
	out->passing = false;
	if (out->write)
		out->write(out->data, erase, sizeof(erase) - 1);
	else
		write_all(out, erase, sizeof(erase) - 1);
}

int out_flush(struct out *out)
{
	give_way(out);
	if (out->buf.failed)
		say_out_of_memory(out);
	if (out->copy)
		buf_add(out->copy, buf_text(&out->buf), out->buf.len);
	if (out->buf.len && out->write)
		out->write(out->data, out->buf.data, out->buf.len);
	else if (out->buf.len && (!out->failed || out->error == ENOMEM))
		write_all(out, out->buf.data, out->buf.len);
	buf_reset(&out->buf);
	out->line = 0;
	out->begun = out->column > 0;
	return out->failed ? -1 : 0;
}
