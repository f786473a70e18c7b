/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/setting.h"

#include <string.h>

static void put_value(struct out *out, const struct sysctl *setting, const char *value)
{
	out_text(out, value[0] ? value : "(empty)");
	if (setting->cut)
		out_glyph(out, OUT_DOTS);
}

void setting_put(struct out *out, const struct sysctl *setting, const char *meaning)
{
	bool changed = setting->set && strcmp(setting->was, setting->value) != 0;

	out_printf(out, "  %s  %s  ", setting->host, setting->name);
	if (!setting->readable)
		out_text(out, "set; it cannot be read");
	if (changed) {
		put_value(out, setting, setting->was);
		out_text(out, " ");
		out_glyph(out, OUT_BECAME);
		out_text(out, " ");
		out_style(out, OUT_CHANGE);
	}
	if (setting->readable)
		put_value(out, setting, setting->value);
	out_newline(out);
	if (!meaning)
		return;
	out_pad(out, 6);
	out_style(out, OUT_DIM);
	out_wrap(out, 6, meaning);
}

void setting_json(struct emit *emit, const struct sysctl *setting)
{
	emit_key(emit, "host");
	emit_text(emit, setting->host);
	emit_key(emit, "name");
	emit_text(emit, setting->name);
	emit_key(emit, "value");
	emit_text(emit, setting->readable ? setting->value : NULL);
	emit_key(emit, "was");
	emit_text(emit, setting->readable && setting->set ? setting->was : NULL);
}

#define NAME_COLUMN 2
#define FIGURE_GAP  2

static void print_figure(struct buf *out, const struct session_limit *limit)
{
	if (limit->used >= 0)
		buf_printf(out, "%ld of ", limit->used);
	if (limit->first >= 0)
		buf_printf(out, "%ld to %ld: %ld", limit->first, limit->most,
			   limit->most - limit->first + 1);
	else if (limit->most < 0)
		buf_str(out, "no limit");
	else
		buf_printf(out, "%ld", limit->most);
	if (limit->unit)
		buf_printf(out, " %s", limit->unit);
}

void setting_put_limits(struct out *out, const struct session_limit *list, size_t count)
{
	size_t widest = 0, i;

	for (i = 0; i < count; i++)
		if (strlen(list[i].name) > widest)
			widest = strlen(list[i].name);
	for (i = 0; i < count; i++) {
		struct buf figure = {0};

		print_figure(&figure, &list[i]);
		out_pad(out, NAME_COLUMN);
		out_style(out, OUT_HEAD);
		out_text(out, list[i].name);
		out_style(out, OUT_PLAIN);
		out_pad(out, NAME_COLUMN + widest + FIGURE_GAP);
		out_text(out, buf_text(&figure));
		out_style(out, OUT_DIM);
		out_printf(out, "  %s", list[i].setting);
		out_newline(out);
		out_pad(out, 6);
		out_style(out, OUT_DIM);
		out_wrap(out, 6, list[i].text ? list[i].text : "");
		out->buf.failed |= figure.failed;
		buf_free(&figure);
	}
}

void setting_json_limits(struct emit *emit, const struct session_limit *list, size_t count)
{
	size_t i;

	emit_key(emit, "limits");
	emit_open(emit, '[');
	for (i = 0; i < count; i++) {
		emit_open(emit, '{');
		emit_add_text(emit, "name", list[i].name);
		emit_add_text(emit, "setting", list[i].setting);
		emit_add_natural(emit, "used", list[i].used);
		emit_add_natural(emit, "first", list[i].first);
		emit_add_natural(emit, "most", list[i].most);
		emit_add_text(emit, "unit", list[i].unit);
		emit_add_text(emit, "text", list[i].text);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
}
