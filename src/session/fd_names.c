/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/fd_names.h"

#include <stdlib.h>
#include <string.h>

/* What a name stands for; kept in the map by the name's hash. */
struct meaning {
	struct owner *owner;
	int fd;
};

/* FNV-1a; a collision of 64 bits is found by the comparison of the name itself. */
static uint64_t hash(const struct owner *owner, const char *text, size_t len)
{
	uint64_t value = 0xcbf29ce484222325ULL ^ (uintptr_t)owner;
	size_t i;

	for (i = 0; i < len; i++)
		value = (value ^ (unsigned char)text[i]) * 0x100000001b3ULL;
	return value ? value : 1;
}

static struct meaning *find(const struct session *session, const struct owner *owner,
			    const char *text, size_t len)
{
	struct meaning *meaning = map_get(&session->by_name, hash(owner, text, len));
	const char *name;

	if (!meaning || meaning->owner != owner)
		return NULL;
	name = meaning->owner->fds[meaning->fd].name;
	return name && strlen(name) == len && memcmp(name, text, len) == 0 ? meaning : NULL;
}

int fd_names_find(const struct session *session, const char *text, size_t len, struct owner **owner)
{
	const struct meaning *meaning = find(session, session->current, text, len);
	struct owner *other;

	for (other = session->owners; other && !meaning; other = other->next)
		meaning = find(session, other, text, len);
	if (!meaning)
		return -1;
	*owner = meaning->owner;
	return meaning->fd;
}

void fd_names_drop(struct session *session, struct owner *owner, int fd)
{
	char *name = owner->fds[fd].name;
	struct meaning *meaning;

	if (!name)
		return;
	meaning = find(session, owner, name, strlen(name));
	if (meaning) {
		map_remove(&session->by_name, hash(owner, name, strlen(name)));
		free(meaning);
	}
	owner->fds[fd].name = NULL;
	free(name);
}

void fd_names_give(struct session *session, struct owner *owner, int fd, const char *name)
{
	struct meaning *meaning = find(session, owner, name, strlen(name));

	if (meaning)
		fd_names_drop(session, owner, meaning->fd);
	if (fd < 0 || (size_t)fd >= owner->fd_cap)
		return;
	fd_names_drop(session, owner, fd);
	meaning = malloc(sizeof(*meaning));
	owner->fds[fd].name = strdup(name);
	if (!meaning || !owner->fds[fd].name ||
	    map_put(&session->by_name, hash(owner, name, strlen(name)), meaning) < 0) {
		free(meaning);
		free(owner->fds[fd].name);
		owner->fds[fd].name = NULL;
		session->out_of_memory = true;
		return;
	}
	*meaning = (struct meaning){.owner = owner, .fd = fd};
}

void fd_names_free(struct session *session)
{
	struct owner *owner;
	size_t fd;

	for (owner = session->owners; owner; owner = owner->next)
		for (fd = 0; fd < owner->fd_cap; fd++)
			fd_names_drop(session, owner, (int)fd);
	map_free(&session->by_name);
}
