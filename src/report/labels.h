/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_LABELS_H
#define SOCKSTEP_REPORT_LABELS_H

#include <stddef.h>

/*
 * The words that stand before or beside figures in an endpoint's line. They are data, since each
 * is explained to those who ask: a test compares.
 */
enum label {
	LABEL_LOCAL,
	LABEL_PEER,
	LABEL_NONE,
	LABEL_RECV_QUEUE,
	LABEL_SEND_QUEUE,
	LABEL_ACCEPT_QUEUE,
	LABEL_FULL,
	LABEL_MEMORY,
	LABEL_FIN_COUNTS,
	LABEL_TIMER,
	LABEL_OFF,
	LABEL_SHUTDOWN,
	LABEL_GONE,
	LABEL_CLOSED,
	LABEL_NO_FD_YET,
	LABEL_NO_FD,
	LABEL_ALSO_FD,
	LABEL_ONE_SOCKET,
	LABEL_REFERENCES,
	LABEL_WHY,
	LABEL_WANTS,
	LABEL_WAITS_FOR,
	LABEL_READY,
	LABEL_WATCHES,
	LABEL_WATCHED,
	LABEL_DISARMED,
	LABEL_COUNTER,
	LABEL_TICKS,
	LABEL_SIGNALS,
	LABEL_HOST_ORDER,
	LABEL_NETWORK_ORDER,
	LABEL_CANONICAL,
	LABEL_SIZE,
	LABEL_POSITION,
	LABEL_COUNT,
};

const char *label(enum label which);

/* All that is printed before or beside a figure: those above, the columns of status and the rows,
 * groups and signs of show. NULL past the last. */
const char *labels_at(size_t index);

/* The others' parts of it, NULL past the last. */
const char *status_label(size_t index);
const char *show_label(size_t index);

#endif
