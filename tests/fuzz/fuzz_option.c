/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "calls/kinds.h"
#include "fuzz.h"
#include "lang/lang.h"
#include "names/options.h"
#include "net/interface.h"
#include "oracle.h"

/*
 * The values of socket options: those that are typed are printed in a form that reads as the same
 * bytes; those that the kernel fills in, of any length, are printed harmless.
 */

static int read_call(const struct buf *line, struct value *values, struct error *err)
{
	static struct command command;
	const struct call *call = calls_find("setsockopt", strlen("setsockopt"));
	size_t at = 0;

	*err = (struct error){0};
	if (lang_next(buf_text(line), line->len, &at, &command, err) != 1 || at != line->len)
		return -1;
	if (command.name.len != strlen("setsockopt") || command.background)
		return -1;
	return values_read(&call->record, command.words, command.count, command.c_spelling,
			   command.end_column, &fuzz_resolver, values, err);
}

static void check_same(const struct value *a, const struct value *b, const char *line)
{
	int i;

	for (i = 0; i < CALL_ARGS; i++) {
		fuzz_require(a[i].number == b[i].number, "argument %d of %s", i, line);
		fuzz_require(a[i].size == b[i].size &&
				     (!a[i].size || !memcmp(a[i].data, b[i].data, a[i].size)),
			     "argument %d of %s reads otherwise", i, line);
	}
}

static void type_back(const struct value *values)
{
	const struct call *call = calls_find("setsockopt", strlen("setsockopt"));
	struct value again[CALL_ARGS] = {0};
	struct buf text = {0};
	struct error err;

	call_print(&text, call, values, NULL);
	fuzz_require(oracle_harmless(buf_text(&text), text.len, false), "%s", buf_text(&text));
	fuzz_require(read_call(&text, again, &err) == 0, "%s: %s", buf_text(&text), err.text);
	check_same(values, again, buf_text(&text));
	values_free(again);
	buf_free(&text);
}

/* `setsockopt 3 OPTION …` with what is typed for the value. */
static void from_text(const struct option *option, struct fuzz_input *in)
{
	struct value values[CALL_ARGS] = {0};
	struct buf line = {0};
	struct error err;

	buf_printf(&line, "setsockopt 3 %d %d ", option->level, option->value);
	buf_add(&line, in->at, in->left);
	if (read_call(&line, values, &err) == 0)
		type_back(values);
	else if (err.text[0])
		fuzz_check_error(&err, line.len);
	values_free(values);
	buf_free(&line);
}

/* As getsockopt() fills them in: of this length, whatever the type. */
static void from_bytes(const struct option *option, struct fuzz_input *in)
{
	char *data = malloc(in->left + 1);
	size_t len = in->left;
	struct buf text = {0};

	if (!data)
		abort();
	/* At the end of its memory, so that reading beyond is seen. */
	memcpy(data + 1, in->at, len);
	option_print(&text, INTERFACES_OURS, option, data + 1, len);
	fuzz_require(oracle_harmless(buf_text(&text), text.len, false), "%s", buf_text(&text));
	fuzz_require(text.len > 0, "%s of %zu bytes prints as nothing",
		     option ? option->name : "unknown", len);
	free(data);
	buf_free(&text);
}

/* `setsockopt 3 OPTION @FILE`, where the file holds what follows. */
static void from_file(const struct option *option, struct fuzz_input *in)
{
	struct value values[CALL_ARGS] = {0};
	struct buf line = {0};
	struct error err;

	fuzz_file_data = in->at;
	fuzz_file_size = in->left;
	buf_printf(&line, "setsockopt 3 %d %d @file", option->level, option->value);
	if (read_call(&line, values, &err) == 0)
		type_back(values);
	else
		fuzz_check_error(&err, line.len);
	values_free(values);
	buf_free(&line);
}

/* The option whose name is first, up to a blank; any where there is none of this name. */
static const struct option *take_option(struct fuzz_input *in)
{
	const char *name = (const char *)in->at, *blank = memchr(name, ' ', in->left);
	size_t len = blank ? (size_t)(blank - name) : in->left, i;
	const struct option *option = options_find(name, len, -1);
	unsigned which = 0;

	for (i = 0; i < len; i++)
		which = which * 31 + in->at[i];
	len += blank != NULL;
	fuzz_take(in, &len);
	return option ? option : &options[which % options_count];
}

/* The first byte: 'T' before text, 'F' before a file's, else bytes; 'U': of an unknown option. */
void fuzz_one(const uint8_t *data, size_t size)
{
	struct fuzz_input in = {data, size};
	unsigned first = fuzz_byte(&in);
	const struct option *option = take_option(&in);

	if (first == 'T')
		from_text(option, &in);
	else if (first == 'F')
		from_file(option, &in);
	else
		from_bytes(first == 'U' ? NULL : option, &in);
}
