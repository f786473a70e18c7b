/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/play.h"

#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/grow.h"
#include "lab/private.h"
#include "names/words.h"
#include "repl/repl.h"

/* Rows that stay free below what is shown: for the hint, and a line to breathe. */
#define ROWS_BELOW 2

/* What a heading stands above, at least. */
#define HEADED_ROWS 3

/* Columns that the number of a section may take. */
#define HEAD_RIGHT 12

static bool is_section(const struct part *part)
{
	return part->kind == PART_HEADING && part->level == 2;
}

/* The number of the section that a part is in, from 1; 0: before the first. */
static int section_of(const struct page *page, size_t index)
{
	int number = 0;
	size_t i;

	for (i = 0; i <= index && i < page->part_count; i++)
		number += is_section(&page->parts[i]);
	return number;
}

void play_say(struct play *play, enum out_style style, const char *text)
{
	stage_item(&play->stage, -1);
	out_style(play->out, style);
	out_wrap(play->out, 2, text);
	out_flush(play->out);
	play->prose.item = false;
}

void play_fail(struct play *play, int status, const char *text)
{
	out_flush(play->out);
	out_printf(play->errors, "sockstep: ");
	out_text(play->errors, text);
	out_newline(play->errors);
	out_flush(play->errors);
	play->status = status;
}

void play_note(struct play *play, enum progress_what what, int number)
{
	struct error err;

	if (!play->name || progress_note(&play->progress, what, number, play->name, &err) == 0)
		return;
	play_say(play, OUT_DIM, err.text);
	play->name = NULL;
}

/* Draws a part again, as it was drawn first. */
static void draw(void *data, size_t part)
{
	struct play *play = data;
	struct prose prose = play->drawn[part];

	prose_put(&prose, play->page, part);
}

/* Which page this is, and how far one is, at the head of a screen. */
static void put_running_head(struct play *play)
{
	const struct page *page = play->page;
	int count = section_of(page, page->part_count);
	struct buf where = {0};
	size_t width = prose_width(play->out), len = strlen(page->title);

	stage_item(&play->stage, -1);
	out_style(play->out, OUT_DIM);
	/* Of a long one its beginning, up to a colon or a comma. */
	if (escape_width(page->title, strlen(page->title)) + HEAD_RIGHT > width)
		len = strcspn(page->title, ":,");
	out_bytes(play->out, page->title, len);
	if (count)
		buf_printf(&where, "%d of %d", section_of(page, play->section), count);
	if (where.len && play->out->column + where.len + 2 < width) {
		out_pad(play->out, width - where.len);
		out_bytes(play->out, buf_text(&where), where.len);
	}
	out_newline(play->out);
	out_newline(play->out);
	out_flush(play->out);
	buf_free(&where);
}

static void new_screen(struct play *play, bool head)
{
	out_resize(play->out);
	stage_screen(&play->stage);
	play->prose.begun = play->prose.item = false;
	if (head && play->stage.keys)
		put_running_head(play);
	play->empty = stage_used(&play->stage);
}

static bool fits(const struct play *play, size_t rows)
{
	size_t used = stage_used(&play->stage);

	return used <= play->empty || used + rows + ROWS_BELOW <= stage_rows(&play->stage);
}

enum turn play_room(struct play *play, size_t rows)
{
	enum turn turn = TURN_ON;

	if (!play->stage.keys || fits(play, rows))
		return TURN_ON;
	turn = play_stop(play, words("play.on"));
	if (turn == TURN_ON)
		new_screen(play, true);
	return turn;
}

/* Rows of what is to stand below a part on the same screen: the command that it speaks of. */
static size_t rows_below(const struct page *page, size_t index)
{
	const struct part *next = index + 1 < page->part_count ? &page->parts[index + 1] : NULL;

	if (page->parts[index].kind == PART_HEADING)
		return HEADED_ROWS;
	if (!next || next->kind != PART_CONSOLE || next->solution)
		return 0;
	return next->commands[0].count + 2;
}

/* Returns the index of what follows in *AT. */
static enum turn show_prose(struct play *play, size_t *at)
{
	enum turn turn = play_room(play, prose_rows(&play->prose, play->page, *at) +
						 rows_below(play->page, *at));

	if (turn != TURN_ON)
		return turn;
	play->drawn[*at] = play->prose;
	stage_item(&play->stage, (long)*at);
	*at = prose_put(&play->prose, play->page, *at);
	out_flush(play->out);
	return TURN_ON;
}

/* "  Enter   goes on: …" */
static void put_keys(struct out *out)
{
	static const char *const names[] = {"Enter", "b", "r", "!", "q"};
	size_t i;

	for (i = 0; i < COUNT_OF(names); i++) {
		char key[24];

		snprintf(key, sizeof(key), "play.key-%s", names[i]);
		out_printf(out, "  %-7s %s", names[i], words(key));
		out_newline(out);
	}
}

static void show_help(struct play *play)
{
	stage_lend(&play->stage);
	out_newline(play->out);
	out_newline(play->out);
	put_keys(play->out);
	out_flush(play->out);
	if (stage_take_back(&play->stage) < 0)
		return;
	stage_wait(&play->stage, NULL, "");
	stage_redraw(&play->stage);
}

enum turn play_prompt(struct play *play, const struct repl_guest *guest)
{
	struct shell *shell = &play->scene.shell;
	struct owner *before = session_current(shell->session);
	long timeout = session_timeout(shell->session);

	stage_lend(&play->stage);
	shell->prompt = true;
	shell->status = SHELL_OK;
	shell->hints = true;
	session_set_timeout(shell->session, 0);
	repl_run(shell, guest);
	session_set_timeout(shell->session, timeout);
	session_go_to(shell->session, before);
	shell->prompt = false;
	if (shell->status == SHELL_INTERRUPTED || play->out->failed ||
	    stage_take_back(&play->stage) < 0) {
		play->status = SHELL_INTERRUPTED;
		return TURN_LEAVE;
	}
	shell->quit = false;
	return TURN_ON;
}

static enum turn free_prompt(struct play *play)
{
	const struct repl_guest guest = {.greeting = words("play.prompt")};
	enum turn turn;

	stage_lend(&play->stage);
	out_newline(play->out);
	turn = play_prompt(play, &guest);
	if (turn == TURN_ON)
		stage_redraw(&play->stage);
	return turn;
}

/* Returns TURN_ON where Enter was pressed; *KEY is the last one. */
static enum turn wait_key(struct play *play, const char *hint, enum stage_key *key)
{
	enum turn turn = TURN_ON;

	do {
		*key = stage_wait(&play->stage, play->scene.shell.session, hint);
		if (*key == KEY_BACK)
			*key = stage_browse(&play->stage);
		if (*key == KEY_HELP)
			show_help(play);
		else if (*key == KEY_PROMPT)
			turn = free_prompt(play);
	} while (turn == TURN_ON && (*key == KEY_BACK || *key == KEY_HELP || *key == KEY_OTHER));
	return turn;
}

static enum turn turn_of(struct play *play, enum stage_key key)
{
	if (key == KEY_AGAIN)
		return TURN_AGAIN;
	if (key == KEY_INTERRUPT)
		play->status = play->out->failed ? SHELL_FAILED : SHELL_INTERRUPTED;
	return key == KEY_LEAVE || key == KEY_INTERRUPT ? TURN_LEAVE : TURN_ON;
}

enum turn play_stop(struct play *play, const char *hint)
{
	struct buf text = {0};
	enum stage_key key;
	enum turn turn;

	if (!play->out->column && play->stage.keys) {
		stage_item(&play->stage, -1);
		out_newline(play->out);
		play->prose.begun = false;
	}
	if (play->helped)
		buf_str(&text, hint);
	else
		words_fill(&text, "play.first-hint", "hint", hint, NULL);
	do
		turn = wait_key(play, buf_text(&text), &key);
	while (turn == TURN_ON && (key == KEY_DIGIT || (key == KEY_PROMPT && !play_reached(play))));
	buf_free(&text);
	play->helped = true;
	if (turn != TURN_ON)
		return turn;
	return turn_of(play, key);
}

enum turn play_answer(struct play *play, int count, int *answer)
{
	struct buf hint = {0};
	enum stage_key key;
	enum turn turn;
	char number[16];

	stage_item(&play->stage, -1);
	out_newline(play->out);
	snprintf(number, sizeof(number), "%d", count);
	words_fill(&hint, "play.answer", "n", number, NULL);
	do {
		turn = wait_key(play, buf_text(&hint), &key);
		*answer = key == KEY_DIGIT ? play->stage.digit : 0;
	} while (turn == TURN_ON &&
		 (key == KEY_PROMPT || (key == KEY_DIGIT && (!*answer || *answer > count))));
	buf_free(&hint);
	return turn == TURN_ON ? turn_of(play, key) : turn;
}

/* A question stands on one screen, if it can. */
static enum turn begin_question(struct play *play, size_t *at)
{
	struct prose probe = play->prose;
	size_t i, end, rows = 0;
	int count;

	end = page_choices(play->page, *at, &count);
	for (i = *at + 1; i < end; i++)
		rows += prose_rows(&probe, play->page, i);
	play->question = *at;
	play->prose.choice = 0;
	++*at;
	return play_room(play, rows + 3);
}

static enum turn begin_section(struct play *play, size_t at)
{
	enum turn turn = TURN_ON;

	if (play->stage.count && play->stage.keys && stage_used(&play->stage) > play->empty)
		turn = play_stop(play, words("play.on"));
	if (turn != TURN_ON)
		return turn;
	play->section = at;
	play->told_other = false;
	if (!play->stage.count || play->stage.keys)
		new_screen(play, at > 0);
	return TURN_ON;
}

static enum turn play_block(struct play *play, const struct part *part)
{
	if (part->solution)
		return play_goal(play, part);
	return play->options->practice ? practice_console(play, part) : play_console(play, part);
}

/* Plays the part at *AT, which is that of the next one then. */
static enum turn play_part(struct play *play, size_t *at)
{
	const struct part *part = &play->page->parts[*at];
	enum turn turn = TURN_ON;
	int count;

	if (*at != play->section && is_section(part))
		turn = begin_section(play, *at);
	if (turn == TURN_ON && prose_is(part))
		turn = show_prose(play, at);
	else if (turn == TURN_ON && part->kind == PART_QUESTION)
		turn = begin_question(play, at);
	else if (turn == TURN_ON && part->kind == PART_GOAL)
		play->goal = (*at)++;
	else if (turn == TURN_ON && (turn = play_block(play, part)) == TURN_ON)
		++*at;
	if (turn == TURN_ON && play->question &&
	    *at >= page_choices(play->page, play->question, &count))
		turn = play_question(play);
	return turn;
}

/* Runs what stands before the section, unseen: it begins with what came of that. */
static void catch_up(struct play *play, size_t end)
{
	size_t i;

	scene_hush(&play->scene, true);
	for (i = 0; i < end && !play->scene.shell.quit; i++)
		play_unseen(play, &play->page->parts[i]);
	scene_hush(&play->scene, false);
}

static bool is_hurried(void *data)
{
	const struct play *play = data;

	return stage_hurried(&play->stage);
}

/* Returns 0, or -1: told. */
static int prepare(struct play *play)
{
	const struct tutorial_options *options = play->options;
	struct scene_config how = {.lab = play->page->lab,
				   .allow_files = options->allow_files,
				   .shared = play->shared,
				   .backend = options->backend,
				   .shown = &play->shown,
				   .signal_fd = options->signal_fd};
	struct error err;

	play->goal = play->question = play->hints = 0;
	if (scene_open(&play->scene, &how, &err) < 0) {
		play_fail(play, SHELL_CANNOT, err.text);
		return -1;
	}
	catch_up(play, play->section);
	play->scene.hurried = is_hurried;
	play->scene.hurried_data = play;
	if (!play->scene.shell.quit)
		return 0;
	play->status = SHELL_INTERRUPTED;
	return -1;
}

/* Everything anew: sockets, network, lab. */
static int begin_again(struct play *play)
{
	struct error err;

	scene_close(&play->scene);
	if (!play->shared && private_renew(&err) < 0) {
		play_fail(play, SHELL_CANNOT, err.text);
		return -1;
	}
	return prepare(play);
}

/* Where --from begins; -1: there is no such section. */
static int find_start(struct play *play)
{
	size_t i;

	for (i = 0; i < play->page->part_count && play->options->from; i++)
		if (is_section(&play->page->parts[i]) &&
		    section_of(play->page, i) == play->options->from) {
			play->section = i;
			return 0;
		}
	return play->options->from ? -1 : 0;
}

static void finish(struct play *play, bool whole)
{
	struct buf text = {0};
	char next[16];

	if (play->out->column)
		out_newline(play->out);
	if (!whole) {
		play_note(play, PROGRESS_SECTION, section_of(play->page, play->section));
		return;
	}
	play_note(play, play->options->practice ? PROGRESS_PRACTISED : PROGRESS_PLAYED, 0);
	play_note(play, PROGRESS_SECTION, 0);
	out_newline(play->out);
	snprintf(next, sizeof(next), "%d", play->next);
	words_fill(&text, play->next ? "play.next" : "play.end", "n", next, NULL);
	play_say(play, OUT_DIM, buf_text(&text));
	buf_free(&text);
}

int play_page(struct play *play)
{
	enum turn turn = TURN_ON;
	size_t at;

	if (find_start(play) < 0) {
		play_fail(play, SHELL_USAGE, "--from: there is no such section");
		return play->status;
	}
	play->stage.draw = draw;
	play->stage.data = play;
	if (prepare(play) < 0)
		return play->status;
	new_screen(play, play->section > 0);
	for (at = play->section; at < play->page->part_count && turn != TURN_LEAVE;) {
		turn = play_part(play, &at);
		if (turn != TURN_AGAIN)
			continue;
		at = play->section;
		if (begin_again(play) < 0)
			break;
		new_screen(play, at > 0);
	}
	if (play->status == SHELL_OK || play->status == SHELL_INTERRUPTED)
		finish(play, at >= play->page->part_count && turn != TURN_LEAVE);
	out_flush(play->out);
	return play->status;
}
