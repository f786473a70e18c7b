/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <string.h>

#include "names/options.h"

const struct option_layout *options_layout(const struct option *option)
{
	return &option_layouts[option ? option->type : OPTION_BYTES];
}

bool options_is_whole(const struct option_layout *layout)
{
	return !layout->fields[0].name;
}

const struct option_field *options_list(const struct option_layout *layout)
{
	const struct option_field *last = &layout->fields[layout->count - 1];

	return last->form == VALUE_LIST ? last : NULL;
}

static bool reaches(const struct option_layout *layout, size_t len)
{
	const struct option_field *list = options_list(layout);
	unsigned i;

	if (len >= layout->size && list)
		return (len - layout->size) % list->element->size == 0;
	if (len == layout->size || !layout->fields[0].size)
		return true;
	for (i = 0; i < layout->count; i++)
		if (layout->fields[i].size &&
		    len == (size_t)layout->fields[i].offset + layout->fields[i].size)
			return true;
	return false;
}

const struct option_layout *options_layout_of(const struct option *option, size_t len)
{
	const struct option_layout *layout = options_layout(option);

	if (layout->also && len == layout->also->size)
		return layout->also;
	return reaches(layout, len) ? layout : NULL;
}

static bool is_signed(const struct option_field *field)
{
	switch (field->form) {
	case VALUE_INT:
	case VALUE_ERRNO:
	case VALUE_FD:
		return true;
	case VALUE_CONSTANT:
	case VALUE_SECONDS:
	case VALUE_MICROSECONDS:
		return field->size >= sizeof(int);
	default:
		return false;
	}
}

static long long widened(const struct option_field *field, uint64_t value)
{
	unsigned bits = field->size * 8u;

	if (bits && bits < 64 && is_signed(field) && value >> (bits - 1) & 1)
		value |= ~UINT64_C(0) << bits;
	return (long long)value;
}

static bool is_big(const struct option_field *field)
{
	return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ || field->form == VALUE_UINT_BE ||
	       field->form == VALUE_INTERFACE_BE;
}

long long options_number(const struct option_field *field, const void *data)
{
	const unsigned char *bytes = (const unsigned char *)data + field->offset;
	uint64_t value = 0;
	bool big = is_big(field);
	size_t i;

	for (i = 0; i < field->size && i < sizeof(value); i++)
		value = value << 8 | bytes[big ? i : field->size - 1 - i];
	return widened(field, value);
}

void options_store(const struct option_field *field, long long number, void *data)
{
	unsigned char *bytes = (unsigned char *)data + field->offset;
	uint64_t value = (uint64_t)number;
	bool big = is_big(field);
	size_t i;

	for (i = 0; i < field->size && i < sizeof(value); i++, value >>= 8)
		bytes[big ? field->size - 1 - i : i] = (unsigned char)value;
}
