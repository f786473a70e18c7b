/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_LOOKUP_H
#define SOCKSTEP_REPORT_LOOKUP_H

#include "base/out.h"
#include "report/emit.h"
#include "session/step.h"

/* What calls have brought that turn names, text and bytes into one another: below the call, and as
 * fields of its step. Nothing where it is another call. */
void lookup_put(struct out *out, const struct step *step);
void lookup_json(struct emit *emit, const struct step *step);

#endif
