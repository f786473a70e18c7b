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

#define STAT_ROOM   2048
#define STATUS_ROOM 4096

/* Returns its length; 0 where there is none, -1 with errno set where it cannot be read. */
static ssize_t read_proc(const char *path, char *text, size_t room)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int saved;
	ssize_t len;

	if (fd < 0)
		return errno == ENOENT || errno == ESRCH ? 0 : -1;
	do
		len = read(fd, text, room - 1);
	while (len < 0 && errno == EINTR);
	saved = errno;
	close(fd);
	errno = saved;
	if (len < 0)
		return errno == ESRCH ? 0 : -1;
	text[len] = '\0';
	return len;
}

/* The same of a stat file behind the program's name, which may hold blanks and parentheses. */
static ssize_t read_stat(const char *path, char text[STAT_ROOM])
{
	ssize_t len = read_proc(path, text, STAT_ROOM);
	const char *end = len > 0 ? memrchr(text, ')', (size_t)len) : NULL;

	if (len <= 0)
		return len;
	if (!end || end + 2 >= text + len)
		return 0;
	len -= end + 2 - text;
	memmove(text, end + 2, (size_t)len + 1);
	return len;
}

int task_state(pid_t pid, pid_t tid)
{
	char path[64], text[STAT_ROOM];
	ssize_t len;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", (int)pid, (int)tid);
	len = read_stat(path, text);
	return len > 0 ? text[0] : (int)len;
}

bool task_exit_status(pid_t pid, int *status)
{
	char path[64], text[STAT_ROOM];
	const char *last;
	ssize_t len;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	len = read_stat(path, text);
	/* The 52nd field is the last one that there is (proc_pid_stat(5)). */
	last = len > 0 && text[0] == 'Z' ? strrchr(text, ' ') : NULL;
	if (last)
		*status = (int)strtol(last + 1, NULL, 10);
	return last;
}

/* A set of signals in /proc/PID/status: hexadecimal, SIGHUP in bit 0. */
static bool in_set(const char *text, const char *name, int signal)
{
	const char *at = strstr(text, name);

	return at && strtoull(at + strlen(name), NULL, 16) >> (signal - 1) & 1;
}

bool task_pending(pid_t pid, int signal, struct failure *failure)
{
	char path[64], text[STATUS_ROOM];
	ssize_t len;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	len = read_proc(path, text, sizeof(text));
	if (len < 0)
		failure_note(failure, "open or read of /proc/PID/status");
	return len > 0 && (in_set(text, "\nSigPnd:", signal) || in_set(text, "\nShdPnd:", signal));
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
