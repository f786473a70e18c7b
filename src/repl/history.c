/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/history.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/history.h>

#include "base/failure.h"
#include "base/file.h"
#include "base/kept.h"

/* Of a file that has grown far beyond what we write, the end is read. */
#define READ_MOST ((off_t)1 << 20)

static int failed(struct failure *failure, const char *call)
{
	failure_note(failure, call);
	return -1;
}

/* Returns how many lines there were. */
static long take_lines(char *text, size_t len, bool cut)
{
	char *at = text, *end = text + len;
	long count = 0;

	while (at < end) {
		char *stop = memchr(at, '\n', (size_t)(end - at));

		if (!stop)
			break;
		*stop = '\0';
		if (!cut && *at)
			add_history(at);
		cut = false;
		at = stop + 1;
		count++;
	}
	return count;
}

/* Returns how many lines there were, or -1. */
static long read_file(int fd, struct failure *failure)
{
	off_t size = lseek(fd, 0, SEEK_END);
	off_t from = size > READ_MOST ? size - READ_MOST : 0;
	char *text;
	ssize_t got;
	long count;

	if (size < 0 || lseek(fd, from, SEEK_SET) < 0)
		return failed(failure, "lseek");
	text = malloc((size_t)(size - from) + 1);
	if (!text)
		return failed(failure, "out of memory");
	got = file_read(fd, text, (size_t)(size - from));
	count = got < 0 ? failed(failure, "read") : take_lines(text, (size_t)got, from > 0);
	free(text);
	return count >= 0 && from ? HISTORY_LINES + 1 : count;
}

/* The last lines alone, in a new file that takes the place of the old one. */
static int shorten(const char *dir, struct failure *failure)
{
	struct buf text = {0}, from = {0}, to = {0};
	int i, result, fd = kept_open(dir, "history.new", O_WRONLY | O_TRUNC, failure);

	if (fd < 0)
		return -1;
	for (i = 0; i < history_length; i++)
		buf_printf(&text, "%s\n", history_get(history_base + i)->line);
	result = kept_write(fd, &text, failure);
	close(fd);
	buf_printf(&from, "%s/history.new", dir);
	buf_printf(&to, "%s/history", dir);
	if (result == 0 && rename(buf_text(&from), buf_text(&to)) < 0)
		result = failed(failure, "rename");
	buf_free(&text);
	buf_free(&from);
	buf_free(&to);
	return result;
}

static int give_up(struct history *history, const struct failure *failure, struct error *err)
{
	history->failed = true;
	return error_set(err, "the history cannot be kept in %s: %s: %s",
			 history->dir ? history->dir : "a file", failure->call,
			 strerror(failure->error));
}

int history_open(struct history *history, struct error *err)
{
	struct failure failure = {0};
	int fd;
	long lines;

	*history = (struct history){0};
	using_history();
	stifle_history(HISTORY_LINES);
	if (kept_dir(&history->dir, &failure) < 0)
		return give_up(history, &failure, err);
	fd = kept_open(history->dir, "history", O_RDWR | O_APPEND, &failure);
	if (fd < 0)
		return give_up(history, &failure, err);
	lines = read_file(fd, &failure);
	close(fd);
	if (lines < 0 || (lines > HISTORY_LINES && shorten(history->dir, &failure) < 0))
		return give_up(history, &failure, err);
	return 0;
}

int history_add(struct history *history, const char *line, struct error *err)
{
	const HIST_ENTRY *last =
		history_length ? history_get(history_base + history_length - 1) : NULL;
	struct failure failure = {0};
	struct buf text = {0};
	int result = 0;

	if (!*line || strchr(" \t", *line) || (last && strcmp(last->line, line) == 0))
		return 0;
	add_history(line);
	buf_printf(&text, "%s\n", line);
	if (!history->failed && kept_append(history->dir, "history", &text, &failure) < 0)
		result = give_up(history, &failure, err);
	buf_free(&text);
	return result;
}

void history_print(struct buf *out)
{
	int i;

	for (i = 0; i < history_length; i++)
		buf_printf(out, "%5d  %s\n", history_base + i, history_get(history_base + i)->line);
}

void history_close(struct history *history)
{
	free(history->dir);
	history->dir = NULL;
	clear_history();
}
