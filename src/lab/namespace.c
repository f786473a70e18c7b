/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/namespace.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/grow.h"
#include "kernel/limits.h"

/* What switches namespaces off for an ordinary user: the file has this number. */
static const struct {
	const char *path;
	bool zero; /* 0 does, else any other number */
	const char *text;
} switches[] = {
	/* Ubuntu, from 24.04 on: unshare() may succeed, and what follows then fails. */
	{"/proc/sys/kernel/apparmor_restrict_unprivileged_userns", false,
	 "AppArmor forbids user namespaces here, as on Ubuntu; "
	 "remedy: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"},
	/* Debian, until 10. */
	{"/proc/sys/kernel/unprivileged_userns_clone", true,
	 "user namespaces are switched off, as on older Debian; "
	 "remedy: sudo sysctl kernel.unprivileged_userns_clone=1"},
	/* Red Hat Enterprise Linux 7, and whoever is careful. */
	{"/proc/sys/user/max_user_namespaces", true,
	 "user namespaces are switched off, as on older Red Hat; "
	 "remedy: sudo sysctl user.max_user_namespaces=15000"},
	{"/proc/sys/user/max_net_namespaces", true,
	 "network namespaces are switched off; "
	 "remedy: sudo sysctl user.max_net_namespaces=15000"},
};

int namespace_refused(const char *call, int error, struct error *err)
{
	size_t i;
	long value;

	for (i = 0; i < COUNT_OF(switches); i++)
		if (limits_number(switches[i].path, &value, NULL) && !value == switches[i].zero)
			return error_set(err, "%s", switches[i].text);
	if (error == ENOSPC)
		return error_set(err, "as many namespaces as are allowed are in use; remedy: sudo "
				      "sysctl user.max_user_namespaces=15000 "
				      "user.max_net_namespaces=15000");
	if (error == EPERM && prctl(PR_GET_SECCOMP) == SECCOMP_MODE_FILTER)
		return error_set(err, "a filter of system calls (seccomp) forbids user namespaces "
				      "here, as in a container; remedy: docker run --security-opt "
				      "seccomp=unconfined");
	if (error == EINVAL && faccessat(AT_FDCWD, "/proc/self/ns/user", F_OK, 0) < 0 &&
	    errno == ENOENT)
		return error_set(err, "this kernel was built without user namespaces; remedy: one "
				      "with CONFIG_USER_NS");
	return error_set(err, "user namespaces cannot be made here: %s: %s", call, strerror(error));
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
		return namespace_refused("open or write of /proc/self/uid_map", errno, err);
	/* user_namespaces(7): without this an ordinary user may not write gid_map. */
	if (namespace_write("/proc/self/setgroups", "deny") < 0 && errno != ENOENT)
		return namespace_refused("open or write of /proc/self/setgroups", errno, err);
	snprintf(map, sizeof(map), "%u %u 1\n", (unsigned)gid, (unsigned)gid);
	if (namespace_write("/proc/self/gid_map", map) < 0)
		return namespace_refused("open or write of /proc/self/gid_map", errno, err);
	return 0;
}

int namespace_user(int flags, struct error *err)
{
	uid_t uid = geteuid();
	gid_t gid = getegid();

	if (unshare(CLONE_NEWUSER | flags) < 0)
		return namespace_refused("unshare", errno, err);
	return map_ids(uid, gid, err);
}
