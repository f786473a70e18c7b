/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_BASE_FOLD_H
#define SOCKSTEP_BASE_FOLD_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Breaks the line that begins at START in TEXT, and ends with it, so that no row is wider than
 * WIDTH columns: at blanks, but not within a "string", whose blanks count. The rows after the first
 * are indented a little more than the first. A word that no row can hold stays whole, for the
 * terminal to wrap. Styles (ESC [ … m) take no room.
 */
void fold_line(struct buf *text, size_t start, size_t width);

/* Columns of a text that may have styles in it. */
size_t fold_width(const char *text, size_t len);

#endif
