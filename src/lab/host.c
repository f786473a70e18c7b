/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/host.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/grow.h"
#include "lab/maker.h"
#include "lab/quiet.h"
#include "lab/rights.h"
#include "lab/rtnl.h"

/* RFC 791 and RFC 8200, section 5: what a link must carry; the kernel takes IPv6 off below. */
#define MTU_LEAST 68
#define MTU_MOST  65535

void lab_init(struct lab *lab, enum lab_backend backend)
{
	*lab = (struct lab){.backend = backend, .user = -1, .wire_net = -1};
}

static void close_if_open(int fd)
{
	if (fd >= 0)
		close(fd);
}

static void free_host(struct host *host)
{
	close_if_open(host->wire);
	close_if_open(host->route);
	close_if_open(host->diag);
	close_if_open(host->net);
	close_if_open(host->inner);
	close_if_open(host->outer);
	close_if_open(host->maker);
	free(host);
}

_Static_assert(3 * HOSTS_MOST + 1 <= RIGHTS_MOST, "all descriptors fit into one message");

/* What the kernel takes its time to close. Returns how many. */
static int list_slow(const struct lab *lab, int fds[RIGHTS_MOST])
{
	int i, count = 0;

	for (i = 0; i < lab->count; i++) {
		const struct host *host = lab->hosts[i];
		const int slow[] = {host->wire, host->inner, host->outer};
		size_t k;

		for (k = 0; k < COUNT_OF(slow); k++)
			if (slow[k] >= 0)
				fds[count++] = slow[k];
	}
	return count;
}

/*
 * To close a TUN device or a packet socket takes until all processors have passed a point (RCU), up
 * to 20 ms each. Who has sent them, and itself, to a socket that is closed then does not wait: what
 * nobody can receive any more the kernel's collector closes in its own time (unix(7)). PAIR is
 * that, or -1: they are closed like others. The first of it is closed last: that wakes the
 * collector.
 */
static void leave_to_collector(const struct lab *lab, int pair[2])
{
	int fds[RIGHTS_MOST], count = list_slow(lab, fds);

	pair[0] = pair[1] = -1;
	if (!count || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return;
	fds[count++] = pair[1];
	rights_send(pair[0], "", 1, fds, count);
}

void lab_free(struct lab *lab)
{
	int collected[2];

	leave_to_collector(lab, collected);
	while (lab->count)
		free_host(lab->hosts[--lab->count]);
	close_if_open(collected[1]);
	close_if_open(collected[0]);
	close_if_open(lab->wire_net);
	close_if_open(lab->user);
	lab_init(lab, lab->backend);
}

struct host *lab_find(const struct lab *lab, const char *name, size_t len)
{
	int i;

	for (i = 0; i < lab->count; i++)
		if (strlen(lab->hosts[i]->name) == len &&
		    memcmp(lab->hosts[i]->name, name, len) == 0)
			return lab->hosts[i];
	return NULL;
}

struct host *lab_owner(const struct lab *lab, const struct address *address)
{
	struct address plain = address_unmapped(address);
	int i;

	for (i = 0; i < lab->count; i++) {
		struct host *host = lab->hosts[i];

		if ((plain.any.sa_family == AF_INET &&
		     plain.in.sin_addr.s_addr == host->v4.in.sin_addr.s_addr) ||
		    (plain.any.sa_family == AF_INET6 &&
		     memcmp(&plain.in6.sin6_addr, &host->v6.in6.sin6_addr, 16) == 0))
			return host;
	}
	return NULL;
}

/* As a name of a descriptor or a process is written: a letter first, then letters, digits, - _. */
static int check_name(const struct lab *lab, const char *name, size_t len, struct error *err)
{
	size_t i;

	if (!len || len >= HOST_NAME || !isalpha((unsigned char)name[0]))
		goto bad;
	for (i = 0; i < len; i++)
		if (!isalnum((unsigned char)name[i]) && name[i] != '_' && name[i] != '-')
			goto bad;
	if (lab_find(lab, name, len))
		return error_set(err, "there is a host %.*s already", (int)len, name);
	return 0;
bad:
	return error_set(err, "a host's name is a letter, then letters, digits, - or _; at most %d",
			 HOST_NAME - 1);
}

static struct address default_address(int family, int number)
{
	unsigned char v4[4] = {10, 0, 0, (unsigned char)number};
	unsigned char v6[16] = {0xfd, [15] = (unsigned char)number};

	return address_make(family, family == AF_INET ? v4 : v6, 0, 0);
}

static const char *flaw_of_v4(uint32_t address, unsigned prefix)
{
	uint32_t hosts = 0xffffffff >> prefix;

	if (IN_MULTICAST(address))
		return "that of a multicast group";
	if (address >> 28 == 15)
		return "reserved";
	if (!(address & hosts))
		return "that of its network";
	return (address & hosts) == hosts ? "that of all hosts of its network (broadcast)" : NULL;
}

static const char *flaw_of_v6(const struct in6_addr *address, unsigned prefix)
{
	static const unsigned char zero[16];

	if (IN6_IS_ADDR_MULTICAST(address))
		return "that of a multicast group";
	if (IN6_IS_ADDR_LINKLOCAL(address))
		return "of one link only";
	if (IN6_IS_ADDR_V4MAPPED(address))
		return "an IPv4 address";
	/* RFC 4291, section 2.6.1. */
	if (memcmp(&address->s6_addr[prefix / 8], zero, 16 - prefix / 8) == 0)
		return "that of its network's routers";
	return NULL;
}

/* Why it cannot be the address of one host; NULL: it can. */
static const char *flaw_of(const struct address *address, unsigned prefix)
{
	if (address_is_any(address))
		return "that of any host";
	if (address_is_loopback(address))
		return "each host's own (loopback)";
	return address->any.sa_family == AF_INET
		       ? flaw_of_v4(ntohl(address->in.sin_addr.s_addr), prefix)
		       : flaw_of_v6(&address->in6.sin6_addr, prefix);
}

int lab_check_address(const struct lab *lab, const struct address *address, struct error *err)
{
	unsigned prefix = address->any.sa_family == AF_INET ? HOST_PREFIX4 : HOST_PREFIX6;
	const char *flaw = flaw_of(address, prefix);
	const struct host *owner = lab ? lab_owner(lab, address) : NULL;
	struct buf text = {0};

	if (!flaw && !owner)
		return 0;
	address_print_host(&text, address);
	if (flaw)
		error_set(err, "%s cannot be a host's address: it is %s", buf_text(&text), flaw);
	else
		error_set(err, "host %s has the address %s already", owner->name, buf_text(&text));
	buf_free(&text);
	return -1;
}

/* Those of its number, or of the next one that is free: another host may have been given them. */
static void set_addresses(const struct lab *lab, struct host *host, const struct address *v4,
			  const struct address *v6)
{
	int number = host->number;

	do {
		host->v4 = v4 ? *v4 : default_address(AF_INET, number);
		host->v6 = v6 ? *v6 : default_address(AF_INET6, number);
		number++;
	} while ((!v4 && lab_owner(lab, &host->v4)) || (!v6 && lab_owner(lab, &host->v6)));
}

static int choose_addresses(const struct lab *lab, struct host *host, const struct address *v4,
			    const struct address *v6, struct error *err)
{
	host->prefix4 = HOST_PREFIX4;
	host->prefix6 = HOST_PREFIX6;
	set_addresses(lab, host, v4, v6);
	return lab_check_address(lab, &host->v4, err) < 0 ? -1
							  : lab_check_address(lab, &host->v6, err);
}

struct host *lab_begin(struct lab *lab, const char *name, size_t len, const struct address *v4,
		       const struct address *v6, const struct host_starter *starter,
		       struct error *err)
{
	struct host *host;

	if (check_name(lab, name, len, err) < 0)
		return NULL;
	if (lab->count == HOSTS_MOST) {
		error_set(err, "there are %d hosts already, and no more can be", HOSTS_MOST);
		return NULL;
	}
	host = malloc(sizeof(*host));
	if (!host) {
		error_set(err, "out of memory");
		return NULL;
	}
	*host = (struct host){.number = lab->count + 1,
			      .mtu = HOST_MTU,
			      .net = -1,
			      .wire = -1,
			      .route = -1,
			      .diag = -1,
			      .maker = -1,
			      .inner = -1,
			      .outer = -1};
	memcpy(host->name, name, len);
	if (choose_addresses(lab, host, v4, v6, err) < 0)
		goto fail;
	lab->impossible = maker_begin(lab, host, starter, err) < 0;
	if (lab->impossible)
		goto fail;
	lab->hosts[lab->count++] = host;
	return host;
fail:
	free(host);
	return NULL;
}

int lab_finish(struct lab *lab, struct host *host, const struct host_starter *starter,
	       struct error *err)
{
	lab->impossible = maker_finish(host, starter, err) < 0;
	lab->unready |= host->unready6 || host->peer;
	return lab->impossible ? -1 : 0;
}

int lab_await(struct lab *lab)
{
	int i, result = 0;

	for (i = 0; i < lab->count && lab->unready; i++) {
		struct host *host = lab->hosts[i];

		/* A veth pair is up later than it was taken up. */
		if (host->peer && host->up && rtnl_await_up(host->route, host->ifindex) < 0)
			result = -1;
		if (host->unready6 && rtnl_await_local(host->route, &host->v6) < 0)
			result = -1;
		host->unready6 = false;
	}
	lab->unready = false;
	return result;
}

void lab_drop_last(struct lab *lab)
{
	free_host(lab->hosts[--lab->count]);
}

int host_enter(const struct lab *lab, const struct host *host)
{
	return setns(lab->user, CLONE_NEWUSER) < 0 || setns(host->net, CLONE_NEWNET) < 0 ? -1 : 0;
}

/* A packet from a veth link; markers are none. */
static ssize_t receive_frame(const struct host *host, void *bytes, size_t room)
{
	struct sockaddr_ll from = {0};
	socklen_t len;
	ssize_t got;

	do {
		len = sizeof(from);
		got = recvfrom(host->wire, bytes, room, 0, (struct sockaddr *)&from, &len);
	} while (got >= 0 && from.sll_protocol == htons(HOST_MARKER));
	return got;
}

ssize_t host_receive(const struct host *host, void *bytes, size_t room)
{
	ssize_t got;

	do
		got = host->peer ? receive_frame(host, bytes, room) : read(host->wire, bytes, room);
	while (got < 0 && errno == EINTR);
	/* A TUN device whose link is down says EIO. */
	if (got < 0 && (errno == EAGAIN || errno == EIO || errno == ENETDOWN))
		return 0;
	return got;
}

int host_deliver(const struct host *host, const void *bytes, size_t len)
{
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET, .sll_ifindex = host->peer, .sll_halen = sizeof(host->mac)};
	ssize_t put;

	/* A veth pair would take it, and lose it. */
	if (!host->up) {
		errno = EIO;
		return -1;
	}
	if (!host->peer) {
		do
			put = write(host->wire, bytes, len);
		while (put < 0 && errno == EINTR);
		return put == (ssize_t)len ? 0 : -1;
	}
	to.sll_protocol =
		htons(len && *(const unsigned char *)bytes >> 4 == 6 ? ETH_P_IPV6 : ETH_P_IP);
	memcpy(to.sll_addr, host->mac, sizeof(host->mac));
	do
		put = sendto(host->wire, bytes, len, MSG_DONTWAIT, (struct sockaddr *)&to,
			     sizeof(to));
	while (put < 0 && errno == EINTR);
	return put < 0 ? -1 : 0;
}

/* A marker that does not arrive within this time was lost: the link is down. */
#define MARKER_MOST_MS 1000

static bool marker_passes(int from, int ifindex, const unsigned char mac[6], int to)
{
	struct sockaddr_ll address = {.sll_family = AF_PACKET,
				      .sll_protocol = htons(HOST_MARKER),
				      .sll_ifindex = ifindex,
				      .sll_halen = 6};
	struct pollfd arrival = {.fd = to, .events = POLLIN};
	char marker = 0;

	memcpy(address.sll_addr, mac, 6);
	while (sendto(from, &marker, 1, MSG_DONTWAIT, (struct sockaddr *)&address,
		      sizeof(address)) < 0)
		if (errno != EINTR)
			return false;
	while (recv(to, &marker, 1, MSG_DONTWAIT) < 0)
		if ((errno != EAGAIN && errno != EINTR) || (poll(&arrival, 1, MARKER_MOST_MS) == 0))
			return false;
	return true;
}

bool host_settle(const struct host *host)
{
	if (!host->peer || !host->up)
		return false;
	if (marker_passes(host->outer, host->peer, host->mac, host->inner))
		marker_passes(host->inner, host->ifindex, host->mac, host->outer);
	return true;
}

int host_set_link(struct lab *lab, struct host *host, bool up, struct error *err)
{
	if (rtnl_link_up(host->route, host->ifindex, up) < 0)
		return error_errno(err, "link");
	host->up = up;
	if (!up)
		return 0;
	if (maker_reach(lab, host, err) < 0)
		return -1;
	lab->unready |= host->unready6 || host->peer;
	return 0;
}

int host_set_mtu(struct host *host, int mtu, struct error *err)
{
	if (mtu < MTU_LEAST || mtu > MTU_MOST)
		return error_set(err, "an MTU is %d to %d bytes", MTU_LEAST, MTU_MOST);
	if (rtnl_link_mtu(host->route, host->ifindex, mtu) < 0)
		return error_errno(err, "mtu");
	host->mtu = mtu;
	return 0;
}

int lab_set_clock(struct lab *lab, enum lab_clock clock, struct error *err)
{
	int i;

	for (i = 0; i < lab->count && (lab->clock == CLOCK_REAL) != (clock == CLOCK_REAL); i++)
		if (quiet_change(lab, lab->hosts[i], clock == CLOCK_REAL, err) < 0)
			return -1;
	lab->clock = clock;
	for (i = 0; i < lab->count; i++)
		if (lab->hosts[i]->up && maker_routes(lab, lab->hosts[i], err) < 0)
			return -1;
	return 0;
}
