/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/why_parts.h"

#include <sys/socket.h>

#include "names/words.h"
#include "session/evidence.h"

/* Which kind of holder it is decides what would help. */
static const char *holder_key(const struct holder *holder)
{
	if (holder->endpoint.family == AF_UNIX)
		return "EADDRINUSE.unix";
	switch (holder->endpoint.state) {
	case STATE_TIME_WAIT:
		return "EADDRINUSE.time-wait";
	case STATE_LISTEN:
		return "EADDRINUSE.listen";
	case STATE_CLOSED:
	case STATE_UNCONNECTED:
		return "EADDRINUSE.bound";
	default:
		return "EADDRINUSE.connection";
	}
}

static void say_holder(struct cause *cause, const struct holder *holder)
{
	struct buf address = {0}, who = {0};
	char seconds[CAUSE_NUMBER];

	address_print(&address, &holder->endpoint.local);
	evidence_whose(cause->session, holder, &who);
	words_fill(cause->out, holder_key(holder), "fd", cause->fd, "address", buf_text(&address),
		   "state", endpoint_state_name(holder->endpoint.state), "whose", buf_text(&who),
		   "seconds",
		   cause_number(seconds, (holder->endpoint.timer.expires_ms + 999) / 1000), NULL);
	buf_free(&address);
	buf_free(&who);
}

bool why_in_use(struct cause *cause)
{
	const struct address *address = &cause->address;
	struct holder holder;
	uint64_t skip = cause->known ? cause->known->key : 0;

	if (!cause->known)
		return false;
	if (cause_call_is(cause, "connect"))
		return cause_say(cause, "EADDRINUSE.connect");
	if (cause_call_is(cause, "listen"))
		address = &cause->known->now.local;
	if (cause_is_unix(cause)) {
		holder = evidence_unix_holder(cause->session, address, skip);
		if (!holder.found)
			return cause_say_address(cause, "EADDRINUSE.stale", address);
	} else {
		holder = evidence_holder(cause->session, cause->known->now.protocol, address, skip);
		if (!holder.found)
			return false;
	}
	say_holder(cause, &holder);
	return true;
}

bool why_access(struct cause *cause)
{
	if (cause_call_is(cause, "bind") && !cause_is_unix(cause))
		return cause_say_number(cause, "EACCES.port", address_port(&cause->address));
	return false;
}
