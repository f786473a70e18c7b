/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/ladder.h"

#include <stdio.h>
#include <string.h>

#include "report/ladder_parts.h"
#include "report/parts.h"

/* Columns of a change between the two longest states; of a state with the mark of a change. */
#define CHANGE_COLUMNS 27
#define STATE_COLUMNS  14
/* Of an arrow between two columns of states, with a blank at either side. */
#define ARROW_LEAST 24
#define ARROW_MOST  46
#define INDENT      6

/* Left to right? The host that was made first is on the left. */
static bool goes_right(const struct ladder *ladder, const struct shown_packet *packet)
{
	if (packet->from_order && packet->to_order)
		return packet->from_order < packet->to_order;
	return ladder->lane_count < 2 ||
	       packet->from_order < ladder->lanes[ladder->lane_count - 1].order;
}

static struct address without_port(const struct address *address)
{
	struct address host = *address;

	if (host.any.sa_family == AF_INET)
		host.in.sin_port = 0;
	else if (host.any.sa_family == AF_INET6)
		host.in6.sin6_port = 0;
	return host;
}

/* A packet without ports, such as an ICMP error, goes with whatever is between its hosts. */
static bool same_end(const struct address *end, const struct address *packet)
{
	struct address host = without_port(end);

	return address_equal(address_port(packet) ? end : &host, packet);
}

static bool same_way(const struct packet *a, const struct packet *b)
{
	return same_end(&a->src, &b->src) && same_end(&a->dst, &b->dst);
}

static bool same_ends(const struct packet *a, const struct packet *b)
{
	return same_way(a, b) || (same_end(&a->src, &b->dst) && same_end(&a->dst, &b->src));
}

/*
 * What has changed since the packet before shows, too: a call has made it. LAST is what it was then
 * at that end.
 */
static void show_change(enum endpoint_state *was, enum endpoint_state now,
			enum endpoint_state *last)
{
	if (now == STATE_NONE)
		return;
	if (*was == now && *last != STATE_NONE)
		*was = *last;
	*last = now;
}

static void show_changes(struct ladder *ladder, struct shown_packet *packet)
{
	bool same = same_way(&ladder->heading->head, &packet->head);

	if (!address_port(&packet->head.src))
		return;
	show_change(&packet->from_was, packet->from_now, &ladder->last[same ? 0 : 1]);
	show_change(&packet->to_was, packet->to_now, &ladder->last[same ? 1 : 0]);
}

void ladder_name(struct buf *text, const struct shown_packet *packet, bool sender)
{
	const char *name = sender ? packet->from : packet->to_all ? "all" : packet->to;
	int fd = sender ? packet->from_fd : packet->to_fd;

	buf_str(text, name ? name : "");
	if (name && packet->loopback && fd >= 0)
		buf_printf(text, " %d", fd);
}

/* The sender's end, or the receiver's. */
static void add_end(struct buf *text, const struct shown_packet *packet, bool sender, bool left)
{
	const struct address *address = sender ? &packet->head.src : &packet->head.dst;
	bool named = sender ? packet->from != NULL : packet->to || packet->to_all;

	if (left)
		ladder_name(text, packet, sender);
	if (left && named)
		buf_char(text, ' ');
	if (address_port(address))
		address_print(text, address);
	else
		address_print_host(text, address);
	if (!left && named)
		buf_char(text, ' ');
	if (!left)
		ladder_name(text, packet, sender);
}

static void add_ends(const struct ladder *ladder, const struct shown_packet *packet,
		     struct buf *left, struct buf *right)
{
	bool on = goes_right(ladder, packet);

	add_end(left, packet, on, true);
	add_end(right, packet, !on, false);
}

/* In one line where both have room, the second as far to the left as its column is. */
static void put_ends(struct ladder *ladder, const char *left, const char *right)
{
	struct out *out = ladder->out;
	size_t width = (size_t)out->width, needs = parts_width(out, right, strlen(right));
	size_t column = ladder->lanes[1].x;

	out_pad(out, ladder->indent);
	out_style(out, OUT_DIM);
	out_text(out, left);
	if (column + needs > width)
		column = needs + ladder->indent < width ? width - needs : ladder->indent;
	if (out->column + 1 > column)
		out_newline(out);
	out_style(out, OUT_DIM);
	out_pad(out, column);
	out_text(out, right);
	out_newline(out);
}

/* Beside each other: whose columns follow, or which conversation. */
static void put_pair(struct ladder *ladder, const char *left, const char *right)
{
	struct out *out = ladder->out;
	struct buf text = {0};

	buf_printf(&text, "%s %s %s", left, out_glyph_text(out, OUT_NONE), right);
	out_pad(out, ladder->indent);
	out_style(out, OUT_DIM);
	out_wrap(out, ladder->indent, buf_text(&text));
	out->buf.failed |= text.failed;
	buf_free(&text);
}

static void put_heading(struct ladder *ladder, const struct shown_packet *packet)
{
	struct buf left = {0}, right = {0};

	ladder->heading = packet;
	ladder->last[0] = ladder->last[1] = STATE_NONE;
	add_ends(ladder, packet, &left, &right);
	if (ladder->layout == LAYOUT_PAIR)
		put_ends(ladder, buf_text(&left), buf_text(&right));
	else
		put_pair(ladder, buf_text(&left), buf_text(&right));
	ladder->out->buf.failed |= left.failed | right.failed;
	buf_free(&left);
	buf_free(&right);
}

/* The command that caused what follows. */
static void put_cause(struct ladder *ladder, const struct shown_cause *cause)
{
	struct out *out = ladder->out;
	struct buf text = {0};

	ladder->cause = cause;
	buf_printf(&text, "step %lu: ", cause->step);
	if (!cause->command)
		buf_str(&text, "time passed");
	else if (strcmp(cause->process, "main") != 0 && cause->command[0] != '@')
		buf_printf(&text, "@%s ", cause->process);
	if (cause->command)
		buf_str(&text, cause->command);
	out_text(out, "  ");
	out_style(out, OUT_DIM);
	out_wrap(out, 4, buf_text(&text));
	out->buf.failed |= text.failed;
	buf_free(&text);
}

void ladder_number(struct ladder *ladder, const struct shown_packet *packet)
{
	char number[24];
	int len = snprintf(number, sizeof(number), "#%lu", packet->number);
	size_t before = ladder->indent - 1;

	canvas_text(&ladder->canvas, (size_t)len < before ? before - (size_t)len : 0, OUT_DIM,
		    number);
}

void ladder_caption(struct ladder *ladder, const struct rung *rung, size_t column, bool stop)
{
	struct out *out = ladder->out;
	size_t width = (size_t)out->width;
	struct buf text = {0};

	buf_str(&text, buf_text(&rung->label));
	if (stop)
		buf_printf(&text, ", %s", buf_text(&rung->stop));
	if (column + rung->width > width)
		column =
			rung->width + ladder->indent < width ? width - rung->width : ladder->indent;
	out_pad(out, column);
	out_style(out, rung->style);
	out_wrap(out, column, buf_text(&text));
	out->buf.failed |= text.failed;
	buf_free(&text);
}

enum endpoint_state ladder_found(const struct shown_packet *packet, int order)
{
	return packet->to_all && order ? packet->found[order - 1] : STATE_NONE;
}

/* Between the columns of two lanes, with the states of both. */
static void put_between(struct ladder *ladder, const struct rung *rung, size_t left, size_t right)
{
	const struct shown_packet *packet = &rung->packet;
	bool on = rung->right;
	enum endpoint_state to_was = packet->to_was, to_now = packet->to_now;
	struct span_of span = {.x0 = ladder->lanes[left].x +
				     (ladder->state ? ladder->state + 1 : 0),
			       .x1 = ladder->lanes[right].x - 1,
			       .right = on,
			       .stop = rung->stop.len + 8 < ladder->arrow};
	bool fits = rung_fits(rung, &span);

	if (!fits)
		ladder_caption(ladder, rung, span.x0, !span.stop);
	ladder_number(ladder, packet);
	rung_arrow(ladder, rung, &span, fits);
	if (packet->to_all)
		to_was = to_now = ladder_found(packet, ladder->lanes[on ? right : left].order);
	if (!packet->loopback) {
		rung_state(ladder, ladder->lanes[left].x, on ? packet->from_was : to_was,
			   on ? packet->from_now : to_now);
		rung_state(ladder, ladder->lanes[right].x, on ? to_was : packet->from_was,
			   on ? to_now : packet->from_now);
	}
	canvas_put(&ladder->canvas);
	out_newline(ladder->out);
}

static void put_rung(struct ladder *ladder, struct rung *rung, const struct shown_packet *packet)
{
	if (!ladder->heading || !same_ends(&ladder->heading->head, &packet->head))
		put_heading(ladder, packet);
	if (rung->packet.cause && rung->packet.cause != ladder->cause)
		put_cause(ladder, rung->packet.cause);
	show_changes(ladder, &rung->packet);
	if (ladder->layout == LAYOUT_PAIR)
		put_between(ladder, rung, 0, 1);
	else if (ladder->layout == LAYOUT_LIST)
		lanes_list(ladder, rung);
	else
		lanes_put(ladder, rung);
}

static void add_lane(struct ladder *ladder, int order, const char *name)
{
	size_t at = 0;

	while (at < ladder->lane_count && ladder->lanes[at].order < order)
		at++;
	if (!order || ladder->lane_count == LADDER_HOSTS ||
	    (at < ladder->lane_count && ladder->lanes[at].order == order))
		return;
	memmove(&ladder->lanes[at + 1], &ladder->lanes[at],
		(ladder->lane_count - at) * sizeof(ladder->lanes[0]));
	ladder->lanes[at] = (struct lane){.order = order, .name = name};
	ladder->lane_count++;
}

/* Who takes part: of what is for all, those that got it, or while it is held, all. */
static void add_lanes(struct ladder *ladder, const struct shown_packet *packet)
{
	int i;

	if (packet->loopback)
		return;
	add_lane(ladder, packet->from_order, packet->from);
	add_lane(ladder, packet->to_order, packet->to);
	for (i = 0; packet->to_all && packet->hosts && packet->hosts[i]; i++)
		if (!packet->reached || packet->reached & 1U << i)
			add_lane(ladder, i + 1, packet->hosts[i]);
}

static size_t state_columns(const struct ladder *ladder, bool changes)
{
	return (changes ? CHANGE_COLUMNS : STATE_COLUMNS) + (ladder->out->unicode ? 0 : 1);
}

/* COUNT columns of STATE characters with an arrow between each two. */
static bool plan_columns(struct ladder *ladder, size_t count, size_t state, bool changes)
{
	size_t width = (size_t)ladder->out->width, i;
	size_t frame = ladder->indent + count * state;

	if (width < frame + (count - 1) * ARROW_LEAST)
		return false;
	ladder->state = state;
	ladder->changes = changes;
	ladder->arrow = (width - frame) / (count - 1);
	if (ladder->arrow > ARROW_MOST)
		ladder->arrow = ARROW_MOST;
	for (i = 0; i < count; i++)
		ladder->lanes[i].x = ladder->indent + i * (state + ladder->arrow);
	return true;
}

/* Over loopback states can be read only when all has passed: none stands beside a packet. */
static bool any_state(const struct shown_packet *list, size_t count)
{
	while (count--)
		if (!list[count].loopback)
			return true;
	return false;
}

static void plan(struct ladder *ladder, bool states)
{
	size_t count = ladder->lane_count < 2 ? 2 : ladder->lane_count;
	bool columns;

	if (ladder->out->width < LADDER_LEAST) {
		ladder->layout = LAYOUT_LIST;
		ladder->changes = true;
		return;
	}
	columns = states ? plan_columns(ladder, count, state_columns(ladder, true), true) ||
				   plan_columns(ladder, count, state_columns(ladder, false), false)
			 : plan_columns(ladder, count, 0, false);
	if (count == 2)
		ladder->layout = columns ? LAYOUT_PAIR : LAYOUT_LIST;
	else
		ladder->layout = columns ? LAYOUT_COLUMNS : LAYOUT_LINES;
	if (ladder->layout == LAYOUT_LINES)
		lanes_plan(ladder);
}

/* Only what waited has several moments. */
static void find_latest(struct ladder *ladder, const struct shown_packet *list, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (list[i].waited &&
		    map_put(&ladder->latest, list[i].number, (void *)&list[i]) < 0)
			ladder->out->buf.failed = true;
}

static void begin(struct ladder *ladder, struct out *out, const struct shown_packet *list,
		  size_t count)
{
	unsigned long most = 0;
	size_t i;

	*ladder = (struct ladder){.out = out, .indent = INDENT};
	for (i = 0; i < count; i++) {
		add_lanes(ladder, &list[i]);
		if (list[i].number > most)
			most = list[i].number;
	}
	for (; most >= 10000; most /= 10)
		ladder->indent++;
	find_latest(ladder, list, count);
	plan(ladder, any_state(list, count));
	canvas_init(&ladder->canvas, out, (size_t)out->width);
}

static void end(struct ladder *ladder)
{
	canvas_free(&ladder->canvas);
	map_free(&ladder->latest);
}

static void put_all(struct ladder *ladder, const struct shown_packet *list, size_t count)
{
	struct rung rung;
	size_t i, taken;

	if (ladder->layout == LAYOUT_COLUMNS || ladder->layout == LAYOUT_LINES)
		lanes_heading(ladder);
	for (i = 0; i < count; i += taken) {
		taken = rung_init(&rung, ladder, &list[i], count - i);
		rung.right = goes_right(ladder, &rung.packet);
		put_rung(ladder, &rung, &list[i]);
		rung_free(&rung);
	}
}

void ladder_put(struct out *out, const struct shown_packet *list, size_t count,
		unsigned long untold)
{
	struct ladder ladder;

	if (!count)
		return;
	begin(&ladder, out, list, count);
	put_all(&ladder, list, count);
	end(&ladder);
	if (!untold)
		return;
	out_printf(out, "  and %lu packets more", untold);
	out_newline(out);
}

void ladder_put_all(struct out *out, const struct shown_ladder *shown)
{
	struct ladder ladder;

	if (shown->forgotten) {
		out_text(out, "  ");
		out_style(out, OUT_DIM);
		out_glyph(out, OUT_DOTS);
		out_printf(out, " %lu earlier %s no longer remembered", shown->forgotten,
			   shown->forgotten == 1 ? "packet is" : "packets are");
		out_newline(out);
	}
	if (!shown->count) {
		out_text(out, "  no packet ");
		if (shown->fd >= 0)
			out_printf(out, "of fd %d ", shown->fd);
		out_text(out, "went over the wire");
		out_newline(out);
		return;
	}
	begin(&ladder, out, shown->list, shown->count);
	put_all(&ladder, shown->list, shown->count);
	end(&ladder);
}
