/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/stream.h"
#include <arpa/inet.h>

#include "session_driver.h"

/* For the paths of UNIX sockets, of the test's own. */
static char directory[64];

static void start_in_directory(void)
{
	strcpy(directory, "/tmp/sockstep-surprise-XXXXXX");
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

/* The last step's explanation holds this. */
static void says(const char *text)
{
	ck_assert_msg(last()->why && strstr(last()->why, text), "\"%s\" is not in \"%s\"", text,
		      last()->why ? last()->why : "(nothing)");
}

static void says_no(const char *text)
{
	ck_assert_msg(!last()->why || !strstr(last()->why, text), "\"%s\" is in \"%s\"", text,
		      last()->why);
}

/* The last step is as everyone expects. */
static void silent(void)
{
	ck_assert_msg(!last()->why, "%s: \"%s\"", last()->text, last()->why);
}

static void listening(const char *backlog)
{
	char line[32];

	gives(3, "srv = socket tcp");
	ok("setsockopt 3 SO_REUSEADDR 1");
	silent();
	ok("bind 3 $:8080");
	silent();
	snprintf(line, sizeof(line), "listen 3 %s", backlog);
	ok(line);
	silent();
}

static void connected(void)
{
	listening("5");
	gives(4, "c = socket tcp");
	ok("connect c $:8080");
	silent();
	gives(5, "a = accept srv");
	silent();
}

static void datagrams(void)
{
	gives(3, "u = socket udp");
	ok("bind u $:8080");
	silent();
	gives(4, "s = socket udp");
}

START_TEST(several_sends_in_one_recv)
{
	connected();
	gives(3, "send c \"AAA\"");
	silent();
	gives(3, "recv a 100");
	silent();
	gives(3, "send c \"AAA\"");
	gives(3, "send c \"BBB\"");
	gives(1, "send c \"C\"");
	gives(7, "recv a 100 PEEK");
	silent();
	gives(7, "recv a 100");
	says("from 3 sends");
	/* Parts of two, and what is left of the second. */
	gives(3, "send c \"AAA\"");
	gives(3, "send c \"BBB\"");
	gives(4, "recv a 4");
	says("from 2 sends: a stream keeps no boundary between them. 2 more wait");
	gives(2, "recv a 4");
	silent();
	/* The other direction is another stream. */
	gives(1, "send a \"x\"");
	gives(1, "send a \"y\"");
	gives(2, "recv c 100");
	says("from 2 sends");
}
END_TEST

START_TEST(several_sends_after_the_end)
{
	connected();
	gives(3, "send c \"AAA\"");
	gives(3, "send c \"BBB\"");
	ok("close c");
	gives(6, "recv a 100");
	says("from 2 sends");
	gives(0, "recv a 100");
	says("0 is the end of the stream");
}
END_TEST

START_TEST(several_sends_on_unix)
{
	ok("socketpair unix");
	gives(3, "send 3 \"AAA\"");
	gives(3, "send 3 \"BBB\"");
	gives(6, "recv 4 100");
	says("from 2 sends");
	ok("socketpair unix-seqpacket");
	gives(3, "send 5 \"AAA\"");
	gives(3, "send 5 \"BBB\"");
	gives(3, "recv 6 100");
	silent();
}
END_TEST

/* With more than the session keeps track of, it claims nothing, and finds its way again. */
START_TEST(more_sends_than_are_kept)
{
	int i;

	connected();
	for (i = 0; i <= STREAM_SENDS; i++)
		gives(1, "send c \"x\"");
	gives(STREAM_SENDS + 1, "recv a 100");
	silent();
	gives(1, "send c \"x\"");
	gives(1, "send c \"x\"");
	gives(2, "recv a 100");
	says("from 2 sends");
}
END_TEST

/* The urgent byte leaves the stream. */
START_TEST(an_urgent_byte)
{
	connected();
	gives(2, "send c \"ab\"");
	gives(1, "send c \"!\" 1 OOB");
	gives(2, "recv a 100");
	says_no("sends");
	gives(1, "recv a 100 OOB");
	gives(1, "send c \"c\"");
	gives(1, "send c \"d\"");
	gives(2, "recv a 100");
	says("from 2 sends");
}
END_TEST

START_TEST(the_rest_waits)
{
	connected();
	gives(6, "send c \"AAABBB\"");
	gives(2, "recv a 2");
	says("4 more wait in the receive queue");
	says_no("sends");
	gives(4, "recv a 4");
	silent();
	/* The FIN is nothing that waits. */
	gives(2, "send c \"AB\"");
	ok("shutdown c WR");
	gives(2, "recv a 2");
	silent();
}
END_TEST

START_TEST(the_end_of_a_stream)
{
	connected();
	ok("shutdown c WR");
	says("only the sending direction has ended");
	says("fd 4 can still receive");
	gives(0, "recv a 10");
	says("0 is the end of the stream");
	says_no("does not exist");
	/* To ask for nothing is to get nothing. */
	gives(0, "recv a 0");
	says("no bytes were asked for");
	/* Here both directions have ended. */
	ok("shutdown a WR");
	silent();
}
END_TEST

START_TEST(no_end_of_a_stream)
{
	connected();
	ok("shutdown c RD");
	silent();
	gives(0, "recv c 10");
	says("fd 4 was shut down for reading");
	ok("setsockopt a SO_LINGER {1, 0}");
	silent();
	ok("close a");
	says("SO_LINGER with 0 seconds makes close a reset (RST)");
	fails(ECONNRESET, "reset", "recv c 10");
	gives(0, "recv c 10");
	says("not the end of a stream");
}
END_TEST

START_TEST(the_end_of_both_directions)
{
	connected();
	gives(1, "send c \"x\"");
	gives(1, "recv a 10");
	ok("close c");
	ok("shutdown a WR");
	gives(0, "recv a 10");
	says("0 is the end of the stream");
}
END_TEST

START_TEST(the_end_on_unix)
{
	ok("socketpair unix");
	ok("shutdown 3 WR");
	says("fd 3 can still receive");
	gives(0, "recv 4 10");
	says("the other end was closed or shut down");
	ok("shutdown 4 WR");
	silent();
}
END_TEST

/* CLOSE-WAIT outlives the other end. */
START_TEST(alone)
{
	connected();
	ok("setsockopt c TCP_LINGER2 1");
	ok("close c");
	gives(0, "recv a 10");
	says_no("does not exist");
	ck_assert_int_eq(session_sleep(driver.session, 2000000), RUN_RETURNED);
	gives(0, "recv a 10");
	says("The other end does not exist any more");
	says("fd 5 stays in it until it is closed");
}
END_TEST

START_TEST(a_short_send)
{
	long sent;
	char left[32];

	connected();
	run("send c 64M*\"x\" DONTWAIT");
	sent = last()->result;
	ck_assert_int_gt(sent, 0);
	says("took only a part");
	snprintf(left, sizeof(left), "and %ld bytes", 64 * 1024 * 1024 - sent);
	says(left);
}
END_TEST

START_TEST(sent_before_accept)
{
	listening("5");
	gives(4, "c = socket tcp");
	ok("connect c $:8080");
	gives(1, "send c \"x\"");
	says("accept on fd 3 has not taken this connection yet");
	gives(5, "accept 3");
	gives(1, "send c \"y\"");
	silent();
	gives(2, "recv 5 10");
	says("from 2 sends");
}
END_TEST

START_TEST(sent_before_accept_on_unix)
{
	gives(3, "socket unix");
	ok("bind 3 unix:@sockstep-surprise");
	ok("listen 3");
	gives(4, "socket unix");
	ok("connect 4 unix:@sockstep-surprise");
	gives(5, "accept 3");
	gives(1, "send 4 \"y\"");
	silent();
	gives(1, "recv 5 10");
	silent();
}
END_TEST

START_TEST(sent_to_nobody)
{
	connected();
	ok("close a");
	gives(1, "send c \"x\"");
	says("the answer was a reset (RST). The next send fails with EPIPE");
	fails(EPIPE, "reset", "send c \"y\"");
}
END_TEST

START_TEST(held_back_by_cork)
{
	connected();
	ok("setsockopt c TCP_CORK 1");
	gives(3, "send c \"abc\"");
	says("bytes are held back (3): TCP_CORK");
	ok("setsockopt c TCP_CORK 0");
	gives(3, "send c \"def\"");
	says_no("CORK");
}
END_TEST

START_TEST(a_cut_datagram)
{
	datagrams();
	ok("connect s $:8080");
	gives(10, "send s \"0123456789\"");
	silent();
	gives(4, "recv u 4 PEEK");
	silent();
	gives(4, "recv u 4");
	says("its last 6 bytes are lost");
	gives(10, "send s \"0123456789\"");
	gives(10, "recv u 10");
	silent();
	gives(10, "send s \"0123456789\"");
	gives(10, "recv u 4 TRUNC");
	says("with MSG_TRUNC the result is the length of the whole datagram: its last 6 bytes");
}
END_TEST

START_TEST(an_empty_datagram)
{
	datagrams();
	gives(0, "sendto s \"\" 0 0 $:8080");
	says("the kernel chose port ");
	gives(0, "recv u 10");
	says("a datagram without any bytes");
}
END_TEST

START_TEST(a_chosen_port)
{
	datagrams();
	gives(1, "sendto s \"x\" $:8080");
	says("fd 4 was not bound: the kernel chose port ");
	says_no("lost");
	gives(1, "sendto s \"x\" $:8080");
	silent();
	gives(1, "sendto u \"x\" $:8080");
	silent();
}
END_TEST

START_TEST(a_dropped_datagram)
{
	datagrams();
	ok("setsockopt u SO_RCVBUF 1");
	says("less than the kernel's least: it keeps ");
	ok("connect s $:8080");
	gives(10000, "send s 10000*\"x\"");
	silent();
	gives(10000, "send s 10000*\"x\"");
	says("fd 3 has no room for it in its receive buffer: this datagram was dropped (1 so far)");
	gives(10000, "recv u 10000");
	gives(10000, "send s 10000*\"x\"");
	silent();
}
END_TEST

START_TEST(silence)
{
	gives(3, "socket udp");
	ok("bind 3 $:8080");
	gives(1, "sendto 3 \"x\" $:7999");
	says(":7999 has no socket that receives: the datagram is lost");
	says("fd 3 is not told, since it is not connected");
	gives(1, "sendto 3 \"x\" $:8080");
	silent();
	/* Nobody can say who got it. */
	ok("setsockopt 3 SO_BROADCAST 1");
	gives(1, "sendto 3 \"x\" 127.255.255.255:7999");
	silent();
}
END_TEST

/* It is found by the address that the sender will have. */
START_TEST(received_by_one_that_is_connected)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(8082)};
	struct sockaddr_in peer = {.sin_family = AF_INET, .sin_port = htons(8083)};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	ck_assert_int_eq(inet_pton(AF_INET, driver.host, &address.sin_addr), 1);
	peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	ck_assert_int_eq(connect(fd, (struct sockaddr *)&peer, sizeof(peer)), 0);
	gives(3, "socket udp");
	ok("bind 3 *:8083");
	gives(1, "sendto 3 \"x\" $:8082");
	silent();
	gives(4, "socket udp");
	ok("bind 4 *:8084");
	gives(1, "sendto 4 \"x\" $:8082");
	says("the datagram is lost");
	close(fd);
}
END_TEST

START_TEST(an_answer_by_icmp)
{
	gives(3, "socket udp");
	ok("connect 3 $:7999");
	says("nothing was sent, and nobody was asked");
	gives(1, "send 3 \"x\"");
	says("the next call on fd 3 fails with ECONNREFUSED");
	fails(ECONNREFUSED, "", "send 3 \"x\"");
	gives(4, "socket udp");
	ok("setsockopt 4 IP_RECVERR 1");
	gives(1, "sendto 4 \"x\" $:7999");
	says("the next call on fd 4 fails with ECONNREFUSED");
	fails(ECONNREFUSED, "", "sendto 4 \"x\" $:7999");
}
END_TEST

START_TEST(connected_to_another)
{
	datagrams();
	ok("bind s $:8081");
	ok("connect u $:9000");
	says("From now on fd 3 takes datagrams from there alone");
	gives(1, "sendto s \"x\" $:8080");
	says("fd 3 has that address, but it is connected to ");
	says(":9000 and takes datagrams from there only");
	ok("connect u {AF_UNSPEC}");
	says("fd 3 takes datagrams from anywhere again");
	gives(1, "sendto s \"x\" $:8080");
	silent();
}
END_TEST

START_TEST(listen_without_bind)
{
	gives(3, "socket tcp");
	ok("listen 3 5");
	says("fd 3 was not bound: the kernel chose port ");
	ok("listen 3 6");
	silent();
}
END_TEST

START_TEST(more_than_somaxconn)
{
	gives(3, "socket tcp");
	ok("bind 3 $:8080");
	ok("listen 3 100000000");
	says("net.core.somaxconn is the most: the backlog is ");
	ok("listen 3 -1");
	says("net.core.somaxconn");
	ok("listen 3 0");
	silent();
}
END_TEST

START_TEST(a_full_queue)
{
	listening("0");
	gives(4, "socket tcp");
	ok("connect 4 $:8080");
	says("the accept queue of fd 3 is full: 1 waiting, one more than its backlog");
	gives(5, "d = socket tcp");
	run("connect d $:8080 &");
	ck_assert_int_eq(last()->event, STEP_WAITING);
	says("the accept queue of fd 3 is full (1 waiting, its backlog is 0)");
	says("fd 5 sends it again");
	run("accept 3 &");
}
END_TEST

START_TEST(a_full_queue_on_unix)
{
	gives(3, "socket unix");
	ok("bind 3 unix:@sockstep-surprise-queue");
	ok("listen 3 0");
	gives(4, "socket unix");
	ok("connect 4 unix:@sockstep-surprise-queue");
	says("the accept queue of fd 3 is full: 1 wait");
	says_no("SYN");
	gives(5, "socket unix");
	run("connect 5 unix:@sockstep-surprise-queue &");
	says("the accept queue of fd 3 is full (1 waiting, its backlog is 0)");
	says_no("SYN");
}
END_TEST

START_TEST(waits_for_something_else)
{
	connected();
	run("accept srv &");
	silent();
	run("recv a 10 &");
	silent();
}
END_TEST

START_TEST(to_itself)
{
	gives(3, "socket tcp");
	ok("bind 3 $:8080");
	ok("connect 3 $:8080");
	says("fd 3 is connected to itself");
}
END_TEST

static const struct endpoint *endpoint_of(int fd)
{
	return &of_fd(last(), fd)->now;
}

START_TEST(ipv4_on_ipv6)
{
	char line[64];

	gives(3, "socket tcp6");
	run("bind 3 [::]:0");
	if (last()->result < 0)
		return; /* no IPv6 on this machine */
	ok("listen 3");
	silent();
	snprintf(line, sizeof(line), "connect 4 $:%d", address_port(&endpoint_of(3)->local));
	gives(4, "socket tcp");
	ok(line);
	silent();
	gives(5, "accept 3");
	says("the client used IPv4");
	says("unless IPV6_V6ONLY is set");
	snprintf(line, sizeof(line), "connect 6 [::1]:%d", address_port(&endpoint_of(3)->local));
	gives(6, "socket tcp6");
	ok(line);
	gives(7, "accept 3");
	silent();
}
END_TEST

START_TEST(a_shared_port)
{
	connected();
	gives(6, "socket tcp");
	ok("connect 6 $:8080");
	gives(7, "accept srv");
	says("fd 7 has the same local port as the listener and as fd 5");
	gives(8, "socket tcp");
	ok("connect 8 $:8080");
	gives(9, "accept srv");
	silent();
}
END_TEST

START_TEST(no_shared_port)
{
	connected();
	ok("close a");
	gives(5, "socket tcp");
	ok("connect 5 $:8080");
	gives(6, "accept srv");
	silent();
}
END_TEST

START_TEST(beside_a_time_wait)
{
	connected();
	ok("close a");
	ok("close c");
	says("fd 5 ended the connection first, so its end stays in TIME-WAIT for ");
	ok("close srv");
	silent();
	gives(3, "socket tcp");
	ok("setsockopt 3 SO_REUSEADDR 1");
	ok("bind 3 $:8080");
	says("TIME-WAIT still holds that address, for ");
	says("SO_REUSEADDR, set on the closed connection's socket and on fd 3");
	gives(4, "socket tcp");
	ok("setsockopt 4 SO_REUSEADDR 1");
	ok("bind 4 $:8081");
	silent();
}
END_TEST

START_TEST(swapped_port)
{
	gives(3, "socket tcp");
	ok("bind 3 $:20480");
	says("port 20480 is 80 with its two bytes swapped");
	gives(4, "socket tcp");
	ok("bind 4 $:20481");
	silent();
}
END_TEST

START_TEST(writable)
{
	connected();
	gives(1, "poll c:OUT 0");
	silent();
	ok("close a");
	gives(1, "poll c:IN 0");
	silent();
	gives(1, "poll c:IN|OUT 0");
	says("writable only means that the send buffer has room");
	says("fd 4 has sent its FIN (CLOSE-WAIT)");
}
END_TEST

START_TEST(the_outcome_of_a_connect)
{
	listening("5");
	gives(4, "socket tcp nonblock");
	fails(EINPROGRESS, "", "connect 4 $:8080");
	gives(1, "poll 4:OUT 1s");
	says("the connect of fd 4 has ended, and well");
	gives(1, "poll 4:OUT 1s");
	silent();
	ok("getsockopt 4 SO_ERROR");
	silent();
	gives(5, "socket tcp nonblock");
	fails(EINPROGRESS, "", "connect 5 $:7999");
	gives(1, "poll 5:OUT 1s");
	says("the connect of fd 5 has failed");
	ok("getsockopt 5 SO_ERROR");
	says("Reading it has cleared it");
	ok("getsockopt 5 SO_ERROR");
	silent();
	/* Who asked already knows. */
	gives(6, "socket tcp nonblock");
	fails(EINPROGRESS, "", "connect 6 $:8080");
	ok("getsockopt 6 SO_ERROR");
	gives(1, "poll 6:OUT 1s");
	silent();
}
END_TEST

START_TEST(closed_but_not_the_last)
{
	connected();
	gives(6, "dup c");
	silent();
	ok("close c");
	says("fd 6 still leads to this socket: only the descriptor 4 is gone, and no FIN was sent");
	gives(4, "dup 6");
	ok("shutdown 4 WR");
	says("shutdown is for the socket, not for the descriptor: fd 6 leads to the same one");
	ok("close 4");
	says("fd 6 still leads to this socket");
	says_no("FIN");
	gives(4, "socket udp");
	gives(7, "dup 4");
	ok("close 7");
	says("fd 4 still leads to this socket: only the descriptor 7 is gone.");
	ok("close 4");
	silent();
	/* It is closed, too, if another takes its number. */
	gives(4, "dup srv");
	gives(4, "dup2 a 4");
	says("fd 3 still leads to this socket: only the descriptor 4 is gone.");
}
END_TEST

START_TEST(closed_with_unread_data)
{
	connected();
	gives(5, "send c \"hello\"");
	ok("close a");
	says("bytes lay unread (5): then close sends a reset (RST) in place of a FIN");
}
END_TEST

START_TEST(closed_by_another_taking_its_number)
{
	connected();
	gives(5, "send c \"hello\"");
	gives(6, "socket tcp");
	gives(5, "dup2 6 5");
	says("bytes lay unread (5)");
}
END_TEST

START_TEST(closed_with_unread_data_on_unix)
{
	ok("socketpair unix");
	gives(5, "send 3 \"hello\"");
	ok("close 4");
	says("bytes lay unread (5): the other end is told so");
	fails(ECONNRESET, "", "recv 3 10");
	ok("socketpair unix");
	gives(5, "send 4 \"hello\"");
	ok("close 4");
	silent();
}
END_TEST

START_TEST(closed_as_ever)
{
	connected();
	gives(5, "send c \"hello\"");
	gives(5, "recv a 5");
	ok("close a");
	silent();
	ok("close c");
	says("TIME-WAIT");
	says_no("reset");
	gives(4, "socket tcp");
	ok("setsockopt 4 SO_LINGER {1, 0}");
	ok("close 4");
	silent();
}
END_TEST

START_TEST(lingering_in_vain)
{
	connected();
	run("send c 64M*\"x\" DONTWAIT");
	ok("setsockopt c SO_LINGER {1, 1}");
	ok("close c");
	says("close has waited 1 s for it (SO_LINGER), but ");
	says("bytes are still not acknowledged");
	/* At the prompt it was told to wait first; what it closed is shown in the end, too. */
	ck_assert_int_eq(step_back(1)->event, STEP_WAITING);
	ck_assert_int_eq(of_role(last(), SHOWN_GHOST)->closed_fd, 4);
}
END_TEST

START_TEST(lingering_for_nothing)
{
	connected();
	gives(5, "send c \"hello\"");
	ok("setsockopt c SO_LINGER {1, 1}");
	ok("close c");
	silent();
}
END_TEST

START_TEST(closed_while_a_job_waits)
{
	listening("5");
	gives(4, "dup srv");
	ok("close 4");
	gives(4, "socket tcp");
	run("accept srv &");
	ck_assert_int_eq(last()->event, STEP_WAITING);
	ok("close 4");
	silent();
	ok("close srv");
	says("job 1 (accept) still waits: close does not wake it");
}
END_TEST

START_TEST(closed_with_a_queue)
{
	listening("5");
	gives(4, "socket tcp");
	ok("connect 4 $:8080");
	ok("close srv");
	says("a connection waited in its accept queue: it was ended with a reset (RST)");
}
END_TEST

START_TEST(closed_with_a_longer_queue)
{
	listening("5");
	gives(4, "socket tcp");
	ok("connect 4 $:8080");
	gives(5, "socket tcp");
	ok("connect 5 $:8080");
	ok("close srv");
	says("2 connections waited in its accept queue");
}
END_TEST

START_TEST(the_path_stays)
{
	gives(3, "socket unix");
	ok(with_path("bind 3 unix:%s/s"));
	ok("listen 3");
	gives(4, "socket unix");
	ok(with_path("connect 4 unix:%s/s"));
	gives(5, "accept 3");
	ok("close 5");
	silent();
	ok("close 3");
	says("/s stays: until it is removed (unlink), bind to it fails with EADDRINUSE");
	gives(3, "socket unix");
	ok("bind 3 unix:@sockstep-surprise-path");
	ok("close 3");
	silent();
}
END_TEST

START_TEST(buffers)
{
	gives(3, "socket udp");
	ok("getsockopt 3 SO_RCVBUF");
	silent();
	ok("setsockopt 3 SO_RCVBUF 10000");
	says("the kernel doubles it");
	says("getsockopt will say 20000");
	ok("getsockopt 3 SO_RCVBUF");
	says("the kernel doubles it");
	ok("getsockopt 3 SO_SNDBUF");
	silent();
	ok("setsockopt 3 SO_SNDBUF 1");
	says("less than the kernel's least");
	ok("setsockopt 3 SO_RCVBUF 1000000000");
	says("net.core.rmem_max is the most, ");
}
END_TEST

START_TEST(values_that_are_changed)
{
	gives(3, "socket tcp");
	ok("setsockopt 3 TCP_KEEPIDLE 100");
	silent();
	ok("setsockopt 3 SO_RCVLOWAT 0");
	says("getsockopt now says 1");
}
END_TEST

START_TEST(keepalive)
{
	gives(3, "socket tcp");
	ok("getsockopt 3 SO_KEEPALIVE");
	says("it is off unless somebody turns it on");
	ok("getsockopt 3 TCP_KEEPIDLE");
	says("SO_KEEPALIVE is off here");
	ok("setsockopt 3 SO_KEEPALIVE 1");
	ok("getsockopt 3 SO_KEEPALIVE");
	silent();
	ok("getsockopt 3 TCP_KEEPIDLE");
	says("before the first probe: by default two hours");
	ok("setsockopt 3 TCP_KEEPIDLE 30");
	ok("getsockopt 3 TCP_KEEPIDLE");
	silent();
}
END_TEST

START_TEST(the_life_of_a_connection)
{
	size_t i;

	connected();
	gives(5, "send c \"hello\"");
	gives(5, "recv a 100");
	gives(2, "send a \"hi\"");
	gives(2, "recv c 100");
	ok("close c");
	for (i = 0; i < driver.count; i++)
		ck_assert_ptr_null(step_back(i)->why);
}
END_TEST

static Suite *surprise_suite(void)
{
	Suite *suite = suite_create("session_surprise");
	TCase *tests = tcase_create("surprise");

	tcase_add_checked_fixture(tests, start_in_directory, end_in_directory);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, several_sends_in_one_recv);
	tcase_add_test(tests, several_sends_after_the_end);
	tcase_add_test(tests, several_sends_on_unix);
	tcase_add_test(tests, more_sends_than_are_kept);
	tcase_add_test(tests, an_urgent_byte);
	tcase_add_test(tests, the_rest_waits);
	tcase_add_test(tests, the_end_of_a_stream);
	tcase_add_test(tests, no_end_of_a_stream);
	tcase_add_test(tests, the_end_of_both_directions);
	tcase_add_test(tests, the_end_on_unix);
	tcase_add_test(tests, alone);
	tcase_add_test(tests, a_short_send);
	tcase_add_test(tests, sent_before_accept);
	tcase_add_test(tests, sent_before_accept_on_unix);
	tcase_add_test(tests, sent_to_nobody);
	tcase_add_test(tests, held_back_by_cork);
	tcase_add_test(tests, a_cut_datagram);
	tcase_add_test(tests, an_empty_datagram);
	tcase_add_test(tests, a_chosen_port);
	tcase_add_test(tests, a_dropped_datagram);
	tcase_add_test(tests, silence);
	tcase_add_test(tests, received_by_one_that_is_connected);
	tcase_add_test(tests, an_answer_by_icmp);
	tcase_add_test(tests, connected_to_another);
	tcase_add_test(tests, listen_without_bind);
	tcase_add_test(tests, more_than_somaxconn);
	tcase_add_test(tests, a_full_queue);
	tcase_add_test(tests, a_full_queue_on_unix);
	tcase_add_test(tests, waits_for_something_else);
	tcase_add_test(tests, to_itself);
	tcase_add_test(tests, ipv4_on_ipv6);
	tcase_add_test(tests, a_shared_port);
	tcase_add_test(tests, no_shared_port);
	tcase_add_test(tests, beside_a_time_wait);
	tcase_add_test(tests, swapped_port);
	tcase_add_test(tests, writable);
	tcase_add_test(tests, the_outcome_of_a_connect);
	tcase_add_test(tests, closed_but_not_the_last);
	tcase_add_test(tests, closed_with_unread_data);
	tcase_add_test(tests, closed_by_another_taking_its_number);
	tcase_add_test(tests, closed_with_unread_data_on_unix);
	tcase_add_test(tests, closed_as_ever);
	tcase_add_test(tests, lingering_in_vain);
	tcase_add_test(tests, lingering_for_nothing);
	tcase_add_test(tests, closed_while_a_job_waits);
	tcase_add_test(tests, closed_with_a_queue);
	tcase_add_test(tests, closed_with_a_longer_queue);
	tcase_add_test(tests, the_path_stays);
	tcase_add_test(tests, buffers);
	tcase_add_test(tests, values_that_are_changed);
	tcase_add_test(tests, keepalive);
	tcase_add_test(tests, the_life_of_a_connection);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return unit_main(surprise_suite());
}
