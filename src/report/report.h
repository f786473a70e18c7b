/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_REPORT_H
#define SOCKSTEP_REPORT_REPORT_H

#include <stdbool.h>

#include "base/error.h"
#include "base/out.h"
#include "lab/rules.h"
#include "session/path.h"
#include "session/step.h"

/*
 * Where in its source a line stands: for messages and for JSON. `file` NULL: the prompt.
 */
struct place {
	const char *file;
	unsigned long line;
	const char *text; /* the whole line */
	size_t len;
	const char *process; /* in which it was to run, for JSON; NULL: not known */
};

struct job_info {
	int number;
	const char *process;
	const char *call;      /* C spelling */
	const char *waits_for; /* "a connection on fd 3" */
};

/* One meaning of a word, for a person who asks what it is. */
struct meaning {
	const char *term;    /* as it is printed */
	const char *kind;    /* "queue", "TCP state", "socket option" … */
	const char *text;    /* a few sentences */
	const char *unit;    /* NULL: none */
	const char *see;     /* where to read on: "RFC 9293, section 3.6; close(2)" */
	const char *related; /* words to go on with, ", " between them; NULL: none */
	const char *usage;   /* how it is typed, of calls and verbs; NULL */
};

/* COMMAND: what was typed, before the first call of its sequence; else text NULL. */
struct wanted {
	struct word command;
	const char *language, *function; /* NULL: the sequence is none of a library's */
	const char *wants;               /* NULL: that is plain */
};

struct story;

/*
 * A renderer: text or JSON. It prints what it is told and asks nobody. OUT is standard output,
 * ERRORS standard error; both are borrowed. One flush closes each of these calls.
 */
struct report {
	const struct report_ops *ops;
	struct out *out;
	struct out *errors;
	bool script; /* commands are not on the screen already: print each before its step */
	int repeats; /* of commands that are run several times: how many are in each other */
	struct folding *folding; /* of their steps, for text; NULL: none. Owned. */
};

/* Commands that are run several times. */
enum repeat_phase { REPEAT_BEGINS, REPEAT_ROUND, REPEAT_ENDS };
enum repeat_end {
	REPEAT_DONE,
	REPEAT_FAILED,      /* a call failed, or a line could not be run */
	REPEAT_INTERRUPTED, /* by a person */
};

struct repeated {
	unsigned long round; /* that begins, or was the last; from 1 */
	unsigned long most;  /* so many were asked for */
	enum repeat_end why; /* with REPEAT_ENDS */
};

struct folding;
struct option_list;
struct session_limit;
struct sysctl;

struct report_ops {
	void (*step)(struct report *report, const struct step *step);
	/* A line that could not be run: on ERRORS in text, with the place underlined; an `error`
	 * event on OUT in JSON, and the one-line message on ERRORS too. */
	void (*error)(struct report *report, const struct place *place, const struct error *err);
	/* What `expect` found. Text prints only what failed. */
	void (*expect)(struct report *report, const struct place *place, bool ok,
		       const char *expected, const char *found);
	/* The table of `status`. */
	void (*status)(struct report *report, const struct shown *list, size_t count);
	/* All that is known of one endpoint, in groups. */
	void (*show)(struct report *report, const struct shown *shown);
	/* TCP's state machine, with endpoints in it. */
	void (*diagram)(struct report *report, const struct traced *list, size_t count);
	/* One of the meanings of a word. */
	void (*explain)(struct report *report, const struct meaning *meaning);
	/* What has a word in its name or text: COUNT meanings in order, of TOTAL; `text` is cut. */
	void (*apropos)(struct report *report, const char *words, const struct meaning *list,
			size_t count, size_t total);
	/* What became of one endpoint, in sentences (report/story.h). */
	void (*story)(struct report *report, const struct story *story);
	/* All options of one socket; COMMAND as typed, in PLACE. */
	void (*options)(struct report *report, const struct place *place,
			const struct word *command, const struct option_list *list);
	void (*jobs)(struct report *report, const struct job_info *list, size_t count);
	/* A process died: HOW is "was killed by SIGKILL"; then what became of its endpoints. */
	void (*died)(struct report *report, const char *process, const char *how,
		     const struct shown *list, size_t count);
	/* One packet of the wire, taken apart. */
	void (*packet)(struct report *report, const struct shown_packet *packet);
	/* What the lab's wire holds, and whether what comes will be held, too. */
	void (*wire)(struct report *report, bool hold, const struct shown_packet *list,
		     size_t count);
	/* Whether what goes over loopback is shown, or what would allow it. */
	void (*loopback)(struct report *report, const struct shown_loopback *loopback);
	/* A setting of a host's kernel, in PLACE; MEANING: what it is, or NULL. */
	void (*sysctl)(struct report *report, const struct place *place, const struct word *command,
		       const struct sysctl *setting, const char *meaning);
	/* What a library wants the next call for, or does after it failed. */
	void (*wanted)(struct report *report, const struct wanted *wanted);
	/* What stops who makes many of something in PROCESS. */
	void (*limits)(struct report *report, const char *process, const struct session_limit *list,
		       size_t count);
	/* Rules of the wire, with how often each matched and acted. */
	void (*rules)(struct report *report, const struct rule *list, size_t count);
	/* What was seen of the packets of a socket, or of all. */
	void (*ladder)(struct report *report, const struct shown_ladder *shown);
	/* A signal came to a process. */
	void (*came)(struct report *report, const struct came *came);
	/* Commands are run several times: before the first round, before each, behind the last. Of
	 * each there is one REPEAT_ENDS; some may be within others. */
	void (*repeat)(struct report *report, enum repeat_phase phase,
		       const struct repeated *repeated);
	/* Lines for a person (help, history, echo), line ends included. */
	void (*text)(struct report *report, const char *text);
	/* The last thing of a run: JSON only. */
	void (*end)(struct report *report, unsigned long steps, unsigned long failed);
};

extern const struct report_ops report_text_ops;
extern const struct report_ops report_json_ops;

/*
 * The fields of an endpoint by the names that they have in JSON: process, fd, name, host, family,
 * type, protocol, state, local, peer, recv_queue, send_queue, accept_queue ("1/2"), timer
 * ("keepalive"), inode, cookie, readable, writable … Adds the value as `expect` compares it
 * ("none" where the endpoint has none). Returns 0, or -1 where no field has that name.
 */
int report_field(struct buf *out, const struct shown *shown, const char *name, size_t len);

/* Names of the fields, in order; NULL past the last. */
const char *report_field_name(size_t index);

#endif
