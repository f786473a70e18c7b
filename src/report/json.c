/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "kernel/congestion.h"
#include "names/names.h"
#include "names/terms.h"
#include "report/diagram.h"
#include "report/dissection.h"
#include "report/emit.h"
#include "report/fields.h"
#include "report/options.h"
#include "report/packet_fields.h"
#include "report/setting.h"
#include "report/story.h"
#include "report/text.h"
#include "report/wire_rules.h"

/* An event has most of its fields in this room. */
#define EVENT_ROOM 1500

static struct emit begin(struct buf *line, const char *event)
{
	struct emit emit = {.out = line};

	buf_reserve(line, EVENT_ROOM);
	emit_open(&emit, '{');
	emit_key(&emit, "event");
	emit_text(&emit, event);
	return emit;
}

static void finish(struct report *report, struct emit *emit)
{
	emit_close(emit, '}');
	out_json(report->out, emit->out);
	out_flush(report->out);
	buf_free(emit->out);
}

static void add_text(struct emit *emit, const char *key, const char *text)
{
	emit_key(emit, key);
	emit_text(emit, text);
}

/* A number from 1; 0 is none. */
static void add_number(struct emit *emit, const char *key, unsigned long value)
{
	emit_key(emit, key);
	if (value)
		emit_unsigned(emit, value);
	else
		emit_null(emit);
}

static void queue_value(struct emit *emit, const struct endpoint *endpoint)
{
	emit_open(emit, '{');
	emit_key(emit, "length");
	emit_unsigned(emit, endpoint->accept_length);
	emit_key(emit, "backlog");
	emit_unsigned(emit, endpoint->accept_backlog);
	emit_close(emit, '}');
}

static void timer_value(struct emit *emit, const struct endpoint *endpoint)
{
	size_t start;

	if (endpoint->timer.kind == 0) {
		emit_null(emit);
		return;
	}
	emit_open(emit, '{');
	emit_key(emit, "kind");
	start = emit_string_begin(emit);
	names_print(emit->out, &names_timer, endpoint->timer.kind);
	emit_string_end(emit, start);
	emit_key(emit, "expires_ms");
	emit_unsigned(emit, endpoint->timer.expires_ms);
	emit_key(emit, "retransmits");
	emit_unsigned(emit, endpoint->timer.retransmits);
	emit_close(emit, '}');
}

static void string_value(struct emit *emit, const struct field *field, const struct shown *shown,
			 const struct endpoint *endpoint)
{
	size_t start = emit_string_begin(emit);

	if (field->print(emit->out, shown, endpoint)) {
		emit_string_end(emit, start);
	} else {
		buf_truncate(emit->out, start - 1);
		buf_add(emit->out, "null", 4);
	}
}

static void number_value(struct emit *emit, const struct field *field, const struct shown *shown,
			 const struct endpoint *endpoint)
{
	emit_value_begin(emit);
	if (!field->print(emit->out, shown, endpoint))
		buf_add(emit->out, "null", 4);
}

static void yes_value(struct emit *emit, const struct field *field, const struct shown *shown,
		      const struct endpoint *endpoint)
{
	size_t start = emit_value_begin(emit);
	const char *value = "null";

	if (field->print(emit->out, shown, endpoint))
		value = strcmp(buf_text(emit->out) + start, "yes") == 0 ? "true" : "false";
	buf_truncate(emit->out, start);
	buf_str(emit->out, value);
}

static void list_value(struct emit *emit, const struct field *field, const struct shown *shown,
		       const struct endpoint *endpoint)
{
	emit_open(emit, '[');
	field->print(emit->out, shown, endpoint);
	emit_close(emit, ']');
}

static void field_value(struct emit *emit, const struct field *field, const struct shown *shown,
			const struct endpoint *endpoint)
{
	switch (field->form) {
	case FORM_STRING:
		string_value(emit, field, shown, endpoint);
		return;
	case FORM_NUMBER:
		number_value(emit, field, shown, endpoint);
		return;
	case FORM_YES:
		yes_value(emit, field, shown, endpoint);
		return;
	case FORM_LIST:
		list_value(emit, field, shown, endpoint);
		return;
	case FORM_QUEUE:
	case FORM_TIMER:
		break;
	}
	if (!(endpoint->has & field->changes))
		emit_null(emit);
	else if (field->form == FORM_QUEUE)
		queue_value(emit, endpoint);
	else
		timer_value(emit, endpoint);
}

static void was_value(struct emit *emit, const struct shown *shown)
{
	emit_key(emit, "was");
	if (!shown->known) {
		emit_null(emit);
		return;
	}
	emit_open(emit, '{');
	for (size_t i = 0; shown->changed && i < report_field_count; i++) {
		const struct field *field = &report_fields[i];

		if (!(field->changes & shown->changed))
			continue;
		emit_ready_key(emit, field->key, field->key_len);
		field_value(emit, field, shown, &shown->was);
	}
	emit_close(emit, '}');
}

static void fields_value(struct emit *emit, const struct shown *shown, bool detail)
{
	for (size_t i = 0; i < report_field_count; i++) {
		const struct field *field = &report_fields[i];

		if (field->detail && !detail)
			continue;
		emit_ready_key(emit, field->key, field->key_len);
		field_value(emit, field, shown, &shown->now);
	}
	if (shown->untold)
		add_text(emit, "what", shown->what);
}

static void endpoints_value(struct emit *emit, const struct shown *list, size_t count)
{
	emit_key(emit, "endpoints");
	emit_open(emit, '[');
	for (size_t i = 0; i < count; i++) {
		emit_open(emit, '{');
		fields_value(emit, &list[i], false);
		was_value(emit, &list[i]);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
}

static void data_value(struct emit *emit, const void *data, size_t len)
{
	emit_key(emit, "data");
	if (!data) {
		emit_null(emit);
		return;
	}
	emit_open(emit, '{');
	emit_key(emit, "length");
	emit_unsigned(emit, len);
	emit_key(emit, "text");
	emit_string(emit, data, len);
	emit_key(emit, "hex");
	emit_hex(emit, data, len);
	emit_close(emit, '}');
}

static void result_value(struct emit *emit, const struct step *step)
{
	emit_key(emit, "result");
	if (step->returned)
		emit_number(emit, step->result);
	else
		emit_null(emit);
	add_text(emit, "errno",
		 step->returned && step->error ? names_errno_name(step->error) : NULL);
	add_text(emit, "why", step->why);
}

static void json_step(struct report *report, const struct step *step)
{
	static const char *const events[] = {[STEP_DONE] = "step",
					     [STEP_WAITING] = "waiting",
					     [STEP_COMPLETED] = "completed",
					     [STEP_WIRE] = "packet",
					     [STEP_CRASH] = "crash"};
	struct buf line = {0};
	struct emit emit = begin(&line, events[step->event]);

	add_number(&emit, "step", step->number);
	add_number(&emit, "line", step->line);
	add_text(&emit, "process", step->process);
	emit_key(&emit, "command");
	emit_string(&emit, step->command ? step->command : "",
		    step->command ? step->command_len : 0);
	add_text(&emit, "function", step->call ? step->call->record.name : NULL);
	add_text(&emit, "call", step->text);
	result_value(&emit, step);
	add_number(&emit, "job", (unsigned long)step->job);
	data_value(&emit, step->data, step->data_len);
	endpoints_value(&emit, step->endpoints, step->endpoint_count);
	packet_fields_json(&emit, step->packets, step->packet_count);
	if (step->event == STEP_WAITING)
		add_text(&emit, "waits_for", step->waits_for);
	finish(report, &emit);
}

static void place_value(struct emit *emit, const struct place *place)
{
	add_text(emit, "file", place ? place->file : NULL);
	add_number(emit, "line", place && place->file ? place->line : 0);
	add_text(emit, "process", place ? place->process : NULL);
}

static void json_error(struct report *report, const struct place *place, const struct error *err)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "error");

	place_value(&emit, place);
	add_text(&emit, "message", err->text);
	add_number(&emit, "column", err->column > 0 ? (unsigned long)err->column : 0);
	add_number(&emit, "length", err->length > 0 ? (unsigned long)err->length : 0);
	finish(report, &emit);
	text_place(report->errors, place, err->column);
	out_text(report->errors, err->text);
	out_newline(report->errors);
	out_flush(report->errors);
}

static void json_expect(struct report *report, const struct place *place, bool ok,
			const char *expected, const char *found)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "expect");

	place_value(&emit, place);
	emit_key(&emit, "ok");
	emit_bool(&emit, ok);
	add_text(&emit, "expected", expected);
	add_text(&emit, "found", found);
	finish(report, &emit);
}

static void json_status(struct report *report, const struct shown *list, size_t count)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "status");

	endpoints_value(&emit, list, count);
	finish(report, &emit);
}

static void tcp_info_value_of(struct emit *emit, const struct tcp_info_field *field, uint64_t value)
{
	size_t start;

	if (field->unit == UNIT_STATE || field->unit == UNIT_CA_STATE) {
		start = emit_string_begin(emit);
		field_print_tcp(emit->out, field, value);
		emit_string_end(emit, start);
	} else if (field->unit == UNIT_RATE && value == UINT64_MAX) {
		emit_null(emit);
	} else {
		emit_unsigned(emit, value);
	}
}

static void tcp_info_object(struct emit *emit, const struct endpoint *endpoint)
{
	uint64_t value;

	emit_key(emit, "tcp_info");
	if (!(endpoint->has & FIELD_TCP_INFO)) {
		emit_null(emit);
		return;
	}
	emit_open(emit, '{');
	for (size_t i = 0; i < tcp_info_count; i++) {
		const struct tcp_info_field *field = &tcp_info_fields[i];

		if (!tcp_info_value(field, endpoint->tcp_info, endpoint->tcp_info_len, &value))
			continue;
		emit_key(emit, field->name);
		tcp_info_value_of(emit, field, value);
	}
	emit_close(emit, '}');
}

static void skmem_object(struct emit *emit, const struct endpoint *endpoint)
{
	emit_key(emit, "skmem");
	if (!(endpoint->has & FIELD_MEMORY)) {
		emit_null(emit);
		return;
	}
	emit_open(emit, '{');
	for (size_t i = 0; i < endpoint->skmem_count && field_skmem_name(i); i++) {
		emit_key(emit, field_skmem_name(i));
		emit_unsigned(emit, endpoint->skmem[i]);
	}
	emit_close(emit, '}');
}

/* What the congestion control tells of itself: an object, or null where it tells nothing. */
static void algorithm_object(struct emit *emit, const struct endpoint *endpoint)
{
	uint64_t value;

	emit_key(emit, "algorithm");
	if (!(endpoint->has & FIELD_ALGORITHM)) {
		emit_null(emit);
		return;
	}
	emit_open(emit, '{');
	for (size_t i = 0; i < congestion_count; i++) {
		if (!congestion_value(&congestion_fields[i], endpoint->cc_attribute,
				      endpoint->cc_info, endpoint->cc_info_len, &value))
			continue;
		emit_key(emit, congestion_fields[i].name);
		emit_unsigned(emit, value);
	}
	emit_close(emit, '}');
}

static void json_show(struct report *report, const struct shown *shown)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "show");

	emit_key(&emit, "endpoint");
	emit_open(&emit, '{');
	fields_value(&emit, shown, true);
	skmem_object(&emit, &shown->now);
	tcp_info_object(&emit, &shown->now);
	algorithm_object(&emit, &shown->now);
	emit_close(&emit, '}');
	finish(report, &emit);
}

static void json_diagram(struct report *report, const struct traced *list, size_t count)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "diagram");

	diagram_json(&emit, list, count);
	finish(report, &emit);
}

/* "listen, accept": an array. */
static void list_of(struct emit *emit, const char *key, const char *list)
{
	const char *item;
	size_t len;

	emit_key(emit, key);
	emit_open(emit, '[');
	while ((len = terms_next(&list, &item)))
		emit_string(emit, item, len);
	emit_close(emit, ']');
}

static void json_explain(struct report *report, const struct meaning *meaning)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "explain");

	add_text(&emit, "term", meaning->term);
	add_text(&emit, "kind", meaning->kind);
	add_text(&emit, "text", meaning->text);
	add_text(&emit, "unit", meaning->unit);
	add_text(&emit, "usage", meaning->usage);
	add_text(&emit, "see", meaning->see);
	list_of(&emit, "related", meaning->related);
	finish(report, &emit);
}

static void json_apropos(struct report *report, const char *words, const struct meaning *list,
			 size_t count, size_t total)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "apropos");

	add_text(&emit, "words", words);
	emit_key(&emit, "total");
	emit_unsigned(&emit, total);
	emit_key(&emit, "found");
	emit_open(&emit, '[');
	for (size_t i = 0; i < count; i++) {
		emit_open(&emit, '{');
		add_text(&emit, "term", list[i].term);
		add_text(&emit, "kind", list[i].kind);
		add_text(&emit, "text", list[i].text);
		emit_close(&emit, '}');
	}
	emit_close(&emit, ']');
	finish(report, &emit);
}

static void json_story(struct report *report, const struct story *story)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "story");

	emit_key(&emit, "endpoint");
	emit_open(&emit, '{');
	fields_value(&emit, story->shown, true);
	emit_close(&emit, '}');
	emit_key(&emit, "sentences");
	emit_open(&emit, '[');
	for (size_t i = 0; i < story->count; i++)
		emit_text(&emit, buf_text(&story->parts[i]));
	emit_close(&emit, ']');
	finish(report, &emit);
}

static void json_options_op(struct report *report, const struct place *place,
			    const struct word *command, const struct option_list *list)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "options");

	add_number(&emit, "step", list->number);
	add_number(&emit, "line", place->file ? place->line : 0);
	add_text(&emit, "process", place->process);
	emit_key(&emit, "command");
	emit_string(&emit, command->text, command->len);
	emit_key(&emit, "endpoint");
	emit_open(&emit, '{');
	fields_value(&emit, &list->shown, false);
	emit_close(&emit, '}');
	json_options(&emit, list);
	finish(report, &emit);
}

static void json_jobs(struct report *report, const struct job_info *list, size_t count)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "jobs");

	emit_key(&emit, "jobs");
	emit_open(&emit, '[');
	for (size_t i = 0; i < count; i++) {
		emit_open(&emit, '{');
		add_number(&emit, "job", (unsigned long)list[i].number);
		add_text(&emit, "process", list[i].process);
		add_text(&emit, "call", list[i].call);
		add_text(&emit, "waits_for", list[i].waits_for);
		emit_close(&emit, '}');
	}
	emit_close(&emit, ']');
	finish(report, &emit);
}

static void json_died(struct report *report, const char *process, const char *how,
		      const struct shown *list, size_t count)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "died");

	add_text(&emit, "process", process);
	add_text(&emit, "how", how);
	endpoints_value(&emit, list, count);
	finish(report, &emit);
}

static void json_packet(struct report *report, const struct shown_packet *packet)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "dissection");

	packet_fields_json(&emit, packet, 1);
	dissection_json(&emit, packet);
	finish(report, &emit);
}

static void json_wire(struct report *report, bool hold, const struct shown_packet *list,
		      size_t count)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "wire");

	emit_key(&emit, "hold");
	emit_bool(&emit, hold);
	packet_fields_json(&emit, list, count);
	finish(report, &emit);
}

static void json_sysctl(struct report *report, const struct place *place,
			const struct word *command, const struct sysctl *setting,
			const char *meaning)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "sysctl");

	(void)command;
	add_number(&emit, "line", place->file ? place->line : 0);
	setting_json(&emit, setting);
	add_text(&emit, "meaning", meaning);
	finish(report, &emit);
}

static void json_rules(struct report *report, const struct rule *list, size_t count)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "rules");

	wire_rules_json(&emit, list, count);
	finish(report, &emit);
}

static void json_ladder(struct report *report, const struct shown_ladder *shown)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "ladder");

	packet_fields_ladder(&emit, shown);
	finish(report, &emit);
}

static void json_came(struct report *report, const struct came *came)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "signal");

	add_text(&emit, "process", came->process);
	add_text(&emit, "signal", came->name);
	emit_key(&emit, "fd");
	if (came->fd >= 0)
		emit_number(&emit, came->fd);
	else
		emit_null(&emit);
	add_text(&emit, "band", came->band);
	add_number(&emit, "sender", (unsigned long)came->sender);
	add_text(&emit, "why", came->why);
	finish(report, &emit);
}

static void json_text(struct report *report, const char *text)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "text");

	add_text(&emit, "text", text);
	finish(report, &emit);
}

static void json_end(struct report *report, unsigned long steps, unsigned long failed)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "end");

	emit_key(&emit, "steps");
	emit_unsigned(&emit, steps);
	emit_key(&emit, "failed");
	emit_unsigned(&emit, failed);
	finish(report, &emit);
}

const struct report_ops report_json_ops = {
	.step = json_step,
	.error = json_error,
	.expect = json_expect,
	.status = json_status,
	.show = json_show,
	.diagram = json_diagram,
	.explain = json_explain,
	.apropos = json_apropos,
	.story = json_story,
	.options = json_options_op,
	.jobs = json_jobs,
	.died = json_died,
	.packet = json_packet,
	.wire = json_wire,
	.sysctl = json_sysctl,
	.rules = json_rules,
	.ladder = json_ladder,
	.came = json_came,
	.text = json_text,
	.end = json_end,
};
