/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Many connections as a C programmer would open them to see what sockstep shows: to three
 * listeners, since the queue of one has no room for them; after each call the exact sock_diag
 * look-ups of both ends and of the listener, and a few lines. "many COUNT" opens so many to each.
 */
#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "ends.h"

#define LISTENERS  3
#define FIRST_PORT 8001
#define BACKLOG    4096

static int netlink;

static struct sockaddr_in at_port(int port)
{
	return (struct sockaddr_in){.sin_family = AF_INET,
				    .sin_port = htons((in_port_t)port),
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static int step(const char *call, int result)
{
	if (result < 0)
		err(1, "%s", call);
	printf("> %s\n  %s = %d\n", call, call, result);
	return result;
}

static void open_listener(const struct sockaddr_in *server)
{
	int fd = step("socket", socket(AF_INET, SOCK_STREAM, 0));

	step("bind", bind(fd, (const struct sockaddr *)server, sizeof(*server)));
	ends_show(netlink, server, NULL);
	step("listen", listen(fd, BACKLOG));
	ends_show(netlink, server, NULL);
}

static void open_connection(const struct sockaddr_in *server)
{
	struct sockaddr_in client;
	socklen_t len = sizeof(client);
	int fd = step("socket", socket(AF_INET, SOCK_STREAM, 0));

	step("connect", connect(fd, (const struct sockaddr *)server, sizeof(*server)));
	if (getsockname(fd, (struct sockaddr *)&client, &len) < 0)
		err(1, "getsockname");
	ends_show(netlink, &client, server);
	ends_show(netlink, server, &client);
	ends_show(netlink, server, NULL);
}

int main(int argc, char **argv)
{
	int i, k, count = argc == 2 ? atoi(argv[1]) : 0;

	netlink = ends_open();
	for (i = 0; i < LISTENERS; i++) {
		struct sockaddr_in server = at_port(FIRST_PORT + i);

		open_listener(&server);
		for (k = 0; k < count; k++)
			open_connection(&server);
	}
	return 0;
}
