/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_EVIDENCE_H
#define SOCKSTEP_SESSION_EVIDENCE_H

#include "kernel/route.h"
#include "session/state.h"

/*
 * What the kernel is asked when a call failed, to tell why: who holds an address, what listens
 * where, which descriptors are open. Dumps are allowed here, since a failure is rare, but their
 * time is bounded. What cannot be read is said to be not known, and nothing is told of it.
 */

/*
 * The sockets that ON is a window to, of both families of an inet PROTOCOL (PORT 0: any local
 * port), or of AF_UNIX, in a bounded time. The first returns whether all were told.
 */
bool evidence_dump_inet(struct session *session, struct diag *on, int protocol, int port,
			diag_visit *visit, void *data);
void evidence_dump_unix(struct session *session, struct diag *on, diag_visit *visit, void *data);

/* Who stands in the way of binding (or listening on) an address. */
struct holder {
	bool found;
	struct endpoint endpoint;
	const struct owner *owner; /* whose FD it is */
	int fd;                    /* -1: not the session's */
	bool ghost;                /* of the session, without a descriptor */
	bool program;              /* PID and NAME are known: another program's */
	int pid;
	char name[32];
};

/* ADDRESS may be the unspecified one; ASKER is whose way it stands in; V6ONLY: its IPV6_V6ONLY. */
struct holder evidence_holder(struct session *session, const struct known *asker,
			      const struct address *address, bool v6only);

/* A TCP connection from this local port of the asker's to TO. */
struct holder evidence_connection(struct session *session, const struct owner *asker, int port,
				  const struct address *to);

/* A TCP listener on the port of TO, where that is, whatever its own address: found although
 * nothing answered. */
struct holder evidence_listener(struct session *session, const struct owner *asker,
				const struct address *to);

/*
 * A UNIX socket bound to this address, of this network namespace; found false: none is known. TYPE
 * is SOCK_…, or 0 for any: an abstract name can be bound once for each type.
 */
struct holder evidence_unix_holder(struct session *session, const struct owner *asker,
				   const struct address *address, int type, uint64_t skip);

/* "fd 4 (c)", "another program, nginx (process 77)", "nobody (no descriptor)". OWNER: who asks. */
void evidence_whose(const struct owner *owner, const struct holder *holder, struct buf *out);

/* The local ports that the kernel chooses from, and how many of them are taken. */
struct ports {
	long low, high;
	long taken, waiting; /* WAITING: of them in TIME-WAIT */
};

/* Taken by TCP connections to TO, from LOW to HIGH. False where not all could be read. */
bool evidence_ports(struct session *session, const struct owner *asker, const struct address *to,
		    struct ports *out);

/* Of the process: */

/* "0, 1, 2, 4": its open descriptors, at most MOST (then ", ..."); "none". Returns how many. */
int evidence_open_fds(const struct owner *owner, int most, struct buf *out);

/* The highest of them; -1: none, or not known. */
int evidence_highest_fd(struct session *session, const struct owner *owner);

/* How many descriptors it may have. */
bool evidence_descriptor_limit(struct session *session, const struct owner *owner, long *limit);

/* How many files are open on the whole machine, and may be. */
bool evidence_files(struct session *session, long *open, long *limit);

/* What a descriptor that is no socket is: "/dev/null, character device". */
bool evidence_what(struct session *session, const struct owner *owner, int fd, struct buf *out);

/* How often what is not acknowledged was sent again, in a row (TCP_INFO). */
bool evidence_retransmits(const struct owner *owner, int fd, long *times);

/* Of the explorer's own network (see there.h): */

/* "127.0.0.1 (lo), 192.0.2.2 (eth0)": its addresses of a family (AF_UNSPEC: both). False: none. */
bool evidence_addresses(int family, struct buf *out, struct failure *failure);
bool evidence_has_address(const struct address *address, struct failure *failure);

/* Whether all its addresses are loopback's. */
bool evidence_is_alone(int family, struct failure *failure);

/* "lo, eth0". */
void evidence_interfaces(struct buf *out, struct failure *failure);
bool evidence_interface_down(int ifindex, char name[IF_NAMESIZE], struct failure *failure);

/* "through eth0 to the router 192.0.2.1". */
void evidence_way(const struct route *route, struct buf *out);

/* Of this kernel: */

/* Whether it can make such a socket, be it not for this user: tried. */
bool evidence_has_socket(int domain, int type, int protocol, struct failure *failure);

/* "AF_UNIX, AF_INET": the families of which /proc/net/protocols tells. False: not known. */
bool evidence_families(struct buf *out, struct failure *failure);

/* "SOCK_STREAM, SOCK_DGRAM": the types that DOMAIN has with PROTOCOL. False: none. */
bool evidence_types(int domain, int protocol, struct buf *out, struct failure *failure);

/* "IPPROTO_TCP": those of TCP, UDP and ICMP that DOMAIN has with TYPE. False: none. */
bool evidence_protocols(int domain, int type, struct buf *out, struct failure *failure);

/* "192.0.2.53, 192.0.2.54": the name servers that /etc/resolv.conf has. False: not known, or none.
 */
bool evidence_name_servers(struct buf *out, struct failure *failure);

/* Of a path: */

enum path_trouble {
	PATH_NONE,      /* nothing is known to stand in the way */
	PATH_MISSING,   /* it does not exist */
	PATH_NOT_DIR,   /* no directory, and more was to be below it */
	PATH_NO_SEARCH, /* a directory that may not be searched */
	PATH_NO_MAKE,   /* a directory that may not be written to */
	PATH_NO_WRITE,  /* a file that may not be written to */
};

#define EVIDENCE_PATH (sizeof(((struct sockaddr_un *)0)->sun_path) + 1)

/* The path of a UNIX address; empty: it is abstract or unnamed. */
void evidence_path_of(const struct address *address, char path[EVIDENCE_PATH]);

/* What of a path stands in the way of this user. */
struct obstacle {
	enum path_trouble trouble;
	bool directory; /* what is missing is a directory before the last part */
	char path[EVIDENCE_PATH];
	char owner[40]; /* name or number */
	char mode[8];   /* "0755" */
};

/* MAKING: the last part is to be made (bind); else to be written to (connect, send). */
struct obstacle evidence_path(const char *path, bool making, struct failure *failure);

/*
 * Whether it may be one that was accepted: that has its listener's name for its own, and no table
 * tells it from a client that was bound there before it was connected.
 */
bool evidence_bears_name(const struct endpoint *endpoint);

enum unix_life {
	UNIX_UNKNOWN,
	UNIX_LIVES,     /* a socket is bound to it, in whatever network namespace */
	UNIX_DEAD,      /* the file of a socket that was closed */
	UNIX_NO_SOCKET, /* another kind of file: WHAT says which, in a word */
};
enum unix_life evidence_unix_life(const struct address *address, struct buf *what,
				  struct failure *failure);

#endif
