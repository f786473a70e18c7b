/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "names/names.h"
#include "report/diagram.h"

static void add_address(struct emit *emit, const char *key, const struct address *address)
{
	size_t start;

	emit_key(emit, key);
	if (!address->len || (address_port(address) == 0 && address_is_any(address))) {
		emit_null(emit);
		return;
	}
	start = emit_string_begin(emit);
	address_print(emit->out, address);
	emit_string_end(emit, start);
}

static const char *mark_word(enum mark mark)
{
	static const char *const words[] = {
		[MARK_NONE] = NULL, [MARK_UNSEEN] = "unseen", [MARK_READ] = "read"};

	return words[mark];
}

static void states_value(struct emit *emit, const struct picture *picture)
{
	emit_key(emit, "states");
	emit_open(emit, '[');
	for (size_t i = 0; i < PLACE_END; i++) {
		enum mark mark = picture->places[i];

		if (i == PLACE_CLOSED && mark < picture->places[PLACE_END])
			mark = picture->places[PLACE_END];
		emit_open(emit, '{');
		emit_add_text(emit, "state", endpoint_state_name(place_states[i]));
		emit_add_text(emit, "taken", mark_word(mark));
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
}

static void transitions_value(struct emit *emit, const struct picture *picture)
{
	emit_key(emit, "transitions");
	emit_open(emit, '[');
	for (size_t i = 0; i < ARC_COUNT; i++) {
		emit_open(emit, '{');
		emit_add_text(emit, "from", endpoint_state_name(arcs[i].from));
		emit_add_text(emit, "to", endpoint_state_name(arcs[i].to));
		emit_add_text(emit, "event", arcs[i].event);
		emit_add_text(emit, "action", arcs[i].action);
		emit_add_bool(emit, "drawn", i < ARC_DRAWN);
		emit_add_text(emit, "taken", mark_word(picture->arcs[i]));
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
}

static const char *how_word(enum leg_kind kind)
{
	static const char *const words[] = {[LEG_READ] = "read",
					    [LEG_ONLY] = "only way",
					    [LEG_SHORT] = "shortest way",
					    [LEG_UNKNOWN] = "several ways",
					    [LEG_OTHER] = "not in the figure"};

	return words[kind];
}

static void leg_value(struct emit *emit, const struct leg *leg)
{
	struct buf why = {0};

	emit_open(emit, '{');
	emit_add_text(emit, "state", endpoint_state_name(leg->to));
	emit_add_bool(emit, "read", leg->point != NULL);
	emit_add_text(emit, "how", how_word(leg->kind));
	emit_add_text(emit, "event", leg->arc < ARC_COUNT ? arcs[leg->arc].event : NULL);
	emit_key(emit, "packet");
	if (leg->point && leg->point->packet)
		emit_unsigned(emit, leg->point->packet);
	else
		emit_null(emit);
	trail_words(&why, leg);
	emit_add_text(emit, "why", leg->words ? buf_text(&why) : NULL);
	emit->out->failed |= why.failed;
	buf_free(&why);
	emit_close(emit, '}');
}

static void path_value(struct emit *emit, const struct traced *traced)
{
	struct trail trail;

	trail_follow(&trail, traced);
	emit_add_bool(emit, "cut", traced->path.cut);
	emit_key(emit, "path");
	emit_open(emit, '[');
	if (trail.first != STATE_NONE) {
		emit_open(emit, '{');
		emit_add_text(emit, "state", endpoint_state_name(trail.first));
		emit_add_bool(emit, "read", true);
		emit_close(emit, '}');
	}
	for (size_t i = 0; i < trail.count; i++)
		leg_value(emit, &trail.legs[i]);
	emit_close(emit, ']');
}

static void endpoint_value(struct emit *emit, const struct traced *traced)
{
	emit_open(emit, '{');
	emit_add_text(emit, "process", traced->process);
	emit_add_natural(emit, "fd", traced->fd);
	emit_add_text(emit, "name", traced->name);
	emit_add_text(emit, "host", traced->host);
	emit_add_text(emit, "state", endpoint_state_name(traced->state));
	add_address(emit, "local", &traced->local);
	add_address(emit, "peer", &traced->peer);
	emit_add_natural(emit, "closed_fd", traced->closed_fd);
	emit_add_natural(emit, "queue_of", traced->queue_of);
	emit_add_bool(emit, "gone", traced->gone);
	path_value(emit, traced);
	emit_close(emit, '}');
}

void diagram_json(struct emit *emit, const struct traced *list, size_t count)
{
	struct picture picture;

	picture_make(&picture, list, count, NULL);
	states_value(emit, &picture);
	transitions_value(emit, &picture);
	emit_key(emit, "endpoints");
	emit_open(emit, '[');
	for (size_t i = 0; i < count; i++)
		endpoint_value(emit, &list[i]);
	emit_close(emit, ']');
}
