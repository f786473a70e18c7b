/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/holders.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/now.h"
#include "kernel/limits.h"

/* How long the processes of the machine are looked through. */
#define HOLDER_US 300000

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

/* The inode of a link such as socket:[4711]; 0: it is none. */
static ino_t socket_inode(const char *link)
{
	static const char prefix[] = "socket:[";

	return strncmp(link, prefix, strlen(prefix)) == 0
		       ? (ino_t)strtoull(link + strlen(prefix), NULL, 10)
		       : 0;
}

/* Returns 0, 1 where VISIT stopped, or -1 with errno set. */
static int visit_process(pid_t pid, holders_visit *visit, void *data, struct failure *failure)
{
	char path[64], link[64];
	const struct dirent *entry;
	bool go_on = true, denied = false, read_any = false;
	ssize_t len;
	ino_t inode;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	dir = opendir(path);
	if (!dir) {
		int error = errno;

		failure_note_unless_answer(failure, "opendir in /proc");
		errno = error;
		return -1;
	}
	while (go_on && (entry = next_entry(dir, failure))) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		len = readlinkat(dirfd(dir), entry->d_name, link, sizeof(link) - 1);
		if (len < 0) {
			denied |= errno == EACCES;
			failure_note_unless_answer(failure, "readlinkat in /proc");
			continue;
		}
		read_any = true;
		link[len] = '\0';
		inode = socket_inode(link);
		if (inode)
			go_on = visit(data, pid, (int)strtol(entry->d_name, NULL, 10), inode);
	}
	closedir(dir);
	/* The directory of a process of the same user can be read where its links cannot. */
	errno = EACCES;
	return denied && !read_any ? -1 : go_on ? 0 : 1;
}

int holders_of(pid_t pid, holders_visit *visit, void *data, struct failure *failure)
{
	return visit_process(pid, visit, data, failure) < 0 ? -1 : 0;
}

bool holders_all(holders_visit *visit, void *data, struct failure *failure)
{
	long end = now_us() + HOLDER_US;
	const struct dirent *entry;
	bool whole = true;
	DIR *dir = opendir("/proc");

	if (!dir) {
		failure_note_unless_answer(failure, "opendir in /proc");
		return false;
	}
	while (whole && (entry = next_entry(dir, failure))) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		if (visit_process((pid_t)strtol(entry->d_name, NULL, 10), visit, data, failure) >
			    0 ||
		    now_us() >= end)
			whole = false;
	}
	closedir(dir);
	return whole;
}

void holders_program(pid_t pid, char *program, size_t room, struct failure *failure)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/comm", (int)pid);
	if (room && limits_text(path, program, room, failure) < 0)
		program[0] = '\0';
}

struct search {
	ino_t inode;
	pid_t pid;
	bool found;
};

static bool visit_search(void *data, pid_t pid, int fd, ino_t inode)
{
	struct search *search = data;

	(void)fd;
	if (inode != search->inode)
		return true;
	search->pid = pid;
	search->found = true;
	return false;
}

bool holders_find(ino_t inode, pid_t *pid, char *program, size_t room, struct failure *failure)
{
	struct search search = {.inode = inode};

	if (!inode)
		return false;
	holders_all(visit_search, &search, failure);
	if (!search.found)
		return false;
	*pid = search.pid;
	holders_program(search.pid, program, room, failure);
	return true;
}
