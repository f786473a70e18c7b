/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/kept.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

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

int kept_open(const char *dir, const char *name, int flags, struct failure *failure)
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

int kept_write(int fd, const struct buf *text, struct failure *failure)
{
	if (text->failed) {
		errno = ENOMEM;
		return failed(failure, "out of memory");
	}
	return file_write(fd, buf_text(text), text->len) < 0 ? failed(failure, "write") : 0;
}

int kept_append(const char *dir, const char *name, const struct buf *text, struct failure *failure)
{
	int fd = kept_open(dir, name, O_WRONLY | O_APPEND, failure);
	int result;

	if (fd < 0)
		return -1;
	result = kept_write(fd, text, failure);
	close(fd);
	return result;
}

int kept_dir(char **dir, struct failure *failure)
{
	struct buf path = {0};
	bool found = find_dir(&path) == 0;

	*dir = found ? buf_take(&path) : NULL;
	buf_free(&path);
	if (!found)
		*failure = (struct failure){"no XDG_STATE_HOME and no HOME", ENOENT};
	else if (!*dir)
		*failure = (struct failure){"out of memory", ENOMEM};
	return *dir ? make_dirs(*dir, failure) : -1;
}
