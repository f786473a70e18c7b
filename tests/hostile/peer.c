/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../fuzz/oracle.h"

/*
 * The other end that nobody wishes for, for tests/hostile.sh. `peer MODE ADDRESS` serves one
 * connection (or one datagram) and ends; it prints its port first. `peer judge` reads JSON, one
 * object a line. `peer run COMMAND...` prints the largest memory that the command had.
 */
static const unsigned char nasty[] =
	"\033[2J\033[31mred\033]0;title\007\033]52;c;cm0gLXJm\007\033P1$r\033\\\033[6n\033c"
	"\x9b"
	"31m\x9d"
	"0;c1\x9c\r\n\t\v\f\b\177\x90\x98\x9e\x9f"
	"\xc2\x9b"
	"31m\xc2\x9d"
	"52;c;eA==\xc2\x9c"
	"\xe2\x80\xae"
	"rtl\xe2\x80\x8b\xe2\x81\xa6\xef\xbb\xbf\xd8\x9c\xef\xbf\xb9\xf3\xa0\x80\x81"
	"\xc0\x80\xc1\xbf\xe0\x80\x9b\xed\xa0\x80\xf4\x90\x80\x80\xf8\x88\x80\x80\x80\xff\xfe\xe2"
	"\x80";

static int take_connection(const char *address, int receive_buffer)
{
	struct sockaddr_in in = {.sin_family = AF_INET};
	socklen_t len = sizeof(in);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	inet_pton(AF_INET, address, &in.sin_addr);
	if (receive_buffer)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof(receive_buffer));
	if (bind(fd, (struct sockaddr *)&in, sizeof(in)) < 0 || listen(fd, 8) < 0 ||
	    getsockname(fd, (struct sockaddr *)&in, &len) < 0)
		return -1;
	printf("%d\n", ntohs(in.sin_port));
	fflush(stdout);
	return accept(fd, NULL, NULL);
}

static bool send_all(int fd, const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len) {
		ssize_t done = send(fd, at, len, MSG_NOSIGNAL);

		if (done <= 0)
			return false;
		at += done;
		len -= (size_t)done;
	}
	return true;
}

static void wait_for_byte(int fd)
{
	char byte;

	while (recv(fd, &byte, 1, 0) < 0 && errno == EINTR)
		;
}

static void wait_for_end(int fd)
{
	char bytes[65536];

	while (recv(fd, bytes, sizeof(bytes), 0) > 0)
		;
}

static void reset(int fd)
{
	struct linger linger = {.l_onoff = 1};

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	close(fd);
}

/* Every byte there is, then what terminals obey. */
static int escapes(const char *address)
{
	unsigned char all[256];
	int i, fd = take_connection(address, 0);

	for (i = 0; i < 256; i++)
		all[i] = (unsigned char)i;
	send_all(fd, all, sizeof(all));
	send_all(fd, nasty, sizeof(nasty) - 1);
	shutdown(fd, SHUT_WR);
	wait_for_end(fd);
	return 0;
}

/* A gigabyte, as fast as it is taken. */
static int flood(const char *address)
{
	static unsigned char room[1 << 20];
	int i, fd = take_connection(address, 0);

	for (i = 0; i < (int)sizeof(room); i++)
		room[i] = nasty[i % (int)(sizeof(nasty) - 1)];
	for (i = 0; i < 1024 && send_all(fd, room, sizeof(room)); i++)
		;
	shutdown(fd, SHUT_WR);
	wait_for_end(fd);
	return 0;
}

/* A byte for each byte. */
static int drip(const char *address)
{
	int fd = take_connection(address, 0);
	char byte;

	while (recv(fd, &byte, 1, 0) == 1)
		send_all(fd, "\033", 1);
	return 0;
}

static int reset_at_once(const char *address)
{
	reset(take_connection(address, 0));
	return 0;
}

/* Data, and a reset once a byte was received: whatever the other end waits in. */
static int reset_later(const char *address)
{
	int fd = take_connection(address, 0);

	send_all(fd, nasty, sizeof(nasty) - 1);
	wait_for_byte(fd);
	reset(fd);
	return 0;
}

/* Sends its FIN and goes on reading. */
static int half_open(const char *address)
{
	int fd = take_connection(address, 0);

	shutdown(fd, SHUT_WR);
	wait_for_end(fd);
	return 0;
}

/* Never reads, until the other end has gone. */
static int no_window(const char *address)
{
	int fd = take_connection(address, 1024);
	struct pollfd poller = {.fd = fd, .events = POLLRDHUP};

	poll(&poller, 1, 20000);
	reset(fd);
	return 0;
}

/* Reads one byte, so that the other end's close finds bytes on their way, and never more. */
static int reset_in_close(const char *address)
{
	int fd = take_connection(address, 1024);
	struct pollfd poller = {.fd = fd, .events = POLLRDHUP};

	wait_for_byte(fd);
	poll(&poller, 1, 100);
	reset(fd);
	return 0;
}

static int datagrams(const char *address)
{
	static char large[65507];
	struct sockaddr_in in = {.sin_family = AF_INET};
	struct sockaddr_storage from;
	socklen_t len = sizeof(in), from_len = sizeof(from);
	int i, fd = socket(AF_INET, SOCK_DGRAM, 0);
	char byte;

	inet_pton(AF_INET, address, &in.sin_addr);
	if (bind(fd, (struct sockaddr *)&in, sizeof(in)) < 0)
		return 1;
	getsockname(fd, (struct sockaddr *)&in, &len);
	printf("%d\n", ntohs(in.sin_port));
	fflush(stdout);
	recvfrom(fd, &byte, 1, 0, (struct sockaddr *)&from, &from_len);
	memset(large, 0x9b, sizeof(large));
	sendto(fd, large, sizeof(large), 0, (struct sockaddr *)&from, from_len);
	sendto(fd, "", 0, 0, (struct sockaddr *)&from, from_len);
	sendto(fd, nasty, sizeof(nasty) - 1, 0, (struct sockaddr *)&from, from_len);
	for (i = 0; i < 5000; i++)
		sendto(fd, "\033", 1, 0, (struct sockaddr *)&from, from_len);
	/* Then its port is closed: what is sent there is answered by ICMP. */
	return 0;
}

static void name_and_send(int which, const char *to)
{
	static const char *const names[] = {"\0nul\0\033[31m\n\x9b\xe2\x80\xae", "\033]0;x\007\n",
					    "\0\n\n\n", "\xc3\x28 \033[2J"};
	static const size_t sizes[] = {16, 8, 4, 7};
	struct sockaddr_un from = {.sun_family = AF_UNIX}, dest = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	memcpy(from.sun_path, names[which], sizes[which]);
	memcpy(dest.sun_path, to, strlen(to));
	if (bind(fd, (struct sockaddr *)&from,
		 (socklen_t)(sizeof(sa_family_t) + sizes[which] + (names[which][0] ? 1 : 0))) < 0 ||
	    sendto(fd, nasty, sizeof(nasty) - 1, 0, (struct sockaddr *)&dest, sizeof(dest)) < 0)
		fprintf(stderr, "peer: %s\n", strerror(errno));
	close(fd);
}

/* Datagrams from sockets with names that no terminal should see. ADDRESS is the path to send to. */
static int names(const char *path)
{
	int which;

	for (which = 0; which < 4; which++)
		name_and_send(which, path);
	return 0;
}

static int judge(const char *unused)
{
	char *line = NULL;
	size_t room = 0, where;
	ssize_t len;
	long count = 0;

	(void)unused;
	while ((len = getline(&line, &room, stdin)) > 0) {
		count++;
		if (line[len - 1] == '\n')
			len--;
		if (oracle_json(line, (size_t)len, &where) &&
		    oracle_harmless(line, (size_t)len, false))
			continue;
		printf("line %ld is no harmless JSON\n", count);
		return 1;
	}
	free(line);
	return count ? 0 : 1;
}

static int run(char **argv)
{
	struct rusage usage;
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		execv(argv[0], argv);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	getrusage(RUSAGE_CHILDREN, &usage);
	fprintf(stderr, "memory %ld KiB\n", usage.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*serve)(const char *address);
	} modes[] = {{"escapes", escapes},
		     {"flood", flood},
		     {"drip", drip},
		     {"reset-at-once", reset_at_once},
		     {"reset-later", reset_later},
		     {"reset-in-close", reset_in_close},
		     {"half-open", half_open},
		     {"no-window", no_window},
		     {"datagrams", datagrams},
		     {"names", names},
		     {"judge", judge}};
	size_t i;

	/* Whatever happens, it does not stay. */
	alarm(100);
	if (argc > 2 && strcmp(argv[1], "run") == 0)
		return run(argv + 2);
	for (i = 0; argc > 1 && i < sizeof(modes) / sizeof(modes[0]); i++)
		if (strcmp(argv[1], modes[i].name) == 0)
			return modes[i].serve(argc > 2 ? argv[2] : "127.0.0.1");
	return 2;
}
