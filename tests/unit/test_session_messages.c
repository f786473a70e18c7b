/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netinet/in.h>

#include "session_driver.h"

/* Messages: what they bring beside the bytes, and descriptors that are in flight. */

static void says(const char *text)
{
	ck_assert_msg(last()->why && strstr(last()->why, text), "%s: \"%s\" is not in \"%s\"",
		      last()->text, text, last()->why ? last()->why : "(nothing)");
}

static void silent(void)
{
	ck_assert_msg(!last()->why, "%s: \"%s\"", last()->text, last()->why);
}

/* 3 and 4 are a pair; 5 listens, and 6 and 7 are the ends of a connection. */
static void pair_and_connection(void)
{
	ok("socketpair unix");
	gives(5, "srv = socket tcp");
	ok("setsockopt 5 SO_REUSEADDR 1");
	ok("bind 5 $:8080");
	ok("listen 5 5");
	gives(6, "c = socket tcp");
	ok("connect c $:8080");
	gives(7, "a = accept srv");
}

/* So many buffers of a byte each. */
static const char *many(char *line, unsigned count)
{
	char *end = stpcpy(line, "writev 3 [x");

	while (--count)
		end = stpcpy(end, ",x");
	strcpy(end, "]");
	return line;
}

START_TEST(several_buffers_are_one_text)
{
	char line[4096];

	ok("socketpair unix");
	gives(6, "writev 3 \"ab\" \"cd\" \"ef\"");
	silent();
	gives(3, "readv 4 1,2");
	ck_assert_uint_eq(last()->data_len, 3);
	ck_assert_int_eq(memcmp(last()->data, "abc", 3), 0);
	says("3 more wait");
	gives(3, "recvmsg 4 2,4096");
	ck_assert_int_eq(memcmp(last()->data, "def", 3), 0);
	fails(EINVAL, "there are -1 buffers", "writev(3, [\"x\"], -1)");
	fails(EINVAL, "there are 1025 buffers", many(line, 1025));
	gives(1024, many(line, 1024));
}
END_TEST

START_TEST(a_descriptor_in_flight_is_open)
{
	const struct shown *shown;
	size_t count;

	pair_and_connection();
	shown = of_fd(gives(1, "sendmsg 3 \"x\" rights=c"), 6);
	ck_assert_str_eq(state_of(shown), "ESTABLISHED");
	silent();
	ok("close c");
	says("is not closed, and no FIN was sent");
	says("main:4 has 1 descriptor");
	shown = of_role(last(), SHOWN_GHOST);
	ck_assert_str_eq(state_of(shown), "ESTABLISHED");
	ck_assert_int_eq(shown->closed_fd, 6);
	gives(2, "send a \"hi\"");
	/* It comes back under another number: 6 is taken. */
	gives(6, "socket udp");
	gives(1, "back = recvmsg 4");
	says("fd 8 is new here");
	shown = of_fd(last(), 8);
	ck_assert_str_eq(state_of(shown), "ESTABLISHED");
	ck_assert_str_eq(shown->name, "back");
	ck_assert_uint_eq(shown->now.recv_queue, 2);
	gives(2, "recv back 10");
	ck_assert_ptr_nonnull(status_of(8, &count));
	ck_assert_uint_eq(count, 6);
	/* Now it is the last one. */
	ok("close back");
	silent();
	ck_assert_str_eq(state_of(of_fd(last(), 7)), "CLOSE-WAIT");
}
END_TEST

/* No table of the kernel's has it, but its message waits. */
START_TEST(what_is_bound_to_nothing_may_fly)
{
	size_t count;

	ok("socketpair unix");
	gives(5, "t = socket tcp");
	gives(1, "sendmsg 3 \"x\" rights=t");
	ok("close t");
	says("the socket of fd 5 is not closed: ");
	ck_assert(!last()->endpoints[0].gone);
	status_of(3, &count);
	ck_assert_uint_eq(count, 3);
	/* With the queue it goes. */
	ok("close 4");
	status_of(3, &count);
	ck_assert_uint_eq(count, 1);
	/* Not sent, it is gone at once. */
	gives(4, "t = socket tcp");
	ok("close t");
	silent();
	ck_assert(last()->endpoints[0].gone);
}
END_TEST

/* More than a frame reads: all are known, and share one socket. */
START_TEST(many_descriptors_come_at_once)
{
	struct error err = {0};
	struct shown shown;
	int i;

	ok("socketpair unix");
	gives(1, "sendmsg 3 \"x\" rights=3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3");
	gives(1, "recvmsg 4");
	says("descriptors 5, 6, 7, ");
	for (i = 5; i < 29; i++)
		ck_assert_int_eq(session_show(driver.session, i, &shown, &err), 0);
	ck_assert_int_eq(session_show(driver.session, 29, &shown, &err), -1);
	ok("close 3");
	says("fd 5 still leads to this socket");
}
END_TEST

START_TEST(what_does_not_fit_is_lost)
{
	pair_and_connection();
	gives(1, "sendmsg 3 \"x\" rights=a,c");
	gives(1, "recvmsg 4 1 control=20");
	says("fd 8 is new here");
	says("MSG_CTRUNC");
	gives(1, "sendmsg 3 \"x\" rights=c");
	gives(1, "recvmsg 4 1 control=0");
	says("closed by the kernel");
	/* Nothing of c is in flight any more. */
	ok("close c");
	silent();
	ck_assert_str_eq(state_of(of_fd(last(), 7)), "CLOSE-WAIT");
}
END_TEST

START_TEST(only_unix_sockets_pass_them)
{
	pair_and_connection();
	gives(1, "sendmsg c \"x\" rights=3");
	says("fd 6 is TCP (SOCK_STREAM): the kernel has taken the bytes and ignored");
	gives(1, "recvmsg a");
	silent();
	ok("sendmsg 3 rights=c");
	says("with one byte at least");
	ok("close c");
	silent();
	fails(EBADF, "fd 88 is not open", "sendmsg 3 \"x\" rights=srv,88");
	fails(EBADF, "fd 88 is not open", "sendmsg 88 \"x\" rights=srv");
	fails(EINVAL, "a control message is not valid",
	      "sendmsg(3, {msg_iov=[\"x\"], msg_control=[{cmsg_len=3, cmsg_level=SOL_SOCKET, "
	      "cmsg_type=SCM_RIGHTS, cmsg_data=[3]}]}, 0)");
}
END_TEST

START_TEST(several_messages_at_once)
{
	ok("socketpair unix-seqpacket");
	gives(5, "t = socket tcp");
	gives(2, "sendmmsg 3 \"one\" {\"two\" rights=t,t}");
	gives(2, "recvmmsg 4 10 2 10 DONTWAIT");
	ck_assert_uint_eq(last()->message_count, 2);
	/* Two new numbers of one socket. */
	ck_assert_int_eq(of_fd(last(), 5)->also_fd, 6);
	ok("close t");
	ck_assert_int_eq(of_fd(last(), 6)->also_fd, 7);
	fails(EAGAIN, "no datagram has arrived", "recvmmsg 4 10 DONTWAIT");
	fails(EBADF, "fd 99 is not open", "sendmmsg 3 {\"x\" rights=99} {\"x\" rights=6}");
	gives(1, "sendmmsg 3 {\"x\" rights=6} {\"x\" rights=99}");
	says("1 of 2 messages were sent");
}
END_TEST

/* A peek takes nothing, but gives new numbers each time. */
START_TEST(a_peek_gives_descriptors_too)
{
	pair_and_connection();
	gives(1, "sendmsg 3 \"x\" rights=c");
	gives(1, "recvmsg 4 PEEK");
	says("fd 8 is new here");
	ok("close 8");
	ok("close c");
	says("is not closed");
	gives(1, "recvmsg 4");
	says("fd 6 is new here");
}
END_TEST

START_TEST(errors_of_the_network)
{
	gives(3, "u = socket udp");
	ok("bind u $:8081");
	ok("setsockopt u IP_RECVERR 1");
	gives(2, "sendmsg u \"hi\" to=$:8082");
	gives(2, "recvmsg u ERRQUEUE");
	says("this is an error, from the queue of errors");
	says("type 3, code 3");
	ck_assert(!strstr(last()->why, "thrown away"));
	ok("setsockopt u IP_MTU_DISCOVER DO");
	gives(-1, "sendto u 66000*\"x\" $:8082");
	gives(4, "socket udp6");
	ok("setsockopt 4 IPV6_RECVERR 1");
}
END_TEST

START_TEST(the_end_of_records_is_no_empty_record)
{
	ok("socketpair unix-seqpacket");
	ok("send 3 \"\"");
	ok("recvmsg 4");
	says("a datagram without any bytes");
	ok("close 3");
	ok("recvmsg 4");
	says("the end of the stream");
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("session_messages");
	TCase *tc = tcase_create("messages");

	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, start, end);
	tcase_add_test(tc, several_buffers_are_one_text);
	tcase_add_test(tc, a_descriptor_in_flight_is_open);
	tcase_add_test(tc, what_is_bound_to_nothing_may_fly);
	tcase_add_test(tc, many_descriptors_come_at_once);
	tcase_add_test(tc, what_does_not_fit_is_lost);
	tcase_add_test(tc, only_unix_sockets_pass_them);
	tcase_add_test(tc, several_messages_at_once);
	tcase_add_test(tc, a_peek_gives_descriptors_too);
	tcase_add_test(tc, errors_of_the_network);
	tcase_add_test(tc, the_end_of_records_is_no_empty_record);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
