/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libmnl/libmnl.h>

#include "session_driver.h"

/* Dumps of a table, where a look-up of one socket was wanted. */
static int dumps;

ssize_t __real_mnl_socket_sendto(const struct mnl_socket *nl, const void *from, size_t len);
ssize_t __wrap_mnl_socket_sendto(const struct mnl_socket *nl, const void *from, size_t len);

ssize_t __wrap_mnl_socket_sendto(const struct mnl_socket *nl, const void *from, size_t len)
{
	const struct nlmsghdr *request = from;

	dumps += (request->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
	return __real_mnl_socket_sendto(nl, from, len);
}

/* The life cycle of design.md's example, on fds 3, 4 and 5. */
static void listening(void)
{
	gives(3, "srv = socket tcp");
	ok("setsockopt 3 SO_REUSEADDR 1");
	ok("bind 3 $:8080");
	ok("listen 3 2");
}

static void queued(void)
{
	listening();
	gives(4, "c = socket tcp");
	ok("connect c $:8080");
}

static void accepted(void)
{
	queued();
	gives(5, "a = accept 3");
}

START_TEST(a_new_socket)
{
	const struct shown *shown = of_fd(gives(3, "srv = socket tcp"), 3);

	ck_assert_uint_eq(last()->endpoint_count, 1);
	ck_assert_int_eq(shown->role, SHOWN_TOUCHED);
	ck_assert(!shown->known && !shown->changed && !shown->gone && !shown->closed);
	ck_assert_str_eq(shown->process, "main");
	ck_assert_str_eq(shown->name, "srv");
	ck_assert_str_eq(state_of(shown), "CLOSED");
	ck_assert_int_eq(shown->also_fd, -1);
	ck_assert_int_eq(last()->event, STEP_DONE);
	ck_assert_str_eq(last()->text, "socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)");
	ck_assert_str_eq(last()->command, "srv = socket tcp");
	ck_assert_uint_eq(last()->number, 1);
}
END_TEST

START_TEST(bind_changes_the_address)
{
	const struct shown *shown;

	gives(3, "socket tcp");
	shown = of_fd(ok("bind 3 $:8080"), 3);
	ck_assert(shown->known);
	ck_assert_uint_eq(shown->changed, FIELD_LOCAL);
	ck_assert_int_eq(shown->was.local.len, 0);
	ck_assert_int_eq(address_port(&shown->now.local), 8080);
	/* What does not change anything shows what it touched all the same. */
	shown = of_fd(ok("setsockopt 3 SO_KEEPALIVE 1"), 3);
	ck_assert_uint_eq(shown->changed, 0);
}
END_TEST

START_TEST(listen_changes_the_state)
{
	const struct shown *shown;

	listening();
	shown = of_fd(last(), 3);
	ck_assert_str_eq(state_of(shown), "LISTEN");
	ck_assert_int_eq(shown->was.state, STATE_CLOSED);
	ck_assert(shown->changed & FIELD_STATE);
	ck_assert_uint_eq(shown->now.accept_length, 0);
	ck_assert_uint_eq(shown->now.accept_backlog, 2);
}
END_TEST

START_TEST(connect_shows_who_waits)
{
	const struct shown *client, *ghost, *listener;

	queued();
	ck_assert_uint_eq(last()->endpoint_count, 3);
	client = &last()->endpoints[0];
	ghost = &last()->endpoints[1];
	listener = &last()->endpoints[2];
	ck_assert_int_eq(client->role, SHOWN_TOUCHED);
	ck_assert_int_eq(client->fd, 4);
	ck_assert_str_eq(client->name, "c");
	ck_assert_str_eq(state_of(client), "ESTABLISHED");
	ck_assert_int_eq(client->was.state, STATE_CLOSED);
	ck_assert((client->changed & (FIELD_STATE | FIELD_LOCAL | FIELD_PEER)) ==
		  (FIELD_STATE | FIELD_LOCAL | FIELD_PEER));
	ck_assert_int_eq(ghost->role, SHOWN_QUEUED);
	ck_assert_int_eq(ghost->fd, -1);
	ck_assert_int_eq(ghost->queue_of, 3);
	ck_assert(!ghost->known);
	ck_assert_str_eq(state_of(ghost), "ESTABLISHED");
	ck_assert(address_equal(&ghost->now.peer, &client->now.local));
	ck_assert_int_eq(listener->role, SHOWN_LISTENER);
	ck_assert_int_eq(listener->fd, 3);
	ck_assert_uint_eq(listener->changed, FIELD_ACCEPT_QUEUE);
	ck_assert_uint_eq(listener->was.accept_length, 0);
	ck_assert_uint_eq(listener->now.accept_length, 1);
}
END_TEST

START_TEST(accept_gives_the_ghost_a_descriptor)
{
	const struct shown *shown;
	uint64_t cookie;

	queued();
	cookie = of_role(last(), SHOWN_QUEUED)->now.cookie;
	shown = of_fd(gives(5, "a = accept 3"), 5);
	ck_assert_uint_eq(shown->now.cookie, cookie);
	ck_assert(shown->known);
	ck_assert_int_eq(shown->role, SHOWN_TOUCHED);
	ck_assert_int_eq(shown->queue_of, -1);
	ck_assert_str_eq(shown->name, "a");
	ck_assert_str_eq(state_of(shown), "ESTABLISHED");
	shown = of_fd(last(), 3);
	ck_assert_uint_eq(shown->was.accept_length, 1);
	ck_assert_uint_eq(shown->now.accept_length, 0);
	ck_assert_ptr_null(find_role(last(), SHOWN_QUEUED));
}
END_TEST

START_TEST(data_in_the_peer)
{
	const struct shown *peer;

	accepted();
	peer = of_fd(gives(5, "send 4 \"hello\""), 5);
	ck_assert_int_eq(peer->role, SHOWN_PEER);
	ck_assert_uint_eq(peer->changed, FIELD_RECV_QUEUE);
	ck_assert_uint_eq(peer->now.recv_queue, 5);
	ck_assert_uint_eq(of_fd(last(), 4)->now.send_queue, 0);
	gives(5, "recv 5 100");
	ck_assert_uint_eq(last()->data_len, 5);
	ck_assert_mem_eq(last()->data, "hello", 5);
	ck_assert_mem_eq(session_last(driver.session)->data, "hello", 5);
	ck_assert_uint_eq(of_fd(last(), 5)->was.recv_queue, 5);
	ck_assert_uint_eq(of_fd(last(), 5)->now.recv_queue, 0);
}
END_TEST

/* Its data waits with it, before anybody has accepted it. */
START_TEST(data_in_the_queue)
{
	queued();
	gives(3, "send 4 \"abc\"");
	ck_assert_uint_eq(of_role(last(), SHOWN_QUEUED)->now.recv_queue, 3);
	gives(5, "accept 3");
	ck_assert_uint_eq(of_fd(last(), 5)->now.recv_queue, 3);
	gives(3, "recv 5");
}
END_TEST

START_TEST(close_leaves_a_ghost)
{
	const struct shown *ghost, *peer;

	accepted();
	ok("close 4");
	ghost = &last()->endpoints[0];
	ck_assert_int_eq(ghost->fd, -1);
	ck_assert_int_eq(ghost->closed_fd, 4);
	ck_assert_int_eq(ghost->role, SHOWN_GHOST);
	ck_assert(ghost->closed && !ghost->gone);
	ck_assert_str_eq(state_of(ghost), "FIN-WAIT-2");
	ck_assert_int_eq(ghost->was.state, STATE_ESTABLISHED);
	peer = of_fd(last(), 5);
	ck_assert_int_eq(peer->role, SHOWN_PEER);
	ck_assert_str_eq(state_of(peer), "CLOSE-WAIT");
	ck_assert_int_eq(peer->was.state, STATE_ESTABLISHED);
}
END_TEST

START_TEST(the_second_close_ends_in_time_wait)
{
	const struct shown *ghost;
	size_t count;

	accepted();
	ok("close 4");
	ok("close 5");
	ck_assert_int_eq(last()->endpoints[0].closed_fd, 5);
	ck_assert(last()->endpoints[0].gone);
	ghost = &last()->endpoints[1];
	ck_assert_int_eq(ghost->role, SHOWN_GHOST);
	ck_assert_int_eq(ghost->closed_fd, 4);
	ck_assert_str_eq(state_of(ghost), "TIME-WAIT");
	ck_assert_int_eq(ghost->was.state, STATE_FIN_WAIT_2);
	ck_assert_uint_gt(ghost->now.timer.expires_ms, 0);
	status_of(3, &count);
	ck_assert_uint_eq(count, 2);
	ok("getsockname 3");
	ck_assert_uint_eq(last()->endpoint_count, 1);
}
END_TEST

START_TEST(shutdown_leaves_time_wait_beside_its_descriptor)
{
	const struct shown *ghost;
	size_t count;

	accepted();
	ok("shutdown 4 WR");
	ck_assert_str_eq(state_of(of_fd(last(), 4)), "FIN-WAIT-2");
	ok("shutdown 5 WR");
	ck_assert_str_eq(state_of(of_fd(last(), 5)), "CLOSED");
	ck_assert_str_eq(state_of(of_fd(last(), 4)), "CLOSED");
	ghost = of_role(last(), SHOWN_GHOST);
	ck_assert_int_eq(ghost->fd, -1);
	ck_assert_str_eq(state_of(ghost), "TIME-WAIT");
	/* Closing what is closed leaves the other of the two objects. */
	ok("close 4");
	ck_assert_int_eq(last()->endpoints[0].closed_fd, 4);
	ck_assert(last()->endpoints[0].gone);
	ghost = of_role(last(), SHOWN_GHOST);
	ck_assert_int_eq(ghost->fd, -1);
	status_of(3, &count);
	ck_assert_uint_eq(count, 3);
}
END_TEST

START_TEST(a_half_closed_connection_still_carries)
{
	accepted();
	ok("shutdown 4 WR");
	gives(3, "send 5 \"bye\"");
	gives(3, "recv 4 10");
	gives(0, "recv 5 10");
	ck_assert_str_eq(state_of(of_fd(last(), 5)), "CLOSE-WAIT");
}
END_TEST

START_TEST(closing_a_listener_resets_its_queue)
{
	const struct shown *shown;

	queued();
	ok("close 3");
	shown = &last()->endpoints[0];
	ck_assert_int_eq(shown->closed_fd, 3);
	ck_assert(shown->gone && shown->closed);
	shown = of_fd(last(), 4);
	ck_assert_int_eq(shown->role, SHOWN_PEER);
	ck_assert_str_eq(state_of(shown), "CLOSED");
	ck_assert_int_eq(shown->was.state, STATE_ESTABLISHED);
	gives(-1, "recv 4 10");
	ck_assert_int_eq(last()->error, ECONNRESET);
}
END_TEST

/* Its address is the listener's, which a look-up finds. */
START_TEST(what_a_reset_has_closed_is_not_searched_for)
{
	accepted();
	ok("setsockopt 4 SO_LINGER {1, 0}");
	dumps = 0;
	ok("close 4");
	ck_assert_str_eq(state_of(of_fd(last(), 5)), "CLOSED");
	gives(-1, "recv 5 10");
	ok("close 5");
	ck_assert_int_eq(dumps, 0);
}
END_TEST

/* The kernel spreads connections among the listeners; one after another is asked for its own. */
START_TEST(a_child_waits_in_the_queue_that_the_kernel_chose)
{
	int i, first = 0, second = 0;

	gives(3, "p = socket tcp");
	ok("setsockopt 3 SO_REUSEPORT 1");
	ok("bind 3 $:8081");
	ok("listen 3 20");
	gives(4, "q = socket tcp");
	ok("setsockopt 4 SO_REUSEPORT 1");
	ok("bind 4 $:8081");
	ok("listen 4 20");
	for (i = 0; i < 16; i++) {
		const struct shown *child, *listener;

		gives(5 + i, "c = socket tcp");
		ok("connect . $:8081");
		child = of_role(last(), SHOWN_QUEUED);
		ck_assert(child->queue_of == 3 || child->queue_of == 4);
		first += child->queue_of == 3;
		second += child->queue_of == 4;
		listener = of_role(last(), SHOWN_LISTENER);
		ck_assert_int_eq(listener->fd, child->queue_of);
		ck_assert_int_eq((int)listener->now.accept_length,
				 child->queue_of == 3 ? first : second);
	}
	/* All in one of them: once in 32,768 times. */
	ck_assert_int_gt(first, 0);
	ck_assert_int_gt(second, 0);
}
END_TEST

START_TEST(an_abandoned_connection_waits_on)
{
	const struct shown *ghost;

	queued();
	ok("close 4");
	ghost = of_role(last(), SHOWN_QUEUED);
	ck_assert_int_eq(ghost->queue_of, 3);
	ck_assert_str_eq(state_of(ghost), "CLOSE-WAIT");
	gives(4, "accept 3");
	ck_assert_str_eq(state_of(of_fd(last(), 4)), "CLOSE-WAIT");
	gives(0, "recv 4 10");
}
END_TEST

START_TEST(two_in_the_queue)
{
	const struct shown *listener;
	struct address first;

	queued();
	gives(5, "d = socket tcp");
	ok("connect d $:8080");
	listener = of_fd(last(), 3);
	ck_assert_uint_eq(listener->was.accept_length, 1);
	ck_assert_uint_eq(listener->now.accept_length, 2);
	first = of_fd(ok("getsockname 4"), 4)->now.local;
	gives(6, "accept 3");
	ck_assert(address_equal(&of_fd(last(), 6)->now.peer, &first));
}
END_TEST

START_TEST(udp_peers)
{
	const struct shown *shown;

	gives(3, "socket udp");
	ok("bind 3 $:5000");
	gives(4, "socket udp");
	gives(3, "sendto 4 \"abc\" 3 0 $:5000");
	shown = of_fd(last(), 3);
	ck_assert_int_eq(shown->role, SHOWN_PEER);
	ck_assert(shown->changed & FIELD_RECV_QUEUE);
	ck_assert_str_eq(state_of(of_fd(last(), 4)), "UNCONNECTED");
	ok("connect 4 $:5000");
	ck_assert_str_eq(state_of(of_fd(last(), 4)), "CONNECTED");
	gives(3, "recvfrom 3 10");
	ck_assert_mem_eq(last()->data, "abc", 3);
}
END_TEST

START_TEST(unix_pair)
{
	ok("socketpair unix");
	ck_assert_uint_eq(last()->endpoint_count, 2);
	ck_assert_str_eq(state_of(of_fd(last(), 3)), "CONNECTED");
	gives(2, "write 3 \"hi\"");
	ck_assert_int_eq(of_fd(last(), 4)->role, SHOWN_PEER);
	ck_assert_uint_gt(of_fd(last(), 4)->now.recv_queue, 0);
	ok("close 4");
	ck_assert_int_eq(of_fd(last(), 3)->role, SHOWN_PEER);
}
END_TEST

START_TEST(ipv6)
{
	run("socket tcp6");
	if (last()->result < 0 || run("bind 3 [::1]:0") != RUN_RETURNED || last()->result < 0)
		return; /* a machine without IPv6 */
	ok("listen 3");
	ck_assert_str_eq(state_of(of_fd(last(), 3)), "LISTEN");
	ck_assert_int_eq(of_fd(last(), 3)->now.family, AF_INET6);
}
END_TEST

static Suite *session_suite(void)
{
	Suite *suite = suite_create("session");
	TCase *tests = tcase_create("tcp");

	tcase_add_checked_fixture(tests, start, end);
	tcase_set_timeout(tests, 40);
	tcase_add_test(tests, a_new_socket);
	tcase_add_test(tests, bind_changes_the_address);
	tcase_add_test(tests, listen_changes_the_state);
	tcase_add_test(tests, connect_shows_who_waits);
	tcase_add_test(tests, accept_gives_the_ghost_a_descriptor);
	tcase_add_test(tests, data_in_the_peer);
	tcase_add_test(tests, data_in_the_queue);
	tcase_add_test(tests, close_leaves_a_ghost);
	tcase_add_test(tests, the_second_close_ends_in_time_wait);
	tcase_add_test(tests, shutdown_leaves_time_wait_beside_its_descriptor);
	tcase_add_test(tests, a_half_closed_connection_still_carries);
	tcase_add_test(tests, closing_a_listener_resets_its_queue);
	tcase_add_test(tests, what_a_reset_has_closed_is_not_searched_for);
	tcase_add_test(tests, a_child_waits_in_the_queue_that_the_kernel_chose);
	tcase_add_test(tests, an_abandoned_connection_waits_on);
	tcase_add_test(tests, two_in_the_queue);
	suite_add_tcase(suite, tests);

	tests = tcase_create("others");
	tcase_add_checked_fixture(tests, start, end);
	tcase_set_timeout(tests, 40);
	tcase_add_test(tests, udp_peers);
	tcase_add_test(tests, unix_pair);
	tcase_add_test(tests, ipv6);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return unit_main(session_suite());
}
