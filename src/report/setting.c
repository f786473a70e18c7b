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
