/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int limits_text(const char *path, char *text, size_t room, struct failure *failure)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t len;

	if (fd < 0) {
		failure_note_unless_answer(failure, "open in /proc");
		return -1;
	}
	do
		len = read(fd, text, room - 1);
	while (len < 0 && errno == EINTR);
	if (len < 0)
		failure_note_unless_answer(failure, "read in /proc");
	close(fd);
	if (len < 0)
		return -1;
	if (len > 0 && text[len - 1] == '\n')
		len--;
	text[len] = '\0';
	return 0;
}

bool limits_numbers(const char *path, long *values, int count, struct failure *failure)
{
	char text[64], *at = text, *end;
	int i;

	if (limits_text(path, text, sizeof(text), failure) < 0)
		return false;
	for (i = 0; i < count; i++, at = end) {
		errno = 0;
		values[i] = strtol(at, &end, 10);
		if (errno || end == at)
			return false;
	}
	return !*at;
}

bool limits_number(const char *path, long *value, struct failure *failure)
{
	long number;

	if (!limits_numbers(path, &number, 1, failure))
		return false;
	*value = number;
	return true;
}

bool limits_capabilities(pid_t pid, uint64_t *out, struct failure *failure)
{
	static const char label[] = "\nCapEff:";
	char path[32], text[4096], *at, *end;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	if (limits_text(path, text, sizeof(text), failure) < 0 || !(at = strstr(text, label)))
		return false;
	*out = strtoull(at + sizeof(label) - 1, &end, 16);
	return *end == '\n';
}
