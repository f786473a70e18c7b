/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_CALLS_BYTE_ORDER_H
#define SOCKSTEP_CALLS_BYTE_ORDER_H

#include "calls/call.h"

/*
 * What a call has turned from one order of bytes to the other (htons …), as it stands in the memory
 * of this machine; or the bytes of an address, which have the network's order always.
 */
struct byte_order {
	unsigned char network[16];
	unsigned char host[4];
	size_t len;    /* of each: 2, 4 or 16 */
	bool has_host; /* else the network's alone */
};

/* False: the call has nothing of the kind, or has failed. RESULT is what it returned. */
bool byte_order_of(const struct call *call, const struct value *values, long result,
		   struct byte_order *out);

/* Bytes, of which there are 2 or 4, as this machine reads them. */
unsigned long byte_order_number(const unsigned char *bytes, size_t len);

/* Whether it went to the network's order (htons, htonl), with a host's. */
bool byte_order_is_to_network(const struct call *call);

#endif
