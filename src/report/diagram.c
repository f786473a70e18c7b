/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/diagram.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "names/words.h"
#include "report/diagram_paths.h"
#include "report/parts.h"

#define MAIN_PROCESS "main"
#define LIST_COLUMN  18

static enum diagram_place place_of(enum endpoint_state state, enum arc by)
{
	if (by == ARC_LAST_ACK_ACK || by == ARC_TIME_WAIT_OVER)
		return PLACE_END;
	for (size_t i = 0; i < PLACE_END; i++)
		if (place_states[i] == state)
			return (enum diagram_place)i;
	return PLACE_CLOSED;
}

static void mark(enum mark *at, enum mark with)
{
	if (*at < with)
		*at = with;
}

static enum diagram_place follow(struct picture *picture, const struct traced *traced)
{
	enum diagram_place at = place_of(traced->state, ARC_NONE);
	struct trail trail;

	trail_follow(&trail, traced);
	if (trail.first == STATE_NONE)
		return at;
	at = place_of(trail.first, ARC_NONE);
	mark(&picture->places[at], MARK_READ);
	for (size_t i = 0; i < trail.count; i++) {
		const struct leg *leg = &trail.legs[i];
		bool seen = leg->kind == LEG_READ;

		if (leg->arc != ARC_NONE)
			mark(&picture->arcs[leg->arc], seen ? MARK_READ : MARK_UNSEEN);
		picture->shortest |= leg->kind == LEG_SHORT;
		at = place_of(leg->to, leg->arc);
		mark(&picture->places[at], leg->point ? MARK_READ : MARK_UNSEEN);
	}
	return at;
}

void picture_make(struct picture *picture, const struct traced *list, size_t count,
		  enum diagram_place *places)
{
	*picture = (struct picture){0};
	for (size_t i = 0; i < count; i++) {
		enum diagram_place at = follow(picture, &list[i]);

		if (places)
			places[i] = at;
	}
}

void diagram_tag(struct buf *out, const struct traced *traced, bool processes)
{
	int fd = traced->fd >= 0 ? traced->fd : traced->closed_fd;
	const char *what = traced->gone ? "gone" : "ghost";

	if (traced->fd >= 0 && !processes)
		buf_printf(out, "fd %d", fd);
	else if (traced->fd >= 0)
		buf_printf(out, "%s:%d", traced->process, fd);
	else if (traced->queue_of >= 0 && !traced->gone && processes)
		buf_printf(out, "queue %s:%d", traced->process, traced->queue_of);
	else if (traced->queue_of >= 0 && !traced->gone)
		buf_printf(out, "queue %d", traced->queue_of);
	else if (fd >= 0 && processes)
		buf_printf(out, "%s %s:%d", what, traced->process, fd);
	else if (fd >= 0)
		buf_printf(out, "%s %d", what, fd);
	else
		buf_str(out, what);
}

bool diagram_processes(const struct traced *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].process, MAIN_PROCESS) != 0)
			return true;
	return false;
}

/* The next who stands on a place, from INDEX on; COUNT where nobody does. */
static size_t next_on(const struct paths *paths, enum diagram_place at, size_t index)
{
	while (index < paths->count && paths->places[index] != at)
		index++;
	return index;
}

/*
 * Adds those who stand on a place, from INDEX on, as far as there is ROOM. Returns the first who is
 * left out.
 */
static size_t add_tags(struct buf *text, const struct paths *paths, enum diagram_place at,
		       size_t index, size_t room)
{
	for (index = next_on(paths, at, index); index < paths->count;
	     index = next_on(paths, at, index + 1)) {
		struct buf tag = {0};
		bool fits;

		diagram_tag(&tag, &paths->list[index], paths->processes);
		fits = text->len + (text->len ? 2 : 0) + tag.len <= room;
		if (fits)
			buf_printf(text, "%s%s", text->len ? ", " : "", buf_text(&tag));
		text->failed |= tag.failed;
		buf_free(&tag);
		if (!fits)
			break;
	}
	return index;
}

static enum stroke stroke_of(enum mark mark)
{
	static const enum stroke strokes[] = {[MARK_NONE] = STROKE_LIGHT,
					      [MARK_UNSEEN] = STROKE_DASHED,
					      [MARK_READ] = STROKE_HEAVY};

	return strokes[mark];
}

static enum out_style style_of(enum mark mark, bool bare)
{
	static const enum out_style styles[] = {
		[MARK_NONE] = OUT_DIM, [MARK_UNSEEN] = OUT_WHY, [MARK_READ] = OUT_HEAD};

	return bare ? OUT_PLAIN : styles[mark];
}

static void write_border(struct drawing *drawing, size_t x, size_t y, const struct buf *text,
			 enum out_style style)
{
	if (!text->len)
		return;
	drawing_text(drawing, x - 1, y, " ", style);
	drawing_text(drawing, x, y, buf_text(text), style);
	drawing_text(drawing, x + text->len, y, " ", style);
}

static size_t count_on(const struct paths *paths, enum diagram_place at, size_t from)
{
	size_t count = 0;

	for (size_t i = from; i < paths->count; i++)
		count += paths->places[i] == at;
	return count;
}

/* Columns of " +12". */
static size_t rest_width(size_t rest)
{
	return rest < 10 ? 3 : rest < 100 ? 4 : 8;
}

/*
 * Who stands there is written into the lower border; where that has no room, the upper one, too,
 * and then how many more there are.
 */
static void draw_tags(struct drawing *drawing, const struct diagram_box *box,
		      enum diagram_place place, const struct paths *paths, enum out_style style)
{
	size_t room = box->width - 4u, next, rest;
	struct buf upper = {0}, lower = {0};

	if (add_tags(&lower, paths, place, 0, room) < paths->count) {
		next = add_tags(&upper, paths, place, 0, room);
		buf_reset(&lower);
		if (add_tags(&lower, paths, place, next, room) < paths->count) {
			rest = count_on(paths, place, next);
			buf_reset(&lower);
			next = add_tags(&lower, paths, place, next, room - rest_width(rest));
			rest = count_on(paths, place, next);
			buf_printf(&lower, "%s+%zu", lower.len ? " " : "", rest);
		}
	}
	write_border(drawing, box->at.x + 2u, box->at.y, &upper, style);
	write_border(drawing, box->at.x + 2u, box->at.y + box->height - 1u, &lower, style);
	buf_free(&upper);
	buf_free(&lower);
}

static void draw_box(struct drawing *drawing, const struct diagram_box *box,
		     enum diagram_place place, enum mark mark, const struct paths *paths)
{
	const char *name = endpoint_state_name(place_states[place]);
	bool stands = next_on(paths, place, 0) < paths->count;
	enum out_style style = stands ? OUT_CHANGE : style_of(mark, !paths->count);

	drawing_box(drawing, box->at, box->width, box->height, stroke_of(mark), style);
	drawing_text(drawing, box->at.x + (box->width - strlen(name)) / 2, box->at.y + 1u, name,
		     style);
	draw_tags(drawing, box, place, paths, style);
}

static void label_text(struct buf *out, const struct arc_record *arc, enum label_part part,
		       bool with_call)
{
	if (part != PART_ACTION)
		buf_str(out, arc->event);
	if (part != PART_ACTION && with_call && arc->call)
		buf_printf(out, " (%s)", arc->call);
	if (part == PART_BOTH && arc->action)
		buf_str(out, " / ");
	if (part != PART_EVENT && arc->action)
		buf_str(out, arc->action);
}

static void draw_arrow(struct drawing *drawing, const struct diagram_layout *layout, size_t arc,
		       enum mark mark, bool bare)
{
	const struct diagram_arrow *arrow = &layout->arrows[arc];
	enum out_style style = style_of(mark, bare);

	drawing_arrow(drawing, arrow->corners, arrow->count, stroke_of(mark), style);
	for (size_t i = 0; i < ARROW_LABELS; i++) {
		const struct diagram_label *label = &arrow->labels[i];
		struct buf text = {0};

		if (label->part == PART_NONE)
			continue;
		label_text(&text, &arcs[arc], label->part, layout->calls);
		drawing_label(drawing, label->at.x, label->at.y, buf_text(&text), style);
		buf_free(&text);
	}
}

static void draw(struct out *out, const struct diagram_layout *layout,
		 const struct picture *picture, const struct paths *paths)
{
	struct drawing drawing;

	if (drawing_init(&drawing, (size_t)layout->columns, layout->rows, out->unicode) < 0) {
		out->buf.failed = true;
		return;
	}
	for (size_t i = 0; i < PLACE_COUNT; i++)
		draw_box(&drawing, &layout->boxes[i], (enum diagram_place)i, picture->places[i],
			 paths);
	for (size_t i = 0; i < ARC_DRAWN; i++)
		draw_arrow(&drawing, layout, i, picture->arcs[i], !paths->count);
	drawing_put(&drawing, out);
	drawing_free(&drawing);
}

static void list_state(struct out *out, enum diagram_place place, enum mark mark,
		       const struct paths *paths)
{
	struct buf tags = {0};

	out_style(out, style_of(mark, !paths->count));
	out_text(out, "  ");
	out_text(out, mark == MARK_NONE ? " " : drawing_dash(out->unicode, stroke_of(mark)));
	out_text(out, " ");
	out_text(out, endpoint_state_name(place_states[place]));
	add_tags(&tags, paths, place, 0, SIZE_MAX);
	if (tags.len) {
		out_pad(out, LIST_COLUMN);
		out_style(out, OUT_CHANGE);
		out_wrap(out, LIST_COLUMN, buf_text(&tags));
	} else {
		out_newline(out);
	}
	out->buf.failed |= tags.failed;
	buf_free(&tags);
}

/* Where there is no room for a drawing: the states, CLOSED once, and who is where. */
static void list_states(struct out *out, struct picture *picture, const struct paths *paths)
{
	mark(&picture->places[PLACE_CLOSED], picture->places[PLACE_END]);
	for (size_t i = 0; i < paths->count; i++)
		if (paths->places[i] == PLACE_END)
			paths->places[i] = PLACE_CLOSED;
	for (size_t i = 0; i < PLACE_END; i++)
		list_state(out, (enum diagram_place)i, picture->places[i], paths);
}

void diagram_put(struct out *out, const struct traced *list, size_t count)
{
	const struct diagram_layout *layout = diagram_layout_for(out->width);
	struct paths paths = {.list = list,
			      .count = count,
			      .places = calloc(count + 1, sizeof(*paths.places)),
			      .processes = diagram_processes(list, count)};
	struct picture picture;

	if (!paths.places) {
		out->buf.failed = true;
		return;
	}
	picture_make(&picture, list, count, paths.places);
	if (layout)
		draw(out, layout, &picture, &paths);
	else
		list_states(out, &picture, &paths);
	diagram_legend(out, &picture, count);
	diagram_paths(out, &paths);
	free(paths.places);
}
