/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "base/grow.h"
#include "kernel/descriptor.h"
#include "kernel/holders.h"
#include "kernel/limits.h"
#include "kernel/task.h"
#include "unit.h"

static struct descriptor read_fd(int fd)
{
	struct descriptor d;

	memset(&d, 0xff, sizeof(d));
	descriptor_read(fd, &d);
	ck_assert_int_eq(d.fd, fd);
	return d;
}

static int bound(int type, struct address *local)
{
	int fd = socket(AF_INET, type, 0);

	*local = address_make(AF_INET, "\177\0\0\1", 0, 0);
	ck_assert_int_eq(bind(fd, &local->any, local->len), 0);
	ck_assert_int_eq(getsockname(fd, &local->any, &local->len), 0);
	return fd;
}

static void nap(void)
{
	struct timespec time = {0, 1000000};

	nanosleep(&time, NULL);
}

#define FIELDS_ALL                                                                         \
	(FIELD_STATE | FIELD_LOCAL | FIELD_PEER | FIELD_INODE | FIELD_COOKIE | FIELD_UID | \
	 FIELD_READY | FIELD_FILE_FLAGS | FIELD_FD_FLAGS | FIELD_INTERFACE)
#define FIELDS_QUEUES (FIELD_RECV_QUEUE | FIELD_SEND_QUEUE)

START_TEST(fresh_tcp)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	struct descriptor d = read_fd(fd);
	const struct endpoint *e = &d.endpoint;

	ck_assert(d.open && d.socket);
	ck_assert_str_eq(d.what, "");
	ck_assert_uint_eq(e->has, FIELDS_ALL | FIELD_RECV_QUEUE | FIELD_TCP_INFO | FIELD_QUICK_ACK);
	ck_assert_int_eq(e->family, AF_INET);
	ck_assert_int_eq(e->type, SOCK_STREAM);
	ck_assert_int_eq(e->protocol, IPPROTO_TCP);
	ck_assert_int_eq(e->state, STATE_CLOSED);
	ck_assert(!e->ghost);
	ck_assert_uint_ne(e->inode, 0);
	ck_assert_uint_ne(e->cookie, 0);
	ck_assert_uint_eq(e->uid, geteuid());
	ck_assert_uint_eq(e->local.len, 0);
	ck_assert_uint_eq(e->peer.len, 0);
	ck_assert_int_eq(e->fd_flags, FD_CLOEXEC);
	ck_assert_int_eq(e->file_flags & O_NONBLOCK, O_NONBLOCK);
	ck_assert_int_eq(e->ready, POLLOUT | POLLHUP);
	close(fd);
}
END_TEST

START_TEST(tcp_pair)
{
	struct address server;
	int l = bound(SOCK_STREAM, &server), c, s;
	struct descriptor d = read_fd(l);

	ck_assert_int_eq(d.endpoint.state, STATE_CLOSED);
	ck_assert(address_equal(&d.endpoint.local, &server));
	ck_assert_int_eq(listen(l, 4), 0);
	c = socket(AF_INET, SOCK_STREAM, 0);
	ck_assert_int_eq(connect(c, &server.any, server.len), 0);
	while (!(read_fd(l).endpoint.ready & POLLIN))
		nap();
	d = read_fd(l);
	ck_assert_uint_eq(d.endpoint.has,
			  FIELDS_ALL | FIELD_TCP_INFO | FIELD_ACCEPT_QUEUE | FIELD_QUICK_ACK);
	ck_assert_int_eq(d.endpoint.state, STATE_LISTEN);
	ck_assert_uint_eq(d.endpoint.accept_length, 1);
	ck_assert_uint_eq(d.endpoint.accept_backlog, 4);
	s = accept(l, NULL, NULL);
	ck_assert_int_eq(send(c, "hello", 5, 0), 5);
	while (read_fd(s).endpoint.recv_queue != 5)
		nap();
	d = read_fd(s);
	ck_assert_int_eq(d.endpoint.state, STATE_ESTABLISHED);
	ck_assert(address_equal(&d.endpoint.local, &server));
	ck_assert(d.endpoint.ready & POLLIN);
	d = read_fd(c);
	ck_assert(address_equal(&d.endpoint.peer, &server));
	close(c);
	while (read_fd(s).endpoint.state != STATE_CLOSE_WAIT)
		nap();
	ck_assert(read_fd(s).endpoint.ready & POLLRDHUP);
}
END_TEST

/* The peer of a SYN that nobody answers is told all the same: the queue is full. */
START_TEST(syn_sent)
{
	struct address server;
	int l = bound(SOCK_STREAM, &server), a, b;
	struct descriptor d;

	ck_assert_int_eq(listen(l, 0), 0);
	a = socket(AF_INET, SOCK_STREAM, 0);
	ck_assert_int_eq(connect(a, &server.any, server.len), 0);
	while (!read_fd(l).endpoint.accept_length)
		nap();
	b = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	connect(b, &server.any, server.len);
	d = read_fd(b);
	ck_assert_int_eq(d.endpoint.state, STATE_SYN_SENT);
	ck_assert(address_equal(&d.endpoint.peer, &server));
	ck_assert_int_ne(address_port(&d.endpoint.local), 0);
}
END_TEST

START_TEST(error_survives)
{
	struct address server;
	int l = bound(SOCK_STREAM, &server);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), error = 0;
	struct pollfd poller = {fd, POLLOUT, 0};
	socklen_t len = sizeof(error);
	struct descriptor d;

	connect(fd, &server.any, server.len);
	ck_assert_int_eq(poll(&poller, 1, 5000), 1);
	d = read_fd(fd);
	ck_assert(d.endpoint.ready & POLLERR);
	ck_assert_int_eq(d.endpoint.state, STATE_CLOSED);
	read_fd(fd);
	ck_assert_int_eq(getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len), 0);
	ck_assert_int_eq(error, ECONNREFUSED);
	ck_assert(!(read_fd(fd).endpoint.ready & POLLERR));
	close(l);
}
END_TEST

START_TEST(udp)
{
	struct address server;
	int a = bound(SOCK_DGRAM, &server), b = socket(AF_INET, SOCK_DGRAM, 0);
	struct descriptor d = read_fd(b);

	ck_assert_uint_eq(d.endpoint.has, FIELDS_ALL | FIELD_SEND_QUEUE);
	ck_assert_int_eq(d.endpoint.state, STATE_UNCONNECTED);
	ck_assert_uint_eq(d.endpoint.local.len, 0);
	ck_assert_int_eq(connect(b, &server.any, server.len), 0);
	d = read_fd(b);
	ck_assert_int_eq(d.endpoint.state, STATE_CONNECTED);
	ck_assert(address_equal(&d.endpoint.peer, &server));
	d = read_fd(a);
	ck_assert_int_eq(d.endpoint.state, STATE_UNCONNECTED);
	ck_assert(address_equal(&d.endpoint.local, &server));
}
END_TEST

START_TEST(unix_pairs)
{
	static const int types[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};
	struct descriptor d;
	int pair[2];

	ck_assert_int_eq(socketpair(AF_UNIX, types[_i], 0, pair), 0);
	ck_assert_int_eq(send(pair[0], "hello", 5, 0), 5);
	d = read_fd(pair[1]);
	ck_assert_int_eq(d.endpoint.family, AF_UNIX);
	ck_assert_int_eq(d.endpoint.type, types[_i]);
	ck_assert_int_eq(d.endpoint.protocol, 0);
	ck_assert_int_eq(d.endpoint.state, STATE_CONNECTED);
	ck_assert_uint_eq(d.endpoint.local.len, 0);
	ck_assert_uint_eq(d.endpoint.peer.len, 0);
	ck_assert(d.endpoint.has & FIELD_PEER);
	if (types[_i] == SOCK_DGRAM)
		ck_assert(!(d.endpoint.has & FIELD_RECV_QUEUE));
	else
		ck_assert_uint_eq(d.endpoint.recv_queue, 5);
	close(pair[0]);
	d = read_fd(socket(AF_UNIX, types[_i], 0));
	ck_assert_int_eq(d.endpoint.state, STATE_UNCONNECTED);
}
END_TEST

START_TEST(unix_listener)
{
	struct sockaddr_un name = {AF_UNIX, ""};
	socklen_t len;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	struct descriptor d;

	len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
			  (size_t)snprintf(name.sun_path + 1, sizeof(name.sun_path) - 1,
					   "sockstep-%d", (int)getpid()));
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&name, len), 0);
	ck_assert_int_eq(listen(fd, 1), 0);
	d = read_fd(fd);
	ck_assert_int_eq(d.endpoint.state, STATE_LISTEN);
	ck_assert_uint_eq(d.endpoint.local.len, len);
	ck_assert_int_eq(memcmp(&d.endpoint.local.un, &name, len), 0);
	ck_assert(!(d.endpoint.has & FIELDS_QUEUES));
}
END_TEST

START_TEST(no_sockets)
{
	struct descriptor d;
	int pipes[2];

	ck_assert_int_eq(pipe(pipes), 0);
	d = read_fd(pipes[0]);
	ck_assert(d.open && !d.socket);
	ck_assert_str_eq(d.what, "pipe");
	ck_assert_uint_eq(d.endpoint.has, FIELD_FD_FLAGS | FIELD_FILE_FLAGS | FIELD_INODE |
						  FIELD_UID | FIELD_READY | FIELD_RECV_QUEUE);
	ck_assert_uint_eq(d.endpoint.recv_queue, 0);
	ck_assert_int_eq(d.endpoint.ready, 0);
	ck_assert_int_eq(write(pipes[1], "hello", 5), 5);
	d = read_fd(pipes[0]);
	ck_assert_uint_eq(d.endpoint.recv_queue, 5);
	ck_assert_int_eq(d.endpoint.ready, POLLIN);
	ck_assert_str_eq(read_fd(open("/proc/self/stat", O_RDONLY)).what, "file");
	ck_assert_str_eq(read_fd(open("/", O_RDONLY)).what, "directory");
	ck_assert_str_eq(read_fd(open("/dev/null", O_RDONLY)).what, "character device");
	ck_assert_str_eq(read_fd(epoll_create1(0)).what, "epoll");
	ck_assert_str_eq(read_fd(eventfd(0, 0)).what, "eventfd");
	ck_assert_str_eq(read_fd(timerfd_create(CLOCK_MONOTONIC, 0)).what, "timerfd");
	ck_assert_str_eq(read_fd(inotify_init1(0)).what, "anon inode");
	close(pipes[0]);
	d = read_fd(pipes[0]);
	ck_assert(!d.open && !d.socket);
	ck_assert_uint_eq(d.endpoint.has, 0);
	ck_assert(!read_fd(-1).open);
}
END_TEST

START_TEST(list)
{
	int fds[64], before, after, fd;

	before = descriptor_list(0, 1024, fds, (int)COUNT_OF(fds));
	fd = fcntl(0, F_DUPFD, 500);
	after = descriptor_list(0, 1024, fds, (int)COUNT_OF(fds));
	ck_assert_int_eq(after, before + 1);
	ck_assert_int_eq(fds[after - 1], 500);
	ck_assert_int_eq(descriptor_list(0, 500, fds, (int)COUNT_OF(fds)), before);
	fds[0] = -1;
	ck_assert_int_eq(descriptor_list(0, 1024, fds, 0), after);
	ck_assert_int_eq(fds[0], -1);
	close(fd);
}
END_TEST

static void *wait_for_byte(void *data)
{
	const int *pipes = data;
	pid_t tid = gettid();
	char byte;

	prctl(PR_SET_NAME, ") R (");
	ck_assert_int_eq(write(pipes[3], &tid, sizeof(tid)), sizeof(tid));
	return (void *)(intptr_t)read(pipes[0], &byte, 1);
}

START_TEST(task)
{
	int pipes[4];
	pthread_t thread;
	pid_t tid;

	ck_assert_int_eq(task_state(getpid(), gettid()), 'R');
	ck_assert_int_eq(task_state(getpid(), 1 << 29), 0);
	ck_assert_int_eq(pipe(pipes), 0);
	ck_assert_int_eq(pipe(pipes + 2), 0);
	ck_assert_int_eq(pthread_create(&thread, NULL, wait_for_byte, pipes), 0);
	ck_assert_int_eq(read(pipes[2], &tid, sizeof(tid)), sizeof(tid));
	while (task_state(getpid(), tid) != 'S')
		nap();
	ck_assert_int_eq(write(pipes[1], "x", 1), 1);
	pthread_join(thread, NULL);
}
END_TEST

START_TEST(numbers)
{
	long value = -1, several[4];

	ck_assert(limits_number("/proc/sys/net/core/somaxconn", &value, NULL));
	ck_assert_int_gt(value, 0);
	value = -1;
	ck_assert(!limits_number("/proc/self/stat", &value, NULL));
	ck_assert(!limits_number("/proc/sys/net/ipv4/tcp_rmem", &value, NULL));
	ck_assert(!limits_number("/proc/self/comm", &value, NULL));
	ck_assert(!limits_number("/nowhere", &value, NULL));
	ck_assert_int_eq(value, -1);
	/* What is open on the machine, nothing, and the limit. */
	ck_assert(limits_numbers("/proc/sys/fs/file-nr", several, 3, NULL));
	ck_assert_int_gt(several[0], 0);
	ck_assert_int_ge(several[2], several[0]);
	ck_assert(!limits_numbers("/proc/sys/fs/file-nr", several, 2, NULL));
	ck_assert(!limits_numbers("/proc/sys/fs/file-nr", several, 4, NULL));
}
END_TEST

START_TEST(holder)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	ino_t inode = read_fd(fd).endpoint.inode;
	char program[32], small[4];
	pid_t pid = 0;

	prctl(PR_SET_NAME, "who (holds) it");
	ck_assert(holders_find(inode, &pid, program, sizeof(program), NULL));
	ck_assert_int_eq(pid, getpid());
	ck_assert_str_eq(program, "who (holds) it");
	ck_assert(holders_find(inode, &pid, small, sizeof(small), NULL));
	ck_assert_str_eq(small, "who");
	close(fd);
	ck_assert(!holders_find(inode, &pid, program, sizeof(program), NULL));
	ck_assert(!holders_find(0, &pid, program, sizeof(program), NULL));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("descriptor");
	TCase *tests = tcase_create("descriptors"), *proc = tcase_create("proc");

	tcase_add_test(tests, fresh_tcp);
	tcase_add_test(tests, tcp_pair);
	tcase_add_test(tests, syn_sent);
	tcase_add_test(tests, error_survives);
	tcase_add_test(tests, udp);
	tcase_add_loop_test(tests, unix_pairs, 0, 3);
	tcase_add_test(tests, unix_listener);
	tcase_add_test(tests, no_sockets);
	tcase_add_test(tests, list);
	suite_add_tcase(suite, tests);
	tcase_add_test(proc, task);
	tcase_add_test(proc, numbers);
	tcase_add_test(proc, holder);
	suite_add_tcase(suite, proc);
	return unit_main(suite);
}
