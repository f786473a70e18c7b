/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/match.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

#define TOKENS      128 /* of a line */
#define ASYNC_LINES 64  /* of a block */

/* Tries in one block; a page that needs more is no page that a person could read. */
#define TRIES 2000000

static const char async_mark[] = "(async) ";

enum token_kind { TOKEN_TEXT, TOKEN_BLANKS, TOKEN_DOTS, TOKEN_NAME };

struct token {
	enum token_kind kind;
	const char *text; /* of TEXT; of NAME the name */
	size_t len;
	enum match_type type;
};

struct tokens {
	struct token list[TOKENS];
	size_t count;
};

struct matcher {
	struct captures *captures;
	const struct match_line *shown, *got;
	size_t shown_count, got_count;
	uint64_t met; /* of the (async) lines */
	unsigned long line;
	long tries;
};

void captures_free(struct captures *captures)
{
	size_t i;

	for (i = 0; i < captures->count; i++) {
		free(captures->list[i].name);
		free(captures->list[i].value);
	}
	free(captures->list);
	*captures = (struct captures){0};
}

/* Forgets those that were added since there were COUNT. */
static void forget(struct captures *captures, size_t count)
{
	while (captures->count > count) {
		captures->count--;
		free(captures->list[captures->count].name);
		free(captures->list[captures->count].value);
	}
}

struct capture *captures_find(const struct captures *captures, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < captures->count; i++)
		if (strlen(captures->list[i].name) == len &&
		    memcmp(captures->list[i].name, name, len) == 0)
			return &captures->list[i];
	return NULL;
}

static bool remember(struct matcher *matcher, const struct token *token, const char *value,
		     size_t len)
{
	struct captures *captures = matcher->captures;
	struct capture *capture;

	if (grow(&captures->list, &captures->cap, captures->count, sizeof(*captures->list)) < 0) {
		captures->failed = true;
		return false;
	}
	capture = &captures->list[captures->count];
	*capture = (struct capture){.name = strndup(token->text, token->len),
				    .value = strndup(value, len),
				    .line = matcher->line};
	captures->count++;
	if (capture->name && capture->value)
		return true;
	captures->failed = true;
	forget(captures, captures->count - 1);
	return false;
}

static bool is_name(char c, bool first)
{
	return (c >= 'a' && c <= 'z') || c == '_' || (!first && c >= '0' && c <= '9');
}

static bool is_anonymous(const struct token *token)
{
	return token->len == 1 && token->text[0] == '_';
}

static int type_of(const char *text, size_t len)
{
	static const char *const types[] = {[MATCH_PORT] = "port",
					    [MATCH_ADDR] = "addr",
					    [MATCH_INT] = "int",
					    [MATCH_TIME] = "time"};
	size_t i;

	for (i = MATCH_PORT; i < COUNT_OF(types); i++)
		if (strlen(types[i]) == len && memcmp(types[i], text, len) == 0)
			return (int)i;
	return -1;
}

/*
 * A name in braces at TEXT: how long it is, braces and all; 0 where it is none. An unknown type is
 * -1 in *TYPE.
 */
static size_t read_name(const char *text, size_t len, struct token *token, int *type)
{
	size_t at = 1, start;

	*type = MATCH_ANY;
	if (len < 3 || text[0] != '{' || !is_name(text[1], true))
		return 0;
	while (at < len && is_name(text[at], false))
		at++;
	*token = (struct token){.kind = TOKEN_NAME, .text = text + 1, .len = at - 1};
	if (at < len && text[at] == ':') {
		start = ++at;
		while (at < len && text[at] >= 'a' && text[at] <= 'z')
			at++;
		*type = type_of(text + start, at - start);
	}
	if (at == len || text[at] != '}')
		return 0;
	token->type = *type < 0 ? MATCH_ANY : (enum match_type) * type;
	return at + 1;
}

static size_t blanks_at(const char *text, size_t len)
{
	size_t count = 0;

	while (count < len && (text[count] == ' ' || text[count] == '\t'))
		count++;
	return count;
}

static size_t trimmed(const char *text, size_t len)
{
	while (len && (text[len - 1] == ' ' || text[len - 1] == '\t'))
		len--;
	return len;
}

/* The special thing at TEXT: how long it is; 0 where it is literal text. */
static size_t read_special(const char *text, size_t len, struct token *token, int *type)
{
	size_t size = blanks_at(text, len);

	*type = MATCH_ANY;
	if (size) {
		*token = (struct token){.kind = TOKEN_BLANKS};
		return size;
	}
	if (len >= 3 && memcmp(text, "...", 3) == 0) {
		*token = (struct token){.kind = TOKEN_DOTS};
		return 3;
	}
	return read_name(text, len, token, type);
}

static int too_many(struct error *err)
{
	return error_set(err, "a line has more than %d names and words", TOKENS);
}

/* Returns 0, or -1 with ERR set. */
static int cut(const char *text, size_t len, struct tokens *out, struct error *err)
{
	size_t at = 0;

	out->count = 0;
	len = trimmed(text, len);
	while (at < len) {
		struct token token;
		size_t start = at, size = 0;
		int type = MATCH_ANY;

		while (at < len && !(size = read_special(text + at, len - at, &token, &type)))
			at++;
		if (type < 0)
			return error_set(err, "unknown type in %.*s: port, addr, int, time",
					 (int)(size < 64 ? size : 64), text + at);
		if (out->count + 2 > TOKENS)
			return too_many(err);
		if (at > start)
			out->list[out->count++] = (struct token){
				.kind = TOKEN_TEXT, .text = text + start, .len = at - start};
		if (size)
			out->list[out->count++] = token;
		at += size;
	}
	return 0;
}

bool match_is_dots(const struct match_line *shown)
{
	size_t blanks = blanks_at(shown->text, shown->len);
	size_t len = trimmed(shown->text, shown->len);

	return len == blanks + 3 && memcmp(shown->text + blanks, "...", 3) == 0;
}

bool match_is_async(const struct match_line *shown)
{
	return shown->len >= sizeof(async_mark) - 1 &&
	       memcmp(shown->text, async_mark, sizeof(async_mark) - 1) == 0;
}

struct match_line match_bare(const struct match_line *shown)
{
	struct match_line line = *shown;

	if (!match_is_async(shown))
		return line;
	line.text += sizeof(async_mark) - 1;
	line.len -= sizeof(async_mark) - 1;
	return line;
}

int match_check(const struct match_line *shown, struct error *err)
{
	struct tokens tokens;

	return cut(shown->text, shown->len, &tokens, err);
}

static bool all_digits(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	return len > 0;
}

static bool is_port(const char *text, size_t len)
{
	long port = 0;
	size_t i;

	if (len > 5 || !all_digits(text, len))
		return false;
	for (i = 0; i < len; i++)
		port = port * 10 + (text[i] - '0');
	return port >= 1 && port <= 65535;
}

static bool is_addr(const char *text, size_t len)
{
	bool digit = false, separator = false;
	size_t i;

	for (i = 0; i < len; i++) {
		if (!text[i] || !strchr("0123456789abcdef.:[]%*", text[i]))
			return false;
		digit = digit || text[i] == '*' || (text[i] >= '0' && text[i] <= '9');
		separator = separator || text[i] == '.' || text[i] == ':';
	}
	return (digit && separator) || (len == 2 && memcmp(text, "::", 2) == 0);
}

static bool is_time(const char *text, size_t len)
{
	static const char *const units[] = {"ns", "us", "µs", "ms", "s", "min", "h"};
	size_t at = 0, i;

	while (at < len && ((text[at] >= '0' && text[at] <= '9') || text[at] == '.'))
		at++;
	if (at == 0 || text[0] == '.')
		return false;
	at += blanks_at(text + at, len - at);
	for (i = 0; i < COUNT_OF(units); i++)
		if (strlen(units[i]) == len - at && memcmp(units[i], text + at, len - at) == 0)
			return true;
	return false;
}

static bool fits(enum match_type type, const char *text, size_t len)
{
	switch (type) {
	case MATCH_PORT:
		return is_port(text, len);
	case MATCH_ADDR:
		return is_addr(text, len);
	case MATCH_INT:
		return len > 1 && text[0] == '-' ? all_digits(text + 1, len - 1)
						 : all_digits(text, len);
	case MATCH_TIME:
		return is_time(text, len);
	default:
		return len > 0;
	}
}

static bool starts_with(const char *text, size_t len, const char *with, size_t with_len)
{
	return len >= with_len && memcmp(text, with, with_len) == 0;
}

static bool match_tokens(struct matcher *matcher, const struct token *token, size_t count,
			 const char *text, size_t len);

static bool match_value(struct matcher *matcher, const struct token *token, size_t count,
			const char *text, size_t len)
{
	struct captures *captures = matcher->captures;
	const struct capture *known = captures_find(captures, token->text, token->len);
	size_t size, before = captures->count;

	if (known && !is_anonymous(token)) {
		size = strlen(known->value);
		return starts_with(text, len, known->value, size) &&
		       fits(token->type, text, size) &&
		       match_tokens(matcher, token + 1, count - 1, text + size, len - size);
	}
	for (size = 1; size <= len; size++) {
		if (!fits(token->type, text, size))
			continue;
		if (!is_anonymous(token) && !remember(matcher, token, text, size))
			return false;
		if (match_tokens(matcher, token + 1, count - 1, text + size, len - size))
			return true;
		forget(captures, before);
		if (matcher->tries <= 0)
			return false;
	}
	return false;
}

static bool match_tokens(struct matcher *matcher, const struct token *token, size_t count,
			 const char *text, size_t len)
{
	size_t size;

	if (matcher->tries-- <= 0)
		return false;
	if (count == 0)
		return len == 0;
	switch (token->kind) {
	case TOKEN_TEXT:
		return starts_with(text, len, token->text, token->len) &&
		       match_tokens(matcher, token + 1, count - 1, text + token->len,
				    len - token->len);
	case TOKEN_BLANKS:
		size = blanks_at(text, len);
		return size && match_tokens(matcher, token + 1, count - 1, text + size, len - size);
	case TOKEN_DOTS:
		for (size = 0; size <= len && matcher->tries > 0; size++)
			if (match_tokens(matcher, token + 1, count - 1, text + size, len - size))
				return true;
		return false;
	default:
		return match_value(matcher, token, count, text, len);
	}
}

static bool match_one(struct matcher *matcher, const struct match_line *shown,
		      const struct match_line *got)
{
	size_t before = matcher->captures->count;
	struct tokens tokens;
	struct error err;

	matcher->line = shown->line;
	if (cut(shown->text, shown->len, &tokens, &err) == 0 &&
	    match_tokens(matcher, tokens.list, tokens.count, got->text,
			 trimmed(got->text, got->len)))
		return true;
	forget(matcher->captures, before);
	return false;
}

bool match_line(struct captures *captures, const struct match_line *shown,
		const struct match_line *got)
{
	struct matcher matcher = {.captures = captures, .tries = TRIES};

	return match_one(&matcher, shown, got);
}

/* Whether an (async) line that was not met yet is GOT; it is met then. */
static bool match_async(struct matcher *matcher, const struct match_line *got)
{
	unsigned bit = 0;
	size_t i;

	for (i = 0; i < matcher->shown_count && bit < ASYNC_LINES; i++) {
		struct match_line line;

		if (!match_is_async(&matcher->shown[i]))
			continue;
		line = match_bare(&matcher->shown[i]);
		if (!(matcher->met >> bit & 1) && match_one(matcher, &line, got)) {
			matcher->met |= (uint64_t)1 << bit;
			return true;
		}
		bit++;
	}
	return false;
}

static bool all_met(const struct matcher *matcher)
{
	size_t i, count = 0;

	for (i = 0; i < matcher->shown_count; i++)
		count += match_is_async(&matcher->shown[i]);
	return count <= ASYNC_LINES &&
	       (count == 0 || matcher->met == UINT64_MAX >> (ASYNC_LINES - count));
}

static bool match_from(struct matcher *matcher, size_t shown, size_t got);

/* The lines that `...` stands for: as few as will do. */
static bool match_any_lines(struct matcher *matcher, size_t shown, size_t got)
{
	size_t before = matcher->captures->count;
	uint64_t met = matcher->met;

	for (; matcher->tries > 0; got++) {
		if (match_from(matcher, shown, got))
			return true;
		forget(matcher->captures, before);
		matcher->met = met;
		if (got == matcher->got_count)
			break;
		/* It may be one of those that come anywhere. */
		if (match_async(matcher, &matcher->got[got])) {
			before = matcher->captures->count;
			met = matcher->met;
		}
	}
	return false;
}

static bool match_from(struct matcher *matcher, size_t shown, size_t got)
{
	for (;;) {
		if (matcher->tries-- <= 0)
			return false;
		if (shown < matcher->shown_count && match_is_async(&matcher->shown[shown])) {
			shown++;
		} else if (shown < matcher->shown_count && match_is_dots(&matcher->shown[shown])) {
			return match_any_lines(matcher, shown + 1, got);
		} else if (got == matcher->got_count) {
			return shown == matcher->shown_count && all_met(matcher);
		} else if (shown < matcher->shown_count &&
			   match_one(matcher, &matcher->shown[shown], &matcher->got[got])) {
			shown++;
			got++;
		} else if (match_async(matcher, &matcher->got[got])) {
			got++;
		} else {
			return false;
		}
	}
}

/* Names that were seen before and stand here again are of use. */
static void mark_used(const struct captures *captures, size_t before,
		      const struct match_line *shown, size_t count)
{
	struct tokens tokens;
	struct error err;
	size_t i, k;

	for (i = 0; i < count; i++) {
		if (cut(shown[i].text, shown[i].len, &tokens, &err) < 0)
			continue;
		for (k = 0; k < tokens.count; k++) {
			const struct token *token = &tokens.list[k];
			struct capture *capture =
				token->kind == TOKEN_NAME
					? captures_find(captures, token->text, token->len)
					: NULL;

			if (capture && (capture - captures->list < (ptrdiff_t)before ||
					capture->line != shown[i].line))
				capture->used = true;
		}
	}
}

bool match_block(struct captures *captures, const struct match_line *shown, size_t shown_count,
		 const struct match_line *got, size_t got_count)
{
	struct matcher matcher = {.captures = captures,
				  .shown = shown,
				  .shown_count = shown_count,
				  .got = got,
				  .got_count = got_count,
				  .tries = TRIES};
	size_t before = captures->count;

	if (!match_from(&matcher, 0, 0)) {
		forget(captures, before);
		return false;
	}
	mark_used(captures, before, shown, shown_count);
	return true;
}

int match_fill(struct captures *captures, struct buf *out, const char *text, size_t len,
	       struct error *err)
{
	size_t at = 0;

	while (at < len) {
		struct token token;
		int type;
		size_t size = read_name(text + at, len - at, &token, &type);
		struct capture *capture;

		if (!size || type != MATCH_ANY) {
			buf_char(out, text[at++]);
			continue;
		}
		capture = captures_find(captures, token.text, token.len);
		if (!capture)
			return error_set(err, "{%.*s} stands in no output before this command",
					 (int)(token.len < 64 ? token.len : 64), token.text);
		capture->used = true;
		buf_str(out, capture->value);
		at += size;
	}
	return 0;
}

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '_';
}

/* Shorter values, such as a descriptor, stand in many places that have nothing to do with them. */
#define NAMED_BYTES 3

/* The capture whose value stands at AT, a word or words of its own; the longest one. */
static const struct capture *value_at(const struct captures *captures, const char *line, size_t len,
				      size_t at)
{
	const struct capture *best = NULL;
	size_t i;

	for (i = 0; i < captures->count; i++) {
		const struct capture *capture = &captures->list[i];
		size_t size = strlen(capture->value);

		if (size < NAMED_BYTES || !starts_with(line + at, len - at, capture->value, size) ||
		    (at > 0 && is_word(line[at - 1]) && is_word(line[at])) ||
		    (at + size < len && is_word(line[at + size]) && is_word(line[at + size - 1])))
			continue;
		if (!best || size > strlen(best->value))
			best = capture;
	}
	return best;
}

void match_name(const struct captures *captures, struct buf *out, const char *line, size_t len)
{
	size_t at = 0;

	while (at < len) {
		const struct capture *capture = value_at(captures, line, len, at);

		if (!capture) {
			buf_char(out, line[at++]);
			continue;
		}
		buf_printf(out, "{%s}", capture->name);
		at += strlen(capture->value);
	}
}
