/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "kernel/fdinfo.h"
#include "kernel/limits.h"
#include "kernel/task.h"

/*
 * Files of /proc: numbers, the states of threads, and what is told of descriptors, as they stand in
 * the file or not at all.
 */

/* What is read of a file at most: none of those that are asked for is longer. */
#define NUMBER_MOST 63
#define STAT_MOST   2047

static void check_number(const char *bytes, size_t len)
{
	char *text = strndup(bytes, len < NUMBER_MOST ? len : NUMBER_MOST), *end;
	long value = 0, expected;

	if (!text)
		abort();
	if (limits_number("/proc/sys/net/core/somaxconn", &value, NULL)) {
		errno = 0;
		expected = strtol(text, &end, 10);
		fuzz_require(!errno && end > text && value == expected, "%ld of %s", value, text);
		fuzz_require(!*end || (*end == '\n' && !end[1]), "%ld of %s", value, text);
	}
	free(text);
}

/* The letter behind the name, which ends at the last parenthesis. */
static void check_state(const char *bytes, size_t len)
{
	int state = task_state(1, 1);
	size_t i;

	if (len > STAT_MOST)
		len = STAT_MOST;
	for (i = len; i && bytes[i - 1] != ')';)
		i--;
	if (i && i + 1 < len)
		fuzz_require(state == bytes[i + 1], "%d, not %d", state, bytes[i + 1]);
	else
		fuzz_require(state == 0, "%d from nothing", state);
}

/* No more entries of an epoll set than lines, and in their order. */
static void check_fdinfo(const char *bytes, size_t len)
{
	struct fdinfo info = {0};
	size_t i, lines = 1;

	for (i = 0; i < len; i++)
		lines += bytes[i] == '\n';
	if (fdinfo_parse(bytes, len, &info) < 0)
		abort();
	fuzz_require(info.watch_count <= lines, "%zu of %zu", info.watch_count, lines);
	for (i = 1; i < info.watch_count; i++)
		fuzz_require(info.watches[i - 1].fd <= info.watches[i].fd, "%d before %d",
			     info.watches[i - 1].fd, info.watches[i].fd);
	for (i = 0; i < info.watch_count; i++)
		fuzz_require(!(fdinfo_asked(&info.watches[i]) & ~info.watches[i].events), "%x",
			     fdinfo_asked(&info.watches[i]));
	fdinfo_free(&info);
}

void fuzz_one(const uint8_t *data, size_t size)
{
	fuzz_file_data = data;
	fuzz_file_size = size;
	check_number((const char *)data, size);
	check_state((const char *)data, size);
	check_fdinfo((const char *)data, size);
}
