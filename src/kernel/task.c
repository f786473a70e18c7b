/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/task.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int task_state(pid_t pid, pid_t tid)
{
	char path[64], text[512];
	const char *end;
	ssize_t len;
	int fd, saved;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", (int)pid, (int)tid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT || errno == ESRCH ? 0 : -1;
	do
		len = read(fd, text, sizeof(text));
	while (len < 0 && errno == EINTR);
	saved = errno;
	close(fd);
	errno = saved;
	if (len < 0)
		return errno == ESRCH ? 0 : -1;
	/* The program's name, which comes before, may hold blanks and parentheses. */
	end = memrchr(text, ')', (size_t)len);
	if (!end || end + 2 >= text + len)
		return 0;
	return end[2];
}

/* Whether a thread sleeps, as far as can be told. */
static bool is_asleep(pid_t pid, pid_t tid, struct failure *failure)
{
	int letter = task_state(pid, tid);

	if (letter < 0)
		failure_note(failure, "open or read of /proc/PID/task");
	return letter == 'S' || letter < 0;
}

bool task_all_asleep(pid_t pid, struct failure *failure)
{
	const struct dirent *entry;
	bool asleep = true;
	char path[64];
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	dir = opendir(path);
	if (!dir) {
		failure_note_unless_answer(failure, "opendir of /proc/PID/task");
		return true;
	}
	errno = 0;
	while (asleep && (entry = readdir(dir))) {
		if (isdigit((unsigned char)entry->d_name[0]))
			asleep = is_asleep(pid, (pid_t)strtol(entry->d_name, NULL, 10), failure);
		errno = 0;
	}
	if (asleep && errno)
		failure_note_unless_answer(failure, "readdir of /proc/PID/task");
	closedir(dir);
	return asleep;
}
