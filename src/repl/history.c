/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/history.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <readline/history.h>

#include "base/failure.h"
#include "base/file.h"

/* Of a file that has grown far beyond what we write, the end is read. */
#define READ_MOST ((off_t)1 << 20)

/* The directory, whose parents are made as the base directory specification says. */
static int find_dir(struct buf *dir)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state && state[0] == '/')
		buf_printf(dir, "%s/sockstep", state);
	else if (home && home[0] == '/')
		buf_printf(dir, "%s/.local/state/sockstep", home);
	return dir->len && !dir->failed ? 0 : -1;
}

static int failed(struct failure *failure, const char *call)
{
	failure_note(failure, call);
	return -1;
}

static int make_dirs(char *dir, struct failure *failure)
{
	char *slash = dir;

	while ((slash = strchr(slash + 1, '/'))) {
		int made;

		*slash = '\0';
		made = mkdir(dir, 0700);
		*slash = '/';
		if (made < 0 && errno != EEXIST)
			return failed(failure, "mkdir");
	}
	return mkdir(dir, 0700) < 0 && errno != EEXIST ? failed(failure, "mkdir") : 0;
}

/* A link, a pipe or a device that somebody put there is none of ours. */
static int check_file(int fd, struct failure *failure)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return failed(failure, "fstat");
	if (!S_ISREG(st.st_mode)) {
		errno = EINVAL;
		return failed(failure, "open");
	}
	return fchmod(fd, 0600) < 0 ? failed(failure, "fchmod") : 0;
}

static int open_file(const char *dir, const char *name, int flags, struct failure *failure)
{
	struct buf path = {0};
	int fd;

	buf_printf(&path, "%s/%s", dir, name);
	do
		fd = open(buf_text(&path), flags | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
			  0600);
	while (fd < 0 && errno == EINTR);
	buf_free(&path);
	if (fd < 0)
		return failed(failure, "open");
	if (check_file(fd, failure) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static int write_whole(int fd, const struct buf *text, struct failure *failure)
{
	if (text->failed) {
		errno = ENOMEM;
		return failed(failure, "out of memory");
	}
	return file_write(fd, buf_text(text), text->len) < 0 ? failed(failure, "write") : 0;
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
	int i, result, fd = open_file(dir, "history.new", O_WRONLY | O_TRUNC, failure);

	if (fd < 0)
		return -1;
	for (i = 0; i < history_length; i++)
		buf_printf(&text, "%s\n", history_get(history_base + i)->line);
	result = write_whole(fd, &text, failure);
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
	struct buf dir = {0};
	int fd;
	long lines;

	*history = (struct history){0};
	using_history();
	stifle_history(HISTORY_LINES);
	if (find_dir(&dir) < 0) {
		buf_free(&dir);
		failure = (struct failure){"no XDG_STATE_HOME and no HOME", ENOENT};
		return give_up(history, &failure, err);
	}
	history->dir = buf_take(&dir);
	if (!history->dir)
		failure = (struct failure){"out of memory", ENOMEM};
	if (!history->dir || make_dirs(history->dir, &failure) < 0)
		return give_up(history, &failure, err);
	fd = open_file(history->dir, "history", O_RDWR | O_APPEND, &failure);
	if (fd < 0)
		return give_up(history, &failure, err);
	lines = read_file(fd, &failure);
	close(fd);
	if (lines < 0 || (lines > HISTORY_LINES && shorten(history->dir, &failure) < 0))
		return give_up(history, &failure, err);
	return 0;
}

/* Opened for each line: another explorer may have put a new file there. */
static int append(const char *dir, const char *line, struct failure *failure)
{
	int fd = open_file(dir, "history", O_WRONLY | O_APPEND, failure);
	struct buf text = {0};
	int result;

	if (fd < 0)
		return -1;
	buf_printf(&text, "%s\n", line);
	result = write_whole(fd, &text, failure);
	buf_free(&text);
	close(fd);
	return result;
}

int history_add(struct history *history, const char *line, struct error *err)
{
	const HIST_ENTRY *last =
		history_length ? history_get(history_base + history_length - 1) : NULL;
	struct failure failure = {0};

	if (!*line || strchr(" \t", *line) || (last && strcmp(last->line, line) == 0))
		return 0;
	add_history(line);
	if (history->failed || append(history->dir, line, &failure) == 0)
		return 0;
	return give_up(history, &failure, err);
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
