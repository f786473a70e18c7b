/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_KERNEL_TCP_INFO_H
#define SOCKSTEP_KERNEL_TCP_INFO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * struct tcp_info as a table of fields: newer kernels append, so a field is there when the
 * answer is long enough. Offsets are the kernel's ABI (linux/tcp.h), written down here so that
 * an old header at build time hides nothing.
 */
enum tcp_info_unit {
	UNIT_NONE, /* a plain number */
	UNIT_BYTES,
	UNIT_SEGMENTS, /* packets */
	UNIT_US,       /* microseconds */
	UNIT_MS,
	UNIT_RATE,     /* bytes a second; all ones: no limit */
	UNIT_STATE,    /* names_tcp_state */
	UNIT_CA_STATE, /* names_ca_state */
	UNIT_OPTIONS,  /* TCPI_OPT_ bits */
	UNIT_COUNT,    /* how often */
	UNIT_SHIFT,    /* a window scale */
};

struct tcp_info_field {
	const char *name;  /* as in linux/tcp.h, with its tcpi_ */
	const char *group; /* "timers", "congestion", "windows", "counters", "losses", "rates" … */
	uint16_t offset;   /* bytes */
	uint8_t size;      /* bytes; for a bit field its storage's */
	uint8_t shift, bits; /* of a bit field; bits 0: whole */
	enum tcp_info_unit unit;
	const char *text; /* what it tells, a phrase */
	const char *ss;   /* what ss -i calls it; NULL: it does not print it */
};

extern const struct tcp_info_field tcp_info_fields[];
extern const size_t tcp_info_count;

/* The value; false where LEN bytes do not reach so far. */
bool tcp_info_value(const struct tcp_info_field *field, const void *info, size_t len,
		    uint64_t *value);

/* By name, with or without tcpi_; NULL where there is none. */
const struct tcp_info_field *tcp_info_find(const char *name);

/* The same by name for those who know that it is there; 0 where it is not. */
uint64_t tcp_info_get(const void *info, size_t len, const char *name);

#endif
