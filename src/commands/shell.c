/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/shell.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "calls/kinds.h"
#include "calls/records.h"
#include "commands/rounds.h"
#include "commands/verbs.h"
#include "lang/lang.h"
#include "names/words.h"
#include "session/option_list.h"

#define WORD_EXIT "exit"

/* Ends the run; at the prompt, that of the file which is being run, or what is repeated. */
static void stop(struct shell *shell)
{
	shell->ended = shell->repeats > 0;
	if (shell->prompt)
		return;
	if (!shell->quit)
		shell->stopped = true;
	shell->quit = true;
}

static void fail(struct shell *shell)
{
	shell->failed++;
	if (shell->status == SHELL_OK)
		shell->status = SHELL_FAILED;
	if (!shell->keep_going)
		stop(shell);
}

void shell_error(struct shell *shell, const struct error *err)
{
	shell->report->ops->error(shell->report, &shell->place, err);
	/* What cannot be run is not tried a thousand times. */
	shell->ended = shell->repeats > 0;
	if (shell->prompt)
		return;
	fail(shell);
}

void shell_cannot(struct shell *shell)
{
	if (shell->prompt)
		return;
	shell->status = SHELL_CANNOT;
	stop(shell);
}

void shell_expected(struct shell *shell, bool ok, const char *expected, const char *found)
{
	shell->report->ops->expect(shell->report, &shell->place, ok, expected, found);
	if (!ok)
		fail(shell);
}

static void settle_death(struct shell *shell)
{
	struct error err;

	if (!shell->unexpected_death)
		return;
	shell->unexpected_death = false;
	error_set(&err, "process %s, which the script did not expect", buf_text(&shell->death));
	shell->report->ops->error(shell->report, &shell->unexpected_at, &err);
	fail(shell);
}

/* Keeps the line that runs, for a message about it at a later one. */
static void keep_place(struct shell *shell)
{
	buf_reset(&shell->unexpected_line);
	buf_add(&shell->unexpected_line, shell->place.text, shell->place.len);
	shell->unexpected_at = shell->place;
	shell->unexpected_word = shell->command;
	shell->unexpected_at.text = buf_text(&shell->unexpected_line);
}

/* The call before failed and no `expect` said that it would. */
static void settle_unexpected(struct shell *shell)
{
	struct error err;

	settle_death(shell);
	shell->died = false;
	if (!shell->unexpected)
		return;
	shell->unexpected = false;
	error_set(&err, "%s failed with %s, which the script did not expect",
		  buf_text(&shell->unexpected_call), names_error_name(shell->unexpected_errno));
	word_blame(&err, &shell->unexpected_word);
	shell->report->ops->error(shell->report, &shell->unexpected_at, &err);
	fail(shell);
}

/* A failed call, or a death, is only a result: a person saw it, or the run goes on in any case. */
static bool is_let_pass(const struct shell *shell)
{
	return shell->keep_going || (shell->prompt && !shell->repeats);
}

bool shell_owes(const struct shell *shell)
{
	return shell->unexpected || shell->unexpected_death;
}

/*
 * Before a command other than `expect`. Returns whether it may be run: what failed in commands that
 * are repeated ends them, and is left to an `expect` behind them.
 */
static bool may_go_on(struct shell *shell)
{
	if (shell->repeats && shell_owes(shell))
		shell->ended = true;
	else
		settle_unexpected(shell);
	return !shell->quit && !shell->ended;
}

void shell_settle(struct shell *shell)
{
	settle_unexpected(shell);
}

void shell_finish(struct shell *shell)
{
	settle_unexpected(shell);
	shell->report->ops->end(shell->report, session_steps(shell->session), shell->failed);
}

static void on_step(void *data, const struct step *step)
{
	struct shell *shell = data;

	shell->report->ops->step(shell->report, step);
	if (is_let_pass(shell) || !step->returned || step->result >= 0)
		return;
	/* Two failures in a row: the first was not expected. */
	if (!shell->repeats)
		settle_unexpected(shell);
	shell->unexpected = true;
	shell->unexpected_errno = step->error;
	buf_reset(&shell->unexpected_call);
	buf_str(&shell->unexpected_call, step->call->record.name);
	keep_place(shell);
}

static void on_died(void *data, const char *process, const char *how, const struct shown *list,
		    size_t count)
{
	struct shell *shell = data;

	shell->report->ops->died(shell->report, process, how, list, count);
	if (!shell->kills && !is_let_pass(shell) && !shell->repeats)
		settle_unexpected(shell);
	shell->died = true;
	buf_reset(&shell->death);
	buf_printf(&shell->death, "%s %s", process, how);
	if (shell->kills || (shell->prompt && !shell->repeats))
		return;
	if (shell->keep_going) {
		fail(shell);
		return;
	}
	shell->unexpected_death = true;
	keep_place(shell);
}

static void on_came(void *data, const struct came *came)
{
	struct shell *shell = data;

	shell->report->ops->came(shell->report, came);
}

static enum session_signal on_signal(void *data)
{
	struct shell *shell = data;
	struct signalfd_siginfo info;

	if (shell->signal_fd < 0 ||
	    read(shell->signal_fd, &info, sizeof(info)) != (ssize_t)sizeof(info))
		return SIGNAL_NONE;
	if (info.ssi_signo == SIGINT || info.ssi_signo == SIGTSTP)
		shell->stirred = shell->ended = shell->repeats > 0;
	if (info.ssi_signo == SIGTSTP)
		return shell->prompt ? SIGNAL_SUSPEND : SIGNAL_NONE;
	if (info.ssi_signo == SIGINT)
		return shell->prompt ? SIGNAL_INTERRUPT : SIGNAL_QUIT;
	if (info.ssi_signo == SIGTERM || info.ssi_signo == SIGHUP) {
		shell->quit = true;
		return SIGNAL_QUIT;
	}
	return SIGNAL_NONE;
}

struct session_hooks shell_hooks(struct shell *shell)
{
	return (struct session_hooks){
		.data = shell,
		.step = on_step,
		.died = on_died,
		.came = on_came,
		.signal = on_signal,
		.signal_fd = shell->signal_fd,
	};
}

void shell_free(struct shell *shell)
{
	buf_free(&shell->unexpected_call);
	buf_free(&shell->unexpected_line);
	buf_free(&shell->death);
	if (shell->signal_fd >= 0)
		close(shell->signal_fd);
	feed_free(&shell->standard_input);
}

void shell_result(struct shell *shell, enum session_result result, struct error *err)
{
	switch (result) {
	case RUN_FAILED:
		shell_error(shell, err);
		break;
	case RUN_TIMED_OUT:
		shell->unexpected = false;
		error_set(err, "it waited longer than the timeout allows, and was interrupted");
		shell_error(shell, err);
		break;
	case RUN_INTERRUPTED:
		if (shell->prompt && !shell->quit)
			break;
		shell->stirred = true;
		shell->status = SHELL_INTERRUPTED;
		stop(shell);
		break;
	default:
		break;
	}
}

/* getsockopt without an option: a step that asks for all of them. */
static void run_options(struct shell *shell, int fd, int level, const struct command *command)
{
	struct option_list *list;
	struct error err;

	if (command->assign.text || command->background) {
		error_set(&err, "getsockopt without an option lists all: it %s",
			  command->background ? "never runs in the background"
					      : "returns no descriptor to be named");
		word_blame(&err, command->background ? &command->name : &command->assign);
		shell_error(shell, &err);
		return;
	}
	list = session_options(shell->session, fd, level, &err);
	if (list) {
		shell->report->ops->options(shell->report, &shell->place, &command->whole, list);
	} else {
		word_blame(&err, &command->words[0]);
		shell_error(shell, &err);
	}
	option_list_free(list);
}

static void run_call(struct shell *shell, const struct call *call, const struct command *command)
{
	struct value values[CALL_ARGS] = {0};
	struct asked asked = {
		.command = command->whole.text,
		.command_len = command->whole.len,
		.assign = command->assign.text,
		.assign_len = command->assign.len,
		.background = command->background,
		.line = shell->place.file ? shell->place.line : 0,
	};
	struct error err;
	int level;

	if (!may_go_on(shell))
		return;
	shell->command = command->whole;
	if (values_read(&call->record, command->words, command->count, command->c_spelling,
			command->end_column, session_resolver(shell->session), values, &err) < 0) {
		values_free(values);
		shell_error(shell, &err);
		return;
	}
	if (call == &call_getsockopt && option_left_out(values, &level)) {
		int fd = (int)values[0].number;

		values_free(values);
		run_options(shell, fd, level, command);
		return;
	}
	shell->kills = call->ends;
	shell_result(shell, session_call(shell->session, call, values, &asked, &err), &err);
	shell->kills = false;
}

/* Where nothing tells which of a verb's words is to blame: all of them. */
static void place_words(struct error *err, const struct command *command)
{
	const struct word *last = &command->words[command->count - 1];

	err->column = command->words[0].column;
	err->length = last->column + (int)last->len - err->column;
}

static void run_verb(struct shell *shell, const struct verb *verb, const struct command *command)
{
	struct value values[CALL_ARGS] = {0};
	struct error err = {0};

	if (verb != &verb_expect && !may_go_on(shell))
		return;
	if ((command->assign.text && !verb->gives) || command->background) {
		error_set(&err, "%s is sockstep's own: it %s", verb->record.name,
			  command->background ? "never runs in the background"
					      : "returns no descriptor to be named");
		word_blame(&err, command->background ? &command->name : &command->assign);
		shell_error(shell, &err);
		return;
	}
	shell->command = command->whole;
	shell->gives = command->assign;
	if (values_read(&verb->record, command->words, command->count, command->c_spelling,
			command->end_column, session_resolver(shell->session), values, &err) < 0) {
		shell_error(shell, &err);
	} else if (verb->run(shell, values, &err) < 0) {
		if (!err.column && command->count)
			place_words(&err, command);
		shell_error(shell, &err);
	}
	values_free(values);
}

static void unknown(struct shell *shell, const struct word *name)
{
	const char *near = records_near(name->text, name->len);
	int len = name->len > 64 ? 64 : (int)name->len;
	struct error err;

	if (near)
		error_set(&err, "%.*s is no call and no verb: did you mean %s?", len, name->text,
			  near);
	else
		error_set(&err, "%.*s is no call and no verb: `help` lists them", len, name->text);
	word_blame(&err, name);
	shell_error(shell, &err);
}

void shell_print(struct shell *shell, const struct buf *text)
{
	struct error err;

	shell->report->ops->text(shell->report, buf_text(text));
	if (!text->failed)
		return;
	error_set(&err, "%s", words("out-of-memory"));
	shell_error(shell, &err);
}

/* What a step has not told of: status, show and expect read the kernel as well. */
static void tell_failure(struct shell *shell)
{
	struct failure failure;
	struct error err;

	if (session_failure(shell->session, &failure))
		error_set(&err, "%s", words("out-of-memory"));
	else if (failure.call)
		error_set(&err, "%s: %s, so not all of this could be known", failure.call,
			  strerror(failure.error));
	else
		return;
	shell_error(shell, &err);
}

/* `exit` leaves sockstep; behind @PROCESS it is that process which ends. */
static bool is_exit(const struct command *command)
{
	return command->process.text && word_is(&command->name, WORD_EXIT);
}

static void run_named(struct shell *shell, const struct command *command)
{
	const struct word *name = &command->name;
	const struct call *call = is_exit(command) ? &call_exit : calls_find(name->text, name->len);
	const struct verb *verb = verbs_find(name->text, name->len);
	const struct record *record = call ? &call->record : verb ? &verb->record : NULL;
	int range = rounds_range(record, command);

	if (range >= 0)
		rounds_run_range(shell, command, range);
	else if (call)
		run_call(shell, call, command);
	else if (verb)
		run_verb(shell, verb, command);
	else
		unknown(shell, name);
	tell_failure(shell);
}

/* @PROCESS before a command runs it there; alone it stays there. */
static void run_command(struct shell *shell, const struct command *command)
{
	struct owner *before = session_current(shell->session);
	struct owner *owner;
	struct error err;

	shell->place.process = session_process_name(before);
	if (!command->process.text) {
		run_named(shell, command);
		return;
	}
	owner = session_process(shell->session, command->process.text, command->process.len);
	if (!owner) {
		error_set(&err, "there is no process %.*s%s", (int)command->process.len,
			  command->process.text,
			  session_lab(shell->session) ? ""
						      : ", and no lab: --lab makes hosts a and b");
		word_blame(&err, &command->process);
		shell_error(shell, &err);
		return;
	}
	session_go_to(shell->session, owner);
	shell->place.process = session_process_name(owner);
	if (!command->name.text)
		return;
	run_named(shell, command);
	session_go_to(shell->session, before);
}

/* Moves to the line of several that what stands at AT begins in. */
static void find_line(struct place *place, const char *at)
{
	const char *end;

	while ((end = memchr(place->text, '\n', (size_t)(at - place->text)))) {
		place->len -= (size_t)(end + 1 - place->text);
		place->text = end + 1;
		place->line++;
	}
}

/* What is wrong is told where it stands. */
static void tell_unread(struct shell *shell, struct place *place, struct error *err)
{
	const char *text = place->text;

	find_line(place, text + err->column - 1);
	err->column -= (int)(place->text - text);
	shell->place = *place;
	shell_error(shell, err);
}

int shell_commands(struct shell *shell, const struct place *where, size_t from, size_t to, bool run)
{
	struct place place = *where, before = shell->place;
	size_t at = from;
	int got = 0;

	while (!shell->quit && !shell->ended) {
		struct command command;
		struct error err;

		got = lang_next(where->text, to, &at, &command, &err);
		if (got < 0) {
			err.column -= (int)(place.text - where->text);
			tell_unread(shell, &place, &err);
		}
		if (got <= 0)
			break;
		if (!run || (!command.name.text && !command.process.text))
			continue;
		find_line(&place, command.process.text ? command.process.text : command.whole.text);
		lang_shift(&command, (int)(place.text - where->text));
		shell->place = place;
		run_command(shell, &command);
	}
	shell->place = before;
	return got;
}

void shell_line(struct shell *shell, const struct place *place)
{
	shell_commands(shell, place, 0, place->len, true);
}

void shell_look(struct shell *shell, unsigned long line)
{
	/* Nobody reads any more: a script of a million lines need not go on. */
	if (shell->report->out->failed)
		shell->quit = true;
	if (line % 16 || shell->signal_fd < 0 || (shell->prompt && !shell->repeats) ||
	    on_signal(shell) != SIGNAL_QUIT)
		return;
	shell->status = SHELL_INTERRUPTED;
	stop(shell);
}
