/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/scene.h"

#include <stdint.h>
#include <string.h>

#include "base/now.h"

static void keep(void *data, const char *bytes, size_t len)
{
	struct scene *scene = data;

	buf_add(&scene->got, bytes, len);
}

int scene_open(struct scene *scene, const struct scene_config *how, struct error *err)
{
	struct session_config config = {.lab = how->lab,
					.lab_backend = how->backend,
					.private_network = !how->shared,
					.confined = !how->allow_files,
					.call_timeout_us = PAGE_LIMIT_US};

	*scene = (struct scene){0};
	out_init(&scene->out, -1, false);
	scene->out.width = SCENE_WIDTH;
	scene->out.folds = false;
	/* A page is UTF-8, whatever the locale. */
	scene->out.unicode = true;
	scene->out.write = keep;
	scene->out.data = scene;
	scene->report =
		(struct report){.ops = &report_text_ops, .out = &scene->out, .errors = &scene->out};
	/* An error is printed, and the page shows it, or does not match. */
	scene->shell = (struct shell){
		.report = &scene->report, .keep_going = true, .signal_fd = how->signal_fd};
	if (how->shown) {
		tee_init(&scene->tee, how->shown, &scene->report);
		scene->shell.report = &scene->tee.report;
	}
	config.hooks = shell_hooks(&scene->shell);
	scene->shell.session = session_new(&config, err);
	return scene->shell.session ? 0 : -1;
}

void scene_close(struct scene *scene)
{
	session_free(scene->shell.session);
	scene->shell.signal_fd = -1;
	shell_free(&scene->shell);
	out_free(&scene->out);
	buf_free(&scene->got);
	captures_free(&scene->captures);
	lines_free(&scene->lines);
	*scene = (struct scene){0};
}

void scene_run(struct scene *scene, const char *text, size_t len)
{
	struct place place = {.text = text, .len = len};

	buf_reset(&scene->got);
	shell_line(&scene->shell, &place);
}

void scene_hush(struct scene *scene, bool quiet)
{
	scene->tee.quiet = quiet;
}

int scene_fill(struct scene *scene, const char *text, size_t len, struct buf *out,
	       struct error *err)
{
	return match_fill(&scene->captures, out, text, len, err);
}

/* What waits in the kernel, or a lab's timers. */
static bool may_change(const struct session *session)
{
	struct session_job job;

	return session_lab(session) || session_job(session, 0, &job) || session_pending(session);
}

/* What a command printed, against what is shown of it. */
struct awaited {
	struct scene *scene;
	const struct part *part;
	const struct page_command *command;
	size_t compared; /* so much of `got` was */
	bool matches;
	long grown_us; /* when something was printed last */
};

static bool has_come(void *data)
{
	struct awaited *awaited = data;
	struct scene *scene = awaited->scene;

	if (awaited->compared != scene->got.len) {
		awaited->compared = scene->got.len;
		awaited->grown_us = now_us();
		awaited->matches =
			lines_cut(&scene->lines, &scene->got, 1) == 0 &&
			match_block(&scene->captures,
				    awaited->part->lines.list + awaited->command->first,
				    awaited->command->count, scene->lines.list, scene->lines.count);
	}
	if (scene->patience_us && now_us() - awaited->grown_us > scene->patience_us)
		return true;
	return awaited->matches || !may_change(scene->shell.session) ||
	       (scene->hurried && scene->hurried(scene->hurried_data));
}

bool scene_await(struct scene *scene, const struct part *part, const struct page_command *command,
		 long limit_us)
{
	struct awaited awaited = {
		.scene = scene, .part = part, .command = command, .compared = SIZE_MAX};

	if (session_await(scene->shell.session, limit_us, has_come, &awaited) == RUN_INTERRUPTED) {
		scene->shell.status = SHELL_INTERRUPTED;
		scene->shell.quit = true;
	}
	return awaited.matches;
}

/* LINE of a page as it is run: with the choice, and the values of names. */
static int fill_line(struct scene *scene, const struct match_line *line, const char *choice,
		     struct buf *out)
{
	static const char mark[] = "{choice}";
	const char *at = choice ? memmem(line->text, line->len, mark, sizeof(mark) - 1) : NULL;
	size_t before = at ? (size_t)(at - line->text) : line->len;
	struct error err;

	if (match_fill(&scene->captures, out, line->text, before, &err) < 0)
		return -1;
	if (!at)
		return 0;
	buf_str(out, choice);
	at += sizeof(mark) - 1;
	return match_fill(&scene->captures, out, at, (size_t)(line->text + line->len - at), &err);
}

bool scene_holds(struct scene *scene, const struct part *part, size_t first, const char *choice)
{
	struct buf line = {0};
	bool holds = true, quiet = scene->tee.quiet, prompt = scene->shell.prompt;
	size_t i;

	/* At a prompt, what cannot be run is no failure. */
	scene->shell.prompt = false;
	scene_hush(scene, true);
	for (i = first; i < part->lines.count && holds; i++) {
		unsigned long failed = scene->shell.failed;

		buf_reset(&line);
		holds = fill_line(scene, &part->lines.list[i], choice, &line) == 0;
		if (!holds)
			break;
		scene_run(scene, buf_text(&line), line.len);
		holds = scene->shell.failed == failed;
	}
	scene_hush(scene, quiet);
	scene->shell.prompt = prompt;
	buf_free(&line);
	return holds;
}
