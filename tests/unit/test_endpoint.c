/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <linux/tcp.h>
#include <malloc.h>
#include <stddef.h>
#include <string.h>

#include "kernel/endpoint.h"
#include "kernel/tcp_info.h"
#include "unit.h"

START_TEST(state_names)
{
	enum endpoint_state state;
	int i;

	ck_assert_str_eq(endpoint_state_name(STATE_NONE), "");
	ck_assert_str_eq(endpoint_state_name(STATE_SYN_RECEIVED), "SYN-RECEIVED");
	ck_assert_str_eq(endpoint_state_name(STATE_CONNECTED), "CONNECTED");
	for (i = STATE_ESTABLISHED; i <= STATE_CONNECTED; i++) {
		const char *name = endpoint_state_name((enum endpoint_state)i);

		if (i > STATE_CLOSING && i < STATE_UNCONNECTED)
			continue;
		ck_assert(endpoint_state_find(name, &state));
		ck_assert_int_eq((int)state, i);
	}
	ck_assert(endpoint_state_find("time-wait", &state));
	ck_assert(!endpoint_state_find("ASLEEP", &state));
	ck_assert(!endpoint_state_find("", &state));
}
END_TEST

static const char *kind(int family, int type, int protocol)
{
	struct endpoint endpoint = {.family = family, .type = type, .protocol = protocol};

	return endpoint_kind(&endpoint);
}

START_TEST(kinds)
{
	ck_assert_str_eq(kind(AF_INET, SOCK_STREAM, IPPROTO_TCP), "TCP");
	ck_assert_str_eq(kind(AF_INET6, SOCK_STREAM, IPPROTO_TCP), "TCP");
	ck_assert_str_eq(kind(AF_INET6, SOCK_DGRAM, IPPROTO_UDP), "UDP");
	ck_assert_str_eq(kind(AF_UNIX, SOCK_SEQPACKET, 0), "UNIX");
	ck_assert_str_eq(kind(AF_INET, SOCK_RAW, IPPROTO_ICMP), "RAW");
	ck_assert_str_eq(kind(AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6), "ICMP");
	ck_assert_str_eq(kind(AF_NETLINK, SOCK_RAW, 0), "NETLINK");
	ck_assert_str_eq(kind(4711, 0, 0), "socket");
}
END_TEST

START_TEST(difference)
{
	struct endpoint was = {.has = FIELD_STATE | FIELD_LOCAL | FIELD_PEER,
			       .state = STATE_CLOSED};
	struct endpoint now = was;

	now.has |= FIELD_TIMER | FIELD_SHUTDOWN | FIELD_ACCEPT_QUEUE | FIELD_RECV_QUEUE |
		   FIELD_SEND_QUEUE;
	now.accept_backlog = 5;
	now.timer.expires_ms = 7;
	ck_assert_uint_eq(endpoint_diff(&was, &now), 0);
	was = now;
	now.state = STATE_LISTEN;
	now.accept_backlog = 6;
	ck_assert_uint_eq(endpoint_diff(&was, &now), FIELD_STATE | FIELD_ACCEPT_QUEUE);
	now = was;
	now.local = address_make(AF_INET, "\177\0\0\1", 80, 0);
	now.recv_queue = 1;
	now.timer.retransmits = 1;
	now.shutdown = 1;
	ck_assert_uint_eq(endpoint_diff(&was, &now),
			  FIELD_LOCAL | FIELD_RECV_QUEUE | FIELD_TIMER | FIELD_SHUTDOWN);
	was = now;
	now.has &= ~(uint32_t)(FIELD_PEER | FIELD_STATE);
	ck_assert_uint_eq(endpoint_diff(&was, &now), FIELD_PEER | FIELD_STATE);
	now.has &= ~(uint32_t)FIELD_RECV_QUEUE;
	ck_assert_uint_eq(endpoint_diff(&was, &now), FIELD_PEER | FIELD_STATE | FIELD_RECV_QUEUE);
}
END_TEST

#define CHECK_OFFSET(field)                                               \
	do {                                                              \
		ck_assert_ptr_nonnull(tcp_info_find(#field));             \
		ck_assert_uint_eq(tcp_info_find(#field)->offset,          \
				  offsetof(struct tcp_info, field));      \
		ck_assert_uint_eq(tcp_info_find(#field)->size,            \
				  sizeof(((struct tcp_info *)0)->field)); \
	} while (0)

static struct endpoint udp(void)
{
	return (struct endpoint){.has = FIELD_STATE | FIELD_LOCAL,
				 .family = AF_INET,
				 .type = SOCK_DGRAM,
				 .state = STATE_UNCONNECTED,
				 .local = address_make(AF_INET, "\177\0\0\1", 80, 0),
				 .inode = 11};
}

static struct endpoint tcp_with_all(void)
{
	struct endpoint endpoint = {.has = FIELD_TCP_INFO, .tcp_info_len = ENDPOINT_TCP_INFO};
	size_t i;

	for (i = 0; i < ENDPOINT_TCP_INFO; i++)
		endpoint.tcp_info[i] = (unsigned char)(i * 7 + 1);
	return endpoint;
}

static struct endpoint full_queue(void)
{
	struct endpoint endpoint = {.has = FIELD_PENDING, .pending_count = ENDPOINT_PENDING};
	size_t i;

	for (i = 0; i < ENDPOINT_PENDING; i++)
		endpoint.pending[i] = (ino_t)(1000 + i);
	return endpoint;
}

/* What was kept and taken out again is what it was. */
static void assert_holds(const struct endpoint *kept, const struct endpoint *endpoint)
{
	struct endpoint out = {0};

	ck_assert_ptr_nonnull(kept);
	ck_assert(endpoint_same(kept, endpoint));
	ck_assert(endpoint_same(endpoint, kept));
	endpoint_copy(&out, kept);
	ck_assert_mem_eq(&out, endpoint, sizeof(out));
	ck_assert_uint_eq(endpoint_diff(kept, endpoint), 0);
}

START_TEST(copy_kept)
{
	struct endpoint with_info = tcp_with_all(), with_queue = full_queue(), plain = udp();
	struct endpoint *kept = endpoint_keep(NULL, &plain), *again;

	assert_holds(kept, &plain);
	ck_assert_uint_lt(malloc_usable_size(kept), sizeof(plain) - ENDPOINT_TCP_INFO + 64);
	ck_assert_int_eq(address_port(&kept->local), 80);
	/* Of the same size, it stays where it is. */
	plain.recv_queue = 5;
	ck_assert(!endpoint_same(kept, &plain));
	again = endpoint_keep(kept, &plain);
	ck_assert_ptr_eq(again, kept);
	assert_holds(kept, &plain);
	kept = endpoint_keep(kept, &with_info);
	assert_holds(kept, &with_info);
	ck_assert_uint_ge(malloc_usable_size(kept), sizeof(plain));
	ck_assert(!endpoint_same(kept, &plain));
	kept = endpoint_keep(kept, &with_queue);
	assert_holds(kept, &with_queue);
	with_queue.pending_count = 63;
	with_queue.pending[63] = 0;
	kept = endpoint_keep(kept, &with_queue);
	assert_holds(kept, &with_queue);
	with_info.tcp_info_len = 105;
	memset(with_info.tcp_info + 105, 0, ENDPOINT_TCP_INFO - 105);
	kept = endpoint_keep(kept, &with_info);
	assert_holds(kept, &with_info);
	with_info.tcp_info[104] ^= 1;
	ck_assert(!endpoint_same(kept, &with_info));
	free(kept);
}
END_TEST

/* It may be laid over what was kept and taken out, and is then in nobody's way. */
START_TEST(copy_kept_and_merged)
{
	struct endpoint with_info = tcp_with_all(), plain = udp(), out = {0};
	struct endpoint *kept = endpoint_keep(NULL, &plain);

	ck_assert_ptr_nonnull(kept);
	with_info.tcp_info_len = 280;
	endpoint_copy(&out, kept);
	endpoint_merge(&out, &with_info);
	kept = endpoint_keep(kept, &out);
	ck_assert_ptr_nonnull(kept);
	ck_assert_uint_eq(kept->tcp_info_len, 280);
	ck_assert_mem_eq(kept->tcp_info, with_info.tcp_info, 280);
	ck_assert_uint_eq(kept->has, FIELD_STATE | FIELD_LOCAL | FIELD_TCP_INFO);
	free(kept);
}
END_TEST

START_TEST(tcp_info_offsets)
{
	CHECK_OFFSET(tcpi_state);
	CHECK_OFFSET(tcpi_options);
	CHECK_OFFSET(tcpi_rto);
	CHECK_OFFSET(tcpi_fackets);
	CHECK_OFFSET(tcpi_last_ack_recv);
	CHECK_OFFSET(tcpi_rtt);
	CHECK_OFFSET(tcpi_total_retrans);
	CHECK_OFFSET(tcpi_pacing_rate);
	CHECK_OFFSET(tcpi_segs_in);
	CHECK_OFFSET(tcpi_min_rtt);
	CHECK_OFFSET(tcpi_delivery_rate);
	CHECK_OFFSET(tcpi_sndbuf_limited);
	CHECK_OFFSET(tcpi_delivered_ce);
	CHECK_OFFSET(tcpi_bytes_retrans);
	CHECK_OFFSET(tcpi_rcv_ooopack);
	CHECK_OFFSET(tcpi_snd_wnd);
}
END_TEST

/* Every byte of the struct has its field, in the order of the struct. */
START_TEST(tcp_info_is_whole)
{
	size_t end = 0, i;

	for (i = 0; i < tcp_info_count; i++) {
		const struct tcp_info_field *field = &tcp_info_fields[i];

		if (field->bits && field->shift)
			ck_assert_uint_eq(field->offset + field->size, end);
		else
			ck_assert_uint_eq(field->offset, end);
		end = (size_t)field->offset + field->size;
		ck_assert_ptr_eq(tcp_info_find(field->name), field);
		ck_assert_ptr_eq(tcp_info_find(field->name + 5), field);
		ck_assert(field->group[0] && field->text[0]);
		ck_assert_int_ne(field->text[strlen(field->text) - 1], '.');
	}
	ck_assert_uint_eq(end, 280);
}
END_TEST

START_TEST(tcp_info_values)
{
	struct tcp_info info = {0};
	const struct tcp_info_field *field = tcp_info_find("snd_wnd");
	uint64_t value;

	info.tcpi_snd_wscale = 7;
	info.tcpi_rcv_wscale = 10;
	info.tcpi_delivery_rate_app_limited = 1;
	info.tcpi_fastopen_client_fail = 2;
	info.tcpi_rtt = 123456;
	info.tcpi_bytes_acked = UINT64_C(0x123456789a);
	ck_assert_uint_eq(tcp_info_get(&info, sizeof(info), "snd_wscale"), 7);
	ck_assert_uint_eq(tcp_info_get(&info, sizeof(info), "tcpi_rcv_wscale"), 10);
	ck_assert_uint_eq(tcp_info_get(&info, sizeof(info), "delivery_rate_app_limited"), 1);
	ck_assert_uint_eq(tcp_info_get(&info, sizeof(info), "fastopen_client_fail"), 2);
	ck_assert_uint_eq(tcp_info_get(&info, sizeof(info), "rtt"), 123456);
	ck_assert_uint_eq(tcp_info_get(&info, sizeof(info), "bytes_acked"), 0x123456789a);
	ck_assert(tcp_info_value(field, &info, field->offset + 4u, &value));
	ck_assert(!tcp_info_value(field, &info, field->offset + 3u, &value));
	ck_assert_uint_eq(tcp_info_get(&info, 0, "state"), 0);
	ck_assert_uint_eq(tcp_info_get(&info, sizeof(info), "nonsense"), 0);
	ck_assert_ptr_null(tcp_info_find("tcpi_"));
}
END_TEST

static TCase *value_tests(void)
{
	TCase *tests = tcase_create("values");

	tcase_add_test(tests, state_names);
	tcase_add_test(tests, kinds);
	tcase_add_test(tests, difference);
	tcase_add_test(tests, copy_kept);
	tcase_add_test(tests, copy_kept_and_merged);
	tcase_add_test(tests, tcp_info_offsets);
	tcase_add_test(tests, tcp_info_is_whole);
	tcase_add_test(tests, tcp_info_values);
	return tests;
}

int main(void)
{
	Suite *suite = suite_create("endpoint");

	suite_add_tcase(suite, value_tests());
	return unit_main(suite);
}
