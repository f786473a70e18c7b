/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/folding.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/now.h"

#define SORTS_MOST   64    /* of steps; then the oldest is forgotten */
#define NUMBERS_MOST 256   /* in the text of one */
#define PAPER_WIDTH  10000 /* no line is broken */
#define INDENT       2
#define NUMBER       '\1' /* in a mask; in no text, which is escaped */
#define PROGRESS_US  200000

/* From the least to the greatest that was seen. */
struct span {
	uint64_t least, most;
};

/* Steps that are the same but for their numbers. */
struct sort {
	struct buf mask; /* the text with a sign for each number */
	size_t told_len; /* of the mask, what is told */
	struct span *spans;
	size_t count;        /* of numbers in what is told */
	unsigned long times; /* so often it was there */
	unsigned long told;  /* when it was told last; 0: it was shown */
};

struct folding {
	struct out paper;
	struct buf text;
	size_t marked; /* what is told ends here */
	struct buf mask;
	size_t mask_told;
	uint64_t numbers[NUMBERS_MOST];
	size_t count; /* of numbers in what is told */
	struct sort sorts[SORTS_MOST];
	size_t sort_count, next;
	long progress_us; /* when it was shown last */
};

static void keep(void *data, const char *bytes, size_t len)
{
	struct folding *folding = data;

	buf_add(&folding->text, bytes, len);
}

/* NULL where memory is out. */
static struct folding *folding_new(const struct out *out)
{
	struct folding *folding = calloc(1, sizeof(*folding));

	if (!folding)
		return NULL;
	folding->paper = (struct out){.fd = -1,
				      .unicode = out->unicode,
				      .width = PAPER_WIDTH,
				      .write = keep,
				      .data = folding};
	folding->progress_us = now_us();
	return folding;
}

static void free_sort(struct sort *sort)
{
	buf_free(&sort->mask);
	free(sort->spans);
	*sort = (struct sort){0};
}

static void folding_free(struct folding *folding)
{
	size_t i;

	if (!folding)
		return;
	for (i = 0; i < folding->sort_count; i++)
		free_sort(&folding->sorts[i]);
	buf_free(&folding->mask);
	buf_free(&folding->text);
	out_free(&folding->paper);
	free(folding);
}

struct out *folding_paper(struct folding *folding)
{
	buf_reset(&folding->text);
	folding->marked = 0;
	return &folding->paper;
}

void folding_mark(struct folding *folding)
{
	out_flush(&folding->paper);
	folding->marked = folding->text.len;
}

/* Behind a number, which is added to those of what is told. */
static const char *take_number(struct folding *folding, const char *at, bool told)
{
	uint64_t number = 0;

	for (; isdigit((unsigned char)*at); at++)
		number = number * 10 + (uint64_t)(*at - '0');
	if (told && folding->count++ < NUMBERS_MOST)
		folding->numbers[folding->count - 1] = number;
	return at;
}

/* Columns move with the width of numbers: several blanks are as one. */
static void make_mask(struct folding *folding)
{
	const char *text = buf_text(&folding->text), *at = text, *end = text + folding->text.len;

	buf_reset(&folding->mask);
	folding->count = 0;
	while (at < end) {
		size_t blanks = strspn(at, " ");

		if (at == text + folding->marked)
			folding->mask_told = folding->mask.len;
		if (isdigit((unsigned char)*at)) {
			at = take_number(folding, at, at < text + folding->marked);
			buf_char(&folding->mask, NUMBER);
		} else if (blanks > 1) {
			buf_char(&folding->mask, ' ');
			at += blanks;
		} else {
			buf_char(&folding->mask, *at++);
		}
	}
	if (folding->marked == folding->text.len)
		folding->mask_told = folding->mask.len;
}

static struct sort *find(struct folding *folding)
{
	size_t i;

	for (i = 0; i < folding->sort_count; i++) {
		struct sort *sort = &folding->sorts[i];

		if (sort->mask.len == folding->mask.len && sort->count == folding->count &&
		    memcmp(sort->mask.data, folding->mask.data, folding->mask.len) == 0)
			return sort;
	}
	return NULL;
}

static void widen(struct span *span, uint64_t number)
{
	if (number < span->least)
		span->least = number;
	if (number > span->most)
		span->most = number;
}

/* The first of its sort, which is shown. */
static void add(struct folding *folding, struct out *out)
{
	struct sort *sort = &folding->sorts[folding->next];
	size_t i;

	free_sort(sort);
	sort->spans = calloc(folding->count + 1, sizeof(*sort->spans));
	buf_add(&sort->mask, folding->mask.data, folding->mask.len);
	if (!sort->spans || sort->mask.failed) {
		free_sort(sort);
		out->buf.failed = true;
		return;
	}
	for (i = 0; i < folding->count; i++)
		sort->spans[i] = (struct span){folding->numbers[i], folding->numbers[i]};
	sort->count = folding->count;
	sort->told_len = folding->mask_told;
	sort->times = sort->told = 1;
	folding->next = (folding->next + 1) % SORTS_MOST;
	if (folding->sort_count < SORTS_MOST)
		folding->sort_count++;
}

/* A line of the mask with its numbers; *DIFFERS: one of them was not always the same. */
static const struct span *fill_line(struct buf *line, const struct out *out, const char *mask,
				    size_t len, const struct span *span, bool *differs)
{
	size_t i;

	*differs = false;
	for (i = 0; i < len; i++) {
		if (mask[i] != NUMBER) {
			buf_char(line, mask[i]);
			continue;
		}
		buf_printf(line, "%llu", (unsigned long long)span->least);
		if (span->least != span->most)
			buf_printf(line, "%s%llu", out_glyph_text(out, OUT_DOTS),
				   (unsigned long long)span->most);
		*differs |= span->least != span->most;
		span++;
	}
	return span;
}

/* The call, and of the lines below it those that were not always the same. */
static void tell_sort(const struct sort *sort, struct out *out)
{
	const char *at = sort->mask.data, *end = at + sort->told_len;
	const struct span *span = sort->spans;
	size_t indent = 0;

	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		struct buf line = {0};
		bool differs;

		stop = stop ? stop : end;
		span = fill_line(&line, out, at, (size_t)(stop - at), span, &differs);
		if (!indent) {
			out_pad(out, INDENT);
			out_style(out, OUT_HEAD);
			out_glyph(out, OUT_TIMES);
			out_printf(out, "%lu", sort->times);
			out_style(out, OUT_PLAIN);
			out_text(out, "  ");
			indent = out->column;
			out_wrap(out, indent, buf_text(&line));
		} else if (differs) {
			out_pad(out, indent);
			out_wrap(out, indent, buf_text(&line));
		}
		out->buf.failed |= line.failed;
		buf_free(&line);
		at = stop + 1;
	}
}

/* What was counted and is not told yet. */
static void folding_tell(struct folding *folding, struct out *out)
{
	size_t i;

	for (i = 0; i < folding->sort_count; i++) {
		/* In the order in which they came, where none was forgotten. */
		struct sort *sort = &folding->sorts[i];

		if (sort->times == sort->told)
			continue;
		tell_sort(sort, out);
		sort->told = sort->times;
	}
	out_flush(out);
}

bool folding_take(struct folding *folding, struct out *out, bool zero)
{
	struct sort *sort;
	size_t i;

	out_flush(&folding->paper);
	if (!folding->marked)
		folding->marked = folding->text.len;
	make_mask(folding);
	buf_char(&folding->mask, zero ? '0' : '1');
	out->buf.failed |= folding->text.failed || folding->mask.failed || folding->paper.failed;
	if (out->buf.failed || folding->count > NUMBERS_MOST) {
		folding_tell(folding, out);
		return false;
	}
	sort = find(folding);
	if (!sort) {
		folding_tell(folding, out);
		add(folding, out);
		return false;
	}
	sort->times++;
	for (i = 0; i < sort->count; i++)
		widen(&sort->spans[i], folding->numbers[i]);
	return true;
}

/* How far it has come, for who looks on. */
static void show_progress(struct folding *folding, struct out *out, const struct repeated *repeated)
{
	struct buf text = {0};
	long now = now_us();

	if (now - folding->progress_us < PROGRESS_US)
		return;
	folding->progress_us = now;
	buf_printf(&text, "  round %lu of %lu", repeated->round, repeated->most);
	out_pass(out, buf_text(&text));
	buf_free(&text);
}

static void put_early_end(struct out *out, const struct repeated *repeated)
{
	out_text(out, "  ");
	out_style(out, OUT_WAITS);
	out_text(out, repeated->why == REPEAT_FAILED ? "ended" : "interrupted");
	out_style(out, OUT_PLAIN);
	out_printf(out, " in round %lu of %lu", repeated->round, repeated->most);
	out_newline(out);
	out_flush(out);
}

static void end_repeat(struct report *report, const struct repeated *repeated)
{
	report->repeats--;
	out_hide(report->out);
	if (report->folding && (!report->repeats || repeated->why != REPEAT_DONE))
		folding_tell(report->folding, report->out);
	if (!report->repeats) {
		folding_free(report->folding);
		report->folding = NULL;
	}
	if (repeated->why != REPEAT_DONE)
		put_early_end(report->out, repeated);
}

static void begin(struct report *report)
{
	report->folding = folding_new(report->out);
	report->out->buf.failed |= !report->folding;
}

void folding_repeat(struct report *report, enum repeat_phase phase, const struct repeated *repeated)
{
	if (phase == REPEAT_ENDS)
		end_repeat(report, repeated);
	else if (phase == REPEAT_BEGINS && !report->repeats++)
		begin(report);
	else if (phase == REPEAT_ROUND && report->repeats == 1 && report->folding)
		show_progress(report->folding, report->out, repeated);
}
