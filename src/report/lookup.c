/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/lookup.h"

#include "report/labels.h"

#define BYTES_COLUMN 17 /* behind the longer label */

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

void lookup_put(struct out *out, const struct step *step)
{
	const struct byte_order *order = step->order;

	if (!order)
		return;
	if (order->has_host)
		put_order(out, LABEL_HOST_ORDER, order, order->host);
	put_order(out, LABEL_NETWORK_ORDER, order, order->network);
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

	if (!order)
		return;
	if (order->has_host)
		order_json(emit, "host_order", order, order->host);
	order_json(emit, "network_order", order, order->network);
}
