/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The TCP life cycle as a C programmer would write it to see what sockstep shows: twelve calls, two
 * exact sock_diag look-ups after each, a few lines and a flush for each step. "baseline CYCLES
 * [PORT]" repeats it.
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char *const states[] = {
	"?",         "ESTABLISHED", "SYN-SENT",   "SYN-RECEIVED", "FIN-WAIT-1", "FIN-WAIT-2",
	"TIME-WAIT", "CLOSED",      "CLOSE-WAIT", "LAST-ACK",     "LISTEN",     "CLOSING",
};

static int netlink;
static struct sockaddr_in server, client;

/* Returns whether the kernel has a socket with these addresses; no peer: a listener. */
static bool look_up(const struct sockaddr_in *local, const struct sockaddr_in *peer,
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

static void show(const struct sockaddr_in *local, const struct sockaddr_in *peer)
{
	char from[INET_ADDRSTRLEN], to[INET_ADDRSTRLEN];
	struct inet_diag_msg found;

	if (!look_up(local, peer, &found))
		return;
	inet_ntop(AF_INET, found.id.idiag_src, from, sizeof(from));
	inet_ntop(AF_INET, found.id.idiag_dst, to, sizeof(to));
	printf("  TCP  %-28s %s:%u -> %s:%u  queues %u %u\n", states[found.idiag_state % 12], from,
	       ntohs(found.id.idiag_sport), to, ntohs(found.id.idiag_dport), found.idiag_rqueue,
	       found.idiag_wqueue);
}

static int step(const char *call, int result)
{
	if (result < 0)
		err(1, "%s", call);
	printf("> %s\n  %s = %d\n", call, call, result);
	if (client.sin_port) {
		show(&client, &server);
		show(&server, &client);
	} else {
		show(&server, NULL);
		show(&server, &server);
	}
	fflush(stdout);
	return result;
}

static int connect_from(int fd)
{
	socklen_t len = sizeof(client);
	int result = connect(fd, (struct sockaddr *)&server, sizeof(server));

	if (result == 0 && getsockname(fd, (struct sockaddr *)&client, &len) < 0)
		err(1, "getsockname");
	return result;
}

static int bind_to(int fd, in_port_t port)
{
	socklen_t len = sizeof(server);
	int result;

	server.sin_port = htons(port);
	result = bind(fd, (struct sockaddr *)&server, sizeof(server));
	if (result == 0 && getsockname(fd, (struct sockaddr *)&server, &len) < 0)
		err(1, "getsockname");
	return result;
}

static void life_cycle(in_port_t port)
{
	int listener, caller, called;
	char bytes[64];

	client.sin_port = 0;
	listener = step("socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)",
			socket(AF_INET, SOCK_STREAM, IPPROTO_TCP));
	step("bind(3, {AF_INET, 127.0.0.1:8080}, 16)", bind_to(listener, port));
	step("listen(3, 2)", listen(listener, 2));
	caller = step("socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)",
		      socket(AF_INET, SOCK_STREAM, IPPROTO_TCP));
	step("connect(4, {AF_INET, 127.0.0.1:8080}, 16)", connect_from(caller));
	called = step("accept(3, NULL, NULL)", accept(listener, NULL, NULL));
	step("send(4, \"hello\", 5, 0)", send(caller, "hello", 5, 0));
	step("recv(5, \"hello\", 64, 0)", recv(called, bytes, sizeof(bytes), 0));
	step("close(4)", close(caller));
	step("recv(5, \"\", 64, 0)", recv(called, bytes, sizeof(bytes), 0));
	step("close(5)", close(called));
	step("close(3)", close(listener));
}

int main(int argc, char **argv)
{
	long cycles = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
	long port = argc > 2 ? strtol(argv[2], NULL, 10) : 0;

	if (cycles <= 0 || port < 0 || port > 65535)
		errx(2, "usage: baseline CYCLES [PORT]");
	netlink = socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
	if (netlink < 0)
		err(1, "netlink");
	server.sin_family = AF_INET;
	server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	for (long i = 0; i < cycles; i++)
		life_cycle(port);
	return 0;
}
