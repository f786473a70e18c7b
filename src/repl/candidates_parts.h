/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPL_CANDIDATES_PARTS_H
#define SOCKSTEP_REPL_CANDIDATES_PARTS_H

#include "kernel/endpoint.h"
#include "names/options.h"
#include "repl/finder.h"

/* For candidates_*.c alone: what is offered for the kinds of arguments, and what they share. */

/* By what the arguments before it were. */
void candidates_level(struct finder *finder, const struct arg *arg);
void candidates_option(struct finder *finder, const struct arg *arg);
void candidates_value(struct finder *finder, const struct arg *arg);
void candidates_descriptor(struct finder *finder, const struct arg *arg);
void candidates_address(struct finder *finder, const struct arg *arg);
void candidates_job(struct finder *finder, const struct arg *arg);
void candidates_process(struct finder *finder, const struct arg *arg);
void candidates_language(struct finder *finder, const struct arg *arg);
void candidates_function(struct finder *finder, const struct arg *arg);
void candidates_setting(struct finder *finder, const struct arg *arg);
void candidates_setting_value(struct finder *finder, const struct arg *arg);
void candidates_host(struct finder *finder, const struct arg *arg);
void candidates_sysctl(struct finder *finder, const struct arg *arg);
void candidates_packet(struct finder *finder, const struct arg *arg);
void candidates_expected(struct finder *finder);
void candidates_wire_rule(struct finder *finder, const struct arg *arg);
void candidates_injection(struct finder *finder, const struct arg *arg);
void candidates_crash(struct finder *finder, const struct arg *arg);
void candidates_message(struct finder *finder, const struct arg *arg);
void candidates_hints(struct finder *finder, const struct arg *arg);
void candidates_kill(struct finder *finder, const struct arg *arg);

/* The option that was given before the cursor; NULL: none, or none that is known. */
const struct option *candidates_given_option(const struct finder *finder);

/* How its value is written, for a hint: "on|off", "on=... seconds=..."; nothing where that says no
 * more than "value". */
void candidates_value_form(struct buf *out, const struct option *option);

/* What it does, and what its value is. */
void candidates_value_text(struct buf *out, const struct option *option);

void candidates_option_name(struct finder *finder, const struct option *option);
void candidates_errnos(struct finder *finder);
void candidates_locals(struct finder *finder, const struct endpoint *other);
void candidates_peers(struct finder *finder, const struct endpoint *other);

void candidates_packet_fields(struct finder *finder);

/* "b:", of each host of the lab; FAMILY as far as it is known. */
void candidates_host_ports(struct finder *finder, int family);

/* Of the descriptor that a word names, as it was when the session last looked; NULL: none. */
const struct endpoint *candidates_endpoint(const struct finder *finder, const struct word *word);

#endif
