/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The three-way handshake of two hosts, carried packet by packet, as a C programmer would write it
 * to see what sockstep shows: before and after each delivery both ends are looked up, and a line
 * tells of them. "relay CYCLES" repeats it, with the calls that it takes and a reset at its end.
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/tcp.h>
#include <netinet/ip.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ends.h"
#include "nets.h"

#define PORT 80

static struct host {
	int net, tun, diag;
} hosts[2];
static struct sockaddr_in client, server;

static void make_host(struct host *host, int number)
{
	if (number == 1)
		nets_user();
	else
		nets_next();
	host->tun = nets_tun(number);
	host->diag = ends_open();
	host->net = open("/proc/self/ns/net", O_RDONLY);
	if (host->net < 0)
		err(1, "/proc/self/ns/net");
}

static int socket_on(const struct host *host)
{
	if (setns(host->net, CLONE_NEWNET) < 0)
		err(1, "setns");
	return socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
}

/* What a call has returned, and both ends. */
static int told(const char *call, int result)
{
	if (result < 0)
		err(1, "%s", call);
	printf("> %s\n  %s = %d\n", call, call, result);
	if (client.sin_port) {
		ends_show(hosts[0].diag, &client, &server);
		ends_show(hosts[1].diag, &server, &client);
	} else {
		ends_show(hosts[1].diag, &server, NULL);
	}
	fflush(stdout);
	return result;
}

static void show_packet(const unsigned char *bytes, const char *fate, const char *from,
			const char *to)
{
	const struct tcphdr *tcp = (const struct tcphdr *)(bytes + sizeof(struct iphdr));

	printf("  %-12s %s%s%sseq=%u ack=%u win=%u %s %s\n", from, tcp->syn ? "SYN " : "",
	       tcp->ack ? "ACK " : "", tcp->rst ? "RST " : "", ntohl(tcp->seq), ntohl(tcp->ack_seq),
	       ntohs(tcp->window), fate, to);
}

/* Carries the next packet from one host to the other. */
static void step(int from)
{
	const struct sockaddr_in *local = from ? &server : &client;
	const struct sockaddr_in *peer = from ? &client : &server;
	int sender = hosts[from].diag, receiver = hosts[!from].diag;
	unsigned char bytes[65536];
	const char *before;
	ssize_t len;

	/* The kernel looks for IPv6 routers by itself. */
	do
		len = read(hosts[from].tun, bytes, sizeof(bytes));
	while (len > 0 && bytes[0] >> 4 != 4);
	if (len < (ssize_t)(sizeof(struct iphdr) + sizeof(struct tcphdr)))
		err(1, "read");
	show_packet(bytes, "held", ends_state(sender, local, peer),
		    ends_state(receiver, peer, local));
	ends_state(sender, local, peer);
	before = ends_state(receiver, peer, local);
	if (write(hosts[!from].tun, bytes, (size_t)len) != len)
		err(1, "write");
	printf("  (%s)", before);
	show_packet(bytes, "delivered", ends_state(sender, local, peer),
		    ends_state(receiver, peer, local));
	ends_show(sender, local, peer);
	ends_show(receiver, peer, local);
	fflush(stdout);
}

static int start_connecting(int fd)
{
	socklen_t len = sizeof(client);

	if (fcntl(fd, F_SETFL, O_NONBLOCK) < 0 ||
	    (connect(fd, (struct sockaddr *)&server, sizeof(server)) < 0 && errno != EINPROGRESS))
		return -1;
	return getsockname(fd, (struct sockaddr *)&client, &len);
}

static void handshake(void)
{
	struct linger linger = {.l_onoff = 1};
	int listener, caller, called;

	client.sin_port = 0;
	listener = told("socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)", socket_on(&hosts[1]));
	told("bind(3, {AF_INET, 10.0.0.2:80}, 16)",
	     bind(listener, (struct sockaddr *)&server, sizeof(server)));
	told("listen(3, 1)", listen(listener, 1));
	caller = told("socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)", socket_on(&hosts[0]));
	told("setsockopt(3, SOL_SOCKET, SO_LINGER, {1, 0}, 8)",
	     setsockopt(caller, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)));
	told("connect(3, {AF_INET, 10.0.0.2:80}, 16)", start_connecting(caller));
	step(0);
	step(1);
	step(0);
	called = told("accept(3, NULL, NULL)", accept(listener, NULL, NULL));
	told("close(3)", close(caller));
	step(0);
	told("close(4)", close(called));
	told("close(3)", close(listener));
}

int main(int argc, char **argv)
{
	long cycles = argc == 2 ? strtol(argv[1], NULL, 10) : 0;

	if (cycles <= 0)
		errx(2, "usage: relay CYCLES");
	make_host(&hosts[0], 1);
	make_host(&hosts[1], 2);
	server = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(PORT)};
	server.sin_addr.s_addr = htonl(10U << 24 | 2);
	while (cycles--)
		handshake();
	return 0;
}
