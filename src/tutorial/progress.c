/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/grow.h"
#include "base/kept.h"

#define FILE_NAME  "progress"
#define READ_MOST  ((off_t)256 * 1024)
#define GOALS_MOST 63

static const char *const words[] = {[PROGRESS_PLAYED] = "played",
				    [PROGRESS_PRACTISED] = "practised",
				    [PROGRESS_GOAL] = "goal",
				    [PROGRESS_SECTION] = "section"};

/* One line of the file, as far as it is one. */
struct record {
	enum progress_what what;
	int number;
	const char *page;
	size_t len;
};

static bool read_record(const char *line, size_t len, struct record *out)
{
	const char *end = line + len, *at = memchr(line, ' ', len);
	size_t i;

	if (!at)
		return false;
	for (i = 0; i < COUNT_OF(words); i++)
		if (strlen(words[i]) == (size_t)(at - line) &&
		    memcmp(words[i], line, (size_t)(at - line)) == 0)
			break;
	if (i == COUNT_OF(words))
		return false;
	*out = (struct record){.what = (enum progress_what)i};
	for (at++; at < end && *at >= '0' && *at <= '9'; at++)
		if (out->number < 100000)
			out->number = out->number * 10 + (*at - '0');
	if (at == end || *at != ' ')
		return false;
	out->page = at + 1;
	out->len = (size_t)(end - at) - 1;
	return true;
}

/* The next record of PAGE from *AT on. */
static bool next_record(const struct progress *progress, const char *page, size_t *at,
			struct record *out)
{
	const char *text = buf_text(&progress->text);

	while (*at < progress->text.len) {
		const char *line = text + *at;
		const char *end = memchr(line, '\n', progress->text.len - *at);

		if (!end)
			break;
		*at = (size_t)(end - text) + 1;
		if (read_record(line, (size_t)(end - line), out) && strlen(page) == out->len &&
		    memcmp(page, out->page, out->len) == 0)
			return true;
	}
	return false;
}

static int read_text(struct progress *progress, int fd)
{
	struct stat st;
	ssize_t got;

	/* Of a file that has grown far beyond what we write, nothing is believed. */
	if (fstat(fd, &st) < 0 || st.st_size > READ_MOST ||
	    buf_reserve(&progress->text, (size_t)st.st_size) < 0)
		return -1;
	got = file_read(fd, progress->text.data, (size_t)st.st_size);
	if (got < 0)
		return -1;
	progress->text.len = (size_t)got;
	progress->text.data[got] = '\0';
	return 0;
}

void progress_read(struct progress *progress)
{
	struct failure failure = {0};
	char *dir;
	int fd = -1;

	*progress = (struct progress){0};
	if (kept_dir(&dir, &failure) == 0)
		fd = kept_open(dir, FILE_NAME, O_RDONLY, &failure);
	free(dir);
	if (fd < 0)
		return;
	if (read_text(progress, fd) < 0)
		buf_reset(&progress->text);
	close(fd);
}

void progress_free(struct progress *progress)
{
	buf_free(&progress->text);
}

bool progress_has(const struct progress *progress, enum progress_what what, const char *page)
{
	struct record record;
	size_t at = 0;

	while (next_record(progress, page, &at, &record))
		if (record.what == what)
			return true;
	return false;
}

int progress_goals(const struct progress *progress, const char *page, int most)
{
	struct record record;
	uint64_t reached = 0;
	size_t at = 0;

	while (next_record(progress, page, &at, &record))
		if (record.what == PROGRESS_GOAL && record.number >= 1 && record.number <= most &&
		    record.number <= GOALS_MOST)
			reached |= (uint64_t)1 << record.number;
	return __builtin_popcountll(reached);
}

int progress_section(const struct progress *progress, const char *page)
{
	struct record record;
	size_t at = 0;
	int section = 0;

	while (next_record(progress, page, &at, &record))
		if (record.what == PROGRESS_SECTION)
			section = record.number;
	return section;
}

static bool is_known(const struct progress *progress, enum progress_what what, int number,
		     const char *page)
{
	struct record record;
	size_t at = 0;

	if (what == PROGRESS_SECTION)
		return progress_section(progress, page) == number;
	while (next_record(progress, page, &at, &record))
		if (record.what == what && record.number == number)
			return true;
	return false;
}

static int keep(const struct buf *line, struct error *err)
{
	struct failure failure = {0};
	char *dir;
	int result = kept_dir(&dir, &failure);

	if (result == 0)
		result = kept_append(dir, FILE_NAME, line, &failure);
	if (result < 0)
		error_set(err, "your progress cannot be kept in %s: %s: %s", dir ? dir : "a file",
			  failure.call, strerror(failure.error));
	free(dir);
	return result;
}

int progress_note(struct progress *progress, enum progress_what what, int number, const char *page,
		  struct error *err)
{
	struct buf line = {0};
	int result;

	/* A name that breaks the line is nobody's. */
	if (strchr(page, '\n') || is_known(progress, what, number, page))
		return 0;
	buf_printf(&line, "%s %d %s\n", words[what], number, page);
	buf_add(&progress->text, buf_text(&line), line.len);
	result = keep(&line, err);
	buf_free(&line);
	return result;
}
