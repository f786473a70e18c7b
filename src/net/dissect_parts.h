/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NET_DISSECT_PARTS_H
#define SOCKSTEP_NET_DISSECT_PARTS_H

#include <stdbool.h>

#include "net/dissect.h"
#include "net/packet.h"

/* What dissect.c and dissect_icmp.c share; nobody else includes it. */

/* A header's fields follow each other without a gap, so that only their widths are told. */
struct dissect_layout {
	const char *name;
	unsigned bits;
	enum dissect_form form;
	const char *see; /* NULL: as the header */
	const struct names *names;
};

struct dissect_part {
	const struct dissect_layout *list;
	size_t count;
};
#define PART(list)                   \
	{                            \
		list, COUNT_OF(list) \
	}

struct dissect_cursor {
	const unsigned char *bytes;
	size_t len;  /* of all that is here */
	size_t bits; /* told so far */
	const char *layer, *see;
	dissect_visit *visit;
	void *data;
	bool stopped; /* what comes next is not here */
};

/* What comes next is of this layer, which SEE defines. */
void dissect_begin(struct dissect_cursor *cursor, const char *layer, const char *see);

/* The fields of a part, of the layer that was begun. */
void dissect_tell(struct dissect_cursor *cursor, struct dissect_part part);

/* Whole bytes up to END, or as many as are here. */
void dissect_tell_bytes(struct dissect_cursor *cursor, const char *name, size_t end);

/* Where the next field begins, in bytes. */
size_t dissect_at(const struct dissect_cursor *cursor);

/* ICMP and ICMPv6 with MLD, and IGMP, whose LEN bytes begin here. */
void dissect_icmp(struct dissect_cursor *cursor, const struct packet *packet, size_t len);
void dissect_igmp(struct dissect_cursor *cursor, size_t len);

/* Their layers and parts, for the lists of all names; NULL past the last. */
const char *dissect_icmp_layer(size_t index);
const struct dissect_part *dissect_icmp_part(size_t index);

#endif
