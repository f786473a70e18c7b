/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Socket options: the table of them. */
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "base/grow.h"
#include "names/options.h"
#include "unit.h"

static bool applies(const char *name, int family, int type, int protocol)
{
	const struct option *option = options_find(name, strlen(name), -1);

	ck_assert_msg(option != NULL, "%s", name);
	return options_applies(option, family, type, protocol);
}

START_TEST(options_apply_to_their_sockets)
{
	static const struct {
		const char *name;
		int family, type, protocol;
		bool applies;
	} rows[] = {
		{"SO_REUSEADDR", AF_INET, SOCK_STREAM, 0, true},
		{"SO_RCVBUF", AF_UNIX, SOCK_DGRAM, 0, true},
		{"SO_RCVBUF", AF_VSOCK, SOCK_STREAM, 0, true},
		{"SO_PEERCRED", AF_UNIX, SOCK_STREAM, 0, true},
		{"SO_PEERCRED", AF_INET, SOCK_STREAM, 0, false},
		{"TCP_NODELAY", AF_INET, SOCK_STREAM, IPPROTO_TCP, true},
		{"TCP_NODELAY", AF_INET6, SOCK_STREAM, 0, true},
		{"TCP_NODELAY", AF_INET, SOCK_DGRAM, 0, false},
		{"TCP_NODELAY", AF_UNIX, SOCK_STREAM, 0, false},
		{"TCP_NODELAY", AF_INET, SOCK_STREAM, 262, true},
		{"TCP_NODELAY", AF_INET, SOCK_STREAM, IPPROTO_SCTP, false},
		{"UDP_CORK", AF_INET6, SOCK_DGRAM, IPPROTO_UDP, true},
		{"UDP_CORK", AF_INET, SOCK_DGRAM, IPPROTO_ICMP, false},
		{"IP_TTL", AF_INET6, SOCK_STREAM, 0, true},
		{"IP_TTL", AF_INET6, SOCK_RAW, IPPROTO_ICMPV6, false},
		{"IP_HDRINCL", AF_INET, SOCK_RAW, IPPROTO_RAW, true},
		{"IP_HDRINCL", AF_INET, SOCK_DGRAM, 0, false},
		{"IPV6_V6ONLY", AF_INET, SOCK_STREAM, 0, false},
		{"ICMP_FILTER", AF_INET, SOCK_RAW, IPPROTO_ICMP, true},
		{"PACKET_VERSION", AF_PACKET, SOCK_RAW, 0, true},
		{"PACKET_VERSION", AF_NETLINK, SOCK_RAW, 0, false},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		ck_assert_msg(applies(rows[i].name, rows[i].family, rows[i].type,
				      rows[i].protocol) == rows[i].applies,
			      "%s %d %d %d", rows[i].name, rows[i].family, rows[i].type,
			      rows[i].protocol);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("options");
	TCase *table = tcase_create("table");

	tcase_add_test(table, options_apply_to_their_sockets);
	suite_add_tcase(suite, table);
	return unit_main(suite);
}
