/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/play.h"

#include <stdio.h>
#include <string.h>

#include "names/words.h"

/* How long to wait for what the page shows, where something else came before. */
#define LATE_US 300000L

/* What stands below a command besides what it prints. */
#define ROWS_AROUND 2

static long limit_of(const struct play *play, const struct part *part)
{
	if (play->stage.late)
		return LATE_US;
	return page_limit(play->page, part);
}

/* A command as it is run. Returns 0, or -1 with ERR set. */
static int fill(struct play *play, const char *text, size_t len, struct buf *out, struct error *err)
{
	if (!play->page->script && scene_fill(&play->scene, text, len, out, err) < 0)
		return -1;
	if (play->page->script)
		buf_add(out, text, len);
	return out->failed ? error_set(err, "out of memory") : 0;
}

/* `quit` on a page ends nothing; a signal does. */
static enum turn turn_after(struct play *play)
{
	struct shell *shell = &play->scene.shell;

	if (!shell->quit || shell->status != SHELL_INTERRUPTED) {
		shell->quit = false;
		return TURN_ON;
	}
	play->status = SHELL_INTERRUPTED;
	return TURN_LEAVE;
}

void play_unseen(struct play *play, const struct part *part)
{
	struct buf line = {0};
	struct error err;
	size_t i, lines = part->kind == PART_QUESTION ? part->judge : 0;

	for (i = 0; i < lines; i++) {
		buf_reset(&line);
		if (fill(play, part->lines.list[i].text, part->lines.list[i].len, &line, &err) == 0)
			scene_run(&play->scene, buf_text(&line), line.len);
	}
	for (i = 0; i < part->command_count && turn_after(play) == TURN_ON; i++) {
		const struct page_command *command = &part->commands[i];

		buf_reset(&line);
		if (fill(play, command->text, command->len, &line, &err) < 0)
			continue;
		scene_run(&play->scene, buf_text(&line), line.len);
		if (!play->page->script)
			scene_await(&play->scene, part, command, limit_of(play, part));
	}
	turn_after(play);
	buf_free(&line);
}

static void put_prompt(struct play *play)
{
	const char *process = session_process_name(session_current(play->scene.shell.session));

	stage_item(&play->stage, -1);
	if (play->prose.begun)
		out_newline(play->out);
	play->prose.begun = play->prose.item = false;
	out_style(play->out, OUT_DIM);
	if (strcmp(process, "main") != 0)
		out_text(play->out, process);
	out_text(play->out, ">");
	out_style(play->out, OUT_PLAIN);
	out_text(play->out, " ");
}

enum turn play_line(struct play *play, const char *text, size_t len, bool waits)
{
	enum turn turn = TURN_ON;

	put_prompt(play);
	stage_type(&play->stage, text, len);
	if (waits)
		turn = play_stop(play, words("play.run"));
	if (turn != TURN_ON)
		return turn;
	play->stage.late = false;
	out_newline(play->out);
	out_flush(play->out);
	scene_run(&play->scene, text, len);
	out_flush(play->out);
	return turn_after(play);
}

/* The page may count on something that is not so any more: after a prompt of the learner's own. */
static void tell_other(struct play *play)
{
	if (play->scene.captures.failed)
		play->out->buf.failed = true;
	if (play->told_other || play->stage.late || play->scene.captures.failed)
		return;
	play->told_other = true;
	play_say(play, OUT_DIM, words("play.other"));
}

static void tell_unfilled(struct play *play, const struct page_command *command,
			  const struct error *err)
{
	struct buf text = {0}, line = {0};

	buf_add(&line, command->text, command->len);
	words_fill(&text, "play.unfilled", "line", buf_text(&line), "error", err->text, NULL);
	play_say(play, OUT_ERROR, buf_text(&text));
	play->out->buf.failed |= text.failed || line.failed;
	buf_free(&line);
	buf_free(&text);
}

/* What a script expects; it speaks only where it was mistaken. */
static void run_expect(struct play *play, const struct page_command *command)
{
	unsigned long failed = play->scene.shell.failed;

	stage_item(&play->stage, -1);
	scene_run(&play->scene, command->text, command->len);
	out_flush(play->out);
	if (play->scene.shell.failed != failed && play->status == SHELL_OK)
		play->status = SHELL_FAILED;
}

static enum turn run_command(struct play *play, const struct part *part,
			     const struct page_command *command)
{
	struct buf line = {0};
	struct error err;
	enum turn turn;

	if (command->quiet) {
		run_expect(play, command);
		return TURN_ON;
	}
	if (fill(play, command->text, command->len, &line, &err) < 0) {
		tell_unfilled(play, command, &err);
		return TURN_ON;
	}
	turn = play_room(play, command->count + ROWS_AROUND);
	if (turn == TURN_ON)
		turn = play_line(play, buf_text(&line), line.len, true);
	if (turn == TURN_ON && !play->page->script &&
	    !scene_await(&play->scene, part, command, limit_of(play, part)))
		tell_other(play);
	out_flush(play->out);
	if (turn == TURN_ON)
		turn = turn_after(play);
	play->prose.begun = true;
	buf_free(&line);
	return turn;
}

enum turn play_console(struct play *play, const struct part *part)
{
	enum turn turn = TURN_ON;
	size_t i;

	for (i = 0; i < part->command_count && turn == TURN_ON; i++) {
		play->prose.begun = i == 0 && play->prose.begun;
		turn = run_command(play, part, &part->commands[i]);
	}
	play->prose.begun = true;
	return turn;
}

/* The index of the part that is choice NUMBER, from 1; 0 where there is none. */
static size_t choice_at(const struct play *play, int number)
{
	size_t i, end;
	int count;

	end = page_choices(play->page, play->question, &count);
	for (i = play->question + 1; i < end; i++)
		if (play->page->parts[i].choice && --number == 0)
			return i;
	return 0;
}

/* The choice that the kernel says yes to, from 1; 0: to none. */
static int judge(struct play *play, const struct part *question, int count)
{
	int number, right = 0;

	for (number = 1; number <= count && !right; number++) {
		struct buf choice = {0};

		page_choice(&choice, &play->page->parts[choice_at(play, number)]);
		play->out->buf.failed |= choice.failed;
		if (scene_holds(&play->scene, question, question->judge, buf_text(&choice)))
			right = number;
		buf_free(&choice);
	}
	return right;
}

static void tell_verdict(struct play *play, int answer, int right)
{
	const char *key = !right            ? "play.none"
			  : answer == right ? "play.right"
			  : answer          ? "play.wrong"
					    : "play.told";
	struct buf choice = {0}, text = {0};
	char number[16];

	if (right)
		page_choice(&choice, &play->page->parts[choice_at(play, right)]);
	snprintf(number, sizeof(number), "%d", right);
	words_fill(&text, key, "choice", buf_text(&choice), "n", number, NULL);
	out_newline(play->out);
	play_say(play, answer == right && right ? OUT_CHANGE : OUT_WAITS, buf_text(&text));
	play->out->buf.failed |= choice.failed || text.failed;
	play->prose.begun = true;
	buf_free(&choice);
	buf_free(&text);
}

enum turn play_question(struct play *play)
{
	const struct part *question = &play->page->parts[play->question];
	int count, answer = 0;
	enum turn turn;
	size_t i;

	page_choices(play->page, play->question, &count);
	turn = play_answer(play, count, &answer);
	play->prose.begun = false;
	for (i = 0; i < question->judge && turn == TURN_ON; i++) {
		struct buf line = {0};
		struct error err;

		if (fill(play, question->lines.list[i].text, question->lines.list[i].len, &line,
			 &err) == 0 &&
		    line.len)
			turn = play_line(play, buf_text(&line), line.len, false);
		buf_free(&line);
	}
	if (turn == TURN_ON)
		tell_verdict(play, answer, judge(play, question, count));
	play->question = 0;
	return turn;
}

bool play_reached(struct play *play)
{
	const struct part *goal = &play->page->parts[play->goal];

	return play->goal && scene_holds(&play->scene, goal, 0, NULL);
}

enum turn play_goal(struct play *play, const struct part *solution)
{
	enum turn turn;

	if (play->options->practice) {
		turn = practice_goal(play, solution);
	} else {
		turn = play_stop(play, words("play.goal"));
		if (turn == TURN_ON && !play_reached(play))
			turn = play_console(play, solution);
	}
	if (turn == TURN_ON && play_reached(play)) {
		if (play->prose.begun)
			out_newline(play->out);
		play_say(play, OUT_CHANGE, words("play.reached"));
		play_note(play, PROGRESS_GOAL, page_goals(play->page, play->goal + 1));
		play->prose.begun = true;
	}
	if (turn == TURN_ON)
		play->goal = play->hints = 0;
	return turn;
}
