/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/private.h"
#include "lab/tap.h"
#include "lab_driver.h"
#include "net/packet.h"

/* What each test runs in: a network of its own, in a child, with a tap on its loopback. */
static struct tap *tap, *own;
static struct lab lab;

static void enter(void)
{
	struct error err;
	bool forbidden;

	ck_assert_msg(private_enter(&err) == 0, "%s", err.text);
	lab_init(&lab, LAB_VETH);
	ck_assert(tap_allowed());
	tap = tap_open(&lab, NULL, &forbidden, &err);
	ck_assert_msg(tap != NULL, "%s", err.text);
}

static void leave(void)
{
	tap_close(tap);
	lab_free(&lab);
}

static struct sockaddr_in at(int port)
{
	return (struct sockaddr_in){.sin_family = AF_INET,
				    .sin_port = htons((uint16_t)port),
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static int bound(int type, int port)
{
	struct sockaddr_in address = at(port);
	int fd = socket(AF_INET, type, 0);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

static void send_to(int fd, int port, const char *bytes, size_t len)
{
	struct sockaddr_in address = at(port);

	ck_assert_int_eq(sendto(fd, bytes, len, 0, (struct sockaddr *)&address, sizeof(address)),
			 (ssize_t)len);
}

static struct packet next(struct tapped *tapped)
{
	struct packet packet;

	ck_assert(tap_next(tap, tapped));
	ck_assert_int_eq(packet_parse(&packet, tapped->bytes, tapped->len), 0);
	return packet;
}

static void expect_none(void)
{
	struct tapped tapped;

	ck_assert(!tap_next(tap, &tapped));
}

START_TEST(each_datagram_once)
{
	int from = bound(SOCK_DGRAM, 7000), to = bound(SOCK_DGRAM, 7001), i;
	struct timespec now;
	struct tapped tapped;

	clock_gettime(CLOCK_REALTIME, &now);
	expect_none();
	for (i = 1; i <= 3; i++)
		send_to(from, 7001, "abc", (size_t)i);
	for (i = 1; i <= 3; i++) {
		struct packet packet = next(&tapped);

		ck_assert_int_eq(packet.protocol, IPPROTO_UDP);
		ck_assert_int_eq(address_port(&packet.src), 7000);
		ck_assert_int_eq(address_port(&packet.dst), 7001);
		ck_assert_uint_eq(packet.length, (size_t)i);
		ck_assert_uint_eq(tapped.len, 28 + (size_t)i);
		ck_assert_uint_eq(tapped.whole, tapped.len);
		ck_assert_mem_eq(tapped.bytes + packet.payload, "abc", (size_t)i);
		ck_assert_int_ge(tapped.time.tv_sec, now.tv_sec);
		ck_assert_int_le(tapped.time.tv_sec, now.tv_sec + 60);
		/* Nobody computes a checksum here. */
		ck_assert(packet.bad_checksum && tapped.unchecked);
	}
	expect_none();
	close(from);
	close(to);
}
END_TEST

/* All of a handshake is there when connect() has returned. */
START_TEST(a_handshake)
{
	static const unsigned flags[] = {PACKET_SYN, PACKET_SYN | PACKET_ACK, PACKET_ACK};
	int server = bound(SOCK_STREAM, 7000), client = bound(SOCK_STREAM, 7001);
	struct sockaddr_in to = at(7000);
	struct tapped tapped;
	size_t i;

	ck_assert_int_eq(listen(server, 1), 0);
	ck_assert_int_eq(connect(client, (struct sockaddr *)&to, sizeof(to)), 0);
	for (i = 0; i < 3; i++)
		ck_assert_uint_eq(next(&tapped).tcp.flags, flags[i]);
	expect_none();
	close(client);
	close(server);
}
END_TEST

START_TEST(a_large_one_is_cut)
{
	static char bytes[50000];
	int from = bound(SOCK_DGRAM, 7000), to = bound(SOCK_DGRAM, 7001);
	struct packet packet;
	struct tapped tapped;

	send_to(from, 7001, bytes, sizeof(bytes));
	packet = next(&tapped);
	ck_assert_uint_eq(tapped.len, TAP_BYTES);
	ck_assert_uint_eq(tapped.whole, 28 + sizeof(bytes));
	ck_assert_uint_eq(packet.length, sizeof(bytes));
	ck_assert_uint_eq(packet.present, TAP_BYTES - 28);
	close(from);
	close(to);
}
END_TEST

/* From one port to another, in the same way over IPv6. */
static void send6(int from, int to)
{
	struct sockaddr_in6 address = {.sin6_family = AF_INET6,
				       .sin6_port = htons((uint16_t)from),
				       .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	int fd = socket(AF_INET6, SOCK_DGRAM, 0);

	ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	address.sin6_port = htons((uint16_t)to);
	ck_assert_int_eq(sendto(fd, "x", 1, 0, (struct sockaddr *)&address, sizeof(address)), 1);
	close(fd);
}

static void send4(int from, int to)
{
	int fd = bound(SOCK_DGRAM, from);

	send_to(fd, to, "x", 1);
	close(fd);
}

/* Datagrams alone: a closed port is answered by ICMP, which has none. */
static int count_datagrams(void)
{
	struct tapped tapped;
	struct packet packet;
	int count = 0;

	while (tap_next(tap, &tapped)) {
		ck_assert_int_eq(packet_parse(&packet, tapped.bytes, tapped.len), 0);
		count += packet.protocol == IPPROTO_UDP;
	}
	return count;
}

/* The first of COUNT ports, the last, either end: found; a neighbour is not. */
START_TEST(ports)
{
	static void (*const send[])(int from, int to) = {send4, send6};
	static const size_t counts[] = {1, 2, 64, TAP_PORTS};
	size_t count = counts[_i / 2];
	uint16_t list[TAP_PORTS] = {0};
	size_t i;

	for (i = 0; i < count; i++)
		list[i] = (uint16_t)(7000 + 2 * i);
	ck_assert_int_eq(tap_filter(tap, list, count), 0);
	for (i = 0; i < count; i++) {
		send[_i % 2](list[i], 9001);
		ck_assert_int_eq(count_datagrams(), 1);
		send[_i % 2](9001, list[i]);
		ck_assert_int_eq(count_datagrams(), 1);
		send[_i % 2](list[i] + 1, list[i] + 3);
		ck_assert_int_eq(count_datagrams(), 0);
	}
}
END_TEST

START_TEST(no_port_and_every_port)
{
	uint16_t none = 0;
	struct tapped tapped;

	ck_assert_int_eq(tap_filter(tap, &none, 0), 0);
	send4(7000, 7001);
	/* What has no port is left to whoever asked. */
	ck_assert_int_eq(next(&tapped).protocol, IPPROTO_ICMP);
	expect_none();
	ck_assert_int_eq(tap_filter(tap, NULL, 0), 0);
	send4(7000, 7001);
	ck_assert_int_eq(count_datagrams(), 1);
}
END_TEST

/* What comes when the ring is full is counted; then it goes on. */
START_TEST(too_many)
{
	int from = bound(SOCK_DGRAM, 7000), to = bound(SOCK_DGRAM, 7001), i;
	char bytes[2];

	for (i = 0; i < TAP_PACKETS + 300; i++) {
		send_to(from, 7001, "x", 1);
		ck_assert_int_eq(recv(to, bytes, sizeof(bytes), 0), 1);
	}
	ck_assert_int_eq(count_datagrams(), TAP_PACKETS);
	ck_assert_uint_eq(tap_lost(tap), 300);
	ck_assert_uint_eq(tap_lost(tap), 0);
	send_to(from, 7001, "x", 1);
	ck_assert_int_eq(count_datagrams(), 1);
	close(from);
	close(to);
}
END_TEST

/* A host's loopback is another one than that of the explorer. */
START_TEST(of_a_host)
{
	struct tapped tapped;
	struct packet packet;
	struct host *host;
	struct error err;
	bool forbidden;
	int status;
	pid_t pid;

	own = tap;
	host = make_host(&lab, "a");
	tap = tap_open(&lab, host, &forbidden, &err);
	ck_assert_msg(tap != NULL, "%s", err.text);
	pid = fork();
	if (pid == 0) {
		int fd = host_enter(&lab, host) < 0 ? -1 : socket(AF_INET, SOCK_DGRAM, 0);
		struct sockaddr_in to = at(9);

		_exit(sendto(fd, "x", 1, 0, (struct sockaddr *)&to, sizeof(to)) != 1);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	packet = next(&tapped);
	ck_assert_int_eq(address_port(&packet.dst), 9);
	ck_assert_int_eq(next(&tapped).protocol, IPPROTO_ICMP);
	expect_none();
	tap_close(tap);
	tap = own;
	expect_none();
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("tap");
	TCase *tc = tcase_create("loopback");

	tcase_add_checked_fixture(tc, enter, leave);
	tcase_add_test(tc, each_datagram_once);
	tcase_add_test(tc, a_handshake);
	tcase_add_test(tc, a_large_one_is_cut);
	tcase_add_loop_test(tc, ports, 0, 8);
	tcase_add_test(tc, no_port_and_every_port);
	tcase_add_test(tc, too_many);
	tcase_add_test(tc, of_a_host);
	suite_add_tcase(s, tc);
	return s;
}

/* A machine that forbids user namespaces is no failure; why, test_lab says. */
static bool possible(void)
{
	struct error err;
	int status = 1;
	pid_t pid = fork();

	if (pid == 0)
		_exit(private_enter(&err) < 0);
	return waitpid(pid, &status, 0) == pid && status == 0;
}

int main(void)
{
	if (possible())
		return unit_main(suite());
	puts("1..0 # SKIP no user namespaces for us on this machine");
	return EXIT_SUCCESS;
}
