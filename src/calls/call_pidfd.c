/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <limits.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "calls/confine.h"
#include "calls/kinds.h"
#include "calls/literal.h"
#include "calls/records.h"

/* Older headers lack their numbers, which are the same on every architecture but alpha. */
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif

/* The name of one of the session's, too. */
static bool looks_pid(const struct reading *reading, const struct word *word)
{
	const struct resolver *resolver = reading->resolver;

	return kind_looks_number(reading, word) ||
	       (resolver->pid && resolver->pid(resolver->data, word->text, word->len));
}

static int read_pid(const struct reading *reading, const struct word *word, struct value *out,
		    struct error *err)
{
	const struct resolver *resolver = reading->resolver;

	if (!word)
		return 0;
	if (resolver->pid)
		out->number = resolver->pid(resolver->data, word->text, word->len);
	if (out->number)
		return 0;
	if (confine_process(resolver, err) < 0)
		return -1;
	return literal_number(word->text, word->len, INT_MIN, INT_MAX, &out->number, err);
}

const struct kind kind_pid = {
	.what = "a process, by its number or name",
	.looks = looks_pid,
	.read = read_pid,
	.print = kind_print_number,
	.completes = "process",
};

static void perform_pidfd_open(struct frame *frame)
{
	frame->result = syscall(SYS_pidfd_open, (pid_t)frame->arg[0].number,
				(unsigned)frame->arg[1].number);
}

static void perform_pidfd_getfd(struct frame *frame)
{
	frame->result = syscall(SYS_pidfd_getfd, (int)frame->arg[0].number,
				(int)frame->arg[1].number, (unsigned)frame->arg[2].number);
}

/* clang-format off */
#define ARG_NO_FLAGS {.name = "flags", .kind = &kind_number, .flags = ARG_OPTIONAL, .fallback = "0"}

const struct call call_pidfd_open = {
	.record = {.name = "pidfd_open",
		   .prototype = "int pidfd_open(pid_t pid, unsigned int flags);",
		   .page = "pidfd_open(2)",
		   .help = "a descriptor that stands for a process, whatever becomes of its number",
		   .example = "pidfd_open 4711",
		   .args = {{.name = "pid", .kind = &kind_pid}, ARG_NO_FLAGS}},
	.result = RESULT_FD,
	.errors = {EINVAL, EMFILE, ENFILE, ENODEV, ENOENT, ENOMEM, ESRCH},
	.perform = perform_pidfd_open,
};

const struct call call_pidfd_getfd = {
	.record = {.name = "pidfd_getfd",
		   .prototype = "int pidfd_getfd(int pidfd, int targetfd, unsigned int flags);",
		   .page = "pidfd_getfd(2)",
		   .help = "a copy of a descriptor of another process: both lead to one socket",
		   .example = "pidfd_getfd 3 5",
		   .args = {{.name = "pidfd", .kind = &kind_fd}, {.name = "targetfd", .kind = &kind_number}, ARG_NO_FLAGS}},
	.result = RESULT_FD,
	.errors = {EBADF, EINVAL, EMFILE, ENFILE, EPERM, ESRCH},
	.perform = perform_pidfd_getfd,
};
/* clang-format on */
