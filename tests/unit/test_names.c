/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/grow.h"
#include "names/names.h"
#include "names/options.h"
#include "names/words.h"
#include "names/words_table.h"
#include "unit.h"

static void check_text(const char *name, const char *text)
{
	size_t len = text ? strlen(text) : 0;

	ck_assert_msg(len > 0, "%s has no text", name);
	ck_assert_msg(text[len - 1] != '.', "the text of %s ends in a stop", name);
	ck_assert_msg(text[0] != ' ' && text[len - 1] != ' ', "blanks about the text of %s", name);
}

static long found(const struct names *names, const char *word)
{
	long value = 0;

	ck_assert_msg(names_find(names, word, strlen(word), &value), "%s: no %s", word,
		      names->kind);
	return value;
}

static bool finds(const struct names *names, const char *word)
{
	long value;

	return names_find(names, word, strlen(word), &value);
}

static void check_print(const struct names *names, long value, const char *text)
{
	struct buf buf = {0};

	names_print(&buf, names, value);
	ck_assert_str_eq(buf_text(&buf), text);
	buf_free(&buf);
}

START_TEST(tables_are_sound)
{
	for (size_t i = 0; names_all[i]; i++) {
		const struct names *names = names_all[i];

		ck_assert_uint_gt(names->count, 0);
		ck_assert_uint_gt(strlen(names->kind), 0);
		for (size_t j = 0; j < names->count; j++)
			check_text(names->list[j].name, names->list[j].text);
	}
}
END_TEST

/* A state of the kernel's that RFC 9293 has no name of its own for has that of another. */
START_TEST(tables_have_no_duplicates)
{
	for (size_t i = 0; names_all[i]; i++) {
		const struct names *names = names_all[i];

		for (size_t j = 0; j < names->count; j++) {
			const char *name = names->list[j].name;

			if (names != &names_tcp_state || names->list[j].value <= TCP_CLOSING)
				ck_assert_int_eq(found(names, name), names->list[j].value);
			for (size_t k = 0; k < j && names != &names_tcp_state; k++)
				ck_assert_str_ne(name, names->list[k].name);
		}
	}
}
END_TEST

START_TEST(values_agree_with_headers)
{
	ck_assert_int_eq(found(&names_family, "AF_INET6"), AF_INET6);
	ck_assert_int_eq(found(&names_type, "SOCK_SEQPACKET"), SOCK_SEQPACKET);
	ck_assert_int_eq(found(&names_type_flag, "SOCK_NONBLOCK"), SOCK_NONBLOCK);
	ck_assert_int_eq(found(&names_protocol, "IPPROTO_MPTCP"), 262);
	ck_assert_int_eq(found(&names_msg, "MSG_FASTOPEN"), MSG_FASTOPEN);
	ck_assert_int_eq(found(&names_shutdown, "SHUT_RDWR"), SHUT_RDWR);
	ck_assert_int_eq(found(&names_poll, "POLLRDHUP"), POLLRDHUP);
	ck_assert_int_eq(found(&names_fcntl, "F_DUPFD_CLOEXEC"), F_DUPFD_CLOEXEC);
	ck_assert_int_eq(found(&names_fd_flag, "FD_CLOEXEC"), FD_CLOEXEC);
	ck_assert_int_eq(found(&names_file_flag, "O_NONBLOCK"), O_NONBLOCK);
	ck_assert_int_eq(found(&names_ioctl, "FIONBIO"), FIONBIO);
	ck_assert_int_eq(found(&names_level, "SOL_TCP"), IPPROTO_TCP);
	ck_assert_int_eq(found(&names_tcp_state, "SYN-RECEIVED"), TCP_SYN_RECV);
	ck_assert_int_eq(found(&names_timer, "persist"), 4);
	ck_assert_int_eq(found(&names_ca_state, "Loss"), TCP_CA_Loss);
}
END_TEST

START_TEST(families_are_complete)
{
	for (long family = 0; family < AF_MAX; family++)
		ck_assert_msg(names_entry(&names_family, family), "no AF_ for %ld", family);
}
END_TEST

START_TEST(find_takes_any_case_and_no_prefix)
{
	ck_assert_int_eq(found(&names_family, "inet"), AF_INET);
	ck_assert_int_eq(found(&names_family, "pf_inet"), AF_INET);
	ck_assert_int_eq(found(&names_family, "PF_LOCAL"), AF_UNIX);
	ck_assert_int_eq(found(&names_family, "decnet"), AF_DECnet);
	ck_assert_int_eq(found(&names_type, "Stream"), SOCK_STREAM);
	ck_assert_int_eq(found(&names_msg, "peek"), MSG_PEEK);
	ck_assert_int_eq(found(&names_poll, "in"), POLLIN);
	ck_assert_int_eq(found(&names_level, "tcp"), IPPROTO_TCP);
	ck_assert_int_eq(found(&names_level, "socket"), SOL_SOCKET);
	ck_assert_int_eq(found(&names_tcp_state, "time-wait"), TCP_TIME_WAIT);
}
END_TEST

START_TEST(find_refuses_what_is_no_name)
{
	long value = 77;

	ck_assert(!finds(&names_family, ""));
	ck_assert(!finds(&names_family, "AF_"));
	ck_assert(!finds(&names_family, "AF_AF_INET"));
	ck_assert(!finds(&names_family, "AF_INE"));
	ck_assert(!finds(&names_family, "AF_INET66"));
	ck_assert(!finds(&names_level, "IPPROTO_SOCKET"));
	ck_assert(!finds(&names_type, "SOCK_CLOEXEC"));
	ck_assert(!names_find(&names_family, "AF_INET\0x", 9, &value));
	ck_assert_int_eq(value, 77);
	ck_assert(names_find(&names_family, "AF_INET6", 7, &value));
	ck_assert_int_eq(value, AF_INET);
}
END_TEST

START_TEST(first_name_is_printed)
{
	check_print(&names_family, AF_LOCAL, "AF_UNIX");
	check_print(&names_family, AF_ROUTE, "AF_NETLINK");
	check_print(&names_level, SOL_TCP, "IPPROTO_TCP");
	check_print(&names_protocol, 0, "IPPROTO_IP");
	check_print(&names_ioctl, FIONREAD, "FIONREAD");
	check_print(&names_ioctl, TIOCOUTQ, "SIOCOUTQ");
	check_print(&names_tcp_state, 12, "SYN-RECEIVED");
	check_print(&names_timer, 0, "off");
	check_print(&names_ca_state, 0, "Open");
}
END_TEST

START_TEST(flags_are_joined)
{
	check_print(&names_poll, POLLHUP | POLLOUT | POLLIN, "POLLIN|POLLOUT|POLLHUP");
	check_print(&names_msg, MSG_PEEK | MSG_DONTWAIT, "MSG_PEEK|MSG_DONTWAIT");
	check_print(&names_file_flag, O_RDWR | O_NONBLOCK, "O_RDWR|O_NONBLOCK");
	check_print(&names_file_flag, O_SYNC, "O_SYNC");
	check_print(&names_file_flag, O_DSYNC, "O_DSYNC");
	check_print(&names_type_flag, 0, "0");
	check_print(&names_file_flag, O_RDONLY, "0");
}
END_TEST

START_TEST(unknown_values_are_numbers)
{
	check_print(&names_family, 4711, "4711");
	check_print(&names_family, -1, "-1");
	check_print(&names_tcp_state, 99, "99");
	check_print(&names_type_flag, 0x10, "0x10");
	check_print(&names_msg, MSG_PEEK | 0x20000, "MSG_PEEK|0x20000");
	check_print(&names_fd_flag, INT32_MIN, "0x80000000");
	check_print(&names_fd_flag, -1, "FD_CLOEXEC|0xfffffffe");
	ck_assert_ptr_null(names_entry(&names_family, 4711));
}
END_TEST

/* What print() wrote, read back. */
static long parsed(const struct names *names, const char *text)
{
	unsigned long value = 0;

	while (*text) {
		size_t len = strcspn(text, "|");
		long bit = 0;

		if (!names_find(names, text, len, &bit))
			bit = strtol(text, NULL, 0);
		value |= bit;
		text += len + (text[len] == '|');
	}
	return value;
}

static void check_round_trip(const struct names *names, long value)
{
	struct buf buf = {0};

	names_print(&buf, names, value);
	ck_assert_msg(parsed(names, buf_text(&buf)) == value, "%s is not %ld", buf_text(&buf),
		      value);
	buf_free(&buf);
}

START_TEST(print_and_parse_agree)
{
	for (size_t i = 0; names_all[i]; i++) {
		const struct names *names = names_all[i];

		for (size_t j = 0; j < names->count; j++) {
			long value = names->list[j].value;

			if (names != &names_tcp_state || value <= TCP_CLOSING)
				check_round_trip(names, value);
			for (size_t k = 0; names->flags && k < j; k++)
				check_round_trip(names, value | names->list[k].value);
		}
		check_round_trip(names, 0x123400);
	}
}
END_TEST

static const char *near(const struct names *names, const char *word)
{
	return names_near(names, word, strlen(word));
}

START_TEST(near_forgives_slips)
{
	ck_assert_str_eq(near(&names_family, "AF_INTE"), "AF_INET");
	ck_assert_str_eq(near(&names_family, "intet6"), "AF_INET6");
	ck_assert_str_eq(near(&names_family, "PF_PAKCET"), "AF_PACKET");
	ck_assert_str_eq(near(&names_type, "sream"), "SOCK_STREAM");
	ck_assert_str_eq(near(&names_msg, "MSG_DONTWIAT"), "MSG_DONTWAIT");
	ck_assert_str_eq(near(&names_tcp_state, "TIMEWAIT"), "TIME-WAIT");
	ck_assert_str_eq(near(&names_level, "SOL_SOKET"), "SOL_SOCKET");
	ck_assert_ptr_null(near(&names_family, "banana"));
	ck_assert_ptr_null(near(&names_family, "AF_"));
	ck_assert_ptr_null(near(&names_family, ""));
	ck_assert_ptr_null(near(&names_family, "x"));
}
END_TEST

static int distance(const char *a, const char *b, int limit)
{
	int there = names_distance(a, strlen(a), b, strlen(b), limit);

	ck_assert_int_eq(names_distance(b, strlen(b), a, strlen(a), limit), there);
	return there;
}

START_TEST(distance_counts_edits)
{
	char x[300], y[300];

	ck_assert_int_eq(distance("listen", "LISTEN", 3), 0);
	ck_assert_int_eq(distance("", "", 3), 0);
	ck_assert_int_eq(distance("", "abc", 5), 3);
	ck_assert_int_eq(distance("listen", "lisetn", 3), 1);
	ck_assert_int_eq(distance("listen", "liten", 3), 1);
	ck_assert_int_eq(distance("kitten", "sitting", 5), 3);
	ck_assert_int_eq(distance("ca", "abc", 5), 3);
	ck_assert_int_eq(distance("aab", "aba", 5), 1);
	ck_assert_int_eq(distance("abcdef", "uvwxyz", 2), 3);
	memset(x, 'x', sizeof(x));
	memset(y, 'y', sizeof(y));
	ck_assert_int_eq(names_distance(x, sizeof(x), y, sizeof(y), 3), 4);
	ck_assert_int_eq(names_distance(x, sizeof(x), x, sizeof(x) - 1, 3), 1);
	ck_assert_int_eq(names_distance(x, 63, y, 63, 100), 63);
}
END_TEST

START_TEST(same_minds_no_locale)
{
	setlocale(LC_ALL, "tr_TR.UTF-8");
	ck_assert(names_same("AF_INET", "af_inet", 7));
	setlocale(LC_ALL, "C");
	ck_assert(!names_same("AF_INET", "af_inet6", 8));
	ck_assert(!names_same("AF_INET", "af_ine", 6));
	ck_assert(names_same("", "x", 0));
	ck_assert_uint_eq(names_prefix("AF_", "af_x", 4), 3);
	ck_assert_uint_eq(names_prefix("AF_", "af_", 3), 0);
	ck_assert_uint_eq(names_prefix(NULL, "af_x", 4), 0);
}
END_TEST

/* Several a line, or they would be half of this file. */
/* clang-format off */
#define E(name) {#name, name}

static const struct {
	const char *name;
	int value;
} errors[] = {
	E(EACCES), E(EADDRINUSE), E(EADDRNOTAVAIL), E(EAFNOSUPPORT), E(EAGAIN), E(EALREADY),
	E(EBADF), E(ECONNABORTED), E(ECONNREFUSED), E(ECONNRESET), E(EDESTADDRREQ), E(EFAULT),
	E(EINPROGRESS), E(EINTR), E(EINVAL), E(EISCONN), E(ELOOP), E(EMFILE), E(EMSGSIZE),
	E(ENAMETOOLONG), E(ENETUNREACH), E(ENFILE), E(ENOBUFS), E(ENOENT), E(ENOMEM),
	E(ENOPROTOOPT), E(ENOSR), E(ENOTCONN), E(ENOTDIR), E(ENOTSOCK), E(EOPNOTSUPP), E(EPERM),
	E(EPIPE), E(EPROTO), E(EPROTONOSUPPORT), E(EPROTOTYPE), {"ERESTARTSYS", 512}, E(EROFS),
	E(ESOCKTNOSUPPORT), E(ETIMEDOUT), E(EHOSTUNREACH), E(ENETDOWN), E(ENODEV), E(ENOPKG),
	E(ENXIO), E(ESRCH), E(ETOOMANYREFS),
};
/* clang-format on */

START_TEST(errors_have_names)
{
	ck_assert_uint_eq(COUNT_OF(errors), 47);
	for (size_t i = 0; i < COUNT_OF(errors); i++) {
		const char *name = errors[i].name;

		ck_assert_int_eq(names_errno(name, strlen(name)), errors[i].value);
		ck_assert_str_eq(names_errno_name(errors[i].value), name);
	}
}
END_TEST

START_TEST(errors_have_second_names)
{
	ck_assert_int_eq(names_errno("EWOULDBLOCK", 11), EAGAIN);
	ck_assert_int_eq(names_errno("ENOTSUP", 7), EOPNOTSUPP);
	ck_assert_int_eq(names_errno("econnrefused", 12), ECONNREFUSED);
	ck_assert_int_eq(names_errno("EAGAIN2", 7), 0);
	ck_assert_int_eq(names_errno("", 0), 0);
	ck_assert_int_eq(names_errno("0", 1), 0);
	ck_assert_str_eq(names_errno_name(999), "errno 999");
	ck_assert_str_eq(names_errno_name(-3), "errno -3");
	ck_assert_str_eq(names_errno_name(0), "0");
}
END_TEST

START_TEST(signals_have_names)
{
	ck_assert_str_eq(names_signal_name(SIGSEGV), "SIGSEGV");
	ck_assert_str_eq(names_signal_name(SIGPIPE), "SIGPIPE");
	ck_assert_str_eq(names_signal_name(99), "signal 99");
	ck_assert_str_eq(names_signal_name(-1), "signal -1");
}
END_TEST

static const struct {
	int level;
	const char *prefix;
	const char *page;
	const char *names;
} pages[] = {
	{SOL_SOCKET, "SO_", "socket(7)",
	 "ACCEPTCONN ATTACH_BPF ATTACH_FILTER ATTACH_REUSEPORT_CBPF ATTACH_REUSEPORT_EBPF "
	 "BINDTODEVICE BROADCAST BSDCOMPAT BUSY_POLL DEBUG DETACH_BPF DETACH_FILTER DOMAIN "
	 "DONTROUTE ERROR INCOMING_CPU INCOMING_NAPI_ID KEEPALIVE LINGER LOCK_FILTER MARK "
	 "OOBINLINE PASSCRED PASSSEC PEEK_OFF PEERCRED PEERSEC PRIORITY PROTOCOL RCVBUF "
	 "RCVBUFFORCE RCVLOWAT RCVTIMEO REUSEADDR REUSEPORT RXQ_OVFL SELECT_ERR_QUEUE SNDBUF "
	 "SNDBUFFORCE SNDLOWAT SNDTIMEO TIMESTAMP TIMESTAMPNS TYPE"},
	{SOL_SOCKET, "SO_", NULL,
	 "PEERNAME TIMESTAMPING WIFI_STATUS NOFCS GET_FILTER MAX_PACING_RATE BPF_EXTENSIONS "
	 "NO_CHECK"},
	{IPPROTO_TCP, "TCP_", "tcp(7)",
	 "CONGESTION CORK DEFER_ACCEPT FASTOPEN FASTOPEN_CONNECT INFO KEEPCNT KEEPIDLE KEEPINTVL "
	 "LINGER2 MAXSEG NODELAY QUICKACK SYNCNT USER_TIMEOUT WINDOW_CLAMP"},
	{IPPROTO_TCP, "TCP_", NULL,
	 "MD5SIG COOKIE_TRANSACTIONS THIN_LINEAR_TIMEOUTS THIN_DUPACK REPAIR REPAIR_QUEUE "
	 "QUEUE_SEQ REPAIR_OPTIONS TIMESTAMP NOTSENT_LOWAT CC_INFO SAVE_SYN SAVED_SYN"},
	{IPPROTO_IP, "IP_", "ip(7)",
	 "ADD_MEMBERSHIP ADD_SOURCE_MEMBERSHIP BIND_ADDRESS_NO_PORT BLOCK_SOURCE DROP_MEMBERSHIP "
	 "DROP_SOURCE_MEMBERSHIP FREEBIND HDRINCL MSFILTER MTU MTU_DISCOVER MULTICAST_ALL "
	 "MULTICAST_IF MULTICAST_LOOP MULTICAST_TTL NODEFRAG OPTIONS PASSSEC PKTINFO RECVERR "
	 "RECVOPTS RECVORIGDSTADDR RECVTOS RECVTTL RETOPTS ROUTER_ALERT TOS TRANSPARENT TTL "
	 "UNBLOCK_SOURCE"},
	{IPPROTO_IPV6, "IPV6_", "ipv6(7)",
	 "ADDRFORM ADD_MEMBERSHIP AUTHHDR DROP_MEMBERSHIP DSTOPTS FLOWINFO HOPLIMIT HOPOPTS MTU "
	 "MTU_DISCOVER MULTICAST_HOPS MULTICAST_IF MULTICAST_LOOP RECVERR RECVPKTINFO "
	 "ROUTER_ALERT RTHDR UNICAST_HOPS V6ONLY"},
	{IPPROTO_UDP, "UDP_", "udp(7)", "CORK"},
	{IPPROTO_UDP, "UDP_", NULL, "ENCAP NO_CHECK6_TX NO_CHECK6_RX"},
	{SOL_RAW, "", "raw(7)", "ICMP_FILTER"},
	{SOL_PACKET, "PACKET_", "packet(7)",
	 "ADD_MEMBERSHIP AUXDATA DROP_MEMBERSHIP FANOUT LOSS QDISC_BYPASS RESERVE RX_RING "
	 "STATISTICS TIMESTAMP TX_RING VERSION"},
};

static void check_option(int level, const char *name, const char *page)
{
	const struct option *option = options_find(name, strlen(name), -1);

	ck_assert_msg(option != NULL, "no option %s", name);
	ck_assert_str_eq(option->name, name);
	ck_assert_int_eq(option->level, level);
	ck_assert_msg(!page == !option->page, "the page of %s", name);
	if (page)
		ck_assert_str_eq(option->page, page);
}

/* Each name of a list of pages[]. Returns how many there are. */
static int check_list(int level, const char *prefix, const char *list, const char *page)
{
	int count = 0;

	while (*list) {
		size_t len = strcspn(list, " ");
		struct buf name = {0};

		buf_printf(&name, "%s%.*s", prefix, (int)len, list);
		check_option(level, buf_text(&name), page);
		ck_assert_ptr_eq(options_find(buf_text(&name), name.len, level),
				 options_find(list, len, level));
		buf_free(&name);
		count++;
		list += len + (list[len] == ' ');
	}
	return count;
}

START_TEST(options_are_complete)
{
	int count = 0;

	for (size_t i = 0; i < COUNT_OF(pages); i++)
		count += check_list(pages[i].level, pages[i].prefix, pages[i].names, pages[i].page);
	ck_assert_int_eq(count, 44 + 8 + 16 + 13 + 30 + 19 + 1 + 3 + 1 + 12);
}
END_TEST

START_TEST(options_are_sound)
{
	for (size_t i = 0; i < options_count; i++) {
		const struct option *option = &options[i];

		check_text(option->name, option->text);
		ck_assert_int_ge(option->access, OPTION_GET);
		ck_assert_int_le(option->access, OPTION_BOTH);
		ck_assert_ptr_nonnull(names_entry(&names_level, option->level));
		ck_assert_ptr_nonnull(options_entry(option->level, option->value));
		/* MCAST_ options are of two levels. */
		for (size_t j = 0; j < i; j++)
			ck_assert_msg(strcmp(option->name, options[j].name) ||
					      option->level != options[j].level,
				      "%s twice", option->name);
	}
}
END_TEST

static const struct option *option_of(const char *word, int level)
{
	return options_find(word, strlen(word), level);
}

START_TEST(options_are_found)
{
	ck_assert_str_eq(option_of("reuseaddr", -1)->name, "SO_REUSEADDR");
	ck_assert_str_eq(option_of("NoDelay", -1)->name, "TCP_NODELAY");
	ck_assert_int_eq(option_of("nodelay", -1)->value, TCP_NODELAY);
	ck_assert_str_eq(option_of("cork", -1)->name, "TCP_CORK");
	ck_assert_str_eq(option_of("cork", IPPROTO_UDP)->name, "UDP_CORK");
	ck_assert_str_eq(option_of("timestamp", IPPROTO_TCP)->name, "TCP_TIMESTAMP");
	ck_assert_str_eq(option_of("v6only", -1)->name, "IPV6_V6ONLY");
	ck_assert_ptr_null(option_of("TCP_NODELAY", SOL_SOCKET));
	ck_assert_ptr_null(option_of("TCP_REUSEADDR", -1));
	ck_assert_ptr_null(option_of("SO_", -1));
	ck_assert_ptr_null(option_of("", -1));
	ck_assert_str_eq(options_entry(SOL_SOCKET, SO_ERROR)->name, "SO_ERROR");
	ck_assert_str_eq(options_entry(SOL_SOCKET, SO_ATTACH_FILTER)->name, "SO_ATTACH_FILTER");
	ck_assert_ptr_null(options_entry(SOL_SOCKET, 4711));
}
END_TEST

START_TEST(options_have_types)
{
	ck_assert_int_eq(option_of("SO_LINGER", -1)->type, OPTION_LINGER);
	ck_assert_int_eq(option_of("SO_RCVTIMEO", -1)->type, OPTION_TIMEVAL);
	ck_assert_int_eq(option_of("SO_PEERCRED", -1)->type, OPTION_UCRED);
	ck_assert_int_eq(option_of("SO_ERROR", -1)->type, OPTION_ERRNO);
	ck_assert_int_eq(option_of("SO_DOMAIN", -1)->type, OPTION_FAMILY);
	ck_assert_int_eq(option_of("SO_TYPE", -1)->type, OPTION_TYPE);
	ck_assert_int_eq(option_of("SO_PROTOCOL", -1)->type, OPTION_PROTOCOL);
	ck_assert_int_eq(option_of("SO_COOKIE", -1)->type, OPTION_UINT64);
	ck_assert_int_eq(option_of("TCP_INFO", -1)->type, OPTION_TCP_INFO);
	ck_assert_int_eq(option_of("TCP_CONGESTION", -1)->type, OPTION_STRING);
	ck_assert_int_eq(option_of("SO_ERROR", -1)->access, OPTION_GET);
	ck_assert_int_eq(option_of("SO_SNDBUFFORCE", -1)->access, OPTION_SET);
}
END_TEST

static const char *option_near(const char *word)
{
	return options_near(word, strlen(word));
}

START_TEST(options_near_forgives_slips)
{
	ck_assert_str_eq(option_near("SO_REUSADDR"), "SO_REUSEADDR");
	ck_assert_str_eq(option_near("reusadr"), "SO_REUSEADDR");
	ck_assert_str_eq(option_near("SO_NODELAY"), "TCP_NODELAY");
	ck_assert_str_eq(option_near("UDP_CROK"), "UDP_CORK");
	ck_assert_str_eq(option_near("IPV6_MULTICAST_LOP"), "IPV6_MULTICAST_LOOP");
	ck_assert_ptr_null(option_near("SO_BANANABREAD"));
	ck_assert_ptr_null(option_near(""));
}
END_TEST

/* What needs no privilege and no connection: the length that the kernel gives. */
START_TEST(options_agree_with_the_kernel)
{
	static const char *const ints[] = {"reuseaddr", "rcvbuf", "type", "nodelay", "maxseg"};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	ck_assert_int_ge(fd, 0);
	for (size_t i = 0; i < COUNT_OF(ints); i++) {
		const struct option *option = option_of(ints[i], -1);
		char value[64];
		socklen_t len = sizeof(value);

		ck_assert_int_eq(getsockopt(fd, option->level, option->value, value, &len), 0);
		ck_assert_uint_eq(len, sizeof(int));
	}
	close(fd);
}
END_TEST

/* The look-up relies on it, in each table. */
static size_t check_sorted(const struct words_entry *list, size_t count)
{
	ck_assert_uint_gt(count, 0);
	for (size_t i = 1; i < count; i++)
		ck_assert_msg(strcmp(list[i - 1].key, list[i].key) < 0, "%s", list[i].key);
	return count;
}

START_TEST(words_are_sorted)
{
	size_t i, count = check_sorted(words_en, words_en_count);

	count += check_sorted(words_errors_en, words_errors_en_count);
	count += check_sorted(words_names_en, words_names_en_count);
	count += check_sorted(words_story_en, words_story_en_count);
	count += check_sorted(words_course_en, words_course_en_count);
	ck_assert_ptr_nonnull(words_key(0));
	for (i = 0; words_key(i); i++) {
		ck_assert_str_ne(words(words_key(i)), words_key(i));
		for (size_t k = 0; k < i; k++)
			ck_assert_str_ne(words_key(k), words_key(i));
	}
	ck_assert_uint_eq(i, count);
	ck_assert_ptr_null(words_key(i + 1));
	ck_assert_str_eq(words("no.such.key"), "no.such.key");
}
END_TEST

static void check_fill(struct buf *buf, const char *text)
{
	ck_assert_str_eq(buf_text(buf), text);
	buf_reset(buf);
}

/* A key without a text is its own text, which serves as any template. */
START_TEST(words_fill_fields)
{
	struct buf buf = {0};

	words_fill(&buf, "waits.accept", "fd", "3", (char *)NULL);
	check_fill(&buf, "a connection on fd 3");
	words_fill(&buf, "waits.accept", "f", "3", (char *)NULL);
	check_fill(&buf, "a connection on fd {fd}");
	words_fill(&buf, "{a}{b} {a}", "a", "{b}", "b", "", (char *)NULL);
	check_fill(&buf, "{b} {b}");
	words_fill(&buf, "{ {} {{a} } {a", "a", "1", (char *)NULL);
	check_fill(&buf, "{ {} {1 } {a");
	words_fill(&buf, "", (char *)NULL);
	check_fill(&buf, "");
	buf_free(&buf);
}
END_TEST

static Suite *names_suite(void)
{
	const TTest *const tests[] = {tables_are_sound,
				      tables_have_no_duplicates,
				      values_agree_with_headers,
				      families_are_complete,
				      find_takes_any_case_and_no_prefix,
				      find_refuses_what_is_no_name,
				      first_name_is_printed,
				      flags_are_joined,
				      unknown_values_are_numbers,
				      print_and_parse_agree,
				      near_forgives_slips,
				      distance_counts_edits,
				      same_minds_no_locale,
				      errors_have_names,
				      errors_have_second_names,
				      signals_have_names,
				      options_are_complete,
				      options_are_sound,
				      options_are_found,
				      options_have_types,
				      options_near_forgives_slips,
				      options_agree_with_the_kernel,
				      words_are_sorted,
				      words_fill_fields};
	Suite *suite = suite_create("names");
	TCase *tcase = tcase_create("names");

	for (size_t i = 0; i < COUNT_OF(tests); i++)
		tcase_add_test(tcase, tests[i]);
	suite_add_tcase(suite, tcase);
	return suite;
}

int main(void)
{
	return unit_main(names_suite());
}
