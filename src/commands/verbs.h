/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_COMMANDS_VERBS_H
#define SOCKSTEP_COMMANDS_VERBS_H

#include "calls/call.h"
#include "commands/shell.h"

/*
 * The explorer's own verbs, each a record as a call's. RUN returns 0, or -1 with ERR set (a place
 * in it is from 1 in the line).
 */
struct verb {
	struct record record;
	int (*run)(struct shell *shell, const struct value *values, struct error *err);
	bool gives; /* it makes calls that return a descriptor, which NAME = may name */
};

extern const struct verb *const verbs[]; /* ends in NULL */

const struct verb *verbs_find(const char *word, size_t len);

/* A call's or a verb's record by its name; NULL where there is none. */
const struct record *records_find(const char *word, size_t len);

/* All of them, calls first; NULL past the last. */
const struct record *records_at(size_t index);

/* The name that is nearest, for "did you mean"; NULL where none is near. */
const char *records_near(const char *word, size_t len);

/* The verbs that have a file of their own. */
extern const struct verb verb_apropos, verb_clock, verb_diagram, verb_expect, verb_explain,
	verb_help, verb_set;
extern const struct verb verb_save;
extern const struct verb verb_host, verb_wire, verb_deliver, verb_drop, verb_duplicate;
extern const struct verb verb_corrupt, verb_delay, verb_reorder;
extern const struct verb verb_ladder, verb_link, verb_mtu, verb_packet, verb_sysctl;
extern const struct verb verb_limits, verb_repeat;
extern const struct verb verb_adopt, verb_sockets;
extern const struct verb verb_dial, verb_like, verb_passive;
extern const struct verb verb_inject, verb_crash;
extern const struct verb verb_process, verb_kill;

/* Whether there is a lab. */
bool verbs_has_hosts(const struct shell *shell);

/* A number is let pass where a constant stands; here it must be one of NAMES: else -1 with ERR. */
int verbs_constant(const struct names *names, long value, struct error *err);

/* Tells what deeds on the lab's wire led to, as one step of the command that runs. */
void wire_tell(struct shell *shell);

/* Tells what a word means; -1 with ERR set where nobody knows. VALUE is as kind_topic reads it. */
int explain_word(struct shell *shell, const struct value *value, struct error *err);

/* What `set` knows, and what each means; NULL past the last. */
const char *settings_name(size_t index);
const char *settings_text(size_t index);

/* Values that a setting takes, ending in NULL; some take others as well, such as a time. */
const char *const *settings_values(size_t index);

/* NAME VALUE of a configuration, or of `set`. Returns 0, or -1 with ERR placed at a word. */
int settings_change(struct shell *shell, const struct word *name, const struct word *value,
		    struct error *err);

#endif
