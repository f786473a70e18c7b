/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <string.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "calls/literal.h"
#include "commands/verbs.h"

void wire_tell(struct shell *shell)
{
	session_tell_wire(shell->session, shell->command.text, shell->command.len);
}

static bool is_between(char c)
{
	return strchr(" \t,()", c) != NULL;
}

/*
 * Puts the place of an error, where it has none, at an argument of the command, from 1, or at the
 * command's name where it was left out. LAST: and at all behind it. Returns -1.
 */
static int at_argument(const struct shell *shell, int index, bool last, struct error *err)
{
	const char *text = shell->command.text;
	size_t at = 0, start = 0, end = strcspn(text, " \t,(");

	end = end < shell->command.len ? end : shell->command.len;
	for (at = end; index && at < shell->command.len; index--) {
		while (at < shell->command.len && is_between(text[at]))
			at++;
		if (at == shell->command.len)
			break;
		start = at;
		while (at < shell->command.len && !is_between(text[at]))
			at++;
		end = at;
	}
	if (err->column)
		return -1;
	err->column = shell->command.column + (int)start;
	err->length = (int)((last ? shell->command.len : end) - start);
	return -1;
}

static int deed(struct shell *shell, enum session_deed what, const struct value *values,
		struct error *err)
{
	if (session_packet(shell->session, what, (unsigned long)values[0].number, err) < 0)
		return at_argument(shell, 1, false, err);
	wire_tell(shell);
	return 0;
}

/* Behind them come the deeds of rules: WIRE_DO_RULE + enum rule_deed. */
enum wire_action {
	WIRE_DO_LIST,
	WIRE_DO_HOLD,
	WIRE_DO_FLOW,
	WIRE_DO_STEP,
	WIRE_DO_RULES,
	WIRE_DO_REMOVE,
	WIRE_DO_CLEAR,
	WIRE_DO_RULE,
};

/* clang-format off */
static const struct name wire_actions[] = {
	{"list", WIRE_DO_LIST, "what is held, the oldest first, and what is delayed"},
	{"hold", WIRE_DO_HOLD, "packets wait on the wire from now on; with words behind it, a rule"},
	{"flow", WIRE_DO_FLOW, "packets go on at once from now on, and what was held first"},
	{"step", WIRE_DO_STEP, "deliver the packet that has been held longest"},
	{"rules", WIRE_DO_RULES, "the rules, and how often each matched"},
	{"rule", WIRE_DO_REMOVE, "`wire rule 1 off` removes it"},
	{"clear", WIRE_DO_CLEAR, "remove all rules"},
	{"drop", WIRE_DO_RULE + RULE_DROP, "a rule: what matches is lost"},
	{"loss", WIRE_DO_RULE + RULE_LOSS, "a rule: what matches is lost by chance, such as 10%"},
	{"delay", WIRE_DO_RULE + RULE_DELAY, "a rule: what matches goes on after a time"},
	{"duplicate", WIRE_DO_RULE + RULE_DUPLICATE, "a rule: what matches arrives twice"},
	{"corrupt", WIRE_DO_RULE + RULE_CORRUPT, "a rule: a bit of what matches is flipped"},
	{"reorder", WIRE_DO_RULE + RULE_REORDER, "a rule: what matches goes behind the next packet"},
};
/* clang-format on */

static const struct names names_wire = {
	.kind = "thing to do with the wire", .list = wire_actions, .count = COUNT_OF(wire_actions)};

static void list_loopback(struct shell *shell)
{
	struct shown_loopback loopback = session_loopback(shell->session);

	if (!verbs_has_hosts(shell))
		shell->report->ops->text(shell->report,
					 "there is no lab: `host NAME` makes one, or --lab\n");
	shell->report->ops->loopback(shell->report, &loopback);
}

static int run_list(struct shell *shell, struct error *err)
{
	const struct shown_packet *list;
	size_t count;

	if (verbs_has_hosts(shell)) {
		if (session_held(shell->session, &list, &count, err) < 0)
			return -1;
		shell->report->ops->wire(shell->report, session_wire(shell->session)->hold, list,
					 count);
	}
	list_loopback(shell);
	return 0;
}

static int run_hold(struct shell *shell, bool hold, struct error *err)
{
	if (session_hold(shell->session, hold, err) < 0)
		return -1;
	wire_tell(shell);
	return 0;
}

/* A value of the rest: its words are the line's, so a message can point at one. */
static int too_many(const struct value *rest, struct error *err)
{
	return error_at(err, (int)rest->number, (int)rest->size,
			"nothing comes behind that: `help wire` tells what there is");
}

/* N off */
static int remove_rule(struct shell *shell, const struct value *rest, struct error *err)
{
	struct rules *rules = session_rules(shell->session, err);
	const char *text = rest->data ? rest->data : "";
	size_t len = strcspn(text, " \t,"), gap = strspn(text + len, " \t,");
	long number;

	if (!rules)
		return -1;
	if (!len || strcmp(text + len + gap, "off") != 0)
		return error_at(err, (int)rest->number, (int)rest->size,
				"expected: wire rule NUMBER off");
	if (literal_number(text, len, 1, LONG_MAX, &number, err) == 0 &&
	    rules_remove(rules, number, err) == 0)
		return 0;
	err->column = (int)rest->number;
	err->length = (int)len;
	return -1;
}

static int list_rules(struct shell *shell, struct error *err)
{
	const struct rules *rules = session_rules(shell->session, err);

	if (!rules)
		return -1;
	shell->report->ops->rules(shell->report, rules->list, (size_t)rules->count);
	return 0;
}

static int clear_rules(struct shell *shell, struct error *err)
{
	struct rules *rules = session_rules(shell->session, err);

	if (!rules)
		return -1;
	rules_clear(rules);
	return 0;
}

static int add_rule(struct shell *shell, enum rule_deed deed, const struct value *rest,
		    struct error *err)
{
	struct rules *rules = session_rules(shell->session, err);
	const char *text = rest->data ? rest->data : "";
	int end = shell->command.column + (int)shell->command.len;
	const struct rule *added;
	struct rule rule;

	if (!rules || rules_read(&rule, deed, text, strlen(text), *text ? (int)rest->number : end,
				 session_lab(shell->session), err) < 0)
		return -1;
	added = rules_add(rules, &rule, err);
	if (!added)
		return -1;
	shell->report->ops->rules(shell->report, added, 1);
	return 0;
}

static int act(struct shell *shell, const struct value *values, struct error *err)
{
	static const struct value oldest[CALL_ARGS]; /* number 0 */
	const struct value *rest = &values[1];
	long action = values[0].number;

	if (verbs_constant(&names_wire, action, err) < 0)
		return -1;
	if (action >= WIRE_DO_RULE)
		return add_rule(shell, (enum rule_deed)(action - WIRE_DO_RULE), rest, err);
	if (action == WIRE_DO_REMOVE)
		return remove_rule(shell, rest, err);
	if (action == WIRE_DO_HOLD && rest->data)
		return add_rule(shell, RULE_HOLD, rest, err);
	if (rest->data)
		return too_many(rest, err);
	switch (action) {
	case WIRE_DO_STEP:
		return deed(shell, DEED_DELIVER, oldest, err);
	case WIRE_DO_HOLD:
	case WIRE_DO_FLOW:
		return run_hold(shell, action == WIRE_DO_HOLD, err);
	case WIRE_DO_RULES:
		return list_rules(shell, err);
	case WIRE_DO_CLEAR:
		return clear_rules(shell, err);
	default:
		return run_list(shell, err);
	}
}

static int run_wire(struct shell *shell, const struct value *values, struct error *err)
{
	return act(shell, values, err) < 0 ? at_argument(shell, 1, false, err) : 0;
}

const struct verb verb_wire = {
	.record = {.name = "wire",
		   .prototype = "wire [list|hold|flow|step|rules|clear] | wire rule N off | wire "
				"drop|loss|delay|duplicate|corrupt|hold|reorder RULE...",
		   .help = "what the lab's wire holds; let packets wait there, or go on; rules for "
			   "those to come",
		   .example = "wire drop tcp syn from a count 2",
		   .args = {{.name = "WHAT",
			     .kind = &kind_constant,
			     .names = &names_wire,
			     .flags = ARG_OPTIONAL,
			     .fallback = "list"},
			    {.name = "RULE",
			     .kind = &kind_wire_rule,
			     .flags = ARG_OPTIONAL | ARG_REST}}},
	.run = run_wire,
};

static int run_deliver(struct shell *shell, const struct value *values, struct error *err)
{
	return deed(shell, DEED_DELIVER, values, err);
}

static int run_drop(struct shell *shell, const struct value *values, struct error *err)
{
	return deed(shell, DEED_DROP, values, err);
}

static int run_duplicate(struct shell *shell, const struct value *values, struct error *err)
{
	return deed(shell, DEED_DUPLICATE, values, err);
}

static int run_corrupt(struct shell *shell, const struct value *values, struct error *err)
{
	if (session_corrupt(shell->session, (unsigned long)values[0].number, err) < 0)
		return at_argument(shell, 1, false, err);
	wire_tell(shell);
	return 0;
}

static int run_delay(struct shell *shell, const struct value *values, struct error *err)
{
	long ms = values[1].number;

	if (ms < 0 || ms > RULE_DELAY_MOST_US / 1000) {
		error_set(err, "a delay is at least 0 and at most a day");
		return at_argument(shell, 2, false, err);
	}
	if (session_delay(shell->session, (unsigned long)values[0].number, ms * 1000, err) < 0)
		return at_argument(shell, 1, false, err);
	wire_tell(shell);
	return 0;
}

static int run_reorder(struct shell *shell, const struct value *values, struct error *err)
{
	if (session_reorder(shell->session, (unsigned long)values[0].number,
			    (unsigned long)values[1].number, err) < 0)
		return at_argument(shell, 1, true, err);
	return run_list(shell, err);
}

/* clang-format off */
#define ARG_PACKET {.name = "PACKET", .kind = &kind_packet, .flags = ARG_OPTIONAL, .fallback = "0"}
/* clang-format on */

const struct verb verb_deliver = {
	.record = {.name = "deliver",
		   .prototype = "deliver [PACKET]",
		   .help = "let a held packet go on, by its number; the oldest, if none is given",
		   .example = "deliver 2",
		   .args = {ARG_PACKET}},
	.run = run_deliver,
};

const struct verb verb_drop = {
	.record = {.name = "drop",
		   .prototype = "drop [PACKET]",
		   .help = "lose a held packet, as a bad network does",
		   .example = "drop 2",
		   .args = {ARG_PACKET}},
	.run = run_drop,
};

const struct verb verb_duplicate = {
	.record = {.name = "duplicate",
		   .prototype = "duplicate [PACKET]",
		   .help = "deliver a copy of a held packet, which stays held",
		   .example = "duplicate 2",
		   .args = {ARG_PACKET}},
	.run = run_duplicate,
};

const struct verb verb_corrupt = {
	.record = {.name = "corrupt",
		   .prototype = "corrupt [PACKET]",
		   .help = "flip a bit of a held packet and deliver it: its checksum fails",
		   .example = "corrupt 2",
		   .args = {ARG_PACKET}},
	.run = run_corrupt,
};

const struct verb verb_delay = {
	.record = {.name = "delay",
		   .prototype = "delay PACKET TIME",
		   .help = "let a held packet go on by itself after a time",
		   .example = "delay 2 500ms",
		   .args = {{.name = "PACKET", .kind = &kind_packet},
			    {.name = "TIME", .kind = &kind_timeout}}},
	.run = run_delay,
};

const struct verb verb_reorder = {
	.record =
		{.name = "reorder",
		 .prototype = "reorder [PACKET [PACKET]]",
		 .help = "let two held packets change places: the oldest and the next, if none is "
			 "given",
		 .example = "reorder 2 3",
		 .args = {ARG_PACKET,
			  {.name = "WITH",
			   .kind = &kind_packet,
			   .flags = ARG_OPTIONAL,
			   .fallback = "0"}}},
	.run = run_reorder,
};

static int run_packet(struct shell *shell, const struct value *values, struct error *err)
{
	struct shown_packet packet;

	if (session_packet_told(shell->session, (unsigned long)values[0].number, &packet, err) < 0)
		return -1;
	shell->report->ops->packet(shell->report, &packet);
	return 0;
}

const struct verb verb_packet = {
	.record =
		{.name = "packet",
		 .prototype = "packet N",
		 .help = "take a packet apart: every field with its bytes, and where it is defined",
		 .example = "packet 1",
		 .args = {{.name = "N", .kind = &kind_number}}},
	.run = run_packet,
};
