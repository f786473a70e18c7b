/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "commands/verbs.h"
#include "fuzz.h"
#include "lab/host.h"
#include "lab/wire.h"
#include "oracle.h"
#include "repl/completion.h"
#include "repl/context.h"
#include "repl/hint.h"
#include "repl/list.h"
#include "repl/typed.h"

/*
 * A line that is being typed, with the cursor anywhere: what is made of it lies in it, what is
 * offered begins with what is typed, and the line with an offer taken is read in the same way.
 */

struct owner {
	const char *name;
};

/* In place of a session and its directory: the linker's --wrap brings these into play. */
struct owner *__wrap_session_process_at(struct session *session, size_t index);
const char *__wrap_session_process_name(const struct owner *owner);
int __wrap_session_process_pid(const struct owner *owner);
bool __wrap_session_process_alive(const struct owner *owner);
struct owner *__wrap_session_current(struct session *session);
const struct lab *__wrap_session_lab(const struct session *session);
const struct wire *__wrap_session_wire(const struct session *session);
bool __wrap_session_hint(const struct session *session, size_t index, int *fd, const char **name,
			 const struct endpoint **endpoint);
bool __wrap_session_hint_other(const struct session *session, size_t index, int *fd,
			       const char **name, const char **what);
bool __wrap_session_job(const struct session *session, size_t index, struct session_job *out);
const struct resolver *__wrap_session_resolver(struct session *session);
int __real_scandir(const char *path, struct dirent ***list, int (*filter)(const struct dirent *),
		   int (*compare)(const struct dirent **, const struct dirent **));
int __wrap_scandir(const char *path, struct dirent ***list, int (*filter)(const struct dirent *),
		   int (*compare)(const struct dirent **, const struct dirent **));

struct owner *__wrap_session_process_at(struct session *session, size_t index)
{
	static struct owner owners[] = {{"main"}, {"peer"}};

	(void)session;
	return index < 2 ? &owners[index] : NULL;
}

const char *__wrap_session_process_name(const struct owner *owner)
{
	return owner->name;
}

int __wrap_session_process_pid(const struct owner *owner)
{
	return owner->name[0];
}

bool __wrap_session_process_alive(const struct owner *owner)
{
	return owner->name[0] == 'm';
}

const struct lab *__wrap_session_lab(const struct session *session)
{
	static struct host hosts[] = {{.name = "a"}, {.name = "far"}};
	static struct lab lab = {.count = 2};

	(void)session;
	lab.hosts[0] = &hosts[0];
	lab.hosts[1] = &hosts[1];
	return &lab;
}

const struct wire *__wrap_session_wire(const struct session *session)
{
	static struct host host = {.name = "a"};
	static struct wire_packet packet = {.number = 7, .from = &host};
	static const struct wire wire = {.held = &packet};

	(void)session;
	return &wire;
}

struct owner *__wrap_session_current(struct session *session)
{
	return __wrap_session_process_at(session, 0);
}

bool __wrap_session_hint(const struct session *session, size_t index, int *fd, const char **name,
			 const struct endpoint **endpoint)
{
	static struct endpoint sockets[3] = {
		{.has = FIELD_LOCAL, .family = AF_INET, .state = STATE_LISTEN},
		{.has = FIELD_LOCAL | FIELD_PEER, .family = AF_INET6, .state = STATE_ESTABLISHED},
		{.has = FIELD_LOCAL, .family = AF_UNIX, .state = STATE_UNCONNECTED},
	};
	static const char *const names[3] = {"srv", "c", NULL};

	(void)session;
	if (index >= 3)
		return false;
	sockets[0].local = address_make(AF_INET, "\0\0\0\0", 80, 0);
	sockets[1].local = address_make(AF_INET6, &in6addr_loopback, 4000, 0);
	sockets[1].peer = address_make(AF_INET6, &in6addr_loopback, 80, 0);
	sockets[2].local.un = (struct sockaddr_un){.sun_family = AF_UNIX, .sun_path = "/tmp/a;\b"};
	sockets[2].local.len = 2 + 9;
	*fd = 3 + (int)index;
	*name = names[index];
	*endpoint = &sockets[index];
	return true;
}

bool __wrap_session_hint_other(const struct session *session, size_t index, int *fd,
			       const char **name, const char **what)
{
	(void)session;
	*fd = 6;
	*name = "ep";
	*what = "epoll";
	return index == 0;
}

bool __wrap_session_job(const struct session *session, size_t index, struct session_job *out)
{
	(void)session;
	*out = (struct session_job){1, "main", "accept(3, addr, [16])", "a connection on fd 3"};
	return index == 0;
}

const struct resolver *__wrap_session_resolver(struct session *session)
{
	(void)session;
	return &fuzz_resolver;
}

int __wrap_scandir(const char *path, struct dirent ***list, int (*filter)(const struct dirent *),
		   int (*compare)(const struct dirent **, const struct dirent **))
{
	static const char *const names[] = {"file", "fi le", "\033c", ".hidden", "fil\303\251"};
	int i, count = 0;

	if (!fuzz_inside)
		return __real_scandir(path, list, filter, compare);
	*list = calloc(5, sizeof(**list));
	if (!*list)
		abort();
	for (i = 0; i < 5; i++) {
		struct dirent *entry = calloc(1, sizeof(*entry));

		if (!entry)
			abort();
		strcpy(entry->d_name, names[i]);
		if (filter(entry))
			(*list)[count++] = entry;
		else
			free(entry);
	}
	return count;
}

static void check_word(const char *line, size_t cursor, const struct word *word)
{
	if (!word->text)
		return;
	fuzz_require(word->text >= line && word->text + word->len <= line + cursor,
		     "a word is not in its line");
	fuzz_require(word->column == word->text - line + 1, "column %d", word->column);
}

static void check_typed(const struct typed *typed, const char *line, size_t cursor)
{
	int i;

	fuzz_require(typed->count >= 0 && typed->count <= COMMAND_WORDS, "%d words", typed->count);
	check_word(line, cursor, &typed->name);
	check_word(line, cursor, &typed->last);
	for (i = 0; i < typed->count; i++)
		check_word(line, cursor, &typed->words[i]);
	if (typed->place < TYPED_PROCESS)
		return;
	fuzz_require(typed->last.text && typed->last.text + typed->last.len == line + cursor,
		     "the word at the cursor ends elsewhere");
}

static void capture(void *data, const char *bytes, size_t len)
{
	buf_add(data, bytes, len);
}

static void check_shown(const struct completion *completion, const char *line, size_t cursor,
			int width)
{
	struct buf text = {0};
	struct out out = {.fd = -1, .width = width, .unicode = true, .write = capture};

	out.data = &text;
	if (completion->count)
		list_print(completion, &out, 10);
	list_missing(completion, &out);
	context_print(&out, NULL, line, cursor);
	out_flush(&out);
	fuzz_require(oracle_harmless(buf_text(&text), text.len, true), "%s", buf_text(&text));
	out_free(&out);
	buf_free(&text);
}

/* As readline puts one in: the line up to the cursor, with it. */
static void check_taken(const struct typed *typed, const char *line, size_t start,
			const struct candidate *candidate)
{
	struct buf taken = {0};
	struct typed again;

	buf_add(&taken, line, start);
	buf_str(&taken, candidate->text);
	typed_read(&again, buf_text(&taken), taken.len);
	fuzz_require(again.place == typed->place && again.count == typed->count &&
			     again.last.column == typed->last.column,
		     "%s with \"%s\" reads otherwise", buf_text(&taken), candidate->text);
	buf_free(&taken);
}

static void check_matches(const struct completion *completion, const char *line, size_t cursor)
{
	char **list = completion_matches(completion, line, completion->start, cursor);
	size_t i, typed = cursor - completion->start;

	fuzz_require(!list == !completion->count, "matches of %zu", completion->count);
	for (i = 0; list && list[i]; i++) {
		fuzz_require(i || strlen(list[0]) >= typed, "less than what is typed");
		free(list[i]);
	}
	free(list);
}

static void check_completion(const struct typed *typed, const char *line, size_t cursor, int width)
{
	struct completion completion = {0};
	size_t i;

	completion_find(&completion, NULL, line, cursor);
	if (completion.count)
		fuzz_require(completion.start <= cursor, "begins at %zu of %zu", completion.start,
			     cursor);
	for (i = 0; i < completion.count; i++) {
		const struct candidate *candidate = &completion.list[i];
		size_t len = cursor - completion.start;

		fuzz_require(strlen(candidate->text) >= len &&
				     !strncasecmp(candidate->text, line + completion.start, len),
			     "%s does not begin as typed", candidate->text);
		if (i < 4)
			check_taken(typed, line, completion.start, candidate);
	}
	if (completion.count)
		check_matches(&completion, line, cursor);
	check_shown(&completion, line, cursor, width);
	completion_free(&completion);
}

/* Behind the line it must never be more than what can be told from it. */
static void check_hint(const char *line)
{
	struct buf text = {0};
	size_t i;

	hint_text(&text, NULL, line);
	for (i = 0; i < text.len; i++)
		fuzz_require(text.data[i] >= ' ' && text.data[i] < '\177', "hint of %s", line);
	fuzz_require(!text.len || !line[0] || strchr(" \t\r\v\f(,", line[strlen(line) - 1]),
		     "a hint within a word: %s", line);
	context_wanted(NULL, line, strlen(line));
	buf_free(&text);
}

/* The first byte: the width of the terminal. The cursor is at the end. */
void fuzz_one(const uint8_t *data, size_t size)
{
	struct fuzz_input in = {data, size};
	int width = 20 + (int)fuzz_byte(&in);
	size_t cursor = in.left;
	struct typed typed;
	/* A string, as readline has it. */
	char *line = strndup((const char *)in.at, in.left);

	if (!line)
		abort();
	cursor = strlen(line);
	typed_read(&typed, line, cursor);
	check_typed(&typed, line, cursor);
	check_completion(&typed, line, cursor, width);
	check_hint(line);
	free(line);
}
