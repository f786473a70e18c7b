/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "names/controls.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include <linux/errqueue.h>

#include "base/grow.h"
#include "names/names.h"
#include "names/options_numbers.h"

/* Where headers are older than the constant. */
#ifndef SCM_SECURITY
#define SCM_SECURITY 0x03
#endif
#ifndef SCM_PIDFD
#define SCM_PIDFD 0x04
#endif
#ifndef SCM_TIMESTAMP
#define SCM_TIMESTAMP SO_TIMESTAMP
#endif
#ifndef SCM_TIMESTAMPNS
#define SCM_TIMESTAMPNS SO_TIMESTAMPNS
#endif
#ifndef SCM_TIMESTAMPING
#define SCM_TIMESTAMPING SO_TIMESTAMPING
#endif
#ifndef SO_EE_ORIGIN_TXSTATUS
#define SO_EE_ORIGIN_TXSTATUS 4
#endif
#ifndef SO_EE_ORIGIN_ZEROCOPY
#define SO_EE_ORIGIN_ZEROCOPY 5
#endif
#ifndef SO_EE_ORIGIN_TXTIME
#define SO_EE_ORIGIN_TXTIME 6
#endif

/* An entry a line, as in a dictionary. */
/* clang-format off */
#define NAME(constant, text) {#constant, constant, text}

static const struct name scm_list[] = {
	NAME(SCM_RIGHTS, "open descriptors for another process"),
	NAME(SCM_CREDENTIALS, "the sender's pid, uid and gid"),
	NAME(SCM_SECURITY, "the sender's security context"),
	NAME(SCM_PIDFD, "a descriptor of the sender's process"),
	NAME(SCM_TIMESTAMP, "the time of arrival, in microseconds"),
	NAME(SCM_TIMESTAMPNS, "the time of arrival, in nanoseconds"),
	NAME(SCM_TIMESTAMPING, "times that the kernel or the device took"),
};

static const struct name ee_origin_list[] = {
	NAME(SO_EE_ORIGIN_NONE, "nobody is known to have found the error"),
	NAME(SO_EE_ORIGIN_LOCAL, "this kernel found the error"),
	NAME(SO_EE_ORIGIN_ICMP, "an ICMP message told of the error"),
	NAME(SO_EE_ORIGIN_ICMP6, "an ICMPv6 message told of the error"),
	NAME(SO_EE_ORIGIN_TXSTATUS, "no error: a timestamp of what was sent"),
	NAME(SO_EE_ORIGIN_ZEROCOPY, "no error: what MSG_ZEROCOPY has sent may be changed again"),
	NAME(SO_EE_ORIGIN_TXTIME, "what SO_TXTIME was to send came too late"),
};

const struct names names_scm = {
	.kind = "control message", .prefix = "SCM_", .list = scm_list, .count = COUNT_OF(scm_list)};
const struct names names_ee_origin = {
	.kind = "origin of an error", .prefix = "SO_EE_ORIGIN_", .list = ee_origin_list,
	.count = COUNT_OF(ee_origin_list)};

#define ENTRY(short_, name_, level_, type_, access_, text_, page_) \
	{short_, {.name = #name_, .level = level_, .value = name_, .type = OPTION_##type_, \
		  .access = OPTION_##access_, .text = text_, .page = page_}}

const struct control controls[] = {
	ENTRY("rights", SCM_RIGHTS, SOL_SOCKET, FDS, BOTH, "open descriptors", "unix(7)"),
	ENTRY("credentials", SCM_CREDENTIALS, SOL_SOCKET, UCRED, BOTH, "the sender's pid, uid and gid", "unix(7)"),
	ENTRY(NULL, SCM_SECURITY, SOL_SOCKET, STRING, GET, "the sender's security context", "unix(7)"),
	ENTRY(NULL, SCM_PIDFD, SOL_SOCKET, FD, GET, "a descriptor of the sender's process", NULL),
	ENTRY(NULL, SCM_TIMESTAMP, SOL_SOCKET, TIMEVAL, GET, "the time of arrival", "socket(7)"),
	ENTRY(NULL, SCM_TIMESTAMPNS, SOL_SOCKET, TIMESPEC, GET, "the time of arrival", "socket(7)"),
	ENTRY(NULL, SCM_TIMESTAMPING, SOL_SOCKET, TIMESPECS, GET, "times of the kernel and of the device", NULL),
	ENTRY(NULL, SO_RXQ_OVFL, SOL_SOCKET, UINT, GET, "packets that were dropped so far", "socket(7)"),
	ENTRY(NULL, SO_MARK, SOL_SOCKET, UINT, GET, "the mark of a packet", NULL),
	ENTRY(NULL, SO_PRIORITY, SOL_SOCKET, UINT, GET, "the priority of a packet", NULL),
	ENTRY(NULL, SO_INQ, SOL_SOCKET, INT, GET, "bytes that are left in the queue", NULL),
	ENTRY(NULL, TCP_INQ, IPPROTO_TCP, INT, GET, "bytes that are left in the queue", NULL),
	ENTRY(NULL, UDP_GRO, IPPROTO_UDP, INT, GET, "how long each of several datagrams was", "udp(7)"),
	ENTRY("pktinfo", IP_PKTINFO, IPPROTO_IP, PKTINFO, BOTH, "interface and addresses of a packet", "ip(7)"),
	ENTRY("ttl", IP_TTL, IPPROTO_IP, INT, BOTH, "the time to live of a packet", "ip(7)"),
	ENTRY("tos", IP_TOS, IPPROTO_IP, TOS_BYTE, BOTH, "the type of service of a packet", "ip(7)"),
	ENTRY(NULL, IP_RECVERR, IPPROTO_IP, EXTENDED_ERR, GET, "an error, and who reported it", "ip(7)"),
	ENTRY(NULL, IP_ORIGDSTADDR, IPPROTO_IP, ADDRESS, GET, "the destination that a packet had at first", "ip(7)"),
	ENTRY("pktinfo6", IPV6_PKTINFO, IPPROTO_IPV6, PKTINFO6, BOTH, "interface and address of a packet", "ipv6(7)"),
	ENTRY("hoplimit", IPV6_HOPLIMIT, IPPROTO_IPV6, INT, BOTH, "the hop limit of a packet", "ipv6(7)"),
	ENTRY("tclass", IPV6_TCLASS, IPPROTO_IPV6, INT, BOTH, "the traffic class of a packet", NULL),
	ENTRY(NULL, IPV6_PATHMTU, IPPROTO_IPV6, MTUINFO6, GET, "what the path takes now", NULL),
	ENTRY(NULL, IPV6_RECVERR, IPPROTO_IPV6, EXTENDED_ERR, GET, "an error, and who reported it", "ipv6(7)"),
};
/* clang-format on */

const size_t controls_count = COUNT_OF(controls);

const struct control *controls_entry(int level, int type)
{
	size_t i;

	for (i = 0; i < controls_count; i++)
		if (controls[i].value.level == level && controls[i].value.value == type)
			return &controls[i];
	return NULL;
}

static bool has_name(const struct control *control, const char *word, size_t len)
{
	const char *name = control->value.name;

	return names_same(name, word, len) ||
	       names_same(name + names_prefix("SCM_", name, strlen(name)), word, len) ||
	       (control->word && names_same(control->word, word, len));
}

const struct control *controls_find(const char *word, size_t len)
{
	size_t i;

	for (i = 0; i < controls_count; i++)
		if (has_name(&controls[i], word, len))
			return &controls[i];
	return NULL;
}

bool controls_has_descriptors(const struct control *control)
{
	return control && (control->value.type == OPTION_FDS || control->value.type == OPTION_FD);
}
