/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/socket.h>

#include "report/labels.h"
#include "report/other.h"
#include "report/parts.h"
#include "report/text.h"

#define KIND_COLUMN    5
#define STATE_COLUMN   10
#define ADDRESS_COLUMN 37

static enum out_style style_of(const struct shown *shown, uint32_t field)
{
	return shown->known && shown->changed & field ? OUT_CHANGE : OUT_PLAIN;
}

static void became(struct out *out, const char *was, const char *now)
{
	out_style(out, OUT_DIM);
	out_text(out, *was ? was : label(LABEL_NONE));
	out_text(out, " ");
	out_glyph(out, OUT_BECAME);
	out_text(out, " ");
	out_style(out, OUT_CHANGE);
	out_text(out, now);
	out_style(out, OUT_PLAIN);
}

static void put_state(struct out *out, const struct shown *shown)
{
	const char *now = endpoint_state_name(shown->now.state);
	const char *was = endpoint_state_name(shown->was.state);

	if (shown->gone)
		became(out, now, label(LABEL_GONE));
	else if (style_of(shown, FIELD_STATE) == OUT_CHANGE)
		became(out, was, *now ? now : label(LABEL_NONE));
	else
		out_text(out, now);
}

static void put_head(struct out *out, const struct shown *shown)
{
	out_text(out, "  ");
	if (shown->fd >= 0)
		parts_number(out, shown->fd);
	else if (shown->gone && shown->closed)
		parts_number(out, shown->closed_fd);
	else
		out_glyph(out, OUT_NONE);
	if (shown->untold)
		return;
	out_pad(out, KIND_COLUMN);
	out_text(out, endpoint_kind(&shown->now));
	out_pad(out, STATE_COLUMN);
	put_state(out, shown);
}

static void add_address(struct line *line, enum out_style style, const struct address *address)
{
	if (address) {
		address_print(&line->text, address);
		line_added(line, style);
	} else {
		line_glyph(line, style, OUT_NONE);
	}
}

static void add_became(struct line *line)
{
	line_add(line, OUT_DIM, " ");
	line_glyph(line, OUT_DIM, OUT_BECAME);
	line_add(line, OUT_DIM, " ");
}

static void add_address_text(struct line *line, enum out_style style, const struct address *address)
{
	if (address)
		add_address(line, style, address);
	else
		line_add(line, style, label(LABEL_NONE));
}

/* What stands before a value: "timer: ". */
static void add_label(struct line *line, enum label which, const char *behind)
{
	line_add(line, OUT_PLAIN, label(which));
	line_add(line, OUT_PLAIN, behind);
}

/* What stands in brackets behind one. */
static void add_note(struct line *line, enum out_style style, enum label which)
{
	line_add(line, style, " (");
	line_add(line, style, label(which));
	line_add(line, style, ")");
}

static void put_address_change(struct line *line, enum label which, const struct address *was,
			       const struct address *now)
{
	add_label(line, which, ": ");
	add_address_text(line, OUT_DIM, was);
	add_became(line);
	add_address_text(line, OUT_CHANGE, now);
	line_put(line);
}

static bool same_address(const struct address *a, const struct address *b)
{
	return !a || !b ? a == b : address_equal(a, b);
}

static void put_one(struct line *line, const struct shown *shown, uint32_t field, enum label which)
{
	const struct address *(*get)(const struct endpoint *) =
		field == FIELD_LOCAL ? parts_local : parts_peer;
	const struct address *now = get(&shown->now), *was = get(&shown->was);

	if (style_of(shown, field) == OUT_CHANGE && !same_address(was, now)) {
		put_address_change(line, which, was, now);
	} else if (now) {
		if (field == FIELD_PEER)
			add_label(line, which, ": ");
		add_address(line, OUT_PLAIN, now);
		line_put(line);
	}
}

static void put_pair(struct line *line, const struct shown *shown)
{
	enum out_style to = style_of(shown, FIELD_PEER);

	add_address(line, style_of(shown, FIELD_LOCAL), parts_local(&shown->now));
	line_add(line, to, " ");
	line_glyph(line, to, OUT_TO);
	line_add(line, to, " ");
	add_address(line, to, parts_peer(&shown->now));
	if (line_fits(line)) {
		line_put(line);
		return;
	}
	line->count = 0;
	buf_reset(&line->text);
	add_address(line, style_of(shown, FIELD_LOCAL), parts_local(&shown->now));
	line_put(line);
	line_glyph(line, to, OUT_TO);
	line_add(line, to, " ");
	add_address(line, to, parts_peer(&shown->now));
	line_put(line);
}

/*
 * A peer that is new, or as it was, makes a pair with the local address; one that was another, or
 * is no more, is told by itself, so that what it was is not lost.
 */
static void put_addresses(struct line *line, const struct shown *shown)
{
	const struct address *peer = parts_peer(&shown->now), *old = parts_peer(&shown->was);
	bool moved = style_of(shown, FIELD_PEER) == OUT_CHANGE && old && !same_address(old, peer);

	if (shown->role == SHOWN_LISTENER && shown->known &&
	    !(shown->changed & (FIELD_LOCAL | FIELD_PEER)))
		return;
	if (peer && !moved) {
		put_pair(line, shown);
		return;
	}
	put_one(line, shown, FIELD_LOCAL, LABEL_LOCAL);
	if (moved)
		put_one(line, shown, FIELD_PEER, LABEL_PEER);
}

static void add_queue_note(struct line *line, const struct endpoint *endpoint, uint32_t field)
{
	if (parts_counts_memory(endpoint, field))
		add_note(line, OUT_DIM, LABEL_MEMORY);
	else if (field == FIELD_RECV_QUEUE && parts_fin_arrived(endpoint))
		add_note(line, OUT_DIM, LABEL_FIN_COUNTS);
}

static void put_queue(struct line *line, const struct shown *shown, uint32_t field,
		      enum label which, uint32_t was, uint32_t now)
{
	bool changed = style_of(shown, field) == OUT_CHANGE && was != now;

	if (!(shown->now.has & field) || (now == 0 && !changed))
		return;
	add_label(line, which, " ");
	if (changed) {
		line_number(line, OUT_DIM, was);
		add_became(line);
	}
	line_number(line, changed ? OUT_CHANGE : OUT_PLAIN, now);
	if (now)
		add_queue_note(line, &shown->now, field);
	line_put(line);
}

static void put_accept_queue(struct line *line, const struct shown *shown)
{
	const struct endpoint *was = &shown->was, *now = &shown->now;
	bool before = shown->known && was->has & FIELD_ACCEPT_QUEUE;
	bool length = before && was->accept_length != now->accept_length;
	bool backlog = before && was->accept_backlog != now->accept_backlog;

	if (!(now->has & FIELD_ACCEPT_QUEUE) || shown->gone)
		return;
	add_label(line, LABEL_ACCEPT_QUEUE, " ");
	if (length) {
		line_number(line, OUT_DIM, was->accept_length);
		add_became(line);
	}
	line_number(line, length ? OUT_CHANGE : OUT_PLAIN, now->accept_length);
	line_add(line, OUT_PLAIN, " of ");
	if (backlog) {
		line_number(line, OUT_DIM, was->accept_backlog);
		add_became(line);
	}
	line_number(line, backlog ? OUT_CHANGE : OUT_PLAIN, now->accept_backlog);
	/* A backlog of N admits N+1: sk_acceptq_is_full(). */
	if (now->accept_length > now->accept_backlog)
		add_note(line, OUT_PLAIN, LABEL_FULL);
	line_put(line);
}

static uint32_t queue_was(const struct endpoint *was, uint32_t field, uint32_t value)
{
	return (was->has & field) ? value : 0;
}

static void put_queues(struct line *line, const struct shown *shown)
{
	const struct endpoint *was = &shown->was, *now = &shown->now;

	put_queue(line, shown, FIELD_RECV_QUEUE, LABEL_RECV_QUEUE,
		  queue_was(was, FIELD_RECV_QUEUE, was->recv_queue), now->recv_queue);
	put_queue(line, shown, FIELD_SEND_QUEUE, LABEL_SEND_QUEUE,
		  queue_was(was, FIELD_SEND_QUEUE, was->send_queue), now->send_queue);
	put_accept_queue(line, shown);
}

static void put_timer(struct line *line, const struct shown *shown)
{
	const struct endpoint *was = &shown->was, *now = &shown->now;
	bool has = now->has & FIELD_TIMER && now->timer.kind;
	bool had = was->has & FIELD_TIMER && was->timer.kind;
	bool changed = style_of(shown, FIELD_TIMER) == OUT_CHANGE;

	if (shown->gone || (!has && !(changed && had)))
		return;
	add_label(line, LABEL_TIMER, ": ");
	if (!has) {
		parts_timer_kind(&line->text, was->timer.kind);
		line_added(line, OUT_DIM);
		add_became(line);
		line_add(line, OUT_CHANGE, label(LABEL_OFF));
	} else {
		parts_timer(&line->text, &now->timer);
		line_added(line, changed ? OUT_CHANGE : OUT_PLAIN);
	}
	line_put(line);
}

/* Told when it changes only: TCP's state says it afterwards, and a ghost has no use for it. */
static void put_shutdown(struct line *line, const struct shown *shown)
{
	if (style_of(shown, FIELD_SHUTDOWN) != OUT_CHANGE || shown->gone || shown->now.ghost)
		return;
	if (!(shown->now.has & FIELD_SHUTDOWN))
		return;
	add_label(line, LABEL_SHUTDOWN, ": ");
	line_add(line, OUT_DIM,
		 parts_shutdown(shown->was.has & FIELD_SHUTDOWN ? shown->was.shutdown : 0));
	add_became(line);
	line_add(line, OUT_CHANGE, parts_shutdown(shown->now.shutdown));
	line_put(line);
}

/* Where it is, if that is not the process of the step: a host's first process has its name. */
static void put_owner(struct line *line, const struct shown *shown, const char *process)
{
	if (!shown->process || (process && strcmp(shown->process, process) == 0))
		return;
	if (shown->host) {
		line_add(line, OUT_PLAIN, "on ");
		line_add(line, OUT_PLAIN, shown->host);
		line_put(line);
	}
	/* What is said of those who share it names it. */
	if (shown->fd >= 0 && !shown->sharer_count && !shown->closed_process &&
	    (!shown->host || strcmp(shown->process, shown->host) != 0)) {
		line_add(line, OUT_PLAIN, "@");
		line_add(line, OUT_PLAIN, shown->process);
		line_put(line);
	}
}

static void put_notes(struct line *line, const struct shown *shown, const char *process)
{
	struct buf note = {0};

	if (!shown->gone && !shown->untold)
		parts_note(&note, shown);
	if (note.len)
		line_words(line, OUT_PLAIN, buf_text(&note));
	buf_free(&note);
	put_owner(line, shown, process);
	if (shown->name) {
		line_add(line, OUT_PLAIN, shown->name);
		line_put(line);
	}
}

/* How it is, of what the kernel tells of in /proc, and of pipes. */
static void put_other(struct line *line, const struct shown *shown)
{
	struct buf text = {0};

	if (!shown->info && strcmp(shown->what, "pipe") != 0)
		return;
	other_note(&text, shown);
	if (text.len)
		line_words(line, OUT_PLAIN, buf_text(&text));
	buf_reset(&text);
	parts_ready(&text, &shown->now);
	if (text.len) {
		add_label(line, LABEL_READY, ": ");
		line_add(line, OUT_PLAIN, buf_text(&text));
		line_put(line);
	}
	buf_free(&text);
}

static void put_untold(struct line *line, const struct shown *shown)
{
	line_words(line, OUT_PLAIN, shown->what);
	if (shown->closed || shown->gone) {
		line_glyph(line, OUT_DIM, OUT_BECAME);
		line_add(line, OUT_CHANGE, " ");
		line_add(line, OUT_CHANGE, label(LABEL_CLOSED));
		line_put(line);
	} else {
		put_other(line, shown);
	}
}

void text_endpoint(struct line *line, const struct shown *shown, const char *process)
{
	bool narrow = line->out->width < TEXT_NARROW;

	put_head(line->out, shown);
	if (shown->untold) {
		line_start(line, KIND_COLUMN, KIND_COLUMN, KIND_COLUMN);
		put_untold(line, shown);
	} else {
		line_start(line, narrow ? 0 : ADDRESS_COLUMN, narrow ? KIND_COLUMN : ADDRESS_COLUMN,
			   KIND_COLUMN);
		put_addresses(line, shown);
		put_queues(line, shown);
		put_timer(line, shown);
		put_shutdown(line, shown);
	}
	put_notes(line, shown, process);
	line_end(line);
}
