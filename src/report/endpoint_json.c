/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/endpoint_json.h"

#include "kernel/congestion.h"
#include "names/names.h"
#include "report/fields.h"
#include "report/other.h"

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
	if (endpoint->timer.kind == 0) {
		emit_null(emit);
		return;
	}
	emit_open(emit, '{');
	emit_add_names(emit, "kind", &names_timer, endpoint->timer.kind);
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

static void shared_value(struct emit *emit, const struct shown *shown)
{
	emit_open(emit, '[');
	for (size_t i = 1; i < shown->sharer_count; i++) {
		emit_open(emit, '{');
		emit_add_text(emit, "process", shown->sharers[i].process);
		emit_add_natural(emit, "fd", shown->sharers[i].fd);
		emit_close(emit, '}');
	}
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
	case FORM_WATCHES:
		other_watches_json(emit, shown);
		return;
	case FORM_SHARED:
		shared_value(emit, shown);
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

/* An object, or null where nothing is told. */
static bool begin_object(struct emit *emit, const char *key, bool told)
{
	emit_key(emit, key);
	if (told)
		emit_open(emit, '{');
	else
		emit_null(emit);
	return told;
}

static void was_value(struct emit *emit, const struct shown *shown)
{
	if (!begin_object(emit, "was", shown->known))
		return;
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

		if (field->in == IN_OTHER ? !shown->untold : field->in == IN_DETAIL && !detail)
			continue;
		emit_ready_key(emit, field->key, field->key_len);
		field_value(emit, field, shown, &shown->now);
	}
}

void endpoints_json(struct emit *emit, const struct shown *list, size_t count)
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

	if (!begin_object(emit, "tcp_info", endpoint->has & FIELD_TCP_INFO))
		return;
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
	if (!begin_object(emit, "skmem", endpoint->has & FIELD_MEMORY))
		return;
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

	if (!begin_object(emit, "algorithm", endpoint->has & FIELD_ALGORITHM))
		return;
	for (size_t i = 0; i < congestion_count; i++) {
		if (!congestion_value(&congestion_fields[i], endpoint->cc_attribute,
				      endpoint->cc_info, endpoint->cc_info_len, &value))
			continue;
		emit_key(emit, congestion_fields[i].name);
		emit_unsigned(emit, value);
	}
	emit_close(emit, '}');
}

void endpoint_json(struct emit *emit, const struct shown *shown, enum endpoint_detail detail)
{
	emit_key(emit, "endpoint");
	emit_open(emit, '{');
	fields_value(emit, shown, detail != ENDPOINT_USUAL);
	if (detail == ENDPOINT_ALL) {
		skmem_object(emit, &shown->now);
		tcp_info_object(emit, &shown->now);
		algorithm_object(emit, &shown->now);
	}
	emit_close(emit, '}');
}
