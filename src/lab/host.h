/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_LAB_HOST_H
#define SOCKSTEP_LAB_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"
#include "net/address.h"

/*
 * A host of the lab: a network namespace with loopback and one link, whose other end is the wire.
 * All hosts stand in one user namespace that is the user's own, so nothing here takes root. What
 * keeps a namespace alive is the descriptors here and the processes in it: when they are gone, it
 * is gone, however they went.
 *
 * The link has an IPv4 and an IPv6 address, a route to its subnet and a default route. By default
 * its routes acknowledge at once and retransmit after a minute (enum lab_clock), so that nothing
 * happens by itself while somebody thinks.
 */

#define HOSTS_MOST 16
#define HOST_MTU   1500
#define HOST_NAME  16 /* bytes, its NUL among them */

#define HOST_PREFIX4 24
#define HOST_PREFIX6 64

/* How a link reaches the wire. */
enum lab_backend {
	LAB_ANY,  /* TUN where /dev/net/tun opens, else veth */
	LAB_TUN,  /* a TUN device */
	LAB_VETH, /* a veth pair; its other end, in a namespace of its own, is read by packet(7) */
};

/* When the timers of TCP fire. */
enum lab_clock {
	CLOCK_SETTLED, /* acknowledgements at once, retransmissions after a minute */
	CLOCK_REAL,    /* the kernel's defaults, of its other settings too */
	CLOCK_FAST,    /* acknowledgements at once, retransmissions after 20 ms */
};

struct host {
	char name[HOST_NAME];
	int number; /* from 1, in the order of making */
	struct address v4, v6;
	unsigned prefix4, prefix6;
	int mtu;
	bool up;
	bool unready6; /* the kernel is still busy with its IPv6 address: lab_await() */
	/* Descriptors, the host's own: the namespace; the wire's end of the link (non-blocking);
	 * rtnetlink and sock_diag within the namespace. */
	int net, wire, route, diag;
	int maker;            /* where its process tells of it, until it is made; -1 */
	int ifindex;          /* of the link, in the host */
	unsigned char mac[6]; /* of a veth link */
	int peer;             /* the other end of a veth link: its interface; 0: a TUN device */
	int inner, outer; /* of a veth link: packet sockets for markers in the host, at the wire */
};

struct lab {
	enum lab_backend backend; /* TUN or veth, from the first host on */
	enum lab_clock clock;
	int user;     /* the user namespace, as a descriptor; -1: no host yet */
	int wire_net; /* with veth: where the other ends are; -1 */
	struct host *hosts[HOSTS_MOST];
	int count;
	bool impossible; /* the last host could not be made: this machine cannot */
	bool unready;    /* the kernel is still busy with one of them */
};

/* An empty lab. BACKEND as wanted. Nothing is made before its first host. */
void lab_init(struct lab *lab, enum lab_backend backend);
void lab_free(struct lab *lab);

/*
 * How the first process of a host is started, which makes its network and lives in it. START forks
 * it; ENTER(ARG) is to run there before all else, and returns NULL, or the name of a call that
 * failed, with errno set: the process must end then. DIED is asked when it has ended without a
 * word: sets ERR to how, and returns -1.
 */
struct host_starter {
	int (*start)(void *data, const struct host *host, const char *(*enter)(const void *arg),
		     const void *arg, struct error *err);
	int (*died)(void *data, struct error *err);
	void *data;
};

/*
 * Begins a host, the last of the lab then, which its process goes on making: several are made side
 * by side. V4 and V6 NULL: 10.0.0.N/24 and fd00::N/64, N its number, or the next that is free. The
 * caller must have one thread. NULL with ERR set: a name or an address that is taken or cannot be,
 * too many, a machine that cannot (with the cause and, where known, the remedy). A process that was
 * started is the caller's to end then.
 */
struct host *lab_begin(struct lab *lab, const char *name, size_t len, const struct address *v4,
		       const struct address *v6, const struct host_starter *starter,
		       struct error *err);

/*
 * Waits until the host is made. Returns 0, or -1 with ERR set, as lab_begin(): the host is still
 * there, to be dropped.
 */
int lab_finish(struct lab *lab, struct host *host, const struct host_starter *starter,
	       struct error *err);

/*
 * Waits until all hosts take packets to all of their addresses, which the kernel sees to meanwhile.
 * To be called before anything is sent. Returns 0, or -1 with errno set.
 */
int lab_await(struct lab *lab);

/*
 * Whether this can be the address of a host that is yet to be made; LAB may be NULL. Returns 0, or
 * -1 with ERR set.
 */
int lab_check_address(const struct lab *lab, const struct address *address, struct error *err);

/* Takes the youngest host back. */
void lab_drop_last(struct lab *lab);

struct host *lab_find(const struct lab *lab, const char *name, size_t len);

/* The host that has this address (of either family; the port is let pass); NULL: none. */
struct host *lab_owner(const struct lab *lab, const struct address *address);

/* Moves the calling process, of one thread, into the host. Returns 0, or -1 with errno set. */
int host_enter(const struct lab *lab, const struct host *host);

/* The next packet that the host sent, cut to ROOM bytes; 0: none waits; -1 with errno set. */
ssize_t host_receive(const struct host *host, void *bytes, size_t room);

/* Gives the host a packet from the wire. Returns 0, or -1 with errno set (EIO: link down). */
int host_deliver(const struct host *host, const void *bytes, size_t len);

/*
 * Waits until all that was on its way between the wire and the host has arrived, both ways. What
 * a TUN device is given is taken in before write() returns; a veth pair has a queue, which the
 * kernel may leave to a thread of its own. A frame of a kind that nobody else uses goes through the
 * same queue, there and back: when it has returned, whatever went before has arrived. Returns
 * whether anything may have arrived meanwhile.
 */
bool host_settle(const struct host *host);

/* Each returns 0, or -1 with ERR set. */
int host_set_link(struct lab *lab, struct host *host, bool up, struct error *err);
int host_set_mtu(struct host *host, int mtu, struct error *err);
int lab_set_clock(struct lab *lab, enum lab_clock clock, struct error *err);

#endif
