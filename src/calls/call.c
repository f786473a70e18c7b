/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/call.h"

#include <string.h>

bool word_is(const struct word *word, const char *text)
{
	return word->len == strlen(text) && memcmp(word->text, text, word->len) == 0;
}

int word_blame(struct error *err, const struct word *word)
{
	err->column = word->column;
	err->length = (int)word->len;
	return -1;
}

int word_place(struct error *err, const struct word *word, size_t skip)
{
	int at = (int)skip + (err->column ? err->column - 1 : 0);

	err->column = word->column + at;
	/* Just behind it, where something is missing there. */
	if (err->length <= 0)
		err->length = (int)word->len > at ? (int)word->len - at : 1;
	return -1;
}

bool record_named(const struct record *record, const char *word, size_t len)
{
	const char *names[] = {record->name, record->alias[0], record->alias[1]};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i] && strlen(names[i]) == len && memcmp(names[i], word, len) == 0)
			return true;
	return false;
}

int record_args(const struct record *record)
{
	int count = 0;

	while (count < CALL_ARGS && record->args[count].name)
		count++;
	return count;
}

int record_arg_of(const struct record *record, const struct kind *kind)
{
	int i;

	for (i = 0; i < CALL_ARGS && record->args[i].name; i++)
		if (record->args[i].kind == kind)
			return i;
	return -1;
}

const struct call *calls_find(const char *word, size_t len)
{
	size_t i;

	for (i = 0; i < calls_count; i++)
		if (record_named(&calls[i]->record, word, len))
			return calls[i];
	return NULL;
}

unsigned calls_index(const struct call *call)
{
	unsigned i;

	for (i = 0; i < calls_count; i++)
		if (calls[i] == call)
			break;
	return i;
}

void calls_perform(struct frame *frame)
{
	calls[frame->call]->perform(frame);
}

void call_print(struct buf *out, const struct call *call, const struct value *values,
		const struct frame *frame)
{
	const struct record *record = &call->record;
	int i, total = record_args(record);

	buf_str(out, record->name);
	buf_char(out, '(');
	for (i = 0; i < total; i++) {
		size_t before = out->len;

		if (i)
			buf_str(out, ", ");
		record->args[i].kind->print(out, record, values, i, frame);
		/* fcntl(fd, F_GETFL): what a command does not take is not there. */
		if (i && out->len == before + 2)
			buf_truncate(out, before);
	}
	buf_char(out, ')');
}

void record_usage(struct buf *out, const struct record *record, int mark)
{
	int i, total = record_args(record);

	buf_str(out, record->name);
	for (i = 0; i < total; i++) {
		const struct arg *arg = &record->args[i];

		if (arg->flags & ARG_C_ONLY)
			continue;
		buf_char(out, ' ');
		if (i == mark)
			buf_printf(out, "<%s>", arg->name);
		else if (arg->flags & ARG_OPTIONAL)
			buf_printf(out, "[%s]", arg->name);
		else
			buf_str(out, arg->name);
		if (arg->flags & ARG_REST && i == total - 1)
			buf_str(out, "...");
	}
}
