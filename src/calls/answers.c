/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/answers.h"

#include <string.h>

#include "calls/kinds.h"

/* Before the address and the name of each. */
struct head {
	int family, type, protocol;
	socklen_t address_len;
	size_t name_len; /* with its NUL; 0: there is none */
};

size_t answers_keep(const struct addrinfo *list, void *bytes, size_t size)
{
	unsigned char *to = bytes;
	size_t at = 0;

	for (; list; list = list->ai_next) {
		struct head head = {.family = list->ai_family,
				    .type = list->ai_socktype,
				    .protocol = list->ai_protocol,
				    .address_len = list->ai_addrlen,
				    .name_len = list->ai_canonname ? strlen(list->ai_canonname) + 1
								   : 0};

		if (size - at < sizeof(head) + head.address_len + head.name_len)
			break;
		memcpy(to + at, &head, sizeof(head));
		at += sizeof(head);
		memcpy(to + at, list->ai_addr, head.address_len);
		at += head.address_len;
		if (head.name_len)
			memcpy(to + at, list->ai_canonname, head.name_len);
		at += head.name_len;
	}
	return at;
}

bool answers_next(const struct value *value, size_t *at, struct answer *out)
{
	const unsigned char *from = value->data;
	struct head head;

	if (!from || value->size - *at < sizeof(head))
		return false;
	memcpy(&head, from + *at, sizeof(head));
	*out = (struct answer){.family = head.family, .type = head.type, .protocol = head.protocol};
	if (head.address_len > sizeof(out->address.bytes))
		return false;
	*at += sizeof(head);
	memcpy(out->address.bytes, from + *at, head.address_len);
	out->address.len = head.address_len;
	out->address.network = value->network;
	*at += head.address_len;
	if (head.name_len)
		out->canonical = (const char *)from + *at;
	*at += head.name_len;
	return true;
}

const struct value *answers_of(const struct call *call, const struct value *values, long result)
{
	int arg = record_arg_of(&call->record, &kind_answers_out);

	return arg < 0 || result != 0 ? NULL : &values[arg];
}
