/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/why_parts.h"

#include <netinet/in.h>

#include "names/words.h"
#include "session/evidence.h"

bool why_invalid(struct cause *cause)
{
	if (!cause->known)
		return false;
	if (cause_call_is(cause, "bind") && cause->known->now.local.len)
		return cause_say_address(cause, "EINVAL.bound", &cause->known->now.local);
	if ((cause_call_is(cause, "accept") || cause_call_is(cause, "accept4")) &&
	    cause_state(cause) != STATE_LISTEN) {
		words_fill(cause->out, "EINVAL.not-listening", "fd", cause->fd, "state",
			   endpoint_state_name(cause_state(cause)), NULL);
		return true;
	}
	if (cause_call_is(cause, "listen") && cause_state(cause) != STATE_CLOSED)
		return cause_say(cause, "EINVAL.listen");
	if (cause->address.len && cause->address.any.sa_family == AF_INET6 &&
	    IN6_IS_ADDR_LINKLOCAL(&cause->address.in6.sin6_addr) &&
	    !cause->address.in6.sin6_scope_id)
		return cause_say(cause, "EINVAL.scope");
	return false;
}

bool why_bad_fd(struct cause *cause)
{
	struct buf open = {0};

	evidence_open_fds(cause->session, &open);
	words_fill(cause->out, "EBADF.open", "fd", cause->fd, "open", buf_text(&open), NULL);
	buf_free(&open);
	return true;
}
