/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/rights.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

union rights {
	struct cmsghdr header;
	char room[CMSG_SPACE(RIGHTS_MOST * sizeof(int))];
};

int rights_send(int socket, const void *message, size_t len, const int *fds, int count)
{
	struct iovec part = {.iov_base = (void *)message, .iov_len = len};
	union rights rights = {0};
	struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
	size_t size = sizeof(int) * (size_t)count;

	if (count) {
		rights.header = (struct cmsghdr){.cmsg_len = CMSG_LEN(size),
						 .cmsg_level = SOL_SOCKET,
						 .cmsg_type = SCM_RIGHTS};
		memcpy(CMSG_DATA(&rights.header), fds, size);
		header.msg_control = &rights;
		header.msg_controllen = CMSG_SPACE(size);
	}
	return sendmsg(socket, &header, MSG_NOSIGNAL) < 0 ? -1 : 0;
}

ssize_t rights_receive(int socket, void *message, size_t len, int *fds, int *count)
{
	struct iovec part = {.iov_base = message, .iov_len = len};
	union rights rights;
	struct msghdr header = {.msg_iov = &part,
				.msg_iovlen = 1,
				.msg_control = &rights,
				.msg_controllen = sizeof(rights)};
	const struct cmsghdr *first;
	ssize_t got;

	*count = 0;
	do
		got = recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	first = got < 0 ? NULL : CMSG_FIRSTHDR(&header);
	if (first) {
		*count = (int)((first->cmsg_len - CMSG_LEN(0)) / sizeof(int));
		memcpy(fds, CMSG_DATA(first), sizeof(int) * (size_t)*count);
	}
	return got;
}
