/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_KERNEL_CONGESTION_H
#define SOCKSTEP_KERNEL_CONGESTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/tcp_info.h"

/*
 * What a congestion control tells of itself, as a table of fields: sock_diag gives it in an
 * attribute of its own for each kind (INET_DIAG_BBRINFO …). Most kinds tell nothing.
 */
struct congestion_field {
	int attribute; /* INET_DIAG_ */
	const char *name;
	uint8_t offset, size; /* bytes; 8: the lower half comes first, whatever the byte order */
	enum tcp_info_unit unit;
	const char *text; /* what it tells, a phrase */
};

extern const struct congestion_field congestion_fields[];
extern const size_t congestion_count;

/* Whether an attribute is one of them. */
bool congestion_known(int attribute);

/* The value; false where it is not in LEN bytes of that attribute. */
bool congestion_value(const struct congestion_field *field, int attribute, const void *info,
		      size_t len, uint64_t *value);

#endif
