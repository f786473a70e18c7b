/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NAMES_OPTIONS_H
#define SOCKSTEP_NAMES_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* The type of an option's value, in the kernel's own layout. */
enum option_type {
	OPTION_BYTES, /* unknown to us: shown and taken as bytes */
	OPTION_INT,
	OPTION_BOOL, /* int, 0 or not 0 */
	OPTION_UINT64,
	OPTION_STRING,   /* a name: interface, congestion control */
	OPTION_TIMEVAL,  /* struct timeval */
	OPTION_LINGER,   /* struct linger */
	OPTION_UCRED,    /* struct ucred */
	OPTION_ERRNO,    /* int, an errno */
	OPTION_FAMILY,   /* int, AF_ */
	OPTION_TYPE,     /* int, SOCK_ */
	OPTION_PROTOCOL, /* int, IPPROTO_ */
	OPTION_TCP_INFO, /* struct tcp_info, as long as this kernel's is */
};

enum option_access { OPTION_GET = 1, OPTION_SET = 2, OPTION_BOTH = 3 };

struct option {
	const char *name;
	int level;
	int value;
	enum option_type type;
	enum option_access access;
	const char *text; /* what it does, a phrase; with the unit where it has one */
	const char *page; /* "socket(7)"; NULL where no page tells of it */
};

extern const struct option options[];
extern const size_t options_count;

/*
 * By name, exactly, or without the prefix of its level and in any case ("reuseaddr",
 * "nodelay"). LEVEL is -1 or the level that it must have. NULL where there is none.
 */
const struct option *options_find(const char *word, size_t len, int level);
const struct option *options_entry(int level, int value);
const char *options_near(const char *word, size_t len);

#endif
