/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict.h"

#include <ctype.h>
#include <errno.h>
#include <netdb.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "base/grow.h"

static const struct {
	const char *name;
	int error;
	unsigned flags;
	const char *words;
} symbols[] = {
#define SYMBOL(name, error, flags, words) {#name, error, flags, words},
#include "symbols.h"
#undef SYMBOL
};

const char *symbol_name(enum symbol symbol)
{
	return symbols[symbol].name;
}

unsigned symbol_flags(enum symbol symbol)
{
	return symbols[symbol].flags;
}

/* A terminal's escape sequence, whose length is returned. */
static size_t escape_length(const char *text, size_t len)
{
	size_t i = 2;

	if (len < 2 || text[0] != '\033')
		return 0;
	if (text[1] != '[')
		return 2;
	while (i < len && !(text[i] >= '@' && text[i] <= '~'))
		i++;
	return i < len ? i + 1 : len;
}

static char *normal_line(const char *text, size_t len)
{
	struct buf line = {0};
	size_t i = 0;

	while (i < len) {
		size_t escape = escape_length(text + i, len - i);
		unsigned char c = (unsigned char)text[i];
		char last = line.len ? line.data[line.len - 1] : ' ';

		i += escape ? escape : 1;
		if (escape || c == '\r' || c == '\a')
			continue;
		if (isdigit(c))
			c = '#';
		if (c == '\t')
			c = ' ';
		if ((c != ' ' && c != '#') || c != (unsigned char)last)
			buf_char(&line, (char)c);
	}
	while (line.len && line.data[line.len - 1] == ' ')
		buf_truncate(&line, line.len - 1);
	return buf_take(&line);
}

static void add_lines(struct lines *lines, const char *text, size_t len)
{
	const char *end = text + len;
	size_t cap = 0;

	*lines = (struct lines){0};
	while (text < end) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));

		stop = stop ? stop : end;
		if (grow(&lines->list, &cap, lines->count, sizeof(*lines->list)) < 0)
			abort();
		lines->list[lines->count++] =
			(struct line){.text = normal_line(text, (size_t)(stop - text))};
		text = stop + 1;
	}
}

void lines_free(struct lines *lines)
{
	while (lines->count)
		free(lines->list[--lines->count].text);
	free(lines->list);
}

static bool has_line(const struct lines *lines, const char *line)
{
	size_t i;

	for (i = 0; i < lines->count; i++)
		if (strcmp(lines->list[i].text, line) == 0)
			return true;
	return false;
}

/* Behind a prompt, a control character, or all that was typed before the prompt was there. */
static bool is_echo(const struct lines *typed, const char *line)
{
	return strchr(line, '>') || strchr(line, '^') || has_line(typed, line);
}

void lines_read(struct lines *lines, const struct workload *workload, const char *text, size_t len)
{
	struct lines typed;
	size_t i;

	add_lines(lines, text, len);
	if (!workload->typed)
		return;
	add_lines(&typed, workload->typed, strlen(workload->typed));
	for (i = 0; i < lines->count; i++)
		lines->list[i].echo = is_echo(&typed, lines->list[i].text);
	lines_free(&typed);
}

/* Whether all lines of A are among those of B, wherever they stand. */
static bool among(const struct lines *a, const struct lines *b)
{
	size_t i;

	for (i = 0; i < a->count; i++)
		if (!a->list[i].echo && !has_line(b, a->list[i].text))
			return false;
	return true;
}

/* A line that one has and the other lacks. */
static const char *odd_line(const struct lines *a, const struct lines *b)
{
	size_t i;

	for (i = 0; i < a->count; i++)
		if (!a->list[i].echo && !has_line(b, a->list[i].text))
			return a->list[i].text;
	for (i = 0; i < b->count; i++)
		if (!b->list[i].echo && !has_line(a, b->list[i].text))
			return b->list[i].text;
	return "the order";
}

bool lines_same(const struct lines *a, const struct lines *b, bool typed)
{
	size_t i;

	if (typed)
		return among(a, b) && among(b, a);

	if (a->count != b->count)
		return false;
	for (i = 0; i < a->count; i++)
		if (strcmp(a->list[i].text, b->list[i].text) != 0)
			return false;
	return true;
}

/* Whether LINE has one of the words that "|" stands between. */
static bool names_one(const char *line, const char *words)
{
	size_t len;

	for (; *words; words += len + (words[len] == '|')) {
		len = strcspn(words, "|");
		if (memmem(line, strlen(line), words, len))
			return true;
	}
	return false;
}

/* Whether LINE says how it failed (ERROR 0: anyhow). */
static bool tells_error(const char *line, enum symbol symbol, int error)
{
	if (!error || symbols[symbol].flags & (IS_MEMORY | IS_NO_ERRNO))
		return true;
	/* A packet that cannot be delivered is lost, whatever the reason. */
	return strstr(line, strerror(error)) || strstr(line, strerrorname_np(error)) ||
	       strstr(line, " lost ");
}

/* The line, and what it goes on with where it is too long for one, marked by `--check` or not. */
static char *with_next(const struct lines *lines, size_t i)
{
	const char *next = i + 1 < lines->count ? lines->list[i + 1].text : "";
	struct buf text = {0};

	buf_printf(&text, "%s %s", lines->list[i].text, next + strspn(next, "#+ "));
	return buf_take(&text);
}

/* Whether a line that was not there before says which call failed, and how. */
static bool names_failure(const struct lines *lines, const struct lines *normal, enum symbol symbol,
			  int error)
{
	const char *words = *symbols[symbol].words ? symbols[symbol].words : symbols[symbol].name;
	size_t i;

	for (i = 0; i < lines->count; i++) {
		const char *line = lines->list[i].text;
		bool told;
		char *whole;

		if (has_line(normal, line) || !names_one(line, words))
			continue;
		whole = with_next(lines, i);
		told = tells_error(whole, symbol, error);
		free(whole);
		if (told)
			return true;
	}
	return false;
}

static bool say(char *why, size_t room, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(why, room, format, ap);
	va_end(ap);
	return false;
}

static bool is_documented(int status, const struct workload *workload)
{
	int exit_status = WEXITSTATUS(status);

	return exit_status <= 3 || (workload->keys && exit_status == 130);
}

static const char *deadly(const struct lines *lines)
{
	static const char *const signals[] = {"SIGSEGV", "SIGABRT", "SIGBUS",
					      "SIGILL",  "SIGFPE",  "SIGSYS"};
	size_t i, k;

	for (i = 0; i < lines->count; i++)
		for (k = 0; k < COUNT_OF(signals); k++)
			if (strstr(lines->list[i].text, "was killed by") &&
			    strstr(lines->list[i].text, signals[k]))
				return signals[k];
	return NULL;
}

/* What UBSan says, which goes to the standard error where ASan is there as well; NULL: nothing. */
static const char *undefined(const struct lines *lines)
{
	size_t i;

	for (i = 0; i < lines->count; i++)
		if (strstr(lines->list[i].text, ": runtime error: "))
			return lines->list[i].text;
	return NULL;
}

/* What must hold whatever failed. */
static bool is_tidy(const struct state *state, const struct outcome *outcome, char *why,
		    size_t room)
{
	int fd;

	if (!state->ended)
		return say(why, room, "it did not end by itself");
	if (outcome->orphans)
		return say(why, room, "a process is left");
	if (state->child_left && site_symbol(state->key) != SYMBOL_waitpid)
		return say(why, room, "a child was not waited for");
	if (state->threads != 1)
		return say(why, room, "%d threads at the end", state->threads);
	if (outcome->terminal_changed && site_symbol(state->key) != SYMBOL_tcsetattr)
		return say(why, room, "the terminal's settings are changed");
	for (fd = 0; fd < DESCRIPTOR; fd++)
		if (state->open_first[fd] != state->open_last[fd])
			return say(why, room, "descriptor %d is %s at the end", fd,
				   state->open_last[fd] ? "open" : "closed");
	return true;
}

static bool is_told(const struct state *state, bool typed, const struct lines *normal,
		    const struct lines *lines, int exit_status)
{
	enum symbol symbol = site_symbol(state->key), also = site_symbol(state->also);
	int error = state->mode == MODE_INTERRUPTED ? EINTR
		    : state->mode == MODE_SHORT     ? 0
						    : symbols[symbol].error;

	if (state->mode == MODE_COUNT || lines_same(lines, normal, typed))
		return true;
	/* The number of an interface is as good as its name. */
	if (symbol == SYMBOL_if_indextoname || symbol == SYMBOL_interface_name)
		return true;
	/* Where nothing can be written any more, the exit status alone can tell. */
	if (state->mode == MODE_FOR_GOOD && exit_status != 0 &&
	    (symbol == SYMBOL_write || symbol == SYMBOL_poll))
		return true;
	/* The learner's call did less than it was asked to, and its result says so. */
	if (state->mode == MODE_SHORT && site_role(state->key) == ROLE_PROCESS)
		return true;
	return names_failure(lines, normal, symbol, error) ||
	       (state->also && names_failure(lines, normal, also, symbols[also].error));
}

static bool judge(const struct state *state, const struct workload *workload,
		  const struct lines *normal, const struct lines *lines,
		  const struct outcome *outcome, char *why, size_t room)
{
	const char *report = undefined(lines), *signal = deadly(lines);

	if (report)
		return say(why, room, "%.1500s", report);
	if (outcome->late)
		return say(why, room, "it did not end in time");
	if (WIFSIGNALED(outcome->status))
		return say(why, room, "killed by signal %d", WTERMSIG(outcome->status));
	if (!is_documented(outcome->status, workload))
		return say(why, room, "exit status %d", WEXITSTATUS(outcome->status));
	if (!is_tidy(state, outcome, why, room))
		return false;
	if (state->mode != MODE_COUNT && !state->failed)
		return say(why, room, "the call was not made this time");
	if (signal)
		return say(why, room, "a process was killed by %s", signal);
	if (!is_told(state, workload->keys, normal, lines, WEXITSTATUS(outcome->status)))
		return say(why, room, "the output differs, and no message names the call: %.200s",
			   odd_line(lines, normal));
	return true;
}

bool verdict(const struct state *state, const struct workload *workload, const struct lines *normal,
	     const struct outcome *outcome, char *why, size_t room)
{
	struct lines lines;
	bool survived;

	if (outcome->report)
		return say(why, room, "a sanitizer reports: %.1500s", outcome->report);
	lines_read(&lines, workload, outcome->text, outcome->len);
	survived = judge(state, workload, normal, &lines, outcome, why, room);
	lines_free(&lines);
	return survived;
}
