/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/stream.h"

#include <stdlib.h>

/* Where nothing is on its way, nothing can be wrong. */
static void find_again(struct stream *stream)
{
	if (stream->sent != stream->taken)
		return;
	stream->lost = false;
	stream->count = 0;
}

int stream_sent(struct stream *stream, uint64_t len)
{
	stream->sent += len;
	if (!stream->ends)
		stream->ends = calloc(STREAM_SENDS, sizeof(*stream->ends));
	if (stream->lost || stream->count == STREAM_SENDS || !stream->ends) {
		stream->lost = true;
		find_again(stream);
		return stream->ends ? 0 : -1;
	}
	stream->ends[(stream->first + stream->count) % STREAM_SENDS] = stream->sent;
	stream->count++;
	return 0;
}

unsigned stream_taken(struct stream *stream, uint64_t len)
{
	unsigned sends = 1;

	stream->taken += len;
	if (stream->taken > stream->sent)
		stream->lost = true;
	if (stream->lost) {
		find_again(stream);
		return 0;
	}
	while (stream->count && stream->ends[stream->first] < stream->taken) {
		stream->first = (stream->first + 1) % STREAM_SENDS;
		stream->count--;
		sends++;
	}
	if (stream->count && stream->ends[stream->first] == stream->taken) {
		stream->first = (stream->first + 1) % STREAM_SENDS;
		stream->count--;
	}
	return sends;
}

void stream_free(struct stream *stream)
{
	free(stream->ends);
}
