/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_KERNEL_ENDPOINT_H
#define SOCKSTEP_KERNEL_ENDPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/failure.h"
#include "net/address.h"

/*
 * One socket as the kernel tells of it, put together from its descriptor (kernel/descriptor.h)
 * and from sock_diag (kernel/diag.h). Only what was read is marked as there: `has` holds a bit
 * for each field that this kernel told.
 */

/* RFC 9293's names, by the kernel's numbers (net/tcp_states.h); then those of other protocols. */
enum endpoint_state {
	STATE_NONE = 0,
	STATE_ESTABLISHED = 1,
	STATE_SYN_SENT,
	STATE_SYN_RECEIVED,
	STATE_FIN_WAIT_1,
	STATE_FIN_WAIT_2,
	STATE_TIME_WAIT,
	STATE_CLOSED,
	STATE_CLOSE_WAIT,
	STATE_LAST_ACK,
	STATE_LISTEN,
	STATE_CLOSING,
	STATE_UNCONNECTED = 64, /* UDP, UNIX, raw … */
	STATE_CONNECTED,
};

/* Bits of `has`, and of a difference. */
enum endpoint_field {
	FIELD_STATE = 1 << 0,
	FIELD_LOCAL = 1 << 1,
	FIELD_PEER = 1 << 2,
	FIELD_RECV_QUEUE = 1 << 3,   /* bytes; datagram sockets too */
	FIELD_SEND_QUEUE = 1 << 4,   /* bytes */
	FIELD_ACCEPT_QUEUE = 1 << 5, /* length and backlog of a listener */
	FIELD_TIMER = 1 << 6,
	FIELD_INODE = 1 << 7,
	FIELD_COOKIE = 1 << 8,
	FIELD_UID = 1 << 9,
	FIELD_SHUTDOWN = 1 << 10, /* RCV_SHUTDOWN 1, SEND_SHUTDOWN 2 */
	FIELD_MEMORY = 1 << 11,
	FIELD_TCP_INFO = 1 << 12,
	FIELD_CONGESTION = 1 << 13,
	FIELD_TOS = 1 << 14,
	FIELD_TCLASS = 1 << 15,
	FIELD_V6ONLY = 1 << 16,
	FIELD_MARK = 1 << 17,
	FIELD_READY = 1 << 18,      /* poll(2) */
	FIELD_FILE_FLAGS = 1 << 19, /* F_GETFL */
	FIELD_FD_FLAGS = 1 << 20,   /* F_GETFD */
	FIELD_UNIX_PEER = 1 << 21,
	FIELD_PENDING = 1 << 22, /* who waits in a UNIX listener's queue */
	FIELD_INTERFACE = 1 << 23,
	FIELD_DROPS = 1 << 24,
	FIELD_ALGORITHM = 1 << 25, /* what the congestion control tells of itself */
	FIELD_QUICK_ACK = 1 << 26,
	FIELD_FILE = 1 << 27, /* dumps of UNIX sockets tell it */
};

/* idiag_timer; names_timer names them. */
struct endpoint_timer {
	int kind;
	uint32_t expires_ms;
	uint32_t retransmits; /* or unanswered probes */
};

#define ENDPOINT_PENDING  64
#define ENDPOINT_TCP_INFO 512 /* room for newer kernels' too */
#define ENDPOINT_SKMEM    9   /* SK_MEMINFO_VARS and what may follow */
#define ENDPOINT_CC_INFO  32  /* union tcp_cc_info, with room for newer ones */

struct endpoint {
	uint32_t has;
	int family, type, protocol; /* AF_, SOCK_, IPPROTO_ */
	enum endpoint_state state;
	uid_t uid;
	struct failure failure; /* why a field may be missing: a call that should not fail did */
	uint64_t cookie;
	ino_t inode;
	struct address local, peer;
	uint32_t recv_queue, send_queue; /* bytes */
	uint32_t accept_length, accept_backlog;
	struct endpoint_timer timer;
	/*
	 * A TIME-WAIT that lives on while its descriptor is still open is another object than the
	 * descriptor's socket, with the same cookie: the pair (cookie, ghost) is an identity.
	 */
	bool ghost;       /* told by sock_diag with inode 0: no descriptor anywhere */
	bool shares_port; /* of a TCP listener: SO_REUSEPORT, by its descriptor */
	bool quick_ack;   /* acknowledgements are not delayed at present (TCP_QUICKACK) */
	bool v6only;
	uint8_t shutdown;
	uint8_t tos, tclass;
	short ready; /* POLLIN … */
	uint32_t mark;
	uint32_t drops;
	int ifindex; /* SO_BINDTODEVICE; 0: none */
	int file_flags, fd_flags;
	char congestion[16];
	int cc_attribute; /* which INET_DIAG_…INFO cc_info holds */
	unsigned char cc_info[ENDPOINT_CC_INFO];
	size_t cc_info_len;
	uint32_t skmem[ENDPOINT_SKMEM];
	uint32_t file_inode, file_device; /* of its path, as the kernel has them */
	size_t skmem_count;
	ino_t unix_peer;
	size_t tcp_info_len;
	size_t pending_count;
	/* What TCP has, or UNIX: never both. It stands last, for endpoint_keep(). */
	union {
		unsigned char tcp_info[ENDPOINT_TCP_INFO];
		ino_t pending[ENDPOINT_PENDING]; /* inodes of the clients in an accept queue */
	};
};

/* "LISTEN": for JSON and the screen; "" for STATE_NONE. */
const char *endpoint_state_name(enum endpoint_state state);
bool endpoint_state_find(const char *word, enum endpoint_state *state);

/* TCP, UDP, UNIX, ICMP, RAW … : the short name of what it is ("TCP6" is never said). */
const char *endpoint_kind(const struct endpoint *endpoint);

/* Bits of the fields that a learner watches and that differ: state, addresses, queues, timer
 * kind and retransmits (not its expiry), shutdown. Fields that one side lacks count as changed,
 * an absent queue as 0, though, an absent timer as off and an absent shutdown as none. */
uint32_t endpoint_diff(const struct endpoint *was, const struct endpoint *now);

/* Lays what sock_diag told over what the descriptor told: the former wins where both tell. */
void endpoint_merge(struct endpoint *endpoint, const struct endpoint *diag);

/*
 * A copy in no more bytes than it needs: what tcp_info and pending have no use for is not there.
 * It is read by its members, as any other, and never copied whole but by endpoint_copy(). KEPT is
 * NULL or such a copy, for reuse. The caller frees what is returned. NULL: out of memory; KEPT is
 * as it was.
 */
struct endpoint *endpoint_keep(struct endpoint *kept, const struct endpoint *endpoint);

/* FROM may have been kept. */
void endpoint_copy(struct endpoint *to, const struct endpoint *from);

/* Whether they are the same to the last byte; false may be said of two that hold the same. */
bool endpoint_same(const struct endpoint *a, const struct endpoint *b);

#endif
