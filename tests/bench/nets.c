/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nets.h"

#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static void put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		err(1, "%s", path);
	close(fd);
}

void nets_user(void)
{
	char uids[32], gids[32];

	snprintf(uids, sizeof(uids), "%u %u 1", geteuid(), geteuid());
	snprintf(gids, sizeof(gids), "%u %u 1", getegid(), getegid());
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) < 0)
		err(1, "unshare");
	put("/proc/self/uid_map", uids);
	put("/proc/self/setgroups", "deny");
	put("/proc/self/gid_map", gids);
}

void nets_next(void)
{
	if (unshare(CLONE_NEWNET) < 0)
		err(1, "unshare");
}

static void set_address(int fd, struct ifreq *request, unsigned long command, uint32_t address)
{
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(address)};

	memcpy(&request->ifr_addr, &in, sizeof(in));
	if (ioctl(fd, command, request) < 0)
		err(1, "the address of a host");
}

static void take_up(int fd, struct ifreq *request)
{
	request->ifr_flags = IFF_UP;
	if (ioctl(fd, SIOCSIFFLAGS, request) < 0)
		err(1, "the link of a host");
}

int nets_tun(int number)
{
	struct ifreq lo = {.ifr_name = "lo"}, link = {.ifr_name = "wire0"};
	int tun = open("/dev/net/tun", O_RDWR), fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (tun < 0 || fd < 0)
		err(1, "/dev/net/tun, or a socket");
	link.ifr_flags = IFF_TUN | IFF_NO_PI;
	if (ioctl(tun, TUNSETIFF, &link) < 0 || ioctl(tun, TUNSETPERSIST, 1) < 0)
		err(1, "a TUN device");
	take_up(fd, &lo);
	set_address(fd, &link, SIOCSIFADDR, 10U << 24 | (uint32_t)number);
	set_address(fd, &link, SIOCSIFNETMASK, 0xffffff00);
	take_up(fd, &link);
	close(fd);
	return tun;
}
