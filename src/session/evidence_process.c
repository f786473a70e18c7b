/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "kernel/limits.h"
#include "kernel/tcp_info.h"
#include "names/words.h"
#include "process/server.h"
#include "session/evidence.h"

int evidence_open_fds(const struct owner *owner, int most, struct buf *out)
{
	int fds[32];
	int i, count;

	if (most > 32)
		most = 32;
	count = process_list(owner->process, 0, fds, most);
	for (i = 0; i < count && i < most; i++)
		buf_printf(out, "%s%d", i ? ", " : "", fds[i]);
	if (count > most)
		buf_str(out, ", ...");
	if (count <= 0)
		buf_str(out, words("fds.none"));
	return count;
}

int evidence_highest_fd(struct session *session, const struct owner *owner)
{
	int *fds = calloc(SERVER_FD_CEILING, sizeof(*fds));
	int count = fds ? process_list(owner->process, 0, fds, SERVER_FD_CEILING) : 0;
	int highest = count > 0 ? fds[count - 1] : -1;

	session->out_of_memory |= !fds;
	free(fds);
	return highest;
}

bool evidence_descriptor_limit(struct session *session, const struct owner *owner, long *limit)
{
	struct rlimit found;

	if (prlimit(process_pid(owner->process), RLIMIT_NOFILE, NULL, &found) < 0) {
		if (errno != ESRCH)
			failure_note(&session->failure, "prlimit");
		return false;
	}
	*limit = (long)found.rlim_cur;
	return true;
}

bool evidence_files(struct session *session, long *open, long *limit)
{
	long numbers[3];

	if (!limits_numbers("/proc/sys/fs/file-nr", numbers, 3, &session->failure))
		return false;
	*open = numbers[0];
	*limit = numbers[2];
	return true;
}

bool evidence_what(struct session *session, const struct owner *owner, int fd, struct buf *out)
{
	char path[64], link[256];
	ssize_t len;
	size_t i;

	for (i = 0; i < session->untold_count; i++)
		if (session->untold[i].owner == owner && session->untold[i].told.fd == fd)
			break;
	if (i == session->untold_count)
		return false;
	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)process_pid(owner->process), fd);
	len = readlink(path, link, sizeof(link));
	if (len > 0)
		buf_printf(out, "%.*s, %s", (int)len, link, session->untold[i].told.what);
	if (len < 0)
		failure_note_unless_answer(&session->failure, "readlink");
	if (len <= 0)
		buf_str(out, session->untold[i].told.what);
	return true;
}

bool evidence_retransmits(const struct owner *owner, int fd, long *times)
{
	const struct endpoint *endpoint;
	struct descriptor told;

	if (process_read(owner->process, &fd, 1, &told) < 0 || !told.open || !told.socket ||
	    !(told.endpoint.has & FIELD_TCP_INFO))
		return false;
	endpoint = &told.endpoint;
	*times = (long)tcp_info_get(endpoint->tcp_info, endpoint->tcp_info_len, "tcpi_retransmits");
	return true;
}
