/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/grow.h"
#include "session/evidence.h"

/* Of each family one protocol that /proc/net/protocols tells of, and a type that it has. */
static const struct {
	const char *protocol;
	int family, type;
} families[] = {
	{"UNIX", AF_UNIX, SOCK_DGRAM},     {"TCP", AF_INET, SOCK_STREAM},
	{"TCPv6", AF_INET6, SOCK_STREAM},  {"NETLINK", AF_NETLINK, SOCK_RAW},
	{"PACKET", AF_PACKET, SOCK_DGRAM}, {"AF_VSOCK", AF_VSOCK, SOCK_STREAM},
	{"XDP", AF_XDP, SOCK_RAW},         {"ALG", AF_ALG, SOCK_SEQPACKET},
	{"KEY", AF_KEY, SOCK_RAW},         {"TIPC", AF_TIPC, SOCK_STREAM},
	{"HCI", AF_BLUETOOTH, SOCK_RAW},   {"CAN_RAW", AF_CAN, SOCK_RAW},
	{"RDS", AF_RDS, SOCK_SEQPACKET},
};

static const int types[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};
static const int protocols[] = {IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMP, IPPROTO_ICMPV6};

bool evidence_has_socket(int domain, int type, int protocol, struct failure *failure)
{
	int fd = socket(domain, type | SOCK_CLOEXEC, protocol);

	if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS))
		failure_note(failure, "socket");
	if (fd < 0)
		return errno == EACCES || errno == EPERM;
	close(fd);
	return true;
}

static bool is_listed(FILE *file, const char *protocol, struct failure *failure)
{
	char line[256], name[32];

	rewind(file);
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "%31s", name) == 1 && strcmp(name, protocol) == 0)
			return true;
	if (!feof(file))
		failure_note(failure, "fgets from /proc/net/protocols");
	return false;
}

/* To try a family that is not there would make the kernel look for a module, so only the listed
 * ones are tried. */
bool evidence_families(struct buf *out, struct failure *failure)
{
	FILE *file = fopen("/proc/net/protocols", "re");
	bool any = false;
	size_t i;

	if (!file) {
		failure_note_unless_answer(failure, "fopen of /proc/net/protocols");
		return false;
	}
	for (i = 0; i < COUNT_OF(families); i++) {
		if (!is_listed(file, families[i].protocol, failure) ||
		    !evidence_has_socket(families[i].family, families[i].type, 0, failure))
			continue;
		buf_str(out, any ? ", " : "");
		names_print(out, &names_family, families[i].family);
		any = true;
	}
	fclose(file);
	return any;
}

bool evidence_types(int domain, int protocol, struct buf *out, struct failure *failure)
{
	bool any = false;
	size_t i;

	for (i = 0; i < COUNT_OF(types); i++) {
		if (!evidence_has_socket(domain, types[i], protocol, failure))
			continue;
		buf_str(out, any ? ", " : "");
		names_print(out, &names_type, types[i]);
		any = true;
	}
	return any;
}

bool evidence_protocols(int domain, int type, struct buf *out, struct failure *failure)
{
	bool any = false;
	size_t i;

	for (i = 0; i < COUNT_OF(protocols); i++) {
		if (!evidence_has_socket(domain, type, protocols[i], failure))
			continue;
		buf_str(out, any ? ", " : "");
		names_print(out, &names_protocol, protocols[i]);
		any = true;
	}
	return any;
}
