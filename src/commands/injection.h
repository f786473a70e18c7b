/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_COMMANDS_INJECTION_H
#define SOCKSTEP_COMMANDS_INJECTION_H

#include "commands/rest.h"
#include "lab/wire.h"
#include "net/packet.h"

/* What `inject` is told: the packet that its words describe, and the fields that such words are. */

/* What a sequence number counts from. */
enum counted {
	COUNTED_NOT,      /* it was not given */
	COUNTED_ISN,      /* 101: from the ISN, as the ladder shows numbers */
	COUNTED_NEXT,     /* +0, -1: from the number that fits at this moment */
	COUNTED_ABSOLUTE, /* abs:305419896: it is the number */
};

struct injected_number {
	enum counted from;
	uint32_t value;
	struct word word;
};

/* What fields a packet can have. */
enum injected_kind {
	INJECT_TCP = 1,
	INJECT_UDP = 2,
	INJECT_ERROR = 4, /* of ICMP */
	INJECT_ECHO = 8,  /* of ICMP */
	INJECT_ANY = 15,
};

struct injection {
	const struct lab *lab;
	const struct wire *wire;
	struct host *from;
	struct host *to; /* of a raw packet, whoever its bytes say it is for; else NULL */
	enum injected_kind kind;
	struct packet head;
	struct address source; /* src=; len 0: FROM's own */
	struct injected_number seq, ack;
	struct buf data;
	bool has_flags, has_data, has_mtu;
	/* Only so many bytes of what is behind its IP header, from there on; 0: all. */
	long fragment_at, fragment_len, fragment_id;
	struct word fragment;
};

/* A host's name or an IP address; HOST is who has it, NULL: nobody. FAMILY is a host's: AF_INET
 * or AF_INET6. Returns 0, or -1 with ERR placed. */
int injection_where(const struct lab *lab, const struct word *word, int family, struct address *out,
		    struct error *err);

/* 80 → 40000, with -> or a blank in place of the arrow, or as one word: takes what it is of WORDS,
 * from *AT on. */
int injection_ports(const struct rest *words, int *at, int ports[2], struct error *err);

/* Flags, a field or bytes. Returns 0, or -1 with ERR placed. */
int injection_word(struct injection *to, const struct word *word, struct error *err);

/* Sequence and acknowledgement number, once all words are read. */
int injection_numbers(struct injection *to, struct error *err);

/* A field: "seq=", or without = where it has no value. */
struct injection_field {
	const char *name;
	unsigned of; /* enum injected_kind */
	int (*read)(struct injection *to, const struct word *value, struct error *err);
	const char *text; /* what it is */
};

/* In order; NULL past the last. */
const struct injection_field *injection_field_at(size_t index);
extern const struct names injection_flags;

#endif
