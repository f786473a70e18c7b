/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_CALLS_CARRIED_H
#define SOCKSTEP_CALLS_CARRIED_H

#include "calls/call.h"
#include "calls/message.h"

/* What a call carries, be it in one buffer or in several. Several messages are asked for apart. */

bool carried_is_received(const struct call *call); /* recv, readv … */
bool carried_is_sent(const struct call *call);     /* send, writev … */

/* Bytes that it was asked to send, or that there is room for; -1: it carries none. */
long carried_asked(const struct call *call, const struct value *values);

/* What a call has received, or found, that returned RESULT; NULL: nothing is of that kind. */
const void *carried_bytes(const struct call *call, const struct value *values, long result,
			  size_t *len);

/* The address that it names; len 0: none. */
struct address carried_address(const struct call *call, const struct value *values);

/*
 * The descriptors in its control messages, those that are sent or those that have come: at most
 * ROOM; returns how many there are.
 */
size_t carried_descriptors(const struct call *call, const struct value *values, int *fds,
			   size_t room);

/* Whether such descriptors have come, and were not sent. */
bool carried_brings(const struct call *call);

/* The messages that recvmmsg() has received, one piece behind the other; NULL: another call. */
const struct value *carried_messages(const struct call *call, const struct value *values);

/* The message that it sends, or has received, with its head. False: it is another call. */
bool carried_message(const struct call *call, const struct value *values, struct message *message);

/* Its MSG_ flags. */
long carried_flags(const struct call *call, const struct value *values);

#endif
