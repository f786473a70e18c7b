/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NAMES_OPTIONS_H
#define SOCKSTEP_NAMES_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* How a part of a value is written, and how it lies in memory. */
enum option_form {
	VALUE_INT,      /* signed; `on` and `off` too */
	VALUE_UINT,     /* unsigned */
	VALUE_HEX,      /* unsigned, shown as 0x… */
	VALUE_UINT_BE,  /* unsigned, in network byte order */
	VALUE_CONSTANT, /* of `names` */
	VALUE_BITS,     /* 1 << value, of `names`, joined by | */
	VALUE_ERRNO,
	VALUE_FD,
	VALUE_SECONDS,      /* a number of them, or a time such as 2s */
	VALUE_MICROSECONDS, /* the same */
	VALUE_IPV4,
	VALUE_IPV6,
	VALUE_INTERFACE,    /* an index, or the interface's name */
	VALUE_INTERFACE_BE, /* the same in network byte order */
	VALUE_MAC,          /* 01:00:5e:00:00:01 */
	VALUE_COUNT,        /* how many elements, or bytes, the next field has: follows from it */
	VALUE_BYTES,
	VALUE_STRING,
	VALUE_ADDRESS, /* a struct sockaddr of any family */
	VALUE_LIST,    /* the rest: values of `element` */
	VALUE_TCP_INFO,
};

struct names;
struct option_layout;

struct option_field {
	const char *name; /* as in C; NULL: the value has no parts */
	const char *also; /* a short name; NULL: none */
	enum option_form form;
	unsigned short offset, size; /* bytes; size 0: all that is left */
	const struct names *names;
	const struct names *flags; /* bits that may be joined to a constant of `names` */
	const struct option_layout *element;
};

/*
 * The layout of a value: an int is one of a single field without a name, a structure is its
 * fields. A list begins where the fixed part ends; where it hangs on a pointer, values hold it
 * there all the same, and the pointer is set when the call is made.
 */
struct option_layout {
	const char *name; /* "int", "struct linger" */
	const struct option_field *fields;
	unsigned count;
	unsigned size;  /* of the fixed part */
	unsigned least; /* of what must be there of it: fields beyond may be missing */
	bool time;      /* tv_sec, tv_usec: may be written as one time */
	bool pointer;   /* the list hangs on a pointer */
	bool bare;      /* the fields are written in order, without their names */
	unsigned unit;  /* the kernel counts the length in so many bytes; 0: 1 */
	const struct option_layout *also; /* another one, by length; NULL: none */
};

enum option_type {
	OPTION_BYTES, /* unknown to us: shown and taken as bytes */
	OPTION_INT,
	OPTION_UINT,
	OPTION_HEX,
	OPTION_BOOL, /* int, 0 or not 0 */
	OPTION_UINT64,
	OPTION_STRING, /* a name: interface, congestion control */
	OPTION_FD,
	OPTION_ERRNO,
	OPTION_FAMILY,
	OPTION_TYPE,
	OPTION_PROTOCOL,
	OPTION_INTERFACE,
	OPTION_INTERFACE_BE,
	OPTION_MTU_DISCOVER,
	OPTION_MTU_DISCOVER6,
	OPTION_TOS,
	OPTION_SOURCES,
	OPTION_TIMESTAMPING,
	OPTION_BUF_LOCK,
	OPTION_REPAIR,
	OPTION_REPAIR_QUEUE,
	OPTION_UDP_ENCAP,
	OPTION_TPACKET_VERSION,
	OPTION_ADDRESS,
	OPTION_GROUPS,
	OPTION_TIMEVAL,
	OPTION_TIMEVAL64,
	OPTION_LINGER,
	OPTION_UCRED,
	OPTION_TXTIME,
	OPTION_MEMINFO,
	OPTION_FILTER,
	OPTION_FILTER_OR_FD,
	OPTION_FILTER_CODE,
	OPTION_TCP_INFO, /* as long as this kernel's is */
	OPTION_MD5SIG,
	OPTION_REPAIR_OPTIONS,
	OPTION_REPAIR_WINDOW,
	OPTION_ZEROCOPY,
	OPTION_AO_ADD,
	OPTION_AO_DEL,
	OPTION_AO_INFO,
	OPTION_AO_KEYS,
	OPTION_AO_REPAIR,
	OPTION_DMABUF_TOKENS,
	OPTION_MREQN,
	OPTION_MULTICAST_IF,
	OPTION_MREQ_SOURCE,
	OPTION_MSFILTER,
	OPTION_MREQ6,
	OPTION_PKTINFO6,
	OPTION_MTUINFO6,
	OPTION_FLOWLABEL,
	OPTION_GROUP_REQ,
	OPTION_GROUP_SOURCE_REQ,
	OPTION_GROUP_FILTER,
	OPTION_ICMP_FILTER,
	OPTION_PACKET_MREQ,
	OPTION_TPACKET_REQ,
	OPTION_TPACKET_STATS,
	OPTION_FANOUT,
	OPTION_ROLLOVER_STATS,
	/* Of control messages (controls.h). */
	OPTION_FDS,
	OPTION_TIMESPEC,
	OPTION_TIMESPECS,
	OPTION_TOS_BYTE,
	OPTION_PKTINFO,
	OPTION_EXTENDED_ERR,
};

enum option_access { OPTION_GET = 1, OPTION_SET = 2, OPTION_BOTH = 3 };

/* What reading does besides. */
enum option_reading {
	OPTION_PLAIN,
	OPTION_VARIES, /* names or measures this one socket: there is no default to compare with */
	OPTION_TAKES,  /* takes the value away, makes a descriptor, resets: never read unasked */
	OPTION_ASKS,   /* the buffer says first what is asked for */
	OPTION_HIDDEN, /* listed nowhere: another name of what stands before it, or of nothing */
};

/* The capability that setting it takes, and in whose user namespace. */
enum option_needs {
	NEEDS_NOTHING,
	NEEDS_NET_ADMIN,     /* CAP_NET_ADMIN, where the socket's network is from */
	NEEDS_NET_RAW,       /* CAP_NET_RAW, the same */
	NEEDS_EITHER,        /* one of the two, the same */
	NEEDS_MACHINE_ADMIN, /* CAP_NET_ADMIN of the whole machine: no private network has it */
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
	ON_VSOCK = 1 << 13,
	ON_OTHER = 1 << 14,
};

struct option {
	const char *name;
	int level;
	int value;
	enum option_type type;
	enum option_access access;
	enum option_reading reading;
	unsigned sockets;  /* on which it does something: ON_ bits */
	const char *text;  /* what it does, a phrase; with the unit where it has one */
	const char *page;  /* "socket(7)"; NULL where no page tells of it */
	const char *since; /* "5.14", the first Linux that has it; NULL: 5.10 does */
	const char *when;  /* "above 6": needs it only then; NULL: always */
	enum option_needs needs;
	bool beyond; /* what it does is felt beyond the socket: no stranger's page sets it */
};

/* By enum option_type. */
extern const struct option_layout option_layouts[];

extern const struct option options[];
extern const size_t options_count;

/*
 * By name, exactly, or without the prefix of its level and in any case ("reuseaddr",
 * "nodelay"). LEVEL is -1 or the level that it must have. NULL where there is none.
 */
const struct option *options_find(const char *word, size_t len, int level);

/*
 * The same for a socket of this family and type: where several options have that short name, or
 * are of two levels, the one that does something there. AF_UNSPEC: not known.
 */
const struct option *options_find_on(const char *word, size_t len, int level, int family, int type);
const struct option *options_entry(int level, int value);

/* The same; of two that share a number, the one that may be read, or set. */
const struct option *options_entry_for(int level, int value, enum option_access access);
const char *options_near(const char *word, size_t len);

/* The layout of an option's value; of bytes where OPTION is NULL. */
const struct option_layout *options_layout(const struct option *option);

/*
 * How a value of LEN bytes lies: its layout (or the other one that it may have) as far as LEN
 * reaches; NULL where LEN ends inside of a field, so that they are nothing but bytes.
 */
const struct option_layout *options_layout_of(const struct option *option, size_t len);

/* Whether a layout is that of a value without parts. */
bool options_is_whole(const struct option_layout *layout);

/* The list that a layout ends in; NULL where it has none. */
const struct option_field *options_list(const struct option_layout *layout);

/* The value of a field that is a number; it lies in memory at DATA + its offset. */
long long options_number(const struct option_field *field, const void *data);
void options_store(const struct option_field *field, long long number, void *data);

/*
 * Whether it does something on such a socket. The kernel takes some options on sockets where they
 * change nothing. PROTOCOL 0: the usual one of the type; Multipath TCP counts as TCP.
 */
bool options_applies(const struct option *option, int family, int type, int protocol);

/* Whether setting it changes which multicast groups an interface listens to: its host reports that
 * (RFC 3376, RFC 3810). */
bool options_reports(const struct option *option);

/* "TCP, UDP": the sockets that it applies to. */
void options_sockets(struct buf *out, const struct option *option);

#endif
