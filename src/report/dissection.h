/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_DISSECTION_H
#define SOCKSTEP_REPORT_DISSECTION_H

#include "base/out.h"
#include "report/emit.h"
#include "session/step.h"

/* A packet taken apart: layer by layer, each field with its bytes and where it is defined. */
void dissection_put(struct out *out, const struct shown_packet *packet);

/* "fields": an array with an object for each. */
void dissection_json(struct emit *emit, const struct shown_packet *packet);

#endif
