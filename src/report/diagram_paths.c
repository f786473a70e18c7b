/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/diagram_paths.h"

#include <string.h>

#include "names/words.h"
#include "report/line.h"
#include "report/parts.h"

#define INDENT 2
#define GAP    3
#define NARROW 4 /* where what has no room behind the tag begins */

/* More than fit on a screen; JSON has all. */
#define PATHS_SHOWN 16

static void put_hint(struct out *out, const struct buf *text)
{
	out_text(out, "  ");
	out_style(out, OUT_DIM);
	out_wrap(out, INDENT, buf_text(text));
	out->buf.failed |= text->failed;
}

static bool has_mark(const struct picture *picture, enum mark mark)
{
	for (size_t i = 0; i < ARC_COUNT; i++)
		if (picture->arcs[i] == mark)
			return true;
	for (size_t i = 0; i < PLACE_COUNT; i++)
		if (picture->places[i] == mark)
			return true;
	return false;
}

void diagram_legend(struct out *out, const struct picture *picture, size_t count)
{
	struct buf text = {0};

	words_fill(&text, count ? "diagram.legend" : "diagram.bare", NULL);
	if (has_mark(picture, MARK_READ)) {
		buf_char(&text, ' ');
		words_fill(&text, "diagram.read", "line", drawing_dash(out->unicode, STROKE_HEAVY),
			   NULL);
	}
	if (has_mark(picture, MARK_UNSEEN)) {
		buf_char(&text, ' ');
		words_fill(&text, picture->shortest ? "diagram.shortest" : "diagram.only", "line",
			   drawing_dash(out->unicode, STROKE_DASHED), NULL);
	}
	put_hint(out, &text);
	buf_free(&text);
}

/* A state on the way, with the arrow that leads to it; GLYPH -1: none does. */
static void put_state(struct out *out, size_t indent, int glyph, const char *before,
		      const char *name, const char *behind)
{
	size_t width = strlen(before) + strlen(name) + strlen(behind) + (glyph < 0 ? 0 : 3);

	if (out->column > indent && out->column + 1 + width > (size_t)out->width)
		out_newline(out);
	if (out->column < indent)
		out_pad(out, indent);
	else if (out->column > indent)
		out_text(out, " ");
	if (glyph >= 0) {
		out_style(out, OUT_DIM);
		out_glyph(out, (enum out_glyph)glyph);
		out_style(out, OUT_PLAIN);
		out_text(out, " ");
	}
	out_text(out, before);
	out_text(out, name);
	out_text(out, behind);
}

static void put_leg(struct out *out, size_t indent, const struct leg *leg)
{
	const char *name = endpoint_state_name(leg->to);
	bool seen = leg->point != NULL;

	if (leg->kind == LEG_UNKNOWN)
		put_state(out, indent, OUT_TO, "", "(?)", "");
	put_state(out, indent, leg->kind == LEG_OTHER ? OUT_BECAME : OUT_TO, seen ? "" : "(", name,
		  seen ? "" : ")");
}

/* What the arrows do not say. */
static void put_remark(struct out *out, size_t indent, const struct leg *leg)
{
	const char *arrow = out->unicode ? "⇒" : "=>";
	struct buf text = {0};

	buf_printf(&text, "%s %s %s: ", endpoint_state_name(leg->from), arrow,
		   endpoint_state_name(leg->to));
	trail_words(&text, leg);
	out_pad(out, indent);
	out_style(out, OUT_WHY);
	out_wrap(out, indent, buf_text(&text));
	out->buf.failed |= text.failed;
	buf_free(&text);
}

static void put_trail(struct out *out, size_t indent, const struct traced *traced)
{
	struct trail trail;

	trail_follow(&trail, traced);
	if (trail.first == STATE_NONE)
		return;
	out_pad(out, indent);
	if (traced->path.cut) {
		out_glyph(out, OUT_DOTS);
		out_text(out, " ");
	}
	out_text(out, endpoint_state_name(trail.first));
	for (size_t i = 0; i < trail.count; i++)
		put_leg(out, indent, &trail.legs[i]);
	out_newline(out);
	for (size_t i = 0; i < trail.count; i++)
		if (trail.legs[i].words)
			put_remark(out, indent, &trail.legs[i]);
}

static void add_address(struct line *line, const struct address *address)
{
	if (address->len && !(address_port(address) == 0 && address_is_any(address)))
		address_print(&line->text, address);
	if (line->text.len)
		line_added(line, OUT_PLAIN);
}

static void put_addresses(struct line *line, const struct traced *traced)
{
	add_address(line, &traced->local);
	if (traced->peer.len) {
		line_add(line, OUT_PLAIN, " ");
		line_glyph(line, OUT_PLAIN, OUT_TO);
		line_add(line, OUT_PLAIN, " ");
		add_address(line, &traced->peer);
	}
	line_put(line);
}

static void put_path(struct line *line, const struct paths *paths, size_t index, size_t indent)
{
	const struct traced *traced = &paths->list[index];
	struct out *out = line->out;
	struct buf tag = {0};

	diagram_tag(&tag, traced, paths->processes);
	out_text(out, "  ");
	out_style(out, OUT_HEAD);
	out_text(out, buf_text(&tag));
	out_style(out, OUT_PLAIN);
	out->buf.failed |= tag.failed;
	buf_free(&tag);
	line_start(line, indent, indent, NARROW);
	line_add(line, traced->gone ? OUT_DIM : OUT_CHANGE, endpoint_state_name(traced->state));
	line_put(line);
	put_addresses(line, traced);
	if (traced->name) {
		line_add(line, OUT_PLAIN, traced->name);
		line_put(line);
	}
	line_end(line);
	put_trail(out, indent, traced);
}

static size_t widest_tag(const struct paths *paths)
{
	size_t widest = 0;

	for (size_t i = 0; i < paths->count; i++) {
		struct buf tag = {0};

		diagram_tag(&tag, &paths->list[i], paths->processes);
		if (tag.len > widest)
			widest = tag.len;
		buf_free(&tag);
	}
	return widest;
}

void diagram_paths(struct out *out, const struct paths *paths)
{
	size_t shown = paths->count < PATHS_SHOWN ? paths->count : PATHS_SHOWN;
	size_t indent = INDENT + widest_tag(paths) + GAP;
	struct line line;

	line_init(&line, out);
	for (size_t i = 0; i < shown; i++)
		put_path(&line, paths, i, indent);
	line_free(&line);
	if (shown == paths->count)
		return;
	out_printf(out, "  and %zu more", paths->count - shown);
	out_newline(out);
}
