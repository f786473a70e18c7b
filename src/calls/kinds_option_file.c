/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "calls/kinds_option.h"
#include "calls/literal.h"

#define FILE_MOST (1 << 20)

/* What a file of values has been read to. */
struct source {
	const char *path;
	const struct option_layout *element;
	struct buf *out;
	struct error *err;
	unsigned long line;
	bool any;      /* a line with something on it was read */
	long expected; /* elements, by the count in the first line; -1: none was given */
	long found;
};

static size_t bare_length(const char *text, size_t len)
{
	while (len && strchr(" \t\r\n,", text[len - 1]))
		len--;
	return len;
}

static int in_line(const struct source *source, const char *why)
{
	char text[sizeof(source->err->text)];

	snprintf(text, sizeof(text), "%s", why);
	return error_set(source->err, "%s:%lu: %.256s", source->path, source->line, text);
}

/* As tcpdump -ddd prints: the count alone in the first line. */
static bool take_count(struct source *source, const char *text, size_t len)
{
	struct error ignored;

	return !source->any &&
	       literal_number(text, len, 0, OPTION_BYTES_MOST, &source->expected, &ignored) == 0;
}

static int take_line(struct source *source, const char *text, size_t len)
{
	size_t blank = strspn(text, " \t");

	if (blank > len)
		blank = len;
	text += blank;
	len = bare_length(text, len - blank);
	if (!len || text[0] == '#' || (len >= 2 && memcmp(text, "//", 2) == 0))
		return 0;
	if (take_count(source, text, len)) {
		source->any = true;
		return 0;
	}
	source->any = true;
	source->found++;
	if (source->out->len > OPTION_BYTES_MOST)
		return in_line(source, "the file is too long");
	if (option_read_line(source->element, text, len, true, source->out, source->err) < 0)
		return in_line(source, source->err->text);
	return 0;
}

static int take_lines(struct source *source, FILE *stream)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	int result = 0;

	while (result == 0 && (len = getline(&line, &room, stream)) >= 0) {
		source->line++;
		result = take_line(source, line, strnlen(line, (size_t)len));
	}
	free(line);
	/* Want of memory leaves no mark on the stream. */
	if (result == 0 && !feof(stream))
		return error_set(source->err, "cannot read %s: %s", source->path, strerror(errno));
	return result;
}

/* A pipe or a device might keep us waiting, or never end. */
static FILE *open_regular(const char *path, struct error *err)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct stat status;
	FILE *stream;

	if (fd < 0 || fstat(fd, &status) < 0) {
		error_set(err, "cannot %s %s: %s", fd < 0 ? "open" : "fstat", path,
			  strerror(errno));
		goto fail;
	}
	if (!S_ISREG(status.st_mode) || status.st_size > FILE_MOST) {
		error_set(err, "%s: %s", path,
			  S_ISREG(status.st_mode) ? "the file is too long" : "no regular file");
		goto fail;
	}
	stream = fdopen(fd, "r");
	if (stream)
		return stream;
	error_errno(err, path);
fail:
	if (fd >= 0)
		close(fd);
	return NULL;
}

int option_read_file(const char *path, const struct option_layout *element, struct buf *out,
		     struct error *err)
{
	struct source source = {
		.path = path, .element = element, .out = out, .err = err, .expected = -1};
	FILE *stream = open_regular(path, err);
	int result;

	if (!stream)
		return -1;
	result = take_lines(&source, stream);
	fclose(stream);
	if (result < 0)
		return -1;
	if (source.expected >= 0 && source.expected != source.found)
		return error_set(err, "%s: its first line says %ld, but %ld lines follow", path,
				 source.expected, source.found);
	if (!source.found)
		return error_set(err, "%s: there is nothing in it", path);
	return 0;
}
