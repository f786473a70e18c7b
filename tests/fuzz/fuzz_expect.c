/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "commands/verbs.h"
#include "lang/lang.h"
#include "reports.h"

/*
 * What follows `expect`, whatever the last call and the endpoints were: it is judged once, or it is
 * an error with its place in the line.
 */

#define FIELDS_TRIED 8

static struct session_last last;
static struct shown endpoint;
static size_t endpoints;
static int judged;
static bool judgement;

/* In place of a session: the linker's --wrap brings these into play. */
const struct resolver *__wrap_session_resolver(struct session *session);
const struct session_last *__wrap_session_last(const struct session *session);
size_t __wrap_session_status(struct session *session, const struct shown **list);
int __wrap_session_show(struct session *session, int fd, struct shown *out, struct error *err);
int __wrap_session_descriptor(struct session *session, const char *text, size_t len,
			      struct error *err);
void __wrap_shell_expected(struct shell *shell, bool ok, const char *expected, const char *found);
const struct wire *__wrap_session_wire(const struct session *session);
int __wrap_session_packet_told(struct session *session, unsigned long number,
			       struct shown_packet *out, struct error *err);
enum session_result __wrap_session_await(struct session *session, long time_us,
					 bool (*done)(void *data), void *data);

struct rules *__wrap_session_rules(struct session *session, struct error *err);
int __wrap_session_trace(struct session *session, int fd, const struct traced **list, size_t *count,
			 struct error *err);

/* A wire with one rule. */
struct rules *__wrap_session_rules(struct session *session, struct error *err)
{
	static struct rules rules = {
		.list = {{.number = 1, .deed = RULE_DROP}}, .count = 1, .last_number = 1};

	(void)session;
	(void)err;
	return &rules;
}

int __wrap_session_trace(struct session *session, int fd, const struct traced **list, size_t *count,
			 struct error *err)
{
	(void)session;
	(void)list;
	(void)count;
	return error_set(err, "fd %d is not of TCP", fd);
}

const struct resolver *__wrap_session_resolver(struct session *session)
{
	(void)session;
	return &fuzz_resolver;
}

const struct wire *__wrap_session_wire(const struct session *session)
{
	(void)session;
	return NULL;
}

int __wrap_session_packet_told(struct session *session, unsigned long number,
			       struct shown_packet *out, struct error *err)
{
	(void)session;
	(void)out;
	return error_set(err, "there is no packet %lu", number);
}

/* No time passes here. */
enum session_result __wrap_session_await(struct session *session, long time_us,
					 bool (*done)(void *data), void *data)
{
	(void)session;
	fuzz_require(time_us > 0, "no time to wait");
	return done(data) ? RUN_RETURNED : RUN_TIMED_OUT;
}

const struct session_last *__wrap_session_last(const struct session *session)
{
	(void)session;
	return &last;
}

size_t __wrap_session_status(struct session *session, const struct shown **list)
{
	(void)session;
	*list = &endpoint;
	return endpoints;
}

int __wrap_session_show(struct session *session, int fd, struct shown *out, struct error *err)
{
	(void)session;
	if (fd != 3)
		return error_set(err, "fd %d is not open", fd);
	*out = endpoint;
	return 0;
}

int __wrap_session_descriptor(struct session *session, const char *text, size_t len,
			      struct error *err)
{
	(void)session;
	return fuzz_resolver.descriptor(NULL, text, len, err);
}

void __wrap_shell_expected(struct shell *shell, bool ok, const char *expected, const char *found)
{
	(void)shell;
	fuzz_require(expected && found, "nothing to tell");
	judged++;
	judgement = ok;
}

static int run(struct shell *shell, const struct buf *line, struct error *err)
{
	static struct command command;
	struct value values[CALL_ARGS] = {0};
	size_t at = 0;
	int result;

	judged = 0;
	*err = (struct error){0};
	result = lang_next(buf_text(line), line->len, &at, &command, err);
	if (result != 1 || !command.name.text || !verbs_find(command.name.text, command.name.len))
		return result < 0 ? -1 : 1;
	result = values_read(&verb_expect.record, command.words, command.count, command.c_spelling,
			     command.end_column, &fuzz_resolver, values, err);
	if (result == 0)
		result = verb_expect.run(shell, values, err);
	values_free(values);
	return result;
}

static void judge(struct shell *shell, const struct buf *line)
{
	struct error err;
	int result = run(shell, line, &err);

	if (result < 0) {
		fuzz_require(judged == 0, "an error and a judgement: %s", buf_text(line));
		fuzz_check_error(&err, line->len);
	} else if (result == 0) {
		fuzz_require(judged == 1, "%d judgements: %s", judged, buf_text(line));
	}
}

static bool is_word(const struct buf *text)
{
	size_t i;

	for (i = 0; i < text->len; i++)
		if (!isgraph((unsigned char)text->data[i]) ||
		    strchr("\"'#;(){}[]\\&/", text->data[i]))
			return false;
	return text->len > 0;
}

/*
 * What the fields of an endpoint are is expected with success, where it is one word. A few from
 * FIRST on: to find each by its name takes its time.
 */
static void check_fields(struct shell *shell, size_t first)
{
	const char *name;
	size_t i;

	for (i = 0; i < first && reports_field(i);)
		i++;
	for (; i < first + FIELDS_TRIED && (name = reports_field(i)); i++) {
		struct buf line = {0}, value = {0};

		report_field(&value, &endpoint, name, strlen(name));
		buf_printf(&line, "expect 3 %s %s", name, buf_text(&value));
		if (is_word(&value)) {
			judge(shell, &line);
			fuzz_require(judged == 1 && judgement, "%s", buf_text(&line));
		}
		buf_free(&line);
		buf_free(&value);
	}
}

void fuzz_one(const uint8_t *data, size_t size)
{
	struct fuzz_input in = {data, size};
	unsigned bits = fuzz_byte(&in);
	char *words = fuzz_string(&in), *received = fuzz_string(&in);
	struct shell shell = {.unexpected = bits & 1, .unexpected_errno = (int)fuzz_byte(&in)};
	struct buf line = {0};

	last = (struct session_last){
		.any = bits & 2,
		.waiting = bits & 4,
		.result = (int8_t)fuzz_byte(&in),
		.error = (int)fuzz_byte(&in),
		.data = bits & 8 ? received : NULL,
		.data_len = strlen(received),
	};
	endpoint = (struct shown){.process = "main", .fd = bits & 16 ? 3 : -1, .also_fd = -1};
	endpoint.queue_of = endpoint.closed_fd = -1;
	endpoints = bits & 32 ? 1 : 0;
	reports_fill(&in, &endpoint.now);
	buf_printf(&line, "expect %s", words);
	judge(&shell, &line);
	check_fields(&shell, fuzz_byte(&in));
	free(words);
	free(received);
	buf_free(&line);
}
