/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NET_ADDRESS_H
#define SOCKSTEP_NET_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/buf.h"
#include "base/error.h"

/*
 * A socket address as a value, as long as `len` says. len 0 is none. A UNIX address of
 * sizeof(sa_family_t) bytes is the unnamed one.
 */
struct address {
	union {
		struct sockaddr any;
		struct sockaddr_in in;
		struct sockaddr_in6 in6;
		struct sockaddr_un un;
		unsigned char bytes[128]; /* sizeof(struct sockaddr_storage) */
	};
	socklen_t len;
	int network; /* whose interface its scope is (net/interface.h) */
};

/*
 * Reads what a person types. FAMILY is the socket's own (AF_UNSPEC where there is none yet), TYPE
 * its SOCK_ type (0: not known; getaddrinfo's hint, so that services resolve):
 *
 *	127.0.0.1:8080   :8080   *:0   *   8080 is no address   127.0.0.1 (port 0)
 *	[::1]:http   [fe80::1%lo]:80   ::1 (no port)   localhost:80   name:service
 *	unix:/tmp/s   unix:@name (abstract)   unix: (unnamed)   /tmp/s and @name for a UNIX socket
 *	{AF_INET, 127.0.0.1:8080}   {AF_UNIX, "/tmp/s"}   {AF_UNSPEC}   AF_UNSPEC
 *	hex:… (the bytes of a whole sockaddr)
 *
 * `:80` and `*` take FAMILY (AF_INET where that is AF_UNSPEC). A path may hold C escapes, as
 * address_print() writes them. Names go through getaddrinfo(). Returns 0, or -1 with ERR set;
 * its column is from 1 within TEXT.
 */
int address_parse(struct address *out, const char *text, size_t len, int family, int type,
		  struct error *err);

/*
 * The same where an interface is one of that network (net/interface.h); NUMERIC: a host's name is
 * refused, for a page whose author is a stranger (calls/confine.h).
 */
int address_parse_in(int network, bool numeric, struct address *out, const char *text, size_t len,
		     int family, int type, struct error *err);

/*
 * Whether a word can only be meant as an address: holds a colon or a brace, begins with * or @ or
 * /, or is a dotted quad. No look-up.
 */
bool address_looks(const char *text, size_t len);

/*
 * The short numeric form, which address_parse() reads back: 127.0.0.1:8080, [::1]:80,
 * [fe80::1%lo]:80, *:80 is never printed (0.0.0.0:80 is), unix:/tmp/s, unix:@name,
 * unix: (unnamed). Bytes of a path that are not printable are escaped as in a C string, blanks,
 * commas, semicolons and closing brackets too. Unknown families: AF_NAME hex:….
 */
void address_print(struct buf *out, const struct address *address);

/* The C spelling: {AF_INET, 127.0.0.1:8080}, {AF_UNIX, "/tmp/s"}, {AF_UNIX, "@name"}. */
void address_print_c(struct buf *out, const struct address *address);

/* Port of AF_INET and AF_INET6; 0 for others. */
int address_port(const struct address *address);

/* The host part alone, as address_print() has it, without port and brackets. */
void address_print_host(struct buf *out, const struct address *address);

/* Whether it is 0.0.0.0 or :: (v4-mapped 0.0.0.0 too). */
bool address_is_any(const struct address *address);
bool address_is_loopback(const struct address *address);
bool address_is_multicast(const struct address *address); /* of AF_INET and AF_INET6 */

/* ::ffff:a.b.c.d becomes a.b.c.d; others stay. */
struct address address_unmapped(const struct address *address);

/* Same family, host, port and scope; a v4-mapped address equals its IPv4 form; UNIX by bytes. */
bool address_equal(const struct address *a, const struct address *b);

/* The network of an address: all but its first PREFIX bits zero; without port. */
struct address address_network(const struct address *address, unsigned prefix);

/* From a raw IPv4 (4 bytes) or IPv6 (16) address in network order; port in host order. */
struct address address_make(int family, const void *bytes, int port, unsigned scope);

#endif
