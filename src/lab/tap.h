/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_LAB_TAP_H
#define SOCKSTEP_LAB_TAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "lab/host.h"

/*
 * What goes over loopback, by packet(7): a ring of memory shared with the kernel, which puts each
 * packet there once, when it arrives, and before the call that sent it has returned. It takes
 * CAP_NET_RAW over the network namespace.
 */
struct tap;

/* Of a packet so many bytes are kept, and packets until they are taken. */
#define TAP_BYTES   1900
#define TAP_PACKETS 1024

/*
 * Of a host of the lab; HOST NULL: of the caller's own network. NULL with ERR set; *FORBIDDEN says
 * that the user may not.
 */
struct tap *tap_open(const struct lab *lab, const struct host *host, bool *forbidden,
		     struct error *err);
void tap_close(struct tap *tap);

/* Whether the user may, on the caller's own network. */
bool tap_allowed(void);

/*
 * Only TCP and UDP with one of these ports (host order) at either end from now on, and what has no
 * ports. More than TAP_PORTS, or NULL: all there is. Returns 0, or -1 with errno set.
 */
#define TAP_PORTS 100
int tap_filter(struct tap *tap, const uint16_t *ports, size_t count);

struct tapped {
	const unsigned char *bytes; /* from the IP header on, until the next tap_next() */
	size_t len, whole;          /* bytes that are here, of so many */
	struct timespec time;       /* CLOCK_REALTIME */
	bool unchecked;             /* loopback needs no checksum, and none was computed */
};

/* The next one; false: none waits. */
bool tap_next(struct tap *tap, struct tapped *out);

/* Packets that the kernel found no room for, since this was last asked. */
unsigned long tap_lost(struct tap *tap);

/* Becomes readable when a packet comes. */
int tap_poll_fd(const struct tap *tap);

#endif
