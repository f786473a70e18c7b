/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "calls/kinds.h"
#include "calls/records.h"
#include "names/options.h"

/* clang-format off */
#define ARGS_LEVEL \
	{.name = "fd", .kind = &kind_fd}, \
	{.name = "level", .kind = &kind_level, .names = &names_level, .flags = ARG_OPTIONAL}
/* clang-format on */

static const struct option_layout *layout_of(const struct frame *frame, enum option_access access)
{
	return options_layout(
		options_entry_for((int)frame->arg[1].number, (int)frame->arg[2].number, access));
}

static void perform_getsockopt(struct frame *frame)
{
	unsigned unit = layout_of(frame, OPTION_GET)->unit;
	socklen_t len = (socklen_t)frame->arg[4].number;

	frame->result = getsockopt((int)frame->arg[0].number, (int)frame->arg[1].number,
				   (int)frame->arg[2].number, frame->arg[3].data, &len);
	frame->arg[4].number = len;
	frame->arg[3].size = frame->result == 0 ? (size_t)len * (unit ? unit : 1) : 0;
}

const struct call call_getsockopt = {
	.record = {.name = "getsockopt",
		   .prototype = "int getsockopt(int fd, int level, int option, void *optval, "
				"socklen_t *optlen);",
		   .page = "getsockopt(2)",
		   .help = "ask for the value of a socket option, or of all",
		   .example = "getsockopt 3 SO_RCVBUF",
		   .args = {ARGS_LEVEL,
			    {.name = "option", .kind = &kind_option, .flags = ARG_OPTIONAL},
			    {.name = "optval", .kind = &kind_option_value_out, .flags = ARG_C_ONLY},
			    {.name = "optlen", .kind = &kind_option_len_out, .flags = ARG_C_ONLY}}},
	.errors = {EBADF, EFAULT, EINVAL, ENOENT, ENOMEM, ENOPROTOOPT, ENOTCONN, ENOTSOCK,
		   EOPNOTSUPP, EPERM},
	.perform = perform_getsockopt,
};

/* A list that hangs on a pointer stands behind the structure: only here is it known where. */
static void set_pointer(struct frame *frame)
{
	const struct option_layout *layout = layout_of(frame, OPTION_SET);
	char *data = frame->arg[3].data;
	char *list;

	if (!layout->pointer || !data || frame->arg[3].size < layout->size)
		return;
	list = data + layout->size;
	memcpy(data + options_list(layout)->offset, &list, sizeof(list));
}

static void perform_setsockopt(struct frame *frame)
{
	set_pointer(frame);
	frame->result = setsockopt((int)frame->arg[0].number, (int)frame->arg[1].number,
				   (int)frame->arg[2].number, frame->arg[3].data,
				   (socklen_t)frame->arg[4].number);
}

const struct call call_setsockopt = {
	.record = {.name = "setsockopt",
		   .prototype = "int setsockopt(int fd, int level, int option, "
				"const void *optval, socklen_t optlen);",
		   .page = "setsockopt(2)",
		   .help = "set a socket option",
		   .example = "setsockopt 3 SO_REUSEADDR 1",
		   .args = {ARGS_LEVEL,
			    {.name = "option", .kind = &kind_option},
			    {.name = "value", .kind = &kind_option_value, .flags = ARG_REST},
			    {.name = "optlen", .kind = &kind_option_len, .flags = ARG_C_ONLY}}},
	.errors = {EACCES, EADDRINUSE, EADDRNOTAVAIL, EBADF, EBUSY, EDOM, EFAULT, EINVAL, EISCONN,
		   ENOBUFS, ENODEV, ENOENT, ENOMEM, ENOPKG, ENOPROTOOPT, ENOTCONN, ENOTSOCK,
		   EOPNOTSUPP, EPERM},
	.perform = perform_setsockopt,
};
