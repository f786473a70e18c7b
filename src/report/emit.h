/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_EMIT_H
#define SOCKSTEP_REPORT_EMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "names/names.h"

/*
 * Writes JSON, compact and with its commas by itself, to the end of `out` (borrowed; ask it
 * whether it failed). What comes out is valid UTF-8 whatever comes in: bytes that are not UTF-8
 * become U+FFFD, and all that may not reach a terminal is written \uXXXX.
 */
struct emit {
	struct buf *out;
	bool comma; /* a value stands before: the next one needs a comma */
};

void emit_open(struct emit *emit, char bracket);
void emit_close(struct emit *emit, char bracket);

/* The key is a constant of ours: it is not escaped. */
void emit_key(struct emit *emit, const char *key);

/* The same, all ready with a comma before it: ,"name": in LEN bytes. */
void emit_ready_key(struct emit *emit, const char *key, size_t len);

void emit_string(struct emit *emit, const void *bytes, size_t len);
void emit_text(struct emit *emit, const char *text); /* NULL: null */
void emit_hex(struct emit *emit, const void *bytes, size_t len);
void emit_number(struct emit *emit, int64_t value);
void emit_unsigned(struct emit *emit, uint64_t value);
void emit_bool(struct emit *emit, bool value);
void emit_null(struct emit *emit);

/* A key with a text (NULL: null), or with a number from 1 (0: null). */
void emit_add_text(struct emit *emit, const char *key, const char *text);
void emit_add_number(struct emit *emit, const char *key, unsigned long value);
void emit_add_bool(struct emit *emit, const char *key, bool value);

/* A key with a number from 0, such as a descriptor (negative: null), or with the names of a value
 * as a string. */
void emit_add_natural(struct emit *emit, const char *key, int64_t value);
void emit_add_names(struct emit *emit, const char *key, const struct names *names, long value);

/*
 * A string whose text others add to `out` in between; the end escapes it where that is needed.
 * emit_value_begin() is the same for a value that is JSON already, such as a number.
 */
size_t emit_string_begin(struct emit *emit);
void emit_string_end(struct emit *emit, size_t start);
size_t emit_value_begin(struct emit *emit);

/* Decimal digits, without any JSON about them. */
void emit_digits(struct buf *out, uint64_t value);
void emit_signed(struct buf *out, int64_t value);

/* The same into TEXT, without a NUL; returns how many bytes. */
#define EMIT_DIGITS 21
size_t emit_format(char text[EMIT_DIGITS], int64_t value, bool is_unsigned);

#endif
