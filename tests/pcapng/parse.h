/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_PCAPNG_PARSE_H
#define SOCKSTEP_TESTS_PCAPNG_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/*
 * A strict reader of pcapng files, written from the format's description and not from the writer:
 * every length, all padding, the order of options, references to interfaces. In either byte order.
 * It tells of each block in a line on OUT:
 *
 *	section 1.0 PROGRAM
 *	interface NUMBER NAME link 101 snap N unit 9: DESCRIPTION
 *	packet NUMBER of NAME, in|out|?, SECONDS.NANOSECONDS, HERE of WHOLE bytes: COMMENT
 *
 * and, where the file breaks a rule, "byte N: what is wrong" as the last line. Returns whether it
 * broke none.
 */
bool parse_pcapng(const unsigned char *bytes, size_t len, FILE *out);

#endif
