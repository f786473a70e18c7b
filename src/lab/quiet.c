/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/quiet.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/grow.h"
#include "kernel/limits.h"

/* This kernel does not have it, for a host. */
#define NOT_THERE LONG_MIN

#define IPV4 "/proc/sys/net/ipv4/"
#define IPV6 "/proc/sys/net/ipv6/"

/* Before there is a link, those of IPv6 hold for the one that is made then. */
static const struct {
	const char *directory, *name;
	long value;
	bool must;
} settings[] = {
	/* No link-local address: it is for that that routers are asked for, and others whether they
	 * have it. */
	{IPV6, "conf/default/addr_gen_mode", 1, false},
	/* Answers that the kernel sends now and then only would spoil a second look. */
	{IPV6, "icmp/ratelimit", 0, false},
	{IPV4, "icmp_ratelimit", 0, true},
	{IPV4, "tcp_invalid_ratelimit", 0, false},
	{IPV4, "icmp_msgs_per_sec", 1000000, false},
	/* SYNs at 0, 1 and 3 s, as RFC 6298 has it; newer kernels send four more. */
	{IPV4, "tcp_syn_linear_timeouts", 0, false},
	{IPV4, "tcp_early_retrans", 0, true},
};

#define COUNT COUNT_OF(settings)

/* Returns 0, or -1 with errno set. */
static int write_number(int directory, const char *name, long value)
{
	int fd = openat(directory, name, O_WRONLY | O_CLOEXEC), result, saved;
	char text[32];

	if (fd < 0)
		return -1;
	snprintf(text, sizeof(text), "%ld", value);
	result = file_write(fd, text, strlen(text));
	saved = errno;
	close(fd);
	errno = saved;
	return result;
}

/* What is not there, or may not be changed, is no failure, unless it must be set. */
static bool is_failure(size_t index)
{
	return settings[index].must || (errno != ENOENT && errno != EACCES && errno != EPERM &&
					errno != EROFS && errno != EINVAL);
}

/* Those from FIRST to before END, in one directory. Returns 0, or -1 with errno set. */
static int put_directory(size_t first, size_t end, const long values[COUNT])
{
	int directory = open(settings[first].directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int result = 0, saved = errno;
	size_t i;

	for (i = first; i < end && result == 0; i++) {
		if (values[i] == NOT_THERE && !settings[i].must)
			continue;
		errno = saved;
		if (directory < 0 || write_number(directory, settings[i].name, values[i]) < 0)
			result = is_failure(i) ? -1 : 0;
	}
	saved = errno;
	if (directory >= 0)
		close(directory);
	errno = saved;
	return result;
}

/*
 * In the network of the caller. A directory is looked up once: that takes the longer, the more
 * networks there are.
 */
static int put(const long values[COUNT])
{
	size_t first, end;

	for (first = 0; first < COUNT; first = end) {
		for (end = first; end < COUNT; end++)
			if (strcmp(settings[end].directory, settings[first].directory) != 0)
				break;
		if (put_directory(first, end, values) < 0)
			return -1;
	}
	return 0;
}

static void wish(long values[COUNT])
{
	size_t i;

	for (i = 0; i < COUNT; i++)
		values[i] = settings[i].value;
}

int quiet_begin(struct error *err)
{
	long values[COUNT];

	wish(values);
	return put(values) < 0 ? error_errno(err, "the settings of a host: open or write") : 0;
}

/* What a new network has. The caller is in that one then. */
static int read_defaults(long values[COUNT])
{
	struct failure failure = {0};
	char path[128];
	size_t i;

	if (unshare(CLONE_NEWNET) < 0)
		return -1;
	for (i = 0; i < COUNT; i++) {
		snprintf(path, sizeof(path), "%s%s", settings[i].directory, settings[i].name);
		if (!limits_number(path, &values[i], &failure))
			values[i] = NOT_THERE;
		if (failure.call) {
			errno = failure.error;
			return -1;
		}
	}
	return 0;
}

/* In the network NET. Returns 0, or -1 with errno set. */
static int put_defaults(int net)
{
	long values[COUNT];

	return read_defaults(values) < 0 || setns(net, CLONE_NEWNET) < 0 ? -1 : put(values);
}

int quiet_end(int net, struct error *err)
{
	return put_defaults(net) < 0 ? error_errno(err, "the settings of a host: unshare, open, "
							"read, setns or write")
				     : 0;
}

static int change(const struct lab *lab, const struct host *host, bool defaults)
{
	long values[COUNT];

	if (setns(lab->user, CLONE_NEWUSER) < 0)
		return -1;
	if (defaults)
		return put_defaults(host->net);
	wish(values);
	return setns(host->net, CLONE_NEWNET) < 0 ? -1 : put(values);
}

int quiet_change(const struct lab *lab, const struct host *host, bool defaults, struct error *err)
{
	int status = 0;
	pid_t pid = fork();

	/* The status of the child is an errno. */
	if (pid == 0)
		_exit(change(lab, host, defaults) < 0 ? errno : 0);
	if (pid < 0)
		return error_errno(err, "the settings of a host: fork");
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return 0;
	if (!WIFEXITED(status))
		return error_set(err, "the settings of a host: their writer died");
	return error_set(err, "the settings of a host: setns, unshare, open, read or write: %s",
			 strerror(WEXITSTATUS(status)));
}
