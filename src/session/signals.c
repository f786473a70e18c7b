/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/signals.h"

#include <signal.h>
#include <stdio.h>

#include "names/names.h"
#include "names/words.h"

#define NUMBER_ROOM 24

static const char *key_of(const struct signal_note *note)
{
	if (note->number == SIGPIPE)
		return "signal.SIGPIPE";
	if (note->fd >= 0)
		return "signal.fd";
	if (note->sender)
		return "signal.sent";
	return note->number == SIGURG ? "signal.SIGURG" : "signal.SIGIO";
}

static void tell(struct session *session, const struct owner *owner, const struct signal_note *note)
{
	char fd[NUMBER_ROOM], sender[NUMBER_ROOM];
	struct buf why = {0}, band = {0};
	struct came came = {
		.process = owner->name,
		.name = names_signal_name(note->number),
		.fd = note->fd,
		.sender = note->number == SIGPIPE ? 0 : note->sender,
	};

	if (note->fd >= 0)
		names_print(&band, &names_poll, note->band);
	snprintf(fd, sizeof(fd), "%d", note->fd);
	snprintf(sender, sizeof(sender), "%d", note->sender);
	words_fill(&why, key_of(note), "fd", fd, "band", buf_text(&band), "n", sender, NULL);
	came.band = note->fd >= 0 ? buf_text(&band) : NULL;
	came.why = buf_text(&why);
	session->signals++;
	session->last.signals |= (uint64_t)1 << (note->number - 1);
	if (session->config.hooks.came)
		session->config.hooks.came(session->config.hooks.data, &came);
	buf_free(&why);
	buf_free(&band);
}

void signals_tell(struct session *session)
{
	const struct owner *owner;
	struct signal_note note;

	for (owner = session->owners; owner; owner = owner->next)
		while (process_signal(owner->process, &note))
			tell(session, owner, &note);
}

int session_set_sigpipe(struct session *session, enum signals_pipe pipe, struct error *err)
{
	struct owner *owner;

	session->sigpipe = pipe;
	for (owner = session->owners; owner; owner = owner->next)
		if (process_alive(owner->process) && process_set_pipe(owner->process, pipe) < 0 &&
		    process_alive(owner->process))
			return error_errno(err, "sigaction");
	return 0;
}

enum signals_pipe session_sigpipe(const struct session *session)
{
	return session->sigpipe;
}
