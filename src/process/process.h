/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_PROCESS_PROCESS_H
#define SOCKSTEP_PROCESS_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "kernel/option_values.h"
#include "process/frame.h"

/*
 * A real child process that owns a descriptor table and makes calls. Its descriptors 0 to 2 are
 * /dev/null and 3 is free. It has as many threads as calls that wait, and one more that listens.
 * It ends when the explorer does, and so do those that are forked from it.
 */
struct process;

/*
 * What the new process does before all else: NULL, or the name of the call that failed, with errno
 * set, which ends it.
 */
struct process_entry {
	const char *(*enter)(const void *data);
	const void *data;
};

/*
 * Forks. PERFORM makes the calls there; ENTRY NULL: nothing comes before. The caller must be
 * single-threaded. NULL with ERR set.
 */
struct process *process_start(const char *name, frame_perform *perform,
			      const struct process_entry *entry, struct error *err);

/*
 * The same without ENTRY, but it begins, with a fork, when it is first asked for something, or for
 * its number. Where that fails it is dead, and process_death() tells why.
 */
struct process *process_later(const char *name, frame_perform *perform, struct error *err);
bool process_has_begun(const struct process *process);

/*
 * The process that a fork has made, by its answer, whose result is its number. It has the same
 * descriptors as PARENT, and its own threads: one. NULL with FAILURE: it is ended.
 */
struct process *process_forked(struct process *parent, const struct frame *answer, const char *name,
			       struct failure *failure);

/* Kills what still lives, and reaps it: process_death() tells. */
void process_end(struct process *process);

/* The same, and frees it. NULL is let pass. */
void process_free(struct process *process);

const char *process_name(const struct process *process);
pid_t process_pid(struct process *process);

/*
 * For poll(): readable when an answer or a signal came or the process died, until process_answer()
 * has said that there is none.
 */
int process_poll_fd(const struct process *process);

/* The same for its end, where the other may be open in another process as well; else -1. */
int process_end_fd(const struct process *process);

/*
 * A descriptor of ours to what its FD leads to (pidfd_getfd(2), Linux 5.6), close-on-exec, the
 * caller's to close; -1 with errno set.
 */
int process_copy_fd(struct process *process, int fd);

/* Whether an answer, or a signal, is there already; to be asked before sleeping on
 * process_poll_fd(). */
bool process_has_answer(const struct process *process);

/* Whether a descriptor number of the process is one of sockstep's own there. */
bool process_owns(const struct process *process, int fd);

/* How many of these are below LIMIT. */
int process_owned_below(const struct process *process, long limit);

/*
 * Sends a call (its IN bytes are copied). Returns its number, from 1, or 0 with ERR set: dead, or
 * too many calls wait already; a fork, that too many processes have come of one. The answer of a
 * fork that was made is for process_forked().
 */
uint32_t process_call(struct process *process, const struct frame *frame, struct error *err);

enum process_event {
	PROCESS_NOTHING, /* no answer within the time */
	PROCESS_ANSWER,
	PROCESS_DIED,
};

/*
 * The next answer to a call, whichever it is: its number in *ID, and in FRAME the result, the OUT
 * and BOTH bytes (malloc'd: process_frame_free()) and the descriptors told.
 * Waits TIMEOUT_US microseconds at most (-1: for ever; 0: not at all); a signal ends the wait
 * early with PROCESS_NOTHING.
 */
enum process_event process_answer(struct process *process, uint32_t *id, struct frame *frame,
				  long timeout_us);
void process_frame_free(struct frame *frame);

/*
 * Lets the process run, where it shares the caller's processor: its answer is there then, or its
 * call sleeps, and neither has taken a timer.
 */
void process_give_way(struct process *process);

/*
 * What follows asks the process, and waits for its answer: it fails when the process has died, or
 * is stopped (see process_refuses()).
 *
 * Reads descriptors (at most FRAME_READS) as they are now, whatever calls are waiting. Returns 0,
 * or -1.
 */
int process_read(struct process *process, const int *fds, int count, struct descriptor *told);

/*
 * The open descriptors from FROM on, in order: fills at most ROOM, and at most PROCESS_LIST;
 * returns how many there are, or -1.
 */
#define PROCESS_LIST 8192
int process_list(struct process *process, int from, int *fds, int room);

/*
 * The next signal that came to the process, false where there is none; never waits. It comes
 * before the answer of the call that it came with. A process begins with SIGNALS_PIPE_CATCH.
 */
bool process_signal(struct process *process, struct signal_note *out);
/*
 * False where a signal may be on its way: sockets were told to send some, and not all threads of
 * the process are asleep.
 */
bool process_at_rest(const struct process *process, struct failure *failure);

/* Returns 0, or -1: with errno where the process could be asked. */
int process_set_pipe(struct process *process, enum signals_pipe pipe);

/*
 * Closes a descriptor so that its socket says nothing to anybody (forget.h); FD -1: prepares all
 * of them, before the process is killed. Returns 0, or -1 with the call that failed in FAILURE:
 * EPERM where one may not, ESRCH where the process does not answer.
 */
int process_forget(struct process *process, int fd, struct failure *failure);

/*
 * A socket option that is an int, for explanations; never SO_ERROR, which reading consumes. False
 * with errno set where the kernel does not tell, or the process cannot be asked.
 */
bool process_option(struct process *process, int fd, int level, int option, int *value);

/* The options of a socket, and of a fresh one of its kind, as option_values_next() reads them. */
struct process_values {
	size_t len, fresh_len;
	int fresh_error;        /* errno, where no fresh socket could be made */
	struct failure failure; /* for which not all could be read */
	unsigned char bytes[OPTION_VALUES_ROOM], fresh[OPTION_VALUES_ROOM];
};

/* Returns 0, or -1. */
int process_values(struct process *process, int fd, int family, int type, int protocol,
		   struct process_values *out);

enum process_phase {
	PHASE_GONE,    /* not known here: answered already */
	PHASE_RUNNING, /* sent; not yet asleep in its call */
	PHASE_ASLEEP,  /* asleep in the kernel */
	PHASE_UNKNOWN, /* in its call; whether it sleeps cannot be read: errno is set */
};
enum process_phase process_phase(struct process *process, uint32_t id);

/*
 * Interrupts the wait of a call, once: with a signal whose handler has no SA_RESTART. Returns 0, or
 * -1 with errno set where the signal could not be sent.
 */
int process_interrupt(struct process *process, uint32_t id);

/* Whether it is stopped by a signal (or traced), and so answers nothing until it goes on. */
bool process_stopped(const struct process *process);

/* Why it cannot be asked: that it is dead, or stopped. Sets ERR; returns -1. */
int process_refuses(const struct process *process, struct error *err);

/* Once it died: "was killed by SIGKILL", "exited with status 3". */
const char *process_death(const struct process *process);
bool process_alive(const struct process *process);
int process_kill(struct process *process, int signal);

#endif
