/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_STEP_H
#define SOCKSTEP_SESSION_STEP_H

#include <stdbool.h>
#include <stddef.h>

#include "calls/byte_order.h"
#include "calls/call.h"
#include "calls/message.h"
#include "calls/ready.h"
#include "kernel/endpoint.h"
#include "kernel/fdinfo.h"
#include "net/packet.h"

/*
 * A step as data: all that a renderer needs, so that it asks nobody. Its strings and endpoints
 * live until the next step is made.
 */

enum shown_role {
	SHOWN_TOUCHED,  /* the call named it */
	SHOWN_PEER,     /* the other end */
	SHOWN_QUEUED,   /* waits in a listener's accept queue, without a descriptor */
	SHOWN_LISTENER, /* in whose queue something happened */
	SHOWN_GHOST,    /* outlives its descriptor */
};

/* A descriptor of some process. */
struct sharer {
	const char *process;
	int fd;
};

#define SHOWN_HOSTS 16

struct shown {
	enum shown_role role;
	const char *process; /* "main" */
	const char *host;    /* NULL outside the lab */
	int fd;              /* the lowest of its descriptors; -1: none */
	int also_fd;         /* another of them, as dup() makes; -1: none */
	const char *name;    /* given with NAME =, or NULL */
	/* Where more than one process has it: all descriptors that lead to it, PROCESS's first. */
	const struct sharer *sharers;
	size_t sharer_count;
	const char *closed_process; /* another's, whose closed_fd was closed in this step; NULL */
	int queue_of;               /* the listener's descriptor, for SHOWN_QUEUED; -1 */
	int closed_fd;              /* the descriptor that it had, for SHOWN_GHOST; -1 */
	struct endpoint now;
	struct endpoint was; /* as it was shown last; meaningless unless `known` */
	bool known;          /* it was shown before */
	uint32_t changed;    /* bits of endpoint_diff(); 0 where not known */
	bool gone;           /* the kernel has it no longer: `now` is what it was */
	bool closed;         /* its descriptor was closed, or taken over, in this step */
	bool untold;         /* not a socket, or nothing tells of it: `what` says why */
	char what[48];
	const struct fdinfo *info; /* of what is no socket: more of it; NULL: nothing is told */
};

/* The step in which a packet came on the wire, for a ladder of what happened earlier. */
struct shown_cause {
	unsigned long step;
	const char *process;
	const char *command; /* NULL: nobody typed anything */
};

/* What is shown of loopback. */
struct shown_loopback {
	bool shown;
	bool allowed; /* it can be, somewhere: on a host, or on the explorer's own network */
	bool own;     /* that of the explorer's own network is, too */
	unsigned long seen, lost;
};

/*
 * A packet of the lab's wire, and what became of it in this step. One that was held has several
 * such moments: it came; it was delivered, say. Or one that went over loopback, whose states cannot
 * be told packet by packet.
 */
struct shown_packet {
	unsigned long number;
	const char *from, *to;    /* hosts; `to` NULL: all others (to_all), or none */
	int from_order, to_order; /* numbers of the hosts; 0: none */
	bool to_all;
	bool injected;      /* made up by `inject`: nobody has sent it */
	bool loopback;      /* then `from` and `to` are processes; NULL: none of the session */
	int from_fd, to_fd; /* over loopback: of these processes; -1: none */
	const char *host;   /* over loopback: whose; NULL: that of no host */
	unsigned reached;   /* of those, the hosts that got it: bits, of the first host 1 */
	/* By such a host's place in `hosts`: the state of the socket that it found there, which a
	 * datagram does not change (enum endpoint_state). */
	unsigned char found[SHOWN_HOSTS];
	const char *const *hosts; /* of the lab, in their order, NULL behind; NULL: no lab */
	struct packet head;
	uint32_t seq, ack; /* of a segment: relative to the ISN of its sender, of its receiver */
	/* held delayed delivered reordered corrupted duplicated dropped lost */
	const char *fate;
	unsigned rule;        /* that gave it its fate; 0: none */
	bool full;            /* it was dropped since the wire holds as many as it may */
	long left_us;         /* of one that is delayed: until it goes on; else -1 */
	bool waited;          /* it was held, or delayed, before this moment */
	unsigned retransmits; /* how often it came again while it was held */
	/* Of the packet: until the next command. NULL in a ladder of what happened earlier. */
	const unsigned char *bytes;
	size_t len, whole; /* bytes that are here, of so many */
	/*
	 * Both ends' sockets before and after; STATE_NONE: no socket, or none that has states. Of
	 * an ICMP error's receiver, that which had sent what it quotes.
	 */
	enum endpoint_state from_was, from_now, to_was, to_now;
	uint64_t from_cookie, to_cookie; /* of these sockets (SO_COOKIE); 0: none */
	const struct shown_cause *cause; /* NULL: the step that is told now */
};

/* What was seen of a connection, or of all. */
struct shown_ladder {
	const char *process; /* whose descriptor FD is */
	int fd;              /* -1: all packets */
	const struct shown_packet *list;
	size_t count;
	unsigned long forgotten; /* packets before these, on the whole wire; 0: there are none */
};

/* A signal that came to a process. Its strings live until the next one is told. */
struct came {
	const char *process;
	const char *name; /* "SIGURG" */
	int fd;           /* that it is about; -1: the kernel does not tell */
	const char *band; /* with fd: "POLLIN|POLLRDNORM"; else NULL */
	int sender;       /* who sent it by kill(2) and the like; 0: the kernel */
	const char *why;
};

enum step_event {
	STEP_DONE,      /* the call returned */
	STEP_WAITING,   /* it waits: a job now */
	STEP_COMPLETED, /* a job returned */
	STEP_WIRE,      /* no call: something happened on the lab's wire */
	STEP_CRASH,     /* no call: a socket was made to forget */
};

struct step {
	enum step_event event;
	unsigned long number; /* from 1 */
	unsigned long line;   /* of the script; 0 at the prompt */
	const char *process;
	const char *command; /* as typed */
	size_t command_len;
	const struct call *call; /* NULL: STEP_WIRE, STEP_CRASH */
	const char *text;        /* the C call */
	bool returned;           /* result and error mean something */
	long result;
	int error;       /* errno, where result is -1; an EAI_ number, where it is that; else 0 */
	int beneath;     /* with EAI_SYSTEM: errno; else 0 */
	const char *why; /* an explanation of the failure, or of a result that surprises; NULL */
	const char *forked;    /* the process that it has made; NULL: none */
	int job;               /* its number; 0: none */
	bool background;       /* was asked for with & */
	const char *waits_for; /* "a connection on fd 3", for STEP_WAITING */
	const void *data;      /* bytes received; NULL: none */
	size_t data_len;
	/* What a call has received beside the bytes (struct msghdr), while this step is told; NULL:
	 * it is another call. */
	const struct message *message;
	const struct value *messages; /* the same of several (struct mmsghdr) */
	size_t message_count;
	/* What a call has found ready that waits for several descriptors, by these names; NULL: it
	 * is another call. */
	const struct names *ready_names;
	const struct ready *ready;
	size_t ready_count;
	/* What a call has turned to another order of bytes, or an address's bytes; NULL. */
	const struct byte_order *order;
	const struct value *answers; /* of getaddrinfo (calls/answers.h); NULL */
	const char *host, *service;  /* of getnameinfo; NULL */
	const struct shown *endpoints;
	size_t endpoint_count;
	const struct shown_packet *packets;
	size_t packet_count;
	unsigned long packets_untold; /* more than can be told */
};

#endif
