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
	return cause->known ? cause->known->now.state : STATE_NONE;
}

bool cause_is_stream(const struct cause *cause)
{
	return cause->known && cause->known->now.type == SOCK_STREAM;
}

bool cause_is_unix(const struct cause *cause)
{
	return cause->known && cause->known->now.family == AF_UNIX;
}
