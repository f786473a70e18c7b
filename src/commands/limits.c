/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/verbs.h"

static int run_limits(struct shell *shell, const struct value *values, struct error *err)
{
	struct session_limit list[SESSION_LIMITS];

	(void)values;
	(void)err;
	shell->report->ops->limits(shell->report, shell->place.process, list,
				   session_limits(shell->session, list));
	return 0;
}

const struct verb verb_limits = {
	.record =
		{.name = "limits",
		 .prototype = "limits",
		 .help = "list what stops those who make many sockets, with this machine's figures",
		 .example = "limits"},
	.run = run_limits,
};
