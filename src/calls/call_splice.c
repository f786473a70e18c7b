/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>

#include "calls/kinds.h"
#include "calls/records.h"

/* Data that moves within the kernel, and the urgent mark. */

/* clang-format off */
#define ARG_SPLICE_FLAGS \
	{.name = "flags", .kind = &kind_flags, .names = &names_splice, .flags = ARG_OPTIONAL}
/* clang-format on */

static void perform_splice(struct frame *frame)
{
	frame->result = splice((int)frame->arg[0].number, frame->arg[1].data,
			       (int)frame->arg[2].number, frame->arg[3].data,
			       (size_t)frame->arg[4].number, (unsigned)frame->arg[5].number);
}

const struct call call_splice = {
	.record = {.name = "splice",
		   .prototype = "ssize_t splice(int fd_in, off_t *off_in, int fd_out, "
				"off_t *off_out, size_t len, unsigned int flags);",
		   .page = "splice(2)",
		   .help = "move bytes between a pipe and another descriptor, within the kernel",
		   .example = "splice 5 7 64K",
		   .args = {{.name = "fd_in", .kind = &kind_fd},
			    {.name = "off_in", .kind = &kind_offset, .flags = ARG_C_ONLY},
			    {.name = "fd_out", .kind = &kind_fd},
			    {.name = "off_out", .kind = &kind_offset, .flags = ARG_C_ONLY},
			    {.name = "len", .kind = &kind_moved, .flags = ARG_OPTIONAL},
			    ARG_SPLICE_FLAGS}},
	.result = RESULT_COUNT,
	.waits = "waits.splice",
	.errors = {EAGAIN, EBADF, ECONNRESET, EINTR, EINVAL, ENOMEM, ENOTCONN, EPIPE, ESPIPE,
		   ETIMEDOUT},
	.perform = perform_splice,
};

static void perform_tee(struct frame *frame)
{
	frame->result = tee((int)frame->arg[0].number, (int)frame->arg[1].number,
			    (size_t)frame->arg[2].number, (unsigned)frame->arg[3].number);
}

const struct call call_tee = {
	.record = {.name = "tee",
		   .prototype = "ssize_t tee(int fd_in, int fd_out, size_t len, "
				"unsigned int flags);",
		   .page = "tee(2)",
		   .help = "copy bytes from one pipe to another, and leave them in the first",
		   .example = "tee 5 8",
		   .args = {{.name = "fd_in", .kind = &kind_fd},
			    {.name = "fd_out", .kind = &kind_fd},
			    {.name = "len", .kind = &kind_moved, .flags = ARG_OPTIONAL},
			    ARG_SPLICE_FLAGS}},
	.result = RESULT_COUNT,
	.waits = "waits.splice",
	.errors = {EAGAIN, EBADF, EINTR, EINVAL, ENOMEM, EPIPE},
	.perform = perform_tee,
};

static void perform_sockatmark(struct frame *frame)
{
	frame->result = sockatmark((int)frame->arg[0].number);
}

const struct call call_sockatmark = {
	.record = {.name = "sockatmark",
		   .prototype = "int sockatmark(int fd);",
		   .page = "sockatmark(3)",
		   .help = "ask whether the urgent byte is the next",
		   .example = "sockatmark 5",
		   .args = {ARG_FD}},
	.result = RESULT_COUNT,
	.errors = {EBADF, EINVAL, ENOTTY},
	.perform = perform_sockatmark,
};
