/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/cause.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "names/words.h"

const char *cause_number(char room[CAUSE_NUMBER], long value)
{
	snprintf(room, CAUSE_NUMBER, "%ld", value);
	return room;
}

bool cause_say(struct cause *cause, const char *key)
{
	words_fill(cause->out, key, "fd", cause->fd, NULL);
	return true;
}

bool cause_say_address(struct cause *cause, const char *key, const struct address *address)
{
	struct buf text = {0};

	address_print(&text, address);
	words_fill(cause->out, key, "fd", cause->fd, "address", buf_text(&text), NULL);
	buf_free(&text);
	return true;
}

bool cause_say_number(struct cause *cause, const char *key, long value)
{
	char room[CAUSE_NUMBER];

	words_fill(cause->out, key, "fd", cause->fd, "n", cause_number(room, value), NULL);
	return true;
}

bool cause_call_is(const struct cause *cause, const char *name)
{
	return strcmp(cause->name, name) == 0;
}

enum endpoint_state cause_state(const struct cause *cause)
{
	return cause->known ? cause->known->now->state : STATE_NONE;
}

bool cause_is_stream(const struct cause *cause)
{
	return cause->known && cause->known->now->type == SOCK_STREAM;
}

bool cause_is_unix(const struct cause *cause)
{
	return cause->known && cause->known->now->family == AF_UNIX;
}

static bool waits_for(const struct cause *cause, const char *key)
{
	const char *waits = cause->job->call->waits;

	return waits && strcmp(waits, key) == 0;
}

bool cause_sends(const struct cause *cause)
{
	return waits_for(cause, "waits.send");
}

bool cause_receives(const struct cause *cause)
{
	return waits_for(cause, "waits.recv");
}

bool cause_accepts(const struct cause *cause)
{
	return waits_for(cause, "waits.accept");
}

static void counted(struct buf *out, const char *key, long n)
{
	char room[CAUSE_NUMBER];

	words_fill(out, key, "n", cause_number(room, n), NULL);
}

void cause_bytes(struct buf *out, long n)
{
	counted(out, n == 1 ? "bytes.1" : "bytes.n", n);
}

void cause_times(struct buf *out, long n)
{
	counted(out, n == 1 ? "times.1" : n == 2 ? "times.2" : "times.n", n);
}

void cause_kind(const struct cause *cause, struct buf *out)
{
	if (!cause->known)
		return;
	buf_printf(out, "%s (", endpoint_kind(cause->known->now));
	names_print(out, &names_type, cause->known->now->type);
	buf_char(out, ')');
}

const struct address *cause_destination(const struct cause *cause)
{
	if (cause->address.len)
		return &cause->address;
	return cause->known && cause->known->now->peer.len ? &cause->known->now->peer : NULL;
}

int cause_fd(const struct cause *cause)
{
	return (int)cause->job->values[0].number;
}

bool cause_option(const struct cause *cause, int level, int option, int *value)
{
	if (process_option(cause->job->owner->process, cause_fd(cause), level, option, value))
		return true;
	failure_note_unless_answer(&cause->session->failure, "getsockopt");
	return false;
}

int cause_unix_type(const struct cause *cause, const struct address *address)
{
	return address->un.sun_path[0] ? 0 : cause->known->now->type;
}

long cause_value(const struct cause *cause, const struct kind *kind, long default_value)
{
	int i = record_arg_of(&cause->job->call->record, kind);

	return i < 0 ? default_value : cause->job->values[i].number;
}
