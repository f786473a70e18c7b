/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/ready.h"

#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>

#include "calls/kinds.h"

enum set { SET_READ = 1, SET_WRITE = 2, SET_EXCEPT = 4 };

const struct names *ready_names(const struct call *call)
{
	if (record_arg_of(&call->record, &kind_pollfds) >= 0)
		return &names_poll;
	if (record_arg_of(&call->record, &kind_fd_set) >= 0)
		return &names_select;
	return record_arg_of(&call->record, &kind_epoll_events_out) >= 0 ? &names_epoll : NULL;
}

static bool next_polled(const struct value *list, size_t *place, struct ready *out)
{
	struct pollfd poller;

	while ((*place + 1) * sizeof(poller) <= list->size) {
		memcpy(&poller, (const char *)list->data + *place * sizeof(poller), sizeof(poller));
		++*place;
		if (!poller.revents)
			continue;
		*out = (struct ready){.fd = poller.fd, .events = (unsigned short)poller.revents};
		return true;
	}
	return false;
}

static bool is_left(const struct value *value, int fd)
{
	struct ready_sets sets;

	if (value->size != sizeof(sets))
		return false;
	memcpy(&sets, value->data, sizeof(sets));
	return FD_ISSET(fd, &sets.now);
}

static bool next_selected(const struct value *sets, size_t *place, struct ready *out)
{
	while (*place < FD_SETSIZE) {
		int fd = (int)(*place)++;
		long events = (is_left(&sets[0], fd) ? SET_READ : 0) |
			      (is_left(&sets[1], fd) ? SET_WRITE : 0) |
			      (is_left(&sets[2], fd) ? SET_EXCEPT : 0);

		if (!events)
			continue;
		*out = (struct ready){.fd = fd, .events = events};
		return true;
	}
	return false;
}

static bool next_event(const struct value *list, size_t *place, struct ready *out)
{
	struct epoll_event event;

	if ((*place + 1) * sizeof(event) > list->size)
		return false;
	memcpy(&event, (const char *)list->data + (*place)++ * sizeof(event), sizeof(event));
	*out = (struct ready){.fd = event.data.u64 <= INT_MAX ? event.data.fd : -1,
			      .events = (long)event.events,
			      .data = event.data.u64};
	return true;
}

bool ready_next(const struct call *call, const struct value *values, long result, size_t *place,
		struct ready *out)
{
	const struct names *names = ready_names(call);

	if (result <= 0 || !names)
		return false;
	if (names == &names_poll)
		return next_polled(&values[record_arg_of(&call->record, &kind_pollfds)], place,
				   out);
	if (names == &names_select)
		return next_selected(&values[record_arg_of(&call->record, &kind_fd_set)], place,
				     out);
	return next_event(&values[record_arg_of(&call->record, &kind_epoll_events_out)], place,
			  out);
}
