/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "names/words.h"
#include "repl/repl.h"
#include "tutorial/play.h"

/* The prompt of somebody who practises: what is to be done, and how far that is. */
struct task {
	struct play *play;
	const struct part *part;            /* the block, or the solution of a goal */
	const struct page_command *command; /* NULL: a goal is to be reached */
	const char *line;                   /* the command as it is to be typed */
	enum turn turn;
	bool done;
	bool solve; /* the page shall show how */
	bool same;  /* what was typed last is that line */
	bool told;  /* that it is not there yet */
};

static void say(struct task *task, enum out_style style, const char *text)
{
	struct out *out = task->play->out;

	out_style(out, style);
	out_wrap(out, 2, text);
	out_flush(out);
}

static void leave(struct task *task)
{
	task->play->scene.shell.quit = true;
}

static void give_hint(struct task *task)
{
	struct play *play = task->play;
	const struct part *goal = &play->page->parts[play->goal];
	struct buf text = {0};

	if (task->command) {
		words_fill(&text, "practice.hint", "line", task->line, NULL);
	} else if (play->hints < goal->hint_count) {
		buf_str(&text, goal->hints[play->hints++]);
	} else {
		buf_str(&text, words("practice.no-hint"));
	}
	say(task, OUT_WHY, buf_text(&text));
	buf_free(&text);
}

/* But for the blanks around it. */
static bool is_line(const char *line, const char *other)
{
	size_t len = strlen(other);

	line += strspn(line, " \t");
	return strncmp(line, other, len) == 0 && !line[len + strspn(line + len, " \t")];
}

/* Lines that are the practice's own. */
static bool on_line(void *data, const char *line)
{
	struct task *task = data;

	if (is_line(line, "hint")) {
		give_hint(task);
	} else if (is_line(line, "solution")) {
		task->solve = true;
		leave(task);
	} else if (is_line(line, "reset")) {
		task->turn = TURN_AGAIN;
		leave(task);
	} else {
		task->same = task->line && is_line(line, task->line);
		buf_reset(&task->play->scene.got);
		return false;
	}
	return true;
}

/* The part of a call's line behind its closing parenthesis: what it returned. */
static struct match_line result_of(const struct match_line *line)
{
	static const char mark[] = ") = ";
	struct match_line rest = *line;
	const char *at = memmem(line->text, line->len, mark, sizeof(mark) - 1), *next;

	while (at && (next = memmem(at + 1, line->len - (size_t)(at + 1 - line->text), mark,
				    sizeof(mark) - 1)))
		at = next;
	if (!at)
		return (struct match_line){.text = line->text};
	rest.text = at;
	rest.len = line->len - (size_t)(at - line->text);
	return rest;
}

/* Another call, or the same in other words, which did the same. */
static bool did_the_same(struct task *task)
{
	struct scene *scene = &task->play->scene;
	const struct page_command *command = task->command;
	const struct match_line *shown = task->part->lines.list + command->first;
	struct match_line was, is;

	if (command->count < 2 || scene->lines.count < 2)
		return false;
	was = result_of(&shown[0]);
	is = result_of(&scene->lines.list[0]);
	return was.len && is.len && match_line(&scene->captures, &was, &is) &&
	       match_block(&scene->captures, shown + 1, command->count - 1, scene->lines.list + 1,
			   scene->lines.count - 1);
}

static void on_ran(void *data)
{
	struct task *task = data;
	struct play *play = task->play;

	if (!task->command)
		task->done = play_reached(play);
	else if (scene_await(&play->scene, task->part, task->command,
			     page_limit(play->page, task->part)))
		task->done = true;
	else
		task->done = did_the_same(task);
	if (task->done) {
		leave(task);
		return;
	}
	if (task->same)
		say(task, OUT_DIM, words("practice.same"));
	else if (!task->told)
		say(task, OUT_DIM,
		    words(task->command ? "practice.other" : "practice.not-reached"));
	task->told = true;
}

/* Lends the prompt until something came of it. */
static enum turn attempt(struct task *task, const char *greeting)
{
	struct repl_guest guest = {
		.greeting = greeting, .line = on_line, .ran = on_ran, .data = task};
	enum turn turn = play_prompt(task->play, &guest);

	if (turn != TURN_ON)
		return turn;
	if (task->turn == TURN_ON && !task->done && !task->solve)
		return TURN_LEAVE;
	return task->turn;
}

static enum turn practise_command(struct play *play, const struct part *part,
				  const struct page_command *command)
{
	struct task task = {.play = play, .part = part, .command = command};
	struct buf greeting = {0}, line = {0};
	enum turn turn;
	struct error err;

	if (scene_fill(&play->scene, command->text, command->len, &line, &err) < 0)
		buf_add(&line, command->text, command->len);
	words_fill(&greeting, play->helped ? "practice.type" : "practice.type-first", "line",
		   buf_text(&line), NULL);
	play->helped = true;
	task.line = buf_text(&line);
	turn = attempt(&task, buf_text(&greeting));
	if (turn == TURN_ON && task.solve) {
		turn = play_line(play, buf_text(&line), line.len, false);
		if (turn == TURN_ON)
			scene_await(&play->scene, part, command, page_limit(play->page, part));
		out_flush(play->out);
	}
	buf_free(&greeting);
	buf_free(&line);
	return turn;
}

enum turn practice_console(struct play *play, const struct part *part)
{
	enum turn turn = TURN_ON;
	size_t i;

	if (!play->stage.keys)
		return play_console(play, part);
	if (play->prose.begun)
		out_newline(play->out);
	play->prose.begun = false;
	for (i = 0; i < part->command_count && turn == TURN_ON; i++)
		turn = practise_command(play, part, &part->commands[i]);
	stage_item(&play->stage, -1);
	play->prose.begun = true;
	return turn;
}

enum turn practice_goal(struct play *play, const struct part *solution)
{
	struct task task = {.play = play, .part = solution};
	enum turn turn;

	if (!play->stage.keys)
		return play_console(play, solution);
	out_newline(play->out);
	turn = attempt(&task, words("practice.goal"));
	play->prose.begun = false;
	if (turn == TURN_ON && task.solve)
		turn = play_console(play, solution);
	return turn;
}
