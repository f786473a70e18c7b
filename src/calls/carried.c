/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/carried.h"

#include <limits.h>
#include <string.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "calls/message.h"

static const struct {
	const struct kind *kind;
	bool received;
} messages[] = {
	{&kind_iovec, false},
	{&kind_iovec_out, true},
	{&kind_msghdr, false},
	{&kind_msghdr_out, true},
};

/* The argument that has several buffers; -1: none has. */
static int message_arg(const struct call *call, bool received)
{
	size_t i;
	int arg;

	for (i = 0; i < COUNT_OF(messages); i++) {
		arg = messages[i].received == received
			      ? record_arg_of(&call->record, messages[i].kind)
			      : -1;
		if (arg >= 0)
			return arg;
	}
	return -1;
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

	i = i < 0 ? record_arg_of(&call->record, &kind_msghdr) : i;
	if (i < 0 || !values[i].data)
		return address;
	if (call->record.args[i].kind == &kind_msghdr)
		return message_open(values[i].data, values[i].size, NULL, &message)
			       ? message_address(&message, values[i].network)
			       : address;
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
	struct message message;

	return open_message(call, values, &message) ? message_descriptors(&message, fds, room) : 0;
}

long carried_flags(const struct call *call, const struct value *values)
{
	int flags = record_arg_of(&call->record, &kind_flags);

	flags = flags < 0 ? record_arg_of(&call->record, &kind_msg_flags) : flags;
	return flags < 0 ? 0 : values[flags].number;
}
