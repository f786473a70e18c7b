/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_ORACLE_H
#define SOCKSTEP_TESTS_ORACLE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Judges of what was written, which share no code with what wrote it.
 */

/* Valid UTF-8 (RFC 3629) in which nothing moves the cursor, hides or reorders text: no C0, DEL,
 * C1, no format character of Unicode. NEWLINES: line ends may stand in it. */
bool oracle_harmless(const char *text, size_t len, bool newlines);

/*
 * One value of JSON (RFC 8259), nothing around it, in UTF-8, with escapes of surrogates in pairs
 * alone. *WHERE is how far it is good.
 */
bool oracle_json(const char *text, size_t len, size_t *where);

#endif
