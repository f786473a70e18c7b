/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int buf_reserve(struct buf *buf, size_t len)
{
	size_t need, cap;
	char *data;

	if (buf->failed)
		return -1;
	if (len >= (size_t)-1 / 4 - buf->len) {
		buf->failed = true;
		return -1;
	}
	need = buf->len + len + 1;
	if (need <= buf->cap)
		return 0;
	cap = buf->cap ? buf->cap : 64;
	while (cap < need)
		cap *= 2;
	data = realloc(buf->data, cap);
	if (!data) {
		buf->failed = true;
		return -1;
	}
	buf->data = data;
	buf->cap = cap;
	buf->data[buf->len] = '\0';
	return 0;
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
	if (buf_reserve(buf, len) < 0)
		return;
	if (len)
		memcpy(buf->data + buf->len, bytes, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void buf_str(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_char(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void buf_vprintf(struct buf *buf, const char *format, va_list ap)
{
	va_list again;
	int len;

	if (buf_reserve(buf, 63) < 0)
		return;
	va_copy(again, ap);
	len = vsnprintf(buf->data + buf->len, buf->cap - buf->len, format, ap);
	if (len >= 0 && (size_t)len >= buf->cap - buf->len) {
		if (buf_reserve(buf, (size_t)len) == 0)
			vsnprintf(buf->data + buf->len, buf->cap - buf->len, format, again);
		else
			len = -1;
	}
	va_end(again);
	if (len > 0)
		buf->len += (size_t)len;
	buf->data[buf->len] = '\0';
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	buf_vprintf(buf, format, ap);
	va_end(ap);
}

void buf_truncate(struct buf *buf, size_t len)
{
	if (len < buf->len) {
		buf->len = len;
		buf->data[len] = '\0';
	}
}

void buf_reset(struct buf *buf)
{
	buf->failed = false;
	buf_truncate(buf, 0);
}

void buf_free(struct buf *buf)
{
	free(buf->data);
	*buf = (struct buf){0};
}

const char *buf_text(const struct buf *buf)
{
	return buf->data ? buf->data : "";
}

char *buf_take(struct buf *buf)
{
	char *data;

	if (buf_reserve(buf, 0) < 0) {
		buf_free(buf);
		return NULL;
	}
	data = buf->data;
	*buf = (struct buf){0};
	return data;
}
