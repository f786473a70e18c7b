/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <sys/resource.h>
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

static void perform_getrlimit(struct frame *frame)
{
	frame->result = getrlimit((__rlimit_resource_t)frame->arg[0].number, frame->arg[1].data);
}

const struct call call_getrlimit = {
	.record = {.name = "getrlimit",
		   .prototype = "int getrlimit(int resource, struct rlimit *rlim);",
		   .page = "getrlimit(2)",
		   .help = "ask for a limit of the process, such as that of its descriptors",
		   .example = "getrlimit NOFILE",
		   .args = {{.name = "resource", .kind = &kind_constant, .names = &names_resource},
			    {.name = "rlim", .kind = &kind_rlimit_out, .flags = ARG_C_ONLY}}},
	.errors = {EFAULT, EINVAL},
	.perform = perform_getrlimit,
};

static void perform_setrlimit(struct frame *frame)
{
	frame->result = setrlimit((__rlimit_resource_t)frame->arg[0].number, frame->arg[1].data);
}

const struct call call_setrlimit = {
	.record = {.name = "setrlimit",
		   .prototype = "int setrlimit(int resource, const struct rlimit *rlim);",
		   .page = "getrlimit(2)",
		   .help = "set a limit of the process, such as that of its descriptors",
		   .example = "setrlimit NOFILE 6",
		   .args = {{.name = "resource", .kind = &kind_constant, .names = &names_resource},
			    {.name = "rlim", .kind = &kind_rlimit}}},
	.errors = {EFAULT, EINVAL, EPERM},
	.perform = perform_setrlimit,
};
