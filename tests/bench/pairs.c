/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Opens N connections over loopback and holds both ends of each: "pairs N". Says "ready" on
 * standard output, and ends when standard input does.
 */
#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Connections of one process: two descriptors each, and 1,024 are what every machine allows. */
#define PER_HOLDER 500

/* An address of their own: the ports stay free for the others. */
static int listen_somewhere(struct sockaddr_in *address)
{
	socklen_t len = sizeof(*address);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	address->sin_family = AF_INET;
	address->sin_addr.s_addr = inet_addr("127.0.0.2");
	if (fd < 0 || bind(fd, (struct sockaddr *)address, len) < 0 || listen(fd, 16) < 0 ||
	    getsockname(fd, (struct sockaddr *)address, &len) < 0)
		err(1, "a listener on 127.0.0.2");
	return fd;
}

static void hold(long count)
{
	struct sockaddr_in address = {0};
	int listener = listen_somewhere(&address);

	for (long i = 0; i < count; i++) {
		int fd = socket(AF_INET, SOCK_STREAM, 0);

		if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
		    accept(listener, NULL, NULL) < 0)
			err(1, "connection %ld", i);
	}
}

static void until_end(void)
{
	char byte;

	while (read(STDIN_FILENO, &byte, 1) > 0)
		continue;
}

static void start_holder(long count, int ready)
{
	pid_t pid = fork();

	if (pid < 0)
		err(1, "fork");
	if (pid > 0)
		return;
	hold(count);
	if (write(ready, "", 1) != 1)
		err(1, "write");
	close(ready);
	until_end();
	_exit(0);
}

int main(int argc, char **argv)
{
	long count = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
	int ready[2], holders = 0;
	char byte;

	if (count <= 0)
		errx(2, "usage: pairs N");
	if (pipe(ready) < 0)
		err(1, "pipe");
	for (; count > 0; count -= PER_HOLDER, holders++)
		start_holder(count < PER_HOLDER ? count : PER_HOLDER, ready[1]);
	close(ready[1]);
	for (; holders > 0; holders--)
		if (read(ready[0], &byte, 1) != 1)
			errx(1, "not all connections could be opened");
	puts("ready");
	fflush(stdout);
	until_end();
	while (wait(NULL) > 0)
		continue;
	return 0;
}
