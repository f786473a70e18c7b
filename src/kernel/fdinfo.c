/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/fdinfo.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/grow.h"

/* Some 800 descriptors of an epoll set. */
#define FDINFO_ROOM ((size_t)64 * 1024)

/* Told without being asked for. */
#define ALWAYS (EPOLLERR | EPOLLHUP)

/* No events: where nothing but these is left, the entry is disarmed (EP_PRIVATE_BITS of
 * fs/eventpoll.c). */
#define PRIVATE_BITS (EPOLLWAKEUP | EPOLLONESHOT | EPOLLET | EPOLLEXCLUSIVE)

uint32_t fdinfo_asked(const struct fdinfo_watch *watch)
{
	return watch->events & ~(uint32_t)ALWAYS;
}

bool fdinfo_is_disarmed(const struct fdinfo_watch *watch)
{
	return watch->events & EPOLLONESHOT && !(watch->events & ~(uint32_t)PRIVATE_BITS);
}

uint32_t fdinfo_ready(const struct fdinfo_watch *watch)
{
	uint32_t waited = fdinfo_is_disarmed(watch) ? EPOLLIN | EPOLLPRI : watch->events;

	return (uint32_t)(unsigned short)watch->ready & (waited | ALWAYS);
}

void fdinfo_free(struct fdinfo *info)
{
	free(info->watches);
	*info = (struct fdinfo){0};
}

/* What stands behind KEY at the beginning of a line that ends in a NUL; NULL: another line. */
static const char *value_of(const char *line, const char *key)
{
	size_t len = strlen(key);

	return strncmp(line, key, len) == 0 ? line + len : NULL;
}

/* What stands behind KEY somewhere in a line; 0 where it does not. */
static uint64_t number_behind(const char *line, const char *key, int base)
{
	const char *at = strstr(line, key);

	return at ? strtoull(at + strlen(key), NULL, base) : 0;
}

/* "tfd:        5 events:       19 data:                5  pos:0 ino:61af sdev:7" */
static int read_watch(const char *line, struct fdinfo *out)
{
	struct fdinfo_watch *watch;

	if (grow(&out->watches, &out->watch_cap, out->watch_count, sizeof(*out->watches)) < 0)
		return -1;
	watch = &out->watches[out->watch_count++];
	*watch = (struct fdinfo_watch){.fd = (int)number_behind(line, "tfd:", 10),
				       .events = (uint32_t)number_behind(line, "events:", 16),
				       .data = number_behind(line, "data:", 16),
				       .inode = (ino_t)number_behind(line, "ino:", 16),
				       .also_fd = -1};
	return 0;
}

static uint64_t number(const char *text, int base)
{
	return strtoull(text, NULL, base);
}

/* "(3, 500000000)": rounded up, so that a timer that runs is never told to be off. */
static uint64_t microseconds(const char *text)
{
	uint64_t seconds = number_behind(text, "(", 10), ns = number_behind(text, ",", 10);

	if (seconds > INT64_MAX / 1000000 || ns >= 1000000000)
		return 0;
	return seconds * 1000000 + (ns + 999) / 1000;
}

static void read_other(const char *line, struct fdinfo *out)
{
	const char *value;

	if ((value = value_of(line, "eventfd-count:"))) {
		out->kind = FDINFO_EVENTFD;
		out->count = number(value, 16);
	} else if ((value = value_of(line, "eventfd-semaphore:"))) {
		out->semaphore = number(value, 10) != 0;
	} else if ((value = value_of(line, "clockid:"))) {
		out->kind = FDINFO_TIMERFD;
		out->clock = (int)number(value, 10);
	} else if ((value = value_of(line, "ticks:"))) {
		out->ticks = number(value, 10);
	} else if ((value = value_of(line, "it_value:"))) {
		out->left_us = microseconds(value);
	} else if ((value = value_of(line, "it_interval:"))) {
		out->every_us = microseconds(value);
	} else if ((value = value_of(line, "sigmask:"))) {
		out->kind = FDINFO_SIGNALFD;
		out->signals = number(value, 16);
	} else if ((value = value_of(line, "pos:"))) {
		out->position = number(value, 10);
	} else if ((value = value_of(line, "scm_fds:"))) {
		out->in_flight = (unsigned)number(value, 10);
	} else if (value_of(line, "tfd:")) {
		out->kind = FDINFO_EPOLL;
	}
}

static int compare(const void *a, const void *b)
{
	const struct fdinfo_watch *x = a, *y = b;

	return (x->fd > y->fd) - (x->fd < y->fd);
}

int fdinfo_parse(const char *text, size_t len, struct fdinfo *out)
{
	const char *at = text, *end = text + len;
	char line[256];

	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		size_t size = (size_t)((newline ? newline : end) - at);

		if (size < sizeof(line)) {
			memcpy(line, at, size);
			line[size] = '\0';
			read_other(line, out);
			if (value_of(line, "tfd:") && read_watch(line, out) < 0)
				return -1;
		}
		at += size + 1;
	}
	/* The kernel has them in the order of its memory, which differs from run to run. */
	if (out->watch_count)
		qsort(out->watches, out->watch_count, sizeof(*out->watches), compare);
	return 0;
}

/* A line that was cut off is none. */
static size_t whole_lines(const char *text, size_t len)
{
	const char *end = memrchr(text, '\n', len);

	return end ? (size_t)(end + 1 - text) : 0;
}

int fdinfo_read(pid_t pid, int fd, struct fdinfo *out, struct failure *failure)
{
	char *text = malloc(FDINFO_ROOM);
	int result = -1, file = -1, saved;
	char path[64];
	ssize_t len;

	if (!text)
		goto out;
	snprintf(path, sizeof(path), "/proc/%d/fdinfo/%d", (int)pid, fd);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0) {
		failure_note_unless_answer(failure, "open in /proc");
		goto out;
	}
	len = file_read(file, text, FDINFO_ROOM);
	if (len < 0) {
		failure_note_unless_answer(failure, "read in /proc");
		goto out;
	}
	out->cut = (size_t)len == FDINFO_ROOM;
	result = fdinfo_parse(text, whole_lines(text, (size_t)len), out);
out:
	saved = errno;
	if (file >= 0)
		close(file);
	free(text);
	errno = saved;
	return result;
}

int fdinfo_read_size(pid_t pid, int fd, struct fdinfo *out, struct failure *failure)
{
	struct stat status;
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)pid, fd);
	if (stat(path, &status) < 0) {
		failure_note_unless_answer(failure, "stat in /proc");
		return -1;
	}
	out->size = (uint64_t)status.st_size;
	return 0;
}
