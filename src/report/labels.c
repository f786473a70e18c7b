/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/labels.h"

static const char *const list[LABEL_COUNT] = {
	[LABEL_LOCAL] = "local",
	[LABEL_PEER] = "peer",
	[LABEL_NONE] = "none",
	[LABEL_RECV_QUEUE] = "recv queue",
	[LABEL_SEND_QUEUE] = "send queue",
	[LABEL_ACCEPT_QUEUE] = "accept queue",
	[LABEL_FULL] = "full",
	[LABEL_MEMORY] = "memory, overhead included",
	[LABEL_FIN_COUNTS] = "the FIN counts 1",
	[LABEL_TIMER] = "timer",
	[LABEL_OFF] = "off",
	[LABEL_SHUTDOWN] = "shutdown",
	[LABEL_GONE] = "gone",
	[LABEL_CLOSED] = "closed",
	[LABEL_NO_FD_YET] = "no fd yet",
	[LABEL_NO_FD] = "no fd",
	[LABEL_ALSO_FD] = "also fd",
	[LABEL_ONE_SOCKET] = "one socket",
	[LABEL_REFERENCES] = "references",
	[LABEL_WHY] = "why",
	[LABEL_WANTS] = "wants",
	[LABEL_WAITS_FOR] = "waits for",
	[LABEL_READY] = "ready",
	[LABEL_WATCHES] = "watches",
	[LABEL_WATCHED] = "Watches",
	[LABEL_DISARMED] = "disarmed",
	[LABEL_COUNTER] = "count",
	[LABEL_TICKS] = "ticks",
	[LABEL_SIGNALS] = "signals",
	[LABEL_HOST_ORDER] = "host order",
	[LABEL_NETWORK_ORDER] = "network order",
	[LABEL_CANONICAL] = "canonical name",
	[LABEL_SIZE] = "size",
	[LABEL_POSITION] = "position",
};

const char *label(enum label which)
{
	return list[which];
}

const char *labels_at(size_t index)
{
	size_t i;

	if (index < LABEL_COUNT)
		return list[index];
	index -= LABEL_COUNT;
	for (i = 0; status_label(i); i++)
		if (i == index)
			return status_label(i);
	return show_label(index - i);
}
