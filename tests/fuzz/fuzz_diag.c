/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "kernel/diag.h"
#include "kernel/tcp_info.h"
#include "oracle.h"
#include "reports.h"

/*
 * Answers of sock_diag, of inet and UNIX sockets, with any attributes; and struct tcp_info of any
 * length. What comes of them keeps within its bounds and can be shown in any way.
 */

static void check_endpoint(const struct endpoint *endpoint)
{
	fuzz_require(*endpoint_state_name(endpoint->state), "state %d", (int)endpoint->state);
	fuzz_require(*endpoint_kind(endpoint), "no kind");
	fuzz_require(endpoint->local.len <= sizeof(endpoint->local.bytes) &&
			     endpoint->peer.len <= sizeof(endpoint->peer.bytes),
		     "lengths %u, %u", endpoint->local.len, endpoint->peer.len);
	fuzz_require(endpoint->tcp_info_len <= ENDPOINT_TCP_INFO, "%zu", endpoint->tcp_info_len);
	fuzz_require(endpoint->skmem_count <= ENDPOINT_SKMEM, "%zu", endpoint->skmem_count);
	fuzz_require(endpoint->pending_count <= ENDPOINT_PENDING, "%zu", endpoint->pending_count);
	fuzz_require(memchr(endpoint->congestion, 0, sizeof(endpoint->congestion)), "no end");
	fuzz_require(endpoint_diff(endpoint, endpoint) == 0, "differs from itself");
}

/* Laid over another, it wins where it tells. */
static void check_merged(const struct endpoint *told)
{
	struct endpoint merged = {.has = FIELD_STATE | FIELD_READY, .state = STATE_CLOSED};

	endpoint_merge(&merged, told);
	fuzz_require((merged.has & told->has) == told->has, "%x of %x", merged.has, told->has);
	fuzz_require(merged.has & FIELD_READY, "what the descriptor told is gone");
	check_endpoint(&merged);
}

static void check_answer(const void *bytes, size_t len, unsigned which)
{
	static const int protocols[] = {IPPROTO_TCP, IPPROTO_UDP,  IPPROTO_UDPLITE,
					IPPROTO_RAW, IPPROTO_ICMP, IPPROTO_ICMPV6,
					132};
	size_t count = sizeof(protocols) / sizeof(protocols[0]);
	struct shown shown = {.process = "main", .fd = 3, .also_fd = -1, .queue_of = -1};
	int result;

	if (which % (count + 1) == count)
		result = diag_parse_unix(bytes, len, &shown.now);
	else
		result = diag_parse_inet(bytes, len, protocols[which % (count + 1)], &shown.now);
	if (result < 0)
		return;
	check_endpoint(&shown.now);
	check_merged(&shown.now);
	shown.closed_fd = -1;
	reports_endpoints(&shown, 1, 20 + (int)which % 200);
}

static void check_tcp_info(const void *bytes, size_t len, unsigned which)
{
	const struct tcp_info_field *field, *named = &tcp_info_fields[which % tcp_info_count];
	uint64_t value;

	for (field = tcp_info_fields; field < tcp_info_fields + tcp_info_count; field++) {
		bool there = (size_t)field->offset + field->size <= len;

		value = 0;
		fuzz_require(tcp_info_value(field, bytes, len, &value) == there, "%s of %zu bytes",
			     field->name, len);
		/* Looking up all of them by name would take most of the time. */
		if (field == named)
			fuzz_require(tcp_info_find(field->name) == field &&
					     tcp_info_get(bytes, len, field->name) == value,
				     "%s by its name", field->name);
		fuzz_require(!field->bits || value >> field->bits == 0, "%s is %llu", field->name,
			     (unsigned long long)value);
	}
}

void fuzz_one(const uint8_t *data, size_t size)
{
	struct fuzz_input in = {data, size};
	unsigned which = fuzz_byte(&in);
	/* Aligned as the bytes behind a header are, and of just that size. */
	void *bytes = malloc(in.left ? in.left : 1);

	if (!bytes)
		abort();
	memcpy(bytes, in.at, in.left);
	check_answer(bytes, in.left, which);
	check_tcp_info(bytes, in.left, which);
	free(bytes);
}
