/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_KERNEL_FDINFO_H
#define SOCKSTEP_KERNEL_FDINFO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/failure.h"

/*
 * What /proc/PID/fdinfo/FD tells of a descriptor that is no socket (proc_pid_fdinfo(5)): of an
 * epoll set what is in it, of an eventfd its count, of a timerfd its time, of a signalfd its
 * signals.
 */
enum fdinfo_kind {
	FDINFO_NONE,
	FDINFO_EPOLL,
	FDINFO_EVENTFD,
	FDINFO_TIMERFD,
	FDINFO_SIGNALFD,
	FDINFO_FILE, /* a plain one: its position and size */
};

/* How a descriptor of an epoll set is now; the process that has it was asked. */
enum fdinfo_watch_state {
	WATCH_UNASKED,
	WATCH_OPEN,
	WATCH_CLOSED, /* the number is not open: the set knows the open file, which has another */
	WATCH_OTHER,  /* the number leads to another file now */
};

struct fdinfo_watch {
	int fd; /* the number that it had when it was put there */
	uint32_t events;
	uint64_t data;
	ino_t inode;
	enum fdinfo_watch_state state;
	short ready;    /* what poll() says of it; WATCH_OPEN */
	uint32_t bytes; /* that can be read, where it is told; else 0 */
	int also_fd;    /* another descriptor of the process that leads to the file; -1: none */
};

struct fdinfo {
	enum fdinfo_kind kind;
	struct fdinfo_watch *watches; /* by number; owned: fdinfo_free() */
	size_t watch_count, watch_cap;
	bool cut;           /* there are more than were read */
	uint64_t count;     /* of an eventfd */
	bool semaphore;     /* EFD_SEMAPHORE: each read takes 1 */
	int clock;          /* of a timerfd: CLOCK_MONOTONIC … */
	uint64_t ticks;     /* how often it went off since it was read */
	uint64_t left_us;   /* until it goes off; 0: it is off */
	uint64_t every_us;  /* and then again; 0: once */
	uint64_t signals;   /* of a signalfd: signal N is bit N - 1 */
	uint64_t position;  /* of a file: where the next read or write begins */
	uint64_t size;      /* of a file: its bytes; fstat(2) has it, not this file of /proc */
	unsigned in_flight; /* of a UNIX socket: descriptors in the messages that it has not read */
};

/* Its events without those that the kernel adds to each, since they are always told. */
uint32_t fdinfo_asked(const struct fdinfo_watch *watch);

/* Of EPOLLONESHOT: it was reported, and is not waited for any more. */
bool fdinfo_is_disarmed(const struct fdinfo_watch *watch);

/* What poll() says of it that is waited for; of one that is disarmed what may have been. */
uint32_t fdinfo_ready(const struct fdinfo_watch *watch);

/* Empties it; it must be all zero at first. */
void fdinfo_free(struct fdinfo *info);

/* From the text of the file. Returns 0, or -1 with errno set where memory is out. */
int fdinfo_parse(const char *text, size_t len, struct fdinfo *out);

/*
 * Reads that of a process; of a large epoll set only a part. Returns 0, or -1 with errno set
 * where it cannot be read, which FAILURE says, or memory is out (ENOMEM).
 */
int fdinfo_read(pid_t pid, int fd, struct fdinfo *out, struct failure *failure);

/* How many bytes the file of a descriptor has, as `size`. Returns as fdinfo_read() does. */
int fdinfo_read_size(pid_t pid, int fd, struct fdinfo *out, struct failure *failure);

#endif
