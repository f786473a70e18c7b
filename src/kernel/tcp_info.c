/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/tcp_info.h"

#include <string.h>

static uint64_t number(const unsigned char *bytes, size_t size)
{
	uint64_t u64;
	uint32_t u32;
	uint16_t u16;

	switch (size) {
	case sizeof(u64):
		memcpy(&u64, bytes, sizeof(u64));
		return u64;
	case sizeof(u32):
		memcpy(&u32, bytes, sizeof(u32));
		return u32;
	case sizeof(u16):
		memcpy(&u16, bytes, sizeof(u16));
		return u16;
	}
	return *bytes;
}

/* Bit fields are laid out from the lowest bit on, or from the highest where bytes are, too. */
static unsigned shift_of(const struct tcp_info_field *field)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return field->size * 8u - field->shift - field->bits;
#else
	return field->shift;
#endif
}

bool tcp_info_value(const struct tcp_info_field *field, const void *info, size_t len,
		    uint64_t *value)
{
	if (len < (size_t)field->offset + field->size)
		return false;
	*value = number((const unsigned char *)info + field->offset, field->size);
	if (field->bits)
		*value = *value >> shift_of(field) & ((UINT64_C(1) << field->bits) - 1);
	return true;
}

static const char *bare(const char *name)
{
	return strncmp(name, "tcpi_", 5) == 0 ? name + 5 : name;
}

const struct tcp_info_field *tcp_info_find(const char *name)
{
	size_t i;

	for (i = 0; i < tcp_info_count; i++)
		if (strcmp(bare(tcp_info_fields[i].name), bare(name)) == 0)
			return &tcp_info_fields[i];
	return NULL;
}

uint64_t tcp_info_get(const void *info, size_t len, const char *name)
{
	const struct tcp_info_field *field = tcp_info_find(name);
	uint64_t value;

	return field && tcp_info_value(field, info, len, &value) ? value : 0;
}
