/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_SESSION_H
#define SOCKSTEP_SESSION_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/failure.h"
#include "calls/call.h"
#include "lab/sysctl.h"
#include "lab/wire.h"
#include "session/path.h"
#include "session/step.h"

/*
 * A learner's session: its processes, what it knows of their endpoints, its names and jobs. It
 * makes calls, waits until what they caused has happened, and tells what came of them.
 */
struct session;
struct owner; /* a process of the session, dead or alive */

enum session_signal {
	SIGNAL_NONE,
	SIGNAL_INTERRUPT, /* Ctrl-C: interrupt the call that is in the foreground */
	SIGNAL_SUSPEND,   /* Ctrl-Z: leave it as a job */
	SIGNAL_QUIT,      /* the run ends */
};

/* Whom the session tells. Steps arrive in the order in which they happened. */
struct session_hooks {
	void *data;
	void (*step)(void *data, const struct step *step);
	/* A process died; LIST is what became of its endpoints. */
	void (*died)(void *data, const char *process, const char *how, const struct shown *list,
		     size_t count);
	/* A signal came to a process: behind the step that it came with. */
	void (*came)(void *data, const struct came *came);
	/* What the person wants, asked when signal_fd is readable. */
	enum session_signal (*signal)(void *data);
	int signal_fd; /* -1: none */
};

struct session_config {
	struct session_hooks hooks;
	bool prompt;          /* a person watches: say at once when a call waits */
	long call_timeout_us; /* of a call in the foreground; 0: none */
	enum lab_clock clock; /* see session_set_clock() */
	enum lab_backend lab_backend;
	bool lab;             /* with two hosts, a and b */
	bool confined;        /* of a stranger's page: see calls/confine.h */
	bool private_network; /* that of the explorer is its own, and nobody else's */
};

/* Starts with one process, main, and those of the lab's hosts. NULL with ERR set. */
struct session *session_new(const struct session_config *config, struct error *err);
void session_free(struct session *session);

enum session_result {
	RUN_RETURNED,    /* the call returned (whatever it returned) */
	RUN_WAITS,       /* it is a job now */
	RUN_TIMED_OUT,   /* it waited longer than call_timeout_us, and was interrupted */
	RUN_INTERRUPTED, /* the person ended the run while it waited */
	RUN_FAILED,      /* it could not be made: ERR is set */
	RUN_DIED,        /* its process died while it was made */
};

/* How a call was asked for. The texts are copied. */
struct asked {
	const char *command; /* as typed */
	size_t command_len;
	const char *assign; /* NAME =; NULL: none */
	size_t assign_len;
	bool background;
	unsigned long line; /* of the script; 0 at the prompt */
};

/* What the kinds of arguments ask while words are read: the current process's descriptors. */
const struct resolver *session_resolver(struct session *session);

/*
 * The bracket around every call: it is made in the current process, errno is kept, the endpoints
 * are read once all has settled, the difference is taken, the step is told. VALUES are taken
 * over (and emptied) in any case.
 */
enum session_result session_call(struct session *session, const struct call *call,
				 struct value *values, const struct asked *asked,
				 struct error *err);

/* The process that calls go to: by name, NULL where there is none. */
struct owner *session_process(struct session *session, const char *name, size_t len);
struct owner *session_process_at(struct session *session, size_t index); /* NULL past the last */
struct owner *session_current(struct session *session);
void session_go_to(struct session *session, struct owner *owner);
const char *session_process_name(const struct owner *owner);
bool session_process_alive(const struct owner *owner);
int session_process_pid(const struct owner *owner);
const char *session_process_parent(const struct owner *owner); /* that forked it; NULL: none did */

/* Processes at most, with those that have died; and letters of a name. */
#define SESSION_PROCESSES 48
#define SESSION_NAME      31

/*
 * Starts a process that has died (or a new one) under this name, on a host of the lab (NULL: where
 * it was, or on the machine's own network). Returns 0, or -1 with ERR.
 */
int session_start(struct session *session, const char *name, size_t len, const char *host,
		  size_t host_len, struct error *err);

/*
 * Adds a host to the lab, and its first process, which has its name; the first host makes the lab.
 * V4 and V6 NULL: the next address. Returns 0, or -1 with ERR set.
 */
int session_add_host(struct session *session, const char *name, size_t len,
		     const struct address *v4, const struct address *v6, struct error *err);

/*
 * Whether what goes over loopback is shown with each step: on this machine's network if that is
 * allowed, on a private one, and within each host of the lab. Returns 0, or -1 with ERR set where
 * it is nowhere; *FORBIDDEN says that the user may not.
 */
int session_set_packets(struct session *session, bool on, bool *forbidden, struct error *err);
bool session_packets(const struct session *session);

struct shown_loopback session_loopback(const struct session *session);

/* The lab, to be looked at: NULL where there is none. It may be without a host. */
const struct lab *session_lab(const struct session *session);
const struct wire *session_wire(const struct session *session);

/* Host of a process; NULL: none. */
const char *session_process_host(const struct owner *owner);

/* Packets are held from now on; or flow, and what was held goes first. */
int session_hold(struct session *session, bool hold, struct error *err);

enum session_deed { DEED_DELIVER, DEED_DUPLICATE, DEED_DROP };

/*
 * Does something with a held packet (NUMBER 0: the oldest). Returns 0, or -1 with ERR set: no such
 * packet, or it is not held any more.
 */
int session_packet(struct session *session, enum session_deed deed, unsigned long number,
		   struct error *err);

/* The same, with more to say: TIME is how long; WITH 0 is the next one. */
int session_corrupt(struct session *session, unsigned long number, struct error *err);
int session_delay(struct session *session, unsigned long number, long delay_us, struct error *err);
int session_reorder(struct session *session, unsigned long number, unsigned long with,
		    struct error *err);

/* The wire's rules, which the caller may change. NULL with ERR set: there is no lab. */
struct rules *session_rules(struct session *session, struct error *err);

/*
 * What the wire holds, the oldest first, then what is delayed, the soonest first, with the states
 * of both ends as they are. The list is the session's, until the next call into it. Returns 0, or
 * -1 with ERR set.
 */
int session_held(struct session *session, const struct shown_packet **list, size_t *count,
		 struct error *err);

/* A packet that is held, or was of late, by its number. Returns 0, or -1 with ERR set. */
int session_packet_told(struct session *session, unsigned long number, struct shown_packet *out,
			struct error *err);

/*
 * What was seen of the packets of a descriptor's socket since its birth (a listener's: of all its
 * connections), or with FD -1 of all. OUT is the session's, until the next call into it. Returns 0,
 * or -1 with ERR set: there is no such socket.
 */
int session_ladder(struct session *session, int fd, struct shown_ladder *out, struct error *err);

/*
 * Puts a packet on the wire that nobody has sent, as if FROM had: LEN bytes, at least one. TO is
 * who gets it; NULL: whoever has its destination. Returns 0, or -1 with ERR set.
 */
int session_inject(struct session *session, struct host *from, struct host *to, const void *bytes,
		   size_t len, struct error *err);

/*
 * Makes a socket of the current process forget without a word, or all those of a process, which
 * then dies. Each tells what came of it. Returns 0, or -1 with ERR set: it may not, there is no
 * such socket, a call waits on it.
 */
int session_crash_socket(struct session *session, int fd, const char *command, size_t len,
			 struct error *err);
int session_crash_process(struct session *session, struct owner *owner, struct error *err);

/* Settles, and tells what came of such deeds as one step of COMMAND; then what jobs made of it. */
void session_tell_wire(struct session *session, const char *command, size_t len);

/*
 * Everything that the session knows of, read anew, in the order of descriptors, ghosts last. The
 * list is the session's, until the next call into it.
 */
size_t session_status(struct session *session, const struct shown **list);

/* One descriptor, read anew with all that the kernel tells. -1 with ERR set. */
int session_show(struct session *session, int fd, struct shown *out, struct error *err);

/*
 * The TCP endpoints of the session, read anew, each with the path that it has taken, and those
 * that have gone since the newest socket was made; or the one of a descriptor of the current
 * process, or what is left of the one that was closed last under its number. The list is the
 * session's, until the next call into it. -1 with ERR set: no such descriptor, or not TCP's.
 */
#define TRACE_ALL (-1)
int session_trace(struct session *session, int fd, const struct traced **list, size_t *count,
		  struct error *err);

/* 3, a name, or `.`: the descriptor of the current process; -1 with ERR set (place in TEXT). */
int session_descriptor(struct session *session, const char *text, size_t len, struct error *err);

/*
 * The descriptors of the current process from FROM to TO that are open, in order, without those of
 * sockstep itself; *FDS is the caller's to free(). Returns how many, at least one, or -1 with ERR
 * set.
 */
int session_open_descriptors(struct session *session, int from, int to, int **fds,
			     struct error *err);

/* The last step's outcome, for `expect`; data NULL where none was received. */
struct session_last {
	bool any;
	bool waiting; /* it became a job */
	long result;
	int error;
	uint64_t signals; /* bit N - 1: signal N has come since the call began */
	const void *data;
	size_t data_len;
	const char *why; /* NULL: nothing was explained */
};
const struct session_last *session_last(const struct session *session);

/* Jobs in the order of their numbers; NULL past the last. */
struct session_job {
	int number;
	const char *process;
	const char *text; /* the C call */
	const char *waits_for;
};
bool session_job(const struct session *session, size_t index, struct session_job *out);

/*
 * Waits for a job (NUMBER 0: for all, and for what is delayed on the wire), for call_timeout_us at
 * most. With INTERRUPTS, Ctrl-C interrupts its call, else it ends the wait. Returns what ended it:
 * RUN_RETURNED, RUN_WAITS (Ctrl-Z), RUN_TIMED_OUT, RUN_INTERRUPTED; RUN_FAILED with ERR where there
 * was never such a job.
 */
enum session_result session_wait(struct session *session, int number, bool interrupts,
				 struct error *err);

/* Lets time pass; steps of jobs are told as they come. RUN_RETURNED or RUN_INTERRUPTED. */
enum session_result session_sleep(struct session *session, long time_us);

/*
 * The same until DONE says so, TIME_US at most: RUN_TIMED_OUT. DONE is asked at first, after each
 * event, and every few milliseconds, since not all that the kernel does makes an event.
 */
enum session_result session_await(struct session *session, long time_us, bool (*done)(void *data),
				  void *data);

void session_set_timeout(struct session *session, long call_timeout_us);
long session_timeout(const struct session *session);

/*
 * What SIGPIPE does in the session's processes, those that live and those to come. Returns 0, or -1
 * with ERR set.
 */
int session_set_sigpipe(struct session *session, enum signals_pipe pipe, struct error *err);
enum signals_pipe session_sigpipe(const struct session *session);

/*
 * CLOCK_REAL: a step is told as it stands when its call has returned, delays of acknowledgements
 * and all. Otherwise, as at the start, what is on its way arrives first. The hosts of the lab have
 * their timers by it. Returns 0, or -1 with ERR set.
 */
int session_set_clock(struct session *session, enum lab_clock clock, struct error *err);
enum lab_clock session_clock(const struct session *session);

/* Takes the link of a host down or up; sets its MTU, in bytes. Each tells what came of it. */
int session_link(struct session *session, const char *host, size_t len, bool up, struct error *err);
int session_mtu(struct session *session, const char *host, size_t len, int mtu, struct error *err);

/* What stops those who make many of something. */
struct session_limit {
	const char *name;    /* "ephemeral ports" */
	const char *setting; /* "net.ipv4.ip_local_port_range" */
	const char *text;    /* what it is, and what happens there */
	const char *unit;    /* "bytes"; NULL: that is clear */
	long used;           /* so many are there; -1: not told */
	long first;          /* of a range to MOST; -1: none */
	long most;           /* -1: no limit */
};

/*
 * The limits of the current process, of its network and of the machine into LIST, as far as this
 * kernel tells of them. Returns how many.
 */
#define SESSION_LIMITS 16
size_t session_limits(struct session *session, struct session_limit list[SESSION_LIMITS]);

#define SOCKETS_NAME 48

/* Sockets of any process, whether it is one of the session or not. */
struct session_sockets {
	struct shown *list; /* `process`: "main", or the program and its number: "nginx 4711" */
	size_t count;
	char (*names)[SOCKETS_NAME];
};

/*
 * Those of one process, or all of the current process's network: on a local PORT, or (0) on any.
 * Returns 0, and OUT is to be freed; or -1 with ERR set: there is no such process, or it may not be
 * looked into.
 */
int session_sockets(struct session *session, int pid, int port, struct session_sockets *out,
		    struct error *err);
void session_sockets_free(struct session_sockets *sockets);

/* Reads a setting of a host's kernel, or sets it to VALUE (NULL: only reads). See lab/sysctl.h. */
int session_sysctl(struct session *session, const struct word *host, const struct word *name,
		   const char *value, struct sysctl *out, struct error *err);

/*
 * Sends a signal to a process, and tells what comes of it: a death, a job that ends, a signal that
 * was noted. Returns 0, or -1 with ERR set: it is dead, or there is no such signal.
 */
int session_kill(struct session *session, struct owner *owner, int signal, struct error *err);

/* Interrupts a job's call: EINTR. Returns 0, or -1 with ERR where there is none. */
int session_interrupt(struct session *session, int number, struct error *err);

/*
 * For an event loop: descriptors to watch, and what to do when one is readable; and at once,
 * without sleeping, where an answer is pending already, or a death that was not told.
 */
#define SESSION_POLL_FDS (2 * SESSION_PROCESSES + 2 * HOSTS_MOST + 1)
size_t session_poll_fds(const struct session *session, int *fds, size_t room);
/* How long until a delayed packet goes on, of which no descriptor tells; -1: none is. */
long session_next_us(const struct session *session);
bool session_pending(const struct session *session);
/* Returns whether anything was told. */
bool session_dispatch(struct session *session);

/*
 * What could not be known since the last step was told, or since this was asked: a call of our own
 * that failed (none: all zero), and whether memory ran out.
 */
bool session_failure(struct session *session, struct failure *failure);

/* Steps so far. */
unsigned long session_steps(const struct session *session);

/* What may be completed: the open descriptors of the current process with a hint each ("TCP
 * LISTEN 127.0.0.1:80"), names, addresses in use. Returns false past the last one. ENDPOINT is
 * copied by endpoint_copy(), and holds until the next call. */
bool session_hint(const struct session *session, size_t index, int *fd, const char **name,
		  const struct endpoint **endpoint);

/* The same of those that are no sockets: WHAT is "epoll", "pipe" … */
bool session_hint_other(const struct session *session, size_t index, int *fd, const char **name,
			const char **what);

#endif
