/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/grow.h"
#include "lab/host.h"
#include "repl/completion.h"
#include "repl/history.h"
#include "repl/list.h"
#include "repl_fixture.h"
#include "unit.h"

static void find(struct completion *completion, const char *line)
{
	*completion = (struct completion){0};
	completion_find(completion, shell.session, line, strlen(line));
}

static bool has(const struct completion *completion, const char *text)
{
	size_t i;

	for (i = 0; i < completion->count; i++)
		if (strcmp(completion->list[i].text, text) == 0)
			return true;
	return false;
}

/* All that could stand at the end of LINE, one blank between them. */
static void candidates(struct buf *out, const char *line)
{
	struct completion completion;
	size_t i;

	find(&completion, line);
	for (i = 0; i < completion.count; i++) {
		if (i)
			buf_char(out, ' ');
		buf_str(out, completion.list[i].text);
	}
	completion_free(&completion);
}

static void expect(const char *line, const char *all)
{
	struct buf found = {0};

	candidates(&found, line);
	ck_assert_msg(strcmp(buf_text(&found), all) == 0, "%s: found '%s', expected '%s'", line,
		      buf_text(&found), all);
	buf_free(&found);
}

static void expect_among(const char *line, const char *text)
{
	struct completion completion;

	find(&completion, line);
	ck_assert_msg(has(&completion, text), "%s: %s is not offered", line, text);
	completion_free(&completion);
}

static void expect_not(const char *line, const char *text)
{
	struct completion completion;

	find(&completion, line);
	ck_assert_msg(!has(&completion, text), "%s: %s is offered", line, text);
	completion_free(&completion);
}

struct asked_for {
	const char *line, *all;
};

static const struct asked_for names[] = {
	{"socke", "socket socketpair sockets"},
	{"c = socke", "socket socketpair"},
	{"c=socke", "socket socketpair"},
	{"c = lik", "like"},
	{"like ru", "rust"},
	{"c = like rust TcpListener::b", "TcpListener::bind"},
	{"int fd = socketp", "socketpair"},
	{"@main socketp", "socketpair"},
	{"@ma", "main"},
	{"socket tcp; lis", "listen"},
	{"socket tcp;lis", "listen"},
	{"socket tcp # so\nlis", "listen"},
	{"listen(3, 2); lis", "listen"},
	{"echo \"a;b\" ; lis", "listen"},
	{"stat", "status"},
	{"nonesuch", ""},
	{"# so", ""},
	{"listen(3, 2) lis", ""},
	{"frobnicate ", ""},
};

START_TEST(test_names)
{
	expect(names[_i].line, names[_i].all);
}
END_TEST

static const struct asked_for constants[] = {
	{"socket AF_INE", "AF_INET AF_INET6"},
	{"socket INE", "INET INET6"},
	{"socket ine", "inet inet6"},
	{"socket af_ine", "af_inet af_inet6"},
	{"socket(AF_INE", "AF_INET AF_INET6"},
	{"socket unix-", "unix-dgram unix-seqpacket"},
	{"socket(unix-", ""},
	{"socket inet str", "stream"},
	{"socket(AF_INET, SOCK_STR", "SOCK_STREAM"},
	{"socket( AF_INET ,SOCK_STR", "SOCK_STREAM"},
	{"socket inet stream|non", "nonblock"},
	{"socket inet stream|", "SOCK_NONBLOCK SOCK_CLOEXEC"},
	{"socket(AF_INET, SOCK_STREAM|SOCK_NON", "SOCK_NONBLOCK"},
	{"socket tcp NON", "NONBLOCK"},
	{"socket tcp ", "SOCK_NONBLOCK SOCK_CLOEXEC"},
	{"shutdown 3 w", "wr"},
	{"shutdown 3 ", "SHUT_RD SHUT_WR SHUT_RDWR"},
	{"recv 3 100 PEE", "PEEK"},
	{"recv 3 PEE", "PEEK"},
	{"recv 3 PEEK|DONTW", "DONTWAIT"},
	{"fcntl 3 SETF", "SETFD SETFL"},
	{"fcntl 3 SETFL NON", "NONBLOCK"},
	{"fcntl(3, F_SETFD, ", "FD_CLOEXEC"},
	{"fcntl 3 GETFL ", ""},
	{"setsockopt 3 REUSEA", "REUSEADDR"},
	{"setsockopt 3 nodel", "nodelay"},
	{"setsockopt 3 SO_REUSEADDR ", "on off"},
	{"setsockopt 3 SOL_SOCKET SO_REUSEADDR ", "on off"},
	{"setsockopt(3, SOL_SOCKET, SO_REUSEA", "SO_REUSEADDR"},
	{"setsockopt 3 SOL_SOCK", "SOL_SOCKET"},
	{"setsockopt 3 SOL_SOCKET TCP_", ""},
	{"poll 3:IN|OU", "OUT"},
	{"help ECONNREF", "ECONNREFUSED"},
	{"help so_reusea", "so_reuseaddr"},
	{"set col", "color"},
	{"set hints ", "on off"},
	{"set nonesuch ", ""},
	{"set color a", "auto always"},
	{"explain accept-q", "accept-queue"},
	{"set sigpipe ", "catch default ignore"},
	{"process ", "main"},
	{"process x ", "on"},
	{"clock r", "real"},
	{"wire h", "hold"},
	{"deliver ", ""},
	{"expect packet 1 fla", "flags"},
	{"expect wire ", ""},
	{"expect path ", ""},
	{"expect path 3 TIME", "TIME-WAIT"},
	{"diagram ", ""},
	{"c = stat", ""},
	{"accept 3 & ", ""},
	{"send 3 x PEE", ""},
	{"sendto 3 x b:80 ", ""},
	{"send 3 x NOSIG", "NOSIGNAL"},
	{"send 3 x MORE|DONTW", "DONTWAIT"},
	{"recv 3 NOSIG", ""},
	{"recv 3 PEEK|PE", ""},
	{"recv 3 PEEK|", "MSG_OOB MSG_TRUNC MSG_DONTWAIT MSG_WAITALL MSG_ERRQUEUE"},
	{"socket inet stream|NONBLOCK|", "SOCK_CLOEXEC"},
	{"poll 3:IN|PRI|I", ""},
	{"send(3, \"x\", 1, MSG_M", "MSG_MORE"},
	{"recv(3, buf, 10, MSG_DONTWAIT|MSG_W", "MSG_WAITALL"},
	{"setsockopt 3 SO_BINDTODEVICE lo", "lo"},
	{"setsockopt 3 NONESUCH ", ""},
	{"setsockopt 3 SO_LINGER ", "on= seconds="},
	{"setsockopt 3 SO_LINGER on=1 ", "seconds="},
	{"setsockopt 3 SO_LINGER {on=1,", "seconds="},
	{"setsockopt 3 SO_LINGER l_", "l_onoff= l_linger="},
	{"setsockopt(3, SOL_SOCKET, SO_LINGER, {", "l_onoff= l_linger="},
	{"setsockopt(3, SOL_SOCKET, SO_LINGER, {l_onoff=1, ", "l_linger="},
	{"setsockopt 3 IP_MTU_DISCOVER DO", "DONT DO"},
	{"setsockopt 3 SO_TIMESTAMPING RX_SOFTWARE|RX_", "RX_HARDWARE"},
	{"setsockopt 3 IP_ADD_MEMBERSHIP group=239.1.2.3 interface=lo", "lo"},
	{"setsockopt 3 IP_MSFILTER group=232.1.2.3 mode=incl", "include"},
	{"setsockopt 3 ICMP_FILTER ~(ECHOREP", "ECHOREPLY"},
	{"setsockopt 3 PACKET_FANOUT type=HASH|FLAG_ROLL", "FLAG_ROLLOVER"},
	{"expect wai", "waiting"},
	{"expect why ", "none"},
	{"expect data ", ""},
	{"expect ghost non", "none"},
	{"expect with", "within"},
	{"expect within ", ""},
	{"expect within 2s wai", "waiting"},
	{"expect within 2s wire ", ""},
	{"expect within 2s ghost state TIME", "TIME-WAIT"},
	{"expect within 2s packet 1 fla", "flags"},
	{"expect within 2s 3 state FIN", "FIN-WAIT-1 FIN-WAIT-2"},
	{"sysctl a tcp_syncoo", "tcp_syncookies"},
	{"sysctl a somaxc", "somaxconn"},
	{"sysctl a nothing_lik", ""},
	{"expect ghost state TIME", "TIME-WAIT"},
	{"expect 3 clos", "closed closed_fd"},
	{"expect 3 state FIN", "FIN-WAIT-1 FIN-WAIT-2"},
	{"expect 3 state LISTEN reada", "readable"},
	{"expect 3 readable ", "yes no none"},
	{"expect 3 shutdown ", "none read write both"},
	{"expect 3 timer k", "keepalive"},
};

START_TEST(test_constants)
{
	expect(constants[_i].line, constants[_i].all);
}
END_TEST

START_TEST(test_options_by_access)
{
	expect_among("getsockopt 3 SO_", "SO_ERROR");
	expect_not("setsockopt 3 SO_", "SO_ERROR");
	expect_not("setsockopt 3 ", "SOL_SOCKET");
	expect_among("setsockopt 3 SOL", "SOL_SOCKET");
	expect_among("setsockopt 3 ", "SO_REUSEADDR");
}
END_TEST

/* Whole words of a file of one line. */
static void expect_words_of(const char *line, const char *path)
{
	char text[1024] = "";
	FILE *file = fopen(path, "re");

	if (!file)
		return;
	ck_assert_ptr_nonnull(fgets(text, sizeof(text), file));
	fclose(file);
	text[strcspn(text, "\n")] = '\0';
	expect(line, text);
}

START_TEST(test_values_of_the_machine)
{
	expect_words_of("setsockopt 3 TCP_CONGESTION ",
			"/proc/sys/net/ipv4/tcp_available_congestion_control");
	expect_among("setsockopt 3 SO_BINDTODEVICE ", "lo");
}
END_TEST

/* What the socket has comes first; what it has not, where nothing else begins so. */
START_TEST(test_options_of_the_socket)
{
	run("socket tcp\nsocket udp\nsocket unix\nsocket tcp6");
	expect_among("setsockopt 3 ", "TCP_NODELAY");
	expect_among("setsockopt 3 ", "IP_TTL");
	expect_not("setsockopt 3 ", "IPV6_V6ONLY");
	expect_not("setsockopt 3 ", "UDP_CORK");
	expect_among("setsockopt 4 ", "UDP_CORK");
	expect_not("setsockopt 4 ", "TCP_NODELAY");
	expect_among("setsockopt 5 ", "SO_PASSCRED");
	expect_not("setsockopt 5 ", "TCP_NODELAY");
	expect_not("setsockopt 5 ", "IP_TTL");
	expect_among("setsockopt 6 ", "IPV6_V6ONLY");
	expect("setsockopt 4 TCP_NODEL", "TCP_NODELAY");
	expect("setsockopt 5 IPPROTO_TCP TCP_NODEL", "TCP_NODELAY");
}
END_TEST

static const char *hint_of(const char *line, const char *text, struct buf *out)
{
	struct completion completion;
	size_t i;

	find(&completion, line);
	for (i = 0; i < completion.count; i++)
		if (strcmp(completion.list[i].text, text) == 0 && completion.list[i].hint)
			buf_str(out, completion.list[i].hint);
	completion_free(&completion);
	return buf_text(out);
}

static void expect_hint(const char *line, const char *text, const char *hint)
{
	struct buf found = {0};

	ck_assert_msg(strstr(hint_of(line, text, &found), hint) != NULL,
		      "%s%s: '%s' is not in '%s'", line, text, hint, buf_text(&found));
	buf_free(&found);
}

START_TEST(test_hints_of_candidates)
{
	run("srv = socket tcp\nbind 3 127.35.1.1:7001\nlisten 3\nsocket udp\naccept 3 &");
	expect_hint("close ", "3", "TCP LISTEN 127.35.1.1:7001  (srv)");
	expect_hint("close s", "srv", "TCP LISTEN 127.35.1.1:7001  (srv)");
	expect_hint("like rust drop s", "srv", "TCP LISTEN 127.35.1.1:7001  (srv)");
	expect_hint("close ", "4", "UDP UNCONNECTED");
	expect_hint("connect 4 ", "127.35.1.1:7001", "fd 3, TCP LISTEN");
	expect_hint("fg ", "1", "waits for a connection on fd 3");
	expect_hint("process ", "main", "pid ");
	expect_hint("set ", "timeout", "how long");
	expect_hint("getsockopt 3 ", "SO_ERROR", "reading it clears it");
	expect_hint("expect 3 state ", "LISTEN", "as it was last seen");
	expect_hint("expect 3 state ", "TIME-WAIT", " ");
}
END_TEST

START_TEST(test_descriptors)
{
	expect("close ", "");
	run("socket tcp\nsrv = socket udp\nsocket unix");
	expect("close ", "3 4 5");
	expect("close(", "3 4 5");
	expect("close sr", "srv");
	expect("dup2 ", "3 4 5");
	expect("poll 3:IN,", "3 4 5");
	expect("poll 3:IN,4:OU", "OUT");
	expect("select 3,", "3 4 5");
	expect("select [3,", "3 4 5");
	expect("epoll_ctl 5 ADD 3 IN|ONE", "ONESHOT");
	expect("sendmsg 3 \"x\" r", "rights=");
	expect("sendmsg 3 \"x\" rights=", "3 4 5");
	expect("sendmsg 3 \"x\" rights=3,sr", "srv");
	expect("sendmsg 5 \"x\" rights=3 to=un", "unix:");
	expect("sendmsg 3 \"x\" MO", "MORE");
	expect("sendmsg 3 \"x\" flags=MORE|MSG_NOS", "MSG_NOSIGNAL");
	expect("recvmsg 3 10 co", "control=");
	expect("recvmsg 3 flags=PE", "PEEK");
	expect("recvmsg 3 10 MSG_CMSG", "MSG_CMSG_CLOEXEC");
	expect("ppoll 3 [SIGU", "SIGUSR1 SIGUSR2 SIGURG");
	expect("timerfd_create BOOTT", "BOOTTIME BOOTTIME_ALARM");
	run("close 4");
	expect("close ", "3 5");
	expect("close sr", "");
}
END_TEST

START_TEST(test_addresses)
{
	struct buf all = {0};

	expect("connect 3 ", "127.0.0.1: [::1]: unix:");
	run("socket tcp\nbind 3 *:0\nlisten 3\nsocket tcp\nsocket unix");
	candidates(&all, "connect 4 ");
	ck_assert_msg(strncmp(buf_text(&all), "127.0.0.1:", 10) == 0, "%s", buf_text(&all));
	ck_assert_msg(strstr(buf_text(&all), " 127.0.0.1:") != NULL, "%s", buf_text(&all));
	expect("connect 5 ", "unix:");
	run("bind 5 unix:@sockstep-repl\nsocket unix\nsocket udp\nbind 7 127.35.1.2:7002\n"
	    "socket udp\nconnect 8 127.35.1.3:7003");
	expect("connect 6 ", "unix:@sockstep-repl unix:");
	buf_reset(&all);
	candidates(&all, "sendto 7 x ");
	ck_assert_msg(strstr(buf_text(&all), "127.35.1.2:7002 ") != NULL, "%s", buf_text(&all));
	ck_assert_msg(strstr(buf_text(&all), " 127.35.1.3:7003 ") != NULL, "%s", buf_text(&all));
	ck_assert_msg(strstr(buf_text(&all), "[::1]") == NULL, "%s", buf_text(&all));
	buf_free(&all);
}
END_TEST

START_TEST(test_jobs)
{
	expect("fg ", "");
	run("socket tcp\nbind 3 127.0.0.1:0\nlisten 3\naccept 3 &");
	expect("fg ", "1");
	expect("kill ", "1 main");
}
END_TEST

/* Where the machine allows a lab. */
START_TEST(test_lab)
{
	run("host a\nhost b");
	if (!session_lab(shell.session) || session_lab(shell.session)->count < 2)
		return;
	expect("process x on ", "a b");
	expect_hint("process x on ", "a", "host 10.");
	run("@a\nsocket udp\nwire hold\nsendto 3 x b:7");
	expect("sendto 3 x b", "b:");
	expect("deliver ", "1");
	expect_hint("drop ", "1", "a to b: UDP");
	expect("expect packet ", "1");
}
END_TEST

START_TEST(test_files)
{
	char dir[] = "/tmp/sockstep-repl.XXXXXX";
	char path[96], line[128];
	static const char *const files[] = {"one.sock", "other", "a b", "x\033[31m", ".hidden"};
	size_t i;

	ck_assert(mkdtemp(dir));
	for (i = 0; i < COUNT_OF(files); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, files[i]);
		close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	}
	snprintf(line, sizeof(line), "source %s/on", dir);
	snprintf(path, sizeof(path), "%s/one.sock", dir);
	expect(line, path);
	snprintf(line, sizeof(line), "send 3 @%s/on", dir);
	expect(line, path);
	snprintf(line, sizeof(line), "bind 3 unix:%s/on", dir);
	expect(line, path);
	snprintf(line, sizeof(line), "source %s/", dir);
	snprintf(path, sizeof(path), "%s/one.sock %s/other", dir, dir);
	expect(line, path);
	expect("send 3 one", "");
	for (i = 0; i < COUNT_OF(files); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, files[i]);
		unlink(path);
	}
	rmdir(dir);
}
END_TEST

static void expect_missing(const char *line, const char *arg)
{
	struct completion completion;
	const char *name;

	find(&completion, line);
	name = completion.record ? completion.record->args[completion.missing].name : "none";
	ck_assert_msg(strcmp(name, arg) == 0, "%s: %s is missing, not %s", line, arg, name);
	completion_free(&completion);
}

START_TEST(test_missing)
{
	expect_missing("listen ", "fd");
	expect_missing("listen 3 ", "backlog");
	expect_missing("listen(3, ", "backlog");
	expect_missing("send 3 ", "bytes");
	expect_missing("close 3 ", "none");
	expect_missing("listen 3 x", "none");
	expect_missing("sleep ", "TIME");
}
END_TEST

static void expect_matches(const char *line, size_t from, const char *first, size_t count)
{
	struct completion completion;
	char **list;
	size_t i;

	find(&completion, line);
	list = completion_matches(&completion, line, from, strlen(line));
	ck_assert_msg(list != NULL, "%s", line);
	ck_assert_str_eq(list[0], first);
	for (i = 1; list[i]; i++)
		;
	ck_assert_uint_eq(i, count);
	for (i = 0; list[i]; i++)
		free(list[i]);
	free(list);
	completion_free(&completion);
}

START_TEST(test_matches)
{
	expect_matches("socketp", 0, "socketpair", 1);
	expect_matches("soc", 0, "sock", 5);
	expect_matches("socke", 0, "socket", 4);
	expect_matches("recv 3 PEEK|DONTW", 7, "PEEK|DONTWAIT", 1);
	expect_matches("socket(AF_INET,SOCK_STR", 0, "socket(AF_INET,SOCK_STREAM", 1);
	expect_matches("socket aF_INE", 7, "AF_INET", 3);
}
END_TEST

/* Whatever is typed, wherever the cursor is. */
START_TEST(test_garbage)
{
	static const char alphabet[] =
		" ;=@&(),|\"'\\{}[]#/\n:.%3aAF_INETsocket bindsend*\xff\x80\033";
	char line[64];
	unsigned seed = 1;
	size_t i, len;
	int round;

	run("c = socket tcp");
	for (round = 0; round < 20000; round++) {
		struct completion completion = {0};

		len = (size_t)rand_r(&seed) % sizeof(line);
		for (i = 0; i < len; i++)
			line[i] = alphabet[(size_t)rand_r(&seed) % (sizeof(alphabet) - 1)];
		completion_find(&completion, shell.session, line, len);
		ck_assert_uint_le(completion.start, len);
		completion_free(&completion);
	}
}
END_TEST

START_TEST(test_list)
{
	struct completion completion;
	struct buf seen = {0};
	struct out out;

	out_init(&out, silent.fd, false);
	out.width = 40;
	out.unicode = true;
	find(&completion, "help S");
	list_print(&completion, &out, 10);
	buf_str(&seen, buf_text(&out.buf));
	ck_assert_msg(strstr(buf_text(&seen), "… and ") != NULL, "%s", buf_text(&seen));
	completion_free(&completion);
	buf_reset(&out.buf);
	out.column = 0;
	find(&completion, "listen 3 ");
	ck_assert(list_missing(&completion, &out));
	ck_assert_msg(strstr(buf_text(&out.buf), "listen fd <backlog>") != NULL, "%s",
		      buf_text(&out.buf));
	completion_free(&completion);
	buf_free(&seen);
	out_free(&out);
}
END_TEST

static char home[] = "/tmp/sockstep-history.XXXXXX";

static void read_back(struct buf *out)
{
	char bytes[4096];
	char path[96];
	ssize_t got;
	int fd;

	snprintf(path, sizeof(path), "%s/state/sockstep/history", home);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	ck_assert_int_ge(fd, 0);
	while ((got = read(fd, bytes, sizeof(bytes))) > 0)
		buf_add(out, bytes, (size_t)got);
	close(fd);
}

static void remove_home(void)
{
	char path[128];

	snprintf(path, sizeof(path), "rm -rf '%s'", home);
	ck_assert_int_eq(system(path), 0);
}

START_TEST(test_history)
{
	struct history history;
	struct buf text = {0};
	struct error err;
	char path[96];
	struct stat st;
	int i;

	strcpy(home, "/tmp/sockstep-history.XXXXXX");
	ck_assert(mkdtemp(home));
	snprintf(path, sizeof(path), "%s/state", home);
	setenv("XDG_STATE_HOME", path, 1);
	ck_assert_int_eq(history_open(&history, &err), 0);
	history_add(&history, "socket tcp", &err);
	history_add(&history, "socket tcp", &err);
	history_add(&history, " secret", &err);
	history_add(&history, "listen 3", &err);
	read_back(&text);
	ck_assert_str_eq(buf_text(&text), "socket tcp\nlisten 3\n");
	for (i = 0; i < HISTORY_LINES + 10; i++) {
		snprintf(path, sizeof(path), "close %d", i);
		history_add(&history, path, &err);
	}
	history_close(&history);
	ck_assert_int_eq(history_open(&history, &err), 0);
	history_close(&history);
	buf_reset(&text);
	read_back(&text);
	ck_assert_ptr_eq(strstr(buf_text(&text), "close 9\n"), NULL);
	ck_assert_int_eq(strncmp(buf_text(&text), "close 10\n", 9), 0);
	snprintf(path, sizeof(path), "%s/state/sockstep", home);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0700);
	snprintf(path, sizeof(path), "%s/state/sockstep/history", home);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	buf_free(&text);
	remove_home();
}
END_TEST

/* What somebody else put there is neither followed nor waited for. */
START_TEST(test_history_refused)
{
	struct history history;
	struct error err = {0};
	char path[96];

	strcpy(home, "/tmp/sockstep-history.XXXXXX");
	ck_assert(mkdtemp(home));
	setenv("XDG_STATE_HOME", home, 1);
	snprintf(path, sizeof(path), "%s/sockstep", home);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/sockstep/history", home);
	ck_assert_int_eq(symlink("/dev/null", path), 0);
	ck_assert_int_eq(history_open(&history, &err), -1);
	ck_assert_msg(strstr(err.text, "history") != NULL, "%s", err.text);
	ck_assert_int_eq(history_add(&history, "listen 3", &err), 0);
	history_close(&history);
	unlink(path);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_int_eq(history_open(&history, &err), -1);
	history_close(&history);
	remove_home();
}
END_TEST

static Suite *repl_suite(void)
{
	Suite *suite = suite_create("repl");
	TCase *completion = tcase_create("completion");
	TCase *history = tcase_create("history");

	tcase_add_checked_fixture(completion, set_up, tear_down);
	tcase_add_loop_test(completion, test_names, 0, COUNT_OF(names));
	tcase_add_loop_test(completion, test_constants, 0, COUNT_OF(constants));
	tcase_add_test(completion, test_options_by_access);
	tcase_add_test(completion, test_values_of_the_machine);
	tcase_add_test(completion, test_options_of_the_socket);
	tcase_add_test(completion, test_hints_of_candidates);
	tcase_add_test(completion, test_descriptors);
	tcase_add_test(completion, test_addresses);
	tcase_add_test(completion, test_jobs);
	tcase_add_test(completion, test_lab);
	tcase_add_test(completion, test_files);
	tcase_add_test(completion, test_missing);
	tcase_add_test(completion, test_matches);
	tcase_add_test(completion, test_garbage);
	tcase_add_test(completion, test_list);
	tcase_add_test(history, test_history);
	tcase_add_test(history, test_history_refused);
	suite_add_tcase(suite, completion);
	suite_add_tcase(suite, history);
	return suite;
}

int main(void)
{
	return unit_main(repl_suite());
}
