/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/feed.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define ROOM 65536

void feed_open(struct feed *feed, int fd)
{
	*feed = (struct feed){.fd = fd};
}

void feed_free(struct feed *feed)
{
	buf_free(&feed->buf);
	feed_open(feed, -1);
}

bool feed_take(struct feed *feed, const char **text, size_t *len)
{
	const struct buf *buf = &feed->buf;
	size_t left = buf->len - feed->scanned;
	const char *end = left ? memchr(buf->data + feed->scanned, '\n', left) : NULL;

	if (!end && !(feed->ended && feed->at < buf->len)) {
		feed->scanned = buf->len;
		return false;
	}
	*text = buf->data + feed->at;
	*len = (end ? (size_t)(end - buf->data) : buf->len) - feed->at;
	feed->at += *len + (end != NULL);
	feed->scanned = feed->at;
	return true;
}

int feed_read(struct feed *feed)
{
	struct buf *buf = &feed->buf;
	ssize_t got;

	/* What was taken goes. */
	if (feed->at) {
		memmove(buf->data, buf->data + feed->at, buf->len - feed->at);
		buf_truncate(buf, buf->len - feed->at);
		feed->scanned -= feed->at;
		feed->at = 0;
	}
	if (buf_reserve(buf, ROOM) < 0) {
		errno = ENOMEM;
		return -1;
	}
	do
		got = read(feed->fd, buf->data + buf->len, ROOM);
	while (got < 0 && errno == EINTR);
	if (got > 0)
		buf->len += (size_t)got;
	feed->ended = got == 0;
	return got > 0 ? 1 : (int)got;
}
