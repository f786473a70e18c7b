/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "calls/kinds.h"
#include "commands/verbs.h"

void wire_tell(struct shell *shell)
{
	session_tell_wire(shell->session, shell->command.text, shell->command.len);
}

static int deed(struct shell *shell, enum session_deed what, const struct value *values,
		struct error *err)
{
	if (session_packet(shell->session, what, (unsigned long)values[0].number, err) < 0)
		return -1;
	wire_tell(shell);
	return 0;
}

enum wire_action { WIRE_DO_LIST, WIRE_DO_HOLD, WIRE_DO_FLOW, WIRE_DO_STEP };

/* clang-format off */
static const struct name wire_actions[] = {
	{"list", WIRE_DO_LIST, "what is held, the oldest first"},
	{"hold", WIRE_DO_HOLD, "packets wait on the wire from now on"},
	{"flow", WIRE_DO_FLOW, "packets go on at once from now on, and what was held first"},
	{"step", WIRE_DO_STEP, "deliver the packet that has been held longest"},
};
/* clang-format on */

static const struct names names_wire = {
	.kind = "thing to do with the wire", .list = wire_actions, .count = COUNT_OF(wire_actions)};

static void list_loopback(struct shell *shell)
{
	struct buf text = {0};

	if (!verbs_has_hosts(shell))
		buf_str(&text, "there is no lab: `host NAME` makes one, or --lab\n");
	session_tell_loopback(shell->session, &text);
	buf_char(&text, '\n');
	shell_print(shell, &text);
	buf_free(&text);
}

static int list_wire(struct shell *shell, struct error *err)
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

static int run_wire(struct shell *shell, const struct value *values, struct error *err)
{
	static const struct value oldest[CALL_ARGS]; /* number 0 */

	if (verbs_constant(&names_wire, values[0].number, err) < 0)
		return -1;
	switch (values[0].number) {
	case WIRE_DO_STEP:
		return deed(shell, DEED_DELIVER, oldest, err);
	case WIRE_DO_HOLD:
	case WIRE_DO_FLOW:
		if (session_hold(shell->session, values[0].number == WIRE_DO_HOLD, err) < 0)
			return -1;
		wire_tell(shell);
		return 0;
	default:
		return list_wire(shell, err);
	}
}

const struct verb verb_wire = {
	.record = {.name = "wire",
		   .prototype = "wire [list|hold|flow|step]",
		   .help = "what the lab's wire holds; let packets wait there, or go on",
		   .example = "wire hold",
		   .args = {{.name = "WHAT",
			     .kind = &kind_constant,
			     .names = &names_wire,
			     .flags = ARG_OPTIONAL,
			     .fallback = "list"}}},
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
