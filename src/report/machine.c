/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/machine.h"

#include <errno.h>
#include <string.h>

#include "base/grow.h"
#include "names/names.h"
#include "names/words.h"

/* More than there are between any two states. */
#define WAYS_MOST 16
#define WAY_LEGS  5

/* clang-format off */
const struct arc_record arcs[ARC_COUNT] = {
	[ARC_PASSIVE_OPEN] = {STATE_CLOSED, STATE_LISTEN, "passive OPEN", "create TCB", "listen"},
	[ARC_ACTIVE_OPEN] = {STATE_CLOSED, STATE_SYN_SENT, "active OPEN", "create TCB, snd SYN", "connect"},
	[ARC_LISTEN_CLOSE] = {STATE_LISTEN, STATE_CLOSED, "CLOSE", "delete TCB", "close"},
	[ARC_LISTEN_SEND] = {STATE_LISTEN, STATE_SYN_SENT, "SEND", "snd SYN", NULL},
	[ARC_LISTEN_SYN] = {STATE_LISTEN, STATE_SYN_RECEIVED, "rcv SYN", "snd SYN,ACK", NULL},
	[ARC_SYN_SENT_CLOSE] = {STATE_SYN_SENT, STATE_CLOSED, "CLOSE", "delete TCB", "close"},
	[ARC_SYN_SENT_SYN] = {STATE_SYN_SENT, STATE_SYN_RECEIVED, "rcv SYN", "snd SYN,ACK", NULL},
	[ARC_SYN_SENT_ACK] = {STATE_SYN_SENT, STATE_ESTABLISHED, "rcv SYN,ACK", "snd ACK", NULL},
	[ARC_SYN_RECEIVED_RST] = {STATE_SYN_RECEIVED, STATE_LISTEN, "rcv RST (note 1)", NULL, NULL},
	[ARC_SYN_RECEIVED_ACK] = {STATE_SYN_RECEIVED, STATE_ESTABLISHED, "rcv ACK of SYN", NULL, NULL},
	[ARC_SYN_RECEIVED_CLOSE] = {STATE_SYN_RECEIVED, STATE_FIN_WAIT_1, "CLOSE", "snd FIN", "close"},
	[ARC_ESTABLISHED_CLOSE] = {STATE_ESTABLISHED, STATE_FIN_WAIT_1, "CLOSE", "snd FIN", "close"},
	[ARC_ESTABLISHED_FIN] = {STATE_ESTABLISHED, STATE_CLOSE_WAIT, "rcv FIN", "snd ACK", NULL},
	[ARC_FIN_WAIT_1_ACK] = {STATE_FIN_WAIT_1, STATE_FIN_WAIT_2, "rcv ACK of FIN", NULL, NULL},
	[ARC_FIN_WAIT_1_FIN] = {STATE_FIN_WAIT_1, STATE_CLOSING, "rcv FIN", "snd ACK", NULL},
	[ARC_FIN_WAIT_2_FIN] = {STATE_FIN_WAIT_2, STATE_TIME_WAIT, "rcv FIN", "snd ACK", NULL},
	[ARC_CLOSING_ACK] = {STATE_CLOSING, STATE_TIME_WAIT, "rcv ACK of FIN", NULL, NULL},
	[ARC_CLOSE_WAIT_CLOSE] = {STATE_CLOSE_WAIT, STATE_LAST_ACK, "CLOSE", "snd FIN", "close"},
	[ARC_LAST_ACK_ACK] = {STATE_LAST_ACK, STATE_CLOSED, "rcv ACK of FIN", NULL, NULL},
	[ARC_TIME_WAIT_OVER] = {STATE_TIME_WAIT, STATE_CLOSED, "Timeout=2MSL", "delete TCB", NULL},
	[ARC_NOTE_2] = {STATE_FIN_WAIT_1, STATE_TIME_WAIT, "rcv FIN, rcv ACK of FIN", "snd ACK", NULL},
};
/* clang-format on */

static enum arc arc_between(enum endpoint_state from, enum endpoint_state to)
{
	for (size_t i = 0; i < ARC_COUNT; i++)
		if (arcs[i].from == from && arcs[i].to == to)
			return (enum arc)i;
	return ARC_NONE;
}

/* Whether what was read at POINT says that the way to CLOSED was the machine's. */
static bool closed_by(enum arc arc, const struct path_point *point)
{
	switch (arc) {
	case ARC_SYN_SENT_CLOSE:
		return (point->marks & (PATH_GONE | PATH_RESET)) == PATH_GONE;
	case ARC_LAST_ACK_ACK:
		return !(point->marks & PATH_RESET);
	case ARC_TIME_WAIT_OVER:
		return !(point->marks & (PATH_RESET | PATH_EARLY));
	default:
		return true;
	}
}

/* The ways that could have been gone without being seen. */
struct ways {
	const struct traced *traced;
	enum endpoint_state to;
	enum arc at[WAY_LEGS];
	size_t count, shortest;
	enum arc way[WAYS_MOST][WAY_LEGS]; /* ARC_NONE ends one of less than WAY_LEGS */
	size_t lengths[WAYS_MOST];
};

/*
 * What the kernel never does, what takes its time, and what would have been told: SEND on a
 * listener, 2MSL, a reset or a close of a socket that was not connected yet.
 */
static bool goes_unseen(const struct ways *ways, enum arc arc)
{
	const struct traced *traced = ways->traced;

	switch (arc) {
	case ARC_LISTEN_SEND:
	case ARC_LISTEN_CLOSE:
	case ARC_SYN_SENT_CLOSE:
	case ARC_SYN_RECEIVED_RST:
	case ARC_TIME_WAIT_OVER:
	case ARC_PASSIVE_OPEN:
		return false;
	case ARC_LISTEN_SYN: /* A listener stays one; what the SYN makes is another socket. */
		return traced->path.child;
	case ARC_SYN_RECEIVED_CLOSE: /* Of that no descriptor tells before it is ESTABLISHED. */
		return !traced->path.child;
	case ARC_SYN_SENT_SYN: /* That is two who open at once. */
		return !traced->path.met;
	case ARC_SYN_SENT_ACK: /* Who meets himself has sent the SYN that comes. */
		return !address_equal(&traced->local, &traced->peer);
	default:
		return true;
	}
}

static void try_ways(struct ways *ways, enum endpoint_state from, size_t depth)
{
	for (size_t i = 0; i < ARC_COUNT; i++) {
		enum arc arc = (enum arc)i;

		if (arcs[i].from != from || !goes_unseen(ways, arc) || ways->count == WAYS_MOST)
			continue;
		ways->at[depth] = arc;
		if (arcs[i].to == ways->to) {
			if (!ways->count || depth + 1 < ways->lengths[ways->shortest])
				ways->shortest = ways->count;
			ways->lengths[ways->count] = depth + 1;
			memcpy(ways->way[ways->count++], ways->at, (depth + 1) * sizeof(arc));
		} else if (depth + 1 < WAY_LEGS && arcs[i].to != STATE_CLOSED) {
			try_ways(ways, arcs[i].to, depth + 1);
		}
	}
}

static bool on_all(const struct ways *ways, enum arc arc)
{
	for (size_t i = 0; i < ways->count; i++) {
		bool found = false;

		for (size_t k = 0; k < ways->lengths[i]; k++)
			found |= ways->way[i][k] == arc;
		if (!found)
			return false;
	}
	return true;
}

/* There is one shortest way, and figure 5 has it. */
static bool has_short(const struct ways *ways)
{
	size_t length = ways->lengths[ways->shortest], same = 0;

	for (size_t i = 0; i < ways->count; i++)
		same += ways->lengths[i] == length;
	for (size_t i = 0; i < length; i++)
		if (ways->way[ways->shortest][i] == ARC_NOTE_2)
			return false;
	return same == 1;
}

static struct leg *add(struct trail *trail, enum endpoint_state from, enum endpoint_state to,
		       enum leg_kind kind, enum arc arc)
{
	struct leg *leg;

	if (trail->count == TRAIL_MOST)
		trail->count--;
	leg = &trail->legs[trail->count++];
	*leg = (struct leg){.from = from, .to = to, .kind = kind, .arc = arc};
	return leg;
}

static struct leg *add_way(struct trail *trail, const struct ways *ways, enum leg_kind kind)
{
	const enum arc *way = ways->way[ways->shortest];
	struct leg *leg = NULL;

	for (size_t i = 0; i < ways->lengths[ways->shortest]; i++)
		leg = add(trail, arcs[way[i]].from, arcs[way[i]].to, kind, way[i]);
	return leg;
}

/* The arcs at its beginning that every way has, then what is not known. */
static struct leg *add_common(struct trail *trail, const struct ways *ways,
			      enum endpoint_state from)
{
	const enum arc *way = ways->way[ways->shortest];
	struct leg *leg;

	for (size_t i = 0; i < ways->lengths[ways->shortest] && on_all(ways, way[i]); i++) {
		leg = add(trail, arcs[way[i]].from, arcs[way[i]].to, LEG_ONLY, way[i]);
		from = leg->to;
	}
	leg = add(trail, from, ways->to, LEG_UNKNOWN, ARC_NONE);
	leg->words = "diagram.ways";
	return leg;
}

/*
 * CLOSED may be reached from anywhere by a reset. Only where this end had sent its FIN is the other
 * end's acknowledgement the likely end; and a FIN of an open descriptor is one of shutdown.
 */
static bool may_end_unseen(enum endpoint_state from, const struct path_point *point)
{
	return from == STATE_CLOSE_WAIT && !(point->marks & PATH_RESET) &&
	       (point->marks & (PATH_GONE | PATH_SHUT));
}

static const char *other_words(enum endpoint_state from, const struct path_point *point,
			       const struct traced *traced)
{
	if (point->state != STATE_CLOSED)
		return "diagram.other";
	if (point->marks & PATH_RESET)
		return "diagram.reset";
	if (point->marks & PATH_OPEN && traced->path.twin)
		return "diagram.twin";
	if (point->marks & PATH_EARLY)
		return "diagram.early";
	if (point->error)
		return "diagram.error";
	if (from == STATE_SYN_RECEIVED)
		return "diagram.request";
	return "diagram.ended";
}

static struct leg *add_unseen(struct trail *trail, enum endpoint_state from,
			      const struct path_point *point, const struct traced *traced)
{
	enum endpoint_state to = (enum endpoint_state)point->state;
	struct ways ways = {.traced = traced, .to = to};
	struct leg *leg;

	if (to != STATE_CLOSED || may_end_unseen(from, point))
		try_ways(&ways, from, 0);
	if (ways.count == 1)
		return add_way(trail, &ways, LEG_ONLY);
	if (ways.count && has_short(&ways))
		return add_way(trail, &ways, LEG_SHORT);
	if (ways.count)
		return add_common(trail, &ways, from);
	leg = add(trail, from, to, LEG_OTHER, ARC_NONE);
	leg->words = other_words(from, point, traced);
	return leg;
}

static void add_reading(struct trail *trail, enum endpoint_state from,
			const struct path_point *point, const struct traced *traced)
{
	enum endpoint_state to = (enum endpoint_state)point->state;
	enum arc arc = arc_between(from, to);
	struct leg *leg;

	if (from == STATE_SYN_RECEIVED && to == STATE_CLOSED && traced->path.child &&
	    point->marks & PATH_RESET) {
		leg = add(trail, from, STATE_LISTEN, LEG_READ, ARC_SYN_RECEIVED_RST);
		leg->words = "diagram.dropped";
	} else if (from == STATE_CLOSED && to == STATE_CLOSED) {
		add(trail, from, STATE_SYN_SENT, LEG_ONLY, ARC_ACTIVE_OPEN);
		leg = add(trail, STATE_SYN_SENT, to, LEG_OTHER, ARC_NONE);
		leg->words = "diagram.error";
	} else if (arc < ARC_DRAWN && closed_by(arc, point)) {
		leg = add(trail, from, to, LEG_READ, arc);
	} else if (arc == ARC_NOTE_2 && point->packet) {
		leg = add(trail, from, to, LEG_READ, arc);
		leg->words = "diagram.note-2";
	} else {
		leg = add_unseen(trail, from, point, traced);
	}
	leg->point = point;
}

void trail_follow(struct trail *trail, const struct traced *traced)
{
	const struct path *path = &traced->path;
	enum endpoint_state from;
	size_t i = 0;

	trail->count = 0;
	trail->first = STATE_NONE;
	if (!path->count)
		return;
	if (path->child && !path->cut)
		trail->first = STATE_LISTEN;
	else
		trail->first = (enum endpoint_state)path->at[i++].state;
	from = trail->first;
	for (; i < path->count; i++) {
		add_reading(trail, from, &path->at[i], traced);
		from = (enum endpoint_state)path->at[i].state;
	}
}

void trail_print(struct buf *out, const struct trail *trail)
{
	buf_str(out, endpoint_state_name(trail->first));
	for (size_t i = 0; i < trail->count; i++) {
		const struct leg *leg = &trail->legs[i];
		const char *name = endpoint_state_name(leg->to);

		buf_printf(out, leg->point ? " %s%s" : " %s(%s)",
			   leg->kind == LEG_OTHER     ? "=> "
			   : leg->kind == LEG_UNKNOWN ? "(?) "
						      : "",
			   name);
	}
}

void trail_words(struct buf *out, const struct leg *leg)
{
	int error = leg->point ? leg->point->error : 0;

	if (leg->words)
		words_fill(out, leg->words, "error", error ? names_errno_name(error) : "", "from",
			   endpoint_state_name(leg->from), "to", endpoint_state_name(leg->to),
			   NULL);
}
