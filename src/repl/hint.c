/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/hint.h"

#include <stdio.h>
#include <string.h>

#include <readline/readline.h>

#include "base/escape.h"
#include "calls/kinds.h"
#include "repl/candidates_parts.h"

/*
 * The cursor is kept and put back, and the terminal does not wrap meanwhile: whatever it makes of
 * wide characters, the hint stays on its row.
 */
#define BEGIN "\0337\033[?7l\033[2m"
#define END   "\033[0m\033[?7h\0338"
#define CLEAR "\033[J"

/* An option's value says how it is written, in place of its name. */
static bool add_value(struct buf *out, const struct finder *finder, const struct arg *arg)
{
	const struct option *option = candidates_given_option(finder);
	size_t before = out->len;

	if (arg->kind == &kind_option_value && option && !finder->typed->c_spelling)
		candidates_value_form(out, option);
	return out->len > before;
}

static void add_arg(struct buf *out, const struct finder *finder, const struct arg *arg)
{
	bool c_spelling = finder->typed->c_spelling;

	if (add_value(out, finder, arg))
		return;
	if (c_spelling)
		buf_str(out, arg->name);
	else
		buf_printf(out, arg->flags & ARG_OPTIONAL ? "[%s]" : "%s", arg->name);
	if (arg->flags & ARG_REST && !c_spelling)
		buf_str(out, "...");
}

/* Whether a word of the argument at the cursor stands there already. */
static bool is_begun(const struct finder *finder)
{
	int i, used = 0;

	for (i = 0; i < finder->index; i++)
		used += finder->given[i] != NULL;
	return finder->typed->count > used;
}

void hint_text(struct buf *out, struct session *session, const char *line)
{
	size_t i, len = strlen(line), before = out->len;
	struct completion none = {0};
	struct typed typed;
	struct finder finder;
	const struct arg *args;

	typed_read(&typed, line, len);
	finder_start(&finder, &none, session, &typed);
	if (!finder.record || typed.last.len)
		return;
	args = finder.record->args;
	i = (size_t)finder.index;
	/* Where all words that are left are taken, the first is enough. */
	if (i < CALL_ARGS && args[i].flags & ARG_REST && is_begun(&finder))
		return;
	for (; i < CALL_ARGS && args[i].name; i++) {
		if (args[i].flags & ARG_C_ONLY && !typed.c_spelling)
			continue;
		if (out->len > before)
			buf_str(out, typed.c_spelling ? ", " : " ");
		else if (line[len - 1] == ',')
			buf_char(out, ' ');
		add_arg(out, &finder, &args[i]);
	}
	if (typed.c_spelling && finder.index < record_args(finder.record))
		buf_char(out, ')');
}

static bool has_controls(const char *line)
{
	for (; *line; line++)
		if ((unsigned char)*line < ' ' || *line == '\177')
			return true;
	return false;
}

static bool is_ascii(const char *line)
{
	for (; *line; line++)
		if ((unsigned char)*line >= 0x80)
			return false;
	return true;
}

/* Colours may be wanted in spite of it: it cannot move the cursor back. */
static bool is_dumb(void)
{
	return !rl_terminal_name || strcmp(rl_terminal_name, "dumb") == 0;
}

/* Whether the terminal's cursor is behind the line, as it was typed. */
static bool can_show(const struct out *out)
{
	const char *mode = rl_variable_value("show-mode-in-prompt");

	return out->color && !is_dumb() && rl_end > 0 && rl_point == rl_end &&
	       !RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_SEARCH |
			   RL_STATE_NUMERICARG | RL_STATE_COMPLETING | RL_STATE_DONE) &&
	       !has_controls(rl_line_buffer) && (out->unicode || is_ascii(rl_line_buffer)) &&
	       !(mode && strcmp(mode, "on") == 0);
}

void hint_show(struct hint *hint, const struct out *out, struct session *session, size_t prompt)
{
	struct buf text = {0};
	size_t width;

	if (!can_show(out))
		return;
	hint_text(&text, session, rl_line_buffer);
	width = prompt + escape_width(rl_line_buffer, (size_t)rl_end) + text.len;
	if (text.len && !text.failed && width < (size_t)out->width) {
		fprintf(rl_outstream, BEGIN "%s" END, buf_text(&text));
		fflush(rl_outstream);
		hint->shown = true;
	}
	buf_free(&text);
}

void hint_hide(struct hint *hint)
{
	if (hint->shown)
		fputs(CLEAR, rl_outstream);
	hint->shown = false;
}
