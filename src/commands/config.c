/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands/verbs.h"

#define BLANKS    " \t\r"
#define READ_MOST ((size_t)64 * 1024) /* no configuration is as large */

/* The next word of the line; text NULL: none is left before its end or a comment. */
static struct word next_word(const char *line, size_t len, size_t *at)
{
	size_t from;

	while (*at < len && strchr(BLANKS, line[*at]))
		++*at;
	from = *at;
	while (*at < len && !strchr(BLANKS, line[*at]))
		++*at;
	if (from == *at || line[from] == '#')
		return (struct word){0};
	return (struct word){.text = line + from, .len = *at - from, .column = (int)from + 1};
}

static int read_line(struct shell *shell, const char *line, size_t len, struct error *err)
{
	size_t at = 0;
	struct word name = next_word(line, len, &at);
	struct word value = name.text ? next_word(line, len, &at) : name;
	struct word more = value.text ? next_word(line, len, &at) : value;

	if (memchr(line, '\0', len))
		return error_set(err, "this is no text: it has a byte 0");
	if (!name.text)
		return 0;
	if (more.text)
		return error_at(err, more.column, (int)more.len,
				"a setting has one value: nothing stands behind it");
	return settings_change(shell, &name, &value, err);
}

void config_text(struct shell *shell, const char *file, const char *text, size_t len)
{
	const char *end = text + len;
	struct place before = shell->place;
	struct place place = {.file = file};
	struct error err;

	while (text < end) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));

		stop = stop ? stop : end;
		place.line++;
		place.text = text;
		place.len = (size_t)(stop - text);
		shell->place = place;
		if (read_line(shell, text, place.len, &err) < 0)
			shell_error(shell, &err);
		text = stop + 1;
	}
	shell->place = before;
}

/* A pipe or a device that somebody put there is neither waited for nor read. Returns 0, 1 where
 * there is no such file, or -1 with ERR. */
static int read_file(const char *path, struct buf *out, struct error *err)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;
	char bytes[4096];
	ssize_t got = 0;
	int result = 0;

	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR
			       ? 1
			       : error_set(err, "cannot open %s: %s", path, strerror(errno));
	if (fstat(fd, &st) < 0) {
		result = error_set(err, "cannot fstat %s: %s", path, strerror(errno));
		goto out;
	}
	if (!S_ISREG(st.st_mode)) {
		result = error_set(err, "%s is no regular file", path);
		goto out;
	}
	while (out->len < READ_MOST &&
	       ((got = read(fd, bytes, sizeof(bytes))) > 0 || (got < 0 && errno == EINTR)))
		buf_add(out, bytes, got > 0 ? (size_t)got : 0);
	if (got < 0)
		result = error_set(err, "cannot read %s: %s", path, strerror(errno));
	else if (out->len >= READ_MOST)
		result = error_set(err, "%s is too large to be a configuration", path);
	else if (out->failed)
		result = error_set(err, "out of memory");
out:
	close(fd);
	return result;
}

static void find_path(struct buf *path)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	/* The specification says that a relative path is to be ignored. */
	if (config && config[0] == '/')
		buf_printf(path, "%s/sockstep/config", config);
	else if (home && home[0] == '/')
		buf_printf(path, "%s/.config/sockstep/config", home);
}

void config_read(struct shell *shell)
{
	struct buf path = {0}, text = {0};
	struct error err;
	int result;

	find_path(&path);
	if (path.len && !path.failed) {
		result = read_file(buf_text(&path), &text, &err);
		if (result == 0)
			config_text(shell, buf_text(&path), buf_text(&text), text.len);
		else if (result < 0)
			shell_error(shell, &err);
	}
	buf_free(&path);
	buf_free(&text);
}
