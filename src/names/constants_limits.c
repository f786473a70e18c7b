/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/resource.h>

#include "base/grow.h"
#include "names/names.h"

/* What setrlimit() and getrlimit() are asked about. */
/* clang-format off */
#define NAME(constant, text) {#constant, (int)(constant), text}

static const struct name resource_list[] = {
	NAME(RLIMIT_NOFILE, "descriptors: numbers from this on are not given out"),
	NAME(RLIMIT_NPROC, "processes and threads of this user: fork fails with EAGAIN beyond it"),
	NAME(RLIMIT_CORE, "bytes of a core file, which a process leaves that a signal such as SIGSEGV kills"),
	NAME(RLIMIT_FSIZE, "bytes of a file that is written; SIGXFSZ is sent beyond it"),
	NAME(RLIMIT_CPU, "seconds of the processor's time; SIGXCPU is sent beyond it"),
	NAME(RLIMIT_AS, "bytes of memory that is mapped"),
	NAME(RLIMIT_DATA, "bytes of the program's data, the heap among it"),
	NAME(RLIMIT_STACK, "bytes of the first thread's stack"),
	NAME(RLIMIT_RSS, "no longer used by Linux"),
	NAME(RLIMIT_MEMLOCK, "bytes that may be locked into memory"),
	NAME(RLIMIT_LOCKS, "no longer used by Linux"),
	NAME(RLIMIT_SIGPENDING, "signals of this user that may be queued"),
	NAME(RLIMIT_MSGQUEUE, "bytes of this user's POSIX message queues"),
	NAME(RLIMIT_NICE, "how far nice may be lowered: to 20 minus this"),
	NAME(RLIMIT_RTPRIO, "the highest real-time priority"),
	NAME(RLIMIT_RTTIME, "microseconds that a real-time process may run without waiting"),
};

#define TABLE(kind, prefix, flags, list) {kind, prefix, NULL, flags, list, COUNT_OF(list)}
/* clang-format on */

const struct names names_resource = TABLE("resource limit", "RLIMIT_", false, resource_list);
