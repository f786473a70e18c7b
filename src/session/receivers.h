/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_RECEIVERS_H
#define SOCKSTEP_SESSION_RECEIVERS_H

#include "session/network.h"

/* Who gets a datagram that is for more than one: broadcast and multicast. */

/*
 * The state of the socket that such a packet finds on each host that it has reached, as the kernel
 * looks it up, into `found` of SHOWN. Of a multicast group only where the host has joined it.
 */
void receivers_read(struct session *session, const struct wire_packet *packet,
		    struct shown_packet *shown);

/*
 * Puts on the step's list whose queue has changed since it was shown, of the sockets that are bound
 * to what the wire carried to all in this step, or of those on FROM's network, outside the lab,
 * that are bound to a GROUP.
 */
void receivers_concern(struct session *session);
void receivers_concern_group(struct session *session, const struct known *from,
			     const struct address *group);

#endif
