/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "commands/shell.h"
#include "lang/lang.h"

static size_t without_line_end(const char *text, size_t len)
{
	if (len && text[len - 1] == '\n')
		len--;
	if (len && text[len - 1] == '\r')
		len--;
	return len;
}

void shell_text(struct shell *shell, const char *file, unsigned long first, const char *text,
		size_t len)
{
	const char *end = text + len;

	while (text < end && !shell->quit) {
		struct place place = {.file = file, .line = first, .text = text};
		const char *stop = text;
		int depth = 0;

		do {
			const char *line = stop;

			stop = memchr(line, '\n', (size_t)(end - line));
			stop = stop ? stop + 1 : end;
			depth = lang_depth(depth, line, (size_t)(stop - line));
			first++;
		} while (depth && stop < end);
		place.len = without_line_end(text, (size_t)(stop - text));
		shell_line(shell, &place);
		shell_look(shell, first);
		text = stop;
	}
}

/* Waits for more of a script, or a signal that ends it. */
static void await_input(struct shell *shell, int fd)
{
	struct pollfd pollers[2] = {{.fd = fd, .events = POLLIN},
				    {.fd = shell->signal_fd, .events = POLLIN}};

	/* Where it fails, reading waits as well. */
	if (poll(pollers, 2, -1) > 0 && pollers[1].revents)
		shell_look(shell, 0);
}

/* The next line, and all that belongs to it. */
struct gathered {
	struct buf text;
	unsigned long line; /* of all, the last that was read */
	unsigned long first;
	int depth;
};

/* Returns whether it can be run, since no brace is open. */
static bool gather(struct gathered *gathered, const char *text, size_t len)
{
	gathered->line++;
	if (!gathered->depth) {
		buf_reset(&gathered->text);
		gathered->first = gathered->line;
	} else {
		buf_char(&gathered->text, '\n');
	}
	len = without_line_end(text, len);
	buf_add(&gathered->text, text, len);
	gathered->depth = lang_depth(gathered->depth, text, len);
	return !gathered->depth;
}

/* Returns 0, or -1 with errno set. */
static int run_gathered(struct shell *shell, const struct gathered *gathered, const char *name)
{
	struct place place = {.file = name,
			      .line = gathered->first,
			      .text = buf_text(&gathered->text),
			      .len = gathered->text.len};

	if (gathered->text.failed) {
		errno = ENOMEM;
		return -1;
	}
	shell_line(shell, &place);
	shell_look(shell, gathered->line);
	return 0;
}

/* Returns 0, or -1 with errno set where not all could be read. */
static int run_lines(struct shell *shell, struct feed *feed, const char *name)
{
	/* `source -` reads on in the same lines. */
	struct gathered gathered = {0};
	const char *text;
	size_t len;
	int result = 0;

	while (!shell->quit && result == 0) {
		if (feed_take(feed, &text, &len)) {
			if (gather(&gathered, text, len))
				result = run_gathered(shell, &gathered, name);
			continue;
		}
		if (feed->ended)
			break;
		await_input(shell, feed->fd);
		if (!shell->quit && feed_read(feed) < 0)
			result = -1;
	}
	if (gathered.depth && !shell->quit && result == 0)
		result = run_gathered(shell, &gathered, name);
	buf_free(&gathered.text);
	return result;
}

/* What went wrong in a file that the prompt ran ends that file, not the session. */
static void return_to_prompt(struct shell *shell, int status)
{
	shell_settle(shell);
	if (shell->stopped)
		shell->quit = false;
	if (!shell->quit)
		shell->status = status;
	shell->stopped = false;
	shell->prompt = true;
}

int shell_file(struct shell *shell, const char *path)
{
	bool standard_input = strcmp(path, "-") == 0;
	int fd = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	const char *name = standard_input ? "stdin" : path;
	struct feed own = {0}, *feed = standard_input ? &shell->standard_input : &own;
	bool prompt = shell->prompt;
	int result = 0, status = shell->status;
	int level = shell->level;
	struct error err;

	if (fd < 0) {
		error_set(&err, "cannot open %s: %s", path, strerror(errno));
		shell_error(shell, &err);
		return -1;
	}
	if (!standard_input)
		feed_open(feed, fd);
	shell->prompt = false;
	shell->level = 0;
	if (run_lines(shell, feed, name) < 0) {
		error_set(&err, "cannot read %s: %s", path, strerror(errno));
		shell_error(shell, &err);
		result = -1;
	}
	shell->level = level;
	if (prompt)
		return_to_prompt(shell, status);
	if (!standard_input) {
		feed_free(feed);
		close(fd);
	}
	return result;
}
