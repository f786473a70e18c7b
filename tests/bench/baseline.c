/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The TCP life cycle as a C programmer would write it to see what sockstep shows: twelve calls, two
 * exact sock_diag look-ups after each, a few lines and a flush for each step. "baseline CYCLES
 * [PORT]" repeats it.
 */
#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ends.h"

static int netlink;
static struct sockaddr_in server, client;

static int step(const char *call, int result)
{
	if (result < 0)
		err(1, "%s", call);
	printf("> %s\n  %s = %d\n", call, call, result);
	if (client.sin_port) {
		ends_show(netlink, &client, &server);
		ends_show(netlink, &server, &client);
	} else {
		ends_show(netlink, &server, NULL);
		ends_show(netlink, &server, &server);
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
	netlink = ends_open();
	server.sin_family = AF_INET;
	server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	for (long i = 0; i < cycles; i++)
		life_cycle(port);
	return 0;
}
