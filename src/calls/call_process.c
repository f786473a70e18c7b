/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <unistd.h>

#include "calls/kinds.h"
#include "calls/records.h"

static void perform_fork(struct frame *frame)
{
	frame->result = fork();
}

const struct call call_fork = {
	.record = {.name = "fork",
		   .prototype = "pid_t fork(void);",
		   .page = "fork(2)",
		   .help = "a new process, which has the same sockets; name is what it is called "
			   "here",
		   .example = "fork worker",
		   .args = {{.name = "name", .kind = &kind_process_new, .flags = ARG_OPTIONAL}}},
	.result = RESULT_COUNT,
	.forks = true,
	.errors = {EAGAIN, ENOMEM},
	.perform = perform_fork,
};

static void perform_exit(struct frame *frame)
{
	_exit((int)frame->arg[0].number);
}

const struct call call_exit = {
	.record = {.name = "_exit",
		   .prototype = "void _exit(int status);",
		   .page = "_exit(2)",
		   .help = "end the process; the kernel closes its descriptors",
		   .example = "_exit 0",
		   .args = {{.name = "status",
			     .kind = &kind_number,
			     .flags = ARG_OPTIONAL,
			     .fallback = "0"}}},
	.ends = true,
	.perform = perform_exit,
};
