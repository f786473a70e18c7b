/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/verbs.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "calls/literal.h"

/* clang-format off */
#define ARG_JOB {.name = "JOB", .kind = &kind_job, .flags = ARG_OPTIONAL}
/* clang-format on */

static int tell_jobs(struct shell *shell, struct error *err)
{
	struct job_info *list = NULL;
	size_t count = 0, cap = 0;
	struct session_job job;

	while (session_job(shell->session, count, &job)) {
		if (grow(&list, &cap, count, sizeof(*list)) < 0) {
			free(list);
			return error_set(err, "out of memory");
		}
		list[count++] = (struct job_info){.number = job.number,
						  .process = job.process,
						  .call = job.text,
						  .waits_for = job.waits_for};
	}
	shell->report->ops->jobs(shell->report, list, count);
	free(list);
	return 0;
}

/* The endpoints, and who waits for them. */
static int run_status(struct shell *shell, const struct value *values, struct error *err)
{
	const struct shown *list;
	struct session_job job;
	size_t count;

	(void)values;
	count = session_status(shell->session, &list);
	shell->report->ops->status(shell->report, list, count);
	return session_job(shell->session, 0, &job) ? tell_jobs(shell, err) : 0;
}

static const struct verb verb_status = {
	.record = {.name = "status",
		   .prototype = "status",
		   .help = "all endpoints of the session in a table, and the calls that wait",
		   .example = "status"},
	.run = run_status,
};

static int run_show(struct shell *shell, const struct value *values, struct error *err)
{
	struct shown *shown = calloc(1, sizeof(*shown));
	int result;

	if (!shown)
		return error_set(err, "out of memory");
	result = session_show(shell->session, (int)values[0].number, shown, err);
	if (result == 0)
		shell->report->ops->show(shell->report, shown);
	free(shown);
	return result;
}

static const struct verb verb_show = {
	.record = {.name = "show",
		   .prototype = "show FD",
		   .help = "everything that the kernel tells of one endpoint",
		   .example = "show 3",
		   .args = {{.name = "FD", .kind = &kind_fd}}},
	.run = run_show,
};

static int run_jobs(struct shell *shell, const struct value *values, struct error *err)
{
	(void)values;
	return tell_jobs(shell, err);
}

static const struct verb verb_jobs = {
	.record = {.name = "jobs",
		   .prototype = "jobs",
		   .help = "the calls that wait, and what they wait for",
		   .example = "jobs"},
	.run = run_jobs,
};

/* How a wait ended that the person asked for. */
static int wait_ended(struct shell *shell, enum session_result result, struct error *err)
{
	if (result == RUN_FAILED)
		return -1;
	if (result == RUN_TIMED_OUT)
		return error_set(err, "it still waits: the timeout has passed");
	shell_result(shell, result, err);
	return 0;
}

static int run_wait(struct shell *shell, const struct value *values, struct error *err)
{
	return wait_ended(shell, session_wait(shell->session, (int)values[0].number, false, err),
			  err);
}

static const struct verb verb_wait = {
	.record = {.name = "wait",
		   .prototype = "wait [JOB]",
		   .help = "wait until a job, or every job, has returned",
		   .example = "wait 1",
		   .args = {ARG_JOB}},
	.run = run_wait,
};

static int run_fg(struct shell *shell, const struct value *values, struct error *err)
{
	struct session_job job;
	int number = (int)values[0].number;

	if (!number) {
		size_t last = 0;

		if (!session_job(shell->session, 0, &job))
			return error_set(err, "there is no job");
		while (session_job(shell->session, last, &job))
			last++;
		number = job.number;
	}
	return wait_ended(shell, session_wait(shell->session, number, true, err), err);
}

static const struct verb verb_fg = {
	.record = {.name = "fg",
		   .prototype = "fg [JOB]",
		   .help = "take a job to the foreground, where Ctrl-C interrupts it",
		   .example = "fg 1",
		   .args = {ARG_JOB}},
	.run = run_fg,
};

static int run_echo(struct shell *shell, const struct value *values, struct error *err)
{
	struct buf text = {0};

	(void)err;
	buf_str(&text, values[0].data ? values[0].data : "");
	buf_char(&text, '\n');
	shell_print(shell, &text);
	buf_free(&text);
	return 0;
}

static const struct verb verb_echo = {
	.record =
		{.name = "echo",
		 .prototype = "echo [TEXT...]",
		 .help = "print words, to tell what comes next",
		 .example = "echo now the client closes first",
		 .args = {{.name = "TEXT", .kind = &kind_rest, .flags = ARG_OPTIONAL | ARG_REST}}},
	.run = run_echo,
};

static int run_sleep(struct shell *shell, const struct value *values, struct error *err)
{
	shell_result(shell, session_sleep(shell->session, values[0].number * 1000), err);
	return 0;
}

static const struct verb verb_sleep = {
	.record = {.name = "sleep",
		   .prototype = "sleep TIME",
		   .help = "let time pass: 200ms, 2s",
		   .example = "sleep 200ms",
		   .args = {{.name = "TIME", .kind = &kind_timeout}}},
	.run = run_sleep,
};

static int run_source(struct shell *shell, const struct value *values, struct error *err)
{
	if (shell->depth == SHELL_DEPTH)
		return error_set(err, "scripts call each other more than %d deep", SHELL_DEPTH);
	shell->depth++;
	shell_file(shell, values[0].data);
	shell->depth--;
	return 0;
}

static const struct verb verb_source = {
	.record = {.name = "source",
		   .prototype = "source FILE",
		   .help = "run the lines of a file",
		   .example = "source demo.sock",
		   .args = {{.name = "FILE", .kind = &kind_file}}},
	.run = run_source,
};

static int run_history(struct shell *shell, const struct value *values, struct error *err)
{
	struct buf text = {0};

	(void)values;
	if (!shell->history)
		return error_set(err, "only the prompt keeps a history");
	shell->history(shell->history_data, &text);
	shell_print(shell, &text);
	buf_free(&text);
	return 0;
}

static const struct verb verb_history = {
	.record = {.name = "history",
		   .prototype = "history",
		   .help = "the lines that were typed",
		   .example = "history"},
	.run = run_history,
};

static int run_tutorial(struct shell *shell, const struct value *values, struct error *err)
{
	if (!shell->tutorial)
		return error_set(err, "no tutorial is played within another");
	return shell->tutorial(shell, values[0].data ? values[0].data : "", err);
}

static const struct verb verb_tutorial = {
	.record =
		{.name = "tutorial",
		 .prototype = "tutorial [WHICH [--practice]]",
		 .help = "list the course, or play one of its tutorials",
		 .example = "tutorial 1",
		 .args = {{.name = "WHICH", .kind = &kind_rest, .flags = ARG_OPTIONAL | ARG_REST}}},
	.run = run_tutorial,
};

static int run_quit(struct shell *shell, const struct value *values, struct error *err)
{
	(void)values;
	(void)err;
	shell->quit = true;
	return 0;
}

static const struct verb verb_quit = {
	.record = {.name = "quit",
		   .alias = {"exit"},
		   .prototype = "quit",
		   .help = "leave sockstep; the kernel closes what is open",
		   .example = "quit"},
	.run = run_quit,
};

const struct verb *const verbs[] = {
	&verb_status,  &verb_show,    &verb_diagram, &verb_explain, &verb_apropos,  &verb_limits,
	&verb_help,    &verb_expect,  &verb_jobs,    &verb_wait,    &verb_fg,       &verb_kill,
	&verb_process, &verb_host,    &verb_wire,    &verb_deliver, &verb_drop,     &verb_duplicate,
	&verb_delay,   &verb_reorder, &verb_corrupt, &verb_inject,  &verb_crash,    &verb_packet,
	&verb_ladder,  &verb_save,    &verb_link,    &verb_mtu,     &verb_sysctl,   &verb_echo,
	&verb_sleep,   &verb_repeat,  &verb_source,  &verb_like,    &verb_passive,  &verb_dial,
	&verb_adopt,   &verb_sockets, &verb_set,     &verb_clock,   &verb_tutorial, &verb_history,
	&verb_quit,    NULL,
};

int verbs_constant(const struct names *names, long value, struct error *err)
{
	if (names_entry(names, value))
		return 0;
	return error_set(err, "%ld is no %s", value, names->kind);
}

const struct verb *verbs_find(const char *word, size_t len)
{
	size_t i;

	for (i = 0; verbs[i]; i++)
		if (record_named(&verbs[i]->record, word, len))
			return verbs[i];
	return NULL;
}

const struct record *records_at(size_t index)
{
	if (index < calls_count)
		return &calls[index]->record;
	index -= calls_count;
	return index < COUNT_OF(verbs) - 1 ? &verbs[index]->record : NULL;
}

const struct record *records_find(const char *word, size_t len)
{
	const struct record *record;
	size_t i;

	for (i = 0; (record = records_at(i)); i++)
		if (record_named(record, word, len))
			return record;
	return NULL;
}

const char *records_near(const char *word, size_t len)
{
	int best = names_tolerance(len) + 1;
	const struct record *record;
	const char *near = NULL;
	size_t i;

	for (i = 0; (record = records_at(i)); i++) {
		int distance = names_distance(word, len, record->name, strlen(record->name), best);

		if (distance < best) {
			best = distance;
			near = record->name;
		}
	}
	return near;
}
