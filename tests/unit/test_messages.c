/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <time.h>

#include <linux/errqueue.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "calls/kinds_option.h"
#include "calls/message.h"
#include "calls_fixture.h"
#include "names/controls.h"

/* Messages as one piece of memory, and what their control messages carry. */

/* Of each kind one, as it is typed, and as it is printed and can be typed, too. */
static const struct {
	const char *name, *typed, *printed;
} controls_typed[] = {
	{"SCM_RIGHTS", "srv,4", "[3, 4]"},
	{"SCM_CREDENTIALS", "pid=1 uid=2 gid=3", "{pid=1, uid=2, gid=3}"},
	{"SCM_SECURITY", "\"some:label\\0\"", "\"some:label\""},
	{"SCM_PIDFD", "srv", "[3]"},
	{"SCM_TIMESTAMP", "1.5s", "{tv_sec=1, tv_usec=500000}"},
	{"SCM_TIMESTAMPNS", "{1,5}", "{tv_sec=1, tv_nsec=5}"},
	{"SCM_TIMESTAMPING", "[{1,2},{0,0},{3,4}]",
	 "[{tv_sec=1, tv_nsec=2}, {tv_sec=0, tv_nsec=0}, {tv_sec=3, tv_nsec=4}]"},
	{"SO_RXQ_OVFL", "7", "[7]"},
	{"SO_MARK", "7", "[7]"},
	{"SO_PRIORITY", "6", "[6]"},
	{"SO_INQ", "3", "[3]"},
	{"TCP_INQ", "3", "[3]"},
	{"UDP_GRO", "1000", "[1000]"},
	{"IPV6_PATHMTU", "mtu=1280", "{ip6m_addr={AF_UNSPEC}, ip6m_mtu=1280}"},
	{"IP_PKTINFO", "interface=9999 address=127.0.0.1",
	 "{ipi_ifindex=9999, ipi_spec_dst=0.0.0.0, ipi_addr=127.0.0.1}"},
	{"IP_TTL", "64", "[64]"},
	{"IP_TOS", "lowdelay", "[IPTOS_LOWDELAY]"},
	{"IP_RECVERR",
	 "errno=EHOSTUNREACH origin=ICMP type=3 code=1 offender={AF_INET, 127.0.0.1:0}",
	 "{ee_errno=EHOSTUNREACH, ee_origin=SO_EE_ORIGIN_ICMP, ee_type=3, ee_code=1, ee_info=0, "
	 "ee_data=0, offender={AF_INET, 127.0.0.1:0}}"},
	{"IP_ORIGDSTADDR", "127.0.0.1:80", "{AF_INET, 127.0.0.1:80}"},
	{"IPV6_PKTINFO", "::1 9999", "{ipi6_addr=::1, ipi6_ifindex=9999}"},
	{"IPV6_HOPLIMIT", "-1", "[-1]"},
	{"IPV6_TCLASS", "255", "[255]"},
	{"IPV6_RECVERR", "errno=EMSGSIZE origin=LOCAL info=1500",
	 "{ee_errno=EMSGSIZE, ee_origin=SO_EE_ORIGIN_LOCAL, ee_type=0, ee_code=0, ee_info=1500, "
	 "ee_data=0, offender={AF_UNSPEC}}"},
};

static void check_control(const struct option *value, const char *typed, const char *printed)
{
	static const struct resolver resolver = {.descriptor = fake_descriptor};
	struct buf bytes = {0}, text = {0};
	struct error err;

	ck_assert_msg(option_read(value, &resolver, typed, strlen(typed), &bytes, &err) == 0,
		      "%s of %s: %s", typed, value->name, err.text);
	option_print(&text, 0, value, buf_text(&bytes), bytes.len);
	ck_assert_str_eq(buf_text(&text), printed);
	buf_free(&bytes);
	buf_free(&text);
}

START_TEST(control_messages_are_taken_apart)
{
	size_t i, k;

	ck_assert_uint_eq(COUNT_OF(controls_typed), controls_count);
	for (i = 0; i < controls_count; i++) {
		const struct option *value = &controls[i].value;

		for (k = 0; k < COUNT_OF(controls_typed); k++)
			if (strcmp(controls_typed[k].name, value->name) == 0)
				break;
		ck_assert_msg(k < COUNT_OF(controls_typed), "%s", value->name);
		check_control(value, controls_typed[k].typed, controls_typed[k].printed);
		check_control(value, controls_typed[k].printed, controls_typed[k].printed);
		ck_assert_ptr_eq(controls_entry(value->level, value->value), &controls[i]);
		ck_assert_ptr_eq(controls_find(value->name, strlen(value->name)), &controls[i]);
		ck_assert_int_eq(controls[i].word != NULL, (value->access & OPTION_SET) != 0);
	}
	ck_assert_ptr_null(controls_find("SCM_", 4));
	printf("# control messages: %zu\n", controls_count);
}
END_TEST

/* Who reports an error of IPv6 has a longer address. */
START_TEST(an_offender_of_ipv6)
{
	const struct option *value = &controls_find("IPV6_RECVERR", 12)->value;
	struct {
		struct sock_extended_err error;
		struct sockaddr_in6 offender;
	} data = {.error = {.ee_errno = EACCES, .ee_origin = SO_EE_ORIGIN_ICMP6, .ee_type = 1},
		  .offender = {.sin6_family = AF_INET6, .sin6_addr = in6addr_loopback}};
	struct buf text = {0};

	option_print(&text, 0, value, &data, sizeof(data));
	ck_assert_str_eq(buf_text(&text),
			 "{ee_errno=EACCES, ee_origin=SO_EE_ORIGIN_ICMP6, ee_type=1, ee_code=0, "
			 "ee_info=0, ee_data=0, offender={AF_INET6, [::1]:0}}");
	buf_reset(&text);
	/* What is cut off is bytes. */
	option_print(&text, 0, value, &data, 3);
	ck_assert_str_eq(buf_text(&text), "hex:0d0000");
	buf_free(&text);
}
END_TEST

/* A message of 3 buffers with so many bytes each. */
static void make(const uint64_t lens[3], const char *bytes, void **data, size_t *size)
{
	struct message_plan plan = {.buffers = 3};
	struct error err;
	int i;

	for (i = 0; i < 3; i++) {
		plan.lens[i] = lens[i];
		plan.total += lens[i];
	}
	plan.bytes = strdup(bytes);
	ck_assert_int_eq(message_make(&plan, data, size, &err), 0);
	message_plan_free(&plan);
}

/* What is not filled does not come back, and a piece that is cut is no message. */
START_TEST(a_piece_may_be_short)
{
	static const uint64_t lens[] = {2, 0, 4};
	struct iovec iov[3];
	struct message message;
	size_t size, at = 0, short_size;
	void *data;

	make(lens, "abcdef", &data, &size);
	ck_assert(message_open(data, size, &at, &message));
	ck_assert_uint_eq(at, size);
	ck_assert(!message_open(data, size, &at, &message));
	ck_assert(message_open(data, size, NULL, &message));
	ck_assert_uint_eq(message_room(&message, 3), 6);
	ck_assert_uint_eq(message_room(&message, 1), 2);
	ck_assert_uint_eq(message_room(&message, -1), 0);
	message_iovec(&message, iov);
	ck_assert_uint_eq(iov[2].iov_len, 4);
	ck_assert_int_eq(memcmp(iov[2].iov_base, "cdef", 4), 0);
	short_size = message_filled(&message, 3);
	ck_assert_uint_lt(short_size, size);
	ck_assert(message_open(data, short_size, NULL, &message));
	ck_assert_uint_eq(message.here, 3);
	ck_assert_uint_eq(message_filled(&message, 100), short_size);
	ck_assert_uint_eq(message_filled(&message, -1), short_size - 3);
	ck_assert(!message_open(data, short_size - 4, NULL, &message));
	ck_assert(!message_open(data, 3, NULL, &message));
	ck_assert(!message_open(NULL, 0, NULL, &message));
	free(data);
}
END_TEST

/* Whatever lengths its control messages claim, nothing beyond them is read. */
START_TEST(lengths_that_are_wrong)
{
	struct message_head head = {.control_room = 48, .control_len = 4000};
	struct cmsghdr first = {.cmsg_len = 1, .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
	unsigned char control[48] = {0};
	struct message message = {.head = &head, .control = control};
	const unsigned char *data;
	struct cmsghdr found;
	size_t at = 0, len;
	int fds[4];

	memcpy(control, &first, sizeof(first));
	/* Less than its own head: it carries nothing, and hides what is behind it. */
	ck_assert(message_control(&message, &at, &found, &data, &len));
	ck_assert_uint_eq(found.cmsg_len, 1);
	ck_assert_uint_eq(len, 0);
	ck_assert(!message_control(&message, &at, &found, &data, &len));
	at = 0;
	first.cmsg_len = SIZE_MAX;
	memcpy(control, &first, sizeof(first));
	ck_assert(message_control(&message, &at, &found, &data, &len));
	ck_assert_uint_eq(len, 48 - CMSG_LEN(0));
	ck_assert(!message_control(&message, &at, &found, &data, &len));
	ck_assert_uint_eq(message_descriptors(&message, fds, 4), 8);
	head.control_len = 15;
	at = 0;
	ck_assert(!message_control(&message, &at, &found, &data, &len));
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("messages");
	TCase *tc = tcase_create("messages");

	tcase_add_test(tc, control_messages_are_taken_apart);
	tcase_add_test(tc, an_offender_of_ipv6);
	tcase_add_test(tc, a_piece_may_be_short);
	tcase_add_test(tc, lengths_that_are_wrong);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
