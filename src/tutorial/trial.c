/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/trial.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "tutorial/diff.h"

/* The learner's choices are told apart by what the kernel says: all of them are tried. */
#define CHOICES_MOST 20

void trial_tell(struct trial *trial, bool ok, unsigned long line, const char *format, ...)
{
	struct buf text = {0};
	va_list ap;

	va_start(ap, format);
	buf_vprintf(&text, format, ap);
	va_end(ap);
	out_style(trial->out, ok ? OUT_PLAIN : OUT_ERROR);
	out_printf(trial->out, "%s - %s", ok ? "ok" : "not ok", trial->file);
	if (line)
		out_printf(trial->out, ":%lu", line);
	out_text(trial->out, ": ");
	out_bytes(trial->out, buf_text(&text), text.len);
	out_newline(trial->out);
	if (!ok)
		trial->failed = true;
	buf_free(&text);
}

static void explain(struct trial *trial, const char *text)
{
	out_text(trial->out, "# ");
	out_text(trial->out, text);
	out_newline(trial->out);
}

static void show_diff(struct trial *trial, const struct part *part,
		      const struct page_command *command)
{
	struct scene *scene = &trial->scene;
	const struct match_line *shown = part->lines.list + command->first;
	struct captures none = {0};
	struct diff diff;

	explain(trial, "- what the page shows, + what was printed");
	if (diff_make(&diff, &none, shown, command->count, scene->lines.list, scene->lines.count) ==
	    0)
		diff_print(trial->out, &diff, shown, scene->lines.list);
	else
		explain(trial, "out of memory");
	diff_free(&diff);
	captures_free(&none);
}

/* Returns whether the block may go on. */
static bool run_command(struct trial *trial, const struct part *part,
			const struct page_command *command)
{
	struct scene *scene = &trial->scene;
	struct buf line = {0};
	struct error err;
	bool well = match_fill(&scene->captures, &line, command->text, command->len, &err) == 0;

	if (!well) {
		trial_tell(trial, false, command->line, "%s", err.text);
		buf_free(&line);
		return false;
	}
	scene_run(scene, buf_text(&line), line.len);
	buf_free(&line);
	well = scene_await(scene, part, command, page_limit(trial->page, part));
	if (well)
		return true;
	if (trial->update)
		return update_note(&trial->edits, trial->page, part, command, &scene->captures,
				   scene->lines.list, scene->lines.count) == 0;
	trial_tell(trial, false, command->line, "%.*s%s", (int)command->len, command->text,
		   scene->captures.failed ? " (out of memory)" : "");
	show_diff(trial, part, command);
	return false;
}

static bool run_console(struct trial *trial, const struct part *part)
{
	size_t i;

	for (i = 0; i < part->command_count; i++)
		if (!run_command(trial, part, &part->commands[i]))
			return false;
	trial_tell(trial, true, part->line, "%.*s", (int)part->commands[0].len,
		   part->commands[0].text);
	return true;
}

/* The lines before the judge are run; then exactly one choice may hold. */
static bool run_question(struct trial *trial, size_t index)
{
	const struct part *part = &trial->page->parts[index];
	int holds = 0, choices = 0;
	struct buf right = {0};
	size_t i;

	for (i = 0; i < part->judge; i++)
		scene_run(&trial->scene, part->lines.list[i].text, part->lines.list[i].len);
	for (i = index + 1; i < trial->page->part_count && choices < CHOICES_MOST; i++) {
		struct buf choice = {0};

		if (trial->page->parts[i].kind != PART_PARAGRAPH)
			break;
		if (!trial->page->parts[i].choice)
			continue;
		choices++;
		page_choice(&choice, &trial->page->parts[i]);
		if (scene_holds(&trial->scene, part, part->judge, buf_text(&choice))) {
			holds++;
			buf_printf(&right, " %s", buf_text(&choice));
		}
		buf_free(&choice);
	}
	trial_tell(trial, holds == 1, part->line, "of %d choices the kernel says yes to%s%s",
		   choices, holds ? "" : " none", buf_text(&right));
	buf_free(&right);
	return holds == 1;
}

/* The goal must not be there before the solution, and must be after it. */
static bool run_goal(struct trial *trial, size_t index)
{
	const struct page *page = trial->page;
	const struct part *goal = &page->parts[index];
	size_t i = index;

	if (scene_holds(&trial->scene, goal, 0, NULL)) {
		trial_tell(trial, false, goal->line,
			   "this goal is reached before anything is done");
		return false;
	}
	while (page->parts[i].kind != PART_CONSOLE || !page->parts[i].solution)
		i++;
	if (!run_console(trial, &page->parts[i]))
		return false;
	if (scene_holds(&trial->scene, goal, 0, NULL)) {
		trial_tell(trial, true, goal->line, "the solution reaches the goal");
		return true;
	}
	trial_tell(trial, false, goal->line, "the solution does not reach the goal");
	lines_cut(&trial->scene.lines, &trial->scene.got, 1);
	for (i = 0; i < trial->scene.lines.count; i++) {
		struct match_line *line = &trial->scene.lines.list[i];

		out_text(trial->out, "# ");
		out_bytes(trial->out, line->text, line->len);
		out_newline(trial->out);
	}
	return false;
}

static bool run_part(struct trial *trial, size_t index)
{
	const struct part *part = &trial->page->parts[index];

	switch (part->kind) {
	case PART_CONSOLE:
		return part->solution || run_console(trial, part);
	case PART_QUESTION:
		return run_question(trial, index);
	case PART_GOAL:
		return run_goal(trial, index);
	default:
		return true;
	}
}

static void check_captures(struct trial *trial)
{
	const struct captures *captures = &trial->scene.captures;
	size_t i;

	for (i = 0; i < captures->count; i++)
		if (!captures->list[i].used)
			trial_tell(trial, false, captures->list[i].line,
				   "{%s} is seen once, and never used: {_} stands for anything",
				   captures->list[i].name);
}

int trial_run(struct trial *trial)
{
	size_t i;

	for (i = 0; i < trial->page->part_count; i++) {
		if (!run_part(trial, i))
			return -1;
		out_flush(trial->out);
	}
	if (!trial->update)
		check_captures(trial);
	out_flush(trial->out);
	return 0;
}

void trial_free(struct trial *trial)
{
	scene_close(&trial->scene);
	edits_free(&trial->edits);
}
