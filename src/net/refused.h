/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NET_REFUSED_H
#define SOCKSTEP_NET_REFUSED_H

#include <stddef.h>

/* Why inet_pton() takes a text for no address. */
struct refused {
	const char *key;  /* of names/words.h */
	const char *part; /* of the text that it is about, of PART_LEN bytes; for {part} */
	size_t part_len;
	size_t count; /* for {n} */
};

/* FAMILY is AF_INET or AF_INET6; of a text that is refused. */
struct refused refused_text(int family, const char *text);

#endif
