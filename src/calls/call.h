/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_CALLS_CALL_H
#define SOCKSTEP_CALLS_CALL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "names/names.h"
#include "net/address.h"
#include "process/frame.h"

#define CALL_ARGS   FRAME_ARGS
#define CALL_ERRORS 40

/* One argument as it was given. */
struct value {
	long number; /* a constant, a descriptor, a length, milliseconds … */
	void *data;  /* bytes, owned: free() */
	size_t size; /* of data; of an OUT argument the room asked for, then what was filled */
	int network; /* whose interfaces it speaks of (net/interface.h) */
};

/* The word that a person typed for it; text NULL: left out. */
struct word {
	const char *text;
	size_t len;
	int column; /* in its line, from 1 */
};

bool word_is(const struct word *word, const char *text);

/* The place of ERR becomes the whole of WORD. Returns -1. */
int word_blame(struct error *err, const struct word *word);

/*
 * The place in ERR is one within WORD from SKIP on, or there is none: it becomes that in the line,
 * and without a length goes to the word's end. Returns -1.
 */
int word_place(struct error *err, const struct word *word, size_t skip);

struct record;

/*
 * Whom the kinds ask while they read words: what the session knows. DATA is its own.
 */
struct resolver {
	void *data;
	bool confined; /* see confine.h */
	bool shared;   /* the network is the machine's, which others use */
	/* A descriptor as typed (3, a name, `.`), or -1 with ERR set (place within the word). */
	int (*descriptor)(void *data, const char *text, size_t len, struct error *err);
	/* Family and type of an open descriptor; AF_UNSPEC and 0 where it is none. */
	void (*family)(void *data, int fd, int *family, int *type);
	/* The address of a host of the lab, by its name; false: no host has it. */
	bool (*host)(void *data, const char *name, size_t len, int family, struct address *out);
	/* What getpid() gives there; NULL where no process is. */
	long (*self)(void *data);
	/* The number of a process of the session, by its name; 0: there is none, or it is dead. */
	long (*pid)(void *data, const char *name, size_t len);
	/* Where its interfaces are (net/interface.h); NULL: they are ours. */
	int (*network)(void *data);
};

struct reading {
	const struct record *record;
	const struct resolver *resolver;
	struct value *values; /* those before this one are read */
	int index;            /* of this one */
	bool c_spelling;
};

int resolver_network(const struct resolver *resolver);

/*
 * A kind of argument: how a word of it is read, told from others, printed in the C call, and what
 * completes it.
 */
struct kind {
	const char *what; /* "a file descriptor": for messages */
	enum frame_way way;
	/* Whether the word can be meant as this: lets an argument with a default be left out. */
	bool (*looks)(const struct reading *reading, const struct word *word);
	/* WORD NULL: take the default. Returns 0, or -1 with ERR's column from 1 within the word.
	 */
	int (*read)(const struct reading *reading, const struct word *word, struct value *out,
		    struct error *err);
	/* As it stands in the C call. After the call, so OUT values are filled. */
	void (*print)(struct buf *out, const struct record *record, const struct value *values,
		      int index, const struct frame *frame);
	const char *
		completes; /* "descriptor", "names", "option", "address", "file" …; NULL: nothing */
	const char *left_out; /* what is taken where it is left out: "4096"; NULL: nothing to say */
};

enum arg_flag {
	ARG_OPTIONAL = 1, /* may be left out; the kind's default (or `fallback`) is taken */
	ARG_C_ONLY = 2,   /* written in the C spelling only (or where all are given): lengths that
			   * follow from another argument, and what the kernel fills in */
	ARG_REST = 4,     /* takes all words that are left; in the C spelling, which has commas,
			   * only where it is the last argument */
};

struct arg {
	const char *name; /* as in the prototype */
	const struct kind *kind;
	const struct names *names; /* for constants */
	const struct names *also;  /* a second table for the same word (type flags); NULL */
	unsigned flags;
	const char *fallback; /* the word that is taken when it is left out; NULL: the kind's own */
	long offered; /* of flags: those that make sense here, which completion offers; 0: all */
};

/* What a call and a verb of the explorer have in common. */
struct record {
	const char *name;
	const char *alias[2];
	const char *prototype; /* the C prototype; of a verb its usage */
	const char *page;      /* "bind(2)"; NULL for verbs */
	const char *help;      /* one line, no final stop */
	const char *example;   /* a line that can be typed */
	struct arg args[CALL_ARGS];
};

enum call_result {
	RESULT_ZERO,  /* 0 */
	RESULT_FD,    /* a new descriptor */
	RESULT_COUNT, /* bytes, descriptors that are ready, an answer of fcntl, a process */
	RESULT_VALUE, /* a number that never tells of a failure */
	RESULT_EAI,   /* 0, or an EAI_ number, which frame.error has as well */
	RESULT_TEXT,  /* 0: the text in its last OUT argument; -1: a null pointer */
};

struct call {
	struct record record;
	enum call_result result;
	const char *waits;   /* what it waits for when it blocks: a key of words.h; NULL: never */
	bool until_readable; /* and then only for what poll() tells of its first argument */
	bool persists;       /* a signal does not end its wait: the C library waits on */
	bool pair;           /* its last OUT argument is an array of two new descriptors */
	bool forks;          /* it makes a new process */
	bool ends;           /* it ends the process, and never returns */
	int errors[CALL_ERRORS]; /* errno that it can give (man page, kernel); 0 ends */
	frame_perform *perform;
};

extern const struct call *const calls[]; /* ends in NULL */
extern const size_t calls_count;

const struct call *calls_find(const char *word, size_t len); /* name or alias */
unsigned calls_index(const struct call *call);

/* What a process is started with: dispatches on frame->call. */
void calls_perform(struct frame *frame);

/* Whether a word is a record's name or one of its aliases. */
bool record_named(const struct record *record, const char *word, size_t len);

/* How many arguments a record has. */
int record_args(const struct record *record);

/*
 * Words become values: arity, defaults and left-out arguments as the record says. WORDS is
 * changed nowhere. On an error the place is that of the word in its line (or just behind the last
 * one, where one is missing). VALUES is all zero before; values_free() in any case.
 */
int values_read(const struct record *record, const struct word *words, int count, bool c_spelling,
		int end_column, const struct resolver *resolver, struct value *values,
		struct error *err);
void values_free(struct value *values);

/*
 * The index of the argument that a word behind COUNT others would be, by the same rules but with
 * nothing read: of the first one, where it could be one of several since some may be left out;
 * record_args() where none is left. GIVEN (CALL_ARGS of them, or NULL) gets the word of each
 * argument before it, NULL where it was left out.
 */
int values_next_arg(const struct record *record, const struct word *words, int count,
		    bool c_spelling, const struct word **given);

/* Values to a frame (which borrows their data) before the call, and the filled bytes back after
 * it: those move from the frame to the values. */
void values_to_frame(const struct call *call, const struct value *values, struct frame *frame);
void values_from_frame(const struct call *call, struct value *values, struct frame *frame);

/* The descriptors that a call names, each once: fills at most ROOM, returns how many. */
int values_descriptors(const struct call *call, const struct value *values, int *fds, int room);

/* The C call that was made: connect(4, {AF_INET, 127.0.0.1:8080}, 16). FRAME NULL: before it was
 * answered. */
void call_print(struct buf *out, const struct call *call, const struct value *values,
		const struct frame *frame);

/* "bind FD ADDRESS [LEN]": how it is typed. MARK: the index of an argument to set in angle
 * brackets since it is missing, or -1. */
void record_usage(struct buf *out, const struct record *record, int mark);

/* The index of the first argument of a kind, -1 where there is none. */
int record_arg_of(const struct record *record, const struct kind *kind);

#endif
