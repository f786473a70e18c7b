/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_COMMANDS_LIKE_H
#define SOCKSTEP_COMMANDS_LIKE_H

#include "commands/shell.h"

/*
 * What a function of a library asks of the kernel, as a sequence of commands. A command may hold
 * {1} for the first argument, {1.family} for the family of an address, {#1} for what the first
 * command of the sequence returned, and {fd} for what LIKE_GIVES did.
 */
struct like_step {
	const char *command;
	const char *wants; /* what the library makes it for; NULL: that is plain */
	unsigned flags;
};

enum like_flag {
	LIKE_MAY_FAIL = 1,   /* an error is an answer as well, and the sequence goes on */
	LIKE_IF_FAILED = 2,  /* made only where the one before it failed */
	LIKE_ENDS = 4,       /* where it succeeds, the rest is not needed */
	LIKE_IPV6_ONLY = 8,  /* made only where the first argument is an address of IPv6 */
	LIKE_GIVES = 16,     /* what it returns is what the library gives its caller */
	LIKE_TIMES_OUT = 32, /* 0 says that the time has passed: the rest is not made */
};

/* How a library sees the addresses that it is given. */
enum like_addresses {
	LIKE_AS_IS,
	LIKE_ANY6,   /* none in particular is that of IPv6, which takes IPv4 as well */
	LIKE_MAPPED, /* IPv4 within IPv6: ::ffff:127.0.0.1 */
};

struct like {
	struct record record; /* its name is the library's: "TcpListener::bind" */
	enum like_addresses addresses;
	const struct like_step *steps; /* ends in NULL */
};

struct like_language {
	const char *name;
	const char *version;             /* of which this was seen: "Rust 1.95" */
	const char *from;                /* how: "as strace saw it" */
	const char *stops;               /* what the library does where a call fails */
	const struct like *const *likes; /* ends in NULL */
};

/* What sequences of several languages have. */
/* clang-format off */
#define LIKE_ADDRESS {.name = "ADDRESS", .kind = &kind_like_address}
#define LIKE_FD      {.name = "FD", .kind = &kind_fd}
#define LIKE_EPFD    {.name = "EPFD", .kind = &kind_fd}
#define LIKE_TIME    {.name = "TIME", .kind = &kind_timeout}
/* clang-format on */

#define WANTS_ADDRESS   "the address that was asked for"
#define WANTS_ANY       "the address; without one it is every address of IPv6, and so of IPv4"
#define WANTS_CONNECTED "the connection; it waits for as long as the kernel does"
#define WANTS_NEWS      "to be told when it has ended, well or not"
#define WANTS_NO_WAIT   "a socket whose calls never wait"
#define WANTS_RESTART \
	"a server that restarts gets its port, although old connections are in TIME-WAIT"
#define WANTS_SYN "the SYN on its way: EINPROGRESS is what it hopes for"

extern const struct like_language like_go, like_java, like_node, like_python, like_rust;

extern const struct like_language *const like_languages[]; /* ends in NULL */

const struct like_language *like_language_find(const struct word *word);
const struct like *like_find(const struct like_language *language, const struct word *word);

/*
 * An address, or a port alone, which is one of every address of this machine; room for bytes and
 * the bytes themselves are as with any call.
 */
extern const struct kind kind_like_address;

/*
 * Makes the calls of a sequence, one step after the other, until one fails that may not; each is
 * told as any other, behind what LANGUAGE (NULL: nobody) wants it for.
 */
void like_run(struct shell *shell, const struct like_language *language, const struct like *like,
	      const struct value *values);

#endif
