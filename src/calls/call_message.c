/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "calls/kinds.h"
#include "calls/message.h"
#include "calls/records.h"

/* Calls with several buffers. In the frame they are one piece (message.h). */

/* clang-format off */
#define ARG_COUNT \
	{.name = "iovcnt", .kind = &kind_iovec_len, .flags = ARG_C_ONLY}
#define ARG_MESSAGE \
	{.name = "message", .kind = &kind_msghdr, .flags = ARG_REST}
#define ARG_MESSAGE_OUT \
	{.name = "message", .kind = &kind_msghdr_out, .flags = ARG_REST | ARG_OPTIONAL}
#define ARG_FLAGS(fitting) \
	{.name = "flags", .kind = &kind_msg_flags, .names = &names_msg, .flags = ARG_C_ONLY, \
	 .offered = (fitting)}
#define FLAGS_OF_SEND \
	(MSG_OOB | MSG_DONTROUTE | MSG_DONTWAIT | MSG_EOR | MSG_CONFIRM | MSG_NOSIGNAL | MSG_MORE | \
	 MSG_ZEROCOPY | MSG_FASTOPEN)
#define FLAGS_OF_RECV \
	(MSG_OOB | MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT | MSG_WAITALL | MSG_ERRQUEUE | \
	 MSG_CMSG_CLOEXEC)
/* clang-format on */

static int fd_of(const struct frame *frame)
{
	return (int)frame->arg[0].number;
}

/* Its buffers, in this process. False: there are none, which errno says. */
static bool open_buffers(const struct frame *frame, struct message *message, struct iovec *iov)
{
	if (!message_open(frame->arg[1].data, frame->arg[1].size, NULL, message)) {
		errno = EFAULT;
		return false;
	}
	message_iovec(message, iov);
	return true;
}

static void perform_readv(struct frame *frame)
{
	struct iovec iov[MESSAGE_BUFFERS];
	struct message message;

	frame->result = -1;
	transfer_look_before(frame);
	if (!open_buffers(frame, &message, iov))
		return;
	frame->result = readv(fd_of(frame), iov, (int)frame->arg[2].number);
	frame->arg[1].size = message_filled(&message, frame->result);
}

const struct call call_readv = {
	.record = {.name = "readv",
		   .prototype = "ssize_t readv(int fd, const struct iovec *iov, int iovcnt);",
		   .page = "readv(2)",
		   .help = "read, into several buffers one after the other",
		   .example = "readv 5 3,100",
		   .args = {ARG_FD,
			    {.name = "iov", .kind = &kind_iovec_out, .flags = ARG_REST},
			    ARG_COUNT}},
	.result = RESULT_COUNT,
	.waits = "waits.recv",
	.until_readable = true,
	.errors = {EAGAIN,    EBADF,        ECONNABORTED, ECONNREFUSED, ECONNRESET, EFAULT,
		   EHOSTDOWN, EHOSTUNREACH, EINTR,        EINVAL,       EIO,        EISDIR,
		   EMSGSIZE,  ENETDOWN,     ENETUNREACH,  ENOMEM,       ENONET,     ENOPROTOOPT,
		   ENOTCONN,  EPIPE,        EPROTO,       ETIMEDOUT},
	.perform = perform_readv,
};

static void perform_writev(struct frame *frame)
{
	struct iovec iov[MESSAGE_BUFFERS];
	struct message message;

	frame->result = -1;
	if (open_buffers(frame, &message, iov))
		frame->result = writev(fd_of(frame), iov, (int)frame->arg[2].number);
}

const struct call call_writev = {
	.record = {.name = "writev",
		   .prototype = "ssize_t writev(int fd, const struct iovec *iov, int iovcnt);",
		   .page = "readv(2)",
		   .help = "write what stands in several buffers, as if it were one",
		   .example = "writev 4 \"head\" \"body\"",
		   .args = {ARG_FD,
			    {.name = "iov", .kind = &kind_iovec, .flags = ARG_REST},
			    ARG_COUNT}},
	.result = RESULT_COUNT,
	.waits = "waits.send",
	.errors = {EACCES,       EAGAIN,       EALREADY,    EBADF,   ECONNABORTED, ECONNREFUSED,
		   ECONNRESET,   EDESTADDRREQ, EDQUOT,      EFAULT,  EFBIG,        EHOSTDOWN,
		   EHOSTUNREACH, EINPROGRESS,  EINTR,       EINVAL,  EIO,          EISCONN,
		   EMSGSIZE,     ENETDOWN,     ENETUNREACH, ENOBUFS, ENOMEM,       ENONET,
		   ENOPROTOOPT,  ENOSPC,       ENOTCONN,    ENXIO,   EPERM,        EPIPE,
		   EPROTO,       ETIMEDOUT},
	.perform = perform_writev,
};

static void perform_sendmsg(struct frame *frame)
{
	struct iovec iov[MESSAGE_BUFFERS];
	struct message message;
	struct msghdr header;

	frame->result = -1;
	if (!open_buffers(frame, &message, iov))
		return;
	message_to_header(&message, iov, &header);
	frame->result = sendmsg(fd_of(frame), &header, (int)frame->arg[2].number);
}

const struct call call_sendmsg = {
	.record = {.name = "sendmsg",
		   .prototype = "ssize_t sendmsg(int fd, const struct msghdr *msg, int flags);",
		   .page = "send(2)",
		   .help = "send a message: buffers, an address, descriptors and more",
		   .example = "sendmsg 3 \"hello\" rights=4",
		   .args = {ARG_FD, ARG_MESSAGE, ARG_FLAGS(FLAGS_OF_SEND)}},
	.result = RESULT_COUNT,
	.waits = "waits.send",
	.errors = {EACCES,       EADDRNOTAVAIL, EAFNOSUPPORT, EAGAIN,       EALREADY, EBADF,
		   ECONNABORTED, ECONNREFUSED,  ECONNRESET,   EDESTADDRREQ, EFAULT,   EHOSTDOWN,
		   EHOSTUNREACH, EINPROGRESS,   EINTR,        EINVAL,       EISCONN,  ELOOP,
		   ENAMETOOLONG, EMSGSIZE,      ENETDOWN,     ENETUNREACH,  ENOBUFS,  ENOENT,
		   ENOMEM,       ENONET,        ENOPROTOOPT,  ENOTCONN,     ENOTDIR,  ENOTSOCK,
		   ENXIO,        EOPNOTSUPP,    EPERM,        EPIPE,        EPROTO,   EPROTOTYPE,
		   ETIMEDOUT,    ESRCH,         ETOOMANYREFS},
	.perform = perform_sendmsg,
};

/* Those that came with it are read after the call, too. */
static void note_descriptors(struct frame *frame, const struct message *message)
{
	int fds[FRAME_READS];
	size_t i, count = message_descriptors(message, fds, FRAME_READS);

	for (i = 0; i < count && i < FRAME_READS; i++)
		frame_read(frame, fds[i]);
}

static void perform_recvmsg(struct frame *frame)
{
	struct iovec iov[MESSAGE_BUFFERS];
	struct message message;
	struct msghdr header;

	frame->result = -1;
	transfer_look_before(frame);
	if (!open_buffers(frame, &message, iov))
		return;
	message_to_header(&message, iov, &header);
	frame->result = recvmsg(fd_of(frame), &header, (int)frame->arg[2].number);
	frame->arg[1].size = message_filled(&message, frame->result);
	if (frame->result < 0)
		return;
	message_from_header(&message, &header);
	note_descriptors(frame, &message);
}

const struct call call_recvmsg = {
	.record = {.name = "recvmsg",
		   .prototype = "ssize_t recvmsg(int fd, struct msghdr *msg, int flags);",
		   .page = "recv(2)",
		   .help = "take a message: bytes, the sender, descriptors and more",
		   .example = "recvmsg 5 100",
		   .args = {ARG_FD, ARG_MESSAGE_OUT, ARG_FLAGS(FLAGS_OF_RECV)}},
	.result = RESULT_COUNT,
	.waits = "waits.recv",
	.until_readable = true,
	.errors = {EAGAIN,      EBADF,        ECONNABORTED, ECONNREFUSED, ECONNRESET, EFAULT,
		   EHOSTDOWN,   EHOSTUNREACH, EINTR,        EINVAL,       EMSGSIZE,   ENETDOWN,
		   ENETUNREACH, ENOMEM,       ENONET,       ENOPROTOOPT,  ENOTCONN,   ENOTSOCK,
		   EOPNOTSUPP,  EPIPE,        EPROTO,       ETIMEDOUT},
	.perform = perform_recvmsg,
};

/* The messages in the frame, as the kernel takes them. Returns how many. */
static unsigned open_messages(const struct frame *frame, struct mmsghdr *list, struct iovec *iov)
{
	struct message message;
	unsigned count = 0;
	size_t at = 0;

	while (count < MESSAGES_MOST &&
	       message_open(frame->arg[1].data, frame->arg[1].size, &at, &message)) {
		message_to_header(&message, iov, &list[count].msg_hdr);
		list[count++].msg_len = 0;
		iov += message.head->buffers;
	}
	return count;
}

/* What the kernel has set in the first of them. */
static void close_messages(struct frame *frame, const struct mmsghdr *list)
{
	struct message message;
	size_t at = 0;
	long i;

	for (i = 0; i < frame->result &&
		    message_open(frame->arg[1].data, frame->arg[1].size, &at, &message);
	     i++) {
		message_from_header(&message, &list[i].msg_hdr);
		message.head->got = list[i].msg_len;
	}
}

static unsigned count_of(const struct frame *frame, unsigned there)
{
	return frame->arg[2].number < there ? (unsigned)frame->arg[2].number : there;
}

static void perform_sendmmsg(struct frame *frame)
{
	struct mmsghdr list[MESSAGES_MOST];
	struct iovec iov[MESSAGE_BUFFERS];
	unsigned count = count_of(frame, open_messages(frame, list, iov));

	frame->result = sendmmsg(fd_of(frame), list, count, (int)frame->arg[3].number);
	close_messages(frame, list);
}

const struct call call_sendmmsg = {
	.record = {.name = "sendmmsg",
		   .prototype = "int sendmmsg(int fd, struct mmsghdr *msgvec, unsigned int vlen, "
				"int flags);",
		   .page = "sendmmsg(2)",
		   .help = "send several messages with one call",
		   .example = "sendmmsg 3 \"one\" \"two\"",
		   .args = {ARG_FD,
			    {.name = "messages", .kind = &kind_mmsghdr, .flags = ARG_REST},
			    {.name = "vlen", .kind = &kind_mmsghdr_len, .flags = ARG_C_ONLY},
			    ARG_FLAGS(FLAGS_OF_SEND)}},
	.result = RESULT_COUNT,
	.waits = "waits.send",
	.errors = {EACCES,       EADDRNOTAVAIL, EAFNOSUPPORT, EAGAIN,       EALREADY, EBADF,
		   ECONNABORTED, ECONNREFUSED,  ECONNRESET,   EDESTADDRREQ, EFAULT,   EHOSTDOWN,
		   EHOSTUNREACH, EINPROGRESS,   EINTR,        EINVAL,       EISCONN,  ELOOP,
		   ENAMETOOLONG, EMSGSIZE,      ENETDOWN,     ENETUNREACH,  ENOBUFS,  ENOENT,
		   ENOMEM,       ENONET,        ENOPROTOOPT,  ENOTCONN,     ENOTDIR,  ENOTSOCK,
		   ENXIO,        EOPNOTSUPP,    EPERM,        EPIPE,        EPROTO,   EPROTOTYPE,
		   ETIMEDOUT,    ESRCH,         ETOOMANYREFS},
	.perform = perform_sendmmsg,
};

static void perform_recvmmsg(struct frame *frame)
{
	struct mmsghdr list[MESSAGES_MOST];
	struct iovec iov[MESSAGE_BUFFERS];
	unsigned count = count_of(frame, open_messages(frame, list, iov));
	struct timespec left, *timeout = NULL;
	struct message message;
	size_t at = 0;
	long i;

	if (frame->arg[4].size == sizeof(left))
		timeout = memcpy(&left, frame->arg[4].data, sizeof(left));
	frame->result = recvmmsg(fd_of(frame), list, count, (int)frame->arg[3].number, timeout);
	close_messages(frame, list);
	for (i = 0; i < frame->result &&
		    message_open(frame->arg[1].data, frame->arg[1].size, &at, &message);
	     i++)
		note_descriptors(frame, &message);
}

const struct call call_recvmmsg = {
	.record = {.name = "recvmmsg",
		   .prototype = "int recvmmsg(int fd, struct mmsghdr *msgvec, unsigned int vlen, "
				"int flags, struct timespec *timeout);",
		   .page = "recvmmsg(2)",
		   .help = "take several messages with one call",
		   .example = "recvmmsg 3 100 100 DONTWAIT",
		   .args = {ARG_FD,
			    {.name = "messages", .kind = &kind_mmsghdr_out, .flags = ARG_REST},
			    {.name = "vlen", .kind = &kind_mmsghdr_len, .flags = ARG_C_ONLY},
			    ARG_FLAGS(FLAGS_OF_RECV | MSG_WAITFORONE),
			    {.name = "timeout", .kind = &kind_timespec, .flags = ARG_C_ONLY}}},
	.result = RESULT_COUNT,
	.waits = "waits.recv",
	.until_readable = true,
	.errors = {EAGAIN,      EBADF,        ECONNABORTED, ECONNREFUSED, ECONNRESET, EFAULT,
		   EHOSTDOWN,   EHOSTUNREACH, EINTR,        EINVAL,       EMSGSIZE,   ENETDOWN,
		   ENETUNREACH, ENOMEM,       ENONET,       ENOPROTOOPT,  ENOTCONN,   ENOTSOCK,
		   EOPNOTSUPP,  EPIPE,        EPROTO,       ETIMEDOUT},
	.perform = perform_recvmmsg,
};
