/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "kernel/limits.h"
#include "names/options.h"
#include "names/words.h"
#include "session/why_parts.h"

/* linux/capability.h */
#define NET_ADMIN (UINT64_C(1) << 12)
#define NET_RAW   (UINT64_C(1) << 13)

static const struct {
	const char *name;
	uint64_t capabilities; /* one of them is enough */
} needs[] = {
	[NEEDS_NET_ADMIN] = {"CAP_NET_ADMIN", NET_ADMIN},
	[NEEDS_NET_RAW] = {"CAP_NET_RAW", NET_RAW},
	[NEEDS_EITHER] = {"CAP_NET_ADMIN or CAP_NET_RAW", NET_ADMIN | NET_RAW},
	[NEEDS_MACHINE_ADMIN] = {"CAP_NET_ADMIN", NET_ADMIN},
};

static bool say(struct cause *cause, const char *key, const struct option *option)
{
	words_fill(cause->out, key, "fd", cause->fd, "option", option->name, "state",
		   endpoint_state_name(cause_state(cause)), NULL);
	return true;
}

/* do_tcp_setsockopt(), do_tcp_getsockopt(): what works on a connection in repair alone. */
static bool is_for_repair(const struct option *option)
{
	static const int list[] = {TCP_REPAIR_QUEUE, TCP_QUEUE_SEQ, TCP_REPAIR_OPTIONS,
				   TCP_TIMESTAMP, TCP_REPAIR_WINDOW};
	size_t i = 0;

	while (i < COUNT_OF(list) && list[i] != option->value)
		i++;
	return option->level == IPPROTO_TCP && i < COUNT_OF(list);
}

bool why_not_in_repair(struct cause *cause, const struct option *option)
{
	int in_repair;

	return is_for_repair(option) && cause_option(cause, IPPROTO_TCP, TCP_REPAIR, &in_repair) &&
	       !in_repair && say(cause, "EPERM.no-repair", option);
}

static bool why_repair(struct cause *cause, const struct option *option)
{
	int in_repair;

	if (!is_for_repair(option) || !cause_option(cause, IPPROTO_TCP, TCP_REPAIR, &in_repair))
		return false;
	if (!in_repair)
		return say(cause, "EPERM.no-repair", option);
	if (option->value == TCP_QUEUE_SEQ)
		return say(cause, "EPERM.repair-before", option);
	return option->value == TCP_REPAIR_OPTIONS && say(cause, "EPERM.repair-after", option);
}

/* sk_attach_filter(), sk_detach_filter(): the lock does not open again. */
static bool why_locked(struct cause *cause, const struct option *option)
{
	static const int list[] = {SO_ATTACH_FILTER,         SO_ATTACH_BPF,
				   SO_DETACH_FILTER,         SO_LOCK_FILTER,
				   SO_ATTACH_REUSEPORT_CBPF, SO_ATTACH_REUSEPORT_EBPF};
	size_t i = 0;
	int locked;

	while (i < COUNT_OF(list) && list[i] != option->value)
		i++;
	return option->level == SOL_SOCKET && i < COUNT_OF(list) &&
	       cause_option(cause, SOL_SOCKET, SO_LOCK_FILTER, &locked) && locked &&
	       say(cause, "EPERM.locked", option);
}

static void say_needs(struct cause *cause, const char *key, const struct option *option,
		      uint64_t capabilities)
{
	char pid[CAUSE_NUMBER], has[CAUSE_NUMBER], when[128] = "";

	cause_number(pid, process_pid(cause->job->owner->process));
	snprintf(has, sizeof(has), "%#" PRIx64, capabilities);
	if (option->when)
		snprintf(when, sizeof(when), " %s", option->when);
	words_fill(cause->out, key, "option", option->name, "when", when, "capability",
		   needs[option->needs].name, "pid", pid, "has", has, NULL);
}

static bool why_needs(struct cause *cause, const struct option *option)
{
	uint64_t capabilities;

	if (!option->needs || !limits_capabilities(process_pid(cause->job->owner->process),
						   &capabilities, &cause->session->failure))
		return false;
	if (option->value == TCP_REPAIR && option->level == IPPROTO_TCP &&
	    cause_state(cause) == STATE_LISTEN && capabilities & NET_ADMIN)
		return say(cause, "EPERM.repair-listener", option);
	if (!(capabilities & needs[option->needs].capabilities))
		say_needs(cause, "EPERM.needs", option, capabilities);
	else
		say_needs(cause,
			  option->needs == NEEDS_MACHINE_ADMIN ? "EPERM.needs-machine"
							       : "EPERM.needs-there",
			  option, capabilities);
	return true;
}

bool why_option_forbidden(struct cause *cause)
{
	bool gets = cause_call_is(cause, "getsockopt");
	const struct option *option;

	if (!cause->known || (!gets && !cause_call_is(cause, "setsockopt")))
		return false;
	option = options_entry_for((int)cause->job->values[1].number,
				   (int)cause->job->values[2].number,
				   gets ? OPTION_GET : OPTION_SET);
	return option && (why_repair(cause, option) || why_locked(cause, option) ||
			  (!gets && why_needs(cause, option)));
}

/* The process that a pidfd stands for: 0, none is known. */
static pid_t pidfd_target(const struct cause *cause)
{
	char path[64], text[512];
	const char *at;

	snprintf(path, sizeof(path), "/proc/%d/fdinfo/%d", process_pid(cause->job->owner->process),
		 cause_fd(cause));
	if (limits_text(path, text, sizeof(text), &cause->session->failure) < 0)
		return 0;
	at = strstr(text, "\nPid:");
	return at ? (pid_t)strtol(at + strlen("\nPid:"), NULL, 10) : 0;
}

static bool user_of(struct cause *cause, pid_t pid, uid_t *user)
{
	char path[32];
	struct stat file;

	snprintf(path, sizeof(path), "/proc/%d", (int)pid);
	if (stat(path, &file) < 0) {
		failure_note_unless_answer(&cause->session->failure, "stat in /proc");
		return false;
	}
	*user = file.st_uid;
	return true;
}

bool why_pidfd_forbidden(struct cause *cause)
{
	char target[CAUSE_NUMBER], owner[CAUSE_NUMBER], own[CAUSE_NUMBER], scope[CAUSE_NUMBER];
	uid_t theirs, ours;
	long yama = 0;
	pid_t pid;

	if (!cause_call_is(cause, "pidfd_getfd"))
		return false;
	pid = pidfd_target(cause);
	if (!pid || !user_of(cause, pid, &theirs) ||
	    !user_of(cause, process_pid(cause->job->owner->process), &ours))
		return false;
	if (theirs == ours && (!limits_number("/proc/sys/kernel/yama/ptrace_scope", &yama,
					      &cause->session->failure) ||
			       !yama))
		return false;
	words_fill(cause->out, theirs == ours ? "EPERM.pidfd-yama" : "EPERM.pidfd-user", "n",
		   cause_number(target, pid), "owner", cause_number(owner, (long)theirs), "own",
		   cause_number(own, (long)ours), "scope", cause_number(scope, yama), NULL);
	return true;
}
