/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/repl.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include <readline/readline.h>

#include "base/escape.h"
#include "lang/lang.h"
#include "repl/completion.h"
#include "repl/context.h"
#include "repl/hint.h"
#include "repl/history.h"
#include "repl/input.h"
#include "repl/list.h"

#define LIST_ROWS_LEAST 5
#define LIST_ROWS_MOST  40

struct repl {
	struct shell *shell;
	const struct repl_guest *guest; /* NULL: none */
	struct out *out;
	struct history history;
	struct completion completion; /* what the last Tab found, for its list */
	struct hint hint;
	struct input input;
	struct termios cooked; /* as it is while a command runs, but for its echo */
	bool editing;          /* readline has the screen */
	bool hidden;           /* its line is cleared, to be drawn anew */
	bool ended;
	char *line; /* a line that was entered and is to be run */
	struct buf prompt;
	struct buf several; /* lines that were entered and belong together */
	int depth;          /* braces that are open in there: more is to come */
};

/* readline's callbacks are given nothing that could lead to it. */
static struct repl *the_repl;

static void write_all(struct out *out, const char *bytes, size_t len)
{
	while (len && !out->failed) {
		ssize_t done = write(out->fd, bytes, len);

		if (done < 0 && errno != EINTR && errno != EAGAIN) {
			out->failed = true;
			out->error = errno;
		}
		if (done > 0) {
			bytes += done;
			len -= (size_t)done;
		}
	}
}

/* The edited line gives way to what is written, and comes back below it: show_line(). */
static void write_above(void *data, const char *bytes, size_t len)
{
	struct out *out = data;

	if (the_repl->editing && !the_repl->hidden) {
		hint_hide(&the_repl->hint);
		rl_clear_visible_line();
		fflush(rl_outstream);
		the_repl->hidden = true;
	}
	write_all(out, bytes, len);
}

static void show_line(struct repl *repl)
{
	if (!repl->hidden)
		return;
	repl->hidden = false;
	rl_on_new_line();
	rl_redisplay_function();
}

static const char *process_name(const struct repl *repl)
{
	return session_process_name(session_current(repl->shell->session));
}

/* Where a brace is open, the line goes on. */
#define GOES_ON "... "

/* "> ", or "NAME> " where calls go to another process than the first. */
static bool is_elsewhere(const struct repl *repl)
{
	return strcmp(process_name(repl), "main") != 0;
}

static void show_hint(struct repl *repl)
{
	const char *name = is_elsewhere(repl) ? process_name(repl) : "";
	size_t width =
		repl->depth ? strlen(GOES_ON) : escape_width(name, strlen(name)) + strlen("> ");

	if (repl->shell->hints)
		hint_show(&repl->hint, repl->out, repl->shell->session, width);
}

/* Readline's, with the hint behind it. */
static void redisplay(void)
{
	hint_hide(&the_repl->hint);
	rl_redisplay();
	if (the_repl->editing)
		show_hint(the_repl);
}

static void say(struct repl *repl, enum out_style style, const char *text)
{
	out_style(repl->out, style);
	out_text(repl->out, text);
	out_newline(repl->out);
	out_flush(repl->out);
}

static void make_prompt(struct repl *repl)
{
	struct buf *prompt = &repl->prompt;
	bool color = repl->out->color;

	buf_reset(prompt);
	if (color)
		buf_printf(prompt, "%c\033[2m%c", RL_PROMPT_START_IGNORE, RL_PROMPT_END_IGNORE);
	if (repl->depth) {
		buf_str(prompt, GOES_ON);
	} else {
		if (is_elsewhere(repl))
			buf_str(prompt, process_name(repl));
		buf_str(prompt, "> ");
	}
	if (color)
		buf_printf(prompt, "%c\033[0m%c", RL_PROMPT_START_IGNORE, RL_PROMPT_END_IGNORE);
}

/* The terminal is cooked again by now: the line is run once readline has returned. */
static void on_line(char *line)
{
	rl_callback_handler_remove();
	the_repl->editing = false;
	the_repl->line = line;
	the_repl->ended = !line;
}

static void edit(struct repl *repl)
{
	/* It may have been resized while a command ran, which took the signal. */
	rl_reset_screen_size();
	out_resize(repl->out);
	out_resize(repl->shell->report->errors);
	make_prompt(repl);
	repl->editing = true;
	rl_callback_handler_install(buf_text(&repl->prompt), on_line);
}

static void leave_editing(struct repl *repl)
{
	if (!repl->editing)
		return;
	rl_callback_handler_remove();
	repl->editing = false;
}

/* Without this call there is no prompt to be had. */
static void fail(struct repl *repl, const char *call)
{
	struct out *errors = repl->shell->report->errors;

	out_printf(errors, "sockstep: %s: %s", call, strerror(errno));
	out_newline(errors);
	out_flush(errors);
	repl->shell->status = SHELL_FAILED;
	repl->shell->quit = true;
}

/*
 * While a command runs, keys are not echoed: ^C would stand at the head of what it prints, and
 * readline shows what was typed ahead in its own time.
 */
static void set_echo(struct repl *repl, bool on)
{
	struct termios quiet;

	if (!on && tcgetattr(STDIN_FILENO, &repl->cooked) < 0) {
		fail(repl, "tcgetattr");
		return;
	}
	quiet = repl->cooked;
	if (!on)
		quiet.c_lflag &= ~(tcflag_t)ECHO;
	while (tcsetattr(STDIN_FILENO, TCSADRAIN, &quiet) < 0)
		if (errno != EINTR) {
			fail(repl, "tcsetattr");
			return;
		}
}

/* Whether it is a whole line with those before it, which is in `several` then. */
static bool take_line(struct repl *repl, const char *line)
{
	struct error err;

	if (repl->depth)
		buf_char(&repl->several, '\n');
	else
		buf_reset(&repl->several);
	buf_str(&repl->several, line);
	repl->depth = lang_depth(repl->depth, line, strlen(line));
	if (history_add(&repl->history, line, &err) < 0)
		say(repl, OUT_DIM, err.text);
	if (!repl->several.failed)
		return !repl->depth;
	repl->depth = 0;
	say(repl, OUT_ERROR, "out of memory");
	return false;
}

static void run_line(struct repl *repl)
{
	const struct repl_guest *guest = repl->guest;
	const char *line = buf_text(&repl->several);
	struct place place = {.text = line, .len = repl->several.len};

	if (guest && guest->line && guest->line(guest->data, line))
		return;
	shell_line(repl->shell, &place);
	if (guest && guest->ran && !repl->shell->quit)
		guest->ran(guest->data);
}

/* A line of a paste is shown as if it had been typed. */
static void echo_line(struct repl *repl, const char *line)
{
	out_style(repl->out, OUT_DIM);
	if (is_elsewhere(repl) && !repl->depth)
		out_text(repl->out, process_name(repl));
	out_text(repl->out, repl->depth ? GOES_ON : "> ");
	out_style(repl->out, OUT_PLAIN);
	out_text(repl->out, line);
	out_newline(repl->out);
	out_flush(repl->out);
}

/* Completion leaves blanks at the end, and a paste may end lines with \r\n. */
static void trim_end(char *line)
{
	size_t len = strlen(line);

	while (len && strchr(" \t\r", line[len - 1]))
		len--;
	line[len] = '\0';
}

/* Whether Ctrl-C, or the end, was asked for between two lines of a paste. */
static bool is_interrupted(const struct repl *repl)
{
	struct pollfd fd = {.fd = repl->shell->signal_fd, .events = POLLIN};

	return repl->shell->quit || poll(&fd, 1, 0) > 0;
}

static void run_lines(struct repl *repl, char *text)
{
	bool several = strchr(text, '\n') != NULL;
	char *line, *rest = text;

	while ((line = strsep(&rest, "\n"))) {
		trim_end(line);
		if (!*line)
			continue;
		if (several)
			echo_line(repl, line);
		if (take_line(repl, line))
			run_line(repl);
		if (is_interrupted(repl)) {
			repl->depth = 0;
			break;
		}
	}
}

static void run_entered(struct repl *repl)
{
	char *line = repl->line;

	if (!line)
		return;
	repl->line = NULL;
	set_echo(repl, false);
	if (!repl->shell->quit) {
		run_lines(repl, line);
		set_echo(repl, true);
	}
	free(line);
	if (!repl->shell->quit)
		edit(repl);
}

/* Leaves the line as it is on the screen and begins a new one. */
static void interrupt_line(struct repl *repl)
{
	rl_callback_sigcleanup();
	rl_free_line_state();
	/* Out of a search or a numeric argument, back to the line itself. */
	rl_clear_visible_line();
	rl_set_prompt(buf_text(&repl->prompt));
	rl_on_new_line();
	rl_point = rl_end;
	rl_redisplay();
	fflush(rl_outstream);
	write_all(repl->out, "^C\n", 3);
	rl_replace_line("", 1);
	repl->depth = 0;
	leave_editing(repl);
	edit(repl);
}

/*
 * Stops as the signal's default action has it, which leaves alone a program that no shell could
 * wake again. The session's processes are in groups of their own and go on.
 */
static void suspend(struct repl *repl)
{
	sigset_t stop;

	rl_clear_visible_line();
	rl_deprep_terminal();
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	if (sigprocmask(SIG_UNBLOCK, &stop, NULL) < 0 || raise(SIGTSTP) < 0 ||
	    sigprocmask(SIG_BLOCK, &stop, NULL) < 0)
		fail(repl, "sigprocmask or raise");
	rl_prep_terminal(1);
	rl_reset_screen_size();
	out_resize(repl->out);
	rl_on_new_line();
	rl_forced_update_display();
}

static void resize(struct repl *repl)
{
	/* It clears what the terminal has reflowed only where readline draws by itself. */
	rl_redisplay_function = rl_redisplay;
	rl_resize_terminal();
	rl_redisplay_function = redisplay;
	out_resize(repl->out);
	out_resize(repl->shell->report->errors);
	show_hint(repl);
}

static void on_signal(struct repl *repl)
{
	struct signalfd_siginfo info;

	ssize_t got = read(repl->shell->signal_fd, &info, sizeof(info));

	if (got < 0 && errno != EAGAIN && errno != EINTR)
		fail(repl, "read of signalfd");
	if (got != (ssize_t)sizeof(info))
		return;
	hint_hide(&repl->hint);
	switch (info.ssi_signo) {
	case SIGINT:
		interrupt_line(repl);
		break;
	case SIGTSTP:
		suspend(repl);
		break;
	case SIGWINCH:
		resize(repl);
		break;
	default:
		repl->shell->status = SHELL_INTERRUPTED;
		repl->shell->quit = true;
		break;
	}
}

/*
 * The key may end the line: the hint must not stay behind it. A search that ends draws the line
 * before it says that it has ended.
 */
static void read_key(struct repl *repl)
{
	hint_hide(&repl->hint);
	do
		rl_callback_read_char();
	while (repl->editing && repl->input.count);
	if (repl->editing && !repl->hint.shown)
		show_hint(repl);
}

/* For poll(2): until something is due of which no descriptor tells; -1: nothing is. */
static int patience_ms(const struct session *session)
{
	long next_us = session_next_us(session);

	if (session_pending(session))
		return 0;
	return next_us < 0 ? -1 : next_us < INT_MAX ? (int)((next_us + 999) / 1000) : INT_MAX;
}

/* One turn: sleeps until something comes, and minds it. */
static void turn(struct repl *repl)
{
	struct pollfd list[SESSION_POLL_FDS + 2] = {
		{.fd = STDIN_FILENO, .events = POLLIN},
		{.fd = repl->shell->signal_fd, .events = POLLIN}};
	int fds[SESSION_POLL_FDS];
	size_t i, count = session_poll_fds(repl->shell->session, fds, SESSION_POLL_FDS);
	int patience = patience_ms(repl->shell->session), ready;
	bool pending;

	for (i = 0; i < count; i++)
		list[i + 2] = (struct pollfd){.fd = fds[i], .events = POLLIN};
	ready = poll(list, count + 2, patience);
	if (ready < 0) {
		if (errno != EINTR)
			fail(repl, "poll");
		return;
	}
	pending = ready == 0 || patience == 0;
	for (i = 0; i < count; i++)
		pending |= list[i + 2].revents != 0;
	if (pending && session_dispatch(repl->shell->session))
		show_line(repl);
	if (list[1].revents)
		on_signal(repl);
	else if (list[0].revents)
		read_key(repl);
}

/* Completion is not all that it could be. */
static void tell_failure(struct repl *repl, const struct failure *failure)
{
	if (!failure->call)
		return;
	out_printf(repl->out, "not all can be offered: %s: %s", failure->call,
		   strerror(failure->error));
	out_newline(repl->out);
	out_flush(repl->out);
	show_line(repl);
}

/* Tab: readline asks for what could stand here, as whole words of its own splitting. */
static char **complete(const char *text, int start, int end)
{
	struct completion *completion = &the_repl->completion;
	char **matches;

	(void)text;
	rl_attempted_completion_over = 1;
	completion_free(completion);
	completion_find(completion, the_repl->shell->session, rl_line_buffer, (size_t)end);
	if (completion->open)
		rl_completion_append_character = '\0';
	if (!completion->count && list_missing(completion, the_repl->out)) {
		out_flush(the_repl->out);
		show_line(the_repl);
	}
	matches = completion_matches(completion, rl_line_buffer, (size_t)start, (size_t)end);
	if (completion->count && !matches)
		failure_note(&completion->failure, "out of memory");
	tell_failure(the_repl, &completion->failure);
	return matches;
}

/* With the line being edited the list fits on the screen. */
static size_t list_rows(void)
{
	int rows, columns;

	rl_get_screen_size(&rows, &columns);
	if (rows < LIST_ROWS_LEAST + 3)
		return LIST_ROWS_LEAST;
	return rows - 3 > LIST_ROWS_MOST ? LIST_ROWS_MOST : (size_t)rows - 3;
}

static void show_matches(char **matches, int count, int longest)
{
	(void)matches;
	(void)count;
	(void)longest;
	list_print(&the_repl->completion, the_repl->out, list_rows());
	out_flush(the_repl->out);
	show_line(the_repl);
}

/* `?`, or the key that a person has bound to it. */
static int context_help(int count, int key)
{
	size_t cursor = (size_t)rl_point;

	if (key == '?' && !context_wanted(the_repl->shell->session, rl_line_buffer, cursor))
		return rl_insert(count, key);
	context_print(the_repl->out, the_repl->shell->session, rl_line_buffer, cursor);
	out_flush(the_repl->out);
	show_line(the_repl);
	return 0;
}

static void fill_history(void *data, struct buf *out)
{
	(void)data;
	history_print(out);
}

static int read_byte(FILE *stream)
{
	return input_getc(&the_repl->input, stream);
}

static void set_up_readline(void)
{
	rl_getc_function = read_byte;
	rl_readline_name = "sockstep";
	rl_catch_signals = 0;
	rl_catch_sigwinch = 0;
	rl_change_environment = 0;
	/* Addresses and paths are one word: what is completed within it is for us to tell. */
	rl_completer_word_break_characters = " \t\n";
	rl_attempted_completion_function = complete;
	rl_completion_display_matches_hook = show_matches;
	rl_sort_completion_matches = 0;
	rl_variable_bind("show-all-if-ambiguous", "on");
	/* Before the person's own bindings are read, which may be others. */
	rl_add_defun("context-help", context_help, -1);
	rl_bind_key_in_map('?', context_help, emacs_standard_keymap);
	rl_bind_key_in_map('?', context_help, vi_insertion_keymap);
	rl_initialize();
	/* Not before: it asks nothing of the terminal where somebody else draws. */
	rl_redisplay_function = redisplay;
}

static void start(struct repl *repl)
{
	struct out *outs[] = {repl->out, repl->shell->report->errors};
	struct error err;
	size_t i;

	set_up_readline();
	for (i = 0; i < sizeof(outs) / sizeof(outs[0]); i++) {
		if (!isatty(outs[i]->fd))
			continue;
		outs[i]->write = write_above;
		outs[i]->data = outs[i];
	}
	repl->shell->history = fill_history;
	say(repl, OUT_DIM,
	    repl->guest ? repl->guest->greeting
			: "sockstep " VERSION ": try \"socket tcp\" or \"help\"; Tab completes, "
			  "? tells what can come next.");
	if (history_open(&repl->history, &err) < 0)
		say(repl, OUT_DIM, err.text);
}

static void finish(struct repl *repl)
{
	leave_editing(repl);
	if (repl->ended && !rl_eof_found)
		say(repl, OUT_PLAIN, "");
	repl->out->write = repl->shell->report->errors->write = NULL;
	repl->shell->history = NULL;
	completion_free(&repl->completion);
	history_close(&repl->history);
	free(repl->line);
	buf_free(&repl->prompt);
	buf_free(&repl->several);
}

void repl_run(struct shell *shell, const struct repl_guest *guest)
{
	struct repl repl = {.shell = shell, .guest = guest, .out = shell->report->out};

	the_repl = &repl;
	start(&repl);
	edit(&repl);
	while (!shell->quit && !repl.ended && !repl.out->failed) {
		turn(&repl);
		run_entered(&repl);
	}
	finish(&repl);
	the_repl = NULL;
}
