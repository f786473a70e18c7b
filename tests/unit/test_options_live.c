/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Socket options on this kernel: each value that it tells can be typed, and set again. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "calls/kinds_option.h"
#include "kernel/option_values.h"
#include "names/names.h"
#include "net/interface.h"
#include "unit.h"

static const struct {
	const char *name;
	int family, type, protocol;
} kinds[] = {
	{"TCP", AF_INET, SOCK_STREAM, 0},
	{"TCP6", AF_INET6, SOCK_STREAM, 0},
	{"UDP", AF_INET, SOCK_DGRAM, 0},
	{"UDP6", AF_INET6, SOCK_DGRAM, 0},
	{"raw", AF_INET, SOCK_RAW, IPPROTO_ICMP},
	{"raw6", AF_INET6, SOCK_RAW, IPPROTO_ICMPV6},
	{"ping", AF_INET, SOCK_DGRAM, IPPROTO_ICMP},
	{"UNIX stream", AF_UNIX, SOCK_STREAM, 0},
	{"UNIX datagram", AF_UNIX, SOCK_DGRAM, 0},
	{"UNIX seqpacket", AF_UNIX, SOCK_SEQPACKET, 0},
	{"packet", AF_PACKET, SOCK_DGRAM, 0},
	{"packet with link header", AF_PACKET, SOCK_RAW, 0},
};

/* Why the value that was read cannot be set again, or is not what is read then. */
static const struct {
	const char *name;
	int error; /* of setsockopt(); 0: it is set, but another value is read */
	const char *reason;
} exceptions[] = {
	{"SO_SNDBUF", 0, "the kernel doubles it"},
	{"SO_RCVBUF", 0, "the kernel doubles it"},
	{"SO_BSDCOMPAT", 0, "it has no effect today"},
	{"TCP_THIN_DUPACK", 0, "it has no effect since Linux 4.11"},
	{"SO_RESERVE_MEM", EOPNOTSUPP, "the test's control group need not account for memory"},
	{"IP_ROUTER_ALERT", ENOBUFS, "to switch it off it must have been on"},
	{"IPV6_ROUTER_ALERT", ENOPROTOOPT, "for raw sockets of IPPROTO_RAW alone"},
	{"TCP_FASTOPEN_KEY", EINVAL, "none has no length that a key may have"},
	{"TCP_ULP", EINVAL, "none has no name"},
	{"TCP_TIMESTAMP", EPERM, "in repair alone"},
	{"IPV6_CHECKSUM", EINVAL, "of ICMPv6 the kernel always fills it in"},
	{"PACKET_FANOUT", EINVAL, "without a protocol the socket receives nothing to share"},
	{"PACKET_VNET_HDR", EINVAL, "for SOCK_RAW alone"},
	{"PACKET_VNET_HDR_SZ", EINVAL, "for SOCK_RAW alone"},
};

static bool excepted(const struct option *option, int error)
{
	for (size_t i = 0; i < COUNT_OF(exceptions); i++)
		if (strcmp(exceptions[i].name, option->name) == 0 && exceptions[i].error == error)
			return true;
	/* An ordinary user may not set everything. */
	return (error == EPERM || error == EACCES) && geteuid() != 0;
}

/* What is printed reads as the same bytes. */
static void check_typed_back(const char *kind, const struct option *option, const void *value,
			     size_t len, struct buf *again)
{
	struct buf text = {0};
	struct error err;

	option_print(&text, INTERFACES_OURS, option, value, len);
	ck_assert_msg(option_read(option, NULL, buf_text(&text), text.len, again, &err) == 0,
		      "%s on %s: %s: %s", option->name, kind, buf_text(&text), err.text);
	/* What stands behind the end of a string is no part of it. */
	if (option->type == OPTION_STRING)
		len = strnlen(value, len);
	ck_assert_msg(again->len == len && memcmp(buf_text(again), value, len) == 0,
		      "%s on %s: %s reads as other bytes", option->name, kind, buf_text(&text));
	buf_free(&text);
}

static void check_set(const char *kind, int fd, const struct option *option,
		      const struct buf *value)
{
	char now[1024];
	bool whole = value->len && option->type != OPTION_STRING;
	socklen_t len = (socklen_t)(whole ? value->len : sizeof(now));

	if (setsockopt(fd, option->level, option->value, buf_text(value), (socklen_t)value->len) <
	    0) {
		int error = errno;

		ck_assert_msg(excepted(option, error), "%s on %s: %s", option->name, kind,
			      names_errno_name(error));
		return;
	}
	ck_assert_msg(getsockopt(fd, option->level, option->value, now, &len) == 0, "%s on %s",
		      option->name, kind);
	if (option->type == OPTION_STRING)
		len = (socklen_t)strnlen(now, len);
	if (len != value->len || memcmp(now, buf_text(value), len) != 0)
		ck_assert_msg(excepted(option, 0), "%s on %s is another then", option->name, kind);
}

/* A switch is turned, and reads as turned. */
static void check_turned(const char *kind, int fd, const struct option *option,
			 const struct buf *value)
{
	struct buf other = {0}, bytes = {0};
	struct error err;
	int is_on;

	if (option->type != OPTION_BOOL)
		return;
	memcpy(&is_on, buf_text(value), sizeof(is_on));
	buf_str(&other, is_on ? "off" : "on");
	ck_assert_int_eq(option_read(option, NULL, buf_text(&other), other.len, &bytes, &err), 0);
	check_set(kind, fd, option, &bytes);
	buf_free(&other);
	buf_free(&bytes);
}

START_TEST(values_are_set_again)
{
	const char *kind = kinds[_i].name;
	int fd = socket(kinds[_i].family, kinds[_i].type, kinds[_i].protocol), count = 0;
	static unsigned char bytes[OPTION_VALUES_ROOM];
	struct option_value value;
	size_t at = 0, len;

	/* Raw sockets are not for everyone, and pings for the groups that a sysctl names. */
	if (fd < 0 && (errno == EPERM || errno == EACCES || errno == EAFNOSUPPORT))
		return;
	ck_assert_int_ge(fd, 0);
	len = option_values_read(fd, bytes, sizeof(bytes));
	while (option_values_next(bytes, len, &at, &value)) {
		struct buf again = {0};

		if (value.error || value.option->type == OPTION_TCP_INFO)
			continue;
		check_typed_back(kind, value.option, value.data, value.len, &again);
		if (value.option->access == OPTION_BOTH &&
		    options_applies(value.option, kinds[_i].family, kinds[_i].type,
				    kinds[_i].protocol)) {
			check_set(kind, fd, value.option, &again);
			check_turned(kind, fd, value.option, &again);
			count++;
		}
		buf_free(&again);
	}
	ck_assert_int_gt(count, 15);
	close(fd);
}
END_TEST

static int count_open(void)
{
	int fd, count = 0;

	for (fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

/* A fresh socket is none of the process's descriptors, and no value differs from its own. */
START_TEST(a_fresh_socket_is_nobodys)
{
	static unsigned char one[OPTION_VALUES_ROOM], other[OPTION_VALUES_ROOM];
	struct option_value a, b;
	size_t at_a = 0, at_b = 0, len;
	int fd = socket(AF_INET, SOCK_STREAM, 0), open_before = count_open();
	long fresh;

	ck_assert_int_ge(fd, 0);
	fresh = option_values_fresh(AF_INET, SOCK_STREAM, 0, other, sizeof(other), NULL);
	ck_assert_int_gt(fresh, 0);
	ck_assert_int_eq(count_open(), open_before);
	len = option_values_read(fd, one, sizeof(one));
	while (option_values_next(one, len, &at_a, &a)) {
		ck_assert(option_values_next(other, (size_t)fresh, &at_b, &b));
		ck_assert_ptr_eq(a.option, b.option);
		ck_assert_int_eq(a.error, b.error);
		if (a.option->reading == OPTION_PLAIN)
			ck_assert_msg(a.len == b.len && memcmp(a.data, b.data, a.len) == 0, "%s",
				      a.option->name);
	}
	ck_assert_int_eq(option_values_fresh(AF_INET, 99, 0, other, sizeof(other), NULL), -1);
	ck_assert_int_eq(errno, EINVAL);
	ck_assert_int_eq(count_open(), open_before);
	close(fd);
}
END_TEST

/* Reading all leaves an error where it waits. */
START_TEST(a_pending_error_stays)
{
	static unsigned char bytes[OPTION_VALUES_ROOM];
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_port = htons(9), .sin_addr = {htonl(0x7f220001)}};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), error = 0;
	struct pollfd poller = {.fd = fd, .events = POLLOUT};
	struct option_value value;
	socklen_t len = sizeof(error);
	size_t at = 0, filled;

	ck_assert_int_lt(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	ck_assert_int_eq(poll(&poller, 1, 10000), 1);
	filled = option_values_read(fd, bytes, sizeof(bytes));
	while (option_values_next(bytes, filled, &at, &value))
		ck_assert_int_ne(value.option->reading, OPTION_TAKES);
	ck_assert_int_eq(getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len), 0);
	ck_assert_int_eq(error, ECONNREFUSED);
	close(fd);
}
END_TEST

/* What was filled is taken apart with care, wherever it was cut. */
START_TEST(values_that_are_cut)
{
	static unsigned char bytes[OPTION_VALUES_ROOM];
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	size_t filled = option_values_read(fd, bytes, sizeof(bytes)), len;
	struct option_value value;

	ck_assert_uint_gt(filled, 100);
	for (len = 0; len < filled; len++) {
		unsigned char *copy = malloc(len + 1);
		size_t at = 0;

		memcpy(copy + 1, bytes, len);
		while (option_values_next(copy + 1, len, &at, &value))
			ck_assert_uint_le(at, len);
		free(copy);
	}
	ck_assert_uint_le(option_values_read(fd, bytes, 100), 100);
	close(fd);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("options_live");
	TCase *live = tcase_create("live");

	tcase_add_loop_test(live, values_are_set_again, 0, (int)COUNT_OF(kinds));
	tcase_add_test(live, a_fresh_socket_is_nobodys);
	tcase_add_test(live, a_pending_error_stays);
	tcase_add_test(live, values_that_are_cut);
	suite_add_tcase(suite, live);
	return unit_main(suite);
}
