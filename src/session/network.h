/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_NETWORK_H
#define SOCKSTEP_SESSION_NETWORK_H

#include "lab/wire.h"
#include "session/loopback.h"
#include "session/state.h"

/*
 * The session's lab: its hosts, how sock_diag is asked on each, and what the wire did in the step
 * that is being made. Without hosts it is there for loopback's packets alone.
 */

/* Packets of one step that are told one by one; the others are counted. */
#define NETWORK_TOLD 1000

struct network {
	struct lab lab;
	struct wire wire;
	struct diag *diags[HOSTS_MOST];
	struct loopback loopback;
	const char *names[HOSTS_MOST + 1]; /* of the hosts */
	struct shown_packet *list;
	size_t count, cap;
	unsigned long untold; /* beyond those of the list */
	/* Of the step: how often one host answered another, where nobody did but acknowledge, and
	 * who was the last; and whether that was so often that the wire was told to hold. */
	unsigned answers;
	const struct host *answered;
	bool storm;
	struct shown_packet *held; /* as network_list_held() found them */
	size_t held_count, held_cap;
};

/*
 * The processes of a new session with a lab: main, and those of two hosts, a and b. Returns 0, or
 * -1 with ERR set.
 */
int hosts_begin(struct session *session, struct error *err);

/* Where the sockets of a process are looked up. */
struct diag *network_diag(const struct session *session, const struct owner *owner);

/*
 * Where a socket with this address would be, seen from a process: on its own host, or on the one
 * that has the address. NULL: on none that can be asked.
 */
struct diag *network_diag_at(const struct session *session, const struct owner *owner,
			     const struct address *address);

/*
 * Carries what the hosts have sent: on, where the wire flows, else onto the list of the held.
 * Returns whether there was anything.
 */
bool network_drain(struct session *session);

/*
 * One that is new on the wire, as wire_take() or wire_inject() gave it: goes on, or is told to be
 * kept.
 */
void network_carry(struct session *session, struct wire_packet *packet, enum wire_event event);

/* Each does something with one packet, which is on the step's list then. */
void network_deliver(struct session *session, struct wire_packet *packet);
void network_duplicate(struct session *session, struct wire_packet *packet);
void network_drop(struct session *session, struct wire_packet *packet);
void network_delay(struct session *session, struct wire_packet *packet, long delay_us);

/* Delivers it damaged. Returns 0; -1: that would not be noticed, and nothing was done. */
int network_corrupt(struct session *session, struct wire_packet *packet);

/* A packet with the states of both ends as they are. */
struct shown_packet network_shown(struct session *session, const struct wire_packet *packet);

/* Lists what is held, then what is delayed, with the states of both ends as they are. */
void network_list_held(struct session *session);

/* What went over loopback is on the step's list, too. */
void network_passed(struct session *session, const struct wire_packet *packet);

/* Before anything is sent: waits until all hosts can be reached. Never long. */
void network_await(struct session *session);

/*
 * The session's network; the first time an empty one, without hosts, is made. NULL with ERR set:
 * out of memory.
 */
struct network *network_get(struct session *session, struct error *err);

/* All that was seen since the last step is a part of this one. */
void network_told(struct session *session, const struct step *step);

/* Descriptors that become readable when something happens: at most ROOM; returns how many. */
#define NETWORK_FDS (2 * HOSTS_MOST + 1)
size_t network_poll_fds(const struct session *session, int *fds, size_t room);
/*
 * What an ICMP error quotes, whose sender its receiver is: whether HEAD, of BYTES, quotes the
 * beginning of a packet of TCP or UDP.
 */
bool network_quotes(struct packet *quoted, const struct packet *head, const unsigned char *bytes,
		    size_t len);

/* The list is empty again. */
void network_begin(struct session *session);
void network_free(struct session *session);

#endif
