/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>

#include "session_driver.h"

/* For the paths of UNIX sockets, of the test's own. */
static char directory[64];

static void start_in_directory(void)
{
	strcpy(directory, "/tmp/sockstep-why-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(directory));
	start();
}

static void end_in_directory(void)
{
	char path[80];

	end();
	snprintf(path, sizeof(path), "%s/s", directory);
	unlink(path);
	ck_assert_int_eq(rmdir(directory), 0);
}

/* A line with the directory in place of %s. */
__attribute__((format_arg(1))) static const char *with_path(const char *format)
{
	static char line[256];

	snprintf(line, sizeof(line), format, directory);
	return line;
}

static void listening(void)
{
	gives(3, "srv = socket tcp");
	ok("setsockopt 3 SO_REUSEADDR 1");
	ok("bind 3 $:8080");
	ok("listen 3 5");
}

static void connected(void)
{
	listening();
	gives(4, "c = socket tcp");
	ok("connect c $:8080");
	gives(5, "a = accept srv");
}

/* More of the last step's explanation. */
static void and_says(const char *text)
{
	ck_assert_msg(strstr(last()->why, text) != NULL, "\"%s\" is not in \"%s\"", text,
		      last()->why);
}

START_TEST(in_use_by_a_listener)
{
	listening();
	gives(4, "socket tcp");
	fails(EADDRINUSE, "fd 3 (srv), which listens", "bind 4 $:8080");
	and_says(driver.host);
	/* The unspecified address collides with all: on the machine's network with others', too. */
	if (driver.private_network)
		fails(EADDRINUSE, "fd 3 (srv), which listens", "bind 4 *:8080");
}
END_TEST

START_TEST(in_use_by_a_bound_socket)
{
	gives(3, "socket tcp");
	ok("bind 3 $:8080");
	gives(4, "socket tcp");
	fails(EADDRINUSE, "held by fd 3, which is bound and does not listen", "bind 4 $:8080");
	gives(5, "socket udp");
	ok("bind 5 $:8080");
	gives(6, "socket udp");
	fails(EADDRINUSE, "held by fd 5, which is bound", "bind 6 $:8080");
}
END_TEST

/* Who takes IPv6 alone is not in the way of IPv4, and the other way round. */
START_TEST(in_use_by_one_of_two_families)
{
	if (!driver.private_network)
		return;
	gives(3, "six = socket tcp6");
	ok("setsockopt 3 IPV6_V6ONLY 1; bind 3 [::]:8080; listen 3");
	gives(4, "four = socket tcp");
	ok("bind 4 0.0.0.0:8080");
	gives(5, "socket tcp");
	fails(EADDRINUSE, "held by fd 4 (four), which is bound", "bind 5 0.0.0.0:8080");
	gives(6, "socket tcp6");
	ok("setsockopt 6 IPV6_V6ONLY 1");
	fails(EADDRINUSE, "held by fd 3 (six), which listens", "bind 6 [::]:8080");
	ok("close 3; listen 4");
	gives(3, "socket tcp6");
	fails(EADDRINUSE, "held by fd 4 (four), which listens", "bind 3 [::]:8080");
}
END_TEST

START_TEST(in_use_when_it_should_listen)
{
	gives(3, "socket tcp");
	gives(4, "socket tcp");
	ok("setsockopt 3 SO_REUSEADDR 1");
	ok("setsockopt 4 SO_REUSEADDR 1");
	ok("bind 3 $:8080");
	ok("bind 4 $:8080");
	ok("listen 3");
	fails(EADDRINUSE, "fd 3, which listens", "listen 4");
}
END_TEST

START_TEST(in_use_by_time_wait)
{
	connected();
	/* The server closes first: its port is what stays in TIME-WAIT. */
	ok("close 5");
	ok("close 4");
	ok("close 3");
	gives(3, "socket tcp");
	fails(EADDRINUSE, "TIME-WAIT", "bind 3 $:8080");
	and_says("SO_REUSEADDR");
	and_says(" s more");
	ok("setsockopt 3 SO_REUSEADDR 1");
	ok("bind 3 $:8080");
}
END_TEST

START_TEST(in_use_by_a_connection)
{
	connected();
	ok("close 3");
	gives(3, "socket tcp");
	fails(EADDRINUSE, "in state ESTABLISHED of fd 5 (a)", "bind 3 $:8080");
}
END_TEST

START_TEST(in_use_by_another_program)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(8081)};
	char pid[32];
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	ck_assert_int_eq(inet_pton(AF_INET, driver.host, &address.sin_addr), 1);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	ck_assert_int_eq(listen(fd, 1), 0);
	gives(3, "socket tcp");
	fails(EADDRINUSE, "another program, ", "bind 3 $:8081");
	snprintf(pid, sizeof(pid), "(process %d)", (int)getpid());
	and_says(pid);
	close(fd);
}
END_TEST

START_TEST(in_use_by_a_unix_socket)
{
	gives(3, "x = socket unix");
	ok(with_path("bind 3 unix:%s/s"));
	gives(4, "socket unix");
	fails(EADDRINUSE, "held by fd 3 (x)", with_path("bind 4 unix:%s/s"));
	/* The socket goes, its file stays. */
	ok("close 3");
	fails(EADDRINUSE, "close does not remove the file", with_path("bind 4 unix:%s/s"));
}
END_TEST

START_TEST(bound_twice)
{
	gives(3, "socket tcp");
	ok("bind 3 $:8080");
	fails(EINVAL, "already bound, to ", "bind 3 $:9090");
	and_says(":8080; a socket is bound once");
}
END_TEST

START_TEST(accept_without_listen)
{
	gives(3, "socket tcp");
	fails(EINVAL, "fd 3 does not listen (its state is CLOSED)", "accept 3");
	fails(EINVAL, "fd 3 does not listen (its state is CLOSED)", "accept4 3 NONBLOCK");
	ok("listen 3");
	gives(4, "socket tcp");
	fails(EISCONN, "fd 3 is a listener", "connect 3 $:8080");
}
END_TEST

START_TEST(listen_on_a_connection)
{
	connected();
	fails(EINVAL, "fd 4 is connected", "listen 4");
}
END_TEST

START_TEST(refused_by_nobody)
{
	gives(3, "socket tcp");
	fails(ECONNREFUSED, "no socket listens on ", "connect 3 $:7999");
	and_says(":7999");
	and_says("RST");
}
END_TEST

START_TEST(refused_since_it_is_bound_only)
{
	gives(3, "socket tcp");
	ok("bind 3 $:8080");
	gives(4, "socket tcp");
	fails(ECONNREFUSED, "fd 3 is bound to that address, but does not listen",
	      "connect 4 $:8080");
}
END_TEST

START_TEST(refused_there_but_not_elsewhere)
{
	listening();
	gives(4, "socket tcp");
	fails(ECONNREFUSED, "there is only fd 3 (srv), listening on ", "connect 4 127.0.0.77:8080");
	and_says(driver.host);
}
END_TEST

START_TEST(refused_by_unix)
{
	gives(3, "socket unix");
	ok(with_path("bind 3 unix:%s/s"));
	gives(4, "socket unix");
	fails(ECONNREFUSED, "fd 3 is bound to that address, but does not listen",
	      with_path("connect 4 unix:%s/s"));
	ok("close 3");
	fails(ECONNREFUSED, "exists, but no socket is bound to it any more",
	      with_path("connect 4 unix:%s/s"));
	fails(ECONNREFUSED, "no socket is bound to unix:@sockstep-nobody",
	      "connect 4 unix:@sockstep-nobody");
	fails(ENOENT, "does not exist", with_path("connect 4 unix:%s/none"));
}
END_TEST

START_TEST(refused_datagram)
{
	gives(3, "socket udp");
	ok("connect 3 $:7999");
	gives(1, "send 3 \"x\"");
	fails(ECONNREFUSED, "send(3, \"x\", 1, 0), in step 3, reached ", "recv 3 10");
	and_says(":7999, where no socket has that port");
}
END_TEST

START_TEST(reset_with_unread_data)
{
	connected();
	gives(5, "send 4 \"hello\"");
	ok("close 5");
	fails(ECONNRESET, "fd 5, was closed while 5 bytes lay unread", "recv 4 10");
}
END_TEST

START_TEST(reset_by_linger)
{
	connected();
	ok("setsockopt 5 SO_LINGER {1, 0}");
	ok("close 5");
	fails(ECONNRESET, "which was fd 5, sent a reset", "recv 4 10");
}
END_TEST

START_TEST(pipe_never_connected)
{
	gives(3, "socket tcp");
	fails(EPIPE, "fd 3 was never connected", "send 3 \"x\"");
	ok("listen 3");
	fails(EPIPE, "fd 3 is a listener", "send 3 \"x\"");
}
END_TEST

START_TEST(pipe_after_a_reset)
{
	connected();
	ok("close 5");
	/* The first one is taken; the other end answers it with a reset. */
	gives(1, "send 4 \"x\"");
	fails(EPIPE, "with a reset (RST)", "send 4 \"y\"");
	and_says("fd 5, the other end, was closed");
	fails(EPIPE, "with a reset (RST)", "send 4 \"y\" 1 NOSIGNAL");
}
END_TEST

START_TEST(pipe_after_shutdown)
{
	connected();
	ok("shutdown 4 WR");
	fails(EPIPE, "sending direction of fd 4 was ended here", "send 4 \"x\"");
}
END_TEST

START_TEST(not_connected)
{
	gives(3, "socket tcp");
	fails(ENOTCONN, "fd 3 is not connected (its state is CLOSED)", "recv 3 10");
	fails(ENOTCONN, "connect it first", "getpeername 3");
	ok("listen 3");
	fails(ENOTCONN, "fd 3 is a listener", "recv 3 10");
	gives(4, "socket udp");
	fails(ENOTCONN, "fd 4 is not connected (its state is UNCONNECTED)", "getpeername 4");
}
END_TEST

START_TEST(not_connected_any_more)
{
	connected();
	ok("setsockopt 5 SO_LINGER {1, 0}");
	ok("close 5");
	fails(ECONNRESET, "reset", "recv 4 10");
	fails(ENOTCONN, "the connection of fd 4 is over: its other end, fd 5,", "getpeername 4");
}
END_TEST

START_TEST(connected_already)
{
	connected();
	fails(EISCONN, "fd 4 is already connected, to ", "connect 4 $:8080");
	and_says(":8080. A TCP socket connects once");
}
END_TEST

START_TEST(again)
{
	int i;

	connected();
	ok("fcntl 3 F_SETFL O_NONBLOCK");
	fails(EAGAIN, "the accept queue of fd 3 is empty", "accept 3");
	fails(EAGAIN, "nothing has arrived on fd 5", "recv 5 10 DONTWAIT");
	/* The buffers grow for a while, and what is on its way makes room again. */
	for (i = 0; i < 1000 && (!i || last()->result > 0); i++)
		run("send 4 8M*\"x\" DONTWAIT");
	ck_assert_int_eq(last()->error, EAGAIN);
	ck_assert_ptr_nonnull(strstr(last()->why, "the send buffer of fd 4 is full"));
	ck_assert_ptr_null(strstr(last()->why, "(0 bytes"));
}
END_TEST

START_TEST(again_on_unix)
{
	gives(3, "socket unix");
	ok(with_path("bind 3 unix:%s/s"));
	ok("listen 3 0");
	gives(4, "socket unix");
	ok(with_path("connect 4 unix:%s/s"));
	gives(5, "socket unix");
	ok("fcntl 5 F_SETFL O_NONBLOCK");
	fails(EAGAIN, "accept queue is full", with_path("connect 5 unix:%s/s"));
}
END_TEST

START_TEST(bad_descriptor)
{
	gives(3, "socket tcp");
	gives(4, "dup 3");
	ok("close 3");
	fails(EBADF, "fd 3 is not open in this process. Open are: 0, 1, 2, 4.", "listen 3");
	fails(EBADF, "fd 3 is not open", "close 3");
	fails(ENOTSOCK, "fd 0 is open, but it is not a socket", "listen 0");
}
END_TEST

START_TEST(nothing_to_explain)
{
	size_t i;

	connected();
	gives(5, "send 4 \"hello\"");
	gives(5, "recv 5 100");
	for (i = 0; i < driver.count; i++)
		ck_assert_ptr_null(step_back(i)->why);
}
END_TEST

/* A path of a socket is short, but a link may lead anywhere. */
START_TEST(name_too_long)
{
	char link[80], target[301];
	const struct step *step;

	snprintf(link, sizeof(link), "%s/s", directory);
	memset(target, 'x', sizeof(target) - 1);
	target[sizeof(target) - 1] = '\0';
	ck_assert_int_eq(symlink(target, link), 0);
	gives(3, "socket unix");
	fails(ENAMETOOLONG, "is too long", with_path("connect 3 unix:%s/s"));
	step = gives(-1, with_path("bind 3 unix:%s/s/x"));
	ck_assert_int_eq(step->error, ENAMETOOLONG);
	ck_assert_ptr_nonnull(strstr(step->why, "is too long"));
}
END_TEST

/* A socket's own memory is bounded (net.core.optmem_max), and each membership takes some. */
START_TEST(no_memory)
{
	char line[100];
	int i;

	gives(3, "socket udp6");
	for (i = 1; i < 0x10000; i++) {
		snprintf(line, sizeof(line),
			 "setsockopt 3 IPV6_ADD_MEMBERSHIP group=ff02::%x interface=lo", i);
		ck_assert_int_eq(run(line), RUN_RETURNED);
		if (last()->result < 0)
			break;
	}
	ck_assert_int_eq(last()->error, ENOMEM);
	ck_assert_ptr_nonnull(strstr(last()->why, "all the memory that it may"));
}
END_TEST

static Suite *why_suite(void)
{
	Suite *suite = suite_create("session_why");
	TCase *tests = tcase_create("why");

	tcase_add_checked_fixture(tests, start_in_directory, end_in_directory);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, in_use_by_a_listener);
	tcase_add_test(tests, in_use_by_a_bound_socket);
	tcase_add_test(tests, in_use_by_one_of_two_families);
	tcase_add_test(tests, in_use_when_it_should_listen);
	tcase_add_test(tests, in_use_by_time_wait);
	tcase_add_test(tests, in_use_by_a_connection);
	tcase_add_test(tests, in_use_by_another_program);
	tcase_add_test(tests, in_use_by_a_unix_socket);
	tcase_add_test(tests, bound_twice);
	tcase_add_test(tests, accept_without_listen);
	tcase_add_test(tests, listen_on_a_connection);
	tcase_add_test(tests, refused_by_nobody);
	tcase_add_test(tests, refused_since_it_is_bound_only);
	tcase_add_test(tests, refused_there_but_not_elsewhere);
	tcase_add_test(tests, refused_by_unix);
	tcase_add_test(tests, refused_datagram);
	tcase_add_test(tests, reset_with_unread_data);
	tcase_add_test(tests, reset_by_linger);
	tcase_add_test(tests, pipe_never_connected);
	tcase_add_test(tests, pipe_after_a_reset);
	tcase_add_test(tests, pipe_after_shutdown);
	tcase_add_test(tests, not_connected);
	tcase_add_test(tests, not_connected_any_more);
	tcase_add_test(tests, connected_already);
	tcase_add_test(tests, again);
	tcase_add_test(tests, again_on_unix);
	tcase_add_test(tests, bad_descriptor);
	tcase_add_test(tests, nothing_to_explain);
	tcase_add_test(tests, name_too_long);
	tcase_add_test(tests, no_memory);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return unit_main(why_suite());
}
