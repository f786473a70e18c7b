/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/namespace.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kernel/limits.h"

/* Ubuntu 24.04 lets AppArmor forbid them, Debian had a switch, every kernel has a count. */
static int forbidden(struct error *err)
{
	int cause = errno;
	long value;

	if (limits_number("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", &value, NULL) &&
	    value)
		return error_set(
			err, "AppArmor forbids user namespaces here; "
			     "remedy: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0");
	if (limits_number("/proc/sys/kernel/unprivileged_userns_clone", &value, NULL) && !value)
		return error_set(err, "user namespaces are switched off; "
				      "remedy: sudo sysctl kernel.unprivileged_userns_clone=1");
	if (limits_number("/proc/sys/user/max_user_namespaces", &value, NULL) && !value)
		return error_set(err, "user namespaces are switched off; "
				      "remedy: sudo sysctl user.max_user_namespaces=15000");
	return error_set(err, "user namespaces cannot be made here: %s", strerror(cause));
}

int namespace_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t put;
	int saved;

	if (fd < 0)
		return -1;
	do
		put = write(fd, text, strlen(text));
	while (put < 0 && errno == EINTR);
	if (put >= 0 && put != (ssize_t)strlen(text)) {
		errno = EIO;
		put = -1;
	}
	saved = errno;
	close(fd);
	errno = saved;
	return put < 0 ? -1 : 0;
}

/* Outside and inside are the same user, so that files and names mean what they meant. */
static int map_ids(uid_t uid, gid_t gid, struct error *err)
{
	char map[64];

	snprintf(map, sizeof(map), "%u %u 1\n", (unsigned)uid, (unsigned)uid);
	if (namespace_write("/proc/self/uid_map", map) < 0)
		return error_errno(err, "cannot open or write /proc/self/uid_map");
	/* user_namespaces(7): without this an ordinary user may not write gid_map. */
	if (namespace_write("/proc/self/setgroups", "deny") < 0 && errno != ENOENT)
		return error_errno(err, "cannot open or write /proc/self/setgroups");
	snprintf(map, sizeof(map), "%u %u 1\n", (unsigned)gid, (unsigned)gid);
	if (namespace_write("/proc/self/gid_map", map) < 0)
		return error_errno(err, "cannot open or write /proc/self/gid_map");
	return 0;
}

int namespace_user(int flags, struct error *err)
{
	uid_t uid = geteuid();
	gid_t gid = getegid();

	if (unshare(CLONE_NEWUSER | flags) < 0)
		return forbidden(err);
	return map_ids(uid, gid, err);
}
