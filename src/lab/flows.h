/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_LAB_FLOWS_H
#define SOCKSTEP_LAB_FLOWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "net/packet.h"

/*
 * What passed between two addresses, one way each: the initial sequence numbers (ISN) that were
 * seen, so that numbers can be told relative to that of the incarnation that they belong to. The
 * youngest FLOWS_MOST are kept, and each is found in the same time, however many there are.
 */
#define FLOW_ISNS  4
#define FLOWS_MOST 1024

struct flow {
	struct address src, dst;
	uint64_t hash;           /* of both; 0: not used yet */
	unsigned long order;     /* of its first packet, among all flows; from 1 */
	uint32_t isn[FLOW_ISNS]; /* the youngest first */
	int isns;
	bool first_seen;        /* no SYN was seen: counted from the first number seen */
	uint32_t end, acked;    /* behind the last that was sent; the last ACK that was */
	uint32_t syn, syn_span; /* of the last SYN, made up or not; 0: none was seen */
	bool has_end, has_ack;  /* of the youngest incarnation */
	uint64_t owner;         /* of the socket at src, for whoever asks; 0 with each new ISN */
};

struct flows {
	struct flow *list; /* a ring */
	size_t next;
	struct map by_hash;
	unsigned long last_order;
};

/* Returns 0, or -1 when out of memory. */
int flows_init(struct flows *flows);
void flows_free(struct flows *flows);

/* NULL: none is known. Valid until flows_at() or flows_learn(). */
struct flow *flows_find(const struct flows *flows, const struct address *src,
			const struct address *dst);

/* The same, and makes it where there is none; the oldest is forgotten for it. */
struct flow *flows_at(struct flows *flows, const struct address *src, const struct address *dst);

/* What the numbers of a segment count from. */
struct flow_base {
	uint32_t seq, ack;
	bool first_seen;
};

/* Learns from a packet. Of what is no TCP segment nothing is learnt: all zero. */
struct flow_base flows_learn(struct flows *flows, const struct packet *head);

/*
 * The same of a packet that was made up. It tells nothing of the ends' own numbers: only where
 * there are none yet they begin with it, or when it is a SYN that is answered.
 */
struct flow_base flows_injected(struct flows *flows, const struct packet *head);

/*
 * Each: false where it was not seen. The ISN of what SRC sends to DST; the number that DST expects
 * next of it, the last that it acknowledged; the number behind the last that SRC has sent.
 */
bool flows_isn(const struct flows *flows, const struct address *src, const struct address *dst,
	       uint32_t *out);
bool flows_expected(const struct flows *flows, const struct address *src, const struct address *dst,
		    uint32_t *out);
bool flows_end(const struct flows *flows, const struct address *src, const struct address *dst,
	       uint32_t *out);

/* A TCP segment, with its header. */
bool flows_is_segment(const struct packet *head);

/* FNV-1a, a word at a time. */
#define FLOWS_HASH 0xcbf29ce484222325
uint64_t flows_mix(uint64_t hash, uint64_t value);

#endif
