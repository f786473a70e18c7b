/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/endpoint.h"

#include <netinet/in.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "names/names.h"

#define ANY (-1)

static const struct {
	enum endpoint_state state;
	const char *name;
} other_states[] = {
	{STATE_UNCONNECTED, "UNCONNECTED"},
	{STATE_CONNECTED, "CONNECTED"},
};

/* The first row that fits; RAW before ICMP, whose sockets may be either. */
static const struct {
	int family, type, protocol;
	const char *name;
} kinds[] = {
	{AF_UNIX, ANY, ANY, "UNIX"},
	{AF_INET, SOCK_RAW, ANY, "RAW"},
	{AF_INET6, SOCK_RAW, ANY, "RAW"},
	{AF_INET, ANY, IPPROTO_TCP, "TCP"},
	{AF_INET6, ANY, IPPROTO_TCP, "TCP"},
	{AF_INET, ANY, IPPROTO_UDP, "UDP"},
	{AF_INET6, ANY, IPPROTO_UDP, "UDP"},
	{AF_INET, ANY, IPPROTO_ICMP, "ICMP"},
	{AF_INET6, ANY, IPPROTO_ICMPV6, "ICMP"},
	{AF_INET, ANY, IPPROTO_UDPLITE, "UDPLITE"},
	{AF_INET6, ANY, IPPROTO_UDPLITE, "UDPLITE"},
	{AF_INET, ANY, IPPROTO_MPTCP, "MPTCP"},
	{AF_INET6, ANY, IPPROTO_MPTCP, "MPTCP"},
	{AF_INET, ANY, IPPROTO_SCTP, "SCTP"},
	{AF_INET6, ANY, IPPROTO_SCTP, "SCTP"},
};

const char *endpoint_state_name(enum endpoint_state state)
{
	const struct name *name;
	size_t i;

	for (i = 0; i < COUNT_OF(other_states); i++)
		if (other_states[i].state == state)
			return other_states[i].name;
	name = state == STATE_NONE ? NULL : names_entry(&names_tcp_state, state);
	return name ? name->name : "";
}

bool endpoint_state_find(const char *word, enum endpoint_state *state)
{
	long value;
	size_t i;

	for (i = 0; i < COUNT_OF(other_states); i++) {
		if (strcasecmp(other_states[i].name, word) == 0) {
			*state = other_states[i].state;
			return true;
		}
	}
	if (!names_find(&names_tcp_state, word, strlen(word), &value))
		return false;
	if (value < STATE_ESTABLISHED || value > STATE_CLOSING)
		return false;
	*state = (enum endpoint_state)value;
	return true;
}

const char *endpoint_kind(const struct endpoint *endpoint)
{
	const struct name *name;
	size_t i;

	for (i = 0; i < COUNT_OF(kinds); i++)
		if (kinds[i].family == endpoint->family &&
		    (kinds[i].type == ANY || kinds[i].type == endpoint->type) &&
		    (kinds[i].protocol == ANY || kinds[i].protocol == endpoint->protocol))
			return kinds[i].name;
	name = names_entry(&names_family, endpoint->family);
	if (!name)
		return "socket";
	return strncmp(name->name, "AF_", 3) == 0 ? name->name + 3 : name->name;
}

static bool same_address(const struct address *a, const struct address *b)
{
	if (!a->len || !b->len)
		return a->len == b->len;
	return address_equal(a, b);
}

static uint32_t both_told(const struct endpoint *was, const struct endpoint *now, uint32_t field,
			  bool differs)
{
	if ((was->has ^ now->has) & field)
		return field;
	return now->has & field && differs ? field : 0;
}

/* What is not told counts as 0. */
static uint32_t number(const struct endpoint *was, const struct endpoint *now, uint32_t field,
		       uint32_t before, uint32_t after)
{
	if (!(was->has & field))
		before = 0;
	if (!(now->has & field))
		after = 0;
	return before != after ? field : 0;
}

static uint32_t backlog(const struct endpoint *was, const struct endpoint *now)
{
	bool both = was->has & now->has & FIELD_ACCEPT_QUEUE;

	return both && was->accept_backlog != now->accept_backlog ? FIELD_ACCEPT_QUEUE : 0;
}

uint32_t endpoint_diff(const struct endpoint *was, const struct endpoint *now)
{
	const struct endpoint_timer *before = &was->timer, *after = &now->timer;

	return both_told(was, now, FIELD_STATE, was->state != now->state) |
	       both_told(was, now, FIELD_LOCAL, !same_address(&was->local, &now->local)) |
	       both_told(was, now, FIELD_PEER, !same_address(&was->peer, &now->peer)) |
	       number(was, now, FIELD_RECV_QUEUE, was->recv_queue, now->recv_queue) |
	       number(was, now, FIELD_SEND_QUEUE, was->send_queue, now->send_queue) |
	       number(was, now, FIELD_ACCEPT_QUEUE, was->accept_length, now->accept_length) |
	       number(was, now, FIELD_TIMER, (uint32_t)before->kind, (uint32_t)after->kind) |
	       number(was, now, FIELD_TIMER, before->retransmits, after->retransmits) |
	       number(was, now, FIELD_SHUTDOWN, was->shutdown, now->shutdown) | backlog(was, now);
}

static void merge_numbers(struct endpoint *endpoint, const struct endpoint *diag)
{
#define TAKE(field, member)      \
	if (diag->has & (field)) \
	endpoint->member = diag->member
	TAKE(FIELD_STATE, state);
	TAKE(FIELD_LOCAL, local);
	TAKE(FIELD_PEER, peer);
	TAKE(FIELD_RECV_QUEUE, recv_queue);
	TAKE(FIELD_SEND_QUEUE, send_queue);
	TAKE(FIELD_ACCEPT_QUEUE, accept_length);
	TAKE(FIELD_ACCEPT_QUEUE, accept_backlog);
	TAKE(FIELD_TIMER, timer);
	TAKE(FIELD_INODE, inode);
	TAKE(FIELD_INODE, ghost);
	TAKE(FIELD_COOKIE, cookie);
	TAKE(FIELD_UID, uid);
	TAKE(FIELD_SHUTDOWN, shutdown);
	TAKE(FIELD_TOS, tos);
	TAKE(FIELD_TCLASS, tclass);
	TAKE(FIELD_V6ONLY, v6only);
	TAKE(FIELD_MARK, mark);
	TAKE(FIELD_READY, ready);
	TAKE(FIELD_FILE_FLAGS, file_flags);
	TAKE(FIELD_FD_FLAGS, fd_flags);
	TAKE(FIELD_UNIX_PEER, unix_peer);
	TAKE(FIELD_INTERFACE, ifindex);
	TAKE(FIELD_DROPS, drops);
	TAKE(FIELD_MEMORY, skmem_count);
	TAKE(FIELD_TCP_INFO, tcp_info_len);
	TAKE(FIELD_PENDING, pending_count);
#undef TAKE
}

void endpoint_merge(struct endpoint *endpoint, const struct endpoint *diag)
{
	if (!endpoint->family) {
		endpoint->family = diag->family;
		endpoint->type = diag->type;
		endpoint->protocol = diag->protocol;
	}
	merge_numbers(endpoint, diag);
	if (diag->has & FIELD_MEMORY)
		memcpy(endpoint->skmem, diag->skmem, sizeof(diag->skmem));
	if (diag->has & FIELD_TCP_INFO)
		memcpy(endpoint->tcp_info, diag->tcp_info, diag->tcp_info_len);
	if (diag->has & FIELD_ALGORITHM) {
		endpoint->cc_attribute = diag->cc_attribute;
		endpoint->cc_info_len = diag->cc_info_len;
		memcpy(endpoint->cc_info, diag->cc_info, sizeof(diag->cc_info));
	}
	if (diag->has & FIELD_PENDING)
		memcpy(endpoint->pending, diag->pending,
		       diag->pending_count * sizeof(diag->pending[0]));
	if (diag->has & FIELD_CONGESTION)
		memcpy(endpoint->congestion, diag->congestion, sizeof(diag->congestion));
	/* A listener has no byte queues and the others no accept queue, whichever was read first.
	 */
	if (diag->has & FIELD_ACCEPT_QUEUE)
		endpoint->has &= ~(uint32_t)(FIELD_RECV_QUEUE | FIELD_SEND_QUEUE);
	else if (diag->has & FIELD_RECV_QUEUE)
		endpoint->has &= ~(uint32_t)FIELD_ACCEPT_QUEUE;
	endpoint->has |= diag->has;
}

static size_t size_of(const struct endpoint *endpoint)
{
	size_t pending = endpoint->pending_count * sizeof(endpoint->pending[0]);
	size_t last = pending > endpoint->tcp_info_len ? pending : endpoint->tcp_info_len;

	return offsetof(struct endpoint, tcp_info) + last;
}

struct endpoint *endpoint_keep(struct endpoint *kept, const struct endpoint *endpoint)
{
	size_t size = size_of(endpoint);

	if (!kept || size_of(kept) != size) {
		kept = realloc(kept, size);
		if (!kept)
			return NULL;
	}
	memcpy(kept, endpoint, size);
	return kept;
}

void endpoint_copy(struct endpoint *to, const struct endpoint *from)
{
	memcpy(to, from, size_of(from));
}

bool endpoint_same(const struct endpoint *a, const struct endpoint *b)
{
	size_t size = size_of(a);

	return size_of(b) == size && memcmp(a, b, size) == 0;
}
