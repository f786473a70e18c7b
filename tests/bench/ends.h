/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_BENCH_ENDS_H
#define SOCKSTEP_TESTS_BENCH_ENDS_H

#include <linux/inet_diag.h>
#include <netinet/in.h>
#include <stdbool.h>

/* What the C programs that stand beside sockstep ask sock_diag, and print of it. */

/* A sock_diag socket in the network that the caller is in. Exits with a message where it fails. */
int ends_open(void);

/* Whether the kernel has a TCP socket with these addresses; no peer: a listener. */
bool ends_find(int netlink, const struct sockaddr_in *local, const struct sockaddr_in *peer,
	       struct inet_diag_msg *found);

/* The same as a line, where there is one. */
void ends_show(int netlink, const struct sockaddr_in *local, const struct sockaddr_in *peer);

/* The state's name; without a connection that of the listener, and without one CLOSED. */
const char *ends_state(int netlink, const struct sockaddr_in *local,
		       const struct sockaddr_in *peer);

#endif
