/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/interface.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

unsigned interface_index(int network, const char *name)
{
	struct ifreq request = {0};

	if (network == INTERFACES_OURS)
		return if_nametoindex(name);
	errno = ENODEV;
	if (network == INTERFACES_NONE || strlen(name) >= sizeof(request.ifr_name))
		return 0;
	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	return ioctl(network, SIOCGIFINDEX, &request) < 0 ? 0 : (unsigned)request.ifr_ifindex;
}

const char *interface_call(int network)
{
	return network == INTERFACES_OURS ? "if_nametoindex" : "ioctl SIOCGIFINDEX";
}

bool interface_name(int network, unsigned index, char name[IF_NAMESIZE])
{
	struct ifreq request = {.ifr_ifindex = (int)index};

	if (network == INTERFACES_OURS)
		return if_indextoname(index, name);
	errno = ENXIO;
	if (network == INTERFACES_NONE || ioctl(network, SIOCGIFNAME, &request) < 0)
		return false;
	snprintf(name, IF_NAMESIZE, "%.*s", IF_NAMESIZE - 1, request.ifr_name);
	return true;
}
