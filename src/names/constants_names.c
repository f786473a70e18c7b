/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netinet/in.h>

#include "base/grow.h"
#include "names/names.h"

/* What the functions use that turn names, text and bytes into one another. */
/* clang-format off */
#define ADDRESS(constant, text) {#constant, (long)(uint32_t)(constant), text}

static const struct name inaddr_list[] = {
	ADDRESS(INADDR_ANY, "0.0.0.0: to bind to all addresses of the machine"),
	ADDRESS(INADDR_LOOPBACK, "127.0.0.1: this machine, as it reaches itself"),
	ADDRESS(INADDR_BROADCAST, "255.255.255.255: all machines of the local network"),
	ADDRESS(INADDR_NONE, "the same bits, by which inet_addr tells of an error"),
	ADDRESS(INADDR_UNSPEC_GROUP, "224.0.0.0: the first multicast address, which is no group"),
	ADDRESS(INADDR_ALLHOSTS_GROUP, "224.0.0.1: all machines of the local network that take multicast"),
	ADDRESS(INADDR_ALLRTRS_GROUP, "224.0.0.2: all routers of the local network"),
	ADDRESS(INADDR_MAX_LOCAL_GROUP, "224.0.0.255: the last group that routers do not pass on"),
};

#define TABLE(kind, prefix, flags, list) {kind, prefix, NULL, flags, list, COUNT_OF(list)}
/* clang-format on */

const struct names names_inaddr = TABLE("IPv4 address constant", "INADDR_", false, inaddr_list);
