/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_SURPRISE_PARTS_H
#define SOCKSTEP_SESSION_SURPRISE_PARTS_H

#include "session/cause.h"

/* The surprises by theme, for surprise.c alone. Each adds its sentences, or nothing. */

void surprise_stream_received(struct cause *cause); /* surprise_stream.c */
void surprise_stream_sent(struct cause *cause);
void surprise_datagram_received(struct cause *cause); /* surprise_datagram.c */
void surprise_datagram_sent(struct cause *cause);
void surprise_datagram_connected(struct cause *cause);
void surprise_message_received(struct cause *cause); /* surprise_message.c */
void surprise_message_sent(struct cause *cause);
void surprise_messages_sent(struct cause *cause);
void surprise_bound(struct cause *cause); /* surprise_connect.c */
void surprise_listens(struct cause *cause);
void surprise_connected(struct cause *cause);
void surprise_accepted(struct cause *cause);
void surprise_ready(struct cause *cause); /* surprise_ready.c */
void surprise_not_reported(struct cause *cause);
void surprise_other_read(struct cause *cause);
void surprise_signalfd(struct cause *cause);
void surprise_closed(struct cause *cause); /* surprise_close.c */
void surprise_shut_down(struct cause *cause);
void surprise_option_set(struct cause *cause); /* surprise_option.c */
void surprise_option_got(struct cause *cause);
void surprise_forked(struct cause *cause); /* surprise_process.c */
void surprise_limited(struct cause *cause);
void surprise_order(struct cause *cause);     /* surprise_names.c */
void surprise_file_read(struct cause *cause); /* why_file.c */
void surprise_file_sent(struct cause *cause);
void surprise_looked_up(struct cause *cause);
void surprise_lookup_waits(struct cause *cause);
void surprise_refused_text(struct cause *cause);

/*
 * Where the next sentence begins: behind a blank, unless it is the first. Words that can come
 * second begin with a name or a number, so that they need no capital.
 */
struct buf *surprise_next(struct cause *cause);

void surprise_say(struct cause *cause, const char *key);

/* The flags of a call that has some; else 0. */
long surprise_flags(const struct cause *cause);

/* Whether the destination can only be on this machine, so that its kernel can be asked. */
bool surprise_is_here(const struct address *address);

/* The listener that the step concerns; NULL. */
const struct known *surprise_listener(const struct cause *cause);

/* An option of the call's socket, by its first descriptor; FALLBACK where it cannot be read. */
int surprise_option(const struct cause *cause, int level, int option, int fallback);

#endif
