/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/rounds.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "calls/kinds.h"
#include "calls/literal.h"
#include "commands/verbs.h"

#define SUM_MOST 1000000000000

/* Commands of a line, from FROM to TO, with a part from AT up to BEHIND that is another in each
 * round. */
struct part {
	struct place place;
	size_t from, at, behind, to;
	struct buf text; /* of the line in this round, so far */
};

/* Where it begins and ends: what is repeated within what is repeated is part of the same. */
static void begin(struct shell *shell, struct repeated *repeated, unsigned long most)
{
	*repeated = (struct repeated){.most = most};
	if (!shell->repeats++)
		shell->ended = shell->stirred = false;
	shell->report->ops->repeat(shell->report, REPEAT_BEGINS, repeated);
}

static void end(struct shell *shell, struct repeated *repeated)
{
	if (shell->ended)
		repeated->why = shell->stirred ? REPEAT_INTERRUPTED : REPEAT_FAILED;
	shell->report->ops->repeat(shell->report, REPEAT_ENDS, repeated);
	if (--shell->repeats)
		return;
	shell->ended = shell->stirred = false;
	/* A person has seen what failed. */
	if (shell->prompt)
		shell->unexpected = shell->unexpected_death = false;
}

static void begin_text(struct part *part)
{
	buf_reset(&part->text);
	buf_add(&part->text, part->place.text, part->at);
}

/*
 * The commands of the text so far, which goes on with what is behind the part that differs. Returns
 * -1 where they cannot be read.
 */
static int do_commands(struct shell *shell, struct part *part, bool run)
{
	struct place place = part->place;
	size_t to = part->text.len + part->to - part->behind;
	struct error err;

	buf_add(&part->text, part->place.text + part->behind, part->place.len - part->behind);
	place.text = buf_text(&part->text);
	place.len = part->text.len;
	if (!part->text.failed)
		return shell_commands(shell, &place, part->from, to, run);
	error_set(&err, "out of memory");
	shell_error(shell, &err);
	return -1;
}

static void run_round(struct shell *shell, struct part *part, struct repeated *repeated)
{
	repeated->round++;
	shell->report->ops->repeat(shell->report, REPEAT_ROUND, repeated);
	do_commands(shell, part, true);
	shell_look(shell, repeated->round);
	if (shell_owes(shell))
		shell->ended = true;
}

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Behind +9 or -9, whose value goes to *SUM; or where it was. */
static const char *read_sum(const char *at, const char *end, long *sum)
{
	const char *digits = at + 1;

	*sum = 0;
	if (end - at < 2 || (*at != '+' && *at != '-') || !isdigit((unsigned char)*digits))
		return at;
	for (; digits < end && isdigit((unsigned char)*digits); digits++)
		if (*sum < SUM_MOST)
			*sum = *sum * 10 + (*digits - '0');
	if (*at == '-')
		*sum = -*sum;
	return digits;
}

/* Every $i, or $i+9, becomes the number of the ROUND. */
static void add_round(struct buf *out, const char *text, size_t len, char letter, long round)
{
	const char *end = text + len, *at;

	while ((at = memchr(text, '$', (size_t)(end - text)))) {
		const char *behind = at + 2;
		long sum;

		if (end - at < 2 || at[1] != letter || (behind < end && is_letter(*behind))) {
			buf_add(out, text, (size_t)(at + 1 - text));
			text = at + 1;
			continue;
		}
		buf_add(out, text, (size_t)(at - text));
		text = read_sum(behind, end, &sum);
		buf_printf(out, "%ld", round + sum);
	}
	buf_add(out, text, (size_t)(end - text));
}

/* Outermost $i, then $j, $k. */
static char letter_of(const struct shell *shell)
{
	return (char)('i' + shell->level);
}

static void write_round(const struct shell *shell, struct part *part, long round)
{
	begin_text(part);
	add_round(&part->text, part->place.text + part->at, part->behind - part->at,
		  letter_of(shell), round);
}

static void run_rounds(struct shell *shell, struct part *part, long most)
{
	struct repeated repeated;
	long round;

	begin(shell, &repeated, (unsigned long)most);
	for (round = 1; round <= most && !shell->quit && !shell->ended; round++) {
		write_round(shell, part, round);
		shell->level++;
		run_round(shell, part, &repeated);
		shell->level--;
	}
	end(shell, &repeated);
}

static int run_repeat(struct shell *shell, const struct value *values, struct error *err)
{
	struct part part = {.place = shell->place};

	part.from = part.at = (size_t)values[1].number;
	part.to = part.behind = part.from + values[1].size;
	if (shell->level == SHELL_REPEATS)
		return error_set(err, "repeat stands in another at most %d deep", SHELL_REPEATS);
	/* Nothing is run of what cannot be read to its end. */
	write_round(shell, &part, 1);
	if (do_commands(shell, &part, false) >= 0)
		run_rounds(shell, &part, values[0].number);
	buf_free(&part.text);
	return 0;
}

const struct verb verb_repeat = {
	.record = {.name = LANG_REPEAT,
		   .prototype = "repeat N { COMMANDS }",
		   .help = "run commands N times; $i is the number of the round",
		   .example = "repeat 3 { socket tcp; bind . 127.0.0.1:$i+8000 }",
		   .args = {{.name = "N", .kind = &kind_rounds},
			    {.name = "{COMMANDS}", .kind = &kind_block}}},
	.run = run_repeat,
};

/* FROM-TO, digits both. */
static const char *find_dash(const struct word *word)
{
	const char *dash = memchr(word->text, '-', word->len), *end = word->text + word->len, *at;

	if (!dash || dash == word->text || dash + 1 == end)
		return NULL;
	for (at = word->text; at < end; at++)
		if (at != dash && !isdigit((unsigned char)*at))
			return NULL;
	return dash;
}

int rounds_range(const struct record *record, const struct command *command)
{
	int i;

	for (i = 0; record && i < command->count; i++) {
		int arg;

		if (!find_dash(&command->words[i]))
			continue;
		arg = values_next_arg(record, command->words, i, command->c_spelling, NULL);
		if (arg < record_args(record) && (record->args[arg].kind == &kind_fd ||
						  record->args[arg].kind == &kind_fd_or_all))
			return i;
	}
	return -1;
}

/* Both ends of a range. Returns 0, or -1 with ERR set, placed at the word. */
static int read_range(const struct word *word, long *from, long *to, struct error *err)
{
	const char *dash = find_dash(word);
	size_t len = (size_t)(dash - word->text);

	*err = (struct error){0};
	if (literal_number(word->text, len, 0, INT_MAX, from, err) < 0)
		return word_place(err, word, 0);
	if (literal_number(dash + 1, word->len - len - 1, 0, INT_MAX, to, err) < 0)
		return word_place(err, word, len + 1);
	if (*from <= *to)
		return 0;
	error_set(err, "a range of descriptors goes up: %ld-%ld", *to, *from);
	return word_blame(err, word);
}

static void run_each(struct shell *shell, struct part *part, const int *fds, size_t count)
{
	struct repeated repeated;
	size_t i;

	begin(shell, &repeated, count);
	for (i = 0; i < count && !shell->quit && !shell->ended; i++) {
		begin_text(part);
		buf_printf(&part->text, "%d", fds[i]);
		run_round(shell, part, &repeated);
	}
	end(shell, &repeated);
	buf_free(&part->text);
}

void rounds_run_range(struct shell *shell, const struct command *command, int index)
{
	const struct word *word = &command->words[index];
	struct part part = {.place = shell->place};
	int *fds = NULL, count;
	struct error err;
	long from = 0, to = 0;

	part.from = (size_t)command->whole.column - 1;
	part.to = part.from + command->whole.len;
	part.at = (size_t)word->column - 1;
	part.behind = part.at + word->len;
	if (command->assign.text) {
		error_set(&err, "%.*s would be the name of several descriptors",
			  (int)command->assign.len, command->assign.text);
		word_blame(&err, &command->assign);
		shell_error(shell, &err);
		return;
	}
	count = read_range(word, &from, &to, &err) < 0
			? -1
			: session_open_descriptors(shell->session, (int)from, (int)to, &fds, &err);
	if (count < 0) {
		if (!err.column)
			word_blame(&err, word);
		shell_error(shell, &err);
		return;
	}
	run_each(shell, &part, fds, (size_t)count);
	free(fds);
}
