/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <readline/history.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "fuzz.h"
#include "oracle.h"
#include "repl/history.h"
#include "reports.h"

/*
 * The file of the prompt's history: whatever is in it, each of its last whole lines is kept as it
 * stands, the list of them is harmless, and a line typed now comes behind.
 */

/* No directory is made, and what is too long is shortened in the file alone. */
int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_rename(const char *from, const char *to);

int __wrap_mkdir(const char *path, mode_t mode)
{
	(void)path;
	(void)mode;
	return 0;
}

int __wrap_rename(const char *from, const char *to)
{
	(void)from;
	(void)to;
	return 0;
}

/* From the end of the file and of the list backwards. A NUL ends what is kept of a line. */
static void check_lines(const char *text, size_t len)
{
	int at = history_length;

	while (len && text[len - 1] != '\n')
		len--;
	while (len && at) {
		const char *line, *kept;
		size_t end = --len;

		while (len && text[len - 1] != '\n')
			len--;
		line = text + len;
		if (end == len || !*line)
			continue;
		kept = history_get(history_base + --at)->line;
		fuzz_require(strlen(kept) == strnlen(line, end - len) &&
				     memcmp(kept, line, strlen(kept)) == 0,
			     "line %d: %s", at, kept);
	}
	fuzz_require(at == 0, "%d lines that are not in the file", at);
}

void fuzz_one(const uint8_t *data, size_t size)
{
	static const char line[] = "a line that nobody has typed before";
	struct history history;
	struct buf list = {0};
	struct error err;
	int before;

	/* But somebody has: what is typed twice in a row is kept once. */
	if (size && memmem(data, size, line, sizeof(line) - 1))
		return;
	setenv("XDG_STATE_HOME", "/state", 1);
	fuzz_file_data = data;
	fuzz_file_size = size;
	fuzz_require(history_open(&history, &err) == 0, "%s", err.text);
	fuzz_require(history_length >= 0 && history_length <= HISTORY_LINES, "%d lines",
		     history_length);
	check_lines((const char *)data, size);
	history_print(&list);
	reports_others(&(struct place){"a file", 1, "history", 7, "main"},
		       &(struct error){"none", 0, 0}, buf_text(&list), 80);
	before = history_length;
	fuzz_require(history_add(&history, line, &err) == 0, "%s", err.text);
	fuzz_require(history_length == (before < HISTORY_LINES ? before + 1 : HISTORY_LINES),
		     "%d lines, then %d", before, history_length);
	buf_free(&list);
	history_close(&history);
}
