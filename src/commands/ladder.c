/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>

#include "calls/kinds.h"
#include "commands/verbs.h"

/* What stands for a descriptor that is left out: no word is such a number. */
#define ALL_PACKETS "-2147483648"

static int run_ladder(struct shell *shell, const struct value *values, struct error *err)
{
	struct shown_ladder shown;
	int fd = (int)values[0].number;

	if (fd < 0 && fd != INT_MIN)
		return error_set(err, "fd %d is not open", fd);
	if (session_ladder(shell->session, fd < 0 ? -1 : fd, &shown, err) < 0)
		return -1;
	shell->report->ops->ladder(shell->report, &shown);
	return 0;
}

const struct verb verb_ladder = {
	.record =
		{.name = "ladder",
		 .prototype = "ladder [FD]",
		 .help = "draw the packets of a socket since its birth, or all, between the hosts",
		 .example = "ladder 3",
		 .args = {{.name = "FD",
			   .kind = &kind_fd,
			   .flags = ARG_OPTIONAL,
			   .fallback = ALL_PACKETS}}},
	.run = run_ladder,
};
