/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_PROCESS_CHANNEL_H
#define SOCKSTEP_PROCESS_CHANNEL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/failure.h"
#include "process/frame.h"

/*
 * How the explorer and one process talk: requests stand in memory that both share, mapped before
 * the fork and so at the same address in both; so do two queues of their numbers, those posted and
 * those answered, with a futex each: that wakes a thread in half the time that a socket takes. A
 * pair of sockets stands beside it, for two things: whoever polls sees by it that an answer came,
 * and each end sees by it that the other has died. No descriptor ever travels, since it would take
 * the lowest free number away from the user.
 *
 * A process may fork, and so may its children: the memory of CHANNELS_MOST channels is mapped at
 * once, of which each has one. What else a channel needs they have in common, by inheritance: the
 * process's end of the sockets, and the lifeline, a pipe that nobody writes to. When the explorer
 * ends, however it does, the kernel closes its end, and sends SIGKILL to all of them (O_ASYNC).
 *
 * A request is the explorer's until its number is posted, the process's until it is answered.
 */
#define CHANNEL_CALLS 1024                 /* that may wait at once */
#define CHANNEL_SLOTS (CHANNEL_CALLS + 1)  /* so that descriptors can be read even then */
#define CHANNEL_ROOM  (32 * 1024)          /* bytes of arguments that fit in a slot */
#define CHANNEL_NOTES 128                  /* of signals */
#define CHANNEL_LARGE (256L * 1024 * 1024) /* for those that do not; all channels together */
#define CHANNELS_MOST 32                   /* for a process and those that come of it */

enum request_kind {
	REQUEST_CALL,   /* make the call, then read its descriptors */
	REQUEST_READ,   /* only read the descriptors in `frame.read` */
	REQUEST_LIST,   /* the open descriptors, as int in argument 0 */
	REQUEST_PIPE,   /* what SIGPIPE does: enum signals_pipe in argument 0 */
	REQUEST_OPTION, /* getsockopt of an int: descriptor, level, option, then the value */
	REQUEST_FORGET, /* a descriptor in argument 0 closes without a word; -1: all get ready to */
	REQUEST_VALUES, /* all options of a descriptor, and of a fresh socket of its kind */
	REQUEST_REAP,   /* waitpid of a child that has ended: argument 0, then its status */
};

enum request_phase {
	REQUEST_FREE,
	REQUEST_SENT,
	REQUEST_IN_CALL,
	REQUEST_AFTER, /* the call returned; its answer is on the way */
};

struct request {
	enum request_kind kind;
	uint32_t id;
	_Atomic int phase;
	_Atomic pid_t tid; /* of the thread that makes the call */
	int no_thread;     /* the errno for which no thread was left to listen: the call was not
			    * made; 0: it was */
	struct frame frame;
	unsigned char room[CHANNEL_ROOM];
};

struct channel_queues;

struct channel {
	struct request *slots;         /* CHANNEL_SLOTS */
	struct channel_queues *queues; /* NULL: nothing comes of it any more */
};

/* What the channels of a process and of those that come of it have in common. */
struct channels {
	int explorer, process;         /* the two ends of the sockets; -1 where closed */
	int lifeline, lifeline_there;  /* the explorer's end, the process's; -1 where closed */
	unsigned char *memory, *large; /* LARGE: CHANNEL_LARGE bytes */
};

/* Returns 0, or -1 with ERR set and nothing left behind. */
int channels_open(struct channels *channels, struct error *err);
void channels_close(struct channels *channels);

/* The process's ends are its own: the explorer closes them when it has forked. */
void channels_close_there(struct channels *channels);

/*
 * Closes the explorer's ends: all processes are killed, or see that they are alone, and end; those
 * that sleep as soon as they are woken.
 */
void channels_hang_up(struct channels *channels);
void channel_wake(struct channel *channel);

struct channel channel_of(const struct channels *channels, int index);

/* As it was at first, so that another process can have it. Returns 0, or -1 with errno set. */
int channel_clear(const struct channels *channels, int index);

/* The explorer's side. */
void channel_post(struct channel *channel, int slot);

/* The next one that was answered, or -1: does not wait. */
int channel_answered(struct channel *channel);
bool channel_has_answer(const struct channel *channel);

/* What the process said when it could not go on. */
struct failure channel_last_words(const struct channel *channel);

/* The process that has begun to serve after a fork, by its own word; 0: none has. */
pid_t channel_born(const struct channel *channel);

/* Lets others on this processor run, a few times at most, until there is an answer. */
void channel_give_way(struct channel *channel);

/* Sleeps until there is an answer, for TIMEOUT_US at most, or less. */
void channel_await(struct channel *channel, long timeout_us);

/* The next signal that came to the process; false: none. Does not wait. */
bool channel_noted(struct channel *channel, struct signal_note *out);
bool channel_has_note(const struct channel *channel);

/* Whether sockets were told to send signals: then some may be on their way. */
bool channel_expects_signals(const struct channel *channel);

/*
 * The process's side, in any of its threads. The number of the next request, waited for; -1: the
 * explorer has gone. FD is the process's end of the sockets.
 */
int channel_take(struct channel *channel, int fd);
void channel_answer(struct channel *channel, int fd, int slot);

/* Threads that wait for a request look again at what is asked of each of them (signals.h). */
void channel_rouse(struct channel *channel);

/* The process ends, for CALL has failed, with errno as it is. */
_Noreturn void channel_give_up(struct channel *channel, const char *call);

void channel_expect_signals(struct channel *channel);

/* A process that was forked says who it is, before it takes anything. */
void channel_be_born(struct channel *channel, pid_t pid);

/* In a signal handler, too. Of more than CHANNEL_NOTES that nobody has taken, the rest is lost. */
void channel_note(struct channel *channel, int fd, const struct signal_note *note);

#endif
