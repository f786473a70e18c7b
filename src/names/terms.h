/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NAMES_TERMS_H
#define SOCKSTEP_NAMES_TERMS_H

#include <stdbool.h>
#include <stddef.h>

#include "names/names.h"

/*
 * The words of the socket API and of what sockstep prints, explained. What another table tells of
 * already (a constant, an option, an errno, a field of struct tcp_info) stands here only where
 * there is more to say; its KIND is then that table's.
 */
struct term {
	const char *name;    /* as it is printed: "accept queue" */
	const char *kind;    /* "queue": heads the explanation, and tells meanings apart */
	const char *also;    /* other spellings, ", " between them; NULL: none */
	const char *text;    /* 1 to 4 sentences */
	const char *unit;    /* "bytes"; NULL: none */
	const char *see;     /* "RFC 9293, section 3.6; close(2)" */
	const char *related; /* words to go on with, ", " between them; NULL: none */
};

/* Kinds of the tables that names.h does not have. */
#define TERM_OPTION   "socket option"
#define TERM_ERRNO    "errno"
#define TERM_TCP_INFO "TCP_INFO field"
#define TERM_SKMEM    "figure of skmem"
#define TERM_CALL     "call"
#define TERM_VERB     "verb"
#define TERM_SETTING  "setting"
#define TERM_SYSCTL   "setting of the kernel"

/* All of them, in no order; NULL past the last. */
const struct term *terms_at(size_t index);

/* The one of this kind that has exactly this name; NULL where there is none. */
const struct term *terms_find(const char *kind, const char *name);

/* Where to read about a table's constants: "socket(2)". */
const char *terms_see(const struct names *names);

/* The same of the options of a level that no manual page tells of. */
const char *terms_see_level(int level);

/*
 * Whether a person who types WORD means NAME: in any case, and whatever separates its parts
 * ("time-wait", "TIME_WAIT", "timewait").
 */
bool terms_same(const char *name, const char *word, size_t len);

/* The same for a list with ", " between; NULL has none. */
bool terms_listed(const char *list, const char *word, size_t len);

/* The next of such a list: its length, with AT moved behind it; 0 at the end. */
size_t terms_next(const char **at, const char **item);

/* The tables; terms.c knows them all. */
struct terms {
	const struct term *list;
	size_t count;
};

extern const struct terms terms_states, terms_timers, terms_words, terms_fields, terms_tcp,
	terms_sockets, terms_calls, terms_constants, terms_diagram, terms_packets, terms_ss,
	terms_sysctls, terms_headers, terms_options, terms_options_ip;

#endif
