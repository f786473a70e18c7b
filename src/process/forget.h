/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_PROCESS_FORGET_H
#define SOCKSTEP_PROCESS_FORGET_H

#include "base/failure.h"

/*
 * Makes sockets end without a word, as if the machine had lost its power. A TCP socket in repair
 * mode (TCP_REPAIR, as tools need it that move a process to another machine) sends neither FIN nor
 * RST when it is closed; this takes CAP_NET_ADMIN over its network. A listener cannot be in that
 * mode, and sends nothing itself; what waits in its accept queue is taken out and ended. Other
 * sockets are closed as ever: UDP has nothing to say anyway. Runs in the process that owns them.
 */

/* Closes a descriptor so. Returns 0, or -1 with the call that failed in FAILURE. */
int forget_descriptor(int fd, struct failure *failure);

/* Prepares all sockets below LIMIT for the end of the process. Returns 0, or -1 with FAILURE. */
int forget_all(int limit, struct failure *failure);

#endif
