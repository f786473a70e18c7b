/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/seen.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "session/state.h"

/* A command, kept by all the moments of its step. */
struct deed {
	struct shown_cause cause;
	size_t moments;
	char text[]; /* the process, the command */
};

struct moment {
	struct shown_packet packet;
	struct deed *deed; /* NULL: its step is still being made */
};

static void let_go(struct deed *deed)
{
	if (deed && !--deed->moments)
		free(deed);
}

void seen_free(struct seen_moments *seen)
{
	size_t i;

	for (i = 0; i < seen->count; i++)
		let_go(seen->moments[i].deed);
	free(seen->moments);
	free(seen->view);
	*seen = (struct seen_moments){0};
}

/* From the oldest, 0, on. */
static struct moment *moment_at(const struct seen_moments *seen, size_t index)
{
	return &seen->moments[(seen->next + index) % seen->count];
}

const struct shown_packet *seen_at(const struct seen_moments *seen, size_t index)
{
	return index < seen->count ? &moment_at(seen, index)->packet : NULL;
}

enum endpoint_state seen_state(const struct session *session, const struct address *local,
			       const struct address *peer)
{
	size_t i;

	for (i = session->seen.count; i--;) {
		const struct shown_packet *packet = &moment_at(&session->seen, i)->packet;
		const struct packet *head = &packet->head;

		if (head->protocol != IPPROTO_TCP)
			continue;
		if (address_equal(&head->src, local) && address_equal(&head->dst, peer))
			return packet->from_now;
		if (address_equal(&head->src, peer) && address_equal(&head->dst, local))
			return packet->to_now;
	}
	return STATE_NONE;
}

static struct moment *oldest(struct seen_moments *seen)
{
	struct moment *moment = &seen->moments[seen->next];

	seen->next = (seen->next + 1) % SEEN_MOST;
	if (!moment->packet.waited)
		seen->forgotten++;
	if (seen->unnamed == seen->count)
		seen->unnamed--;
	let_go(moment->deed);
	return moment;
}

static struct moment *place(struct seen_moments *seen)
{
	if (seen->count == SEEN_MOST)
		return oldest(seen);
	if (grow(&seen->moments, &seen->cap, seen->count, sizeof(*seen->moments)) < 0)
		return NULL;
	return &seen->moments[seen->count++];
}

void seen_add(struct session *session, const struct shown_packet *packet)
{
	struct seen_moments *seen = &session->seen;
	struct moment *moment = place(seen);

	if (!moment) {
		session->out_of_memory = true;
		seen->forgotten += !packet->waited;
		return;
	}
	*moment = (struct moment){.packet = *packet};
	moment->packet.bytes = NULL;
	seen->unnamed++;
}

void seen_again(struct session *session, const struct shown_packet *packet)
{
	const struct seen_moments *seen = &session->seen;
	size_t i;

	for (i = seen->count; i--;) {
		struct moment *moment = moment_at(seen, i);

		if (moment->packet.number != packet->number)
			continue;
		moment->packet.retransmits = packet->retransmits;
		return;
	}
}

static struct deed *deed_of(const struct step *step, size_t moments)
{
	size_t name = strlen(step->process) + 1;
	struct deed *deed = malloc(sizeof(*deed) + name + step->command_len + 1);

	if (!deed)
		return NULL;
	memcpy(deed->text, step->process, name);
	deed->cause = (struct shown_cause){.step = step->number, .process = deed->text};
	deed->moments = moments;
	if (!step->command)
		return deed;
	memcpy(deed->text + name, step->command, step->command_len);
	deed->text[name + step->command_len] = '\0';
	deed->cause.command = deed->text + name;
	return deed;
}

void seen_name(struct session *session, const struct step *step)
{
	struct seen_moments *seen = &session->seen;
	size_t i;
	struct deed *deed;

	if (!seen->unnamed)
		return;
	deed = deed_of(step, seen->unnamed);
	session->out_of_memory |= !deed;
	for (i = seen->count - seen->unnamed; i < seen->count; i++) {
		struct moment *moment = moment_at(seen, i);

		moment->deed = deed;
		moment->packet.cause = deed ? &deed->cause : NULL;
	}
	seen->unnamed = 0;
}
