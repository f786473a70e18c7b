/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_PROCESS_FRAME_H
#define SOCKSTEP_PROCESS_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/failure.h"
#include "kernel/descriptor.h"

#define FRAME_ARGS  7
#define FRAME_READS 16

/* A signal that came to a process. */
struct signal_note {
	int number;
	int fd;     /* the descriptor that it is about; -1: the kernel does not tell */
	long band;  /* with fd: its POLLIN and so on */
	int sender; /* who sent it by kill(2) and the like; 0: the kernel itself */
};

/* What SIGPIPE does in a process. */
enum signals_pipe {
	SIGNALS_PIPE_CATCH,   /* noted, and the call fails with EPIPE */
	SIGNALS_PIPE_DEFAULT, /* kills it */
	SIGNALS_PIPE_IGNORE,  /* the call fails with EPIPE */
};

/* Which way an argument's bytes travel. A number always goes there and comes back. */
enum frame_way {
	FRAME_NUMBER, /* no bytes */
	FRAME_IN,     /* from the caller to the kernel */
	FRAME_OUT,    /* room of `size` bytes for the kernel to fill; `size` is then what it filled;
		       * 0 bytes: a null pointer */
	FRAME_BOTH,   /* bytes that the kernel changes (struct pollfd) */
};

struct frame_arg {
	enum frame_way way;
	long number;
	void *data; /* owned by whoever filled it in; see process.h */
	size_t size;
};

/* One call as it is made in a process: its arguments, and what came of it. */
struct frame {
	unsigned call; /* which: an index that the process's perform function understands */
	struct frame_arg arg[FRAME_ARGS];
	long result;
	int error;   /* errno, where result is -1; or an EAI_ number, where it is that */
	int beneath; /* with EAI_SYSTEM: errno */
	long before; /* bytes of the next datagram (or of all that waits) before a receiving call;
		      * what was unread before a close; 0: none, or not known */
	int linger;  /* the seconds of SO_LINGER before a close; -1: off, or not known */
	int state;   /* TCP's before a close that throws data away; 0: not known */
	struct failure failure; /* of a call beside it that was to learn something of these */
	int unmade;             /* errno, where the call was not made for want of a thread */
	bool lost;              /* bytes that came back are missing: memory was out */
	bool may_wait;          /* it can block: somebody else must listen meanwhile */
	bool forks;             /* it returns twice, the second time in a new process */
	int heir;               /* with forks: the channel that the new process takes */
	bool may_signal;        /* with this call sockets were told to send signals to a process */
	bool result_is_fd;      /* read the descriptor that comes back too */
	int pair_arg; /* the argument whose bytes are two new descriptors, from 1; 0: none */
	/* Descriptors to be read after the call; then what they told. */
	int reads;
	int read[FRAME_READS];
	struct descriptor told[FRAME_READS];
};

/* One more descriptor that is read after the call: for who makes it, and has got it by it. */
void frame_read(struct frame *frame, int fd);

/* Makes the call: sets result, leaves errno as the kernel gave it. Runs in the process. */
typedef void frame_perform(struct frame *frame);

#endif
