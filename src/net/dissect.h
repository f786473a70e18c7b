/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NET_DISSECT_H
#define SOCKSTEP_NET_DISSECT_H

#include <stddef.h>
#include <stdint.h>

/*
 * A packet field by field, from its first bit to its last: the names are those of the RFC that
 * defines the header. Pure, and safe with any bytes: what is cut short ends the visit.
 */

enum dissect_form {
	DISSECT_NUMBER,
	DISSECT_HEX,
	DISSECT_ADDRESS, /* of 4 or 16 bytes */
	DISSECT_BYTES,   /* of no further meaning here */
};

struct names;

struct dissect_field {
	const char *layer; /* "TCP" */
	const char *see;   /* "RFC 9293, section 3.1" */
	const char *name;  /* "Sequence Number" */
	enum dissect_form form;
	const struct names *names; /* what a number stands for; NULL: itself */
	size_t offset;             /* of the first byte that holds a bit of it */
	size_t len;                /* bytes that hold it */
	unsigned shift;            /* bits to the right of it in the last of them */
	unsigned bits;             /* 0: whole bytes of any number */
	uint64_t value;            /* where `bits` is 1 to 64 */
};

/* The names of all layers, then of all fields, some more than once; NULL past the last. */
const char *dissect_layer(size_t index);
const char *dissect_name(size_t index);

/* Tells of each field in order. */
typedef void dissect_visit(void *data, const struct dissect_field *field);
void dissect(const void *bytes, size_t len, dissect_visit *visit, void *data);

#endif
