/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "commands/verbs.h"

static void list_processes(struct shell *shell)
{
	struct buf text = {0};
	struct owner *owner;
	size_t i;

	for (i = 0; (owner = session_process_at(shell->session, i)); i++) {
		const char *parent = session_process_parent(owner);

		buf_printf(&text, "%s%-10s pid %d",
			   owner == session_current(shell->session) ? "* " : "  ",
			   session_process_name(owner), session_process_pid(owner));
		if (session_process_host(owner))
			buf_printf(&text, ", on %s", session_process_host(owner));
		if (parent)
			buf_printf(&text, ", forked by %s", parent);
		buf_str(&text, session_process_alive(owner) ? "\n" : "  dead\n");
	}
	shell_print(shell, &text);
	buf_free(&text);
}

static int run_process(struct shell *shell, const struct value *values, struct error *err)
{
	const char *name = values[0].data;
	struct owner *owner;

	if (!name) {
		list_processes(shell);
		return 0;
	}
	owner = session_process(shell->session, name, strlen(name));
	if (values[1].data && (strcmp(values[1].data, "on") != 0 || !values[2].data))
		return error_set(err, "expected: process NAME on HOST");
	if (owner && session_process_alive(owner) && !values[1].data) {
		session_go_to(shell->session, owner);
		return 0;
	}
	return session_start(shell->session, name, strlen(name), values[2].data,
			     values[2].data ? strlen(values[2].data) : 0, err);
}

static const struct name process_words[] = {{"on", 0, "a host of the lab"}};

static const struct names names_process_words = {
	.kind = "word", .list = process_words, .count = COUNT_OF(process_words)};

const struct verb verb_process = {
	.record =
		{.name = "process",
		 .prototype = "process [NAME [on HOST]]",
		 .help = "list the processes, go to one, or start a new one, or one that has died",
		 .example = "process client",
		 .args = {{.name = "NAME", .kind = &kind_process, .flags = ARG_OPTIONAL},
			  {.name = "on",
			   .kind = &kind_word,
			   .names = &names_process_words,
			   .flags = ARG_OPTIONAL},
			  {.name = "HOST", .kind = &kind_host, .flags = ARG_OPTIONAL}}},
	.run = run_process,
};

static int kill_process(struct shell *shell, const struct value *name, int signal,
			struct error *err)
{
	struct owner *owner = session_process(shell->session, name->data, name->size);
	int result = -1;

	if (owner) {
		shell->kills = true;
		result = session_kill(shell->session, owner, signal, err);
		shell->kills = false;
	} else {
		error_set(err, "there is no process %s, and a job has a number",
			  (const char *)name->data);
	}
	if (result < 0) {
		err->column = (int)name->number;
		err->length = (int)name->size;
	}
	return result;
}

static int run_kill(struct shell *shell, const struct value *values, struct error *err)
{
	if (values[0].data)
		return kill_process(shell, &values[0], (int)values[1].number, err);
	if (values[0].size)
		return kill_process(shell, &values[1], (int)values[0].number, err);
	return session_interrupt(shell->session, (int)values[0].number, err);
}

const struct verb verb_kill = {
	.record =
		{.name = "kill",
		 .prototype = "kill JOB|PROCESS [SIGNAL]",
		 .help = "interrupt a job's call, which returns EINTR; or send a process a signal",
		 .example = "kill child SIGKILL",
		 .args = {{.name = "WHAT", .kind = &kind_kill},
			  {.name = "SIGNAL",
			   .kind = &kind_kill_signal,
			   .names = &names_signal,
			   .flags = ARG_OPTIONAL}}},
	.run = run_kill,
};
