/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "calls/confine.h"
#include "calls/kinds.h"
#include "calls/literal.h"
#include "commands/expect_path.h"
#include "commands/rest.h"
#include "commands/verbs.h"
#include "report/packet_fields.h"
#include "report/wire_rules.h"

/*
 * `expect` states what must hold:
 *
 *	expect ECONNREFUSED	the last call failed with it (or EINTR, or errno 111)
 *	expect 3		the last call returned it; -1: failed, however
 *	expect data "hello"	the bytes that the last call received
 *	expect why "still held"	the explanation of the last step holds these words
 *	expect why none		it has none
 *	expect signal SIGURG	a signal that has come since the last call began; none: none has
 *	expect died SIGPIPE	a process has died since the last line; of this signal, or however
 *	expect waiting		the last call waits in the kernel
 *	expect 3 state LISTEN	a field of an endpoint, by the name that it has in JSON; more
 *				pairs may follow
 *	expect 3 closed		the descriptor is not open
 *	expect ghost state TIME-WAIT	some ghost of the session is so
 *	expect ghost none	there is no ghost
 *	expect path 3 CLOSED (SYN-SENT) ESTABLISHED	the states that an endpoint went through;
 *				those that were not seen in brackets, as in `diagram 3`
 *	expect packet 2 flags SYN,ACK	a field of a packet of the lab's wire
 *	expect wire 3		so many packets are held or delayed
 *	expect rule 1 matched 2	a field of a rule of the wire
 *	expect within 2s WHAT	any of these comes to hold before so much time has passed
 */

static void print_last(struct buf *out, const struct session_last *last)
{
	if (!last->any)
		buf_str(out, "no call yet");
	else if (last->waiting)
		buf_str(out, "waiting");
	else if (last->result < 0)
		buf_str(out, names_error_name(last->error));
	else
		buf_printf(out, "%ld", last->result);
}

/* Whether it holds, and what there is. */
struct judgement {
	bool ok;
	struct buf found;
};

static int expect_errno(struct shell *shell, int wanted, struct judgement *out)
{
	const struct session_last *last = session_last(shell->session);

	out->ok = (last->any && !last->waiting && last->result < 0 && last->error == wanted) ||
		  (shell->unexpected && shell->unexpected_errno == wanted);
	print_last(&out->found, last);
	return 0;
}

static int expect_result(struct shell *shell, const struct word *word, struct judgement *out,
			 struct error *err)
{
	const struct session_last *last = session_last(shell->session);
	long wanted;

	if (literal_number(word->text, word->len, LONG_MIN, LONG_MAX, &wanted, err) < 0)
		return word_blame(err, word);
	print_last(&out->found, last);
	out->ok = last->any && !last->waiting && last->result == wanted;
	return 0;
}

static int expect_waiting(struct shell *shell, struct judgement *out)
{
	const struct session_last *last = session_last(shell->session);

	print_last(&out->found, last);
	out->ok = last->any && last->waiting;
	return 0;
}

/* Which have come since the last call began. */
static void print_signals(struct buf *out, uint64_t signals)
{
	int number;

	for (number = 1; number <= 64; number++)
		if (signals & ((uint64_t)1 << (number - 1)))
			buf_printf(out, "%s%s", out->len ? ", " : "", names_signal_name(number));
	if (!out->len)
		buf_str(out, "none");
}

static int expect_signal(struct shell *shell, const struct word *word, struct judgement *out,
			 struct error *err)
{
	uint64_t signals = session_last(shell->session)->signals;
	bool none = word_is(word, "none");
	long number = 0;

	if (!none && literal_constant(word->text, word->len, &names_signal, NULL, &number, err) < 0)
		return word_blame(err, word);
	if (!none && (number < 1 || number > 64)) {
		error_set(err, "signals have the numbers 1 to 64");
		return word_blame(err, word);
	}
	print_signals(&out->found, signals);
	out->ok = none ? !signals : (signals >> (number - 1) & 1) != 0;
	return 0;
}

/* A process has died: how, or `by` which signal, need not be said. */
static int expect_died(struct shell *shell, const struct word *word, struct judgement *out)
{
	struct buf *found = &out->found, wanted = {0};

	out->ok = shell->died;
	buf_str(found, out->ok ? buf_text(&shell->death) : "no process died");
	if (word) {
		buf_char(&wanted, ' ');
		buf_add(&wanted, word->text, word->len);
		out->ok = out->ok && found->len >= wanted.len &&
			  strcmp(found->data + found->len - wanted.len, buf_text(&wanted)) == 0;
	}
	buf_free(&wanted);
	return 0;
}

static int read_literal(struct shell *shell, const struct word *word, struct buf *out,
			struct error *err)
{
	if (confine_literal(session_resolver(shell->session), word->text, word->len, err) < 0)
		return -1;
	return literal_bytes(word->text, word->len, INT_MAX, out, err);
}

static int expect_data(struct shell *shell, const struct word *word, struct judgement *out,
		       struct error *err)
{
	const struct session_last *last = session_last(shell->session);
	struct buf wanted = {0};

	if (read_literal(shell, word, &wanted, err) < 0) {
		buf_free(&wanted);
		return word_blame(err, word);
	}
	out->ok = last->any && last->data && last->data_len == wanted.len &&
		  memcmp(last->data, buf_text(&wanted), wanted.len) == 0;
	if (!last->any || !last->data)
		buf_str(&out->found, "no data");
	else
		buf_add(&out->found, last->data, last->data_len);
	buf_free(&wanted);
	return 0;
}

static int expect_why(struct shell *shell, const struct word *word, struct judgement *out,
		      struct error *err)
{
	const struct session_last *last = session_last(shell->session);
	struct buf wanted = {0};

	if (word_is(word, "none")) {
		out->ok = last->any && !last->why;
	} else if (read_literal(shell, word, &wanted, err) < 0) {
		buf_free(&wanted);
		return word_blame(err, word);
	} else {
		out->ok = last->why && memmem(last->why, strlen(last->why), buf_text(&wanted),
					      wanted.len) != NULL;
	}
	buf_str(&out->found, last->why ? last->why : "none");
	buf_free(&wanted);
	return 0;
}

/* The field of an endpoint or a packet as text; -1: it has none of that name. */
typedef int field_printer(struct buf *out, const void *subject, const char *name, size_t len);

static int print_endpoint_field(struct buf *out, const void *subject, const char *name, size_t len)
{
	return report_field(out, subject, name, len);
}

static int print_packet_field(struct buf *out, const void *subject, const char *name, size_t len)
{
	return packet_field(out, subject, name, len);
}

static int print_rule_field(struct buf *out, const void *subject, const char *name, size_t len)
{
	return wire_rule_field(out, subject, name, len);
}

/*
 * Compares pairs of field and value. Returns 1 where all hold, 0 with FOUND set to the first
 * that does not, -1 with ERR set.
 */
static int compare(const struct rest *expected, int from, field_printer *print, const void *subject,
		   struct buf *found, struct error *err)
{
	int i;

	if ((expected->count - from) % 2 || expected->count == from) {
		error_set(err, "expected pairs of a field and its value");
		return word_blame(err, &expected->words[expected->count - 1]);
	}
	for (i = from; i < expected->count; i += 2) {
		const struct word *field = &expected->words[i];
		const struct word *wanted = &expected->words[i + 1];

		buf_reset(found);
		if (print(found, subject, field->text, field->len) < 0) {
			error_set(err,
				  "no field %.*s: fields have the names that they have in "
				  "JSON, such as state, local, peer",
				  (int)field->len, field->text);
			return word_blame(err, field);
		}
		if (!word_is(wanted, buf_text(found)))
			return 0;
	}
	return 1;
}

static int expect_ghost(struct shell *shell, const struct rest *expected, struct judgement *out,
			struct error *err)
{
	bool none = expected->count == 2 && word_is(&expected->words[1], "none");
	struct buf field = {0};
	const struct shown *list;
	size_t i, ghosts = 0, count = session_status(shell->session, &list);
	int result = 0;

	for (i = 0; i < count && result == 0; i++) {
		if (list[i].fd >= 0)
			continue;
		ghosts++;
		if (none)
			continue;
		result = compare(expected, 1, print_endpoint_field, &list[i], &field, err);
		buf_printf(&out->found, "%s%s", out->found.len ? ", " : "", buf_text(&field));
	}
	out->ok = none ? ghosts == 0 : result > 0;
	if (!out->found.len)
		buf_printf(&out->found, "%zu ghosts", ghosts);
	buf_free(&field);
	return result < 0 ? -1 : 0;
}

static int expect_field(struct shell *shell, const struct rest *expected, struct judgement *out,
			struct error *err)
{
	struct shown *shown = calloc(1, sizeof(*shown));
	bool closed = expected->count == 2 && word_is(&expected->words[1], "closed");
	int fd, result;

	if (!shown)
		return error_set(err, "out of memory");
	fd = session_descriptor(shell->session, expected->words[0].text, expected->words[0].len,
				err);
	if (err->text[0]) {
		free(shown);
		return word_blame(err, &expected->words[0]);
	}
	result = session_show(shell->session, fd, shown, err);
	if (closed) {
		buf_str(&out->found, "open");
		out->ok = result < 0;
		result = 0;
	} else if (result < 0) {
		buf_str(&out->found, err->text);
		result = 0;
	} else {
		result = compare(expected, 1, print_endpoint_field, shown, &out->found, err);
		out->ok = result > 0;
	}
	free(shown);
	return result < 0 ? -1 : 0;
}

/* With AWAITED a packet that there is not may yet come. */
static int expect_packet(struct shell *shell, const struct rest *expected, bool awaited,
			 struct judgement *out, struct error *err)
{
	const struct wire *wire = session_wire(shell->session);
	const struct word *word = &expected->words[1];
	struct shown_packet packet;
	long number;
	int result;

	if (literal_number(word->text, word->len, 1, LONG_MAX, &number, err) < 0)
		return word_blame(err, word);
	if (session_packet_told(shell->session, (unsigned long)number, &packet, err) < 0) {
		if (!awaited || !wire || (unsigned long)number <= wire->last_number)
			return word_blame(err, word);
		buf_str(&out->found, err->text);
		return 0;
	}
	result = compare(expected, 2, print_packet_field, &packet, &out->found, err);
	out->ok = result > 0;
	return result < 0 ? -1 : 0;
}

static int expect_wire(struct shell *shell, const struct word *word, struct judgement *out,
		       struct error *err)
{
	const struct wire *wire = session_wire(shell->session);
	size_t there = wire ? wire->held_count + wire->delayed.count : 0;
	long wanted;

	if (literal_number(word->text, word->len, 0, LONG_MAX, &wanted, err) < 0)
		return word_blame(err, word);
	buf_printf(&out->found, "%zu", there);
	out->ok = wire && there == (size_t)wanted;
	return 0;
}

static int expect_rule(struct shell *shell, const struct rest *expected, struct judgement *out,
		       struct error *err)
{
	const struct rules *rules = session_rules(shell->session, err);
	const struct word *word = &expected->words[1];
	const struct rule *rule;
	long number;
	int result;

	if (!rules || literal_number(word->text, word->len, 1, LONG_MAX, &number, err) < 0)
		return word_blame(err, word);
	rule = rules_find(rules, number);
	if (!rule) {
		error_set(err, "there is no rule %ld", number);
		return word_blame(err, word);
	}
	result = compare(expected, 2, print_rule_field, rule, &out->found, err);
	out->ok = result > 0;
	return result < 0 ? -1 : 0;
}

/* Of one word, or of a word and another one that says it closer. Returns 1 where it is neither. */
static int judge_words(struct shell *shell, const struct rest *expected, struct judgement *out,
		       struct error *err)
{
	const struct word *first = &expected->words[0], *second = &expected->words[1];
	int wanted;

	if (expected->count == 2 && word_is(first, "data"))
		return expect_data(shell, second, out, err);
	if (expected->count == 2 && word_is(first, "why"))
		return expect_why(shell, second, out, err);
	if (expected->count == 2 && word_is(first, "wire"))
		return expect_wire(shell, second, out, err);
	if (expected->count == 2 && word_is(first, "signal"))
		return expect_signal(shell, second, out, err);
	if (expected->count <= 2 && word_is(first, "died"))
		return expect_died(shell, expected->count == 2 ? second : NULL, out);
	if (expected->count > 1)
		return 1;
	if (word_is(first, "waiting"))
		return expect_waiting(shell, out);
	wanted = names_error(first->text, first->len);
	return wanted ? expect_errno(shell, wanted, out) : expect_result(shell, first, out, err);
}

static int judge(struct shell *shell, const struct rest *expected, bool awaited,
		 struct judgement *out, struct error *err)
{
	int result;

	out->ok = false;
	buf_reset(&out->found);
	*err = (struct error){0};
	result = judge_words(shell, expected, out, err);
	if (result <= 0)
		return result;
	if (expected->count > 2 && word_is(&expected->words[0], "packet"))
		return expect_packet(shell, expected, awaited, out, err);
	if (expected->count > 2 && word_is(&expected->words[0], "rule"))
		return expect_rule(shell, expected, out, err);
	if (expected->count > 2 && word_is(&expected->words[0], "path"))
		return expect_path(shell, expected->words + 1, expected->count - 1, &out->ok,
				   &out->found, err);
	if (word_is(&expected->words[0], "ghost"))
		return expect_ghost(shell, expected, out, err);
	return expect_field(shell, expected, out, err);
}

struct awaited {
	struct shell *shell;
	const struct rest *expected;
	struct judgement *judgement;
	struct error *err;
	int result; /* of judge() */
};

static bool has_come(void *data)
{
	struct awaited *awaited = data;

	awaited->result =
		judge(awaited->shell, awaited->expected, true, awaited->judgement, awaited->err);
	return awaited->result < 0 || awaited->judgement->ok;
}

/* Returns 0 where there is a judgement, 1 where the person ended the wait, -1 with ERR set. */
static int await(struct shell *shell, const struct rest *expected, long us, struct judgement *out,
		 struct error *err)
{
	struct awaited awaited = {shell, expected, out, err, 0};
	enum session_result result = session_await(shell->session, us, has_come, &awaited);

	if (result == RUN_RETURNED || result == RUN_TIMED_OUT)
		return awaited.result;
	shell_result(shell, result, err);
	return 1;
}

/* Takes `within TIME` off the words. Returns the time, 0 where it is not there, -1 with ERR. */
static long take_within(struct rest *expected, struct error *err)
{
	const struct word *time = &expected->words[1];
	long us;

	if (!word_is(&expected->words[0], "within"))
		return 0;
	if (expected->count < 3) {
		error_set(err, "expected: within TIME, then what is to come");
		return word_blame(err, &expected->words[expected->count - 1]);
	}
	if (literal_time(time->text, time->len, 1000, &us, err) < 0)
		return word_blame(err, time);
	if (us <= 0) {
		error_set(err, "a time to wait is more than nothing: 200ms, 2s");
		return word_blame(err, time);
	}
	expected->count -= 2;
	memmove(&expected->words[0], &expected->words[2],
		(size_t)expected->count * sizeof(expected->words[0]));
	return us;
}

/* A script that says which errno, or whose death, it expects has said what it had to. */
static void settle(struct shell *shell, const struct rest *expected)
{
	const struct word *first = &expected->words[0];

	if (word_is(first, "died"))
		shell->unexpected_death = false;
	else if (expected->count == 1 &&
		 (names_error(first->text, first->len) || first->text[0] == '-'))
		shell->unexpected = false;
}

static int run_expect(struct shell *shell, const struct value *values, struct error *err)
{
	struct rest expected;
	struct judgement judgement = {0};
	long within;
	int result;

	if (rest_split(&values[0], "expect", &expected, err) < 0)
		return -1;
	if (!expected.count)
		return error_set(err, "what is expected is missing");
	within = take_within(&expected, err);
	if (within < 0)
		return -1;
	result = within ? await(shell, &expected, within, &judgement, err)
			: judge(shell, &expected, false, &judgement, err);
	if (result == 0) {
		settle(shell, &expected);
		shell_expected(shell, judgement.ok, values[0].data, buf_text(&judgement.found));
	}
	buf_free(&judgement.found);
	return result < 0 ? -1 : 0;
}

const struct verb verb_expect = {
	.record = {.name = "expect",
		   .prototype =
			   "expect ERRNO | RESULT | waiting | data BYTES | why BYTES "
			   "| why none | "
			   "signal SIGNAL | signal none | died [SIGNAL] | "
			   "FD FIELD VALUE... | FD closed | ghost FIELD VALUE... | ghost none | "
			   "path FD STATE... | packet N FIELD VALUE... | rule N FIELD VALUE... | "
			   "wire N | within TIME "
			   "WHAT",
		   .help = "state what must hold; a script ends where it does not",
		   .example = "expect 3 state LISTEN",
		   .args = {{.name = "WHAT", .kind = &kind_rest, .flags = ARG_REST}}},
	.run = run_expect,
};
