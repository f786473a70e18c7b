/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ends.h"

#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <stdio.h>
#include <sys/socket.h>

static const char *const states[] = {
	"?",         "ESTABLISHED", "SYN-SENT",   "SYN-RECEIVED", "FIN-WAIT-1", "FIN-WAIT-2",
	"TIME-WAIT", "CLOSED",      "CLOSE-WAIT", "LAST-ACK",     "LISTEN",     "CLOSING",
};

int ends_open(void)
{
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);

	if (fd < 0)
		err(1, "netlink");
	return fd;
}

bool ends_find(int netlink, const struct sockaddr_in *local, const struct sockaddr_in *peer,
	       struct inet_diag_msg *found)
{
	struct {
		struct nlmsghdr header;
		struct inet_diag_req_v2 body;
	} request = {
		.header = {.nlmsg_len = sizeof(request),
			   .nlmsg_type = SOCK_DIAG_BY_FAMILY,
			   .nlmsg_flags = NLM_F_REQUEST},
		.body = {.sdiag_family = AF_INET,
			 .sdiag_protocol = IPPROTO_TCP,
			 .idiag_states = ~0U,
			 .id = {.idiag_cookie = {INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE}}},
	};
	union {
		struct nlmsghdr header;
		char bytes[8192];
	} answer;
	struct inet_diag_msg *told = NLMSG_DATA(&answer.header);
	ssize_t got;

	request.body.id.idiag_sport = local->sin_port;
	request.body.id.idiag_src[0] = local->sin_addr.s_addr;
	request.body.id.idiag_dport = peer ? peer->sin_port : 0;
	request.body.id.idiag_dst[0] = peer ? peer->sin_addr.s_addr : 0;
	if (send(netlink, &request, sizeof(request), 0) < 0)
		err(1, "netlink send");
	got = recv(netlink, &answer, sizeof(answer), 0);
	if (got < (ssize_t)sizeof(answer.header))
		err(1, "netlink recv");
	if (answer.header.nlmsg_type != SOCK_DIAG_BY_FAMILY)
		return false;
	*found = *told;
	/* Instead of a connection that does not exist the kernel gives the listener. */
	return !peer || told->id.idiag_dport == peer->sin_port;
}

void ends_show(int netlink, const struct sockaddr_in *local, const struct sockaddr_in *peer)
{
	char from[INET_ADDRSTRLEN], to[INET_ADDRSTRLEN];
	struct inet_diag_msg found;

	if (!ends_find(netlink, local, peer, &found))
		return;
	inet_ntop(AF_INET, found.id.idiag_src, from, sizeof(from));
	inet_ntop(AF_INET, found.id.idiag_dst, to, sizeof(to));
	printf("  TCP  %-28s %s:%u -> %s:%u  queues %u %u\n", states[found.idiag_state % 12], from,
	       ntohs(found.id.idiag_sport), to, ntohs(found.id.idiag_dport), found.idiag_rqueue,
	       found.idiag_wqueue);
}

const char *ends_state(int netlink, const struct sockaddr_in *local, const struct sockaddr_in *peer)
{
	struct inet_diag_msg found;

	if (ends_find(netlink, local, peer, &found) || ends_find(netlink, local, NULL, &found))
		return states[found.idiag_state % 12];
	return "CLOSED";
}
