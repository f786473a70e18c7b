/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_BROUGHT_H
#define SOCKSTEP_SESSION_BROUGHT_H

#include "calls/byte_order.h"
#include "session/state.h"

/*
 * The bytes that a call has received, or made of what it was given, as they stand in memory; ORDER
 * is room for them. NULL: there are none.
 */
const void *brought_data(const struct job *job, struct byte_order *order, size_t *len);

/* What was looked up goes to the step, as long as the job lives. */
void brought_names(const struct job *job, struct step *step);

#endif
