/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/events.h"

#include <poll.h>
#include <time.h>

#include "base/grow.h"
#include "session/jobs.h"
#include "session/network.h"

static size_t poll_network(const struct session *session, bool told, struct pollfd *list,
			   size_t room)
{
	int fds[NETWORK_FDS];
	size_t i, count;

	if (room > NETWORK_FDS)
		room = NETWORK_FDS;
	count = told ? network_poll_fds(session, fds, room)
		     : wire_poll_fds(&session->network->wire, fds, room);
	for (i = 0; i < count; i++)
		list[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
	return count;
}

void events_sleep(struct session *session, bool told, long timeout_us)
{
	long next_us = session_next_us(session);
	struct pollfd list[1 + SESSION_POLL_FDS];
	struct timespec wait;
	struct owner *owner;
	nfds_t count = 0;

	if (next_us >= 0 && (timeout_us < 0 || next_us < timeout_us))
		timeout_us = next_us;
	wait = (struct timespec){.tv_sec = timeout_us / 1000000,
				 .tv_nsec = timeout_us % 1000000 * 1000};
	if (session->config.hooks.signal_fd >= 0)
		list[count++] =
			(struct pollfd){.fd = session->config.hooks.signal_fd, .events = POLLIN};
	for (owner = session->owners; owner; owner = owner->next) {
		if (!process_alive(owner->process))
			continue;
		list[count++] =
			(struct pollfd){.fd = process_poll_fd(owner->process), .events = POLLIN};
		/* -1, where its sockets tell of its end: poll() passes it over. */
		list[count++] =
			(struct pollfd){.fd = process_end_fd(owner->process), .events = POLLIN};
	}
	if (session->network)
		count += poll_network(session, told, list + count, COUNT_OF(list) - count);
	if (!session_pending(session))
		ppoll(list, count, timeout_us < 0 ? NULL : &wait, NULL);
	jobs_take_all(session);
}
