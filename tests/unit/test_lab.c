/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/grow.h"
#include "lab/host.h"
#include "lab/namespace.h"
#include "lab/private.h"
#include "lab/rtnl.h"
#include "lab_driver.h"

/* What each test runs in: a network of its own, in a child. */
static uid_t uid_before;
static gid_t gid_before;

static void enter(void)
{
	struct error err;

	uid_before = getuid();
	gid_before = getgid();
	ck_assert_msg(private_enter(&err) == 0, "%s", err.text);
}

START_TEST(loopback_is_up)
{
	struct ifreq request = {.ifr_name = "lo"};
	int fd;

	fd = socket(AF_INET, SOCK_DGRAM, 0);
	ck_assert_int_eq(ioctl(fd, SIOCGIFFLAGS, &request), 0);
	ck_assert(request.ifr_flags & IFF_UP);
	close(fd);
}
END_TEST

/* Taken up, a veth pair is not yet; a thread of the kernel sees to that. Again, since it may be
 * quick. */
START_TEST(a_pair_comes_up)
{
	int route = rtnl_open(), net = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC), turn;
	struct ifreq request = {.ifr_name = "one"};
	int one, other;

	ck_assert_int_ge(route, 0);
	ck_assert_int_ge(net, 0);
	ck_assert_int_eq(rtnl_veth(route, "one", "other", net), 0);
	one = (int)if_nametoindex("one");
	other = (int)if_nametoindex("other");
	ck_assert_int_eq(rtnl_link_up(route, one, true), 0);
	for (turn = 0; turn < 50; turn++) {
		ck_assert_int_eq(rtnl_link_up(route, other, true), 0);
		ck_assert_int_eq(rtnl_await_up(route, one), 0);
		ck_assert_int_eq(ioctl(route, SIOCGIFFLAGS, &request), 0);
		ck_assert(request.ifr_flags & IFF_RUNNING);
		ck_assert_int_eq(rtnl_link_up(route, other, false), 0);
	}
	close(net);
	close(route);
}
END_TEST

START_TEST(loopback_is_alone)
{
	struct if_nameindex *list;
	struct ifreq request = {0};
	int fd, i;

	list = if_nameindex();
	ck_assert_ptr_nonnull(list);
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	/* Some kernels put tunnels into each namespace; they are down. */
	for (i = 0; list[i].if_name; i++) {
		snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", list[i].if_name);
		ck_assert_int_eq(ioctl(fd, SIOCGIFFLAGS, &request), 0);
		ck_assert_int_eq(!(request.ifr_flags & IFF_UP), strcmp(list[i].if_name, "lo") != 0);
	}
	close(fd);
	if_freenameindex(list);
}
END_TEST

START_TEST(the_user_stays)
{
	ck_assert_uint_eq(getuid(), uid_before);
	ck_assert_uint_eq(geteuid(), uid_before);
	ck_assert_uint_eq(getgid(), gid_before);
}
END_TEST

static struct sockaddr_in loopback(int port)
{
	return (struct sockaddr_in){.sin_family = AF_INET,
				    .sin_port = htons((uint16_t)port),
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static int listener(int port)
{
	struct sockaddr_in address = loopback(port);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	ck_assert_int_eq(listen(fd, 1), 0);
	return fd;
}

/* It is free whoever runs this, and again in the next test. */
START_TEST(port_80)
{
	close(listener(80));
}
END_TEST

static struct tcp_info info_of(int fd)
{
	struct tcp_info info;
	socklen_t len = sizeof(info);

	ck_assert_int_eq(getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len), 0);
	return info;
}

/* Both ends of a connection to port 80. */
static void connect_pair(int pair[2])
{
	struct sockaddr_in address = loopback(80);
	int server = listener(80), one = 1;

	pair[0] = socket(AF_INET, SOCK_STREAM, 0);
	ck_assert_int_eq(connect(pair[0], (struct sockaddr *)&address, sizeof(address)), 0);
	pair[1] = accept(server, NULL, NULL);
	ck_assert_int_ge(pair[1], 0);
	setsockopt(pair[0], IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	close(server);
}

static void exchange(const int pair[2], int times)
{
	char byte;

	while (times--) {
		ck_assert_int_eq(send(pair[0], "x", 1, 0), 1);
		ck_assert_int_eq(recv(pair[1], &byte, 1, 0), 1);
		ck_assert_int_eq(send(pair[1], "y", 1, 0), 1);
		ck_assert_int_eq(recv(pair[0], &byte, 1, 0), 1);
	}
}

/* A connection that has exchanged data holds acknowledgements back for 40 ms elsewhere. */
START_TEST(acknowledged_at_once)
{
	int pair[2], i;

	connect_pair(pair);
	exchange(pair, 20);
	for (i = 0; i < 20; i++) {
		ck_assert_int_eq(send(pair[0], "x", 1, 0), 1);
		ck_assert_uint_eq(info_of(pair[0]).tcpi_unacked, 0);
	}
	close(pair[0]);
	close(pair[1]);
}
END_TEST

START_TEST(a_fin_is_acknowledged_at_once)
{
	int pair[2];

	connect_pair(pair);
	exchange(pair, 20);
	ck_assert_int_eq(shutdown(pair[0], SHUT_WR), 0);
	ck_assert_int_eq(info_of(pair[0]).tcpi_state, TCP_FIN_WAIT2);
	close(pair[0]);
	close(pair[1]);
}
END_TEST

START_TEST(entered_twice)
{
	struct error err;

	/* A network in the network: nothing of the first is in the way of the second. */
	listener(80);
	ck_assert_msg(private_enter(&err) == 0, "%s", err.text);
	close(listener(80));
}
END_TEST

#define SETTINGS 7

/* What the lab sets in a host, and to what. */
static const struct {
	const char *path;
	long value;
} settings[SETTINGS] = {
	{"ipv6/conf/default/addr_gen_mode", 1}, {"ipv4/icmp_ratelimit", 0},
	{"ipv4/tcp_invalid_ratelimit", 0},      {"ipv6/icmp/ratelimit", 0},
	{"ipv4/icmp_msgs_per_sec", 1000000},    {"ipv4/tcp_syn_linear_timeouts", 0},
	{"ipv4/tcp_early_retrans", 0},
};

static void read_settings(int to)
{
	long values[SETTINGS];
	char path[128];
	size_t i;

	for (i = 0; i < SETTINGS; i++) {
		FILE *file;

		snprintf(path, sizeof(path), "/proc/sys/net/%s", settings[i].path);
		file = fopen(path, "re");
		if (!file || fscanf(file, "%ld", &values[i]) != 1)
			values[i] = -1;
		if (file)
			fclose(file);
	}
	_exit(write(to, values, sizeof(values)) != sizeof(values));
}

/* Of a host's network; HOST NULL: of one of its own, that nobody has touched. */
static void settings_of(const struct lab *lab, const struct host *host, long values[SETTINGS])
{
	int pair[2], status;
	pid_t child;

	ck_assert_int_eq(pipe(pair), 0);
	child = fork();
	if (child == 0) {
		if (host ? host_enter(lab, host) < 0 : unshare(CLONE_NEWUSER | CLONE_NEWNET) < 0)
			_exit(1);
		read_settings(pair[1]);
	}
	close(pair[1]);
	ck_assert_int_eq(read(pair[0], values, SETTINGS * sizeof(long)), SETTINGS * sizeof(long));
	close(pair[0]);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}

static void check_defaults(const struct lab *lab, const struct host *host)
{
	long values[SETTINGS], defaults[SETTINGS];
	size_t i;

	settings_of(lab, NULL, defaults);
	settings_of(lab, host, values);
	for (i = 0; i < SETTINGS; i++)
		ck_assert_msg(values[i] == defaults[i], "%s: %ld, not %ld", settings[i].path,
			      values[i], defaults[i]);
}

static void check_quiet(const struct lab *lab, const struct host *host)
{
	long values[SETTINGS];
	size_t i;

	settings_of(lab, host, values);
	for (i = 0; i < SETTINGS; i++)
		ck_assert_msg(values[i] == settings[i].value || values[i] == -1, "%s: %ld",
			      settings[i].path, values[i]);
}

static void set_clock(struct lab *lab, enum lab_clock clock)
{
	struct error err;

	ck_assert_msg(lab_set_clock(lab, clock, &err) == 0, "%s", err.text);
}

/* Real time gives back all that the lab has set, as often as one likes. */
START_TEST(the_clock_goes_both_ways)
{
	struct lab lab;
	struct host *a, *b;

	lab_init(&lab, LAB_VETH);
	a = make_host(&lab, "a");
	check_quiet(&lab, a);
	set_clock(&lab, CLOCK_FAST);
	check_quiet(&lab, a);
	set_clock(&lab, CLOCK_REAL);
	check_defaults(&lab, a);
	/* One that is made meanwhile is like the others. */
	b = make_host(&lab, "b");
	check_defaults(&lab, b);
	set_clock(&lab, CLOCK_SETTLED);
	check_quiet(&lab, a);
	check_quiet(&lab, b);
	set_clock(&lab, CLOCK_REAL);
	check_defaults(&lab, a);
	check_defaults(&lab, b);
	lab_free(&lab);
}
END_TEST

static void is_refused(const char *words)
{
	struct error err = {0};

	ck_assert_int_eq(namespace_user(CLONE_NEWNET, &err), -1);
	ck_assert_msg(strstr(err.text, words) != NULL, "%s", err.text);
}

/* As the default of a container's engine: what there is to see from within is the errno. */
START_TEST(refused_by_a_filter)
{
	struct sock_filter program[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_unshare, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog filter = {.len = COUNT_OF(program), .filter = program};

	ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	ck_assert_int_eq(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter), 0);
	is_refused("a filter of system calls (seccomp) forbids user namespaces here, as in a "
		   "container; remedy: docker run --security-opt seccomp=unconfined");
}
END_TEST

/* What AppArmor does: the namespace can be made, and not filled in. */
START_TEST(refused_when_the_ids_are_written)
{
	if (getuid() == 0) {
		ck_assert_int_eq(setresgid(65534, 65534, 65534), 0);
		ck_assert_int_eq(setresuid(65534, 65534, 65534), 0);
	}
	/* /proc/self is then root's. */
	ck_assert_int_eq(prctl(PR_SET_DUMPABLE, 0), 0);
	is_refused("open or write of /proc/self/uid_map: Permission denied");
	/* LeakSanitizer looks at us. */
	ck_assert_int_eq(prctl(PR_SET_DUMPABLE, 1), 0);
}
END_TEST

static void *wait_for_ever(void *data)
{
	pause();
	return data;
}

/* Only a process of one thread can: EINVAL, as where the kernel has no user namespaces. */
START_TEST(refused_by_the_kernel)
{
	struct error err;
	pthread_t thread;

	ck_assert_int_eq(namespace_user(CLONE_NEWNS, &err), 0);
	ck_assert_int_eq(pthread_create(&thread, NULL, wait_for_ever, NULL), 0);
	is_refused("unshare: Invalid argument");
	ck_assert_int_eq(mount("tmpfs", "/proc", "tmpfs", 0, NULL), 0);
	is_refused("this kernel was built without user namespaces");
	/* A sanitizer looks there when the test ends. */
	ck_assert_int_eq(umount2("/proc", MNT_DETACH), 0);
}
END_TEST

START_TEST(what_cannot_be_written)
{
	ck_assert_int_eq(namespace_write("/proc/self/no such file", "1"), -1);
	ck_assert_int_eq(errno, ENOENT);
	ck_assert_int_eq(namespace_write("/dev/full", "1"), -1);
	ck_assert_int_eq(errno, ENOSPC);
}
END_TEST

static Suite *lab_suite(void)
{
	TCase *hosts = tcase_create("hosts");
	Suite *suite = suite_create("lab");
	TCase *refused = tcase_create("refused");
	TCase *tests = tcase_create("private");

	tcase_add_test(refused, refused_by_a_filter);
	tcase_add_test(refused, refused_when_the_ids_are_written);
	tcase_add_test(refused, refused_by_the_kernel);
	tcase_add_test(refused, what_cannot_be_written);
	suite_add_tcase(suite, refused);

	tcase_add_checked_fixture(tests, enter, NULL);
	tcase_add_test(tests, loopback_is_up);
	tcase_add_test(tests, loopback_is_alone);
	tcase_add_test(tests, a_pair_comes_up);
	tcase_add_test(tests, the_user_stays);
	tcase_add_test(tests, port_80);
	tcase_add_test(tests, acknowledged_at_once);
	tcase_add_test(tests, a_fin_is_acknowledged_at_once);
	tcase_add_test(tests, entered_twice);
	suite_add_tcase(suite, tests);
	tcase_add_test(hosts, the_clock_goes_both_ways);
	suite_add_tcase(suite, hosts);
	return suite;
}

/* Tries in a child; one that cannot enter writes why. */
static void try_to_enter(int to)
{
	struct error err;

	if (private_enter(&err) < 0 && write(to, err.text, strlen(err.text)) < 0)
		_exit(1);
	_exit(0);
}

/* A machine that forbids user namespaces is no failure, as long as it is said why. */
static bool forbidden(void)
{
	char why[sizeof(((struct error *)0)->text)] = "";
	ssize_t got;
	int pair[2];
	pid_t child;

	if (pipe(pair) < 0)
		return false;
	child = fork();
	if (child == 0)
		try_to_enter(pair[1]);
	close(pair[1]);
	got = read(pair[0], why, sizeof(why) - 1);
	close(pair[0]);
	waitpid(child, NULL, 0);
	if (got <= 0 || strncmp(why, "no private network: ", 20) != 0)
		return false;
	printf("1..0 # SKIP %s\n", why);
	return true;
}

int main(void)
{
	return forbidden() ? EXIT_SUCCESS : unit_main(lab_suite());
}
