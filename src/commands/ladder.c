/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <string.h>

#include "calls/kinds.h"
#include "commands/verbs.h"

/* What stands for a descriptor that is left out: no word is such a number. */
#define ALL_PACKETS "-2147483648"

/* The descriptor, which is the command's last word, is what is wrong. */
static int place(const struct shell *shell, struct error *err)
{
	const char *text = shell->command.text;
	size_t end = shell->command.len, start;

	while (end && strchr(" );", text[end - 1]))
		end--;
	for (start = end; start && !strchr(" (", text[start - 1]); start--)
		;
	err->column = shell->command.column + (int)start;
	err->length = (int)(end - start);
	return -1;
}

static int run_ladder(struct shell *shell, const struct value *values, struct error *err)
{
	struct shown_ladder shown;
	int fd = (int)values[0].number;

	if (fd < 0 && fd != INT_MIN) {
		error_set(err, "fd %d is not open", fd);
		return place(shell, err);
	}
	if (session_ladder(shell->session, fd < 0 ? -1 : fd, &shown, err) < 0)
		return place(shell, err);
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
