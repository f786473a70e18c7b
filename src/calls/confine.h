/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_CALLS_CONFINE_H
#define SOCKSTEP_CALLS_CONFINE_H

#include "calls/call.h"
#include "net/address.h"

/*
 * What the commands of a stranger's page may not do: read files, reach sockets in the file system
 * that are not below the current directory, or set options that are felt beyond their sockets. Each
 * returns 0 where it is allowed, which it always is unless RESOLVER is confined, or -1 with ERR
 * set.
 */

/* A literal, or the value of an option: @FILE is refused. */
int confine_literal(const struct resolver *resolver, const char *text, size_t len,
		    struct error *err);
int confine_path(const struct resolver *resolver, const char *path, size_t len, struct error *err);
/*
 * A name is looked up: in files, and, where the network is not private, by packets to the name
 * servers of the machine, which a stranger's page has no business with. NUMERIC: it is none.
 */
int confine_lookup(const struct resolver *resolver, bool numeric, struct error *err);
/* Whether names are refused altogether. */
bool confine_is_numeric(const struct resolver *resolver);
bool confine_is_numeric_host(const char *text);
bool confine_is_numeric_service(const char *text);
int confine_address(const struct resolver *resolver, const struct address *address,
		    struct error *err);
/* Setting an option; in a private network each is allowed. */
int confine_option(const struct resolver *resolver, int level, int number, struct error *err);

/* Looking into a process that is not the session's. */
int confine_process(const struct resolver *resolver, struct error *err);

#endif
