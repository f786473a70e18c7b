/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/if_tun.h>
#include <linux/inet_diag.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "session_driver.h"

/*
 * Explanations of what a script cannot bring about: what a network allows, its routes and limits. A
 * private one is changed for that; without one there is nothing to test. A test ends at once where
 * the machine lacks what it takes.
 */

#define LOCAL_PORTS "/proc/sys/net/ipv4/ip_local_port_range"

static bool write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t put = -1;

	if (fd >= 0) {
		put = write(fd, text, strlen(text));
		close(fd);
	}
	return put == (ssize_t)strlen(text);
}

/* The session anew, after something that its process inherits was changed. */
static void start_again(void)
{
	struct session_config config = {.prompt = true, .hooks.signal_fd = -1};

	session_free(driver.session);
	start_with(config);
}

static void and_says(const char *text)
{
	ck_assert_msg(strstr(last()->why, text) != NULL, "\"%s\" is not in \"%s\"", text,
		      last()->why);
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

/* A route of a kind that lets nothing through. */
static void add_route(unsigned char kind, const char *to)
{
	union {
		struct nlmsghdr header;
		char bytes[1024];
	} buffer;
	struct mnl_socket *socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	struct nlmsghdr *header = mnl_nlmsg_put_header(&buffer);
	struct rtmsg *message = mnl_nlmsg_put_extra_header(header, sizeof(*message));
	struct in_addr address;
	ssize_t len;

	ck_assert_int_eq(inet_pton(AF_INET, to, &address), 1);
	header->nlmsg_type = RTM_NEWROUTE;
	header->nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_ACK;
	*message = (struct rtmsg){
		.rtm_family = AF_INET,
		.rtm_dst_len = 32,
		.rtm_table = RT_TABLE_MAIN,
		.rtm_protocol = RTPROT_BOOT,
		.rtm_scope = RT_SCOPE_UNIVERSE,
		.rtm_type = kind,
	};
	mnl_attr_put(header, RTA_DST, sizeof(address), &address);
	ck_assert_ptr_nonnull(socket);
	ck_assert_int_gt(mnl_socket_sendto(socket, header, header->nlmsg_len), 0);
	len = mnl_socket_recvfrom(socket, &buffer, sizeof(buffer));
	ck_assert_int_gt(len, 0);
	ck_assert_int_ge(mnl_cb_run(&buffer, (size_t)len, 0, 0, NULL, NULL), 0);
	mnl_socket_close(socket);
}

static void interface_ioctl(unsigned long request, struct ifreq *change)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	ck_assert_int_eq(ioctl(fd, request, change), 0);
	close(fd);
}

/* An Ethernet on which nobody is: its descriptor, or -1 where the machine has no such device. */
static int empty_ethernet(const char *name, const char *address)
{
	struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};
	struct sockaddr_in *in = (struct sockaddr_in *)&request.ifr_addr;
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	if (fd < 0 || ioctl(fd, TUNSETIFF, &request) < 0) {
		close(fd);
		return -1;
	}
	in->sin_family = AF_INET;
	in->sin_port = 0;
	ck_assert_int_eq(inet_pton(AF_INET, address, &in->sin_addr), 1);
	interface_ioctl(SIOCSIFADDR, &request);
	interface_ioctl(SIOCGIFFLAGS, &request);
	request.ifr_flags |= IFF_UP | IFF_RUNNING;
	interface_ioctl(SIOCSIFFLAGS, &request);
	return fd;
}

static void set_mtu(const char *name, int mtu)
{
	struct ifreq request = {.ifr_mtu = mtu};

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	interface_ioctl(SIOCSIFMTU, &request);
}

static void drop_capability(unsigned capability)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2];

	ck_assert_int_eq(syscall(SYS_capget, &header, data), 0);
	data[capability / 32].effective &= ~(1U << capability % 32);
	ck_assert_int_eq(syscall(SYS_capset, &header, data), 0);
}

/* Whatever comes for this socket of the process is thrown away, as if its host had vanished. */
static bool make_deaf(int fd)
{
	struct sock_filter drop = BPF_STMT(BPF_RET | BPF_K, 0);
	struct sock_fprog program = {.len = 1, .filter = &drop};
	int pid = session_process_pid(session_current(driver.session));
	int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	int copy = pidfd < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, pidfd, fd, 0);
	bool done = copy >= 0 &&
		    setsockopt(copy, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)) == 0;

	close(pidfd);
	close(copy);
	return done;
}

START_TEST(no_port_left_to_a_destination)
{
	if (!driver.private_network || !write_text(LOCAL_PORTS, "40000 40001"))
		return;
	listening();
	gives(4, "socket tcp");
	ok("connect 4 $:8080");
	gives(5, "socket tcp");
	ok("connect 5 $:8080");
	/* The client closes first. */
	gives(6, "accept 3");
	ok("close 4");
	ok("close 6");
	gives(4, "socket tcp");
	fails(EADDRNOTAVAIL, "no local port is left for 127.0.0.1:8080: all 2 from 40000 to 40001",
	      "connect 4 $:8080");
	and_says("1 of them in TIME-WAIT");
}
END_TEST

START_TEST(the_same_connection_twice)
{
	listening();
	gives(4, "one = socket tcp");
	ok("setsockopt 4 SO_REUSEADDR 1; bind 4 $:8081; connect 4 $:8080");
	gives(5, "socket tcp");
	ok("setsockopt 5 SO_REUSEADDR 1; bind 5 $:8081");
	fails(EADDRNOTAVAIL,
	      "exists already, fd 4 (one), in state ESTABLISHED: no two have the same",
	      "connect 5 $:8080");
}
END_TEST

START_TEST(no_port_left_to_bind)
{
	if (!driver.private_network || !write_text(LOCAL_PORTS, "40000 40001"))
		return;
	gives(3, "socket tcp");
	ok("bind 3 $:0");
	gives(4, "socket tcp");
	ok("bind 4 $:0");
	gives(5, "socket tcp");
	fails(EADDRINUSE, "those from 40000 to 40001", "bind 5 $:0");
}
END_TEST

START_TEST(a_port_for_the_privileged)
{
	if (!driver.private_network)
		return;
	drop_capability(CAP_NET_BIND_SERVICE);
	start_again();
	gives(3, "socket tcp");
	fails(EACCES, "port 80 is reserved: here, ports below 1024 ", "bind 3 $:80");
	if (!write_text("/proc/sys/net/ipv4/ip_unprivileged_port_start", "90"))
		return;
	fails(EACCES, "Choose a port from 90 on.", "bind 3 $:80");
	ok("bind 3 $:90");
}
END_TEST

static const char *own_group(void)
{
	static char range[32];

	snprintf(range, sizeof(range), "%u %u", (unsigned)getegid(), (unsigned)getegid());
	return range;
}

START_TEST(sockets_for_the_privileged)
{
	if (!driver.private_network)
		return;
	drop_capability(CAP_NET_RAW);
	start_again();
	fails(EPERM, "it takes the capability CAP_NET_RAW", "socket raw");
	/* Numbers of groups that are not known here say nothing. */
	fails(EACCES, "groups of net.ipv4.ping_group_range", "socket icmp");
	if (!write_text("/proc/sys/net/ipv4/ping_group_range", own_group()))
		return;
	gives(3, "socket icmp");
}
END_TEST

START_TEST(routes_that_forbid)
{
	if (!driver.private_network)
		return;
	add_route(RTN_PROHIBIT, "192.0.2.1");
	add_route(RTN_UNREACHABLE, "192.0.2.2");
	add_route(RTN_BLACKHOLE, "192.0.2.3");
	gives(3, "socket tcp");
	fails(EACCES, "the route to 192.0.2.1 is of the kind \"prohibit\"",
	      "connect 3 192.0.2.1:80");
	fails(EHOSTUNREACH, "the route to 192.0.2.2 is of the kind \"unreachable\"",
	      "connect 3 192.0.2.2:80");
	fails(EINVAL, "the route to 192.0.2.3 is of the kind \"blackhole\"",
	      "connect 3 192.0.2.3:80");
	gives(4, "socket udp");
	fails(EACCES, "\"prohibit\"", "sendto 4 \"x\" 192.0.2.1:53");
	fails(EHOSTUNREACH, "\"unreachable\"", "sendto 4 \"x\" 192.0.2.2:53");
}
END_TEST

START_TEST(nobody_on_the_link)
{
	int fd;

	if (!driver.private_network)
		return;
	fd = empty_ethernet("net0", "10.9.8.1");
	if (fd < 0)
		return;
	write_text("/proc/sys/net/ipv4/neigh/net0/retrans_time_ms", "20");
	gives(3, "socket tcp");
	fails(EHOSTUNREACH,
	      "the way to 10.9.8.2 goes through net0, and nobody there answered for 10.9.8.2",
	      "connect 3 10.9.8.2:80");
	fails(ENETUNREACH,
	      "neither one for it nor a default route. This network's own addresses are ",
	      "connect 3 192.0.2.1:80");
	and_says("10.9.8.1 (net0)");
	ok("bind 3 127.0.0.1:0");
	fails(EINVAL, "a loopback address, and from there no packet leaves",
	      "connect 3 10.9.8.2:80");
	gives(4, "socket tcp");
	fails(EADDRNOTAVAIL, "no interface here has the address 10.9.8.7", "bind 4 10.9.8.7:80");
	and_says("127.0.0.1 (lo), 10.9.8.1 (net0)");
	close(fd);
}
END_TEST

START_TEST(a_small_mtu)
{
	if (!driver.private_network)
		return;
	set_mtu("lo", 1500);
	gives(3, "socket udp");
	ok("setsockopt 3 IP_MTU_DISCOVER 2");
	fails(EMSGSIZE, "the MTU on the way to 127.0.0.1 is 1500, headers take 28 of it",
	      "sendto 3 1473*\"x\" $:9");
	and_says("At most 1472 fit.");
	gives(1472, "sendto 3 1472*\"x\" $:9");
	gives(4, "socket udp");
	ok("setsockopt 4 SO_SNDBUF 4608");
	fails(ENOBUFS,
	      "60000 bytes are cut into packets that all must stand in the send buffer of fd 4, "
	      "and that holds 9216",
	      "sendto 4 60000*\"x\" $:9");
}
END_TEST

START_TEST(all_descriptors_taken)
{
	struct rlimit limit, low;
	int i;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	low = limit;
	low.rlim_cur = 24;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &low), 0);
	start_again();
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	for (i = 3; i < 22; i++)
		gives(i, "socket udp");
	fails(EMFILE,
	      "this process may have 24 descriptors open (RLIMIT_NOFILE), and all are taken",
	      "socket udp");
	and_says("Open are 0, 1, 2, 3, 4, 5, 6, 7, ...: close some;");
	fails(EMFILE, "24 descriptors", "dup 3");
	fails(EBADF, "numbered from 0 to 23", "dup2 3 24");
}
END_TEST

START_TEST(too_many_memberships)
{
	char line[80];
	int i;

	if (!driver.private_network || !write_text("/proc/sys/net/ipv4/igmp_max_memberships", "3"))
		return;
	gives(3, "socket udp");
	for (i = 1; i <= 3; i++) {
		snprintf(line, sizeof(line), "setsockopt 3 IPPROTO_IP 35 hex:e001020%d7f000001", i);
		ok(line);
	}
	fails(ENOBUFS, "as many groups as one socket may be: 3 (net.ipv4.igmp_max_memberships)",
	      "setsockopt 3 IPPROTO_IP 35 hex:e00102047f000001");
	fails(EADDRINUSE, "fd 3 is a member of that group already",
	      "setsockopt 3 IPPROTO_IP 35 hex:e00102017f000001");
}
END_TEST

START_TEST(sent_again_and_again)
{
	if (!driver.private_network || !write_text("/proc/sys/net/ipv4/tcp_retries2", "1"))
		return;
	connected();
	if (!make_deaf(5))
		return;
	gives(1, "send 4 \"x\"");
	gives(1, "poll 4:ERR 20s");
	fails(ETIMEDOUT, "what fd 4 sent was sent again ", "recv 4 10");
	and_says("(net.ipv4.tcp_retries2)");
}
END_TEST

START_TEST(probes_without_an_answer)
{
	if (!driver.private_network)
		return;
	connected();
	ok("setsockopt 4 SO_KEEPALIVE 1; setsockopt 4 TCP_KEEPIDLE 1; setsockopt 4 TCP_KEEPINTVL "
	   "1; "
	   "setsockopt 4 TCP_KEEPCNT 1");
	if (!make_deaf(5))
		return;
	gives(1, "poll 4:ERR 20s");
	fails(ETIMEDOUT,
	      "nothing came on fd 4 for 1 s, then the probes of SO_KEEPALIVE went unanswered (1 in "
	      "a row)",
	      "recv 4 10");
}
END_TEST

/* Once with the kernel's own limit: a SYN to the address of nobody that is thrown away. */
START_TEST(a_syn_without_an_answer)
{
	if (!driver.private_network || !write_text("/proc/sys/net/ipv4/tcp_syn_retries", "1"))
		return;
	write_text("/proc/sys/net/ipv4/tcp_syn_linear_timeouts", "0");
	gives(3, "socket tcp");
	ok("bind 3 $:8080");
	ok("listen 3 0");
	gives(4, "socket tcp");
	ok("connect 4 $:8080");
	gives(5, "socket tcp");
	fails(ETIMEDOUT, "which the kernel sends again once and no more (net.ipv4.tcp_syn_retries)",
	      "connect 5 $:8080");
}
END_TEST

/* In a private network every user has the capability to pass by the modes of its own files. */
static void obey_modes(void)
{
	drop_capability(CAP_DAC_OVERRIDE);
	drop_capability(CAP_DAC_READ_SEARCH);
	start_again();
}

START_TEST(modes_that_forbid)
{
	char directory[] = "/tmp/sockstep-evidence-XXXXXX", line[128], path[80];

	ck_assert_ptr_nonnull(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/s", directory);
	obey_modes();
	gives(3, "socket unix");
	snprintf(line, sizeof(line), "bind 3 unix:%s", path);
	ck_assert_int_eq(chmod(directory, 0500), 0);
	fails(EACCES, "this user may not write to the directory /tmp/", line);
	and_says("mode 0500");
	ck_assert_int_eq(chmod(directory, 0600), 0);
	fails(EACCES, "this user may not search the directory /tmp/", line);
	and_says("mode 0600");
	ck_assert_int_eq(chmod(directory, 0700), 0);
	ok(line);
	ok("listen 3");
	ck_assert_int_eq(chmod(path, 0400), 0);
	gives(4, "socket unix");
	snprintf(line, sizeof(line), "connect 4 unix:%s", path);
	fails(EACCES, "this user may not write to /tmp/", line);
	and_says("mode 0400");
	unlink(path);
	ck_assert_int_eq(rmdir(directory), 0);
}
END_TEST

/* What the file system says of a path. */
START_TEST(paths_that_fail)
{
	char directory[] = "/tmp/sockstep-evidence-XXXXXX", line[128], path[80];
	bool mounted;

	ck_assert_ptr_nonnull(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/s", directory);
	ck_assert_int_eq(symlink(path, path), 0);
	gives(3, "socket unix");
	snprintf(line, sizeof(line), "connect 3 unix:%s", path);
	fails(ELOOP, "too many symbolic links", line);
	unlink(path);
	mounted = driver.private_network && unshare(CLONE_NEWNS) == 0 &&
		  mount("none", directory, "tmpfs", MS_RDONLY, NULL) == 0;
	if (mounted) {
		start_again();
		gives(3, "socket unix");
		snprintf(line, sizeof(line), "bind 3 unix:%s", path);
		fails(EROFS, "a file system that is read-only", line);
		session_free(driver.session);
		driver.session = NULL;
		ck_assert_int_eq(umount(directory), 0);
	}
	ck_assert_int_eq(rmdir(directory), 0);
}
END_TEST

/* A packet goes through one interface, which the address names by its number. */
START_TEST(interfaces_that_fail)
{
	char line[128];
	struct ifreq request = {.ifr_name = "net0"};
	int fd;

	if (!driver.private_network)
		return;
	fd = empty_ethernet("net0", "10.9.8.1");
	if (fd < 0)
		return;
	gives(3, "socket packet dgram 0");
	fails(ENXIO, "by a number that no interface has",
	      "sendto 3 \"x\" hex:11000800ff000000000000060000000000000000");
	interface_ioctl(SIOCGIFFLAGS, &request);
	request.ifr_flags &= ~IFF_UP;
	interface_ioctl(SIOCSIFFLAGS, &request);
	snprintf(line, sizeof(line),
		 "sendto 3 \"x\" hex:11000800%02x000000000000060000000000000000",
		 if_nametoindex("net0"));
	fails(ENETDOWN, "interface net0 is down", line);
	close(fd);
}
END_TEST

/* As `ss -K` does. False where this kernel cannot. */
static bool destroy_connection(const struct endpoint *endpoint)
{
	struct {
		struct nlmsghdr header;
		struct inet_diag_req_v2 body;
		char room[256];
	} message = {.header = {.nlmsg_len = NLMSG_LENGTH(sizeof(message.body)),
				.nlmsg_type = SOCK_DESTROY,
				.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK},
		     .body = {.sdiag_family = AF_INET,
			      .sdiag_protocol = IPPROTO_TCP,
			      .idiag_states = ~0U,
			      .id = {.idiag_sport = endpoint->local.in.sin_port,
				     .idiag_dport = endpoint->peer.in.sin_port,
				     .idiag_src = {endpoint->local.in.sin_addr.s_addr},
				     .idiag_dst = {endpoint->peer.in.sin_addr.s_addr},
				     .idiag_cookie = {INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE}}}};
	struct mnl_socket *socket = mnl_socket_open2(NETLINK_SOCK_DIAG, SOCK_CLOEXEC);
	ssize_t len;

	ck_assert_ptr_nonnull(socket);
	ck_assert_int_gt(mnl_socket_sendto(socket, &message, message.header.nlmsg_len), 0);
	len = mnl_socket_recvfrom(socket, &message, sizeof(message));
	mnl_socket_close(socket);
	return len > 0 && mnl_cb_run(&message, (size_t)len, 0, 0, NULL, NULL) >= 0;
}

START_TEST(ended_by_the_administrator)
{
	struct endpoint endpoint;

	if (!driver.private_network)
		return;
	connected();
	gives(1, "send 4 \"x\"");
	endpoint = of_fd(last(), 4)->now;
	if (!destroy_connection(&endpoint))
		return;
	fails(ECONNABORTED, "broken off from this side", "recv 4 10");
}
END_TEST

START_TEST(nobody_with_that_number)
{
	gives(3, "socket tcp");
	fails(ESRCH, "there is no process", "fcntl 3 8 4194304");
}
END_TEST

START_TEST(a_path_of_another_network)
{
	char directory[] = "/tmp/sockstep-evidence-XXXXXX", line[128], path[80];
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd;

	ck_assert_ptr_nonnull(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/s", directory);
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	start();
	gives(3, "socket unix");
	/* No table of sockets in the new network shows it. */
	snprintf(line, sizeof(line), "bind 3 unix:%s", path);
	fails(EADDRINUSE,
	      driver.private_network ? "a socket that is alive is bound to " : "another program, ",
	      line);
	snprintf(line, sizeof(line), "connect 3 unix:%s", path);
	fails(ECONNREFUSED, "does not listen", line);
	end();
	close(fd);
	unlink(path);
	ck_assert_int_eq(rmdir(directory), 0);
}
END_TEST

/* Another process of the session: its descriptors are told apart. */
START_TEST(held_by_another_process)
{
	gives(3, "srv = socket tcp");
	ok("bind 3 $:8080");
	ok("listen 3");
	ck_assert_int_eq(session_start(driver.session, "b", 1, NULL, 0, &driver.err), 0);
	gives(3, "socket tcp");
	fails(EADDRINUSE, "is held by fd 3 of process main, which listens", "bind 3 $:8080");
	fails(EBADF, "Open are: 0, 1, 2, 3.", "listen 7");
}
END_TEST

/* Nobody may look into the process: the words in general, never wrong ones. */
START_TEST(nothing_can_be_read)
{
	gives(3, "socket tcp");
	drop_capability(CAP_SYS_PTRACE);
	fails(ENOTSOCK, "fd 0 is open, but it is not a socket (", "listen 0");
	fails(ECONNREFUSED, "no socket listens on ", "connect 3 $:7999");
	gives(4, "socket udp");
	fails(EDESTADDRREQ, "fd 4 is UDP", "send 4 \"x\"");
}
END_TEST

static Suite *evidence_suite(void)
{
	Suite *suite = suite_create("session_evidence");
	TCase *tests = tcase_create("evidence");
	TCase *deaf = tcase_create("evidence of a peer that is silent");
	TCase *bare = tcase_create("evidence of paths");

	tcase_add_checked_fixture(tests, start, end);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, no_port_left_to_a_destination);
	tcase_add_test(tests, the_same_connection_twice);
	tcase_add_test(tests, no_port_left_to_bind);
	tcase_add_test(tests, a_port_for_the_privileged);
	tcase_add_test(tests, sockets_for_the_privileged);
	tcase_add_test(tests, routes_that_forbid);
	tcase_add_test(tests, nobody_on_the_link);
	tcase_add_test(tests, a_small_mtu);
	tcase_add_test(tests, all_descriptors_taken);
	tcase_add_test(tests, too_many_memberships);
	tcase_add_test(tests, a_syn_without_an_answer);
	tcase_add_test(tests, modes_that_forbid);
	tcase_add_test(tests, paths_that_fail);
	tcase_add_test(tests, interfaces_that_fail);
	tcase_add_test(tests, ended_by_the_administrator);
	tcase_add_test(tests, nobody_with_that_number);
	tcase_add_test(tests, held_by_another_process);
	tcase_add_test(tests, nothing_can_be_read);
	suite_add_tcase(suite, tests);
	/* Valgrind 3.19 has no pidfd_open. */
	tcase_set_tags(deaf, "pidfd");
	tcase_add_checked_fixture(deaf, start, end);
	tcase_set_timeout(deaf, 60);
	tcase_add_test(deaf, sent_again_and_again);
	tcase_add_test(deaf, probes_without_an_answer);
	suite_add_tcase(suite, deaf);
	tcase_add_test(bare, a_path_of_another_network);
	tcase_set_timeout(bare, 60);
	suite_add_tcase(suite, bare);
	return suite;
}

int main(void)
{
	return unit_main(evidence_suite());
}
