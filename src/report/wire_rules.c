/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/wire_rules.h"

#include <string.h>

#include "base/grow.h"

static bool is_used_up(const struct rule *rule)
{
	return rule->most && rule->acted == rule->most;
}

static void put_rule(struct out *out, const struct rule *rule)
{
	struct buf text = {0};

	buf_printf(&text, "rule %u: ", rule->number);
	rules_print(&text, rule);
	buf_printf(&text, "; matched %lu", rule->matched);
	if (rule->acted != rule->matched)
		buf_printf(&text, ", acted on %lu", rule->acted);
	if (is_used_up(rule))
		buf_str(&text, ", used up");
	out_text(out, "  ");
	out_wrap(out, 4, buf_text(&text));
	out->buf.failed |= text.failed;
	buf_free(&text);
}

void wire_rules_put(struct out *out, const struct rule *list, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		put_rule(out, &list[i]);
	if (count)
		return;
	out_text(out, "  the wire has no rules");
	out_newline(out);
}

static void print_number(struct buf *out, const struct rule *rule)
{
	buf_printf(out, "%u", rule->number);
}

static void print_matched(struct buf *out, const struct rule *rule)
{
	buf_printf(out, "%lu", rule->matched);
}

static void print_acted(struct buf *out, const struct rule *rule)
{
	buf_printf(out, "%lu", rule->acted);
}

static void print_used_up(struct buf *out, const struct rule *rule)
{
	buf_str(out, is_used_up(rule) ? "true" : "false");
}

static const struct {
	const char *name;
	bool text; /* a string in JSON */
	void (*print)(struct buf *out, const struct rule *rule);
} fields[] = {
	{"number", false, print_number},   {"rule", true, rules_print},
	{"matched", false, print_matched}, {"acted", false, print_acted},
	{"used_up", false, print_used_up},
};

int wire_rule_field(struct buf *out, const struct rule *rule, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < COUNT_OF(fields); i++) {
		if (strlen(fields[i].name) != len || memcmp(fields[i].name, name, len) != 0)
			continue;
		fields[i].print(out, rule);
		return 0;
	}
	return -1;
}

static void put_json(struct emit *emit, const struct rule *rule)
{
	size_t i, start;

	emit_open(emit, '{');
	for (i = 0; i < COUNT_OF(fields); i++) {
		emit_key(emit, fields[i].name);
		start = fields[i].text ? emit_string_begin(emit) : emit_value_begin(emit);
		fields[i].print(emit->out, rule);
		if (fields[i].text)
			emit_string_end(emit, start);
	}
	emit_close(emit, '}');
}

void wire_rules_json(struct emit *emit, const struct rule *list, size_t count)
{
	size_t i;

	emit_key(emit, "rules");
	emit_open(emit, '[');
	for (i = 0; i < count; i++)
		put_json(emit, &list[i]);
	emit_close(emit, ']');
}
