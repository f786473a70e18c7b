/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/carried.h"

#include <limits.h>
#include <string.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "calls/message.h"

/* The arguments that have buffers in one piece; SEVERAL: those of several messages. */
static const struct {
	const struct kind *kind;
	bool received, several;
} messages[] = {
	{&kind_iovec, false, false},  {&kind_iovec_out, true, false},
	{&kind_msghdr, false, false}, {&kind_msghdr_out, true, false},
	{&kind_mmsghdr, false, true}, {&kind_mmsghdr_out, true, true},
};

/* The argument of that sort; -1: none is. */
static int arg_of(const struct call *call, bool received, bool several)
{
	size_t i;
	int arg;

	for (i = 0; i < COUNT_OF(messages); i++) {
		if (messages[i].received != received || messages[i].several != several)
			continue;
		arg = record_arg_of(&call->record, messages[i].kind);
		if (arg >= 0)
			return arg;
	}
	return -1;
}

static int message_arg(const struct call *call, bool received)
{
	return arg_of(call, received, false);
}

/* Of any sort. */
static int any_arg(const struct call *call)
{
	size_t i;
	int arg = -1;

	for (i = 0; i < COUNT_OF(messages) && arg < 0; i++)
		arg = record_arg_of(&call->record, messages[i].kind);
	return arg;
}

static bool open_message(const struct call *call, const struct value *values,
			 struct message *message)
{
	int arg = message_arg(call, true);

	if (arg < 0)
		arg = message_arg(call, false);
	return arg >= 0 && message_open(values[arg].data, values[arg].size, NULL, message);
}

bool carried_is_received(const struct call *call)
{
	return record_arg_of(&call->record, &kind_bytes_out) >= 0 || message_arg(call, true) >= 0;
}

bool carried_is_sent(const struct call *call)
{
	return record_arg_of(&call->record, &kind_bytes_len) >= 0 || message_arg(call, false) >= 0;
}

long carried_asked(const struct call *call, const struct value *values)
{
	int size = record_arg_of(&call->record, &kind_size);
	int len = record_arg_of(&call->record, &kind_bytes_len);
	int count = record_arg_of(&call->record, &kind_iovec_len);
	struct message message;

	if (size >= 0)
		return values[size].number;
	if (len >= 0)
		return values[len].number;
	if (!open_message(call, values, &message))
		return -1;
	return (long)message_room(&message, count < 0 ? LONG_MAX : values[count].number);
}

const void *carried_bytes(const struct call *call, const struct value *values, long result,
			  size_t *len)
{
	int bytes = record_arg_of(&call->record, &kind_bytes_out);
	struct message message;

	if (result < 0)
		return NULL;
	if (bytes >= 0) {
		*len = values[bytes].size;
		return values[bytes].data ? values[bytes].data : "";
	}
	bytes = record_arg_of(&call->record, &kind_in_addr_out);
	if (bytes >= 0) {
		*len = values[bytes].size;
		return *len ? values[bytes].data : NULL;
	}
	bytes = record_arg_of(&call->record, &kind_text_out);
	if (bytes >= 0 && values[bytes].size) {
		*len = values[bytes].size - 1;
		return values[bytes].data;
	}
	if (message_arg(call, true) < 0 || !open_message(call, values, &message))
		return NULL;
	*len = (size_t)result < message.here ? (size_t)result : message.here;
	return message.bytes;
}

struct address carried_address(const struct call *call, const struct value *values)
{
	int i = record_arg_of(&call->record, &kind_address);
	struct address address = {0};
	struct message message;

	if (i < 0) {
		i = record_arg_of(&call->record, &kind_msghdr);
		i = i < 0 ? record_arg_of(&call->record, &kind_mmsghdr) : i;
		return i >= 0 && message_open(values[i].data, values[i].size, NULL, &message)
			       ? message_address(&message, values[i].network)
			       : address;
	}
	if (!values[i].data)
		return address;
	memcpy(address.bytes, values[i].data, sizeof(address.bytes));
	address.len = (socklen_t)values[i].number;
	address.network = values[i].network;
	return address;
}

bool carried_message(const struct call *call, const struct value *values, struct message *message)
{
	return (record_arg_of(&call->record, &kind_msghdr) >= 0 ||
		record_arg_of(&call->record, &kind_msghdr_out) >= 0) &&
	       open_message(call, values, message);
}

size_t carried_descriptors(const struct call *call, const struct value *values, int *fds,
			   size_t room)
{
	size_t at = 0, count = 0;
	struct message message;
	int arg = any_arg(call);

	while (arg >= 0 && message_open(values[arg].data, values[arg].size, &at, &message))
		count += message_descriptors(&message, fds + (count < room ? count : room),
					     count < room ? room - count : 0);
	return count;
}

bool carried_brings(const struct call *call)
{
	return message_arg(call, true) >= 0 || arg_of(call, true, true) >= 0;
}

const struct value *carried_messages(const struct call *call, const struct value *values)
{
	int arg = arg_of(call, true, true);

	return arg < 0 ? NULL : &values[arg];
}

long carried_flags(const struct call *call, const struct value *values)
{
	int flags = record_arg_of(&call->record, &kind_flags);

	flags = flags < 0 ? record_arg_of(&call->record, &kind_msg_flags) : flags;
	return flags < 0 ? 0 : values[flags].number;
}
