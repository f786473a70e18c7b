/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_STATE_H
#define SOCKSTEP_SESSION_STATE_H

#include "base/buf.h"
#include "base/map.h"
#include "calls/ready.h"
#include "kernel/diag.h"
#include "kernel/fdinfo.h"
#include "process/process.h"
#include "session/path.h"
#include "session/seen.h"
#include "session/session.h"
#include "session/stream.h"

/* What the files of this room share; nobody else includes it. */

/* A call of the learner's own that an explanation may speak of (past.h). */
struct past {
	unsigned long step;
	unsigned count;    /* of such calls since the last error was reported */
	struct address to; /* that it named; len 0: none */
	struct buf text;   /* the C call */
};

/*
 * An endpoint that the session knows of. What stands here is for finding it again and for the
 * difference: `now` was read in this step, or is overwritten before it is shown. There may be very
 * many: what few of them have stands elsewhere.
 */
struct known {
	struct known *next, *prev;
	uint64_t key;        /* its cookie; with KNOWN_TWIN for a TIME-WAIT beside its open fd */
	struct owner *owner; /* whose descriptor it is or was; of a queued one the listener's */
	struct owner *closed_owner; /* whose CLOSED_FD was */
	ino_t inode;                /* by which it is found in by_inode; 0 */
	uint64_t peer_key;          /* the other end as last seen; 0 */
	uint64_t listener_key;      /* in whose accept queue it waits; 0 */
	int refs;                   /* descriptors, of all processes */
	int fd;                     /* the lowest of them that OWNER has; -1 */
	int closed_fd;              /* the last one it had; -1 */
	bool in_ring;               /* of ghosts */
	bool shown;                 /* `last` means something */
	const struct endpoint *now; /* it is `last` or `read`; known_write() to write it */
	struct endpoint *last;      /* as last shown, by endpoint_keep(); owned */
	struct endpoint *read;      /* NULL while nothing was read since; owned */
	struct path *path;          /* TCP only, owned; NULL: it has none yet */
	/*
	 * What the kernel does not keep, and an explanation needs: that it was connected once;
	 * how its other end was closed (the descriptor, -1: it was not; what was unread then).
	 */
	bool ever_connected;
	bool shut_here;  /* its sending direction, by a call of shutdown */
	bool connecting; /* EINPROGRESS was given, and nothing has told the program the end */
	bool repaired;   /* TCP_REPAIR was set on it: close tells the other end nothing */
	int peer_closed_fd;
	int peer_forgot_fd; /* it was made to forget (crash); -1 */
	uint32_t peer_unread;
	unsigned passed;      /* messages with a descriptor of it that nobody was seen to receive */
	unsigned children;    /* of a listener: accepted so far */
	uint64_t first_child; /* of a listener: the first connection that was accepted; 0 */
	struct past *begun;   /* the connection; NULL: it was not. Owned */
	struct past *sent;    /* the last datagram, the same */
	struct stream stream; /* what arrives here */
	/* For the step that is being made. */
	unsigned long epoch; /* of the list that it is on */
	enum shown_role role;
	bool gone, closed;
};

#define KNOWN_TWIN ((uint64_t)1 << 63)

struct fd_entry {
	struct known *known; /* NULL: not a socket, or not open */
	char what[24];       /* what it is, if it was seen open and is no socket; else empty */
	char *name;          /* NAME =, owned; NULL: none */
};

struct owner {
	struct owner *next;
	struct process *process;
	char *name;
	struct host *host;    /* of the lab, on which it runs; NULL: the machine's own network */
	struct fd_entry *fds; /* by number */
	size_t fd_cap;
	bool buried;          /* dead, and the session was told */
	struct owner *parent; /* that forked it; NULL: none did */
};

struct untold {
	const struct owner *owner;
	struct descriptor told;
	bool closed; /* in this step; what it was is told still */
	struct fdinfo info;
};

struct job {
	struct job *next, *prev;
	struct job *restless_next;
	int number; /* 0 while nobody was told that it waits */
	struct owner *owner;
	uint32_t id;
	const struct call *call;
	struct value values[CALL_ARGS];
	struct frame *frame; /* the answer, once `answered` */
	bool waiting;        /* among the session's `jobs` */
	bool answered;
	bool background;
	bool persisted; /* it was to be interrupted, and cannot be */
	bool calm;      /* it sleeps, and is not among the restless */
	bool unwatched; /* what it waits for cannot be watched */
	ino_t watched;  /* the socket that it waits for; 0: nobody has asked yet */
	unsigned long line;
	uint64_t closes; /* the key of what it has closed while it still waits; 0 */
	struct buf command, assign, text, waits;
};

/* A state that was read around a packet, of an endpoint that the session does not know yet. */
struct early {
	uint64_t key;
	enum endpoint_state state;
	unsigned long packet;
};

#define TRACE_EARLY 64 /* of these, the newest */
#define TRACE_GONE  8  /* endpoints that are gone: the last ones are still told of */

struct trace {
	struct early early[TRACE_EARLY]; /* as a ring */
	unsigned long earlies;           /* so far */
	struct traced gone[TRACE_GONE];  /* as a ring */
	unsigned long gones;             /* so far */
	unsigned long old;               /* of them: before the newest socket was made */
	int error;                       /* errno of the step's call; 0 */
	bool connect;                    /* it is connect */
	bool reset;                      /* the step's call closed with a reset */
	struct traced *list;             /* as session_trace() made it */
	size_t count, cap;
};

/* Endpoints that steps read at once, mostly: room for so many is kept. */
#define ROOMS 16

/* Ghosts that are remembered; beyond that the oldest is forgotten for each new one. */
#define GHOSTS 1024

struct session {
	struct session_config config;
	struct resolver resolver;
	struct diag *diag;        /* of the machine's own network */
	struct network *network;  /* the lab; NULL: there is none */
	struct seen_moments seen; /* of its packets */
	struct owner *owners, *current;
	struct map by_key, by_inode;
	struct map by_name; /* a hash of the name to its fd_entry's owner and number */
	struct known *all;
	size_t queued;                 /* of them, in accept queues */
	struct endpoint *rooms[ROOMS]; /* for `read`, not in use; owned */
	size_t room_count;
	bool crashing;           /* what is closed now sends nothing */
	uint64_t ghosts[GHOSTS]; /* keys, as a ring */
	size_t next_ghost;
	struct owner *last_owner;
	int last_fd; /* `.` */
	unsigned long steps;
	bool together;         /* the processes keep to one processor */
	int last_job;          /* the highest number that was given */
	unsigned long signals; /* told so far */
	enum signals_pipe sigpipe;

	struct job *jobs; /* waiting, in the order in which they were made */
	struct job *last_waiting;
	size_t waiting_count;
	struct job *restless;  /* of them: may have been woken */
	size_t calm_count;     /* of them: the others */
	int wakes;             /* an epoll set of what the others wait for; -1: none yet */
	struct job *done;      /* answered, their step not told yet, in order */
	struct job *spare;     /* for reuse */
	struct frame *scratch; /* where answers arrive */

	/* The step that is being made. */
	unsigned long epoch;
	struct known **concerned;
	size_t concerned_count, concerned_cap;
	struct untold *untold; /* descriptors of the step that are no sockets */
	size_t untold_count, untold_cap;
	struct ready *ready; /* what its call has found ready */
	size_t ready_count, ready_cap;
	struct shown *shown;
	size_t shown_count, shown_cap;
	const struct owner *viewer; /* whose descriptors they are shown as, where it has any */
	struct sharer *sharers;     /* of those of `shown` */
	size_t sharer_count, sharer_cap;
	const struct owner *born; /* of a fork: the new process */
	struct buf why;
	struct session_last last;
	struct buf last_data;
	struct trace trace;
	/* What is to be told with the step, or after a verb: what it may lack. */
	bool out_of_memory;
	struct failure failure;
};

#endif
