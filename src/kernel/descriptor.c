/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/grow.h"

static const struct {
	mode_t type;
	const char *name;
} file_types[] = {
	{S_IFREG, "file"},         {S_IFDIR, "directory"},
	{S_IFIFO, "pipe"},         {S_IFCHR, "character device"},
	{S_IFBLK, "block device"}, {S_IFLNK, "link"},
};

/* What has no type in its mode has its name in /proc. */
static const struct {
	const char *link, *name;
} anonymous[] = {
	{"anon_inode:[eventpoll]", "epoll"}, {"anon_inode:[eventfd]", "eventfd"},
	{"anon_inode:[timerfd]", "timerfd"}, {"anon_inode:[signalfd]", "signalfd"},
	{"anon_inode:[pidfd]", "pidfd"},
};

static void note(struct endpoint *out, const char *call)
{
	failure_note_unless_answer(&out->failure, call);
}

static bool option(int fd, int level, int name, void *value, socklen_t len, struct endpoint *out)
{
	socklen_t got = len;

	if (getsockopt(fd, level, name, value, &got) == 0)
		return got == len;
	note(out, "getsockopt");
	return false;
}

static bool number_option(int fd, int level, int name, int *value, struct endpoint *out)
{
	return option(fd, level, name, value, sizeof(*value), out);
}

/* Unbound and unnamed sockets have an address that says nothing: none. */
static void tidy_address(struct address *address)
{
	sa_family_t family = address->any.sa_family;

	if (address->len > sizeof(address->bytes))
		address->len = sizeof(address->bytes);
	if (family == AF_UNIX && address->len <= sizeof(family))
		address->len = 0;
	if ((family == AF_INET || family == AF_INET6) && !address_port(address) &&
	    address_is_any(address))
		address->len = 0;
}

static void read_local(int fd, struct endpoint *out)
{
	out->local.len = sizeof(out->local.bytes);
	if (getsockname(fd, &out->local.any, &out->local.len) < 0) {
		note(out, "getsockname");
		out->local.len = 0;
		return;
	}
	tidy_address(&out->local);
	out->has |= FIELD_LOCAL;
}

/*
 * getpeername() refuses to tell in SYN-SENT, though the peer is chosen; SO_PEERNAME, which is the
 * same in the kernel otherwise, does not. It wants the length exactly.
 */
static bool read_peer_early(int fd, struct endpoint *out)
{
	out->peer.len = out->family == AF_INET ? sizeof(out->peer.in) : sizeof(out->peer.in6);
	if (getsockopt(fd, SOL_SOCKET, SO_PEERNAME, out->peer.bytes, &out->peer.len) == 0)
		return true;
	note(out, "getsockopt");
	return false;
}

/* Returns whether there is one, be it without a name. */
static bool read_peer(int fd, struct endpoint *out)
{
	bool there, failed = out->failure.call != NULL;

	out->peer.len = sizeof(out->peer.bytes);
	there = getpeername(fd, &out->peer.any, &out->peer.len) == 0;
	if (!there && out->state == STATE_SYN_SENT)
		there = read_peer_early(fd, out);
	else if (!there)
		note(out, "getpeername");
	if (there)
		tidy_address(&out->peer);
	else
		out->peer = (struct address){0};
	if (there || failed || !out->failure.call)
		out->has |= FIELD_PEER;
	return there;
}

static bool read_bytes(int fd, unsigned long request, uint32_t *value, struct endpoint *out)
{
	int bytes;

	if (ioctl(fd, request, &bytes) < 0) {
		note(out, "ioctl");
		return false;
	}
	*value = (uint32_t)bytes;
	return true;
}

static void read_queues(int fd, struct endpoint *out)
{
	if (out->state == STATE_LISTEN)
		return;
	/* Of datagrams FIONREAD tells the next one's size, not what the queue holds. */
	if (out->type != SOCK_DGRAM && out->type != SOCK_RAW &&
	    read_bytes(fd, FIONREAD, &out->recv_queue, out))
		out->has |= FIELD_RECV_QUEUE;
	/* A TCP socket that was refused or reset counts leftovers there. */
	if (out->state != STATE_CLOSED && read_bytes(fd, SIOCOUTQ, &out->send_queue, out))
		out->has |= FIELD_SEND_QUEUE;
}

static uint32_t info_number(const struct endpoint *endpoint, size_t offset)
{
	uint32_t value;

	memcpy(&value, endpoint->tcp_info + offset, sizeof(value));
	return value;
}

static void read_tcp(int fd, struct endpoint *out)
{
	socklen_t len = sizeof(out->tcp_info);
	int shares = 0;

	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, out->tcp_info, &len) < 0) {
		note(out, "getsockopt");
		return;
	}
	if (!len)
		return;
	out->tcp_info_len = len;
	out->has |= FIELD_TCP_INFO;
	if (out->tcp_info[0] < STATE_ESTABLISHED || out->tcp_info[0] > STATE_CLOSING)
		return;
	out->state = out->tcp_info[0];
	out->has |= FIELD_STATE;
	if (out->state != STATE_LISTEN || len < offsetof(struct tcp_info, tcpi_lost))
		return;
	out->accept_length = info_number(out, offsetof(struct tcp_info, tcpi_unacked));
	out->accept_backlog = info_number(out, offsetof(struct tcp_info, tcpi_sacked));
	out->has |= FIELD_ACCEPT_QUEUE;
	if (number_option(fd, SOL_SOCKET, SO_REUSEPORT, &shares, out))
		out->shares_port = shares;
}

static void read_state(int fd, bool peer, struct endpoint *out)
{
	int listening = 0;

	if (out->type != SOCK_DGRAM && out->type != SOCK_RAW &&
	    !number_option(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, out))
		return;
	if (listening)
		out->state = STATE_LISTEN;
	else
		out->state = peer ? STATE_CONNECTED : STATE_UNCONNECTED;
	out->has |= FIELD_STATE;
}

static void read_ready(int fd, struct endpoint *out)
{
	struct pollfd poller = {fd, POLLIN | POLLOUT | POLLRDHUP | POLLPRI, 0};

	if (poll(&poller, 1, 0) < 0) {
		note(out, "poll");
		return;
	}
	out->ready = poller.revents;
	out->has |= FIELD_READY;
}

static bool read_cookie(int fd, struct endpoint *out)
{
	if (!option(fd, SOL_SOCKET, SO_COOKIE, &out->cookie, sizeof(out->cookie), out))
		return false;
	out->has |= FIELD_COOKIE;
	return true;
}

static void read_options(int fd, struct endpoint *out)
{
	int v6only;

	if (number_option(fd, SOL_SOCKET, SO_BINDTOIFINDEX, &out->ifindex, out))
		out->has |= FIELD_INTERFACE;
	if (out->family == AF_INET6 && number_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, &v6only, out)) {
		out->v6only = v6only != 0;
		out->has |= FIELD_V6ONLY;
	}
}

static bool is_tcp(const struct endpoint *endpoint)
{
	return (endpoint->family == AF_INET || endpoint->family == AF_INET6) &&
	       (endpoint->protocol == IPPROTO_TCP || endpoint->protocol == IPPROTO_MPTCP);
}

/* Reading changes nothing; only setting it does. */
static void read_quick_ack(int fd, struct endpoint *out)
{
	int quick;

	if (!is_tcp(out) || !number_option(fd, IPPROTO_TCP, TCP_QUICKACK, &quick, out))
		return;
	out->quick_ack = quick != 0;
	out->has |= FIELD_QUICK_ACK;
}

static void read_identity(int fd, struct endpoint *out)
{
	number_option(fd, SOL_SOCKET, SO_DOMAIN, &out->family, out);
	number_option(fd, SOL_SOCKET, SO_TYPE, &out->type, out);
	number_option(fd, SOL_SOCKET, SO_PROTOCOL, &out->protocol, out);
}

/* All that may change while the socket lives. */
static void read_socket(int fd, bool queues, struct endpoint *out)
{
	bool peer;

	read_options(fd, out);
	if (is_tcp(out))
		read_tcp(fd, out);
	read_local(fd, out);
	peer = read_peer(fd, out);
	if (!(out->has & FIELD_STATE))
		read_state(fd, peer, out);
	if (queues || !is_tcp(out) || out->state == STATE_CLOSED)
		read_queues(fd, out);
	read_ready(fd, out);
}

/* Reading a link takes no descriptor. */
static const char *anonymous_name(int fd, struct endpoint *out)
{
	char path[64], link[64];
	ssize_t len;
	size_t i;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	len = readlink(path, link, sizeof(link) - 1);
	if (len < 0)
		note(out, "readlink");
	link[len < 0 ? 0 : len] = '\0';
	for (i = 0; i < COUNT_OF(anonymous); i++)
		if (strcmp(anonymous[i].link, link) == 0)
			return anonymous[i].name;
	return "anon inode";
}

static const char *type_name(mode_t mode)
{
	size_t i;

	for (i = 0; i < COUNT_OF(file_types); i++)
		if (file_types[i].type == (mode & S_IFMT))
			return file_types[i].name;
	return "file";
}

void descriptor_read(int fd, struct descriptor *out)
{
	struct endpoint *endpoint = &out->endpoint;
	struct stat status;

	*out = (struct descriptor){.fd = fd};
	endpoint->fd_flags = fcntl(fd, F_GETFD);
	if (endpoint->fd_flags < 0) {
		note(endpoint, "fcntl");
		return;
	}
	if (fstat(fd, &status) < 0) {
		note(endpoint, "fstat");
		return;
	}
	out->open = true;
	endpoint->has |= FIELD_FD_FLAGS | FIELD_INODE | FIELD_UID;
	endpoint->inode = status.st_ino;
	endpoint->uid = status.st_uid;
	endpoint->file_flags = fcntl(fd, F_GETFL);
	if (endpoint->file_flags >= 0)
		endpoint->has |= FIELD_FILE_FLAGS;
	else
		note(endpoint, "fcntl");
	out->socket = S_ISSOCK(status.st_mode);
	if (out->socket) {
		read_identity(fd, endpoint);
		read_cookie(fd, endpoint);
		read_socket(fd, true, endpoint);
		read_quick_ack(fd, endpoint);
	} else {
		snprintf(out->what, sizeof(out->what), "%s",
			 status.st_mode & S_IFMT ? type_name(status.st_mode)
						 : anonymous_name(fd, endpoint));
		read_ready(fd, endpoint);
		if (S_ISFIFO(status.st_mode) && (endpoint->file_flags & O_ACCMODE) != O_WRONLY &&
		    read_bytes(fd, FIONREAD, &endpoint->recv_queue, endpoint))
			endpoint->has |= FIELD_RECV_QUEUE;
	}
}

static bool learn_identity(int fd, uint64_t cookie, struct descriptor_identity *identity)
{
	struct endpoint endpoint = {0};
	struct stat status;

	if (fstat(fd, &status) < 0)
		return false;
	read_identity(fd, &endpoint);
	if (endpoint.failure.call)
		return false;
	*identity = (struct descriptor_identity){.cookie = cookie,
						 .family = endpoint.family,
						 .type = endpoint.type,
						 .protocol = endpoint.protocol,
						 .inode = status.st_ino,
						 .uid = status.st_uid};
	return true;
}

void descriptor_glance(int fd, struct descriptor_identity *identity, struct descriptor *out)
{
	struct endpoint *endpoint = &out->endpoint;

	*out = (struct descriptor){.fd = fd};
	if (!read_cookie(fd, endpoint) || (endpoint->cookie != identity->cookie &&
					   !learn_identity(fd, endpoint->cookie, identity))) {
		descriptor_read(fd, out);
		return;
	}
	out->open = true;
	out->socket = true;
	endpoint->has |= FIELD_INODE | FIELD_UID;
	endpoint->family = identity->family;
	endpoint->type = identity->type;
	endpoint->protocol = identity->protocol;
	endpoint->inode = identity->inode;
	endpoint->uid = identity->uid;
	read_socket(fd, false, endpoint);
}

/*
 * Opening /proc/self/fd would take the lowest free number for a moment, and another thread's
 * accept() would get the one after it: so each number is tried.
 */
int descriptor_list(int from, int limit, int *fds, int room)
{
	int count = 0;
	int fd;

	for (fd = from; fd < limit; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			continue;
		if (count < room)
			fds[count] = fd;
		count++;
	}
	return count;
}
