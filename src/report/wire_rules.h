/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_WIRE_RULES_H
#define SOCKSTEP_REPORT_WIRE_RULES_H

#include "base/out.h"
#include "lab/rules.h"
#include "report/emit.h"

/* The wire's rules, a line each: "rule 1: drop tcp syn from a count 2; matched 1". */
void wire_rules_put(struct out *out, const struct rule *list, size_t count);

/*
 * The value of a field by the name that it has in JSON, for `expect`. Returns 0, or -1 where no
 * field has that name.
 */
int wire_rule_field(struct buf *out, const struct rule *rule, const char *name, size_t len);

/* "rules": an array with an object for each. */
void wire_rules_json(struct emit *emit, const struct rule *list, size_t count);

#endif
