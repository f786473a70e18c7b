/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_PROCESS_SERVER_H
#define SOCKSTEP_PROCESS_SERVER_H

#include "process/channel.h"

/* The descriptors that a process keeps for itself start here at the latest. */
#define SERVER_FD_CEILING 4096

/*
 * The number that the sockets will have in the process: as high as its limit of descriptors lets
 * it be, so that it is never in the user's way; the lifeline's is the one below. To be asked before
 * the fork.
 */
int server_channel_fd(void);

/*
 * What a process of the session does from its fork to its end: takes its descriptors 0 to 2 from
 * /dev/null, closes all others but its ends of the channels, and answers the requests of the first
 * channel until the EXPLORER goes away.
 */
_Noreturn void server_run(struct channels *channels, int channel_fd, pid_t explorer,
			  frame_perform *perform);

#endif
