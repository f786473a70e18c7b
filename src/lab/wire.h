/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_LAB_WIRE_H
#define SOCKSTEP_LAB_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/map.h"
#include "lab/due.h"
#include "lab/flows.h"
#include "lab/host.h"
#include "lab/rules.h"
#include "net/packet.h"

/*
 * The wire joins all hosts as a hub. What a host sends is taken from its link, gets a number, and
 * either goes on at once (flow) or waits here until it is told to (hold), unless a rule says
 * otherwise. A packet goes to the host that has its destination address; to all others, if it is a
 * multicast or broadcast.
 */

enum wire_fate {
	WIRE_HELD,
	WIRE_DELAYED, /* goes on by itself when its time has come */
	WIRE_DELIVERED,
	WIRE_DROPPED,
	WIRE_NOBODY, /* no host has the address */
	WIRE_DOWN,   /* the link of the host that it was for is down */
	WIRE_FULL,   /* came while as many were held as may be, and was dropped */
};

/* The step that a packet was seen in. Packets share it. */
struct wire_cause {
	unsigned packets;
	unsigned long step;
	const char *process; /* that made its call; borrowed */
	size_t len;          /* of the command; 0: time passed */
	char command[];
};

/* Who has an end of what went over loopback. */
struct wire_end {
	const char *process; /* borrowed; NULL: nobody of the session, or it has gone */
	int fd;              /* -1: none */
};

struct wire_packet {
	struct wire_packet *next, *prev; /* held after, and before this one */
	uint64_t likeness;               /* of retransmissions the same; 0: it cannot come again */
	unsigned long number;            /* from 1, as they came */
	struct host *from;
	struct host *to; /* NULL: all, or nobody */
	bool to_all;
	struct packet head;
	struct flow_base base; /* what relative numbers count from */
	bool injected;         /* made up, and sent by nobody */
	enum wire_fate fate;
	unsigned deliveries;
	unsigned reached;         /* hosts that got it: bits, of the first host 1 */
	unsigned retransmits;     /* came again while it was held, and were folded into it */
	struct timespec time;     /* when it was seen: CLOCK_REALTIME */
	struct wire_cause *cause; /* of wire_told(); NULL: not told yet */
	/*
	 * It went over loopback, where the kernel delivers at once: `from` and `to` are NULL, and
	 * it is never held.
	 */
	bool loopback;
	const struct host *where; /* whose; NULL: not that of a host of the lab */
	struct wire_end from_end, to_end;
	bool rightward;         /* its sender is the one who sent first */
	size_t whole;           /* bytes that it had; LEN of them are here */
	struct verdict verdict; /* of the rules */
	struct due_node due;    /* of one that is delayed */
	bool corrupted;         /* here, on the wire */
	size_t len;
	unsigned char bytes[];
};

/* Held and delayed at most; what comes then is dropped, and its fate says so. */
#define WIRE_HELD_MOST  100000
#define WIRE_BYTES_MOST (256L * 1024 * 1024) /* all that it takes to remember them */

/* Packets that have left the wire are remembered, the youngest: for `packet N` and `save`. */
#define WIRE_REMEMBERED       16384
#define WIRE_REMEMBERED_BYTES (32L * 1024 * 1024)

struct wire {
	struct lab *lab;
	bool hold;
	unsigned long last_number;
	struct wire_packet *held, *held_last;
	struct map by_number;   /* held and remembered */
	struct map by_likeness; /* held */
	size_t held_count;      /* not the delayed */
	size_t bytes;           /* of the held and the delayed */
	struct due delayed;
	/* By the number of a host: what waits to go behind the next packet that it sends. */
	struct wire_packet *reordered[HOSTS_MOST];
	struct rules rules;
	struct wire_packet **past; /* WIRE_REMEMBERED, a ring */
	size_t past_first, past_count, past_bytes;
	unsigned long last_told; /* the last number that wire_told() has seen */
	struct flows flows;
	unsigned char *room; /* where a packet is read to */
};

/* Returns 0, or -1 when out of memory. LAB is borrowed. */
int wire_init(struct wire *wire, struct lab *lab);
void wire_free(struct wire *wire);

enum wire_event {
	WIRE_QUIET,  /* no host has sent anything */
	WIRE_PACKET, /* *OUT is new, and to be delivered with wire_deliver() */
	WIRE_KEPT,   /* *OUT is new, and stays or was dropped, as its fate says */
	WIRE_AGAIN,  /* a retransmission of *OUT, which is held: folded into it */
	WIRE_FAILED, /* a packet was lost for lack of memory, or a link could not be read */
};

/*
 * Takes the next packet from the links; WIRE_QUIET only when none is on its way to or from one. A
 * new one is the wire's; where the wire flows it stays valid until it has been forgotten,
 * WIRE_REMEMBERED packets later.
 */
enum wire_event wire_take(struct wire *wire, struct wire_packet **out);

/*
 * Puts a packet on the wire that nobody has sent, as if FROM had: *OUT is new, as wire_take() has
 * it, and WIRE_PACKET, WIRE_KEPT or WIRE_FAILED (no memory) comes back. TO is who gets it; NULL:
 * whoever has its destination.
 */
enum wire_event wire_inject(struct wire *wire, struct host *from, struct host *to,
			    const void *bytes, size_t len, struct wire_packet **out);

/* Puts a packet where it belongs, and off the list of the held. Its fate is set. */
void wire_deliver(struct wire *wire, struct wire_packet *packet);

/* The same, while it stays. */
void wire_duplicate(struct wire *wire, struct wire_packet *packet);
void wire_drop(struct wire *wire, struct wire_packet *packet);

/*
 * Lets a held packet go on by itself after a time, or one that is delayed after another. Returns
 * 0, or -1 when out of memory.
 */
int wire_delay(struct wire *wire, struct wire_packet *packet, long delay_us);

/* Damages a packet that is here. Returns 0; -1: it has no checksum that would tell. */
int wire_corrupt(struct wire_packet *packet);

/* Two held packets change places. */
void wire_swap(struct wire *wire, struct wire_packet *a, struct wire_packet *b);

/* The delayed packet whose time has come, to be delivered; NULL: none yet. */
struct wire_packet *wire_due(const struct wire *wire);

/* Those that are delayed, in no order; NULL past the last. */
const struct wire_packet *wire_delayed(const struct wire *wire, size_t index);

/* How long until that of the next one comes; 0: it has; -1: none is delayed. */
long wire_next_us(const struct wire *wire);

/* Of a delayed packet. */
long wire_left_us(const struct wire_packet *packet);

/* The rule that gave the packet its fate; 0: none. */
unsigned wire_rule(const struct wire_packet *packet);

/* What went over loopback, where nothing can be held. HEAD and BYTES are copied. */
struct wire_passed {
	const struct host *where; /* whose loopback; NULL: not that of a host of the lab */
	const struct packet *head;
	struct flow_base base;
	struct timespec time;
	const void *bytes;
	size_t len, whole; /* bytes that are here, of so many */
};

/* Gives it a number and remembers it. NULL when out of memory. */
struct wire_packet *wire_note(struct wire *wire, const struct wire_passed *passed);

/*
 * All packets since the last such call were seen in this step of PROCESS (which is borrowed); LEN
 * 0: time passed. Returns 0, or -1 when out of memory.
 */
int wire_told(struct wire *wire, unsigned long step, const char *process, const char *command,
	      size_t len);

/* Held or remembered; NULL: no such number (any more). */
struct wire_packet *wire_find(const struct wire *wire, unsigned long number);

/*
 * All that are here or remembered, in the order of their numbers; free() the list, which the
 * packets do not belong to. NULL when out of memory.
 */
const struct wire_packet **wire_list(const struct wire *wire, size_t *count);

/* The oldest held; NULL: none. */
struct wire_packet *wire_oldest(const struct wire *wire);

/* Numbers of a segment, relative to its incarnation's ISN. */
uint32_t wire_seq(const struct wire_packet *packet);
uint32_t wire_ack(const struct wire_packet *packet);

/* Descriptors that become readable when a host sends: at most ROOM; returns how many. */
size_t wire_poll_fds(const struct wire *wire, int *fds, size_t room);

#endif
