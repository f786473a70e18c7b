/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/like.h"

#include <stdlib.h>
#include <string.h>

#include "calls/kinds.h"
#include "calls/literal.h"
#include "commands/rest.h"
#include "commands/verbs.h"
#include "names/words.h"

#define LIKE_STEPS 16 /* of one sequence */

const struct like_language *const like_languages[] = {&like_go,     &like_java, &like_node,
						      &like_python, &like_rust, NULL};

const struct like_language *like_language_find(const struct word *word)
{
	size_t i;

	for (i = 0; like_languages[i]; i++)
		if (word_is(word, like_languages[i]->name))
			return like_languages[i];
	return NULL;
}

const struct like *like_find(const struct like_language *language, const struct word *word)
{
	size_t i;

	for (i = 0; language->likes[i]; i++)
		if (record_named(&language->likes[i]->record, word->text, word->len))
			return language->likes[i];
	return NULL;
}

static int read_like_address(const struct reading *reading, const struct word *word,
			     struct value *out, struct error *err)
{
	struct buf text = {0};
	struct word port;
	int result;

	if (!word || !literal_is_digits(word->text, word->len))
		return kind_address.read(reading, word, out, err);
	buf_char(&text, ':');
	buf_add(&text, word->text, word->len);
	port = (struct word){.text = buf_text(&text), .len = text.len, .column = word->column};
	result = text.failed ? error_set(err, "%s", words("out-of-memory"))
			     : kind_address.read(reading, &port, out, err);
	if (result < 0)
		err->column = 0;
	buf_free(&text);
	return result;
}

static void print_like_address(struct buf *out, const struct record *record,
			       const struct value *values, int index, const struct frame *frame)
{
	kind_address.print(out, record, values, index, frame);
}

const struct kind kind_like_address = {
	.what = "an address, or a port",
	.way = FRAME_NUMBER,
	.read = read_like_address,
	.print = print_like_address,
	.completes = "address",
};

/* A sequence while its calls are made. */
struct run {
	struct shell *shell;
	const struct like_language *language; /* NULL: none */
	const struct like *like;
	struct word command; /* as typed, until it is told; then text NULL */
	const struct value *values;
	long results[LIKE_STEPS], given;
	bool failed; /* the last call */
};

static struct address mapped(const struct address *from)
{
	unsigned char bytes[16] = {0};

	if (!address_is_any(from)) {
		bytes[10] = bytes[11] = 0xff;
		memcpy(bytes + 12, &from->in.sin_addr, 4);
	}
	return address_make(AF_INET6, bytes, address_port(from), 0);
}

/* The address of an argument as the library would have it; none: len 0. */
static struct address address_of(const struct run *run, int index)
{
	const struct value *value = &run->values[index];
	struct address address = {.len = (socklen_t)value->number, .network = value->network};

	if (!value->data || run->like->record.args[index].kind != &kind_like_address)
		return (struct address){0};
	memcpy(address.bytes, value->data, address.len);
	if (address.any.sa_family == AF_INET &&
	    (run->like->addresses == LIKE_MAPPED ||
	     (run->like->addresses == LIKE_ANY6 && address_is_any(&address))))
		return mapped(&address);
	return address;
}

static void put_argument(const struct run *run, int index, bool family, struct buf *out)
{
	struct address address = address_of(run, index);

	if (family)
		names_print(out, &names_family, address.any.sa_family);
	else if (address.len)
		address_print(out, &address);
	else
		run->like->record.args[index].kind->print(out, &run->like->record, run->values,
							  index, NULL);
}

/* The command of a step as it is typed. */
static void put_command(const struct run *run, const char *text, struct buf *out)
{
	const char *at, *end;

	for (; (at = strchr(text, '{')); text = end + 1) {
		buf_add(out, text, (size_t)(at - text));
		end = strchr(at, '}');
		if (at[1] == 'f')
			buf_printf(out, "%ld", run->given);
		else if (at[1] == '#')
			buf_printf(out, "%ld", run->results[strtol(at + 2, NULL, 10) - 1]);
		else
			put_argument(run, (int)strtol(at + 1, NULL, 10) - 1, at[2] == '.', out);
	}
	buf_str(out, text);
}

static bool applies(const struct run *run, const struct like_step *step)
{
	if (step->flags & LIKE_IF_FAILED)
		return run->failed;
	return !(step->flags & LIKE_IPV6_ONLY) || address_of(run, 0).any.sa_family == AF_INET6;
}

static void tell(struct run *run, const char *wants)
{
	struct report *report = run->shell->report;
	struct wanted wanted = {.command = run->command};

	if (run->language) {
		wanted.language = run->language->name;
		wanted.function = run->like->record.name;
		wanted.wants = wants;
	}
	report->ops->wanted(report, &wanted);
	run->command.text = NULL;
}

/* Makes one call of the sequence. Returns whether it returned. */
static bool make_call(struct run *run, const struct like_step *step)
{
	struct shell *shell = run->shell;
	struct place place = shell->place;
	const struct session_last *last = session_last(shell->session);
	unsigned long before = session_steps(shell->session);
	struct buf line = {0};
	bool script = shell->report->script;

	if (shell->gives.text && (step->flags & LIKE_GIVES)) {
		buf_add(&line, shell->gives.text, shell->gives.len);
		buf_str(&line, " = ");
	}
	put_command(run, step->command, &line);
	place.text = buf_text(&line);
	place.len = line.len;
	tell(run, step->wants);
	/* The call itself says what is made. */
	shell->report->script = false;
	shell_line(shell, &place);
	shell->report->script = script;
	buf_free(&line);
	run->results[step - run->like->steps] = last->result;
	if (step->flags & LIKE_GIVES)
		run->given = last->result;
	run->failed = last->result < 0;
	return session_steps(shell->session) > before && !last->waiting;
}

static bool is_over(const struct run *run, const struct like_step *step)
{
	if (step->flags & LIKE_TIMES_OUT && run->results[step - run->like->steps] == 0)
		return true;
	return step->flags & LIKE_ENDS && !run->failed;
}

void like_run(struct shell *shell, const struct like_language *language, const struct like *like,
	      const struct value *values)
{
	struct run run = {.shell = shell,
			  .language = language,
			  .like = like,
			  .command = shell->command,
			  .values = values};
	const struct like_step *step;

	for (step = like->steps; step < like->steps + LIKE_STEPS && step->command && !shell->quit;
	     step++) {
		if (!applies(&run, step))
			continue;
		if (!make_call(&run, step) || is_over(&run, step))
			break;
		if (!run.failed)
			continue;
		if (!(step->flags & LIKE_MAY_FAIL)) {
			tell(&run, language ? language->stops : NULL);
			break;
		}
		shell->unexpected = false;
	}
}

static void put_languages(struct shell *shell)
{
	struct buf text = {0};
	size_t i;

	for (i = 0; like_languages[i]; i++)
		buf_printf(&text, "  %-8s %s\n", like_languages[i]->name,
			   like_languages[i]->version);
	shell_print(shell, &text);
	buf_free(&text);
}

static void put_sequences(struct shell *shell, const struct like_language *language)
{
	struct buf text = {0}, usage = {0};
	const struct like *const *like;
	size_t width = 0;

	buf_printf(&text, "  %s, %s\n", language->version, language->from);
	for (like = language->likes; *like; like++) {
		buf_reset(&usage);
		record_usage(&usage, &(*like)->record, -1);
		width = usage.len > width ? usage.len : width;
	}
	for (like = language->likes; *like; like++) {
		buf_reset(&usage);
		record_usage(&usage, &(*like)->record, -1);
		buf_printf(&text, "  %-*s  %s\n", (int)width, buf_text(&usage),
			   (*like)->record.help);
	}
	shell_print(shell, &text);
	buf_free(&usage);
	buf_free(&text);
}

static struct word word_of(const struct value *value)
{
	return (struct word){.text = value->data, .len = value->size, .column = (int)value->number};
}

static int run_like(struct shell *shell, const struct value *values, struct error *err)
{
	struct word name = word_of(&values[0]), what = word_of(&values[1]);
	struct value arguments[CALL_ARGS] = {0};
	const struct like_language *language;
	struct rest rest = {0};
	const struct like *like;
	int result = -1;

	if (shell->gives.text && !what.text) {
		error_set(err, "a list of what is known is no descriptor to be named");
		return word_blame(err, &shell->gives);
	}
	if (!name.text) {
		put_languages(shell);
		return 0;
	}
	language = like_language_find(&name);
	if (!language) {
		error_set(err, "sockstep knows no language %s: `like` lists those it does",
			  name.text);
		return word_blame(err, &name);
	}
	if (!what.text) {
		put_sequences(shell, language);
		return 0;
	}
	like = like_find(language, &what);
	if (!like) {
		error_set(err, "%s is not known of %s: `like %s` lists what is", what.text,
			  language->version, language->name);
		return word_blame(err, &what);
	}
	rest.end_column = what.column + (int)what.len;
	if ((!values[2].data || rest_split(&values[2], like->record.name, &rest, err) == 0) &&
	    values_read(&like->record, rest.words, rest.count, false, rest.end_column,
			session_resolver(shell->session), arguments, err) == 0) {
		like_run(shell, language, like, arguments);
		result = 0;
	}
	values_free(arguments);
	return result;
}

/* clang-format off */
const struct verb verb_like = {
	.record = {.name = "like",
		   .prototype = "like [LANGUAGE [FUNCTION ARGUMENT...]]",
		   .help = "make the calls that a library of another language makes, each with its reason",
		   .example = "like rust TcpListener::bind 127.0.0.1:8080",
		   .args = {{.name = "LANGUAGE", .kind = &kind_language, .flags = ARG_OPTIONAL},
			    {.name = "FUNCTION", .kind = &kind_function, .flags = ARG_OPTIONAL},
			    {.name = "ARGUMENT", .kind = &kind_rest, .flags = ARG_OPTIONAL | ARG_REST}}},
	.run = run_like,
	.gives = true,
};
/* clang-format on */

static const struct like_step passive_steps[] = {
	{"socket {1.family} stream", NULL, LIKE_GIVES},
	{"bind . {1}", NULL, 0},
	{"listen . {2}", NULL, 0},
	{NULL, NULL, 0},
};

static const struct like_step dial_steps[] = {
	{"socket {1.family} stream", NULL, LIKE_GIVES},
	{"connect . {1}", NULL, 0},
	{NULL, NULL, 0},
};

static int run_steps(struct shell *shell, const struct verb *verb, const struct like_step *steps,
		     const struct value *values)
{
	struct like like = {.record = verb->record, .steps = steps};

	like_run(shell, NULL, &like, values);
	return 0;
}

static int run_passive(struct shell *shell, const struct value *values, struct error *err)
{
	(void)err;
	return run_steps(shell, &verb_passive, passive_steps, values);
}

static int run_dial(struct shell *shell, const struct value *values, struct error *err)
{
	(void)err;
	return run_steps(shell, &verb_dial, dial_steps, values);
}

static const struct like_step adopt_steps[] = {
	{"pidfd_open {1}", NULL, 0},
	{"pidfd_getfd {#1} {2}", NULL, LIKE_GIVES},
	{"close {#1}", NULL, 0},
	{NULL, NULL, 0},
};

static int run_adopt(struct shell *shell, const struct value *values, struct error *err)
{
	(void)err;
	return run_steps(shell, &verb_adopt, adopt_steps, values);
}

/* clang-format off */
const struct verb verb_adopt = {
	.record = {.name = "adopt",
		   .prototype = "adopt PID FD",
		   .help = "take a copy of a descriptor of a running program: pidfd_open, pidfd_getfd",
		   .example = "theirs = adopt 4711 5",
		   .args = {{.name = "PID", .kind = &kind_pid}, {.name = "FD", .kind = &kind_number}}},
	.run = run_adopt,
	.gives = true,
};

const struct verb verb_passive = {
	.record = {.name = "passive",
		   .prototype = "passive ADDRESS [BACKLOG]",
		   .help = "make a socket that waits for connections: socket, bind, listen",
		   .example = "srv = passive 127.0.0.1:8080",
		   .args = {{.name = "ADDRESS", .kind = &kind_like_address},
			    {.name = "BACKLOG", .kind = &kind_backlog, .names = &names_backlog, .flags = ARG_OPTIONAL, .fallback = "SOMAXCONN"}}},
	.run = run_passive,
	.gives = true,
};

const struct verb verb_dial = {
	.record = {.name = "dial",
		   .prototype = "dial ADDRESS",
		   .help = "make a socket and connect it: socket, connect",
		   .example = "c = dial 127.0.0.1:8080",
		   .args = {{.name = "ADDRESS", .kind = &kind_like_address}}},
	.run = run_dial,
	.gives = true,
};
/* clang-format on */
