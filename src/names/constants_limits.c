/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

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

/* Files in memory, and places in files. */
#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 8U
#define MFD_EXEC        16U
#endif

static const struct name memfd_list[] = {
	NAME(MFD_CLOEXEC, "the new descriptor is closed by execve()"),
	NAME(MFD_ALLOW_SEALING, "the file may be sealed later, against changes (F_ADD_SEALS)"),
	NAME(MFD_HUGETLB, "its memory is of huge pages"),
	NAME(MFD_NOEXEC_SEAL, "it can never be made executable"),
	NAME(MFD_EXEC, "it is executable"),
};

static const struct name whence_list[] = {
	NAME(SEEK_SET, "the offset counts from the beginning"),
	NAME(SEEK_CUR, "the offset counts from the position as it is"),
	NAME(SEEK_END, "the offset counts from the end"),
	NAME(SEEK_DATA, "to the next place, from the offset on, that has data"),
	NAME(SEEK_HOLE, "to the next place, from the offset on, that has none; the end is one"),
};

/* What listen() may be given by name. */
static const struct name backlog_list[] = {
	NAME(SOMAXCONN, "as long a queue as the C library knows of; the kernel's own limit is net.core.somaxconn"),
};

#define TABLE(kind, prefix, flags, list) {kind, prefix, NULL, flags, list, COUNT_OF(list)}
/* clang-format on */

const struct names names_backlog = TABLE("backlog", NULL, false, backlog_list);
const struct names names_resource = TABLE("resource limit", "RLIMIT_", false, resource_list);
const struct names names_memfd = TABLE("flag of memfd_create", "MFD_", true, memfd_list);
const struct names names_whence = TABLE("whence of lseek", "SEEK_", false, whence_list);
