/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_CALLS_KINDS_MESSAGE_H
#define SOCKSTEP_CALLS_KINDS_MESSAGE_H

#include "calls/kinds_option_parts.h"
#include "calls/message.h"

/* How messages are read and printed: what the files kinds_message*.c share. */

/* A message while it is read. */
struct message_reader {
	const struct reading *reading;
	struct input in; /* its `out` is BYTES */
	bool rooms;      /* buffers are to be filled: sizes are given, and no bytes */
	bool controls;   /* a list of control messages was given, be it empty */
	struct buf bytes, control;
	struct message_plan plan;
};

/* A reader that has read nothing; what it has read goes with message_reader_free(). */
void message_reader_init(struct message_reader *reader, const struct reading *reading, bool rooms,
			 struct error *err);
void message_reader_free(struct message_reader *reader);

/* A number up to MOST. Returns 0, or -1 with an error set. */
int message_read_number(struct message_reader *reader, const struct part *part, long most,
			long *out);

/* A whole message: words, or a struct msghdr. */
int message_read(struct message_reader *reader, const struct part *whole);

/* Whether a word behind a message is meant as the call's flags; and takes them. */
bool message_is_flags(const struct part *part);
int message_read_flags(struct message_reader *reader, const struct part *part);

/* One buffer: bytes, a size, or {iov_base=…, iov_len=…}. Returns 0, or -1 with an error set. */
int message_read_buffer(struct message_reader *reader, const struct part *part);

/* Several, in brackets or not. */
int message_read_buffers(struct message_reader *reader, const struct part *whole);

/* Once all is read: the value's bytes. Empties READER in any case. */
int message_keep(struct message_reader *reader, struct value *out);

/*
 * [{iov_base="ab", iov_len=2}]. GOT: how much of all their bytes is filled; -1: none is, since the
 * call has not returned.
 */
void message_print_buffers(struct buf *out, const struct message *message, long got);

/* {msg_name=NULL, msg_namelen=0, msg_iov=…}. GOT the same. */
void message_print_header(struct buf *out, const struct message *message, int network, long got);

#endif
