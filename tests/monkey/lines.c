/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lines.h"

#include <string.h>
#include <sys/socket.h>

#include "calls/literal.h"
#include "commands/verbs.h"
#include "lang/lang.h"
#include "words.h"

/* How often a command of one record is tried anew where its words do not fit together. */
#define TRIES 1000

/*
 * What random calls alone seldom come to. % is a random address, the same in one line; $1, $2 and
 * $3 are names.
 */
static const char *const recipes[] = {
	"$1 = socket tcp nonblock; bind $1 %; listen $1 2",
	"$1 = socket tcp; bind $1 %; listen $1; $2 = socket tcp nonblock; connect $2 %; "
	"fcntl $1 F_SETFL O_NONBLOCK; $3 = accept $1",
	"$1 = socket tcp6 nonblock; bind $1 %; listen $1 0; $2 = socket tcp6 nonblock; connect $2 "
	"%",
	"$1 = socket udp nonblock; bind $1 %; $2 = socket udp; connect $2 %; send $2 \"x\"",
	"$1 = socket unix; bind $1 %; listen $1; $2 = socket unix nonblock; connect $2 %; accept "
	"$1 &",
	"$1 = socket unix-dgram nonblock; bind $1 %; $2 = socket unix-dgram; sendto $2 \"x\" %",
	"socketpair AF_UNIX SOCK_STREAM; socketpair AF_UNIX SOCK_DGRAM",
	"setsockopt $1 SO_LINGER {1, 0}; close $1",
	"shutdown $1 SHUT_WR; recv $2 100 MSG_DONTWAIT; close $2; send $1 \"x\"; send $1 \"y\"",
	"send $1 100000*\"x\" MSG_DONTWAIT; recv $2 64K MSG_DONTWAIT",
	"fork one; @one close 3; @one accept 3; @one exit 7",
	"fork one; @one setrlimit NOFILE 6; @one socket tcp; @one getrlimit NOFILE; @one fork",
	"fork; @child fork two; @child exit 7; @two recv 4 10; kill two",
	"process main; close 3; close 4; close 5; close 6; close 7; close 8; close 9; close 10",
	"kill 1; kill 2; kill 3; jobs; status",
	"repeat 5 { $1 = socket tcp nonblock; connect . % }; close 4-7; show 3-9",
	"fcntl $1 F_SETOWN self; fcntl $1 F_SETFL O_ASYNC|O_NONBLOCK; fcntl $2 F_SETOWN self",
	"epoll_create1; epoll_ctl . ADD $1 IN|ET; epoll_wait . 1ms; epoll_ctl . ADD $2; show .",
	"send $2 \"!\" MSG_OOB|MSG_DONTWAIT; recv $1 4 MSG_OOB|MSG_DONTWAIT; poll $1 &",
};

/* splitmix64: a few lines, any seed will do. */
static uint64_t next(struct lines *lines)
{
	uint64_t z = lines->state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

void lines_seed(struct lines *lines, uint64_t seed)
{
	*lines = (struct lines){.state = seed};
}

unsigned lines_pick(struct lines *lines, unsigned count)
{
	return (unsigned)(next(lines) % count);
}

/* Reading needs a session only for its names: any word that looks like a descriptor is one. */
static int any_descriptor(void *data, const char *text, size_t len, struct error *err)
{
	long fd = 3;

	(void)data;
	*err = (struct error){0};
	if (text[0] == 'n' || text[0] == '.')
		return 3;
	return literal_number(text, len, -1, 1000000, &fd, err) < 0 ? -1 : (int)fd;
}

static void any_family(void *data, int fd, int *family, int *type)
{
	(void)data;
	(void)fd;
	*family = AF_INET;
	*type = SOCK_STREAM;
}

static long any_self(void *data)
{
	(void)data;
	return 1;
}

static bool is_valid(const char *text, size_t len)
{
	static const struct resolver resolver = {
		.descriptor = any_descriptor, .family = any_family, .self = any_self};
	struct value values[CALL_ARGS] = {0};
	const struct record *record;
	struct command command;
	struct error err;
	size_t at = 0;
	bool valid;

	if (lang_next(text, len, &at, &command, &err) != 1)
		return false;
	record = records_find(command.name.text, command.name.len);
	valid = record && values_read(record, command.words, command.count, command.c_spelling,
				      command.end_column, &resolver, values, &err) == 0;
	values_free(values);
	return valid;
}

static void add_words(struct lines *lines, const struct record *record, bool c_spelling,
		      struct buf *out)
{
	struct buf before = {0}, word = {0};
	int i;

	for (i = 0; i < CALL_ARGS && record->args[i].name; i++) {
		unsigned flags = record->args[i].flags;

		if ((flags & ARG_C_ONLY) && !c_spelling)
			continue;
		if ((flags & (ARG_OPTIONAL | ARG_C_ONLY)) && lines_pick(lines, 2) == 0) {
			/* The C spelling has them in order: those behind are left out, too. */
			if (c_spelling)
				break;
			continue;
		}
		buf_reset(&word);
		words_add(lines, record, i, buf_text(&before), &word);
		buf_str(out, c_spelling ? (i ? ", " : "") : " ");
		buf_add(out, buf_text(&word), word.len);
		buf_reset(&before);
		buf_add(&before, buf_text(&word), word.len);
	}
	buf_free(&before);
	buf_free(&word);
}

static void add_command(struct lines *lines, const struct record *record, struct buf *out)
{
	bool call = record->page != NULL;
	int tries;

	for (tries = 0; tries < TRIES; tries++) {
		bool c_spelling = call && lines_pick(lines, 4) == 0;
		size_t start = out->len;

		buf_str(out, record->name);
		if (c_spelling)
			buf_char(out, '(');
		add_words(lines, record, c_spelling, out);
		if (c_spelling)
			buf_str(out, lines_pick(lines, 2) ? ");" : ")");
		if (is_valid(buf_text(out) + start, out->len - start))
			return;
		buf_truncate(out, start);
		lines->invalid++;
	}
	lines->stuck = record->name;
	buf_str(out, "status");
}

/* Some calls make what the others need: they come more often. */
static const struct record *pick_record(struct lines *lines)
{
	static const char *const often[] = {"socket", "bind",    "listen",     "connect", "accept",
					    "accept", "close",   "send",       "recv",    "socket",
					    "close",  "process", "setsockopt", NULL};
	const struct record *record;
	unsigned count = 0;

	if (lines_pick(lines, 2)) {
		const char *name = words_one(lines, often);

		return records_find(name, strlen(name));
	}
	while (records_at(count))
		count++;
	/* Each host takes descriptors for good, which are counted. */
	do
		record = records_at(lines_pick(lines, count));
	while (strcmp(record->name, "quit") == 0 || strcmp(record->name, "host") == 0 ||
	       strcmp(record->name, "_exit") == 0 || strcmp(record->name, "setrlimit") == 0 ||
	       (!record->page && lines_pick(lines, 2)));
	return record;
}

static void add_recipe(struct lines *lines, struct buf *out)
{
	unsigned count = sizeof(recipes) / sizeof(recipes[0]);
	const char *at = recipes[lines_pick(lines, count)];
	unsigned first = lines_pick(lines, 6);
	struct buf address = {0};

	words_address(lines, &address);
	for (; *at; at++) {
		if (*at == '$')
			buf_printf(out, "n%u", (first + (unsigned)(*++at - '0')) % 6);
		else if (*at == '%')
			buf_str(out, buf_text(&address));
		else
			buf_char(out, *at);
	}
	buf_free(&address);
}

/* Names are for descriptors; elsewhere they do no harm. */
static bool makes_descriptor(const struct record *record)
{
	const struct call *call = calls_find(record->name, strlen(record->name));

	return call && call->result == RESULT_FD;
}

static void add_one(struct lines *lines, struct buf *out)
{
	const struct record *record = pick_record(lines);
	bool call = record->page != NULL;

	if (lines_pick(lines, 40) == 0)
		buf_str(out, "@main ");
	if (call && lines_pick(lines, makes_descriptor(record) ? 2 : 40) == 0) {
		words_name(lines, out);
		buf_str(out, " = ");
	}
	add_command(lines, record, out);
	/* Behind a closing `;` nothing is left to go to the background. */
	if (call && out->data[out->len - 1] != ';' && lines_pick(lines, 12) == 0)
		buf_str(out, " &");
}

void lines_add(struct lines *lines, struct buf *out)
{
	switch (lines_pick(lines, 24)) {
	case 0:
		add_recipe(lines, out);
		break;
	case 1:
		add_one(lines, out);
		buf_str(out, "; ");
		add_one(lines, out);
		break;
	case 2:
		add_one(lines, out);
		buf_str(out, lines_pick(lines, 2) ? "  # why" : " // why");
		break;
	default:
		add_one(lines, out);
		break;
	}
	buf_char(out, '\n');
}

bool lines_file(struct lines *lines, unsigned index, struct buf *name, struct buf *content)
{
	unsigned i;

	if (index > FILES)
		return false;
	/* The last is read as bytes, the others as scripts; one of those reads itself. */
	if (index == FILES) {
		buf_str(name, "f");
		buf_str(content, "GET / HTTP/1.0\r\n\r\n\033[31m");
		return true;
	}
	buf_printf(name, "s%u", index);
	for (i = 0; i < 5; i++) {
		size_t start = content->len;

		add_one(lines, content);
		/* Each that reads another one would multiply them. */
		if (strstr(buf_text(content) + start, "source"))
			buf_truncate(content, start);
		else
			buf_char(content, '\n');
	}
	if (index == 0)
		buf_str(content, "source s0\n");
	return true;
}
