/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_BASE_BUF_H
#define SOCKSTEP_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * A string that grows. All zero is an empty one. `data` ends in a NUL that `len` does not count;
 * it is NULL until something was added (buf_text() never is).
 *
 * When memory runs out, `failed` is set, what was there stays, and further additions do nothing:
 * a writer adds without looking, and whoever uses the result asks once.
 */
struct buf {
	char *data;
	size_t len;
	size_t cap;
	bool failed;
};

void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_str(struct buf *buf, const char *text);
void buf_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list ap);

/* Makes room for LEN more bytes and their NUL. Returns 0, or -1 with `failed` set. */
int buf_reserve(struct buf *buf, size_t len);

/* Cuts back to LEN bytes; no effect if it is shorter. */
void buf_truncate(struct buf *buf, size_t len);

/* Empties, keeping the memory, and forgets a failure. */
void buf_reset(struct buf *buf);
void buf_free(struct buf *buf);

const char *buf_text(const struct buf *buf);

/* Hands the memory over (free() it) and empties BUF. NULL when out of memory. */
char *buf_take(struct buf *buf);

#endif
