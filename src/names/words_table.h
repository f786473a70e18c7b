/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NAMES_WORDS_TABLE_H
#define SOCKSTEP_NAMES_WORDS_TABLE_H

#include <stddef.h>

struct words_entry {
	const char *key;
	const char *text;
};

/* English, by theme; each by key in the order of strcmp(), which the look-up relies on. */
extern const struct words_entry words_en[];
extern const size_t words_en_count;
extern const struct words_entry words_course_en[];
extern const size_t words_course_en_count;
extern const struct words_entry words_errors_en[];
extern const size_t words_errors_en_count;
extern const struct words_entry words_names_en[];
extern const size_t words_names_en_count;
extern const struct words_entry words_story_en[];
extern const size_t words_story_en_count;

#endif
