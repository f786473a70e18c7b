/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/limits.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/now.h"

/* How long the processes of the machine are looked through. */
#define HOLDER_US 300000

/* The file's text without the newline at its end. Returns 0 or -1. */
static int read_text(const char *path, char *text, size_t room, struct failure *failure)
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

	if (read_text(path, text, sizeof(text), failure) < 0)
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
	if (read_text(path, text, sizeof(text), failure) < 0 || !(at = strstr(text, label)))
		return false;
	*out = strtoull(at + sizeof(label) - 1, &end, 16);
	return *end == '\n';
}

/* NULL at the end, and where it fails. */
static const struct dirent *next_entry(DIR *dir, struct failure *failure)
{
	const struct dirent *entry;

	errno = 0;
	entry = readdir(dir);
	if (!entry && errno)
		failure_note_unless_answer(failure, "readdir in /proc");
	return entry;
}

/* Whether one of the links in a directory of descriptors leads to TARGET. */
static bool holds(const char *directory, const char *target, struct failure *failure)
{
	char link[64];
	const struct dirent *entry;
	DIR *dir = opendir(directory);
	bool found = false;
	ssize_t len;

	if (!dir) {
		failure_note_unless_answer(failure, "opendir in /proc");
		return false;
	}
	while (!found && (entry = next_entry(dir, failure))) {
		len = readlinkat(dirfd(dir), entry->d_name, link, sizeof(link) - 1);
		if (len < 0) {
			failure_note_unless_answer(failure, "readlinkat in /proc");
			continue;
		}
		link[len] = '\0';
		found = strcmp(link, target) == 0;
	}
	closedir(dir);
	return found;
}

static void program_name(pid_t pid, char *program, size_t room, struct failure *failure)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/comm", (int)pid);
	if (room && read_text(path, program, room, failure) < 0)
		program[0] = '\0';
}

bool limits_holder(ino_t inode, pid_t *pid, char *program, size_t room, struct failure *failure)
{
	char path[64], target[64];
	const struct dirent *entry;
	long end = now_us() + HOLDER_US;
	bool found = false;
	DIR *dir;

	if (!inode)
		return false;
	dir = opendir("/proc");
	if (!dir) {
		failure_note_unless_answer(failure, "opendir in /proc");
		return false;
	}
	snprintf(target, sizeof(target), "socket:[%llu]", (unsigned long long)inode);
	while (!found && now_us() < end && (entry = next_entry(dir, failure))) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		*pid = (pid_t)strtol(entry->d_name, NULL, 10);
		snprintf(path, sizeof(path), "/proc/%d/fd", (int)*pid);
		found = holds(path, target, failure);
	}
	closedir(dir);
	if (found)
		program_name(*pid, program, room, failure);
	return found;
}
