/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_EVIDENCE_H
#define SOCKSTEP_SESSION_EVIDENCE_H

#include "session/state.h"

/*
 * What the kernel is asked when a call failed, to tell why: who holds an address, what listens
 * where, which descriptors are open. Dumps are allowed here, since a failure is rare.
 */

/* Who stands in the way of binding (or listening on) an address. */
struct holder {
	bool found;
	struct endpoint endpoint;
	int fd;       /* of the current process; -1: not the session's */
	bool ghost;   /* of the session, without a descriptor */
	bool program; /* PID and NAME are known: another program's */
	int pid;
	char name[32];
};

/* PROTOCOL: TCP, UDP …; ADDRESS may be the unspecified one; SKIP: the cookie of the asker. */
struct holder evidence_holder(struct session *session, int protocol, const struct address *address,
			      uint64_t skip);

/* A TCP listener on this port, whatever its address: found although nothing answered. */
struct holder evidence_listener(struct session *session, int port);

/* A UNIX socket bound to this address; found false: none that lives. */
struct holder evidence_unix_holder(struct session *session, const struct address *address,
				   uint64_t skip);

/* "3, 4 and 7": the open descriptors of the current process; "none". */
void evidence_open_fds(struct session *session, struct buf *out);

/* "fd 4 (c)", "another program, nginx (pid 77)", "nobody's any more: a closed connection". */
void evidence_whose(const struct session *session, const struct holder *holder, struct buf *out);

#endif
