/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "report/ladder_parts.h"
#include "report/line.h"
#include "report/parts.h"

/* Columns from one line to the next; of the words behind them. */
#define LANE_LEAST 3
#define LANE_MOST  12
#define WORDS      34
/* Of a label with both states, and what one of them was. */
#define WORDS_OF_CHANGES 66
#define GAP              3

void lanes_plan(struct ladder *ladder)
{
	size_t width = (size_t)ladder->out->width - ladder->indent, count = ladder->lane_count;
	size_t name = 0, pitch, i;

	if (!count)
		return;
	for (i = 0; i < count; i++)
		if (strlen(ladder->lanes[i].name) > name)
			name = strlen(ladder->lanes[i].name);
	pitch = name + 2 < LANE_LEAST ? LANE_LEAST : name + 2 > LANE_MOST ? LANE_MOST : name + 2;
	if (pitch < 6)
		pitch = 6;
	if (count * pitch + WORDS > width) {
		size_t beside = width > WORDS ? (width - WORDS) / count : 0;

		ladder->below = beside < LANE_LEAST;
		pitch = ladder->below ? width / count : beside;
		if (pitch > LANE_MOST)
			pitch = LANE_MOST;
	}
	ladder->numbered = name + 1 > pitch;
	ladder->changes = ladder->below || count * pitch + WORDS_OF_CHANGES <= width;
	for (i = 0; i < count; i++)
		ladder->lanes[i].x = ladder->indent + i * pitch;
}

/* 1, 2, 3 … in place of names that have no room. */
static void put_legend(struct ladder *ladder)
{
	struct line line;
	size_t i;

	line_init(&line, ladder->out);
	line_start(&line, ladder->indent, ladder->indent, ladder->indent);
	for (i = 0; i < ladder->lane_count; i++) {
		line_number(&line, OUT_DIM, i + 1);
		line_add(&line, OUT_DIM, " ");
		line_add(&line, OUT_DIM, ladder->lanes[i].name);
		line_put(&line);
	}
	line_end(&line);
	line_free(&line);
}

void lanes_heading(struct ladder *ladder)
{
	char number[24];
	size_t i;

	if (ladder->numbered)
		put_legend(ladder);
	for (i = 0; i < ladder->lane_count; i++) {
		snprintf(number, sizeof(number), "%zu", i + 1);
		canvas_text(&ladder->canvas, ladder->lanes[i].x, OUT_HEAD,
			    ladder->numbered ? number : ladder->lanes[i].name);
	}
	canvas_put(&ladder->canvas);
	out_newline(ladder->out);
}

static size_t lane_of(const struct ladder *ladder, int order)
{
	size_t i;

	for (i = 0; i < ladder->lane_count; i++)
		if (ladder->lanes[i].order == order)
			return i;
	return ladder->lane_count;
}

/* Where it goes to: bits of lanes. To a host that nobody has: towards the next one. */
static unsigned targets_of(const struct ladder *ladder, const struct shown_packet *packet,
			   size_t from)
{
	unsigned targets = 0;
	size_t i;

	if (packet->to_order)
		return 1U << lane_of(ladder, packet->to_order);
	for (i = 0; packet->to_all && i < ladder->lane_count; i++)
		if (i != from &&
		    (!packet->reached || packet->reached & 1U << (ladder->lanes[i].order - 1)))
			targets |= 1U << i;
	if (!targets && ladder->lane_count > 1)
		targets = 1U << (from + 1 < ladder->lane_count ? from + 1 : from - 1);
	return targets;
}

/*
 * The columns of the arrow from a lane to the furthest of TARGETS on one side. False: none is
 * there. What is for all ends at the lines of hosts: not on each it finds a socket.
 */
static bool find_span(const struct ladder *ladder, const struct rung *rung, size_t from,
		      unsigned targets, bool right, struct span_of *span)
{
	const struct lane *lanes = ladder->lanes;
	size_t to = from, i, behind = ladder->state, before = ladder->state ? 1 : 0;
	/* Without a word for that, it shows by an arrow that ends before any host. */
	bool nowhere = !ladder->state && !rung->packet.to_order && !rung->packet.to_all;

	for (i = 0; i < ladder->lane_count; i++)
		if (targets & 1U << i && (right ? i > to : i < from && to == from))
			to = i;
	*span = (struct span_of){.x0 = lanes[right ? from : to].x + 1,
				 .x1 = lanes[right ? to : from].x,
				 .right = right};
	if (right || rung->packet.to_order)
		span->x0 += behind;
	if (!right || !rung->packet.to_all)
		span->x1 -= before;
	if (!right && !rung->packet.to_order && !rung->packet.to_all)
		span->x0 += before;
	if (nowhere && right)
		span->x1 -= (span->x1 - span->x0) / 3;
	else if (nowhere)
		span->x0 += (span->x1 - span->x0) / 3;
	if (rung->end == RUNG_ARRIVES && rung->packet.to_all)
		span->heads = targets & ~(1U << to);
	if (rung->packet.to_all && ladder->state)
		span->room = lanes[1].x - lanes[0].x - ladder->state - 2;
	span->stop = ladder->state && rung->stop.len + 8 < span->x1 - span->x0;
	return to != from;
}

static void put_lines(struct ladder *ladder)
{
	size_t i;

	for (i = 0; i < ladder->lane_count; i++)
		canvas_glyph(&ladder->canvas, ladder->lanes[i].x, OUT_DIM, OUT_LANE);
}

/* The states in the columns of the ends. A space behind lets no line show through. */
static void put_states(struct ladder *ladder, const struct shown_packet *packet, size_t from)
{
	size_t to = lane_of(ladder, packet->to_order);

	rung_state(ladder, ladder->lanes[from].x, packet->from_was, packet->from_now);
	if (to < ladder->lane_count && to != from)
		rung_state(ladder, ladder->lanes[to].x, packet->to_was, packet->to_now);
}

/* The sockets that were found by what is for all. Nothing of the arrow shows through. */
static void put_found(struct ladder *ladder, const struct shown_packet *packet, size_t from)
{
	struct canvas *canvas = &ladder->canvas;
	size_t i, x, end;

	for (i = 0; i < ladder->lane_count; i++) {
		enum endpoint_state state = ladder_found(packet, ladder->lanes[i].order);

		if (i == from || state == STATE_NONE)
			continue;
		x = ladder->lanes[i].x;
		end = rung_state(ladder, x, state, state);
		canvas_text(canvas, x - 1, OUT_PLAIN, " ");
		if (i + 1 < ladder->lane_count)
			canvas_text(canvas, end, OUT_PLAIN, " ");
		canvas_glyph(canvas, i > from ? x - 2 : end + 1, OUT_DIM,
			     i > from ? OUT_RIGHT : OUT_LEFT);
	}
}

static void add_state(struct line *line, const char *host, enum endpoint_state was,
		      enum endpoint_state now, bool changes)
{
	if (was == STATE_NONE && now == STATE_NONE)
		return;
	line_add(line, OUT_DIM, host ? host : "");
	line_add(line, OUT_PLAIN, host ? " " : "");
	if (was != now && changes) {
		line_add(line, OUT_DIM, was == STATE_NONE ? "none" : endpoint_state_name(was));
		line_add(line, OUT_DIM, " ");
	}
	if (was != now) {
		line_glyph(line, OUT_DIM, OUT_BECAME);
		line_add(line, OUT_PLAIN, " ");
	}
	line_add(line, was != now ? OUT_CHANGE : OUT_PLAIN,
		 now == STATE_NONE ? "none" : endpoint_state_name(now));
	line_put(line);
}

static void add_name(struct line *line, const struct shown_packet *packet, bool sender)
{
	size_t before = line->text.len;

	ladder_name(&line->text, packet, sender);
	if (line->text.len == before)
		buf_str(&line->text, packet->loopback ? "-" : "nobody");
	line_added(line, OUT_DIM);
}

static void add_hosts(struct line *line, const struct shown_packet *packet)
{
	if (packet->loopback) {
		line_add(line, OUT_DIM, "loopback");
		line_add(line, OUT_DIM, packet->host ? " of " : "");
		line_add(line, OUT_DIM, packet->host ? packet->host : "");
		line_put(line);
	}
	add_name(line, packet, true);
	line_add(line, OUT_DIM, " ");
	line_glyph(line, OUT_DIM, OUT_TO);
	line_add(line, OUT_DIM, " ");
	add_name(line, packet, false);
	line_put(line);
}

static void put_words(struct line *line, const struct rung *rung, bool changes)
{
	const struct shown_packet *packet = &rung->packet;

	line_words(line, rung->style, buf_text(&rung->label));
	if (rung->stop.len) {
		line_add(line, rung->end == RUNG_HELD ? OUT_WAITS : OUT_ERROR,
			 buf_text(&rung->stop));
		line_put(line);
	}
	add_state(line, packet->from, packet->from_was, packet->from_now, changes);
	add_state(line, packet->to, packet->to_was, packet->to_now, changes);
	for (size_t i = 0; packet->to_all && packet->hosts && packet->hosts[i]; i++)
		add_state(line, packet->hosts[i], packet->found[i], packet->found[i], changes);
	line_end(line);
}

void lanes_list(struct ladder *ladder, const struct rung *rung)
{
	struct out *out = ladder->out;
	struct line line;

	line_init(&line, out);
	out_style(out, OUT_DIM);
	out_printf(out, "  #%lu", rung->packet.number);
	out_style(out, OUT_PLAIN);
	line_start(&line, out->column + 1, 4, 4);
	add_hosts(&line, &rung->packet);
	put_words(&line, rung, ladder->changes);
	line_free(&line);
}

/* What has no room in the picture, behind or below it. */
static void put_behind(struct ladder *ladder, const struct rung *rung, bool hosts)
{
	size_t last = ladder->lanes[ladder->lane_count - 1].x;
	size_t column = ladder->below ? ladder->indent : last + GAP;
	struct line line;

	line_init(&line, ladder->out);
	if (ladder->below)
		out_newline(ladder->out);
	line_start(&line, column, column, column);
	if (hosts)
		add_hosts(&line, &rung->packet);
	put_words(&line, rung, ladder->changes);
	line_free(&line);
}

static void put_start(struct ladder *ladder, size_t from, bool left, bool right)
{
	canvas_glyph(&ladder->canvas, ladder->lanes[from].x, OUT_DIM,
		     left && right ? OUT_CROSS
		     : right       ? OUT_STARTS
				   : OUT_STARTS_LEFT);
}

void lanes_put(struct ladder *ladder, const struct rung *rung)
{
	const struct shown_packet *packet = &rung->packet;
	size_t from = packet->loopback ? ladder->lane_count : lane_of(ladder, packet->from_order);
	bool hosts = from == ladder->lane_count || packet->from_order == packet->to_order;
	unsigned targets = hosts ? 0 : targets_of(ladder, packet, from);
	struct span_of left = {0}, right = {0};
	bool to_left = !hosts && find_span(ladder, rung, from, targets, false, &left);
	bool to_right = !hosts && find_span(ladder, rung, from, targets, true, &right);
	bool on_right = ladder->state && to_right && rung_fits(rung, &right);
	bool on_left = ladder->state && to_left && !on_right && rung_fits(rung, &left);

	if (ladder->state && !on_right && !on_left)
		ladder_caption(ladder, rung,
			       to_right  ? right.x0
			       : to_left ? left.x0
					 : ladder->indent,
			       rung->stop.len && !(to_right ? right.stop : left.stop));
	ladder_number(ladder, packet);
	put_lines(ladder);
	if (to_right)
		rung_arrow(ladder, rung, &right, on_right);
	if (to_left)
		rung_arrow(ladder, rung, &left, on_left);
	if (ladder->state && from < ladder->lane_count) {
		put_found(ladder, packet, from);
		put_states(ladder, packet, from);
	} else if (to_left || to_right) {
		put_start(ladder, from, to_left, to_right);
	}
	canvas_put(&ladder->canvas);
	if (ladder->state)
		out_newline(ladder->out);
	else
		put_behind(ladder, rung, hosts || ladder->numbered);
}
