/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/lookup.h"

#include "calls/answers.h"
#include "net/address.h"
#include "report/labels.h"

#define BYTES_COLUMN 17 /* behind the longer label */
#define INDENT       2
#define GAP          2

static void put_order(struct out *out, enum label which, const struct byte_order *order,
		      const unsigned char *bytes)
{
	struct buf text = {0};
	size_t i;

	out_text(out, "  ");
	out_text(out, label(which));
	out_pad(out, BYTES_COLUMN);
	if (order->has_host)
		buf_printf(&text, "%lu = ", byte_order_number(bytes, order->len));
	for (i = 0; i < order->len; i++)
		buf_printf(&text, "%s%02x", i ? " " : "", bytes[i]);
	out_wrap(out, 4, buf_text(&text));
	out->buf.failed |= text.failed;
	buf_free(&text);
}

/* The columns of the answers: family, type, protocol. */
#define COLUMNS 3

static void print_columns(struct buf texts[COLUMNS], const struct answer *answer)
{
	size_t i;

	for (i = 0; i < COLUMNS; i++)
		buf_reset(&texts[i]);
	names_print(&texts[0], &names_family, answer->family);
	names_print(&texts[1], &names_type, answer->type);
	/* 0 is "the usual one", not IPPROTO_IP. */
	if (answer->protocol)
		names_print(&texts[2], &names_protocol, answer->protocol);
	else
		buf_char(&texts[2], '0');
}

static void measure(const struct value *answers, struct buf texts[COLUMNS], size_t widths[COLUMNS])
{
	struct answer answer;
	size_t i, at = 0;

	while (answers_next(answers, &at, &answer)) {
		print_columns(texts, &answer);
		for (i = 0; i < COLUMNS; i++)
			widths[i] = texts[i].len > widths[i] ? texts[i].len : widths[i];
	}
}

static void put_answer(struct out *out, const struct answer *answer, struct buf texts[COLUMNS],
		       const size_t widths[COLUMNS])
{
	struct buf text = {0};
	size_t i, column = INDENT;

	print_columns(texts, answer);
	for (i = 0; i < COLUMNS; i++) {
		out_pad(out, column);
		out_text(out, buf_text(&texts[i]));
		column += widths[i] + GAP;
	}
	out_pad(out, column);
	address_print(&text, &answer->address);
	if (answer->canonical)
		buf_printf(&text, "  %s %s", label(LABEL_CANONICAL), answer->canonical);
	out_wrap(out, INDENT + GAP, buf_text(&text));
	out->buf.failed |= text.failed;
	buf_free(&text);
}

static void put_answers(struct out *out, const struct value *answers)
{
	struct buf texts[COLUMNS] = {0};
	size_t widths[COLUMNS] = {0};
	struct answer answer;
	size_t i, at = 0;

	measure(answers, texts, widths);
	while (answers_next(answers, &at, &answer))
		put_answer(out, &answer, texts, widths);
	for (i = 0; i < COLUMNS; i++) {
		out->buf.failed |= texts[i].failed;
		buf_free(&texts[i]);
	}
}

void lookup_put(struct out *out, const struct step *step)
{
	const struct byte_order *order = step->order;

	if (step->answers)
		put_answers(out, step->answers);
	if (!order)
		return;
	if (order->has_host)
		put_order(out, LABEL_HOST_ORDER, order, order->host);
	put_order(out, LABEL_NETWORK_ORDER, order, order->network);
}

static void answer_json(struct emit *emit, const struct answer *answer)
{
	struct buf address = {0};

	emit_open(emit, '{');
	emit_add_names(emit, "family", &names_family, answer->family);
	emit_add_names(emit, "type", &names_type, answer->type);
	if (answer->protocol)
		emit_add_names(emit, "protocol", &names_protocol, answer->protocol);
	else
		emit_add_text(emit, "protocol", NULL);
	address_print(&address, &answer->address);
	emit_add_text(emit, "address", buf_text(&address));
	emit_add_text(emit, "canonical_name", answer->canonical);
	emit_close(emit, '}');
	buf_free(&address);
}

static void answers_json(struct emit *emit, const struct value *answers)
{
	struct answer answer;
	size_t at = 0;

	emit_key(emit, "answers");
	emit_open(emit, '[');
	while (answers_next(answers, &at, &answer))
		answer_json(emit, &answer);
	emit_close(emit, ']');
}

static void order_json(struct emit *emit, const char *key, const struct byte_order *order,
		       const unsigned char *bytes)
{
	emit_key(emit, key);
	emit_open(emit, '{');
	if (order->has_host)
		emit_add_number(emit, "number", byte_order_number(bytes, order->len));
	emit_key(emit, "hex");
	emit_hex(emit, bytes, order->len);
	emit_close(emit, '}');
}

void lookup_json(struct emit *emit, const struct step *step)
{
	const struct byte_order *order = step->order;

	if (step->answers)
		answers_json(emit, step->answers);
	if (step->host || step->service) {
		emit_add_text(emit, "host", step->host);
		emit_add_text(emit, "service", step->service);
	}
	if (!order)
		return;
	if (order->has_host)
		order_json(emit, "host_order", order, order->host);
	order_json(emit, "network_order", order, order->network);
}
