/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/sysctl.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/grow.h"
#include "lab/namespace.h"
#include "names/names.h"

#define ROOT "/proc/sys/"

/* Where a name without a dot is looked for, in this order. */
static const char *const groups[] = {"net/ipv4/", "net/core/", "net/ipv6/"};

/* What comes back from the child. */
struct reply {
	int result;
	struct error err;
	struct sysctl found;
};

/* net.ipv4.tcp_sack as the path net/ipv4/tcp_sack; the name of an interface may have dots, too:
 * with slashes it can be written. */
static int check_name(const char *name, size_t len, char path[SYSCTL_NAME], struct error *err)
{
	bool slashes = memchr(name, '/', len) != NULL;
	size_t i;

	if (!len || len >= SYSCTL_NAME - sizeof("net/ipv4/"))
		return error_set(err, "a setting's name has 1 to %zu characters",
				 SYSCTL_NAME - sizeof("net/ipv4/") - 1);
	for (i = 0; i < len; i++) {
		char c = name[i], before = '/';

		if (i)
			before = name[i - 1];
		if (c == '.' && !slashes)
			c = '/';
		if ((c == '/' || c == '.') && (before == '.' || before == '/' || i == len - 1))
			return error_set(err, "a setting's name has words with . between them");
		if (!isalnum((unsigned char)c) && !strchr("_-/.", c))
			return error_set(err, "a setting's name is like net.ipv4.tcp_sack");
		path[i] = c;
	}
	path[len] = '\0';
	return 0;
}

/* 1: it is there; 0: it is not; -1 with ERR set. */
static int is_there(const char *path, struct error *err)
{
	char full[sizeof(ROOT) + SYSCTL_NAME];

	snprintf(full, sizeof(full), ROOT "%s", path);
	if (faccessat(AT_FDCWD, full, F_OK, 0) == 0)
		return 1;
	return errno == ENOENT || errno == ENOTDIR ? 0 : error_errno(err, "faccessat of /proc/sys");
}

static int find_near(const char *group, const char *name, int *best, char near[SYSCTL_NAME])
{
	char full[sizeof(ROOT) + SYSCTL_NAME];
	const struct dirent *entry;
	int saved;
	DIR *dir;

	snprintf(full, sizeof(full), ROOT "%s", group);
	dir = opendir(full);
	if (!dir)
		return errno == ENOENT ? 0 : -1;
	while ((errno = 0, entry = readdir(dir))) {
		size_t len = strlen(entry->d_name);
		int distance = names_distance(name, strlen(name), entry->d_name, len, *best);

		if (distance >= *best || len >= SYSCTL_NAME)
			continue;
		*best = distance;
		memcpy(near, entry->d_name, len + 1);
	}
	saved = errno;
	closedir(dir);
	errno = saved;
	return saved ? -1 : 0;
}

static int not_there(const char *path, struct error *err)
{
	const char *last = strrchr(path, '/');
	const char *name = last ? last + 1 : path;
	int best = names_tolerance(strlen(name)) + 1;
	char near[SYSCTL_NAME] = "";
	size_t i;

	for (i = 0; i < COUNT_OF(groups); i++)
		if (find_near(groups[i], name, &best, near) < 0)
			return error_errno(err, "opendir or readdir of /proc/sys/net");
	if (near[0])
		return error_set(err, "this kernel has no setting %s for a host: did you mean %s?",
				 name, near);
	return error_set(err, "this kernel has no setting %s for a host", name);
}

/* The path of the setting that is meant. */
static int find(const char *path, char out[SYSCTL_NAME], struct error *err)
{
	bool bare = !strchr(path, '/');
	size_t i, tries = bare ? COUNT_OF(groups) : 1;
	int found = 0;

	for (i = 0; i < tries && !found; i++) {
		if (bare)
			snprintf(out, SYSCTL_NAME, "%s%.*s", groups[i], SYSCTL_NAME - 10, path);
		else
			snprintf(out, SYSCTL_NAME, "%s%.*s",
				 strncmp(path, "net/", 4) == 0 ? "" : "net/", SYSCTL_NAME - 5,
				 path);
		found = is_there(out, err);
	}
	return found > 0 ? 0 : found < 0 ? -1 : not_there(path, err);
}

/* Tabs stand between several values, and a newline at the end. */
static void tidy(char *text, size_t len)
{
	size_t i;

	while (len && isspace((unsigned char)text[len - 1]))
		len--;
	text[len] = '\0';
	for (i = 0; i < len; i++)
		if (text[i] == '\t' || text[i] == '\n')
			text[i] = ' ';
}

/* Returns 0, or -1 with errno set; EACCES: it can only be written. */
static int read_value(const char *full, char value[SYSCTL_VALUE], bool *cut)
{
	int fd = open(full, O_RDONLY | O_CLOEXEC), saved;
	ssize_t len;

	if (fd < 0)
		return -1;
	len = file_read(fd, value, SYSCTL_VALUE - 1);
	saved = errno;
	close(fd);
	errno = saved;
	if (len < 0)
		return -1;
	*cut = len == SYSCTL_VALUE - 1 && value[len - 1] != '\n';
	tidy(value, (size_t)len);
	return 0;
}

static int unreadable(const char *full, struct error *err)
{
	char what[sizeof(ROOT) + SYSCTL_NAME + 20];

	snprintf(what, sizeof(what), "open or read of %s", full);
	return error_errno(err, what);
}

static int refused(const struct sysctl *setting, const char *value, struct error *err)
{
	int cause = errno;

	if (cause == EACCES || cause == EPERM || cause == EROFS)
		return error_set(err, "%s cannot be set: %s", setting->name, strerror(cause));
	return error_set(err, "%s does not take %s: write: %s", setting->name,
			 value[0] ? value : "an empty value", strerror(cause));
}

static int deal(const struct lab *lab, const struct host *host, const char *path, const char *value,
		struct reply *reply)
{
	struct sysctl *found = &reply->found;
	char full[sizeof(ROOT) + SYSCTL_NAME], *slash;

	if (host_enter(lab, host) < 0)
		return error_errno(&reply->err, "setns to a host's namespace");
	if (find(path, found->name, &reply->err) < 0)
		return -1;
	snprintf(full, sizeof(full), ROOT "%s", found->name);
	/* sysctl(8) changes both ways where an interface's name has dots. */
	for (slash = found->name; *slash; slash++) {
		if (*slash == '/')
			*slash = '.';
		else if (*slash == '.')
			*slash = '/';
	}
	found->readable = read_value(full, found->was, &found->cut) == 0;
	if (!found->readable && errno == EISDIR)
		return error_set(&reply->err, "%s is a group of settings: name one of them",
				 found->name);
	if (!found->readable && (errno != EACCES || !value))
		return unreadable(full, &reply->err);
	if (value && namespace_write(full, value) < 0)
		return refused(found, value, &reply->err);
	found->set = value != NULL;
	if (found->readable && read_value(full, found->value, &found->cut) < 0)
		return unreadable(full, &reply->err);
	return 0;
}

/* The explorer itself never enters a host: a child does, and answers. */
_Noreturn static void run_child(int socket, const struct lab *lab, const struct host *host,
				const char *path, const char *value)
{
	struct reply reply = {0};
	ssize_t put;

	reply.result = deal(lab, host, path, value, &reply);
	do
		put = send(socket, &reply, sizeof(reply), MSG_NOSIGNAL);
	while (put < 0 && errno == EINTR);
	/* Nothing else is left to tell by. */
	_exit(put < 0 ? errno : 0);
}

static int receive_reply(int socket, struct reply *reply, struct error *err)
{
	ssize_t got;

	do
		got = recv(socket, reply, sizeof(*reply), 0);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return error_errno(err, "sysctl: recv");
	return got == (ssize_t)sizeof(*reply) ? 0 : error_set(err, "sysctl: its process died");
}

static int ask(const struct lab *lab, const struct host *host, const char *path, const char *value,
	       struct reply *reply, struct error *err)
{
	int pair[2], got, status = 0;
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return error_errno(err, "sysctl: socketpair");
	pid = fork();
	if (pid == 0)
		run_child(pair[1], lab, host, path, value);
	close(pair[1]);
	if (pid < 0)
		error_errno(err, "sysctl: fork");
	got = pid < 0 ? -1 : receive_reply(pair[0], reply, err);
	close(pair[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (got < 0 && WIFEXITED(status) && WEXITSTATUS(status))
		return error_set(err, "sysctl: send: %s", strerror(WEXITSTATUS(status)));
	return got;
}

int sysctl_run(const struct lab *lab, const struct host *host, const char *name, size_t len,
	       const char *value, struct sysctl *out, struct error *err)
{
	struct reply *reply = calloc(1, sizeof(*reply));
	char path[SYSCTL_NAME];
	int result;

	if (!reply)
		return error_set(err, "out of memory");
	result = check_name(name, len, path, err);
	if (result == 0)
		result = ask(lab, host, path, value, reply, err);
	if (result == 0 && reply->result < 0) {
		*err = reply->err;
		result = -1;
	}
	if (result == 0) {
		*out = reply->found;
		out->host = host->name;
	}
	free(reply);
	return result;
}
