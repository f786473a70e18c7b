/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/diag.h"

#include <errno.h>
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/now.h"

/* The kernel fills up to 32 KiB of a dump at once where the reader has the room. */
#define ANSWER_ROOM 32768

#define EXTENSION(attr) (1 << ((attr)-1))

/* VEGASINFO stands for whatever the congestion control tells, be it bbr's or dctcp's. */
#define INET_EXTENSIONS                                                                     \
	(EXTENSION(INET_DIAG_INFO) | EXTENSION(INET_DIAG_CONG) | EXTENSION(INET_DIAG_TOS) | \
	 EXTENSION(INET_DIAG_TCLASS) | EXTENSION(INET_DIAG_SKMEMINFO) |                     \
	 EXTENSION(INET_DIAG_SHUTDOWN) | EXTENSION(INET_DIAG_VEGASINFO))

#define UNIX_SHOW                                                                  \
	(UDIAG_SHOW_NAME | UDIAG_SHOW_PEER | UDIAG_SHOW_ICONS | UDIAG_SHOW_RQLEN | \
	 UDIAG_SHOW_MEMINFO | UDIAG_SHOW_UID)

#define ALL_STATES (~0U)

/* Whether this kernel has a handler: for each IPPROTO_ (MPTCP's is the largest), and for UNIX. */
enum handler { HANDLER_UNKNOWN, HANDLER_THERE, HANDLER_MISSING };

#define PROTOCOL_COUNT 263
#define HANDLER_UNIX   PROTOCOL_COUNT
#define HANDLER_COUNT  (HANDLER_UNIX + 1)

struct diag {
	struct mnl_socket *nl;
	int fd;
	uint32_t seq;
	long deadline_us; /* of dumps; 0: none */
	uint8_t handlers[HANDLER_COUNT];
	struct failure failure;
	_Alignas(struct nlmsghdr) char answer[ANSWER_ROOM]; /* at the end: it is not cleared */
};

struct inet_request {
	struct nlmsghdr header;
	struct inet_diag_req_v2 body;
	struct nlattr attr; /* the whole protocol number, where it needs more than 8 bits */
	uint32_t protocol;
};

struct unix_request {
	struct nlmsghdr header;
	struct unix_diag_req body;
};

static int open_above(int floor, struct failure *failure)
{
	int low = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	int fd;

	int saved;

	if (low < 0)
		failure_note(failure, "sock_diag, socket");
	if (low < 0 || low >= floor)
		return low;
	fd = fcntl(low, F_DUPFD_CLOEXEC, floor);
	if (fd < 0)
		failure_note(failure, "sock_diag, fcntl");
	saved = errno;
	close(low);
	errno = saved;
	return fd;
}

struct diag *diag_open(int floor, struct failure *failure)
{
	int fd = open_above(floor, failure);

	return fd < 0 ? NULL : diag_adopt(fd, failure);
}

struct diag *diag_adopt(int fd, struct failure *failure)
{
	struct diag *diag = malloc(sizeof(*diag));

	if (!diag) {
		failure_note(failure, "sock_diag, out of memory");
		close(fd);
		return NULL;
	}
	memset(diag, 0, offsetof(struct diag, answer));
	diag->nl = mnl_socket_fdopen(fd);
	if (!diag->nl) {
		failure_note(failure, "sock_diag, out of memory");
		goto fail;
	}
	diag->fd = fd;
	if (mnl_socket_bind(diag->nl, 0, MNL_SOCKET_AUTOPID) == 0)
		return diag;
	failure_note(failure, "sock_diag, bind");
fail:
	if (diag->nl)
		mnl_socket_close(diag->nl);
	else
		close(fd);
	free(diag);
	return NULL;
}

void diag_close(struct diag *diag)
{
	if (!diag)
		return;
	mnl_socket_close(diag->nl);
	free(diag);
}

void diag_limit(struct diag *diag, long time_us)
{
	diag->deadline_us = now_us() + time_us;
}

static bool too_late(const struct diag *diag)
{
	return diag->deadline_us && now_us() > diag->deadline_us;
}

bool diag_failure(struct diag *diag, struct failure *failure)
{
	*failure = diag->failure;
	diag->failure = (struct failure){0};
	return failure->call != NULL;
}

static enum diag_result failed(struct diag *diag, const char *call)
{
	failure_note(&diag->failure, call);
	return DIAG_FAILED;
}

static int send_request(struct diag *diag, struct nlmsghdr *request)
{
	ssize_t sent;

	request->nlmsg_type = SOCK_DIAG_BY_FAMILY;
	request->nlmsg_seq = ++diag->seq;
	do
		sent = mnl_socket_sendto(diag->nl, request, request->nlmsg_len);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? -1 : 0;
}

/*
 * Answers stand in the queue when the request was sent (a dump's next part, when the one before was
 * read), so there is nothing to wait for, and a lost one does not hang the caller.
 */
static ssize_t receive_answer(struct diag *diag)
{
	ssize_t len;

	do
		len = recv(diag->fd, diag->answer, sizeof(diag->answer), MSG_DONTWAIT | MSG_TRUNC);
	while (len < 0 && errno == EINTR);
	if (len > (ssize_t)sizeof(diag->answer)) {
		errno = EMSGSIZE;
		return -1;
	}
	return len;
}

/* The error that an NLMSG_ERROR or NLMSG_DONE carries, as a positive errno; 0: none. */
static int message_error(const struct nlmsghdr *message)
{
	int error;

	if (mnl_nlmsg_get_payload_len(message) < sizeof(error))
		return message->nlmsg_type == NLMSG_ERROR ? EBADMSG : 0;
	memcpy(&error, mnl_nlmsg_get_payload(message), sizeof(error));
	return -error;
}

/* FOUND with the answer's one message in diag->answer, NONE where the kernel says ENOENT. */
static enum diag_result ask(struct diag *diag, struct nlmsghdr *request)
{
	const struct nlmsghdr *message = (const struct nlmsghdr *)diag->answer;
	ssize_t len;

	request->nlmsg_flags = NLM_F_REQUEST;
	if (send_request(diag, request) < 0)
		return failed(diag, "sock_diag, sendto");
	do {
		len = receive_answer(diag);
		if (len < 0)
			return failed(diag, "sock_diag, recv");
	} while (!mnl_nlmsg_ok(message, (int)len) || message->nlmsg_seq != diag->seq);
	if (message->nlmsg_type == SOCK_DIAG_BY_FAMILY)
		return DIAG_FOUND;
	errno = message->nlmsg_type == NLMSG_ERROR ? message_error(message) : EBADMSG;
	if (errno == ENOENT)
		return DIAG_NONE;
	if (errno == EINVAL || errno == EOPNOTSUPP)
		return DIAG_UNSUPPORTED;
	/* diag_unix() knows a way. */
	return errno == EMSGSIZE ? DIAG_FAILED : failed(diag, "sock_diag");
}

typedef bool message_reader(void *data, const struct nlmsghdr *message);

/* Reads one part of a dump. Returns 1 when it was the last, -1 with errno set. */
static int dump_part(struct diag *diag, message_reader **reader, void *data)
{
	const struct nlmsghdr *message = (const struct nlmsghdr *)diag->answer;
	int len = (int)receive_answer(diag);

	if (len < 0)
		return -1;
	for (; mnl_nlmsg_ok(message, len); message = mnl_nlmsg_next(message, &len)) {
		if (message->nlmsg_seq != diag->seq)
			continue;
		if (message->nlmsg_type == NLMSG_DONE || message->nlmsg_type == NLMSG_ERROR) {
			errno = message_error(message);
			return errno ? -1 : 1;
		}
		/* Who has seen enough is told no more, but the dump is read to its end: until
		 * then the kernel takes no other request. */
		if (*reader && !(*reader)(data, message))
			*reader = NULL;
	}
	return 0;
}

/* A missing handler is ENOENT, too: but a dump, unlike a look-up, has no other reason for it. */
static enum diag_result dump(struct diag *diag, struct nlmsghdr *request, message_reader *reader,
			     void *data)
{
	int done;

	request->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	if (send_request(diag, request) < 0)
		return failed(diag, "sock_diag, sendto");
	do
		done = dump_part(diag, &reader, data);
	while (done == 0 && !too_late(diag));
	if (done > 0)
		return DIAG_FOUND;
	if (done == 0) {
		errno = ETIMEDOUT;
		return DIAG_FAILED;
	}
	if (errno == ENOENT || errno == EINVAL || errno == EOPNOTSUPP)
		return DIAG_UNSUPPORTED;
	return failed(diag, "sock_diag, recv");
}

static struct inet_request inet_request(int family, int protocol, uint32_t states)
{
	struct inet_request request = {
		.header.nlmsg_len = offsetof(struct inet_request, attr),
		.body.sdiag_family = (uint8_t)family,
		.body.sdiag_protocol = (uint8_t)protocol,
		.body.idiag_ext = INET_EXTENSIONS,
		.body.idiag_states = states,
		.body.id.idiag_cookie = {INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE},
		.attr = {sizeof(request.attr) + sizeof(request.protocol), INET_DIAG_REQ_PROTOCOL},
		.protocol = (uint32_t)protocol,
	};

	if (protocol > UINT8_MAX)
		request.header.nlmsg_len = sizeof(request);
	return request;
}

static struct unix_request unix_request(uint32_t states, uint32_t inode)
{
	return (struct unix_request){
		.header.nlmsg_len = sizeof(struct unix_request),
		.body.sdiag_family = AF_UNIX,
		.body.udiag_states = states,
		.body.udiag_ino = inode,
		.body.udiag_show = UNIX_SHOW,
		.body.udiag_cookie = {~0U, ~0U},
	};
}

/*
 * Whether ENOENT meant that the kernel has no handler: asked once, with a dump of no state at all.
 * FAMILY is AF_UNIX with HANDLER_UNIX, else one of the inet families.
 */
static enum diag_result why_none(struct diag *diag, int family, int protocol)
{
	struct inet_request inet = inet_request(family, protocol, 0);
	struct unix_request local = unix_request(0, 0);
	uint8_t *handler = &diag->handlers[protocol];

	if (*handler == HANDLER_UNKNOWN) {
		bool missing = dump(diag, family == AF_UNIX ? &local.header : &inet.header, NULL,
				    NULL) == DIAG_UNSUPPORTED;
		*handler = missing ? HANDLER_MISSING : HANDLER_THERE;
	}
	return *handler == HANDLER_MISSING ? DIAG_UNSUPPORTED : DIAG_NONE;
}

static bool same_address(const struct address *a, const struct address *b)
{
	if (!a->len || !b->len)
		return a->len == b->len;
	return address_equal(a, b);
}

struct search {
	const struct address *local, *peer;
	uint64_t cookie;
	struct endpoint *out;
	bool found;
};

static bool is_searched(const struct search *search, const struct endpoint *endpoint)
{
	if (search->cookie)
		return endpoint->cookie == search->cookie;
	return same_address(search->local, &endpoint->local) &&
	       same_address(search->peer, &endpoint->peer);
}

static bool search_visit(void *data, const struct endpoint *endpoint)
{
	struct search *search = data;

	if (!is_searched(search, endpoint))
		return true;
	*search->out = *endpoint;
	search->found = true;
	return false;
}

/* For sockets that share an address, and protocols whose look-up goes by something else. */
static enum diag_result search_dump(struct diag *diag, int family, int protocol,
				    struct search *search)
{
	bool has_ports = protocol != IPPROTO_RAW;
	int port = has_ports ? address_port(search->local) : 0;
	enum diag_result result;

	result = diag_dump_inet(diag, family, protocol, port, search_visit, search);
	if (result == DIAG_FOUND && !search->found)
		return DIAG_NONE;
	return result;
}

static void put_address(const struct address *address, __be32 *host, __be16 *port)
{
	if (address->any.sa_family == AF_INET6) {
		memcpy(host, &address->in6.sin6_addr, sizeof(address->in6.sin6_addr));
		*port = address->in6.sin6_port;
	} else {
		memcpy(host, &address->in.sin_addr, sizeof(address->in.sin_addr));
		*port = address->in.sin_port;
	}
}

/* The kernel takes a UDP look-up as the packet that would arrive: its source is the peer. */
static void put_addresses(struct inet_diag_sockid *id, int protocol, const struct address *local,
			  const struct address *peer)
{
	bool swap = protocol == IPPROTO_UDP || protocol == IPPROTO_UDPLITE;

	put_address(local, swap ? id->idiag_dst : id->idiag_src,
		    swap ? &id->idiag_dport : &id->idiag_sport);
	if (peer->len)
		put_address(peer, swap ? id->idiag_src : id->idiag_dst,
			    swap ? &id->idiag_sport : &id->idiag_dport);
	/* A link-local socket is bound to its interface, whether it was asked to or not. */
	if (!id->idiag_if && local->any.sa_family == AF_INET6)
		id->idiag_if = local->in6.sin6_scope_id;
}

static enum diag_result exact(struct diag *diag, int protocol, const struct address *local,
			      const struct address *peer, int ifindex, struct endpoint *out)
{
	struct inet_request request = inet_request(local->any.sa_family, protocol, ALL_STATES);
	const struct nlmsghdr *answer = (const struct nlmsghdr *)diag->answer;
	enum diag_result result;

	request.body.id.idiag_if = (uint32_t)ifindex;
	put_addresses(&request.body.id, protocol, local, peer);
	result = ask(diag, &request.header);
	if (result == DIAG_NONE)
		return why_none(diag, local->any.sa_family, protocol);
	if (result != DIAG_FOUND)
		return result;
	diag->handlers[protocol] = HANDLER_THERE;
	if (diag_parse_inet(mnl_nlmsg_get_payload(answer), mnl_nlmsg_get_payload_len(answer),
			    protocol, out) == 0)
		return DIAG_FOUND;
	errno = EBADMSG;
	return DIAG_FAILED;
}

/* v4-mapped sockets stand in the tables by their IPv4 addresses; UDP finds them by no other. */
static void unmap(struct address *local, struct address *peer)
{
	struct address plain_local = address_unmapped(local);
	struct address plain_peer = address_unmapped(peer);

	if (plain_peer.len && plain_peer.any.sa_family != plain_local.any.sa_family)
		return;
	*local = plain_local;
	*peer = plain_peer;
}

static bool has_exact(int protocol)
{
	return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP || protocol == IPPROTO_UDPLITE;
}

static bool is_inet(const struct address *address)
{
	return address->len &&
	       (address->any.sa_family == AF_INET || address->any.sa_family == AF_INET6);
}

enum diag_result diag_inet(struct diag *diag, int protocol, const struct address *local,
			   const struct address *peer, uint64_t cookie, int ifindex,
			   struct endpoint *out)
{
	struct search search = {local, peer, cookie, out, false};
	struct address from = *local, to = *peer;
	enum diag_result result;

	if (protocol < 0 || protocol >= PROTOCOL_COUNT || !is_inet(local) ||
	    (peer->len && !is_inet(peer)))
		return DIAG_NONE;
	if (!has_exact(protocol))
		return search_dump(diag, local->any.sa_family, protocol, &search);
	if (!address_port(local))
		return DIAG_NONE;
	unmap(&from, &to);
	result = exact(diag, protocol, &from, &to, ifindex, out);
	if (result != DIAG_FOUND)
		return result;
	if (!same_address(&out->local, local) || !same_address(&out->peer, peer))
		return DIAG_NONE;
	if (!cookie || out->cookie == cookie)
		return DIAG_FOUND;
	/* One of several that share the address (SO_REUSEPORT) answered for all. */
	if (protocol == IPPROTO_TCP && peer->len)
		return DIAG_NONE;
	return search_dump(diag, local->any.sa_family, protocol, &search);
}

/* What is sent to the unspecified address goes to the machine itself. */
static struct address destination(const struct address *to)
{
	struct address address = address_unmapped(to);

	if (address_is_any(&address) && address.any.sa_family == AF_INET6)
		address.in6.sin6_addr = in6addr_loopback;
	else if (address_is_any(&address))
		address.in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return address;
}

enum diag_result diag_listener(struct diag *diag, const struct address *local, struct endpoint *out)
{
	static const struct address none;
	struct address to;
	enum diag_result result;

	if (!is_inet(local) || !address_port(local))
		return DIAG_NONE;
	to = destination(local);
	result = exact(diag, IPPROTO_TCP, &to, &none, 0, out);
	return result == DIAG_FOUND && out->state != STATE_LISTEN ? DIAG_NONE : result;
}

enum diag_result diag_tcp(struct diag *diag, const struct address *local,
			  const struct address *peer, struct endpoint *out)
{
	struct address from = *local, to = *peer;
	enum diag_result result;

	if (!is_inet(local) || !is_inet(peer) || !address_port(local))
		return DIAG_NONE;
	unmap(&from, &to);
	result = exact(diag, IPPROTO_TCP, &from, &to, 0, out);
	if (result != DIAG_FOUND || out->state == STATE_LISTEN)
		return result;
	return same_address(&out->local, local) && same_address(&out->peer, peer) ? DIAG_FOUND
										  : DIAG_NONE;
}

enum diag_result diag_receiver(struct diag *diag, const struct address *to,
			       const struct address *from, struct endpoint *out)
{
	struct address local, peer = {0};
	enum diag_result result;

	if (!is_inet(to) || !address_port(to))
		return DIAG_NONE;
	local = destination(to);
	if (is_inet(from))
		peer = address_unmapped(from);
	if (peer.any.sa_family != local.any.sa_family)
		peer = (struct address){0};
	result = exact(diag, IPPROTO_UDP, &local, &peer, 0, out);
	if (result == DIAG_FOUND && out->peer.len && !same_address(&out->peer, from))
		return DIAG_NONE;
	return result;
}

enum diag_result diag_unix(struct diag *diag, ino_t inode, struct endpoint *out)
{
	struct unix_request request = unix_request(ALL_STATES, (uint32_t)inode);
	const struct nlmsghdr *answer = (const struct nlmsghdr *)diag->answer;
	enum diag_result result;

	if (!inode || inode > UINT32_MAX)
		return DIAG_NONE;
	result = ask(diag, &request.header);
	/* The kernel makes the answer no longer than a page: too many may be waiting. */
	if (result == DIAG_FAILED && errno == EMSGSIZE) {
		request.body.udiag_show &= ~(uint32_t)UDIAG_SHOW_ICONS;
		result = ask(diag, &request.header);
	}
	if (result == DIAG_NONE)
		return why_none(diag, AF_UNIX, HANDLER_UNIX);
	if (result != DIAG_FOUND)
		return result;
	diag->handlers[HANDLER_UNIX] = HANDLER_THERE;
	if (diag_parse_unix(mnl_nlmsg_get_payload(answer), mnl_nlmsg_get_payload_len(answer),
			    out) == 0)
		return DIAG_FOUND;
	errno = EBADMSG;
	return DIAG_FAILED;
}

struct visitor {
	diag_visit *visit;
	void *data;
	int protocol, port;
	struct endpoint endpoint;
};

static bool visit_inet(void *data, const struct nlmsghdr *message)
{
	struct visitor *visitor = data;
	struct endpoint *endpoint = &visitor->endpoint;

	if (diag_parse_inet(mnl_nlmsg_get_payload(message), mnl_nlmsg_get_payload_len(message),
			    visitor->protocol, endpoint) < 0)
		return true;
	if (visitor->port && address_port(&endpoint->local) != visitor->port)
		return true;
	return visitor->visit(visitor->data, endpoint);
}

static bool visit_unix(void *data, const struct nlmsghdr *message)
{
	struct visitor *visitor = data;

	if (diag_parse_unix(mnl_nlmsg_get_payload(message), mnl_nlmsg_get_payload_len(message),
			    &visitor->endpoint) < 0)
		return true;
	return visitor->visit(visitor->data, &visitor->endpoint);
}

enum diag_result diag_dump_inet(struct diag *diag, int family, int protocol, int port,
				diag_visit *visit, void *data)
{
	struct inet_request request = inet_request(family, protocol, ALL_STATES);
	struct visitor visitor = {.visit = visit, .data = data, .protocol = protocol, .port = port};

	request.body.id.idiag_sport = htons((uint16_t)port);
	return dump(diag, &request.header, visit_inet, &visitor);
}

enum diag_result diag_dump_unix(struct diag *diag, diag_visit *visit, void *data)
{
	struct unix_request request = unix_request(ALL_STATES, 0);
	struct visitor visitor = {.visit = visit, .data = data};

	request.body.udiag_show |= UDIAG_SHOW_VFS;
	return dump(diag, &request.header, visit_unix, &visitor);
}
