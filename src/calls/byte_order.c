/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/byte_order.h"

#include <stdint.h>
#include <string.h>

#include "calls/kinds.h"

/* A number as it stands in memory. */
static void put(unsigned char *bytes, unsigned long number, size_t len)
{
	uint16_t two = (uint16_t)number;
	uint32_t four = (uint32_t)number;

	memcpy(bytes, len == sizeof(two) ? (void *)&two : (void *)&four, len);
}

static bool is_of(const struct call *call, const struct kind *kind)
{
	return call->record.args[0].kind == kind;
}

bool byte_order_is_to_network(const struct call *call)
{
	return is_of(call, &kind_host_short) || is_of(call, &kind_host_long);
}

static bool address_of(const struct call *call, const struct value *values, struct byte_order *out)
{
	int arg = record_arg_of(&call->record, &kind_in_addr);

	if (arg < 0)
		arg = record_arg_of(&call->record, &kind_in_addr_out);
	if (arg < 0 || !values[arg].data || !values[arg].size ||
	    values[arg].size > sizeof(out->network))
		return false;
	out->len = values[arg].size;
	memcpy(out->network, values[arg].data, out->len);
	return true;
}

bool byte_order_of(const struct call *call, const struct value *values, long result,
		   struct byte_order *out)
{
	bool to_network = byte_order_is_to_network(call);
	unsigned long given = (unsigned long)values[0].number;

	*out = (struct byte_order){0};
	if (result < 0)
		return false;
	if (!to_network && !is_of(call, &kind_net_short) && !is_of(call, &kind_net_long))
		return address_of(call, values, out);
	out->has_host = true;
	out->len = is_of(call, &kind_host_short) || is_of(call, &kind_net_short) ? 2 : 4;
	put(out->host, to_network ? given : (unsigned long)result, out->len);
	put(out->network, to_network ? (unsigned long)result : given, out->len);
	return true;
}

unsigned long byte_order_number(const unsigned char *bytes, size_t len)
{
	uint16_t two;
	uint32_t four;

	if (len == sizeof(two)) {
		memcpy(&two, bytes, sizeof(two));
		return two;
	}
	memcpy(&four, bytes, sizeof(four));
	return four;
}
