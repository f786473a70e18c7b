/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/grow.h"
#include "kernel/descriptor.h"
#include "kernel/diag.h"
#include "kernel/route.h"
#include "unit.h"

#define FLOOR 200

static struct diag *diag;
static const struct address none;

static void setup(void)
{
	struct failure failure = {0};

	diag = diag_open(FLOOR, &failure);
	ck_assert_msg(diag != NULL, "%s", failure.call);
}

static void teardown(void)
{
	diag_close(diag);
}

static struct address local_of(int fd)
{
	struct address address = {.len = sizeof(address.bytes)};

	ck_assert_int_eq(getsockname(fd, &address.any, &address.len), 0);
	return address;
}

static struct descriptor read_fd(int fd)
{
	struct descriptor d;

	descriptor_read(fd, &d);
	return d;
}

static int bound(int family, int type, const char *host)
{
	struct address address = {0};
	struct error err;
	int fd = socket(family, type, 0);

	if (fd < 0)
		return -1;
	ck_assert_int_eq(address_parse(&address, host, strlen(host), family, type, &err), 0);
	if (bind(fd, &address.any, address.len) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static int listening(int family, const char *host, int backlog)
{
	int fd = bound(family, SOCK_STREAM, host);

	if (fd >= 0)
		ck_assert_int_eq(listen(fd, backlog), 0);
	return fd;
}

static int connected(int type, const struct address *to)
{
	int fd = socket(to->any.sa_family, type, 0);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(connect(fd, &to->any, to->len), 0);
	return fd;
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Loopback may deliver in another thread of the kernel: asks until STATE is there. */
static enum diag_result look(int protocol, const struct address *local, const struct address *peer,
			     enum endpoint_state state, struct endpoint *out)
{
	double end = seconds() + 5;
	enum diag_result result;

	do
		result = diag_inet(diag, protocol, local, peer, 0, 0, out);
	while ((result == DIAG_NONE || (result == DIAG_FOUND && out->state != state)) &&
	       seconds() < end);
	return result;
}

/* Some sandboxes' kernels tell nothing at all; there is nothing to be tested then. */
static bool told(void)
{
	int fd = listening(AF_INET, "127.0.0.1:0", 1);
	struct address local = local_of(fd);
	struct endpoint e;
	enum diag_result result = diag_inet(diag, IPPROTO_TCP, &local, &none, 0, 0, &e);

	close(fd);
	return result != DIAG_UNSUPPORTED;
}

#define NEED_DIAG()             \
	do {                    \
		if (!told())    \
			return; \
	} while (0)

START_TEST(tcp_life)
{
	int l = listening(AF_INET, "127.0.0.1:0", 2), c, s;
	struct address server = local_of(l), client;
	struct endpoint e, f;
	struct descriptor d;

	NEED_DIAG();
	ck_assert_int_eq(look(IPPROTO_TCP, &server, &none, STATE_LISTEN, &e), DIAG_FOUND);
	ck_assert_uint_eq(e.accept_length, 0);
	ck_assert_uint_eq(e.accept_backlog, 2);
	ck_assert_uint_eq(e.cookie, read_fd(l).endpoint.cookie);

	c = connected(SOCK_STREAM, &server);
	client = local_of(c);
	ck_assert_int_eq(look(IPPROTO_TCP, &server, &client, STATE_ESTABLISHED, &e), DIAG_FOUND);
	ck_assert(e.ghost);
	ck_assert_uint_eq(e.inode, 0);
	ck_assert_uint_ne(e.cookie, 0);
	ck_assert_int_eq(diag_inet(diag, IPPROTO_TCP, &server, &none, 0, 0, &f), DIAG_FOUND);
	ck_assert_uint_eq(f.accept_length, 1);
	ck_assert_uint_eq(read_fd(l).endpoint.accept_length, 1);

	s = accept(l, NULL, NULL);
	d = read_fd(s);
	ck_assert_int_eq(diag_inet(diag, IPPROTO_TCP, &server, &client, e.cookie, 0, &f),
			 DIAG_FOUND);
	ck_assert(!f.ghost);
	ck_assert_uint_eq(f.cookie, e.cookie);
	ck_assert_uint_eq(f.cookie, d.endpoint.cookie);
	ck_assert_uint_eq(f.inode, d.endpoint.inode);
	ck_assert_int_eq(diag_inet(diag, IPPROTO_TCP, &server, &client, e.cookie + 99, 0, &f),
			 DIAG_NONE);

	close(c);
	ck_assert_int_eq(look(IPPROTO_TCP, &server, &client, STATE_CLOSE_WAIT, &e), DIAG_FOUND);
	ck_assert_uint_eq(e.recv_queue, 1);
	close(s);
	ck_assert_int_eq(look(IPPROTO_TCP, &client, &server, STATE_TIME_WAIT, &e), DIAG_FOUND);
	ck_assert(e.ghost);
	ck_assert_int_eq(e.timer.kind, 3);
	close(l);
}
END_TEST

START_TEST(tcp_nobody)
{
	int l = listening(AF_INET, "127.0.0.1:0", 2);
	struct address server = local_of(l);
	struct address stranger = address_make(AF_INET, "\177\0\0\11", 9, 0);
	struct address any = address_make(AF_INET, "\0\0\0\0", address_port(&server), 0);
	struct endpoint e;

	NEED_DIAG();
	ck_assert_int_eq(diag_inet(diag, IPPROTO_TCP, &server, &stranger, 0, 0, &e), DIAG_NONE);
	ck_assert_int_eq(diag_listener(diag, &server, &e), DIAG_FOUND);
	ck_assert_int_eq(e.state, STATE_LISTEN);
	ck_assert_uint_eq(e.inode, read_fd(l).endpoint.inode);
	ck_assert_int_eq(diag_listener(diag, &any, &e), DIAG_FOUND);
	/* Bound to another address than asked for. */
	ck_assert_int_eq(diag_inet(diag, IPPROTO_TCP, &any, &none, 0, 0, &e), DIAG_NONE);
	close(l);
	ck_assert_int_eq(diag_listener(diag, &server, &e), DIAG_NONE);
	ck_assert_int_eq(diag_inet(diag, IPPROTO_TCP, &server, &none, 0, 0, &e), DIAG_NONE);
	ck_assert_int_eq(diag_inet(diag, IPPROTO_TCP, &none, &none, 0, 0, &e), DIAG_NONE);
}
END_TEST

START_TEST(v4_mapped)
{
	int l = listening(AF_INET6, "[::]:0", 2), c;
	struct address client, server = {0}, any, child, peer;
	struct endpoint e;

	if (l < 0)
		return;
	NEED_DIAG();
	any = local_of(l);
	server = address_make(AF_INET, "\177\0\0\1", address_port(&any), 0);
	c = connected(SOCK_STREAM, &server);
	client = local_of(c);
	ck_assert_int_eq(look(IPPROTO_TCP, &any, &none, STATE_LISTEN, &e), DIAG_FOUND);
	ck_assert_int_eq(e.family, AF_INET6);
	ck_assert_int_eq(diag_listener(diag, &server, &e), DIAG_FOUND);
	ck_assert_uint_eq(e.inode, read_fd(l).endpoint.inode);
	ck_assert_int_eq(look(IPPROTO_TCP, &client, &server, STATE_ESTABLISHED, &e), DIAG_FOUND);
	ck_assert_int_eq(look(IPPROTO_TCP, &server, &client, STATE_ESTABLISHED, &e), DIAG_FOUND);
	ck_assert_int_eq(e.family, AF_INET6);
	child = e.local;
	peer = e.peer;
	ck_assert_int_eq(child.any.sa_family, AF_INET6);
	ck_assert_int_eq(look(IPPROTO_TCP, &child, &peer, STATE_ESTABLISHED, &e), DIAG_FOUND);
	ck_assert_int_eq(diag_listener(diag, &child, &e), DIAG_FOUND);
}
END_TEST

START_TEST(v6)
{
	int l = listening(AF_INET6, "[::1]:0", 2), c;
	struct address client, server;
	struct endpoint e;

	if (l < 0)
		return;
	NEED_DIAG();
	server = local_of(l);
	c = connected(SOCK_STREAM, &server);
	client = local_of(c);
	ck_assert_int_eq(look(IPPROTO_TCP, &server, &client, STATE_ESTABLISHED, &e), DIAG_FOUND);
	ck_assert(e.ghost);
	ck_assert(read_fd(c).endpoint.has & FIELD_V6ONLY);
}
END_TEST

START_TEST(shared_port)
{
	int one = 1, i, fd[8];
	struct address server = address_make(AF_INET, "\177\0\0\1", 0, 0);
	struct endpoint e;

	NEED_DIAG();
	for (i = 0; i < (int)COUNT_OF(fd); i++) {
		fd[i] = socket(AF_INET, _i ? SOCK_DGRAM : SOCK_STREAM, 0);
		setsockopt(fd[i], SOL_SOCKET, SO_REUSEPORT, &one, sizeof(one));
		ck_assert_int_eq(bind(fd[i], &server.any, server.len), 0);
		server = local_of(fd[i]);
		if (!_i)
			ck_assert_int_eq(listen(fd[i], 10 + i), 0);
	}
	for (i = 0; i < (int)COUNT_OF(fd); i++) {
		struct endpoint own = read_fd(fd[i]).endpoint;

		ck_assert_int_eq(diag_inet(diag, _i ? IPPROTO_UDP : IPPROTO_TCP, &server, &none,
					   own.cookie, 0, &e),
				 DIAG_FOUND);
		ck_assert_uint_eq(e.cookie, own.cookie);
		ck_assert_uint_eq(e.inode, own.inode);
	}
}
END_TEST

START_TEST(udp)
{
	int a = bound(AF_INET, SOCK_DGRAM, "127.0.0.1:0"), b;
	struct address server = local_of(a), client;
	struct endpoint e;

	NEED_DIAG();
	b = connected(SOCK_DGRAM, &server);
	client = local_of(b);
	ck_assert_int_eq(look(IPPROTO_UDP, &server, &none, STATE_UNCONNECTED, &e), DIAG_FOUND);
	ck_assert_uint_eq(e.peer.len, 0);
	ck_assert_uint_eq(e.inode, read_fd(a).endpoint.inode);
	ck_assert_int_eq(look(IPPROTO_UDP, &client, &server, STATE_CONNECTED, &e), DIAG_FOUND);
	ck_assert_uint_eq(e.inode, read_fd(b).endpoint.inode);
	ck_assert(address_equal(&e.peer, &server));
	/* An unconnected one answers for a connected one that is not there. */
	ck_assert_int_eq(diag_inet(diag, IPPROTO_UDP, &server, &client, 0, 0, &e), DIAG_NONE);
	ck_assert_int_eq(send(b, "hello", 5, 0), 5);
	do
		ck_assert_int_eq(diag_inet(diag, IPPROTO_UDP, &server, &none, 0, 0, &e),
				 DIAG_FOUND);
	while (!e.recv_queue);
	close(a);
	ck_assert_int_eq(diag_inet(diag, IPPROTO_UDP, &server, &none, 0, 0, &e), DIAG_NONE);
}
END_TEST

START_TEST(other_protocols)
{
	static const int protocols[] = {IPPROTO_RAW, IPPROTO_ICMP, IPPROTO_SCTP, IPPROTO_MPTCP};
	struct address local = address_make(AF_INET, "\177\0\0\1", 9, 0);
	enum diag_result result;
	struct endpoint e;
	size_t i;

	for (i = 0; i < COUNT_OF(protocols); i++) {
		result = diag_inet(diag, protocols[i], &local, &none, 0, 0, &e);
		ck_assert(result == DIAG_NONE || result == DIAG_UNSUPPORTED);
	}
	ck_assert_int_eq(diag_inet(diag, IPPROTO_ICMP, &local, &none, 0, 0, &e), DIAG_UNSUPPORTED);
	ck_assert_int_eq(diag_inet(diag, 100000, &local, &none, 0, 0, &e), DIAG_NONE);
}
END_TEST

static int unix_socket(int type, const char *name, int backlog)
{
	struct address address = {.un.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, type, 0);

	address.len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name));
	strcpy(address.un.sun_path + 1, name);
	if (backlog < 0)
		ck_assert_int_eq(connect(fd, &address.any, address.len), 0);
	else
		ck_assert_int_eq(bind(fd, &address.any, address.len), 0);
	if (backlog > 0)
		ck_assert_int_eq(listen(fd, backlog), 0);
	return fd;
}

START_TEST(unix_listener)
{
	char name[64];
	int l, a, b;
	struct address own;
	ino_t inode;
	struct endpoint e;

	snprintf(name, sizeof(name), "sockstep-test-%d", (int)getpid());
	l = unix_socket(SOCK_STREAM, name, 3);
	a = unix_socket(SOCK_STREAM, name, -1);
	b = unix_socket(SOCK_STREAM, name, -1);
	inode = read_fd(l).endpoint.inode;
	if (diag_unix(diag, inode, &e) == DIAG_UNSUPPORTED)
		return;
	ck_assert_int_eq(diag_unix(diag, inode, &e), DIAG_FOUND);
	ck_assert_int_eq(e.state, STATE_LISTEN);
	ck_assert(!(e.has & FIELD_RECV_QUEUE));
	ck_assert_uint_eq(e.accept_length, 2);
	ck_assert_uint_eq(e.accept_backlog, 3);
	ck_assert_uint_eq(e.pending_count, 2);
	ck_assert_uint_eq(e.pending[0], read_fd(a).endpoint.inode);
	ck_assert_uint_eq(e.pending[1], read_fd(b).endpoint.inode);
	own = local_of(l);
	ck_assert(address_equal(&e.local, &own));
	ck_assert_int_eq(diag_unix(diag, read_fd(a).endpoint.inode, &e), DIAG_FOUND);
	ck_assert_int_eq(e.state, STATE_CONNECTED);
	close(l);
	ck_assert_int_eq(diag_unix(diag, inode, &e), DIAG_NONE);
	ck_assert_int_eq(diag_unix(diag, 0, &e), DIAG_NONE);
}
END_TEST

struct count {
	int told, stop_after;
	uint64_t cookie;
	bool found;
	enum endpoint_state state;
};

static bool count_visit(void *data, const struct endpoint *endpoint)
{
	struct count *count = data;

	count->told++;
	if (endpoint->cookie == count->cookie) {
		count->found = true;
		count->state = endpoint->state;
	}
	return count->told != count->stop_after;
}

START_TEST(dumps)
{
	struct count count = {0};
	int fd[150], i, port;
	struct address local;
	struct endpoint e;

	NEED_DIAG();
	for (i = 0; i < (int)COUNT_OF(fd); i++)
		fd[i] = listening(AF_INET, "127.0.0.1:0", 1);
	local = local_of(fd[70]);
	port = address_port(&local);
	count.cookie = read_fd(fd[70]).endpoint.cookie;
	ck_assert_int_eq(diag_dump_inet(diag, AF_INET, IPPROTO_TCP, 0, count_visit, &count),
			 DIAG_FOUND);
	ck_assert(count.found);
	ck_assert_int_ge(count.told, COUNT_OF(fd));
	count = (struct count){.cookie = count.cookie};
	ck_assert_int_eq(diag_dump_inet(diag, AF_INET, IPPROTO_TCP, port, count_visit, &count),
			 DIAG_FOUND);
	ck_assert(count.found);
	ck_assert_int_lt(count.told, COUNT_OF(fd));
	/* Who stops early leaves nothing behind for the next look-up. */
	count = (struct count){.stop_after = 1};
	ck_assert_int_eq(diag_dump_inet(diag, AF_INET, IPPROTO_TCP, 0, count_visit, &count),
			 DIAG_FOUND);
	ck_assert_int_eq(count.told, 1);
	ck_assert_int_eq(diag_inet(diag, IPPROTO_TCP, &local, &none, 0, 0, &e), DIAG_FOUND);
	ck_assert_int_eq(diag_dump_inet(diag, AF_INET, IPPROTO_ICMP, 0, count_visit, &count),
			 DIAG_UNSUPPORTED);
}
END_TEST

START_TEST(dump_of_bound)
{
	int fd = bound(AF_INET, SOCK_STREAM, "127.0.0.1:0");
	struct address local = local_of(fd);
	struct count count = {.cookie = read_fd(fd).endpoint.cookie};
	struct endpoint e;

	NEED_DIAG();
	ck_assert_int_eq(diag_inet(diag, IPPROTO_TCP, &local, &none, 0, 0, &e), DIAG_NONE);
	ck_assert_int_eq(diag_dump_inet(diag, AF_INET, IPPROTO_TCP, address_port(&local),
					count_visit, &count),
			 DIAG_FOUND);
	if (count.found)
		ck_assert_int_eq(count.state, STATE_CLOSED);
}
END_TEST

START_TEST(dump_of_unix)
{
	struct count count = {0};
	enum diag_result result;
	int pair[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), 0);
	count.cookie = read_fd(pair[0]).endpoint.cookie;
	result = diag_dump_unix(diag, count_visit, &count);
	if (result == DIAG_UNSUPPORTED)
		return;
	ck_assert_int_eq(result, DIAG_FOUND);
	ck_assert(count.found);
	ck_assert_int_eq(count.state, STATE_CONNECTED);
}
END_TEST

static void on_alarm(int signal)
{
	(void)signal;
}

static bool visit_any(void *data, const struct endpoint *endpoint)
{
	(void)endpoint;
	*(bool *)data = true;
	return true;
}

/* A dump that takes too long is given up. */
START_TEST(dump_in_time)
{
	int fd = bound(AF_INET, SOCK_DGRAM, "127.0.0.1:0");
	bool any = false;

	diag_limit(diag, 20000000);
	ck_assert_int_eq(diag_dump_inet(diag, AF_INET, IPPROTO_UDP, 0, visit_any, &any),
			 DIAG_FOUND);
	ck_assert(any);
	diag_limit(diag, -1);
	ck_assert_int_eq(diag_dump_inet(diag, AF_INET, IPPROTO_UDP, 0, visit_any, &any),
			 DIAG_FAILED);
	ck_assert_int_eq(errno, ETIMEDOUT);
	close(fd);
}
END_TEST

static struct address parsed(const char *text)
{
	struct address address = {0};
	struct error err;

	ck_assert_int_eq(address_parse(&address, text, strlen(text), AF_UNSPEC, 0, &err), 0);
	return address;
}

START_TEST(routes)
{
	struct address address = parsed("127.0.0.1:80");
	struct route route;

	ck_assert_int_eq(route_find(&address, &route, NULL), 0);
	ck_assert_int_eq(route.kind, RTN_LOCAL);
	ck_assert_str_eq(route.interface, "lo");
	ck_assert_uint_gt(route.mtu, 0);
	ck_assert_int_eq(route.gateway.len, 0);
	address = parsed("[::ffff:127.0.0.1]:80");
	ck_assert_int_eq(route_find(&address, &route, NULL), 0);
	ck_assert_int_eq(route.kind, RTN_LOCAL);
	address = parsed("127.255.255.255:80");
	ck_assert_int_eq(route_find(&address, &route, NULL), 0);
	ck_assert_int_eq(route.kind, RTN_BROADCAST);
	address = parsed("unix:/tmp/s");
	ck_assert_int_eq(route_find(&address, &route, NULL), -1);
	/* Nobody asks loopback for a neighbour. */
	address = parsed("127.0.0.1:80");
	ck_assert(!route_neighbour_failed(&address, 1, NULL));
}
END_TEST

START_TEST(interrupted)
{
	struct sigaction action = {.sa_handler = on_alarm};
	struct itimerval often = {{0, 200}, {0, 200}}, never = {{0, 0}, {0, 0}};
	int l = listening(AF_INET, "127.0.0.1:0", 1), i;
	struct address local = local_of(l);
	struct endpoint e;

	NEED_DIAG();
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	for (i = 0; i < 20000; i++)
		ck_assert_int_eq(diag_inet(diag, IPPROTO_TCP, &local, &none, 0, 0, &e), DIAG_FOUND);
	setitimer(ITIMER_REAL, &never, NULL);
}
END_TEST

START_TEST(stays_above_floor)
{
	struct failure failure = {0};
	struct diag *other = diag_open(FLOOR, &failure);
	int low = dup(0), fds[1024], count, i;

	ck_assert_ptr_nonnull(other);
	ck_assert_int_lt(low, FLOOR);
	count = descriptor_list(0, FLOOR, fds, (int)COUNT_OF(fds));
	for (i = 0; i < count; i++)
		ck_assert_uint_ne(read_fd(fds[i]).endpoint.family, AF_NETLINK);
	diag_close(other);
	diag_close(NULL);
	ck_assert_ptr_null(diag_open(1 << 30, &failure));
	ck_assert_str_eq(failure.call, "sock_diag, fcntl");
}
END_TEST

static TCase *look_ups(void)
{
	TCase *tests = tcase_create("look-ups");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, tcp_life);
	tcase_add_test(tests, tcp_nobody);
	tcase_add_test(tests, v4_mapped);
	tcase_add_test(tests, v6);
	tcase_add_loop_test(tests, shared_port, 0, 2);
	tcase_add_test(tests, udp);
	tcase_add_test(tests, other_protocols);
	tcase_add_test(tests, unix_listener);
	tcase_add_test(tests, dumps);
	tcase_add_test(tests, dump_of_bound);
	tcase_add_test(tests, dump_of_unix);
	tcase_add_test(tests, dump_in_time);
	tcase_add_test(tests, routes);
	tcase_add_test(tests, interrupted);
	tcase_add_test(tests, stays_above_floor);
	tcase_set_timeout(tests, 60);
	return tests;
}

int main(void)
{
	Suite *suite = suite_create("kernel live");

	suite_add_tcase(suite, look_ups());
	return unit_main(suite);
}
