/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "calls/kinds.h"
#include "commands/verbs.h"

static bool is_number(const char *text)
{
	return isdigit((unsigned char)text[0]) || text[0] == '-' || strcmp(text, ".") == 0;
}

static int crash(struct shell *shell, int fd, struct owner *owner, struct error *err)
{
	int result;

	if (!owner)
		return session_crash_socket(shell->session, fd, shell->command.text,
					    shell->command.len, err);
	shell->kills = true;
	result = session_crash_process(shell->session, owner, err);
	shell->kills = false;
	return result;
}

/* A descriptor's name in the current process comes before a process's. */
static int run_crash(struct shell *shell, const struct value *values, struct error *err)
{
	struct session *session = shell->session;
	const char *text = values[0].data;
	size_t len = values[0].size;
	int fd = session_descriptor(session, text, len, err);
	bool is_fd = !err->text[0];
	struct owner *owner = is_fd ? NULL : session_process(session, text, len);

	if (is_fd || (owner && !is_number(text))) {
		if (crash(shell, fd, owner, err) == 0)
			return 0;
	} else if (!is_number(text)) {
		error_set(err, "%s is neither a descriptor of process %s nor a process", text,
			  session_process_name(session_current(session)));
	}
	err->column = (int)values[0].number;
	err->length = (int)len;
	return -1;
}

const struct verb verb_crash = {
	.record =
		{.name = "crash",
		 .prototype = "crash FD|PROCESS",
		 .help = "make a socket forget without a word, as a loss of power does; or all of "
			 "a process, which dies",
		 .example = "crash 3",
		 .args = {{.name = "WHAT", .kind = &kind_crash}}},
	.run = run_crash,
};
