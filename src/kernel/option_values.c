/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/option_values.h"

#include <errno.h>
#include <linux/close_range.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define VALUE_MOST  512 /* bytes of one value */
#define STACK_BYTES (128 * 1024)

/* Stands before each value. */
struct header {
	uint16_t index; /* in options[] */
	uint16_t error;
	uint32_t len;
};

/* SO_PEERNAME wants to know the length before. */
static socklen_t room_for(int fd, const struct option *option)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof(address);

	if (option->type != OPTION_ADDRESS)
		return VALUE_MOST;
	return getpeername(fd, (struct sockaddr *)&address, &len) == 0 ? len : sizeof(sa_family_t);
}

static size_t in_bytes(const struct option *option, socklen_t len)
{
	unsigned unit = options_layout(option)->unit;
	size_t bytes = (size_t)len * (unit ? unit : 1);

	return bytes < VALUE_MOST ? bytes : VALUE_MOST;
}

/* The length that a program would give: some options answer another one with another value. */
static socklen_t asked_length(int fd, const struct option *option)
{
	const struct option_layout *layout = options_layout(option);

	if (layout->unit)
		return VALUE_MOST / layout->unit;
	if (layout->size && !options_list(layout))
		return layout->size;
	return room_for(fd, option);
}

size_t option_values_read(int fd, void *room, size_t size)
{
	const struct option *option;
	unsigned char *at = room;
	unsigned char value[VALUE_MOST];

	for (option = options; option < options + options_count; option++) {
		struct header header = {.index = (uint16_t)(option - options)};
		socklen_t len = asked_length(fd, option);

		if (!(option->access & OPTION_GET) || option->reading == OPTION_TAKES ||
		    option->reading == OPTION_ASKS || option->reading == OPTION_HIDDEN)
			continue;
		if (getsockopt(fd, option->level, option->value, value, &len) < 0)
			header.error = (uint16_t)errno;
		else
			header.len = (uint32_t)in_bytes(option, len);
		if ((size_t)(at - (unsigned char *)room) + sizeof(header) + header.len > size)
			break;
		memcpy(at, &header, sizeof(header));
		memcpy(at + sizeof(header), value, header.len);
		at += sizeof(header) + header.len;
	}
	return (size_t)(at - (unsigned char *)room);
}

bool option_values_next(const void *bytes, size_t len, size_t *at, struct option_value *out)
{
	const unsigned char *from = (const unsigned char *)bytes + *at;
	struct header header;

	if (len - *at < sizeof(header))
		return false;
	memcpy(&header, from, sizeof(header));
	if (header.index >= options_count || header.len > len - *at - sizeof(header))
		return false;
	*out = (struct option_value){.option = &options[header.index],
				     .error = header.error,
				     .data = from + sizeof(header),
				     .len = header.len};
	*at += sizeof(header) + header.len;
	return true;
}

struct fresh {
	int family, type, protocol;
	void *room;
	size_t size;
	struct failure *failure;
	long result;
	int error;
};

static void *no_fresh(struct fresh *fresh, const char *call)
{
	fresh->error = errno;
	failure_note(fresh->failure, call);
	return NULL;
}

/*
 * In a thread with a descriptor table of its own, which begins empty: the table of the process
 * does not see the socket, and no close() of another thread is held up by a copy of its own.
 */
static void *read_fresh(void *data)
{
	struct fresh *fresh = data;
	int fd;

	fresh->result = -1;
	if (syscall(SYS_close_range, 0U, ~0U, CLOSE_RANGE_UNSHARE) < 0)
		return no_fresh(fresh, "close_range");
	fd = socket(fresh->family, fresh->type | SOCK_CLOEXEC, fresh->protocol);
	if (fd < 0)
		return no_fresh(fresh, "socket");
	fresh->result = (long)option_values_read(fd, fresh->room, fresh->size);
	close(fd);
	return NULL;
}

long option_values_fresh(int family, int type, int protocol, void *room, size_t size,
			 struct failure *failure)
{
	struct fresh fresh = {.family = family,
			      .type = type,
			      .protocol = protocol,
			      .room = room,
			      .size = size,
			      .failure = failure};
	pthread_attr_t attr;
	pthread_t thread;
	int error;

	error = pthread_attr_init(&attr);
	if (!error) {
		pthread_attr_setstacksize(&attr, STACK_BYTES);
		error = pthread_create(&thread, &attr, read_fresh, &fresh);
		pthread_attr_destroy(&attr);
	}
	if (error) {
		errno = error;
		failure_note(failure, "pthread_attr_init or pthread_create");
		return -1;
	}
	pthread_join(thread, NULL);
	if (fresh.result < 0)
		errno = fresh.error;
	return fresh.result;
}
