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
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/grow.h"
#include "lab/namespace.h"
#include "lab/private.h"
#include "lab/quiet.h"
#include "lab/rights.h"
#include "lab/rtnl.h"

#define LINK "wire0"

/* With the round trip added it is a minute, when a timer's rest is rounded up to seconds. */
#define SETTLED_RTO_MS 59500

/* What comes back from the child: its descriptors in this order, or what went wrong. */
enum maker_fd {
	MADE_NET,
	MADE_WIRE,
	MADE_ROUTE,
	MADE_DIAG,
	MADE_INNER,    /* with veth */
	MADE_OUTER,    /* with veth */
	MADE_USER,     /* of the first host */
	MADE_WIRE_NET, /* of the first host, with veth */
	MADE_COUNT,
};

struct made {
	int result; /* 0, or -1 with err */
	struct error err;
	enum lab_backend backend;
	int ifindex, peer;
	unsigned char mac[6];
	long defaults[HOST_SETTINGS];
	int count; /* of fds */
};

static int open_namespace(const char *name, struct error *err)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/self/ns/%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? error_errno(err, path) : fd;
}

static int make_tun(int fds[MADE_COUNT], struct error *err)
{
	struct ifreq request = {.ifr_name = LINK, .ifr_flags = IFF_TUN | IFF_NO_PI};
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return error_errno(err, "open of /dev/net/tun");
	/* Without persistence closing it would take tens of milliseconds; its namespace's end
	 * removes it anyway. */
	if (ioctl(fd, TUNSETIFF, &request) < 0 || ioctl(fd, TUNSETPERSIST, 1) < 0) {
		error_errno(err, "ioctl of a TUN device");
		close(fd);
		return -1;
	}
	fds[MADE_WIRE] = fd;
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
static int open_other_end(const char *name, struct made *made, int fds[MADE_COUNT],
			  struct error *err)
{
	int route = rtnl_open();

	made->peer = (int)if_nametoindex(name);
	if (!made->peer || route < 0 || rtnl_link_up(route, made->peer, true) < 0) {
		error_errno(err, "the wire's end of a link");
		if (route >= 0)
			close(route);
		return -1;
	}
	set_no_arp(route, name);
	close(route);
	fds[MADE_WIRE] = packet_socket(made->peer, ETH_P_ALL, err);
	fds[MADE_OUTER] = packet_socket(made->peer, HOST_MARKER, err);
	return fds[MADE_WIRE] < 0 || fds[MADE_OUTER] < 0 ? -1 : 0;
}

/* The wire's namespace, made with the first host: the caller is in the host's again afterwards. */
static int make_wire_net(struct lab *lab, int fds[MADE_COUNT], struct error *err)
{
	if (unshare(CLONE_NEWNET) < 0)
		return namespace_refused("unshare", errno, err);
	namespace_write("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
	lab->wire_net = fds[MADE_WIRE_NET] = open_namespace("net", err);
	if (lab->wire_net < 0)
		return -1;
	return setns(fds[MADE_NET], CLONE_NEWNET) < 0 ? error_errno(err, "setns") : 0;
}

static int make_veth(struct lab *lab, const struct host *host, struct made *made,
		     int fds[MADE_COUNT], struct error *err)
{
	char peer[IFNAMSIZ];

	snprintf(peer, sizeof(peer), "host%d", host->number);
	if (lab->wire_net < 0 && make_wire_net(lab, fds, err) < 0)
		return -1;
	if (rtnl_veth(fds[MADE_ROUTE], LINK, peer, lab->wire_net) < 0)
		return error_errno(err, "a veth pair");
	if (read_mac(fds[MADE_ROUTE], made->mac) < 0 || set_no_arp(fds[MADE_ROUTE], LINK) < 0 ||
	    switch_offloads_off(fds[MADE_ROUTE], LINK) < 0)
		return error_errno(err, "ioctl on " LINK);
	fds[MADE_INNER] = packet_socket((int)if_nametoindex(LINK), HOST_MARKER, err);
	if (fds[MADE_INNER] < 0)
		return -1;
	if (setns(lab->wire_net, CLONE_NEWNET) < 0 || open_other_end(peer, made, fds, err) < 0 ||
	    setns(fds[MADE_NET], CLONE_NEWNET) < 0)
		return err->text[0] ? -1 : error_errno(err, "setns");
	return 0;
}

static int make_link(struct lab *lab, const struct host *host, struct made *made,
		     int fds[MADE_COUNT], struct error *err)
{
	if (lab->backend == LAB_VETH)
		return make_veth(lab, host, made, fds, err);
	if (make_tun(fds, err) == 0) {
		lab->backend = LAB_TUN;
		return 0;
	}
	/* Not every machine lets an ordinary user open the device. */
	if (lab->backend == LAB_TUN)
		return -1;
	lab->backend = LAB_VETH;
	return make_veth(lab, host, made, fds, err);
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

int maker_address6(const struct host *host, struct error *err)
{
	if (rtnl_address(host->route, host->ifindex, &host->v6, host->prefix6) < 0)
		/* A kernel without IPv6 has none, and that is all; nor does it forget each time. */
		return errno == EOPNOTSUPP || errno == EEXIST
			       ? 0
			       : error_errno(err, "the IPv6 address of a host");
	return rtnl_await_local(host->route, &host->v6) < 0
		       ? error_errno(err, "the route to the IPv6 address of a host")
		       : 0;
}

static int bring_up(const struct lab *lab, const struct host *host, struct error *err)
{
	int fd = host->route;

	if (host->mtu != HOST_MTU && rtnl_link_mtu(fd, host->ifindex, host->mtu) < 0)
		return error_errno(err, "the MTU of a host");
	if (rtnl_address(fd, host->ifindex, &host->v4, host->prefix4) < 0)
		return error_errno(err, "the address of a host");
	if (rtnl_link_up(fd, host->ifindex, true) < 0)
		return error_errno(err, "the link of a host");
	return maker_address6(host, err) < 0 ? -1 : maker_routes(lab, host, err);
}

/* In the child. LAB and HOST are its own copies. */
static int make(struct lab *lab, struct host *host, struct made *made, int fds[MADE_COUNT])
{
	struct error *err = &made->err;
	bool first = lab->user < 0;

	if (first && namespace_user(CLONE_NEWNET, err) < 0)
		return -1;
	if (!first && setns(lab->user, CLONE_NEWUSER) < 0)
		return error_errno(err, "setns");
	if (!first && unshare(CLONE_NEWNET) < 0)
		return namespace_refused("unshare", errno, err);
	if (first && (fds[MADE_USER] = open_namespace("user", err)) < 0)
		return -1;
	fds[MADE_NET] = open_namespace("net", err);
	if (fds[MADE_NET] < 0 || quiet_begin(host, err) < 0 || private_loopback(err) < 0)
		return -1;
	host->route = fds[MADE_ROUTE] = rtnl_open();
	fds[MADE_DIAG] = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	if (fds[MADE_ROUTE] < 0 || fds[MADE_DIAG] < 0)
		return error_errno(err, "netlink socket");
	if (make_link(lab, host, made, fds, err) < 0)
		return -1;
	made->backend = lab->backend;
	made->ifindex = host->ifindex = (int)if_nametoindex(LINK);
	if (!made->ifindex)
		return error_errno(err, "if_nametoindex of " LINK);
	memcpy(made->defaults, host->defaults, sizeof(made->defaults));
	if (bring_up(lab, host, err) < 0)
		return -1;
	return lab->clock == CLOCK_REAL ? quiet_put(host, true, err) : 0;
}

/* -1 stands for a descriptor that there is not: which ones come is said by a bit each. */
static int send_made(int socket, struct made *made, const int fds[MADE_COUNT])
{
	int list[MADE_COUNT], i, count = 0;

	for (i = 0; i < MADE_COUNT && made->result == 0; i++)
		if (fds[i] >= 0) {
			list[count++] = fds[i];
			made->count |= 1 << i;
		}
	return rights_send(socket, made, sizeof(*made), list, count);
}

_Noreturn static void run_child(int socket, struct lab *lab, struct host *host)
{
	int fds[MADE_COUNT] = {-1, -1, -1, -1, -1, -1, -1, -1};
	struct made made = {0};

	made.result = make(lab, host, &made, fds);
	/* Nothing else is left to tell by. */
	_exit(send_made(socket, &made, fds) < 0 ? errno : 0);
}

static int receive_made(int socket, struct made *made, int fds[MADE_COUNT], struct error *err)
{
	int list[RIGHTS_MOST], i, count, at = 0;
	ssize_t got = rights_receive(socket, made, sizeof(*made), list, &count);

	if (got < 0)
		return error_errno(err, "no lab: recvmsg");
	if (got != (ssize_t)sizeof(*made))
		return error_set(err, "no lab: its maker died");
	for (i = 0; i < MADE_COUNT; i++)
		if (at < count && made->count & 1 << i)
			fds[i] = list[at++];
	return 0;
}

static void take(struct lab *lab, struct host *host, const struct made *made,
		 const int fds[MADE_COUNT])
{
	host->net = fds[MADE_NET];
	host->wire = fds[MADE_WIRE];
	host->route = fds[MADE_ROUTE];
	host->diag = fds[MADE_DIAG];
	host->inner = fds[MADE_INNER];
	host->outer = fds[MADE_OUTER];
	host->ifindex = made->ifindex;
	host->peer = made->peer;
	memcpy(host->mac, made->mac, sizeof(host->mac));
	memcpy(host->defaults, made->defaults, sizeof(host->defaults));
	host->up = true;
	lab->backend = made->backend;
	if (fds[MADE_USER] >= 0)
		lab->user = fds[MADE_USER];
	if (fds[MADE_WIRE_NET] >= 0)
		lab->wire_net = fds[MADE_WIRE_NET];
}

int maker_run(struct lab *lab, struct host *host, struct error *err)
{
	int pair[2], fds[MADE_COUNT] = {-1, -1, -1, -1, -1, -1, -1, -1};
	struct made made = {0};
	int got, status = 0;
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return error_errno(err, "no lab: socketpair");
	pid = fork();
	if (pid == 0)
		run_child(pair[1], lab, host);
	close(pair[1]);
	if (pid < 0) {
		error_errno(err, "no lab: fork");
		close(pair[0]);
		return -1;
	}
	got = receive_made(pair[0], &made, fds, err);
	close(pair[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (got < 0 && WIFEXITED(status) && WEXITSTATUS(status))
		return error_set(err, "no lab: sendmsg: %s", strerror(WEXITSTATUS(status)));
	if (got < 0)
		return -1;
	if (made.result < 0)
		return error_set(err, "no lab: %s", made.err.text);
	take(lab, host, &made, fds);
	return 0;
}
