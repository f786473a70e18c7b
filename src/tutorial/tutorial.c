/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/tutorial.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/private.h"
#include "tutorial/course.h"
#include "tutorial/place.h"
#include "tutorial/play.h"
#include "tutorial/script.h"

#define WORDS_MOST 8

static int fail(struct out *errors, int status, const char *file, unsigned long line,
		const char *text)
{
	out_text(errors, "sockstep: ");
	if (file)
		out_text(errors, file);
	if (line)
		out_printf(errors, ":%lu", line);
	if (file)
		out_text(errors, ": ");
	out_text(errors, text);
	out_newline(errors);
	out_flush(errors);
	return status;
}

static int list(struct out *out, struct out *errors)
{
	struct buf text = {0};
	struct error err;
	int status = SHELL_OK;

	if (course_list(&text, &err) < 0)
		status = fail(errors, SHELL_FAILED, NULL, 0, err.text);
	else
		buf_add(&out->buf, buf_text(&text), text.len);
	out_flush(out);
	buf_free(&text);
	return status;
}

static bool is_script(const char *path)
{
	size_t len = strlen(path);

	return len < 3 || strcmp(path + len - 3, ".md") != 0;
}

/* Whatever a page may do, it does it here. */
static int enter_place(char *place, size_t size, const char **what)
{
	int error;

	*what = "mkdtemp";
	if (place_make(place, size) < 0)
		return -1;
	*what = "chdir";
	if (chdir(place) == 0)
		return 0;
	error = errno;
	place_remove(place);
	errno = error;
	return -1;
}

/* On the machine's own network a page can be played, too, unless it needs hosts. */
static int enter_network(struct play *play)
{
	struct error err;

	if (private_enter(&err) == 0)
		return 0;
	play->shared = true;
	fail(play->errors, SHELL_CANNOT, NULL, 0, err.text);
	return play->page->lab ? SHELL_CANNOT : 0;
}

/* The tutorial behind one of the course, where there is one. */
static int next_of(const struct play *play, const char *path)
{
	int number = play->name && play->name != path ? course_number(path) + 1 : 0;
	char which[16], *next;
	struct error err;

	snprintf(which, sizeof(which), "%d", number);
	next = number > 1 ? course_find(which, &err) : NULL;
	number = next ? number : 0;
	free(next);
	return number;
}

static int play_source(struct play *play, const struct source *source)
{
	const char *slash = strrchr(source->path, '/');
	struct failure failure;
	struct error err;
	int status = enter_network(play);

	if (status)
		return status;
	play->name = play->page->script ? NULL : source->path;
	if (play->name && slash && course_has(source->path))
		play->name = slash + 1;
	play->next = next_of(play, source->path);
	play->drawn = calloc(play->page->part_count + 1, sizeof(*play->drawn));
	if (!play->drawn)
		return fail(play->errors, SHELL_FAILED, NULL, 0, "out of memory");
	play->shown =
		(struct report){.ops = &report_text_ops, .out = play->out, .errors = play->out};
	progress_read(&play->progress);
	if (stage_open(&play->stage, play->out, play->options->signal_fd, &err) < 0) {
		status = fail(play->errors, SHELL_FAILED, NULL, 0, err.text);
	} else {
		play->stage.automatic = play->options->automatic;
		play->stage.pause_us = play->options->pause_us;
		play->prose.out = play->out;
		status = play_page(play);
	}
	stage_close(&play->stage, &failure);
	if (failure.call && status != SHELL_FAILED)
		status = fail(play->errors, SHELL_FAILED, failure.call, 0, strerror(failure.error));
	scene_close(&play->scene);
	progress_free(&play->progress);
	free(play->drawn);
	return status;
}

static int run_file(struct out *out, struct out *errors, const struct tutorial_options *options,
		    const char *path)
{
	struct play play = {
		.options = options, .out = out, .errors = errors, .scene.shell.signal_fd = -1};
	struct page_error wrong;
	struct source source;
	char place[PATH_MAX];
	const char *what;
	int status, result;

	result = is_script(path) ? script_read(&source, path, &wrong)
				 : source_read(&source, path, &wrong);
	if (result < 0) {
		status = fail(errors, SHELL_FAILED, path, wrong.line, wrong.error.text);
	} else if (enter_place(place, sizeof(place), &what) < 0) {
		status = fail(errors, SHELL_FAILED, what, 0, strerror(errno));
	} else {
		play.page = &source.page;
		status = play_source(&play, &source);
		place_remove(place);
	}
	source_free(&source);
	return status;
}

int tutorial_run(struct out *out, struct out *errors, const struct tutorial_options *options)
{
	struct error err;
	char *path;
	int status;

	if (!options->which)
		return list(out, errors);
	if (!options->automatic && !(isatty(STDIN_FILENO) && isatty(out->fd)))
		return fail(errors, SHELL_USAGE, NULL, 0,
			    "a tutorial is played on a terminal; --auto plays it to a file or a "
			    "pipe, and --check tries it as a test");
	path = course_find(options->which, &err);
	if (!path)
		return fail(errors, SHELL_USAGE, NULL, 0, err.text);
	status = run_file(out, errors, options, path);
	free(path);
	return status;
}

/* The words that come with the verb, for the other sockstep. Returns how many, or -1 with ERR. */
static int split(char *words, char **out, struct error *err)
{
	char *word;
	int count = 0;

	while ((word = strsep(&words, " \t"))) {
		if (!*word)
			continue;
		if (count == WORDS_MOST)
			return error_set(err, "tutorial takes %d words at most", WORDS_MOST);
		out[count++] = word;
	}
	return count;
}

/* What was meant for the other one: Ctrl-C came to both. */
static void drain_signals(const struct shell *shell)
{
	struct signalfd_siginfo info;

	while (shell->signal_fd >= 0 &&
	       read(shell->signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info))
		if (info.ssi_signo == SIGTERM || info.ssi_signo == SIGHUP) {
			kill(getpid(), (int)info.ssi_signo);
			break;
		}
}

static int run_other(struct shell *shell, char **argv, struct error *err)
{
	int status = 0;
	pid_t pid, got;

	out_flush(shell->report->out);
	pid = fork();
	if (pid < 0)
		return error_errno(err, "fork");
	if (pid == 0) {
		execv("/proc/self/exe", argv);
		_exit(127);
	}
	/* It has the terminal alone: it is not to be stopped. */
	while ((got = waitpid(pid, &status, WUNTRACED)) == pid ? WIFSTOPPED(status)
							       : errno == EINTR)
		if (got == pid)
			kill(pid, SIGCONT);
	drain_signals(shell);
	if (got < 0)
		return error_errno(err, "waitpid");
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return error_set(err, "sockstep cannot be run once more: execv failed");
	return 0;
}

int tutorial_verb(struct shell *shell, const char *words, struct error *err)
{
	static char name[] = "sockstep", verb[] = "tutorial";
	static char with_color[] = "--color=always", without_color[] = "--color=never";
	char *argv[WORDS_MOST + 4] = {name, verb};
	char *copy = strdup(words);
	struct buf text = {0};
	int count, result = -1;

	if (!copy)
		return error_set(err, "out of memory");
	count = split(copy, argv + 2, err);
	if (count == 0) {
		result = course_list(&text, err);
		if (result == 0)
			shell_print(shell, &text);
	} else if (count > 0 && (!shell->prompt || !isatty(shell->report->out->fd))) {
		error_set(err, "a tutorial is played at the prompt, on a terminal");
	} else if (count > 0) {
		argv[count + 2] = shell->report->out->color ? with_color : without_color;
		result = run_other(shell, argv, err);
	}
	buf_free(&text);
	free(copy);
	return result;
}
