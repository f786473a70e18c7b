/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_FUZZ_H
#define SOCKSTEP_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "calls/call.h"

/*
 * What the fuzz targets share. Each has one fuzz_one(); libFuzzer gives it inputs, or replay.c
 * those of seeds/. Besides the sanitizers, what fuzz_require() says must hold.
 */
void fuzz_one(const uint8_t *data, size_t size);

/* Says what does not hold and ends the program, so that libFuzzer keeps the input. */
#define fuzz_require(holds, ...)                                            \
	do {                                                                \
		if (!(holds))                                               \
			fuzz_fail(__FILE__, __LINE__, #holds, __VA_ARGS__); \
	} while (0)
_Noreturn void fuzz_fail(const char *file, int line, const char *what, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The input, taken in pieces; zeros where it has ended. */
struct fuzz_input {
	const uint8_t *at;
	size_t left;
};
unsigned fuzz_byte(struct fuzz_input *in);
void fuzz_fill(struct fuzz_input *in, void *out, size_t size);
/* At most LEN bytes, LEN is then how many. */
const char *fuzz_take(struct fuzz_input *in, size_t *len);
/* A string of at most 255 bytes, its length first; free() it. */
char *fuzz_string(struct fuzz_input *in);

/*
 * The world that the code under test sees, always the same: interfaces, names of hosts and
 * services, and one file that every path leads to (data NULL: no path leads anywhere).
 */
extern const void *fuzz_file_data;
extern size_t fuzz_file_size;

/* Whether the code under test runs: what else calls the library finds the real world. */
extern bool fuzz_inside;

/* Numbers are descriptors, of families in turn; `srv` is 3 and `.` is 4. */
extern const struct resolver fuzz_resolver;

/* That an error has a message, and a place within a line of LEN bytes or just behind it. */
void fuzz_check_error(const struct error *err, size_t len);

#endif
