/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/why_parts.h"

#include <string.h>
#include <sys/epoll.h>

#include "calls/kinds.h"
#include "calls/ready.h"
#include "kernel/limits.h"
#include "names/words.h"
#include "session/watches.h"

/* Of what waits for several descriptors at once. */

#define NESTS  5 /* EP_MAX_NESTS of fs/eventpoll.c, and 1 */
#define LISTED 8

static bool is_control(const struct cause *cause)
{
	return cause_call_is(cause, "epoll_ctl");
}

/* The descriptor that epoll_ctl() was to put into a set, or to take out. */
static int watched_fd(const struct cause *cause)
{
	return (int)cause->job->values[2].number;
}

static bool read_set(struct cause *cause, int epfd, struct fdinfo *info)
{
	return watches_of(cause->session, cause->job->owner, epfd, info) == 0;
}

/* With {fd}, the set, and {other}, the descriptor; {events} and {list} may be empty. */
static bool say(struct cause *cause, const char *key, const char *events, const char *list)
{
	char other[CAUSE_NUMBER];

	words_fill(cause->out, key, "fd", cause->fd, "other",
		   cause_number(other, watched_fd(cause)), "events", events, "list", list, "what",
		   list, NULL);
	return true;
}

bool why_bad_in_set(struct cause *cause)
{
	struct descriptor told[FRAME_READS];
	char fd[CAUSE_NUMBER];
	struct buf open = {0};
	int fds[FRAME_READS];
	int i, count = values_descriptors(cause->job->call, cause->job->values, fds, FRAME_READS);

	if (!is_control(cause) && !ready_names(cause->job->call))
		return false;
	if (process_read(cause->job->owner->process, fds, count, told) < 0)
		return false;
	for (i = 0; i < count && told[i].open; i++)
		;
	if (i == count)
		return false;
	evidence_open_fds(cause->job->owner, 32, &open);
	words_fill(cause->out, "EBADF.open", "fd", cause_number(fd, fds[i]), "open",
		   buf_text(&open), NULL);
	buf_free(&open);
	return true;
}

bool why_exists(struct cause *cause)
{
	const struct fdinfo_watch *watch;
	struct fdinfo info = {0};
	struct buf events = {0};
	bool said = false;

	if (is_control(cause) && read_set(cause, cause_fd(cause), &info)) {
		watch = watches_find(&info, watched_fd(cause));
		if (watch) {
			names_print(&events, &names_epoll, (long)fdinfo_asked(watch));
			said = say(cause, "EEXIST.set", buf_text(&events), "");
		}
	}
	buf_free(&events);
	fdinfo_free(&info);
	return said;
}

bool why_not_in_set(struct cause *cause)
{
	struct fdinfo info = {0};
	struct buf list = {0};
	bool said = false;

	if (is_control(cause) && read_set(cause, cause_fd(cause), &info)) {
		watches_list(&info, LISTED, &list);
		said = say(cause,
			   !info.watch_count                        ? "ENOENT.set-empty"
			   : watches_find(&info, watched_fd(cause)) ? "ENOENT.set-other"
								    : "ENOENT.set",
			   "", buf_text(&list));
	}
	buf_free(&list);
	fdinfo_free(&info);
	return said;
}

bool why_not_pollable(struct cause *cause)
{
	struct buf what = {0};
	bool said = is_control(cause) &&
		    evidence_what(cause->session, cause->job->owner, watched_fd(cause), &what);

	if (said)
		say(cause, "EPERM.set", "", buf_text(&what));
	buf_free(&what);
	return said;
}

/* Whether FROM is an epoll set that has TO in it, or a set that does. */
static bool leads_to(struct cause *cause, int from, int to, int depth)
{
	struct fdinfo info = {0};
	bool found = false;
	size_t i;

	if (depth < NESTS && read_set(cause, from, &info))
		for (i = 0; i < info.watch_count && !found; i++)
			found = info.watches[i].fd == to ||
				leads_to(cause, info.watches[i].fd, to, depth + 1);
	fdinfo_free(&info);
	return found;
}

bool why_loop(struct cause *cause)
{
	if (!is_control(cause))
		return false;
	return say(cause,
		   leads_to(cause, watched_fd(cause), cause_fd(cause), 0) ? "ELOOP.set"
									  : "ELOOP.set-deep",
		   "", "");
}

bool why_no_space(struct cause *cause)
{
	char number[CAUSE_NUMBER];
	long limit;

	if (!is_control(cause) ||
	    !limits_number("/proc/sys/fs/epoll/max_user_watches", &limit, &cause->session->failure))
		return false;
	words_fill(cause->out, "ENOSPC.set", "limit", cause_number(number, limit), NULL);
	return true;
}

/* The first argument is a descriptor, and no epoll set. */
static bool why_no_set(struct cause *cause)
{
	struct buf what = {0};
	bool told = true;

	if (cause->known)
		cause_kind(cause, &what);
	else
		told = evidence_what(cause->session, cause->job->owner, cause_fd(cause), &what);
	if (told)
		words_fill(cause->out, "EINVAL.no-set", "fd", cause->fd, "what", buf_text(&what),
			   NULL);
	buf_free(&what);
	return told;
}

static bool is_exclusive(const struct cause *cause)
{
	const struct value *value = &cause->job->values[3];
	struct epoll_event event;

	if (value->size != sizeof(event))
		return false;
	memcpy(&event, value->data, sizeof(event));
	return (event.events & EPOLLEXCLUSIVE) != 0;
}

/* What is open and leads to something else. */
static bool why_no_timer(struct cause *cause)
{
	struct buf what = {0};
	bool said = false;

	if (cause->known)
		cause_kind(cause, &what);
	else if (evidence_what(cause->session, cause->job->owner, cause_fd(cause), &what) &&
		 strstr(buf_text(&what), "timerfd"))
		buf_reset(&what);
	if (what.len) {
		words_fill(cause->out, "EINVAL.no-timer", "fd", cause->fd, "what", buf_text(&what),
			   NULL);
		said = true;
	}
	buf_free(&what);
	return said;
}

bool why_invalid_set(struct cause *cause)
{
	bool control = is_control(cause);
	struct fdinfo info = {0};
	bool set;

	if (cause_call_is(cause, "timerfd_settime"))
		return why_no_timer(cause);
	if (!control && ready_names(cause->job->call) != &names_epoll)
		return false;
	if (control && cause_fd(cause) == watched_fd(cause))
		return say(cause, "EINVAL.set-itself", "", "");
	if (!control && cause_value(cause, &kind_epoll_max, 1) <= 0)
		return cause_say(cause, "EINVAL.maxevents");
	set = read_set(cause, cause_fd(cause), &info);
	fdinfo_free(&info);
	if (!set)
		return why_no_set(cause);
	return control && is_exclusive(cause) && say(cause, "EINVAL.exclusive", "", "");
}
