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
#include "commands/verbs.h"
#include "lang/lang.h"
#include "names/words.h"
#include "session/option_list.h"

#define WORD_EXIT "exit"

/* Ends the run; at the prompt, that of the file which is being run. */
static void stop(struct shell *shell)
{
	if (!shell->quit)
		shell->stopped = true;
	shell->quit = true;
}

static void fail(struct shell *shell)
{
	shell->failed++;
	if (shell->status == SHELL_OK)
		shell->status = SHELL_FAILED;
	if (!shell->prompt && !shell->keep_going)
		stop(shell);
}

void shell_error(struct shell *shell, const struct error *err)
{
	shell->report->ops->error(shell->report, &shell->place, err);
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
		  buf_text(&shell->unexpected_call), names_errno_name(shell->unexpected_errno));
	word_blame(&err, &shell->unexpected_word);
	shell->report->ops->error(shell->report, &shell->unexpected_at, &err);
	fail(shell);
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
	if (shell->prompt || shell->keep_going || !step->returned || step->result >= 0)
		return;
	/* Two failures in a row: the first was not expected. */
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
	if (!shell->prompt && !shell->kills && !shell->keep_going)
		settle_unexpected(shell);
	shell->died = true;
	buf_reset(&shell->death);
	buf_printf(&shell->death, "%s %s", process, how);
	if (shell->prompt || shell->kills)
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

	settle_unexpected(shell);
	if (shell->quit)
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

	if (verb != &verb_expect)
		settle_unexpected(shell);
	if (shell->quit)
		return;
	if (command->assign.text || command->background) {
		error_set(&err, "%s is sockstep's own: it %s", verb->record.name,
			  command->background ? "never runs in the background"
					      : "returns no descriptor to be named");
		word_blame(&err, command->background ? &command->name : &command->assign);
		shell_error(shell, &err);
		return;
	}
	shell->command = command->whole;
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

	if (call)
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

void shell_line(struct shell *shell, const struct place *place)
{
	struct place before = shell->place;
	struct command command;
	struct error err;
	size_t at = 0;

	shell->place = *place;
	while (!shell->quit) {
		int got = lang_next(place->text, place->len, &at, &command, &err);

		if (got <= 0) {
			if (got < 0)
				shell_error(shell, &err);
			break;
		}
		if (!command.name.text && !command.process.text)
			continue;
		run_command(shell, &command);
	}
	shell->place = before;
}

/* What came by key or signal between two lines; a look costs as much as a short call. */
static void look_for_signal(struct shell *shell, unsigned long line)
{
	/* Nobody reads any more: a script of a million lines need not go on. */
	if (shell->report->out->failed)
		shell->quit = true;
	if (line % 16 || shell->signal_fd < 0 || shell->prompt || on_signal(shell) != SIGNAL_QUIT)
		return;
	shell->status = SHELL_INTERRUPTED;
	stop(shell);
}

static size_t without_line_end(const char *text, size_t len)
{
	if (len && text[len - 1] == '\n')
		len--;
	if (len && text[len - 1] == '\r')
		len--;
	return len;
}

void shell_text(struct shell *shell, const char *file, unsigned long first, const char *text,
		size_t len)
{
	const char *end = text + len;

	while (text < end && !shell->quit) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		struct place place = {.file = file, .line = first++, .text = text};

		stop = stop ? stop + 1 : end;
		place.len = without_line_end(text, (size_t)(stop - text));
		shell_line(shell, &place);
		look_for_signal(shell, first);
		text = stop;
	}
}

/* Waits for more of a script, or a signal that ends it. */
static void await_input(struct shell *shell, int fd)
{
	struct pollfd pollers[2] = {{.fd = fd, .events = POLLIN},
				    {.fd = shell->signal_fd, .events = POLLIN}};

	/* Where it fails, reading waits as well. */
	if (poll(pollers, 2, -1) > 0 && pollers[1].revents)
		look_for_signal(shell, 0);
}

/* Returns 0, or -1 with errno set where not all could be read. */
static int run_lines(struct shell *shell, struct feed *feed, const char *name)
{
	struct place place = {.file = name};
	/* `source -` reads on in the same lines. */
	struct buf line = {0};
	const char *text;
	size_t len;
	int result = 0;

	while (!shell->quit && result == 0) {
		if (feed_take(feed, &text, &len)) {
			buf_reset(&line);
			buf_add(&line, text, len);
			if (line.failed) {
				errno = ENOMEM;
				result = -1;
				break;
			}
			place.line++;
			place.text = buf_text(&line);
			place.len = without_line_end(place.text, line.len);
			shell_line(shell, &place);
			look_for_signal(shell, place.line);
			continue;
		}
		if (feed->ended)
			break;
		await_input(shell, feed->fd);
		if (!shell->quit && feed_read(feed) < 0)
			result = -1;
	}
	buf_free(&line);
	return result;
}

/* What went wrong in a file that the prompt ran ends that file, not the session. */
static void return_to_prompt(struct shell *shell, int status)
{
	settle_unexpected(shell);
	if (shell->stopped)
		shell->quit = false;
	if (!shell->quit)
		shell->status = status;
	shell->stopped = false;
	shell->prompt = true;
}

int shell_file(struct shell *shell, const char *path)
{
	bool standard_input = strcmp(path, "-") == 0;
	int fd = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	const char *name = standard_input ? "stdin" : path;
	struct feed own = {0}, *feed = standard_input ? &shell->standard_input : &own;
	bool prompt = shell->prompt;
	int result = 0, status = shell->status;
	struct error err;

	if (fd < 0) {
		error_set(&err, "cannot open %s: %s", path, strerror(errno));
		shell_error(shell, &err);
		return -1;
	}
	if (!standard_input)
		feed_open(feed, fd);
	shell->prompt = false;
	if (run_lines(shell, feed, name) < 0) {
		error_set(&err, "cannot read %s: %s", path, strerror(errno));
		shell_error(shell, &err);
		result = -1;
	}
	if (prompt)
		return_to_prompt(shell, status);
	if (!standard_input) {
		feed_free(feed);
		close(fd);
	}
	return result;
}
