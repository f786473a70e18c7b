/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <errno.h>
#include <unistd.h>

ssize_t file_read(int fd, void *to, size_t room)
{
	size_t have = 0;

	while (have < room) {
		ssize_t got = read(fd, (char *)to + have, room - have);

		if (got < 0 && errno != EINTR)
			return -1;
		if (got == 0)
			break;
		if (got > 0)
			have += (size_t)got;
	}
	return (ssize_t)have;
}

int file_write(int fd, const void *from, size_t len)
{
	size_t at = 0;

	while (at < len) {
		ssize_t done = write(fd, (const char *)from + at, len - at);

		if (done < 0 && errno != EINTR)
			return -1;
		if (done > 0)
			at += (size_t)done;
	}
	return 0;
}
