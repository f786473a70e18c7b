/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_CALLS_FIXTURE_H
#define SOCKSTEP_TESTS_CALLS_FIXTURE_H

#include <string.h>
#include <sys/socket.h>

#include "calls/call.h"
#include "calls/literal.h"
#include "commands/verbs.h"
#include "lang/lang.h"
#include "unit.h"

/* A session without a kernel: numbers are descriptors, `srv` is 3 and `.` is 4; all are TCP. */
static inline int fake_descriptor(void *data, const char *text, size_t len, struct error *err)
{
	long fd = -1;

	(void)data;
	*err = (struct error){0};
	if (len == 3 && memcmp(text, "srv", 3) == 0)
		return 3;
	if (len == 1 && text[0] == '.')
		return 4;
	if (literal_number(text, len, -1, 1000000, &fd, err) < 0)
		return error_set(err, "%.*s is no descriptor", (int)len, text);
	return (int)fd;
}

static inline void fake_family(void *data, int fd, int *family, int *type)
{
	(void)data;
	(void)fd;
	*family = AF_INET;
	*type = SOCK_STREAM;
}

/* A line, read as the shell reads it: the command, its record and the values of its arguments. */
struct line_read {
	struct command command;
	const struct record *record;
	struct value values[CALL_ARGS];
	struct error err;
};

/* Returns what values_read() does. values_free(read->values) in any case. */
static inline int read_line_with(const struct resolver *resolver, const char *line,
				 struct line_read *read)
{
	size_t at = 0;

	memset(read, 0, sizeof(*read));
	ck_assert_msg(lang_next(line, strlen(line), &at, &read->command, &read->err) == 1, "%s: %s",
		      line, read->err.text);
	read->record = records_find(read->command.name.text, read->command.name.len);
	ck_assert_msg(read->record != NULL, "%s", line);
	return values_read(read->record, read->command.words, read->command.count,
			   read->command.c_spelling, read->command.end_column, resolver,
			   read->values, &read->err);
}

static inline int read_line(const char *line, struct line_read *read)
{
	static const struct resolver resolver = {.descriptor = fake_descriptor,
						 .family = fake_family};

	return read_line_with(&resolver, line, read);
}

#endif
