/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/check.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/now.h"
#include "commands/shell.h"
#include "lab/private.h"
#include "tutorial/place.h"
#include "tutorial/source.h"
#include "tutorial/trial.h"

/* A page that takes longer waits for ever. */
#define PAGE_MOST_US 60000000L

/* The exit status of a page's process whose output was lost, and the errno of that on top. */
#define LOST 100

/* A lab whose packets have not moved for so long is at rest: the longest first timer is 1 s. */
#define UPDATE_PATIENCE_US 1500000L

struct check {
	struct out *out;
	const struct check_options *options;
	unsigned long number;
	bool failed;
};

/* A line of a page's process: results get their number here. */
static void pass_on(struct check *check, const char *line, size_t len)
{
	bool not_ok = len >= 6 && memcmp(line, "not ok", 6) == 0;
	size_t word = not_ok ? 6 : len >= 2 && memcmp(line, "ok", 2) == 0 ? 2 : 0;

	/* Escaped where it was written. */
	if (word)
		buf_printf(&check->out->buf, "%.*s %lu%.*s\n", (int)word, line, ++check->number,
			   (int)(len - word), line + word);
	else
		buf_printf(&check->out->buf, "%.*s\n", (int)len, line);
	check->failed = check->failed || not_ok;
}

static void tell(struct check *check, const char *file, const char *what)
{
	out_printf(check->out, "not ok %lu - %s: ", ++check->number, file);
	out_text(check->out, what);
	out_newline(check->out);
	check->failed = true;
}

static void tell_failed(struct check *check, const char *file, const char *call)
{
	struct error err;

	error_errno(&err, call);
	tell(check, file, err.text);
}

static void pass_lines_on(struct check *check, struct buf *got)
{
	size_t start = 0;
	char *end;

	while (got->len > start && (end = memchr(got->data + start, '\n', got->len - start))) {
		pass_on(check, got->data + start, (size_t)(end - got->data) - start);
		start = (size_t)(end - got->data) + 1;
	}
	if (!start)
		return;
	memmove(got->data, got->data + start, got->len - start);
	buf_truncate(got, got->len - start);
	out_flush(check->out);
}

/* Reads what the page's process says until its end. Returns false where that took too long. */
static bool follow(struct check *check, const char *file, int fd)
{
	long until = now_us() + PAGE_MOST_US;
	struct buf got = {0};
	char bytes[4096];
	bool in_time = true;

	for (;;) {
		struct pollfd list = {.fd = fd, .events = POLLIN};
		long left = until - now_us();
		ssize_t len;

		if (left <= 0 || poll(&list, 1, (int)(left / 1000) + 1) == 0) {
			in_time = false;
			break;
		}
		len = read(fd, bytes, sizeof(bytes));
		if (len < 0 && errno == EINTR)
			continue;
		if (len < 0)
			tell_failed(check, file, "read");
		if (len <= 0)
			break;
		buf_add(&got, bytes, (size_t)len);
		pass_lines_on(check, &got);
	}
	if (got.failed)
		tell(check, file, "out of memory");
	buf_free(&got);
	return in_time;
}

/* Sessions end with their page, however it ends. */
static void end_page(pid_t pid, struct check *check, const char *file, bool in_time)
{
	int status = 0;
	struct error err;

	if (!in_time) {
		kill(pid, SIGKILL);
		tell(check, file, "it did not end within a minute");
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status) && WEXITSTATUS(status) > LOST) {
		error_set(&err, "write: %s", strerror(WEXITSTATUS(status) - LOST));
		tell(check, file, err.text);
	} else if (in_time && (!WIFEXITED(status) || WEXITSTATUS(status) > 1)) {
		tell(check, file, "its process died");
	}
}

/* In the page's own process. */
static int try_page(struct trial *trial, const struct source *source,
		    const struct check_options *options)
{
	struct scene_config how = {.lab = source->page.lab,
				   .allow_files = options->allow_files,
				   .backend = options->backend,
				   .signal_fd = -1};
	struct error err;

	if (private_enter(&err) < 0 || scene_open(&trial->scene, &how, &err) < 0) {
		out_printf(trial->out, "ok - %s # SKIP ", trial->file);
		out_text(trial->out, err.text);
		out_newline(trial->out);
		out_flush(trial->out);
		return 0;
	}
	/* What differs would be waited for to the end of the limit, at each command. */
	if (options->update)
		trial->scene.patience_us = UPDATE_PATIENCE_US;
	trial_run(trial);
	if (options->update && trial->edits.count && source_write(source, &trial->edits, &err) < 0)
		trial_tell(trial, false, 0, "%s", err.text);
	else if (options->update && trial->edits.count)
		trial_tell(trial, true, 0, "%zu blocks written anew", trial->edits.count);
	out_flush(trial->out);
	return trial->failed;
}

static int check_page(const char *file, int fd, const char *directory,
		      const struct check_options *options, bool color)
{
	struct source source;
	struct page_error wrong;
	struct out out;
	struct trial trial = {.file = file, .out = &out, .update = options->update};
	int status = 1;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	out_init(&out, fd, color);
	out.unicode = true;
	if (source_read(&source, file, &wrong) < 0) {
		trial_tell(&trial, false, wrong.line, "%s", wrong.error.text);
	} else if (chdir(directory) < 0) {
		trial_tell(&trial, false, 0, "chdir to %s: %s", directory, strerror(errno));
	} else {
		trial.page = &source.page;
		status = try_page(&trial, &source, options);
	}
	out_flush(&out);
	if (out.failed)
		status = LOST + out.error;
	trial_free(&trial);
	source_free(&source);
	out_free(&out);
	return status;
}

static void check_one(struct check *check, const char *file)
{
	char directory[PATH_MAX];
	int ends[2] = {-1, -1};
	pid_t pid;
	bool in_time;

	if (place_make(directory, sizeof(directory)) < 0) {
		tell_failed(check, file, "mkdtemp");
		return;
	}
	if (pipe2(ends, O_CLOEXEC) < 0) {
		tell_failed(check, file, "pipe2");
		place_remove(directory);
		return;
	}
	out_flush(check->out);
	pid = fork();
	if (pid < 0)
		tell_failed(check, file, "fork");
	if (pid == 0) {
		close(ends[0]);
		_exit(check_page(file, ends[1], directory, check->options, check->out->color));
	}
	close(ends[1]);
	in_time = pid > 0 && follow(check, file, ends[0]);
	close(ends[0]);
	if (pid > 0)
		end_page(pid, check, file, in_time);
	place_remove(directory);
}

int check_pages(struct out *out, const char *const *files, int count,
		const struct check_options *options)
{
	struct check check = {.out = out, .options = options};
	int i;

	for (i = 0; i < count; i++)
		check_one(&check, files[i]);
	out_printf(out, "1..%lu", check.number);
	out_newline(out);
	out_flush(out);
	return check.failed ? SHELL_FAILED : SHELL_OK;
}
