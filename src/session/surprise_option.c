/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "base/grow.h"
#include "kernel/limits.h"
#include "names/options.h"
#include "names/words.h"
#include "session/endpoints.h"
#include "session/surprise_parts.h"

/* SO_BUF_LOCK and its bits: linux/socket.h, since 5.14. */
#define OPTION_BUF_LOCK 72
#define LOCK_SEND       1
#define LOCK_RECV       2

/* socket(7): the kernel doubles what is asked for, up to a limit that it doubles as well. */
static const struct {
	int option, lock;
	const char *most, *limit;
} buffers[] = {
	{SO_RCVBUF, LOCK_RECV, "/proc/sys/net/core/rmem_max", "net.core.rmem_max"},
	{SO_SNDBUF, LOCK_SEND, "/proc/sys/net/core/wmem_max", "net.core.wmem_max"},
};

/* A value that is an int; FALLBACK where it is something else. */
static int value_of(const struct cause *cause, int fallback)
{
	const struct value *value = &cause->job->values[3];
	int number;

	if (!value->data || value->size != sizeof(number))
		return fallback;
	memcpy(&number, value->data, sizeof(number));
	return number;
}

static bool option_is(const struct cause *cause, int level, int option)
{
	return cause->job->values[1].number == level && cause->job->values[2].number == option;
}

static void buffer_set(struct cause *cause, size_t which, int asked)
{
	int kept = surprise_option(cause, SOL_SOCKET, buffers[which].option, -1);
	char given[CAUSE_NUMBER], number[CAUSE_NUMBER], limit[CAUSE_NUMBER];
	const char *key;
	long most;

	if (kept < 0)
		return;
	if (kept == 2L * asked)
		key = "surprise.buffer-doubled";
	else if (asked >= 0 && kept > 2L * asked)
		key = "surprise.buffer-least";
	else if (limits_number(buffers[which].most, &most, &cause->session->failure) &&
		 kept == 2 * most)
		key = "surprise.buffer-most";
	else
		key = "surprise.adjusted";
	words_fill(surprise_next(cause), key, "asked", cause_number(given, asked), "n",
		   cause_number(number, kept), "limit", buffers[which].limit, "most",
		   cause_number(limit, kept / 2), NULL);
}

/* Of most options the kernel keeps what it is given, of some it makes something else. */
static void number_set(struct cause *cause)
{
	int level = (int)cause->job->values[1].number, name = (int)cause->job->values[2].number;
	const struct option *option = options_entry(level, name);
	int asked = value_of(cause, 0), kept;
	char number[CAUSE_NUMBER];

	if (!option || option->type != OPTION_INT || option->access != OPTION_BOTH ||
	    cause->job->values[3].size != sizeof(asked))
		return;
	kept = surprise_option(cause, level, name, asked);
	if (kept != asked)
		words_fill(surprise_next(cause), "surprise.adjusted", "n",
			   cause_number(number, kept), NULL);
}

void surprise_option_set(struct cause *cause)
{
	struct known *known;
	size_t i;

	if (!cause->known)
		return;
	if (option_is(cause, IPPROTO_TCP, TCP_REPAIR)) {
		known = endpoints_of_fd(cause->job->owner, (int)cause->job->values[0].number);
		known->repaired = value_of(cause, 0) == 1;
	}
	for (i = 0; i < COUNT_OF(buffers); i++)
		if (option_is(cause, SOL_SOCKET, buffers[i].option)) {
			buffer_set(cause, i, value_of(cause, -1));
			return;
		}
	number_set(cause);
}

static void keepalive_got(struct cause *cause, int value)
{
	bool tcp = cause->known->now->protocol == IPPROTO_TCP;

	if (option_is(cause, SOL_SOCKET, SO_KEEPALIVE) && tcp && !value)
		cause_say(cause, "surprise.keepalive-off");
	if (option_is(cause, IPPROTO_TCP, TCP_KEEPIDLE) && value >= 3600)
		cause_say(cause, surprise_option(cause, SOL_SOCKET, SO_KEEPALIVE, 1)
					 ? "surprise.keepidle"
					 : "surprise.keepidle-off");
}

void surprise_option_got(struct cause *cause)
{
	int value = value_of(cause, -1);
	struct known *known;
	size_t i;

	if (!cause->known)
		return;
	if (option_is(cause, SOL_SOCKET, SO_ERROR)) {
		known = endpoints_of_fd(cause->job->owner, (int)cause->job->values[0].number);
		known->connecting = false;
		if (value > 0)
			cause_say(cause, "surprise.error-taken");
		return;
	}
	for (i = 0; i < COUNT_OF(buffers); i++)
		if (option_is(cause, SOL_SOCKET, buffers[i].option) &&
		    surprise_option(cause, SOL_SOCKET, OPTION_BUF_LOCK, 0) & buffers[i].lock)
			cause_say(cause, "surprise.buffer-got");
	keepalive_got(cause, value);
}
