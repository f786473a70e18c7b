/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/grow.h"
#include "names/terms.h"
#include "names/words.h"
#include "session/evidence.h"
#include "session/there.h"

#define SYSCTL "/proc/sys/"

/* Where it stands below SYSCTL: numbers, of which one says the most; FIRST: another where a range
 * begins, -1: none. Who reads of it finds the setting as a term. */
struct file {
	const char *name, *path, *setting;
	int numbers, first, most;
};

/* In the order in which a learner meets them. */
/* clang-format off */
static const struct file files[] = {
	{"ephemeral ports", "net/ipv4/ip_local_port_range", "net.ipv4.ip_local_port_range", 2, 0, 1},
	{"privileged ports", "net/ipv4/ip_unprivileged_port_start", "net.ipv4.ip_unprivileged_port_start", 1, -1, 0},
	{"accept queue", "net/core/somaxconn", "net.core.somaxconn", 1, -1, 0},
	{"TIME-WAIT", "net/ipv4/tcp_max_tw_buckets", "net.ipv4.tcp_max_tw_buckets", 1, -1, 0},
	{"datagrams", "net/unix/max_dgram_qlen", "net.unix.max_dgram_qlen", 1, -1, 0},
	{"receive buffer", "net/core/rmem_max", "net.core.rmem_max", 1, -1, 0},
	{"send buffer", "net/core/wmem_max", "net.core.wmem_max", 1, -1, 0},
	{"TCP memory", "net/ipv4/tcp_mem", "net.ipv4.tcp_mem", 3, -1, 2},
	{"epoll", "fs/epoll/max_user_watches", "fs.epoll.max_user_watches", 1, -1, 0},
};
/* clang-format on */

_Static_assert(COUNT_OF(files) + 2 <= SESSION_LIMITS, "there is room for all");

/* With what is said of the setting. */
static struct session_limit limit_of(const char *name, const char *setting)
{
	const struct term *term = terms_find(TERM_SYSCTL, strrchr(setting, '.') + 1);

	return (struct session_limit){.name = name,
				      .setting = setting,
				      .text = term ? term->text : NULL,
				      .unit = term ? term->unit : NULL,
				      .used = -1,
				      .first = -1};
}

static bool read_file(struct session *session, const struct file *file, struct session_limit *out)
{
	char path[128];
	long numbers[THERE_NUMBERS];

	snprintf(path, sizeof(path), SYSCTL "%s", file->path);
	if (!there_told(session, session->current, path, numbers, file->numbers))
		return false;
	*out = limit_of(file->name, file->setting);
	out->most = numbers[file->most];
	if (file->first >= 0)
		out->first = numbers[file->first];
	return true;
}

static bool read_descriptors(struct session *session, struct session_limit *out)
{
	const struct owner *owner = session->current;
	struct buf ignored = {0};
	long limit;
	int count;

	if (!evidence_descriptor_limit(session, owner, &limit))
		return false;
	count = evidence_open_fds(owner, 1, &ignored);
	buf_free(&ignored);
	*out = (struct session_limit){.name = "descriptors",
				      .setting = "RLIMIT_NOFILE",
				      .text = words("limit.descriptors"),
				      .used = count + process_owned_below(owner->process, limit),
				      .first = -1,
				      .most = limit};
	return count >= 0;
}

static bool read_files(struct session *session, struct session_limit *out)
{
	long open, limit;

	if (!evidence_files(session, &open, &limit))
		return false;
	*out = limit_of("open files", "fs.file-max");
	out->used = open;
	/* systemd sets it so. */
	out->most = limit == LONG_MAX ? -1 : limit;
	return true;
}

size_t session_limits(struct session *session, struct session_limit list[SESSION_LIMITS])
{
	size_t count = 0, i;

	count += read_descriptors(session, &list[count]);
	count += read_files(session, &list[count]);
	for (i = 0; i < COUNT_OF(files); i++)
		count += read_file(session, &files[i], &list[count]);
	return count;
}
