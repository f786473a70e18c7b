/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "names/words.h"
#include "session/evidence.h"

static void describe(struct obstacle *obstacle, enum path_trouble trouble, const char *path,
		     struct failure *failure)
{
	const struct passwd *user;
	struct stat status;

	obstacle->trouble = trouble;
	snprintf(obstacle->path, sizeof(obstacle->path), "%s", path);
	if (stat(path, &status) < 0) {
		failure_note_unless_answer(failure, "stat");
		return;
	}
	user = getpwuid(status.st_uid);
	if (user)
		snprintf(obstacle->owner, sizeof(obstacle->owner), "%s", user->pw_name);
	else
		snprintf(obstacle->owner, sizeof(obstacle->owner), "%u", (unsigned)status.st_uid);
	snprintf(obstacle->mode, sizeof(obstacle->mode), "%04o", status.st_mode & 07777);
}

/* Looks at a directory that must be passed. Returns whether it can be. */
static bool pass(const char *directory, struct obstacle *out, struct failure *failure)
{
	struct stat status;

	if (stat(directory, &status) < 0) {
		failure_note_unless_answer(failure, "stat");
		if (errno != ENOENT)
			return false;
		out->directory = true;
		describe(out, PATH_MISSING, directory, failure);
	} else if (!S_ISDIR(status.st_mode)) {
		describe(out, PATH_NOT_DIR, directory, failure);
	} else if (faccessat(AT_FDCWD, directory, X_OK, AT_EACCESS) < 0) {
		failure_note_unless_answer(failure, "faccessat");
		describe(out, PATH_NO_SEARCH, directory, failure);
	} else {
		return true;
	}
	return false;
}

/* The last part, whose directory can be passed. */
static void look_at_last(const char *path, const char *directory, bool making, struct obstacle *out,
			 struct failure *failure)
{
	if (making) {
		if (faccessat(AT_FDCWD, directory, W_OK, AT_EACCESS) == 0)
			return;
		failure_note_unless_answer(failure, "faccessat");
		if (errno == EACCES)
			describe(out, PATH_NO_MAKE, directory, failure);
	} else if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) < 0) {
		if (errno == ENOENT)
			describe(out, PATH_MISSING, path, failure);
		else if (errno == EACCES)
			describe(out, PATH_NO_WRITE, path, failure);
		else
			failure_note_unless_answer(failure, "faccessat");
	}
}

struct obstacle evidence_path(const char *path, bool making, struct failure *failure)
{
	struct obstacle obstacle = {0};
	char part[sizeof(obstacle.path)];
	const char *slash = path;

	snprintf(part, sizeof(part), "%s", path[0] == '/' ? "/" : ".");
	if (!pass(part, &obstacle, failure))
		return obstacle;
	while ((slash = strchr(slash + 1, '/'))) {
		snprintf(part, sizeof(part), "%.*s", (int)(slash - path), path);
		if (!pass(part, &obstacle, failure))
			return obstacle;
	}
	look_at_last(path, part, making, &obstacle, failure);
	return obstacle;
}

void evidence_path_of(const struct address *address, char path[EVIDENCE_PATH])
{
	const size_t head = offsetof(struct sockaddr_un, sun_path);
	size_t len = address->len > head ? address->len - head : 0;

	if (len > sizeof(address->un.sun_path))
		len = sizeof(address->un.sun_path);
	memcpy(path, address->un.sun_path, len);
	path[len] = '\0';
}

static const char *file_word(mode_t mode)
{
	return S_ISDIR(mode)    ? "what.directory"
	       : S_ISFIFO(mode) ? "what.pipe"
	       : S_ISCHR(mode)  ? "what.character"
	       : S_ISBLK(mode)  ? "what.block"
				: "what.file";
}

/*
 * To connect a datagram socket asks the kernel who is bound there, and tells the one who is
 * nothing. No table can be asked: a path is one for all network namespaces, and sock_diag shows but
 * this one.
 */
static enum unix_life try_path(const struct address *address, struct failure *failure)
{
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	enum unix_life life = UNIX_UNKNOWN;

	if (fd < 0) {
		failure_note(failure, "socket");
		return UNIX_UNKNOWN;
	}
	if (connect(fd, &address->any, address->len) == 0 || errno == EPROTOTYPE || errno == EPERM)
		life = UNIX_LIVES;
	else if (errno == ECONNREFUSED)
		life = UNIX_DEAD;
	else
		failure_note_unless_answer(failure, "connect");
	close(fd);
	return life;
}

enum unix_life evidence_unix_life(const struct address *address, struct buf *what,
				  struct failure *failure)
{
	char path[EVIDENCE_PATH];
	struct stat status;

	evidence_path_of(address, path);
	if (!path[0])
		return UNIX_UNKNOWN;
	if (stat(path, &status) < 0) {
		failure_note_unless_answer(failure, "stat");
		return UNIX_UNKNOWN;
	}
	if (S_ISSOCK(status.st_mode))
		return try_path(address, failure);
	buf_str(what, words(file_word(status.st_mode)));
	return UNIX_NO_SOCKET;
}
