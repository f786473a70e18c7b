/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_KERNEL_DIAG_H
#define SOCKSTEP_KERNEL_DIAG_H

#include <stddef.h>

#include "base/failure.h"
#include "kernel/endpoint.h"

/*
 * sock_diag(7): a window on the sockets of one network namespace (that in which it was opened).
 * Look-ups are exact (1.5 µs whatever the number of sockets); a dump only where its comment
 * says so. Not for several threads at once.
 */
struct diag;

/* The descriptor is moved to FLOOR or above. NULL with FAILURE set, if it was not. */
struct diag *diag_open(int floor, struct failure *failure);

/* The same with a NETLINK_SOCK_DIAG socket that was made elsewhere: FD is the diag's, or closed. */
struct diag *diag_adopt(int fd, struct failure *failure);
void diag_close(struct diag *diag);

/*
 * From now on dumps may take so many microseconds, all together. One that would take longer is
 * given up: DIAG_FAILED with ETIMEDOUT, and DIAG is good for nothing but closing.
 */
void diag_limit(struct diag *diag, long time_us);

enum diag_result {
	DIAG_FOUND,
	DIAG_NONE,        /* the kernel says that there is no such socket */
	DIAG_UNSUPPORTED, /* this kernel does not tell of such sockets */
	DIAG_FAILED, /* errno is set, and diag_failure() tells of it unless the time was over */
};

/* The first question that failed since this was last asked; false: none did. */
bool diag_failure(struct diag *diag, struct failure *failure);

/*
 * The inet socket of PROTOCOL (IPPROTO_TCP, IPPROTO_UDP, IPPROTO_RAW, IPPROTO_ICMP …) with these
 * addresses; PEER may be none (len 0): a listener or an unconnected one. COOKIE 0: any. IFINDEX:
 * what it is bound to, or 0. A four-tuple that does not exist makes the kernel answer with the
 * listener: diag_inet() compares and says DIAG_NONE; diag_listener() is for those who want it.
 *
 * Where several share LOCAL (SO_REUSEPORT) the kernel answers with any: another COOKIE than was
 * asked for makes it a dump of that port. Protocols other than TCP, UDP and UDP-Lite are found by
 * dumps only.
 */
enum diag_result diag_inet(struct diag *diag, int protocol, const struct address *local,
			   const struct address *peer, uint64_t cookie, int ifindex,
			   struct endpoint *out);

/* The TCP listener that a SYN to LOCAL would reach, unless it is bound to an interface. */
enum diag_result diag_listener(struct diag *diag, const struct address *local,
			       struct endpoint *out);

/* The TCP socket with these addresses or, where there is none, the listener that LOCAL reaches. */
enum diag_result diag_tcp(struct diag *diag, const struct address *local,
			  const struct address *peer, struct endpoint *out);

/* The UDP socket that a datagram to TO from FROM (len 0: from anywhere) would reach. */
enum diag_result diag_receiver(struct diag *diag, const struct address *to,
			       const struct address *from, struct endpoint *out);

/* The UNIX socket with this inode: a look-up, though the kernel walks its table for it. */
enum diag_result diag_unix(struct diag *diag, ino_t inode, struct endpoint *out);

/*
 * Dumps, for explanations and `status` alone: every socket of the namespace of which VISIT (its
 * DATA first) is told; VISIT returns false to stop, and looks nothing up itself. PORT is the local
 * port (host order), 0: any. Bound but inactive TCP sockets are asked for too, where the kernel has
 * them. DIAG_FOUND says that the dump was made, be it empty.
 */
typedef bool diag_visit(void *data, const struct endpoint *endpoint);
enum diag_result diag_dump_inet(struct diag *diag, int family, int protocol, int port,
				diag_visit *visit, void *data);
enum diag_result diag_dump_unix(struct diag *diag, diag_visit *visit, void *data);

/*
 * One message of an answer (the bytes after struct nlmsghdr) as an endpoint. Pure: recorded
 * answers are tests. Returns 0, or -1 where the bytes make no sense.
 */
int diag_parse_inet(const void *bytes, size_t len, int protocol, struct endpoint *out);
int diag_parse_unix(const void *bytes, size_t len, struct endpoint *out);

#endif
