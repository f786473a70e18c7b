/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/maker.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/grow.h"
#include "lab/namespace.h"
#include "lab/private.h"
#include "lab/quiet.h"
#include "lab/rights.h"
#include "lab/rtnl.h"
#include "net/interface.h"

#define LINK "wire0"

/* With the round trip added it is a minute, when a timer's rest is rounded up to seconds. */
#define SETTLED_RTO_MS 59500

/* What comes back: descriptors in this order, or what went wrong. */
enum maker_fd {
	MADE_USER,     /* of the lab */
	MADE_WIRE_NET, /* of the lab, with veth */
	MADE_NET,
	MADE_WIRE,
	MADE_ROUTE,
	MADE_DIAG,
	MADE_INNER, /* with veth */
	MADE_OUTER, /* with veth */
	MADE_COUNT,
};

/* The first host tells twice: of what the lab's hosts have in common, and of itself. */
struct made {
	int result; /* 0, or -1 with err */
	struct error err;
	int refused; /* errno of what made no network; 0: it did */
	enum lab_backend backend;
	int ifindex, peer;
	bool unready6;
	unsigned char mac[6];
	unsigned there;      /* which descriptors: bits */
	int fds[MADE_COUNT]; /* here */
};

static int open_namespace(const char *name, struct error *err)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/self/ns/%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? error_errno(err, path) : fd;
}

static int make_tun(struct made *made, struct error *err)
{
	struct ifreq request = {.ifr_name = LINK, .ifr_flags = IFF_TUN | IFF_NO_PI};
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return error_errno(err, "open of /dev/net/tun");
	/* Without persistence closing it would take tens of milliseconds; its namespace's end
	 * removes it anyway. */
	if (ioctl(fd, TUNSETIFF, &request) < 0 || ioctl(fd, TUNSETPERSIST, 1) < 0 ||
	    !(made->ifindex = (int)interface_index(made->fds[MADE_ROUTE], LINK))) {
		error_errno(err, "ioctl of a TUN device");
		close(fd);
		return -1;
	}
	made->fds[MADE_WIRE] = fd;
	return 0;
}

/* What the kernel leaves to a network card is done before the packet is on the wire. */
static int switch_offloads_off(int fd, const char *name)
{
	static const uint32_t commands[] = {ETHTOOL_STXCSUM, ETHTOOL_STSO, ETHTOOL_SGSO};
	size_t i;

	for (i = 0; i < COUNT_OF(commands); i++) {
		struct ethtool_value value = {.cmd = commands[i]};
		struct ifreq request = {.ifr_data = (char *)&value};

		snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
		if (ioctl(fd, SIOCETHTOOL, &request) < 0 && errno != EOPNOTSUPP)
			return -1;
	}
	return 0;
}

static int set_no_arp(int fd, const char *name)
{
	struct ifreq request = {0};

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	if (ioctl(fd, SIOCGIFFLAGS, &request) < 0)
		return -1;
	request.ifr_flags |= IFF_NOARP;
	return ioctl(fd, SIOCSIFFLAGS, &request);
}

static int read_mac(int fd, unsigned char mac[6])
{
	struct ifreq request = {.ifr_name = LINK};

	if (ioctl(fd, SIOCGIFHWADDR, &request) < 0)
		return -1;
	memcpy(mac, request.ifr_hwaddr.sa_data, 6);
	return 0;
}

/* A socket for what arrives at an interface; what leaves there is none of its business. */
static int packet_socket(int ifindex, int protocol, struct error *err)
{
	struct sockaddr_ll address = {.sll_family = AF_PACKET,
				      .sll_protocol = htons((uint16_t)protocol),
				      .sll_ifindex = ifindex};
	int on = 1, fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd >= 0 && setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof(on)) == 0 &&
	    bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	error_errno(err, "socket, setsockopt or bind of a packet socket");
	if (fd >= 0)
		close(fd);
	return -1;
}

/* In the wire's namespace: the other end, up and silent, and a socket on it. */
static int open_other_end(const char *name, struct made *made, struct error *err)
{
	int route = rtnl_open();

	if (route < 0 || !(made->peer = (int)interface_index(route, name)) ||
	    rtnl_link_up(route, made->peer, true) < 0) {
		error_errno(err, "the wire's end of a link");
		if (route >= 0)
			close(route);
		return -1;
	}
	set_no_arp(route, name);
	close(route);
	made->fds[MADE_WIRE] = packet_socket(made->peer, ETH_P_ALL, err);
	made->fds[MADE_OUTER] = packet_socket(made->peer, HOST_MARKER, err);
	return made->fds[MADE_WIRE] < 0 || made->fds[MADE_OUTER] < 0 ? -1 : 0;
}

/* Another network for the caller. Why there is none can be seen only from outside the lab. */
static int make_net(struct made *made)
{
	if (unshare(CLONE_NEWNET) == 0)
		return 0;
	made->refused = errno;
	return -1;
}

/* The wire's network, which the caller is in then. */
static int make_wire_net(struct made *made, struct error *err)
{
	if (make_net(made) < 0)
		return -1;
	namespace_write("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
	made->fds[MADE_WIRE_NET] = open_namespace("net", err);
	return made->fds[MADE_WIRE_NET] < 0 ? -1 : 0;
}

static int make_veth(const struct lab *lab, const struct host *host, struct made *made,
		     struct error *err)
{
	int route = made->fds[MADE_ROUTE];
	char peer[IFNAMSIZ];

	snprintf(peer, sizeof(peer), "host%d", host->number);
	if (rtnl_veth(route, LINK, peer, lab->wire_net) < 0)
		return error_errno(err, "a veth pair");
	made->ifindex = (int)interface_index(route, LINK);
	if (!made->ifindex || read_mac(route, made->mac) < 0 || set_no_arp(route, LINK) < 0 ||
	    switch_offloads_off(route, LINK) < 0)
		return error_errno(err, "ioctl on " LINK);
	made->fds[MADE_INNER] = packet_socket(made->ifindex, HOST_MARKER, err);
	if (made->fds[MADE_INNER] < 0)
		return -1;
	if (setns(lab->wire_net, CLONE_NEWNET) < 0 || open_other_end(peer, made, err) < 0 ||
	    setns(made->fds[MADE_NET], CLONE_NEWNET) < 0)
		return err->text[0] ? -1 : error_errno(err, "setns");
	return 0;
}

/* Not every machine lets an ordinary user open the device. */
static enum lab_backend choose_backend(enum lab_backend wanted)
{
	int fd;

	if (wanted != LAB_ANY)
		return wanted;
	fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
	if (fd >= 0)
		close(fd);
	return fd < 0 ? LAB_VETH : LAB_TUN;
}

int maker_routes(const struct lab *lab, const struct host *host, struct error *err)
{
	const struct address *const sources[2] = {&host->v4, &host->v6};
	const unsigned prefixes[2] = {host->prefix4, host->prefix6};
	int i;

	for (i = 0; i < 4; i++) {
		bool whole = i % 2; /* the default route */
		const struct address *source = sources[i / 2];
		bool v4 = source->any.sa_family == AF_INET;
		struct rtnl_route route = {
			.family = source->any.sa_family,
			.prefix = whole ? 0 : prefixes[i / 2],
			.ifindex = host->ifindex,
			.table = RT_TABLE_MAIN,
			.protocol = whole ? RTPROT_STATIC : RTPROT_KERNEL,
			.scope = v4 ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE,
			.type = RTN_UNICAST,
			.quickack = lab->clock != CLOCK_REAL,
			.rto_min_ms = lab->clock == CLOCK_SETTLED ? SETTLED_RTO_MS
				      : lab->clock == CLOCK_FAST  ? 20
								  : 0,
			.priority = v4 ? 0 : 256,
		};

		if (!whole)
			route.to = address_network(source, prefixes[i / 2]);
		if (!whole && v4)
			route.source = *source;
		/* A kernel without IPv6 has no such routes. */
		if (rtnl_route(host->route, &route) < 0 && v4)
			return error_errno(err, "the routes of a host");
	}
	return 0;
}

int maker_reach(const struct lab *lab, struct host *host, struct error *err)
{
	host->unready6 = rtnl_address(host->route, host->ifindex, &host->v6, host->prefix6) == 0;
	/* A kernel without IPv6 has none, and that is all; nor does it forget each time. */
	if (!host->unready6 && errno != EOPNOTSUPP && errno != EEXIST)
		return error_errno(err, "the IPv6 address of a host");
	return maker_routes(lab, host, err);
}

static int bring_up(const struct lab *lab, struct host *host, struct error *err)
{
	int fd = host->route;

	if (host->mtu != HOST_MTU && rtnl_link_mtu(fd, host->ifindex, host->mtu) < 0)
		return error_errno(err, "the MTU of a host");
	if (rtnl_address(fd, host->ifindex, &host->v4, host->prefix4) < 0)
		return error_errno(err, "the address of a host");
	if (rtnl_link_up(fd, host->ifindex, true) < 0)
		return error_errno(err, "the link of a host");
	return maker_reach(lab, host, err);
}

/* What the new process is told. LAB and HOST are its own copies. */
struct order {
	int socket;
	struct lab *lab;
	struct host *host;
};

static struct made nothing_made(void)
{
	struct made made = {0};
	int i;

	for (i = 0; i < MADE_COUNT; i++)
		made.fds[i] = -1;
	return made;
}

/* Only those descriptors that there are. */
static int send_made(int socket, struct made *made)
{
	int list[MADE_COUNT], i, count = 0;

	for (i = 0; i < MADE_COUNT && made->result == 0; i++)
		if (made->fds[i] >= 0) {
			list[count++] = made->fds[i];
			made->there |= 1U << i;
		}
	return rights_send(socket, made, sizeof(*made), list, count);
}

/* What the hosts of a lab have in common: little, since the next one waits for it. */
static int make_ground(struct lab *lab, struct made *made)
{
	struct error *err = &made->err;

	if (namespace_user(0, err) < 0)
		return -1;
	lab->user = made->fds[MADE_USER] = open_namespace("user", err);
	if (lab->user < 0)
		return -1;
	lab->backend = made->backend = choose_backend(lab->backend);
	if (lab->backend == LAB_VETH && make_wire_net(made, err) < 0)
		return -1;
	lab->wire_net = made->fds[MADE_WIRE_NET];
	return 0;
}

/* To the hosts that are there already. */
static int join(const struct lab *lab, struct error *err)
{
	return setns(lab->user, CLONE_NEWUSER) < 0 ? error_errno(err, "setns") : 0;
}

static int make(const struct lab *lab, struct host *host, struct made *made)
{
	struct error *err = &made->err;

	if (make_net(made) < 0)
		return -1;
	made->fds[MADE_NET] = open_namespace("net", err);
	if (made->fds[MADE_NET] < 0 || quiet_begin(err) < 0)
		return -1;
	host->route = made->fds[MADE_ROUTE] = rtnl_open();
	made->fds[MADE_DIAG] = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	if (made->fds[MADE_ROUTE] < 0 || made->fds[MADE_DIAG] < 0)
		return error_errno(err, "netlink socket");
	if (private_loopback(host->route, err) < 0)
		return -1;
	if ((lab->backend == LAB_VETH ? make_veth(lab, host, made, err) : make_tun(made, err)) < 0)
		return -1;
	host->ifindex = made->ifindex;
	if (bring_up(lab, host, err) < 0)
		return -1;
	made->unready6 = host->unready6;
	/* The link that was made meanwhile stays quiet. */
	return lab->clock == CLOCK_REAL ? quiet_end(made->fds[MADE_NET], err) : 0;
}

/* In the new process: one that has failed has told so, and ends. */
static const char *make_and_tell(const void *arg)
{
	const struct order *order = arg;
	struct made made = nothing_made();
	bool first = order->lab->user < 0;

	if (first) {
		made.result = make_ground(order->lab, &made);
		if (send_made(order->socket, &made) < 0)
			return "sendmsg";
		if (made.result < 0)
			_exit(0);
		made = nothing_made();
	}
	made.result = first ? 0 : join(order->lab, &made.err);
	if (made.result == 0)
		made.result = make(order->lab, order->host, &made);
	if (send_made(order->socket, &made) < 0)
		return "sendmsg";
	if (made.result < 0)
		_exit(0);
	return NULL;
}

static int receive_made(int socket, struct made *made, const struct host_starter *starter,
			struct error *err)
{
	int list[RIGHTS_MOST], i, count, at = 0;
	ssize_t got = rights_receive(socket, made, sizeof(*made), list, &count);

	if (got < 0)
		return error_errno(err, "no lab: recvmsg");
	if (got != (ssize_t)sizeof(*made))
		return starter->died(starter->data, err);
	for (i = 0; i < MADE_COUNT; i++)
		made->fds[i] = at < count && made->there & 1U << i ? list[at++] : -1;
	if (made->result < 0 && made->refused)
		namespace_refused("unshare", made->refused, &made->err);
	return made->result < 0 ? error_set(err, "no lab: %s", made->err.text) : 0;
}

int maker_begin(struct lab *lab, struct host *host, const struct host_starter *starter,
		struct error *err)
{
	struct order order = {.lab = lab, .host = host};
	struct made made;
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return error_errno(err, "no lab: socketpair");
	order.socket = pair[1];
	if (starter->start(starter->data, host, make_and_tell, &order, err) < 0)
		goto fail;
	close(pair[1]);
	pair[1] = -1;
	if (lab->user < 0) {
		if (receive_made(pair[0], &made, starter, err) < 0)
			goto fail;
		lab->user = made.fds[MADE_USER];
		lab->wire_net = made.fds[MADE_WIRE_NET];
		lab->backend = made.backend;
	}
	host->maker = pair[0];
	return 0;
fail:
	close(pair[0]);
	if (pair[1] >= 0)
		close(pair[1]);
	return -1;
}

int maker_finish(struct host *host, const struct host_starter *starter, struct error *err)
{
	struct made made;
	int result = receive_made(host->maker, &made, starter, err);

	close(host->maker);
	host->maker = -1;
	if (result < 0)
		return -1;
	host->net = made.fds[MADE_NET];
	host->wire = made.fds[MADE_WIRE];
	host->route = made.fds[MADE_ROUTE];
	host->diag = made.fds[MADE_DIAG];
	host->inner = made.fds[MADE_INNER];
	host->outer = made.fds[MADE_OUTER];
	host->ifindex = made.ifindex;
	host->peer = made.peer;
	memcpy(host->mac, made.mac, sizeof(host->mac));
	host->unready6 = made.unready6;
	host->up = true;
	return 0;
}
