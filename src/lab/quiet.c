/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/quiet.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/grow.h"
#include "kernel/limits.h"
#include "lab/namespace.h"

/* This kernel does not have it, for a host. */
#define NOT_THERE LONG_MIN

/* Before there is a link, those of IPv6 hold for the one that is made then. */
static const struct {
	const char *path;
	long value;
	bool must;
} settings[HOST_SETTINGS] = {
	{"/proc/sys/net/ipv6/conf/default/accept_dad", 0, false},
	{"/proc/sys/net/ipv6/conf/default/accept_ra", 0, false},
	{"/proc/sys/net/ipv6/conf/default/addr_gen_mode", 1, false},
	{"/proc/sys/net/ipv6/conf/default/router_solicitations", 0, false},
	/* Answers that the kernel sends now and then only would spoil a second look. */
	{"/proc/sys/net/ipv4/icmp_ratelimit", 0, true},
	{"/proc/sys/net/ipv4/tcp_invalid_ratelimit", 0, false},
	{"/proc/sys/net/ipv6/icmp/ratelimit", 0, false},
	{"/proc/sys/net/ipv4/icmp_msgs_per_sec", 1000000, false},
	/* SYNs at 0, 1 and 3 s, as RFC 6298 has it; newer kernels send four more. */
	{"/proc/sys/net/ipv4/tcp_syn_linear_timeouts", 0, false},
	{"/proc/sys/net/ipv4/tcp_early_retrans", 0, true},
};

static int write_number(const char *path, long value)
{
	char text[32];

	snprintf(text, sizeof(text), "%ld", value);
	return namespace_write(path, text);
}

int quiet_begin(struct host *host, struct error *err)
{
	size_t i;

	for (i = 0; i < HOST_SETTINGS; i++) {
		struct failure failure = {0};

		if (limits_number(settings[i].path, &host->defaults[i], &failure))
			continue;
		if (failure.call)
			return error_set(err, "%s of %s: %s", failure.call, settings[i].path,
					 strerror(failure.error));
		host->defaults[i] = NOT_THERE;
	}
	return quiet_put(host, false, err);
}

int quiet_put(const struct host *host, bool defaults, struct error *err)
{
	size_t i;

	for (i = 0; i < HOST_SETTINGS; i++) {
		long value = defaults ? host->defaults[i] : settings[i].value;

		if (host->defaults[i] == NOT_THERE && !settings[i].must)
			continue;
		if (write_number(settings[i].path, value) < 0 && settings[i].must)
			return error_errno(err, settings[i].path);
	}
	return 0;
}

/* The status of the child is an errno. */
_Noreturn static void run_child(const struct lab *lab, const struct host *host, bool defaults)
{
	struct error err;

	_exit(host_enter(lab, host) < 0 || quiet_put(host, defaults, &err) < 0 ? errno : 0);
}

int quiet_change(const struct lab *lab, const struct host *host, bool defaults, struct error *err)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		run_child(lab, host, defaults);
	if (pid < 0)
		return error_errno(err, "the settings of a host: fork");
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return 0;
	if (!WIFEXITED(status))
		return error_set(err, "the settings of a host: their writer died");
	return error_set(err, "the settings of a host: setns, open or write: %s",
			 strerror(WEXITSTATUS(status)));
}
