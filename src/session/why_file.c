/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <string.h>

#include "calls/kinds.h"
#include "names/words.h"
#include "session/surprise_parts.h"
#include "session/why_parts.h"

/* What moves bytes from one descriptor to another: sendfile, splice, tee. */

static bool moves(const struct cause *cause)
{
	return cause_call_is(cause, "sendfile") || cause_call_is(cause, "splice") ||
	       cause_call_is(cause, "tee");
}

static bool ask(const struct cause *cause, int fd, struct descriptor *out)
{
	return process_read(cause->job->owner->process, &fd, 1, out) == 0;
}

static bool say_fd(struct cause *cause, const char *key, int fd)
{
	char room[CAUSE_NUMBER];

	words_fill(cause->out, key, "fd", cause_number(room, fd), NULL);
	return true;
}

/* The first that is not open, or is open for the other direction. */
bool why_bad_direction(struct cause *cause)
{
	int i, fds[FRAME_READS];
	int count = moves(cause) ? values_descriptors(cause->job->call, cause->job->values, fds,
						      FRAME_READS)
				 : 0;
	bool to_first = cause_call_is(cause, "sendfile");

	for (i = 0; i < count && i < 2; i++) {
		bool written = (i == 0) == to_first;
		struct descriptor told;
		int mode;

		if (!ask(cause, fds[i], &told) || !told.open ||
		    !(told.endpoint.has & FIELD_FILE_FLAGS))
			continue;
		mode = told.endpoint.file_flags & O_ACCMODE;
		if (mode == (written ? O_RDONLY : O_WRONLY))
			return say_fd(cause, written ? "EBADF.not-written" : "EBADF.not-read",
				      fds[i]);
	}
	return false;
}

/* EINVAL of sendfile. */
bool why_invalid_file(struct cause *cause)
{
	int out = (int)cause->job->values[0].number, in = (int)cause->job->values[1].number;
	struct descriptor told;
	char room[CAUSE_NUMBER];

	if (!cause_call_is(cause, "sendfile"))
		return false;
	if (ask(cause, in, &told) && told.open && (told.socket || told.what[0] != 'f')) {
		words_fill(cause->out, told.socket ? "EINVAL.from-socket" : "EINVAL.from-other",
			   "fd", cause_number(room, in), "what", told.what, NULL);
		return true;
	}
	if (ask(cause, out, &told) && told.open && told.endpoint.has & FIELD_FILE_FLAGS &&
	    told.endpoint.file_flags & O_APPEND)
		return say_fd(cause, "EINVAL.append", out);
	return false;
}

/* The file that the step shows under that number; NULL: it is none, or is not known. */
static const struct fdinfo *file_of(const struct cause *cause, int fd)
{
	const struct session *session = cause->session;
	size_t i;

	for (i = 0; i < session->untold_count; i++)
		if (session->untold[i].owner == cause->job->owner &&
		    session->untold[i].told.fd == fd && session->untold[i].info.kind == FDINFO_FILE)
			return &session->untold[i].info;
	return NULL;
}

static void say_places(struct cause *cause, const char *key, int fd, uint64_t at, uint64_t size)
{
	char number[CAUSE_NUMBER], place[CAUSE_NUMBER], end[CAUSE_NUMBER];

	words_fill(surprise_next(cause), key, "fd", cause_number(number, fd), "at",
		   cause_number(place, (long)at), "n", cause_number(end, (long)size), NULL);
}

void surprise_file_read(struct cause *cause)
{
	const struct fdinfo *file = file_of(cause, cause_fd(cause));

	if (file && cause->job->frame->result == 0 && cause_value(cause, &kind_size, 0) > 0)
		say_places(cause, "file.end", cause_fd(cause), file->position, file->size);
}

/* Fewer bytes than asked for: the file has ended, or nobody had room for more. */
void surprise_file_sent(struct cause *cause)
{
	const struct value *values = cause->job->values;
	const struct fdinfo *file = file_of(cause, (int)values[1].number);
	long result = cause->job->frame->result;
	bool by_place = values[2].size == sizeof(loff_t);
	uint64_t at;
	loff_t place = 0;

	if (!file || result >= values[3].number)
		return;
	if (by_place)
		memcpy(&place, values[2].data, sizeof(place));
	at = by_place ? (uint64_t)place : file->position;
	if (at < file->size)
		say_places(cause, "file.part", cause_fd(cause), at, file->size);
	else if (result == 0)
		say_places(cause, by_place ? "file.end-place" : "file.end", (int)values[1].number,
			   at, file->size);
	else if (cause_value(cause, &kind_moved, 0) != MOVED_USUAL)
		say_places(cause, "file.ended", (int)values[1].number, at, file->size);
}
