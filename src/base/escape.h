/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_BASE_ESCAPE_H
#define SOCKSTEP_BASE_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * Makes bytes from outside harmless for a terminal. What is never passed on: C0, DEL, C1, bytes
 * that are not UTF-8, and the characters that reorder or hide text (U+061C, U+200B to U+200F,
 * U+2028 to U+202E, U+2060 to U+2069, U+FEFF, U+FFF9 to U+FFFB, U+E0000 to U+E007F), besides all
 * that iswprint() refuses (where the locale's iswprint() knows more than ASCII).
 */

/* Running text: the forbidden becomes \n, \t, \r, \e, \xHH or \u{HEX}; a backslash stays one. */
void escape_text(struct buf *out, const void *bytes, size_t len);

/*
 * The inside of a C string, which lang reads back to the same bytes: as escape_text(), but every
 * forbidden byte is an octal escape of three digits or \n \t \r \\ \", never \e or \u.
 */
void escape_string(struct buf *out, const void *bytes, size_t len);

/*
 * One character of UTF-8 at BYTES: its length (1 to 4), or 0 where it is not valid UTF-8 (overlong
 * forms and surrogates are not). *CODE is the character.
 */
int escape_decode(const unsigned char *bytes, size_t len, uint32_t *code);

/* Whether a character may reach a terminal as it is. */
bool escape_passes(uint32_t code);

/*
 * The other way: the escape of a C string that stands at TEXT (a backslash first; \x has at most
 * two digits). Returns how long it is, or 0 where it is none.
 */
int escape_read(const char *text, size_t len, unsigned char *byte);

/* Adds the bytes that pairs of hex digits stand for; returns how many characters it could read. */
size_t escape_read_hex(struct buf *out, const char *text, size_t len);

/* Columns that harmless UTF-8 takes on a terminal. */
size_t escape_width(const char *text, size_t len);

#endif
