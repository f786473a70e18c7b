/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "calls/kinds.h"
#include "calls/records.h"

/* clang-format off */
#define ARGS_BYTES \
	{.name = "bytes", .kind = &kind_bytes}, \
	{.name = "len", .kind = &kind_bytes_len, .flags = ARG_OPTIONAL}
#define ARGS_BYTES_OUT \
	{.name = "buf", .kind = &kind_bytes_out, .flags = ARG_C_ONLY}, \
	{.name = "len", .kind = &kind_size, .flags = ARG_OPTIONAL}
#define ARG_MSG_FLAGS(fitting) \
	{.name = "flags", .kind = &kind_flags, .names = &names_msg, .flags = ARG_OPTIONAL, \
	 .offered = (fitting)}
#define FLAGS_OF_SEND \
	(MSG_OOB | MSG_DONTROUTE | MSG_DONTWAIT | MSG_EOR | MSG_CONFIRM | MSG_NOSIGNAL | MSG_MORE | \
	 MSG_ZEROCOPY | MSG_FASTOPEN)
#define FLAGS_OF_RECV \
	(MSG_OOB | MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT | MSG_WAITALL | MSG_ERRQUEUE)
/* clang-format on */

static int fd_of(const struct frame *frame)
{
	return (int)frame->arg[0].number;
}

static size_t len_of(const struct frame *frame)
{
	return (size_t)frame->arg[2].number;
}

void transfer_look_before(struct frame *frame)
{
	int bytes;

	if (ioctl(fd_of(frame), FIONREAD, &bytes) < 0)
		failure_note_unless_answer(&frame->failure, "ioctl");
	else
		frame->before = bytes;
	errno = 0;
}

/* With MSG_TRUNC a result may be more than what was filled. */
static void set_filled(struct frame *frame)
{
	if (frame->result < 0)
		frame->arg[1].size = 0;
	else if ((size_t)frame->result < frame->arg[1].size)
		frame->arg[1].size = (size_t)frame->result;
}

static void perform_send(struct frame *frame)
{
	frame->result =
		send(fd_of(frame), frame->arg[1].data, len_of(frame), (int)frame->arg[3].number);
}

const struct call call_send = {
	.record = {.name = "send",
		   .prototype = "ssize_t send(int fd, const void *buf, size_t len, int flags);",
		   .page = "send(2)",
		   .help = "hand bytes to the kernel for the other end",
		   .example = "send 4 \"hello\"",
		   .args = {ARG_FD, ARGS_BYTES, ARG_MSG_FLAGS(FLAGS_OF_SEND)}},
	.result = RESULT_COUNT,
	.waits = "waits.send",
	.errors = {EACCES,     EAGAIN,       EALREADY, EBADF,       ECONNABORTED, ECONNREFUSED,
		   ECONNRESET, EDESTADDRREQ, EFAULT,   EHOSTDOWN,   EHOSTUNREACH, EINPROGRESS,
		   EINTR,      EINVAL,       EISCONN,  EMSGSIZE,    ENETDOWN,     ENETUNREACH,
		   ENOBUFS,    ENOMEM,       ENONET,   ENOPROTOOPT, ENOTCONN,     ENOTSOCK,
		   ENXIO,      EOPNOTSUPP,   EPERM,    EPIPE,       EPROTO,       ETIMEDOUT},
	.perform = perform_send,
};

static void perform_sendto(struct frame *frame)
{
	frame->result =
		sendto(fd_of(frame), frame->arg[1].data, len_of(frame), (int)frame->arg[3].number,
		       frame->arg[4].data, (socklen_t)frame->arg[5].number);
}

const struct call call_sendto = {
	.record = {.name = "sendto",
		   .prototype = "ssize_t sendto(int fd, const void *buf, size_t len, int flags, "
				"const struct sockaddr *addr, socklen_t addrlen);",
		   .page = "send(2)",
		   .help = "send a datagram to an address",
		   .example = "sendto 3 \"hello\" 127.0.0.1:5353",
		   .args = {ARG_FD,
			    ARGS_BYTES,
			    ARG_MSG_FLAGS(FLAGS_OF_SEND),
			    {.name = "address", .kind = &kind_address, .flags = ARG_OPTIONAL},
			    {.name = "addrlen", .kind = &kind_address_len, .flags = ARG_C_ONLY}}},
	.result = RESULT_COUNT,
	.waits = "waits.send",
	.errors = {EACCES,       EADDRNOTAVAIL, EAFNOSUPPORT, EAGAIN,       EALREADY, EBADF,
		   ECONNABORTED, ECONNREFUSED,  ECONNRESET,   EDESTADDRREQ, EFAULT,   EHOSTDOWN,
		   EHOSTUNREACH, EINPROGRESS,   EINTR,        EINVAL,       EISCONN,  ELOOP,
		   ENAMETOOLONG, EMSGSIZE,      ENETDOWN,     ENETUNREACH,  ENOBUFS,  ENOENT,
		   ENOMEM,       ENONET,        ENOPROTOOPT,  ENOTCONN,     ENOTDIR,  ENOTSOCK,
		   ENXIO,        EOPNOTSUPP,    EPERM,        EPIPE,        EPROTO,   EPROTOTYPE,
		   ETIMEDOUT},
	.perform = perform_sendto,
};

static void perform_recv(struct frame *frame)
{
	transfer_look_before(frame);
	frame->result =
		recv(fd_of(frame), frame->arg[1].data, len_of(frame), (int)frame->arg[3].number);
	set_filled(frame);
}

const struct call call_recv = {
	.record = {.name = "recv",
		   .prototype = "ssize_t recv(int fd, void *buf, size_t len, int flags);",
		   .page = "recv(2)",
		   .help = "take bytes that have arrived, len of them at most",
		   .example = "recv 5 100",
		   .args = {ARG_FD, ARGS_BYTES_OUT, ARG_MSG_FLAGS(FLAGS_OF_RECV)}},
	.result = RESULT_COUNT,
	.waits = "waits.recv",
	.until_readable = true,
	.errors = {EAGAIN,      EBADF,        ECONNABORTED, ECONNREFUSED, ECONNRESET, EFAULT,
		   EHOSTDOWN,   EHOSTUNREACH, EINTR,        EINVAL,       EMSGSIZE,   ENETDOWN,
		   ENETUNREACH, ENOMEM,       ENONET,       ENOPROTOOPT,  ENOTCONN,   ENOTSOCK,
		   EOPNOTSUPP,  EPIPE,        EPROTO,       ETIMEDOUT},
	.perform = perform_recv,
};

static void perform_recvfrom(struct frame *frame)
{
	socklen_t len = (socklen_t)frame->arg[5].number;
	struct sockaddr *addr = frame->arg[4].data;

	transfer_look_before(frame);
	frame->result = recvfrom(fd_of(frame), frame->arg[1].data, len_of(frame),
				 (int)frame->arg[3].number, addr, addr ? &len : NULL);
	frame->arg[5].number = len;
	set_filled(frame);
}

const struct call call_recvfrom = {
	.record =
		{.name = "recvfrom",
		 .prototype = "ssize_t recvfrom(int fd, void *buf, size_t len, int flags, "
			      "struct sockaddr *addr, socklen_t *addrlen);",
		 .page = "recv(2)",
		 .help = "take a datagram, and learn who sent it",
		 .example = "recvfrom 3 100",
		 .args = {ARG_FD,
			  ARGS_BYTES_OUT,
			  ARG_MSG_FLAGS(FLAGS_OF_RECV),
			  {.name = "addr", .kind = &kind_address_out, .flags = ARG_C_ONLY},
			  {.name = "addrlen", .kind = &kind_address_len_out, .flags = ARG_C_ONLY}}},
	.result = RESULT_COUNT,
	.waits = "waits.recv",
	.until_readable = true,
	.errors = {EAGAIN,      EBADF,        ECONNABORTED, ECONNREFUSED, ECONNRESET, EFAULT,
		   EHOSTDOWN,   EHOSTUNREACH, EINTR,        EINVAL,       EMSGSIZE,   ENETDOWN,
		   ENETUNREACH, ENOMEM,       ENONET,       ENOPROTOOPT,  ENOTCONN,   ENOTSOCK,
		   EOPNOTSUPP,  EPIPE,        EPROTO,       ETIMEDOUT},
	.perform = perform_recvfrom,
};

static void perform_read(struct frame *frame)
{
	transfer_look_before(frame);
	frame->result = read(fd_of(frame), frame->arg[1].data, len_of(frame));
	set_filled(frame);
}

const struct call call_read = {
	.record = {.name = "read",
		   .prototype = "ssize_t read(int fd, void *buf, size_t len);",
		   .page = "read(2)",
		   .help = "recv without flags, for any descriptor",
		   .example = "read 5 100",
		   .args = {ARG_FD, ARGS_BYTES_OUT}},
	.result = RESULT_COUNT,
	.waits = "waits.recv",
	.until_readable = true,
	.errors = {EAGAIN,    EBADF,        ECONNABORTED, ECONNREFUSED, ECONNRESET, EFAULT,
		   EHOSTDOWN, EHOSTUNREACH, EINTR,        EINVAL,       EIO,        EISDIR,
		   EMSGSIZE,  ENETDOWN,     ENETUNREACH,  ENOMEM,       ENONET,     ENOPROTOOPT,
		   ENOTCONN,  EPIPE,        EPROTO,       ETIMEDOUT},
	.perform = perform_read,
};

static void perform_write(struct frame *frame)
{
	frame->result = write(fd_of(frame), frame->arg[1].data, len_of(frame));
}

const struct call call_write = {
	.record = {.name = "write",
		   .prototype = "ssize_t write(int fd, const void *buf, size_t len);",
		   .page = "write(2)",
		   .help = "send without flags, for any descriptor",
		   .example = "write 4 \"hello\"",
		   .args = {ARG_FD, ARGS_BYTES}},
	.result = RESULT_COUNT,
	.waits = "waits.send",
	.errors = {EACCES,       EAGAIN,       EALREADY,    EBADF,   ECONNABORTED, ECONNREFUSED,
		   ECONNRESET,   EDESTADDRREQ, EDQUOT,      EFAULT,  EFBIG,        EHOSTDOWN,
		   EHOSTUNREACH, EINPROGRESS,  EINTR,       EINVAL,  EIO,          EISCONN,
		   EMSGSIZE,     ENETDOWN,     ENETUNREACH, ENOBUFS, ENOMEM,       ENONET,
		   ENOPROTOOPT,  ENOSPC,       ENOTCONN,    ENXIO,   EPERM,        EPIPE,
		   EPROTO,       ETIMEDOUT},
	.perform = perform_write,
};
