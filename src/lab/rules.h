/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_LAB_RULES_H
#define SOCKSTEP_LAB_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "lab/host.h"
#include "net/packet.h"

/*
 * What the wire does by itself with packets to come. A rule has a deed, what a packet must be for
 * it, and how likely and how often it acts. Pure: chance comes from a seed, so the same packets
 * meet the same fate on every run.
 */

enum rule_deed {
	RULE_DROP,
	RULE_LOSS, /* the same, by chance */
	RULE_DELAY,
	RULE_DUPLICATE,
	RULE_CORRUPT,
	RULE_HOLD,
	RULE_REORDER,
	RULE_DEEDS,
};

#define RULES_MOST 64

/* A chance is in millionths. */
#define RULE_ALWAYS 1000000

/* What chance begins with where no seed is given: nothing differs from run to run. */
#define RULE_SEED 1

/* A day: what is delayed for longer is lost. */
#define RULE_DELAY_MOST_US 86400000000L

struct rule {
	unsigned number; /* from 1; given once */
	enum rule_deed deed;
	long delay_us;
	/* What a packet must be. */
	int protocol;             /* IPPROTO_; 0: any */
	unsigned flags, no_flags; /* enum packet_flag: those that it has, and has not */
	bool data, no_data;
	const struct host *from, *to; /* NULL: any */
	int port;                     /* on either side; 0: any */
	uint32_t chance;
	uint64_t seed, state; /* of the chance: as given, as it is now */
	unsigned long most;   /* it acts so often; 0: for ever */
	unsigned long matched, acted;
};

struct rules {
	struct rule list[RULES_MOST]; /* in the order of their numbers */
	int count;
	unsigned last_number;
};

/* What the rules make of a packet: the number of the rule for each deed; 0: none. */
struct verdict {
	unsigned by[RULE_DEEDS];
	long delay_us;
};

/*
 * Reads what stands behind the deed: `tcp syn from a count 2`. COLUMN is where TEXT begins in its
 * line; LAB knows the hosts. Returns 0, or -1 with ERR and its place in that line.
 */
int rules_read(struct rule *out, enum rule_deed deed, const char *text, size_t len, int column,
	       const struct lab *lab, struct error *err);

/* The words that a rule is made of, for completion; NULL past the last. */
const char *rules_word(size_t index, const char **means);

/* The rule as it can be typed, with its deed: "loss 10% seed 1 udp". */
void rules_print(struct buf *out, const struct rule *rule);

/* Adds a copy, which gets the next number. NULL with ERR set: there are too many. */
const struct rule *rules_add(struct rules *rules, const struct rule *rule, struct error *err);

/* Returns 0, or -1 with ERR set: there is no such rule. */
int rules_remove(struct rules *rules, long number, struct error *err);
void rules_clear(struct rules *rules); /* numbers go on */
const struct rule *rules_find(const struct rules *rules, long number);

/*
 * What becomes of a packet FROM a host TO another (NULL: to all, or to nobody). Every rule that
 * matches acts, in the order of their numbers, until one drops it. Counts.
 */
struct verdict rules_judge(struct rules *rules, const struct packet *packet,
			   const struct host *from, const struct host *to);

#endif
