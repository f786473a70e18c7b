/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lang/lang.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/grow.h"

#define DEPTH 64

/* Words end at these outside of quotes and brackets. */
#define ENDS_WORD     " \t\r\v\f\n;"
#define ENDS_NAME     ENDS_WORD "("
#define ENDS_ARGUMENT ",);\n"

struct cursor {
	const char *line;
	size_t len;
	size_t at;
	struct error *err;
};

static bool one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

static bool is_blank(char c)
{
	return one_of(c, " \t\r\v\f");
}

static bool at_end(const struct cursor *in)
{
	return in->at >= in->len || one_of(in->line[in->at], ";\n");
}

static bool at_char(const struct cursor *in, char c)
{
	return in->at < in->len && in->line[in->at] == c;
}

static void skip_blanks(struct cursor *in)
{
	while (in->at < in->len && is_blank(in->line[in->at]))
		in->at++;
}

static void skip_line(struct cursor *in)
{
	const char *end = memchr(in->line + in->at, '\n', in->len - in->at);

	in->at = end ? (size_t)(end - in->line) : in->len;
}

/* Blanks and a comment: what may stand where a word could begin. */
static void skip_gap(struct cursor *in)
{
	skip_blanks(in);
	if (at_char(in, '#') ||
	    (at_char(in, '/') && in->at + 1 < in->len && in->line[in->at + 1] == '/'))
		skip_line(in);
}

static struct word slice(const struct cursor *in, size_t from, size_t to)
{
	return (struct word){.text = in->line + from, .len = to - from, .column = (int)from + 1};
}

static size_t start_of(const struct word *word)
{
	return (size_t)word->column - 1;
}

static bool is_identifier(const struct word *word)
{
	size_t i;

	for (i = 0; i < word->len; i++) {
		char c = word->text[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_')
			continue;
		if (i == 0 || c < '0' || c > '9')
			return false;
	}
	return word->len > 0;
}

/* A C type that a line of C may begin with. */
static bool is_type(const struct word *word)
{
	static const char *const types[] = {"int",   "ssize_t",  "long",     "socklen_t", "size_t",
					    "pid_t", "uint16_t", "uint32_t", "off_t"};
	size_t i;

	for (i = 0; i < COUNT_OF(types); i++)
		if (word_is(word, types[i]))
			return true;
	return false;
}

static int skip_quoted(struct cursor *in)
{
	size_t open = in->at;
	char quote = in->line[in->at++];

	for (; in->at < in->len && in->line[in->at] != '\n'; in->at++) {
		if (in->line[in->at] == quote) {
			in->at++;
			return 0;
		}
		if (in->line[in->at] == '\\' && in->at + 1 < in->len &&
		    in->line[in->at + 1] != '\n')
			in->at++;
	}
	return error_at(in->err, (int)open + 1, 1, "this quote is not closed");
}

static char closing(char c, bool parentheses)
{
	switch (c) {
	case '{':
		return '}';
	case '[':
		return ']';
	case '(':
		return parentheses ? ')' : 0;
	default:
		return 0;
	}
}

static int fail_stray(struct cursor *in)
{
	return error_at(in->err, (int)in->at + 1, 1, "nothing is open that this %c could close",
			in->line[in->at]);
}

/* In "the server's end" the apostrophe is no quote. */
static bool in_word(const struct cursor *in, size_t from)
{
	return in->at > from && isalnum((unsigned char)in->line[in->at - 1]);
}

/*
 * Moves to the end of a word: a character of ENDS outside of quotes and brackets. PARENTHESES are
 * brackets in the C spelling only. In a shell's spelling a bracket is one where a word begins, and
 * inside of another; elsewhere it is a character like any other.
 */
static int skip_word(struct cursor *in, const char *ends, bool parentheses)
{
	const char *closers = parentheses ? "}])" : "}]";
	size_t open[DEPTH], from = in->at;
	int depth = 0;

	while (in->at < in->len) {
		char c = in->line[in->at];

		if (!depth && one_of(c, ends))
			return 0;
		if (c == '"' || (c == '\'' && !in_word(in, from))) {
			if (skip_quoted(in) < 0)
				return -1;
			continue;
		}
		if (!parentheses && !depth && in->at != from) {
			in->at++;
			continue;
		}
		if (closing(c, parentheses)) {
			if (depth == DEPTH)
				return error_at(in->err, (int)in->at + 1, 1,
						"more than %d brackets are open here", DEPTH);
			open[depth++] = in->at;
		} else if (one_of(c, closers)) {
			if (!depth || closing(in->line[open[depth - 1]], parentheses) != c)
				return fail_stray(in);
			depth--;
		}
		in->at++;
	}
	if (depth)
		return error_at(in->err, (int)open[depth - 1] + 1, 1, "this %c is not closed",
				in->line[open[depth - 1]]);
	return 0;
}

static int read_word(struct cursor *in, const char *ends, struct word *out)
{
	size_t from = in->at;

	if (skip_word(in, ends, false) < 0)
		return -1;
	*out = slice(in, from, in->at);
	return 0;
}

static int add_word(struct cursor *in, struct command *out, const struct word *word)
{
	if (out->count == COMMAND_WORDS)
		return error_at(in->err, word->column, (int)word->len,
				"a command has at most %d words", COMMAND_WORDS);
	out->words[out->count++] = *word;
	return 0;
}

/* An argument of the C spelling, up to its comma or parenthesis, without the blanks around it. */
static int read_argument(struct cursor *in, struct command *out)
{
	struct word word;
	size_t from, to;

	skip_blanks(in);
	from = in->at;
	if (skip_word(in, ENDS_ARGUMENT, true) < 0)
		return -1;
	for (to = in->at; to > from && is_blank(in->line[to - 1]);)
		to--;
	if (to == from && (at_char(in, ',') || at_char(in, ')')))
		return error_at(in->err, (int)in->at + 1, 1, "an argument is missing here");
	word = slice(in, from, to);
	return to == from ? 0 : add_word(in, out, &word);
}

static int read_background(struct cursor *in, struct command *out)
{
	size_t from = in->at++;

	out->background = true;
	out->whole.len = in->at - start_of(&out->whole);
	skip_gap(in);
	if (at_end(in))
		return 0;
	return error_at(in->err, (int)from + 1, 1, "& stands at the end of a command");
}

static int read_after_arguments(struct cursor *in, struct command *out)
{
	out->whole.len = in->at - start_of(&out->whole);
	skip_gap(in);
	if (at_char(in, '&'))
		return read_background(in, out);
	if (at_end(in))
		return 0;
	return error_at(in->err, (int)in->at + 1, 1, "after ) only &, ; or a comment may come");
}

static int read_arguments(struct cursor *in, struct command *out)
{
	size_t open = in->at++;

	out->c_spelling = true;
	skip_blanks(in);
	while (!at_char(in, ')') || out->count) {
		if (read_argument(in, out) < 0)
			return -1;
		if (!at_char(in, ','))
			break;
		in->at++;
	}
	if (!at_char(in, ')'))
		return error_at(in->err, (int)open + 1, 1, "this ( is not closed");
	out->end_column = (int)in->at + 1;
	in->at++;
	return read_after_arguments(in, out);
}

/*
 * Moves behind the brace that closes *DEPTH open ones, or to the end. In here braces are brackets
 * wherever they stand, and lines end what is a comment alone.
 */
static int skip_braces(struct cursor *in, int *depth)
{
	bool begins = true;

	while (*depth && in->at < in->len) {
		char c = in->line[in->at];

		if (begins) {
			skip_gap(in);
			begins = false;
			continue;
		}
		if (c == '"' || (c == '\'' && !in_word(in, 0))) {
			if (skip_quoted(in) < 0)
				return -1;
			continue;
		}
		if (c == '{' && ++*depth > DEPTH)
			return error_at(in->err, (int)in->at + 1, 1,
					"more than %d brackets are open here", DEPTH);
		if (c == '}')
			--*depth;
		begins = c == '{' || one_of(c, ENDS_WORD);
		in->at++;
	}
	return 0;
}

/* { commands } */
static int read_block(struct cursor *in, struct command *out, struct word *word)
{
	size_t from = in->at++;
	int depth = 1;

	if (skip_braces(in, &depth) < 0)
		return -1;
	*word = slice(in, from, in->at);
	if (!depth)
		return 0;
	out->open = depth;
	return error_at(in->err, (int)from + 1, 1, "this { is not closed");
}

static int read_any_word(struct cursor *in, struct command *out, struct word *word)
{
	if (at_char(in, '{') && word_is(&out->name, LANG_REPEAT))
		return read_block(in, out, word);
	return read_word(in, ENDS_WORD, word);
}

static int read_words(struct cursor *in, struct command *out)
{
	for (;;) {
		struct word word;
		size_t before;

		out->end_column = (int)in->at + 1;
		out->whole.len = in->at - start_of(&out->whole);
		skip_gap(in);
		if (at_end(in))
			return 0;
		before = in->at;
		if (read_any_word(in, out, &word) < 0)
			return -1;
		if (word_is(&word, "&")) {
			in->at = before;
			return read_background(in, out);
		}
		if (add_word(in, out, &word) < 0)
			return -1;
	}
}

static int read_name(struct cursor *in, struct command *out)
{
	if (at_char(in, '('))
		return error_at(in->err, (int)in->at + 1, 1, "a command is missing before (");
	if (at_char(in, '@'))
		return error_at(in->err, (int)in->at + 1, 1,
				"@PROCESS stands once, before all else");
	if (read_word(in, ENDS_NAME, &out->name) < 0)
		return -1;
	if (word_is(&out->name, "&"))
		return error_at(in->err, out->name.column, 1, "a command is missing before &");
	return 0;
}

/* Moves to the end of the word that begins here and over the blanks behind it. */
static bool peek_word(struct cursor *in, struct word *word)
{
	size_t from = in->at;

	while (!at_end(in) && !is_blank(in->line[in->at]) && !one_of(in->line[in->at], "=(\"'{["))
		in->at++;
	*word = slice(in, from, in->at);
	skip_blanks(in);
	return in->at > from;
}

static bool at_assignment(const struct cursor *in)
{
	return at_char(in, '=') && (in->at + 1 >= in->len || in->line[in->at + 1] != '=');
}

static int read_assign(struct cursor *in, struct command *out)
{
	struct cursor ahead = *in;
	struct word word;

	peek_word(&ahead, &word);
	if (is_type(&word) && !at_end(&ahead) && ahead.at > in->at + word.len) {
		*in = ahead;
		peek_word(&ahead, &word);
	}
	if (!at_assignment(&ahead))
		return 0;
	if (!word.len)
		return error_at(in->err, (int)ahead.at + 1, 1, "a name is missing before =");
	if (!is_identifier(&word))
		return error_at(in->err, word.column, (int)word.len,
				"a name has letters, digits and _, and no digit first");
	ahead.at++;
	out->assign = word;
	skip_gap(&ahead);
	if (at_end(&ahead))
		return error_at(in->err, word.column, (int)word.len,
				"a command is missing behind =");
	*in = ahead;
	return 0;
}

static int read_process(struct cursor *in, struct command *out)
{
	size_t from = in->at + 1;

	if (!at_char(in, '@'))
		return 0;
	while (!at_end(in) && !is_blank(in->line[in->at]))
		in->at++;
	if (in->at == from)
		return error_at(in->err, (int)from, 1, "a process is missing behind @");
	out->process = slice(in, from, in->at);
	skip_gap(in);
	return 0;
}

static int read_command(struct cursor *in, struct command *out)
{
	size_t end;

	if (read_process(in, out) < 0)
		return -1;
	out->whole = slice(in, in->at, in->at);
	out->end_column = (int)in->at + 1;
	if (at_end(in))
		return 0;
	if (read_assign(in, out) < 0 || read_name(in, out) < 0)
		return -1;
	end = in->at;
	if (is_identifier(&out->name))
		skip_blanks(in);
	if (at_char(in, '('))
		return read_arguments(in, out);
	in->at = end;
	return read_words(in, out);
}

static void clear(struct command *out)
{
	const struct word none = {0};

	out->process = none;
	out->assign = none;
	out->name = none;
	out->whole = none;
	out->count = out->open = 0;
	out->c_spelling = out->background = false;
	out->end_column = 0;
}

int lang_next(const char *line, size_t len, size_t *at, struct command *out, struct error *err)
{
	struct cursor in = {.line = line, .len = len, .at = *at, .err = err};
	int result = 1;

	clear(out);
	for (skip_gap(&in); in.at < in.len && at_end(&in); skip_gap(&in))
		in.at++;
	if (in.at >= in.len) {
		result = 0;
	} else if (read_command(&in, out) < 0) {
		skip_line(&in);
		result = -1;
	} else if (in.at < in.len) {
		in.at++;
	}
	*at = in.at;
	return result;
}

int lang_depth(int depth, const char *line, size_t len)
{
	struct command command;
	struct error err;
	struct cursor in = {.line = line, .len = len, .err = &err};
	int got;

	while (depth && in.at < len) {
		/* What is wrong in there is told when all of it is read. */
		if (skip_braces(&in, &depth) < 0)
			skip_line(&in);
	}
	if (depth || !memchr(line + in.at, '{', len - in.at))
		return depth;
	do
		got = lang_next(line, len, &in.at, &command, &err);
	while (got > 0 || (got < 0 && !command.open));
	return got < 0 ? command.open : 0;
}

static void shift(struct word *word, int by)
{
	if (word->text)
		word->column -= by;
}

void lang_shift(struct command *command, int by)
{
	int i;

	if (!by)
		return;
	shift(&command->process, by);
	shift(&command->assign, by);
	shift(&command->name, by);
	shift(&command->whole, by);
	for (i = 0; i < command->count; i++)
		shift(&command->words[i], by);
	command->end_column -= by;
}
