/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

#include "base/escape.h"
#include "calls/kinds.h"
#include "calls/kinds_option.h"
#include "kernel/tcp_info.h"
#include "net/address.h"
#include "net/interface.h"

static void print_hex(struct buf *out, const unsigned char *bytes, size_t len)
{
	size_t i;

	buf_str(out, "hex:");
	for (i = 0; i < len; i++)
		buf_printf(out, "%02x", bytes[i]);
}

static void print_mac(struct buf *out, const unsigned char *bytes, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		buf_printf(out, "%s%02x", i ? ":" : "", bytes[i]);
}

static void print_string(struct buf *out, const char *data, size_t len)
{
	buf_char(out, '"');
	escape_string(out, data, len);
	buf_char(out, '"');
}

/* As in C, so that a learner sees that the kernel takes the index, not the name. */
static void print_interface(struct buf *out, int network, const struct option_field *field,
			    unsigned index)
{
	char name[IF_NAMESIZE];
	bool big = field->form == VALUE_INTERFACE_BE && index;

	if (big)
		buf_str(out, "htonl(");
	if (index && interface_name(network, index, name)) {
		buf_str(out, "if_nametoindex(");
		print_string(out, name, strlen(name));
		buf_char(out, ')');
	} else {
		buf_printf(out, "%u", index);
	}
	if (big)
		buf_char(out, ')');
}

static void print_ip(struct buf *out, int family, const void *bytes)
{
	char text[INET6_ADDRSTRLEN];

	buf_str(out, inet_ntop(family, bytes, text, sizeof(text)));
}

static void print_address(struct buf *out, int network, const void *bytes, size_t len)
{
	struct address address = {.len = (socklen_t)len, .network = network};

	if (len < sizeof(sa_family_t)) {
		print_hex(out, bytes, len);
		return;
	}
	if (len > sizeof(address.bytes))
		address.len = sizeof(address.bytes);
	memcpy(address.bytes, bytes, address.len);
	/* In a sockaddr_storage the rest is nothing but zeros. */
	if (address.any.sa_family == AF_INET && address.len > sizeof(address.in))
		address.len = sizeof(address.in);
	if (address.any.sa_family == AF_INET6 && address.len > sizeof(address.in6))
		address.len = sizeof(address.in6);
	if (address.any.sa_family == AF_UNSPEC)
		address.len = sizeof(sa_family_t);
	address_print_c(out, &address);
}

static void print_bits(struct buf *out, const struct names *names, unsigned long value)
{
	bool first = true;
	int bit;

	if (!value)
		buf_char(out, '0');
	for (bit = 0; bit < 32; bit++) {
		if (!(value >> bit & 1))
			continue;
		buf_str(out, first ? "1<<" : "|1<<");
		names_print(out, names, bit);
		first = false;
	}
}

/* Most bits of a filter are set: then those that are not tell more. */
static void print_mask(struct buf *out, const struct names *names, unsigned long value)
{
	if (__builtin_popcountl(value) <= 16) {
		print_bits(out, names, value);
		return;
	}
	buf_str(out, "~(");
	print_bits(out, names, ~value & 0xffffffff);
	buf_char(out, ')');
}

static void print_constant(struct buf *out, const struct option_field *field, long value)
{
	long flags = 0;
	size_t i;

	for (i = 0; field->flags && i < field->flags->count; i++)
		flags |= field->flags->list[i].value & value;
	names_print(out, field->names, value & ~flags);
	if (!flags)
		return;
	buf_char(out, '|');
	names_print(out, field->flags, flags);
}

static void print_tcp_info(struct buf *out, const void *data, size_t len)
{
	const char *between = "";
	uint64_t value;
	size_t i;

	buf_char(out, '{');
	for (i = 0; i < tcp_info_count; i++) {
		const struct tcp_info_field *field = &tcp_info_fields[i];

		if (!tcp_info_value(field, data, len, &value))
			continue;
		buf_printf(out, "%s%s=", between, field->name);
		between = ", ";
		if (field->unit == UNIT_STATE)
			names_print(out, &names_tcp_state, (long)value);
		else if (field->unit == UNIT_CA_STATE)
			names_print(out, &names_ca_state, (long)value);
		else
			buf_printf(out, "%llu", (unsigned long long)value);
	}
	buf_char(out, '}');
}

static void print_errno(struct buf *out, int error)
{
	buf_str(out, error ? names_errno_name(error) : "0");
}

static void print_number(struct buf *out, int network, const struct option_field *field,
			 long long number)
{
	switch (field->form) {
	case VALUE_HEX:
		buf_printf(out, number ? "0x%llx" : "%llx", (unsigned long long)number);
		return;
	case VALUE_CONSTANT:
		print_constant(out, field, (long)number);
		return;
	case VALUE_BITS:
		print_mask(out, field->names, (unsigned long)number);
		return;
	case VALUE_ERRNO:
		print_errno(out, (int)number);
		return;
	case VALUE_INTERFACE:
	case VALUE_INTERFACE_BE:
		print_interface(out, network, field, (unsigned)number);
		return;
	case VALUE_UINT_BE:
		buf_printf(out, number ? "htonl(0x%llx)" : "%llx", (unsigned long long)number);
		return;
	case VALUE_UINT:
	case VALUE_COUNT:
		buf_printf(out, "%llu", (unsigned long long)number);
		return;
	default:
		buf_printf(out, "%lld", number);
	}
}

void option_print_field(struct buf *out, int network, const struct option_field *field,
			const void *data, size_t len)
{
	const unsigned char *bytes = (const unsigned char *)data + field->offset;
	size_t size = field->size ? field->size : len - field->offset;

	switch (field->form) {
	case VALUE_IPV4:
		print_ip(out, AF_INET, bytes);
		return;
	case VALUE_IPV6:
		print_ip(out, AF_INET6, bytes);
		return;
	case VALUE_MAC:
		print_mac(out, bytes, size);
		return;
	case VALUE_BYTES:
		print_hex(out, bytes, size);
		return;
	case VALUE_STRING:
		print_string(out, (const char *)bytes, strnlen((const char *)bytes, size));
		return;
	case VALUE_ADDRESS:
		print_address(out, network, bytes, size);
		return;
	case VALUE_TCP_INFO:
		print_tcp_info(out, bytes, size);
		return;
	default:
		print_number(out, network, field, options_number(field, data));
	}
}

static void print_layout(struct buf *out, int network, const struct option_layout *layout,
			 const void *data, size_t len);

static void print_list(struct buf *out, int network, const struct option_layout *layout,
		       const void *data, size_t len)
{
	const struct option_layout *element = options_list(layout)->element;
	size_t at;

	buf_char(out, '[');
	for (at = layout->size; at + element->size <= len; at += element->size) {
		if (at > layout->size)
			buf_str(out, ", ");
		print_layout(out, network, element, (const char *)data + at, element->size);
	}
	buf_char(out, ']');
}

/* Of a field that is counted by the one before it, only as much as that says. */
static struct option_field counted(const struct option_layout *layout, unsigned index,
				   const void *data)
{
	struct option_field field = layout->fields[index];
	long long count;

	if (!index || !field.size || layout->fields[index - 1].form != VALUE_COUNT)
		return field;
	count = options_number(&layout->fields[index - 1], data);
	if (count > 0 && count < field.size)
		field.size = (unsigned short)count;
	return field;
}

static void print_layout(struct buf *out, int network, const struct option_layout *layout,
			 const void *data, size_t len)
{
	unsigned i;

	if (options_is_whole(layout)) {
		if (layout->fields[0].form == VALUE_LIST)
			print_list(out, network, layout, data, len);
		else
			option_print_field(out, network, &layout->fields[0], data, len);
		return;
	}
	buf_char(out, '{');
	for (i = 0; i < layout->count; i++) {
		struct option_field field = counted(layout, i, data);

		if ((size_t)layout->fields[i].offset + layout->fields[i].size > len)
			break;
		buf_str(out, i ? ", " : "");
		if (!layout->bare)
			buf_printf(out, "%s=", field.name);
		if (field.form == VALUE_LIST)
			print_list(out, network, layout, data, len);
		else
			option_print_field(out, network, &field, data, len);
	}
	buf_char(out, '}');
}

/* Whether a value without parts has marks of its own: "…", {…}, hex:… */
static bool has_marks(const struct option_field *field)
{
	return field->form == VALUE_BYTES || field->form == VALUE_STRING ||
	       field->form == VALUE_ADDRESS || field->form == VALUE_LIST ||
	       field->form == VALUE_TCP_INFO;
}

static void print(struct buf *out, int network, const struct option *option, const void *data,
		  size_t len, bool brackets)
{
	const struct option_layout *layout = options_layout_of(option, len);

	if (!option && len == sizeof(int))
		layout = &option_layouts[OPTION_INT];
	if (!layout) {
		print_hex(out, data, len);
		return;
	}
	brackets = brackets && options_is_whole(layout) && !has_marks(&layout->fields[0]);
	if (brackets)
		buf_char(out, '[');
	print_layout(out, network, layout, data, len);
	if (brackets)
		buf_char(out, ']');
}

void option_print(struct buf *out, int network, const struct option *option, const void *data,
		  size_t len)
{
	print(out, network, option, data, len, true);
}

void option_print_plain(struct buf *out, int network, const struct option *option, const void *data,
			size_t len)
{
	print(out, network, option, data, len, false);
}

void option_print_bytes(struct buf *out, const struct option *option, const void *data, size_t len)
{
	if (options_layout(option)->fields[0].form == VALUE_STRING)
		print_string(out, data, len);
	else
		print_hex(out, data, len);
}
