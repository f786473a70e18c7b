/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "commands/config.h"
#include "commands/verbs.h"
#include "fuzz.h"

/*
 * The prompt's configuration: each line changes a setting or is an error with its place in that
 * line; and whatever a setting is changed to, it prints as a value that it takes.
 */

static long timeout_us;
static enum signals_pipe sigpipe;
static bool packets;
static unsigned long errors, last_line;

/* In place of a session: the linker's --wrap brings these into play. */
void __wrap_session_set_timeout(struct session *session, long call_timeout_us);
long __wrap_session_timeout(const struct session *session);
int __wrap_session_set_sigpipe(struct session *session, enum signals_pipe pipe, struct error *err);
enum signals_pipe __wrap_session_sigpipe(const struct session *session);
int __wrap_session_set_packets(struct session *session, bool on, bool *forbidden,
			       struct error *err);
bool __wrap_session_packets(const struct session *session);
void __wrap_shell_error(struct shell *shell, const struct error *err);

void __wrap_session_set_timeout(struct session *session, long call_timeout_us)
{
	(void)session;
	fuzz_require(call_timeout_us >= 0, "a timeout of %ld us", call_timeout_us);
	timeout_us = call_timeout_us;
}

long __wrap_session_timeout(const struct session *session)
{
	(void)session;
	return timeout_us;
}

int __wrap_session_set_sigpipe(struct session *session, enum signals_pipe pipe, struct error *err)
{
	(void)session;
	(void)err;
	sigpipe = pipe;
	return 0;
}

enum signals_pipe __wrap_session_sigpipe(const struct session *session)
{
	(void)session;
	return sigpipe;
}

int __wrap_session_set_packets(struct session *session, bool on, bool *forbidden, struct error *err)
{
	(void)session;
	(void)err;
	packets = on;
	*forbidden = false;
	return 0;
}

bool __wrap_session_packets(const struct session *session)
{
	(void)session;
	return packets;
}

void __wrap_shell_error(struct shell *shell, const struct error *err)
{
	fuzz_require(shell->place.line > last_line, "line %lu behind %lu", shell->place.line,
		     last_line);
	last_line = shell->place.line;
	fuzz_check_error(err, shell->place.len);
	errors++;
}

static void capture(void *data, const char *bytes, size_t len)
{
	buf_add(data, bytes, len);
}

/* The list of `set`, its first two words a line, as a configuration. */
static void read_back(struct shell *shell, const struct buf *list)
{
	const char *at = buf_text(list), *end;
	struct buf text = {0};
	long before = timeout_us;
	enum signals_pipe sigpipe_before = sigpipe;
	bool hints = shell->hints, keep_going = shell->keep_going, packets_before = packets;

	for (; *at; at = end + 1) {
		size_t name = strcspn(at, " "), blanks = strspn(at + name, " ");

		end = strchr(at, '\n');
		fuzz_require(end, "no line: %s", at);
		buf_add(&text, at, name + blanks + strcspn(at + name + blanks, " "));
		buf_char(&text, '\n');
	}
	errors = last_line = 0;
	config_text(shell, "file", buf_text(&text), text.len);
	fuzz_require(errors == 0, "%s", buf_text(&text));
	fuzz_require(timeout_us == before && sigpipe == sigpipe_before && shell->hints == hints &&
			     shell->keep_going == keep_going && packets == packets_before,
		     "%s", buf_text(&text));
	buf_free(&text);
}

void fuzz_one(const uint8_t *data, size_t size)
{
	struct buf list = {0};
	struct out out = {.fd = -1, .width = 200, .unicode = true, .write = capture};
	struct report report = {.ops = &report_text_ops, .out = &out, .errors = &out};
	struct shell shell = {.report = &report, .prompt = true};
	struct value none[CALL_ARGS] = {0};
	struct error err = {0};

	out.data = &list;
	timeout_us = 0;
	sigpipe = SIGNALS_PIPE_CATCH;
	packets = false;
	errors = last_line = 0;
	config_text(&shell, "file", (const char *)data, size);
	fuzz_require(!shell.place.file && !shell.place.line, "the place is still %lu",
		     shell.place.line);
	fuzz_require(verb_set.run(&shell, none, &err) == 0, "%s", err.text);
	read_back(&shell, &list);
	out_free(&out);
	buf_free(&list);
}
