/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "calls/call.h"
#include "calls/carried.h"
#include "calls/kinds.h"
#include "calls/ready.h"
#include "net/interface.h"

void values_free(struct value *values)
{
	int i;

	for (i = 0; i < CALL_ARGS; i++) {
		free(values[i].data);
		values[i] = (struct value){0};
	}
}

int resolver_network(const struct resolver *resolver)
{
	return resolver && resolver->network ? resolver->network(resolver->data) : INTERFACES_OURS;
}

static void usage_error(const struct record *record, int missing, int column, struct error *err)
{
	struct buf usage = {0};

	record_usage(&usage, record, missing);
	if (missing >= 0)
		error_at(err, column, 1, "%s is missing: %s", record->args[missing].name,
			 buf_text(&usage));
	else
		error_at(err, column, 1, "one word too many: %s", buf_text(&usage));
	buf_free(&usage);
}

/* One argument from its word, or its default where WORD is NULL. */
static int read_one(struct reading *reading, const struct word *word, struct error *err)
{
	const struct arg *arg = &reading->record->args[reading->index];
	struct word fallback = {.text = arg->fallback, .column = 0};

	if (!word && arg->fallback) {
		fallback.len = strlen(arg->fallback);
		word = &fallback;
	}
	*err = (struct error){0};
	reading->values[reading->index].network = resolver_network(reading->resolver);
	if (arg->kind->read(reading, word, &reading->values[reading->index], err) == 0)
		return 0;
	return word && word->column ? word_place(err, word, 0) : -1;
}

/*
 * Whether the next word belongs to argument I, or I is left out. The C spelling has them all in
 * order; a shell spelling leaves out what it may.
 */
static bool takes_word(const struct reading *reading, int i, const struct word *word, int left,
		       bool all_given)
{
	const struct arg *arg = &reading->record->args[i];

	if (left == 0)
		return false;
	if (reading->c_spelling || all_given)
		return true;
	if (arg->flags & ARG_C_ONLY)
		return false;
	if ((arg->flags & ARG_OPTIONAL) && arg->kind->looks)
		return arg->kind->looks(reading, word);
	return true;
}

/* In the C spelling commas part the arguments: only the last one may go on. */
static bool takes_rest(const struct record *record, int i, bool c_spelling)
{
	return record->args[i].flags & ARG_REST && (!c_spelling || i == record_args(record) - 1);
}

int values_next_arg(const struct record *record, const struct word *words, int count,
		    bool c_spelling, const struct word **given)
{
	struct reading reading = {.record = record, .c_spelling = c_spelling};
	int i, used = 0, total = record_args(record);

	for (i = 0; i < total; i++) {
		const struct arg *arg = &record->args[i];

		if (given)
			given[i] = NULL;
		reading.index = i;
		if (used == count && (c_spelling || !(arg->flags & ARG_C_ONLY)))
			break;
		if (!takes_word(&reading, i, &words[used], count - used, false))
			continue;
		if (takes_rest(record, i, c_spelling))
			break;
		if (given)
			given[i] = &words[used];
		used++;
	}
	return i;
}

/* A rest argument is one word that reaches from the first left to the last. */
static struct word joined(const struct word *words, int count)
{
	struct word word = words[0];

	word.len = (size_t)(words[count - 1].text + words[count - 1].len - word.text);
	return word;
}

/* Whether every argument has a word; where one takes several, that cannot be told by counting. */
static bool are_all_given(const struct record *record, int count, bool c_spelling)
{
	int i, total = record_args(record);

	for (i = 0; i < total - 1; i++)
		if (takes_rest(record, i, c_spelling))
			return false;
	return count == total;
}

int values_read(const struct record *record, const struct word *words, int count, bool c_spelling,
		int end_column, const struct resolver *resolver, struct value *values,
		struct error *err)
{
	struct reading reading = {
		.record = record, .resolver = resolver, .values = values, .c_spelling = c_spelling};
	int total = record_args(record);
	bool all_given = are_all_given(record, count, c_spelling);
	int i, used = 0;

	for (i = 0; i < total; i++) {
		const struct arg *arg = &record->args[i];
		struct word word = {0};
		bool given;

		reading.index = i;
		given = takes_word(&reading, i, &words[used], count - used, all_given);
		if (given && takes_rest(record, i, c_spelling)) {
			word = joined(&words[used], count - used);
			used = count;
		} else if (given) {
			word = words[used++];
		} else if (!(arg->flags & (ARG_OPTIONAL | ARG_C_ONLY))) {
			usage_error(record, i, end_column, err);
			return -1;
		}
		if (read_one(&reading, given ? &word : NULL, err) < 0) {
			/* What is missing belongs behind the last word. */
			if (!given && !err->column) {
				err->column = end_column;
				err->length = 1;
			}
			return -1;
		}
	}
	if (used < count) {
		usage_error(record, -1, words[used].column, err);
		err->length = (int)words[used].len;
		return -1;
	}
	return 0;
}

/* What is sent with a message is shown, too, though the call is made on another. */
static void read_passed(const struct call *call, const struct value *values, struct frame *frame)
{
	int fds[FRAME_READS];
	size_t i, count = carried_descriptors(call, values, fds, FRAME_READS);

	for (i = 0; i < count && i < FRAME_READS; i++)
		if (fds[i] >= 0)
			frame_read(frame, fds[i]);
}

void values_to_frame(const struct call *call, const struct value *values, struct frame *frame)
{
	int i;

	frame->call = calls_index(call);
	frame->may_wait = call->waits != NULL;
	frame->forks = call->forks;
	frame->result_is_fd = call->result == RESULT_FD;
	frame->pair_arg = 0;
	for (i = 0; i < CALL_ARGS; i++) {
		const struct kind *kind = call->record.args[i].kind;

		frame->arg[i] = (struct frame_arg){.way = kind ? kind->way : FRAME_NUMBER,
						   .number = values[i].number,
						   .data = values[i].data,
						   .size = values[i].size};
		if (kind == &kind_fd_pair_out)
			frame->pair_arg = i + 1;
	}
	frame->reads = values_descriptors(call, values, frame->read, FRAME_READS);
	read_passed(call, values, frame);
}

void values_from_frame(const struct call *call, struct value *values, struct frame *frame)
{
	int i;

	for (i = 0; i < CALL_ARGS && call->record.args[i].name; i++) {
		struct frame_arg *arg = &frame->arg[i];

		values[i].number = arg->number;
		if (arg->way < FRAME_OUT)
			continue;
		free(values[i].data);
		values[i].data = arg->data;
		values[i].size = arg->data ? arg->size : 0;
		arg->data = NULL;
	}
}

static int add_fd(int *fds, int count, int room, long fd)
{
	int i;

	for (i = 0; i < count; i++)
		if (fds[i] == fd)
			return count;
	if (count < room && fd >= 0)
		fds[count++] = (int)fd;
	return count;
}

/* Those of a set of select(). */
static int add_set(int *fds, int count, int room, const struct value *value)
{
	struct ready_sets sets;
	int fd;

	if (value->size != sizeof(sets))
		return count;
	memcpy(&sets, value->data, sizeof(sets));
	for (fd = 0; fd < FD_SETSIZE; fd++)
		if (FD_ISSET(fd, &sets.asked))
			count = add_fd(fds, count, room, fd);
	return count;
}

int values_descriptors(const struct call *call, const struct value *values, int *fds, int room)
{
	int i, count = 0;
	size_t k;

	for (i = 0; i < CALL_ARGS && call->record.args[i].name; i++) {
		const struct kind *kind = call->record.args[i].kind;

		if (kind == &kind_fd || kind == &kind_fd_new || kind == &kind_fd_or_new)
			count = add_fd(fds, count, room, values[i].number);
		else if (kind == &kind_pollfds)
			for (k = 0; k < values[i].size / sizeof(struct pollfd); k++)
				count = add_fd(fds, count, room,
					       ((const struct pollfd *)values[i].data)[k].fd);
		else if (kind == &kind_fd_set)
			count = add_set(fds, count, room, &values[i]);
	}
	return count;
}
