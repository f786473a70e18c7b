/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/typed.h"

#include <string.h>

#define BLANKS       " \t\r\v\f"
#define ENDS_COMMAND ";\n"

struct scan {
	const char *line;
	size_t len;
	size_t at;
	bool in_quote; /* the end came within one */
	int blocks;    /* braces of `repeat` that are open */
};

static bool one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

static bool at_end(const struct scan *in)
{
	return in->at >= in->len;
}

static void skip_blanks(struct scan *in)
{
	while (!at_end(in) && one_of(in->line[in->at], BLANKS))
		in->at++;
}

static void skip_quoted(struct scan *in)
{
	char quote = in->line[in->at++];

	while (!at_end(in) && in->line[in->at] != quote)
		in->at += in->line[in->at] == '\\' ? 2 : 1;
	in->in_quote = at_end(in);
	in->at = at_end(in) ? in->len : in->at + 1;
}

/* A word up to one of ENDS outside of quotes and brackets; DEEP: parentheses are brackets, too. */
static struct word take(struct scan *in, const char *ends, bool deep)
{
	size_t from = in->at;
	int depth = 0;

	while (!at_end(in)) {
		char c = in->line[in->at];

		if (depth <= 0 && one_of(c, ends))
			break;
		if (c == '"' || c == '\'') {
			skip_quoted(in);
			continue;
		}
		if (one_of(c, deep ? "{[(" : "{["))
			depth++;
		else if (one_of(c, deep ? "}])" : "}]"))
			depth--;
		in->at++;
	}
	return (struct word){
		.text = in->line + from, .len = in->at - from, .column = (int)from + 1};
}

static bool is_comment(const struct scan *in)
{
	const char *at = in->line + in->at;

	return !at_end(in) && (*at == '#' || (*at == '/' && in->at + 1 < in->len && at[1] == '/'));
}

/* The word ended with the text: the cursor is in it. */
static bool is_last(struct typed *typed, const struct scan *in, enum typed_place place,
		    const struct word *word)
{
	if (!at_end(in))
		return false;
	typed->last = *word;
	typed->place = in->in_quote ? TYPED_QUOTE : place;
	return true;
}

/* What ends a word, and a command with it. */
static const char *ends(const struct scan *in)
{
	return in->blocks ? BLANKS ENDS_COMMAND "}" : BLANKS ENDS_COMMAND;
}

/* Moves past the command; false where the text ends before. */
static bool end_command(struct scan *in)
{
	while (!at_end(in) && !one_of(in->line[in->at], ENDS_COMMAND)) {
		if (in->line[in->at] == '}' && in->blocks)
			in->blocks--;
		in->at++;
	}
	if (at_end(in))
		return false;
	in->at++;
	return true;
}

static bool end_comment(struct typed *typed, struct scan *in)
{
	const char *end = memchr(in->line + in->at, '\n', in->len - in->at);

	in->at = end ? (size_t)(end - in->line) + 1 : in->len;
	if (!end)
		typed->place = TYPED_COMMENT;
	return end != NULL;
}

static void add(struct typed *typed, const struct word *word)
{
	if (typed->count < COMMAND_WORDS)
		typed->words[typed->count++] = *word;
}

/* Both return whether the command ended before the text did. */
static bool read_words(struct typed *typed, struct scan *in)
{
	bool ended = false; /* by `&`, behind which nothing stands */

	for (;;) {
		struct word word;

		skip_blanks(in);
		if (is_comment(in))
			return end_comment(typed, in);
		if (!at_end(in) && in->line[in->at] == '{' && word_is(&typed->name, LANG_REPEAT)) {
			in->at++;
			in->blocks++;
			return true;
		}
		word = take(in, ends(in), false);
		if (is_last(typed, in, ended ? TYPED_END : TYPED_ARGUMENT, &word))
			return false;
		if (!word.len)
			return end_command(in);
		ended = word_is(&word, "&");
		add(typed, &word);
	}
}

static bool read_arguments(struct typed *typed, struct scan *in)
{
	typed->c_spelling = true;
	for (;;) {
		struct word word;

		in->at++;
		skip_blanks(in);
		word = take(in, ",);\n", true);
		if (is_last(typed, in, TYPED_ARGUMENT, &word))
			return false;
		if (in->line[in->at] != ',')
			return end_command(in);
		while (word.len && one_of(word.text[word.len - 1], BLANKS))
			word.len--;
		add(typed, &word);
	}
}

static bool is_closing(const struct scan *in)
{
	return in->blocks && !at_end(in) && in->line[in->at] == '}';
}

/* What may stand before the name: @PROCESS, a C type, NAME =. False where the cursor is there. */
static bool read_head(struct typed *typed, struct scan *in)
{
	for (;;) {
		struct word word;

		skip_blanks(in);
		if (is_comment(in)) {
			if (!end_comment(typed, in))
				return false;
			continue;
		}
		if (is_closing(in))
			return true;
		word = take(in, BLANKS ENDS_COMMAND "(=", false);
		if (is_last(typed, in, word.len && word.text[0] == '@' ? TYPED_PROCESS : TYPED_NAME,
			    &word))
			return false;
		typed->name = word;
		skip_blanks(in);
		if (!at_end(in) && in->line[in->at] == '=') {
			typed->assigned = true;
			in->at++;
		} else if (!(word.len && word.text[0] == '@') && !word_is(&word, "int") &&
			   !word_is(&word, "ssize_t")) {
			return true;
		}
	}
}

static bool read_command(struct typed *typed, struct scan *in)
{
	*typed = (struct typed){.place = TYPED_END};
	if (!read_head(typed, in))
		return false;
	if (!at_end(in) && in->line[in->at] == '(')
		return read_arguments(typed, in);
	return read_words(typed, in);
}

void typed_read(struct typed *typed, const char *line, size_t cursor)
{
	struct scan in = {.line = line, .len = cursor};

	while (read_command(typed, &in))
		;
}
