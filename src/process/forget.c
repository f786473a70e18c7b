/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "process/forget.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

static int failed(struct failure *failure, const char *call)
{
	failure_note(failure, call);
	return -1;
}

/* Returns the value of an option that is no negative number; -1 with FAILURE. */
static int get(int fd, int option, struct failure *failure)
{
	int value = 0;
	socklen_t len = sizeof(value);

	if (getsockopt(fd, SOL_SOCKET, option, &value, &len) == 0)
		return value;
	/* What is no socket has no protocol. */
	return errno == ENOTSOCK || errno == EBADF ? 0 : failed(failure, "getsockopt");
}

static int repair(int fd, struct failure *failure)
{
	int on = TCP_REPAIR_ON;

	return setsockopt(fd, IPPROTO_TCP, TCP_REPAIR, &on, sizeof(on)) < 0
		       ? failed(failure, "setsockopt TCP_REPAIR")
		       : 0;
}

/* Asked before a connection is taken out of a queue that it could not be put back into. */
static int may_repair(struct failure *failure)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int result;

	if (fd < 0)
		return failed(failure, "socket");
	result = repair(fd, failure);
	close(fd);
	return result;
}

/* A listener may block, and here nothing may. Returns 0, 1, or -1 with FAILURE. */
static int any_waits(int fd, struct failure *failure)
{
	struct pollfd arrival = {.fd = fd, .events = POLLIN};
	int ready;

	do
		ready = poll(&arrival, 1, 0);
	while (ready < 0 && errno == EINTR);
	return ready < 0 ? failed(failure, "poll") : ready;
}

static int end_next(int fd, struct failure *failure)
{
	int child, result;

	do
		child = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
	while (child < 0 && errno == EINTR);
	if (child < 0)
		return failed(failure, "accept4");
	result = repair(child, failure);
	close(child);
	return result;
}

/* Closing a listener would reset what waits in its queue. */
static int silence_queue(int fd, struct failure *failure)
{
	int waits = any_waits(fd, failure);

	if (waits > 0 && may_repair(failure) < 0)
		return -1;
	while (waits > 0) {
		if (end_next(fd, failure) < 0)
			return -1;
		waits = any_waits(fd, failure);
	}
	return waits;
}

static int silence(int fd, struct failure *failure)
{
	int protocol = get(fd, SO_PROTOCOL, failure), listens;

	if (protocol != IPPROTO_TCP)
		return protocol < 0 ? -1 : 0;
	listens = get(fd, SO_ACCEPTCONN, failure);
	if (listens < 0)
		return -1;
	return listens ? silence_queue(fd, failure) : repair(fd, failure);
}

int forget_descriptor(int fd, struct failure *failure)
{
	if (silence(fd, failure) < 0)
		return -1;
	return close(fd) < 0 ? failed(failure, "close") : 0;
}

int forget_all(int limit, struct failure *failure)
{
	int fd;

	for (fd = 0; fd < limit; fd++)
		if (silence(fd, failure) < 0)
			return -1;
	return 0;
}
