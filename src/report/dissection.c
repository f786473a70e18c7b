/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/dissection.h"

#include <string.h>

#include "names/names.h"
#include "net/dissect.h"
#include "report/ladder.h"
#include "report/packet_fields.h"
#include "report/parts.h"

/* Columns of a row: where its bytes begin, its name, its value. */
#define BYTES_COLUMN 7
#define NAME_COLUMN  21
#define VALUE_COLUMN 58
#define BYTES_SHOWN  4
#define DATA_SHOWN   16

struct drawing {
	struct out *out;
	const struct shown_packet *packet;
	const char *layer;
};

static void add_address(struct buf *out, const unsigned char *bytes, size_t len)
{
	struct address address = address_make(len == 4 ? AF_INET : AF_INET6, bytes, 0, 0);

	address_print_host(out, &address);
}

static void add_value(struct buf *out, const struct dissect_field *field,
		      const unsigned char *bytes)
{
	switch (field->form) {
	case DISSECT_NUMBER:
		if (field->names)
			names_print(out, field->names, (long)field->value);
		else
			emit_digits(out, field->value);
		break;
	case DISSECT_HEX:
		buf_printf(out, "0x%0*llx", (int)(field->bits + 3) / 4,
			   (unsigned long long)field->value);
		break;
	case DISSECT_ADDRESS:
		add_address(out, bytes + field->offset, field->len);
		break;
	case DISSECT_BYTES:
		buf_printf(out, "%zu bytes", field->len);
		break;
	}
}

static void add_hex(struct buf *out, const struct dissect_field *field, const unsigned char *bytes)
{
	size_t most = field->form == DISSECT_BYTES ? DATA_SHOWN : BYTES_SHOWN, i;

	for (i = 0; i < field->len && i < most; i++)
		buf_printf(out, "%02x ", bytes[field->offset + i]);
	buf_truncate(out, out->len ? out->len - 1 : 0);
	if (field->len > most)
		buf_str(out, " ..");
}

static void put_layer(struct drawing *drawing, const struct dissect_field *field)
{
	if (drawing->layer && strcmp(drawing->layer, field->layer) == 0)
		return;
	drawing->layer = field->layer;
	out_style(drawing->out, OUT_HEAD);
	out_text(drawing->out, field->layer);
	out_style(drawing->out, OUT_PLAIN);
	if (field->see)
		out_printf(drawing->out, "  (%s)", field->see);
	out_newline(drawing->out);
}

static void put_field(void *data, const struct dissect_field *field)
{
	struct drawing *drawing = data;
	const unsigned char *bytes = drawing->packet->bytes;
	struct out *out = drawing->out;
	struct buf text = {0};

	put_layer(drawing, field);
	out_style(out, OUT_DIM);
	out_printf(out, "%5zu", field->offset);
	out_pad(out, BYTES_COLUMN);
	add_hex(&text, field, bytes);
	out_text(out, buf_text(&text));
	out_style(out, OUT_PLAIN);
	out_pad(out, NAME_COLUMN);
	out_text(out, field->name);
	buf_reset(&text);
	add_value(&text, field, bytes);
	out_pad(out, VALUE_COLUMN);
	out_text(out, buf_text(&text));
	out_newline(out);
	buf_free(&text);
}

void dissection_put(struct out *out, const struct shown_packet *packet)
{
	struct drawing drawing = {.out = out, .packet = packet};
	struct buf text = {0};

	buf_printf(&text, "packet %lu: %zu bytes", packet->number, packet->whole);
	if (packet->len < packet->whole)
		buf_printf(&text, ", the first %zu of them kept,", packet->len);
	if (packet->loopback)
		buf_printf(&text, " over loopback%s%s", packet->host ? " of " : "",
			   packet->host ? packet->host : "");
	if (packet->from)
		buf_printf(&text, " from %s", packet->from);
	if (packet->to || packet->to_all)
		buf_printf(&text, " to %s", packet->to ? packet->to : "all");
	buf_str(&text, ", ");
	packet_fate(&text, packet);
	buf_str(&text, ": ");
	ladder_label(&text, packet);
	if (packet->retransmits)
		buf_printf(&text, ", retransmitted %s%u", out_glyph_text(out, OUT_TIMES),
			   packet->retransmits);
	out_text(out, "  ");
	out_wrap(out, 2, buf_text(&text));
	buf_free(&text);
	dissect(packet->bytes, packet->len, put_field, &drawing);
}

struct writing {
	struct emit *emit;
	const struct shown_packet *packet;
};

static void write_field(void *data, const struct dissect_field *field)
{
	struct writing *writing = data;
	struct emit *emit = writing->emit;
	size_t start;

	emit_open(emit, '{');
	emit_key(emit, "layer");
	emit_text(emit, field->layer);
	emit_key(emit, "name");
	emit_text(emit, field->name);
	emit_key(emit, "offset");
	emit_unsigned(emit, field->offset);
	emit_key(emit, "bits");
	emit_unsigned(emit, field->bits ? field->bits : field->len * 8);
	emit_key(emit, "value");
	start = emit_string_begin(emit);
	add_value(emit->out, field, writing->packet->bytes);
	emit_string_end(emit, start);
	emit_key(emit, "hex");
	emit_hex(emit, writing->packet->bytes + field->offset, field->len);
	emit_key(emit, "see");
	emit_text(emit, field->see);
	emit_close(emit, '}');
}

void dissection_json(struct emit *emit, const struct shown_packet *packet)
{
	struct writing writing = {.emit = emit, .packet = packet};

	emit_key(emit, "fields");
	emit_open(emit, '[');
	dissect(packet->bytes, packet->len, write_field, &writing);
	emit_close(emit, ']');
}
