/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "names/names.h"
#include "names/terms.h"
#include "net/interface.h"
#include "report/diagram.h"
#include "report/dissection.h"
#include "report/emit.h"
#include "report/endpoint_json.h"
#include "report/lookup.h"
#include "report/options.h"
#include "report/packet_fields.h"
#include "report/parts.h"
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
	bool text = step->call && step->call->result == RESULT_TEXT;
	int error;

	emit_key(emit, "result");
	if (step->returned && text && step->result == 0)
		emit_string(emit, step->data, step->data_len);
	else if (step->returned && !text)
		emit_number(emit, step->result);
	else
		emit_null(emit);
	error = step->error < 0 ? step->beneath : step->error;
	emit_add_text(emit, "errno", step->returned && error ? names_errno_name(error) : NULL);
	if (step->call && step->call->result == RESULT_EAI)
		emit_add_text(emit, "eai", step->error ? names_error_name(step->error) : NULL);
	emit_add_text(emit, "why", step->why);
}

/* What a call has found ready that waits for several descriptors. */
static void ready_value(struct emit *emit, const struct step *step)
{
	emit_key(emit, "ready");
	emit_open(emit, '[');
	for (size_t i = 0; i < step->ready_count; i++) {
		emit_open(emit, '{');
		emit_add_natural(emit, "fd", step->ready[i].fd);
		emit_add_names(emit, "events", step->ready_names, step->ready[i].events);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
}

/* One control message; interfaces by their numbers. */
static void control_value(struct emit *emit, const struct cmsghdr *head, const void *data,
			  size_t len)
{
	size_t start;

	emit_open(emit, '{');
	emit_add_names(emit, "level", &names_level, head->cmsg_level);
	emit_key(emit, "type");
	start = emit_string_begin(emit);
	message_print_type(emit->out, head);
	emit_string_end(emit, start);
	emit_key(emit, "value");
	start = emit_string_begin(emit);
	message_print_control(emit->out, INTERFACES_NONE, head, data, len);
	emit_string_end(emit, start);
	emit_close(emit, '}');
}

/* What has come beside the bytes. */
static void message_fields(struct emit *emit, const struct message *message)
{
	struct address name = message_address(message, INTERFACES_NONE);
	struct buf text = {0};
	const unsigned char *data;
	struct cmsghdr head;
	size_t at = 0, len;

	address_print(&text, &name);
	emit_add_text(emit, "name", name.len ? buf_text(&text) : NULL);
	buf_free(&text);
	emit_add_names(emit, "flags", &names_msg, message->head->flags);
	emit_key(emit, "control");
	emit_open(emit, '[');
	while (message_control(message, &at, &head, &data, &len))
		control_value(emit, &head, data, len);
	emit_close(emit, ']');
}

static void message_value(struct emit *emit, const struct message *message)
{
	emit_key(emit, "message");
	emit_open(emit, '{');
	message_fields(emit, message);
	emit_close(emit, '}');
}

/* Of several, each with its bytes. */
static void messages_value(struct emit *emit, const struct value *list, size_t count)
{
	struct message message;
	size_t at = 0;

	emit_key(emit, "messages");
	emit_open(emit, '[');
	while (count-- && message_open(list->data, list->size, &at, &message)) {
		size_t got = message.head->got;

		emit_open(emit, '{');
		data_value(emit, message.bytes, got < message.here ? got : message.here);
		message_fields(emit, &message);
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
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

	emit_add_number(&emit, "step", step->number);
	emit_add_number(&emit, "line", step->line);
	emit_add_text(&emit, "process", step->process);
	emit_key(&emit, "command");
	emit_string(&emit, step->command ? step->command : "",
		    step->command ? step->command_len : 0);
	emit_add_text(&emit, "function", step->call ? step->call->record.name : NULL);
	emit_add_text(&emit, "call", step->text);
	result_value(&emit, step);
	emit_add_number(&emit, "job", (unsigned long)step->job);
	data_value(&emit, step->data, step->data_len);
	if (step->message)
		message_value(&emit, step->message);
	if (step->messages)
		messages_value(&emit, step->messages, step->message_count);
	if (step->ready_names)
		ready_value(&emit, step);
	lookup_json(&emit, step);
	endpoints_json(&emit, step->endpoints, step->endpoint_count);
	packet_fields_json(&emit, step->packets, step->packet_count);
	if (step->event == STEP_WAITING)
		emit_add_text(&emit, "waits_for", step->waits_for);
	if (step->call && step->call->forks)
		emit_add_text(&emit, "forked", step->forked);
	finish(report, &emit);
}

static void place_value(struct emit *emit, const struct place *place)
{
	emit_add_text(emit, "file", place ? place->file : NULL);
	emit_add_number(emit, "line", place && place->file ? place->line : 0);
	emit_add_text(emit, "process", place ? place->process : NULL);
}

static void json_error(struct report *report, const struct place *place, const struct error *err)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "error");

	place_value(&emit, place);
	emit_add_text(&emit, "message", err->text);
	emit_add_number(&emit, "column", err->column > 0 ? (unsigned long)err->column : 0);
	emit_add_number(&emit, "length", err->length > 0 ? (unsigned long)err->length : 0);
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
	emit_add_bool(&emit, "ok", ok);
	emit_add_text(&emit, "expected", expected);
	emit_add_text(&emit, "found", found);
	finish(report, &emit);
}

static void json_status(struct report *report, const struct shown *list, size_t count)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "status");

	endpoints_json(&emit, list, count);
	finish(report, &emit);
}

static void json_show(struct report *report, const struct shown *shown)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "show");

	endpoint_json(&emit, shown, ENDPOINT_ALL);
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

	emit_add_text(&emit, "term", meaning->term);
	emit_add_text(&emit, "kind", meaning->kind);
	emit_add_text(&emit, "text", meaning->text);
	emit_add_text(&emit, "unit", meaning->unit);
	emit_add_text(&emit, "usage", meaning->usage);
	emit_add_text(&emit, "see", meaning->see);
	list_of(&emit, "related", meaning->related);
	finish(report, &emit);
}

static void json_apropos(struct report *report, const char *words, const struct meaning *list,
			 size_t count, size_t total)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "apropos");

	emit_add_text(&emit, "words", words);
	emit_key(&emit, "total");
	emit_unsigned(&emit, total);
	emit_key(&emit, "found");
	emit_open(&emit, '[');
	for (size_t i = 0; i < count; i++) {
		emit_open(&emit, '{');
		emit_add_text(&emit, "term", list[i].term);
		emit_add_text(&emit, "kind", list[i].kind);
		emit_add_text(&emit, "text", list[i].text);
		emit_close(&emit, '}');
	}
	emit_close(&emit, ']');
	finish(report, &emit);
}

static void json_story(struct report *report, const struct story *story)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "story");

	endpoint_json(&emit, story->shown, ENDPOINT_FIELDS);
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

	emit_add_number(&emit, "step", list->number);
	emit_add_number(&emit, "line", place->file ? place->line : 0);
	emit_add_text(&emit, "process", place->process);
	emit_key(&emit, "command");
	emit_string(&emit, command->text, command->len);
	endpoint_json(&emit, &list->shown, ENDPOINT_USUAL);
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
		emit_add_number(&emit, "job", (unsigned long)list[i].number);
		emit_add_text(&emit, "process", list[i].process);
		emit_add_text(&emit, "call", list[i].call);
		emit_add_text(&emit, "waits_for", list[i].waits_for);
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

	emit_add_text(&emit, "process", process);
	emit_add_text(&emit, "how", how);
	endpoints_json(&emit, list, count);
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

	emit_add_bool(&emit, "hold", hold);
	packet_fields_json(&emit, list, count);
	finish(report, &emit);
}

static void json_loopback(struct report *report, const struct shown_loopback *loopback)
{
	struct buf line = {0}, text = {0};
	struct emit emit = begin(&line, "loopback");

	emit_add_bool(&emit, "shown", loopback->shown);
	emit_add_bool(&emit, "allowed", loopback->allowed);
	emit_add_bool(&emit, "own", loopback->own);
	emit_key(&emit, "seen");
	emit_unsigned(&emit, loopback->seen);
	emit_key(&emit, "lost");
	emit_unsigned(&emit, loopback->lost);
	parts_loopback(&text, loopback);
	emit_add_text(&emit, "message", buf_text(&text));
	line.failed |= text.failed;
	buf_free(&text);
	finish(report, &emit);
}

static void json_wanted(struct report *report, const struct wanted *wanted)
{
	struct buf line = {0};
	struct emit emit;

	if (!wanted->wants)
		return;
	emit = begin(&line, "wanted");
	emit_add_text(&emit, "language", wanted->language);
	emit_add_text(&emit, "function", wanted->function);
	emit_add_text(&emit, "wants", wanted->wants);
	finish(report, &emit);
}

static void json_limits(struct report *report, const char *process,
			const struct session_limit *list, size_t count)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "limits");

	emit_add_text(&emit, "process", process);
	setting_json_limits(&emit, list, count);
	finish(report, &emit);
}

static void json_sysctl(struct report *report, const struct place *place,
			const struct word *command, const struct sysctl *setting,
			const char *meaning)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "sysctl");

	(void)command;
	emit_add_number(&emit, "line", place->file ? place->line : 0);
	setting_json(&emit, setting);
	emit_add_text(&emit, "meaning", meaning);
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

	emit_add_text(&emit, "process", came->process);
	emit_add_text(&emit, "signal", came->name);
	emit_add_natural(&emit, "fd", came->fd);
	emit_add_text(&emit, "band", came->band);
	emit_add_number(&emit, "sender", (unsigned long)came->sender);
	emit_add_text(&emit, "why", came->why);
	finish(report, &emit);
}

/* Every step stays an object of its own. */
static void json_repeat(struct report *report, enum repeat_phase phase,
			const struct repeated *repeated)
{
	static const char *const ends[] = {
		[REPEAT_DONE] = "done",
		[REPEAT_FAILED] = "failed",
		[REPEAT_INTERRUPTED] = "interrupted",
	};
	struct buf line = {0};
	struct emit emit;

	if (phase != REPEAT_ENDS)
		return;
	emit = begin(&line, "repeat");
	emit_key(&emit, "round");
	emit_unsigned(&emit, repeated->round);
	emit_key(&emit, "of");
	emit_unsigned(&emit, repeated->most);
	emit_add_text(&emit, "end", ends[repeated->why]);
	finish(report, &emit);
}

static void json_text(struct report *report, const char *text)
{
	struct buf line = {0};
	struct emit emit = begin(&line, "text");

	emit_add_text(&emit, "text", text);
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
	.loopback = json_loopback,
	.limits = json_limits,
	.wanted = json_wanted,
	.sysctl = json_sysctl,
	.rules = json_rules,
	.ladder = json_ladder,
	.came = json_came,
	.repeat = json_repeat,
	.text = json_text,
	.end = json_end,
};
