/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <time.h>

#include "base/buf.h"
#include "base/grow.h"
#include "calls/answers.h"
#include "calls/kinds.h"
#include "calls/ready.h"
#include "calls_fixture.h"
#include "names/options.h"

static const struct call *call_of(const struct line_read *read)
{
	return calls_find(read->record->name, strlen(read->record->name));
}

static void must_read(const char *line, struct line_read *read)
{
	int result = read_line(line, read);

	ck_assert_msg(result == 0, "%s: %s", line, read->err.text);
}

/* What it comes to does not depend on how it was written. */
static const struct {
	const char *shell, *c;
} spellings[] = {
	{"socket tcp", "socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)"},
	{"socket tcp6", "socket(AF_INET6, SOCK_STREAM, 6);"},
	{"fork", "pid_t pid = fork();"},
	{"fork", "fork()"},
	{"_exit 3", "_exit(3);"},
	{"_exit", "_exit(0)"},
	{"getrlimit NOFILE", "getrlimit(RLIMIT_NOFILE, rlim)"},
	{"pidfd_open 77", "pidfd_open(77, 0)"},
	{"pidfd_getfd 3 5", "pidfd_getfd(3, 5, 0)"},
	{"setrlimit NOFILE 6", "setrlimit(RLIMIT_NOFILE, {6, 6})"},
	{"setrlimit NOFILE {6,7}", "int r = setrlimit(RLIMIT_NOFILE, {rlim_cur=6, rlim_max=7});"},
	{"setrlimit NOFILE {6,7}", "setrlimit(RLIMIT_NOFILE, { 6, 7 })"},
	{"setrlimit CORE unlimited", "setrlimit(4, {RLIM_INFINITY, RLIM_INFINITY});"},
	{"socket udp nonblock", "socket(PF_INET, SOCK_DGRAM | SOCK_NONBLOCK, IPPROTO_UDP)"},
	{"socket unix", "socket(AF_UNIX, SOCK_STREAM, 0)"},
	{"socket unix dgram", "socket(AF_LOCAL, SOCK_DGRAM, 0)"},
	{"socket inet stream", "socket(2, 1, 0)"},
	{"socket icmp", "socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP)"},
	{"socket raw", "socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)"},
	{"socketpair unix-dgram", "socketpair(AF_UNIX, SOCK_DGRAM, 0, sv)"},
	{"socketpair unix cloexec", "socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, [3, 4])"},
	{"bind srv 127.0.0.1:8080", "bind(3, {AF_INET, 127.0.0.1:8080}, 16)"},
	{"bind 3 :8080", "bind(3, {AF_INET, 0.0.0.0:8080}, 16)"},
	{"bind 3 [::1]:80", "bind(3, {AF_INET6, [::1]:80}, 28)"},
	{"bind 3 unix:@name", "bind(3, {AF_UNIX, \"@name\"}, 7)"},
	{"listen 3", "listen(3, 128)"},
	{"listen 3 0x10", "listen(3, 16)"},
	{"accept 3", "accept(3, addr, [128])"},
	{"accept4 3 nonblock", "accept4(3, addr, [128], SOCK_NONBLOCK)"},
	{"connect . 127.0.0.1:80", "connect(4, {AF_INET, 127.0.0.1:80}, 16)"},
	{"send 4 \"hello\"", "send(4, \"hello\", 5, 0)"},
	{"send 4 hello 2 DONTWAIT|NOSIGNAL", "send(4, \"hello\", 2, MSG_NOSIGNAL|MSG_DONTWAIT)"},
	{"send 4 \"hello\" peek", "send(4, \"hello\", 5, MSG_PEEK)"},
	{"sendto 4 \"x\"", "sendto(4, \"x\", 1, 0, NULL, 0)"},
	{"sendto 4 \"x\" 127.0.0.1:53", "sendto(4, \"x\", 1, 0, {AF_INET, 127.0.0.1:53}, 16)"},
	{"sendto 4 \"x\" MORE :53", "sendto(4, \"x\", 1, MSG_MORE, {AF_INET, 0.0.0.0:53}, 16)"},
	{"recv 5", "recv(5, buf, 4096, 0)"},
	{"recv 5 1K PEEK", "recv(5, buf, 1024, MSG_PEEK)"},
	{"recv 5 DONTWAIT", "recv(5, buf, 4096, MSG_DONTWAIT)"},
	{"recvfrom 5 100", "recvfrom(5, buf, 100, 0, addr, [128])"},
	{"read 5 10", "read(5, buf, 10)"},
	{"write 5 hex:6869", "write(5, \"hi\", 2)"},
	{"readv 5 3,10", "readv(5, [{iov_base=buf, iov_len=3}, {iov_base=\"ab\", iov_len=10}], 2)"},
	{"readv 5 [ 1K ]", "ssize_t n = readv(5, 1K, 1);"},
	{"readv 5 0 1", "readv(5, [{.iov_base = a, .iov_len = 0}, {b, 1}], 2)"},
	{"readv 5 []", "readv(5, NULL, 0)"},
	{"writev 5 [\"ab\", \"cd\"]",
	 "writev(5, [{iov_base=\"ab\", iov_len=2}, {iov_base=\"cd\", iov_len=2}], 2)"},
	{"writev 5 \"a,b\" hex:6364 3*\"x\"",
	 "writev(5, [{\"a,b\", 3}, {iov_len=2, iov_base=\"cde\"}, \"xxx\"], 3)"},
	{"writev 5 [\"\"]", "writev(5, [{iov_base=NULL, iov_len=0}], 1)"},
	{"writev 5 []", "writev(5, [], 0)"},
	{"sendmsg 4 \"hello\"",
	 "sendmsg(4, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"hello\", iov_len=5}], "
	 "msg_iovlen=1, msg_control=NULL, msg_controllen=0, msg_flags=0}, 0)"},
	{"sendmsg 4 \"a\" [\"b\", \"c\"] to=127.0.0.1:53 flags=DONTWAIT",
	 "sendmsg(4, {.msg_name = {AF_INET, 127.0.0.1:53}, .msg_iov = [\"a\", \"b\", \"c\"]}, "
	 "MSG_DONTWAIT);"},
	{"sendmsg 4 x rights=srv,5 NOSIGNAL|DONTWAIT",
	 "sendmsg(4, {msg_iov=[{iov_base=\"x\", iov_len=1}], msg_control=[{cmsg_len=24, "
	 "cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[3, 5]}], msg_controllen=24}, "
	 "MSG_DONTWAIT|MSG_NOSIGNAL)"},
	{"sendmsg 4 x credentials={1,2,3} ttl=9 tos=LOWDELAY",
	 "sendmsg(4, {msg_iov=[\"x\"], msg_control=[{cmsg_level=SOL_SOCKET, "
	 "cmsg_type=SCM_CREDENTIALS, cmsg_data={pid=1, uid=2, gid=3}}, {cmsg_level=IPPROTO_IP, "
	 "cmsg_type=IP_TTL, cmsg_data=[9]}, {cmsg_level=IPPROTO_IP, cmsg_type=IP_TOS, "
	 "cmsg_data=[IPTOS_LOWDELAY]}]}, 0)"},
	{"sendmsg 4 x pktinfo={interface=lo} hoplimit=3 tclass=7",
	 "sendmsg(4, {msg_iov=[\"x\"], msg_control=[{cmsg_level=IPPROTO_IP, cmsg_type=IP_PKTINFO, "
	 "cmsg_data={if_nametoindex(\"lo\"), 0.0.0.0, 0.0.0.0}}, {cmsg_level=IPPROTO_IPV6, "
	 "cmsg_type=IPV6_HOPLIMIT, cmsg_data=[3]}, {cmsg_level=IPPROTO_IPV6, "
	 "cmsg_type=IPV6_TCLASS, cmsg_data=[7]}]}, 0)"},
	{"sendmsg 4 x pktinfo6={::1, lo}",
	 "sendmsg(4, {msg_iov=[\"x\"], msg_control=[{cmsg_len=36, cmsg_level=SOL_IPV6, "
	 "cmsg_type=IPV6_PKTINFO, cmsg_data={ipi6_addr=::1, ipi6_ifindex=1}}]}, 0)"},
	{"sendmsg 4 {msg_iov=[\"x\"], msg_control=[{cmsg_len=99, cmsg_level=77, cmsg_type=78, "
	 "cmsg_data=hex:010203}]} OOB",
	 "sendmsg(4, {msg_iov=[\"x\"], msg_control=[{cmsg_len=99, cmsg_level=77, cmsg_type=78, "
	 "cmsg_data=hex:010203}], msg_controllen=24, msg_flags=0}, MSG_OOB)"},
	{"recvmsg 5", "recvmsg(5, msg, 0)"},
	{"recvmsg 5",
	 "recvmsg(5, {msg_name=addr, msg_namelen=128, msg_iov=[{iov_base=buf, "
	 "iov_len=4096}], msg_iovlen=1, msg_control=control, msg_controllen=1024}, 0)"},
	{"recvmsg 5 3,10 control=24 name=0 PEEK",
	 "recvmsg(5, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"abc\", iov_len=3}, "
	 "{iov_base=\"\", iov_len=10}], msg_iovlen=2, msg_control=[{cmsg_len=20, "
	 "cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[6]}], msg_controllen=24, "
	 "msg_flags=MSG_TRUNC}, MSG_PEEK)"},
	{"recvmsg 5 PEEK 10 DONTWAIT", "recvmsg(5, 10, MSG_PEEK|MSG_DONTWAIT)"},
	{"recvmsg 5 DONTWAIT control=0",
	 "recvmsg(5, {msg_name=a, msg_iov=[4096], msg_control=NULL}, MSG_DONTWAIT)"},
	{"sendmmsg 4 one {\"two\" to=127.0.0.1:53} MORE",
	 "sendmmsg(4, [{msg_hdr={msg_iov=[\"one\"]}}, {msg_hdr={msg_name={AF_INET, 127.0.0.1:53}, "
	 "msg_namelen=16, msg_iov=[{iov_base=\"two\", iov_len=3}]}, msg_len=3}], 2, MSG_MORE)"},
	{"sendmmsg 4 [\"a\", {\"b\" \"c\"}]",
	 "sendmmsg(4, [\"a\", {msg_hdr={msg_iov=[{\"b\", 1}, \"c\"]}}], 2, 0)"},
	{"recvmmsg 4 100 {10,20 control=0 name=0} WAITFORONE",
	 "recvmmsg(4, [100, {msg_hdr={msg_iov=[10, {iov_base=x, iov_len=20}]}}], 2, "
	 "MSG_WAITFORONE, NULL)"},
	{"splice 3 4", "splice(3, NULL, 4, NULL, 65536, 0)"},
	{"splice 3 4 100 nonblock", "splice(3, NULL, 4, NULL, 100, SPLICE_F_NONBLOCK)"},
	{"splice(3, [7], 4, -1, 1K, 0)", "splice(3, 7, 4, [-1], 1024, 0)"},
	{"tee 3 4 MORE|MOVE", "tee(3, 4, 65536, SPLICE_F_MOVE|SPLICE_F_MORE)"},
	{"sockatmark srv", "sockatmark(3)"},
	{"sendfile 4 5", "sendfile(4, 5, NULL, 65536)"},
	{"sendfile 4 5 100", "sendfile(4, 5, NULL, 100);"},
	{"sendfile 4 5 [7] 1K", "sendfile(4, 5, [7], 1024)"},
	{"sendfile 4 5 7 1K", "sendfile(4, 5, 7, 1K)"},
	{"memfd_create page", "memfd_create(\"page\", 0)"},
	{"memfd_create \"a b\" CLOEXEC", "memfd_create(\"a b\", MFD_CLOEXEC)"},
	{"lseek 3 0", "lseek(3, 0, SEEK_SET)"},
	{"lseek srv -5 end", "off_t at = lseek(3, -5, SEEK_END);"},
	{"getaddrinfo localhost", "getaddrinfo(\"localhost\", NULL, NULL, &res)"},
	{"getaddrinfo localhost http type=stream flags=PASSIVE|NUMERICHOST",
	 "getaddrinfo(\"localhost\", \"http\", {ai_flags=AI_PASSIVE|AI_NUMERICHOST, "
	 "ai_socktype=SOCK_STREAM}, &res);"},
	{"getaddrinfo NULL 80 family=inet6 protocol=udp",
	 "getaddrinfo(NULL, \"80\", { .ai_family = AF_INET6, .ai_protocol = IPPROTO_UDP }, r)"},
	{"getaddrinfo ::1 flags=0", "getaddrinfo(\"::1\", NULL, {}, &res)"},
	{"getaddrinfo \"NULL\" {AI_PASSIVE, AF_INET, SOCK_DGRAM, 17}",
	 "int r = getaddrinfo(\"NULL\", NULL, {ai_flags=1, ai_family=2, ai_socktype=2, "
	 "ai_protocol=IPPROTO_UDP}, &res);"},
	{"getnameinfo 127.0.0.1:80",
	 "getnameinfo({AF_INET, 127.0.0.1:80}, 16, host, 1025, serv, 32, 0)"},
	{"getnameinfo [::1]:80 NUMERICHOST|DGRAM",
	 "getnameinfo({AF_INET6, [::1]:80}, 28, \"x\", 1025, \"y\", 32, "
	 "NI_NUMERICHOST|NI_DGRAM)"},
	{"htons 0x50", "htons(80)"},
	{"ntohs 36895", "ntohs(36895)"},
	{"htonl loopback", "htonl(INADDR_LOOPBACK)"},
	{"htonl 1", "htonl(1)"},
	{"ntohl 0xffffffff", "ntohl(4294967295)"},
	{"inet_pton inet 127.0.0.1", "inet_pton(AF_INET, \"127.0.0.1\", dst)"},
	{"inet_pton inet6 \"\"", "inet_pton(AF_INET6, \"\", &addr)"},
	{"inet_ntop inet hex:7f000001", "inet_ntop(AF_INET, hex:7f000001, dst, 16)"},
	{"inet_ntop inet6 16*\"a\" 9",
	 "inet_ntop(AF_INET6, hex:61616161616161616161616161616161, text, 9)"},
	{"shutdown 4 WR", "shutdown(4, SHUT_WR)"},
	{"shutdown 4 2", "shutdown(4, SHUT_RDWR)"},
	{"close srv", "close(3);"},
	{"getsockname 3", "getsockname(3, addr, [128])"},
	{"getpeername 3", "getpeername(3, addr, [16])"},
	{"getsockopt 3 SO_TYPE", "getsockopt(3, SOL_SOCKET, SO_TYPE, optval, [4])"},
	{"getsockopt 3 linger", "getsockopt(3, SOL_SOCKET, SO_LINGER, optval, [8])"},
	{"setsockopt 3 SO_REUSEADDR 1", "setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4)"},
	{"setsockopt 3 tcp nodelay on", "setsockopt(3, IPPROTO_TCP, TCP_NODELAY, 1, 4)"},
	{"setsockopt 3 SO_LINGER {1,2}",
	 "setsockopt(3, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=2}, 8)"},
	{"setsockopt 3 SO_RCVTIMEO 1500ms",
	 "setsockopt(3, SOL_SOCKET, SO_RCVTIMEO, {tv_sec=1, tv_usec=500000}, 16)"},
	/* What is sent is shown whole, whatever the kernel would have there. */
	{"setsockopt 3 TCP_CONGESTION \"a\\0b\\0\"",
	 "setsockopt(3, IPPROTO_TCP, TCP_CONGESTION, \"a\\000b\\000\", 4)"},
	{"setsockopt 3 SO_LINGER hex:01000000",
	 "setsockopt(3, SOL_SOCKET, SO_LINGER, hex:01000000, 4)"},
	{"setsockopt 3 SO_ERROR 1", "setsockopt(3, SOL_SOCKET, SO_ERROR, [EPERM], 4)"},
	{"setsockopt 3 SO_PEERCRED hex:010000000200000003000000",
	 "setsockopt(3, SOL_SOCKET, SO_PEERCRED, {pid=1, uid=2, gid=3}, 12)"},
	{"setsockopt 3 TCP_INFO hex:0101", "setsockopt(3, IPPROTO_TCP, TCP_INFO, hex:0101, 2)"},
	{"fcntl 3 GETFL", "fcntl(3, F_GETFL)"},
	{"fcntl 3 SETFL nonblock", "fcntl(3, F_SETFL, O_NONBLOCK)"},
	{"fcntl 3 F_DUPFD 10", "fcntl(3, F_DUPFD, 10)"},
	{"ioctl 3 FIONREAD", "ioctl(3, FIONREAD, [0])"},
	{"ioctl 3 FIONBIO 1", "ioctl(3, FIONBIO, [1])"},
	{"dup 3", "dup(3)"},
	{"dup2 3 7", "dup2(3, 7)"},
	{"dup3 3 7 cloexec", "dup3(3, 7, O_CLOEXEC)"},
	{"poll 3", "poll([{fd=3, events=POLLIN}], 1, -1)"},
	{"poll 3:IN,4:IN|OUT 1s",
	 "poll([{fd=3, events=POLLIN}, {fd=4, events=POLLIN|POLLOUT, revents=POLLOUT}], 2, 1000)"},
	{"ppoll 3:IN 1500us [USR1,SIGIO]",
	 "ppoll([{fd=3, events=POLLIN}], 1, {tv_sec=0, tv_nsec=1500000}, [SIGUSR1, SIGIO])"},
	{"ppoll 3", "ppoll([{fd=3, events=POLLIN}], 1, NULL, NULL)"},
	{"ppoll 3 SIGUSR1", "ppoll([{fd=3, events=POLLIN}], 1, NULL, [ SIGUSR1 ])"},
	{"select srv,9 200ms", "select(10, [3, 9], NULL, NULL, {tv_sec=0, tv_usec=200000})"},
	{"select NULL 1023 [] {1,5}", "select(1024, NULL, [1023], [], {tv_sec=1, tv_usec=5})"},
	{"select 5 NULL 3", "select(6, {set=[5], ready=[]}, NULL, {set=[3], ready=[3]}, NULL)"},
	{"select NULL", "select(0, NULL, NULL, NULL, NULL)"},
	{"pselect 3 4 5 1s []", "pselect(6, [3], [4], [5], {tv_sec=1, tv_nsec=0}, [])"},
	{"epoll_create1", "epoll_create1(0)"},
	{"epoll_create1 cloexec", "epoll_create1(EPOLL_CLOEXEC)"},
	{"epoll_ctl 5 ADD srv", "epoll_ctl(5, EPOLL_CTL_ADD, 3, {events=EPOLLIN, data.fd=3})"},
	{"epoll_ctl 5 mod 4 IN|ET",
	 "epoll_ctl(5, EPOLL_CTL_MOD, 4, {.events = EPOLLIN | EPOLLET, .data.fd = 4})"},
	{"epoll_ctl 5 1 4 {events=0,data.u64=0x100000000}",
	 "epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=0, data.u64=4294967296})"},
	{"epoll_ctl 5 DEL 4", "epoll_ctl(5, EPOLL_CTL_DEL, 4, NULL)"},
	{"epoll_wait 5", "epoll_wait(5, events, 10, -1)"},
	{"epoll_wait 5 2s", "epoll_wait(5, [{events=EPOLLIN, data.fd=4}], 10, 2000)"},
	{"pipe", "pipe([3, 4])"},
	{"pipe2 nonblock|cloexec", "pipe2(pipefd, O_NONBLOCK|O_CLOEXEC)"},
	{"eventfd", "eventfd(0, 0)"},
	{"eventfd 7 semaphore", "eventfd(7, EFD_SEMAPHORE)"},
	{"eventfd NONBLOCK", "eventfd(0, EFD_NONBLOCK)"},
	{"timerfd_create", "timerfd_create(CLOCK_MONOTONIC, 0)"},
	{"timerfd_create realtime cloexec", "timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC)"},
	{"timerfd_settime 3 1500ms,2s", "timerfd_settime(3, 0, {it_interval={tv_sec=2, tv_nsec=0}, "
					"it_value={tv_sec=1, tv_nsec=500000000}}, NULL)"},
	{"timerfd_settime 3 0", "timerfd_settime(3, 0, {{0, 0}, {0, 0}}, NULL)"},
	{"timerfd_settime 3 abstime {1,2,3,4}",
	 "timerfd_settime(3, TFD_TIMER_ABSTIME, {{1, 2}, {3, 4}}, NULL)"},
	{"timerfd_settime 3 NULL", "timerfd_settime(3, 0, NULL, NULL)"},
	{"signalfd [SIGUSR1,35]", "signalfd(-1, [SIGUSR1, 35], 0)"},
	{"signalfd srv SIGUSR1,SIGIO nonblock", "signalfd(3, [SIGUSR1, SIGIO], SFD_NONBLOCK)"},
	{"signalfd SIGURG", "signalfd(-1, [SIGURG], 0)"},
	{"epoll_pwait 5 7 [SIGURG]", "epoll_pwait(5, events, 10, 7, [SIGURG])"},
	{"epoll_pwait2 5 7 [SIGURG]",
	 "epoll_pwait2(5, events, 10, {tv_sec=0, tv_nsec=7000000}, [SIGURG])"},
};

static void check_same_frame(const char *line, const struct frame *a, const struct frame *b)
{
	int i;

	ck_assert_uint_eq(a->call, b->call);
	ck_assert_int_eq(a->reads, b->reads);
	ck_assert_int_eq(a->pair_arg, b->pair_arg);
	for (i = 0; i < FRAME_ARGS; i++) {
		const struct frame_arg *x = &a->arg[i], *y = &b->arg[i];

		ck_assert_msg(x->way == y->way && x->size == y->size, "%s: argument %d", line, i);
		/* How a domain was written is its own affair. */
		ck_assert_msg(x->number == y->number, "%s: argument %d is %ld, not %ld", line, i,
			      x->number, y->number);
		if (x->data || y->data)
			ck_assert_msg(x->data && y->data && !memcmp(x->data, y->data, x->size),
				      "%s: argument %d", line, i);
	}
}

START_TEST(both_spellings_mean_the_same)
{
	struct frame *frames = calloc(2, sizeof(*frames));
	struct line_read shell, c;
	int domain;

	must_read(spellings[_i].shell, &shell);
	must_read(spellings[_i].c, &c);
	ck_assert_ptr_eq(shell.record, c.record);
	domain = record_arg_of(shell.record, &kind_domain);
	if (domain >= 0)
		shell.values[domain].size = c.values[domain].size = 0;
	values_to_frame(call_of(&shell), shell.values, &frames[0]);
	values_to_frame(call_of(&c), c.values, &frames[1]);
	check_same_frame(spellings[_i].shell, &frames[0], &frames[1]);
	values_free(shell.values);
	values_free(c.values);
	free(frames);
}
END_TEST

/* On the machine's own network; on a private one it may. */
START_TEST(strangers_look_no_names_up)
{
	static const char *const refused[] = {
		"getaddrinfo localhost",      "getaddrinfo 127.1 80",
		"getaddrinfo 127.0.0.1 http", "getaddrinfo NULL http",
		"getnameinfo 127.0.0.1:80",   "getnameinfo 127.0.0.1:80 NUMERICHOST"};
	static const char *const allowed[] = {"getaddrinfo 127.0.0.1 80",
					      "getaddrinfo ::1",
					      "connect 3 127.0.0.1:80",
					      "bind 3 *:80",
					      "getaddrinfo NULL 80 flags=PASSIVE",
					      "getnameinfo 127.0.0.1:80 NUMERICHOST|NUMERICSERV"};
	struct resolver resolver = {.descriptor = fake_descriptor,
				    .family = fake_family,
				    .confined = true,
				    .shared = true};
	struct line_read read;
	size_t i;

	for (i = 0; i < COUNT_OF(allowed); i++) {
		ck_assert_int_eq(read_line_with(&resolver, allowed[i], &read), 0);
		values_free(read.values);
	}
	for (i = 0; i < COUNT_OF(refused); i++) {
		ck_assert_int_eq(read_line_with(&resolver, refused[i], &read), -1);
		ck_assert_ptr_nonnull(strstr(read.err.text, "a page looks no names up"));
		values_free(read.values);
	}
	ck_assert_int_eq(read_line_with(&resolver, "connect 3 localhost:80", &read), -1);
	ck_assert_str_eq(read.err.text, "a page looks no names up on the machine's network: "
					"localhost is to be written in numbers");
	ck_assert_int_eq(read.err.column, 11);
	ck_assert_int_eq(read.err.length, 9);
	values_free(read.values);
	resolver.shared = false;
	for (i = 0; i < COUNT_OF(refused); i++) {
		ck_assert_int_eq(read_line_with(&resolver, refused[i], &read), 0);
		values_free(read.values);
	}
}
END_TEST

/* They travel as bytes; what does not fit is left out whole. */
START_TEST(answers_come_back_as_they_went)
{
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6, .sin6_port = htons(80)};
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(443)};
	struct addrinfo second = {.ai_family = AF_INET6,
				  .ai_socktype = SOCK_DGRAM,
				  .ai_addr = (struct sockaddr *)&in6,
				  .ai_addrlen = sizeof(in6)};
	struct addrinfo first = {.ai_family = AF_INET,
				 .ai_socktype = SOCK_STREAM,
				 .ai_protocol = IPPROTO_TCP,
				 .ai_addr = (struct sockaddr *)&in,
				 .ai_addrlen = sizeof(in),
				 .ai_canonname = (char *)"a.test",
				 .ai_next = &second};
	unsigned char bytes[256];
	struct value value = {.data = bytes, .size = answers_keep(&first, bytes, sizeof(bytes))};
	struct answer answer;
	size_t at = 0, whole = value.size;

	ck_assert(answers_next(&value, &at, &answer));
	ck_assert_int_eq(answer.family, AF_INET);
	ck_assert_int_eq(answer.type, SOCK_STREAM);
	ck_assert_int_eq(answer.protocol, IPPROTO_TCP);
	ck_assert_int_eq(address_port(&answer.address), 443);
	ck_assert_str_eq(answer.canonical, "a.test");
	ck_assert(answers_next(&value, &at, &answer));
	ck_assert_int_eq(answer.family, AF_INET6);
	ck_assert_int_eq(address_port(&answer.address), 80);
	ck_assert_ptr_null(answer.canonical);
	ck_assert(!answers_next(&value, &at, &answer));
	ck_assert_uint_eq(at, whole);
	ck_assert_uint_lt(answers_keep(&first, bytes, whole - 1), whole - 1);
	ck_assert_uint_eq(answers_keep(&first, bytes, 10), 0);
	at = 0;
	value = (struct value){0};
	ck_assert(!answers_next(&value, &at, &answer));
}
END_TEST

START_TEST(every_call_has_both_spellings_tried)
{
	size_t i, k;

	for (i = 0; i < calls_count; i++) {
		size_t len = strlen(calls[i]->record.name);

		for (k = 0; k < COUNT_OF(spellings); k++)
			if (strncmp(spellings[k].c, calls[i]->record.name, len) == 0 &&
			    spellings[k].c[len] == '(')
				break;
		ck_assert_msg(k < COUNT_OF(spellings), "%s", calls[i]->record.name);
	}
}
END_TEST

/* Printed, read and printed again it is the same. */
START_TEST(what_is_printed_can_be_typed)
{
	const char *lines[] = {spellings[_i].shell, spellings[_i].c};
	struct buf first = {0}, second = {0};
	struct line_read read;
	size_t i;

	for (i = 0; i < COUNT_OF(lines); i++) {
		must_read(lines[i], &read);
		buf_reset(&first);
		call_print(&first, call_of(&read), read.values, NULL);
		values_free(read.values);
		must_read(buf_text(&first), &read);
		buf_reset(&second);
		call_print(&second, call_of(&read), read.values, NULL);
		values_free(read.values);
		ck_assert_str_eq(buf_text(&second), buf_text(&first));
	}
	buf_free(&first);
	buf_free(&second);
}
END_TEST

/* An answer of the kernel's: what it gives for one argument of the call. */
struct given {
	int arg; /* 0: nothing */
	const void *data;
	size_t size;
	long number; /* of the argument after it; 0: as it is */
};

static const struct sockaddr_in client = {
	.sin_family = AF_INET,
	.sin_port = 0x5000, /* 80 in the network's order, on a little-endian machine */
	.sin_addr = {0x0100007f},
};
static const int pair[2] = {3, 4};
static const int keepalive = 1, refused = ECONNREFUSED, stream = SOCK_STREAM;
static const struct linger linger = {1, 30};
static const struct timeval timeout = {2, 500000};
static const struct itimerspec timer = {{5, 6}, {7, 8}};
static const struct ready_sets left = {.now.fds_bits = {1 << 4},
				       .asked.fds_bits = {1 << 3 | 1 << 4}};
static const struct epoll_event events[2] = {
	{.events = EPOLLIN | EPOLLRDHUP, .data.fd = 4},
	{.events = EPOLLERR, .data.u64 = UINT64_MAX},
};
static const struct pollfd ready[2] = {{3, POLLIN, POLLIN | POLLHUP}, {4, POLLOUT, 0}};

static const struct {
	const char *line;
	long result;
	struct given given;
	const char *printed;
} answers[] = {
	{"socket tcp", 3, {0}, "socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)"},
	{"socket tcp cloexec|nonblock",
	 3,
	 {0},
	 "socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK|SOCK_CLOEXEC, IPPROTO_TCP)"},
	{"socket 1 1 6", 3, {0}, "socket(AF_UNIX, SOCK_STREAM, 6)"},
	{"socket 250 77 9", -1, {0}, "socket(250, 77, 9)"},
	{"socketpair unix",
	 0,
	 {3, pair, sizeof(pair), 0},
	 "socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4])"},
	{"socketpair inet stream", -1, {0}, "socketpair(AF_INET, SOCK_STREAM, 0, sv)"},
	{"bind 3 127.0.0.1:8080", 0, {0}, "bind(3, {AF_INET, 127.0.0.1:8080}, 16)"},
	{"listen 3", 0, {0}, "listen(3, 128)"},
	{"accept 3",
	 5,
	 {1, &client, sizeof(client), 16},
	 "accept(3, {AF_INET, 127.0.0.1:80}, [16])"},
	{"accept 3", -1, {0}, "accept(3, addr, [128])"},
	{"accept(3, NULL, NULL)", 5, {0}, "accept(3, NULL, NULL)"},
	{"accept4 3 NONBLOCK", -1, {0}, "accept4(3, addr, [128], SOCK_NONBLOCK)"},
	{"connect 4 unix:@x", 0, {0}, "connect(4, {AF_UNIX, \"@x\"}, 4)"},
	{"connect 4 {AF_UNSPEC}", 0, {0}, "connect(4, {AF_UNSPEC}, 16)"},
	{"send 4 \"a\\n\\xff\\\"\"", 4, {0}, "send(4, \"a\\n\\377\\\"\", 4, 0)"},
	{"send 4 70000*\"x\"", 70000, {0}, "send(4, 70000*\"x\", 70000, 0)"},
	{"send 4 64*\"x\"",
	 64,
	 {0},
	 "send(4, \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\", 64, 0)"},
	{"send 4 65*\"x\"", 65, {0}, "send(4, 65*\"x\", 65, 0)"},
	{"sendto 3 \"x\"", -1, {0}, "sendto(3, \"x\", 1, 0, NULL, 0)"},
	{"recv 5 100", 5, {1, "hello", 5, 0}, "recv(5, \"hello\", 100, 0)"},
	{"recv 5 100 PEEK", -1, {0}, "recv(5, buf, 100, MSG_PEEK)"},
	{"recv 5 100", 0, {1, "", 0, 0}, "recv(5, \"\", 100, 0)"},
	{"read 5", 1, {1, "\0", 1, 0}, "read(5, \"\\000\", 4096)"},
	{"write 5 \"x\"", 1, {0}, "write(5, \"x\", 1)"},
	{"readv 5 3,10",
	 -1,
	 {0},
	 "readv(5, [{iov_base=buf, iov_len=3}, {iov_base=buf, iov_len=10}], 2)"},
	{"readv 5 3,2,10",
	 4,
	 {0},
	 "readv(5, [{iov_base=\"\\000\\000\\000\", iov_len=3}, {iov_base=\"\\000\", iov_len=2}, "
	 "{iov_base=\"\", iov_len=10}], 3)"},
	{"writev 5 \"ab\" \"c\\n\"",
	 4,
	 {0},
	 "writev(5, [{iov_base=\"ab\", iov_len=2}, {iov_base=\"c\\n\", iov_len=2}], 2)"},
	{"sendmsg 4 \"hi\" to=[::1]:80 rights=4",
	 2,
	 {0},
	 "sendmsg(4, {msg_name={AF_INET6, [::1]:80}, msg_namelen=28, msg_iov=[{iov_base=\"hi\", "
	 "iov_len=2}], msg_iovlen=1, msg_control=[{cmsg_len=20, cmsg_level=SOL_SOCKET, "
	 "cmsg_type=SCM_RIGHTS, cmsg_data=[4]}], msg_controllen=24, msg_flags=0}, 0)"},
	{"recvmsg 4 10",
	 -1,
	 {0},
	 "recvmsg(4, {msg_name=addr, msg_namelen=128, msg_iov=[{iov_base=buf, iov_len=10}], "
	 "msg_iovlen=1, msg_control=control, msg_controllen=1024, msg_flags=0}, 0)"},
	{"recvmsg 4 [2] name=0 control=0 DONTWAIT",
	 1,
	 {0},
	 "recvmsg(4, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"\\000\", iov_len=2}], "
	 "msg_iovlen=1, msg_control=NULL, msg_controllen=0, msg_flags=0}, MSG_DONTWAIT)"},
	{"writev(5, [\"a\"], -1)", -1, {0}, "writev(5, [{iov_base=\"a\", iov_len=1}], -1)"},
	{"shutdown 4 WR", 0, {0}, "shutdown(4, SHUT_WR)"},
	{"shutdown 4 7", -1, {0}, "shutdown(4, 7)"},
	{"getsockopt 3 SO_KEEPALIVE",
	 0,
	 {3, &keepalive, 4, 4},
	 "getsockopt(3, SOL_SOCKET, SO_KEEPALIVE, [1], [4])"},
	{"getsockopt 3 SO_ERROR",
	 0,
	 {3, &refused, 4, 4},
	 "getsockopt(3, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4])"},
	{"getsockopt 3 SO_TYPE",
	 0,
	 {3, &stream, 4, 4},
	 "getsockopt(3, SOL_SOCKET, SO_TYPE, [SOCK_STREAM], [4])"},
	{"getsockopt 3 SO_LINGER",
	 0,
	 {3, &linger, 8, 8},
	 "getsockopt(3, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=30}, [8])"},
	{"getsockopt 3 SO_RCVTIMEO",
	 0,
	 {3, &timeout, sizeof(timeout), 16},
	 "getsockopt(3, SOL_SOCKET, SO_RCVTIMEO, {tv_sec=2, tv_usec=500000}, [16])"},
	{"getsockopt 3 TCP_CONGESTION",
	 0,
	 {3, "cubic\0\0\0", 8, 8},
	 "getsockopt(3, IPPROTO_TCP, TCP_CONGESTION, \"cubic\", [8])"},
	{"getsockopt 3 SOL_SOCKET 12345",
	 0,
	 {3, "\1\2\3", 3, 3},
	 "getsockopt(3, SOL_SOCKET, 12345, hex:010203, [3])"},
	{"getsockopt 3 SO_TYPE", -1, {0}, "getsockopt(3, SOL_SOCKET, SO_TYPE, optval, [4])"},
	{"setsockopt 3 SO_KEEPALIVE hex:01",
	 -1,
	 {0},
	 "setsockopt(3, SOL_SOCKET, SO_KEEPALIVE, hex:01, 1)"},
	{"fcntl 3 F_GETFL", 2, {0}, "fcntl(3, F_GETFL)"},
	{"fcntl 3 F_SETFL 0", 0, {0}, "fcntl(3, F_SETFL, 0)"},
	{"fcntl 3 F_SETFD FD_CLOEXEC", 0, {0}, "fcntl(3, F_SETFD, FD_CLOEXEC)"},
	{"ioctl 3 FIONREAD", -1, {0}, "ioctl(3, FIONREAD, &n)"},
	{"ioctl 3 FIONBIO 1", 0, {0}, "ioctl(3, FIONBIO, [1])"},
	{"dup3 3 8 O_CLOEXEC", 8, {0}, "dup3(3, 8, O_CLOEXEC)"},
	{"poll 3:IN,4:OUT 0",
	 1,
	 {0, ready, sizeof(ready), 0},
	 "poll([{fd=3, events=POLLIN, revents=POLLIN|POLLHUP}, "
	 "{fd=4, events=POLLOUT, revents=0}], 2, 0)"},
	{"poll 3 10ms", 0, {0}, "poll([{fd=3, events=POLLIN}], 1, 10)"},
	{"select 3,4 NULL NULL 10ms",
	 1,
	 {1, &left, sizeof(left), 0},
	 "select(5, {set=[3, 4], ready=[4]}, NULL, NULL, {tv_sec=0, tv_usec=10000})"},
	{"select 3,4", -1, {0}, "select(5, [3, 4], NULL, NULL, NULL)"},
	{"epoll_wait 5 0",
	 2,
	 {1, events, sizeof(events), 0},
	 "epoll_wait(5, [{events=EPOLLIN|EPOLLRDHUP, data.fd=4}, "
	 "{events=EPOLLERR, data.u64=18446744073709551615}], 10, 0)"},
	{"epoll_wait 5 0", 0, {1, "", 0, 0}, "epoll_wait(5, [], 10, 0)"},
	{"epoll_wait(5, events, -3, 0)", -1, {0}, "epoll_wait(5, events, -3, 0)"},
	{"pipe", 0, {0, pair, sizeof(pair), 0}, "pipe([3, 4])"},
	{"pipe2", -1, {0}, "pipe2(pipefd, 0)"},
	{"timerfd_settime(3, 0, {1, 2, 3, 4}, old)",
	 0,
	 {3, &timer, sizeof(timer), 0},
	 "timerfd_settime(3, 0, {it_interval={tv_sec=1, tv_nsec=2}, it_value={tv_sec=3, "
	 "tv_nsec=4}}, {it_interval={tv_sec=5, tv_nsec=6}, it_value={tv_sec=7, tv_nsec=8}})"},
	{"timerfd_settime(3, 0, NULL, old)", -1, {0}, "timerfd_settime(3, 0, NULL, old_value)"},
	{"close 99", -1, {0}, "close(99)"},
};

/* As a process would send it back. */
static void answer(struct frame *frame, long result, const struct given *given)
{
	int i;

	frame->result = result;
	for (i = 0; i < FRAME_ARGS; i++) {
		struct frame_arg *arg = &frame->arg[i];

		if (arg->way < FRAME_OUT)
			continue;
		/* Borrowed from the values; what comes back is owned. */
		if (arg->way == FRAME_BOTH && arg->size)
			arg->data = memcpy(malloc(arg->size), arg->data, arg->size);
		else
			arg->data = arg->size ? calloc(1, arg->size) : NULL;
	}
	if (!given->data)
		return;
	ck_assert_uint_le(given->size, frame->arg[given->arg].size);
	if (given->size)
		memcpy(frame->arg[given->arg].data, given->data, given->size);
	/* A buffer of addresses stays as it is: its length is the next number. */
	if (given->data != &client)
		frame->arg[given->arg].size = given->size;
	if (given->number)
		frame->arg[given->arg + 1].number = given->number;
}

START_TEST(calls_print_as_they_were_made)
{
	struct frame *frame = calloc(1, sizeof(*frame));
	struct line_read read;
	struct buf text = {0};

	must_read(answers[_i].line, &read);
	values_to_frame(call_of(&read), read.values, frame);
	answer(frame, answers[_i].result, &answers[_i].given);
	values_from_frame(call_of(&read), read.values, frame);
	call_print(&text, call_of(&read), read.values, frame);
	ck_assert_str_eq(buf_text(&text), answers[_i].printed);
	values_free(read.values);
	/* Whatever it says, it can be typed. */
	must_read(buf_text(&text), &read);
	values_free(read.values);
	buf_free(&text);
	free(frame);
}
END_TEST

static const struct {
	const char *line;
	int column, length;
	const char *text;
} wrong[] = {
	{"bind 3", 7, 1, "address is missing: bind fd <address>"},
	{"bind", 5, 1, "fd is missing: bind <fd> address"},
	{"bind()", 6, 1, "fd is missing: bind <fd> address"},
	{"listen 3 4 5", 12, 1, "one word too many: listen fd [backlog]"},
	{"listen(3, 4, 5)", 14, 1, "one word too many: listen fd [backlog]"},
	{"close nobody", 7, 6, "nobody is no descriptor"},
	{"listen 3 12x", 10, 3, NULL},
	{"listen 3 99999999999", 10, 11, NULL},
	{"socket inet", 12, 1, NULL},
	{"socket tpc", 8, 3, NULL},
	{"socket inet strem", 13, 5, NULL},
	{"socket(AF_INET, SOCK_STREAM|SOCK_NONBLOK, 0)", 29, 12, NULL},
	{"bind 3 127.0.0.1:65536", 18, 5, NULL},
	{"bind 3 127.0.0.1:", 0, 0, NULL},
	{"send 3 \"a\\q\"", 10, 2, NULL},
	{"send 3 \"abc\" 4", 14, 1, "3 bytes are given, 4 cannot be sent"},
	{"send 3 \"abc\" PEK", 14, 3, NULL},
	{"recv 3 65M", 8, 3, NULL},
	{"recv 3 -1", 8, 2, NULL},
	{"readv 3", 8, 1, "iov is missing: readv fd <iov>"},
	{"readv 3 3,x", 11, 1, NULL},
	{"readv 3 -1", 9, 2, NULL},
	{"readv 3 1 64M", 11, 3, "all buffers together have at most 67108864 bytes"},
	{"readv 3 {iov_base=x}", 9, 12, "expected {iov_base=buf, iov_len=2}"},
	{"readv 3 [{iov_base=x, iov_len=1, iov=2}]", 34, 3,
	 "struct iovec has iov_base and iov_len"},
	{"readv(3, [1, 2], 3)", 18, 1, NULL},
	{"writev 3 \"ab\" \"a\\q\"", 17, 2, NULL},
	{"writev 3 [{iov_base=\"ab\", iov_len=3}]", 21, 4, "2 bytes are given, 3 cannot be sent"},
	{"writev 3 [{iov_len=3}]", 11, 11, "expected {iov_base=\"ab\", iov_len=2}"},
	{"writev 3 64M*\"x\" \"y\"", 18, 3, "all buffers together have at most 67108864 bytes"},
	{"sendmsg 3", 10, 1, "message is missing: sendmsg fd <message>"},
	{"sendmsg 3 \"x\" rights=", 15, 6, "the value is missing"},
	{"sendmsg 3 \"x\" rights=4,y", 24, 1, "y is no descriptor"},
	{"sendmsg 3 \"x\" right=4", 15, 5, NULL},
	{"sendmsg 3 \"x\" to=127.0.0.1:65536", 28, 5, NULL},
	{"sendmsg 3 \"x\" ttl=x", 19, 1, NULL},
	{"sendmsg 3 \"x\" timestampns=1", 15, 11, NULL},
	{"sendmsg 3 \"x\" credentials={1,x,3}", 30, 1, NULL},
	{"sendmsg 3 \"x\" flags=DONTWAT", 21, 7, NULL},
	{"sendmsg(3, {msg_iov=[\"x\"], msg_iovlen=2}, 0)", 39, 1, NULL},
	{"sendmsg(3, {msg_iov=[\"x\"], msg_namelen=129}, 0)", 40, 3, NULL},
	{"sendmsg(3, {msg_iov=[\"x\"], msg_what=1}, 0)", 28, 8, NULL},
	{"sendmsg(3, {msg_iov=[\"x\"], msg_controllen=1}, 0)", 43, 1, NULL},
	{"sendmsg(3, {msg_control=[{cmsg_level=SOL_SOCKET}]}, 0)", 26, 23,
	 "expected cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS"},
	{"sendmsg(3, {msg_control=[{cmsg_level=1, cmsg_type=SCM_RIGHT}]}, 0)", 51, 9, NULL},
	{"sendmsg(3, {msg_control=[{cmsg_level=1, cmsg_type=1, data=3}]}, 0)", 54, 4, NULL},
	{"recvmsg 3 x", 11, 1, NULL},
	{"recvmsg 3 100 rights=4", 15, 6,
	 "no rights= is known: expected name=, control= or flags="},
	{"recvmsg 3 100 control=65537", 23, 5, NULL},
	{"recvmsg 3 100 name=-1", 20, 2, NULL},
	{"sendmmsg 3", 11, 1, "messages is missing: sendmmsg fd <messages>"},
	{"sendmmsg 3 \"a\" {\"b\" too=1}", 21, 3, NULL},
	{"sendmmsg(3, [{msg_hdr={msg_iov=[\"a\"]}, msg_lenn=3}], 1, 0)", 40, 8, NULL},
	{"sendmmsg(3, [\"a\"], 2, 0)", 20, 1, NULL},
	{"recvmmsg 3 10 x", 15, 1, NULL},
	{"recvmmsg(3, [10], 1, 0, 5y)", 25, 2, NULL},
	{"splice 3", 9, 1, "fd_out is missing: splice fd_in <fd_out> [len] [flags]"},
	{"splice(3, [x], 4, NULL, 1, 0)", 12, 1, NULL},
	{"splice(3, [], 4, NULL, 1, 0)", 12, 1, NULL},
	{"splice 3 4 -1", 12, 2, NULL},
	{"tee 3 4 NOBLOCK", 9, 7, NULL},
	{"shutdown 3 XX", 12, 2, NULL},
	{"sendfile 3", 11, 1, "in_fd is missing: sendfile out_fd <in_fd> [offset] [count]"},
	{"sendfile 3 4 [x] 1", 15, 1, NULL},
	{"sendfile 3 4 [0] -1", 18, 2, NULL},
	{"sendfile 3 4 5 6 7", 16, 1, NULL},
	{"memfd_create", 13, 1, "name is missing: memfd_create <name> [flags]"},
	{"memfd_create x CLOSEXEC", 16, 8, NULL},
	{"lseek 3", 8, 1, "offset is missing: lseek fd <offset> [whence]"},
	{"lseek 3 x", 9, 1, NULL},
	{"lseek 3 0 BEGIN", 11, 5, NULL},
	{"getaddrinfo", 12, 1, "node is missing: getaddrinfo <node> [service] [hints]"},
	{"getaddrinfo a b c", 17, 1,
	 "expected flags=, family=, type= or protocol=, such as type=stream"},
	{"getaddrinfo a b type=stream what=1", 29, 6,
	 "expected flags=, family=, type= or protocol=, such as type=stream"},
	{"getaddrinfo a b type=", 17, 5, NULL},
	{"getaddrinfo a b family=inet7", 24, 5, NULL},
	{"getaddrinfo a b flags=PASIVE", 23, 6, NULL},
	{"getaddrinfo(\"a\", \"b\", {1, 2, 3, 4, 5}, &res)", 36, 1, NULL},
	{"getaddrinfo a flags=0xfffffffff", 21, 11, "this is an int of 32 bits"},
	{"getnameinfo", 12, 1, "addr is missing: getnameinfo <addr> [flags]"},
	{"getnameinfo 127.0.0.1:80 NUMERICHOTS", 26, 11, NULL},
	{"getnameinfo({AF_INET, 127.0.0.1:80}, 16, h, -1, s, 32, 0)", 45, 2, NULL},
	{"htons", 6, 1, "hostshort is missing: htons <hostshort>"},
	{"htons 65536", 7, 5, "expected 16 bits, 0 to 65535; a C program would get 0, silently"},
	{"htons -1", 7, 2, "expected 16 bits, 0 to 65535; a C program would get 65535, silently"},
	{"ntohs hex:1f9000", 7, 10, "expected 2 bytes, these are 3"},
	{"htonl 4294967296", 7, 10,
	 "expected 32 bits, 0 to 4294967295; a C program would get 0, silently"},
	{"htonl LOOPBAK", 7, 7, NULL},
	{"inet_pton inet7 ::1", 11, 5, NULL},
	{"inet_pton inet", 15, 1, "src is missing: inet_pton af <src>"},
	{"inet_pton inet \"a\\0b\"", 16, 6, "a string of C ends at its first NUL byte"},
	{"inet_ntop inet hex:7f", 16, 6,
	 "an address of this family has 4 bytes, such as hex:7f000001; these are 1"},
	{"inet_ntop unix 17*\"x\"", 16, 6, "no address has more than 16 bytes, these are 17"},
	{"inet_ntop inet hex:7f000001 -1", 29, 2, NULL},
	{"getsockopt 3 SO_REUSEADR", 14, 11, "no option SO_REUSEADR: did you mean SO_REUSEADDR?"},
	{"getsockopt 3 9", 15, 1, "the option is missing: no option of level 9 has a name"},
	{"setsockopt 3 SO_REUSEADDR", 26, 1, NULL},
	{"setsockopt 3 SO_REUSEADDR yes", 27, 3, NULL},
	{"setsockopt 3 SO_LINGER {1,x}", 27, 1, NULL},
	{"setsockopt 3 SO_LINGER {l_onoff=}", 25, 7, "the value of l_onoff is missing"},
	{"setsockopt 3 SO_LINGER {1,2,3}", 29, 1, "one value too many: struct linger has 2"},
	{"setsockopt 3 SO_RCVTIMEO 1x", 26, 2, NULL},
	{"fcntl 3 F_SETFL", 16, 1, "the flags to set are missing (0 clears all)"},
	{"fcntl 3 F_GETFL 1", 17, 1, "this command takes no third argument"},
	{"poll 3:XX", 8, 2, NULL},
	{"poll 3:IN,4:YY", 13, 2, NULL},
	{"poll 3:IN,x:IN", 0, 0, NULL},
	{"poll 3 10x", 8, 3, NULL},
	{"select 3,1024", 10, 4, NULL},
	{"select [3, -1]", 12, 2, NULL},
	{"select 3,,4", 10, 1, "a descriptor is missing here"},
	{"select(1025, [3], NULL, NULL, NULL)", 8, 4, NULL},
	{"select 3 {1,2,3}", 15, 1, "a time has seconds and a part of a second, no more"},
	{"select 3 {1,x}", 13, 1, NULL},
	{"ppoll 3 [SIGUSR1, SIGNIX]", 19, 6, NULL},
	{"ppoll 3 [SIGUSR1, 32]", 19, 2, "there is no such signal for programs"},
	{"epoll_ctl 5 ADD 3 INN", 19, 3, NULL},
	{"epoll_ctl 5 ADX 3", 13, 3, NULL},
	{"epoll_ctl 5 ADD 3 {events=EPOLLIN, date.fd=3}", 36, 9, NULL},
	{"epoll_ctl 5 ADD 3 {events=EPOLLIN, data.fd=x}", 44, 1, NULL},
	{"epoll_ctl 5 ADD 3 0x100000000", 19, 11, "events have 32 bits"},
	{"epoll_ctl 5 ADD 3 {IN}", 20, 2, "expected events=EPOLLIN, or data.fd=3"},
	{"epoll_wait(5, events, 65537, 0)", 23, 5, NULL},
	{"timerfd_settime 3", 18, 1, NULL},
	{"timerfd_settime 3 {1,2,3}", 19, 7, NULL},
	{"timerfd_settime 3 {1,2,x,4}", 24, 1, NULL},
	{"timerfd_settime 3 1s,2y", 22, 2, NULL},
	{"signalfd [SIGNIX]", 11, 6, NULL},
	{"kill 0", 6, 1, NULL},
	{"kill -NONE main", 7, 4, NULL},
	{"kill -9", 8, 1, "the process is missing that the signal is for"},
	{"setrlimit NOFILE {1}", 18, 3, NULL},
	{"setrlimit NOFILE {1,2,3}", 23, 1, "expected two numbers: {6, 1024}"},
	{"setrlimit NOFILE {1,x}", 21, 1, NULL},
	{"setrlimit NOFILE {rlim_cur=1, rlim_max=x}", 40, 1, NULL},
	{"setrlimit NOFILE {,}", 19, 1, NULL},
	{"setrlimit NOFILE {}", 18, 2, NULL},
	{"setrlimit NOFILE -1", 18, 2, NULL},
	{"setrlimit NOFILE", 17, 1, "rlim is missing: setrlimit resource <rlim>"},
};

START_TEST(errors_point_at_their_word)
{
	struct line_read read;
	int result = read_line(wrong[_i].line, &read);

	values_free(read.values);
	ck_assert_msg(result == -1, "%s", wrong[_i].line);
	ck_assert_str_ne(read.err.text, "");
	if (wrong[_i].column)
		ck_assert_msg(read.err.column == wrong[_i].column, "%s: column %d: %s",
			      wrong[_i].line, read.err.column, read.err.text);
	if (wrong[_i].length)
		ck_assert_msg(read.err.length == wrong[_i].length, "%s: length %d: %s",
			      wrong[_i].line, read.err.length, read.err.text);
	if (wrong[_i].text)
		ck_assert_str_eq(read.err.text, wrong[_i].text);
}
END_TEST

START_TEST(descriptors_of_a_call_are_each_there_once)
{
	static const struct {
		const char *line;
		int count, fds[3];
	} lines[] = {
		{"socket tcp", 0, {0}},
		{"close 7", 1, {7}},
		{"dup2 3 9", 2, {3, 9}},
		{"dup2 3 3", 1, {3}},
		{"poll 5,4:OUT,5:PRI 0", 2, {5, 4}},
		{"select 5,4 NULL 6,5 0", 3, {4, 5, 6}},
		{"epoll_ctl 5 ADD 4", 2, {5, 4}},
		{"epoll_wait 5", 1, {5}},
		{"signalfd 6 []", 1, {6}},
		{"signalfd []", 0, {0}},
		{"close -1", 0, {0}},
	};
	struct line_read read;
	size_t i;
	int fds[16];

	for (i = 0; i < COUNT_OF(lines); i++) {
		must_read(lines[i].line, &read);
		ck_assert_int_eq(values_descriptors(call_of(&read), read.values, fds, 16),
				 lines[i].count);
		ck_assert_int_eq(memcmp(fds, lines[i].fds, (size_t)lines[i].count * sizeof(int)),
				 0);
		values_free(read.values);
	}
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("calls");
	TCase *tc = tcase_create("calls");

	tcase_add_loop_test(tc, both_spellings_mean_the_same, 0, COUNT_OF(spellings));
	tcase_add_test(tc, strangers_look_no_names_up);
	tcase_add_test(tc, answers_come_back_as_they_went);
	tcase_add_test(tc, every_call_has_both_spellings_tried);
	tcase_add_loop_test(tc, what_is_printed_can_be_typed, 0, COUNT_OF(spellings));
	tcase_add_loop_test(tc, calls_print_as_they_were_made, 0, COUNT_OF(answers));
	tcase_add_loop_test(tc, errors_point_at_their_word, 0, COUNT_OF(wrong));
	tcase_add_test(tc, descriptors_of_a_call_are_each_there_once);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
