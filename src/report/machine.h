/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_MACHINE_H
#define SOCKSTEP_REPORT_MACHINE_H

#include "session/path.h"

/* TCP's state machine as RFC 9293 has it (section 3.3.2), and an endpoint's way through it. */

enum arc {
	ARC_PASSIVE_OPEN,
	ARC_ACTIVE_OPEN,
	ARC_LISTEN_CLOSE,
	ARC_LISTEN_SEND,
	ARC_LISTEN_SYN,
	ARC_SYN_SENT_CLOSE,
	ARC_SYN_SENT_SYN,
	ARC_SYN_SENT_ACK,
	ARC_SYN_RECEIVED_RST,
	ARC_SYN_RECEIVED_ACK,
	ARC_SYN_RECEIVED_CLOSE,
	ARC_ESTABLISHED_CLOSE,
	ARC_ESTABLISHED_FIN,
	ARC_FIN_WAIT_1_ACK,
	ARC_FIN_WAIT_1_FIN,
	ARC_FIN_WAIT_2_FIN,
	ARC_CLOSING_ACK,
	ARC_CLOSE_WAIT_CLOSE,
	ARC_LAST_ACK_ACK,
	ARC_TIME_WAIT_OVER,
	ARC_DRAWN, /* figure 5 has those before */
	ARC_NOTE_2 = ARC_DRAWN,
	ARC_COUNT,
	ARC_NONE = ARC_COUNT,
};

struct arc_record {
	enum endpoint_state from, to;
	const char *event;  /* what happens: "rcv FIN" */
	const char *action; /* what TCP does: "snd ACK"; NULL: nothing */
	const char *call;   /* the function of the socket API that is the event; NULL: none */
};

extern const struct arc_record arcs[ARC_COUNT];

/* What is known of one step of an endpoint's way. */
enum leg_kind {
	LEG_READ,    /* both states were read, one after the other */
	LEG_ONLY,    /* not seen: on the machine's only way from one reading to the next */
	LEG_SHORT,   /* not seen: on the shortest of the ways */
	LEG_UNKNOWN, /* not seen, and there are several ways: only what they have in common */
	LEG_OTHER,   /* the machine has no way there */
};

struct leg {
	enum endpoint_state from, to;
	enum leg_kind kind;
	enum arc arc;                   /* ARC_NONE: LEG_UNKNOWN, LEG_OTHER */
	const struct path_point *point; /* the reading at its end; NULL: `to` was not read */
	const char *words;              /* more to say: a key of words.h; NULL */
};

/* A way from one reading to the next has five legs at most. */
#define TRAIL_MOST (PATH_MOST * 5)

struct trail {
	enum endpoint_state first; /* STATE_NONE: nothing was read */
	struct leg legs[TRAIL_MOST];
	size_t count;
};

/* The trail borrows from TRACED. */
void trail_follow(struct trail *trail, const struct traced *traced);

/*
 * "CLOSED (SYN-SENT) ESTABLISHED => CLOSED": as `expect path` has it. What was not seen is in
 * brackets, and => stands before a state to which the machine has no way.
 */
void trail_print(struct buf *out, const struct trail *trail);

/* Sentences about a leg, as its `words` say them. */
void trail_words(struct buf *out, const struct leg *leg);

#endif
