/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/network.h"

/* A link takes no more, and a veth pair loses it without a word. */
static int check_length(const struct network *network, const struct host *from,
			const struct host *to, const void *bytes, size_t len, struct error *err)
{
	struct packet head;

	if (!len)
		return error_set(err, "a packet has one byte at least");
	packet_parse(&head, bytes, len);
	if (!to && head.family)
		to = lab_owner(&network->lab, &head.dst);
	if (!to)
		to = from;
	if (len <= (size_t)to->mtu)
		return 0;
	return error_set(err, "the packet has %zu bytes, and the link of %s takes %d (mtu)", len,
			 to->name, to->mtu);
}

int session_inject(struct session *session, struct host *from, struct host *to, const void *bytes,
		   size_t len, struct error *err)
{
	struct network *network = session->network;
	struct wire_packet *packet;
	enum wire_event event;

	if (check_length(network, from, to, bytes, len, err) < 0)
		return -1;
	network_await(session);
	event = wire_inject(&network->wire, from, to, bytes, len, &packet);
	if (event == WIRE_FAILED)
		return error_set(err, "out of memory");
	network_carry(session, packet, event);
	return 0;
}
