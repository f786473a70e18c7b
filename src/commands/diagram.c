/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/kinds.h"
#include "commands/verbs.h"

static int run_diagram(struct shell *shell, const struct value *values, struct error *err)
{
	const struct traced *list;
	size_t count;

	if (session_trace(shell->session, (int)values[0].number, &list, &count, err) < 0)
		return -1;
	shell->report->ops->diagram(shell->report, list, count);
	return 0;
}

const struct verb verb_diagram = {
	.record = {.name = "diagram",
		   .prototype = "diagram [FD]",
		   .help = "draw TCP's state machine, with endpoints on their states and the way "
			   "that they took",
		   .example = "diagram 3",
		   .args = {{.name = "FD", .kind = &kind_fd_or_all, .flags = ARG_OPTIONAL}}},
	.run = run_diagram,
};
