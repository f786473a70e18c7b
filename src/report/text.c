/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/text.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "names/names.h"
#include "report/diagram.h"
#include "report/dissection.h"
#include "report/folding.h"
#include "report/labels.h"
#include "report/ladder.h"
#include "report/lookup.h"
#include "report/meaning.h"
#include "report/options.h"
#include "report/parts.h"
#include "report/setting.h"
#include "report/story.h"
#include "report/wire_rules.h"

#define MAIN_PROCESS  "main"
#define NARROW_INDENT 4

/* A script's reader sees in which process a command ran, unless that is the first one. */
static bool names_process(const struct step *step)
{
	return (step->call || step->event == STEP_CRASH) && step->process &&
	       strcmp(step->process, MAIN_PROCESS) != 0;
}

static void put_command(struct report *report, const struct step *step)
{
	struct out *out = report->out;

	if (!report->script || step->event == STEP_COMPLETED || !step->command)
		return;
	out_style(out, OUT_DIM);
	out_text(out, "> ");
	out_style(out, OUT_PLAIN);
	if (names_process(step) && step->command_len && step->command[0] != '@') {
		out_text(out, "@");
		out_text(out, step->process);
		out_text(out, " ");
	}
	out_bytes(out, step->command, step->command_len);
	out_newline(out);
}

static void put_job(struct out *out, int job)
{
	if (!job)
		return;
	out_text(out, "[");
	parts_number(out, job);
	out_text(out, "] ");
}

static void put_call(struct out *out, const char *text)
{
	out_style(out, OUT_CALL);
	out_text(out, text ? text : "");
	out_style(out, OUT_PLAIN);
}

static void put_errno(struct out *out, int error)
{
	out_text(out, " ");
	out_style(out, OUT_ERROR);
	out_text(out, names_error_name(error));
	out_style(out, OUT_PLAIN);
	out_text(out, " (");
	out_text(out, names_error_text(error));
	out_text(out, ")");
}

/* A pointer to text, which is shown, or to nothing. */
static void put_text_result(struct out *out, const struct step *step)
{
	struct buf text = {0};

	if (step->result < 0) {
		out_text(out, "NULL");
		return;
	}
	buf_char(&text, '"');
	escape_string(&text, step->data, step->data_len);
	buf_char(&text, '"');
	out_text(out, buf_text(&text));
	out->buf.failed |= text.failed;
	buf_free(&text);
}

static void put_result(struct out *out, const struct step *step)
{
	if (!step->returned) {
		out_text(out, " = ?");
		return;
	}
	out_text(out, " = ");
	if (step->call->result == RESULT_TEXT)
		put_text_result(out, step);
	else
		parts_number(out, step->result);
	if (step->error)
		put_errno(out, step->error);
	if (step->beneath) {
		out_text(out, ", errno");
		put_errno(out, step->beneath);
	}
}

static void put_returned(struct out *out, const struct step *step)
{
	out_text(out, "  ");
	put_job(out, step->event == STEP_COMPLETED ? step->job : 0);
	put_call(out, step->text);
	put_result(out, step);
	out_newline(out);
}

static void put_waits_for(struct out *out, const char *waits_for, const char *hint, size_t indent)
{
	struct buf text = {0};

	if (waits_for)
		buf_printf(&text, "%s %s", label(LABEL_WAITS_FOR), waits_for);
	else
		buf_str(&text, "waits");
	buf_str(&text, hint);
	if (out->column > indent &&
	    out->column + 1 + parts_width(out, buf_text(&text), text.len) > (size_t)out->width)
		out_newline(out);
	if (out->column != indent)
		out_pad(out, indent);
	out_wrap(out, indent, buf_text(&text));
	out->buf.failed |= text.failed;
	buf_free(&text);
}

static void put_job_waits(struct out *out, int job, const char *call, const char *waits_for)
{
	out_text(out, "  ");
	put_job(out, job);
	put_call(out, call);
	put_waits_for(out, waits_for, "", 6);
}

static void put_waiting(struct report *report, const struct step *step)
{
	const char *hint = step->call && step->call->persists
				   ? " (Ctrl-C leaves it as a job)"
				   : " (Ctrl-C interrupts, Ctrl-Z leaves it as a job)";

	if (step->job) {
		put_job_waits(report->out, step->job, step->text, step->waits_for);
	} else {
		out_text(report->out, "  ");
		put_waits_for(report->out, step->waits_for, report->script ? "" : hint, 2);
	}
}

static bool says_nothing(const struct step *step, const struct shown *shown)
{
	return step->error && shown->known && !shown->changed && !shown->gone && !shown->closed;
}

static void put_endpoints(struct out *out, const struct step *step)
{
	struct line line;

	if (!step->endpoint_count)
		return;
	line_init(&line, out);
	for (size_t i = 0; i < step->endpoint_count; i++)
		if (!says_nothing(step, &step->endpoints[i]))
			text_endpoint(&line, &step->endpoints[i], step->process);
	line_free(&line);
}

static void put_why(struct out *out, const char *why)
{
	if (!why)
		return;
	out_text(out, "  ");
	out_style(out, OUT_WHY);
	out_text(out, label(LABEL_WHY));
	out_text(out, ": ");
	out_wrap(out, 7, why);
}

/* Nobody typed anything: a timer fired, or a packet that was sent earlier arrived. */
static void put_wire(struct out *out, const struct step *step)
{
	if (step->command)
		return;
	out_style(out, OUT_DIM);
	out_text(out, "  time passed:");
	out_newline(out);
}

static void put_head(struct report *report, const struct step *step)
{
	if (step->event == STEP_WAITING)
		put_waiting(report, step);
	else if (!step->call)
		put_wire(report->out, step);
	else
		put_returned(report->out, step);
	lookup_put(report->out, step);
}

/* The same as a step before, but for its numbers: in what is repeated it is only counted. */
static bool is_folded(struct report *report, const struct step *step)
{
	struct folding *folding = report->folding;
	struct report paper = {.script = report->script};

	if (!folding)
		return false;
	paper.out = folding_paper(folding);
	put_head(&paper, step);
	put_endpoints(paper.out, step);
	put_why(paper.out, step->why);
	folding_mark(folding);
	ladder_put(paper.out, step->packets, step->packet_count, step->packets_untold);
	return folding_take(folding, report->out, step->returned && step->result == 0);
}

static void text_step(struct report *report, const struct step *step)
{
	if (is_folded(report, step))
		return;
	put_command(report, step);
	put_head(report, step);
	ladder_put(report->out, step->packets, step->packet_count, step->packets_untold);
	put_endpoints(report->out, step);
	put_why(report->out, step->why);
	out_flush(report->out);
}

static void text_error(struct report *report, const struct place *place, const struct error *err)
{
	struct out *out = report->errors;

	out_hide(report->out);
	text_place(out, place, err->column);
	out_text(out, err->text);
	out_newline(out);
	if (place)
		text_underline(out, place, err);
	out_flush(out);
}

static void text_expect(struct report *report, const struct place *place, bool ok,
			const char *expected, const char *found)
{
	struct out *out = report->errors;

	if (ok)
		return;
	out_hide(report->out);
	text_place(out, place, 0);
	out_text(out, "expected ");
	out_text(out, expected);
	out_text(out, ", found ");
	out_style(out, OUT_ERROR);
	out_text(out, found);
	out_newline(out);
	out_flush(out);
}

static void status_op(struct report *report, const struct shown *list, size_t count)
{
	text_status(report->out, list, count);
	out_flush(report->out);
}

static void show_op(struct report *report, const struct shown *shown)
{
	text_show(report->out, shown);
	out_flush(report->out);
}

static void text_explain(struct report *report, const struct meaning *meaning)
{
	meaning_put(report->out, meaning);
	out_flush(report->out);
}

static void text_apropos(struct report *report, const char *words, const struct meaning *list,
			 size_t count, size_t total)
{
	meaning_put_found(report->out, words, list, count, total);
	out_flush(report->out);
}

static void text_diagram(struct report *report, const struct traced *list, size_t count)
{
	diagram_put(report->out, list, count);
	out_flush(report->out);
}

static void text_story(struct report *report, const struct story *story)
{
	struct line line;

	line_init(&line, report->out);
	text_endpoint(&line, story->shown, story->shown->process);
	line_free(&line);
	for (size_t i = 0; i < story->count; i++) {
		out_text(report->out, "  ");
		out_wrap(report->out, 2, buf_text(&story->parts[i]));
		report->out->buf.failed |= story->parts[i].failed;
	}
	out_flush(report->out);
}

/* A command that made no step, as a script's reader sees it. */
static void put_typed(struct report *report, const struct word *command)
{
	if (!report->script)
		return;
	out_style(report->out, OUT_DIM);
	out_text(report->out, "> ");
	out_bytes(report->out, command->text, command->len);
	out_newline(report->out);
}

static void options_op(struct report *report, const struct place *place, const struct word *command,
		       const struct option_list *list)
{
	(void)place;
	put_typed(report, command);
	text_options(report->out, list);
	out_flush(report->out);
}

static void text_jobs(struct report *report, const struct job_info *list, size_t count)
{
	struct buf call = {0};

	for (size_t i = 0; i < count; i++) {
		buf_reset(&call);
		if (list[i].process && strcmp(list[i].process, MAIN_PROCESS) != 0)
			buf_printf(&call, "@%s ", list[i].process);
		buf_str(&call, list[i].call);
		put_job_waits(report->out, list[i].number, buf_text(&call), list[i].waits_for);
	}
	buf_free(&call);
	if (!count) {
		out_text(report->out, "  no call is waiting");
		out_newline(report->out);
	}
	out_flush(report->out);
}

static void text_died(struct report *report, const char *process, const char *how,
		      const struct shown *list, size_t count)
{
	struct out *out = report->out;
	struct buf text = {0};
	struct line line;

	buf_printf(&text, "process %s %s%s", process, how,
		   count ? "; its descriptors are closed:" : "");
	out_wrap(out, 2, buf_text(&text));
	out->buf.failed |= text.failed;
	buf_free(&text);
	line_init(&line, out);
	for (size_t i = 0; i < count; i++)
		text_endpoint(&line, &list[i], process);
	line_free(&line);
	out_flush(out);
}

static void text_packet(struct report *report, const struct shown_packet *packet)
{
	dissection_put(report->out, packet);
	out_flush(report->out);
}

static void text_loopback(struct report *report, const struct shown_loopback *loopback)
{
	struct buf text = {0};

	parts_loopback(&text, loopback);
	buf_char(&text, '\n');
	report->ops->text(report, buf_text(&text));
	report->out->buf.failed |= text.failed;
	buf_free(&text);
}

static void text_wire(struct report *report, bool hold, const struct shown_packet *list,
		      size_t count)
{
	struct out *out = report->out;

	size_t delayed = 0;

	ladder_put(out, list, count, 0);
	while (delayed < count && list[count - 1 - delayed].left_us >= 0)
		delayed++;
	out_printf(out, "  the wire %s; %zu held", hold ? "holds packets" : "flows",
		   count - delayed);
	if (delayed)
		out_printf(out, ", %zu delayed", delayed);
	out_newline(out);
	out_flush(out);
}

static void text_wanted(struct report *report, const struct wanted *wanted)
{
	if (wanted->command.text)
		put_typed(report, &wanted->command);
	if (wanted->wants) {
		out_text(report->out, "  ");
		out_text(report->out, label(LABEL_WANTS));
		out_text(report->out, ": ");
		out_wrap(report->out, 9, wanted->wants);
	}
	out_flush(report->out);
}

static void text_limits(struct report *report, const char *process,
			const struct session_limit *list, size_t count)
{
	(void)process;
	setting_put_limits(report->out, list, count);
	out_flush(report->out);
}

static void text_sysctl(struct report *report, const struct place *place,
			const struct word *command, const struct sysctl *setting,
			const char *meaning)
{
	(void)place;
	put_typed(report, command);
	setting_put(report->out, setting, meaning);
	out_flush(report->out);
}

static void text_rules(struct report *report, const struct rule *list, size_t count)
{
	wire_rules_put(report->out, list, count);
	out_flush(report->out);
}

static void text_ladder(struct report *report, const struct shown_ladder *shown)
{
	ladder_put_all(report->out, shown);
	out_flush(report->out);
}

static void text_came(struct report *report, const struct came *came)
{
	struct buf text = {0};

	buf_printf(&text, "%s came to process %s: %s", came->name, came->process, came->why);
	out_text(report->out, "  ");
	out_style(report->out, OUT_WHY);
	out_text(report->out, "signal: ");
	out_wrap(report->out, 10, buf_text(&text));
	report->out->buf.failed |= text.failed;
	buf_free(&text);
	out_flush(report->out);
}

/* Where the last column of a line of help begins: behind two blanks. */
static size_t last_column(const char *text, size_t len)
{
	size_t at = len;

	while (at > 2 && !(text[at - 1] == ' ' && text[at - 2] == ' '))
		at--;
	return at > 2 ? at : 0;
}

/* The columns before the last one, on a line of their own. */
static void put_before(struct out *out, const char *text, size_t len)
{
	while (len && text[len - 1] == ' ')
		len--;
	if (!len)
		return;
	out_bytes(out, text, len);
	out_newline(out);
}

/* A line that is too long goes on below its last column; below all where that leaves no room. */
static void put_line(struct out *out, const char *text, size_t len)
{
	size_t indent = last_column(text, len);
	char *rest;

	if (escape_width(text, len) <= (size_t)out->width) {
		out_bytes(out, text, len);
		out_newline(out);
		return;
	}
	rest = strndup(text + indent, len - indent);
	if (!rest) {
		out->buf.failed = true;
		return;
	}
	if (indent > (size_t)out->width / 2) {
		put_before(out, text, indent);
		indent = NARROW_INDENT;
		out_pad(out, indent);
	} else {
		out_bytes(out, text, indent);
	}
	out_wrap(out, indent, rest);
	free(rest);
}

static void text_text(struct report *report, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		if (text[len]) {
			put_line(report->out, text, len);
			len++;
		} else {
			out_bytes(report->out, text, len);
		}
		text += len;
	}
	out_flush(report->out);
}

static void text_end(struct report *report, unsigned long steps, unsigned long failed)
{
	(void)report;
	(void)steps;
	(void)failed;
}

const struct report_ops report_text_ops = {
	.step = text_step,
	.error = text_error,
	.expect = text_expect,
	.status = status_op,
	.show = show_op,
	.diagram = text_diagram,
	.explain = text_explain,
	.apropos = text_apropos,
	.story = text_story,
	.options = options_op,
	.jobs = text_jobs,
	.died = text_died,
	.packet = text_packet,
	.wire = text_wire,
	.loopback = text_loopback,
	.limits = text_limits,
	.wanted = text_wanted,
	.sysctl = text_sysctl,
	.rules = text_rules,
	.ladder = text_ladder,
	.came = text_came,
	.repeat = folding_repeat,
	.text = text_text,
	.end = text_end,
};
