/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "calls/kinds.h"
#include "calls/records.h"

/* A file in memory, places in it, and what the kernel sends of it by itself. */

static void perform_sendfile(struct frame *frame)
{
	struct frame_arg *place = &frame->arg[2];
	off_t offset = 0;
	loff_t at;

	if (place->data) {
		memcpy(&at, place->data, sizeof(at));
		offset = (off_t)at;
	}
	frame->result = sendfile((int)frame->arg[0].number, (int)frame->arg[1].number,
				 place->data ? &offset : NULL, (size_t)frame->arg[3].number);
	at = offset;
	if (place->data)
		memcpy(place->data, &at, sizeof(at));
}

const struct call call_sendfile = {
	.record = {.name = "sendfile",
		   .prototype = "ssize_t sendfile(int out_fd, int in_fd, off_t *offset, "
				"size_t count);",
		   .page = "sendfile(2)",
		   .help = "send bytes of a file, within the kernel",
		   .example = "sendfile 4 5 [0] 64K",
		   .args = {{.name = "out_fd", .kind = &kind_fd},
			    {.name = "in_fd", .kind = &kind_fd},
			    {.name = "offset", .kind = &kind_offset, .flags = ARG_OPTIONAL},
			    {.name = "count", .kind = &kind_moved, .flags = ARG_OPTIONAL}}},
	.result = RESULT_COUNT,
	.waits = "waits.sendfile",
	.errors = {EAGAIN, EBADF, ECONNRESET, EDESTADDRREQ, EFAULT, EINTR, EINVAL, EIO, EMSGSIZE,
		   ENOMEM, ENOTCONN, EOVERFLOW, EPIPE, ESPIPE, ETIMEDOUT},
	.perform = perform_sendfile,
};

static void perform_memfd_create(struct frame *frame)
{
	frame->result = memfd_create(frame->arg[0].data, (unsigned)frame->arg[1].number);
}

const struct call call_memfd_create = {
	.record = {.name = "memfd_create",
		   .prototype = "int memfd_create(const char *name, unsigned int flags);",
		   .page = "memfd_create(2)",
		   .help = "make a file that is in memory alone; its last close ends it",
		   .example = "f = memfd_create page",
		   .args = {{.name = "name", .kind = &kind_text},
			    {.name = "flags",
			     .kind = &kind_flags,
			     .names = &names_memfd,
			     .flags = ARG_OPTIONAL}}},
	.result = RESULT_FD,
	.errors = {EFAULT, EINVAL, EMFILE, ENFILE, ENOMEM, EPERM},
	.perform = perform_memfd_create,
};

static void perform_lseek(struct frame *frame)
{
	frame->result = lseek((int)frame->arg[0].number, (off_t)frame->arg[1].number,
			      (int)frame->arg[2].number);
}

const struct call call_lseek = {
	.record = {.name = "lseek",
		   .prototype = "off_t lseek(int fd, off_t offset, int whence);",
		   .page = "lseek(2)",
		   .help = "set the position in a file from which the next read, write or sendfile "
			   "goes on",
		   .example = "lseek 5 0",
		   .args = {ARG_FD,
			    {.name = "offset", .kind = &kind_place},
			    {.name = "whence",
			     .kind = &kind_constant,
			     .names = &names_whence,
			     .flags = ARG_OPTIONAL,
			     .fallback = "SEEK_SET"}}},
	.result = RESULT_COUNT,
	.errors = {EBADF, EINVAL, ENXIO, EOVERFLOW, ESPIPE},
	.perform = perform_lseek,
};
