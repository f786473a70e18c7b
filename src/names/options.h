/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NAMES_OPTIONS_H
#define SOCKSTEP_NAMES_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* The type of an option's value, in the kernel's own layout. */
enum option_type {
	OPTION_BYTES, /* unknown to us: shown and taken as bytes */
	OPTION_INT,
	OPTION_BOOL, /* int, 0 or not 0 */
	OPTION_UINT64,
	OPTION_STRING,   /* a name: interface, congestion control */
	OPTION_TIMEVAL,  /* struct timeval */
	OPTION_LINGER,   /* struct linger */
	OPTION_UCRED,    /* struct ucred */
	OPTION_ERRNO,    /* int, an errno */
	OPTION_FAMILY,   /* int, AF_ */
	OPTION_TYPE,     /* int, SOCK_ */
	OPTION_PROTOCOL, /* int, IPPROTO_ */
	OPTION_TCP_INFO, /* struct tcp_info, as long as this kernel's is */
};

enum option_access { OPTION_GET = 1, OPTION_SET = 2, OPTION_BOTH = 3 };

/* What reading does besides. */
enum option_reading {
	OPTION_PLAIN,
	OPTION_VARIES, /* names or measures this one socket: there is no default to compare with */
	OPTION_TAKES,  /* takes the value away, makes a descriptor, resets: never read unasked */
	OPTION_ASKS,   /* the buffer says first what is asked for */
};

/* Sockets by family, type and protocol: a bit for each. */
enum option_sockets {
	ON_TCP4 = 1 << 0,
	ON_TCP6 = 1 << 1,
	ON_UDP4 = 1 << 2,
	ON_UDP6 = 1 << 3,
	ON_RAW4 = 1 << 4,
	ON_RAW6 = 1 << 5,
	ON_PING4 = 1 << 6, /* SOCK_DGRAM with IPPROTO_ICMP */
	ON_PING6 = 1 << 7,
	ON_UNIX_STREAM = 1 << 8,
	ON_UNIX_DGRAM = 1 << 9,
	ON_UNIX_SEQPACKET = 1 << 10,
	ON_PACKET = 1 << 11,
	ON_NETLINK = 1 << 12,
	ON_OTHER = 1 << 13,
};

struct option {
	const char *name;
	int level;
	int value;
	enum option_type type;
	enum option_access access;
	enum option_reading reading;
	unsigned sockets; /* on which it does something: ON_ bits */
	const char *text; /* what it does, a phrase; with the unit where it has one */
	const char *page; /* "socket(7)"; NULL where no page tells of it */
};

extern const struct option options[];
extern const size_t options_count;

/*
 * By name, exactly, or without the prefix of its level and in any case ("reuseaddr",
 * "nodelay"). LEVEL is -1 or the level that it must have. NULL where there is none.
 */
const struct option *options_find(const char *word, size_t len, int level);
const struct option *options_entry(int level, int value);
const char *options_near(const char *word, size_t len);

/*
 * Whether it does something on such a socket. The kernel takes some options on sockets where they
 * change nothing. PROTOCOL 0: the usual one of the type; Multipath TCP counts as TCP.
 */
bool options_applies(const struct option *option, int family, int type, int protocol);

#endif
