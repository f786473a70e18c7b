/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netdb.h>
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

#define NAME(constant, text) {#constant, (int)(constant), text}

static const struct name ai_list[] = {
	NAME(AI_PASSIVE, "without a node: the wildcard addresses, for bind, in place of loopback"),
	NAME(AI_CANONNAME, "tell the host's canonical name with the first answer"),
	NAME(AI_NUMERICHOST, "the node is an address as text: look no name up"),
	NAME(AI_NUMERICSERV, "the service is a number: look no name up"),
	NAME(AI_V4MAPPED, "with AF_INET6, and no IPv6 address found: IPv4 addresses, mapped into IPv6"),
	NAME(AI_ALL, "with AI_V4MAPPED: the mapped IPv4 addresses as well, if IPv6 addresses were found"),
	NAME(AI_ADDRCONFIG, "only families of which this machine has an address, that of loopback not counted"),
	NAME(AI_IDN, "the node may have letters beyond ASCII, which are encoded before the look-up"),
	NAME(AI_CANONIDN, "decode the canonical name, if it was encoded so"),
};

static const struct name ni_list[] = {
	NAME(NI_NUMERICHOST, "the address as text in place of the host's name: look nothing up"),
	NAME(NI_NUMERICSERV, "the port as a number in place of the service's name"),
	NAME(NI_NOFQDN, "of a host of the local domain the first part of the name alone"),
	NAME(NI_NAMEREQD, "fail where no name is found, rather than give the address as text"),
	NAME(NI_DGRAM, "the service's name for UDP, where it differs from that for TCP"),
	NAME(NI_IDN, "decode the name, if it was encoded for letters beyond ASCII"),
};

static const struct name eai_list[] = {
	NAME(EAI_BADFLAGS, "flags that are unknown, or do not go with the other arguments"),
	NAME(EAI_NONAME, "no such name is known, neither as a host nor as an address"),
	NAME(EAI_AGAIN, "no name server could answer now; later one may"),
	NAME(EAI_FAIL, "a name server answered that it cannot tell, now or later"),
	NAME(EAI_NODATA, "the host's name is known, but it has no address"),
	NAME(EAI_FAMILY, "the family is none of which names are looked up"),
	NAME(EAI_SOCKTYPE, "the socket type is unknown, or does not go with the protocol"),
	NAME(EAI_SERVICE, "the service is unknown for this socket type"),
	NAME(EAI_ADDRFAMILY, "the host has no address of the family that was asked for"),
	NAME(EAI_MEMORY, "memory is out"),
	NAME(EAI_SYSTEM, "a system call failed: errno tells why"),
	NAME(EAI_OVERFLOW, "a name is longer than the room for it"),
	NAME(EAI_IDN_ENCODE, "the node has letters that cannot be encoded for a look-up"),
};

#define TABLE(kind, prefix, flags, list) {kind, prefix, NULL, flags, list, COUNT_OF(list)}
/* clang-format on */

const struct names names_inaddr = TABLE("IPv4 address constant", "INADDR_", false, inaddr_list);
const struct names names_ai = TABLE("flag of getaddrinfo", "AI_", true, ai_list);
const struct names names_ni = TABLE("flag of getnameinfo", "NI_", true, ni_list);
const struct names names_eai = TABLE("error of getaddrinfo", "EAI_", false, eai_list);
