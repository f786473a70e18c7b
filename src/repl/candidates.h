/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPL_CANDIDATES_H
#define SOCKSTEP_REPL_CANDIDATES_H

#include "repl/finder.h"

/* Offers what could stand where the cursor is, by what is typed there. */
void candidates_names(struct finder *finder);     /* of calls and verbs */
void candidates_processes(struct finder *finder); /* behind @ */
void candidates_argument(struct finder *finder, const struct arg *arg);

#endif
