/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_TORTURE_STATE_H
#define SOCKSTEP_TESTS_TORTURE_STATE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * What the victim (sockstep, its calls wrapped) and the torturer share, by a file that both map:
 * the order to fail one call, and what was seen.
 */

/* Of a function. */
#define IS_MEMORY     1u  /* memory is out for all of these at once */
#define IS_CLOSE      2u  /* it does its work, and then says that it failed */
#define IS_RETURNED   4u  /* it returns the error instead of setting errno */
#define IS_NO_ERRNO   8u  /* the error is none of errno's */
#define MAY_INTERRUPT 16u /* EINTR is possible */
#define MAY_SHORT     32u /* it may do less than it was asked to */

enum symbol {
#define SYMBOL(name, error, flags, words) SYMBOL_##name,
#include "symbols.h"
#undef SYMBOL
	SYMBOL_COUNT
};

enum mode {
	MODE_COUNT,       /* nothing fails */
	MODE_ONCE,        /* the one call */
	MODE_FOR_GOOD,    /* it, and from then on each of that function (or of memory) */
	MODE_INTERRUPTED, /* the one call, with EINTR */
	MODE_SHORT,       /* from the one call on, half of what is asked for */
	MODES
};

enum role { ROLE_EXPLORER, ROLE_PROCESS };

/* A call site: an address in the program, the function that is called, and who calls. */
struct site {
	_Atomic uint64_t key; /* 0: free */
	_Atomic uint32_t hits;
};

#define SITES      4096 /* a power of two */
#define DESCRIPTOR 4096 /* those that are looked at */

static inline uint64_t site_key(uint64_t address, enum symbol symbol, enum role role)
{
	return address << 16 | (uint64_t)symbol << 8 | (uint64_t)role << 1 | 1;
}

static inline uint64_t site_address(uint64_t key)
{
	return key >> 16;
}

static inline enum symbol site_symbol(uint64_t key)
{
	return (enum symbol)(key >> 8 & 0xff);
}

static inline enum role site_role(uint64_t key)
{
	return (enum role)(key >> 1 & 1);
}

struct state {
	/* The order. */
	enum mode mode;
	uint64_t key;
	uint32_t hit;  /* which of the site's calls, from 1 */
	uint64_t also; /* a site whose next call fails, too, once the one above has; 0: none */
	/* What was seen. */
	_Atomic bool failed; /* the call was made, and failed */
	_Atomic bool also_failed;
	bool ended; /* main() returned, or exit() was called; then the rest counts: */
	bool child_left;
	int threads;
	uint8_t open_first[DESCRIPTOR], open_last[DESCRIPTOR]; /* by descriptor */
	struct site sites[SITES];
};

_Static_assert(SYMBOL_COUNT < 256, "a symbol has its byte in the key");

#endif
