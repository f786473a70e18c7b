/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_CALLS_LITERAL_H
#define SOCKSTEP_CALLS_LITERAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "names/names.h"

/*
 * The literals of the language. All return 0, or -1 with ERR's column from 1 within TEXT.
 */

/* 10, -1, 0x1f, 017 (octal, as in C), 64K, 2M, 1G (powers of 1024). */
int literal_number(const char *text, size_t len, long min, long max, long *out, struct error *err);

/* Whether a text is one or more digits. */
bool literal_is_digits(const char *text, size_t len);

/* 200ms, 2s, 1.5s, 3min, 500us; a bare number counts in UNIT_US. Microseconds. */
int literal_time(const char *text, size_t len, long unit_us, long *out_us, struct error *err);

/* "C string" (adjacent ones are joined), 'x', hex:0d0a, 65536*"x", @file, or a bare word as it
 * is; at most LIMIT bytes. */
int literal_bytes(const char *text, size_t len, size_t limit, struct buf *out, struct error *err);

/* A name of the tables, a number, or several joined by | where flags may be. ALSO may be NULL. */
int literal_constant(const char *text, size_t len, const struct names *names,
		     const struct names *also, long *out, struct error *err);

#endif
